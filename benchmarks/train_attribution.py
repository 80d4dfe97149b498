"""Learn the weights of attribution from gold articles, in the scorer's form, one a line.

    pip install scipy
    python benchmarks/train_attribution.py TRAIN.jsonl[*WEIGHT] … -o narrate/attribution/weights.json

Two models are learnt, each a list of weights of named features: who of its candidates speaks a
quotation, and whom "he", "she", "it" and "they" stand for. `*WEIGHT` counts a file's articles more
than once. The second learns from pronouns whose gender leaves one person, and from quotations
whose gold names the person behind the pronoun. Other models in the file are kept. The same
articles give the same file.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from attribution import analyse, article, load
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from narrate.attribution.antecedents import NOBODY
from narrate.attribution.candidates import Candidates
from narrate.attribution.entities import Entity
from narrate.attribution.mentions import Mention
from narrate.attribution.naming import same_person
from narrate.attribution.people import Register
from narrate.attribution.pronouns import RESOLVED, Pronouns
from narrate.attribution.reading import Reading

TRIM = " \t\r\n“”\"‘’'`.,;:!?…—–-"
SELDOM = 3
"""A feature that is seen less often is left out."""
SMALL = 0.01
"""A weight nearer to nothing is left out."""
STIFF_SPEAKER, STIFF_PRONOUN = 1.0, 10.0
"""Strength of the pull of weights towards their prior; set on PolNeAR dev."""
TOLD, SPEAKING = 4.0, 2.0
"""What a pronoun counts whose person the gold names, and one that speaks, beside any other: by cross-validation."""
ROUNDS = 150
PRIOR = {
    "rank1|1": 1.0, "rank1|2": 1.0, "rank1|3": 1.0, "s0|main": 1.0, "s1|main": 1.5, "b1|main": 1.0,
    "s0|subject": 0.5, "s1|subject": 0.5, "last|s1": 1.0, "last|s0": 0.5, "leads|0": 1.0, "leads|1": 0.3,
    "speakerTrue|0": 1.5, "speakerTrue|1": 1.0, "speakerTrue|0|turned": -1.0, "speakerTrue|1|turned": -0.5,
    "genderTrue": 1.0, "genderAgainst": -2.5, "chain|0": 1.0, "chain|1": 0.5, "most": 0.5, "sole": 0.7,
    "reports": 2.0, "listens": -5.0, "inside": -1.5, "namedFalse": -1.0, "nobody": -2.0,
    "b2": -1.0, "b3": -2.0, "b4": -3.0,
    "it:s0|main": 1.0, "it:s1|main": 2.5, "it:b1|main": 1.0, "it:last|s1": 0.5,
    "it:speakerTrue|0": 2.0, "it:speakerTrue|1": 1.0, "it:rank1|1": 0.5, "it:rank1|2": 0.5, "it:rank1|3": 0.5,
    "it:kind=body": 1.5, "it:kind=paper": 1.0, "it:cue|kind=paper": 1.0, "it:kind=thing": -1.0, "it:kind=place": -0.5,
    "it:listens": -5.0, "it:inside": -1.0, "it:nobody": -1.0, "it:b1": -1.5, "it:b2": -3.0,
    "they:s0|main": 1.0, "they:s1|main": 2.5, "they:b1|main": 1.0,
    "they:speakerTrue|0": 2.0, "they:speakerTrue|1": 1.0, "they:rank1|1": 0.5, "they:rank1|2": 0.5, "they:rank1|3": 0.5,
    "they:kind=several": 1.0, "they:kind=thing": -2.0,
    "they:listens": -5.0, "they:inside": -1.0, "they:nobody": -1.0, "they:b1": -1.5, "they:b2": -3.0,
}  # fmt: skip
"""What is known of pronouns before anything is learnt: they take up the last subject or speaker."""
GRAMMAR = {"cited": 3.0, "signature": 3.0, "labels": 3.0}
"""What is known of speakers, and seldom met in training: who is cited "as saying" it, whose name is under it."""

Group = tuple[list[list[str]], list[int], float]
"""Features of each candidate, which are right, and how much the choice counts."""


@dataclass
class Instances:
    """What is learnt from."""

    speakers: list[Group] = field(default_factory=list)
    pronouns: list[Group] = field(default_factory=list)


@dataclass(frozen=True)
class Gold:
    """One gold article, laid open."""

    text: str
    reading: Reading
    starts: Sequence[int]
    quotes: Mapping[int, dict[str, Any]]
    """Number of a frame → the gold quotation there."""
    weight: float

    def span(self, mention: Mention) -> tuple[int, int]:
        """Give the offsets of a mention in the text."""
        return self.starts[mention.block] + mention.start, self.starts[mention.block] + mention.end

    def source(self, quote: dict[str, Any]) -> list[Mention]:
        """List the mentions outside quotations that name the gold speaker, those with the right head first."""
        found = []
        for mention in self.reading.mentions:
            start, end = self.span(mention)
            if mention.quoted < 0 and any(start < s["end"] and end > s["start"] for s in quote.get("source", [])):
                found.append(mention)
        head = (quote.get("speaker_head") or "").lower()
        return sorted(found, key=lambda mention: head not in self._words(mention))

    def right(self, mention: Mention, quote: dict[str, Any]) -> bool:
        """Tell whether a mention is, or holds the head of, the gold speaker."""
        head = (quote.get("speaker_head") or "").lower()
        start, end = self.span(mention)
        near = any(start < s["end"] and end > s["start"] for s in quote.get("source", []))
        return near and head in self._words(mention)

    def _words(self, mention: Mention) -> list[str]:
        return self.reading.passages[mention.block].lower[mention.first : mention.last]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Trim marks and punctuation off a stretch."""
    while start < end and text[start] in TRIM:
        start += 1
    while end > start and text[end - 1] in TRIM:
        end -= 1
    return start, end


