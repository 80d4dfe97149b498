"""Figures that name and do not count: telephone numbers, addresses of machines, accounts, cases."""

from __future__ import annotations

import re

from narrate.languages.en.context import SIGHT, Context, Rule, rule
from narrate.languages.en.numerals import cardinal, code, digits

CALLING = frozenset(
    "call called calls calling dial dialed dialled dialing dialling ring rang phone phoned phoning text".split()
)
CALLED = frozenset(
    "call calls operator operators dispatcher dispatchers hotline caller callers emergency lifeline".split()
)
TEXTING = re.compile(r"\b[Tt]ext(?:ed|ing)? (?:\w+ ){1,4}to $")
SPELLED = frozenset("isbn issn zip code pin postcode extension imei username".split())
"""Words before figures that are said one by one."""


def telephone(found: re.Match[str], context: Context) -> str | None:
    """Say a telephone number in groups of digits."""
    figures = found[0]
    said = digits(figures).replace("eight, zero, zero", "eight hundred")
    said = said.replace("one, eight zero zero", "one eight hundred")
    return f"plus {said}" if figures.startswith("+") else said


def local_telephone(found: re.Match[str], context: Context) -> str | None:
    """Say "555-0147" after a word that asks to call."""
    return digits(found[0]) if context.before(found.start()) in CALLING | {"at", "number"} else None


def emergency(found: re.Match[str], context: Context) -> str | None:
    """Say 911, 999 and the like as digits where somebody calls them."""
    calls = context.before(found.start()) in CALLING or context.after(found.end()).lower() in CALLED
    return digits(found[0]) if calls else None


def short_code(found: re.Match[str], context: Context) -> str | None:
    """Say a number to write a message to: "text HOME to 741741"."""
    asked = TEXTING.search(context.text[max(0, found.start() - SIGHT) : found.start()])
    return digits(found[0]) if asked else None


def spelled(found: re.Match[str], context: Context) -> str | None:
    """Say one digit at a time what names a place, a book or an account: "ZIP code 90210", "PIN 1234"."""
    return digits(found[0]) if context.before(found.start()) in SPELLED else None


def docket(found: re.Match[str], context: Context) -> str:
    """Say the number of a case: "20-cv-3010"."""
    return " ".join(code(part) if part.isdigit() else " ".join(part.upper()) for part in found[0].split("-"))


def account(found: re.Match[str], context: Context) -> str:
    """Say an account letter by letter: "GB29 NWBK 6016 1331"."""
    letters = [cardinal(int(sign)) if sign.isdigit() else sign for sign in found[0] if not sign.isspace()]
    return " ".join(letters)


INTERNATIONAL: tuple[Rule, ...] = (
    rule(r"\+\d{1,3}[\s.-]?\(?\d{1,4}\)?(?:[\s.-]\d{2,4}){1,4}(?!\w)", telephone),
    rule(r"\(\d{3}\)\s?\d{3}[-.\s]\d{4}(?!\w)", telephone),
)
"""Telephone numbers that begin with a mark."""

ACCOUNT_RULES: tuple[Rule, ...] = (rule(r"[A-Z]{2}\d{2}(?:\s[A-Z0-9]{4}){2,7}(?:\s[A-Z0-9]{1,3})?(?!\w)", account),)
DIGIT_RULES: tuple[Rule, ...] = (
    rule(r"\d{5,6}(?!\w|[,.]\d)", short_code),
    rule(r"\d{1,2}-(?:cv|cr|mc|md|mj)-\d{1,6}(?!\w)", docket),
    rule(r"\d{2,20}(?:[- ]\d{1,20}){0,6}(?![\w,.-]{0,8}\w)", spelled),
    rule(r"(?:1-)?\d{3}[-.]\d{3}[-.]\d{4}(?![\w-])", telephone),
    rule(r"0\d{2,4}\s\d{3,4}\s?\d{3,4}(?!\w)", telephone),
    rule(r"\d{3}-\d{4}(?![\w-])", local_telephone),
    rule(r"(?:911|999|112|988|111|101|311|000)(?![\w.,-]{0,8}\d)", emergency),
)
