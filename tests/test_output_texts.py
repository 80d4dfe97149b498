"""Texts of others, made safe; and what every container says of an edition."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import editions
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.outputs._credits import ALBUM, UNTITLED, album, author, credits_of
from narrate.outputs._plain import attribute, clock, markup, plain, printable, seconds

ANY = st.text(st.characters(), max_size=80)
"""Any code points, lone surrogates among them."""


@given(ANY)
def test_plain_is_one_printable_line(text: str) -> None:
    """A plain text has no control, no line feed, no surrogate, is in NFC, and is left alone a second time."""
    line = plain(text)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in line)
    assert line == line.strip() and plain(line) == line
    line.encode("utf-8")


@given(ANY)
def test_markup_is_well_formed(text: str) -> None:
    """Any text, escaped, is an element's content or attribute that a parser gives back."""
    element = ET.fromstring(f"<a b={attribute(text)}>{markup(text)}</a>")
    assert element.get("b") == plain(text)
    assert (element.text or "") == printable(text).replace("\r\n", "\n").replace("\r", "\n")


@given(st.text(st.characters(categories=("L", "Zs")), max_size=300), st.integers(5, 100))
def test_shortened(text: str, limit: int) -> None:
    """A limit holds, and what is shortened says so."""
    short = plain(text, limit)
    assert len(short) <= limit
    assert short == plain(text) or short.endswith("…")


def test_shortened_at_a_word() -> None:
    """A text is cut between words where there are any, without a comma left behind."""
    assert plain("one two three, four five", 18) == "one two three…"
    assert plain("x" * 30, 10) == "x" * 9 + "…"


def test_kept() -> None:
    """What is printable stays: joined emoji, accents, right-to-left letters."""
    for text in ("👩‍👩‍👧", "é", "שלום", "中文"):
        assert plain(text) == text
    assert plain("a\u202eb\u2066c") == "abc"


@pytest.mark.parametrize(
    ("samples", "rate", "text"),
    [(0, 24000, "00:00:00.000"), (23999, 24000, "00:00:01.000"), (24000 * 3725 + 12, 24000, "01:02:05.000"),
     (22050 * 360000 - 1, 22050, "100:00:00.000"), (33, 22050, "00:00:00.001")],
)  # fmt: skip
def test_clock(samples: int, rate: int, text: str) -> None:
    """Times are rounded once, with carries, beyond a day too."""
    assert clock(samples, rate) == text
    assert clock(samples, rate, ",") == text.replace(".", ",")


def test_seconds() -> None:
    """Seconds are held to the millisecond."""
    assert seconds(24001, 24000) == 1.0 and seconds(36000, 24000) == 1.5


@pytest.mark.parametrize(
    ("byline", "name"),
    [("By Clara Weiss", "Clara Weiss"), ("BY: A and B", "A and B"), ("Byron Katie", "Byron Katie"), ("", "")],
)
def test_author(byline: str, name: str) -> None:
    """The "By" of a byline is no part of the name."""
    assert author(byline) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [("https://www.example.org/a/b", "example.org"), ("/home/ann/secret plan.txt", ALBUM), ("-", ALBUM),
     ("http://[broken", ALBUM), ("article.md", ALBUM)],
)  # fmt: skip
def test_album(source: str, name: str) -> None:
    """The album is the site that an article came from, never a path of the user's disk."""
    assert album(source) == name


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "en"), ("en-GB", "en-GB"), ("sr-Latn-RS", "sr-Latn-RS"), ("English!", "und"), ("", "und")],
)
def test_language(language: str, said: str, tmp_path: Path) -> None:
    """What is no language tag is said to be undetermined, as EPUB and ID3 ask."""
    made = replace(editions.article(), language=language)
    assert credits_of(editions.edition(tmp_path, editions.script(made))).language == said


def test_credits(tmp_path: Path) -> None:
    """An edition without anything known of it has a title to show, no author and no date."""
    made = replace(editions.article("\x00", "\x07", "x"), published="yesterday", language="")
    said = credits_of(editions.edition(tmp_path, editions.script(made)))
    assert (said.title, said.artist, said.published, said.language) == (UNTITLED, "", "", "und")
    assert "tone" in said.disclosure and "synthetic" in said.disclosure


@pytest.mark.parametrize(("published", "day"), [("2024-08-18", "2024-08-18"), ("2024-13-45", ""), ("August 2024", "")])
def test_day(published: str, day: str, tmp_path: Path) -> None:
    """Only a day of the calendar is told as one."""
    made = replace(editions.article(), published=published)
    assert credits_of(editions.edition(tmp_path, editions.script(made))).published == day