def lay(document: dict[str, Any], weight: float) -> Gold:
    """Lay a gold article open and find its quotations."""
    text, reading = document["text"], analyse(document["text"])
    starts = [block.start for block in article(text).blocks]
    quotes = {trimmed(text, quote["start"], quote["end"]): quote for quote in document["quotes"]}
    spans = {}
    for frame in reading.frames:
        if frame.quotation.kind == "marks":
            begin = starts[frame.quotation.block]
            spans[frame.number] = trimmed(text, begin + frame.quotation.start, begin + frame.quotation.end)
    found = {number: quotes[span] for number, span in spans.items() if span in quotes}
    return Gold(text, reading, starts, found, weight)


def collect(gold: Gold, into: Instances) -> None:
    """Take from one article what the judge of speech and the ranker of speakers learn from."""
    reading, candidates = gold.reading, Candidates(gold.reading)
    previous: Any = None
    before: dict[str, Any] | None = None
    for frame in reading.frames:
        quote = gold.quotes.get(frame.number)
        if quote is None or "speaker_type" not in quote:
            continue
        source = gold.source(quote)[:1] if quote["speaker_type"] != "none" else []
        found = candidates.of(frame, previous)
        right = []
        for number, candidate in enumerate(found):
            mention = candidate.mention
            if candidate.previous:
                fits = before is not None and _same(before, quote, reading.register, source, previous)
            elif mention is None:
                fits = quote["speaker_type"] == "none"
            else:
                fits = mention in source or gold.right(mention, quote)
            if fits:
                right.append(number)
        if right:
            into.speakers.append(([candidate.features for candidate in found], right, gold.weight))
        entity = reading.register.of.get(source[0].number, -1) if source else -1
        previous, before = (frame, entity, source[0] if source else None), quote


def _same(one: dict[str, Any], other: dict[str, Any], register: Register, source: list[Mention], previous: Any) -> bool:
    if one.get("source") and one["source"] == other.get("source"):
        return True
    if one.get("speaker_name") and one["speaker_name"] == other.get("speaker_name"):
        return True
    return bool(source) and previous[1] >= 0 and register.of.get(source[0].number) == previous[1]


