"""The page of an edition: `index.html`, a player with the transcript beside it, in one file.

The text stands in the HTML itself, to be read, printed and searched without a script; each
line is one element. Which word is heard when lies beside it as data, and the script paints
the word over the text instead of wrapping it, so that a screen reader meets whole sentences.
"""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from narrate.model import NARRATOR, Block, Cue, Edition, Line, Speaker, Voice
from narrate.store import atomic

PACES = (0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3)
"""Speeds on offer, times the recorded one: fine steps where most people listen, up to 3 for practised ears."""

HUES = 10
"""Colours that the style sheet has for speakers; with more speakers they come round again."""

DEEPEST_HEADING = 6
"""HTML has no heading below `h6`."""

SCRIPTS = ("sound.js", "transcript.js", "search.js", "keys.js")
"""The page's script, in the order in which its parts build on each other."""

TAGS = {"quotation": "blockquote", "item": "li"}
"""Block kind → element, for those that are neither headings nor plain paragraphs."""


@dataclass(frozen=True, slots=True)
class Span:
    """A line as it is drawn."""

    number: int
    text: str
    colour: str
    name: str
    """Who speaks, where it has to be said: at the first words of somebody in a block."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as it is drawn: its element, and whether it begins or ends a list."""

    tag: str
    kind: str
    text: str
    lines: tuple[Span, ...]
    opens_list: bool = False
    closes_list: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the text."""

    title: str
    announce: bool
    """Whether the title is shown: it is not among the words of the text."""
    blocks: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter in the table of contents."""

    title: str
    line: int
    clock: str


@dataclass(frozen=True, slots=True)
class Role:
    """A speaker in the list of voices."""

    name: str
    description: str
    voice: str
    colour: str


@dataclass(frozen=True, slots=True)
class Length:
    """How long the programme is, for the eye, for the slider and for the ear."""

    clock: str
    seconds: int
    words: str


def write(edition: Edition, folder: Path) -> Path:
    """Write `index.html` into the edition's folder, beside `<slug>.mp3`, which it plays.

    Raises OutputError.
    """
    path = folder / "index.html"
    html = draw(edition, f"{folder.resolve().name}.mp3")
    with atomic(path) as part:
        part.write_bytes(html.encode("utf-8", "replace"))
    return path


def draw(edition: Edition, sound: str) -> str:
    """Return the page that plays the file `sound` lying beside it."""
    article = edition.script.article
    style, script = asset("common.css") + asset("page.css"), "".join(asset(name) for name in SCRIPTS)
    headed = any(block.kind == "title" for block in article.blocks)
    return render(
        "page.html",
        policy=policy(style, script, "media-src 'self'"),
        style=Markup(style),
        script=Markup(script),
        title=article.title,
        added_title="" if headed else article.title,
        language=article.language,
        facts=_facts(edition),
        sound=f"./{quote(sound)}",
        length=Length(clock(edition.samples / edition.rate), round(edition.samples / edition.rate), _spelt(edition)),
        paces=PACES,
        chapters=_contents(edition),
        passages=_parts(edition),
        speakers=_roles(edition),
        link=article.source if urlsplit(article.source).scheme in ("http", "https") else "",
        source=article.source,
        papers=_papers(edition),
        data=_data(edition, sound),
    )


def asset(name: str) -> str:
    """Return a template, style sheet or script of the page."""
    return files("narrate.outputs").joinpath("_page", name).read_text("utf-8")


def render(template: str, **values: Any) -> str:
    """Fill a template; whatever is not `Markup` is escaped."""
    room = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return room.from_string(asset(template)).render(**values)


def policy(style: str, script: str, *more: str) -> str:
    """Return a content security policy that admits one style sheet and one script, by their hashes, and `more`."""
    allowed = [f"style-src {_digest(style)}", f"script-src {_digest(script)}" if script else "script-src 'none'"]
    closed = ["base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'"]
    return "; ".join(["default-src 'none'", *allowed, "img-src data:", *more, *closed])


