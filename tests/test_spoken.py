"""Spoken English: what is printed is said as a newsreader says it, and nothing printed is lost."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate import saying
from narrate.errors import CastError
from narrate.languages.en.spoken import omitted, say, spoken
from narrate.model import Token

DATA = Path(__file__).parent / "data"
FILES = sorted(path for path in DATA.glob("spoken_en*.tsv") if path.stem != "spoken_en_open")

WORDS_A_SECOND = 20_000
"""What a core must manage without syntax."""

HOSTILE_SECONDS = 10.0
"""What a hostile text of 200,000 characters may take, in seconds of CPU."""


def cases() -> dict[str, list[tuple[str, str, str]]]:
    """Read the cases by class: accent, written, spoken."""
    found = defaultdict(list)
    for path in FILES:
        for kind, accent, written, said in rows(path):
            found[kind].append((accent, written, said))
    return found


def rows(path: Path) -> list[list[str]]:
    """Read a table of cases."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def right(written: str, accent: str, said: str) -> bool:
    """Tell whether a text is said as wanted, or as is said as well."""
    return words(say(written, accent)) in [words(reading) for reading in said.split(" || ")]


def words(text: str) -> str:
    """Reduce a text to its words: case, hyphens and punctuation are matters of style."""
    return " ".join(re.sub(r"[^\w' ]", " ", text.casefold().replace("’", "'").replace("-", " ")).split())


CASES = cases()


def test_there_are_enough_cases() -> None:
    """The classes together hold more than four hundred cases, none of them twice."""
    written = [(accent, text) for rows in CASES.values() for accent, text, _ in rows]
    assert len(written) > 1000
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("kind", sorted(CASES))
def test_class(kind: str) -> None:
    """Every case of a class is said as its author, who wrote it before the code, wanted it."""
    wrong = [
        f"{written!r} ({accent}): {say(written, accent)!r}, not {said!r}"
        for accent, written, said in CASES[kind]
        if not right(written, accent, said)
    ]
    assert not wrong, "\n".join(wrong)


def test_open_cases_are_open() -> None:
    """A case that has come right belongs to the pinned ones."""
    mended = [written for _, accent, written, said in rows(DATA / "spoken_en_open.tsv") if right(written, accent, said)]
    assert not mended


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("“Stop!” he said.", "Stop! he said."),
        ("Why? (He knew.)", "Why? He knew."),
        ("The war (it began in May) goes on", "The war, it began in May, goes on"),
        ("He came — at last — home.", "He came, at last, home."),
        ("It ended at 3 p.m.", "It ended at three P M."),
        ("It ended at 3 p.m. on Friday.", "It ended at three P M on Friday."),
        ("He lives in D.C.", "He lives in D C."),
        ("Well… no", "Well… no"),
        ("“Is it so?”", "Is it so?"),
        ("A union (NATO).", "A union, Nato."),
        ("a well-known, co-operative man", "a well-known, co-operative man"),
        ("FTSE 100's fall", "Footsie one hundred's fall"),
        ("The *Rossiia* and **the other** _paper_", "The Rossiia and the other paper"),
        ("f*ck, s**t and *Why?*", "bleep, bleep and Why?"),
        ("a 5* hotel", "a five star hotel"),
        ("don`t", "don't"),
    ],
)
def test_punctuation(written: str, said: str) -> None:
    """What an engine takes for intonation is kept, quotation marks fall away, brackets become pauses."""
    assert say(written) == said


def check_tokens(text: str, tokens: Sequence[Token]) -> None:
    """Assert that tokens cover every character but blanks, in order."""
    at = 0
    for token in tokens:
        assert text[at : token.start].strip() == ""
        assert token.printed == text[token.start : token.start + len(token.printed)]
        assert token.printed
        at = token.start + len(token.printed)
    assert text[at:].strip() == ""


PIECES = st.sampled_from(
    "$ £ € 3 .5 1,000 -  — – ( ) [ ] [i.e., “ ” ‘ ’ ' . , ; : ! ? … / & % ° # @ * ½ ² 12:30 p.m. 4-2 won vote U.S. "
    "St. Dr. NATO BBC Su-35s XIV King Aug. 18 2024 km m bn million www.a.org x@y.com Правда 北京 "
    "🎉 \u200b \u00a0 \n \t f*** the a s word "
    "Words it's 50-year-old 1990s 24/7 No. 10 D-Conn. e.g. [sic] 0 00 \u0301 é ß \ufeff".split(" ")
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14), st.sampled_from(["", " "]), st.sampled_from(["en-US", "en-GB"]))
def test_nothing_is_lost(pieces: list[str], glue: str, accent: str) -> None:
    """The printed text can be put together again from the tokens, whatever it is made of."""
    text = glue.join(pieces)
    check_tokens(text, spoken(text, accent, ()))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_nothing_is_lost_of_any_text(text: str) -> None:
    """Any Unicode text goes through, and comes back whole."""
    check_tokens(text, spoken(text, "en-US", ()))


