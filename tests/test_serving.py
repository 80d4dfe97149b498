"""The server, asked for real over the loopback."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import zxingcpp
from starlette.testclient import TestClient

from narrate.errors import OutputError
from narrate.outputs._json import save
from narrate.serving import invitation, serve, site

SOUND = bytes(range(256)) * 1000
SERVE = "import sys, pathlib; from narrate.serving import serve; serve(pathlib.Path(sys.argv[1]), port=0)"

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two editions, one with a name that has to be quoted, beside things that are nobody's business."""
    root = tmp_path_factory.mktemp("serving")
    out = root / "out"
    for slug, title, published in (
        ("café at 5%", "Café <b>& bar</b>", "2024-08-18"),
        ("bridge", "The bridge", "2025-01-02"),
    ):
        place = out / slug
        place.mkdir(parents=True)
        (place / f"{slug}.mp3").write_bytes(SOUND)
        (place / "index.html").write_text("<!doctype html><title>page</title>")
        (place / "transcript.vtt").write_text("WEBVTT\n")
        (place / "chapters.json").write_text("{}")
        (place / ".half.part.mp3").write_text("hidden")
        save(
            {"title": title, "byline": "Mary", "published": published, "duration": 3725.4, "speakers": [1, 2]},
            place / "edition.json",
        )
    (out / "not-an-edition").mkdir()
    (out / ".narrate").mkdir()
    (out / ".narrate" / "edition.json").write_text("{}")
    (root / "secret.txt").write_text("secret")
    (out / "bridge" / "way-out.txt").symlink_to(root / "secret.txt")
    (out / "elsewhere").symlink_to(root)
    return out


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-u", "-c", SERVE, str(folder)], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline().split(":")[-1].split("/")[0])
        server.terminate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_peace(folder: Path, number: signal.Signals) -> None:
    """Ctrl-C and the system's wish end it within a moment, with a word and no trace, though a download goes on."""
    command = [sys.executable, "-u", "-c", SERVE, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None and server.stderr is not None
        port = int(server.stdout.readline().split(":")[-1].split("/")[0])
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"GET /bridge/bridge.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            client.recv(100)
            server.send_signal(number)
            assert server.wait(timeout=10) == 0
        assert server.stdout.read().splitlines()[-1] == "Stopped."
        assert "Traceback" not in server.stderr.read()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@pytest.mark.parametrize(
    "asked, first, last",
    [
        ("bytes=0-99", 0, 99),
        ("bytes=1000-", 1000, 255_999),
        ("bytes=-16", 255_984, 255_999),
        ("bytes=255990-999999", 255_990, 255_999),
    ],
)
def test_ranges_are_answered(port: int, asked: str, first: int, last: int) -> None:
    """A player that seeks gets the bytes that it asked for, and is told which they are."""
    status, headers, body = ask(port, "/bridge/bridge.mp3", Range=asked)
    assert (status, body) == (206, SOUND[first : last + 1])
    assert headers["content-range"] == f"bytes {first}-{last}/256000"
    assert headers["content-type"] == "audio/mpeg"


def test_several_ranges_and_none_at_all(port: int) -> None:
    """Two ranges come as parts; one beyond the end is refused with the length; none gives the whole."""
    status, headers, body = ask(port, "/bridge/bridge.mp3", Range="bytes=0-1,100-101")
    assert status == 206 and headers["content-type"].startswith("multipart/byteranges")
    assert SOUND[100:102] in body
    status, headers, _ = ask(port, "/bridge/bridge.mp3", Range="bytes=256000-")
    assert (status, headers["content-range"]) == (416, "bytes */256000")
    status, headers, body = ask(port, "/bridge/bridge.mp3")
    assert (status, body, headers["accept-ranges"]) == (200, SOUND, "bytes")


def test_a_known_file_is_not_sent_again(port: int) -> None:
    """With its entity tag a file is answered 304; a range of another state of it is answered with the whole."""
    _, headers, _ = ask(port, "/bridge/bridge.mp3", "HEAD")
    assert int(headers["content-length"]) == len(SOUND)
    status, _, body = ask(port, "/bridge/bridge.mp3", If_None_Match=headers["etag"])
    assert (status, body) == (304, b"")
    assert ask(port, "/bridge/bridge.mp3", Range="bytes=0-9", If_Range=headers["etag"])[0] == 206
    assert ask(port, "/bridge/bridge.mp3", Range="bytes=0-9", If_Range='"other"')[0] == 200


@pytest.mark.parametrize(
    "path, kind",
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/bridge/", "text/html; charset=utf-8"),
        ("/bridge/transcript.vtt", "text/vtt; charset=utf-8"),
        ("/bridge/chapters.json", "application/json+chapters"),
        ("/bridge/edition.json", "application/json"),
        ("/caf%C3%A9%20at%205%25/caf%C3%A9%20at%205%25.mp3", "audio/mpeg"),
    ],
)
def test_types_are_right(port: int, path: str, kind: str) -> None:
    """Each file comes with its own type, and no browser guesses another."""
    status, headers, _ = ask(port, path)
    assert (status, headers["content-type"]) == (200, kind)
    assert path == "/" or headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/bridge/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/bridge/%2e%2e%2f%2e%2e%2fsecret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/..\\secret.txt",
        "/bridge/way-out.txt",
        "/elsewhere/secret.txt",
        "/bridge/.half.part.mp3",
        "/.narrate/edition.json",
        "/bridge/bridge.mp3%00.txt",
        "/" + "a" * 3000,
        "/bridge/bridge.mp3/x",
        "/not-an-edition/",
    ],
)
def test_nothing_outside_the_folder(port: int, path: str) -> None:
    """No spelling of a path, no link and no hidden name leads to what is not an edition's."""
    status, _, body = ask(port, path)
    assert status == 404 and b"secret" not in body


