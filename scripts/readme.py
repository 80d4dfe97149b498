"""Print a command of the README: the first or the second block of shell."""

from __future__ import annotations

import re
import sys
from pathlib import Path

WHICH = {"first": 0, "second": 1}


def commands(text: str) -> list[str]:
    """Return the shell blocks of a Markdown text, in order."""
    return [block.strip() for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)]


if __name__ == "__main__":
    readme = Path(__file__).parent.parent / "README.md"
    print(commands(readme.read_text(encoding="utf-8"))[WHICH[sys.argv[1]]])
