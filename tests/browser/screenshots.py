"""Take the pictures of docs/screenshots: python tests/browser/screenshots.py EDITION SECONDS FOLDER.

EDITION is the folder of an edition, SECONDS a place in it at which something is being said.
"""

from __future__ import annotations

import sys
from pathlib import Path

from chromium import chromium
from PIL import Image
from playwright.sync_api import Page

DESKTOP, PHONE = (1280, 800), (390, 844)
COLOURS = 128
"""A picture of text needs no more, and is a third as large."""


def show(tab: Page, seconds: float) -> None:
    """Bring a page to a place in its programme, as it is while it plays."""
    tab.wait_for_function("() => sound.readyState >= 1")
    tab.evaluate("at => seek(at)", seconds)
    tab.wait_for_timeout(400)
    tab.evaluate("() => follow(true)")
    tab.wait_for_timeout(900)


def keep(tab: Page, path: Path) -> None:
    """Save what the window shows, small."""
    tab.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


def main(edition: Path, seconds: float, folder: Path) -> None:
    """Take them all."""
    folder.mkdir(parents=True, exist_ok=True)
    address = (edition / "index.html").resolve().as_uri()
    with chromium() as browser:
        for name, (width, height) in (("desktop", DESKTOP), ("phone", PHONE)):
            for scheme in ("light", "dark"):
                tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                tab.goto(address)
                show(tab, seconds)
                keep(tab, folder / f"page-{name}-{scheme}.png")
                tab.close()
        tab = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, forced_colors="active")
        tab.goto(address)
        show(tab, seconds)
        keep(tab, folder / "page-forced-colours.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3]))
