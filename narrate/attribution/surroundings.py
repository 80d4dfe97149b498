"""Where a quotation stands: the words next to it, what they speak of, and who is near."""

from __future__ import annotations

from narrate.attribution.frames import Frame
from narrate.attribution.layout import DASHES
from narrate.attribution.passages import STOPS, Passage
from narrate.languages import Quoting

NEAR = 5
"""Tokens on each side among which a word for a sign, a term or a work makes no speech likely."""
DATED = 12
"""Tokens on each side among which a year makes a citation likely."""
CLOSE = 3
"""Tokens on each side in which a person's name belongs to the quotation."""
WIDE = 100
"""Tokens on each side in which anybody may have spoken: a paragraph."""
STRONG = 2.5
"""Log-odds from which a reporting verb hardly means anything else."""
TELLING = ("inscribed", "called", "term", "work")


def surroundings(frame: Frame, quoting: Quoting) -> list[str]:
    """Name what stands around a quotation."""
    return _edges(frame, quoting) + _near(frame, quoting) + _sentence(frame, quoting)


def is_human(passage: Passage, token: int) -> bool:
    """Tell whether a token certainly is of a person: a name, "he", "she"."""
    return passage.entities[token] == "PERSON" or passage.lower[token] in ("he", "she")


def _edges(frame: Frame, quoting: Quoting) -> list[str]:
    """Name the two tokens on each side, and whether the sentence begins or ends here."""
    passage = frame.passage
    behind = frame.last + (frame.last < frame.after and passage.words[frame.last] in STOPS)
    found = [f"outer={frame.outer}", f"kind={passage.kind}"]
    sides = {"b": frame.first - 1, "bb": frame.first - 2, "a": behind, "aa": behind + 1}
    for name, token in sides.items():
        outside = frame.before <= token < frame.first or frame.last <= token < frame.after
        word = passage.lower[token] if outside else "^"
        if word in quoting.marked["edge"] or word == "^":
            found.append(f"{name}={word}")
        found.append(f"{name}:{passage.tags[token] if outside else '^'}")
    shown = {
        "stop outside": behind > frame.last,
        "starts": frame.lead >= frame.first,
        "stops": frame.tail <= frame.last + 1,
        "alone": passage.alone,
    }
    return found + [name for name, true in shown.items() if true]


def _near(frame: Frame, quoting: Quoting) -> list[str]:
    """Name the words for signs, terms and works near by with how near they are, and years, dashes, people."""
    passage = frame.passage
    before = range(frame.first - 1, max(frame.before, frame.first - DATED) - 1, -1)
    after = range(frame.last, min(frame.after, frame.last + DATED))
    kinds = {name: quoting.marked[name] for name in TELLING} | {"published": quoting.publications}
    found = []
    for sign, side in (("<", before), (">", after)):
        words = [passage.lower[token] for token in side]
        for name, kind in kinds.items():
            found += [f"{name}{sign}{min(far, 3)}" for far, word in enumerate(words[:NEAR]) if word in kind][:1]
        shown = {
            "dash": bool(DASHES & set(words[:2])),
            "year": any(len(word) == 4 and word.isdigit() for word in words),
            "person": any(passage.entities[token] == "PERSON" for token in side[:CLOSE]),
        }
        found += [name + sign for name, true in shown.items() if true]
    return found


def _sentence(frame: Frame, quoting: Quoting) -> list[str]:
    """Name what else is in the sentence: verbs that report, people, other quotations."""
    passage = frame.passage
    found = []
    for name, side in (("lead", range(frame.lead, frame.first)), ("tail", range(frame.last, frame.tail))):
        told = [token for token in side if passage.quoted[token] < 0]
        cue = max((_weight(passage.lower[token], quoting) for token in told), default=0.0)
        others = {passage.quoted[token] for token in side} - {-1, frame.number}
        shown = {
            "cue": cue > 0,
            "strong": cue >= STRONG,
            "human": any(is_human(passage, token) for token in told),
            "company": bool(others),
            "companies": len(others) > 1,
        }
        found += [f"{name} {what}" for what, true in shown.items() if true]
    return found + ["human near"] * _human_near(frame)


def _weight(word: str, quoting: Quoting) -> float:
    return quoting.reporting.get(quoting.forms.get(word, ""), 0.0)


def _human_near(frame: Frame) -> bool:
    passage = frame.passage
    near = range(max(0, frame.first - WIDE), min(len(passage), frame.last + WIDE))
    return any(passage.quoted[token] < 0 and is_human(passage, token) for token in near)
