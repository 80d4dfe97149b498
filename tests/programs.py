"""Programs that read our files and are not ours: npm packages, a Java program. What is missing is skipped aloud."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NODE = Path(__file__).parent / "node"
ACE = Path(__file__).parent / "ace"

TIMEOUT = 180
"""Seconds for npm to bring 100 MB, or for a reader to read a small file."""


def node(script: str, *arguments: str) -> Any:
    """Run JavaScript that prints JSON, with the packages of `tests/node` at hand, and return what it printed."""
    install(NODE)
    said = _run([_found("node"), "--input-type=module", "-e", script, *arguments], NODE, dict(os.environ))
    return json.loads(said)


def ace(book: Path, report: Path) -> dict[str, Any]:
    """Return the report of DAISY's Ace on a book; it drives the browser of the tests of the page."""
    sys.path.append(str(ACE.parent / "browser"))
    from chromium import _installed

    install(ACE)
    browser, environment = _installed()
    program = ACE / "node_modules" / ".bin" / "ace-puppeteer"
    environment |= {"PUPPETEER_EXECUTABLE_PATH": os.environ.get("NARRATE_CHROMIUM") or browser}
    _run([str(program), "--silent", "--force", "--outdir", str(report), str(book)], ACE, environment)
    found: dict[str, Any] = json.loads((report / "report.json").read_text(encoding="utf-8"))
    return found


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"no {program}: what other readers make of the file was not tried")
    return path


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    said = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    assert said.returncode == 0, said.stderr or said.stdout
    return said.stdout


def install(folder: Path) -> None:
    """Fetch a folder's packages once; the lock is for tests that run side by side."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "node_modules" / ".package-lock.json").is_file():
            return
        command = [_found("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        environment = os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
        if done.returncode:
            pytest.skip(f"npm could not bring the readers of {folder.name}: {done.stderr.strip()[-200:]}")
