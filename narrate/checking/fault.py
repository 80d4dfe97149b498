"""What a listener complains about."""

from __future__ import annotations

from dataclasses import dataclass

NO_LINE = -1
"""The line of a fault that is no line's."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an edition."""

    kind: str
    """loudness, peak, length, silence, clipping, chapter, alike, drift, lost, repeated, wrong, added or words."""
    at: float
    """Seconds into the programme."""
    text: str
    """What is wrong, for people."""
    line: int = NO_LINE
    """Index into `Script.lines` of the line to speak again, or NO_LINE."""

    def __str__(self) -> str:
        """Say when, what and how: "1:23 lost …"."""
        minutes, seconds = divmod(int(self.at), 60)
        return f"{minutes}:{seconds:02} {self.kind}: {self.text}"
