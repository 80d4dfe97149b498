"""Many sources, one run: lines of all articles flow through the workers, a failure stops nothing else.

While the lines of one article are spoken, the one before it is mixed and the next one is read.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from glob import glob, has_magic
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from narrate import pipeline, readers, speaking, store
from narrate.errors import NarrateError, SourceError
from narrate.model import Edition

if TYPE_CHECKING:
    from narrate.readers.feed import Entry

MARK = ".made.json"
"""Says what made the edition of a folder, so that an unchanged one is not made again."""

FIRST = 60.0
"""Seconds of sound that are worth listening to while the rest is made."""

LIST = "@-"
"""Stands for the sources that standard input lists."""

SALT_LENGTH = 6
"""Hexadecimal digits that tell two articles of one title apart."""


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
    plan: pipeline.Plan
    left: int
    fault: NarrateError | None = None
    seconds: float = 0.0
    """Sound that is ready."""


def sources(names: Iterable[str]) -> Iterator[str]:
    """Expand folders and patterns; all else is one source. Raises SourceError for what holds nothing."""
    for name in names:
        if "://" in name or name == "-":
            yield name
        elif Path(name).is_dir():
            yield from _found(name, (str(path) for path in Path(name).iterdir() if path.is_file()))
        elif has_magic(name) and not Path(name).exists():
            yield from _found(name, glob(name, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        else:
            yield name


def _found(name: str, paths: Iterable[str]) -> list[str]:
    visible = sorted(path for path in paths if not Path(path).name.startswith("."))
    if not visible:
        raise SourceError(f"{name}: no file there")
    return visible


def listed() -> Iterator[str]:
    """Yield the sources that standard input lists, one a line."""
    yield from (line.strip() for line in sys.stdin if line.strip())


def make_all(
    names: Iterable[str],
    out: str,
    options: pipeline.Options,
    heard: Callable[[pipeline.Progress], None] = lambda progress: None,
    told: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Make the edition of every source that has changed, and tell of each as it is done.

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
    for spoken in executor.run(speaking.attempt, _chained(first, jobs), workers):
        run.take(spoken)
    return run.outcomes


def _chained(first: speaking.Job, rest: Iterator[speaking.Job]) -> Iterator[speaking.Job]:
    yield first
    yield from rest


class _Run:
    """One run over many sources: articles begin as jobs are asked for, and end as results come."""

    def __init__(
        self,
        out: str,
        options: pipeline.Options,
        heard: Callable[[pipeline.Progress], None],
        told: Callable[[Outcome], None],
    ) -> None:
        self.outcomes: list[Outcome] = []
        self._out = out
        self._options = options
        self._heard = heard
        self._told = told
        self._under: list[_Under] = []

    def jobs(self, names: Iterable[str]) -> Iterator[speaking.Job]:
        """Yield the jobs of all articles, reading each when its turn comes."""
        for name, read in self._articles(names):
            try:
                plan = self._plan(name, read())
            except NarrateError as error:
                self._end(Outcome(name, "failed", why=str(error)))
                continue
            if plan is not None:
                self._under.append(_Under(name, plan, len(plan.jobs)))
                yield from plan.jobs

    def take(self, spoken: speaking.Spoken | NarrateError) -> None:
        """Take the next result, which is the oldest article's."""
        under = self._under[0]
        index = len(under.plan.jobs) - under.left
        under.left -= 1
        if isinstance(spoken, NarrateError):
            under.fault = under.fault or spoken
        else:
            self._heard(pipeline.Progress(under.plan.script, under.plan.roles, index, spoken))
            self._begin(under, index, spoken.seconds)
        if not under.left:
            self._finish(self._under.pop(0))

    def _articles(self, names: Iterable[str]) -> Iterator[tuple[str, Callable[[], readers.Source]]]:
        """Yield each article's name and how to get it; a feed is as many as it has entries."""
        for name in names:
            try:
                source = readers.fetch(name, self._options.private)
                entries = readers.entries(source)
            except NarrateError as error:
                self._end(Outcome(name, "failed", why=str(error)))
                continue
            if not entries:
                yield name, partial(_same, source)
                continue
            done = self._done()
            for entry in entries:
                if entry.id in done and not self._options.fresh:
                    self._end(Outcome(entry.id, "unchanged", self._place(done[entry.id])))
                else:
                    yield entry.id, partial(_entry, entry, self._options.private)

    def _done(self) -> dict[str, str]:
        """Return source → folder's name of the editions that lie in a local folder."""
        folders = [] if self._remote() else [path.parent.name for path in Path(self._out).glob(f"*/{MARK}")]
        return {str(self._mark(slug).get("source")): slug for slug in folders}

    def _begin(self, under: _Under, index: int, seconds: float) -> None:
        """Write the first minute when it is there, if that was asked for."""
        before, under.seconds = under.seconds, under.seconds + seconds
        if self._options.early and not under.fault and before < FIRST <= under.seconds and under.left:
            pipeline.write_beginning(under.plan, index + 1, self._options)

    def _plan(self, name: str, source: readers.Source) -> pipeline.Plan | None:
        """Read a source, and return how it is to be made; None when that has been done."""
        script = pipeline.read_script(source, self._options)
        if not script.lines:
            raise SourceError(f"{name}: nothing in it is to be read aloud")
        plan = pipeline.prepare(script, Path(self._local()), self._options)
        slug = self._free_slug(plan, name)
        plan = replace(plan, folder=plan.folder.parent / slug)
        mark = self._mark(slug)
        if mark.get("digest") == plan.digest and not self._options.fresh and self._all_there(slug, mark):
            seconds = mark.get("seconds")
            length = float(seconds) if isinstance(seconds, int | float) else 0.0
            self._end(Outcome(name, "unchanged", self._place(slug), seconds=length))
            return None
        return plan

    def _finish(self, under: _Under) -> None:
        if under.fault:
            self._end(Outcome(under.source, "failed", why=str(under.fault)))
            return
        try:
            self._end(self._made(under))
        except NarrateError as error:
            self._end(Outcome(under.source, "failed", why=str(error)))

    def _made(self, under: _Under) -> Outcome:
        plan = under.plan
        jobs = [replace(job, fresh=False) for job in plan.jobs]
        with TemporaryDirectory() as scratch:
            if self._remote():
                plan = replace(plan, folder=Path(scratch) / plan.folder.name)
            edition = pipeline.finish(plan, speaking.Clips(jobs), self._options)
            seconds = edition.samples / edition.rate
            files = sorted(path.name for path in plan.folder.iterdir() if path.is_file() and path.name != MARK)
            mark = {"source": under.source, "digest": plan.digest, "seconds": seconds, "files": files}
            with store.atomic(plan.folder / MARK) as temporary:
                temporary.write_text(json.dumps(mark, ensure_ascii=False) + "\n", encoding="utf-8", errors="replace")
            shutil.rmtree(plan.folder / pipeline.BEGINNING, ignore_errors=True)
            if self._remote():
                store.upload(plan.folder, self._place(plan.folder.name))
        return Outcome(under.source, "made", self._place(plan.folder.name), seconds=seconds, edition=edition)

    def _end(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self._told(outcome)

    def _free_slug(self, plan: pipeline.Plan, source: str) -> str:
        """Return the folder's name: the title's, with a few digits when another article has it."""
        slug = plan.folder.name
        taken = {under.plan.folder.name for under in self._under}
        taken |= {slug} if self._mark(slug).get("source", source) != source else set()
        if slug not in taken:
            return slug
        return f"{slug}-{hashlib.sha256(source.encode('utf-8', 'surrogateescape')).hexdigest()[:SALT_LENGTH]}"

    def _mark(self, slug: str) -> dict[str, object]:
        """Read what a folder says of itself; nothing if it does not, or says it badly."""
        with suppress(OSError, ValueError):
            found = json.loads(store.disk(self._place(slug)).read(MARK))
            return found if isinstance(found, dict) else {}
        return {}

    def _all_there(self, slug: str, mark: dict[str, object]) -> bool:
        files = mark.get("files")
        disk = store.disk(self._place(slug))
        return isinstance(files, list) and bool(files) and all(disk.exists(str(name)) for name in files)

    def _place(self, slug: str) -> str:
        return f"{self._out.rstrip('/')}/{slug}"

    def _remote(self) -> bool:
        return "://" in self._out

    def _local(self) -> str:
        return "." if self._remote() else self._out


def _same(source: readers.Source) -> readers.Source:
    return source


def _entry(entry: Entry, private: bool) -> readers.Source:
    return entry.source or readers.fetch(entry.address, private)


def failures(outcomes: Sequence[Outcome]) -> int:
    """Count what failed."""
    return sum(outcome.status == "failed" for outcome in outcomes)
