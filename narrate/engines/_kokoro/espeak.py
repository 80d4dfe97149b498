"""The way to the espeak-ng worker: IPA for words that no dictionary has."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from narrate.errors import EngineError

PATIENCE = 20.0
"""Seconds for one answer; a word takes under a millisecond, the start of the worker 0.1 s."""

TRIES = 2
"""A worker that died is started once more before the failure is reported."""

ENDLESS = re.compile(r"\S{100}(?=\S)")
"""A hundred letters and more without a blank: espeak-ng drops what lies beyond some 170."""


class Espeak:
    """One worker process, started at the first question, that pronounces words."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def pronounce(self, words: Sequence[str], language: str) -> list[str]:
        """Return the IPA of each word, its sounds of several letters tied by ^. Raises EngineError."""
        question = json.dumps([language, [ENDLESS.sub(r"\g<0> ", word) for word in words]])
        with self._lock:
            for _ in range(TRIES):
                answer = self._ask(question)
                if answer:
                    return [str(word) for word in json.loads(answer)]
                self.close()
        raise EngineError("espeak-ng cannot be started to pronounce names: pip install espeakng-loader==0.2.4")

    def _ask(self, question: str) -> str:
        """Return one answer, "" when the worker died or hung."""
        process = self._process = self._process or _start()
        assert process.stdin is not None and process.stdout is not None
        watch = threading.Timer(PATIENCE, process.kill)
        watch.start()
        try:
            process.stdin.write(question + "\n")
            process.stdin.flush()
            return process.stdout.readline()
        except (OSError, ValueError):
            return ""
        finally:
            watch.cancel()

    def close(self) -> None:
        """End the worker."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what a dead worker never read
                        pipe.close()
        self._process = None

    def __del__(self) -> None:
        self.close()


def _start() -> subprocess.Popen[str]:
    worker = Path(__file__).with_name("espeak_worker.py")
    # -P: the worker's folder must not hide modules of the standard library.
    command = [sys.executable, "-P", str(worker)]
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=none, text=True, encoding="utf-8")
