"""The page as it is written; what it does in a browser is tested in tests/browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import editions
import pytest

from narrate.errors import OutputError
from narrate.model import NARRATOR, Article, Block, BlockKind, Cue, Edition, Line, Script, Section, Speaker, Word
from narrate.outputs import page
from narrate.outputs._html import asset, clock
from narrate.outputs._passages import HUES, parts

VOID = {"meta", "link", "input", "br", "img", "path"}


class Tree(HTMLParser):
    """What a parser that we did not write makes of the page: elements with their attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.blocks: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.inside: list[bool] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self.open.append(tag)
        self.inside.append("data-block" in dict(attrs) or bool(self.inside and self.inside[-1]))
        if "data-block" in dict(attrs):
            self.blocks.append("")
        if tag in self.raw:
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open.pop() == tag, "elements are closed in order"
        self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.raw:
            self.raw[self.open[-1]][-1] += data
        elif self.inside and self.inside[-1]:
            self.blocks[-1] += data

    def attribute(self, tag: str, name: str) -> list[str]:
        return [str(attrs[name]) for each, attrs in self.found if each == tag and name in attrs]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return editions.edition(tmp_path_factory.mktemp("page"))


def of(edition: Edition, blocks: list[tuple[BlockKind, str, int]]) -> Edition:
    """Put other blocks into an edition, one line each, heard one second each."""
    made, at = [], 0
    for kind, text, level in blocks:
        made.append(Block(kind, text, at, level))
        at += len(text) + 2
    article = replace(edition.script.article, blocks=tuple(made), omissions=())
    lines = tuple(Line(index, block.start, block.text) for index, block in enumerate(made))
    script = Script(article, edition.script.speakers, (Section("All", lines),))
    cues = tuple(
        Cue(index, index * edition.rate, (index + 1) * edition.rate, (Word(0, len(line.text), index, index + 1),))
        for index, line in enumerate(lines)
    )
    return replace(edition, script=script, cues=cues, chapters=())


def told(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Tree(html).raw["script"][0])
    return found


def test_it_is_written_beside_the_recording(edition: Edition, tmp_path: Path) -> None:
    """`index.html` plays the MP3 that has the folder's name, quoted; the same edition gives the same bytes."""
    folder = tmp_path / "café & 5%"
    folder.mkdir()
    path = page.write(edition, folder)
    first = path.read_bytes()
    assert path == folder / "index.html" == page.write(edition, folder)
    assert path.read_bytes() == first
    assert set(Tree(first.decode()).attribute("audio", "src")) == {"./caf%C3%A9%20%26%205%25.mp3"}
    assert [each.name for each in folder.iterdir()] == ["index.html"]


def test_a_folder_that_is_none_is_said(edition: Edition, tmp_path: Path) -> None:
    """A page that cannot be written raises the error that the command line shows."""
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot write"):
        page.write(edition, tmp_path / "file")


def test_the_text_is_the_articles(edition: Edition) -> None:
    """Every block stands there once, in order, to the character, quotations and gaps included."""
    odd = of(edition, [("title", "T  two\tblanks", 0), ("paragraph", "a <b> & “c” 🏴‍☠️\nd é é", 0), ("item", " x ", 1)])
    for each in (edition, odd):
        assert Tree(page.draw(each, "x.mp3")).blocks == [block.text for block in each.script.article.blocks]


def test_a_line_lost_from_the_script_is_still_shown(edition: Edition) -> None:
    """A block that no line speaks is read with the eyes all the same."""
    script = replace(edition.script, chapters=(Section("All", edition.script.lines[:-1]),))
    drawn = Tree(page.draw(replace(edition, script=script, cues=edition.cues[:-1]), "x.mp3"))
    assert drawn.blocks[-1] == "The ferry stays."


