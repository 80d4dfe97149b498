"""Archives and XML from strangers: read within bounds, nothing written, nothing fetched, no entity expanded."""

from __future__ import annotations

import html.entities
import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from narrate.errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_MEMBERS = 20_000
"""Files in one archive; a book with a picture on each page has some thousands."""
LARGEST_MEMBER = 24_000_000
"""Bytes of one unpacked file of text; a whole Bible in one file has 10 MB of markup."""
LARGEST_WHOLE = 64_000_000
"""Bytes unpacked from one archive, pictures not counted: they are never unpacked."""
MOST_DEPTH = 240
"""Levels of nested elements; what people and programs write has under 50."""

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_KEPT = frozenset(("amp", "lt", "gt", "quot", "apos"))
_EMPTY_TAG = re.compile(r"<(?!(?:br|hr|img|meta|link|input|col|area|base|wbr)\b)(\w+)([^<>]*?)/>", re.IGNORECASE)


class Archive:
    """A ZIP file whose members are unpacked on demand, within limits on each and on all."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._left = LARGEST_WHOLE
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise SourceError(f"{name}: a broken archive; get the file again") from error
        self._members = {member.filename: member for member in self._zip.infolist()[: MOST_MEMBERS + 1]}
        if len(self._members) > MOST_MEMBERS:
            raise SourceError(f"{name}: over {MOST_MEMBERS} files in the archive; this is not an article")

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def names(self) -> list[str]:
        """List the members, sorted."""
        return sorted(self._members)

    def read(self, member: str) -> bytes:
        """Unpack a member. Raises SourceError: missing, broken, encrypted, or larger than it may be."""
        if member not in self._members:
            raise SourceError(f"{self.name}: {member[:80]!r} is missing in it; the file is broken")
        most = min(LARGEST_MEMBER, self._left)
        try:
            with self._zip.open(self._members[member]) as file:
                data = file.read(most + 1)
        except RuntimeError as error:
            raise SourceError(
                f"{self.name}: protected with a password or against copying; it cannot be read"
            ) from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise SourceError(f"{self.name}: a broken archive; get the file again") from error
        if len(data) > most:
            raise SourceError(f"{self.name}: unpacks to over {most // 1_000_000} MB; that is no article")
        self._left -= len(data)
        return data

    def tree(self, member: str) -> _Element:
        """Parse a member as XML. Raises SourceError."""
        return tree(f"{self.name}: {member[:80]}", self.read(member))


def within(folder: str, link: str) -> str:
    """Resolve a link of one member to the name of another; it cannot climb out of the archive."""
    path = posixpath.normpath(posixpath.join("/", folder, unquote(link.partition("#")[0])))
    return path.lstrip("/")


def tree(name: str, data: bytes) -> _Element:
    """Parse XML; on broken XHTML fall back to HTML rules. Names lose their namespaces. Raises SourceError."""
    from lxml import etree

    if b"<!ENTITY" in data:
        raise SourceError(f"{name} declares entities of its own; such files are not opened")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_plain_entities(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<html" not in data[:4000].lower():
            raise SourceError(f"{name} is not valid XML; the file is broken") from error
        root = _lenient(name, data)
    if _depth(root) > MOST_DEPTH:
        raise SourceError(f"{name} is nested over {MOST_DEPTH} levels deep; this is not an article")
    for element in root.iter("*"):
        if "}" in str(element.tag):
            element.tag = str(element.tag).rpartition("}")[2]
    return root


def _plain_entities(data: bytes) -> bytes:
    """Put characters for the names that HTML has for them: without its DTD, XML does not know &nbsp;."""
    if b"&" not in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data

    def character(match: re.Match[str]) -> str:
        found = html.entities.html5.get(match[1] + ";")
        return f"&#{ord(found)};" if found and len(found) == 1 and match[1] not in _KEPT else match[0]

    return _ENTITY.sub(character, data.decode("latin-1")).encode("latin-1")


def _lenient(name: str, data: bytes) -> _Element:
    from lxml import etree, html

    from narrate.readers._encoding import decode

    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", _EMPTY_TAG.sub(r"<\1\2></\1>", decode(name, data)))
    try:
        return html.document_fromstring(text, parser=html.HTMLParser(no_network=True, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{name} is not valid XHTML; the file is broken") from error


def _depth(root: _Element) -> int:
    from lxml import etree

    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
