"""Executors: an ordered, lazy map, wherever the work is done."""

from __future__ import annotations

import os
from collections.abc import Iterator

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
