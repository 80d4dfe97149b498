"""Parts: what a reader takes out of a source before offsets are known."""

from __future__ import annotations

from dataclasses import dataclass, replace

from narrate.model import BlockKind

BREAK = "\n"
"""Inside a part's text: a line break that the source insists on; it matters at the head, elsewhere it is a blank."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the source in reading order: a block to be, or with a `reason` an omission to be."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    label: str = ""
    reason: str = ""
    strong: str = ""
    """The words at its beginning that stand in bold: a turn's label, or a heading in disguise."""
    credit: bool = False
    """The source names it a credit: it holds the byline or the date, and is no running text."""

    @property
    def flat(self) -> str:
        """The text with all blanks single."""
        text = self.text
        if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
            return text
        return " ".join(text.split())

    def omitted(self, reason: str) -> Part:
        """Return it as an omission."""
        return replace(self, reason=reason)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source says of itself outside of its text; "" where it does not."""

    title: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
