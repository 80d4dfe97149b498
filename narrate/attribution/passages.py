"""A block with its syntax as plain lists: what the finders of people and speech read.

Asking a parser's token objects costs ten times as much as asking a list, and this package asks
often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from narrate.attribution.quotations import Quotation
from narrate.model import Block

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Passage:
    """The tokens of one block, each list as long as the others; offsets are the block's."""

    block: int
    text: str
    kind: str
    label: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    entities: list[str]
    """Type of the name that a token belongs to, "" outside names."""
    begins: list[bool]
    """Whether a token begins a name."""
    sentences: list[int]
    quoted: list[int]
    """Index of the quotation around a token, -1 outside."""
    alone: bool
    """Whether there is no word outside the quotations."""

    def __len__(self) -> int:
        return len(self.words)

    def token_at(self, offset: int) -> int:
        """Find the first token that ends behind an offset; the length if there is none."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.ends[middle] <= offset else (low, middle)
        return low

    def stops(self, token: int) -> bool:
        """Tell whether a token ends a sentence: a stop with something behind it but a letter, as in "Site.com"."""
        end = self.ends[token]
        return self.words[token] in STOPS and not self.text[end : end + 1].isalnum()

    def children(self, head: int) -> list[int]:
        """List the direct dependents of a token that lie within its sentence."""
        near = range(max(0, head - REACH), min(len(self.heads), head + REACH + 1))
        return [token for token in near if self.heads[token] == head and token != head]


STOPS = {".", "!", "?", "…", "..."}
REACH = 60
"""Tokens on each side in which dependents are looked for: sentences are rarely longer."""


def passages(blocks: Sequence[Block], docs: Sequence[Doc], quotations: Sequence[Quotation]) -> tuple[Passage, ...]:
    """Lay blocks, their syntax and their quotations side by side."""
    by_block: dict[int, list[tuple[int, Quotation]]] = {}
    for number, quotation in enumerate(quotations):
        by_block.setdefault(quotation.block, []).append((number, quotation))
    return tuple(
        _passage(index, block, doc, by_block.get(index, ()))
        for index, (block, doc) in enumerate(zip(blocks, docs, strict=True))
    )


def _passage(index: int, block: Block, doc: Doc, quotations: Sequence[tuple[int, Quotation]]) -> Passage:
    table = doc.to_array(["HEAD", "DEP", "TAG", "ENT_TYPE", "ENT_IOB", "SENT_START", "IDX", "LENGTH"]).astype(np.int64)
    table = table.reshape(len(doc), -1)
    strings = doc.vocab.strings
    names = {key: strings[key] if key else "" for key in set(table[:, 1:4].astype(np.uint64).ravel().tolist())}
    heads, deps, tags, types, iob, first, starts, lengths = (column.tolist() for column in table.T)
    words = [token.text for token in doc]
    masks = 2**64 - 1
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    quoted = _quoted(starts, quotations)
    return Passage(
        block=index,
        text=block.text,
        kind=block.kind,
        label=block.label,
        words=words,
        lower=[word.lower().replace("’", "'") for word in words],
        starts=starts,
        ends=ends,
        tags=[names[tag & masks] for tag in tags],
        deps=[names[dep & masks] for dep in deps],
        heads=[token + head for token, head in enumerate(heads)],
        entities=[names[kind & masks] for kind in types],
        begins=[flag == 3 for flag in iob],
        sentences=np.cumsum(np.array(first, dtype=np.int64) == 1).tolist(),
        quoted=quoted,
        alone=not any(number < 0 and word[:1].isalnum() for number, word in zip(quoted, words, strict=True)),
    )


def _quoted(starts: list[int], quotations: Sequence[tuple[int, Quotation]]) -> list[int]:
    """Say of each token in which quotation it begins: one walk over both."""
    quoted = [-1] * len(starts)
    rest = iter(quotations)
    number, quotation = next(rest, (-1, None))
    for token, start in enumerate(starts):
        while quotation is not None and start >= quotation.end:
            number, quotation = next(rest, (-1, None))
        if quotation is not None and start >= quotation.start:
            quoted[token] = number
    return quoted
