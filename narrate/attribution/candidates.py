"""Who may be speaking: the candidates of a quotation, and what speaks for each, as named features.

A feature is a short string; the ranker holds a weight for each. None names a person or a
subject matter, so that what is learnt on one country's news holds for another's.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from narrate.attribution.frames import Frame
from narrate.attribution.mentions import SUBJECTS, Mention
from narrate.attribution.passages import Passage
from narrate.attribution.reading import Reading
from narrate.attribution.traits import Trait, phrase_head
from narrate.languages import Quoting

BLOCKS_BACK = 4
"""Blocks before a quotation in which its speaker is looked for."""
CUE_REACH = 9
"""Tokens between a subject and the verb that reports, at most."""
DASHES = {"-", "–", "—", "―", "--"}
AROUND = 40
"""Mentions on each side of a quotation, in its block, that may be its speaker."""
CLIMB = 7
"""Steps up the parser's tree from a quotation, at most."""
PATH = 4
"""Steps up the parser's tree from a mention, at most."""


@dataclass(slots=True)
class Candidate:
    """One who may speak a quotation: a mention, or `previous` for whoever spoke before, or nobody."""

    mention: Mention | None
    entity: int
    """Number of the entity, -1 if unknown."""
    features: list[str]
    previous: bool = False


class Candidates:
    """Finds and describes the candidates of one article's quotations."""

    def __init__(self, reading: Reading) -> None:
        self.mentions, self.passages, self.register = reading.mentions, reading.passages, reading.register
        self.frames, self.quoting, self.traits = reading.frames, reading.quoting, reading.traits
        self.by_block: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            if mention.quoted < 0:
                self.by_block.setdefault(mention.block, []).append(mention)
        self.inside: dict[int, set[int]] = {}
        for mention in self.mentions:
            if mention.quoted >= 0 and mention.number in self.register.of:
                self.inside.setdefault(mention.quoted, set()).add(self.register.of[mention.number])

    def of(self, frame: Frame, previous: tuple[Frame, int, Mention | None] | None) -> list[Candidate]:
        """List the candidates of a quotation; `previous` is the one before it, with its speaker's entity, mention."""
        block = frame.quotation.block
        state = self._state(frame)
        self._above = ancestors(frame, self.quoting)
        found: list[Candidate] = []
        ranks: dict[str, int] = {}
        near = self.by_block.get(block, [])
        split = bisect_left(near, frame.first, key=lambda mention: mention.head)
        before = near[max(0, split - AROUND) : split][::-1]
        split = bisect_left(near, frame.last, key=lambda mention: mention.head)
        after = near[split : split + AROUND]
        for mention in (*before, *after):
            region = self._region(frame, mention)
            ranks[region] = ranks.get(region, 0) + 1
            found.append(self._candidate(frame, mention, region, ranks[region], state, previous))
        for step in range(1, BLOCKS_BACK + 1):
            region = f"back{min(step, 3)}"
            rank = 0
            for mention in reversed(self.by_block.get(block - step, [])):
                told = self.traits[mention.number]
                if told.kind == "person" or (told.role == "subject" and told.verb not in ("", "?")):
                    rank += 1
                    found.append(self._candidate(frame, mention, region, rank, state, previous))
        if frame.last == len(frame.passage) or not state.endswith("tail"):
            for mention in self.by_block.get(block + 1, [])[:3]:
                found.append(self._candidate(frame, mention, "next", 1, state, previous))
        if previous is not None:
            found.append(self._previous(frame, previous, state))
        found.append(
            Candidate(None, -1, ["nobody", f"nobody|{state}", f"nobody|{frame.outer}", f"nobody|{_size(frame)}"])
        )
        return found

    def _state(self, frame: Frame) -> str:
        """Name what kind of words surround the quotation: a reporting verb before, after, or only a full stop."""
        passage, forms = frame.passage, self.quoting.forms
        lead = any(word in forms for word in passage.lower[frame.lead : frame.first])
        tail = any(word in forms for word in passage.lower[frame.last : frame.tail])
        if lead or tail:
            return ("cue-lead" if lead else "") + ("cue-tail" if tail else "")
        block = frame.quotation.block
        if not passage.text[: frame.quotation.start].strip() and block and self.passages[block - 1].text.endswith(":"):
            return "colon"
        return ("lead" if frame.lead < frame.first else "") + ("tail" if frame.tail > frame.last + 1 else "") or "bare"

    def _region(self, frame: Frame, mention: Mention) -> str:
        head = mention.head
        if head < frame.first:
            if head >= frame.lead:
                return "lead"
            if head >= frame.before:
                other = self._neighbour(frame, -1)
                return "ptail" if other is not None and head < other.tail else "pre"
            return "far-before"
        if head < frame.tail:
            return "tail"
        if head < frame.after:
            other = self._neighbour(frame, 1)
            return "nlead" if other is not None and head >= other.lead else "post"
        return "far-after"

    def _neighbour(self, frame: Frame, step: int) -> Frame | None:
        number = frame.number + step
        if 0 <= number < len(self.frames) and self.frames[number].quotation.block == frame.quotation.block:
            return self.frames[number]
        return None

    def _candidate(
        self,
        frame: Frame,
        mention: Mention,
        region: str,
        rank: int,
        state: str,
        previous: tuple[Frame, int, Mention | None] | None,
    ) -> Candidate:
        told = self.traits[mention.number]
        entity = self.register.of.get(mention.number, -1)
        passage = self.passages[mention.block]
        place = self._order(frame, mention, told, region)
        cued = told.verb not in ("", "?")
        action = f"{told.role}{'+cue' if cued else ''}"
        features = [
            region,
            f"{region}|{told.kind}",
            f"{region}|{action}",
            f"{told.kind}|{action}",
            f"{region}|{told.kind}|{action}",
            f"{region}|{min(rank, 4)}",
            f"{region}|{told.kind}|{min(rank, 3)}",
            f"{region}|{state}",
            f"{region}|{state}|{action}",
            f"{region}|{frame.inner}|{frame.outer}",
            f"{region}|{place}",
            f"{region}|{place}|{told.kind}",
        ]
        if mention.block == frame.quotation.block:
            features += self._path(mention, passage)
        if region in ("tail", "next") and passage.lower[mention.first - 1] in DASHES and mention.first - frame.last < 3:
            features += ["signs", f"signs|{region}|{told.kind}"]
            if mention.last >= len(passage) - 1:
                features.append("signature")
        if told.role == "cited":
            features.append("cited")
        if told.verb:
            features += [f"v={told.verb}", f"v={told.verb}|{told.role}"]
        if told.verb_at >= 0 and mention.block == frame.quotation.block and self._governs(frame, told.verb_at):
            features += [f"governs|{action}", f"governs|{region}"]
        if previous is not None and entity >= 0 and entity == previous[1]:
            features += ["again", f"again|{region}", f"again|{state}"]
        if entity >= 0:
            if entity in self.inside.get(frame.number, ()):
                features += ["inside", f"inside|{told.kind}", f"inside|{region}"]
            count = len(self.register.entities[entity].mentions)
            features.append(f"often{min(count, 4) if count < 6 else 6}|{told.kind}")
        if mention.number and passage.lower[mention.first - 1 : mention.first] == ["by"]:
            features.append(f"by|{region}")
        return Candidate(mention, entity, features)

    def _path(self, mention: Mention, passage: Passage) -> list[str]:
        """Name the way through the parser's tree from a mention up to what the quotation hangs from."""
        token = phrase_head(mention, passage)
        steps: list[str] = []
        for _ in range(PATH):
            if token in self._above:
                depth, kind = self._above[token]
                way = ">".join(steps)
                return [f"path={way}|{kind}", f"path={way}|{kind}|{min(depth, 3)}"]
            head = passage.heads[token]
            if head == token or mention.quoted >= 0:
                break
            steps.append(passage.deps[token])
            token = head
        return ["path=none"]

    def _order(self, frame: Frame, mention: Mention, told: Trait, region: str) -> str:
        """Name how mention, reporting verb and quotation follow one another, read off the surface."""
        passage, forms = frame.passage, self.quoting.forms
        if region == "tail":
            ahead = [t for t in range(frame.last, mention.first) if passage.lower[t] in forms]
            behind = [
                t for t in range(mention.last, min(frame.tail, mention.last + CUE_REACH)) if passage.lower[t] in forms
            ]
            if ahead and mention.first - ahead[-1] <= CUE_REACH:
                return f"VS{min(mention.first - ahead[-1], 4)}{len(ahead[:2])}"
            return f"SV{min(behind[0] - mention.last, 3)}" if behind else "S"
        if region in ("lead", "pre", "ptail"):
            stop = frame.first if region == "lead" else min(frame.first, mention.last + CUE_REACH)
            behind = [t for t in range(mention.last, stop) if passage.lower[t] in forms]
            if behind:
                return f"SV{min(behind[0] - mention.last, 3)}{len(behind[:2])}{min(frame.first - behind[-1], 3)}"
            return (
                "VS"
                if mention.first and passage.lower[mention.first - 1] in forms
                else f"S{min(frame.first - mention.last, 2)}"
            )
        return "-"

    @staticmethod
    def _governs(frame: Frame, verb: int) -> bool:
        """Tell whether the quotation hangs from a verb in the parser's tree."""
        heads = frame.passage.heads
        for token in range(frame.first, frame.last):
            head = heads[token]
            if head == verb or (head != token and not frame.first <= head < frame.last and heads[head] == verb):
                return True
        return frame.first <= heads[verb] < frame.last

    @staticmethod
    def _previous(frame: Frame, previous: tuple[Frame, int, Mention | None], state: str) -> Candidate:
        last, entity, mention = previous
        gap = frame.quotation.block - last.quotation.block
        alone = "alone" if frame.passage.alone else "whole" if frame.quotation.start == 0 else "part"
        chain = "chained" if frame.quotation.chained else "open" if not last.quotation.closed else ""
        features = [
            f"previous|{min(gap, 3)}",
            f"previous|{min(gap, 3)}|{state}",
            f"previous|{min(gap, 3)}|{alone}|{chain}",
            f"previous|{min(gap, 3)}|{frame.inner}|{frame.outer}",
            f"previous|{state}|{alone}",
            f"previous|{min(gap, 3)}|{'known' if entity >= 0 else 'unknown'}",
        ]
        return Candidate(mention, entity, features, previous=True)


