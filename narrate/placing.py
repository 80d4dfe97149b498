"""The lines of an edited script, held against the words of the article."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from narrate.errors import ScriptError
from narrate.model import Article, Block, Line

SHOWN = 60
"""Characters of a text that a message shows."""

GAP = 2
"""Line feeds between the paragraphs of a script that has no offsets."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A line as a script has it, before it is held against the article."""

    number: int
    """Counted from 1 through all chapters, as messages name it."""
    chapter: int
    speaker: str
    text: str
    start: int | None
    why: str
    confidence: float


def placed(blocks: Sequence[Block], drafts: Sequence[Draft]) -> list[Line]:
    """Find each draft in the article, where the one before it ends.

    Blanks that an editor lost where he cut a line are put back. Raises ScriptError, naming the
    line, where the words differ.
    """
    lines: list[Line] = []
    index = at = 0
    for draft in drafts:
        rest = _rest(blocks, index, at)
        if not (draft.text and rest.startswith(draft.text)):
            index, at = _next_words(blocks, index, at, lines)
            rest = _rest(blocks, index, at)
        said = _found(draft.text, rest)
        if not said:
            raise _altered(draft, rest)
        lines.append(Line(index, blocks[index].start + at, said, draft.speaker, draft.why, draft.confidence))
        at += len(said)
    index, at = _next_words(blocks, index, at, lines)
    if left := _rest(blocks, index, at):
        raise ScriptError(f"the script ends before “{_shown(left)}”; put the lines back, or pass --accept-changes")
    return lines


def _rest(blocks: Sequence[Block], index: int, at: int) -> str:
    """Return what of a block has not been found in the script; "" behind the last."""
    return blocks[index].text[at:] if index < len(blocks) else ""


def _next_words(blocks: Sequence[Block], index: int, at: int, lines: list[Line]) -> tuple[int, int]:
    """Step over what is left of a block when it is only blanks, which go to the line before."""
    while index < len(blocks) and not (rest := blocks[index].text[at:]).strip():
        if rest and at:
            lines[-1] = replace(lines[-1], text=lines[-1].text + rest)
        index, at = index + 1, 0
    return index, at


def _found(text: str, rest: str) -> str:
    """Return what of `rest` a line stands for: its text, give or take blanks around it; "" if it differs."""
    if text and rest.startswith(text):
        return text
    bare = text.strip()
    blanks = len(rest) - len(rest.lstrip())
    return rest[: blanks + len(bare)] if bare and rest.startswith(bare, blanks) else ""


def _altered(draft: Draft, rest: str) -> ScriptError:
    printed = f"the article has “{_shown(rest)}”" if rest else "the article ends before it"
    return ScriptError(
        f"line {draft.number} reads “{_shown(draft.text)}” but {printed}; "
        "put the words back, or pass --accept-changes to speak the script as it is"
    )


def _shown(text: str) -> str:
    return textwrap.shorten(text, SHOWN, placeholder="…")


def rewritten(article: Article, drafts: Sequence[Draft]) -> Article:
    """Make the lines the article: each goes to the block that its `start` lies in, else to that of the line before.

    Blocks without lines vanish; what lies behind a change moves along. Raises ScriptError when
    a line has been moved before an earlier one.
    """
    texts = [""] * len(article.blocks)
    index = 0
    for draft in drafts:
        home = index if draft.start is None else _home(article.blocks, draft.start)
        if home < index:
            raise ScriptError(f"line {draft.number} has been moved; lines stay in the order of the article")
        index = home
        texts[index] += draft.text
    grown = (len(text) - len(block.text) for text, block in zip(texts, article.blocks, strict=True))
    shifts = list(accumulate(grown, initial=0))
    return replace(
        article,
        blocks=tuple(
            replace(block, text=text, start=block.start + shift)
            for block, text, shift in zip(article.blocks, texts, shifts, strict=False)
            if text
        ),
        omissions=tuple(
            replace(omission, start=omission.start + shifts[sum(b.start < omission.start for b in article.blocks)])
            for omission in article.omissions
        ),
    )


def _home(blocks: Sequence[Block], start: int) -> int:
    """Return the index of the last block that begins at or before an offset."""
    return max(0, sum(block.start <= start for block in blocks) - 1)


def taken_at_its_word(article: Article, drafts: Sequence[Draft]) -> Article:
    """Give an article without blocks a paragraph for each line. Raises ScriptError if it has omissions."""
    if article.omissions:
        raise ScriptError('omissions need the "blocks" of the article beside them')
    starts = accumulate((len(draft.text) + GAP for draft in drafts), initial=0)
    return replace(
        article,
        blocks=tuple(Block("paragraph", draft.text, start) for draft, start in zip(drafts, starts, strict=False)),
    )
