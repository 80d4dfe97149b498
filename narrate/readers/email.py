"""E-mail: letters as files or pasted with their headers; newsletters; what was quoted or signed left out."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source, _facts, _markup, _selecting, text
from narrate.readers._composing import compose
from narrate.readers._encoding import clean, decode
from narrate.readers._parts import Metadata, Part

GUARDED = True
MOST_PARTS = 200
"""Attachments and alternatives in one letter."""

_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}:[ \t][^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*\r?\n){2,}")
_NAMED = re.compile(
    rb"^(from|to|subject|date|sent|received|return-path|message-id|mime-version|delivered-to|cc):", re.I | re.M
)
_HISTORY = re.compile(
    r"On .{5,120} wrote:|-{2,}\s*(?:Original|Forwarded) Message\s*-{2,}|Begin forwarded message:|_{10,}"
    r"|From: .{3,200}", re.IGNORECASE
)  # fmt: skip
_FORWARDED = re.compile(
    r"^[> ]*(?:-{2,}\s*(?:Forwarded|Original) message\s*-{2,}|Begin forwarded message:)\s*\n[>\s]*"
    r"(?P<letter>(?:[> ]*(?:From|Date|Sent|Subject|To|Cc|Reply-To|\*From|\*Sent)\b\*?:.*\n)+)",
    re.IGNORECASE | re.MULTILINE
)  # fmt: skip
LONGEST_NOTE = 600
"""Characters that somebody writes above what they forward; above a quoted letter stands an answer."""
_SIGNATURE = re.compile(r"--|—|Sent from my \w+.*|Get Outlook for .*", re.IGNORECASE)


def recognises(source: Source) -> float:
    """Tell a letter by the header lines that it begins with."""
    if source.suffix == ".eml" or source.media_type.startswith("message/rfc822"):
        return 0.95
    if _FORWARDED.match(source.data[:2000].decode("utf-8", errors="replace").lstrip()):
        return 0.85
    header = _HEADER.match(source.data[:8000].lstrip())
    names = {name.lower() for name in _NAMED.findall(header[0])} if header else set()
    return 0.85 if len(names) >= 2 and names & {b"from", b"received", b"return-path"} else 0.0


def read(source: Source) -> Article:
    """Make an article of a letter: its subject is the title, its sender the author. Raises SourceError."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(source.data.lstrip())
        assert isinstance(message, EmailMessage)
        known = _metadata(message)
        html, plain = _content(message, "text/html"), _content(message, "text/plain")
    except (RecursionError, ValueError, LookupError, AttributeError, IndexError, TypeError, KeyError) as error:
        raise SourceError(f"{source.name}: a broken e-mail; save its text and give that") from error
    if html is not None and (plain is None or len(html) > 3 * len(plain)):
        return _from_html(source.name, html, known)
    if plain is None:
        raise SourceError(f"{source.name}: an e-mail without a text")
    words = decode(source.name, plain)
    forwarded = _FORWARDED.search(words[: 2 * LONGEST_NOTE])
    if forwarded and forwarded.start() < LONGEST_NOTE:
        inner = re.sub(r"^> ?", "", words[forwarded.start("letter") :], flags=re.MULTILINE)
        letter = re.sub(r"^\*(\w+)\*?:\*?", r"\1:", inner.lstrip(), flags=re.MULTILINE)
        return read(Source(source.name, letter.encode()))
    return compose(source.name, _trimmed(text.parse(words)), known)


def _metadata(message: EmailMessage) -> Metadata:
    name, address = parseaddr(str(message["from"] or ""))
    subject = re.sub(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", "", str(message["subject"] or ""), flags=re.IGNORECASE)
    try:
        day = parsedate_to_datetime(str(message["date"] or message["sent"] or "")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        day = str(message["date"] or message["sent"] or "")
    return Metadata(clean(subject).strip(), clean(name or address.partition("@")[0]), _facts.printed_date(day))


def _content(message: EmailMessage, kind: str) -> bytes | None:
    """Return the first part of a kind that is no attachment, as UTF-8."""
    for count, part in enumerate(message.walk()):
        if count > MOST_PARTS:
            break
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes) and raw.strip():
                return decode("e-mail", raw, part.get_content_charset() or "").encode()
    return None


def _from_html(name: str, markup: bytes, known: Metadata) -> Article:
    from narrate.readers import html

    root = html.tree(name, markup.decode())
    facts = _facts.Facts(known)
    parts, known = _selecting.select(list(_markup.walk(root)), html.main_text(root), facts)
    return compose(name, parts, known)


def _trimmed(parts: list[Part]) -> list[Part]:
    """Omit the quoted history below a letter, and its signature."""
    result: list[Part] = []
    reason = ""
    for part in parts:
        line = part.text.split("\n")[0].strip()
        if _HISTORY.fullmatch(line):
            reason = "quoted message"
        elif not reason and _SIGNATURE.fullmatch(line):
            reason = "signature"
        quoted = reason or ("quoted message" if part.kind == "quotation" else "")
        result.append(part.omitted(quoted) if quoted and not part.reason else part)
    return result
