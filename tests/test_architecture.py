"""The shape of the house: who may import whom, and that what is heavy is imported late."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "narrate"

BASE = {"errors", "model"}
SEAMS = {"readers", "languages", "engines", "executors", "outputs"}

ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "model": set(),
    "options": set(),
    "peaks": set(),
    "audio": {"peaks"},
    "plugins": {"errors"},
    "store": BASE,
    "disks": {*BASE, "store"},
    "clips": {*BASE, "disks"},
    "library": {*BASE, "disks", "store"},
    "syntax": {*BASE, "languages"},
    "placing": BASE,
    "screenplay": BASE,
    "scripts": {*BASE, "placing", "screenplay"},
    "pronunciation": {*BASE, "plugins", "store", "languages"},
    # seams: the nouns and the tools below them, never a stage
    "languages": BASE,
    "readers": {*BASE, "plugins", "store"},
    "engines": {*BASE, "audio", "plugins", "store", "voices"},
    "executors": BASE,
    "outputs": {*BASE, "audio", "plugins", "store", "scripts", "screenplay", "feed"},
    "shows": {*BASE, "outputs"},
    "feed": {*BASE, "store", "outputs", "shows"},
    "shelf": {"outputs"},
    "serving": {*BASE, "feed", "shelf", "store", "outputs"},
    # stages: strangers to one another
    "segment": {*BASE, "languages"},
    "attribution": {*BASE, "languages", "syntax"},
    "chaptering": {*BASE, "languages", "syntax"},
    "casting": {*BASE, "store"},
    "speaking": {*BASE, "plugins", "clips", "languages", "engines", "executors", "pronunciation"},
    "mixing": {*BASE, "audio", "options", "peaks"},
    "checking": {*BASE, "audio", "plugins", "store", "scripts", "languages"},
}
"""Module or folder → what of the package it may import at run time; the top may import everything."""

TOP = {"__init__", "__main__", "pipeline", "saying", "listing", "batch", "playing", "showing", "cli"}
"""In this order each may import those before it."""


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _home(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    """Yield the package's modules that a file imports, except for the eyes of the type checker."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "narrate":
            below = node.module.split(".")[1:]
            yield from [below[0]] if below else [alias.name for alias in node.names]
        if isinstance(node, ast.Import):
            yield from (name.split(".")[1] for alias in node.names if (name := alias.name).startswith("narrate."))


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    """A module imports only what lies below it, and every module has a place."""
    home = _home(path)
    if home in TOP:
        return
    assert home in ALLOWED, f"{home} has no place in the table above"
    wrong = set(_imports(path)) - ALLOWED[home] - {home}
    assert not wrong, f"{home} imports {wrong}"


def test_the_table_is_of_this_house() -> None:
    """Nothing stands in the table that is not there any more."""
    homes = {_home(path) for path in _modules()}
    assert set(ALLOWED) - {"voices"} <= homes


def test_a_glance_costs_nothing() -> None:
    """`import narrate` and `narrate --help` load nothing heavy: no numpy, no spaCy, no network, no picture library."""
    heavy = {"numpy", "spacy", "onnxruntime", "openvino", "PIL", "lxml", "soundfile", "pydub", "starlette", "pyttsx3"}
    code = (
        "import sys, narrate, narrate.cli\n"
        "from typer.testing import CliRunner\n"
        "assert CliRunner().invoke(narrate.cli.app, ['--help']).exit_code == 0\n"
        "assert CliRunner().invoke(narrate.cli.app, ['make', '--help']).exit_code == 0\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)


def test_no_absolute_paths_and_no_prints() -> None:
    """Only the command line prints: stdout carries results."""
    for path in _modules():
        if _home(path) in {"cli", "showing"} or "worker" in path.name:
            continue
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        ]
        assert not calls, f"{path} prints"
