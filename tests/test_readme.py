"""The README is true: its Python runs, its commands exist, its links lead somewhere, its figures are pinned."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from narrate import plugins
from narrate.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def _commands() -> list[str]:
    """Return the lines of the documents that begin with `narrate`, without their comments."""
    lines = [line.strip() for path in DOCUMENTS for line in path.read_text(encoding="utf-8").splitlines()]
    return sorted({re.sub(r"\s+#.*", "", line) for line in lines if re.match(r"narrate [a-z]+ ", line)})


@pytest.mark.parametrize("command", _commands())
def test_every_command_is_understood(command: str) -> None:
    """Each command of the documents names options and subcommands that exist: its help would be printed."""
    words = shlex.split(command)[1:]
    result = CliRunner().invoke(app, [words[0], "--help"])
    assert result.exit_code == 0, command
    for option in (word.partition("=")[0] for word in words[1:] if re.match(r"--?[a-z]", word)):
        helped = CliRunner(env={"COLUMNS": "300"}).invoke(app, [*words[:1], *_sub(words), "--help"]).output
        assert option in helped, f"{command}: no {option}"


def _sub(words: list[str]) -> list[str]:
    return words[1:2] if words[0] == "cache" else []


def test_the_python_runs(tmp_path: Path) -> None:
    """The five lines of Python are run as they stand, in another folder, with the formant voices."""
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    code = code.replace('"seeds/', f'"{ROOT}/seeds/').replace('"out"', repr(str(tmp_path)))
    (tmp_path / "five.py").write_text(code)
    environment = {"PYTHONPATH": str(ROOT), "NARRATE_CACHE": str(tmp_path / "cache"), "PATH": "/usr/bin:/bin"}
    run = subprocess.run([sys.executable, "five.py"], cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[0].startswith("0.0 Ukraine")


def test_links_lead_somewhere() -> None:
    """Every relative link and picture of the documents is there."""
    for path in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_dependency_says_why_it_is_there() -> None:
    """Each package that pyproject.toml names has its line in docs/dependencies.md."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = project[project.index("dependencies = [") : project.index("[project.scripts]")]
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower().replace("…", "-")
    for name in set(re.findall(r'"([A-Za-z0-9][A-Za-z0-9._-]*)[^"]*"', section)):
        stem = re.sub(r"-\d$", "", name.lower())
        assert stem in reasons, f"{name} has no line in docs/dependencies.md"


@pytest.mark.parametrize("seam", plugins.SEAMS)
def test_every_seam_is_in_the_table(seam: str) -> None:
    """`Add your own` tells of each seam."""
    assert f"narrate/{seam}/" in README
