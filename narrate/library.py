"""Where editions are kept, and what each says of how it was made, so that an unchanged one is not made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from narrate import disks, store

MARK = ".made.json"
"""The file in which an edition says what made it."""

SALT_LENGTH = 6
"""Hexadecimal digits that tell two articles of one title apart."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What made an edition; all empty where there is none."""

    source: str = ""
    digest: str = ""
    seconds: float = 0.0
    """Length of the programme."""
    files: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    """What shaped it, as `options.kept` has it."""


class Library:
    """The editions in a folder of this machine, or at an address of an object store."""

    def __init__(self, place: str) -> None:
        """Name the place; nothing is looked at yet."""
        self._place = place.rstrip("/") or place
        self._remote = "://" in place
        self._taken: dict[str, str] = {}

    @property
    def folder(self) -> Path:
        """The folder that editions are planned for; what goes to an object store is made elsewhere first."""
        return Path("." if self._remote else self._place)

    def place(self, slug: str) -> str:
        """Return the folder or address of an edition."""
        return f"{self._place}/{slug}"

    def sources(self) -> dict[str, str]:
        """Return source → slug of the editions that lie in a folder of this machine."""
        found = [] if self._remote else [path.parent.name for path in self.folder.glob(f"*/{MARK}")]
        return {self.mark(slug).source: slug for slug in found}

    def mark(self, slug: str) -> Mark:
        """Read what an edition says of itself; nothing if it does not, or says it badly."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            found = json.loads(disks.disk(self.place(slug)).read(MARK))
            files, options = tuple(found["files"]), dict(found.get("options", {}))
            return Mark(found["source"], found["digest"], float(found["seconds"]), files, options)
        return Mark()

    def holds(self, slug: str, digest: str) -> bool:
        """Tell whether an edition was made by what this digest stands for, and all its files are there."""
        mark, disk = self.mark(slug), disks.disk(self.place(slug))
        return mark.digest == digest and bool(mark.files) and all(disk.exists(name) for name in mark.files)

    def slug(self, wanted: str, source: str) -> str:
        """Return the folder's name of a source: the title's, with a few digits when another source has it."""
        holder = self._taken.get(wanted) or self.mark(wanted).source or source
        free = holder == source
        slug = wanted if free else f"{wanted}-{_digits(source)}"
        self._taken[slug] = source
        return slug

    @contextmanager
    def workshop(self, slug: str) -> Iterator[Path]:
        """Give the folder to write an edition into, which says nothing of itself until it is kept."""
        disks.disk(self.place(slug)).remove(MARK)  # what is half of one edition and half of another is neither
        if not self._remote:
            yield self.folder / slug
            return
        with TemporaryDirectory() as elsewhere:
            yield Path(elsewhere) / slug

    def keep(
        self, folder: Path, source: str, digest: str, seconds: float, options: Mapping[str, object] | None = None
    ) -> None:
        """Let a finished edition say what made it, and bring it to where it belongs. Raises OutputError."""
        files = tuple(sorted(path.name for path in folder.iterdir() if path.is_file() and not _hidden(path)))
        with store.atomic(folder / MARK) as temporary:
            text = json.dumps(asdict(Mark(source, digest, seconds, files, options or {})), ensure_ascii=False)
            temporary.write_text(text + "\n", encoding="utf-8", errors="replace")
        if self._remote:
            disks.upload(folder, self.place(folder.name), last=MARK)


def _hidden(path: Path) -> bool:
    return path.name.startswith(".")


def _digits(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:SALT_LENGTH]
