"""What the command line shows: progress on stderr, results and tables on stdout."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.table import Table
from rich.text import Text

from narrate import pipeline, saying
from narrate.errors import CastError, NarrateError
from narrate.model import Edition, Voice

SHOWN = 46
"""Characters of a line that the progress bar shows."""

SETTLED = 3
"""Lines spoken before a time left is shown: until then the engine is still warming up."""


def make_all(sources: Sequence[str], out: Path, options: pipeline.Options, as_json: bool) -> int:
    """Make the edition of each source, show what became of it, and return how many failed."""
    failed = 0
    for source in sources:
        try:
            with _bar() as bar:
                edition, folder = pipeline.make(source, out, options, bar)
        except NarrateError as error:
            failed += 1
            print(f"narrate: {error}", file=sys.stderr)
        else:
            _summary(edition, folder, as_json)
    return failed


class _Bar:
    """A progress bar that knows how long each line took."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None, speaker="", text="", left="", ratio="")
        self._began = time.monotonic()
        self._spoken = 0.0
        self._done = 0
        self._fresh_words = 0

    def __call__(self, step: pipeline.Progress) -> None:
        lines = step.script.lines
        line = lines[step.line]
        names = {speaker.id: speaker.name for speaker in step.script.speakers}
        if not step.spoken.cached:
            self._spoken += step.spoken.seconds
            self._done += 1
            self._fresh_words += len(line.text.split())
        took = time.monotonic() - self._began
        left = sum(len(later.text.split()) for later in lines[step.line + 1 :])
        settled = self._done >= SETTLED
        self._progress.update(
            self._task,
            total=len(lines),
            completed=step.line + 1,
            speaker=names[line.speaker],
            text=" ".join(line.text.split())[:SHOWN],
            ratio=f"{self._spoken / took:.1f}× real time" if settled else "",
            left=_clock(took / self._fresh_words * left) + " left" if settled and self._fresh_words else "",
        )


@contextmanager
def _bar() -> Iterator[_Bar]:
    columns: list[ProgressColumn] = [
        TextColumn("{task.completed}/{task.total}"),
        BarColumn(24),
        TextColumn("[cyan]{task.fields[ratio]}"),
        TextColumn("{task.fields[left]}"),
        _Quoted(),
    ]
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress)


class _Quoted(ProgressColumn):
    """Who speaks and what; text of the article, so nothing in it is markup."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.fields['speaker']}: {task.fields['text']}" if task.fields["speaker"] else "reading …")


def _summary(edition: Edition, folder: Path, as_json: bool) -> None:
    """Print what was made: for people, or what `edition.json` says for programs."""
    if as_json:
        print((folder / "edition.json").read_text(encoding="utf-8"), end="")
        return
    people = len({line.speaker for line in edition.script.lines}) - 1
    print(f"{edition.script.article.title or folder.name}")
    print(f"  {_clock(edition.samples / edition.rate)}, {people} quoted, {edition.loudness:.1f} LUFS (mono)")
    for chapter in edition.chapters:
        print(f"  {_clock(chapter.start / edition.rate):>8}  {chapter.title}")
    for omission in edition.script.article.omissions:
        print(f"  not read: {omission.reason}: {' '.join(omission.text.split())[:SHOWN]}")
    print(folder / f"{folder.name}.mp3")


def voices(engine: str, name: str, text: str, out: Path, as_json: bool) -> None:
    """Print the voices of an engine; with a text, let each say it to `out/<voice>.wav`."""
    known = pipeline.voices(engine)
    found = [voice for voice in known if name in ("", voice.name, voice.id)]
    if not found:
        raise CastError(f"no voice {name!r}; there are: {', '.join(voice.name for voice in known)}")
    if text:
        for voice in found:
            print(saying.say(text, out / f"{voice.name}.wav", voice))
    elif as_json:
        print(json.dumps([{"id": voice.id, **asdict(voice)} for voice in found], ensure_ascii=False, indent=1))
    else:
        _console().print(_voice_table(found))


def _voice_table(found: Sequence[Voice]) -> Table:
    table = Table("voice", "gender", "accent", "pitch", "words/s", "quality", "licence", box=None, pad_edge=False)
    for voice in found:
        pitch, pace = f"{voice.pitch:.0f} Hz" if voice.pitch else "", f"{voice.pace:.1f}" if voice.pace else ""
        quality = f"{voice.quality:.1f}" if voice.quality else ""
        table.add_row(voice.id, voice.gender or "–", voice.accent or voice.language, pitch, pace, quality, voice.licence)
    return table


def _console() -> Console:
    """Return a console on stdout that does not fold tables when no terminal is there."""
    return Console(width=None if sys.stdout.isatty() else 160)


def _clock(seconds: float) -> str:
    """Show a time as 1:02:03 or 2:03."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
