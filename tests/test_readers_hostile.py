"""Hostile files: a clear error or a good article, in bounded memory and time, never a hang or a traceback."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate import plugins, readers
from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source, _archive, _composing, _glyphs, _guard, pdf

CORPUS = Path(__file__).parent / "corpus" / "files"
FOUND = Path(__file__).parent / "corpus" / "hostile"
PROSE = b"The old man went down to the river, and it was cold there, but he did not turn back. "
LONGEST = 30.0
"""Seconds for any of these, on a busy machine; alone they take under three."""

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="{}"/>'
    "</rootfiles></container>"
)
PACKAGE = (
    '<package><metadata/><manifest><item id="a" href="{}" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)
ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(12))
LAUGHS = f'<!DOCTYPE html [<!ENTITY a "ha">{ENTITIES}]><html><body><p>&m;</p></body></html>'
OUTSIDE = (
    '<!DOCTYPE h [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x; went down to the river</p></body></html>'
)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """Pack files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if "word/document.xml" not in files:
            archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def book(document: str | bytes, package: str = "o.opf", href: str = "a.xhtml") -> bytes:
    """Pack an EPUB of one document."""
    return zipped(
        {"META-INF/container.xml": CONTAINER.format(package), "o.opf": PACKAGE.format(href), "a.xhtml": document}
    )


def mail(depth: int) -> bytes:
    """Nest parts of a letter."""
    head = b"From: a@b.c\nSubject: x\nMIME-Version: 1.0\n"
    return (
        head
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
        + b"\nhello"
    )


LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)
REFUSED = {
    "a bomb in an EPUB": book(b"<html><body><p>" + b"a " * 40_000_000 + b"</p></body></html>"),
    "a package out of the archive": book("", "../../../../etc/passwd"),
    "a document out of the archive": book("", href="../../../../../../etc/passwd"),
    "a billion laughs": book(LAUGHS),
    "an entity from outside": book(OUTSIDE),
    "an EPUB nested deeply": book("<html><body>" + "<div>" * 10_000 + "hello" + "</div>" * 10_000 + "</body></html>"),
    "thirty thousand files": zipped({f"f{n}": "" for n in range(30_000)}),
    "a Word bomb": zipped({"word/document.xml": b"<d>" + b"<w:p/>" * 9_000_000}),
    "tables in tables in Word": zipped(
        {"word/document.xml": b"<d>" + b"<tbl>" * 10_000 + b"x" + b"</tbl>" * 10_000 + b"</d>"}
    ),
    "a page nested beyond reason": b"<html><body>" + PROSE + b"<div>" * 10_000 + PROSE + b"</div>" * 10_000,
    "a feed with laughs": b'<?xml version="1.0"?><rss>' + LAUGHS.encode(),
    "a line of ten megabytes": b"word " * 2_000_000,
    "a page of ten megabytes": b"<html><body><p>" + b"word " * 2_000_000,
    "an attribute without end": b"<html><body><p class='" + b"a" * 2_000_000,
    "too many elements": b"<html><body>" + b"<p>a<br>" * 400_000,
    "a PDF of noise": b"%PDF-1.4\n" + random.Random(1).randbytes(100_000),
    "a page tree in a loop": LOOP,
    "a letter in a letter in a letter": mail(3_000),
    "only NULs": b"\x00" * 100_000,
    "noise": random.Random(2).randbytes(5_000),
}
READ = {
    "a page nested deeply": b"<html><body>" + b"<div>" * 200 + b"<p>" + PROSE * 9 + b"</p>" + b"</div>" * 200,
    "a page nested more deeply": b"<html><body><p>"
    + PROSE * 9
    + b"<blockquote>" * 1_900
    + PROSE
    + b"</blockquote>" * 1_900,
    "ten thousand quotations": b"# t\n\n" + PROSE + b"\n\n" + b">" * 10_000 + PROSE,
    "emphasis without end": b"# t\n\n" + PROSE + b"*" * 20_000 + b"a" + b"_" * 20_000,
    "links without end": PROSE + b"\n\n" + b"[a](" * 20_000,
    "a title of slashes and dots": b"# " + b"../" * 400 + b"\n\n" + PROSE,
    "a title of 5,000 characters": b"<html><head><title>" + b"word " * 1_000 + b"</title></head><body><p>" + PROSE * 9,
    "NULs in a text": PROSE.replace(b"man", b"m\x00an"),
    "direction overrides": ("\u202e" + PROSE.decode() + "\u202c").encode(),
    "unpaired surrogates": ("\ud800" + PROSE.decode() + "\udfff").encode("utf-8", "surrogatepass"),
    "five thousand accents": ("Z" + "\u0301" * 5_000).encode() + PROSE,
    "a text without a full stop": b"word " * 200_000,
    "lines without an end": b"The old man of the sea\n" * 40_000,
    "brackets": b"# t\n\n" + b"[" * 20_000 + b"\n\n" + PROSE,
    "quotation upon quotation": b"# t\n\n" + b">" * 40 + PROSE,
    "lists in lists": b"# t\n\n" + b"".join(b" " * n + b"- the old man\n" for n in range(300)),
    "aliases upon aliases": b"---\na: &a [x,x,x]\n"
    + b"".join(b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c]\n" % ((98 + n, 98 + n) + (97 + n,) * 6) for n in range(9))
    + b"title: *j\n---\n"
    + PROSE,
}


