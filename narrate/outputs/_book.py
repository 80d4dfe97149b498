"""The pages of a talking book: a chapter as XHTML, and as SMIL that says when each line is heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from narrate.model import Block, Cue, Edition, Line
from narrate.outputs._plain import attribute, markup, plain, printable

SOUND = "sound.mp3"

DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line with its number in the book and its time in the sound, milliseconds."""

    number: int
    line: Line
    start: int
    end: int

    @property
    def heard(self) -> bool:
        """Whether there is a text to mark and a moment to mark it in."""
        return self.end > self.start and bool(printable(self.line.text).strip())


@dataclass(frozen=True, slots=True)
class Page:
    """A chapter of the book: its file's name without ending, its title, its lines."""

    name: str
    title: str
    lines: tuple[Spoken, ...]

    @property
    def duration(self) -> int:
        """Milliseconds of sound that its overlay plays."""
        return sum(spoken.end - spoken.start for spoken in self.lines if spoken.heard)


def pages(edition: Edition) -> list[Page]:
    """Cut an edition into the chapters of its script."""
    cues = {cue.line: cue for cue in edition.cues}
    made, first = [], 0
    for number, section in enumerate(edition.script.chapters, 1):
        spoken = tuple(
            Spoken(index, line, *_times(cues.get(index), edition.rate))
            for index, line in enumerate(section.lines, first)
        )
        made.append(Page(f"chapter-{number:03d}", plain(section.title) or f"Chapter {number}", spoken))
        first += len(section.lines)
    return made


def _times(cue: Cue | None, rate: int) -> tuple[int, int]:
    return (round(cue.start * 1000 / rate), round(cue.end * 1000 / rate)) if cue else (0, 0)


def xhtml(page: Page, blocks: Sequence[Block], language: str) -> str:
    """Write a chapter as XHTML, each line an element of its own; a title is shown where the text has none."""
    kinds = [blocks[spoken.line.block].kind for spoken in page.lines[:1]]
    body = [] if kinds and kinds[0] in ("title", "heading") else [f'<h1 class="given">{markup(page.title)}</h1>']
    level = 1 if body else 0
    said = groupby(page.lines, key=lambda spoken: spoken.line.block)
    for kind, group in groupby(said_blocks(said, blocks), key=lambda each: each[0].kind):
        items = []
        for block, inner in group:
            level = _level(block, level)
            items.append(_element(block, inner, level))
        body.append(f"<ul>\n{chr(10).join(items)}\n</ul>" if kind == "item" else "\n".join(items))
    tongue = attribute(language)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang={tongue} xml:lang={tongue}>
<head><title>{markup(page.title)}</title><link rel="stylesheet" href="style.css"/></head>
<body epub:type="bodymatter"><section epub:type="chapter" role="doc-chapter" aria-label={attribute(page.title)}>
{chr(10).join(body)}
</section></body>
</html>
"""


def said_blocks(groups: Iterator[tuple[int, Iterator[Spoken]]], blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Yield each block with its lines as XHTML."""
    for index, spoken in groups:
        yield blocks[index], "".join(f'<span id="line{one.number}">{markup(one.line.text)}</span>' for one in spoken)


def _level(block: Block, before: int) -> int:
    """Return the level of the last heading; none is skipped on the way down."""
    if block.kind not in ("title", "heading"):
        return before
    return min(max(block.level, 1) + 1, before + 1, DEEPEST_HEADING) if before else 1


def _element(block: Block, inner: str, level: int) -> str:
    """Write a block as the element that it is."""
    if block.kind in ("title", "heading"):
        return f"<h{level}>{inner}</h{level}>"
    if block.kind == "item":
        return f"<li>{inner}</li>"
    if block.kind == "quotation":
        return f"<blockquote><p>{inner}</p></blockquote>"
    return f'<p class="{block.kind}">{inner}</p>'


def smil(page: Page) -> str:
    """Write when each line of a chapter is heard."""
    pars = [
        f'<par id="par{one.number}"><text src="{page.name}.xhtml#line{one.number}"/>'
        f'<audio src="{SOUND}" clipBegin="{_seconds(one.start)}" clipEnd="{_seconds(one.end)}"/></par>'
        for one in page.lines
        if one.heard
    ]
    return f"""<?xml version="1.0" encoding="utf-8"?>
<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">
<body><seq id="lines" epub:textref="{page.name}.xhtml" epub:type="bodymatter chapter">
{chr(10).join(pars)}
</seq></body>
</smil>
"""


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds // 1000}.{milliseconds % 1000:03d}s"
