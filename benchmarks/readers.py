"""Measure the readers: words got right, beside the bare libraries, and what our own part costs.

Run: python benchmarks/readers.py          (needs pypdf for the comparison)
"""

from __future__ import annotations

import io
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from narrate import plugins, readers
from narrate.model import Article

CORPUS = Path(__file__).parent.parent / "tests" / "corpus" / "files"
TRUTH = json.loads((CORPUS / "truth.json").read_text(encoding="utf-8"))
ROUNDS = 7
"""Runs of each file and reader, interleaved; the fastest counts."""


def words(text: str) -> Counter[str]:
    """Count words, case aside."""
    return Counter(re.findall(r"\w+(?:[-’']\w+)*", text.lower()))


def score(read: str, wanted: str) -> tuple[float, float]:
    """Return precision and recall of words."""
    ours, truth = words(read), words(wanted)
    hits = sum((ours & truth).values())
    return hits / max(1, sum(ours.values())), hits / sum(truth.values())


def paragraphs(read: str, wanted: str) -> float:
    """Return the share of paragraphs that came out as they were written."""
    lines = {" ".join(line.split()) for line in read.split("\n")}
    parts = wanted.split("\n\n")
    return sum(part in lines for part in parts) / len(parts)


def narrated(data: bytes, name: str) -> str:
    """Read with Narrate, without the guard."""
    source = readers.Source(name, data)
    article: Article = plugins.load("readers", readers.surest(source)).read(source)
    return "\n".join(block.text for block in article.blocks if block.kind not in ("title", "byline", "date"))


def bare_trafilatura(data: bytes, name: str) -> str:
    """Read a page with trafilatura as its documentation shows."""
    import trafilatura

    return trafilatura.extract(data, include_comments=False) or ""


def bare_pypdf(data: bytes, name: str) -> str:
    """Read a PDF with pypdf as its documentation shows."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def bare_pdfium(data: bytes, name: str) -> str:
    """Read a PDF with PDFium as pypdfium2's documentation shows."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return "\n".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))


READERS: dict[str, tuple[str, Callable[[bytes, str], str]]] = {
    "narrate, pages": (".html", narrated),
    "trafilatura alone": (".html", bare_trafilatura),
    "narrate, PDF": (".pdf", narrated),
    "pypdf alone": (".pdf", bare_pypdf),
    "PDFium alone": (".pdf", bare_pdfium),
    "narrate, EPUB": (".epub", narrated),
    "narrate, Word": (".docx", narrated),
    "narrate, text": (".txt", narrated),
    "narrate, Markdown": (".md", narrated),
    "narrate, e-mail": (".eml", narrated),
}


def files(suffix: str) -> Iterable[tuple[str, bytes]]:
    """Yield the corpus's files of a kind."""
    return [(name, (CORPUS / name).read_bytes()) for name in TRUTH if name.endswith(suffix)]


def seconds(read: Callable[[bytes, str], str], data: bytes, name: str) -> float:
    """Time one reading."""
    start = time.perf_counter()
    read(data, name)
    return time.perf_counter() - start


def main() -> None:
    """Print the tables of readers.md."""
    print("| reader | files | precision | recall | paragraphs whole | ms a file |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    fastest: dict[tuple[str, str], float] = {}
    for _ in range(ROUNDS):
        for title, (suffix, read) in READERS.items():
            for name, data in files(suffix):
                key = (title, name)
                fastest[key] = min(fastest.get(key, 9e9), seconds(read, data, name))
    for title, (suffix, read) in READERS.items():
        rows = []
        for name, data in files(suffix):
            text = read(data, name)
            rows.append(
                (*score(text, TRUTH[name]["text"]), paragraphs(text, TRUTH[name]["text"]), fastest[title, name])
            )
        means = [statistics.mean(column) for column in zip(*rows, strict=True)]
        print(f"| {title} | {len(rows)} | {means[0]:.3f} | {means[1]:.3f} | {means[2]:.2f} | {1000 * means[3]:.1f} |")
    for ours, theirs in (
        ("narrate, pages", "trafilatura alone"),
        ("narrate, PDF", "pypdf alone"),
        ("narrate, PDF", "PDFium alone"),
    ):
        shares = [
            fastest[ours, n] / fastest[theirs, n] for _, n in fastest if (ours, n) in fastest and (theirs, n) in fastest
        ]
        print(f"\n{ours}: {statistics.median(shares):.2f} times the time of {theirs} (median of files)")
    print(f"\nPython {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
