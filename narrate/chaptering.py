"""Chapters: at headings, or where the subject turns, titled with what is said there.

Without headings the paragraphs are cut where few words carry over from one side to the other
(lexical cohesion; Hearst, "TextTiling", 1997), with the cuts chosen together by dynamic
programming so that the chapters have a good length. A chapter is titled with the name or noun
phrase that sets it apart from the others (tf·idf).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from narrate.languages import Language
from narrate.model import Line, Script, Section
from narrate.syntax import parse

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

WORDS_A_MINUTE = 165
"""Pace of the voices with their pauses, measured on the sample article."""

SHORTEST, LONGEST = 1.0 * WORDS_A_MINUTE, 4.0 * WORDS_A_MINUTE
"""Words of a chapter without a heading: below a minute it is a nuisance, above four no help."""

LENGTH_WEIGHT = 0.5
"""What a chapter twice or half as long as the ideal costs, against a cohesion of 0 to 1 at its cut."""

REACH = 2
"""Paragraphs on each side of a cut whose words are compared."""

TITLE_LENGTH = 120
"""Characters of a title: a heading longer than that is a paragraph; apps show about 60."""

LONGEST_PHRASE = 6
"""Words of a phrase that may be a title."""

NAME_WEIGHT = 1.5
"""How much more a name says in a title than another word."""

RUN_TAGS = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "HYPH", "POS")
"""Penn tags of the words inside a noun phrase."""

JOINTS = ("of", "on", "for", "against", "with")
"""What may join two noun phrases in a title: "war with Poland"."""

CONTENT_TAGS = ("NN", "JJ", "VB")
"""Beginnings of the Penn tags of words that carry a subject."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines of one block, what they are about, and how long they are."""

    lines: tuple[Line, ...]
    doc: Doc
    words: int
    heading: bool
    title: bool
    content: Counter[str]


def divide(script: Script, language: Language) -> Script:
    """Cut a script into chapters and title them."""
    paragraphs = _paragraphs(script, language)
    if not paragraphs:
        return script
    cuts = _heading_cuts(paragraphs) or _subject_cuts(paragraphs)
    parts = [paragraphs[a:b] for a, b in zip([0, *cuts], [*cuts, len(paragraphs)], strict=True)]
    titles = _titles(parts, script.article.title, language)
    return replace(
        script,
        chapters=tuple(
            Section(title, tuple(line for paragraph in part for line in paragraph.lines))
            for title, part in zip(titles, parts, strict=True)
        ),
    )


def _paragraphs(script: Script, language: Language) -> list[_Paragraph]:
    docs = parse(script.article, language)
    grouped: dict[int, list[Line]] = {}
    for line in script.lines:
        grouped.setdefault(line.block, []).append(line)
    return [
        _Paragraph(
            tuple(lines),
            docs[index],
            len(script.article.blocks[index].text.split()),
            script.article.blocks[index].kind == "heading",
            script.article.blocks[index].kind in ("title", "byline", "date"),
            _content(docs[index]),
        )
        for index, lines in grouped.items()
    ]


def _content(doc: Doc) -> Counter[str]:
    return Counter(_stem(token.lower_) for token in doc if token.tag_.startswith(CONTENT_TAGS) and len(token) > 2)


def _stem(word: str) -> str:
    """Fold the forms of a word roughly: five letters tell subjects apart as well as a stemmer does."""
    return word[:5]


def _heading_cuts(paragraphs: Sequence[_Paragraph]) -> list[int]:
    """Return where headings begin, if any: in front of the first of a run of them."""
    return [
        index
        for index, paragraph in enumerate(paragraphs)
        if index and paragraph.heading and not (paragraphs[index - 1].heading or _only_titles(paragraphs[:index]))
    ]


def _only_titles(paragraphs: Sequence[_Paragraph]) -> bool:
    return all(paragraph.title for paragraph in paragraphs)


def _subject_cuts(paragraphs: Sequence[_Paragraph]) -> list[int]:
    """Return the cuts that cost least together: little cohesion at each, chapters of a good length between."""
    count = len(paragraphs)
    ends = [0, *accumulate(paragraph.words for paragraph in paragraphs)]
    ideal = math.sqrt(SHORTEST * LONGEST)
    cohesions = [0.0, *(_cohesion(paragraphs, cut) for cut in range(1, count)), 0.0]
    usual = sum(cohesions) / max(count - 1, 1)  # a cut where less than usual carries over is worth having
    cost = [0.0] + [math.inf] * count
    back = [0] * (count + 1)
    for end in range(1, count + 1):
        for start in range(end - 1, -1, -1):
            words = ends[end] - ends[start]
            if words > LONGEST and start < end - 1:
                break
            if words < SHORTEST and not (start == 0 and end == count):
                continue
            cohesion = cohesions[end] - usual if end < count else 0.0
            total = cost[start] + cohesion + LENGTH_WEIGHT * abs(math.log(max(words, 1) / ideal))
            if total < cost[end]:
                cost[end], back[end] = total, start
    return _walk(back, count) if cost[count] < math.inf else []


