"""Executors: where the work is done. An executor is one module here with `run`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


class Executor(Protocol):
    """What every executor module offers: an ordered, lazy map."""

    def run(self, work: Callable[[Job], Result], jobs: Iterable[Job], workers: int) -> Iterator[Result]:
        """Yield `work(job)` for each job, in order, at most a window of jobs ahead of the reader.

        `work` is a module-level function, so that it can be sent to another process. An error
        of `work` is raised where its result would have been.
        """
