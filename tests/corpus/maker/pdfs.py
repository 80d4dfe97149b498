
"""PDFs in the shapes of LaTeX, InDesign, Word and browsers, set line by line."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyphen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen import canvas

from tests.corpus.maker.articles import ESSAY, INTERVIEW, NEWS, POST, SCIENCE, STORY, Story
from tests.corpus.maker.web import long

HYPHENS = pyphen.Pyphen(lang="en_US")
A4 = (595.0, 842.0)
LETTER = (612.0, 792.0)


def wrap(text: str, font: str, size: float, width: float, hyphenate: bool, first: float = 0.0) -> list[str]:
    """Break text into lines, by hyphens where it helps."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        room = width - (first if not lines else 0)
        trial = f"{line} {word}".strip()
        if pdfmetrics.stringWidth(trial, font, size) <= room:
            line = trial
            continue
        head = tail = ""
        for head, tail in HYPHENS.iterate(word.strip("“”‘’,.;:?!—")) if hyphenate and word.isalpha() else ():  # noqa: B007
            if pdfmetrics.stringWidth(f"{line} {head}-", font, size) <= room:
                break
        else:
            head = ""
        if head and line:
            lines.append(f"{line} {head}-")
            line = tail
        else:
            lines.append(line)
            line = word
    return [*[one for one in lines if one], line]


@dataclass
class Press:
    """A canvas, columns that are filled one after another, and what each page has at its edges."""

    size: tuple[float, float]
    columns: Sequence[tuple[float, float]]
    """Left edge and width of each column."""
    top: float
    foot: float
    edges: Callable[[Any, int], None]
    font: str = "Times-Roman"
    point: float = 10.0
    leading: float = 12.0
    indent: float = 12.0
    gap: float = 0.0
    hyphenate: bool = True
    justify: bool = True
    meta: dict[str, str] = field(default_factory=dict)
    notes: dict[int, list[str]] = field(default_factory=dict)
    """Footnotes by page."""

    def __post_init__(self) -> None:
        self.out = io.BytesIO()
        self.canvas = canvas.Canvas(self.out, pagesize=self.size, invariant=1)
        self.canvas.setTitle(self.meta.get("Title", "untitled"))
        self.canvas.setAuthor(self.meta.get("Author", ""))
        self.page, self.column, self.y = 1, 0, self.top
        self.starts = [self.top] * len(self.columns)
        self.edges(self.canvas, 1)

    def line(self, text: str, font: str, point: float, leading: float, inset: float = 0.0, last: bool = True) -> None:
        """Set one line, in the next column or on the next page if there is no room."""
        if self.y - leading < self.foot + 11 * len(self.notes.get(self.page, [])):
            self.turn()
        self.y -= leading
        left, width = self.columns[self.column]
        self.canvas.setFont(font, point)
        words = text.count(" ")
        slack = width - inset - pdfmetrics.stringWidth(text, font, point)
        if self.justify and not last and words and 0 < slack < 0.25 * width:
            thing = self.canvas.beginText(left + inset, self.y)
            thing.setWordSpace(slack / words)
            thing.textOut(text)
            self.canvas.drawText(thing)
        else:
            self.canvas.drawString(left + inset, self.y, text)

    def turn(self) -> None:
        """Go to the next column or page."""
        self.column += 1
        if self.column == len(self.columns):
            self.finish_page()
            self.page, self.column = self.page + 1, 0
            self.starts = [self.size[1] - 72.0] * len(self.columns)
            self.edges(self.canvas, self.page)
        self.y = self.starts[self.column]

    def finish_page(self) -> None:
        """Set the footnotes and close the page."""
        left, _ = self.columns[0]
        for place, note in enumerate(self.notes.get(self.page, [])):
            self.canvas.setFont(self.font, self.point * 0.8)
            self.canvas.drawString(left, self.foot + 8 - 10 * place, note)
        self.canvas.showPage()

    def paragraph(self, text: str, inset: float = 0.0, indent: float | None = None, bullet: str = "") -> None:
        """Set a paragraph."""
        first = self.indent if indent is None else indent
        _, width = self.columns[self.column]
        lines = wrap(text, self.font, self.point, width - inset, self.hyphenate, first)
        for number, line in enumerate(lines):
            self.line(bullet + line if not number else line, self.font, self.point, self.leading,
                      inset + (first if not number else 0), number == len(lines) - 1)  # fmt: skip
        self.y -= self.gap

    def heading(self, text: str, font: str, point: float, above: float = 10.0) -> None:
        """Set a heading, over several lines if need be."""
        self.y -= above
        for line in wrap(text, font, point, self.columns[self.column][1], False):
            self.line(line, font, point, point * 1.2)
        self.y -= 3

    def body(self, story: Story, bold: str = "Times-Bold", point: float = 12.0) -> None:
        """Set a whole story."""
        fresh = True
        for part in story.body:
            kind, text = part[0], part[1]
            if kind == "h":
                self.heading(text, bold, point)
            elif kind == "li":
                self.paragraph(text, 14, 0, "• ")
            elif kind == "q":
                self.paragraph(text, 20, 0)
            elif kind == "t":
                self.paragraph(f"{part[2]}: {text}", 0, 0)
            else:
                self.paragraph(text, 0, 0 if fresh else None)
            fresh = kind == "h"

    def done(self) -> bytes:
        """Close the document."""
        self.finish_page()
        self.canvas.save()
        return self.out.getvalue()


