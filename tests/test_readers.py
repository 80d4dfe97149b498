"""The readers as one: what is read of each shape of file, how exactly, and that nothing is lost on the way."""

from __future__ import annotations

import json
import re
import statistics
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from narrate import plugins, readers
from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source

CORPUS = Path(__file__).parent / "corpus" / "files"
TRUTH = json.loads((CORPUS / "truth.json").read_text(encoding="utf-8"))
SAMPLE = Path(__file__).parent.parent / "seeds" / "000_61ddf51e003d1719.txt"
PRECISION = RECALL = 0.98
"""Words read that should be, and words that should be that are: of every file. It is 1.00 on all of them today."""


@cache
def article(name: str) -> Article:
    """Read a file of the corpus, without the guard: it is our own."""
    source = readers.fetch(str(CORPUS / name))
    found = plugins.load("readers", readers.surest(source)).read(source)
    assert isinstance(found, Article)
    return found


def body(found: Article) -> str:
    """Join what is read below title, byline and date."""
    return "\n\n".join(block.text for block in found.blocks if block.kind not in ("title", "byline", "date"))


def words(text: str) -> Counter[str]:
    """Count words, case aside."""
    return Counter(re.findall(r"\w+(?:[-’']\w+)*", text.lower()))


def test_the_corpus_has_the_shapes_that_people_have() -> None:
    """At least forty files, of every kind that is read."""
    assert len(TRUTH) >= 40
    assert {Path(name).suffix for name in TRUTH} >= {".html", ".pdf", ".epub", ".docx", ".odt", ".txt", ".md", ".eml"}


@pytest.mark.parametrize("name", TRUTH)
def test_what_should_be_read_is_read_and_nothing_else(name: str) -> None:
    """Each file gives the words of its article: precision and recall are a gate."""
    read, wanted = words(body(article(name))), words(TRUTH[name]["text"])
    hits = sum((read & wanted).values())
    assert hits / sum(read.values()) >= PRECISION, f"too much: {read - wanted}"
    assert hits / sum(wanted.values()) >= RECALL, f"missing: {wanted - read}"


def test_paragraphs_come_out_whole() -> None:
    """Nearly all paragraphs are as their author wrote them: not cut, not run together, in order."""
    whole = []
    for name, truth in TRUTH.items():
        wanted, read = truth["text"].split("\n\n"), body(article(name)).split("\n\n")
        whole.append(sum(one in read for one in wanted) / len(wanted))
        kept = [read.index(one) for one in wanted if one in read]
        assert kept == sorted(kept), f"{name}: out of order"
    assert statistics.mean(whole) >= 0.98


@pytest.mark.parametrize("name", TRUTH)
def test_title_byline_and_date_are_found(name: str) -> None:
    """Who wrote what, and when, is known from metadata or from the head of the text."""
    found, truth = article(name), TRUTH[name]
    assert (found.title, found.byline, found.published) == (truth["title"], truth["byline"], truth["published"])
    assert found.language.startswith("en")


@pytest.mark.parametrize("name", [name for name in TRUTH if TRUTH[name]["turns"]])
def test_each_turn_of_an_interview_has_its_speaker(name: str) -> None:
    """Turns carry their label, and the label itself is left out as one."""
    found = article(name)
    turns = [block for block in found.blocks if block.kind == "turn"]
    assert len(turns) == TRUTH[name]["turns"]
    assert len({turn.label for turn in turns}) == 2
    assert [turn.label for turn in turns[::2]] == [turns[0].label] * len(turns[::2])
    labels = [omission for omission in found.omissions if omission.reason == "speaker label"]
    # Where questions stand in bold there is no label to leave out.
    assert len(labels) == (0 if "bold" in name else len(turns))


@pytest.mark.parametrize("name", TRUTH)
def test_blocks_and_omissions_account_for_every_character(name: str) -> None:
    """They lie in order in the text, side by side, with only blanks between them."""
    found = article(name)
    parts = sorted((*found.blocks, *found.omissions), key=lambda part: part.start)
    text = found.text
    at = 0
    for part in parts:
        assert part.start >= at
        assert text[at : part.start].strip() == ""
        assert text[part.start : part.end] == part.text == " ".join(part.text.split())
        at = part.end
    assert at == len(text)


def test_the_sample_is_mended_and_its_contact_box_left_out() -> None:
    """Three paragraphs that pages cut in two are whole, one of them in mid-quotation; the box is not read."""
    found = readers.read(readers.fetch(str(SAMPLE)))
    text = "\n".join(block.text for block in found.blocks)
    assert "a great armored brigade" in text
    assert "between the oligarchy and imperialism, and third" in text
    assert "steeped in Great Russian chauvinism" in text
    kinds = Counter(block.kind for block in found.blocks)
    assert kinds == {"title": 1, "byline": 1, "date": 1, "paragraph": 18}
    assert [omission.reason for omission in found.omissions] == ["contact box"] * 2
    assert (found.title, found.byline) == ("Ukraine continues offensive inside Russia", "Clara Weiss")
    assert found.published == "2024-08-18"


@pytest.mark.parametrize("name", ["wire-agency.html", "latex-article.pdf", "sigil.epub", "styled.docx", "letter.eml"])
def test_the_guard_changes_nothing(name: str) -> None:
    """Read in a room of its own, a file gives the same article."""
    source = readers.fetch(str(CORPUS / name))
    assert readers.read(source) == article(name)


def test_what_was_left_out_is_read_when_asked_for() -> None:
    """`keep` turns omissions with a reason back into blocks, in place; captions as captions."""
    found = article("wire-agency.html")
    kept = readers.keep(found, {"caption", "navigation"})
    assert kept.text == found.text
    assert "caption" in {block.kind for block in kept.blocks}
    assert not {"caption", "navigation"} & {omission.reason for omission in kept.omissions}
    with pytest.raises(SourceError, match="nothing was left out as 'recipe'"):
        readers.keep(found, {"recipe"})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der alte Mann ging zum Fluss hinunter, und es war kalt, aber niemand wollte nach Hause gehen.", "German"),
        ("Le vieil homme descendit vers la rivière, il faisait froid, mais personne ne voulait rentrer.", "French"),
        ("老人走到河边，天气很冷，但是没有人想回家。" * 8, "not spoken|no sentence"),
    ],
)
def test_a_language_that_is_not_spoken_is_said_plainly(text: str, language: str) -> None:
    """A German text is not read as if it were English."""
    if "sentence" not in language:
        with pytest.raises(SourceError, match=f"{language}.*not spoken yet"):
            readers.read(Source("x.txt", text.encode()))


def test_every_reader_keeps_to_the_contract() -> None:
    """Each says how sure it is of a source, from nothing to certain, and never fails at that."""
    for name in plugins.names("readers"):
        reader = plugins.load("readers", name)
        for data in (b"", b"PK\x03\x04", b"%PDF-", b"<html>", b"---\n", b"\xff\xfe\x00", b"From: a\nTo: b\n\n"):
            assert 0 <= reader.recognises(Source("x", data)) <= 1


@pytest.mark.parametrize("name", TRUTH)
def test_each_file_finds_its_reader_by_content_alone(name: str) -> None:
    """Without its name, a file is still known for what it is; a Markdown file may pass for text."""
    source = readers.fetch(str(CORPUS / name))
    nameless = Source("-", source.data)
    assert readers.surest(nameless) == readers.surest(source)
