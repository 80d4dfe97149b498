"""Whatever happens to a run, what was finished is kept and the next run makes the same bytes."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from faults import Bench, length_of

MAKE = ("--engine", "tone", "--executor", "inline", "--format", "mp3,script,vtt,edition")
KILLS = 6
"""Points of a run at which it is killed here; `benchmarks/faults.py` takes fifty."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    """What a run makes that nothing disturbs, and how long it takes."""
    bench = Bench(tmp_path_factory.mktemp("undisturbed") / "bench")
    bench.prepare()
    return (length := length_of(bench, MAKE)) and (bench.made(), length)


def test_killed_outright_and_resumed(tmp_path: Path, undisturbed: tuple[dict[str, bytes], float]) -> None:
    """SIGKILL at points spread over the run: never a half file under its name, and in the end the same bytes."""
    wanted, length = undisturbed
    bench = Bench(tmp_path / "bench")
    bench.prepare()
    killed = 0
    for point in range(1, KILLS + 1):
        killed += bench.ended_after(length * point / (KILLS + 1), signal.SIGKILL, *MAKE).running
        assert all(wanted.get(name, b"") == data for name, data in bench.made().items())
    code, errors = bench.run(*MAKE)
    assert code == 0, errors
    assert killed >= KILLS // 2
    assert bench.made() == wanted and not bench.leftovers()


@pytest.mark.parametrize(("number", "phase"), [(signal.SIGINT, "speaking"), (signal.SIGTERM, "mixing")])
def test_interrupted_and_resumed(
    tmp_path: Path, undisturbed: tuple[dict[str, bytes], float], number: signal.Signals, phase: str
) -> None:
    """Ctrl-C, or a polite request to end: one line, the exit code of shells, nothing lost, and it goes on."""
    wanted, _ = undisturbed
    bench = Bench(tmp_path / "bench")
    bench.prepare(4)
    end = bench.ended_at(phase, number, *MAKE)
    assert end.running and end.code == 128 + number, end
    assert "interrupted" in end.errors and len(end.errors.splitlines()) == 1
    bench.prepare()
    assert bench.run(*MAKE)[0] == 0
    assert bench.made() == wanted and not bench.leftovers()


def test_a_full_disk_is_said_and_overcome(tmp_path: Path, undisturbed: tuple[dict[str, bytes], float]) -> None:
    """A limit on file sizes, as a full disk: one line, exit 1, no half MP3; with room again, the same bytes."""
    wanted, _ = undisturbed
    bench = Bench(tmp_path / "bench")
    bench.prepare()
    for limit in (20 * 1024, 200 * 1024, 1024 * 1024):
        code, errors = bench.run(*MAKE, limit=limit)
        assert code == 1 and len(errors.strip().splitlines()) == 1 and "Traceback" not in errors, errors
        assert not [name for name in bench.made() if name.endswith(".mp3")]
    assert bench.run(*MAKE)[0] == 0
    assert bench.made() == wanted


def test_two_runs_at_once(tmp_path: Path, undisturbed: tuple[dict[str, bytes], float]) -> None:
    """The same article twice at the same time, one cache, one folder: both end well, with the same bytes."""
    wanted, _ = undisturbed
    bench = Bench(tmp_path / "bench")
    bench.prepare()
    ends: list[int] = []
    runs = [threading.Thread(target=lambda: ends.append(bench.run(*MAKE)[0])) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert ends == [0, 0]
    assert bench.made() == wanted and not bench.leftovers()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are another matter on this system")
def test_an_output_folder_that_vanishes(tmp_path: Path, undisturbed: tuple[dict[str, bytes], float]) -> None:
    """Its parent becomes a file in mid-run: a line and exit 1, and what was spoken is kept."""
    wanted, _ = undisturbed
    bench = Bench(tmp_path / "bench")
    bench.prepare()
    (bench.folder / "out").write_text("a file, not a folder")
    code, errors = bench.run(*MAKE)
    assert code == 1 and "Traceback" not in errors
    assert list((bench.folder / "cache").rglob("*.clip"))
    (bench.folder / "out").unlink()
    assert bench.run(*MAKE)[0] == 0
    assert bench.made() == wanted
