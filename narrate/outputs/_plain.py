"""Text that came from somebody else, made safe to put into a file of ours."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

TITLE_LIMIT = 200
"""Longest title in a tag, characters: players show fewer, and one reader allots a fixed field."""

_BLANKS = re.compile(r"\s+")

_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What XML forbids or discourages, and the bidirectional overrides that make a text read as another."""


def printable(text: str) -> str:
    """Drop what no format may carry: controls, lone surrogates, non-characters, bidirectional overrides."""
    return _UNSAFE.sub("", text)


def plain(text: str, limit: int | None = None) -> str:
    """Make a text one printable line in NFC, shortened at a word with "…" when longer than `limit` characters."""
    line = unicodedata.normalize("NFC", _BLANKS.sub(" ", printable(_BLANKS.sub(" ", text))).strip())
    if limit is None or len(line) <= limit:
        return line
    kept = line[: limit - 1]
    whole_words = kept.rpartition(" ")[0]
    return (whole_words if len(whole_words) > limit // 2 else kept).rstrip(" ,;:–—-") + "…"


def markup(text: str) -> str:
    """Escape a text for the content of an XML or HTML element."""
    return escape(printable(text))


def attribute(text: str) -> str:
    """Escape and quote a text for the value of an XML or HTML attribute."""
    return quoteattr(plain(text))


def host(address: str) -> str:
    """Return the host of a web address; "" for whatever else stands there."""
    try:
        parts = urlsplit(plain(address))
    except ValueError:
        return ""
    return parts.hostname or "" if parts.scheme in ("http", "https") else ""


def seconds(samples: int, rate: int) -> float:
    """Turn samples into seconds, to the millisecond that the formats hold."""
    return round(samples / rate, 3)


def clock(samples: int, rate: int, mark: str = ".") -> str:
    """Write a time as captions do: hours, minutes, seconds and, behind `mark`, milliseconds."""
    milliseconds = round(samples * 1000 / rate)
    whole, thousandths = divmod(milliseconds, 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{mark}{thousandths:03d}"
