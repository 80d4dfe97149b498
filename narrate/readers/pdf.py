"""PDF: PDFium gives letters and places; reading order, paragraphs and headings come from the layout."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source, _columns, _edges, _furniture, _glyphs, _markup, _paragraphs, _words
from narrate.readers._composing import compose
from narrate.readers._encoding import MOST_CHARACTERS, clean, too_long
from narrate.readers._parts import Metadata, Part

MOST_PAGES = 3000
"""Pages; the longest novels have 1,500."""
LEAST_LETTERS = 0.3
"""Share of letters in a PDF's text below which its fonts do not say which letters they draw."""
HEAD_PARTS = 25
"""Parts from the top among which the title is looked for; a printed web page has its navigation above it."""
LONGEST_ABOVE = 20
"""Words of a menu's entry, a letterhead, an address; what is longer and stands above the title is read."""
LEAST_REPEATED = 7
"""Words of a pull quote; a heading may say again what the text says in fewer."""
GUARDED = True

_LETTERS = re.compile(r"[^\W\d_]")
_END_MARK = re.compile(r"\s*[■□◼◻▪◆∎❖]\s*$")
_NO_TITLE = re.compile(r"untitled|microsoft word|\.(?:docx?|indd|qxd|pdf|tex|pages|odt)\s*$|^\W*$|^\S*\d{4,}\S*$", re.I)
_NO_PERSON = re.compile(r"^(?:user|admin|author|owner|unknown|microsoft|.*\d{2,}|\S+)$", re.I)


def prepare() -> None:
    """Load the libraries once for many sources."""
    import pypdfium2  # noqa: F401

    _words.is_word("")


def recognises(source: Source) -> float:
    """Tell a PDF by its first bytes."""
    return 1.0 if b"%PDF-" in source.data[:1024] else 0.0


def read(source: Source) -> Article:
    """Make an article of a PDF. Raises SourceError: encrypted, broken, or scanned without text."""
    document = _opened(source)
    try:
        lines = _lines(source.name, document)
        facts = document.get_metadata_dict()
    except Exception as error:
        if isinstance(error, SourceError):
            raise SourceError(f"{source.name}: {str(error).removeprefix(f'{source.name}: ')}") from error
        raise SourceError(f"{source.name}: a broken PDF; print it to a new PDF and give that") from error
    finally:
        document.close()
    parts = [_cleaned(part) for part in _paragraphs.parts(lines)]
    return compose(source.name, *_headed(parts, facts))


def _opened(source: Source) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise SourceError(f"{source.name}: protected with a password; save a copy without it") from error
        raise SourceError(f"{source.name}: a broken PDF; print it to a new PDF and give that") from error
    if not 0 < count <= MOST_PAGES:
        document.close()
        raise SourceError(f"{source.name}: {count} pages; cut it into parts of at most {MOST_PAGES}")
    return document


def _lines(name: str, document: Any) -> list[_columns.Line]:
    pages: list[list[_columns.Line]] = []
    heights: list[float] = []
    letters = total = 0
    for number in range(len(document)):
        page = document[number]
        try:
            found = list(_glyphs.fragments(page, number))
            heights.append(page.get_height())
        finally:
            page.close()
        total += sum(len(fragment.text) for fragment in found)
        letters += sum(len(_LETTERS.findall(fragment.text)) for fragment in found)
        if total > MOST_CHARACTERS:
            raise SourceError(too_long(name))
        pages.append(_columns.ordered(found, number))
    if not letters:
        raise SourceError(f"{name}: a scan without text; run OCR over it first (ocrmypdf, for example)")
    if letters < LEAST_LETTERS * total:
        raise SourceError(f"{name}: its fonts do not say which letters they show; run OCR over it first")
    usual = _paragraphs.usual_size([line for page in pages for line in page])
    return [line for page in _edges.without_furniture(pages, heights, usual) for line in page]


def _cleaned(part: Part) -> Part:
    return replace(part, text=_END_MARK.sub("", clean(part.text)))


def _is_prose(text: str) -> bool:
    return len(text.split()) > LONGEST_ABOVE or text.endswith((".", "!", "?", "”", '"'))


def _repeats_omitted(parts: list[Part]) -> list[Part]:
    """Omit pull quotes: what is set larger and stands in the running text as well, word for word."""
    whole = _markup.plain(part.text for part in parts if not part.reason and part.kind == "paragraph")
    result = parts[:1]
    for part in parts[1:]:
        words = _markup.plain([part.text])
        pulled = part.kind == "heading" and not part.reason and len(words.split()) >= LEAST_REPEATED and words in whole
        result.append(part.omitted("pull quote") if pulled else part)
    return result


def _headed(parts: list[Part], facts: dict[str, str]) -> tuple[list[Part], Metadata]:
    """Use what the file says of itself where it makes sense; where it says nothing, the layout's largest line.

    The day on which a PDF was made is not the day on which its article was published.
    """
    title, author = clean(facts.get("Title") or "").strip(), clean(facts.get("Author") or "").strip()
    title = "" if _NO_TITLE.search(title) else title
    author = "" if _NO_PERSON.match(author) else author
    heads = [at for at, part in enumerate(parts[:HEAD_PARTS]) if part.kind == "heading" and not part.reason]
    tops = [at for at in heads if not _furniture.box(parts[at].flat)]
    named = [at for at in tops if title and _markup.plain([title]).startswith(_markup.plain([parts[at].text]))]
    first = (named or [at for at in tops[:1] if parts[at].level == 1 and not title] or [-1])[0]
    if first >= 0:
        title = parts[first].flat
        # What stands above the title is a kicker or, on a printed web page, its navigation.
        above = [
            part if part.reason or _is_prose(part.flat) else part.omitted("page furniture") for part in parts[:first]
        ]
        parts = [*above, *_repeats_omitted(parts[first:])]
    shown = any(author.lower() in part.flat.lower() for part in parts[:HEAD_PARTS] if not part.reason)
    return parts, Metadata(title, "" if shown else author)
