"""A Dask cluster of separate processes on loopback: it speaks, loses workers, and is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import ROOT, Bench

pytest.importorskip("distributed")

from narrate import plugins
from narrate.errors import EngineError

MAKE = ("--engine", "tone", "--format", "mp3,script")


class Cluster:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.port = _free_port()
        self._environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}",
            "NARRATE_CACHE": str(folder / "cache"),
        }
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")
        worker = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder / "dask"))
        self.workers = [self._start("worker", f"tcp://127.0.0.1:{self.port}", *worker) for _ in range(workers)]

    def _start(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + what, *arguments]
        return subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @property
    def address(self) -> str:
        """HOST:PORT of the scheduler."""
        return f"127.0.0.1:{self.port}"

    def end(self) -> None:
        """Kill what is left."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Two workers of one thread."""
    made = Cluster(tmp_path / "bench", 2)
    yield made
    made.end()


def double(number: int) -> int:
    """Work that takes a moment."""
    time.sleep(0.05)
    return 2 * number


def fail(number: int) -> int:
    """Fail as an engine does."""
    raise EngineError(f"no sound for {number}")


def test_a_map_in_order_with_errors_of_ours(cluster: Cluster) -> None:
    """Results come in order, and an error of the work is raised as itself."""
    executor = plugins.load("executors", "dask").at(cluster.address)
    assert list(executor.run(double, range(30), 0)) == [2 * n for n in range(30)]
    with pytest.raises(EngineError, match="no sound for 0"):
        list(executor.run(fail, range(3), 0))


def test_an_edition_made_by_a_cluster_that_loses_a_worker(tmp_path: Path, cluster: Cluster) -> None:
    """One worker of two is killed in mid-run; the edition is byte for byte that of this process."""
    alone, bench = Bench(tmp_path / "alone"), Bench(tmp_path / "bench")
    alone.prepare(6)
    bench.prepare(6)
    assert alone.run(*MAKE, "--executor", "inline")[0] == 0
    run = bench.start(*MAKE, "--executor", f"dask://{cluster.address}")
    clips = bench.folder / "cache" / "clips"
    while run.poll() is None and len(list(clips.glob("*/*.clip"))) < 10:
        time.sleep(0.01)
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    _, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors
    ours, theirs = alone.made(), bench.made()
    assert ours["the-ferry.mp3"] == theirs["the-ferry.mp3"]


def test_a_lost_scheduler_is_a_line_and_the_next_run_goes_on(tmp_path: Path, cluster: Cluster) -> None:
    """The scheduler is killed in mid-run: exit 1, what was spoken is kept, and a run without it finishes."""
    bench = Bench(tmp_path / "bench")
    bench.prepare(20)
    run = bench.start(*MAKE, "--executor", f"dask://{cluster.address}")
    clips = bench.folder / "cache" / "clips"
    while run.poll() is None and len(list(clips.glob("*/*.clip"))) < 10:
        time.sleep(0.01)
    cluster.end()
    _, errors = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "Dask cluster" in errors and "Traceback" not in errors
    kept = len(list(clips.glob("*/*.clip")))
    assert kept >= 10
    assert bench.run(*MAKE, "--executor", "inline")[0] == 0


def test_nobody_at_the_address_is_said() -> None:
    """No scheduler: a line that says what to do."""
    with pytest.raises(EngineError, match="no Dask scheduler answers"):
        list(plugins.load("executors", "dask").at(f"127.0.0.1:{_free_port()}").run(double, range(3), 0))
