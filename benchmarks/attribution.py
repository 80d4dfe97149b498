"""Predict who says what in any file of gold articles, and measure how fast.

    python benchmarks/attribution.py GOLD.jsonl -o PRED.jsonl

GOLD holds one article a line: {"doc_id", "text", …}. PRED holds, for each, every stretch that is
judged speech, with the words that name its speaker and whom they stand for, in the form that the
scorer reads. Words a second of one core are printed, with and without the parser.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from narrate.attribution.deciding import Decision, decide
from narrate.attribution.reading import Reading, read
from narrate.languages.en import LANGUAGE
from narrate.model import Article, Block
from narrate.syntax import parse, parse_texts

PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")


def load(path: Path) -> list[dict[str, Any]]:
    """Load a file of one JSON document a line."""
    return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]


def article(text: str) -> Article:
    """Make an article of a text: each line that is not blank is a paragraph, at its own offset."""
    blocks = tuple(Block("paragraph", found[0], found.start()) for found in PARAGRAPH.finditer(text))
    return Article("", "", "", "en", "", blocks)


def analyse(text: str) -> Reading:
    """Lay a text open for attribution."""
    made = article(text)
    return read(made.blocks, parse(made, LANGUAGE), LANGUAGE.quoting, lambda texts: parse_texts(texts, LANGUAGE))


def predictions(text: str, reading: Reading, decisions: Iterable[Decision]) -> Iterator[dict[str, Any]]:
    """Put decisions into the scorer's form: offsets into the text, mention and entity of the speaker."""
    starts = [block.start for block in article(text).blocks]
    for decision in decisions:
        if not decision.is_speech:
            continue
        quotation, mention = decision.frame.quotation, decision.mention
        start = starts[quotation.block]
        found: dict[str, Any] = {"quote_start": start + quotation.start, "quote_end": start + quotation.end}
        name = reading.register.name(decision.entity)
        found["speaker_text"] = mention.text if mention else name or None
        if mention:
            found["speaker_start"] = starts[mention.block] + mention.start
            found["speaker_end"] = starts[mention.block] + mention.end
        if name:
            found["speaker_name"] = name
        yield found | {"confidence": round(decision.confidence, 3), "speech": round(decision.speech, 3)}


def predict(text: str) -> list[dict[str, Any]]:
    """Find all speech of a text and who says it."""
    reading = analyse(text)
    return list(predictions(text, reading, decide(reading)))


def speed(texts: list[str]) -> str:
    """Measure words a second of processor time: all, and our own share without the parser."""
    words = sum(len(text.split()) for text in texts)
    whole = own = 0.0
    for text in texts:
        made = article(text)
        began = time.process_time()
        docs = parse(made, LANGUAGE)
        parsed = time.process_time() - began
        spent = [parsed]

        def again(folded: Any, spent: list[float] = spent) -> Any:
            began = time.process_time()
            result = parse_texts(folded, LANGUAGE)
            spent.append(time.process_time() - began)
            return result

        decide(read(made.blocks, docs, LANGUAGE.quoting, again))
        took = time.process_time() - began
        whole, own = whole + took, own + took - sum(spent)
    rates = f"{words / whole:.0f} words/s with syntax, {words / own:.0f} without"
    return f"{words} words: {rates}; own share {own / whole:.1%}"


def main() -> None:
    """Write predictions and print the speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    documents = load(arguments.gold)
    predict("Warm up, “he said”.")
    print(speed([document["text"] for document in documents]))
    with arguments.output.open("w", encoding="utf8") as out:
        for document in documents:
            found = {"doc_id": document["doc_id"], "quotes": predict(document["text"])}
            out.write(json.dumps(found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
