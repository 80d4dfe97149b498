"""Fragments to lines in reading order: columns, bands across them, and the page's furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from narrate.readers import _pages
from narrate.readers._glyphs import Fragment

GRID = 2.0
"""Points between the places where a gutter is looked for."""
CROSSED = 0.18
"""Share of the rows that may cross a gutter: titles, wide figures, rules."""
LEAST_SIDE = 0.18
"""Share of a page's characters that each column has; less is a margin, a table's first column or bullets."""
LEAST_ROWS = 4
"""Fragments a column has at least."""
INITIAL = 1.7
"""Height of a drop cap, in heights of the lines beside it, at least."""
SAME_ROW = 0.4
"""Share of the height by which two baselines may differ in one row."""
EDGE = 0.075
"""Share of the page's height, above and below, in which no running text stands."""
STANDS_OFF = 1.7
"""Distance of a line in the edge from the next, in heights of the running text, that makes it furniture."""
WIDE_EDGE = 0.16
"""Share of the page's height in which recurring lines and bare page numbers stand."""
_PRINTED = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d\d")
"""How the head begins that browsers print: the day and the time."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print in its column."""

    fragment: Fragment
    column: tuple[int, int]
    """Page and place of the column in reading order."""
    margins: tuple[float, float]
    """Left and right edge of its column."""
    reason: str = ""
    across: bool = False
    """It goes across columns."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.fragment.text


def ordered(page: Sequence[Fragment], number: int) -> list[Line]:
    """Put a page's fragments in reading order: column by column, between lines that go across."""
    upright = [fragment for fragment in page if not fragment.turned]
    gutters = _gutters(upright)
    bands: list[list[list[Fragment]]] = [[[] for _ in range(len(gutters) + 1)]]
    for fragment in sorted(upright, key=lambda fragment: (-fragment.bottom, fragment.left)):
        across = any(fragment.left < gutter - 1 and fragment.right > gutter + 1 for gutter in gutters)
        if across:
            bands += [[[fragment]], [[] for _ in range(len(gutters) + 1)]]
        else:
            bands[-1][sum(fragment.left >= gutter - 1 for gutter in gutters)].append(fragment)
    lines: list[Line] = []
    place = 0
    for column in _merged(bands):
        rows = _rows(column)
        margins = (_usual([row.left for row in rows]), _far([row.right for row in rows]))
        across = any(row.left < gutter - 1 and row.right > gutter + 1 for gutter in gutters for row in rows)
        lines += [Line(row, (number, place), margins, across=across) for row in rows]
        place += 1
    turned = [Line(fragment, (number, place), (0, 0), "rotated text") for fragment in page if fragment.turned]
    return lines + turned


def _merged(bands: Iterable[list[list[Fragment]]]) -> list[list[Fragment]]:
    """List the columns of all bands; neighbouring bands of one column are one."""
    result: list[list[Fragment]] = []
    single = False
    for band in bands:
        columns = [column for column in band if column]
        if len(band) == 1 and single and result:
            result[-1] += columns[0]
        else:
            result += columns
        single = len(band) == 1 if columns else single
    return result


def _usual(lefts: Sequence[float]) -> float:
    """Return the left edge that most lines keep to: first lines are set in, headings may hang out."""
    return float(Counter(round(left) for left in lefts).most_common(1)[0][0])


