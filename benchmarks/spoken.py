"""Spoken forms: our cases through narrate and through the libraries that are installed beside it.

    pip install damga spokenform wetext
    python benchmarks/spoken.py

Two readings are compared by their words, and loosely as well: letters of an acronym joined,
"and" within numbers, "oh" or "zero", "per cent" or "percent" and titles left to taste.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

CASES = Path(__file__).parents[1] / "tests" / "data"
TASTE = {"oh": "zero", "o": "zero", "nought": "zero", "mister": "mr", "missus": "mrs", "doctor": "dr"}

Say = Callable[[str, str], str]


def readings() -> dict[str, Say]:
    """Find what can say a text: a name, and a function of text and accent."""
    found: dict[str, Say] = {}
    try:
        from narrate.languages.en.spoken import say

        found["narrate"] = say
    except ImportError:
        pass
    try:
        from damga import TextNormalizer

        normalizer = TextNormalizer(lang="en")
        found["damga"] = lambda text, accent: str(normalizer.normalize(text))
    except ImportError:
        pass
    try:
        from spokenform import prepare_text

        found["spokenform"] = lambda text, accent: str(prepare_text(text, language=accent).spoken_text)
    except ImportError:
        pass
    try:
        from wetext import Normalizer

        english = Normalizer(lang="en", operator="tn")
        found["wetext"] = lambda text, accent: str(english.normalize(text))
    except ImportError:
        pass
    found["as printed"] = lambda text, accent: text
    return found


def words(text: str) -> str:
    """Reduce a text to its words."""
    return " ".join(re.sub(r"[^\w' ]", " ", text.casefold().replace("’", "'").replace("-", " ")).split())


def loosely(text: str) -> str:
    """Reduce a text to its words, with matters of taste made alike."""
    text = words(text).replace("per cent", "percent")
    text = re.sub(r"\b(\w)(?: (?=\w\b))", r"\1", re.sub(r"\bo\b", "oh", text))
    return " ".join(TASTE.get(word, word) for word in text.split() if word not in ("and", "'"))


def main() -> None:
    """Print how many cases each reading says as wanted, by class, and its words a second."""
    rows = [
        row.split("\t")
        for path in sorted(CASES.glob("spoken_en*.tsv"))
        for row in path.read_text(encoding="utf-8").splitlines()
        if row and not row.startswith("#")
    ]
    sizes = Counter(kind for kind, *_ in rows)
    print(
        "| reading | words as wanted | the same but for taste | words a second |", "| --- | --- | --- | --- |", sep="\n"
    )
    by_class = {}
    for name, say in readings().items():
        start = time.process_time()
        said = [_safely(say, written, accent) for _, accent, written, _ in rows]
        pace = sum(len(written.split()) for _, _, written, _ in rows) / (time.process_time() - start)
        strict = sum(_is_one(words, a, row[3]) for a, row in zip(said, rows, strict=True))
        loose = [_is_one(loosely, a, row[3]) for a, row in zip(said, rows, strict=True)]
        by_class[name] = Counter(row[0] for row, right in zip(rows, loose, strict=True) if right)
        share = [f"{count} of {len(rows)} ({count / len(rows):.1%})" for count in (strict, sum(loose))]
        print(f"| {name} | {share[0]} | {share[1]} | {pace:,.0f} |")
        if "--wrong" in sys.argv:
            print(
                *(f"{name}: {a!r}, not {row[3]!r}" for a, row, ok in zip(said, rows, loose, strict=True) if not ok),
                sep="\n",
            )
    print()
    print("| class | cases |", " | ".join(by_class), "|")
    print("| --- | --- |", " | ".join("---" for _ in by_class), "|")
    for kind, size in sizes.items():
        print(f"| {kind} | {size} |", " | ".join(str(count[kind]) for count in by_class.values()), "|")


def _is_one(reduced: Callable[[str], str], said: str, wanted: str) -> bool:
    return reduced(said) in [reduced(reading) for reading in wanted.split(" || ")]


def _safely(say: Say, written: str, accent: str) -> str:
    try:
        return say(written, accent)
    except Exception as error:  # a library that fails on a case has it wrong
        return f"{type(error).__name__}"


if __name__ == "__main__":
    main()
