"""Dates, years and decades as they are said."""

from __future__ import annotations

import re

from narrate.languages.en.context import Context, Rule, one_of, rule, table
from narrate.languages.en.numerals import cardinal, ordinal, pairs, plural, year

SURE = frozenset(
    "in since until till during year years summer winter spring autumn fall early late mid pre post class".split()
)
"""Words after which a bare number of four figures can only be a year."""

ERA = r"(?:\s?(?:BCE?|CE|AD|B\.C\.(?:E\.)?|C\.E\.|A\.D\.))"
COUNTED = frozenset("people men women children feet percent kilometers kilometres meters metres miles hp".split())
"""What is counted though its plural does not end in s, or is a unit."""

FIRST_YEAR, LAST_YEAR = 1100, 2099
"""A bare number of four figures between these is a year unless something counted follows."""

MODERN, ROUND = 1750, 50
"""Before something counted, only a year from here on that is no round figure is one: "big 2016 players"."""

MONTH = rf"(?P<month>{one_of(table('months'))})\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\w|,\d|\.\d|%|/)"
DASH = r"(?:\s?[-–—]\s?| to )"


def is_year(figures: str, start: int, end: int, context: Context) -> bool:
    """Tell a year from a quantity by what stands around it."""
    before, after = context.before(start), context.after(end)
    value, rest = int(figures), context.text[end : end + 3]
    if len(figures) == 3:
        return (
            before in ("in", "year") and bool(re.match(r"\s?(?:[,.;)]|$|AD|CE|BC)", rest)) and not rest.startswith(".0")
        )
    if len(figures) != 4 or not 1000 < value <= LAST_YEAR:
        return False
    if re.match(r"-[a-z]", rest):
        return before in ("pre", "post", "mid") or after in ("era", "style", "present", "vintage", "model", "today")
    if before in SURE:
        return True
    if after in COUNTED or (after.islower() and after.endswith("s") and len(after) > 3 and not after.endswith("ss")):
        owned = before in ("the", "a", "an") or before.endswith(("'s", "’s"))
        return owned or (value >= MODERN and value % ROUND != 0)
    return value >= FIRST_YEAR


def _the_day(day: int, month: str, british: bool) -> str:
    return f"{month} the {ordinal(day, True)}" if british else f"{month} {ordinal(day)}"


def _with_year(said: str, figures: str | None, comma: bool, british: bool) -> str:
    return f"{said}{',' if comma else ''} {year(int(figures), british)}" if figures else said


def month_first(found: re.Match[str], context: Context) -> str | None:
    """Say "Aug. 18, 2024" and "March 15-17"."""
    day, to = int(found["day"]), found["to"]
    if not 0 < day <= 31 or (to and not day < int(to) <= 31 and not found["next"]):
        return None
    said = _the_day(day, table("months")[found["month"]], context.british)
    if to and found["next"]:
        said += " to " + _the_day(int(to), table("months")[found["next"].rstrip(". ")], context.british)
    elif to:
        said += f" to {'the ' if context.british else ''}{ordinal(int(to))}"
    return _with_year(said, found["year"], True, context.british)


def day_first(found: re.Match[str], context: Context) -> str | None:
    """Say "18 August 2024", in America with the month first."""
    day, to, month = int(found["day"]), found["to"], table("months")[found["month"]]
    if not 0 < day <= 31 or (to and not 0 < int(to) <= 31):
        return None
    written_out = bool(found["of"])
    article = "" if context.before(found.start()) in ("the", "a", "this", "that", "every", "last", "next") else "the "
    if context.british or written_out:
        said = f"{article}{ordinal(day)}" + (f" to the {ordinal(int(to))}" if to else "") + f" of {month}"
    else:
        said = f"{month} {ordinal(day)}" + (f" to {ordinal(int(to))}" if to else "")
    return _with_year(said, found["year"], not (context.british or written_out), context.british)


def month_year(found: re.Match[str], context: Context) -> str | None:
    """Say "May 1968"."""
    if not 1000 < int(found["year"]) <= LAST_YEAR:
        return None
    return f"{table('months')[found['month']]} {year(int(found['year']), context.british)}"


def figures_only(found: re.Match[str], context: Context) -> str | None:
    """Say "2024-08-18", "8/18/2024", "24.02.2022"; which comes first, day or month, is the accent's custom."""
    first, second = int(found["a"]), int(found["b"])
    if found["iso"]:
        month, day = first, second
    elif found["dot"] != "/" or (context.british and second <= 12) or first > 12:
        month, day = second, first
    else:
        month, day = first, second
    if not (0 < month <= 12 and 0 < day <= 31):
        return None
    name, figures = MONTHS[month - 1], found["iso"] or found["year"]
    if len(figures) == 2:
        figures = ("20" if int(figures) < 50 else "19") + figures
    if context.british:
        return f"the {ordinal(day)} of {name} {year(int(figures), True)}"
    return f"{name} {ordinal(day)}, {year(int(figures))}"


MONTHS = "January February March April May June July August September October November December".split()


def famous(found: re.Match[str], context: Context) -> str | None:
    """Say the days that are known by their figures: 9/11, 7/7, and 24/7."""
    return " ".join(cardinal(int(part)) for part in found[0].split("/"))


def decade(found: re.Match[str], context: Context) -> str | None:
    """Say "1990s", "’80s", "in his 40s"."""
    figures = found["figures"]
    if figures == "00":
        return "two thousands"
    said = year(int(figures)) if len(figures) == 4 else cardinal(int(figures))
    owner = "'" if found["owner"] else ""
    return plural(said) + owner


