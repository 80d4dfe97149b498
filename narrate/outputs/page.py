"""The page of an edition: `index.html`, a player with the transcript beside it, in one file.

The text stands in the HTML itself, to be read, printed and searched without a script; each
line is one element. Which word is heard when lies beside it as data, and the script paints
the word over the text instead of wrapping it, so that a screen reader meets whole sentences.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from narrate.model import Cue, Edition, Line, Voice
from narrate.outputs._credits import author
from narrate.outputs._html import Markup, asset, clock, day, policy, render
from narrate.outputs._passages import colours, parts
from narrate.store import atomic

PACES = (0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3)
"""Speeds on offer, times the recorded one: fine steps where most people listen, up to 3 for practised ears."""

STYLES = ("common.css", "page.css")
SCRIPTS = ("sound.js", "transcript.js", "search.js", "keys.js")
"""The parts of the page's script, in the order in which they build on each other."""

SOUNDS = "media-src 'self' file:"
"""The recording may come from the page's own place; on the disk, not all browsers take that to be `'self'`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter in the table of contents: its title, first line and start."""

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


def write(edition: Edition, folder: Path) -> Path:
    """Write `index.html` into the edition's folder, beside `<slug>.mp3`, which it plays.

    Raises OutputError.
    """
    path = folder / "index.html"
    html = draw(edition, f"{folder.resolve().name}.mp3")
    with atomic(path) as temporary:
        temporary.write_bytes(html.encode("utf-8", "replace"))
    return path


def draw(edition: Edition, sound: str) -> str:
    """Return the page that plays the file `sound` lying beside it."""
    article = edition.script.article
    style, script = ("".join(map(asset, names)) for names in (STYLES, SCRIPTS))
    seconds = edition.samples / edition.rate
    headed = any(block.kind == "title" for block in article.blocks)
    return render(
        "page.html",
        policy=policy(style, script, SOUNDS),
        style=Markup(style),
        script=Markup(script),
        title=article.title,
        added_title="" if headed else article.title,
        language=article.language,
        facts=_facts(edition),
        sound=f"./{quote(sound, errors='surrogateescape')}",
        seconds=round(seconds),
        clock=clock(seconds),
        paces=PACES,
        chapters=_contents(edition),
        parts=parts(edition),
        roles=_roles(edition),
        link=article.source if urlsplit(article.source).scheme in ("http", "https") else "",
        source=article.source,
        papers=_papers(edition),
        data=_data(edition, sound),
    )


def _facts(edition: Edition) -> list[str]:
    """Return what stands above the title: author and day unless the text has them, length, number of voices."""
    article = edition.script.article
    minutes = max(1, round(edition.samples / edition.rate / 60))
    voices = len({voice.id for voice in edition.cast.values()})
    shown = {block.kind for block in article.blocks}
    by = author(article.byline) if "byline" not in shown else ""
    published = day(article.published) if "date" not in shown else ""
    length, cast = f"{minutes} minute{'s' * (minutes > 1)}", f"{voices} voice{'s' * (voices > 1)}"
    return [fact for fact in (by and f"By {by}", published, length, cast) if fact]


def _contents(edition: Edition) -> list[Entry]:
    starts = [cue.start for cue in edition.cues]
    entries = []
    for chapter in edition.chapters:
        line = edition.cues[bisect_right(starts, chapter.start) - 1].line
        entries.append(Entry(chapter.title, line, clock(chapter.start / edition.rate)))
    return entries


def _roles(edition: Edition) -> list[Role]:
    colour = colours(edition.script.speakers)
    return [
        Role(each.name, each.description, _voice(edition.cast.get(each.id)), colour.get(each.id, ""))
        for each in edition.script.speakers
    ]


def _voice(voice: Voice | None) -> str:
    if voice is None:
        return ""
    return f"{voice.accent} voice, {voice.engine} {voice.name}" if voice.accent else f"{voice.engine} {voice.name}"


def _papers(edition: Edition) -> list[str]:
    """Return whom the voices are owed to, each once."""
    return sorted({voice.attribution for voice in edition.cast.values()} - {""})


def _data(edition: Edition, sound: str) -> Markup:
    """Return what the script needs to know, as JSON that cannot end its element."""
    lines = edition.script.lines
    data = {
        "title": edition.script.article.title,
        "byline": author(edition.script.article.byline),
        "key": f"{sound} {edition.samples}",
        "names": {speaker.id: speaker.name for speaker in edition.script.speakers},
        "chapters": [[chapter.title, _ms(chapter.start, edition)] for chapter in edition.chapters],
        "cues": [_timed(cue, lines[cue.line], edition) for cue in edition.cues],
    }
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _timed(cue: Cue, line: Line, edition: Edition) -> list[object]:
    """Return line, speaker, start (ms) and the heard words as flat triples: start, end (UTF-16 units), begins (ms)."""
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
