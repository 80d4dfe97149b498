"""Which pieces of a page are the article: what trafilatura kept, and what stands among it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from narrate.readers import _facts, _furniture
from narrate.readers._markup import Piece, plain
from narrate.readers._parts import Metadata, Part
from narrate.readers._traits import LOOSE

SHINGLE = 4
"""Words in a row by which a paragraph is found again in what trafilatura kept."""
KEPT_SHARE = 0.6
"""Share of a paragraph's shingles that must be found again."""
LINKED = 0.6
"""Share of linked characters from which on a block is a list of links."""
HEAD_PIECES = 14
"""Blocks above the first paragraph of the article among which title, byline and date are found."""
NOTES = 1
"""Sentences in the running text that may stand above the date: where the reporter was, what the desk remarks."""
SENTENCE_WORDS = 7
"""Words from which on a block in the head is a sentence, not a name, a date or a topic."""
LONGEST_CREDIT = 160
"""Characters of a byline with office and date; what is longer is text in a box named after its author."""
NEVER_CREDITS = frozenset({"caption", "hidden", "comments", "related links", "author box", "footnote"})


def select(pieces: Sequence[Piece], kept: Sequence[str], facts: _facts.Facts) -> tuple[list[Part], Metadata]:
    """Decide for each piece of a page whether it is read, and if not, why."""
    shingles, lines = {one for text in kept for one in _shingles(text)}, {plain([text]) for text in kept}
    pieces = _unboxed(pieces, sum(len(text.split()) for text in kept), shingles)
    inside = [
        piece.part.reason in ("", "pull quote")
        and _is_kept(piece, shingles, lines)
        and not _furniture.box(piece.part.flat)
        for piece in pieces
    ]
    if not any(inside):
        inside = [not piece.part.reason and piece.linked < LINKED for piece in pieces]
    first = inside.index(True) if True in inside else 0
    last = len(inside) - 1 - inside[::-1].index(True) if True in inside else 0
    title = _title(pieces, first, facts)
    parts = [
        _decided(piece, is_in, first <= index <= last)
        if index != title
        else replace(piece.part, kind="title", reason="")
        for index, (piece, is_in) in enumerate(zip(pieces, inside, strict=True))
    ]
    parts = _credited(pieces, parts, first)
    known = facts.known
    if title >= 0:
        known = replace(known, title=pieces[title].part.flat)
    elif known.title:
        known = replace(known, title=_facts.without_site(known.title) if not facts.site else known.title)
    return _repeats_omitted(parts), known


def _unboxed(pieces: Sequence[Piece], whole: int, shingles: Collection[tuple[str, ...]]) -> Sequence[Piece]:
    """Forget a box whose name speaks against it when most of the article is in it: class "ads-free" on the body.

    `whole` is the number of words in the article.
    """
    held: dict[str, int] = {}
    for piece in pieces:
        if piece.part.reason in LOOSE and _is_kept(piece, shingles, ()):
            held[piece.part.reason] = held.get(piece.part.reason, 0) + len(piece.part.text.split())
    wrong = {reason for reason, words in held.items() if words > whole / 2}
    if not wrong:
        return pieces
    return [replace(p, part=replace(p.part, reason="")) if p.part.reason in wrong else p for p in pieces]


@lru_cache(maxsize=4096)
def _shingles(text: str) -> list[tuple[str, ...]]:
    words = plain([text]).split()
    return list(zip(*(words[at:] for at in range(SHINGLE)), strict=False))


def _is_kept(piece: Piece, shingles: Collection[tuple[str, ...]], lines: Collection[str]) -> bool:
    own = _shingles(piece.part.text)
    if not own:
        return plain([piece.part.text]) in lines
    return sum(one in shingles for one in own) >= KEPT_SHARE * len(own)


def _decided(piece: Piece, kept: bool, within: bool) -> Part:
    part = piece.part
    if part.reason:
        return part
    boxed = _furniture.box(part.flat)
    if boxed or (part.kind != "heading" and not any(map(str.isalpha, part.text))):
        return part.omitted(boxed or "page furniture")
    if kept or (within and piece.linked < LINKED):
        return part
    return part.omitted("links" if piece.linked >= LINKED else "page furniture")


def _title(pieces: Sequence[Piece], first: int, facts: _facts.Facts) -> int:
    """Find the title among the headings: the one that the page names itself after, else its h1."""
    head = [
        at for at, piece in enumerate(pieces[: first + 2]) if piece.part.kind == "heading" and not piece.part.reason
    ]
    named = plain([facts.known.title])
    for at in reversed(head):
        words = plain([pieces[at].part.text])
        if words and named and (words == named or named.startswith(words) or words.startswith(named)):
            return at
    tops = [at for at in head if pieces[at].part.level == 1]
    return tops[-1] if tops else -1


def _credited(pieces: Sequence[Piece], parts: Sequence[Part], first: int) -> list[Part]:
    """Sort out the head of the page, from the title to the first paragraph: credits, standfirst, and the rest."""
    result = list(parts)
    title = next((at for at, part in enumerate(parts) if part.kind == "title"), -1)
    prose = 0
    start = title + 1 if title >= 0 else max(0, first - HEAD_PIECES)
    for at in range(max(0, title - 2), min(len(parts), max(first, title) + HEAD_PIECES)):
        piece, part = pieces[at], pieces[at].part
        long = len(part.flat.split()) > SENTENCE_WORDS
        prose += at >= max(first, title + 1) and long and not piece.credit and not parts[at].reason
        if prose > NOTES:
            break
        if piece.credit == "standfirst" and at < title:
            continue
        if at == title or part.reason in NEVER_CREDITS or len(part.flat) > LONGEST_CREDIT:
            continue
        if piece.credit == "standfirst":
            result[at] = replace(part, kind="paragraph", level=0, reason="")
        elif piece.credit:
            result[at] = replace(part, kind="paragraph", level=0, reason="", credit=True)
        elif (
            start <= at < first and not part.reason and long and piece.linked < LINKED and not _furniture.box(part.flat)
        ):
            # A standfirst: trafilatura takes it for a repetition of the page's description.
            result[at] = part
    return result


def _repeats_omitted(parts: Sequence[Part]) -> list[Part]:
    """Omit pull quotes: short quotations that stand in the running text as well, word for word."""
    running = [plain([part.text]) for part in parts if not part.reason and part.kind in ("paragraph", "turn")]
    whole = " | ".join(running)
    result: list[Part] = []
    for part in parts:
        words = plain([part.text])
        repeated = len(words.split()) >= SHINGLE and words in whole
        marked = part.reason == "pull quote"
        if marked and not repeated:
            # It is named a pull quote and stands nowhere else: then it belongs to the text.
            part = replace(part, reason="", kind="quotation")
        elif not part.reason and part.kind == "quotation" and repeated:
            part = part.omitted("pull quote")
        result.append(part)
    return result
