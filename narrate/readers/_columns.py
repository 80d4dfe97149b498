"""Fragments to lines in reading order: columns, and bands across them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from narrate.readers._glyphs import Fragment
from narrate.readers._gutters import LEAST_ROWS, LIKE, gutters, margins, usual_size

INITIAL = 1.7
"""Height of a drop cap, in heights of the lines beside it, at least."""
HIGHER = 1.7
"""Heights of a line above a column's start that are no unevenness of its top."""
MOST_EARLY = 3
"""Lines above a column's start that belong to the head."""
SIDE_NOTE = 0.9
"""Share of the running text's size below which print in the margin is a note."""
CELL_GAP = 1.0
"""Blank in a row, in heights of it, that parts the cells of a table."""
SAME_ROW = 0.4
"""Share of the height by which two baselines may differ in one row."""
INDENT = 0.7
"""Indent of a first line, in heights of a line."""
DEEP = 5.0
"""Indent, in heights of a line, from which on it is none but a line that is centred or set to the right."""
FAR_SHORT = 0.25
"""Share of the column's width that a line leaves empty only where its paragraph ends, or an item of a list."""


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

    @property
    def ends_early(self) -> bool:
        """Whether much of the column is left empty behind it."""
        left, right = self.margins
        return right - self.fragment.right > FAR_SHORT * (right - left)

    @property
    def set_in(self) -> bool:
        """Whether it begins with an indent, as first lines of paragraphs do."""
        inset = self.fragment.left - self.margins[0]
        return INDENT * self.fragment.size < inset < DEEP * self.fragment.size

    def falls_short_of(self, below: Line) -> bool:
        """Tell whether it ended although the first word of the line below had room on it."""
        word = below.text.split(" ", 1)[0]
        letter = (below.fragment.right - below.fragment.left) / max(1, len(below.text))
        return self.fragment.right + (len(word) + 1.5) * letter < self.margins[1]


def ordered(page: Sequence[Fragment], number: int) -> list[Line]:
    """Put a page's fragments in reading order: column by column, between lines that go across."""
    upright, aside = _without_side_notes([fragment for fragment in page if not fragment.turned])
    between = gutters(upright)
    lines: list[Line] = []
    place = 0
    for column in _merged(_headed(_bands(upright, between))):
        rows = _rows(column)
        edges = margins(rows)
        across = any(_goes_across(row, between) for row in rows)
        lines += [Line(row, (number, place), edges, across=across) for row in rows]
        place += 1
    turned = [Line(fragment, (number, place), (0, 0), "rotated text") for fragment in page if fragment.turned]
    return lines + [Line(fragment, (number, place), (0, 0), "side note") for fragment in aside] + turned


def _bands(page: Sequence[Fragment], between: Sequence[float]) -> list[list[list[Fragment]]]:
    """Cut a page at the lines that go across its gutters, and what is between them into columns."""
    bands: list[list[list[Fragment]]] = [[[] for _ in range(len(between) + 1)]]
    for fragment in sorted(page, key=lambda fragment: (-fragment.bottom, fragment.left)):
        if _goes_across(fragment, between):
            bands += [[[fragment]], [[] for _ in range(len(between) + 1)]]
        else:
            bands[-1][sum(fragment.left >= gutter - 1 for gutter in between)].append(fragment)
    return bands


def _goes_across(fragment: Fragment, between: Sequence[float]) -> bool:
    return any(fragment.left < gutter - 1 and fragment.right > gutter + 1 for gutter in between)


def _headed(bands: Iterable[list[list[Fragment]]]) -> Iterator[list[list[Fragment]]]:
    """Take what stands above the first column, such as a byline between two columns, to the title above it."""
    for band in bands:
        top = max((fragment.bottom for fragment in band[0]), default=None)
        early = [f for column in band[1:] for f in column if top is not None and f.bottom > top + HIGHER * f.size]
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


def _without_side_notes(page: Sequence[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """Take away small print that stands to the left or right of all running text."""
    usual = usual_size(page)
    text = [fragment for fragment in page if abs(fragment.size - usual) < LIKE * usual]
    if len(text) < 2 * LEAST_ROWS:
        return list(page), []
    left = min(fragment.left for fragment in text)
    right = sorted((fragment.right for fragment in text), reverse=True)[len(text) // 20]
    notes = [f for f in page if f.size < SIDE_NOTE * usual and (f.left > right or f.right < left) and len(f.text) > 3]
    low, high = min(f.bottom for f in text), max(f.top for f in text)
    notes = [fragment for fragment in notes if low <= fragment.bottom <= high]
    return [fragment for fragment in page if fragment not in notes], notes


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
