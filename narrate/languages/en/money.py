"""Money as it is said."""

from __future__ import annotations

import re

from narrate.languages.en.context import Context, Rule, one_of, rule, table
from narrate.languages.en.measures import UNITS, attributive, per
from narrate.languages.en.numerals import NUMBER, cardinal, number
from narrate.languages.en.quantities import SIGN, TIMES, magnitude, sign

MARKS = one_of(key for key in table("currencies") if not key.isalpha())
LONG_MARKS = one_of(key for key in table("currencies") if len(key) > 1 and key[-1] in "$£¥")
CODES = one_of(key for key in table("currencies") if key.isalpha())
CURRENCY = rf"(?:{MARKS}|(?:{CODES})\s?(?=[\d.]))"
MONEY = rf"{SIGN}(?P<mark>{CURRENCY})\s?(?P<low>{NUMBER})(?P<size>{TIMES})?"
UPTO = rf"(?:\s?(?:-|–|—)\s?(?:{CURRENCY})?(?P<high>{NUMBER})(?P<more>{TIMES})?)?"


def money(found: re.Match[str], context: Context) -> str:
    """Say an amount of money: "$3.5bn", "£4.50", "$3-4 billion", "$15/hour"."""
    return _amount(found, context) + per(found["per"], context.british)


def _amount(found: re.Match[str], context: Context) -> str:
    names = (table("currencies")[found["mark"].strip()]).split("|")
    one, many = names[0], names[1]
    low, high = found["low"], found["high"]
    size, more = magnitude(found["size"]), magnitude(found["more"])
    said = number(low, context.british) + size
    if high:
        said += f" to {number(high, context.british)}{more}"
    single = low in ("1", "1.00") and not (size or high)
    hyphen = (found["more"] or found["size"] or "").startswith("-")
    describes = hyphen or attributive(found.start(), found.end(), context)
    if not (size or high) and len(names) > 2 and re.search(r"\.\d\d$", low):
        return sign(found["sign"]) + _small_money(
            low, [one, one, names[2], "pence"] if describes else names, context.british
        )
    if describes:
        return f"{sign(found['sign'])}{said} {one}"
    return f"{sign(found['sign'])}{said} {one if single else many}"


def _small_money(amount: str, names: list[str], british: bool) -> str:
    whole, _, part = amount.replace(",", "").partition(".")
    units, hundredths = int(whole or 0), int(part)
    big = f"{cardinal(units, british)} {names[0] if units == 1 else names[1]}"
    if not hundredths:
        return big
    if units and names[3] == "pence":
        return f"{big} {cardinal(hundredths, british)}"
    small = f"{cardinal(hundredths, british)} {names[2] if hundredths == 1 else names[3]}"
    return f"{big} and {small}" if units else small


def behind(found: re.Match[str], context: Context) -> str:
    """Say an amount whose currency stands behind it: "20€", "500 zł"."""
    one, many = table("currencies")[found["mark"]].split("|")[:2]
    said = number(found["low"], context.british) + magnitude(found["size"])
    single = (found["low"] == "1" and not found["size"]) or attributive(found.start(), found.end(), context)
    return f"{said} {one if single else many}"


def letter(found: re.Match[str], context: Context) -> str:
    """Say money whose mark is a plain letter: Nigeria's "N340m", the Philippines' "P38-million"."""
    single = (found["size"] or "").startswith("-") or attributive(found.start(), found.end(), context)
    name = "naira" if found["mark"] == "N" else "peso" if single else "pesos"
    return f"{number(found['low'], context.british)}{magnitude(found['size'])} {name}"


def rand(found: re.Match[str], context: Context) -> str:
    """Say South African money: "R50,000", "R5bn"."""
    return number(found["low"], context.british) + magnitude(found["size"]) + " rand"


def unnumbered(found: re.Match[str], context: Context) -> str:
    """Say a currency that has no amount: "loans in C$", "against the €"."""
    names = str(table("currencies")[found["mark"]]).split("|")
    return names[0 if context.before(found.start()) in ("the", "a", "per") else 1]


SUFFIXES = r"(?:[€£¥₽₴₺]|zł|Kč|kr|EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK)"
RAND_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<mark>[NP])(?P<low>\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:\.\d+)?(?=[\s-]?[mbt]))(?P<size>{TIMES})?(?!\w)",
        letter,
    ),
    rule(rf"R(?P<low>\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:\.\d+)?(?=\s?[mb]))(?P<size>{TIMES})?(?!\w)", rand),
)
BEHIND_RULES: tuple[Rule, ...] = (
    rule(rf"(?P<low>{NUMBER})(?P<size>{TIMES})?\s?(?P<mark>{SUFFIXES})(?!\w)", behind),
    rule(rf"(?P<low>{NUMBER})(?P<size>)(?P<mark>\$)(?!\w)", behind),
)
RULES: tuple[Rule, ...] = (
    rule(rf"{MONEY}{UPTO}(?![\d,]\d)(?:/(?P<per>{UNITS}(?!\w)|[a-z]{{1,20}}\b))?", money),
    rule(rf"(?P<mark>{LONG_MARKS}|(?<!\S)[$£€¥])(?=[\s,.;:)]|$)", unnumbered),
)
