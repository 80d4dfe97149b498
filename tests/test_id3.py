"""The tag writer, read by mutagen, which is not ours."""

from __future__ import annotations

from io import BytesIO
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3

from narrate.outputs import _id3
from narrate.outputs._plain import plain

TITLES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(plain).filter(bool)


def read(frames: list[bytes]) -> ID3:
    return ID3(BytesIO(_id3.tag(frames) + bytes(16)), translate=False)


def test_header() -> None:
    """The tag is of version 2.3, without flags, and its size of seven-bit bytes ends where the sound begins."""
    frame = _id3.picture(bytes(300), "image/jpeg")
    tag = _id3.tag([frame])
    assert tag[:6] == b"ID3\x03\x00\x00"
    assert tag[6:10] == bytes([0, 0, len(frame) >> 7, len(frame) & 0x7F])
    assert len(tag) == 10 + len(frame)


@given(TITLES)
def test_text_is_kept(value: str) -> None:
    """Any printable text comes back as it was, in a frame, a comment, a text of our own and a chapter."""
    tag = read(
        [
            _id3.text("TIT2", value),
            _id3.comment(value),
            _id3.user_text("VOICES", value),
            *_id3.chapters([_id3.Mark(value, 0, 10)]),
        ]
    )
    assert tag["TIT2"].text == [value]
    assert tag["COMM::eng"].text == [value]
    assert tag["TXXX:VOICES"].text == [value]
    assert tag["CHAP:ch0"].sub_frames["TIT2"].text == [value]


def test_chapters_stand_in_order_of_time() -> None:
    """Chapters lie in the file in order of time, whatever the length of their titles; the contents come first."""
    marks = [_id3.Mark("x" * (40 - number), number * 1000, number * 1000 + 1000) for number in range(30)]
    tag = _id3.tag(_id3.chapters(marks))
    heads = [f"ch{number}\0".encode() + mark.start.to_bytes(4, "big") for number, mark in enumerate(marks)]
    places = [tag.index(head) for head in heads]
    assert places == sorted(places)
    assert tag.index(b"CTOC") < tag.index(b"CHAP")


def test_contents() -> None:
    """One top-level, ordered table of contents with a title of its own lists all chapters."""
    tag = read(_id3.chapters([_id3.Mark("One", 0, 5), _id3.Mark("Two", 5, 9)]))
    (table,) = tag.getall("CTOC")
    assert table.flags == _id3.TOP_LEVEL | _id3.ORDERED
    assert table.child_element_ids == ["ch0", "ch1"]
    assert table.sub_frames["TIT2"].text == ["Contents"]
    chapter = tag["CHAP:ch1"]
    assert (chapter.start_time, chapter.end_time) == (5, 9)
    assert (chapter.start_offset, chapter.end_offset) == (0xFFFFFFFF, 0xFFFFFFFF)


@pytest.mark.parametrize("count", [255, 256, 700])
def test_many_chapters(count: int) -> None:
    """Beyond 255 chapters, which is what a table can count, the shortest are joined to the ones before them."""
    lengths = [100 + number * 37 % count for number in range(count)]
    edges = [0, *accumulate(lengths)]
    marks = [_id3.Mark(f"Part {number}", *pair) for number, pair in enumerate(pairwise(edges))]
    tag = read(_id3.chapters(marks))
    (table,) = tag.getall("CTOC")
    found = sorted(tag.getall("CHAP"), key=lambda chapter: chapter.start_time)
    assert table.child_element_ids == [chapter.element_id for chapter in found]
    assert len(found) == 255 and found[0].start_time == 0 and found[-1].end_time == edges[-1]
    assert all(before.end_time == after.start_time for before, after in pairwise(found))
    starts = {chapter.start_time for chapter in found}
    lost = [mark.end - mark.start for mark in marks if mark.start not in starts]
    assert not lost or max(lost) <= min(mark.end - mark.start for mark in marks[1:] if mark.start in starts)


def test_no_chapters_no_contents() -> None:
    """A table of contents of nothing is not written."""
    assert _id3.chapters([]) == []


def test_late_chapters() -> None:
    """A time beyond 49 days is held at the last that 32 bits can say, and not taken for "unknown"."""
    tag = read(_id3.chapters([_id3.Mark("Late", 1 << 40, 1 << 41)]))
    assert tag["CHAP:ch0"].start_time == 0xFFFFFFFE


def test_picture() -> None:
    """The cover is the front cover, byte for byte."""
    (found,) = read([_id3.picture(b"\xff\xd8data", "image/jpeg")]).getall("APIC")
    assert (found.type, found.mime, found.data) == (3, "image/jpeg", b"\xff\xd8data")
