"""A room of its own for reading what strangers made: bounded memory and time, and a crash stays in it.

PDF, HTML and XML are parsed by C code, and PDF can be anything; a process of its own makes a
clear error of what would be a hang, a crash or a full memory. The room is opened once and
serves many sources, see `_room`.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from typing import IO, TYPE_CHECKING, Any

from narrate.errors import SourceError
from narrate.model import Article, Block, Omission
from narrate.readers import Source

if TYPE_CHECKING:
    from narrate.readers.feed import Entry

MOST_MEMORY = 512 * 1024 * 1024
"""Bytes of memory for reading one source."""
MOST_SECONDS = 120.0
"""Seconds for reading one source; a book of 1,000 pages takes ten."""
GRACE = 10.0
"""Seconds beyond that in which the room ends what it holds and says so itself."""
CHUNK = 1 << 20
"""Bytes of an answer taken at a time."""
_SERVE = "from narrate.readers import _room; _room.serve()"


def read(reader: str, source: Source) -> Article:
    """Let a reader read a source in the room. Raises SourceError."""
    article = _asked(reader, "read", source)
    blocks = tuple(Block(**block) for block in article.pop("blocks"))
    omissions = tuple(Omission(**omission) for omission in article.pop("omissions"))
    return Article(**article, blocks=blocks, omissions=omissions)


def entries(source: Source) -> tuple[Entry, ...]:
    """List the articles of a feed, parsed in the room. Raises SourceError."""
    from narrate.readers import feed

    return tuple(feed.entry_of(fields) for fields in _asked("feed", "entries", source))


def open_room() -> None:
    """Start the room without waiting for it, while there is something else to wait for."""
    with _lock:
        _opened()


def close_room() -> None:
    """End the room, if it is open."""
    global _process
    with _lock:
        process, _process = _process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


_lock = threading.RLock()
_process: subprocess.Popen[bytes] | None = None
atexit.register(close_room)


def _forget() -> None:
    """Leave the room to the parent: a forked process that asked in it would get the parent's answers."""
    global _process, _lock
    _process, _lock = None, threading.RLock()


os.register_at_fork(after_in_child=_forget) if hasattr(os, "register_at_fork") else None


def _opened() -> subprocess.Popen[bytes]:
    global _process
    if _process is not None and _process.poll() is not None:
        close_room()
    if _process is None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)}
        # The room turns into many short processes; threads that stand by would only take memory.
        environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-X", "utf8", "-c", _SERVE]
        pipe = subprocess.PIPE
        _process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment)
    return _process


def _asked(reader: str, wanted: str, source: Source) -> Any:
    limits = {"memory": MOST_MEMORY, "seconds": MOST_SECONDS}
    named = {"name": source.name, "media_type": source.media_type, "size": len(source.data)}
    request = json.dumps({"reader": reader, "wanted": wanted, **named, **limits}).encode() + b"\n"
    with _lock:
        # A room that nobody used for a while has closed itself: then a new one is opened, once.
        answer = _told(request, source) or _told(request, source)
    if not answer:
        raise SourceError(f"{source.name}: so broken that its reader crashed; save it as plain text")
    found = json.loads(answer)
    if "error" in found:
        raise SourceError(found["error"])
    return found["found"]


def _told(request: bytes, source: Source) -> bytes:
    """Hand in a request and return the answer; b"" when the room closed without one."""
    process = _opened()
    assert process.stdin is not None and process.stdout is not None
    try:
        if not hasattr(os, "fork"):
            # Where processes do not fork, a room serves one source.
            return process.communicate(request + source.data, MOST_SECONDS)[0]
        process.stdin.write(request)
        process.stdin.write(source.data)
        process.stdin.flush()
        return _line(process.stdout, time.monotonic() + MOST_SECONDS + GRACE)
    except (TimeoutError, subprocess.TimeoutExpired) as error:
        process.kill()
        close_room()
        raise SourceError(
            f"{source.name}: takes over {MOST_SECONDS:g} seconds to read; save it as plain text"
        ) from error
    except OSError:
        close_room()
        return b""


def _line(pipe: IO[bytes], ends: float) -> bytes:
    """Read one line, however long, before a point in time. Raises TimeoutError."""
    pieces: list[bytes] = []
    while not (pieces and pieces[-1].endswith(b"\n")):
        if not select.select([pipe], [], [], max(0.0, ends - time.monotonic()))[0]:
            raise TimeoutError
        piece = os.read(pipe.fileno(), CHUNK)
        if not piece:
            close_room()
            return b""
        pieces.append(piece)
    return b"".join(pieces)
