"""Say 200 sentences of news by two engines, listen, and count the words that are heard otherwise.

    pip install -e '.[bench]' && npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz
    python benchmarks/spoken_heard.py package/voices [--rows FILE]

The kokoro engine with our spoken forms stands beside kokoro-onnx as published, which hands the
printed sentence to espeak-ng; same weights, same voice, same recogniser (Whisper base). 120
sentences are of the seeds 001 to 060; 80, dense with figures, money, dates, titles and names, of
the cases of spoken forms, whose readings were written by hand before the code. What was heard is
brought to words by our rules and compared loosely, as in spoken.py. Rows are written as they
come, so that a run that ends early goes on.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import judges
import numpy as np
import spoken
import typer
from seeds_gold import SEEDS

from narrate import plugins, readers
from narrate.checking.words import Expected, Heard, align, normal
from narrate.model import Article, Block, Samples, Utterance
from narrate.segment import segment
from narrate.syntax import parse

VOICE = "af_heart"

FROM_SEEDS, FROM_CASES = 120, 80

SHORTEST, LONGEST = 40, 180
"""Characters of a sentence of the seeds."""

CLASSES = frozenset(
    "integer decimal fraction ordinal range percent money date year decade time temperature unit score vote title "
    "initials acronym roman plural mixed".split()
)
"""Of the cases: what stands in news every day."""

PICK = 5
"""Seed of the choice."""

ENGLISH = plugins.load("languages", "en").LANGUAGE

Say = Callable[[str], tuple[Samples, int]]


def sentences() -> list[tuple[str, str]]:
    """Return printed sentences, each with how it is to be said."""
    chance = random.Random(PICK)
    files = [
        path for path in sorted(SEEDS.glob("0[0-6]*.*")) if path.suffix in (".txt", ".md") and path.name[:3] > "000"
    ]
    articles = [readers.read(readers.fetch(str(path))) for path in files if path.name[:3] <= "060"]
    lines = [line.text.strip() for article in articles for line in segment(article, ENGLISH)]
    news = sorted({line for line in lines if SHORTEST <= len(line) <= LONGEST and line[-1:] in '.!?”"'})
    rows = [row for name in spoken.FILES for row in (spoken.CASES / name).read_text("utf-8").splitlines()]
    cases = sorted(
        (written, said)
        for kind, accent, written, said in (row.split("\t") for row in rows if row and row[0] != "#")
        if kind in CLASSES and accent == "en-US"
    )
    chosen = [(text, said_plainly(text)) for text in chance.sample(news, FROM_SEEDS)]
    return chosen + chance.sample(cases, FROM_CASES)


def said_plainly(text: str) -> str:
    """Return a text as our rules say it."""
    return " ".join(token.spoken for token in ENGLISH.spoken(text, "en-US", ()))


def plain(text: str) -> list[str]:
    """Return the words of a text with matters of taste made alike."""
    return spoken.loosely(" ".join(normal(text))).split()


def ours() -> Say:
    """Return how the product says a sentence."""
    from narrate.engines.kokoro import Engine

    engine = Engine()
    voice = next(voice for voice in engine.voices() if voice.name == VOICE)

    def say(text: str) -> tuple[Samples, int]:
        article = Article("", "", "", "en", "benchmark", (Block("paragraph", text, 0),))
        (doc,) = parse(article, ENGLISH)
        tags = [(token.idx, token.idx + len(token), token.tag_) for token in doc]
        clip = engine.speak(Utterance(ENGLISH.spoken(text, voice.language, tags)), voice)
        return clip.samples, clip.rate

    return say


def published(styles: Path) -> Say:
    """Return how kokoro-onnx says a sentence."""
    from kokoro_onnx import Kokoro

    from narrate.engines._kokoro import weights

    with TemporaryDirectory() as folder:
        model, voices = Path(folder) / "model.onnx", Path(folder) / "voices.npz"
        model.write_bytes(weights.read())
        np.savez(voices, **{VOICE: np.fromfile(styles / f"{VOICE}.bin", np.float32).reshape(-1, 1, 256)})
        engine = Kokoro(str(model), str(voices))
    return partial(engine.create, voice=VOICE)


def judged(meant: str, samples: Samples, rate: int) -> dict[str, Any]:
    """Return how many words were heard otherwise, and which."""
    wanted = plain(meant)
    told = " ".join(word.text for word in judges.words(samples, rate))
    heard = plain(said_plainly(told))
    pair = align([Expected(word, 0) for word in wanted], [Heard(word, 0, 0) for word in heard])
    wrong = [
        (" ".join(word.text for word in stitch.expected), " ".join(word.text for word in stitch.heard))
        for stitch in pair.stitches
        if stitch.kind != "equal"
    ]
    return {"words": len(wanted), "errors": round(pair.error_rate * len(wanted)), "wrong": wrong}


def said(styles: Path, done: int) -> Iterator[dict[str, Any]]:
    """Say and judge every sentence that is not judged yet."""
    engines = {"narrate": ours(), "kokoro-onnx": published(styles)}
    for number, (text, meant) in enumerate(sentences()):
        for at, (name, say) in enumerate(engines.items()):
            if number * len(engines) + at >= done:
                kind = "seeds" if number < FROM_SEEDS else "cases"
                yield {"engine": name, "kind": kind, "text": text, **judged(meant, *say(text))}


def report(rows: list[dict[str, Any]]) -> None:
    """Print both rates, and the words that were heard otherwise from us."""
    print("| | " + " | ".join(("seeds", "cases", "all")) + " |\n| --- | --- | --- | --- |")
    for name in dict.fromkeys(row["engine"] for row in rows):
        cells = []
        for kinds in (("seeds",), ("cases",), ("seeds", "cases")):
            mine = [row for row in rows if row["engine"] == name and row["kind"] in kinds]
            errors, count = (sum(row[key] for row in mine) for key in ("errors", "words"))
            cells.append(f"{errors / max(1, count):.2%} ({errors} of {count} words, {len(mine)} sentences)")
        print(f"| {name} | {' | '.join(cells)} |")
    print()
    for row in rows:
        if row["engine"] == "narrate" and row["wrong"]:
            print("-", "; ".join(f"{meant or '–'} → {heard or '–'}" for meant, heard in row["wrong"]))


def main(
    styles: Annotated[Path, typer.Argument(help="The voices of kokoro-js.")],
    rows: Annotated[Path, typer.Option(help="Rows of a run that ended early; it goes on.")] = Path("heard.jsonl"),
) -> None:
    """Judge what is not judged yet, then print the figures."""
    done = len(rows.read_text("utf-8").splitlines()) if rows.exists() else 0
    with rows.open("a", encoding="utf-8") as file:
        for row in said(styles, done):
            print(json.dumps(row, ensure_ascii=False), file=file, flush=True)
    report([json.loads(line) for line in rows.read_text("utf-8").splitlines()])


if __name__ == "__main__":
    sys.exit(typer.run(main))