def test_the_policy_admits_just_what_is_there(edition: Edition) -> None:
    """The hashes are those of the style and the script of the page; nothing else may run, load or be sent."""
    html = page.draw(edition, "x.mp3")
    tree = Tree(html)
    policy = next(attrs["content"] or "" for _, attrs in tree.found if attrs.get("http-equiv"))
    for kind, text in (("style", tree.raw["style"][0]), ("script", tree.raw["script"][1])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy
    assert not any(name.startswith("on") or name == "style" for _, attrs in tree.found for name in attrs)
    assert re.findall(r"(?:https?:)?//[\w.-]+", html.replace("// ", "")) == []


def test_markup_in_any_field_stays_text(edition: Edition) -> None:
    """What others wrote adds no element and no attribute, and cannot end the data."""
    plain = Tree(page.draw(edition, "x.mp3"))
    evil = editions.HOSTILE
    script = editions.script(editions.article(evil, evil, evil), evil)
    article = replace(script.article, published=evil, language=evil)
    script = replace(script, article=article, chapters=tuple(replace(each, title=evil) for each in script.chapters))
    chapters = tuple(replace(each, title=evil) for each in edition.chapters)
    cast = {id: replace(voice, name=evil, accent=evil, attribution=evil) for id, voice in edition.cast.items()}
    html = page.draw(replace(edition, script=script, chapters=chapters, cast=cast), evil.replace("\ud800", ""))
    tree = Tree(html)
    assert [tag for tag, _ in tree.found] == [tag for tag, _ in plain.found]
    assert [set(attrs) for _, attrs in tree.found] == [set(attrs) for _, attrs in plain.found]
    assert told(html)["title"] == evil


@pytest.mark.parametrize("source", ["javascript:alert(1)", "data:text/html,x", "report.txt", "", "//evil.example"])
def test_only_an_address_of_the_web_becomes_a_link(edition: Edition, source: str) -> None:
    """A source is a link when it is a page of the web, and a word otherwise."""
    article = replace(edition.script.article, source=source)
    tree = Tree(page.draw(replace(edition, script=replace(edition.script, article=article)), "x.mp3"))
    assert all(link.startswith(("#", "./")) for link in tree.attribute("a", "href"))


def test_words_are_counted_as_browsers_count(edition: Edition) -> None:
    """Offsets behind an emoji are in UTF-16 units, and words that are not heard are left out."""
    text = "🏴‍☠️ flag flies"
    script = of(edition, [("title", "T", 0), ("paragraph", text, 0)]).script
    at = text.index("flag")
    words = (Word(0, at - 1, 24_000, 24_000), Word(at, at + 4, 24_000, 36_000), Word(at + 5, at + 10, 36_012, 48_000))
    cues = (Cue(0, 0, 24_000), Cue(1, 24_000, 48_000, words))
    cue = told(page.draw(replace(edition, script=script, cues=cues, chapters=()), "x.mp3"))["cues"][1]
    units = text.encode("utf-16-le")
    pieces = [
        units[2 * start : 2 * end].decode("utf-16-le") for start, end in zip(cue[3][::3], cue[3][1::3], strict=True)
    ]
    assert pieces == ["flag", "flies"]
    assert cue[:3] == [1, NARRATOR, 1000] and cue[3][2::3] == [1000, round(36_012 / 24)]


def test_characters_that_a_parser_drops_do_not_shift_the_words(edition: Edition) -> None:
    """NUL, carriage return and half a surrogate pair each become one visible mark."""
    html = page.draw(of(edition, [("title", "a\x00b\rc\ud800d", 0)]), "x.mp3")
    assert Tree(html.encode("utf-8").decode()).blocks == ["a\ufffdb\ufffdc\ufffdd"]


def test_headings_skip_no_level(edition: Edition) -> None:
    """One h1, and each heading at most one level below the one before, whatever the source had."""
    kinds: list[tuple[BlockKind, str, int]] = [
        ("heading", "first", 3), ("title", "T", 0), ("heading", "a", 4), ("heading", "b", 6), ("heading", "c", 1),
        ("heading", "d", 9), ("paragraph", "p", 0),
    ]  # fmt: skip
    for blocks in (kinds, kinds[1:], [each for each in kinds if each[0] != "title"]):
        html = page.draw(of(edition, blocks), "x.mp3").partition("<main>")[2].partition("</main>")[0]
        levels = [int(level) for level in re.findall(r"<h(\d)", html)]
        assert levels.count(1) == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))


def test_items_stand_in_lists(edition: Edition) -> None:
    """Each run of list items is one list, and nothing else is in it."""
    blocks: list[tuple[BlockKind, str, int]] = [
        ("item", "a", 1), ("item", "b", 1), ("paragraph", "p", 0), ("item", "c", 1),
    ]  # fmt: skip
    html = page.draw(of(edition, blocks), "x.mp3").partition("<main>")[2]
    shape = re.findall(r"</?(?:ul|li|p)\b", html.partition('id="text"')[2].partition("</article>")[0])
    expected = "<ul <li </li <li </li </ul <p </p <ul <li </li </ul"
    assert " ".join(shape) == expected


