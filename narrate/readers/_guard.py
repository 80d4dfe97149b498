"""A room of its own for reading what strangers made: bounded memory and time, and a crash stays in it.

PDF, HTML and XML are parsed by C code, and PDF can be anything; a process of its own makes a
clear error of what would be a hang, a crash or a full memory.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import subprocess
import sys
from typing import Any

from narrate import plugins
from narrate.errors import NarrateError, SourceError
from narrate.model import Article, Block, Omission
from narrate.readers import Source

MOST_MEMORY = 512 * 1024 * 1024
"""Bytes of memory for reading one source."""
MOST_SECONDS = 120
"""Seconds for reading one source; a book of 1,000 pages takes ten."""
_SERVE = "from narrate.readers import _guard; _guard.serve()"


def read(reader: str, source: Source) -> Article:
    """Let a reader read a source in a process of its own. Raises SourceError."""
    answer = _asked(reader, source)
    article = answer["article"]
    blocks = tuple(Block(**block) for block in article.pop("blocks"))
    omissions = tuple(Omission(**omission) for omission in article.pop("omissions"))
    return Article(**article, blocks=blocks, omissions=omissions)


def _asked(reader: str, source: Source) -> dict[str, Any]:
    name = source.name
    request = json.dumps({"reader": reader, "name": name, "media_type": source.media_type})
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)}
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", _SERVE],
            input=request.encode() + b"\n" + source.data,
            capture_output=True,
            timeout=MOST_SECONDS,
            env=environment,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"{name}: takes over {MOST_SECONDS} seconds to read; save it as plain text") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise SourceError(f"{name}: so broken that its reader crashed; save it as plain text") from error
    if "error" in answer:
        raise SourceError(answer["error"])
    assert isinstance(answer, dict)
    return answer


def serve() -> None:
    """Read one source, named on standard input, within the limits; answer in JSON."""
    _limit()
    request = json.loads(sys.stdin.buffer.readline())
    source = Source(request["name"], sys.stdin.buffer.read(), request["media_type"])
    # Libraries that print must not spoil the answer.
    out, sys.stdout = sys.stdout, sys.stderr
    try:
        answer: dict[str, Any] = {
            "article": dataclasses.asdict(plugins.load("readers", request["reader"]).read(source))
        }
    except NarrateError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": f"{source.name}: needs over {MOST_MEMORY >> 20} MB of memory; cut it into parts"}
    except Exception as error:
        # Whatever else a library throws on a broken file: the file is at fault, and its user is told so.
        answer = {"error": f"{source.name}: too broken to read ({type(error).__name__}); save it as plain text"}
    json.dump(answer, out)
    out.flush()


def _limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
