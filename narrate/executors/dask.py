"""Any existing Dask cluster: `--executor dask://HOST:PORT`, a line a task."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.errors import EngineError
from narrate.executors import Job, Result

if TYPE_CHECKING:
    from distributed import Client, Future

WINDOW = 4
"""Tasks in flight per thread of the cluster: a long book does not fill the scheduler's memory."""

RETRIES = 3
"""Times that the scheduler gives a lost task to another worker."""

LOUD = ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio")
"""Loggers to which Dask gives a handler of their own, or that tell of its connections."""

CONNECTING = 10.0
"""Seconds to wait for the scheduler's first answer."""

WAITING = 60.0
"""Seconds without one worker after which the cluster counts as lost."""


@dataclass(frozen=True, slots=True)
class At:
    """The cluster at an address, HOST:PORT."""

    address: str

    def run(self, work: Callable[[Job], Result], jobs: Iterable[Job], workers: int) -> Iterator[Result]:
        """Yield `work(job)` for each job, in order; the cluster decides how many at once.

        Raises what `work` raised, or EngineError when the cluster cannot be reached or is lost.
        """
        client = _connected(self.address)
        try:
            yield from _results(client, work, iter(jobs))
        except (OSError, RuntimeError) as error:
            raise self._lost(error) from error
        finally:
            client.close(timeout=CONNECTING)

    def _lost(self, error: Exception) -> EngineError:
        return EngineError(
            f"the Dask cluster at {self.address} was lost ({type(error).__name__}); what was spoken is kept: run again"
        )


def at(address: str) -> At:
    """Name the cluster to use."""
    return At(address)


def run(work: Callable[[Job], Result], jobs: Iterable[Job], workers: int) -> Iterator[Result]:
    """Refuse: a cluster has an address. Raises EngineError."""
    raise EngineError("dask needs the scheduler's address: --executor dask://HOST:PORT")
    yield  # makes this an iterator, as every executor's `run` is


def _connected(address: str) -> Client:
    import distributed

    # They log every lost connection with a traceback; what a user can act on is raised as an error.
    for name in LOUD:
        logging.getLogger(name).handlers[:] = [logging.NullHandler()]
        logging.getLogger(name).propagate = False
    try:
        return distributed.Client(f"tcp://{address}", timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise EngineError(f"no Dask scheduler answers at {address}; start one, or use --executor processes") from error


def _results(client: Client, work: Callable[[Job], Result], queue: Iterator[Job]) -> Iterator[Result]:
    from distributed import CancelledError, KilledWorker

    ahead: deque[Future[Result]] = deque()
    try:
        _hand_out(client, work, queue, ahead)
        while ahead:
            result: Result = _awaited(client, ahead[0])
            ahead.popleft()
            _hand_out(client, work, queue, ahead)
            yield result
    except KilledWorker as error:
        last = error.last_worker.address
        raise EngineError(f"a line killed {RETRIES + 1} workers of the cluster, the last at {last}") from error
    except CancelledError as error:
        raise ConnectionError(str(error)) from error


def _awaited(client: Client, future: Future[Result]) -> Result:
    """Wait for a result as long as there is somebody to compute it."""
    from distributed import TimeoutError

    while True:
        try:
            result: Result = future.result(timeout=WAITING)
            return result
        except TimeoutError:
            if client.status != "running" or not client.scheduler_info()["workers"]:
                raise ConnectionError("no worker is left") from None


def _hand_out(
    client: Client, work: Callable[[Job], Result], queue: Iterator[Job], ahead: deque[Future[Result]]
) -> None:
    threads = sum(client.nthreads().values()) or 1
    while len(ahead) < threads * WINDOW:
        try:
            job = next(queue)
        except StopIteration:
            return
        ahead.append(client.submit(work, job, pure=False, retries=RETRIES))
