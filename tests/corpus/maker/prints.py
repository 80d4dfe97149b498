# ruff: noqa: E501  (markup as its makers write it, in long lines)
"""PDFs typeset by Typst in the shapes of reports, newsletters, releases and magazines."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.corpus.maker.articles import ESSAY, INTERVIEW, NEWS, POST, SCIENCE, STORY, Story
from tests.corpus.maker.typeset import _escaped


def compiled(source: str) -> bytes:
    """Set a Typst document."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.typ"
        path.write_text(source, encoding="utf-8")
        return typst.compile(str(path))


def _undated(story: Story) -> Story:
    return Story(story.title, story.byline, "", story.body)


def _dressed(story: Story, after: dict[int, str] | None = None) -> str:
    forms = {"h": "== {}", "li": "- {}", "q": "#quote(block: true)[{}]", "t": "*{}:* {}"}
    parts: list[str] = []
    for index, part in enumerate(story.body):
        form = forms.get(part[0], "{}")
        text = _escaped(part[1])
        parts.append(form.format(part[2], text) if part[0] == "t" else form.format(text))
        if after and index in after:
            parts.append(after[index])
    return "\n\n".join(parts)


def newsletter() -> tuple[bytes, Story]:
    """Three columns, a drop cap by hand, a pull quote between rules, a box, a running foot."""
    first = ESSAY.body[0][1]
    pull = '#block(inset: 6pt, stroke: (top: 1pt, bottom: 1pt))[#text(14pt, style: "italic")[“Haste is a debt and that the sea collects it”]]'
    box = "#block(fill: luma(230), inset: 6pt)[#text(7pt)[*In this issue* \\ Letters 2 \\ Gardens 4 \\ The quiz 8]]"
    rest = _dressed(Story("", "", "", ESSAY.body[1:]), {1: pull, 3: box})
    source = f"""#set page(paper: "a4", columns: 3, margin: 2cm, header: [#text(8pt)[THE SLOW LETTER #h(1fr) June 2021]], footer: context [#align(center)[#text(8pt)[www.slowletter.example · page #counter(page).display()]]])
#set par(justify: true)
#set text(size: 9pt, hyphenate: true, font: "Libertinus Serif")
#place(top + center, scope: "parent", float: true)[#text(26pt, weight: "bold")[{ESSAY.title}]

by {ESSAY.byline}]

#box(baseline: 3pt, text(16pt)[{first[0]}]){_escaped(first[1:])}

{rest}"""
    return compiled(source), _undated(ESSAY)


def report() -> tuple[bytes, Story]:
    """A report: a title page, contents with leaders, numbered headings, a table, notes, a running head by chapter."""
    table = "#figure(table(columns: 3, [Year], [Length], [Area], [1931], [9.2 km], [14 km²], [2023], [6.1 km], [8 km²]), caption: [The glacier in two years])"
    source = f"""#set page(paper: "a5", numbering: "1", header: [#text(7pt)[University of Example · Working paper 12]])
#set heading(numbering: "1.1")
#set text(size: 10pt)
#align(center)[#text(20pt)[{SCIENCE.title}]

Priya Raman and Jonas Weil

November 2, 2023]
#outline()
#pagebreak()
{_dressed(SCIENCE, {1: table}).replace("village schoolteacher.", "village schoolteacher.#footnote[Data and code are with the authors.]")}
"""
    body = tuple((kind, text) for kind, text, *_ in SCIENCE.body)
    numbered, count = [], 0
    for kind, text in body:
        count += kind == "h"
        numbered.append((kind, f"0.{count} {text}" if kind == "h" else text))
    return compiled(source), Story(SCIENCE.title, SCIENCE.byline, SCIENCE.day, tuple(numbered))


def release() -> tuple[bytes, Story]:
    """A press release: a letterhead, "for immediate release", a dateline, "ends", contacts."""
    source = f"""#set page(paper: "us-letter", margin: 1in)
#set text(size: 11pt, font: "New Computer Modern")
#align(right)[#text(9pt)[Eastmouth Council \\ 1 Quay Street \\ Eastmouth EM1 1AA]]

*FOR IMMEDIATE RELEASE*

#text(18pt, weight: "bold")[{NEWS.title}]

19 March 2024

{_dressed(NEWS)}

#align(center)[\\#\\#\\#]

*Media contact:* Jane Roe, press\\@eastmouth.example, 020 7946 0000
"""
    return compiled(source), Story(NEWS.title, "", NEWS.day, NEWS.body)


def magazine() -> tuple[bytes, Story]:
    """Two columns with a captioned picture across both, a pull quote in the gutter column, an end mark, folios."""
    picture = '#place(top, scope: "parent", float: true)[#rect(width: 100%, height: 90pt) #text(7pt)[Left to right: the neighbour’s stand, nine washers, the author’s patience. Photograph by Lou Marsh]]'
    pull = '#align(center)[#text(15pt, weight: "bold")[“Throw it away,” she said. “Then throw away the receipt”]]'
    source = f"""#set page(paper: "a4", columns: 2, footer: context [#text(8pt)[#counter(page).display() #h(1fr) WHEELS QUARTERLY | AUTUMN 2024]])
#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)
#set text(size: 10pt, hyphenate: true, font: "Libertinus Serif")
#place(top + left, scope: "parent", float: true)[#text(8pt, tracking: 2pt)[WORKSHOP] \\ #text(30pt)[{POST.title}] \\ #text(11pt, style: "italic")[Words by {POST.byline}]]
{_dressed(POST, {4: picture, 10: pull})} ■
"""
    return compiled(source), _undated(POST)


def margins() -> tuple[bytes, Story]:
    """A book's chapter with side notes in the outer margin and small capitals at its start."""
    note = "#place(right, dx: 3.6cm, block(width: 3cm, text(7pt)[The square is now called after the lamplighter.]))"
    source = f"""#set page(paper: "a5", margin: (left: 1.5cm, right: 4.5cm, y: 2cm), numbering: "1", header: [#align(right)[#text(8pt)[#smallcaps[Henrietta Vale]]]])
#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)
#set text(size: 10pt, hyphenate: true)
#align(center)[#text(16pt)[{STORY.title}]

{STORY.byline}]
{_dressed(STORY, {1: note, 6: note.replace("square", "bridge")})}
"""
    return compiled(source), _undated(STORY)


def questions() -> tuple[bytes, Story]:
    """An interview in two columns, questions in bold without labels."""
    parts = []
    for _, text, *label in INTERVIEW.body:
        parts.append(f"*{_escaped(text)}*" if label == ["Q"] else _escaped(text))
    joined = "\n\n".join(parts)
    source = f"""#set page(paper: "a4", columns: 2, numbering: "1")
#set text(size: 10pt)
#place(top + center, scope: "parent", float: true)[#text(22pt)[{INTERVIEW.title}]

Interview: {INTERVIEW.byline}]
{joined}
"""
    return compiled(source), _undated(INTERVIEW)


SHAPES = {
    "newsletter-columns": newsletter,
    "working-paper": report,
    "council-release": release,
    "quarterly": magazine,
    "side-notes": margins,
    "bold-questions": questions,
}
