"""What the tests in the browser share: the browser, an edition on the disk, and the same one served."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import editions
import pytest
from chromium import axe, chromium
from playwright.sync_api import Browser, Page
from publishing import published

from narrate.model import Edition

SLUG = "bridge"

SERVE = "import sys, pathlib; from narrate.serving import serve; serve(pathlib.Path(sys.argv[1]), port=0)"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def axe_script() -> str:
    return axe()


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("out") / SLUG
    folder.mkdir()
    made = editions.edition(folder)
    published(made, folder)
    return replace(made, sound=folder / f"{SLUG}.mp3")


@pytest.fixture(scope="session")
def on_disk(edition: Edition) -> str:
    return (edition.sound.parent / "index.html").as_uri()


@pytest.fixture(scope="session")
def site(edition: Edition) -> Iterator[str]:
    """Serve the folder for real; yields the address of its index."""
    command = [sys.executable, "-u", "-c", SERVE, str(edition.sound.parent.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split(" at ")[1].split()[0]
        server.terminate()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A desktop window in which an error of the script fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert errors == []
