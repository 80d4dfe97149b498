"""Files written by Pandoc itself, from Markdown with footnotes and a table."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.corpus.maker.articles import INTERVIEW, NEWS, POST, SCIENCE, STORY, Story

NOTE_EVERY = 4
"""Parts of a story; the paragraph of each such number gets a footnote."""
TABLE = "| Year | Length |\n|---|---|\n| 1911 | 9 |"
MARKS = {"h": "# ", "li": "- ", "q": "> "}


def markdown(story: Story) -> str:
    """Dress a story for Pandoc."""
    head = f'---\ntitle: "{story.title}"\nauthor: {story.byline}\ndate: {story.day}\nlang: en\n---'
    pieces, notes = [head], []
    for number, part in enumerate(story.body):
        label = f"**{part[2]}:** " if part[0] == "t" else ""
        note = part[0] == "p" and number % NOTE_EVERY == 0
        text = part[1].replace(". ", "\\. ", part[0] == "h")
        pieces.append(MARKS.get(part[0], "") + label + text + f"[^{number}]" * note)
        notes += [f"[^{number}]: A note of the author, number {number}."] * note
    return "\n\n".join([*pieces, TABLE, *notes])


def converted(story: Story, form: str, ending: str) -> tuple[bytes, Story]:
    """Let Pandoc write a story in a form."""
    import pypandoc

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"out{ending}"
        whole = ["--standalone"]
        pypandoc.convert_text(markdown(story), form, format="markdown", outputfile=str(out), extra_args=whole)
        return out.read_bytes(), story


SHAPES = {
    "pandoc-two.epub": (SCIENCE, "epub2"),
    "pandoc-three.epub": (STORY, "epub3"),
    "pandoc-written.docx": (NEWS, "docx"),
    "pandoc-written.odt": (INTERVIEW, "odt"),
    "pandoc-written.html": (POST, "html5"),
    "pandoc-plain.txt": (NEWS, "plain"),
}
