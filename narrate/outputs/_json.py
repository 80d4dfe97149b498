"""JSON files: UTF-8, readable by people, the same bytes for the same content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from narrate.store import atomic


def save(content: Mapping[str, object], path: Path) -> Path:
    """Write a JSON file. Raises OutputError."""
    with atomic(path) as temporary:
        temporary.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
