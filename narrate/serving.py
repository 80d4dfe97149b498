"""A small web server for a folder of editions: an index, their pages and files, the feed.

The folder is the truth and is read at each request; nothing outside it, and nothing hidden in
it, can be had. Range requests and entity tags are Starlette's. The feed is made for the address
that it is asked by, so that a phone finds in it what the phone can reach.
"""

from __future__ import annotations

import hashlib
import io
import ipaddress
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePath

import segno
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from narrate.errors import OutputError
from narrate.feed import ARTWORK, FEED, Show, artwork, document
from narrate.outputs._html import Markup, asset, day, policy, render
from narrate.shelf import editions

LOOPBACK = "127.0.0.1"
PORT = 8734
"""Not registered for anything; free on most machines."""

SHOW = Show()
"""What the feed says of itself when nobody has said it."""

PATIENCE = 2
"""Seconds that running downloads have to end when the server is stopped."""

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".m4b": "audio/mp4",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/rss+xml; charset=utf-8",
    ".epub": "application/epub+zip",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".txt": "text/plain; charset=utf-8",
}
"""Our own table, because that of the machine differs from place to place; all else is bytes."""

ALWAYS = {"cache-control": "no-cache", "x-content-type-options": "nosniff"}
"""Ask again each time, since an edition may be made anew under its name; and believe our types."""

CHAPTERS_TYPE = "application/json+chapters"
"""Type of `chapters.json`, by the podcast namespace."""


class Files(StaticFiles):
    """The files of a folder, with types of our own; links that lead out of it and hidden files are not there."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file at `path`, relative to the folder."""
        if any(part.startswith(".") for part in PurePath(path).parts):
            raise HTTPException(status_code=404)
        return await super().get_response(path, scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file, whole, in part, or with the word that it has not changed."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        path = PurePath(full_path)
        kind = CHAPTERS_TYPE if path.name == "chapters.json" else TYPES.get(path.suffix, "application/octet-stream")
        response.headers.update({"content-type": kind, **ALWAYS})
        return response


def serve(
    folder: Path,
    host: str = LOOPBACK,
    port: int = PORT,
    show: Show = SHOW,
    tell: Callable[[str], None] = print,
) -> None:
    """Serve a folder of editions until interrupted; `tell` is given the address and, for a phone, its QR code.

    `show` is what the feed says of itself; its address is the one asked by. Port 0 takes a free one.
    Raises OutputError when there is no such folder or the port is taken.
    """
    if not folder.is_dir():
        raise OutputError(f"no folder {folder}: make an edition first, or name the folder that they are in")
    with _listening(host, port) as listener:
        tell(invitation(folder, host, listener.getsockname()[1]))
        config = uvicorn.Config(
            site(folder, host, show), log_level="warning", server_header=False, timeout_graceful_shutdown=PATIENCE
        )
        with _ending_here():
            uvicorn.Server(config).run(sockets=[listener])
        tell("Stopped.")


def site(folder: Path, host: str = LOOPBACK, show: Show = SHOW) -> Starlette:
    """Return the web application that `serve` runs for a folder."""

    def index(request: Request) -> Response:
        return HTMLResponse(*_index(folder, str(request.base_url)))

    def feed(request: Request) -> Response:
        return _feed(folder, show, request)

    @cache
    def drawn() -> bytes:
        return artwork(show)

    def picture(request: Request) -> Response:
        return Response(drawn(), media_type=TYPES[".png"], headers=ALWAYS)

    # A page elsewhere whose name is made to point here must not read what is meant for this machine alone.
    guard = [Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])] if host == LOOPBACK else []
    routes = [Route("/", index), Route(f"/{FEED}", feed), Mount("/", Files(directory=folder, html=True))]
    if not (folder / ARTWORK).is_file():
        routes.insert(0, Route(f"/{ARTWORK}", picture))
    return Starlette(routes=routes, middleware=guard)


def invitation(folder: Path, host: str, port: int) -> str:
    """Say where the server is to be found, with a QR code when a phone can reach it."""
    address = f"http://{_reachable(host)}:{port}/"
    stop = f"Serving {folder} at {address} (Ctrl-C stops it)"
    if _is_loopback(host):
        return f"{stop}\nOnly this machine can reach it; for a phone in the same network add --host 0.0.0.0"
    drawn = io.StringIO()
    segno.make(address, micro=False).terminal(drawn, compact=True)
    return f"{stop}\n{drawn.getvalue()}\nAnybody in this network can listen. In a podcast app: {address}feed.xml"


@contextmanager
def _ending_here() -> Iterator[None]:
    """Let an interruption end the server, which sees to it, and nothing more: uvicorn passes it on when it is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(f"cannot listen on {host}:{port}: {reason}; choose another --port or --host") from error


def _reachable(host: str) -> str:
    """Return the address that others reach `host` by."""
    if host not in ("0.0.0.0", "::"):
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: this only asks which of our addresses would be used for the world outside.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _feed(folder: Path, show: Show, request: Request) -> Response:
    try:
        feed = document(folder, replace(show, address=str(request.base_url)))
    except OutputError as error:
        return PlainTextResponse(f"{error}\n", 404)
    tag = f'"{hashlib.sha256(feed).hexdigest()}"'
    headers = {**ALWAYS, "etag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(feed, headers={**headers, "content-type": TYPES[".xml"]})


def _index(folder: Path, address: str) -> tuple[str, int, dict[str, str]]:
    style = asset("common.css") + asset("editions.css")
    local = _is_loopback(address.split("/")[2].rsplit(":", 1)[0].strip("[]"))
    listed = editions(folder)
    html = render(
        "editions.html",
        day=day,
        style=Markup(style),
        editions=listed,
        feed=f"{address}{FEED}" if any(each.sound for each in listed) else "",
        address=address,
        code="" if local else Markup(segno.make(address, micro=False).svg_inline(scale=4, dark="#000", light="#fff")),
    )
    return html, 200, {"content-security-policy": policy(style), "referrer-policy": "no-referrer"}
