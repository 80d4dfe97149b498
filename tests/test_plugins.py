"""Plug-ins: a file is one, and what is not there is said plainly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import narrate.engines
from narrate import plugins
from narrate.errors import PluginError


@pytest.mark.parametrize("seam", plugins.SEAMS)
def test_every_plug_in_can_be_imported(seam: str) -> None:
    """Each file of a seam is a plug-in that imports, or says what to install."""
    for name in plugins.names(seam):
        assert not name.startswith("_")
        try:
            plugins.load(seam, name)
        except PluginError as error:
            assert "pip install" in str(error)


def test_an_unknown_name_lists_the_known_ones() -> None:
    """The message helps who mistyped."""
    with pytest.raises(PluginError, match=r"no engine named 'kokro'; there are: .*kokoro"):
        plugins.load("engines", "kokro")


def test_a_file_in_the_folder_is_a_plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To add one, add a file; nothing else is touched."""
    (tmp_path / "parrot.py").write_text("class Engine:\n    rate = 8000\n")
    monkeypatch.setattr(narrate.engines, "__path__", [*narrate.engines.__path__, str(tmp_path)])
    assert "parrot" in plugins.names("engines")
    assert plugins.load("engines", "parrot").Engine.rate == 8000
    sys.modules.pop("narrate.engines.parrot")


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message is the command that mends it."""
    (tmp_path / "lame.py").write_text("import no_such_library\n")
    monkeypatch.setattr(narrate.engines, "__path__", [*narrate.engines.__path__, str(tmp_path)])
    with pytest.raises(PluginError, match="pip install no_such_library"):
        plugins.load("engines", "lame")
