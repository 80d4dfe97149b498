# ruff: noqa: E501  (markup as its makers write it, in long lines)
"""Text, Markdown and e-mail as people keep and send them."""

from __future__ import annotations

import textwrap
from email.message import EmailMessage

from tests.corpus.maker.articles import ESSAY, INTERVIEW, NEWS, POST, SCIENCE, STORY, Story
from tests.corpus.maker.web import body, links, long


def _lines(story: Story, bullet: str = "- ") -> list[str]:
    return [(bullet if part[0] == "li" else f"{part[2]}: " if part[0] == "t" else "") + part[1] for part in story.body]


def plain() -> tuple[bytes, Story]:
    """Copied from a browser: one paragraph a line, blank lines between."""
    return "\n\n".join([NEWS.title, f"By {NEWS.byline}", long(NEWS), *_lines(NEWS)]).encode(), NEWS


def wrapped() -> tuple[bytes, Story]:
    """Hard-wrapped at 72, Windows line ends and encoding."""
    head = f"{ESSAY.title}\nby {ESSAY.byline}\n{long(ESSAY)}"
    text = "\n\n".join([head, *(textwrap.fill(p, 72) for p in ESSAY.paragraphs)])
    return text.replace("\n", "\r\n").encode("cp1252"), ESSAY


def indented() -> tuple[bytes, Story]:
    """Hard-wrapped without blank lines, paragraphs by indent, UTF-16."""
    text = "\n".join(textwrap.fill(p, 66, initial_indent="    ") for p in ESSAY.paragraphs)
    return f"{ESSAY.title}\n{ESSAY.byline}\n\n{text}\n".encode("utf-16"), Story(ESSAY.title, ESSAY.byline, "", ESSAY.body)


def mojibake() -> tuple[bytes, Story]:
    """UTF-8 that was taken for Windows-1252 and saved again."""
    text = "\n\n".join([SCIENCE.title, f"By {SCIENCE.byline}", long(SCIENCE, True), *_lines(SCIENCE)])
    return text.encode().decode("latin-1").encode().replace("â\x80\x9d".encode(), "â€".encode()), SCIENCE


