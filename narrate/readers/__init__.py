"""Readers: sources to articles. A reader is one module here with `recognises` and `read`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from narrate.model import Article


@dataclass(frozen=True, slots=True)
class Source:
    """What was handed in, as bytes."""

    name: str
    """As the user named it: a path, an address, or "-"."""
    data: bytes
    media_type: str = ""
    """What a server said it is; "" for files."""

    @property
    def suffix(self) -> str:
        """The name's ending, lower case, with its dot; "" if it has none."""
        tail = self.name.rpartition("/")[2]
        return "." + tail.rpartition(".")[2].lower() if "." in tail else ""


class Reader(Protocol):
    """What every reader module offers."""

    def recognises(self, source: Source) -> bool:
        """Tell whether this is a source for this reader: by its first bytes, type or ending."""

    def read(self, source: Source) -> Article:
        """Make an article of it. Raises SourceError."""
