"""Aircraft, weapons, roads, viruses and clauses: letters with figures, as they are said."""

from __future__ import annotations

import re

from narrate.languages.en.acronyms import POSSESSIVE, capitals, owned
from narrate.languages.en.context import Context, Rule, one_of, rule
from narrate.languages.en.numerals import cardinal, code, digits, plural, year

AIRLINES = frozenset(
    "AA AC AF AI AM AY AZ BA CA CI CX CZ DL EI EK EY FR IB JL KE KL KQ LH LO LX LY MH MS MU NH OS OZ PK PS QF QR SA SK "
    "SN SQ SU TG TK TP UA UX VA VS WN WY JT QZ FZ W6 U2".split()
)
CRAFT = {
    "Su": "S U", "Tu": "T U", "Il": "I L", "An": "A N", "Mi": "M I", "Ka": "K A", "Kh": "K H", "MiG": "Mig",
    "Be": "B E", "Mk": "Mark", "No": "number", "iOS": "I O S",
}  # fmt: skip
"""Letters before the number of a craft that are not said as the word they look like."""

MAKES = (
    "Boeing Airbus Cessna Embraer Gulfstream Fokker Porsche Peugeot Ferrari RTX GTX Nikkei "
    "Flight flight Route Interstate Highway Room Form Unit"
).split()
"""Words whose number is said as a model's: "Boeing seven thirty-seven"."""


def craft(found: re.Match[str], context: Context) -> str | None:
    """Say letters with figures: "Su-35s", "BA219", "H5N1", "COVID-19", "5G"."""
    text, many = found["mix"], found["many"] or ""
    parts = re.findall(r"[^\W\d_]+|\d+(?:\.\d+)?", text)
    flight = len(parts) == 2 and parts[0] in AIRLINES and "-" not in text and len(parts[1]) > 2
    said = [_part(part, flight) for part in parts]
    words = " ".join(said)
    owner = owned(found)
    if many:
        words = plural(words) if parts[-1][0].isdigit() else words + "s"
    return words + owner


def _part(part: str, flight: bool) -> str:
    if part[0].isdigit():
        whole, point, rest = part.partition(".")
        figures = cardinal(int(whole)) + " point " + digits(rest) if point else code(part)
        if flight and len(part) == 3 and not part.endswith("0"):
            return digits(part)
        return year(int(part)) if len(part) == 4 and part.startswith(("19", "20")) else figures
    if part in CRAFT:
        return CRAFT[part]
    if part.isupper() or len(part) == 1:
        return " ".join(part.upper()) if len(part) < 3 else capitals(part)
    return part


def series(found: re.Match[str], context: Context) -> str:
    """Say from one code to another: "J10-J12", "Q1-Q3"."""
    first, last = (
        f"{' '.join(letters)} {code(figures)}" for letters, figures in re.findall(r"([A-Z]+)(\d+)", found[0])
    )
    return f"{first} to {last}"


def make(found: re.Match[str], context: Context) -> str | None:
    """Say the number of an aircraft, a road or a flight: "Boeing 737", "Airbus 320", "Flight 1549"."""
    said = code(found["figures"])
    word = capitals(found["word"]) if found["word"].isupper() else found["word"]
    return f"{word} {plural(said) if found['many'] else said}"


def jet(found: re.Match[str], context: Context) -> str:
    """Say a jet by its number alone: "two 747s"."""
    said = code(found["figures"])
    return plural(said) if found["many"] else said


def mixed_letters(found: re.Match[str], context: Context) -> str:
    """Say short names of capitals with a small letter within: "AfD", "MoD"."""
    if found["word"] in CRAFT:
        return CRAFT[found["word"]] + ("s" if found["many"] else "")
    return " ".join(found["word"].upper()) + ("s" if found["many"] else "")


def clause(found: re.Match[str], context: Context) -> str:
    """Say "401(k)", "501(c)(3)"."""
    return letter_clause(found, context) + (f" {cardinal(int(found['clause']))}" if found["clause"] else "")


def letter_clause(found: re.Match[str], context: Context) -> str:
    """Say "4(b)"."""
    return f"{code(found['figures'])} {' '.join(re.sub('[()]', ' ', found['letter']).upper().split())}"


MAKE_RULES: tuple[Rule, ...] = (
    rule(r"(?P<word>[A-Z][a-z][A-Z])(?P<many>s)?(?!\w)", mixed_letters),
    rule(
        rf"(?P<word>{one_of(MAKES)})\s(?P<figures>[1-9]\d{{2,3}})(?P<many>s)?(?![\w,.]{{0,8}}\d)(?!\w)",
        make,
    ),
)
CRAFT_RULES: tuple[Rule, ...] = (
    rule(r"(?P<letters>[A-Z]{1,2})\d{1,4}[-–](?P=letters)\d{1,4}(?!\w)", series),
    rule(
        rf"(?=[A-Za-z]{{1,12}}-?\d)(?P<mix>[A-Za-z]{{1,12}}-?\d{{1,6}}(?:\.\d)?(?:-?[A-Z]{{1,3}}\d{{0,4}}|neo|ceo|[a-rt-z](?!\w))*)(?P<many>s)?{POSSESSIVE}(?!\w)",
        craft,
    ),
)
DIGIT_RULES: tuple[Rule, ...] = (
    rule(r"(?P<figures>7[0-8]7)(?P<many>s)?(?=\s(?:Max|MAX|Dreamliner|jet|plane|airliner|aircraft)|(?<=s)(?!\w))", jet),
    rule(rf"(?P<mix>\d{{1,4}}(?:[A-Z]{{1,3}}\d{{0,3}}){{1,3}})(?P<many>s)?{POSSESSIVE}(?!\w)", craft),
    rule(r"(?P<figures>\d{1,3})(?P<letter>(?:\([a-z]\)){1,2})(?:\((?P<clause>\d)\))?", clause),
    rule(r"(?P<figures>\d{1,3})(?P<letter>[a-f])(?!\w)", letter_clause),
)