def centre(c: Any, text: str, x: float, y: float, font: str, size: float) -> None:
    """Set a centred line."""
    c.setFont(font, size)
    c.drawCentredString(x, y, text)


def latex_one() -> tuple[bytes, Story]:
    """LaTeX article class: centred title, page number below, footnotes, no running head."""
    press = Press(LETTER, [(134, 344)], 560, 130, lambda c, n: centre(c, str(n), 306, 96, "Times-Roman", 10))
    press.starts[0] = 560
    for place, line in enumerate(wrap(SCIENCE.title, "Times-Roman", 17.2, 330, False)):
        centre(press.canvas, line, 306, 650 - 20 * place, "Times-Roman", 17.2)
    centre(press.canvas, SCIENCE.byline, 306, 610, "Times-Roman", 12)
    centre(press.canvas, long(SCIENCE, True), 306, 590, "Times-Roman", 12)
    press.notes = {1: ["1 Survey of the canton, sheet 14, third edition.", "2 The photographs are kept in the school."]}
    press.body(SCIENCE, "Times-Bold", 14.3)
    return press.done(), SCIENCE


def latex_two() -> tuple[bytes, Story]:
    """LaTeX, two columns, as proceedings are set; running heads alternate."""

    def edges(c: Any, n: int) -> None:
        if n > 1:
            c.setFont("Times-Italic", 9)
            c.drawString(54, 760, f"{n}    Raman and Weil" if n % 2 == 0 else f"Old glaciers leave a new map    {n}")

    press = Press(LETTER, [(54, 243), (315, 243)], 610, 70, edges, point=9.96, leading=11.95, indent=10)
    for place, line in enumerate(wrap(SCIENCE.title, "Times-Roman", 20, 480, False)):
        centre(press.canvas, line, 306, 690 - 22 * place, "Times-Roman", 20)
    centre(press.canvas, SCIENCE.byline, 306, 650, "Times-Roman", 11)
    press.starts = [610, 610]
    press.body(SCIENCE, "Times-Bold", 12)
    press.body(Story("", "", "", ESSAY.body), "Times-Bold", 12)
    return press.done(), Story(SCIENCE.title, SCIENCE.byline, "", (*SCIENCE.body, *ESSAY.body))


def magazine() -> tuple[bytes, Story]:
    """InDesign magazine: three columns, drop cap, folio and title at the foot, a caption."""

    def edges(c: Any, n: int) -> None:
        c.setFont("Helvetica", 7)
        c.drawString(42, 28, f"{40 + n}  THE EXAMPLE MAGAZINE  |  SUMMER")

    press = Press(A4, [(42, 160), (217, 160), (392, 160)], 560, 60, edges, "Times-Roman", 9, 11, 9)
    press.canvas.setFont("Helvetica-Bold", 34)
    press.canvas.drawString(42, 700, ESSAY.title)
    press.canvas.setFont("Helvetica", 10)
    press.canvas.drawString(42, 670, f"By {ESSAY.byline}")
    press.starts = [580, 580, 580]
    text = ESSAY.paragraphs
    # A drop cap over two lines.
    press.canvas.setFont("Times-Roman", 27)
    press.canvas.drawString(42, 547, text[0][0])
    wide = pdfmetrics.stringWidth(text[0][0], "Times-Roman", 27) + 2
    rest = wrap(text[0][1:], "Times-Roman", 9, 160 - wide, True)
    press.y = 569
    for line in rest[:2]:
        press.line(line, "Times-Roman", 9, 11, wide, True)
    tail = " ".join(rest[2:]) if not rest[1].endswith("-") else rest[1].rpartition(" ")[2][:-1] + " ".join(rest[2:])
    if rest[1].endswith("-"):
        tail = " ".join(rest[2:])
    press.paragraph(tail, 0, 0)
    for paragraph in text[1:]:
        press.paragraph(paragraph)
    return press.done(), Story(ESSAY.title, ESSAY.byline, "", ESSAY.body)


def browser() -> tuple[bytes, Story]:
    """A page printed by a browser: date and title above, address and page number below, on two pages."""

    def edges(c: Any, n: int) -> None:
        c.setFont("Helvetica", 7.5)
        c.drawString(25, 822, f"3/20/24, 8:14 AM{' ' * 30}{NEWS.title}")
        c.drawString(25, 14, "https://example.org/2024/03/19/harbour-town-votes")
        c.drawString(560, 14, f"{n}/2")

    press = Press(A4, [(60, 475)], 760, 60, edges, "Helvetica", 12.5, 19, 0, 11, False, False)
    press.heading(NEWS.title, "Helvetica-Bold", 25)
    press.line(NEWS.byline, "Helvetica", 10, 16)
    press.line(long(NEWS), "Helvetica", 10, 16)
    press.y -= 14
    press.body(NEWS, "Helvetica-Bold", 16)
    return press.done(), NEWS