def sound(article: Article) -> None:
    """Check what must hold of any article."""
    parts = sorted((*article.blocks, *article.omissions), key=lambda part: part.start)
    assert all(one.end <= other.start for one, other in pairwise(parts))
    assert article.blocks
    assert len(article.title) <= _composing.LONGEST_METADATA + 1
    for text in (article.title, *(part.text for part in parts)):
        assert "\n" not in text
        assert text.isprintable() or not any(ord(c) < 32 or 0x202A <= ord(c) <= 0x202E for c in text)
        text.encode()


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_do_harm_is_refused(name: str) -> None:
    """One line, soon."""
    start = time.monotonic()
    with pytest.raises(SourceError) as raised:
        readers.read(Source("x", REFUSED[name]))
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 300
    assert "passwd:" not in str(raised.value) and "root:" not in str(raised.value)
    assert time.monotonic() - start < LONGEST


@pytest.mark.parametrize("name", READ)
def test_what_only_looks_bad_is_read(name: str) -> None:
    """Odd text is text."""
    start = time.monotonic()
    article = readers.read(Source("x", READ[name]))
    sound(article)
    assert time.monotonic() - start < LONGEST


def test_a_picture_in_a_book_is_never_unpacked() -> None:
    """A huge image costs nothing: pictures are left alone."""
    files = {"META-INF/container.xml": CONTAINER.format("o.opf"), "o.opf": PACKAGE.format("a.xhtml")}
    files["a.xhtml"] = f"<html><body><img src='i.png'/><p>{PROSE.decode()}</p></body></html>"
    data = zipped({**files, "i.png": b"\0" * 200_000_000})
    sound(readers.read(Source("x.epub", data)))


