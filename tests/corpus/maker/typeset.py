"""PDFs typeset by Typst, which breaks lines, hyphenates and places footnotes as TeX does."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.corpus.maker.articles import ESSAY, NEWS, POST, SCIENCE, Story

NOVEL = """#set page(paper: "a5", numbering: "1", header: [_Harbour news_ #h(1fr) The Example])
#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)
#set text(size: 10pt, hyphenate: true)"""
PAPER = """#set page(paper: "a5", numbering: "1 / 1", columns: 2)
#set par(justify: true)
#set text(size: 8.5pt, hyphenate: true)"""
TYPESCRIPT = """#set page(paper: "a6", numbering: "1")
#set text(size: 10pt, font: "DejaVu Sans Mono")"""
MAGAZINE = """#set page(paper: "a5", numbering: "— 1 —", columns: 2)
#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)
#set text(size: 9pt, hyphenate: true)"""
FIGURE = "#figure(rect(width: 60%, height: 40pt), caption: [The place in question on a winter day])"


def typeset(story: Story, dress: str, notes: bool) -> tuple[bytes, Story]:
    """Set a story, with a figure in it and, if wanted, footnotes."""
    import typst

    parts = [dress, _head(story, "columns" in dress)]
    for number, part in enumerate(story.body):
        text = _escaped(part[1])
        note = f"#footnote[See the survey of the canton, sheet {number}.]" if notes and number % 3 == 0 else ""
        dressed = {"h": f"= {text}", "li": f"- {text}", "q": f"#quote(block: true)[{text}]"}
        parts.append(dressed.get(part[0], text + note))
        if number == 4:
            parts.append(FIGURE)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "story.typ"
        source.write_text("\n\n".join(parts), encoding="utf-8")
        return typst.compile(str(source)), Story(story.title, story.byline, "", story.body)


def _head(story: Story, columns: bool) -> str:
    inside = f"#text(17pt)[{_escaped(story.title)}]\n\n{story.byline}"
    if columns:
        return f'#place(top + center, scope: "parent", float: true)[{inside}]'
    return f"#align(center)[{inside}\n\n]"


def _escaped(text: str) -> str:
    for mark in "#$*_@<":
        text = text.replace(mark, f"\\{mark}")
    return text


SHAPES = {
    "typst-novel": lambda: typeset(NEWS, NOVEL, True),
    "typst-paper": lambda: typeset(SCIENCE, PAPER, True),
    "typst-typescript": lambda: typeset(POST, TYPESCRIPT, False),
    "typst-magazine": lambda: typeset(ESSAY, MAGAZINE, False),
}
