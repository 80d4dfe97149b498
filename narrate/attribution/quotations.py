"""Where quotations begin and end: the outermost ones of an article, whatever the style of their marks.

Marks of every make are read in one pass over a block with a stack; nothing is searched twice,
so that ten thousand unbalanced marks take linear time. A mark that was never closed ends with
its sentence or block, unless the next block goes on with the same quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from narrate.attribution.labels import MARKS_BEFORE_LABEL, labelled
from narrate.attribution.marks import Mark, double_marks, is_measure, single_spans
from narrate.model import Block

SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
REOPENING = re.compile(r"\s*(?:[“„«‹「\"‘'`]|''|,,)\s*\S")
SIGNED = re.compile(r"\s*(?:[—―–]|--?\s)\s*(?=[@A-Z(“\"])[^.!?\n]{2,80}$")
"""The signature under a post or a block quotation: — Jane Doe (@jdoe) 3 June 2020."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quotation:
    """An outermost stretch between quotation marks in one block, marks included; offsets in the block's text."""

    block: int
    start: int
    end: int
    closed: bool = True
    """Whether a closing mark ends it."""
    chained: bool = False
    """Whether it goes on with the quotation before it, which the block before left open."""
    kind: str = "marks"
    """"marks", or "block" for a whole block quotation, or "turn" for a turn of an interview."""
    label: str = ""
    """Who speaks a turn, as its label has it: "Q", "JANE DOE"."""
    skip: int = 0
    """Characters of a label inside the mark, which nobody speaks but the narrator."""


def find(blocks: Sequence[Block]) -> tuple[Quotation, ...]:
    """Find the outermost quotations of all blocks, in order."""
    turns = labelled(blocks)
    told = {
        index: block
        for index, block in enumerate(blocks)
        if index not in turns and block.kind not in ("byline", "date")
    }
    doubles, singles = _doubles(told), _singles(told)
    british = sum(_apart(singles[index], doubles[index]) - _apart(doubles[index], singles[index]) for index in told) > 0
    found: list[Quotation] = []
    for index, block in enumerate(blocks):
        if index in turns:
            found.append(_turn(index, block, *turns[index]))
        elif index in told:
            pieces = outermost(doubles[index] + (singles[index] if british else []))
            found += _block_quotation(index, block, pieces) if block.kind == "quotation" else pieces
    return tuple(piece for piece in found if piece.end > piece.start)


def outermost(pieces: Sequence[Quotation]) -> list[Quotation]:
    """Keep what lies in nothing else, in order; of two that overlap the earlier one stays."""
    kept: list[Quotation] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _turn(index: int, block: Block, label: str, at: int) -> Quotation:
    start = 0 if block.text[:1] in MARKS_BEFORE_LABEL else at
    return Quotation(index, start, len(block.text.rstrip()), kind="turn", label=label, skip=at - start)


def _block_quotation(index: int, block: Block, pieces: list[Quotation]) -> list[Quotation]:
    """Take a block quotation for one, less its signature, unless marks stand around most of it."""
    signed = SIGNED.search(block.text)
    end = signed.start() if signed else len(block.text)
    marked = sum(piece.end - piece.start for piece in pieces)
    return pieces if marked * 2 > end else [Quotation(index, 0, end, kind="block")]


def _apart(some: Sequence[Quotation], others: Sequence[Quotation]) -> int:
    """Count the quotations of one kind of mark that lie in none of the other kind."""
    count, rest = 0, iter(others)
    other = next(rest, None)
    for piece in some:
        while other is not None and other.end <= piece.start:
            other = next(rest, None)
        count += other is None or not other.start < piece.start < other.end
    return count


def _reopens(block: Block | None) -> bool:
    """Tell whether a block may go on with a quotation that the one before left open."""
    follows = block is not None and block.kind in ("paragraph", "quotation", "item")
    return follows and block is not None and bool(REOPENING.match(block.text))


def _singles(told: Mapping[int, Block]) -> dict[int, list[Quotation]]:
    """Pair the single marks of all blocks, going on where a paragraph of speech is left open."""
    found: dict[int, list[Quotation]] = {}
    pending = False
    for index, block in told.items():
        spans, opened = single_spans(block.text)
        pieces = [Quotation(index, *span) for span in spans]
        chained = pending and index - 1 in told
        pending = opened >= 0 and _reopens(told.get(index + 1))
        if pending:
            pieces.append(Quotation(index, opened, len(block.text.rstrip()), closed=False))
        found[index] = _chained(block.text, pieces) if chained else pieces
    return found


def _doubles(told: Mapping[int, Block]) -> dict[int, list[Quotation]]:
    """Pair the double marks of all blocks, going on where a quotation is left open."""
    found: dict[int, list[Quotation]] = {}
    pending = False
    for index, block in told.items():
        chained = pending and index - 1 in told
        marks = double_marks(block.text)
        spans, stack = _pair(block.text, marks, chained)
        pending = bool(stack) and _reopens(told.get(index + 1))
        open_at = [(stack[0].start, len(block.text.rstrip()))] if pending else _unclosed(block.text, stack, spans)
        pending = pending or any(end == len(block.text.rstrip()) for _, end in open_at)
        pieces = [Quotation(index, *span) for span in spans]
        pieces = outermost(pieces + [Quotation(index, *span, closed=False) for span in open_at])
        found[index] = _chained(block.text, pieces) if chained else pieces
    return found


def _chained(text: str, pieces: list[Quotation]) -> list[Quotation]:
    """Mark the first quotation of a block as going on with the one before, if nothing stands before it."""
    if pieces and not text[: pieces[0].start].strip():
        pieces[0] = replace(pieces[0], chained=True)
    return pieces


def _pair(text: str, marks: Sequence[Mark], pending: bool) -> tuple[list[Span], list[Mark]]:
    """Pair the double marks of one block; return the pairs, and the marks that nothing closes."""
    stack: list[Mark] = []
    spans: list[Span] = []
    if pending and marks and not marks[0].opens:
        stack.append(Mark(0, 0, True, False))  # the quotation goes on without a new opening mark
    for mark in marks:
        if mark.closes and stack:
            spans.append((stack.pop().start, mark.end))
        elif mark.misprinted or (mark.opens and not is_measure(text, mark)):
            stack.append(mark)
    return spans, [mark for mark in stack if not mark.misprinted]


def _unclosed(text: str, stack: Sequence[Mark], spans: Sequence[Span]) -> list[Span]:
    """Say where quotations that no mark closes end when the next block does not go on: early."""
    later = sorted(start for start, _ in spans)
    ends: list[Span] = []
    for position, mark in enumerate(stack):
        behind = bisect_right(later, mark.start)
        nexts = later[behind : behind + 1] + [other.start for other in stack[position + 1 : position + 2]]
        limit = min(nexts, default=len(text))
        stop = SENTENCE_END.search(text, mark.end, limit) if limit < len(text) else None
        ends.append((mark.start, stop.end() if stop else len(text[:limit].rstrip())))
    return ends
