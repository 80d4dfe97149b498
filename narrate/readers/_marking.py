"""Lines of print that are no running text: footnotes, captions, tables, contents, small print."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from narrate.readers._columns import Line

SMALLER = 0.93
"""Share of the running text's size below which a line at a column's foot is a footnote."""
LEAST_CELLS = 3
"""Stretches in a row that make it one of a table; two may be a line of dialogue and its stage direction."""
SMALL_PRINT = 0.82
"""Share of the running text's size up to which print above the foot belongs to a picture or a box."""
LEAST_SMALL = 8
"""Words of small print; a byline or a date has fewer."""

_NOTE = re.compile(r"(?:\[?\d{1,3}[\].)]?|[*†‡§]+)\s*\S")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|photo(?:graph)?|image|map|chart|source|illustration)\b\s*[\dIVX]*\s*[.:|–—]", re.I
)
_NUMBERED_CAPTION = re.compile(r"(?:fig(?:ure|\.)?|table)\s+[\dIVX]{1,3}\s*[.:|–—]", re.I)
_CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\. ?){6,}\s*(?:\d{1,4}|[ivxl]{1,6})$")


def marked(lines: Sequence[Line], usual: float) -> list[Line]:
    """Give the lines that are not read a reason; `usual` is the size of the running text."""
    return _small_print_marked(_captions_marked(_tables_marked(_notes_marked(lines, usual)), usual), usual)


def _notes_marked(lines: Sequence[Line], usual: float) -> list[Line]:
    """Mark footnotes: small print at the foot of a column."""
    result = list(lines)
    below: tuple[int, int] | None = None
    for at, line in enumerate(lines):
        small = line.fragment.size < SMALLER * usual
        if line.reason or not small:
            below = None if not line.reason else below
            continue
        begins = below == line.column or _NOTE.match(line.text)
        if begins and all(one.reason or one.fragment.size < SMALLER * usual for one in _rest_of_column(lines, at)):
            below = line.column
            result[at] = replace(line, reason="footnote")
    return result


def _rest_of_column(lines: Sequence[Line], at: int) -> Iterator[Line]:
    return itertools.takewhile(
        lambda line: line.column == lines[at].column, (lines[place] for place in range(at, len(lines)))
    )


def _small_print_marked(lines: list[Line], usual: float) -> list[Line]:
    """Mark boxes and credits in much smaller print; what is short and above the text may be a byline."""
    below = False
    for _, group in itertools.groupby(range(len(lines)), lambda at: _is_small(lines[at], usual)):
        run = [at for at in group if not lines[at].reason]
        if not run or not _is_small(lines[run[0]], usual):
            below |= bool(run)
            continue
        if run[0] and lines[run[0]].text[:1].islower() and not lines[run[0] - 1].reason:
            # It goes on with a sentence: some of its letters are of another font.
            continue
        count = sum(len(lines[at].text.split()) for at in run)
        if count >= LEAST_SMALL and (below or count >= 2 * LEAST_SMALL):
            for at in run:
                lines[at] = replace(lines[at], reason="small print")
    return lines


def _is_small(line: Line, usual: float) -> tuple[bool, tuple[int, int]] | None:
    """Return the column of a line in much smaller print, None of any other."""
    return (True, line.column) if line.fragment.size <= SMALL_PRINT * usual and not line.reason else None


def _tables_marked(lines: list[Line]) -> list[Line]:
    """Mark the rows of tables, of which at least two follow one another, and contents with their leaders."""
    rows = [line.fragment.cells >= LEAST_CELLS and not line.reason for line in lines]
    for at, line in enumerate(lines):
        if rows[at] and (rows[at - 1 : at] == [True] or rows[at + 1 : at + 2] == [True]):
            lines[at] = replace(line, reason="table")
        elif not line.reason and _LEADERS.search(line.text):
            lines[at] = replace(line, reason="table of contents")
            if at and _CONTENTS.fullmatch(lines[at - 1].text):
                lines[at - 1] = replace(lines[at - 1], reason="table of contents")
    return lines


def _captions_marked(lines: list[Line], usual: float) -> list[Line]:
    within = False
    previous: Line | None = None
    for at, line in enumerate(lines):
        small = line.fragment.size < 0.97 * usual
        near = previous is not None and previous.column == line.column
        near = near and previous is not None and abs(previous.fragment.bottom - line.fragment.bottom) < 2 * usual
        begins = (bool(_CAPTION.match(line.text)) and (small or line.fragment.bold)) or _NUMBERED_CAPTION.match(
            line.text
        )
        goes_on = near and previous is not None and (small or not previous.falls_short_of(line))
        within = not line.reason and (bool(begins) or (within and goes_on))
        if within:
            lines[at] = replace(line, reason="caption")
        previous = line
    return lines