def test_the_feed_bears_the_address_that_it_was_asked_by(port: int) -> None:
    """A podcast app finds sound, page and artwork where it found the feed, and is not sent an unchanged feed twice."""
    for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
        _, headers, body = ask(port, "/feed.xml", Host=host)
        feed = ElementTree.fromstring(body)
        addresses = [element.attrib["url"] for element in feed.iter("enclosure")]
        addresses += [element.text or "" for element in feed.iter("link")]
        addresses += [element.text or "" for element in feed.iter("url")]
        assert len(addresses) == 7 and all(address.startswith(f"http://{host}/") for address in addresses)
        for address in addresses:
            assert ask(port, address.removeprefix(f"http://{host}"), "HEAD")[0] == 200
        lengths = {element.attrib["length"] for element in feed.iter("enclosure")}
        assert lengths == {str(len(SOUND))}
    assert ask(port, "/feed.xml", Host=host, If_None_Match=headers["etag"])[0] == 304


def test_the_artwork_is_drawn_when_there_is_none(port: int) -> None:
    """The picture that the feed names is there without a file for it."""
    status, headers, body = ask(port, "/artwork.png")
    assert (status, headers["content-type"], body[:8]) == (200, "image/png", b"\x89PNG\r\n\x1a\n")


def test_only_reading(port: int) -> None:
    """Nothing can be written or removed."""
    assert {ask(port, "/bridge/bridge.mp3", method)[0] for method in ("POST", "PUT", "DELETE", "PATCH")} == {405}


def test_another_name_for_this_machine_is_refused(port: int) -> None:
    """A page elsewhere whose name is made to point to the loopback reads nothing."""
    assert ask(port, "/", Host=f"evil.example:{port}")[0] == 400
    assert ask(port, "/", Host=f"localhost:{port}")[0] == 200


def test_the_index_lists_the_editions(port: int) -> None:
    """The newest comes first, names are text, and every address in it leads to a file."""
    _, headers, body = ask(port, "/")
    html = body.decode()
    assert html.index("The bridge") < html.index("Café &lt;b&gt;&amp; bar&lt;/b&gt;")
    assert "script-src 'none'" in headers["content-security-policy"]
    assert "1:02:05" in html and "2 voices" in html
    links = [piece.split('"')[0] for piece in html.split('href="')[1:]]
    inside = [link for link in links if link.startswith("/")]
    assert len(inside) == 6
    assert {ask(port, link)[0] for link in inside} == {200}


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    """An index without editions names the command that makes one, and so does the feed that cannot be."""
    client = TestClient(site(tmp_path), base_url="http://localhost")
    assert "narrate make" in client.get("/").text
    assert client.get("/feed.xml").status_code == 404 and "narrate make" in client.get("/feed.xml").text


def test_a_strange_name_of_the_host_stays_text(folder: Path) -> None:
    """What the asker calls us, where all names are let in, adds no element to the index or the feed."""
    client = TestClient(site(folder, "0.0.0.0"), base_url="http://localhost")
    evil = '"><script>alert(1)</script>'
    assert "<script" not in client.get("/", headers={"host": evil}).text
    assert "<script" not in client.get("/feed.xml", headers={"host": evil}).text


def test_the_invitation_suits_who_can_come() -> None:
    """A code for the phone is drawn when a phone can reach the server; else it is said how it could."""
    alone = invitation(Path("out"), "127.0.0.1", 80)
    assert "http://127.0.0.1:80/" in alone and "--host 0.0.0.0" in alone and "█" not in alone
    open_to_all = invitation(Path("out"), "0.0.0.0", 80)
    assert "█" in open_to_all and "feed.xml" in open_to_all and "//0.0.0.0" not in open_to_all
    assert "http://[fd00::1]:80/" in invitation(Path("out"), "fd00::1", 80)


def test_a_phone_can_read_the_code() -> None:
    """A reader that we did not write finds the address in the half blocks of the terminal."""
    told = invitation(Path("out"), "192.0.2.7", 8734)
    rows = [row for row in told.splitlines() if set(row) & set("█▀▄")]
    grid = np.zeros((2 * len(rows), max(map(len, rows))), np.uint8)
    for at, row in enumerate(rows):
        grid[2 * at, : len(row)] = [255 * (block in "█▀") for block in row]
        grid[2 * at + 1, : len(row)] = [255 * (block in "█▄") for block in row]
    found = zxingcpp.read_barcodes(np.kron(grid, np.ones((8, 8), np.uint8)))
    assert [each.text for each in found] == ["http://192.0.2.7:8734/"]


def test_what_cannot_be_served_is_said(tmp_path: Path) -> None:
    """A missing folder and a taken port are one line that says what to do."""
    with pytest.raises(OutputError, match="make an edition first"):
        serve(tmp_path / "none")
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OutputError, match="choose another --port"):
        serve(tmp_path, port=taken.getsockname()[1])


def test_curl_agrees(port: int, tmp_path: Path) -> None:
    """A program that we did not write resumes a download to the very bytes."""
    part = tmp_path / "part.mp3"
    part.write_bytes(SOUND[:100_000])
    command = ["curl", "-s", "-C", "-", "-o", str(part), f"http://127.0.0.1:{port}/bridge/bridge.mp3"]
    try:
        subprocess.run(command, check=True, timeout=20, env=os.environ | {"no_proxy": "127.0.0.1"})
    except FileNotFoundError:
        pytest.skip("no curl: resuming was checked with Python's client only")
    assert part.read_bytes() == SOUND
