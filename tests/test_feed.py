"""The podcast feed: what apps read in it, that it stays the same, that texts stay texts."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import editions
import feedparser
import pytest
from programs import node

from narrate import feed
from narrate.errors import OutputError
from narrate.outputs import chapters, edition, srt, vtt
from narrate.shows import Show, episodes, read_show

SPACES = {"itunes": feed.ITUNES, "podcast": feed.PODCAST, "atom": feed.ATOM}

SHOW = Show(
    "Letters & <Essays>", "Mary Stone", "Read aloud.", "en-GB", "https://example.org/pod", "https://example.org/",
    category="Society & Culture", subcategory="Documentary", email="mary@example.org", copyright="Mary Stone",
)  # fmt: skip


def published(folder: Path, slug: str, title: str = "A bridge", date: str = "2024-08-18") -> Path:
    """Put an edition into a folder; the sound is none, the feed only measures it."""
    place = folder / slug
    place.mkdir(parents=True)
    article = replace(editions.article(title, source="https://news.example/a?b=1&c=2"), published=date)
    made = editions.edition(place, editions.script(article))
    for output in (edition, chapters, vtt, srt):
        output.write(made, place)
    (place / f"{slug}.mp3").write_bytes(b"x" * 12345)
    (place / "cover.png").write_bytes(b"picture")
    (place / "index.html").write_text("page")
    return place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    published(out, "bridge")
    published(out, "älter & früher", "Older", "2023-01-31")
    (out / "notes").mkdir()
    (out / "notes" / "edition.json").write_text("{}")
    return out


def items(folder: Path, show: Show = SHOW) -> list[ET.Element]:
    return ET.fromstring(feed.document(folder, show)).findall("channel/item")


def found(item: ET.Element, path: str) -> ET.Element:
    element = item.find(path, SPACES)
    assert element is not None, f"{path} is missing"
    return element


def test_channel(folder: Path) -> None:
    """The show is told as Apple and Podcasting 2.0 want it."""
    channel = ET.fromstring(feed.document(folder, SHOW))[0]
    assert found(channel, "title").text == "Letters & <Essays>"
    assert found(channel, "language").text == "en-GB"
    assert found(channel, "itunes:category").get("text") == "Society & Culture"
    assert found(channel, "itunes:category/itunes:category").get("text") == "Documentary"
    assert found(channel, "itunes:explicit").text == "false"
    assert found(channel, "itunes:type").text == "episodic"
    assert found(channel, "itunes:owner/itunes:email").text == "mary@example.org"
    assert found(channel, "itunes:image").get("href") == "https://example.org/pod/artwork.png"
    assert found(channel, "atom:link").get("href") == "https://example.org/pod/feed.xml"


def test_show_guid() -> None:
    """The show's guid is the one that the namespace's documentation computes for its example."""
    assert str(feed.show_guid("https://podnews.net/rss")) == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert feed.show_guid("http://podnews.net/rss/") == feed.show_guid("https://podnews.net/rss")


def test_episode(folder: Path) -> None:
    """An episode names its sound with length and type, its day, its duration, its transcripts, chapters and author."""
    item = items(folder)[0]
    enclosure = found(item, "enclosure")
    assert enclosure.attrib == {
        "url": "https://example.org/pod/bridge/bridge.mp3", "length": "12345", "type": "audio/mpeg",
    }  # fmt: skip
    assert found(item, "pubDate").text == "Sun, 18 Aug 2024 12:00:00 +0000"
    assert found(item, "itunes:duration").text == "16"
    kinds = [(element.get("type"), element.get("url")) for element in item.findall("podcast:transcript", SPACES)]
    assert kinds == [
        ("text/vtt", "https://example.org/pod/bridge/transcript.vtt"),
        ("application/x-subrip", "https://example.org/pod/bridge/transcript.srt"),
    ]
    assert found(item, "podcast:chapters").get("type") == "application/json+chapters"
    assert (found(item, "podcast:person").text, found(item, "podcast:person").get("role")) == ("Mary Stone", "author")
    assert found(item, "link").text == "https://example.org/pod/bridge/index.html"


def test_description(folder: Path) -> None:
    """The show notes have the chapters with their times, the article's address and the disclosure."""
    notes = found(items(folder)[0], "description").text or ""
    assert "<li>00:00 The bridge</li><li>00:13 The ferry</li>" in notes
    assert '<a href="https://news.example/a?b=1&amp;c=2">' in notes
    assert "synthetic voices" in notes


