"""One after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from narrate.executors import Job, Result


def run(work: Callable[[Job], Result], jobs: Iterable[Job], workers: int = 1) -> Iterator[Result]:
    """Yield `work(job)` for each job; there is one worker, this one."""
    for job in jobs:
        yield work(job)
