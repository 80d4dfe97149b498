"""ID3v2.3 tags with chapters, written to the letter of the standard.

Version 2.3 and not 2.4, because readers built on FFmpeg show no chapters of a 2.4 tag once a
chapter frame grows beyond 127 bytes. Frames stand in order of time, since most players list
chapters as they find them. There is no padding and no unsynchronisation: some readers stumble
over either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

CONTENTS = "Contents"
"""Title of the table of contents, without which Apple's players show no chapters."""

MOST_CHILDREN = 255
"""Children that a table of contents can hold: their number is one byte."""

UNKNOWN_OFFSET = b"\xff" * 4
"""A chapter's byte offset that says: go by the times."""

LATEST = 0xFFFF_FFFE
"""Latest time of a chapter, ms: 32 bits, less the value that means unknown."""

TOP_LEVEL, ORDERED = 2, 1

_FRONT_COVER = 3

_LATIN_1, _UTF_16 = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter as the tag has it: title, start and end in milliseconds."""

    title: str
    start: int
    end: int


def tag(frames: Sequence[bytes]) -> bytes:
    """Put frames behind a header: a whole tag, to stand before the sound."""
    body = b"".join(frames)
    return b"ID3\x03\x00\x00" + _seven_bits(len(body)) + body


def text(name: str, value: str) -> bytes:
    """Write a text frame in UTF-16; a value of ASCII digits and letters only needs no more than Latin-1."""
    return _frame(name, _plain(value) if value.isascii() and value.isalnum() else _UTF_16 + _wide(value))


def comment(value: str, language: str = "eng") -> bytes:
    """Write the comment that players show, without a description."""
    return _frame("COMM", _UTF_16 + language.encode("ascii") + _wide("") + b"\0\0" + _wide(value))


def lyrics(value: str, language: str) -> bytes:
    """Write the words of the sound, which players show beside it; lines may be many."""
    return _frame("USLT", _UTF_16 + language.encode("ascii") + _wide("") + b"\0\0" + _wide(value))


def link(name: str, address: str) -> bytes:
    """Write a web address, which the standard has in ASCII."""
    return _frame(name, quote(address, safe="!#$%&'()*+,/:;=?@[]~").encode("ascii"))


def user_text(name: str, value: str) -> bytes:
    """Write a text of our own naming."""
    return _frame("TXXX", _UTF_16 + _wide(name) + b"\0\0" + _wide(value))


def picture(data: bytes, media_type: str) -> bytes:
    """Write the front cover."""
    return _frame("APIC", _LATIN_1 + media_type.encode("ascii") + b"\0" + bytes([_FRONT_COVER]) + b"\0" + data)


def chapters(marks: Sequence[Mark]) -> list[bytes]:
    """Write the table of contents and the chapters in order of time; nothing when there are none.

    Of more than 255 chapters the shortest are joined to the ones before them: a table of tables
    would hold them all, but readers that follow the table then show none.
    """
    if not marks:
        return []
    kept = _longest(marks)
    ids = [f"ch{number}" for number in range(len(kept))]
    return [_contents("toc", ids, CONTENTS)] + [_chapter(name, mark) for name, mark in zip(ids, kept, strict=True)]


def _longest(marks: Sequence[Mark]) -> list[Mark]:
    """Keep the first mark and the longest others, as many as a table holds; each lasts until the next."""
    by_length = sorted(range(1, len(marks)), key=lambda at: marks[at].start - marks[at].end)
    kept = [marks[at] for at in sorted([0, *by_length[: MOST_CHILDREN - 1]])]
    ends = [*(mark.start for mark in kept[1:]), marks[-1].end]
    return [replace(mark, end=end) for mark, end in zip(kept, ends, strict=True)]


def _contents(name: str, children: Sequence[str], title: str) -> bytes:
    listed = b"".join(child.encode("ascii") + b"\0" for child in children)
    head = name.encode("ascii") + b"\0" + bytes([TOP_LEVEL | ORDERED, len(children)])
    return _frame("CTOC", head + listed + text("TIT2", title))


def _chapter(name: str, mark: Mark) -> bytes:
    times = b"".join(min(at, LATEST).to_bytes(4, "big") for at in (mark.start, mark.end))
    return _frame("CHAP", name.encode("ascii") + b"\0" + times + UNKNOWN_OFFSET * 2 + text("TIT2", mark.title))


def _frame(name: str, body: bytes) -> bytes:
    return name.encode("ascii") + len(body).to_bytes(4, "big") + b"\0\0" + body


def _plain(value: str) -> bytes:
    return _LATIN_1 + value.encode("latin-1")


def _wide(value: str) -> bytes:
    return b"\xff\xfe" + value.encode("utf-16-le")


def _seven_bits(size: int) -> bytes:
    """Write the size of a tag, of whose bytes the highest bit is never set."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
