"""Mending what a page has cut: words, paragraphs and quotations, from the text alone.

Only where the signs are plain: a text that is whole must come out as it went in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from narrate.readers._parts import Part
from narrate.readers._words import is_word

LEAST_WORDS = 5
"""Words that a paragraph has before it counts as cut: headings, verse and labels have no full stop either."""
LEAST_PROSE = 8
"""The same where the next paragraph begins with a capital, which is the weaker sign."""
LONGEST_PARAGRAPH = 20_000
"""Characters; no paragraph is longer, and one that seems so is not joined to another."""
LOOKED_AT = 2_000
"""Characters of the second paragraph that decide whether it goes on with the first."""
LONGEST_WORD = 80
"""Characters at the end of a line that are looked at for its last word."""
TITLED = 0.8
"""Share of the long words that are capitalised in a title."""
CUT_REASONS = frozenset(
    {"page number", "running head", "page footer", "footnote", "reference mark", "caption", "alternative text"}
)
"""Reasons of omissions that may stand where a page breaks, within a paragraph."""

_CLOSED = re.compile(r"[.!?…:;]['\"”’»)\]*]*$|[”»“«]$")
_DANGLING = frozenset(
    "a an the this these those its his her their our my your of in on at to for from with by into onto upon about as"
    " than that which who whose whom and or nor but if because although while whereas whether is are was were be been"
    " being has have had will would can could may might must shall should not very more most between among against"
    " through during without within toward towards under over per via mr mrs ms dr prof gen sen rep gov st".split()
)
_WORD_END = re.compile(r"[\w’']+(?=\W*$)")
_HYPHENATED = re.compile(r"(\w+)[-\u2010]$")
_FIRST_WORD = re.compile(r"\w+")
_KEPT_BEFORE = frozenset(
    "self ex well non all cross half high low long short mid old new so full part post pre anti ultra semi great vice"
    " ill much ever best better hard left right far near two three four five six seven eight nine ten".split()
)


def rejoined(parts: Sequence[Part], paged: bool = False) -> list[Part]:
    """Put paragraphs together that a page or a column break has cut in two.

    `paged` says that the source is known to have pages, where an omitted page number or running
    head stands at each break; there an open end alone is sign enough.
    """
    result: list[Part] = []
    for part in parts:
        at = _last_live(result)
        # What stood at the page's edge follows the paragraph that it interrupted.
        between = len(result) - 1 - at
        if at >= 0 and is_cut(result[at], part, paged and between > 0):
            result[at] = replace(result[at], text=joined(result[at].text, part.text))
        else:
            result.append(part)
    return result


def _last_live(parts: Sequence[Part]) -> int:
    for back in range(len(parts) - 1, -1, -1):
        if not parts[back].reason:
            return back
        if parts[back].reason not in CUT_REASONS:
            return -1
    return -1


def is_cut(one: Part, other: Part, at_page_break: bool = False) -> bool:
    """Tell whether the second paragraph goes on with the sentence of the first."""
    if one.reason or other.reason or one.kind not in ("paragraph", "quotation") or one.kind != other.kind:
        return False
    if len(one.text) > LONGEST_PARAGRAPH:
        return False
    before, after = one.flat, other.flat[:LOOKED_AT]
    words = before.split()
    if not after or len(words) < LEAST_WORDS or _CLOSED.search(before[-LONGEST_WORD:]) or len(after.split()) < 2:
        return False
    first = after.lstrip("\"'“‘(")[:1]
    if first.islower() or (before[-1] in "-\u2010" and first.isalpha()):
        return True
    if at_page_break or before[-1] in ",–—" or (_opened(before) and _closes(after)):
        return len(words) >= LEAST_PROSE or before[-1] == ","
    return len(words) >= LEAST_PROSE and not _is_titled(words) and _dangles(before)


def _is_titled(words: Sequence[str]) -> bool:
    """Tell whether words are capitalised as in a title: nearly all the long ones."""
    long = [word for word in words if len(word) > 3]
    return sum(word[0].isupper() for word in long) > TITLED * len(long)


def _dangles(text: str) -> bool:
    last = _WORD_END.search(text[-LONGEST_WORD:])
    return bool(last) and last[0].lower() in _DANGLING  # type: ignore[index]


def _opened(text: str) -> bool:
    """Tell whether a quotation or a bracket is open at the end."""
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1 or text.count("(") > text.count(")")


def _closes(text: str) -> bool:
    """Tell whether the text closes more than it opens: its first mark is a closing one."""
    marks = re.search(r"[“”()]|\"", text)
    if not marks:
        return False
    if marks[0] == '"':
        return text[marks.end() : marks.end() + 1] in ("", " ", ",", ".", ";") and not text.startswith('"')
    return marks[0] in "”)"


def joined(before: str, after: str, vocabulary: frozenset[str] = frozenset()) -> str:
    """Join two lines; a word cut by a hyphen becomes whole, a hyphen of its own is kept.

    `vocabulary` holds the words, lower case, that the same text has elsewhere.
    """
    before, after = before.rstrip(), after.lstrip()
    head, tail = _HYPHENATED.search(before[-LONGEST_WORD:]), _FIRST_WORD.match(after[:LONGEST_WORD])
    if not head:
        return f"{before} {after}"
    if not tail or not tail[0][0].isalpha():
        return f"{before}{after}" if before[-2:-1].isdigit() else f"{before} {after}"
    if _keeps_hyphen(head[1], tail[0], vocabulary):
        return f"{before[:-1]}-{after}"
    return before[:-1] + after


def joined_lines(lines: Sequence[str], vocabulary: frozenset[str] = frozenset()) -> str:
    """Join the lines of a paragraph, in time that grows with their length."""
    pieces = [lines[0].strip()]
    for line in lines[1:]:
        tail = joined(pieces[-1][-LONGEST_WORD:], line, vocabulary)
        if tail == f"{pieces[-1][-LONGEST_WORD:]} {line.strip()}":
            pieces.append(line.strip())
        else:
            pieces[-1] = pieces[-1][:-LONGEST_WORD] + tail.rstrip()
    return " ".join(pieces)


def _keeps_hyphen(head: str, tail: str, vocabulary: frozenset[str]) -> bool:
    whole, hyphened = (head + tail).lower(), f"{head}-{tail}".lower()
    if hyphened in vocabulary or whole in vocabulary:
        return hyphened in vocabulary
    if tail[0].isupper() or head[-1].isdigit():
        return True
    if is_word(whole):
        return False
    return head.lower() in _KEPT_BEFORE or (is_word(head.lower()) and is_word(tail.lower()))
