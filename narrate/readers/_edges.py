"""The edges of pages: running heads, footers and page numbers, told by place, size and recurrence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from narrate.readers import _pages
from narrate.readers._columns import SAME_ROW, Line
from narrate.readers._glyphs import Fragment

EDGE = 0.075
"""Share of the page's height, above and below, in which no running text stands."""
STANDS_OFF = 1.7
"""Distance of a line in the edge from the next, in heights of the running text, that makes it furniture."""
WIDE_EDGE = 0.16
"""Share of the page's height in which recurring lines and bare page numbers stand."""
_PRINTED = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d\d")
"""How the head begins that browsers print: the day and the time."""


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float], usual: float) -> list[list[Line]]:
    """Mark running heads, footers and page numbers; `usual` is the size of the running text."""
    edges = Counter(
        key
        for page, height in zip(pages, heights, strict=True)
        for key in {_key(line) for line in page if _in_edge(line.fragment, height, WIDE_EDGE)}
    )
    return [
        [replace(line, reason=line.reason or _furniture(line, height, edges, usual, page)) for line in page]
        for page, height in zip(pages, heights, strict=True)
    ]


def _in_edge(fragment: Fragment, height: float, share: float) -> bool:
    return fragment.bottom < share * height or fragment.top > (1 - share) * height


def _key(line: Line) -> tuple[str, int]:
    """Reduce a line to what recurs: its words, figures aside, and its size: a byline may name whom all pages name."""
    return re.sub(r"\d+|\b[ivxl]+\b", "#", " ".join(line.text.split()).lower()), round(line.fragment.size)


def _furniture(line: Line, height: float, edges: Counter[tuple[str, int]], usual: float, page: Sequence[Line]) -> str:
    fragment = line.fragment
    if not _in_edge(fragment, height, WIDE_EDGE):
        return ""
    text = " ".join(line.text.split())
    if _PRINTED.match(text):
        return "running head"
    if re.fullmatch(r"\d{1,4}|[ivxl]{1,6}", text) or _pages.is_number(text):
        return "page number"
    side = "running head" if fragment.bottom > height / 2 else "page footer"
    if edges[_key(line)] >= _pages.LEAST_RECURRING and fragment.size < 1.3 * usual and len(text) < 160:
        return side
    if fragment.size > 1.05 * usual or not _in_edge(fragment, height, EDGE) or len(text) >= 160:
        return ""
    return side if _stands_off(fragment, page, usual) else ""


def _stands_off(fragment: Fragment, page: Sequence[Line], usual: float) -> bool:
    """Tell whether a line keeps a distance from the running text that the text's own lines do not keep."""
    away = [abs(line.fragment.bottom - fragment.bottom) for line in page if line.fragment is not fragment]
    return min((gap for gap in away if gap > SAME_ROW * usual), default=usual * 9) > STANDS_OFF * usual
