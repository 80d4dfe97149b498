"""Gutters: where on a page one column ends and the next begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from narrate.readers._glyphs import Fragment

GRID = 2.0
"""Points between the places where a gutter is looked for."""
CROSSED = 0.18
"""Share of the rows that may cross a gutter: titles, wide figures, rules."""
LEAST_SIDE = 0.18
"""Share of a page's characters that each column has; less is a margin, a table's first column or bullets."""
LEAST_ROWS = 4
"""Fragments a column has at least."""
LIKE = 0.1
"""Share by which sizes of the running text differ on a page."""
FAR_IN = 4.0
"""Heights of a line by which running text may be set in."""
FLUSH = 0.3
"""Share of the lines that end at one place where text is justified."""
NEARLY = 0.8
"""Share of a column's width that a full line has at least."""
LEAST_SHORT = 2
"""Lines of a column that the end of the text leaves nearly empty."""


def gutters(page: Sequence[Fragment]) -> list[float]:
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
    usual = usual_size(side)
    text = [fragment for fragment in other if abs(fragment.size - usual) < LIKE * usual]
    if not text:
        return False
    left, right = margins(side)
    start, _ = _most_common([fragment.left for fragment in text])
    aligned = [fragment for fragment in text if round(fragment.left) == start]
    full = [fragment for fragment in aligned if fragment.right - fragment.left > NEARLY * (right - left)]
    return len(aligned) >= max(LEAST_SHORT, len(text) / 2) and 2 * len(full) >= len(aligned)


def margins(rows: Sequence[Fragment]) -> tuple[float, float]:
    """Return the left and right edge that the running text keeps to.

    First lines are set in and headings hang out; what runs over is a title, or has something beside it.
    """
    left = _most_common([row.left for row in rows])[0]
    usual = usual_size(rows)
    text = [row.right for row in rows if abs(row.size - usual) < LIKE * usual and row.left < left + FAR_IN * usual]
    rights = sorted(text or [row.right for row in rows], reverse=True)
    flush, often = _most_common(rights)
    return left, flush + 1 if often > FLUSH * len(rights) else rights[len(rights) // 20]


def usual_size(page: Sequence[Fragment]) -> float:
    """Return the size in which most characters are set, points."""
    sizes: Counter[float] = Counter()
    for fragment in page:
        sizes[fragment.size] += len(fragment.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _most_common(places: Sequence[float]) -> tuple[float, int]:
    """Return the place where most lines begin or end, points, and how many do."""
    place, count = Counter(round(place) for place in places).most_common(1)[0]
    return float(place), count
