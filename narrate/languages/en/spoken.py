"""English as it is said: from printed text to words for an engine, stretch by stretch.

A text is read from left to right. A plain word says itself; whatever else may begin at a
place (a figure, a capital, a mark) has an ordered tuple of rules, and the first rule that
matches there and does not decline says its stretch. Words that no blank parts are one token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from narrate.languages import Tag
from narrate.languages.en import (
    acronyms,
    calendar,
    clock,
    codes,
    measures,
    models,
    money,
    quantities,
    scores,
    scripts,
    symbols,
    titles,
    web,
    years,
)
from narrate.languages.en.context import Context, Rule, Said, is_british, table
from narrate.languages.en.heteronyms import sounded
from narrate.model import Omission, Token

SMALL = "[a-z\u00df-\u00f6\u00f8-\u00ff\u0101\u0107\u010d\u0119\u011f\u0142\u0144\u0159\u015b\u0161\u017e]"
PLAIN = re.compile(
    rf"[A-Za-z\u00c0-\u00de]?{SMALL}++(?:[-'’][A-Za-z]?{SMALL}++){{0,6}}"
    r"(?=[\s,;!?)\]\"”’'—…]|:(?!//)|\.(?![\w/])|$)"
)
"""A word with nothing to it, up to a blank or the punctuation that ends it."""

WORD = re.compile(r"[^\W_¹²³⁰-⁹](?:[^\W_¹²³⁰-⁹]|[\u0300-\u036f])*+(?:['’][^\W\d_]+)*|_+")
PAUSES = frozenset("—–()[]{}|•·/")
STOPS = ".?!…"
RUN_ON = re.compile(r"[!?…]|\.(?=\.\.|[”\"’)\]])|,(?=[”\"])")
"""The end of a sentence that the next one touches: "so many times...first", "voters!”After"."""

EXPLAINING = re.compile(r"\[(?:sic\b|i\.e|e\.g|applause|laughter|cheers|crosstalk|pause|inaudible)")
PRONOUN = re.compile(r"\b(?:they|we|he|she|it|you|them|us|him|her|this|that|these|those) $", re.IGNORECASE)
"""Before a bracket: its words explain the pronoun instead of taking its place."""

CONTRACTED = frozenset("s t ll re ve d m".split())
"""What an apostrophe ties to the word before."""

SILENT_BRACKETS = 200
"""Characters within which an editor's square bracket closes."""

