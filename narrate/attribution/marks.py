"""Marks of quotation in a text: which open and which close, told from inches, apostrophes and decades."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENING = "“„«‹「『"
CLOSING = "”»›」』"

DOUBLE = re.compile(r"[“”„«»‹›「」『』\"″‟]|,,(?=\w)|''|``|‘‘|’’")
SINGLE = re.compile(r"[‘’‛'`]")
INCHES = re.compile(r"\d[’'′]\s?\d{1,2}$")
"""Feet before a mark that means inches: 6'3"."""
MEASURE = re.compile(rf"{INCHES.pattern}|(?<![\w’'])\d{{1,3}}(?:\.\d+|[½¼¾])?$")
"""Digits before a mark that may be feet and inches: 6'3", a 12" pipe."""
REACH = 8
"""Characters before a mark that may be a measure."""
CLIPPED = re.compile(r"\d0s\b|(?:em|n|tis|twas|til|cause|bout|round|cos|ere|neath|fraid|nother)\b", re.IGNORECASE)
"""What follows an apostrophe that opens nothing: '90s, 'em, rock 'n' roll."""
AND = ("’n", "'n", "‘n")
"""What stands before the second apostrophe of rock ’n’ roll."""

BEFORE_OPENING = re.compile(r"[\s(\[{<>/—–‒―*_:-]$")
"""What stands before a mark that opens: a blank, a bracket, a dash."""
AFTER_CLOSING = re.compile(r"[\s)\]}<>/—–‒―*_.,;:!?…-]")
MISPRINTED = re.compile(r"[,:]$")
"""What stands before a mark that opens on the wrong side of the blank: he said," Go now."."""
BEGINNING = re.compile(r"\s[\[(]?[A-Z]")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of quotation; a straight one may both open and close."""

    start: int
    end: int
    opens: bool
    closes: bool
    misprinted: bool = False
    """Whether it stands as a closing mark does, but opens a quotation if none is open."""


def double_marks(text: str) -> list[Mark]:
    """List the double marks of a text, in order; inches are none."""
    marks = [_double(text, *found.span()) for found in DOUBLE.finditer(text)]
    return [mark for mark in marks if mark.opens or mark.closes]


def _double(text: str, start: int, end: int) -> Mark:
    printed = text[start:end]
    blank_before = start == 0 or bool(BEFORE_OPENING.match(text[start - 1]))
    blank_after = end == len(text) or bool(AFTER_CLOSING.match(text[end]))
    straight = printed not in OPENING + CLOSING
    if blank_before and not blank_after:  # position beats shape: wrong-way curly marks are common
        return Mark(start, end, True, False)
    if blank_after and not blank_before:
        inches = straight and bool(INCHES.search(text[max(0, start - REACH) : start]))
        misprinted = straight and bool(MISPRINTED.match(text[start - 1]) and BEGINNING.match(text, end))
        return Mark(start, end, False, not inches, misprinted)
    if straight:
        return Mark(start, end, True, True)
    return Mark(start, end, printed in OPENING, printed in CLOSING)


def is_measure(text: str, mark: Mark) -> bool:
    """Tell whether a mark may be inches, if no quotation is open."""
    return mark.closes and bool(MEASURE.search(text[max(0, mark.start - REACH) : mark.start]))


def single_spans(text: str) -> tuple[list[tuple[int, int]], int]:
    """Pair the single marks of a text; return the pairs, and where one was left open, -1 if none.

    Apostrophes, decades and possessives are told from marks by what stands around them. A
    possessive closes a quotation if nothing better does: ‘the players’ union’.
    """
    spans: list[tuple[int, int]] = []
    opened = weak = -1
    for found in SINGLE.finditer(text):
        start, end = found.span()
        if _opens_single(text, start, end, opened >= 0):
            if weak >= 0:
                spans.append((opened, weak))
            opened, weak = start, -1
        elif opened >= 0 and _may_close_single(text, start, end):
            if _is_possessive(text, start, end):
                weak = weak if weak >= 0 else end
            else:
                spans.append((opened, end))
                opened = weak = -1
    if weak >= 0:
        spans.append((opened, weak))
        opened = -1
    return spans, opened


def _opens_single(text: str, start: int, end: int, within: bool) -> bool:
    before = text[start - 1] if start else " "
    if not BEFORE_OPENING.match(before) or end >= len(text) or text[end].isspace():
        return False
    return not (text[start] == "’" or CLIPPED.match(text, end) or (before == "-" and within))


def _may_close_single(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    clipped = bool(BEFORE_OPENING.match(before)) and not after.isspace()
    return not (clipped or before.isspace() or after.isalnum() or text[max(0, start - 2) : start] in AND)


def _is_possessive(text: str, start: int, end: int) -> bool:
    """Tell whether a mark behind an "s" may be an apostrophe: no punctuation is beside it, or a mark behind that."""
    last = text[end : end + 1] not in tuple(".,;:?!)") or SINGLE.match(text, end + 1) is not None
    return text[start - 1] in "sSzZxX" and last
