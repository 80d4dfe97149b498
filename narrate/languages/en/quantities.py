"""Numbers that stand for themselves: percentages aside, plain, short, broken and ordinal."""

from __future__ import annotations

import re

from narrate.languages.en.context import Context, Rule, one_of, rule, table
from narrate.languages.en.numerals import NUMBER, VULGAR, cardinal, code, fraction, number, ordinal, plural, year
from narrate.languages.en.years import is_year

SIGN = r"(?P<sign>(?<![\w.)%])(?:[-−–+]|[±~]\s?|\+/[-−–]\s?))?"
MAGNITUDE = one_of(table("magnitudes"))
WORD_MAGNITUDE = "(?:hundred|thousand|million|billion|trillion|quadrillion|crore|lakh)"
TIMES = rf"(?:[\s-]?{WORD_MAGNITUDE}\b|\s?{MAGNITUDE}(?![A-Za-z]))"
SHORT = rf"(?:{WORD_MAGNITUDE}|[kKm]|[mb]n|bln|mln|tr?n|Bn|BN)(?!\w)"


def apart(found: re.Match[str]) -> bool:
    """Tell a dash between blanks that parts two thoughts, not the ends of a range: "226 – 49.8%"."""
    between = found.string[found.end("low") : found.start("high")]
    low, high = (float(re.sub(r"[,\s]", "", found[end])) for end in ("low", "high"))
    return bool(re.search(r"\s[-–]\s", between)) and high <= low


def magnitude(written: str | None) -> str:
    """Say a written magnitude with a blank before it: "bn" is " billion"."""
    key = (written or "").strip(" -\u00a0")
    return f" {table('magnitudes')[key]}" if key else ""


def sign(written: str | None) -> str:
    """Say a sign before a number, with a blank behind it."""
    mark = re.sub("[−–]", "-", (written or "").strip())
    return {"-": "minus ", "+": "plus ", "±": "plus or minus ", "+/-": "plus or minus ", "~": "about "}.get(mark, "")


def grouped(found: re.Match[str], context: Context) -> str:
    """Say a number whose thousands are marked by points: "1.000.000"."""
    return number(found[0].replace(".", ""), context.british)


def power(found: re.Match[str], context: Context) -> str:
    """Say "10^6"."""
    return f"{number(found['low'])} to the power of {number(found['high'])}"


def short(found: re.Match[str], context: Context) -> str | None:
    """Say a short magnitude after a number unless it is a letter, as in "4K": "3.5m people", "12k"."""
    size = found["size"].strip()
    if size == "K" and len(found["low"]) < 2:
        return None
    if size in ("k", "K") and found["low"] in ("5", "10") and is_race(found, context):
        return f"{number(found['low'])} K"
    return number(found["low"], context.british) + magnitude(found["size"])


def is_race(found: re.Match[str], context: Context) -> bool:
    """Tell the race of "she ran a 10k" from ten thousand."""
    noun = context.after(found.end()).lower()
    named = context.before(found.start()) in ("a", "the", "first", "second") and not noun
    return named or noun in ("run", "runs", "race", "races", "runner", "runners", "course", "fun")


def mixed(found: re.Match[str], context: Context) -> str | None:
    """Say a fraction, alone or after a whole number: "½", "1 1/2", "2/3"."""
    whole = found["whole"]
    if found["vulgar"]:
        above, below = VULGAR[found["vulgar"]]
    else:
        above, below = int(found["above"]), int(found["below"])
    if (
        not whole
        and not found["vulgar"]
        and context.after(found.end()) in ("stars", "star", "rating", "score", "marks")
    ):
        return f"{cardinal(above)} out of {cardinal(below)}"
    if above == below and not whole and 3 <= below <= 10:
        return f"{cardinal(above)} out of {cardinal(below)}"
    if not 0 < above < below or (not found["vulgar"] and below > 100):
        return None
    if not whole:
        return fraction(above, below, context.british)
    part = fraction(above, below, context.british)
    part = {"one half": "a half", "one quarter": "a quarter"}.get(part, part)
    return f"{number(whole, context.british)} and {part}"


def ordinals(found: re.Match[str], context: Context) -> str:
    """Say "22nd"."""
    said = ordinal(int(found["low"].replace(",", "")), context.british)
    return plural(said) if found["many"] else said


def plain(found: re.Match[str], context: Context) -> str:
    """Say a number that no other rule claims, as a year if it must be one."""
    figures = found["low"]
    if figures.isdigit() and is_year(figures, found.start(), found.end(), context):
        return year(int(figures), context.british)
    if figures == "0" and context.british and context.before(found.start()) in ("won", "lost"):
        return "nil"
    return sign(found["sign"]) + number(figures, context.british)


HALF = "[" + "".join(VULGAR) + "]"
FIRST: tuple[Rule, ...] = (
    rule(r"(?P<low>\d?[23])d(?P<many>)(?=\s[A-Z])", ordinals),
    rule(r"(?P<low>\d{1,4}\.\d{1,3})(?P<size>[MBKT])(?!\w)", short),
    rule(r"\d{1,3}(?:\.\d{3}){2,6}(?!\d)", grouped),
    rule(r"(?P<low>\d{1,6})\^(?P<high>\d{1,3})(?!\d)", power),
    rule(r"(?P<low>480|720|1080|2160|4320)p(?!\w)", lambda found, context: f"{code(found['low'])} p"),
    rule(
        rf"(?:(?P<whole>\d{{1,4}})[\s-]?)?(?:(?P<vulgar>{HALF})|(?P<above>\d{{1,2}})[/⁄](?P<below>\d{{1,3}})(?:ths|rds|th|rd)?(?![\w/]))",
        mixed,
    ),
)
LAST: tuple[Rule, ...] = (
    rule(rf"(?P<low>{NUMBER})\s?p(?![\w])", lambda found, context: f"{number(found['low'], context.british)} p"),
    rule(rf"(?P<low>{NUMBER})(?P<size>\s?{SHORT})", short),
    rule(r"(?P<low>\d{1,3}(?:,\d{3})+|\d{1,6})(?:st|nd|rd|th)(?P<many>s)?(?![^\W\d_])", ordinals),
    rule(rf"{SIGN}(?P<low>{NUMBER})(?![^\W_])", plain),
)
