"""English as it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrate.languages import Tag
from narrate.model import Token


def spoken(text: str, accent: str, tags: Sequence[Tag]) -> tuple[Token, ...]:
    """Say a text word by word, as printed."""
    return tuple(Token(found.start(), found[0], found[0]) for found in re.finditer(r"\S+", text))
