"""The seed articles and their gold scripts: every offset, both halves, every kind."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from narrate import readers

SEEDS = Path(__file__).parents[1] / "seeds"
BENCHMARKS = SEEDS.parent / "benchmarks"
GOLD = sorted(SEEDS.glob("*.gold.json"))
SAMPLE = "000_61ddf51e003d1719"
"""The one article that is not ours; its gold leaves out the contact box."""
ARTICLES_PER_HALF = 15
LONGEST_FRAGMENT = 14
"""Words. What stays with the narrator is a fragment of his sentence, not a speech."""

MARKS = "“”„‟\"'‘’‚‹›«»「」`″,"
"""What a quotation may begin with, two commas and worse of a scanner included."""
MARKUP = re.compile(r"^#{1,6} |\*|^> ?|^- ", re.M)

Gold = dict[str, Any]


def read(path: Path) -> Gold:
    gold: Gold = json.loads(path.read_text(encoding="utf-8"))
    return gold


def squeezed(text: str) -> str:
    return " ".join(text.split())


def article(gold: Gold) -> str:
    files = [path for path in SEEDS.glob(gold["doc_id"] + ".*") if path.suffix in (".md", ".txt")]
    assert len(files) == 1
    text = files[0].read_text(encoding="utf-8")
    return MARKUP.sub("", text) if files[0].suffix == ".md" else text


@pytest.fixture(params=GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
def gold(request: pytest.FixtureRequest) -> Gold:
    """One gold script."""
    return read(request.param)


def test_both_halves_are_large_and_cover_every_kind() -> None:
    """What is measured at the end is measured on the same kinds as what was tuned on."""
    scripts = [read(path) for path in GOLD]
    halves = {half: [script for script in scripts if script["split"] == half] for half in ("tune", "held")}
    assert len(halves["tune"]) + len(halves["held"]) == len(scripts)
    assert min(len(half) for half in halves.values()) >= ARTICLES_PER_HALF
    assert {s["kind"] for s in halves["held"]} == {s["kind"] for s in halves["tune"]}


def test_every_article_has_a_gold_script() -> None:
    """No article lies in the folder without being measured."""
    articles = {path.stem for path in SEEDS.iterdir() if path.suffix in (".md", ".txt") and path.stem != "README"}
    assert articles == {path.name.removesuffix(".gold.json") for path in GOLD}


def test_the_gold_text_is_the_article(gold: Gold) -> None:
    """The gold's text is the article's, less markup and page breaks: no word lost, none invented."""
    text = squeezed(gold["text"])
    if gold["doc_id"] == SAMPLE:
        assert text in squeezed(article(gold).replace("*", "").replace("# ", ""))
    else:
        assert text == squeezed(article(gold))


def test_the_reader_gives_each_paragraph_whole(gold: Gold) -> None:
    """Read from its file, every paragraph of the article is one block, though a page break may have cut it.

    The label of an interview turn is left out of its block.
    """
    path = next(path for path in SEEDS.glob(gold["doc_id"] + ".*") if path.suffix in (".md", ".txt"))
    blocks = ["".join(block.text.split()) for block in readers.read(readers.fetch(str(path))).blocks]
    for paragraph in gold["text"].split("\n\n"):
        bare = "".join(paragraph.split())
        assert any(bare in block or bare.endswith(block) for block in blocks), paragraph


def test_quotations_lie_where_the_gold_says(gold: Gold) -> None:
    """Every quotation begins and ends with its marks; a turn or a statement without marks fills out its line."""
    for quote in gold["quotes"] + gold["negatives"] + gold["ignore"]:
        stretch = gold["text"][quote["start"] : quote["end"]]
        assert stretch == quote["text"]
        if quote.get("form", "marks") == "marks":
            assert stretch[0] in MARKS
            assert "\n\n" not in stretch
        else:
            assert gold["text"][quote["end"] : quote["end"] + 1] in ("\n", "")


def test_a_missing_closing_mark_means_another_paragraph_of_the_same_speaker(gold: Gold) -> None:
    """Only a quotation that runs on, or one that the writer forgot to close, ends without its mark."""
    quotes = [quote for quote in gold["quotes"] if quote["form"] == "marks"]
    for quote, following in itertools.pairwise([*quotes, None]):
        assert quote is not None
        if quote["text"][-1] not in MARKS and not quote.get("unclosed"):
            assert following is not None
            assert following["speaker_name"] == quote["speaker_name"]
            assert gold["text"][quote["end"] : following["start"]].strip() == ""


def test_spans_do_not_overlap(gold: Gold) -> None:
    """A stretch of text is one thing: speech, no speech, or not judged."""
    spans = sorted((s["start"], s["end"]) for s in gold["quotes"] + gold["negatives"] + gold["ignore"])
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_no_double_mark_is_left_unjudged(gold: Gold) -> None:
    """Every double quotation mark of an article belongs to a judged stretch."""
    text = list(gold["text"])
    for span in gold["quotes"] + gold["negatives"] + gold["ignore"]:
        text[span["start"] : span["end"]] = "_" * (span["end"] - span["start"])
    assert not set("“”„«»") & set(text)
    assert not re.search(r'(?<!\d)"', "".join(text))


def test_sources_name_the_speaker(gold: Gold) -> None:
    """Each source is a stretch of the text outside its quotation, and its speaker is in the list."""
    speakers = {speaker["name"] for speaker in gold["speakers"]}
    for quote in gold["quotes"]:
        assert (quote["speaker_type"] == "none") == (not quote["source"]) == (quote["speaker_name"] == "")
        for source in quote["source"]:
            assert gold["text"][source["start"] : source["end"]] == quote["speaker_text"]
            assert source["end"] <= quote["start"] or source["start"] >= quote["end"]
            assert quote["speaker_name"] in speakers
    assert speakers == {quote["speaker_name"] for quote in gold["quotes"]} - {""}


def test_what_the_narrator_keeps_is_short(gold: Gold) -> None:
    """Nothing longer than a fragment stays with the narrator."""
    assert all(quote["voiced"] or quote["n_words"] <= LONGEST_FRAGMENT for quote in gold["quotes"])


def test_the_sample_gives_a_voice_to_those_who_speak_in_it() -> None:
    """The article that every tool failed on: five speakers, seven quotations, three of them Lukashenko's."""
    sample = read(SEEDS / f"{SAMPLE}.gold.json")
    assert [quote["speaker_name"].split()[-1] for quote in sample["quotes"] if quote["voiced"]] == [
        "Kharchenko",
        "Zelensky",
        "Petraeus",
        "Lukashenko",
        "Lukashenko",
        "Lukashenko",
        "Vzglyad.Ru",
    ]


@pytest.mark.parametrize("name, articles", [("wikinews", 24), ("fiction", 2)])
def test_labels_of_the_benchmarks_lie_where_they_say(name: str, articles: int) -> None:
    """The labels of the Wikinews articles and of the fiction point at the words that they quote, and never overlap."""
    lines = (BENCHMARKS / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == articles
    for document in map(json.loads, lines):
        spans = document["quotes"] + document["negatives"] + document["ignore"]
        assert all(document["text"][span["start"] : span["end"]] == span["text"] for span in spans)
        ends = sorted((span["start"], span["end"]) for span in spans)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(ends))
        for quote in document["quotes"]:
            said_by = [document["text"][source["start"] : source["end"]] for source in quote["source"]]
            assert said_by == [quote["speaker_text"]] or (quote["speaker_type"] == "none" and not said_by)
