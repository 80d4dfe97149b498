"""The cover, drawn from the words on it: no stock picture."""

from __future__ import annotations

import colorsys
import hashlib
import io
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIZE = 3000
"""Pixels a side: the most that Apple Podcasts takes, and what it recommends."""

EMBEDDED = 1400
"""Pixels a side inside a sound file: Apple's least, and a tenth of the bytes."""

JPEG_QUALITY = 88
"""Above this the edges of letters no longer gain and the file doubles."""

MARGIN = 0.09
"""Share of the side that stays free around the words."""

TITLE_SIZES = (0.125, 0.11, 0.095, 0.08, 0.068, 0.058, 0.05)
"""Heights of the title's letters to try, as shares of the side; the smallest is legible at 300 pixels."""

TITLE_ROOM = 0.52
"""Share of the side that the title may be high."""

LINE_HEIGHT = 1.12

SMALL = 0.042
"""Height of the letters of show and author, as a share of the side."""

BARS = 61
"""Bars of the wave at the foot."""


def cover_png(title: str, author: str, show: str) -> bytes:
    """Draw the cover at full size."""
    return _packed(cover(title, author, show, SIZE), "PNG")


def cover_jpeg(title: str, author: str, show: str) -> bytes:
    """Draw the cover as it goes into a sound file."""
    return _packed(cover(title, author, show, EMBEDDED), "JPEG")


def _packed(image: Image, kind: str) -> bytes:
    packed = io.BytesIO()
    image.save(packed, kind, quality=JPEG_QUALITY, optimize=True)
    return packed.getvalue()


@lru_cache(maxsize=2)
def cover(title: str, author: str, show: str, size: int) -> Image:
    """Draw show, title and author over a wave; colours and wave follow from the words, so that each has its own."""
    from PIL import Image, ImageDraw

    seed = hashlib.sha256(f"{show}\n{title}".encode("utf-8", "replace")).digest()
    hue = seed[0] / 256
    ground, light, accent = _colour(hue, 0.55, 0.20), (250, 248, 242), _colour(hue + 0.09, 0.62, 0.92)
    image = Image.new("RGB", (size, size), ground)
    draw = ImageDraw.Draw(image)
    edge = round(size * MARGIN)
    _wave(draw, seed, size, accent, _colour(hue, 0.50, 0.36))
    _label(draw, show.upper(), size, edge, accent)
    draw.rectangle((edge, round(size * 0.165), edge + round(size * 0.10), round(size * 0.174)), fill=accent)
    _title(draw, title, size, light)
    _label(draw, author, size, round(size * (1 - MARGIN)) - round(size * SMALL), light)
    return image


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def font(height: float) -> FreeTypeFont:
    """Return the font that comes with Pillow, at a height in pixels."""
    from PIL import ImageFont

    return ImageFont.load_default(height)  # type: ignore[return-value]  # FreeType is in every wheel


def _label(draw: ImageDraw, text: str, size: int, top: int, colour: tuple[int, int, int]) -> None:
    """Write one line, shortened where it does not fit."""
    face = font(size * SMALL)
    room = size * (1 - 2 * MARGIN)
    shown = text
    while shown and face.getlength(shown) > room:
        shown = shown[:-2].rstrip() + "…"
    draw.text((round(size * MARGIN), top), shown, fill=colour, font=face)


def _title(draw: ImageDraw, title: str, size: int, colour: tuple[int, int, int]) -> None:
    """Write the title as large as it fits; what does not fit at the smallest size ends in "…"."""
    for share in TITLE_SIZES:
        face = font(size * share)
        lines = wrap(title, face, size * (1 - 2 * MARGIN))
        most = int(TITLE_ROOM / (share * LINE_HEIGHT))
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip() + "…"]
    for number, line in enumerate(lines):
        top = size * 0.21 + number * size * share * LINE_HEIGHT
        draw.text((round(size * MARGIN), round(top)), line, fill=colour, font=face)


def wrap(text: str, face: FreeTypeFont, room: float) -> list[str]:
    """Break a text at blanks into lines no wider than `room` pixels; a word that is wider is broken itself."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= room:
            lines[-1] = longer
            continue
        pieces = _pieces(word, face, room)
        lines += pieces if lines[-1] else pieces[:1]
        if not lines[0]:
            lines = lines[1:]
    return lines


def _pieces(word: str, face: FreeTypeFont, room: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and face.getlength(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _wave(draw: ImageDraw, seed: bytes, size: int, bright: tuple[int, int, int], dim: tuple[int, int, int]) -> None:
    """Draw a wave of bars at the foot, highest in the middle, its shape from the seed."""
    middle, step = size * 0.80, size / BARS
    for bar in range(BARS):
        swell = 1 - abs(bar - BARS / 2) / (BARS / 2)
        chance = seed[bar % len(seed)] / 255
        half = size * (0.008 + 0.075 * swell * (0.25 + 0.75 * chance))
        left = bar * step + step * 0.25
        colour = bright if abs(bar - BARS / 2) < BARS * 0.18 else dim
        draw.rounded_rectangle((left, middle - half, left + step * 0.5, middle + half), step * 0.25, fill=colour)
