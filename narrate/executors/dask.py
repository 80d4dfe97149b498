"""Any existing Dask cluster: `--executor dask://HOST:PORT`, a line a task."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Generic

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

ROSTER = 2.0
"""Seconds after which the cluster is asked again how many threads it has: workers come and go."""

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
            yield from _Queue(client, work, iter(jobs)).results()
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


class _Queue(Generic[Job, Result]):
    """Jobs handed out in order, as many as keep the cluster busy."""

    def __init__(self, client: Client, work: Callable[[Job], Result], jobs: Iterator[Job]) -> None:
        self._client = client
        self._work = work
        self._jobs = jobs
        self._ahead: deque[Future[Result]] = deque()
        self._threads = 1
        self._counted = -ROSTER

    def results(self) -> Iterator[Result]:
        """Yield the results in order. Raises what the work raised, EngineError or ConnectionError."""
        from distributed import CancelledError, KilledWorker

        try:
            self._hand_out()
            while self._ahead:
                self._await(self._ahead[0])
                ready = list(takewhile(lambda future: future.status == "finished", self._ahead)) or [self._ahead[0]]
                results: list[Result] = self._client.gather(ready)
                for _ in results:
                    self._ahead.popleft()
                self._hand_out()
                yield from results
        except KilledWorker as error:
            last = error.last_worker.address
            raise EngineError(f"a line killed {RETRIES + 1} workers of the cluster, the last at {last}") from error
        except CancelledError as error:
            raise ConnectionError(str(error)) from error

    def _await(self, future: Future[Result]) -> None:
        """Wait for a result as long as there is somebody to compute it."""
        from distributed import TimeoutError, wait

        while not future.done():
            try:
                with self._client.as_current():
                    wait(future, timeout=WAITING)
            except TimeoutError:
                if self._client.status != "running" or not self._client.scheduler_info()["workers"]:
                    raise ConnectionError("no worker is left") from None

    def _hand_out(self) -> None:
        """Fill the window when half of it is empty: many jobs in one message cost little more than one."""
        window = self._count() * WINDOW
        if len(self._ahead) <= window // 2 and (batch := list(islice(self._jobs, window - len(self._ahead)))):
            self._ahead.extend(self._client.map(self._work, batch, pure=False, retries=RETRIES))

    def _count(self) -> int:
        """Return how many threads the cluster has, or had a moment ago."""
        if time.monotonic() - self._counted >= ROSTER:
            self._threads = sum(self._client.nthreads().values()) or 1
            self._counted = time.monotonic()
        return self._threads