FIGURES = (
    *symbols.DIGITS, *web.ADDRESS_RULES, *clock.RULES, *calendar.DIGIT_RULES, *years.DIGIT_RULES, *codes.DIGIT_RULES,
    *scores.RULES,
    *money.BEHIND_RULES, *quantities.FIRST, *measures.RULES, *models.DIGIT_RULES, *quantities.LAST,
    *symbols.STRING_RULES,
)  # fmt: skip
LETTERS = (
    *web.ADDRESS_RULES, *symbols.STRING_RULES, *money.RAND_RULES, *money.RULES, *calendar.LETTER_RULES,
    *years.LETTER_RULES, *titles.RULES, *acronyms.DOTTED_RULES, *models.MAKE_RULES, *acronyms.ROMAN_RULES,
    *codes.ACCOUNT_RULES, *models.CRAFT_RULES, *measures.ALONE_RULES, *acronyms.WORD_RULES,
)  # fmt: skip
OTHERS = (
    *codes.INTERNATIONAL, *years.APOSTROPHE_RULES, *web.MARK_RULES, *symbols.MARKS, *money.RULES, *quantities.FIRST,
    *measures.RULES, *quantities.LAST, *symbols.EMOJI_RULES, *scripts.RULES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that a rule said, a word, or one mark of punctuation."""

    start: int
    end: int
    said: str
    why: str = ""
    """Why the stretch, or a part of it, is not said."""
    mark: str = ""
    """The punctuation mark as printed, when the piece is one."""


@cache
def _special() -> frozenset[str]:
    """Collect the words that look plain but have rules."""
    groups = ("months", "titles", "abbreviations", "always", "numbered", "states")
    found = {word for group in groups for word in table(group)}
    return frozenset(
        {
            *found,
            *models.MAKES,
            *calendar.DAYS,
            *measures.ALONE,
            *acronyms.SMALL_ROMANS,
            "St",
            "Rs",
            "Rp",
            "N",
            "S",
            "E",
            "W",
        }
    )


def _rules(text: str, at: int) -> tuple[Rule, ...]:
    first = text[at]
    if first.isdecimal():
        return FIGURES
    if first.isalpha():
        return LETTERS if first < "\u0250" else scripts.RULES
    return OTHERS


def _piece(text: str, at: int, context: Context) -> Piece:
    """Read one piece at a place that is no blank."""
    plain = PLAIN.match(text, at)
    if plain and _special().isdisjoint(plain[0].split("-")) and (plain[0] in "aAIiOo" or len(plain[0]) > 1):
        return Piece(at, plain.end(), plain[0])
    begins = at == 0 or not text[at - 1].isalnum()
    for each in _rules(text, at) if begins or not text[at].isalnum() else ():
        found = each.pattern.match(text, at)
        said = each.reader(found, context) if found and found.end() > at else None
        if found and isinstance(said, str):
            return Piece(at, found.end(), said)
        if found and isinstance(said, Said):
            return Piece(at, said.end if said.end > at else found.end(), said.words, said.omitted)
    word = WORD.match(text, at)
    if word:
        return Piece(at, word.end(), scripts.latin(word[0].strip("_")))
    return Piece(at, at + 1, "", "", text[at])


def _groups(text: str, context: Context) -> Iterator[list[Piece]]:
    """Yield the pieces of one token after another; a blank or a dash parts tokens."""
    group: list[Piece] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        if group and (text[at - 1].isspace() or (group[-1].mark in ("—", "…") and text[at].isalnum())):
            yield group
            group = []
        group.append(_piece(text, at, context))
        at = group[-1].end
    if group:
        yield group


def _is_pause(text: str, at: int) -> bool:
    """Tell whether a bracket or dash is heard; an editor's square bracket is not, unless it explains."""
    mark = text[at]
    if mark in "[]":
        start = at if mark == "[" else text.rfind("[", max(0, at - SILENT_BRACKETS), at)
        return start >= 0 and bool(EXPLAINING.match(text, start) or PRONOUN.search(text[max(0, start - 8) : start]))
    if mark in "-–/|":
        return (at == 0 or text[at - 1].isspace()) and text[at + 1 : at + 2].isspace()
    return mark in PAUSES or text[at : at + 2] == "--"


def _stop(text: str, marks: Sequence[Piece]) -> str:
    """Reduce a run of punctuation to what an engine takes for intonation."""
    run = "".join(piece.mark for piece in marks)
    ends = "".join(mark for mark in run if mark in STOPS)
    if ends:
        return "." if ends == ".." else ends
    kept = next((mark for mark in run if mark in ",;:"), "")
    return kept or ("," if any(_is_pause(text, piece.start) for piece in marks) else "")


def _joined(text: str, words: Sequence[Piece]) -> str:
    """Join what is said of one token: a hyphen stays between plain words, else a blank."""
    said = words[0].said
    for left, right in pairwise(words):
        between = text[left.end : right.start]
        as_printed = left.said == text[left.start : left.end] and right.said == text[right.start : right.end]
        if between in ("'", "’", "‘", "`") and right.said in CONTRACTED:
            glue = "'"
        elif as_printed and between in ("-", "‑", "'", "’", "."):
            glue = between.replace("’", "'").replace("‑", "-")
        elif stop := RUN_ON.search(between):
            glue = "… " if "..." in between else stop[0] + " "
        elif between == ":" or any(_is_pause(text, place) for place in range(left.end, right.start)):
            glue = ", "
        else:
            glue = "" if as_printed and set(between) <= set("[]") else " "
        said += glue + right.said
    return said


def _read(text: str, context: Context) -> list[tuple[Token, str]]:
    """Read all tokens, each with why it says less than is printed; a pause before one falls to the one before."""
    read: list[tuple[Token, str]] = []
    last = -1  # the last token that is heard
    for group in _groups(text, context):
        heard = [piece for piece in group if piece.said]
        start, end = group[0].start, group[-1].end
        pause = _stop(text, [piece for piece in group if not heard or piece.end <= heard[0].start])
        if pause and last >= 0 and read[last][0].spoken[-1] not in ".?!…,;:":
            token, why = read[last]
            read[last] = replace(token, spoken=token.spoken + pause), why
        said = ""
        if heard:
            said = _joined(text, heard).replace("’", "'")
            said += "'" if _owning(text, heard[-1].end) else ""
            stop = _stop(text, [piece for piece in group if piece.start >= heard[-1].end])
            said = _ended(text, heard[-1], said.rstrip(",") + stop if stop else said)
            last = len(read)
        read.append((Token(start, text[start:end], said), next((piece.why for piece in group if piece.why), "")))
    return read


def _owning(text: str, at: int) -> bool:
    """Tell the apostrophe of "the workers’ party" from a closing quotation mark."""
    if not re.fullmatch(r"s['’]\s[a-zA-Z]", text[at - 1 : at + 3]):
        return False
    return not re.search(r"(?<!\w)['‘]\w", text[max(0, at - SILENT_BRACKETS) : at])


def _ended(text: str, last: Piece, said: str) -> str:
    """Give back the full stop that an abbreviation shares with its sentence."""
    shared = text[last.end - 1] == "." and not re.search(r"\w", text[last.end : last.end + SILENT_BRACKETS])
    return said.rstrip(",;:") + "." if shared and said[-1] not in STOPS else said


def spoken(text: str, accent: str, tags: Sequence[Tag]) -> tuple[Token, ...]:
    """Say a text: tokens that cover every character but blanks, with what is said for each.

    `accent` is "en-GB" or "en-US"; `tags` (start, end, Penn tag) may be empty and decide how
    words of two pronunciations sound.
    """
    context = Context(text, is_british(accent))
    return sounded(tuple(token for token, _ in _read(text, context)), tags, accent)


def omitted(text: str, accent: str = "en-US") -> tuple[Omission, ...]:
    """List what of a text is printed but not said, or said short, and why; offsets into the text."""
    read = _read(text, Context(text, is_british(accent)))
    return tuple(Omission(token.start, token.printed, why) for token, why in read if why)


def say(text: str, accent: str = "en-US") -> str:
    """Return a text as it is said, in one line."""
    return " ".join(token.spoken for token in spoken(text, accent, ()) if token.spoken)