def clock(seconds: float) -> str:
    """Return a duration as `m:ss` or `h:mm:ss`."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _spelt(edition: Edition) -> str:
    minutes, seconds = divmod(round(edition.samples / edition.rate), 60)
    return f"{minutes} minutes {seconds} seconds"


def _facts(edition: Edition) -> list[str]:
    minutes = max(1, round(edition.samples / edition.rate / 60))
    voices = len({voice.id for voice in edition.cast.values()})
    facts = [f"{minutes} minute{'s' * (minutes > 1)}", f"{voices} voice{'s' * (voices > 1)}"]
    dated = any(block.kind == "date" for block in edition.script.article.blocks)
    return facts if dated else [fact for fact in (*facts, edition.script.article.published) if fact]


def _contents(edition: Edition) -> list[Entry]:
    starts = [cue.start for cue in edition.cues]
    lines = [edition.cues[bisect_right(starts, each.start) - 1].line for each in edition.chapters]
    return [
        Entry(each.title, line, clock(each.start / edition.rate))
        for each, line in zip(edition.chapters, lines, strict=True)
    ]


def _colours(speakers: tuple[Speaker, ...]) -> dict[str, str]:
    cast = [speaker.id for speaker in speakers if speaker.id != NARRATOR]
    return {id: f" voice-{number % HUES}" for number, id in enumerate(cast)}


def _roles(edition: Edition) -> list[Role]:
    colours = _colours(edition.script.speakers)
    return [
        Role(each.name, each.description, _voice(edition.cast.get(each.id)), colours.get(each.id, "").strip())
        for each in edition.script.speakers
    ]


def _voice(voice: Voice | None) -> str:
    return f"{voice.name} ({voice.engine})" if voice else ""


def _papers(edition: Edition) -> list[str]:
    return list(dict.fromkeys(voice.attribution for voice in edition.cast.values() if voice.attribution))


def _parts(edition: Edition) -> list[Part]:
    """Return the blocks under the chapters in which they begin."""
    article, chapters = edition.script.article, edition.script.chapters
    chapter_of: dict[int, int] = {}
    for number, section in enumerate(chapters):
        for line in section.lines:
            chapter_of.setdefault(line.block, number)
    drawn = list(zip(article.blocks, _passages(edition), strict=True))
    parts = []
    at = 0
    for index in range(len(drawn)):
        at = max(at, chapter_of.get(index, at))
        chapter_of[index] = at
    for number, indices in groupby(range(len(drawn)), key=chapter_of.__getitem__):
        inside = [drawn[index] for index in indices]
        title = chapters[number].title if chapters else article.title
        parts.append(Part(title, _is_news(title, inside[0][0], number), tuple(passage for _, passage in inside)))
    return parts


def _is_news(title: str, first: Block, number: int) -> bool:
    """Tell whether a chapter's title has to be shown because its first block does not already say it."""
    return number > 0 and first.kind not in ("title", "heading") and bool(title)


def _passages(edition: Edition) -> Iterator[Passage]:
    spans = _spans(edition)
    blocks = edition.script.article.blocks
    level = 0
    for index, block in enumerate(blocks):
        tag = TAGS.get(block.kind, "p")
        if block.kind in ("title", "heading"):
            # A level is never skipped on the way down, whatever the source did.
            level = min(max(block.level, 1) + 1, level + 1, DEEPEST_HEADING) if level else 1 + (block.kind == "heading")
            tag = f"h{level}"
        item, before, after = ("item" in each for each in _neighbours(blocks, index))
        yield Passage(tag, block.kind, block.text, spans.get(index, ()), item and not before, item and not after)


def _neighbours(blocks: tuple[Block, ...], index: int) -> tuple[str, str, str]:
    kinds = ["", *(block.kind for block in blocks), ""]
    return kinds[index + 1], kinds[index], kinds[index + 2]


def _spans(edition: Edition) -> dict[int, tuple[Span, ...]]:
    names = {speaker.id: speaker.name for speaker in edition.script.speakers}
    colours = _colours(edition.script.speakers)
    spans: dict[int, tuple[Span, ...]] = {}
    numbered = enumerate(edition.script.lines)
    for block, lines in groupby(numbered, key=lambda each: each[1].block):
        told = NARRATOR
        drawn = []
        for number, line in lines:
            name = "" if line.speaker in (NARRATOR, told) else names.get(line.speaker, line.speaker)
            told = line.speaker if line.speaker != NARRATOR else told
            drawn.append(Span(number, line.text, colours.get(line.speaker, ""), name))
        spans[block] = (*spans.get(block, ()), *drawn)
    return spans


def _data(edition: Edition, sound: str) -> Markup:
    """Return what the script needs to know, as JSON that cannot end its element."""
    lines = edition.script.lines
    data = {
        "title": edition.script.article.title,
        "byline": edition.script.article.byline,
        "key": f"{sound} {edition.samples}",
        "names": {speaker.id: speaker.name for speaker in edition.script.speakers},
        "chapters": [[chapter.title, _ms(chapter.start, edition)] for chapter in edition.chapters],
        "cues": [_timed(cue, lines[cue.line], edition) for cue in edition.cues],
    }
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _timed(cue: Cue, line: Line, edition: Edition) -> list[object]:
    """Return line, speaker, start (ms) and its heard words as flat triples: start, end (UTF-16 units), begins (ms)."""
    units = _units(line.text)
    heard = (word for word in cue.words if word.ends > word.begins)
    triples = [[units[word.start], units[word.end], _ms(word.begins, edition)] for word in heard]
    return [cue.line, line.speaker, _ms(cue.start, edition), [number for triple in triples for number in triple]]


def _units(text: str) -> list[int]:
    """Return the offset in UTF-16 units, in which browsers count, of each character and of the end."""
    offsets = [0]
    for letter in text:
        offsets.append(offsets[-1] + 1 + (ord(letter) > 0xFFFF))
    return offsets


def _ms(sample: int, edition: Edition) -> int:
    return round(sample * 1000 / edition.rate)