@pytest.fixture
def ill_behaved(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Return what puts a reader that does something into a fresh room, for one test."""

    def put(code: str) -> None:
        _guard.close_room()
        source = f"def read(source):\n    {code}\nfrom narrate.readers import _room, text\ntext.read = read\n"
        monkeypatch.setattr(_guard, "_SERVE", f"{source}_room.serve()")

    yield put
    _guard.close_room()


def test_memory_has_a_bound(ill_behaved: Callable[[str], None]) -> None:
    """A reader that wants more than its room is told so, and this process stays as it was."""
    ill_behaved("return bytes(bytearray(10**9)[:1])")
    with pytest.raises(SourceError, match="over 512 MB of memory"):
        _guard.read("text", Source("x", PROSE))


def test_time_has_a_bound(monkeypatch: pytest.MonkeyPatch, ill_behaved: Callable[[str], None]) -> None:
    """A reader that hangs is ended."""
    monkeypatch.setattr(_guard, "MOST_SECONDS", 0.2)
    ill_behaved("import time; time.sleep(60)")
    with pytest.raises(SourceError, match="to read; save it as plain text"):
        _guard.read("text", Source("x", PROSE))


def test_a_crash_stays_in_its_room(ill_behaved: Callable[[str], None]) -> None:
    """Even a crash of C code is one line."""
    ill_behaved("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(SourceError, match="crashed"):
        _guard.read("text", Source("x", PROSE))


def test_a_room_that_hangs_or_falls_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the room itself not answer, or go with what it reads, that is one line; the next source is read."""
    monkeypatch.setattr(_guard, "MOST_SECONDS", 0.1)
    monkeypatch.setattr(_guard, "GRACE", 0.1)
    for code, message in (("import time; time.sleep(60)", "takes over"), ("raise SystemExit(3)", "crashed")):
        _guard.close_room()
        monkeypatch.setattr(_guard, "_SERVE", code)
        with pytest.raises(SourceError, match=message):
            _guard.read("text", Source("x", PROSE))
    monkeypatch.undo()
    _guard.close_room()
    sound(_guard.read("text", Source("x", PROSE)))


def test_a_room_that_closed_is_opened_again() -> None:
    """One room serves many sources; when it has gone, as it does after a while, there is another."""
    _guard.close_room()
    sound(_guard.read("text", Source("x", PROSE)))
    first = _guard._process
    sound(_guard.read("text", Source("x", PROSE)))
    assert first is not None and _guard._process is first
    first.kill()
    first.wait()
    sound(_guard.read("text", Source("x", PROSE)))
    assert _guard._process is not first


def test_links_cannot_climb_out_of_an_archive() -> None:
    """However many dots a link has, it names a member or nothing."""
    for link in ("../../x", "/../../x", "%2e%2e/%2e%2e/x", "a/../../../x", "./../x#y"):
        assert _archive.within("OEBPS/text", link).startswith(".") is False
        assert not _archive.within("OEBPS/text", link).startswith("/")


def attempt(name: str, data: bytes) -> None:
    """Read in this process; anything but an article or a SourceError is a fault."""
    try:
        sound(plugins.load("readers", name).read(Source("x", data)))
    except SourceError as error:
        assert "\n" not in str(error)


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MARKUP = st.lists(
    st.sampled_from(
        "<p> </p> <div> </div> <h1> </h1> <table> <tr> <td> <li> <ul> <blockquote> <br> <b> </b> <sup> <a href='#fn1'> "
        "</a> <figure> <figcaption> <time datetime='x'> <span class='byline'> <!-- --> <![CDATA[ ]]> &nbsp; &#0; &amp "
        "<script> </script> <title> <math> <svg> <p class=caption> <img alt='x'> By 2024-03-05 The old man of the sea "
        "was cold. “Yes” </html> \x00 \u202e \ud7ff".split(" ")
    ),
    max_size=60,
).map(" ".join)


@QUICK
@given(MARKUP)
def test_any_markup_is_an_article_or_an_error(markup: str) -> None:
    """Tags in any order, closed or not."""
    attempt("html", markup.encode())


@QUICK
@given(st.text(max_size=400) | st.lists(st.sampled_from(
    ["# a", "---", "***", "> q", "- i", "1. n", "**b**", "[^1]", "[^1]: n", "```", "|a|b|", "|-|-|", "By Ann Lee", "Q: a", "A: b",  # noqa: E501
     "3 May 2024", "\f", "12", "  x", "word-", "the", "“open", "", "<div>", "=====", "\x00"])).map("\n".join))  # fmt: skip  # noqa: E501
def test_any_text_is_an_article_or_an_error(words: str) -> None:
    """Lines in any order, as text, Markdown and a letter."""
    for name in ("text", "markdown", "email"):
        attempt(name, words.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "name", ["calibre.epub", "styled.docx", "writer.odt", "word-export.pdf", "letter.eml", "wiki.html"]
)
def test_a_file_with_broken_bytes_is_an_article_or_an_error(name: str) -> None:
    """Bytes changed, cut off or doubled anywhere in a good file; archives with their documents broken inside."""
    chance = random.Random(name)
    data = (CORPUS / name).read_bytes()
    reader = readers.surest(readers.fetch(str(CORPUS / name)))
    for _ in range(25):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        if chance.random() < 0.3:
            del broken[chance.randrange(len(broken)) :]
        if chance.random() < 0.2:
            at = chance.randrange(len(broken))
            broken[at:at] = broken[max(0, at - 200) : at]
        if reader == "pdf":
            continue
        attempt(reader, bytes(broken))
    assert reader


@pytest.mark.parametrize("name", ["calibre.epub", "styled.docx", "writer.odt"])
def test_an_archive_with_broken_documents_is_an_article_or_an_error(name: str) -> None:
    """The archive is whole, what is in it is not."""
    chance = random.Random(name)
    with zipfile.ZipFile(CORPUS / name) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    reader = readers.surest(readers.fetch(str(CORPUS / name)))
    for _ in range(40):
        files = dict(members)
        member = chance.choice(list(files))
        broken = bytearray(files[member] or b" ")
        for _ in range(chance.randint(1, 30)):
            broken[chance.randrange(len(broken))] = chance.choice(b'<>/&;"= ax0\x00\xff')
        files[member] = bytes(broken)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for key, value in files.items():
                archive.writestr(key, value)
        attempt(reader, out.getvalue())


def test_broken_pdfs_are_read_or_refused_in_their_room() -> None:
    """PDFium is C code: what breaks in it breaks in a process of its own."""
    chance = random.Random(7)
    data = (CORPUS / "novel.pdf").read_bytes()
    for _ in range(6):
        broken = bytearray(data)
        for _ in range(40):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            sound(readers.read(Source("x.pdf", bytes(broken))))
        except SourceError as error:
            assert "\n" not in str(error)


def test_a_page_of_print_beyond_reason_is_refused_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is over a limit is said to be; nothing is dropped in silence."""
    monkeypatch.setattr(_glyphs, "MOST_CHARACTERS_ON_PAGE", 100)
    with pytest.raises(SourceError, match=r"^x\.pdf: page 1 holds over 100 characters"):
        pdf.read(Source("x.pdf", (CORPUS / "novel.pdf").read_bytes()))


@pytest.mark.parametrize("path", sorted(FOUND.glob("*")), ids=lambda path: path.name)
def test_what_was_found_once_stays_mended(path: Path) -> None:
    """Files on which a reader failed before."""
    try:
        sound(readers.read(readers.fetch(str(path))))
    except SourceError as error:
        assert "\n" not in str(error)