def paged() -> tuple[bytes, Story]:
    """What pdftotext makes of two pages: form feeds, page numbers, hyphens, a paragraph cut by the page."""
    lines = [line for p in NEWS.paragraphs for line in [*textwrap.wrap(p, 70), ""]]
    half = next(at for at in range(len(lines) // 2, len(lines)) if lines[at] and not lines[at].endswith((".", "”")))
    head = [NEWS.title, "", NEWS.byline, long(NEWS), ""]
    top = ["The Example                                            Harbour news", ""]
    text = "\n".join([*top, *head, *lines[: half + 1], "", "1"]) + "\f" + "\n".join([*top, *lines[half + 1 :], "", "2"])
    body_only = tuple(part for part in NEWS.body if part[0] == "p")
    return text.encode(), Story(NEWS.title, NEWS.byline, NEWS.day, body_only)


def hugo() -> tuple[bytes, Story]:
    """Markdown with front matter, links, emphasis and a picture."""
    marks = {"h": "## ", "li": "- ", "q": "> "}
    text = "\n\n".join(marks.get(part[0], "") + part[1] for part in POST.body).replace("a hammer", "a *hammer*")
    text = text.replace("spanners", "[spanners](https://example.org/spanners \"Tools\")", 1).replace("the wrong way", "**the wrong way**", 1)
    front = f'---\ntitle: "{POST.title}"\nauthor: {POST.byline}\ndate: {POST.day}T10:00:00+02:00\ntags: [bikes, tools]\ndraft: false\n---\n\n'
    return (front + "![A bicycle on a stand](bike.jpg)\n\n" + text).encode(), POST


def dressed() -> tuple[bytes, Story]:
    """Markdown that calls itself text, with the contact box of a site at its end."""
    marks = {"h": "## ", "li": "* ", "q": "> "}
    head = f"# {NEWS.title}\n\n{NEWS.byline}  \n{long(NEWS)}\n\n"
    foot = "\n\n**[Contact the Example to support our work](https://example.org/contact)**\n"
    return (head + "\n\n".join(marks.get(p[0], "") + p[1] for p in NEWS.body) + foot).encode(), NEWS


def turns() -> tuple[bytes, Story]:
    """Markdown, an interview with labels in bold."""
    parts = [f"**{part[2]}:** {part[1]}" if part[0] == "t" else part[1] for part in INTERVIEW.body]
    return "\n\n".join([f"# {INTERVIEW.title}", f"*By {INTERVIEW.byline}*", long(INTERVIEW), *parts]).encode(), INTERVIEW


def pandoc() -> tuple[bytes, Story]:
    """Markdown as Pandoc reads it: wrapped lines, footnotes, a table, setext headings."""
    parts: list[str] = []
    for number, part in enumerate(SCIENCE.body):
        text = part[1] + ("[^1]" if number == 0 else "")
        parts.append(f"{text}\n{'-' * len(text)}" if part[0] == "h" else textwrap.fill(text, 72))
    notes = "[^1]: Survey of the canton, sheet 14."
    table = "| Year | mm |\n|---|---|\n| 2021 | 9 |"
    head = f"---\ntitle: {SCIENCE.title}\nauthor:\n  - Priya Raman\n  - Jonas Weil\ndate: {SCIENCE.day}\nlang: en-GB\n---\n"
    return "\n\n".join([head, *parts, table, notes]).encode(), SCIENCE


def letter() -> tuple[bytes, Story]:
    """A letter in plain text with a quoted one below and a signature."""
    message = EmailMessage()
    message["From"], message["To"] = f"{ESSAY.byline} <oona@example.org>", "list@example.org"
    message["Subject"], message["Date"] = f"Fwd: {ESSAY.title}", "Sun, 27 Jun 2021 08:15:00 +0200"
    text = "\n\n".join(textwrap.fill(p, 74) for p in ESSAY.paragraphs)
    message.set_content(text + "\n\n-- \nOona Fairweather\nWriter at large\n\nOn Sat, 26 Jun 2021, Bob wrote:\n> Do send us something by Sunday.\n")
    return message.as_bytes(), ESSAY


def newsletter() -> tuple[bytes, Story]:
    """A newsletter of tables, with a text part that is a stub."""
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = f"{POST.byline} <news@example.org>", POST.title, "Mon, 05 Aug 2024 07:00:00 +0000"
    message.set_content("View this email in your browser: https://example.org/x")
    inside = (
        f'<div style="display:none">A preview text that nobody sees in the letter itself</div><table role="presentation"><tr><td><a>View in browser</a></td></tr><tr><td><h1>{POST.title}</h1>{body(POST)}</td></tr>'
        f'<tr><td>{links("related-posts")}</td></tr><tr><td class="footer"><p>You receive this because you signed up. <a>Unsubscribe</a></p></td></tr></table>'
    )
    message.add_alternative(f"<html><body>{inside}</body></html>", subtype="html")
    message.set_boundary("==corpus==")
    return message.as_bytes(), POST


def forwarded() -> tuple[bytes, Story]:
    """A letter that somebody forwards with a line of their own; all of it quoted."""
    message = EmailMessage()
    message["From"], message["To"] = "Bob <bob@example.org>", "me@example.org"
    message["Subject"], message["Date"] = f"Fwd: {SCIENCE.title}", "Sun, 05 Nov 2023 08:15:00 +0100"
    head = f"From: {SCIENCE.byline} <sci@example.org>\nSubject: {SCIENCE.title}\nDate: 2 November 2023 at 07:00:00 CET\nTo: Bob <bob@example.org>\n"
    text = head + "\n" + "\n\n".join(textwrap.fill(line, 72) for line in _lines(SCIENCE))
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    message.set_content(f"You must read this!\n\nBegin forwarded message:\n\n{quoted}\n")
    return message.as_bytes(), SCIENCE


def pasted() -> tuple[bytes, Story]:
    """A letter pasted with the headers that Outlook shows."""
    head = f"From: {POST.byline}\nSent: Monday, August 5, 2024 7:00 AM\nTo: Me\nSubject: FW: {POST.title}\n\n"
    return (head + "\n\n".join(_lines(POST, "* "))).encode("cp1252"), POST


def gutenberg() -> tuple[bytes, Story]:
    """A tale as text archives keep it: centred heads, wrapped, underscores for italics left as typed."""
    parts = [part[1].center(70) if part[0] == "h" else textwrap.fill(part[1], 70) for part in STORY.body]
    head = f"{STORY.title.upper().center(70)}\n\n{('by ' + STORY.byline).center(70)}"
    return "\n\n\n".join([head, "\n\n".join(parts)]).encode(), Story(STORY.title.upper(), STORY.byline, "", STORY.body)


SHAPES = {
    "copied.txt": plain,
    "wrapped-cp1252.txt": wrapped,
    "indented-utf16.txt": indented,
    "mojibake.txt": mojibake,
    "pages.txt": paged,
    "archive.txt": gutenberg,
    "hugo.md": hugo,
    "dressed.txt": dressed,
    "interview.md": turns,
    "pandoc.md": pandoc,
    "letter.eml": letter,
    "newsletter.eml": newsletter,
    "forwarded.eml": forwarded,
    "pasted.txt": pasted,
}
