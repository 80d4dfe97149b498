"""Quality is a gate: what attribution gets right may only grow."""

from __future__ import annotations

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
DEV = ROOT.parent / "shared" / "data" / "polnear" / "dev.gold.jsonl"
SCORER = ROOT.parent / "shared" / "tools" / "score_attribution.py"

SEEDS = {"right": 0.815, "voiced": 14}
"""Share of the speech of the tuned seed articles whose speaker's last word is the gold's, at least (0.830 when
this was set, the articles from 061 on being new); marks that are no speech and taken for it, at most (10 of 169)."""
POLNEAR = {"mention": 0.905, "entity": 0.865, "words": 0.92, "voiced": 6}


def module(path: Path) -> ModuleType:
    """Import a script by its path."""
    spec = spec_from_file_location(path.stem + "_script", path)
    assert spec is not None and spec.loader is not None
    made = module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def seeds() -> list[dict[str, Any]]:
    """Load the gold scripts of the half that was looked at, less those whose turns only the markup of a page shows."""
    documents = [json.loads(path.read_text("utf8")) for path in sorted((ROOT / "seeds").glob("*.gold.json"))]
    return [document for document in documents if document["split"] == "tune" and document["kind"] != "forms"]


def same(one: str, other: str) -> bool:
    """Tell whether two names share their last word."""
    return bool(one and other) and one.split()[-1].lower().strip(".,") == other.split()[-1].lower().strip(".,")


def test_seed_articles_keep_their_speakers() -> None:
    """The speech of our own articles goes to the right people, and what is no speech to nobody."""
    predict = module(ROOT / "benchmarks" / "attribution.py").predict
    right = total = voiced = 0
    for document in seeds():
        found = predict(document["text"])
        for quote in document["quotes"]:
            total += 1
            middle = (quote["start"] + quote["end"]) // 2
            hit = next((one for one in found if one["quote_start"] <= middle < one["quote_end"]), {})
            right += same(hit.get("speaker_name") or hit.get("speaker_text") or "", quote["speaker_name"] or "")
        spans = {(one["quote_start"], one["quote_end"]) for one in found}
        voiced += sum((mark["start"], mark["end"]) in spans for mark in document["negatives"])
    print(f"{right} of {total} right, {voiced} voiced")
    assert right / total >= SEEDS["right"]
    assert voiced <= SEEDS["voiced"]


@pytest.mark.skipif(
    not DEV.exists(), reason="the PolNeAR corpus may not be shipped: put dev.gold.jsonl beside the project"
)
def test_polnear_dev() -> None:
    """The figures on the news corpus do not fall."""
    predict, score = module(ROOT / "benchmarks" / "attribution.py").predict, module(SCORER).score
    gold = [json.loads(line) for line in DEV.read_text("utf8").splitlines()]
    found = score(gold, [{"doc_id": document["doc_id"], "quotes": predict(document["text"])} for document in gold])
    assert found["e2e_overlap_mention"]["F1"] >= POLNEAR["mention"]
    assert found["e2e_overlap_entity"]["F1"] >= POLNEAR["entity"]
    assert found["quoted_words_in_right_voice"] >= POLNEAR["words"]
    assert found["nonspeech"]["given_a_voice"] <= POLNEAR["voiced"]
