"""Real runs of `narrate make` that are killed, starved and damaged, for the test and for the long benchmark."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent

PARAGRAPH = (
    "The ferry to {place} sailed on Friday whatever the wind did, and nobody asked why.\n\n"
    "“It has sailed every Friday since I was a boy,” said Tom Hart, who keeps the pier at {place}. “It will again.”\n\n"
)
PLACES = ("North Bay", "South Bay", "West Bay", "East Bay", "Long Bay", "Deep Bay")


@dataclass(frozen=True, slots=True)
class End:
    """How a run ended."""

    running: bool
    """Whether it ran when the signal came."""
    code: int
    errors: str
    """What it said on standard error."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder with an article, a cache and an output of its own."""

    folder: Path

    @property
    def article(self) -> Path:
        """The source."""
        return self.folder / "ferry.md"

    def prepare(self, rounds: int = 2) -> None:
        """Write an article of `rounds` times twelve paragraphs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = "".join(PARAGRAPH.format(place=f"{place} {n}") for n in range(rounds) for place in PLACES)
        self.article.write_text(f"# The ferry\n\nBy Ann Lee\n\n{text}", encoding="utf-8")

    def start(self, *arguments: str, limit: int = 0) -> subprocess.Popen[str]:
        """Start a run in a process group of its own; `limit` bounds the size of any file that it writes, bytes."""
        command = [
            sys.executable,
            "-m",
            "narrate",
            "make",
            self.article.name,
            "-o",
            "out",
            *arguments,
        ]
        shell = f'ulimit -f {limit // 1024}; exec "$@"' if limit else 'exec "$@"'
        return subprocess.Popen(
            ["bash", "-c", shell, "bash", *command],
            env={**os.environ, "NARRATE_CACHE": str(self.folder / "cache"), "PYTHONPATH": str(ROOT)},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, limit: int = 0) -> tuple[int, str]:
        """Run to the end; return exit code and standard error."""
        process = self.start(*arguments, limit=limit)
        _, errors = process.communicate(timeout=300)
        return process.returncode, errors

    def ended_after(self, seconds: float, number: int, *arguments: str) -> End:
        """Start a run and send it a signal, its workers too if it is to be killed outright."""
        process = self.start(*arguments)
        try:
            _, errors = process.communicate(timeout=seconds)
            return End(False, process.returncode, errors)
        except subprocess.TimeoutExpired:
            send = os.killpg if number == signal.SIGKILL else os.kill
            send(process.pid, number)
            _, errors = process.communicate(timeout=60)
            return End(True, process.returncode, errors)

    def ended_at(self, phase: str, number: int, *arguments: str) -> End:
        """Start a run and send it a signal as soon as it is "speaking" or "mixing"."""
        process = self.start(*arguments)
        while process.poll() is None and not (self.clips() if phase == "speaking" else self.leftovers()):
            time.sleep(0.01)
        running = process.poll() is None
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
        return End(running, process.returncode, errors)

    def clips(self) -> list[Path]:
        """Return the files of the clips that were spoken."""
        return sorted((self.folder / "cache" / "clips").glob("*/[!.]*.clip"))

    def phase(self, clips: int) -> str:
        """Tell from what lies here what a run was at when it was killed; `clips` is how many it speaks in all."""
        if len(self.clips()) < clips:
            return "speaking" if self.clips() else "reading"
        return "writing" if list((self.folder / "out").rglob("*.mp3")) else "mixing"

    def made(self) -> dict[str, bytes]:
        """Return the finished files by name, but for those that only the program reads."""
        found = sorted((self.folder / "out").glob("*/[!.]*"))
        return {path.name: path.read_bytes() for path in found if path.is_file()}

    def leftovers(self) -> list[str]:
        """List what a finished run should have cleared away or never left."""
        return [str(path) for path in (self.folder / "out").rglob(".*") if path.name != ".made.json"]


def length_of(bench: Bench, arguments: Sequence[str]) -> float:
    """Return how long an undisturbed run takes here, seconds."""
    began = time.monotonic()
    code, errors = bench.run(*arguments)
    if code:
        raise RuntimeError(errors)
    return time.monotonic() - began
