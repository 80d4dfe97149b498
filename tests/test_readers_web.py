"""Pages fetched from a server: within limits, from public hosts only; feeds; and what a page is made of."""

from __future__ import annotations

import gzip
import io
import os
import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from narrate import readers
from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source, _fetching, _web, feed, html

CORPUS = Path(__file__).parent / "corpus" / "files"
PAGE = (CORPUS / "wordpress-blocks.html").read_bytes()
WORDS = "<p>The old man went down to the river, and it was cold there, but he did not turn back at all.</p>" * 4


class Pages(BaseHTTPRequestHandler):
    """A server that is good and bad by path."""

    def log_message(self, *args: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer by path."""
        path = self.path.partition("?")[0]
        if path == "/redirect":
            self._send(302, b"", {"Location": "/page"})
        elif path == "/loop":
            self._send(302, b"", {"Location": "/loop"})
        elif path == "/file":
            self._send(302, b"", {"Location": "file:///etc/passwd"})
        elif path == "/zipped":
            self._send(200, gzip.compress(PAGE), {"Content-Encoding": "gzip"})
        elif path == "/bomb":
            self._send(200, gzip.compress(b"\0" * (_fetching.MOST_BYTES + 10)), {"Content-Encoding": "gzip"})
        elif path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"<p>")
                self.wfile.flush()
                time.sleep(0.05)
        elif path.strip("/").isdigit():
            self._send(int(path.strip("/")), b"no", {})
        else:
            self._send(200, b"" if path == "/empty" else PAGE, {"Content-Type": "text/html; charset=utf-8"})

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:
            self.close_connection = True


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def page(body: str, head: str = "") -> Article:
    """Read a page made of this."""
    return html.read(Source("p", f"<html><head>{head}</head><body>{body}</body></html>".encode()))


@pytest.mark.parametrize("path", ["/page", "/redirect", "/zipped", "/page?a=b c&ä"])
def test_a_page_is_fetched_and_read(site: str, path: str) -> None:
    """Redirects are followed, compressed answers unpacked."""
    source = readers.fetch(site + path, private=True)
    assert source.data == PAGE
    assert html.read(source).title == "Harbour town votes to keep its last ferry"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/404", "there is no such page"),
        ("/403", "refuses programs.*in your browser"),
        ("/402", "paywall"),
        ("/500", "answers 500"),
        ("/loop", "redirects more than"),
        ("/file", "not a web address"),
        ("/empty", "empty"),
        ("/bomb", "over 64 MB"),
    ],
)
def test_what_cannot_be_fetched_is_said_in_one_line(site: str, path: str, message: str) -> None:
    """Each failure is a SourceError that says what to do."""
    with pytest.raises(SourceError, match=message) as raised:
        readers.fetch(site + path, private=True)
    assert "\n" not in str(raised.value)


def test_a_server_that_drips_is_cut_off(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole fetch has a deadline, not only each wait."""
    monkeypatch.setattr(_web, "LONGEST_FETCH", 0.3)
    start = time.monotonic()
    with pytest.raises(SourceError, match="in time"):
        readers.fetch(site + "/drip", private=True)
    assert time.monotonic() - start < 1.5


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fec0::1]",
        "100.64.0.1",
    ],
)
def test_private_addresses_are_refused(host: str) -> None:
    """A link in a feed must not reach into this machine or its network."""
    with pytest.raises(SourceError, match="not of the public internet"):
        readers.fetch(f"http://{host}:9/")


