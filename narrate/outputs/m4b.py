"""An audio book for Apple Books and others: AAC with chapters and cover: `<slug>.m4b`."""

from __future__ import annotations

import subprocess
from pathlib import Path

from narrate.errors import OutputError, PluginError
from narrate.model import Edition
from narrate.outputs._art import cover_jpeg
from narrate.outputs._credits import Credits, credits_of
from narrate.outputs._plain import TITLE_LIMIT, plain
from narrate.store import atomic, scratch

try:
    import imageio_ffmpeg
except ModuleNotFoundError as error:
    raise PluginError("an M4B needs an AAC encoder: pip install 'narrate[m4b]'") from error

BIT_RATE = "64k"
"""FFmpeg's AAC encoder leaves no artefact on one voice here."""

TIMEOUT = 3600
"""Seconds for an encoder that does two hundred times real time: it hangs when it takes longer."""

GENRE = "Audiobook"

AUDIOBOOK = "2"
"""What Apple calls the kind of media."""


def write(edition: Edition, folder: Path) -> Path:
    """Write `<slug>.m4b` through FFmpeg, which runs as a program of its own. Raises OutputError."""
    path = folder / f"{folder.resolve().name}.m4b"
    said = credits_of(edition)
    with atomic(path) as temporary, scratch(folder) as inside:
        cover, metadata = inside / "cover.jpg", inside / "metadata.txt"
        cover.write_bytes(cover_jpeg(said.title, said.artist, said.album))
        metadata.write_text(_metadata(edition, said), encoding="utf-8", newline="\n")
        _run(_command(edition.sound, cover, metadata, temporary))
    return path


def _command(sound: Path, cover: Path, metadata: Path, target: Path) -> list[str]:
    inputs = ["-i", f"file:{sound.absolute()}", "-i", f"file:{metadata}", "-i", f"file:{cover}"]
    streams = ["-map", "0:a", "-map", "2:v", "-map_metadata", "1", "-map_chapters", "1"]
    codecs = ["-c:a", "aac", "-b:a", BIT_RATE, "-c:v", "copy", "-disposition:v", "attached_pic"]
    # Without the time of making and the encoder's name, the same edition gives the same bytes.
    stable = ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", "-brand", "M4B "]
    quiet = ["-nostdin", "-hide_banner", "-loglevel", "error", "-y"]
    program: str = imageio_ffmpeg.get_ffmpeg_exe()  # type: ignore[attr-defined, no-untyped-call]
    return [program, *quiet, *inputs, *streams, *codecs, *stable, "-f", "ipod", f"file:{target}"]


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {error.returncode}"]
        raise OutputError(f"cannot encode the M4B: {said[-1]}") from error
    except subprocess.TimeoutExpired as error:
        raise OutputError(f"cannot encode the M4B: FFmpeg hung for {TIMEOUT} s") from error


def _metadata(edition: Edition, said: Credits) -> str:
    """Write FFmpeg's metadata file: tags, then chapters with times in samples."""
    tags = {
        "title": said.title,
        "artist": said.artist,
        "album_artist": said.artist,
        "album": said.title,
        "date": said.published,
        "genre": GENRE,
        "media_type": AUDIOBOOK,
        "comment": said.disclosure,
        "description": said.disclosure,
    }
    lines = [";FFMETADATA1", *(f"{name}={_escaped(value)}" for name, value in tags.items() if value)]
    for number, chapter in enumerate(edition.chapters, 1):
        title = plain(chapter.title, TITLE_LIMIT) or f"Chapter {number}"
        lines += ["[CHAPTER]", f"TIMEBASE=1/{edition.rate}", f"START={chapter.start}", f"END={chapter.end}"]
        lines.append(f"title={_escaped(title)}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "=;#\\\n" else letter for letter in text)
