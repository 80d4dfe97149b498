"""Lines of print to parts: paragraphs from leading, indents and line ends; headings and footnotes from size."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from narrate.readers import _mending
from narrate.readers._columns import Line
from narrate.readers._parts import Part

LARGER = 1.12
"""Share of the running text's size from which on a line is a heading."""
MUCH_LARGER = 1.35
SMALLER = 0.93
"""Share of the running text's size below which a line at a column's foot is a footnote."""
WIDER = 1.3
"""Share of the usual leading from which on a blank parts two paragraphs."""
INDENT = 0.7
"""Indent of a first line, in heights of a line."""
HEADING_LEADING = 1.9
"""Distance of a heading's lines, in heights of them; what is further off is another heading."""
FAR_SHORT = 0.25
"""Share of the column's width that a line leaves empty only where its paragraph ends, or an item of a list."""
SAME_SIZE = 0.06
"""Share by which sizes in one paragraph differ."""
LIKE_SIZE = 0.15
"""Share by which the boxes of two fonts of one size differ."""
MOST_HEADING_LINES = 4
MOST_CREDIT_WORDS = 4
"""Words of a line that stands alone at a column's end and begins no paragraph: a byline, a place."""
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
_BULLET = re.compile(r"(?:[•‣◦▪▸●○■–*·]|-)\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|\([a-z]\))\s+(?=\S)")
_CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\. ?){6,}\s*(?:\d{1,4}|[ivxl]{1,6})$")
_END = re.compile(r"[.!?…:]['\"”’»)\]]*$")


