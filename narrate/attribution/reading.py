"""An article laid open for the question who says what: its quotations, mentions, entities and frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.attribution.frames import Frame, frame
from narrate.attribution.mentions import Mention, mentions
from narrate.attribution.passages import Passage, passages
from narrate.attribution.people import Register
from narrate.attribution.quotations import Quotation, find
from narrate.languages import Quoting
from narrate.model import Block

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is seen in an article before anything is decided."""

    quotations: tuple[Quotation, ...]
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    register: Register
    frames: tuple[Frame, ...]
    quoting: Quoting


def read(blocks: Sequence[Block], docs: Sequence[Doc], quoting: Quoting) -> Reading:
    """Lay an article open: its blocks with their syntax, one Doc a block."""
    quotations = find(blocks)
    laid = passages(blocks, docs, quotations)
    found = mentions(laid, quoting)
    register = Register(found, laid, quoting)
    frames = tuple(frame(number, quotation, laid[quotation.block]) for number, quotation in enumerate(quotations))
    return Reading(quotations, laid, found, register, frames, quoting)
