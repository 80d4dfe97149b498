"""Learn to tell speech from what else stands between quotation marks.

    pip install scipy
    python benchmarks/train_speech.py GOLD.jsonl[*WEIGHT] MARKS.txt[*WEIGHT] … -o narrate/attribution/speech.json

Takes gold articles in the scorer's form, and sentences of our own in which each mark is labelled,
as in `marks.txt`. Learns a forest of small trees by gradient boosting: each tree mends what the
ones before it got wrong. The same files give the same forest.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from attribution import analyse, article, load
from scipy.sparse import csr_matrix

from narrate.attribution.frames import Frame
from narrate.attribution.speech import features
from narrate.languages.en import LANGUAGE

TRIM = " \t\r\n“”\"‘’'`.,;:!?…—–-"
NEGATIVE = 1.5
"""What counts as no speech weighs so much more: a wrong voice is worse than none."""
SELDOM = 6
"""A feature that is seen less often is left out."""
TREES, LEAVES, RATE = 300, 8, 0.04
"""Size of the forest and how much of its own opinion each tree may add; set on PolNeAR dev."""
STIFF = 10.0
"""Strength of the pull of leaves towards nothing."""
FEWEST = 10
"""Examples that each side of a question needs."""
SHARE = 0.3
"""Share of the features that a question is chosen from, so that trees differ."""
LABEL = re.compile(r"\[([+-])(.*?)\](?=[^\]]|$)")


@dataclass(frozen=True, slots=True)
class Example:
    """A quotation as the judge sees it, and what it is."""

    features: list[str]
    speech: bool
    weight: float


def marks(path: Path) -> Iterator[dict[str, Any]]:
    """Read sentences whose marks are labelled [+“said”] and [-“not said”]: one gold document a line."""
    for line in path.read_text("utf8").splitlines():
        text, at = "", 0
        spans: dict[str, list[dict[str, int]]] = {"+": [], "-": []}
        for found in LABEL.finditer(line):
            text += line[at : found.start()]
            spans[found[1]].append({"start": len(text), "end": len(text) + len(found[2])})
            text, at = text + found[2], found.end()
        yield {"text": text + line[at:], "quotes": spans["+"], "negatives": spans["-"]}


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Trim marks and punctuation off a stretch."""
    while start < end and text[start] in TRIM:
        start += 1
    while end > start and text[end - 1] in TRIM:
        end -= 1
    return start, end


def frames(text: str) -> Sequence[Frame]:
    """Lay a text open."""
    return analyse(text).frames


def examples(document: dict[str, Any], weight: float) -> Iterator[Example]:
    """Find the labelled quotations of one document."""
    text = document["text"]
    starts = [block.start for block in article(text).blocks]
    truth = {trimmed(text, quote["start"], quote["end"]): True for quote in document["quotes"]}
    truth |= {trimmed(text, other["start"], other["end"]): False for other in document.get("negatives", ())}
    for frame in frames(text):
        quotation, begin = frame.quotation, starts[frame.quotation.block]
        span = trimmed(text, begin + quotation.start, begin + quotation.end)
        if quotation.kind == "marks" and span in truth:
            weighs = weight * (1.0 if truth[span] else NEGATIVE)
            yield Example(features(frame, LANGUAGE.quoting), truth[span], weighs)


class Boosting:
    """Grows the trees of a forest one after another."""

    def __init__(self, learnt: Sequence[Example]) -> None:
        counts = Counter(chain.from_iterable(set(example.features) for example in learnt))
        self.names = sorted(name for name, count in counts.items() if count >= SELDOM)
        index = {name: number for number, name in enumerate(self.names)}
        rows = [sorted({index[name] for name in example.features if name in index}) for example in learnt]
        flat = list(chain.from_iterable(rows))
        shape = (len(rows), len(self.names))
        self.table = csr_matrix((np.ones(len(flat)), flat, np.cumsum([0, *map(len, rows)])), shape=shape)
        self.columns = self.table.T.tocsr()
        self.truth = np.array([example.speech for example in learnt], float)
        self.weight = np.array([example.weight for example in learnt])
        self.chosen = np.random.default_rng(0)

    def grow(self) -> dict[str, Any]:
        """Return the forest as it is stored."""
        mean = float(np.average(self.truth, weights=self.weight))
        base = round(float(np.log(mean / (1 - mean))), 4)
        odds = np.full(len(self.truth), base)
        trees = []
        for _ in range(TREES):
            chance = 1 / (1 + np.exp(-odds))
            self.slope, self.bend = self.weight * (self.truth - chance), self.weight * chance * (1 - chance)
            trees.append(self._tree(odds))
        return {"base": base, "names": self.names, "trees": trees}

    def _tree(self, odds: Any) -> Any:
        """Grow a tree, best question first; add what its leaves say to the odds."""
        root: list[Any] = [None]
        leaves = [(*self._question(everybody := np.arange(len(odds))), everybody, root, 0)]
        while len(leaves) < LEAVES:
            gain, name, rows, parent, place = leaves.pop(max(range(len(leaves)), key=lambda leaf: leaves[leaf][0]))
            if gain <= 0:
                leaves.append((gain, name, rows, parent, place))
                break
            yes = np.zeros(len(odds), bool)
            yes[self.columns.indices[self.columns.indptr[name] : self.columns.indptr[name + 1]]] = True
            node: list[Any] = [name, None, None]
            parent[place] = node
            for side, part in ((1, rows[~yes[rows]]), (2, rows[yes[rows]])):
                leaves.append((*self._question(part), part, node, side))
        for _, _, rows, parent, place in leaves:
            value = RATE * self.slope[rows].sum() / (self.bend[rows].sum() + STIFF)
            odds[rows] += value
            parent[place] = round(float(value), 4)
        return root[0]

    def _question(self, rows: Any) -> tuple[float, int]:
        """Find the feature that parts some examples best: how much is gained, and which it is."""
        part = self.table[rows].T
        slope, bend, count = self.slope[rows], self.bend[rows], part @ np.ones(len(rows))
        yes, weight = part @ slope, part @ bend
        no, rest = slope.sum() - yes, bend.sum() - weight
        gain = yes**2 / (weight + STIFF) + no**2 / (rest + STIFF) - slope.sum() ** 2 / (bend.sum() + STIFF)
        asked = self.chosen.random(len(self.names)) < SHARE
        gain[~asked | (count < FEWEST) | (len(rows) - count < FEWEST)] = 0.0
        best = int(np.argmax(gain))
        return float(gain[best]), best


def main() -> None:
    """Read gold articles and labelled sentences, learn, write the forest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", help="FILE.jsonl, FILE.txt, or either with *WEIGHT")
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    learnt: list[Example] = []
    for name in arguments.gold:
        path, _, weight = name.partition("*")
        documents = marks(Path(path)) if path.endswith(".txt") else load(Path(path))
        for document in documents:
            learnt += examples(document, float(weight or 1))
    forest = Boosting(learnt).grow()
    arguments.output.write_text(json.dumps(forest, separators=(",", ":")) + "\n", "utf8")
    print(f"{len(learnt)} quotations, {len(forest['names'])} features")


if __name__ == "__main__":
    main()
