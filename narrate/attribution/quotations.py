"""Where quotation marks open and close: the outermost quotations of an article, whatever the style.

Marks of every make are read in one pass over a block with a stack; nothing is searched twice,
so that ten thousand unbalanced marks take linear time. A mark that was never closed ends with
its sentence or block, unless the next block goes on with the same quotation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from narrate.model import Block

OPENING = "“„«"
CLOSING = "”»"
STRAIGHT = ('"', "''", "``", "″", "‟")

DOUBLE = re.compile(r"[“”„«»\"″‟]|,,(?=\w)|''|``|‘‘|’’")
SINGLE = re.compile(r"[‘’‛'`]")
MEASURE = re.compile(r"\d[’'′]\s?\d{1,2}$|(?<![\w’'])\d{1,3}(?:\.\d+|[½¼¾])?$")
"""Digits before a mark that may be feet and inches: 6'3", a 12" pipe."""
CLIPPED = re.compile(r"\d0s\b|(?:em|n|tis|twas|til|cause|bout|round|cos|ere|neath|til|fraid|nother)\b", re.IGNORECASE)
"""What follows an apostrophe that opens nothing: '90s, 'em, rock 'n' roll."""
LABEL = re.compile(r"[“\"]?(?P<label>(?:[A-Z][\w.’'-]*)(?: (?:[A-Z][\w.’'-]*|de|van|von|al|bin)){0,3})\s?:\s+(?=\S)")
"""What may be the label of a turn: one to four capitalised words and a colon."""
MARKS_BEFORE_LABEL = ("“", '"')
SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")

