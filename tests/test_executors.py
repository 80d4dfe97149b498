"""Executors: an ordered, lazy map, wherever the work is done."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from narrate import plugins
from narrate.errors import EngineError, NarrateError

LOCAL = [name for name in plugins.names("executors") if name != "dask"]


def square(number: int) -> int:
    """Work of no weight."""
    return number * number


def fail_at_three(number: int) -> int:
    """Fail as an engine does."""
    if number == 3:
        raise EngineError("three")
    return number


def die(number: int) -> int:
    """Die as a worker without memory does."""
    os._exit(9)


@pytest.mark.parametrize("name", LOCAL)
def test_results_come_in_order(name: str) -> None:
    """As many results as jobs, in their order."""
    assert list(plugins.load("executors", name).run(square, range(20), 2)) == [n * n for n in range(20)]


@pytest.mark.parametrize("name", LOCAL)
def test_an_error_comes_where_its_result_would(name: str) -> None:
    """What was done before an error is handed over first."""
    results = plugins.load("executors", name).run(fail_at_three, range(6), 2)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(EngineError, match="three"):
        next(results)


@pytest.mark.parametrize("name", LOCAL)
def test_jobs_are_taken_as_they_are_needed(name: str) -> None:
    """A book does not queue at once."""
    taken = 0

    def jobs() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = plugins.load("executors", name).run(square, jobs(), 2)
    next(results)
    assert taken < 50
    results.close()


def test_a_dead_worker_is_a_clear_error() -> None:
    """A worker that vanishes ends the run with a line, not with a hang."""
    with pytest.raises(NarrateError, match="worker"):
        list(plugins.load("executors", "processes").run(die, range(3), 2))


def die_once(marker: str) -> str:
    """Kill the worker that gets this job first."""
    path = Path(marker)
    if not path.exists():
        path.write_text("died here")
        os._exit(9)
    return "survived"


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    """The job that a killed worker held is done by its successor, and none is lost or done out of order."""
    markers = [str(tmp_path / name) for name in "abc"]
    assert list(plugins.load("executors", "processes").run(die_once, markers, 1)) == ["survived"] * 3


def hang_once(marker: str) -> str:
    """Hang the worker that gets this job first."""
    path = Path(marker)
    if not path.exists():
        path.write_text("hung here")
        time.sleep(3600)
    return "survived"


def test_a_hung_worker_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that takes for ever is taken away and given to another worker."""
    module = plugins.load("executors", "processes")
    monkeypatch.setattr(module, "PATIENCE", 3.0)
    assert list(module.run(hang_once, [str(tmp_path / "a")], 1)) == ["survived"]


def test_workers_end_with_their_parent() -> None:
    """A parent killed outright leaves no worker behind."""
    code = (
        "import os, signal, tests.test_executors as t\n"
        "from narrate import plugins\n"
        "if __name__ == '__main__':\n"
        "    r = plugins.load('executors', 'processes').run(t.own_pid, range(8), 1)\n"
        "    print(next(r), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parent.parent)
    worker = int(run.stdout)
    for _ in range(100):
        if not Path(f"/proc/{worker}").exists():
            return
        time.sleep(0.1)
    pytest.fail(f"worker {worker} outlived its parent")


def own_pid(job: int) -> int:
    """Tell which process works."""
    return os.getpid()
