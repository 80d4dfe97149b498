"""Show how often what attribution is so sure of is right: a table of reliability.

    python benchmarks/attribution.py GOLD.jsonl -o PRED.jsonl
    python benchmarks/calibration.py SCORER.py GOLD.jsonl PRED.jsonl

Of the quotations that were found, each row counts those with a confidence from one edge to the
next: how many, the mean confidence, and the share whose person is right, by the scorer's rule.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from attribution import load

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
"""Confidences at which a row begins."""
PRONOUNS = ("he", "she", "it", "they")


def module(path: Path) -> ModuleType:
    """Import the scorer by its path."""
    spec = spec_from_file_location("scorer", path)
    assert spec is not None and spec.loader is not None
    made = module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def found(gold: list[dict[str, Any]], predicted: list[dict[str, Any]], scorer: ModuleType) -> Iterator[Any]:
    """Go through the quotations that were found: whether a pronoun says who, the confidence, whether that is right."""
    by_name = {document["doc_id"]: document["quotes"] for document in predicted}
    for document in gold:
        for quote in document["quotes"]:
            for one in by_name.get(document["doc_id"], []):
                shared = min(quote["end"], one["quote_end"]) - max(quote["start"], one["quote_start"])
                if 2 * shared >= quote["end"] - quote["start"]:
                    pronoun = (one["speaker_text"] or "").lower() in PRONOUNS
                    yield pronoun, one["confidence"], bool(scorer.spk_entity(quote, one))
                    break


def table(rows: list[tuple[float, bool]]) -> Iterator[str]:
    """Make the lines of a table of confidences and whether they were right."""
    for low, high in pairwise(EDGES):
        inside = [(sure, right) for sure, right in rows if low <= sure < high]
        if inside:
            mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            yield f"| {low:.2f} | {len(inside)} | {mean:.3f} | {share:.3f} |"


def main() -> None:
    """Print a table for speakers that a pronoun names, and one for all others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    arguments = parser.parse_args()
    rows = list(found(load(arguments.gold), load(arguments.predicted), module(arguments.scorer)))
    for title, wanted in (("pronouns", True), ("others", False)):
        print(f"{title}: from | quotations | confidence | right")
        print("\n".join(table([(sure, right) for pronoun, sure, right in rows if pronoun == wanted])))


if __name__ == "__main__":
    main()
