"""Scripts as files: the public JSON form, written and read back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby, pairwise
from typing import Any, get_args

from narrate.errors import ScriptError
from narrate.model import NARRATOR, Article, Block, BlockKind, Cast, Line, Omission, Script, Section, Speaker
from narrate.placing import Draft, placed, rewritten, taken_at_its_word
from narrate.screenplay import to_text

__all__ = ["from_json", "to_data", "to_json", "to_text"]

VERSION = 1
"""Of the public form; it changes when an old reader would misread a new script."""


def to_json(script: Script, cast: Cast | None = None) -> str:
    """Write a script in the public form; with a cast, each speaker names the voice that was cast."""
    written = json.dumps(to_data(script, cast or {}), ensure_ascii=False, indent=1)
    # A lone surrogate has no UTF-8; Python's escape of it is JSON's too.
    return written.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def to_data(script: Script, cast: Cast) -> dict[str, object]:
    """Turn a script into what JSON can hold."""
    article = script.article
    return {
        "narrate": VERSION,
        "title": article.title,
        "byline": article.byline,
        "published": article.published,
        "language": article.language,
        "source": article.source,
        "speakers": [
            {
                "id": speaker.id,
                "name": speaker.name,
                "gender": speaker.gender,
                "description": speaker.description,
                "why": speaker.why,
                "voice": cast[speaker.id].asked if speaker.id in cast else speaker.voice,
            }
            for speaker in script.speakers
        ],
        "lexicon": dict(script.lexicon),
        "chapters": [
            {"title": chapter.title, "lines": [_line(line) for line in chapter.lines]} for chapter in script.chapters
        ],
        "blocks": [_block(block) for block in article.blocks],
        "omissions": [_omission(omission) for omission in article.omissions],
        "shortened": [_omission(omission) for omission in script.shortened],
    }


def _line(line: Line) -> dict[str, object]:
    said: dict[str, object] = {"speaker": line.speaker, "text": line.text, "start": line.start, "end": line.end}
    if line.why or line.speaker != NARRATOR or line.confidence < 1:
        said |= {"why": line.why, "confidence": line.confidence}
    return said


def _block(block: Block) -> dict[str, object]:
    found: dict[str, object] = {"kind": block.kind, "start": block.start, "end": block.end, "text": block.text}
    return found | ({"level": block.level} if block.level else {}) | ({"label": block.label} if block.label else {})


def _omission(omission: Omission) -> dict[str, object]:
    return {"start": omission.start, "end": omission.end, "text": omission.text, "reason": omission.reason}


def from_json(text: str, *, accept_changes: bool = False) -> Script:
    """Read a script, edited or not, and hold it against the article that it carries.

    Lines may be moved to other speakers, cut in two and put under other chapters; speakers,
    voices, chapters and lexicon may change. Words may not, unless `accept_changes`: then the
    lines are the article. A script without blocks is taken at its word, a paragraph a line.
    Raises ScriptError.
    """
    data = _parsed(text)
    speakers = _speakers(data)
    drafts = list(_drafts(data, {speaker.id for speaker in speakers}))
    if not drafts:
        raise ScriptError("the script has no line to speak")
    article = _article(data)
    if not article.blocks:
        article = taken_at_its_word(article, drafts)
    try:
        lines = placed(article.blocks, drafts)
    except ScriptError:
        if not accept_changes:
            raise
        article = rewritten(article, drafts)
        lines = placed(article.blocks, drafts)
    shortened = tuple(_read_omission(item, where) for item, where in _items(data, "shortened"))
    return Script(article, speakers, tuple(_sections(data, drafts, lines)), _lexicon(data), shortened)


def _parsed(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ScriptError(f"the script is not JSON: {error}") from error
    if not isinstance(data, dict) or data.get("narrate") != VERSION:
        raise ScriptError(f'this JSON is not a script: it must be an object with "narrate": {VERSION}')
    return data


def _article(data: Mapping[str, Any]) -> Article:
    """Rebuild the article; its parts may not overlap."""
    article = Article(
        title=_field(data, "title", str, "", "the script"),
        byline=_field(data, "byline", str, "", "the script"),
        published=_field(data, "published", str, "", "the script"),
        language=_field(data, "language", str, "en", "the script"),
        source=_field(data, "source", str, "", "the script"),
        blocks=tuple(_read_block(item, where) for item, where in _items(data, "blocks")),
        omissions=tuple(_read_omission(item, where) for item, where in _items(data, "omissions")),
    )
    parts: list[Block | Omission] = sorted([*article.blocks, *article.omissions], key=lambda part: part.start)
    for before, after in pairwise(parts):
        if after.start < before.end:
            raise ScriptError(f"blocks and omissions overlap at {after.start}; leave their offsets as they were")
    return article


def _read_omission(item: Mapping[str, Any], where: str) -> Omission:
    return Omission(
        _field(item, "start", int, None, where),
        _field(item, "text", str, None, where),
        _field(item, "reason", str, "", where),
    )


def _read_block(item: Mapping[str, Any], where: str) -> Block:
    kind = _field(item, "kind", str, "paragraph", where)
    if kind not in get_args(BlockKind):
        raise ScriptError(f"{where}: no kind {kind!r}; there are: {', '.join(get_args(BlockKind))}")
    return Block(
        kind,
        _field(item, "text", str, None, where),
        _field(item, "start", int, None, where),
        _field(item, "level", int, 0, where),
        _field(item, "label", str, "", where),
    )


def _speakers(data: Mapping[str, Any]) -> tuple[Speaker, ...]:
    """Read who speaks; the narrator is there whether listed or not."""
    speakers: dict[str, Speaker] = {}
    for item, where in _items(data, "speakers"):
        name = _field(item, "id", str, None, where)
        gender = item.get("gender")
        if gender not in ("male", "female", None):
            raise ScriptError(f'{where}: gender is "male", "female" or null, not {gender!r}')
        if name in speakers:
            raise ScriptError(f"{where}: there are two speakers with the id {name!r}")
        speakers[name] = Speaker(
            name,
            _field(item, "name", str, name, where),
            gender,
            _field(item, "description", str, "", where),
            _field(item, "why", str, "", where),
            _field(item, "voice", str, "", where),
        )
    speakers.setdefault(NARRATOR, Speaker(NARRATOR, "Narrator"))
    return tuple(speakers.values())


def _drafts(data: Mapping[str, Any], known: Set[str]) -> Iterator[Draft]:
    """Yield the lines of all chapters."""
    number = 0
    for chapter, (section, where) in enumerate(_items(data, "chapters")):
        _field(section, "title", str, "", where)
        for item, _ in _items(section, "lines"):
            number += 1
            at = f"line {number}"
            speaker = _field(item, "speaker", str, NARRATOR, at)
            if speaker not in known:
                raise ScriptError(f"{at}: no speaker {speaker!r}; there are: {', '.join(sorted(known))}")
            confidence = float(_field(item, "confidence", (int, float), 1.0, at))
            if not 0 <= confidence <= 1:
                raise ScriptError(f"{at}: confidence lies between 0 and 1, not at {confidence}")
            text = _field(item, "text", str, None, at)
            start = _field(item, "start", int, -1, at)
            why = _field(item, "why", str, "", at)
            yield Draft(number, chapter, speaker, text, start if start >= 0 else None, why, confidence)


def _sections(data: Mapping[str, Any], drafts: Sequence[Draft], lines: Sequence[Line]) -> Iterator[Section]:
    """Put the lines back under their chapters; a chapter without lines is dropped."""
    titles = [section.get("title", "") for section, _ in _items(data, "chapters")]
    for chapter, pairs in groupby(zip(drafts, lines, strict=True), key=lambda pair: pair[0].chapter):
        yield Section(titles[chapter], tuple(line for _, line in pairs))


def _lexicon(data: Mapping[str, Any]) -> dict[str, str]:
    lexicon = _field(data, "lexicon", dict, {}, "the script")
    for word, said in lexicon.items():
        if not isinstance(said, str) or not word.strip() or not said.strip():
            raise ScriptError(f'lexicon: {word!r} needs a respelling, or IPA between slashes, as in "/ˈkiːɪv/"')
    return dict(lexicon)


def _items(data: Mapping[str, Any], key: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the objects of a list with the name that messages give them: "chapters 3"."""
    for number, item in enumerate(_field(data, key, list, [], "the script"), 1):
        if not isinstance(item, dict):
            raise ScriptError(f"{key} {number} is not an object")
        yield item, f"{key} {number}"


def _field(data: Mapping[str, Any], key: str, kind: type | tuple[type, ...], default: Any, where: str) -> Any:
    """Return a value of the right kind; a missing one is an error when there is no default."""
    value = data.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, kind) or isinstance(value, bool):
        wanted = (kind if isinstance(kind, type) else kind[0]).__name__
        raise ScriptError(f"{where}: {key!r} should be a {wanted}, not {value!r:.40}")
    return value
