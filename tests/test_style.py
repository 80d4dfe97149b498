"""The house keeps its own rules: ruff and mypy, strict, find nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "command",
    [("ruff", "check", "narrate", "tests", "benchmarks", "scripts"), ("mypy",)],
    ids=["ruff", "mypy"],
)
def test_nothing_is_found(command: tuple[str, ...]) -> None:
    """What the checker prints is the failure."""
    run = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
