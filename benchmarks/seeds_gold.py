"""Print the gold scripts of the seed articles as the scorer's JSONL.

    python benchmarks/seeds_gold.py [tune|held|all] > seeds.gold.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"


def gold(split: str = "all") -> list[dict[str, object]]:
    """Return the gold documents of one half ("tune", "held") or of both ("all"), in the order of their names."""
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.gold.json"))]
    return [document for document in documents if split in ("all", document["split"])]


if __name__ == "__main__":
    for document in gold(*sys.argv[1:2]):
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
