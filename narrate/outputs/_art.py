"""The cover, drawn from the words on it: no stock picture."""

from __future__ import annotations

import colorsys
import hashlib
import io
import zlib
from functools import lru_cache

from PIL import Image, ImageDraw

from narrate.outputs._font import drawable, face, shortened, wrapped

Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""

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

TITLE_TOP = 0.19
"""Where the title begins, as a share of the side."""

LINE_HEIGHT = 1.08

SMALL = 0.042
"""Height of the letters of show and author, as a share of the side."""

AUTHOR_TOP = 0.895
"""Where the author begins: below the wave, as a share of the side."""

WAVE_MIDDLE = 0.79

BARS = 61
"""Bars of the wave at the foot."""


def cover_png(title: str, author: str, show: str) -> bytes:
    """Draw the cover at full size."""
    packed = io.BytesIO()
    cover(title, author, show, SIZE).save(packed, "PNG", compress_type=zlib.Z_RLE)  # a third of the time, 20 % longer
    return packed.getvalue()


@lru_cache(maxsize=2)  # the same goes into every sound file of an edition
def cover_jpeg(title: str, author: str, show: str) -> bytes:
    """Draw the cover as it goes into a sound file."""
    packed = io.BytesIO()
    cover(title, author, show, EMBEDDED).save(packed, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return packed.getvalue()


def cover(title: str, author: str, show: str, size: int) -> Image.Image:
    """Draw show, title and author over a wave; colours and wave follow from the words, so that each has its own."""
    seed = hashlib.sha256(f"{show}\n{title}".encode("utf-8", "replace")).digest()
    hue = seed[0] / 256
    ground, light, accent = _colour(hue, 0.55, 0.20), (250, 248, 242), _colour(hue + 0.09, 0.45, 0.98)
    image = Image.new("RGB", (size, size), ground)
    draw = ImageDraw.Draw(image)
    edge = round(size * MARGIN)
    _wave(draw, seed, size, accent, _colour(hue, 0.50, 0.36))
    _label(draw, show.upper(), size, edge, accent)
    draw.rectangle((edge, round(size * 0.165), edge + round(size * 0.10), round(size * 0.174)), fill=accent)
    _title(draw, title, size, light)
    _label(draw, author, size, round(size * AUTHOR_TOP), light)
    return image


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _label(draw: ImageDraw.ImageDraw, text: str, size: int, top: int, colour: Colour) -> None:
    """Write one line, shortened where it does not fit."""
    letters = face("Semibold", round(size * SMALL))
    shown = shortened(drawable(text), letters, size * (1 - 2 * MARGIN))
    draw.text((round(size * MARGIN), top), shown, fill=colour, font=letters)


def _title(draw: ImageDraw.ImageDraw, title: str, size: int, colour: Colour) -> None:
    """Write the title as large as it fits; what does not fit at the smallest size ends in "…"."""
    for share in TITLE_SIZES:
        letters = face("Bold", round(size * share))
        lines = wrapped(drawable(title), letters, size * (1 - 2 * MARGIN))
        most = int(TITLE_ROOM / (share * LINE_HEIGHT))
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(f"{lines[most - 1]} {lines[most]}", letters, size * (1 - 2 * MARGIN))]
    for number, line in enumerate(lines):
        top = size * TITLE_TOP + number * size * share * LINE_HEIGHT
        draw.text((round(size * MARGIN), round(top)), line, fill=colour, font=letters)


def _wave(draw: ImageDraw.ImageDraw, seed: bytes, size: int, bright: Colour, dim: Colour) -> None:
    """Draw a wave of bars at the foot, highest in the middle, its shape from the seed."""
    middle, step = size * WAVE_MIDDLE, size / BARS
    for bar in range(BARS):
        swell = 1 - abs(bar - BARS / 2) / (BARS / 2)
        chance = seed[bar % len(seed)] / 255
        half = size * (0.008 + 0.075 * swell * (0.25 + 0.75 * chance))
        left = bar * step + step * 0.25
        colour = bright if abs(bar - BARS / 2) < BARS * 0.18 else dim
        draw.rounded_rectangle((left, middle - half, left + step * 0.5, middle + half), step * 0.25, fill=colour)
