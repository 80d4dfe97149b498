"""An article laid open for the question who says what: its quotations, mentions, entities and frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.attribution.clustering import gather
from narrate.attribution.folding import fold, unfold
from narrate.attribution.frames import Frame, frame
from narrate.attribution.mentions import Mention, mentions
from narrate.attribution.passages import Passage, passages
from narrate.attribution.people import Register
from narrate.attribution.quotations import Quotation, find
from narrate.attribution.traits import Trait, trait
from narrate.languages import Quoting
from narrate.model import Block

if TYPE_CHECKING:
    from spacy.tokens import Doc


Parser = Callable[[Sequence[str]], Sequence["Doc"]]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is seen in an article before anything is decided."""

    quotations: tuple[Quotation, ...]
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    register: Register
    frames: tuple[Frame, ...]
    quoting: Quoting
    traits: Mapping[int, Trait]
    """What each mention outside quotations does in its sentence, by the mention's number."""


def read(blocks: Sequence[Block], docs: Sequence[Doc], quoting: Quoting, again: Parser | None = None) -> Reading:
    """Lay an article open: its blocks with their syntax, one Doc a block.

    `again` parses texts: blocks with long quotations are parsed a second time without them.
    """
    quotations = find(blocks)
    laid = passages(blocks, docs, quotations)
    if again is not None:
        laid = _unfolded(laid, quotations, again)
    found = mentions(laid, quoting)
    register = gather(found, laid, quoting)
    frames = tuple(frame(number, quotation, laid[quotation.block]) for number, quotation in enumerate(quotations))
    traits = {m.number: trait(m, laid[m.block], register, quoting) for m in found if m.quoted < 0}
    return Reading(quotations, laid, found, register, frames, quoting, traits)


def _unfolded(laid: tuple[Passage, ...], quotations: Sequence[Quotation], again: Parser) -> tuple[Passage, ...]:
    by_block: dict[int, list[Quotation]] = {}
    for quotation in quotations:
        by_block.setdefault(quotation.block, []).append(quotation)
    folds = [fold(block, laid[block].text, found) for block, found in by_block.items()]
    kept = [folded for folded in folds if folded is not None]
    better = list(laid)
    for folded, doc in zip(kept, again([folded.text for folded in kept]), strict=True):
        better[folded.block] = unfold(laid[folded.block], folded, doc)
    return tuple(better)
