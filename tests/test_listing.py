"""Sources as the command line names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.errors import SourceError
from narrate.listing import sources


def test_folders_and_patterns_are_many_sources(tmp_path: Path) -> None:
    """A folder stands for its files, a pattern for what it fits, sorted; what is hidden, or beside, is no article."""
    for name in ("b.md", "a.md", ".hidden.md", "a.md.speakers"):
        (tmp_path / name).write_text("x")
    wanted = [str(tmp_path / "a.md"), str(tmp_path / "b.md")]
    assert list(sources([str(tmp_path)])) == wanted
    assert list(sources([str(tmp_path / "*.md")])) == wanted
    assert list(sources([str(tmp_path / "a*")])) == wanted[:1]
    assert list(sources(["-", "https://example.org/*"])) == ["-", "https://example.org/*"]
    with pytest.raises(SourceError, match="no file"):
        list(sources([str(tmp_path / "*.pdf")]))


def test_a_file_named_like_a_pattern_is_itself(tmp_path: Path) -> None:
    """What lies there under that very name is meant."""
    path = tmp_path / "What now?.md"
    path.write_text("x")
    assert list(sources([str(path)])) == [str(path)]
