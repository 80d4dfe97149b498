"""Many sources, one run: lines of all articles flow through the workers, a failure stops nothing else.

While the lines of one article are spoken, the one before it is mixed and written in a thread
beside, and the next one is read.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from queue import SimpleQueue
from threading import Thread
from typing import Literal

from narrate import pipeline, readers, speaking
from narrate.errors import NarrateError, SourceError
from narrate.library import Library
from narrate.model import Edition
from narrate.options import Options, kept
from narrate.store import sweep

FIRST = 60.0
"""Seconds of sound that are worth listening to while the rest is made."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source."""

    source: str
    status: Literal["made", "unchanged", "failed"]
    folder: str = ""
    """Where the edition lies."""
    why: str = ""
    """What went wrong."""
    seconds: float = 0.0
    """Length of the programme."""
    edition: Edition | None = None
    """What was made."""


@dataclass(slots=True)
class _Under:
    """An article under way: its plan, and what has become of its lines."""

    source: str
    number: int
    """Its place among all sources."""
    plan: pipeline.Plan
    left: int
    """Lines still to be spoken."""
    fault: NarrateError | None = None
    seconds: float = 0.0
    """Sound that is ready."""


def make_all(
    names: Iterable[str],
    out: str,
    options: Options,
    heard: Callable[[pipeline.Progress], None] = lambda progress: None,
    told: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Make the edition of every source that has changed, tell of each as it is done, and return all in order.

    `out` is a folder, or the address of one in an object store. Raises only what ends the run
    for all, such as a lost cluster; whatever is wrong with one source is its outcome.
    """
    run = _Run(out, options, heard, told)
    executor = pipeline.executor_of(options.executor)
    jobs = run.jobs(names)
    first = next(jobs, None)
    if first is None:
        return run.outcomes
    workers = options.workers or speaking.engine(first.voice.engine).workers()
    try:
        for spoken in executor.run(speaking.attempt, chain([first], jobs), workers):
            run.take(spoken)
    except NarrateError:
        run.wait()  # what was spoken before is worth writing
        raise
    run.wait()
    return run.outcomes


class _Run:
    """One run over many sources: articles begin as jobs are asked for, and end as results come."""

    def __init__(
        self,
        out: str,
        options: Options,
        heard: Callable[[pipeline.Progress], None],
        told: Callable[[Outcome], None],
    ) -> None:
        self._ended: list[tuple[int, Outcome]] = []
        self._count = 0
        self._library = Library(out)
        self._options = options
        self._heard = heard
        self._told = told
        self._under: list[_Under] = []
        self._press = _Press(self._finish)

    @property
    def outcomes(self) -> list[Outcome]:
        """What became of the sources that are done, in their order."""
        return [outcome for _, outcome in sorted(self._ended, key=lambda ended: ended[0])]

    def jobs(self, names: Iterable[str]) -> Iterator[speaking.Job]:
        """Yield the jobs of all articles, reading each when its turn comes."""
        for name, read in self._articles(names):
            self._count += 1
            try:
                plan = self._plan(name, read())
            except NarrateError as error:
                self._end(self._count, Outcome(name, "failed", why=str(error)))
                continue
            if plan is not None:
                self._under.append(_Under(name, self._count, plan, len(plan.jobs)))
                yield from plan.jobs

    def take(self, spoken: speaking.Spoken | NarrateError) -> None:
        """Take the next result, which is the oldest article's."""
        under = self._under[0]
        index = len(under.plan.jobs) - under.left
        under.left -= 1
        if isinstance(spoken, NarrateError):
            under.fault = under.fault or spoken
        else:
            speaking.look(under.plan.jobs[index], spoken)
            self._heard(pipeline.Progress(under.plan.script, under.plan.roles, index, spoken))
            self._begin(under, index, spoken.seconds)
        if not under.left:
            self._press.take(self._under.pop(0))

    def wait(self) -> None:
        """Wait until all is written."""
        self._press.close()

    def _articles(self, names: Iterable[str]) -> Iterator[tuple[str, Callable[[], readers.Source]]]:
        """Yield each article's name and how to get it; a feed is as many as it has entries."""
        for name in names:
            try:
                source = readers.fetch(name, self._options.private)
                entries = readers.entries(source)
            except NarrateError as error:
                yield name, partial(_failed, error)
                continue
            if not entries:
                yield name, partial(_same, source)
                continue
            done = self._library.sources()
            for entry in entries:
                if entry.id in done and not self._options.fresh:
                    self._count += 1
                    self._end(self._count, Outcome(entry.id, "unchanged", self._library.place(done[entry.id])))
                else:
                    yield entry.id, partial(readers.fetch_entry, entry, self._options.private)

    def _plan(self, name: str, source: readers.Source) -> pipeline.Plan | None:
        """Read a source, and return how it is to be made; None when that has been done."""
        script = pipeline.read_script(source, self._options)
        if not script.lines:
            raise SourceError(f"{name}: nothing in it is to be read aloud")
        plan = pipeline.prepare(script, self._library.folder, self._options)
        slug = self._library.slug(plan.folder.name, name)
        plan = replace(plan, folder=plan.folder.with_name(slug))
        if self._options.fresh or not self._library.holds(slug, plan.digest):
            return plan
        sweep(plan.folder)
        seconds = self._library.mark(slug).seconds
        self._end(self._count, Outcome(name, "unchanged", self._library.place(slug), seconds=seconds))
        return None

    def _begin(self, under: _Under, index: int, seconds: float) -> None:
        """Write the first minute when it is there, if that was asked for."""
        before, under.seconds = under.seconds, under.seconds + seconds
        if self._options.early and not under.fault and before < FIRST <= under.seconds and under.left:
            pipeline.write_beginning(under.plan, index + 1, self._options)

    def _finish(self, under: _Under) -> None:
        """Mix and write an article whose lines are all spoken."""
        try:
            if under.fault:
                raise under.fault
            self._end(under.number, self._made(under))
        except NarrateError as error:
            self._end(under.number, Outcome(under.source, "failed", why=str(error)))

    def _made(self, under: _Under) -> Outcome:
        plan, slug = under.plan, under.plan.folder.name
        jobs = [replace(job, fresh=False) for job in plan.jobs]
        with self._library.workshop(slug) as folder:
            edition = pipeline.finish(replace(plan, folder=folder), speaking.Clips(jobs), self._options)
            shutil.rmtree(plan.folder / pipeline.BEGINNING, ignore_errors=True)
            seconds = edition.samples / edition.rate
            self._library.keep(folder, under.source, plan.digest, seconds, kept(self._options))
        return Outcome(under.source, "made", self._library.place(slug), seconds=seconds, edition=edition)

    def _end(self, number: int, outcome: Outcome) -> None:
        self._ended.append((number, outcome))
        self._told(outcome)


class _Press:
    """A thread that finishes one article after the other while the next ones are read and spoken."""

    def __init__(self, finish: Callable[[_Under], None]) -> None:
        self._finish = finish
        self._waiting: SimpleQueue[_Under | None] = SimpleQueue()
        self._faults: list[BaseException] = []
        self._thread = Thread(target=self._run, daemon=True)  # who interrupts the run does not wait for it

    def take(self, under: _Under) -> None:
        """Finish an article when its turn comes. Raises what was wrong with one before it and is nobody's outcome."""
        self._raise()
        self._waiting.put(under)
        if not self._thread.ident:
            self._thread.start()

    def close(self) -> None:
        """Wait until all articles are finished. Raises as `take` does."""
        self._waiting.put(None)
        if self._thread.ident:
            self._thread.join()
        self._raise()

    def _run(self) -> None:
        try:
            while under := self._waiting.get():
                self._finish(under)
        except BaseException as error:
            self._faults.append(error)

    def _raise(self) -> None:
        for fault in self._faults:
            raise fault


def _same(source: readers.Source) -> readers.Source:
    return source


def _failed(error: NarrateError) -> readers.Source:
    raise error


def failures(outcomes: Sequence[Outcome]) -> int:
    """Count what failed."""
    return sum(outcome.status == "failed" for outcome in outcomes)
