"""What the command line shows: progress on stderr, results and tables on stdout."""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.table import Table
from rich.text import Text

from narrate import batch, checking, pipeline, playing, saying
from narrate.clips import ClipCache
from narrate.errors import CastError, OutputError
from narrate.listing import sources
from narrate.model import NARRATOR, Script, Voice
from narrate.options import Options

SHOWN = 46
"""Characters of a line that the progress bar shows."""

MEGABYTE = 1_000_000

SETTLED = 3
"""Lines spoken before a time left is shown: until then the engine is still warming up."""


def make_all(names: Iterable[str], out: str, options: Options, as_json: bool, play: bool = False) -> int:
    """Make the edition of each source, show what became of it, and return how many failed."""
    found = list(sources(names))
    alone = len(found) == 1
    player = playing.Player(options.cache or pipeline.clips()) if play else None
    with _bar(player) as bar:
        outcomes = batch.make_all(found, out, options, bar, bar.end)
    if player:
        player.finish()
    if as_json:
        print(json.dumps([_record(outcome) for outcome in outcomes], ensure_ascii=False, indent=1))
    elif alone:
        _summary(outcomes[0])
    else:
        _console().print(_outcome_table(outcomes))
    return batch.failures(outcomes)


def _record(outcome: batch.Outcome) -> dict[str, object]:
    return {
        "source": outcome.source,
        "status": outcome.status,
        "folder": outcome.folder,
        "why": outcome.why,
        "seconds": round(outcome.seconds, 3),
    }


def _outcome_table(outcomes: Sequence[batch.Outcome]) -> Table:
    table = Table("source", "", "length", "edition", box=None, pad_edge=False)
    for outcome in outcomes:
        length = _clock(outcome.seconds) if outcome.seconds else ""
        table.add_row(Text(outcome.source), outcome.status, length, Text(outcome.why or outcome.folder))
    counts = Counter(outcome.status for outcome in outcomes)
    table.caption = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    return table


class _Bar:
    """A progress bar that knows how long each line took."""

    def __init__(self, progress: Progress, player: playing.Player | None) -> None:
        self._progress = progress
        self._player = player
        self._task = progress.add_task("", total=None, speaker="", text="", left="", ratio="")
        self._article: Script | None = None
        self._began = time.monotonic()
        self._spoken = 0.0
        self._done = 0
        self._fresh_words = 0

    def __call__(self, step: pipeline.Progress) -> None:
        if self._player:
            self._player(step)
        if step.script is not self._article:
            self._begin(step.script)
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

    def end(self, outcome: batch.Outcome) -> None:
        """Say at once what went wrong."""
        if outcome.status == "failed":
            self._progress.console.print(Text(f"narrate: {outcome.why}"), soft_wrap=True)

    def _begin(self, script: Script) -> None:
        """Count from the beginning of an article."""
        self._article = script
        self._began, self._spoken, self._done, self._fresh_words = time.monotonic(), 0.0, 0, 0


@contextmanager
def _bar(player: playing.Player | None = None) -> Iterator[_Bar]:
    columns: list[ProgressColumn] = [
        TextColumn("{task.completed}/{task.total}"),
        BarColumn(24),
        TextColumn("[cyan]{task.fields[ratio]}"),
        TextColumn("{task.fields[left]}"),
        _Quoted(),
    ]
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _Bar(progress, player)


class _Quoted(ProgressColumn):
    """Who speaks and what; text of the article, so nothing in it is markup."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.fields['speaker']}: {task.fields['text']}" if task.fields["speaker"] else "reading …")


def _summary(outcome: batch.Outcome) -> None:
    """Print what was made of the only source."""
    if outcome.status == "failed":
        return  # said on stderr when it happened
    edition, folder = outcome.edition, Path(outcome.folder)
    if edition is not None:
        people = len({line.speaker for line in edition.script.lines} - {NARRATOR})
        print(edition.script.article.title or folder.name)
        print(f"  {_clock(outcome.seconds)}, {people} quoted, {edition.loudness:.1f} LUFS (mono)")
        for chapter in edition.chapters:
            print(f"  {_clock(chapter.start / edition.rate):>8}  {chapter.title}")
        for omission in edition.script.article.omissions:
            print(f"  not read ({omission.reason}): {' '.join(omission.text.split())[:SHOWN]}")
    else:
        print("unchanged; --fresh makes it anew")
    print(f"{outcome.folder}/{folder.name}.mp3")


def voices(engine: str, name: str, text: str, out: Path, as_json: bool) -> None:
    """Print the voices of an engine, or of all; with a text, let each say it to `out/<voice>.wav`."""
    known = pipeline.voices(engine) if engine else pipeline.all_voices()
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
        accent = voice.accent or voice.language
        table.add_row(voice.id, voice.gender or "–", accent, pitch, pace, quality, voice.licence)
    return table


def check(folder: Path, listen: bool, fix: bool, as_json: bool) -> bool:
    """Print what is wrong with an edition, and return whether nothing is."""
    report = checking.check(folder, listen=listen)
    if fix and report.lines:
        pipeline.respeak(folder, report.lines)
        report = checking.check(folder, listen=listen)
    if as_json:
        print(json.dumps(asdict(report), ensure_ascii=False, indent=1))
        return not report.faults
    heard = "" if report.word_error_rate is None else f", word error rate {report.word_error_rate:.1%}"
    print(f"{report.sound}: {_clock(report.seconds)}, {report.loudness:.1f} LUFS, {report.true_peak:.1f} dBTP{heard}")
    print(f"  listener: {report.recogniser}")
    for fault in report.faults:
        print(f"  {fault}")
    print("nothing is wrong" if not report.faults else f"{len(report.faults)} faults")
    return not report.faults


def cache(place: str, as_json: bool) -> None:
    """Print where the clips lie and how many they are."""
    place = place or pipeline.clips()
    sizes = ClipCache(place).sizes()
    total = sum(size for _, size, _ in sizes)
    if as_json:
        print(json.dumps({"cache": place, "clips": len(sizes), "bytes": total}))
    else:
        print(f"{place}: {len(sizes)} clips, {total / MEGABYTE:.1f} MB")


def prune(place: str, size: str) -> None:
    """Throw clips away until `size` is left, and print how many went."""
    gone, freed = ClipCache(place or pipeline.clips()).prune(_bytes(size))
    print(f"{gone} clips gone, {freed / MEGABYTE:.1f} MB freed")


def _bytes(size: str) -> int:
    """Read 500MB, 2 GB or a plain number. Raises OutputError."""
    found = re.fullmatch(r"([\d.]+)\s*([KMGT]?)B?", size.strip().upper())
    try:
        return round(float(found[1]) * 1000 ** " KMGT".index(found[2] or " ")) if found else int(size)
    except ValueError as error:
        raise OutputError(f"{size!r} is no size; write 500MB or 2GB") from error


def _console() -> Console:
    """Return a console on stdout that does not fold tables when no terminal is there."""
    return Console(width=None if sys.stdout.isatty() else 160)


def _clock(seconds: float) -> str:
    """Show a time as 1:02:03 or 2:03."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
