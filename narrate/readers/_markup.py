"""HTML trees to parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.readers._parts import Part


def fragment(markup: str) -> Iterator[Part]:
    """Yield the parts of a piece of HTML."""
    text = re.sub(r"<[^>]*>", " ", markup)
    if text.strip():
        yield Part(text, reason="markup")
