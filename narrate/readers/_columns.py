"""Fragments to lines in reading order: columns, bands across them, and the page's furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
MOST_EARLY = 3
"""Lines above a column's start that belong to the head."""
LIKE = 0.1
"""Share by which sizes of the running text differ on a page."""
FAR_IN = 4.0
"""Heights of a line by which running text may be set in."""
FLUSH = 0.3
"""Share of the lines that end at one place where text is justified."""
SIDE_NOTE = 0.9
"""Share of the running text's size below which print in the margin is a note."""
NEARLY = 0.8
"""Share of a column's width that a full line has at least."""
LEAST_SHORT = 2
"""Lines of a column that the end of the text leaves nearly empty."""
CELL_GAP = 1.0
"""Blank in a row, in heights of it, that parts the cells of a table."""
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
    upright, aside = _without_side_notes([fragment for fragment in page if not fragment.turned])
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
    for column in _merged(_headed(bands)):
        rows = _rows(column)
        margins = _margins(rows)
        across = any(row.left < gutter - 1 and row.right > gutter + 1 for gutter in gutters for row in rows)
        lines += [Line(row, (number, place), margins, across=across) for row in rows]
        place += 1
    turned = [Line(fragment, (number, place), (0, 0), "rotated text") for fragment in page if fragment.turned]
    return lines + [Line(fragment, (number, place), (0, 0), "side note") for fragment in aside] + turned


def _headed(bands: Iterable[list[list[Fragment]]]) -> Iterator[list[list[Fragment]]]:
    """Take what stands above the first column, such as a byline between two columns, to the title above it."""
    for band in bands:
        top = max((fragment.bottom for fragment in band[0]), default=None)
        early = [f for column in band[1:] for f in column if top is not None and f.bottom > top + STANDS_OFF * f.size]
        if 0 < len(early) <= MOST_EARLY:
            yield [early]
            band = [[fragment for fragment in column if fragment not in early] for column in band]
        yield band


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


def _margins(rows: Sequence[Fragment]) -> tuple[float, float]:
    """Return the left and right edge that the running text keeps to.

    First lines are set in and headings hang out; what runs over is a title, or has something beside it.
    """
    left = _most_common([row.left for row in rows])[0]
    usual = _usual_size(rows)
    text = [row.right for row in rows if abs(row.size - usual) < LIKE * usual and row.left < left + FAR_IN * usual]
    rights = sorted(text or [row.right for row in rows], reverse=True)
    flush, often = _most_common(rights)
    return left, flush + 1 if often > FLUSH * len(rights) else rights[len(rights) // 20]


def _usual_size(page: Sequence[Fragment]) -> float:
    sizes: Counter[float] = Counter()
    for fragment in page:
        sizes[fragment.size] += len(fragment.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _most_common(places: Sequence[float]) -> tuple[float, int]:
    """Return the place where most lines begin or end, points, and how many do."""
    place, count = Counter(round(place) for place in places).most_common(1)[0]
    return float(place), count


def _without_side_notes(page: Sequence[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """Take away small print that stands to the left or right of all running text."""
    usual = _usual_size(page)
    text = [fragment for fragment in page if abs(fragment.size - usual) < LIKE * usual]
    if len(text) < 2 * LEAST_ROWS:
        return list(page), []
    left = min(fragment.left for fragment in text)
    right = sorted((fragment.right for fragment in text), reverse=True)[len(text) // 20]
    notes = [f for f in page if f.size < SIDE_NOTE * usual and (f.left > right or f.right < left) and len(f.text) > 3]
    low, high = min(f.bottom for f in text), max(f.top for f in text)
    notes = [fragment for fragment in notes if low <= fragment.bottom <= high]
    return [fragment for fragment in page if fragment not in notes], notes


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
        emptiest = left + GRID * min(run, key=lambda step: (crossed[step], abs(step - middle)))
        starts = [f.left - 1 for f in page if run[0] <= (f.left - left) / GRID <= run[-1] + 1]
        for x in (emptiest, *starts[:1], *(_most_common(starts)[:1] if starts else ())):
            if _parts_columns(page, found[-1] if found else left - 1, x, right):
                found.append(x)
                break
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
        return _is_short_column(*sides)
    low = max(min(f.bottom for f in side) for side in sides)
    high = min(max(f.top for f in side) for side in sides)
    tall = max(max(f.top for f in side) - min(f.bottom for f in side) for side in sides)
    return high - low > tall / 3


def _is_short_column(side: Sequence[Fragment], other: Sequence[Fragment]) -> bool:
    """Tell whether the last lines of a text stand beside a full column, where the setter put all that was left."""
    if len(side) < 2 * LEAST_ROWS:
        return False
    usual = _usual_size(side)
    text = [fragment for fragment in other if abs(fragment.size - usual) < LIKE * usual]
    if not text:
        return False
    left, right = _margins(side)
    start, _ = _most_common([fragment.left for fragment in text])
    aligned = [fragment for fragment in text if round(fragment.left) == start]
    full = [fragment for fragment in aligned if fragment.right - fragment.left > NEARLY * (right - left)]
    return len(aligned) >= max(LEAST_SHORT, len(text) / 2) and 2 * len(full) >= len(aligned)


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
                cells=first.cells + second.cells * (second.left - first.right > CELL_GAP * small),
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
        if not beside or (len(beside) < 2 and not beside[0].text[0].islower()):
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