def test_order_and_addresses(folder: Path) -> None:
    """The newest stands first, in a serial the oldest; a slug of any letters is an address; other folders are none."""
    assert [found(item, "title").text for item in items(folder)] == ["A bridge", "Older"]
    assert [found(item, "title").text for item in items(folder, replace(SHOW, type="serial"))] == ["Older", "A bridge"]
    url = found(items(folder)[1], "enclosure").get("url", "")
    assert url.isascii() and " " not in url and "%26" in url


def test_stable(folder: Path, tmp_path: Path) -> None:
    """An unchanged folder gives the same bytes, and so does a copy of it with other file times."""
    first = feed.build(folder, SHOW).read_bytes()
    artwork = (folder / "artwork.png").stat().st_mtime_ns
    assert feed.build(folder, SHOW).read_bytes() == first
    assert (folder / "artwork.png").stat().st_mtime_ns == artwork
    shutil.copytree(folder, tmp_path / "copy", copy_function=shutil.copyfile)
    assert feed.build(tmp_path / "copy", SHOW).read_bytes() == first


def test_episode_guid_never_changes(tmp_path: Path) -> None:
    """A new title, voice or address leaves an episode's guid alone; another episode has another."""
    place = published(tmp_path, "bridge")
    before = found(items(tmp_path)[0], "guid")
    record = json.loads((place / "edition.json").read_text())
    (place / "edition.json").write_text(json.dumps(record | {"title": "Anew", "duration": 1}))
    after = found(items(tmp_path, replace(SHOW, address="http://elsewhere.example/"))[0], "guid")
    assert (before.text, before.get("isPermaLink")) == (after.text, "false")
    assert feed.episode_guid("ferry") != before.text


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    """Markup in a title, byline or chapter is a text in the feed and, once unescaped, in the notes' HTML."""
    place = published(tmp_path, "hostile", editions.HOSTILE)
    record = json.loads((place / "edition.json").read_text())
    record["chapters"][0]["title"] = editions.HOSTILE
    record["byline"] = "<b>Eve\u0000"
    record["source"] = 'https://x.example/"onmouseover="alert(1)'
    (place / "edition.json").write_text(json.dumps(record))
    (item,) = items(tmp_path, replace(SHOW, title="]]><script>"))
    assert (found(item, "title").text or "").startswith("</script><img src=x onerror=alert(1)> --> <v Eve> ]]>")
    notes = ET.fromstring(f"<div>{found(item, 'description').text}</div>")
    assert {element.tag for element in notes.iter()} <= {"div", "p", "a", "ul", "li"}
    assert [set(element.attrib) for element in notes.iter("a")] == [{"href"}]


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "/etc/passwd", "", "data:text/html,x", "http://[x", "http://"]
)
def test_only_web_addresses_are_linked(tmp_path: Path, source: str) -> None:
    """A source that is no web address is not made a link."""
    place = published(tmp_path, "odd")
    record = json.loads((place / "edition.json").read_text()) | {"source": source}
    (place / "edition.json").write_text(json.dumps(record))
    assert "<a " not in (found(items(tmp_path)[0], "description").text or "")


def test_feedparser_reads_it(folder: Path) -> None:
    """feedparser finds a well-formed feed with both episodes and their sounds."""
    read: Any = feedparser.parse(feed.document(folder, SHOW))
    assert not read.bozo and read.version == "rss20"
    assert [entry.enclosures[0].length for entry in read.entries] == ["12345", "12345"]
    assert read.entries[0].published_parsed[:3] == (2024, 8, 18)


