"""Pages: running heads, footers and page numbers in text that once had pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from narrate.readers._parts import Part

EDGE_LINES = 3
"""Lines at the top and at the foot of a page among which furniture is looked for."""
LEAST_RECURRING = 2
"""Pages on which a line must recur, digits aside, to be furniture."""

NUMBER = re.compile(
    r"(?:page|p\.|pg\.?|seite)\s*\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?|\d{1,4}\s*(?:/|of)\s*\d{1,4}"
    r"|[-–—|]\s*\d{1,4}\s*[-–—|]|\[\s*\d{1,4}\s*\]",
    re.IGNORECASE,
)
"""A line that is a page number and nothing else."""
_ADDRESSED = re.compile(
    r"(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)+\S*\s+(?:link\s+)?\d{1,3}\s*(?:/|of)\s*\d{1,3}", re.IGNORECASE
)
_BARE = re.compile(r"\d{1,4}|[ivxl]{1,6}")


def without_furniture(pages: Sequence[str]) -> tuple[str, list[Part]]:
    """Take recurring edge lines off pages; return the text, pages joined by a blank line, and what was taken."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edge(page)} if key)
    kept: list[str] = []
    taken: list[Part] = []
    for number, page in enumerate(pages, start=1):
        lines = page.strip("\n").split("\n")
        top, foot = _bounds(lines, edges, number)
        taken += [Part(line, reason=_reason(line)) for line in (*lines[:top], *lines[foot:]) if line.strip()]
        kept.append("\n".join(lines[top:foot]).strip("\n"))
    return "\n\n".join(kept), taken


def numbers_omitted(parts: Sequence[Part]) -> list[Part]:
    """Omit paragraphs that are page numbers: by their form, or bare ones that count up."""
    bare = [(index, int(part.flat)) for index, part in enumerate(parts) if part.flat.isdigit() and len(part.flat) < 5]
    rising = {index for (before, low), (after, high) in pairwise(bare) if high == low + 1 for index in (before, after)}
    return [
        replace(part, reason="page number", kind="paragraph")
        if not part.reason and (index in rising or NUMBER.fullmatch(part.flat) or _ADDRESSED.fullmatch(part.flat))
        else part
        for index, part in enumerate(parts)
    ]


def is_number(text: str) -> bool:
    """Tell whether a line is a page number, dressed as one: "Page 3 of 7", "example.org 1/2"."""
    return bool(NUMBER.fullmatch(text) or _ADDRESSED.fullmatch(text))


def _edge(page: str) -> list[str]:
    lines = [line for line in page.split("\n") if line.strip()]
    return lines[:EDGE_LINES] + lines[-EDGE_LINES:]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).lower()


def _bounds(lines: Sequence[str], edges: Counter[str], number: int) -> tuple[int, int]:
    """Return where the page's own text begins and ends among its lines."""

    def is_furniture(line: str) -> bool:
        text = " ".join(line.split())
        recurs = edges[_key(line)] >= LEAST_RECURRING and len(text) < 120
        return not text or recurs or bool(NUMBER.fullmatch(text) or _ADDRESSED.fullmatch(text) or _BARE.fullmatch(text))

    top, foot = 0, len(lines)
    while top < min(EDGE_LINES + 2, foot) and is_furniture(lines[top]):
        top += 1
    while foot > max(len(lines) - EDGE_LINES - 2, top) and is_furniture(lines[foot - 1]):
        foot -= 1
    return top, foot


def _reason(line: str) -> str:
    text = " ".join(line.split())
    numbered = NUMBER.fullmatch(text) or _BARE.fullmatch(text) or _ADDRESSED.fullmatch(text)
    return "page number" if numbered else "running head"