BEFORE_OPENING = re.compile(r"[\s(\[{<>/—–‒―*_:-]$")
"""What stands before a mark that opens: a blank, a bracket, a dash."""
AFTER_CLOSING = re.compile(r"[\s)\]}<>/—–‒―*_.,;:!?…-]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """An outermost stretch between quotation marks in one block, marks included; offsets in the block's text."""

    block: int
    start: int
    end: int
    closed: bool = True
    """Whether a closing mark ends it."""
    chained: bool = False
    """Whether it goes on with the quotation before it, which the block before left open."""
    kind: str = "marks"
    """"marks", or "block" for a whole block quotation, or "turn" for a turn of an interview."""
    label: str = ""
    """Who speaks a turn, as its label has it: "Q", "JANE DOE"."""
    skip: int = 0
    """Characters of a label inside the mark, which nobody speaks but the narrator."""


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool


def find(blocks: Sequence[Block]) -> tuple[Quotation, ...]:
    """Find the outermost quotations of all blocks, in order."""
    turns = labelled(blocks)
    told = {index: block for index, block in enumerate(blocks) if index not in turns and _has_prose(block)}
    doubles = _doubles(blocks, told)
    singles = {index: [Quotation(index, *span) for span in _single_spans(block.text)] for index, block in told.items()}
    british = sum(_apart(singles[index], doubles[index]) - _apart(doubles[index], singles[index]) for index in told) > 0
    found: list[Quotation] = []
    for index, block in enumerate(blocks):
        if index in turns:
            found.append(_turn(index, block, *turns[index]))
        elif index in told:
            pieces = _outermost(doubles[index], singles[index] if british else [])
            if block.kind == "quotation" and not pieces:
                pieces = [Quotation(index, 0, len(block.text), kind="block")]
            found += pieces
    return tuple(piece for piece in found if piece.end > piece.start)


def _doubles(blocks: Sequence[Block], told: Mapping[int, Block]) -> dict[int, list[Quotation]]:
    """Pair the double marks of all blocks, going on where a quotation is left open."""
    found: dict[int, list[Quotation]] = {}
    pending = False
    for index, block in told.items():
        following = told.get(index + 1)
        pending = pending and index - 1 in told
        found[index], pending = _in_block(index, block.text, _double_marks(block.text), pending, _reopens(following))
    return found


def _apart(some: Sequence[Quotation], others: Sequence[Quotation]) -> int:
    """Count the quotations of one kind of mark that lie in none of the other kind."""
    count, rest = 0, iter(others)
    other = next(rest, None)
    for piece in some:
        while other is not None and other.end <= piece.start:
            other = next(rest, None)
        count += other is None or not other.start < piece.start < other.end
    return count


def _turn(index: int, block: Block, label: str, at: int) -> Quotation:
    start = 0 if block.text[:1] in MARKS_BEFORE_LABEL else at
    return Quotation(index, start, len(block.text.rstrip()), kind="turn", label=label, skip=at - start)


def labelled(blocks: Sequence[Block]) -> dict[int, tuple[str, int]]:
    """Find the turns of interviews and transcripts: block → label and where the turn begins in the block's text.

    A label in the text counts when labels come back; an unlabelled paragraph between two turns
    goes on with the first.
    """
    seen = {index: found for index, block in enumerate(blocks) if (found := LABEL.match(block.text)) is not None}
    counts = Counter(found["label"] for found in seen.values())
    back = {label for label, count in counts.items() if count > 1}
    turns = {index: (block.label, 0) for index, block in enumerate(blocks) if block.kind == "turn"}
    if not turns and len(back) < 2:
        return {}
    turns |= {index: (found["label"], found.end()) for index, found in seen.items() if found["label"] in back}
    first, last = min(turns), max(turns)
    while first - 1 in seen:  # a speaker's full name may label only the first turn
        first -= 1
        turns[first] = (seen[first]["label"], seen[first].end())
    for index in range(first + 1, last):
        if index not in turns and index in seen:
            turns[index] = (seen[index]["label"], seen[index].end())
        elif index not in turns and index - 1 in turns and _goes_on(blocks[index]):
            turns[index] = (turns[index - 1][0], 0)
    return turns


def _goes_on(block: Block) -> bool:
    """Tell whether an unlabelled block between two turns belongs to the first: not if it is "(Laughter.)"."""
    return block.kind == "paragraph" and block.text[:1] not in "(["


def _has_prose(block: Block) -> bool:
    return block.kind not in ("byline", "date")


def _reopens(block: Block | None) -> bool:
    return (
        block is not None
        and block.kind in ("paragraph", "quotation", "item")
        and bool(re.match(r"\s*(?:[“„«\"‘'`]|''|,,)\s*\S", block.text))
    )


def _double_marks(text: str) -> list[_Mark]:
    marks = []
    for found in DOUBLE.finditer(text):
        start, end = found.span()
        blank_before = start == 0 or bool(BEFORE_OPENING.match(text[start - 1]))
        blank_after = end == len(text) or bool(AFTER_CLOSING.match(text[end]))
        straight = found[0] not in OPENING + CLOSING
        if blank_before and not blank_after:  # position beats shape: wrong-way curly marks are common
            marks.append(_Mark(start, end, True, False))
        elif blank_after and not blank_before:
            if not (straight and re.search(r"\d[’'′]\s?\d{1,2}$", text[max(0, start - 6) : start])):
                marks.append(_Mark(start, end, False, True))
        elif straight:
            marks.append(_Mark(start, end, True, True))
        else:
            marks.append(_Mark(start, end, found[0] in OPENING, found[0] in CLOSING))
    return marks


def _in_block(index: int, text: str, marks: list[_Mark], pending: bool, reopened: bool) -> tuple[list[Quotation], bool]:
    """Pair the marks of one block; tell whether its last quotation is left open for the next block."""
    stack: list[_Mark] = []
    spans: list[tuple[int, int]] = []
    if pending and marks and not marks[0].opens:
        stack.append(_Mark(0, 0, True, False))  # the quotation goes on without a new opening mark
    for mark in marks:
        if mark.closes and stack:
            opened = stack.pop()
            spans.append((opened.start, mark.end))
        elif mark.opens and not _is_measure(text, mark):
            stack.append(mark)
    chained = pending and bool(marks) and (bool(spans) or bool(stack))
    open_at, left_open = _unclosed(text, stack, spans, reopened)
    pieces = [Quotation(index, start, end) for start, end in spans]
    pieces += [Quotation(index, start, end, closed=False) for start, end in open_at]
    pieces = _outermost(pieces, [])
    if chained and pieces and not text[: pieces[0].start].strip():
        pieces[0] = replace(pieces[0], chained=True)
    return pieces, left_open


def _is_measure(text: str, mark: _Mark) -> bool:
    return mark.closes and bool(MEASURE.search(text[max(0, mark.start - 8) : mark.start]))


def _unclosed(
    text: str, stack: list[_Mark], spans: list[tuple[int, int]], reopened: bool
) -> tuple[list[tuple[int, int]], bool]:
    """Say where quotations that no mark closes end: at the block's end if the next block goes on, else early."""
    if not stack:
        return [], False
    later = sorted(start for start, _ in spans)
    if reopened:
        return [(stack[0].start, len(text.rstrip()))], True
    ends = []
    for position, mark in enumerate(stack):
        nexts = [start for start in later if start > mark.start][:1]
        nexts += [other.start for other in stack[position + 1 : position + 2]]
        limit = min(nexts, default=len(text))
        stop = SENTENCE_END.search(text, mark.end, limit) if limit < len(text) else None
        ends.append((mark.start, stop.end() if stop else len(text[:limit].rstrip())))
    return ends, limit == len(text)


def _single_spans(text: str) -> list[tuple[int, int]]:
    """Pair single marks, telling them from apostrophes, decades and possessives by what stands around them."""
    spans = []
    opened: int | None = None
    weak: int | None = None
    for found in SINGLE.finditer(text):
        start, end = found.span()
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if BEFORE_OPENING.match(before) and not after.isspace():
            if found[0] == "’" or CLIPPED.match(text, end) or (before in "-" and opened is not None):
                continue
            if opened is not None and weak is not None:
                spans.append((opened, weak))
            opened, weak = start, None
        elif opened is not None and not after.isalnum() and not before.isspace():
            if text[start - 2 : start] in ("’n", "'n", "‘n"):
                continue  # rock ’n’ roll
            if before in '.,!?…;:—–"”' or before not in "sSzZxX" or after in ".,;:?!)":
                spans.append((opened, end))
                opened, weak = None, None
            else:  # the players' union: a possessive, unless nothing better closes the quotation
                weak = weak or end
    if opened is not None:
        spans.append((opened, weak)) if weak else None
    return spans


def _outermost(first: list[Quotation], second: list[Quotation]) -> list[Quotation]:
    """Keep what lies in nothing else, in order; of two that overlap the earlier one stays."""
    kept: list[Quotation] = []
    for piece in sorted([*first, *second], key=lambda piece: (piece.start, -piece.end)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept
