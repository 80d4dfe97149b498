"""Plain text: paragraphs from blank lines, line lengths or indents; pages mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from narrate.model import Article
from narrate.readers import Source, _mending, _notes, _pages
from narrate.readers._composing import compose
from narrate.readers._encoding import decode
from narrate.readers._parts import BREAK, Part
from narrate.readers._turns import LABEL

LONG_LINE = 100
"""Characters; hard-wrapped text has 60 to 80, so a file of longer lines has one paragraph a line."""
SHORT_LINE = 0.7
"""Share of the usual line length below which a line is the last of its paragraph."""
MOST_HEADING_WORDS = 12
"""Words of a heading; one that stands on a line of its own without a full stop."""
LIKELY, LAST_RESORT = 0.6, 0.05
"""How sure this reader is of a file that calls itself text, and of any other that decodes."""

_ITEM = re.compile(r"\s*(?:[-*•‣◦▪·–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_BULLET = re.compile(r"(?:\s*[-*•‣◦▪·–]\s+)+")
_QUOTED = re.compile(r"\s*>+ ?")
_EMPTY = re.compile(r"\n[ ]*(?:\n[ ]*)+")
_RULE = re.compile(r"\s*(?:[*_=~#•·—–-]\s*){3,}")
_COLUMNS = re.compile(r"^ *-{2,}(?: +-{2,})+ *$|^[|+]?(?:-{2,}[|+]){1,}-*[|+]? *$", re.MULTILINE)
_UPPER = re.compile(r"[A-Z0-9]")


def recognises(source: Source) -> float:
    """Take what calls itself text, and what no other reader wants."""
    return LAST_RESORT


def read(source: Source) -> Article:
    """Make an article of plain text. Raises SourceError."""
    text = decode(source.name, source.data)
    return compose(source.name, parse(text))


def parse(text: str) -> list[Part]:
    """Cut plain text into parts and mend its pages."""
    if "\f" in text:
        text, furniture = _pages.without_furniture(text.split("\f"))
    else:
        furniture = []
    chunks = [chunk.strip("\n") for chunk in _EMPTY.split(text) if chunk.strip()]
    lines = text.split("\n")
    lengths = [len(line) for line in lines if line.strip()]
    if len(chunks) <= 2 + len(lengths) // 40 and len(lengths) > 3:
        chunks = list(_unspaced([line for line in lines if line.strip()], median(lengths)))
    parts = [part for chunk in chunks for part in _chunk(chunk)]
    parts = _notes.omitted(_pages.numbers_omitted(_headings(parts)))
    return _mending.rejoined(parts) + furniture


def _unspaced(lines: Sequence[str], usual: float) -> Iterator[str]:
    """Find paragraphs where no blank line parts them: one a line, or by indents and short last lines."""
    if usual > LONG_LINE:
        yield from lines
        return
    paragraph: list[str] = []
    for line in lines:
        indented = line.startswith("  ")
        ended = bool(paragraph) and len(paragraph[-1]) < SHORT_LINE * usual
        if paragraph and (indented or (ended and _UPPER.match(line.lstrip("\"'“‘(")))):
            yield "\n".join(paragraph)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield "\n".join(paragraph)


def _chunk(chunk: str) -> Iterator[Part]:
    """Cut what stands between blank lines: list items, turns and quoted lines begin anew."""
    if _COLUMNS.search(chunk):
        yield Part(chunk, reason="table")
        return
    lines = [line for line in chunk.split("\n") if not _RULE.fullmatch(line)]
    vocabulary = frozenset(re.findall(r"[\w-]+", chunk.lower())) if "-\n" in chunk else frozenset()
    group: list[str] = []
    for line in lines:
        if group and _begins(line, group):
            yield _part(group, vocabulary)
            group = []
        group.append(line)
    if group:
        yield _part(group, vocabulary)


def _begins(line: str, group: Sequence[str]) -> bool:
    quoted = bool(_QUOTED.match(line))
    listed = bool(_ITEM.match(line)) and (bool(_ITEM.match(group[0])) or group[-1].rstrip().endswith(":"))
    label = LABEL.match(line)
    turn = bool(label) and (label["label"].isupper() and label["stop"].strip() == ":")  # type: ignore[index]
    return quoted != bool(_QUOTED.match(group[0])) or listed or turn


def _part(lines: Sequence[str], vocabulary: frozenset[str]) -> Part:
    quoted = all(_QUOTED.match(line) for line in lines)
    lines = [_QUOTED.sub("", line) for line in lines] if quoted else list(lines)
    item = _ITEM.match(lines[0]) and len(lines[0].strip()) > 2
    if item and _BULLET.match(lines[0]):
        lines = [_BULLET.sub("", lines[0]), *lines[1:]]
    # Few short lines are an address or a head, and keep their breaks until the head is known.
    if len(lines) <= 4 and max(map(len, lines)) < SHORT_LINE * LONG_LINE and not item:
        text = lines[0].strip()
        for line in lines[1:]:
            goes_on = line.lstrip()[:1].islower() and not line.lstrip().startswith("by ")
            text = _mending.joined(text, line, vocabulary) if goes_on else text + BREAK + line.strip()
    else:
        text = _mending.joined_lines(lines, vocabulary)
    return Part(text, kind="quotation" if quoted else "item" if item else "paragraph", level=1 if item else 0)


def _headings(parts: Sequence[Part]) -> list[Part]:
    """Make headings of short lines that stand alone above a longer paragraph."""
    result: list[Part] = []
    for index, part in enumerate(parts):
        below = parts[index + 1] if index + 1 < len(parts) else None
        prose = (
            below is not None
            and below.kind != "item"
            and (len(below.text) > 2 * len(part.text) or bool(LABEL.match(below.text)))
        )
        heading = part.kind == "paragraph" and prose and _is_heading(part.text)
        result.append(Part(part.text, kind="heading", level=2) if heading and index else part)
    return result


def _is_heading(text: str) -> bool:
    words = text.split()
    if BREAK in text or len(words) > MOST_HEADING_WORDS or text.endswith((".", ",", ";", ":", "”", '"', "’")):
        return False
    return bool(_UPPER.match(text)) and not LABEL.match(text) and any(map(str.isalpha, text))
