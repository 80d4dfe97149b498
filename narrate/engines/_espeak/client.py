"""Our end of the wire to the process that espeak-ng lives in."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from narrate.errors import EngineError

WORKER = Path(__file__).with_name("worker.py")


class Worker:
    """A worker process: started at the first question, started again when it has died."""

    def __init__(self, role: str) -> None:
        """Take note of the role ("phonemes", "talk" or "voices"); nothing starts yet."""
        self._role = role
        self._owner = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] = lambda: None
        self._lock = threading.Lock()

    def ask(self, request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send a request and wait for its answer at most so long: its fields, and the bytes behind them.

        Raises EngineError when the worker says what is wrong, dies or hangs.
        """
        with self._lock:
            header, body = self._exchange(json.dumps(request).encode() + b"\n", seconds)
        if "error" in header:
            raise EngineError(f"the system's voice failed: {header['error']}")
        return header, body

    def close(self) -> None:
        """End the process, if it runs."""
        self._end()

    def _exchange(self, request: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        try:
            process.stdin.write(request)
            process.stdin.flush()
            header = json.loads(process.stdout.readline())
            body = process.stdout.read(header["bytes"])
            if len(body) < header["bytes"]:
                raise EOFError
        except (OSError, ValueError, EOFError) as error:
            self.close()
            raise EngineError(
                f"espeak-ng gave no answer ({self._role}); is it whole? pip install --force-reinstall espeakng-loader"
            ) from error
        finally:
            alarm.cancel()
        return header, body

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the process, started if it must be."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self._end()
            self._owner = os.getpid()
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(WORKER), self._role],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._end = weakref.finalize(self, _ended, self._process, self._owner)
        return self._process


def _ended(process: subprocess.Popen[bytes], owner: int) -> None:
    """End a process and close its pipes, unless it belongs to the process that we were forked from."""
    if owner == os.getpid():
        process.kill()
        with contextlib.suppress(OSError):
            process.communicate()
