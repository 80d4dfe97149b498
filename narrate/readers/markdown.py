"""Markdown: through a CommonMark parser, with YAML front matter as metadata."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source, _mending
from narrate.readers import text as plain_text
from narrate.readers._composing import compose
from narrate.readers._encoding import clean, decode
from narrate.readers._parts import BREAK, Metadata, Part

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST_FRONT_MATTER = 65_536
"""Characters; a longer one is text between two rules."""
MOST_NESTED = 100
"""Levels of quotations and lists within one another; each level takes stack; what is deeper is read as plain text."""
SNIFFED_BYTES = 65_536
"""How much of a file is looked at to tell Markdown from plain text."""

_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".mdx")
_FRONT = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_DRESS = re.compile(
    r"^#{1,6} \S|^(?:=|-){3,}\s*$(?<!\n---)|!?\[[^\]\n]{1,200}\]\((?:https?:|/|#|mailto:)[^)\n]*\)"
    r"|(?<!\w)\*\*[^*\n]{1,200}\*\*(?!\w)|(?<![\w_])__\w[^_\n]{0,200}__(?![\w_])|^```|\[\^\w+\]",
    re.MULTILINE,
)
_EMPHASIS = re.compile(r"(?<![\w*])\*[^\s*][^*\n]{0,100}\*(?![\w*])")
_NOTE_MARK = re.compile(r"\s?\[\^[^\]\s]{1,30}\](?!:)")
_RAW_PICTURE = re.compile(r"<img\b[^>]*\balt\s*=\s*[\"']([^\"'>]*)", re.IGNORECASE)
_NOTE = re.compile(r"\[\^[^\]\s]{1,30}\]:")
_PANDOC = re.compile(r"\s*\{[.#][^}\n]{0,200}\}$")


def recognises(source: Source) -> float:
    """Tell Markdown by its ending, or by its dress in a file that calls itself text."""
    if source.suffix in _ENDINGS or source.media_type.startswith("text/markdown"):
        return 0.9
    head = source.data[:SNIFFED_BYTES]
    if b"\x00" in head or head.lstrip()[:1] == b"<":
        return 0.0
    text = head.decode("utf-8", errors="replace").replace("\r\n", "\n")
    dressed = _FRONT.match(text) or _DRESS.search(text) or len(_EMPHASIS.findall(text)) > 1
    return 0.5 if dressed else 0.0


def read(source: Source) -> Article:
    """Make an article of Markdown. Raises SourceError."""
    text = decode(source.name, source.data)
    front = _FRONT.match(text[:MOST_FRONT_MATTER])
    known = metadata(source.name, front["yaml"]) if front else Metadata()
    parts = list(parse(text[front.end() if front else 0 :]))
    return compose(source.name, _mending.rejoined(parts), known)


def metadata(name: str, front: str) -> Metadata:
    """Read YAML front matter as blogs and Pandoc write it. Raises SourceError when it is broken."""
    import yaml

    try:
        fields = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SourceError(f"{name}: the front matter between the --- lines is not valid YAML") from error
    if not isinstance(fields, Mapping):
        return Metadata()
    lower = {str(key).lower(): value for key, value in fields.items() if isinstance(key, str)}

    def first(*keys: str) -> str:
        return next((text for key in keys for text in [_plain(lower.get(key))] if text), "")

    return Metadata(
        title=first("title", "headline"),
        byline=first("author", "authors", "byline", "by"),
        published=first("date", "published", "pubdate", "publishdate", "created"),
        language=first("lang", "language", "locale"),
    )


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return _plain(value.get("name") or value.get("text"))
    if isinstance(value, list):
        names = [name for name in (_plain(item) for item in value[:20] if not isinstance(item, list)) if name]
        return " and ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)
    return clean(str(value)).strip() if value is not None else ""


def parse(text: str) -> Iterator[Part]:
    """Yield the parts of Markdown without front matter, in order."""
    tokens = _parser().parse(text)
    if any(token.level >= MOST_NESTED - 1 for token in tokens):
        # Below this the parser drops what it finds; as plain text every word is read.
        yield from plain_text.parse(text)
        return
    kinds: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            kinds.append(token.tag if token.type == "heading_open" else token.type.removesuffix("_open"))
        elif token.nesting == -1:
            kinds.pop()
        elif token.type == "inline":
            yield from _parts(token, kinds)
        elif token.type in ("fence", "code_block"):
            yield Part(token.content, reason="code")
        elif token.type == "html_block":
            yield from _raw(token.content)


def _parser() -> MarkdownIt:
    """Make a parser that takes "[^1]: word" for what it is, not for the address of a link."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock, reference

    def definition(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        start = state.bMarks[line] + state.tShift[line]
        return not state.src.startswith("[^", start) and reference(state, line, end, silent)

    parser = MarkdownIt("commonmark", {"maxNesting": MOST_NESTED}).enable(["table", "strikethrough"])
    parser.block.ruler.at("reference", definition)
    return parser


def _parts(token: Token, kinds: Sequence[str]) -> Iterator[Part]:
    text, strong = _text(token.children or [])
    for image in token.children or []:
        raw = _RAW_PICTURE.match(image.content) if image.type == "html_inline" else None
        described = image.content if image.type == "image" else html.unescape(raw[1]) if raw else ""
        if described.strip():
            yield Part(described, reason="alternative text")
    marks = "".join(_NOTE_MARK.findall(text)).strip()
    note = _NOTE.match(text)
    if note:
        yield Part(text, reason="footnote")
        return
    text = _PANDOC.sub("", _NOTE_MARK.sub("", text))
    if kinds[-1] in ("h1", "h2", "h3", "h4", "h5", "h6"):
        yield Part(text, kind="heading", level=int(kinds[-1][1]))
    elif any(kind in ("th", "td") for kind in kinds):
        yield Part(text, reason="table")
    elif any(kind == "list_item" for kind in kinds):
        yield Part(text, kind="item", level=sum(kind == "list_item" for kind in kinds), strong=strong)
    else:
        yield Part(text, kind="quotation" if "blockquote" in kinds else "paragraph", strong=strong)
    if marks:
        yield Part(marks, reason="reference mark")


def _text(children: Sequence[Token]) -> tuple[str, str]:
    """Join the inline tokens; return the text and its beginning in bold."""
    pieces: list[str] = []
    bold = strong = ""
    depth = 0
    for child in children:
        if child.type == "strong_open":
            depth += 1
        elif child.type == "strong_close":
            depth -= 1
            strong = strong or bold
        elif child.type in ("text", "code_inline"):
            pieces.append(child.content)
            bold += child.content if depth and not strong else ""
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" " if child.type == "softbreak" else BREAK)
        elif child.type == "html_inline" and child.content.lower().startswith("<br"):
            pieces.append(BREAK)
    text = "".join(pieces)
    return text, strong if text.lstrip().startswith(strong) else ""


def _raw(markup: str) -> Iterator[Part]:
    """Take the words out of a block of HTML within Markdown."""
    from narrate.readers import _markup

    yield from _markup.fragment(markup)
