"""Programs that read our files and are not ours: npm packages, a Java program. What is missing is skipped aloud."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

NODE = Path(__file__).parent / "node"

TIMEOUT = 180
"""Seconds for npm to bring 4 MB, or for a reader to read a small file."""


def node(script: str, *arguments: str) -> Any:
    """Run JavaScript that prints JSON, with the packages of `tests/node` at hand, and return what it printed."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("no node: what other readers make of the file was not tried")
    _install()
    command = [program, "--input-type=module", "-e", script, *arguments]
    said = subprocess.run(command, cwd=NODE, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def _install() -> None:
    """Fetch the packages once; the lock is for tests that run side by side."""
    with (NODE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (NODE / "node_modules" / "music-metadata").is_dir():
            return
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("no npm: what other readers make of the file was not tried")
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=NODE, capture_output=True, text=True, timeout=TIMEOUT, check=False)
        if done.returncode:
            pytest.skip(f"npm could not bring the readers of tests/node: {done.stderr.strip()[-200:]}")
