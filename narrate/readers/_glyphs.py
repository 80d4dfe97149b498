"""PDF pages to fragments of lines: text with place, size and weight, by PDFium."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from narrate.errors import SourceError

MOST_CHARACTERS_ON_PAGE = 200_000
"""A page of a broadsheet has 20,000."""
COLUMN_GAP = 1.0
"""Blank, in heights of the line, from which on two words may be in two columns; a justified line spaces less."""
_MARKS = re.compile(r"(?<=[^\W\d_][^\W\d_])\d{1,3}(?=\W|$)|(?<=[.,;:!?”\"’'»)]) ?\d{1,3}(?=\s|$)|\[\d{1,3}\]|[*†‡§]+")
SAMPLED = 3
"""Letters of a line whose heights are asked for."""
LEAST_HEIGHT = 0.5
"""Points; nobody reads smaller print."""
ABOVE = 0.12
"""Share of the line's height by which a reference mark stands above the line."""
RAISED = 0.85
"""Share of the line's height below which a figure behind a word is a reference mark."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of one line without a wide gap; points, from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: bool
    page: int
    marks: str = ""
    """Reference marks that were taken out of the text."""
    turned: bool = False
    cells: int = 1
    """Stretches of a row with wide gaps between them, as tables have."""

    @property
    def size(self) -> float:
        """Height of its letters."""
        return self.top - self.bottom


def fragments(page: Any, number: int) -> Iterator[Fragment]:
    """Yield the fragments of a PDFium page in the order of its content. Raises SourceError when it is beyond reason."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if count > MOST_CHARACTERS_ON_PAGE:
            raise SourceError(
                f"page {number + 1} holds over {MOST_CHARACTERS_ON_PAGE} characters; this is not an article"
            )
        text = _text(pdfium, text_page, count)
        glyphs = _Glyphs(pdfium, text_page.raw)
        start = 0
        for line in re.finditer(r"[^\r\n\x02\ufffe]+[\x02\ufffe]?", text):
            for start, end in _pieces(glyphs, text, line.start(), line.end()):
                fragment = _fragment(glyphs, text, start, end, number)
                if fragment:
                    yield fragment
    finally:
        text_page.close()


def _text(pdfium: Any, text_page: Any, count: int) -> str:
    """Get one character for each glyph of PDFium, so that both are counted alike."""
    buffer = (ctypes.c_ushort * (count * 2 + 2))()
    length = pdfium.FPDFText_GetText(text_page.raw, 0, count, buffer)
    text = bytes(buffer)[: max(0, length - 1) * 2].decode("utf-16-le", errors="replace")
    if len(text) != count:
        codes = [pdfium.FPDFText_GetUnicode(text_page.raw, index) for index in range(count)]
        text = "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd" for code in codes)
    return text


class _Glyphs:
    """The places and fonts of a text page's glyphs, asked for one by one."""

    def __init__(self, pdfium: Any, raw: Any) -> None:
        self._pdfium, self._raw = pdfium, raw
        self._box = pdfium.FS_RECTF()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._ink = tuple(ctypes.c_double() for _ in range(4))

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Return left, right, bottom, top, points."""
        self._pdfium.FPDFText_GetLooseCharBox(self._raw, index, self._box)
        return self._box.left, self._box.right, self._box.bottom, self._box.top

    def foot(self, index: int) -> float:
        """Return how low the ink of a glyph goes."""
        self._pdfium.FPDFText_GetCharBox(self._raw, index, *self._ink)
        return self._ink[2].value

    def baseline(self, index: int) -> float:
        """Return where a glyph stands: the same for all on one line, whatever their fonts."""
        self._pdfium.FPDFText_GetCharOrigin(self._raw, index, self._x, self._y)
        return self._y.value

    def bold(self, index: int) -> bool:
        """Tell whether a glyph's font is bold."""
        self._name.value = b""
        self._pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, 128, self._flags)
        name = self._name.value.lower()
        return b"bold" in name or b"black" in name or b"heavy" in name or b"demi" in name

    def size(self, index: int) -> float:
        """Return the font size as the page's content states it, for comparing within one line."""
        return float(self._pdfium.FPDFText_GetFontSize(self._raw, index))

    def turned(self, index: int) -> bool:
        """Tell whether a glyph stands on its side."""
        return abs(float(self._pdfium.FPDFText_GetCharAngle(self._raw, index))) > 0.1


def _pieces(glyphs: _Glyphs, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a line at gaps that could be between columns."""
    at = start
    for gap in re.finditer(r" +", text[start:end]):
        left, right = start + gap.start() - 1, start + gap.end()
        if left < start or right >= end:
            continue
        before, after = glyphs.box(left), glyphs.box(right)
        if after[0] - before[1] > COLUMN_GAP * (before[3] - before[2]) or after[0] < before[0]:
            yield at, left + 1
            at = right
    yield at, end


def _fragment(glyphs: _Glyphs, text: str, start: int, end: int, page: int) -> Fragment | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    # The middle glyph stands for the line: its first may be a drop cap or a reference mark. A blank has no height.
    middle = (start + end) // 2
    while text[middle].isspace():
        middle += 1
    words, marks = _without_marks(glyphs, text, start, end)
    bottom = glyphs.baseline(middle)
    height = _height(glyphs, text, start, end) or max(glyphs.size(middle), LEAST_HEIGHT)
    left, right = glyphs.box(start)[0], glyphs.box(end - 1)[1]
    fragment = Fragment(_mended(words), left, right, bottom, bottom + height, False, page, marks)
    return replace(fragment, bold=glyphs.bold(middle), turned=glyphs.turned(start))


def _height(glyphs: _Glyphs, text: str, start: int, end: int) -> float:
    """Return the usual height of a line's letters, of which one may be of another font; 0 if its font states none."""
    letters = [index for index in range(start, end) if text[index].isalnum()] or [start]
    heights: list[float] = []
    for index in letters[:: max(1, len(letters) // SAMPLED)]:
        _, _, bottom, top = glyphs.box(index)
        heights.append(top - bottom)
    usual = sorted(heights)[len(heights) // 2]
    return usual if usual > LEAST_HEIGHT else 0.0


def _without_marks(glyphs: _Glyphs, text: str, start: int, end: int) -> tuple[str, str]:
    line = text[start:end]
    raised: list[re.Match[str]] = []
    for match in _MARKS.finditer(line):
        mark = match[0].strip()
        if _is_raised(glyphs, start, start + match.end() - len(mark), mark.isdigit()):
            raised.append(match)
    for match in reversed(raised):
        line = line[: match.start()] + line[match.end() :]
    return line, " ".join(match[0].strip() for match in raised)


def _is_raised(glyphs: _Glyphs, start: int, index: int, is_figure: bool) -> bool:
    """Tell whether a glyph is smaller than the one before it, or stands higher than the line's first."""
    before, own = glyphs.box(max(index - 1, start)), glyphs.box(index)
    height = before[3] - before[2]
    if own[3] - own[2] < RAISED * height or glyphs.size(index) < RAISED * glyphs.size(max(index - 1, start)):
        return True
    line = glyphs.baseline(start) + ABOVE * height
    # Some fonts have small raised figures of their own, on the same line as the others.
    return glyphs.baseline(index) > line or (is_figure and glyphs.foot(index) > line)


def _mended(text: str) -> str:
    """Make line-end hyphens plain and draw together letters that were spaced out."""
    text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\xad", "-")
    words = text.split(" ")
    if len(words) > 3 and all(len(word) <= 1 for word in words):
        return "".join(word or " " for word in words)
    return text
