"""Worker processes on this machine, each with the engine loaded once."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from narrate.errors import EngineError
from narrate.executors import Job, Result

WINDOW = 4
"""Jobs in flight per worker: enough that none waits for the reader, few enough that a book does not queue at once."""


def run(work: Callable[[Job], Result], jobs: Iterable[Job], workers: int) -> Iterator[Result]:
    """Yield `work(job)` for each job, in order, computed by `workers` processes.

    Raises what `work` raised, or EngineError when a worker died.
    """
    # spawn, not fork: engines hold threads, and a forked thread pool hangs.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_leave_interrupts)
    try:
        queue = iter(jobs)
        ahead: deque[Future[Result]] = deque(pool.submit(work, job) for job in islice(queue, workers * WINDOW))
        while ahead:
            result = ahead.popleft().result()
            ahead.extend(pool.submit(work, job) for job in islice(queue, 1))
            yield result
    except BrokenProcessPool as error:
        raise EngineError("a worker process died, perhaps for want of memory; try --workers 1") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _leave_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its workers
