"""The room in which sources of strangers are read: each in a process of its own, which costs a few milliseconds.

Libraries are loaded once; then each source is read by a fork, which has its own bounds on memory and time.
Whatever happens to it, the room goes on.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import select
import signal
import sys
import time
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from narrate import plugins
from narrate.errors import NarrateError
from narrate.readers import Source

IDLE = 30.0
"""Seconds without a request after which the room closes, so that its memory is free for speaking."""
CHUNK = 1 << 20
"""Bytes of an answer taken at a time."""


def serve() -> None:
    """Answer requests on standard input with one line each on standard output, until it ends or nothing comes."""
    asked = sys.stdin.buffer
    # Libraries that print must not spoil the answers.
    told = os.dup(1)
    os.dup2(2, 1)
    while not hasattr(os, "fork") or select.select([asked], [], [], IDLE)[0]:
        line = asked.readline()
        if not line:
            return
        request = json.loads(line)
        source = Source(request["name"], asked.read(request["size"]), request["media_type"])
        _write(told, _answered(request, source) + b"\n")


def _answered(request: Mapping[str, Any], source: Source) -> bytes:
    reader = plugins.load("readers", request["reader"])
    getattr(reader, "prepare", lambda: None)()
    if not hasattr(os, "fork"):
        return worked(reader, request, source)
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        _limit(request)
        _write(theirs, worked(reader, request, source))
        os._exit(0)
    os.close(theirs)
    try:
        answer = _taken(ours, time.monotonic() + request["seconds"])
    except TimeoutError:
        os.kill(child, signal.SIGKILL)
        return _error(f"{source.name}: takes over {request['seconds']:g} seconds to read; save it as plain text")
    finally:
        os.close(ours)
        os.waitpid(child, 0)
    return answer or _error(f"{source.name}: so broken that its reader crashed; save it as plain text")


def worked(reader: ModuleType, request: Mapping[str, Any], source: Source) -> bytes:
    """Do what is asked, and put what came of it in a line of JSON."""
    try:
        found = getattr(reader, request["wanted"])(source)
        plain = [one.fields() for one in found] if isinstance(found, tuple) else dataclasses.asdict(found)
        return json.dumps({"found": plain}).encode()
    except NarrateError as error:
        return _error(str(error))
    except MemoryError:
        return _error(f"{source.name}: needs over {request['memory'] >> 20} MB of memory; cut it into parts")
    except Exception as error:
        # Whatever else a library throws on a broken file: the file is at fault, and its user is told so.
        return _error(f"{source.name}: too broken to read ({type(error).__name__}); save it as plain text")


def _error(message: str) -> bytes:
    return json.dumps({"error": message}).encode()


def _limit(request: Mapping[str, Any]) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        seconds = int(request["seconds"]) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (request["memory"], request["memory"]))


def _taken(pipe: int, ends: float) -> bytes:
    """Read a pipe to its end before a point in time. Raises TimeoutError."""
    pieces: list[bytes] = []
    while True:
        if not select.select([pipe], [], [], max(0.0, ends - time.monotonic()))[0]:
            raise TimeoutError
        piece = os.read(pipe, CHUNK)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)


def _write(pipe: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(pipe, rest) :]
