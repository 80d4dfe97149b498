"""A talking book: EPUB 3 with Media Overlays, text and sound together line by line: `<slug>.epub`."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from narrate.model import Edition
from narrate.outputs import _book, mp3
from narrate.outputs._art import cover_jpeg
from narrate.outputs._book import SOUND, Page
from narrate.outputs._credits import Credits, credits_of
from narrate.outputs._plain import attribute, markup, plain
from narrate.store import atomic, scratch

ACTIVE = "-epub-media-overlay-active"
"""Class that a reading system gives to the line that is heard."""

UNDATED = "2000-01-01"
"""Day of modification where nothing is known of one: a clock would make each copy another."""

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

STYLE = f"""body {{ line-height: 1.5; }}
h1, h2, h3, h4, h5, h6 {{ line-height: 1.2; }}
.byline, .date {{ font-style: italic; }}
.{ACTIVE} {{ background-color: #ffe58a; color: #000000; }}
"""

ACCESS = """<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">auditory</meta>
<meta property="schema:accessModeSufficient">textual,auditory</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessModeSufficient">auditory</meta>
<meta property="schema:accessibilityFeature">synchronizedAudioText</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityFeature">displayTransformability</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">The whole text is there to read and to hear; each line is marked as it is \
heard, and headings and a table of contents lead through it. There are no images but the cover.</meta>"""


def write(edition: Edition, folder: Path) -> Path:
    """Write `<slug>.epub`. Raises OutputError."""
    path = folder / f"{folder.resolve().name}.epub"
    said, pages = credits_of(edition), _book.pages(edition)
    blocks = edition.script.article.blocks
    with atomic(path) as temporary, scratch(folder) as inside:
        sound = mp3.encode(edition, inside)
        with ZipFile(temporary, "w") as book:
            _put(book, "mimetype", b"application/epub+zip", ZIP_STORED)
            _put(book, "META-INF/container.xml", CONTAINER)
            _put(book, "EPUB/package.opf", package(edition, said, pages))
            _put(book, "EPUB/nav.xhtml", navigation(said, pages))
            _put(book, "EPUB/style.css", STYLE)
            _put(book, "EPUB/cover.jpg", cover_jpeg(said.title, said.artist, said.album), ZIP_STORED)
            for page in pages:
                _put(book, f"EPUB/{page.name}.xhtml", _book.xhtml(page, blocks, said.language))
                _put(book, f"EPUB/{page.name}.smil", _book.smil(page))
            _put_sound(book, sound)
    return path


def _put(book: ZipFile, name: str, content: str | bytes, packing: int = ZIP_DEFLATED) -> None:
    """Add a text or a small file."""
    book.writestr(_entry(name, packing), content)


def _entry(name: str, packing: int) -> ZipInfo:
    """Describe a file without a date, so that the same edition gives the same bytes."""
    entry = ZipInfo(name)
    entry.external_attr = 0o644 << 16
    entry.compress_type = packing
    return entry


def _put_sound(book: ZipFile, sound: Path) -> None:
    """Add the sound as it is, a piece at a time: a book of many hours does not fit into memory."""
    entry = _entry(f"EPUB/{SOUND}", ZIP_STORED)
    entry.file_size = sound.stat().st_size
    with sound.open("rb") as source, book.open(entry, "w") as target:
        shutil.copyfileobj(source, target)


def package(edition: Edition, said: Credits, pages: Sequence[Page]) -> str:
    """Write what the book is, what it holds and in which order it is read."""
    day = said.published or UNDATED
    article = edition.script.article
    identity = uuid5(NAMESPACE_URL, plain(f"{article.source} {article.title} {article.published}"))
    known = [f"<dc:creator>{markup(said.artist)}</dc:creator>"] if said.artist else []
    known += [f"<dc:date>{said.published}</dc:date>"] if said.published else []
    total = sum(page.duration for page in pages)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang={attribute(said.language)}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{identity}</dc:identifier>
<dc:title>{markup(said.title)}</dc:title>
<dc:language>{markup(said.language)}</dc:language>
{chr(10).join([*known, f"<dc:description>{markup(said.disclosure)}</dc:description>"])}
<meta property="dcterms:modified">{day}T00:00:00Z</meta>
<meta property="media:duration">{_clock(total)}</meta>
{chr(10).join(_durations(pages))}
<meta property="media:narrator">Synthetic voices ({markup(said.engines)})</meta>
<meta property="media:active-class">{ACTIVE}</meta>
{ACCESS}
</metadata>
<manifest>
{chr(10).join(_manifest(pages))}
</manifest>
<spine>
{chr(10).join(f'<itemref idref="{page.name}"/>' for page in pages)}
</spine>
</package>
"""


def _durations(pages: Sequence[Page]) -> list[str]:
    return [
        f'<meta property="media:duration" refines="#{page.name}-overlay">{_clock(page.duration)}</meta>'
        for page in pages
    ]


def _manifest(pages: Sequence[Page]) -> list[str]:
    """List the files of the book."""
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        '<item id="cover" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>',
        f'<item id="sound" href="{SOUND}" media-type="audio/mpeg"/>',
    ]
    for page in pages:
        text = f'<item id="{page.name}" href="{page.name}.xhtml" media-type="application/xhtml+xml"'
        overlay = f'<item id="{page.name}-overlay" href="{page.name}.smil" media-type="application/smil+xml"/>'
        items += [f'{text} media-overlay="{page.name}-overlay"/>', overlay]
    return items


def navigation(said: Credits, pages: Sequence[Page]) -> str:
    """Write the table of contents, and where the text begins."""
    entries = "\n".join(f'<li><a href="{page.name}.xhtml">{markup(page.title)}</a></li>' for page in pages)
    tongue = attribute(said.language)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang={tongue} xml:lang={tongue}>
<head><title>{markup(said.title)}</title><link rel="stylesheet" href="style.css"/></head>
<body>
<nav epub:type="toc" role="doc-toc" aria-label="Contents"><h1>{markup(said.title)}</h1><ol>
{entries}
</ol></nav>
<nav epub:type="landmarks" aria-label="Landmarks" hidden="hidden"><ol>
<li><a epub:type="bodymatter" href="{pages[0].name}.xhtml">Beginning</a></li>
</ol></nav>
</body>
</html>
"""


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"
