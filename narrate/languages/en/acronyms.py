"""Acronyms, initials and Roman numerals as they are said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from narrate.languages.en.context import SIGHT, Context, Rule, Said, listed, one_of, rule, table
from narrate.languages.en.numerals import cardinal, ordinal, roman

LONG_WORD = 5
"""Letters from which unknown capitals are taken for a word if they can be pronounced as one."""

UNSAYABLE = re.compile(
    r"^[^AEIOUY]{3}|[^AEIOUY]{4}|[^AEIOUY]{3}$|[AEIOU]{4}|[AEIOU]{3}$|^[^AEIOU]*$|Q(?!U)|[BCDFGHJKPQVWXZ]{3}"
)
SHOUTED = 0.9
"""Share of capitals from which a text is a headline in capitals, whose words are words."""

POSSESSIVE = r"(?P<owner>['’‘][sS](?!\w)|['’](?!\w))?"
QUOTED = 200
"""Characters within which a quotation mark that an apostrophe may close is looked for."""

TWICE = frozenset("WHO IT US AM".split())
"""Capitals that are an organisation or a word: letters unless everything around is in capitals."""


@cache
def named() -> frozenset[str]:
    """Return the names of the built-in lexicon, which stay words in capitals."""
    data = tomllib.loads((files(__package__) / "lexicon.toml").read_text(encoding="utf-8"))
    return frozenset(name for group in data.values() for name in group["words"] if len(name) > 3)


@cache
def shouted(text: str) -> bool:
    """Tell a text that is all in capitals, as headlines are."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 12 and sum(letter.isupper() for letter in letters) / len(letters) >= SHOUTED and " " in text


def capitals(word: str, headline: bool = False) -> str:
    """Say a word in capitals: as a word if it is one, else by its letters."""
    if word in TWICE and not headline:
        return " ".join(word)
    said: Mapping[str, str] = table("acronyms")["said"]
    if word in said:
        return said[word]
    if word in listed("acronyms"):
        return word.capitalize()
    if word in frozenset(str(table("acronyms")["plain"]["words"]).split()):
        return word.lower()
    name = word.capitalize()
    if name in listed("roman", "given") or name in named():
        return name
    if headline and word in frozenset(str(table("acronyms")["common"]["words"]).split()):
        return name
    if headline and len(word) == LONG_WORD:
        sayable = bool(re.search("[AEIOUY]", word)) and not re.search("[^AEIOUY]{4}|^[^AEIOUY]{4}", word)
    elif len(word) > LONG_WORD:
        sayable = bool(re.search("[AEIOUY]", word[:4])) and not re.search("[^AEIOUY]{6}", word)
    else:
        sayable = not UNSAYABLE.search(word) and (headline or not re.search("[^AEIOUY]{3}", word))
    if sayable and (len(word) >= LONG_WORD or (headline and len(word) > 3)):
        return name
    return " ".join(word)


def acronym(found: re.Match[str], context: Context) -> str | None:
    """Say capitals with what hangs on them: "NATO’s", "NGOs", "AT&T", "LGBTQ+"."""
    word, owner = found["word"], found["owner"] or ""
    if len(word) == 1:
        return None
    beside = (context.near(found.start()), context.after(found.end()))
    headline = shouted(context.text) or any(_shouted(near) for near in beside)
    town = re.search(r"[A-Z][\w.'’-]*,\s?$", context.text[max(0, found.start() - SIGHT) : found.start()])
    place = table("postal").get(word) if town and not headline else None
    if place and not (owner or found["many"] or found["plus"]):
        return str(place)
    parts = [capitals(part, headline) for part in word.split("&")]
    if "&" in word:
        parts = [" ".join(part) for part in word.split("&")]
    said = " and ".join(parts) + (" plus" if found["plus"] else "")
    if found["many"]:
        said += "s"
    return said + owned(found)


def _shouted(word: str) -> bool:
    """Tell a word in capitals whose neighbours are words in capitals too, from an acronym's."""
    small = frozenset(str(table("acronyms")["plain"]["words"]).split()) - TWICE
    return word.isupper() and word.isalpha() and (len(word) > 2 or (len(word) == 2 and word in small))


def dotted(found: re.Match[str], context: Context) -> Said | str | None:
    """Say initials: "U.S.", "J.D.", "J. K. Rowling"."""
    letters = re.sub(r"[^A-Z]", "", found["letters"])
    state = table("states").get(found["letters"].rstrip("."))
    if state and (
        context.mark(found.start()) in ("", ",", "-", "(", "–") or letters in ("NY", "NJ", "NC", "SC", "NH", "NM")
    ):
        return str(state)
    owner = owned(found)
    return " ".join(letters) + owner