def word() -> tuple[bytes, Story]:
    """A Word export: ragged right, blank between paragraphs, a page number in the corner, junk for a title."""

    def edges(c: Any, n: int) -> None:
        c.setFont("Times-Roman", 11)
        c.drawRightString(523, 40, f"Page {n}")

    meta = {"Title": "Microsoft Word - bicycle_final_v3.docx", "Author": "Deepa Varga"}
    press = Press(A4, [(72, 451)], 770, 72, edges, "Times-Roman", 12, 14, 0, 8, False, False, meta)
    press.heading(POST.title, "Times-Bold", 18)
    press.paragraph(f"By {POST.byline}")
    press.body(POST, "Times-Bold", 14)
    return press.done(), Story(POST.title, POST.byline, "", POST.body)


def newspaper() -> tuple[bytes, Story]:
    """A newspaper's page pair: four narrow columns, heavily hyphenated, a dateline at the top."""

    def edges(c: Any, n: int) -> None:
        c.setFont("Times-Bold", 8)
        c.drawString(36, 815, f"A{n}   THE EXAMPLE, WEDNESDAY, MARCH 20, 2024")

    columns = [(36, 122), (170, 122), (304, 122), (438, 122)]
    press = Press(A4, columns, 690, 500, edges, "Times-Roman", 8.6, 10, 8)
    press.canvas.setFont("Times-Bold", 26)
    press.canvas.drawString(36, 750, NEWS.title)
    press.canvas.setFont("Times-Roman", 9)
    press.canvas.drawString(36, 725, f"By {NEWS.byline.upper()}")
    press.starts = [700] * 4
    press.y = 700
    press.body(NEWS, "Times-Bold", 9.8)
    return press.done(), Story(NEWS.title, NEWS.byline, "", NEWS.body)


def interview() -> tuple[bytes, Story]:
    """An interview as a web page's print version, with a footer that a two-page file repeats."""

    def edges(c: Any, n: int) -> None:
        c.setFont("Times-Roman", 9)
        c.drawString(72, 30, f"bellmagazine.example link {n}/2")

    press = Press(LETTER, [(72, 468)], 720, 300, edges, "Times-Roman", 11, 14, 0, 7, False, False)
    press.heading(INTERVIEW.title, "Times-Bold", 20)
    press.line(INTERVIEW.byline, "Times-Roman", 11, 15)
    press.line(long(INTERVIEW), "Times-Roman", 11, 15)
    press.y -= 10
    press.body(INTERVIEW)
    return press.done(), INTERVIEW


def novel() -> tuple[bytes, Story]:
    """A novel's pages: chapter heads, indents, running heads left and right, roman front matter absent."""

    def edges(c: Any, n: int) -> None:
        c.setFont("Times-Italic", 8)
        if n > 1:
            centre(c, STORY.byline.upper() if n % 2 == 0 else STORY.title.upper(), 180, 500, "Times-Roman", 7.5)
        centre(c, str(n + 6), 180, 30, "Times-Roman", 8)

    meta = {"Title": STORY.title, "Author": STORY.byline}
    press = Press((360.0, 540.0), [(50, 260)], 470, 60, edges, "Times-Roman", 10, 13, 14, meta=meta)
    press.starts = [470]
    press.body(STORY, "Times-Roman", 16)
    return press.done(), Story(STORY.title, STORY.byline, "", STORY.body)


def interleaved() -> tuple[bytes, Story]:
    """Two columns whose lines are drawn row by row across both, as some converters write them."""
    c_out = io.BytesIO()
    c = canvas.Canvas(c_out, pagesize=A4, invariant=1)
    c.setFont("Helvetica-Bold", 20)
    c.drawString(50, 780, ESSAY.title)
    c.setFont("Times-Roman", 10)
    lines: list[tuple[str, float]] = []
    for paragraph in ESSAY.paragraphs:
        broken = wrap(paragraph, "Times-Roman", 10, 232, True, 12)
        lines += [(line, 12.0 if not number else 0.0) for number, line in enumerate(broken)]
    half = (len(lines) + 1) // 2
    for row in range(half):
        y = 740 - 12 * row
        c.drawString(50 + lines[row][1], y, lines[row][0])
        if half + row < len(lines):
            c.drawString(312 + lines[half + row][1], y, lines[half + row][0])
    c.showPage()
    c.save()
    return c_out.getvalue(), Story(ESSAY.title, "", "", ESSAY.body)


SHAPES = {
    "latex-article": latex_one,
    "latex-two-columns": latex_two,
    "indesign-magazine": magazine,
    "browser-print": browser,
    "word-export": word,
    "newspaper-columns": newspaper,
    "interview-print": interview,
    "novel": novel,
    "interleaved-columns": interleaved,
}