def _far(rights: Sequence[float]) -> float:
    """Return the right edge, but for a few lines that run over it."""
    return sorted(rights, reverse=True)[len(rights) // 20]


def _gutters(page: Sequence[Fragment]) -> list[float]:
    """Find the places that hardly a line crosses, with columns on both sides."""
    if len(page) < 2 * LEAST_ROWS:
        return []
    left, right = min(f.left for f in page), max(f.right for f in page)
    crossed = _crossings(page, left, right)
    most = CROSSED * len({round(f.bottom / 4) for f in page})
    runs: list[list[int]] = []
    for step, count in enumerate(crossed):
        if count > most or step == 0:
            continue
        if runs and step == runs[-1][-1] + 1:
            runs[-1].append(step)
        else:
            runs.append([step])
    found: list[float] = []
    for run in runs:
        # The emptiest places of a run are the gutter; at its sides lie the ends of ragged lines.
        middle = run[len(run) // 2]
        x = left + GRID * min(run, key=lambda step: (crossed[step], abs(step - middle)))
        if _parts_columns(page, found[-1] if found else left - 1, x, right):
            found.append(x)
    return found


def _crossings(page: Sequence[Fragment], left: float, right: float) -> list[int]:
    """Count for each place of the grid the fragments that go across it."""
    steps = int((right - left) / GRID) + 1
    changes = [0] * (steps + 2)
    for fragment in page:
        begin = int((fragment.left + 1 - left) / GRID) + 1
        end = int((fragment.right - 1 - left) / GRID) + 1
        if end > begin:
            changes[begin] += 1
            changes[end] -= 1
    return list(accumulate(changes))[:steps]


def _parts_columns(page: Sequence[Fragment], start: float, x: float, end: float) -> bool:
    whole = sum(len(f.text) for f in page)
    sides = (
        [f for f in page if start <= f.left and f.right <= x + 2],
        [f for f in page if x - 2 <= f.left and f.right <= end],
    )
    if any(len(side) < LEAST_ROWS or sum(len(f.text) for f in side) < LEAST_SIDE * whole for side in sides):
        return False
    low = max(min(f.bottom for f in side) for side in sides)
    high = min(max(f.top for f in side) for side in sides)
    tall = max(max(f.top for f in side) - min(f.bottom for f in side) for side in sides)
    return high - low > tall / 3


def _rows(column: Sequence[Fragment]) -> list[Fragment]:
    """Join fragments that stand on one baseline, and large initials with the line that they begin."""
    rows: list[Fragment] = []
    for fragment in sorted(column, key=lambda fragment: (-fragment.bottom, fragment.left)):
        small, large = sorted((rows[-1].size, fragment.size)) if rows else (0.0, 0.0)
        # A large initial stands on the baseline of a line further down and is joined to the first below.
        if rows and abs(rows[-1].bottom - fragment.bottom) <= SAME_ROW * small and large < INITIAL * small:
            first, second = sorted((rows[-1], fragment), key=lambda f: f.left)
            longer = max(first, second, key=lambda f: len(f.text))
            rows[-1] = replace(
                longer,
                text=f"{first.text} {second.text}",
                left=first.left,
                right=max(first.right, second.right),
                marks=f"{first.marks} {second.marks}".strip(),
            )
        else:
            rows.append(fragment)
    return _initials_joined(rows)


def _initials_joined(rows: list[Fragment]) -> list[Fragment]:
    """Put a drop cap in front of the line whose top it shares."""
    result = list(rows)
    for cap in rows:
        if not (len(cap.text) <= 2 and cap.text[0].isalpha() and cap.text[0].isupper()):
            continue
        beside = [row for row in result if row is not cap and INITIAL * row.size < cap.size and row.left >= cap.left
                  and cap.bottom - row.size <= row.bottom <= cap.top]  # fmt: skip
        if len(beside) < 2:
            continue
        top = max(beside, key=lambda row: row.bottom)
        gap = " " if len(cap.text) == 1 and cap.text in "AI" and top.left - cap.right > 0.5 * top.size else ""
        joined = replace(top, text=cap.text + gap + top.text, left=cap.left)
        result = [joined if row is top else replace(row, left=cap.left) if row in beside else row for row in result]
        result.remove(cap)
    return result


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


def _key(line: Line) -> str:
    return re.sub(r"\d+|\b[ivxl]+\b", "#", " ".join(line.text.split()).lower())


def _furniture(line: Line, height: float, edges: Counter[str], usual: float, page: Sequence[Line]) -> str:
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