def contracted(found: re.Match[str], context: Context) -> str:
    """Say a contraction in capitals: "WON’T"."""
    return found[0].lower()


def owned(found: re.Match[str]) -> str:
    """Say the possessive behind a name; a lone apostrophe may close a quotation instead."""
    owner = re.sub("[’‘]", "'", found["owner"] or "").lower()
    start = found.start("owner")
    quoted = owner == "'" and re.search(r"(?<!\w)['‘]\w[^'’‘]*$", found.string[max(0, start - QUOTED) : start])
    return "" if quoted else owner


def initial(found: re.Match[str], context: Context) -> str | None:
    """Say one initial inside a name: "George W. Bush"."""
    before = context.near(found.start())
    inside = before[:1].isupper() or not before
    return found["letter"] if inside else None


def degree(found: re.Match[str], context: Context) -> str:
    """Say "Ph.D."."""
    return " ".join(re.sub(r"\W", "", found[0]).upper())


def roman_number(found: re.Match[str], context: Context) -> str | None:
    """Say a Roman numeral: "Charles III", "World War II", "Chapter IV"."""
    letters = found["letters"]
    value = roman(letters)
    before = context.near(found.start())
    if letters == "I" and (re.match(r"['’](?!s\b)\w", context.text[found.end() :]) or not before[:1].isupper()):
        return None
    if value and len(letters) > 1 and context.after(found.end()) in listed("roman", "nth"):
        return ordinal(value, context.british)
    head = re.sub(r"['’]s$|\.$", "", before).lower()
    if not value or not before:
        return None
    owner = owned(found)
    if head in listed("roman", "heads") and (len(letters) > 1 or letters in "IVX"):
        return cardinal(value).capitalize() + owner if head == "war" else cardinal(value) + owner
    if (
        before in listed("roman", "monarchs")
        and not (letters == "I" and _is_pronoun(found, context))
        and letters not in "XCDLM"
    ):
        return f"the {ordinal(value).title()}{owner}"
    if len(letters) < 2 or not before[0].isupper() or re.search("[LCDM]", letters):
        return None
    first = context.near(found.start() - len(before) - 1)
    person = (
        first[:1].isupper() and letters in ("II", "III", "IV") and first not in ("The", "A", "In", "On", "At", "And")
    )
    if person or first.rstrip(".") in listed("roman", "given") or re.fullmatch(r"[A-Z]\.", first):
        return f"the {ordinal(value).title()}{owner}"
    return cardinal(value) + owner


def _is_pronoun(found: re.Match[str], context: Context) -> bool:
    after = context.after(found.end())
    return after in (
        "am",
        "was",
        "have",
        "had",
        "think",
        "know",
        "do",
        "did",
        "will",
        "would",
        "could",
        "met",
        "saw",
        "can",
    )


def small_roman(found: re.Match[str], context: Context) -> str | None:
    """Say a Roman numeral in small letters: "Scene ii", "page xiv"."""
    head = context.near(found.start()).rstrip(".").lower()
    return (
        cardinal(roman(found[0].upper())) if head in listed("roman", "heads") | {"page", "pages", "p", "pp"} else None
    )


def roman_range(found: re.Match[str], context: Context) -> str | None:
    """Say "I–IX" as "one to nine"."""
    first, last = roman(found["first"]), roman(found["last"])
    return f"{cardinal(first)} to {cardinal(last)}" if 0 < first < last else None


DOTTED_RULES: tuple[Rule, ...] = (
    rule(r"Ph\.?\s?D\.?s?(?!\w)", degree),
    rule(rf"(?P<letters>(?:[A-Z]\.\s?){{2,6}}(?<!\s)){POSSESSIVE}(?!\w)", dotted),
    rule(r"(?P<letters>W\.Va)\.(?!\w)(?P<owner>)", dotted),
    rule(r"(?P<letter>[A-Z])\.(?=\s[A-Z][\w’'-])", initial),
)
SMALL_ROMANS = "ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx".split()
ROMAN_RULES: tuple[Rule, ...] = (
    rule(rf"{one_of(SMALL_ROMANS)}(?!\w)", small_roman),
    rule(r"(?P<first>[IVX]{1,6})[-–](?P<last>[IVX]{1,6})(?!\w)", roman_range),
    rule(rf"(?P<letters>[IVXLCDM]{{1,8}}){POSSESSIVE}(?![\w&-]|\.\w)", roman_number),
)


WORD_RULES: tuple[Rule, ...] = (
    rule(r"[A-Z]{2,12}['’](?:T|RE|LL|VE|D|M)(?!\w)", contracted),
    rule(rf"(?P<word>[A-Z]{{1,14}}(?:&[A-Z]{{1,4}})?)(?P<plus>\+)?(?P<many>s)?{POSSESSIVE}(?![^\W_])", acronym),
)
