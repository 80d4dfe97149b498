"""Numbers as words: cardinals, ordinals, years, digit strings, and their plurals."""

from __future__ import annotations

import re
from functools import lru_cache

from num2words import num2words

NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}){1,8}(?!\d)|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,4}(?!\d)"
    r"|\d{1,3}(?: 000){1,4}(?!\d)|\d{1,21})(?:\.\d{1,12})?(?!\d)|\.\d{1,12}(?!\d)"
)
"""An integer with or without thousands marks, or a decimal; matched from its first character."""

ALONE_DIGITS = 16
"""Digits above which a number is read one digit at a time: nobody follows quadrillions."""

VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅒": (1, 10),
}  # fmt: skip
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
ROMAN_SHAPE = re.compile(r"(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


@lru_cache(maxsize=8192)
def cardinal(number: int, british: bool = False) -> str:
    """Say an integer: 386 is "three hundred eighty-six", in Britain "three hundred and eighty-six"."""
    words = str(num2words(number)).replace(",", "")  # type: ignore[no-untyped-call]
    return words if british else words.replace(" and ", " ")


@lru_cache(maxsize=4096)
def ordinal(number: int, british: bool = False) -> str:
    """Say an ordinal: 101 is "one hundred first"."""
    words = str(num2words(number, to="ordinal")).replace(",", "")  # type: ignore[no-untyped-call]
    return words if british else words.replace(" and ", " ")


def pairs(number: int, zero: str = "oh") -> str:
    """Say a number of three or four digits as a newsreader says a year or a model: "nineteen oh five"."""
    high, low = divmod(number, 100)
    if not low:
        return cardinal(number) if number % 1000 == 0 else f"{cardinal(high)} hundred"
    return f"{cardinal(high)} {zero} {cardinal(low)}" if low < 10 else f"{cardinal(high)} {cardinal(low)}"


def year(number: int, british: bool = False) -> str:
    """Say a year: 1905 "nineteen oh five", 2008 "two thousand eight", 2024 "twenty twenty-four"."""
    if number < 100 or number % 1000 < 10 or number > 9999:
        return cardinal(number, british)
    return pairs(number)


def digits(figures: str) -> str:
    """Say a string one digit at a time; what is no digit parts it by a comma."""
    groups = re.findall(r"\d+", figures)
    return ", ".join(" ".join(cardinal(int(figure)) for figure in group) for group in groups)


def number(figures: str, british: bool = False) -> str:
    """Say what `NUMBER` matches: "1,000", "4.05", ".5"."""
    whole, point, decimals = re.sub(r"[,\s]", "", figures).partition(".")
    if len(whole) > ALONE_DIGITS or (len(whole) > 1 and whole.startswith("0")):
        said = digits(whole)
    else:
        said = cardinal(int(whole), british) if whole else ""
    return f"{said} point {digits(decimals)}".strip() if point else said


def code(figures: str) -> str:
    """Say the number of a model, a road or a flight: 136 "one thirty-six", 300 "three hundred"."""
    if figures.startswith("0") or len(figures) > 4:
        return digits(figures)
    return pairs(int(figures)) if len(figures) > 2 else cardinal(int(figures))


def fraction(above: int, below: int, british: bool = False) -> str:
    """Say a fraction: (3, 4) "three quarters", (1, 10) "one tenth"."""
    part = {2: "half", 4: "quarter"}.get(below) or ordinal(below, british)
    if above == 1:
        return f"one {part}"
    return f"{cardinal(above, british)} {'halves' if below == 2 else part + 's'}"


def plural(words: str) -> str:
    """Put the last word of a spoken number or name in the plural: "fifty-fives", "nineteen nineties"."""
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("s", "x", "ch", "sh")) else "s")


def roman(letters: str) -> int:
    """Read a Roman numeral; 0 if it is none."""
    if not ROMAN_SHAPE.fullmatch(letters):
        return 0
    values = [ROMAN[letter] for letter in letters]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
