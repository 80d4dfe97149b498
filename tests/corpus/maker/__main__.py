"""Write the corpus: `python -m tests.corpus.maker`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.corpus.maker import books, pandoc, pdfs, portals, prints, publishers, texts, typeset, web
from tests.corpus.maker.articles import Story

FOLDER = Path(__file__).parent.parent / "files"


def main() -> None:
    """Make every file and, beside all, what is to be read of each."""
    FOLDER.mkdir(exist_ok=True)
    truth: dict[str, dict[str, object]] = {}

    def save(name: str, data: bytes, story: Story) -> None:
        (FOLDER / name).write_bytes(data)
        labels = [part[2] for part in story.body if part[0] == "t"]
        truth[name] = {"title": story.title, "byline": story.byline, "published": story.day, "turns": len(labels), "text": story.read}  # noqa: E501

    for name, shape in {**web.SHAPES, **publishers.SHAPES, **portals.SHAPES}.items():
        markup, story = shape()
        save(f"{name}.html", markup.encode("cp1252" if name == "nineties-tables" else "utf-8"), story)
    for name, pdf in {**pdfs.SHAPES, **typeset.SHAPES, **prints.SHAPES}.items():
        save(f"{name}.pdf", *pdf())
    for name, epub in books.EPUBS.items():
        save(f"{name}.epub", *epub())
    for name, word in books.WORD.items():
        save(f"{name}.docx", *word())
    save("writer.odt", *books.odt())
    for name, text in texts.SHAPES.items():
        save(name, *text())
    for name, (story, form) in pandoc.SHAPES.items():
        save(name, *pandoc.converted(story, form, Path(name).suffix))
    (FOLDER / "truth.json").write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
