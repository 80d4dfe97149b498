"""Outputs: editions to files. An output is one module here with `write`."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from narrate.model import Edition


class Output(Protocol):
    """What every output module offers."""

    def write(self, edition: Edition, folder: Path) -> Path:
        """Write one file of the edition into its folder, whole or not at all, and return its path.

        Raises OutputError.
        """