def surnames(golds: Sequence[Gold]) -> dict[str, str]:
    """Learn the gender of bare surnames from the full names of all articles."""
    counts: dict[str, Counter[str]] = {}
    for entity in chain.from_iterable(gold.reading.register.entities for gold in golds):
        if entity.kind == "person" and len(entity.name) > 1 and entity.gender:
            counts.setdefault(entity.name[-1].lower(), Counter())[entity.gender] += 1
    return {name: count.most_common(1)[0][0] for name, count in counts.items()}


def collect_pronouns(gold: Gold, weights: Mapping[str, float], genders: Mapping[str, str]) -> Iterator[Group]:
    """Take the pronouns of an article whose antecedent is known: by gender, or by the gold."""
    reading, register = gold.reading, gold.reading.register
    resolver = Pronouns(reading, weights)
    sources = {frame: gold.source(quote)[:1] for frame, quote in gold.quotes.items()}
    speaking = {found[0].number: frame for frame, found in reversed(sources.items()) if found}
    waiting = [frame for frame in reading.frames if frame.number in gold.quotes]
    for mention in reading.mentions:
        while waiting and (waiting[0].quotation.block, waiting[0].first) < (mention.block, mention.first):
            if mention in sources[waiting[0].number]:
                break
            frame = waiting.pop(0)
            resolver.spoke(_known(gold, gold.quotes[frame.number], sources[frame.number]), frame.quotation.block)
        if mention.kind == "pronoun" and mention.quoted < 0 and mention.text.lower() in RESOLVED:
            name = gold.quotes.get(speaking.get(mention.number, -1), {}).get("speaker_name")
            found = resolver.describe(mention, blind=not name)
            group, right = _by_gold(found, name, gold) if name else _by_gender(found, mention, genders, gold)
            if right:
                weight = gold.weight * (TOLD if name else SPEAKING if mention.number in speaking else 1.0)
                yield list(group.values()), [number for number, key in enumerate(group) if key in right], weight
                if right[0] != NOBODY:
                    resolver.take(mention, register.entities[right[0]])
                continue
        resolver.pass_by(mention)


def _known(gold: Gold, quote: dict[str, Any], source: list[Mention]) -> int:
    register = gold.reading.register
    if source and source[0].number in register.of:
        return register.of[source[0].number]
    return next((entity.number for entity in register.entities if _is(gold, entity, quote.get("speaker_name"))), -1)


def _is(gold: Gold, entity: Entity, name: str | None) -> bool:
    """Tell whether an entity bears the gold's name, or is what it describes."""
    words = tuple((name or "").split())
    if entity.name:
        return bool(words) and entity.name[-1].lower() == words[-1].lower() and same_person(entity.name, words)
    texts = (gold.reading.mentions[number].text for number in entity.mentions)
    return bool(words) and any(_bare(name or "").startswith(_bare(text)) for text in texts)


def _bare(text: str) -> str:
    return text.lower().removeprefix("a ").removeprefix("an ").removeprefix("the ")


def _by_gold(found: Mapping[int, list[str]], name: str, gold: Gold) -> tuple[Mapping[int, list[str]], list[int]]:
    """Say who of those that may be meant the gold names; nobody, if it names a person who is not among them."""
    entities = gold.reading.register.entities
    right = [number for number in found if number != NOBODY and _is(gold, entities[number], name)]
    named = {word.lower() for number in found if number != NOBODY for word in entities[number].name}
    unknown = name.istitle() and not named & {word.lower() for word in name.split()}
    return found, right or [NOBODY] * (unknown and len(found) > 1)