def test_a_speaker_is_named_where_somebody_else_spoke_before(edition: Edition) -> None:
    """The two halves of one quotation bear one name; the next paragraph names again."""
    names = [line.name for part in parts(edition) for block in part.blocks for line in block.lines]
    assert [name for name in names if name] == ["probably Ann Lee"]  # the maker of the script is sure to 0.6
    text = "“One.” “Two.” “Three.”"
    article = Article("T", "", "", "en", "", (Block("paragraph", text, 0), Block("paragraph", text, 30)))
    cast = ("ann", "ann", "bob")
    lines = tuple(
        Line(block, 30 * block + start, text[start:end], who)
        for block in (0, 1)
        for (start, end), who in zip(((0, 7), (7, 14), (14, len(text))), cast, strict=True)
    )
    speakers = tuple(Speaker(id, id.title()) for id in (NARRATOR, "ann", "bob"))
    script = Script(article, speakers, (Section("T", lines),))
    drawn = parts(replace(edition, script=script))[0].blocks
    assert [[line.name for line in block.lines] for block in drawn] == [["Ann", "", "Bob"]] * 2
    assert drawn[0].lines[0].colour != drawn[0].lines[2].colour


def test_chapters_are_announced_that_the_text_does_not_name(edition: Edition) -> None:
    """A chapter that opens with its heading shows it once; one cut within the text shows its title above."""
    lines = edition.script.lines
    cut = next(number for number, line in enumerate(lines) if line.text.startswith("The council"))
    chapters = (Section("The bridge", lines[:cut]), Section("What the council says", lines[cut:]))
    drawn = parts(replace(edition, script=replace(edition.script, chapters=chapters)))
    assert [part.announced for part in drawn] == [False, True]
    assert [part.announced for part in parts(edition)] == [False, False]


def test_contents_lead_to_the_first_line_of_each_chapter(edition: Edition) -> None:
    """Every chapter is in the contents with its time, and its link leads to an element of the page."""
    tree = Tree(page.draw(edition, "x.mp3"))
    links = [attrs["href"] or "" for tag, attrs in tree.found if tag == "a" and "data-chapter" in attrs]
    ids = {attrs["id"] for _, attrs in tree.found if "id" in attrs}
    assert len(links) == len(edition.chapters)
    assert {link.removeprefix("#") for link in links} <= ids
    lines = edition.script.lines
    for link, chapter in zip(links, edition.chapters, strict=True):
        line = int(link.removeprefix("#line-"))
        cue = next(cue for cue in edition.cues if cue.line == line)
        assert cue.start == chapter.start and lines[line].text


def test_every_identifier_that_the_script_asks_for_exists(edition: Edition) -> None:
    """The script and the template agree on names, each of which is given once."""
    tree = Tree(page.draw(edition, "x.mp3"))
    ids = [attrs["id"] for _, attrs in tree.found if "id" in attrs]
    asked = set(re.findall(r'byId\("([\w-]+)"\)', tree.raw["script"][1]))
    assert asked - set(ids) == set()
    assert len(ids) == len(set(ids))


def test_there_is_a_colour_for_each_class() -> None:
    """The style sheet has as many hues as the classes that are given out."""
    assert sorted(set(re.findall(r"\.voice-(\d+) ", asset("page.css")))) == sorted(map(str, range(HUES)))


@pytest.mark.parametrize("seconds, text", [(0, "0:00"), (59.9, "0:59"), (600, "10:00"), (3725.4, "1:02:05")])
def test_clock(seconds: float, text: str) -> None:
    """Times are written as players write them."""
    assert clock(seconds) == text


def test_author_and_day_are_shown_once(edition: Edition) -> None:
    """They stand above the title unless the text has them."""
    above = "<span>By Mary Stone</span> <span>18 August 2024</span>"
    assert above in page.draw(edition, "x.mp3")
    printed = of(edition, [("title", "T", 0), ("byline", "By Mary Stone", 0), ("date", "18 August 2024", 0)])
    html = page.draw(printed, "x.mp3")
    assert above not in html and html.count("By Mary Stone") == 1


def test_a_day_is_written_out(edition: Edition) -> None:
    """An ISO date reads as people write it; what is no date is left as it is."""
    for published, shown in (("2024-08-18", "18 August 2024"), ("last spring", "last spring")):
        article = replace(edition.script.article, published=published)
        html = page.draw(replace(edition, script=replace(edition.script, article=article)), "x.mp3")
        assert f"<span>{shown}</span>" in html