def test_a_redirect_or_a_name_does_not_lead_inside(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is checked, and the address that was checked is the one that is connected to."""
    checked = _web._checked

    def first_only(host: str, port: int, private: bool) -> str:
        # The first server counts as public; where it leads to does not.
        monkeypatch.setattr(_web, "_checked", checked)
        return host

    monkeypatch.setattr(_web, "_checked", first_only)
    with pytest.raises(SourceError, match="not of the public internet"):
        readers.fetch(f"{site}/redirect")
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: inside)
    with pytest.raises(SourceError, match="not of the public internet"):
        readers.fetch("http://harmless.example/")


@pytest.fixture(scope="module")
def secure() -> Iterator[tuple[str, trustme.CA]]:
    """Serve on this machine by https, with a certificate for "localhost" alone."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.handle_error = lambda *args: None  # type: ignore[method-assign]  # a client that leaves is what is tested
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield str(server.server_address[1]), authority
    server.shutdown()
    server.server_close()
    thread.join()


def test_https_is_read_from_whom_the_certificate_names(
    secure: tuple[str, trustme.CA], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page by https is read when its certificate is trusted and names its host, and not otherwise."""
    port, authority = secure
    with pytest.raises(SourceError, match="its certificate is not valid"):
        readers.fetch(f"https://localhost:{port}/page", private=True)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    assert readers.fetch(f"https://localhost:{port}/redirect", private=True).data == PAGE
    with pytest.raises(SourceError, match="its certificate is not valid"):
        readers.fetch(f"https://127.0.0.1:{port}/page", private=True)


@pytest.mark.parametrize("address", ["https://", "http:///x", "https://exa mple/", "http://[::1", "http://x:99999/"])
def test_broken_addresses_are_refused(address: str) -> None:
    """Nonsense is no traceback."""
    with pytest.raises(SourceError):
        readers.fetch(address)


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    """Missing, a folder, a device, empty, too large, with a NUL in the name: one line each."""
    (tmp_path / "empty").touch()
    for name, message in [
        (str(tmp_path / "none"), "no such file"),
        (str(tmp_path), "a folder"),
        ("/dev/zero", "not a regular file"),
        (str(tmp_path / "empty"), "empty"),
        ("a\0b", "cannot be read"),
        ("", "no source is named"),
        ("two\nlines", "two.lines: there is no such file"),
        ("ftp://example.org/x", "not a web address"),
        ("x" * 5000, "cannot be read"),
    ]:
        with pytest.raises(SourceError, match=message) as raised:
            readers.fetch(name)
        assert "\n" not in str(raised.value)


def test_a_pipe_is_refused_and_standard_input_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for what never comes; what is piped in is read by either of its names."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="pipe it in and name it -"):
        readers.fetch(str(tmp_path / "pipe"))
    for name in ("-", "/dev/stdin"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE)))
        assert readers.fetch(name).data == PAGE


def test_a_file_over_the_limit_is_not_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading stops at the limit, not at the end of the file."""
    monkeypatch.setattr(_fetching, "MOST_BYTES", 100)
    (tmp_path / "large").write_bytes(b"x" * 101)
    with pytest.raises(SourceError, match="cut it into parts"):
        readers.fetch(str(tmp_path / "large"))


def test_a_paywall_and_an_empty_page_are_told_apart() -> None:
    """A teaser of what is paid for is no article; a page that needs JavaScript has none."""
    with pytest.raises(SourceError, match="paywall"):
        paid = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"T","isAccessibleForFree":false}</script>'  # noqa: E501
        page(WORDS, paid)
    with pytest.raises(SourceError, match="no article on this page"):
        page('<div id="root"></div><noscript>Please enable JavaScript to run this app.</noscript>')


def test_reasons_are_given_for_what_is_left_out() -> None:
    """Captions, alternative texts, marks, boxes and bars go each for a reason of its own."""
    article = page(
        f"<nav><a href=/>Home</a></nav><article><h1>T</h1>{WORDS}<figure><img alt='A river'><figcaption>The river</figcaption></figure>"  # noqa: E501
        f"<p>It was cold there.<sup><a href='#fn1'>1</a></sup></p><div class='newsletter'>Sign up for our letter</div>"
        f"<table><tr><td>1</td><td>2</td></tr></table>{WORDS}<div class='share-bar'><a>Tweet</a></div></article>"
        "<section id='comments'><p>I never read such a thing in all of my life.</p></section><footer>Imprint</footer>"
    )
    reasons = {omission.text: omission.reason for omission in article.omissions}
    assert reasons["Home"] == "navigation"
    assert reasons["A river"] == "alternative text"
    assert reasons["The river"] == "caption"
    assert reasons["1"] in ("reference mark", "table")
    assert reasons["Sign up for our letter"] == "subscription box"
    assert reasons["Tweet"] == "share bar"
    assert reasons["I never read such a thing in all of my life."] == "comments"
    assert reasons["Imprint"] == "page footer"
    assert "It was cold there." in [block.text for block in article.blocks]


def test_a_class_name_does_not_cost_the_article() -> None:
    """An article in a box called "sidebar-content ads-enabled" is read all the same."""
    article = page(f"<div class='sidebar-content ads'><h1>T</h1>{WORDS}</div>")
    assert sum(block.kind == "paragraph" for block in article.blocks) == 4


def test_a_line_in_bold_is_a_heading() -> None:
    """A short paragraph in bold above a plain one is; a sentence in bold, or one above nothing, is not."""
    article = page(f"<h1>T</h1>{WORDS}<p><strong>What comes next</strong></p>{WORDS}<p><b>It is over.</b></p>{WORDS}")
    assert [block.text for block in article.blocks if block.kind == "heading"] == ["What comes next"]


def test_a_page_that_scripts_build_is_read_from_its_data() -> None:
    """Where the page shows nothing, the article that it carries for search engines is read."""
    body = "The old man went down to the river.\\n\\nIt was cold there, but he did not turn back."
    thing = f'{{"@type":"NewsArticle","headline":"Cold","articleBody":"{body}"}}'
    data = f'<script type="application/ld+json">{thing}</script>'
    article = page('<div id="root"></div>', data)
    assert [block.kind for block in article.blocks] == ["title", "paragraph", "paragraph"]
    assert len(page(f"<h1>T</h1>{WORDS}", data).blocks) == 5


def test_words_do_not_run_together_or_apart() -> None:
    """Inline elements add no blank, block elements do, breaks part lines."""
    article = page(
        f"<h1>T</h1><p>un<b>believ</b>able<br>next&nbsp;line</p>{WORDS}<div>one</div><div>two of them</div>{WORDS}"
    )
    texts = [block.text for block in article.blocks]
    assert "unbelievable next line" in texts
    assert "one" in texts and "two of them" in texts


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>F</title>
<item><title>Cold &amp; wet</title><link>https://example.org/1</link><guid>a1</guid><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>  # noqa: E501
<author>ann@example.org (Ann Lee)</author><content:encoded><![CDATA[{}]]></content:encoded></item>
<item><title>Teaser</title><link>https://example.org/2</link><description>Only this.</description></item></channel></rss>"""  # noqa: E501
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>tag:1</id><title>Cold</title>
<link href="https://example.org/1"/><updated>2024-03-05T10:00:00Z</updated><author><name>Ann Lee</name></author>
<content type="html">{}</content></entry></feed>"""


def test_the_entries_of_a_feed_are_articles() -> None:
    """What a feed carries whole is read from it; for a teaser there is the address."""
    found = readers.entries(Source("feed.xml", RSS.format(WORDS * 3).encode()))
    assert [(entry.id, entry.title, entry.address) for entry in found] == [
        ("a1", "Cold & wet", "https://example.org/1"), ("https://example.org/2", "Teaser", "https://example.org/2"),
    ]  # fmt: skip
    assert found[1].source is None and found[0].source is not None
    article = readers.read(found[0].source)
    assert (article.title, article.byline, article.published) == ("Cold & wet", "Ann Lee", "2024-03-05")
    assert sum(block.kind == "paragraph" for block in article.blocks) == 12


def test_atom_is_read_too_and_ids_stay() -> None:
    """The same feed gives the same ids, so that what is done is known."""
    source = Source("feed.xml", ATOM.format(WORDS.replace("<", "&lt;") * 3).encode())
    first, again = readers.entries(source), readers.entries(source)
    assert first == again and first[0].id == "tag:1"
    assert readers.read(source).byline == "Ann Lee"


@pytest.mark.parametrize("link", ["/etc/passwd", "file:///etc/passwd", "-", "../x", "javascript:alert(1)", ""])
def test_an_entry_of_a_feed_never_names_a_file(link: str) -> None:
    """What a stranger's feed links to is fetched from the public web or not at all."""
    item = f"<item><title>T</title><guid>g</guid><link>{link}</link></item>"
    (entry,) = readers.entries(Source("f.xml", f"<rss><channel>{item}</channel></rss>".encode()))
    with pytest.raises(SourceError, match="not a web address"):
        readers.fetch_entry(entry)


def test_links_of_a_feed_are_relative_to_it() -> None:
    """A feed that was fetched may name its pages from where it lies."""
    item = "<item><title>T</title><guid>g</guid><link>/2024/cold</link></item>"
    source = Source("https://example.org/blog/feed.xml", f"<rss><channel>{item}</channel></rss>".encode())
    assert readers.entries(source)[0].address == "https://example.org/2024/cold"


def test_all_entries_of_a_long_feed_are_listed() -> None:
    """None is dropped, and beyond all reason it is refused."""
    items = "".join(
        f"<item><title>T{n}</title><guid>g{n}</guid><link>https://example.org/{n}</link></item>" for n in range(2_500)
    )
    feed_of = "<rss><channel>{}</channel></rss>".format
    assert len(readers.entries(Source("f.xml", feed_of(items).encode()))) == 2_500
    with pytest.raises(SourceError, match="over 20000 entries"):
        readers.entries(Source("f.xml", feed_of("<item><guid>g</guid></item>" * 20_001).encode()))


def test_what_is_no_feed_has_no_entries() -> None:
    """A page is none; a broken feed says so."""
    assert readers.entries(Source("p.html", PAGE)) == ()
    with pytest.raises(SourceError, match="without entries"):
        feed.entries(Source("f.xml", b"<rss><channel></channel></rss>"))
    with pytest.raises(SourceError, match="2 articles"):
        feed.read(Source("f.xml", RSS.format(WORDS).encode()))