def usual_size(lines: Sequence[Line]) -> float:
    """Return the size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.fragment.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def parts(lines: Sequence[Line]) -> list[Part]:
    """Make paragraphs, headings, items, footnotes of lines in reading order."""
    usual = usual_size([line for line in lines if not line.reason])
    lines = _notes_marked(lines, usual)
    leading = _leading(lines)
    indents = _indented(lines)
    sizes = sorted(
        {round(line.fragment.size) for line in lines if not line.reason and line.fragment.size > LARGER * usual}
    )
    levels = {size: len(sizes) - place for place, size in enumerate(sizes)}
    vocabulary = frozenset(re.findall(r"[\w-]+", " ".join(line.text for line in lines).lower()))
    result: list[Part] = []
    for group, aside in _groups(lines, usual, leading, indents):
        result += _part(group, usual, levels, vocabulary)
        result += [Part(line.text, reason=line.reason) for line in aside]
    return result


def _leading(lines: Sequence[Line]) -> float:
    gaps = [
        above.fragment.bottom - below.fragment.bottom
        for above, below in itertools.pairwise(lines)
        if above.column == below.column and above.fragment.bottom > below.fragment.bottom and not above.reason
    ]
    return median(gaps) if gaps else 0.0


def _indented(lines: Sequence[Line]) -> bool:
    """Tell whether paragraphs begin with an indent here: more than a few lines do, and by far not all."""
    live = [line for line in lines if not line.reason]
    count = sum(_indent(line) for line in live)
    return len(live) > 5 and 0.03 < count / len(live) < 0.45


def _indent(line: Line) -> bool:
    inset = line.fragment.left - line.margins[0]
    return INDENT * line.fragment.size < inset < 5 * line.fragment.size


def _notes_marked(lines: Sequence[Line], usual: float) -> list[Line]:
    """Mark small print: footnotes at the foot of a column, captions anywhere."""
    result = list(lines)
    below: tuple[int, int] | None = None
    for at, line in enumerate(lines):
        small = line.fragment.size < SMALLER * usual
        if line.reason or not small:
            below = None if not line.reason else below
            continue
        rest = [other for other in lines[at:] if other.column == line.column and not other.reason]
        at_foot = all(other.fragment.size < SMALLER * usual for other in rest)
        if at_foot and (_NOTE.match(line.text) or below == line.column):
            below = line.column
            result[at] = replace(line, reason="footnote")
    return _small_print_marked(_captions_marked(_tables_marked(result), usual), usual)


def _small_print_marked(lines: list[Line], usual: float) -> list[Line]:
    """Mark boxes and credits in much smaller print; what is short and above the text may be a byline."""
    below = False
    for _, group in itertools.groupby(range(len(lines)), lambda at: _is_small(lines[at], usual)):
        run = [at for at in group if not lines[at].reason]
        if not run or not _is_small(lines[run[0]], usual):
            below |= bool(run)
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
        goes_on = near and previous is not None and (small or not _falls_short(previous, line))
        within = not line.reason and (bool(begins) or (within and goes_on))
        if within:
            lines[at] = replace(line, reason="caption")
        previous = line
    return lines


def _groups(
    lines: Sequence[Line], usual: float, leading: float, indents: bool
) -> Iterator[tuple[list[Line], list[Line]]]:
    """Gather the lines of each paragraph, and beside them what is not read and stood among them."""
    group: list[Line] = []
    aside: list[Line] = []
    for line in lines:
        if line.reason:
            aside.append(line)
            continue
        if group and _begins(group, line, usual, leading, indents):
            yield group, aside
            group, aside = [], []
        group.append(line)
    if group or aside:
        yield group, aside


def _begins(group: Sequence[Line], line: Line, usual: float, leading: float, indents: bool) -> bool:
    """Tell whether a line begins a new paragraph after the ones gathered."""
    last = group[-1]
    size = last.fragment.size
    change = abs(line.fragment.size - size) / max(size, line.fragment.size)
    if change > SAME_SIZE or line.fragment.bold != last.fragment.bold:
        # A word in bold or in typewriter letters is no heading: an open sentence goes on below it.
        return change > LIKE_SIZE or not _mid_sentence(last, line)
    if _BULLET.match(line.text) or (_NUMBERED.match(line.text) and _END.search(last.text)):
        return True
    ended = bool(_END.search(last.text))
    if line.column != last.column:
        if line.across != last.across:
            # From a line across the page into a column, or out of one.
            return not line.text[:1].islower()
        alone = len(group) == 1 and len(last.text.split()) <= MOST_CREDIT_WORDS
        if (_ends_early(last) or alone) and not line.text[:1].islower():
            return True
        fresh = (
            _indent(line) or (ended and _falls_short(last, line))
            if indents
            else ended and (_falls_short(last, line) or not line.text[:1].islower())
        )
        return fresh and (ended or not line.text[:1].islower())
    gap = last.fragment.bottom - line.fragment.bottom
    if size > LARGER * usual:
        return gap > HEADING_LEADING * size
    if gap > WIDER * max(leading, 1.0) and gap > 1.15 * WIDER * size * 0.8:
        return True
    hanging = _BULLET.match(group[0].text) or _NUMBERED.match(group[0].text)
    if hanging and ended and line.fragment.left < group[0].fragment.left - INDENT * size:
        return True
    set_in = indents and _indent(line) and not hanging and not _indent_kept(group, line)
    if set_in and (ended or not line.text[:1].islower()):
        return True
    outdented = all(line.fragment.left < one.fragment.left - INDENT * size for one in group)
    if ended and outdented and (len(group) > 1 or not indents):
        return True
    # A setter puts on a line what it has room for: a line that falls short is the last of its paragraph.
    return _falls_short(last, line) and (ended or _ends_early(last) or not line.text[:1].islower())


def _ends_early(line: Line) -> bool:
    return line.margins[1] - line.fragment.right > FAR_SHORT * (line.margins[1] - line.margins[0])


def _indent_kept(group: Sequence[Line], line: Line) -> bool:
    """Tell whether the whole paragraph is set in: a block quotation."""
    return len(group) > 1 and abs(group[-1].fragment.left - line.fragment.left) < 0.3 * line.fragment.size


def _mid_sentence(last: Line, line: Line) -> bool:
    same_column = last.column == line.column
    return same_column and not _END.search(last.text) and line.text[:1].islower()


def _falls_short(last: Line, line: Line) -> bool:
    """Tell whether a line ended although the next one's first word had room on it."""
    word = line.text.split(" ", 1)[0]
    letter = (line.fragment.right - line.fragment.left) / max(1, len(line.text))
    return last.fragment.right + (len(word) + 1.5) * letter < last.margins[1]


def _part(group: Sequence[Line], usual: float, levels: dict[int, int], vocabulary: frozenset[str]) -> list[Part]:
    if not group:
        return []
    text = _mending.joined_lines([line.text for line in group], vocabulary)
    marks = " ".join(line.fragment.marks for line in group if line.fragment.marks)
    fragment = group[0].fragment
    # Fonts of one size have boxes of several: what ends like a sentence must be larger to be a heading.
    large = fragment.size > (LARGER if not text.endswith((".", ",", ";", ":")) else MUCH_LARGER) * usual
    bold = all(line.fragment.bold for line in group) and not text.endswith((".", ",", ";"))
    if bold and not large and text.endswith("?"):
        # It may be a question of an interview: that shows when all paragraphs are known.
        made = Part(text, strong=text)
    elif (large or bold) and len(group) <= MOST_HEADING_LINES and not _BULLET.match(text):
        made = Part(text, kind="heading", level=levels.get(round(fragment.size), len(levels) + 1))
    elif _BULLET.match(text):
        made = Part(_BULLET.sub("", text, count=1), kind="item", level=1)
    else:
        made = Part(text, kind="item" if _NUMBERED.match(text) else "paragraph", level=int(bool(_NUMBERED.match(text))))
    return [made, Part(marks, reason="reference mark")] if marks else [made]