def _walk(back: Sequence[int], end: int) -> list[int]:
    cuts: list[int] = []
    while back[end]:
        end = back[end]
        cuts.insert(0, end)
    return cuts


def _cohesion(paragraphs: Sequence[_Paragraph], cut: int) -> float:
    """Return the cosine of the words on both sides of a cut; a cut behind a title coheres fully."""
    if paragraphs[cut - 1].title:
        return 2.0
    left = sum((p.content for p in paragraphs[max(0, cut - REACH) : cut]), Counter[str]())
    right = sum((p.content for p in paragraphs[cut : cut + REACH]), Counter[str]())
    shared = sum(count * right[word] for word, count in left.items())
    norm = math.sqrt(sum(n * n for n in left.values()) * sum(n * n for n in right.values()))
    return shared / norm if norm else 0.0


def _titles(parts: Sequence[Sequence[_Paragraph]], title: str, language: Language) -> list[str]:
    """Title each chapter: by its heading, the first by the article, others by their own subject."""
    about = [sum((paragraph.content for paragraph in part), Counter[str]()) for part in parts]
    found: list[str] = []
    for index, part in enumerate(parts):
        heading = next((p for p in part[:2] if p.heading), None)
        if heading:
            name = _clean(heading.doc.text)
        elif index == 0 and title:
            name = _clean(title)
        else:
            name = _subject(part, index, about, found, language) or _clean(part[0].doc.text)
        found.append(name)
    return found


def _subject(
    part: Sequence[_Paragraph], index: int, about: Sequence[Counter[str]], taken: Sequence[str], language: Language
) -> str:
    """Return the phrase that says best what only this chapter speaks of; "" if there is none."""
    scores: dict[str, float] = {}
    for position, paragraph in enumerate(part):
        for phrase in _phrases(paragraph.doc):
            text = _clean(phrase.text)
            if phrase[0].lower_ in language.vague:
                continue
            weight = sum(_weight(token, index, about) for token in phrase if len(token) > 2)
            # What opens a chapter is more often its subject than what comes up later.
            scores[text] = max(scores.get(text, 0.0), weight / len(phrase) / (1 + 0.15 * position))
    free = [text for text in scores if text not in taken]
    return max(free, key=lambda text: (scores[text], text), default="")


def _weight(token: Token, index: int, about: Sequence[Counter[str]]) -> float:
    """Return tf·idf of a word in a chapter; a name counts for more, a word said once for little."""
    stem = _stem(token.lower_)
    chapters = sum(1 for content in about if stem in content)
    name = NAME_WEIGHT if token.tag_.startswith("NNP") else 1.0
    return name * about[index][stem] * math.log((1 + len(about)) / max(chapters, 1))


def _phrases(doc: Doc) -> Iterator[Span]:
    """Yield the noun phrases that can stand alone, "carve-up of Russia" as well as its parts."""
    runs = list(_noun_runs(doc))
    for index, (start, end) in enumerate(runs):
        if end - start >= 2:
            yield doc[start:end]
        joined = index + 1 < len(runs) and doc[end].lower_ in JOINTS
        if joined and runs[index + 1][1] - start <= LONGEST_PHRASE and runs[index + 1][0] - end <= 2:
            yield doc[start : runs[index + 1][1]]


def _noun_runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield start and end token of each run of adjectives and nouns that ends in a noun."""
    start = 0
    while start < len(doc):
        end = start
        while end < len(doc) and doc[end].tag_ in RUN_TAGS and end - start < LONGEST_PHRASE:
            end += 1
        last = end
        while last > start and not doc[last - 1].tag_.startswith("NN"):
            last -= 1
        if last > start and doc[start].tag_ not in ("POS", "HYPH"):
            yield start, last
        start = max(end, start + 1)


def _clean(text: str) -> str:
    """Make a title of a phrase: one line, no marks around it, a capital in front, whole words only."""
    line = re.sub(r"\s+", " ", text).strip(" \"'“”‘’.,;:–—-")
    if len(line) > TITLE_LENGTH:
        line = line[:TITLE_LENGTH].rpartition(" ")[0].rstrip(",;:–—- ") + "…"
    return line[:1].upper() + line[1:]
