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
from functools import cache, partial
from pathlib import Path
from types import ModuleType

from narrate import plugins, readers
from narrate.model import Article
from narrate.readers import _furniture, _markup, _selecting

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


@cache
def load(name: str) -> ModuleType:
    """Load a reader once: looking for plug-ins among installed packages is no part of reading."""
    return plugins.load("readers", name)


def narrated(data: bytes, name: str) -> str:
    """Read with Narrate, without the guard."""
    source = readers.Source(name, data)
    article: Article = load(readers.surest(source)).read(source)
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


def placed_pdfium(data: bytes, name: str) -> str:
    """Read a PDF with PDFium and ask it where each line stands and how large it is, as any layout needs."""
    import pypdfium2

    from narrate.readers import _glyphs

    document = pypdfium2.PdfDocument(data)
    return "\n".join(line.text for n in range(len(document)) for line in _glyphs.fragments(document[n], n))


FOLDS = 12
"""How often the text of a page is repeated for one of usual weight: some 6,000 words and 200 KB of markup."""
COMPARED = (
    ("narrate, pages", "trafilatura alone"),
    ("narrate, PDF", "pypdf alone"),
    ("narrate, PDF", "PDFium with places"),
)
READERS: dict[str, tuple[str, Callable[[bytes, str], str]]] = {
    "narrate, pages": (".html", narrated),
    "trafilatura alone": (".html", bare_trafilatura),
    "narrate, PDF": (".pdf", narrated),
    "pypdf alone": (".pdf", bare_pypdf),
    "PDFium alone": (".pdf", bare_pdfium),
    "PDFium with places": (".pdf", placed_pdfium),
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
    """Time one reading, in seconds of the processor: other programs do not count, and nothing is remembered."""
    for remembered in (_furniture.box, _selecting._shingles, _markup._plain):
        remembered.cache_clear()
    start = time.process_time()
    read(data, name)
    return time.process_time() - start


def heavy() -> float:
    """Return our time on a page of usual weight, in times of trafilatura's."""
    data = (CORPUS / "daily-promos.html").read_bytes()
    start, end = data.index(b'<div id="maincontent"'), data.index(b'<div class="submeta"')
    varied = b"".join(data[start:end].replace(b"ferry", b"ferry%d" % number) for number in range(FOLDS))
    page = data[:start] + varied + data[end:]
    pairs = [(seconds(narrated, page, "p.html"), seconds(bare_trafilatura, page, "p.html")) for _ in range(ROUNDS)]
    return min(one for one, _ in pairs) / min(other for _, other in pairs)


def throughput() -> float:
    """Return megabytes of plain text a second."""
    data = (CORPUS / "copied.txt").read_bytes() * 100
    return len(data) / 1e6 / min(seconds(narrated, data, "x.txt") for _ in range(3))


def guarded() -> tuple[float, float]:
    """Return the seconds that the guard adds to the first page and to each that follows, by the clock."""
    from narrate.readers import _guard

    sources = [readers.Source(name, data) for name, data in files(".html")]
    bare = statistics.median(wall(partial(load("html").read, source)) for source in sources)
    _guard.close_room()
    times = [wall(partial(_guard.read, "html", source)) for source in sources]
    usual = statistics.median(times[1:])
    return times[0] - usual, usual - bare


def wall(work: Callable[[], object]) -> float:
    """Time some work by the clock."""
    start = time.perf_counter()
    work()
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
    for ours, theirs in COMPARED:
        pairs = [(fastest[ours, name], fastest[theirs, name]) for title, name in fastest if title == theirs]
        share = statistics.median(one / other for one, other in pairs)
        print(f"\n{ours}: {share:.2f} times the time of {theirs} (median of files)")
    print(f"\nA page with {FOLDS} times the text: {heavy():.2f} times the time of trafilatura alone")
    first, following = guarded()
    print(f"The guard: {first:.2f} s for the first source, {1000 * following:.0f} ms for each that follows")
    print(f"Plain text: {throughput():.1f} MB a second")
    print(f"\nPython {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