def _by_gender(
    found: Mapping[int, list[str]], mention: Mention, genders: Mapping[str, str], gold: Gold
) -> tuple[Mapping[int, list[str]], list[int]]:
    """Say who is meant by "he" or "she" where the genders of all named people are known and leave one."""
    gender = gold.reading.quoting.pronouns.get(mention.text.lower())
    entities, shown = gold.reading.register.entities, {}
    for number in found:
        if number != NOBODY and entities[number].name:  # those only described are no counter-examples
            last = entities[number].name[-1].lower()
            shown[number] = entities[number].gender or (genders.get(last) if len(entities[number].name) == 1 else None)
    right = [number for number in shown if shown[number] == gender]
    if not gender or len(shown) < 2 or len(right) != 1 or None in shown.values():
        return {}, []
    return {n: [name for name in found[n] if not name.startswith("gender")] for n in shown}, right


def table(rows: Sequence[Sequence[str]], known: Sequence[str] = ()) -> tuple[csr_matrix, dict[str, int]]:
    """Make a sparse matrix of rows of features, shape [rows, features]."""
    counts = Counter(chain.from_iterable(rows))
    names = sorted({name for name, count in counts.items() if count >= SELDOM} | set(known))
    index = {name: number for number, name in enumerate(names)}
    picked = [[index[name] for name in row if name in index] for row in rows]
    ends = np.cumsum([0, *map(len, picked)])
    flat = list(chain.from_iterable(picked))
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(names))), index


def learn_ranker(groups: Sequence[Group], stiff: float, prior: Mapping[str, float] | None = None) -> dict[str, float]:
    """Learn to choose: the summed probability of the right candidates of each group is made large."""
    prior = prior or {}
    matrix, index = table([features for candidates, _, _ in groups for features in candidates], list(prior))
    ends = np.cumsum([0] + [len(candidates) for candidates, _, _ in groups])
    begins, owner = ends[:-1], np.repeat(np.arange(len(groups)), np.diff(ends))
    right = np.zeros(ends[-1])
    for (begin, _), (_, correct, _) in zip(pairwise(ends), groups, strict=True):
        right[[begin + number for number in correct]] = 1
    count = np.array([weight for _, _, weight in groups])
    start = np.zeros(len(index))
    for name, value in prior.items():
        start[index[name]] = value

    def loss(w: Any) -> Any:
        scores = matrix @ w
        powers = np.exp(scores - np.maximum.reduceat(scores, begins)[owner])
        chance = powers / np.add.reduceat(powers, begins)[owner]
        hit = np.maximum(np.add.reduceat(chance * right, begins), 1e-12)
        slope = (chance - chance * right / hit[owner]) * count[owner]
        away = w - start
        return -(count * np.log(hit)).sum() + stiff / 2 * away @ away, matrix.T @ slope + stiff * away

    return _shown(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x, index)


def _shown(values: Any, index: Mapping[str, int]) -> dict[str, float]:
    return {name: round(float(values[at]), 3) for name, at in sorted(index.items()) if abs(values[at]) >= SMALL}


def main() -> None:
    """Read gold articles, learn, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", help="FILE.jsonl or FILE.jsonl*WEIGHT")
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    golds: list[Gold] = []
    for name in arguments.gold:
        path, _, weight = name.partition("*")
        golds += [lay(document, float(weight or 1)) for document in load(Path(path))]
    instances = Instances()
    for gold in golds:
        collect(gold, instances)
    genders, pronouns = surnames(golds), dict(PRIOR)
    for _ in range(2):  # the second time, the pronouns in between are resolved by what the first has learnt
        instances.pronouns = [group for gold in golds for group in collect_pronouns(gold, pronouns, genders)]
        pronouns = learn_ranker(instances.pronouns, STIFF_PRONOUN, PRIOR)
    speakers = learn_ranker(instances.speakers, STIFF_SPEAKER, GRAMMAR)
    kept = json.loads(arguments.output.read_text("utf8")) if arguments.output.exists() else {}
    models = kept | {"pronoun": pronouns, "speaker": speakers}
    arguments.output.write_text(json.dumps(models, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf8")
    print(f"{len(instances.speakers)} quotations, {len(instances.pronouns)} pronouns")


if __name__ == "__main__":
    main()
