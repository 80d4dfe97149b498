"""Words that a reader lost: those a person could find in a source and neither an article nor its omissions have.

What a source shows is taken out of it here a second time, by other and simpler means than the readers'.
"""

from __future__ import annotations

import email
import email.policy
import html.parser
import io
import re
import xml.etree.ElementTree
import zipfile
from collections import Counter
from email.message import EmailMessage
from pathlib import PurePath

from narrate.model import Article
from narrate.readers._encoding import clean, decode

_WORD = re.compile(r"[^\W\d_]{2,}")
_UNSEEN = frozenset({"script", "style", "title"})
"""Elements of HTML that hold no words of the page; its title is in the article's metadata."""


class _Words(html.parser.HTMLParser):
    """Gathers the text of HTML by Python's own parser, tags becoming blanks only where they part words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is not seen, and alternative texts, which are."""
        self._unseen += tag in _UNSEEN
        self.pieces.append(_gap(tag))
        self.pieces += [f" {value} " for name, value in attrs if name == "alt" and tag == "img" and value]

    def handle_endtag(self, tag: str) -> None:
        """Note where the unseen ends."""
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self.pieces.append(_gap(tag))

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not self._unseen:
            self.pieces.append(data)


def _gap(tag: str) -> str:
    return "" if tag in {"b", "i", "em", "strong", "a", "span", "font", "u", "small", "big", "mark", "s"} else " "


def shown(name: str, data: bytes) -> str:
    """Return all that a source shows, in any order."""
    kind = PurePath(name).suffix
    if kind == ".html":
        return _page(data)
    if kind == ".epub":
        return _packed(data, r"(?<!nav)(?<!toc)(?<!title_page)\.x?html?$", _page)
    if kind == ".docx":
        return _packed(data, r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$", _word)
    if kind == ".odt":
        return _packed(data, r"content\.xml$", _open_document)
    if kind == ".eml":
        return _letter(data)
    if kind == ".pdf":
        return _print(data)
    return _marked(decode(name, data))


def lost(article: Article, name: str, data: bytes) -> Counter[str]:
    """Count the words that a source shows more often than its article has them, omissions and metadata with it."""
    told = f"{article.text} {article.title} {article.byline}"
    seen = shown(name, data)
    if not _letters(seen) - _letters(told):
        # Words may be parted in another way, at the end of a line or between two buttons: nothing is lost.
        return Counter()
    return _counted(seen) - _counted(told)


def _letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalpha, clean(text).lower()))


def _counted(text: str) -> Counter[str]:
    return Counter(_WORD.findall(clean(text).lower()))


def _page(data: bytes) -> str:
    parser = _Words()
    charset = re.search(rb"charset=[\"']?([\w-]+)", data[:2000])
    parser.feed(decode("page", data, charset[1].decode() if charset else ""))
    return "".join(parser.pieces)


def _marked(text: str) -> str:
    """Take off what is dress in Markdown and in a letter that was pasted: front matter, addresses, tags, headers."""
    text = re.sub(
        r"\A---\n.*?\n---\n|\A(?:(?:From|Sent|To|Cc|Subject|Date):.*\n)+",
        "",
        text,
        flags=re.DOTALL if text.startswith("---") else 0,
    )
    text = re.sub(r"<img[^>]*\balt='([^']*)'[^>]*>", r" \1 ", text)
    text = re.sub(
        r"\]\([^)\n]*\)|^\[[^\]^]+\]: \S+|</?[a-z][^>\n:]*>|\{[#.%][^}\n]*\}|&[a-z]+;", " ", text, flags=re.MULTILINE
    )
    return re.sub(r"\]\[\w+\]", " ", text)


def _packed(data: bytes, wanted: str, read: object) -> str:
    assert callable(read)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return " ".join(read(archive.read(name)) for name in archive.namelist() if re.search(wanted, name))


def _word(data: bytes) -> str:
    pieces: list[str] = []
    for element in xml.etree.ElementTree.fromstring(data).iter():
        tag = element.tag.rpartition("}")[2]
        pieces.append(
            (element.text or "") if tag in ("t", "delText") else " " if tag in ("p", "tab", "br", "cr") else ""
        )
        if tag == "Fallback":
            # A copy for old programs.
            element.clear()
    return "".join(pieces)


def _open_document(data: bytes) -> str:
    text = re.sub(rb"<(?:dc:(?:creator|date)|meta:[\w-]+)>[^<]*</[^>]*>", b" ", data.partition(b"<office:body>")[2])
    text = re.sub(
        rb"</text:(?:p|h|note-citation)>|<text:(?:tab|line-break|s)\b[^>]*/>|</?(?:svg|text:ruby)[^>]*>", b" ", text
    )
    return html.unescape(re.sub(rb"<[^>]*>", b"", text).decode())


def _letter(data: bytes) -> str:
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    pieces: list[str] = []
    for part in message.walk():
        if part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment":
            continue
        raw = part.get_payload(decode=True)
        assert isinstance(raw, bytes)
        text = _page(raw) if part.get_content_subtype() == "html" else raw.decode("utf-8", "replace")
        if part.get_content_subtype() == "plain" and any(p.get_content_subtype() == "html" for p in message.walk()):
            continue
        pieces.append(text)
    return " ".join(pieces)


def _print(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"[\ufffe\x02-]\s*\n", "", text)
