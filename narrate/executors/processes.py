"""Worker processes on this machine, each with the engine loaded once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Generic

from narrate.errors import EngineError
from narrate.executors import Job, Result

WINDOW = 8
"""Jobs in flight per worker: enough that none waits while the next article is read, half a second with the quickest
engine; few enough that a book does not queue at once."""

PATIENCE = 600.0
"""Seconds after which the oldest job in flight counts as hung: the slowest line takes a twentieth of that, the
first one with the making of the networks a fifth."""

ATTEMPTS = 3
"""Times that a job is handed out before its failure is the run's: a worker killed for want of memory is replaced
twice, a text that kills every worker ends the run."""


def run(work: Callable[[Job], Result], jobs: Iterable[Job], workers: int) -> Iterator[Result]:
    """Yield `work(job)` for each job, in order, computed by `workers` processes.

    Raises what `work` raised, or EngineError when a job kills or hangs every worker it is given to.
    """
    crew = _Crew(work, workers)
    try:
        yield from crew.results(iter(jobs))
    finally:
        crew.dismiss()


@dataclass(slots=True)
class _Pending(Generic[Job, Result]):
    """A job that was handed out."""

    job: Job
    future: Future[Result]
    attempts: int = 1


class _Crew(Generic[Job, Result]):
    """Workers, and what they have been given to do."""

    def __init__(self, work: Callable[[Job], Result], workers: int) -> None:
        self._work = work
        self._workers = workers
        self._pool = _pool(workers)
        self._ahead: deque[_Pending[Job, Result]] = deque()

    def results(self, queue: Iterator[Job]) -> Iterator[Result]:
        """Yield the results in order, a window of jobs ahead."""
        self._hand_out(queue)
        while self._ahead:
            oldest = self._ahead[0]
            try:
                result = oldest.future.result(PATIENCE)
            except (BrokenProcessPool, TimeoutError) as error:
                self._replace(error)
                continue
            self._ahead.popleft()
            self._hand_out(queue)
            yield result

    def dismiss(self) -> None:
        """End all workers, whatever they are doing."""
        processes = list((self._pool._processes or {}).values())  # the public shutdown waits for a hung one for ever
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        for process in processes:
            process.join()

    def _hand_out(self, queue: Iterator[Job]) -> None:
        while len(self._ahead) < self._workers * WINDOW:
            try:
                job = next(queue)
            except StopIteration:
                return
            self._ahead.append(_Pending(job, self._submit(job)))

    def _submit(self, job: Job) -> Future[Result]:
        try:
            with _deaf():
                return self._pool.submit(self._work, job)
        except BrokenProcessPool as error:  # known only by now: whoever waits for the result replaces the workers
            broken: Future[Result] = Future()
            broken.set_exception(error)
            return broken

    def _replace(self, reason: Exception) -> None:
        """Start new workers on all that is not done; give up on a job that has had its attempts."""
        oldest = self._ahead[0]
        oldest.attempts += 1
        if oldest.attempts > ATTEMPTS:
            how = "hung" if isinstance(reason, TimeoutError) else "died, perhaps for want of memory"
            raise EngineError(f"{ATTEMPTS} worker processes {how} at one line; try --workers 1") from reason
        self.dismiss()
        self._pool = _pool(self._workers)
        for pending in self._ahead:
            if not pending.future.done() or pending.future.exception():
                pending.future = self._submit(pending.job)


@contextmanager
def _deaf() -> Iterator[None]:
    """Let what is started here be born deaf to Ctrl-C, so that none complains of it while it still imports."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn, not fork: engines hold threads, and a forked thread pool hangs.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end when it ends: a worker must not outlive a parent that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(parent: int) -> None:
    wait([parent])
    os._exit(1)