@pytest.mark.parametrize(
    ("written", "stretch", "reason"),
    [
        ("We won 🎉 today.", "🎉", "emoji"),
        ("It is so.[12]", "so.[12]", "footnote"),
        ("The key 1234567890123456789012345 is long.", "1234567890123456789012345", "digits"),
        ("At https://example.com/a/very/long/path/that/nobody/would/listen/to now.", "https://example.com/", "address"),
        ("Wallet bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq found.", "bc1q", "code"),
        ("Он сказал что война будет длинной и трудной, he wrote.", "Он сказал", "passage"),
    ],
)
def test_omissions_are_told(written: str, stretch: str, reason: str) -> None:
    """What is shortened or left out is listed with its place and the reason."""
    (omission,) = omitted(written)
    assert omission.text.startswith(stretch)
    assert written[omission.start : omission.end] == omission.text
    assert reason in omission.reason


def test_plain_prose_omits_nothing() -> None:
    """Ordinary sentences are said whole, and a star that ends an emphasis is no footnote."""
    assert not omitted("The *Nezavisimaya Gazeta* and **others** said so.")
    assert not omitted("On 18 August 2024, the U.S. sent $3.5bn to Kyiv (its 4th package).")


@pytest.mark.parametrize(
    ("accent", "said"),
    [
        ("en-US", "three hundred one"), ("en", "three hundred one"), ("en-GB", "three hundred and one"),
        ("en_gb", "three hundred and one"), ("en-AU", "three hundred and one"), ("en-IE", "three hundred and one"),
    ],
)  # fmt: skip
def test_accents(accent: str, said: str) -> None:
    """America counts its own way, the rest of the English world as Britain."""
    assert saying.spoken("301", accent) == said


@pytest.mark.parametrize("accent", ["", "xx", "de-DE", "english", "en-GBR"])
def test_no_such_accent(accent: str) -> None:
    """An accent that is no English one is refused in a line that says which there are."""
    with pytest.raises(CastError, match="en-US or en-GB"):
        saying.spoken("301", accent)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Modi wrote “सबका साथ” on Friday.", "Modi wrote sabakaa saath on Friday."),
        ("The β-variant and Ω.", "The beta variant and omega."),
        ("Nguyễn Phú Trọng died.", "Nguyen Phú Trong died."),
        ("Sa\u0303o Tome\u0301 voted.", "São Tomé voted."),
        ("The crowd sang สวัสดี today.", "The crowd sang swasdi today."),
        ("A hashtag, #زن_زندگی_آزادی, spread.", "A hashtag, a hashtag in another script, spread."),
        ("A \x1b[31mred\x1b[0m flag.", "A red flag."),
    ],
)
def test_other_alphabets(written: str, said: str) -> None:
    """Words of other alphabets are said by their sounds, Greek letters by their names, marks never alone."""
    assert say(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("If she makes a table I’ll buy it.", "If she makes a table I'll buy it."),
        ("“God, no. I trust it.”", "God, no. I trust it."),
        ("the gate: ‘NO PHOTOS OF VEGETABLES’.", "the gate: no Photos of Vegetables."),
        ("HARLAN FALLS — It rained.", "Harlan Falls, It rained."),
        ("US WARNS UK ON NATO AID", "U S warns U K on Nato Aid"),
        ("The NGOs’ view.", "The N G Os' view."),
        ('He said: "I am 12" and left.', "He said: I am twelve and left."),
        ("LOS ANGELES - Rain fell.", "los Angeles, Rain fell."),
        ("The delegates, OK? He left Tulsa, OK.", "The delegates, O K? He left Tulsa, Oklahoma."),
        (
            "In the 80’s and the 1980’s, 2010’s floods.",
            "In the eighties and the nineteen eighties, twenty ten's floods.",
        ),
        ("He is full of s---.", "He is full of bleep."),
        ("It helps the U.S.;", "It helps the U S."),
        ("It happened many times...first to us.", "It happened many times… first to us."),
        ("“He loves voters!”After it, “Yes,”Ann said.", "He loves voters! After it, Yes, Ann said."),
        ("ST. LOUIS — Rain fell.", "Saint Louis, Rain fell."),
        ("Verdict: ★★★★☆", "Verdict: four out of five stars"),
        ("**15.41**", "fifteen forty-one"),
    ],
)
def test_seen_in_print(written: str, said: str) -> None:
    """What went wrong once in whole articles stays right."""
    assert say(written, "en-GB") == said


def test_long_foreign_passage_is_announced() -> None:
    """A passage in another script that is too long to sound out is announced."""
    assert "Cyrillic" in say("Он сказал что война будет длинной и трудной, he wrote.")


def test_fast_enough() -> None:
    """A core says twenty thousand words a second."""
    text = " ".join(written for rows in CASES.values() for _, written, _ in rows)
    spoken(text, "en-US", ())
    start = time.process_time()
    spoken(text, "en-US", ())
    assert len(text.split()) / (time.process_time() - start) > WORDS_A_SECOND / 2  # the cases are denser than prose


@pytest.mark.parametrize(
    "unit",
    [
        "1-",
        "A.",
        "a-",
        "[",
        "1,000",
        "http://a/",
        "a@",
        "'",
        "$1",
        "Jan. ",
        "XVI ",
        "1 ",
        "é",
        "Я ",
        "🎉",
        "a.",
        "f*",
        "(",
        "— ",
    ],
)
def test_hostile_text_takes_bounded_time(unit: str) -> None:
    """A long line of anything takes time in proportion to its length."""
    text = unit * (50_000 // len(unit))
    start = time.process_time()
    check_tokens(text, spoken(text, "en-US", ()))
    assert time.process_time() - start < HOSTILE_SECONDS / 2
