"""Is it speech? What tells it from titles, nicknames, terms and scare quotes, as named features."""

from __future__ import annotations

from narrate.attribution.candidates import DASHES, ancestors
from narrate.attribution.frames import Frame
from narrate.attribution.mentions import COMMON, PROPER, SUBJECTS
from narrate.attribution.passages import STOPS
from narrate.languages import Quoting

FINITE = {"VBZ", "VBP", "VBD", "MD"}
VERBAL = FINITE | {"VB", "VBG", "VBN"}
PERSONAL = {"i", "we", "you", "my", "our", "your", "me", "us", "i'm", "we're"}
SMALL = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "with", "by", "from", "is", "as"}
NEAR = 4
"""Tokens before a mark in which a noun for a publication or a naming verb makes a title likely."""
NAMING = {
    "called",
    "titled",
    "entitled",
    "dubbed",
    "named",
    "nicknamed",
    "labelled",
    "labeled",
    "known",
    "so",
    "termed",
    "branded",
    "reading",
    "reads",
    "read",
    "word",
    "words",
    "term",
    "phrase",
    "hashtag",
    "theme",
    "motto",
}


def clauses(frame: Frame) -> int:
    """Count the finite verbs with a subject of their own inside a quotation."""
    passage = frame.passage
    inside = range(frame.first, frame.last)
    return sum(
        passage.deps[token] in SUBJECTS and passage.heads[token] in inside and passage.tags[token] != "WDT"
        for token in inside
    )


def features(frame: Frame, quoting: Quoting) -> list[str]:
    """Name what a quotation looks like and where it stands."""
    passage = frame.passage
    inside = [t for t in range(frame.first, frame.last) if passage.words[t][:1].isalnum()]
    words = [passage.words[t] for t in inside]
    lower = [passage.lower[t] for t in inside]
    tags = {passage.tags[t] for t in inside}
    size = str(len(words)) if len(words) < 5 else "5+" if len(words) < 8 else "8+" if len(words) < 14 else "14+"
    capital = bool(words) and words[0][:1].isupper()
    titled = len(words) > 1 and all(w[:1].isupper() or w.lower() in SMALL or w[:1].isdigit() for w in words)
    verb = "finite" if tags & FINITE else "verb" if tags & VERBAL else "verbless"
    before = passage.lower[frame.first - 1] if frame.first > frame.before else "^"
    before_tag = passage.tags[frame.first - 1] if frame.first > frame.before else "^"
    behind = frame.last + (frame.last < frame.after and passage.words[frame.last] in STOPS)
    after = passage.lower[behind] if behind < frame.after else "$"
    after_tag = passage.tags[behind] if frame.last == behind < frame.after else "$"
    near = passage.lower[max(frame.before, frame.first - NEAR) : frame.first]
    naming = bool(set(near) & NAMING)
    published = any(word in quoting.publications for word in near)
    lead = any(word in quoting.forms for word in passage.lower[frame.lead : frame.first])
    tail = any(word in quoting.forms for word in passage.lower[frame.last : frame.tail])
    cue = f"{'L' if lead else ''}{'T' if tail else ''}"
    direct = quoting.forms.get(
        before if before not in (",", ":", "that") else passage.lower[max(0, frame.first - 2)], ""
    )
    clause = min(clauses(frame), 2)
    shape = f"{'Title' if titled else 'Capital' if capital else 'low'}"
    personal = bool(set(lower) & PERSONAL)
    found = [
        "",
        size,
        f"shape={shape}",
        f"{shape}|{size}",
        verb,
        f"{verb}|{size}",
        f"{verb}|{shape}",
        f"inner={frame.inner}",
        f"outer={frame.outer}",
        f"inner={frame.inner}|outer={frame.outer}",
        f"clause={clause}",
        f"clause={clause}|{cue}",
        f"before={before_tag}",
        f"before={before_tag}|after={after_tag}",
        f"after={after_tag}",
        f"cue={cue}",
        f"cue={cue}|{size}",
        f"cue={cue}|{shape}",
        f"cue={cue}|before={before_tag}",
    ]
    found += [f"before={before_tag}|{shape}", f"before={before_tag}|{verb}", f"after={after_tag}|{shape}"]
    found += _hanging(frame, quoting, shape)
    company = sum(n >= 0 and n != frame.number for n in set(passage.quoted[frame.lead : frame.tail]))
    found += [f"company={min(company, 2)}", f"company={min(company, 2)}|{cue}"]
    small = sum(word in SMALL or word in PERSONAL for word in lower)
    found.append(f"small={'none' if not small else 'some' if small * 3 < len(lower) else 'many'}|{size}")
    if after in DASHES and any(w.isdigit() and len(w) == 4 for w in passage.words[frame.last : frame.last + 12]):
        found.append("dated")
    if after in ("(", "[") or before in ("(", "["):
        found.append("bracket")
    if before in BEFORE_WORDS:
        found += [f"w={before}", f"w={before}|{shape}"]
    if direct:
        found += ["direct", f"direct={direct}", f"direct|{shape}"]
    if naming:
        found += ["naming", f"naming|{shape}", f"naming|{cue}"]
    if published:
        found += ["published", f"published|{shape}"]
    if personal:
        found.append("personal")
    if not inside:
        found.append("wordless")
    elif all(passage.tags[t] in PROPER | COMMON | {"JJ", "DT", "CD"} for t in inside):
        found += ["nominal", f"nominal|{shape}", f"nominal|after={after_tag}", f"nominal|{cue}"]
    if frame.passage.alone:
        found += ["alone", f"alone|{size}"]
    if passage.kind in ("title", "heading", "caption"):
        found.append("heading")
    if after in ("said", "says") or after == "'s":
        found.append(f"a={after}")
    return found


def _hanging(frame: Frame, quoting: Quoting, shape: str) -> list[str]:
    """Name what the quotation hangs from in the parser's tree, and how far up a reporting verb is."""
    above = list(ancestors(frame, quoting).values())
    if not above:
        return ["hangs=none"]
    first = above[0][1]
    cue = next((min(depth, 3) for depth, kind in above if kind.startswith("cue")), 0)
    tops = [t for t in range(frame.first, frame.last) if not frame.first <= frame.passage.heads[t] < frame.last]
    dep = next((frame.passage.deps[t] for t in tops if frame.passage.words[t][:1].isalnum()), "")
    return [
        f"hangs={first}",
        f"hangs={first}|{shape}",
        f"hangs={dep}",
        f"hangs={dep}|{first}",
        f"cued={cue}",
        f"cued={cue}|{shape}",
    ]


BEFORE_WORDS = (
    SMALL
    | NAMING
    | {
        ":",
        ",",
        "that",
        "was",
        "were",
        "are",
        "be",
        "been",
        "his",
        "her",
        "their",
        "its",
        "this",
        "these",
        "those",
        "like",
        "show",
        "film",
        "movie",
        "book",
        "song",
        "chants",
        "^",
        "-",
        "–",
        "—",
        "(",
    }
)
