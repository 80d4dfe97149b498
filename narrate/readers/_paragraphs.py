"""Lines of print to parts: paragraphs from leading, indents and line ends; headings and footnotes from size."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from narrate.readers import _marking, _mending
from narrate.readers._columns import INDENT, Line
from narrate.readers._parts import Part

LARGER = 1.12
"""Share of the running text's size from which on a line is a heading."""
MUCH_LARGER = 1.35
WIDER = 1.3
"""Share of the usual leading from which on a blank parts two paragraphs."""
HEADING_LEADING = 1.9
"""Distance of a heading's lines, in heights of them; what is further off is another heading."""
SAME_SIZE = 0.06
"""Share by which sizes in one paragraph differ."""
LIKE_SIZE = 0.15
"""Share by which the boxes of two fonts of one size differ."""
MOST_HEADING_LINES = 4
MOST_CREDIT_WORDS = 4
"""Words of a line that stands alone at a column's end and begins no paragraph: a byline, a place."""

_BULLET = re.compile(r"(?:[•‣◦▪▸●○■–*·]|-)\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|\([a-z]\))\s+(?=\S)")
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
    lines = _marking.marked(lines, usual)
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
    count = sum(line.set_in for line in live)
    return len(live) > 5 and 0.03 < count / len(live) < 0.45


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
    if line.column != last.column:
        return _begins_column(group, line, indents)
    gap = last.fragment.bottom - line.fragment.bottom
    if size > LARGER * usual:
        return gap > HEADING_LEADING * size
    if gap > WIDER * max(leading, 1.0) and gap > 1.15 * WIDER * size * 0.8:
        return True
    return _begins_by_edges(group, line, indents)


def _begins_column(group: Sequence[Line], line: Line, indents: bool) -> bool:
    """Tell whether the first line of a column begins a paragraph, or goes on with that of the column before."""
    last, ended, goes_on = group[-1], bool(_END.search(group[-1].text)), line.text[:1].islower()
    alone = len(group) == 1 and len(last.text.split()) <= MOST_CREDIT_WORDS
    if line.across != last.across or last.ends_early or alone:
        # From a line across the page into a column, or out of one; or nothing that a column's end has cut.
        return not goes_on
    if indents:
        return (line.set_in or (ended and last.falls_short_of(line))) and (ended or not goes_on)
    return ended and (last.falls_short_of(line) or not goes_on)


def _begins_by_edges(group: Sequence[Line], line: Line, indents: bool) -> bool:
    """Tell by where lines begin and end whether one begins a paragraph."""
    last, first, size = group[-1], group[0], group[-1].fragment.size
    ended, goes_on = bool(_END.search(last.text)), line.text[:1].islower()
    hanging = _BULLET.match(first.text) or _NUMBERED.match(first.text)
    if hanging and ended and line.fragment.left < first.fragment.left - INDENT * size:
        return True
    if indents and line.set_in and not hanging and not _indent_kept(group, line) and (ended or not goes_on):
        return True
    outdented = all(line.fragment.left < one.fragment.left - INDENT * size for one in group)
    if ended and outdented and (len(group) > 1 or not indents):
        return True
    # A setter puts on a line what it has room for: a line that falls short is the last of its paragraph.
    return last.falls_short_of(line) and (ended or last.ends_early or not goes_on)


def _indent_kept(group: Sequence[Line], line: Line) -> bool:
    """Tell whether the whole paragraph is set in: a block quotation."""
    return len(group) > 1 and abs(group[-1].fragment.left - line.fragment.left) < 0.3 * line.fragment.size


def _mid_sentence(last: Line, line: Line) -> bool:
    same_column = last.column == line.column
    return same_column and not _END.search(last.text) and line.text[:1].islower()


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
