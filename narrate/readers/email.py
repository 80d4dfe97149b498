"""E-mail: letters as files or pasted with their headers; newsletters; what was quoted or signed left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source, _facts, _markup, _selecting, _trees, text
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
RICHER = 3
"""Times that a letter in HTML is longer than its plain form where that is no more than a stub."""
_FORMS = ("text/plain", "text/html")
LONGEST_NOTE = 600
"""Characters that somebody writes above what they forward; above a quoted letter stands an answer."""
_SIGNATURE = re.compile(r"--|—|Sent from my \w+.*|Get Outlook for .*", re.IGNORECASE)


def prepare() -> None:
    """Load the libraries once for many sources."""
    from narrate.readers import html

    html.prepare()


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
        parts, known = _read(source.name, message)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise SourceError(f"{source.name}: a broken e-mail; save its text and give that") from error
    if not parts:
        raise SourceError(f"{source.name}: an e-mail without a text")
    return compose(source.name, parts, known)


def _read(name: str, message: EmailMessage) -> tuple[list[Part], Metadata]:
    """Take the parts of a letter, of all that it is made of; of what is forwarded, the letter within."""
    known = _metadata(message)
    parts: list[Part] = []
    for leaf in itertools.islice(_leaves(message), MOST_PARTS):
        kind = leaf.get_content_type()
        if kind == "message/rfc822":
            inner = next(leaf.iter_parts(), None)
            found, theirs = _read(name, inner) if isinstance(inner, EmailMessage) else ([], known)
            if sum(len(part.text) for part in parts) < LONGEST_NOTE:
                parts, known = [part.omitted(part.reason or "forwarding note") for part in parts] + found, theirs
            else:
                parts += [part.omitted(part.reason or "attached letter") for part in found]
        elif kind == "text/html" and not _is_attached(leaf):
            found, known = _html(name, _words(leaf), known)
            parts += found
        elif kind == "text/plain" and not _is_attached(leaf):
            found, known = _plain(name, _words(leaf), known)
            parts += found
        elif leaf.get_filename():
            parts.append(Part(clean(leaf.get_filename() or ""), reason="attachment"))
    return parts, known


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield what a letter is made of, in order; of alternatives the one that says most."""
    if message.get_content_type() == "multipart/alternative":
        yield from _chosen([leaf for part in _inner(message) for leaf in _leaves(part)])
    elif message.get_content_maintype() == "multipart":
        for part in _inner(message):
            yield from _leaves(part)
    else:
        yield message


def _inner(message: EmailMessage) -> Iterator[EmailMessage]:
    payload = message.get_payload()
    yield from (part for part in payload if isinstance(part, EmailMessage)) if isinstance(payload, list) else ()


def _chosen(leaves: list[EmailMessage]) -> list[EmailMessage]:
    """Leave out either the plain or the HTML form of a text: plain words are cleaner, where they are not a stub."""
    length = {kind: sum(len(_words(leaf)) for leaf in leaves if leaf.get_content_type() == kind) for kind in _FORMS}
    worse = _FORMS[0] if length["text/html"] > RICHER * length["text/plain"] else _FORMS[1]
    return [leaf for leaf in leaves if leaf.get_content_type() != worse]


def _is_attached(leaf: EmailMessage) -> bool:
    return leaf.get_content_disposition() == "attachment"


def _metadata(message: EmailMessage) -> Metadata:
    name, address = parseaddr(str(message["from"] or ""))
    subject = re.sub(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", "", str(message["subject"] or ""), flags=re.IGNORECASE)
    try:
        day = parsedate_to_datetime(str(message["date"] or message["sent"] or "")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        day = str(message["date"] or message["sent"] or "")
    return Metadata(clean(subject).strip(), clean(name or address.partition("@")[0]), _facts.printed_date(day))


def _words(leaf: EmailMessage) -> str:
    """Return the text of a part; "" if there is none."""
    raw = leaf.get_payload(decode=True)
    return decode("e-mail", raw, leaf.get_content_charset() or "") if isinstance(raw, bytes) and raw.strip() else ""


def _html(name: str, markup: str, known: Metadata) -> tuple[list[Part], Metadata]:
    from narrate.readers import html

    if not markup.strip():
        return [], known
    root = _trees.parse(name, markup)
    return _selecting.select(list(_markup.walk(root)), html.main_text(root), _facts.Facts(known))


def _plain(name: str, words: str, known: Metadata) -> tuple[list[Part], Metadata]:
    forwarded = _FORWARDED.search(words[: 2 * LONGEST_NOTE])
    if not forwarded or forwarded.start() >= LONGEST_NOTE:
        return _trimmed(text.parse(words)), known
    inner = re.sub(r"^> ?", "", words[forwarded.start("letter") :], flags=re.MULTILINE)
    letter = re.sub(r"^\*(\w+)\*?:\*?", r"\1:", inner.lstrip(), flags=re.MULTILINE)
    message = BytesParser(policy=policy.default).parsebytes(letter.encode())
    assert isinstance(message, EmailMessage)
    found, theirs = _read(name, message)
    return [Part(words[: forwarded.end()].strip(), reason="forwarding note"), *found], theirs


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
