"""The letters of pictures and covers: Source Sans, which has Latin with all accents, Greek and Cyrillic."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from typing import Literal

from PIL import ImageFont

Weight = Literal["Regular", "Semibold", "Bold"]

NO_GLYPH = "\uffff"
"""A non-character: what the font draws for it, it draws for whatever it lacks."""


@lru_cache(maxsize=64)
def face(weight: Weight, height: int) -> ImageFont.FreeTypeFont:
    """Return the font at a height in pixels."""
    with as_file(files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.ttf") as path:
        return ImageFont.truetype(str(path), height)


def drawable(text: str) -> str:
    """Drop the letters that the font lacks, such as emoji: a box in a title is worse than a gap."""
    return " ".join("".join(letter for letter in text if letter.isspace() or _has(letter)).split())


@lru_cache(maxsize=4096)
def _has(letter: str) -> bool:
    some = face("Regular", 24)
    return bytes(some.getmask(letter)) != bytes(some.getmask(NO_GLYPH))


def shortened(text: str, letters: ImageFont.FreeTypeFont, room: float) -> str:
    """Cut a text to `room` pixels, ending in "…" where it was cut."""
    if letters.getlength(text) <= room:
        return text
    kept = text
    while kept and letters.getlength(kept + "…") > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrapped(text: str, letters: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """Break a text at blanks into lines no wider than `room` pixels; a wider word is broken itself."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, letters, room):
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and letters.getlength(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, letters: ImageFont.FreeTypeFont, room: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and letters.getlength(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