def test_partytime_reads_it(folder: Path, tmp_path: Path) -> None:
    """The parser of the Podcast Index finds the tags of Podcasting 2.0."""
    path = tmp_path / "feed.xml"
    path.write_bytes(feed.document(folder, SHOW))
    read = node(
        "import {parseFeed} from 'podcast-partytime'; import {readFileSync} from 'node:fs';"
        "console.log(JSON.stringify(parseFeed(readFileSync(process.argv[1], 'utf8'), {allowMissingGuid: false})))",
        str(path),
    )
    assert read["guid"] == str(feed.show_guid("https://example.org/pod/feed.xml"))
    assert read["medium"] == "podcast" and read["explicit"] is False
    episode = read["items"][0]
    assert [transcript["url"][-3:] for transcript in episode["podcastTranscripts"]] == ["vtt", "srt"]
    assert episode["podcastChapters"]["url"].endswith("/bridge/chapters.json")
    assert episode["podcastPeople"][0]["name"] == "Mary Stone" and episode["podcastPeople"][0]["role"] == "Author"
    assert episode["enclosure"] == {
        "url": "https://example.org/pod/bridge/bridge.mp3", "length": 12345, "type": "audio/mpeg",
    }  # fmt: skip
    assert episode["duration"] == 16


@pytest.mark.parametrize("record", ["", "[1]", "{", "\u0000"])
def test_broken_record(tmp_path: Path, record: str) -> None:
    """A damaged record is named, not skipped."""
    place = published(tmp_path, "bridge")
    (place / "edition.json").write_text(record)
    with pytest.raises(OutputError, match=r"edition\.json .* make the edition again"):
        list(episodes(tmp_path))


@pytest.mark.parametrize("record", [{}, {"chapters": 3, "duration": "x", "published": 7}, {"chapters": [None, {}]}])
def test_poor_record(tmp_path: Path, record: dict[str, object]) -> None:
    """A record that says little or nonsense still gives an episode with all that the standard asks for."""
    place = published(tmp_path, "bridge")
    (place / "edition.json").write_text(json.dumps(record))
    (item,) = items(tmp_path)
    assert found(item, "title").text == "Untitled" and found(item, "itunes:duration").text == "0"
    assert found(item, "pubDate").text


def test_no_editions(tmp_path: Path) -> None:
    """An empty folder is said to be one."""
    with pytest.raises(OutputError, match="no editions in"):
        feed.build(tmp_path)
    with pytest.raises(OutputError, match="no editions in"):
        feed.build(tmp_path / "none")


def test_show_file(tmp_path: Path) -> None:
    """`show.toml` gives the show; without one there are defaults."""
    path = tmp_path / "show.toml"
    path.write_text('title = "Letters"\naddress = "https://example.org"\nexplicit = true\n')
    assert read_show(path) == Show(title="Letters", address="https://example.org", explicit=True)
    assert read_show(None) == Show()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel = 'x'", "no key 'titel'; there are: title, author"),
        ("title = 3", "'title' should be a str"),
        ("explicit = 1", "'explicit' should be a bool"),
        ("address = 'ftp://x'", "http or https"),
        ("address = 'http://[x'", "http or https"),
        ("type = 'daily'", "episodic"),
        ("title = ", "cannot read the show"),
    ],
)
def test_show_file_faults(tmp_path: Path, text: str, message: str) -> None:
    """A mistake in `show.toml` is named in a line."""
    path = tmp_path / "show.toml"
    path.write_text(text)
    with pytest.raises(OutputError, match=message):
        read_show(path)
    with pytest.raises(OutputError, match="cannot read the show"):
        read_show(tmp_path / "missing.toml")


def test_the_documented_show(tmp_path: Path) -> None:
    """The show of the documentation is one, and it has every key that there is."""
    text = (Path(__file__).parent.parent / "docs" / "publish.md").read_text(encoding="utf-8")
    example = text.split("```toml\n")[1].split("```")[0]
    (tmp_path / "show.toml").write_text(example, encoding="utf-8")
    assert read_show(tmp_path / "show.toml").base == "https://example.org/letters/"
    assert {line.split(" = ")[0] for line in example.splitlines()} == {field.name for field in fields(Show)}