def powers(found: re.Match[str], context: Context) -> str:
    """Say "1000s" as "thousands"."""
    return plural(cardinal(int(found["figures"].replace(",", ""))).removeprefix("one "))


def short_year(found: re.Match[str], context: Context) -> str:
    """Say "’68"."""
    return pairs(1900 + int(found["figures"])).partition(" ")[2]


def years(found: re.Match[str], context: Context) -> str | None:
    """Say "1939-45", "2010-2015" and the season "2023-24"."""
    low, high = int(found["low"]), int(found["high"])
    if len(found["high"]) == 4 and not (1000 < low < high <= LAST_YEAR):
        return None
    if len(found["high"]) == 2 and not (
        (FIRST_YEAR <= low <= LAST_YEAR and high > low % 100) or found["low"][2:] == "99"
    ):
        return None
    season = context.after(found.end()) in ("season", "campaign", "seasons", "term", "Premier", "NBA", "NHL")
    if len(found["high"]) == 2:
        last = cardinal(high) if high > 9 else f"oh {cardinal(high)}"
    else:
        last = year(high, context.british)
    return f"{year(low, context.british)}{' ' if season or '/' in found[0] else ' to '}{last}"


def era(found: re.Match[str], context: Context) -> str:
    """Say a year with its era: "410 AD", "AD 79", "44 BC"."""
    letters = " ".join(re.sub(r"[^A-Z]", "", found["era"] or found["first"]))
    figures = found["figures"].replace(",", "")
    value = int(figures)
    said = pairs(value) if 100 < value < 2000 and value % 1000 else cardinal(value, context.british)
    return f"{letters} {said}" if found["first"] else f"{said} {letters}"


def quarter(found: re.Match[str], context: Context) -> str:
    """Say "Q3", "H1", "FY2024"."""
    letters = " ".join(found["letters"])
    figures = found["figures"]
    return f"{letters} {year(int(figures)) if len(figures) == 4 else cardinal(int(figures))}"


DIGIT_RULES: tuple[Rule, ...] = (
    rule(r"(?P<iso>\d{4})(?P<dot>-)(?P<a>\d{2})-(?P<b>\d{2})(?![\d-])(?P<year>)", figures_only),
    rule(r"(?P<iso>)(?P<a>\d{1,2})(?P<dot>[/.-])(?P<b>\d{1,2})(?P=dot)(?P<year>\d{4}|\d{2})(?![\d/])", figures_only),
    rule(r"(?:9/11|7/7|24/7|11/9)(?![\d/])", famous),
    rule(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{DASH}(?P<to>\d{{1,2}})(?:st|nd|rd|th)?)?(?P<of> of)?\s{MONTH}"
        r"(?:,?\s(?P<year>[12]\d{3})(?![\d,]))?",
        day_first,
    ),
    rule(r"(?P<low>\d{4})\s?[-–/]\s?(?P<high>\d{4}|\d{2})(?![\w,.%/-]{0,8}\d)", years),
    rule(rf"(?P<figures>\d{{1,4}}|\d,\d{{3}})(?P<era>{ERA})(?!\w)(?P<first>)", era),
    rule(r"(?P<figures>1000|100|10|1,000|10,000|100,000|1,000,000)s(?!\w)", powers),
    rule(r"(?P<figures>1\d{2}0|20\d0|\d0)s(?P<owner>['’](?!\w))?(?!\w)", decade),
)
APOSTROPHE_RULES: tuple[Rule, ...] = (
    rule(r"['’‘](?P<figures>\d0)s(?P<owner>['’](?!\w))?(?!\w)", decade),
    rule(r"['’‘](?P<figures>\d\d)(?!\w)", short_year),
)


def span(found: re.Match[str], context: Context) -> str:
    """Say a span of months or weekdays: "Jan.-Mar.", "Mon-Fri"."""
    names = {**DAYS, **table("months")}
    return f"{names[found['first']]} to {names[found['last']]}"


def weekday(found: re.Match[str], context: Context) -> str:
    """Say a weekday's abbreviation before a date or another day."""
    return DAYS[found[0].rstrip(".")]


DAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Thur": "Thursday",
    "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip
SPAN = one_of([*DAYS, *table("months")])
LETTER_RULES: tuple[Rule, ...] = (
    rule(rf"(?P<first>{SPAN})\.?[-–](?P<last>{SPAN})\b\.?", span),
    rule(rf"{one_of(DAYS)}\.?(?=,?\s(?:\d|{one_of(table('months'))}\b)|/{one_of(DAYS)}\b)", weekday),
    rule(rf"(?<=[a-z]/){one_of(DAYS)}\b", weekday),
    rule(
        rf"{MONTH}(?:\s|(?<=\.)){DAY}(?:{DASH}(?P<next>{one_of(table('months'))}\b\.?\s)?"
        r"(?P<to>\d{1,2})(?:st|nd|rd|th)?(?![\w%]|,\d))?"
        r"(?:,?\s(?P<year>[12]\d{3})(?![\d,]))?",
        month_first,
    ),
    rule(rf"{MONTH},?\s(?P<year>[12]\d{{3}})(?![\w,.-]{{0,8}}\d)", month_year),
    rule(r"(?P<letters>[QH]|FY)(?P<figures>[1-4]|(?:20|19)\d\d)(?!\w|[-–][QH]\d)", quarter),
    rule(r"(?P<first>AD|A\.D\.)\s?(?P<figures>\d{1,4})(?!\w)(?P<era>)", era),
)