def ancestors(frame: Frame, quoting: Quoting) -> dict[int, tuple[int, str]]:
    """Find what a quotation hangs from in the parser's tree: token → verbs up to there, and what it is."""
    passage = frame.passage
    found: dict[int, tuple[int, str]] = {}
    tops = [t for t in range(frame.first, frame.last) if not frame.first <= passage.heads[t] < frame.last]
    tops = [t for t in tops if passage.words[t][:1].isalnum()] or tops
    for top in tops[:3]:
        token, depth, bare = passage.heads[top], 0, ""
        for _ in range(CLIMB):
            if token in found or frame.first <= token < frame.last:
                break
            verb = passage.tags[token].startswith("VB")
            depth += verb
            cue = passage.lower[token] in quoting.forms
            kind = f"cue{bare}" if cue else f"verb{bare}" if verb else f"{passage.tags[token][:2]}{bare}"
            found[token] = (depth, kind)
            if verb:
                bare = (
                    "+as"
                    if passage.deps[token] == "pcomp"
                    else "+cue"
                    if cue and not _has_subject(passage, token)
                    else ""
                )
            if passage.heads[token] == token:
                break
            token = passage.heads[token]
    return found


def _has_subject(passage: Passage, verb: int) -> bool:
    return any(passage.deps[child] in SUBJECTS for child in passage.children(verb))


def _size(frame: Frame) -> str:
    return "short" if frame.words < 4 else "middle" if frame.words < 10 else "long"
