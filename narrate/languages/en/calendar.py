"""Dates and weekdays as they are said."""

from __future__ import annotations

import re

from narrate.languages.en.context import Context, Rule, one_of, rule, table
from narrate.languages.en.numerals import cardinal, ordinal, year
from narrate.languages.en.years import LAST_YEAR

MONTH = rf"(?P<month>{one_of(table('months'))})\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\w|,\d|\.\d|%|/)"
DASH = r"(?:\s?[-–—]\s?| to )"


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
        said = f"the {ordinal(day)} of {name} {year(int(figures), True)}"
    else:
        said = f"{name} {ordinal(day)}, {year(int(figures))}"
    stamp = found.groupdict().get("stamp")
    return said + (f", {instant(stamp)}" if stamp else "")


def instant(stamp: str) -> str:
    """Say the time of a stamp as machines write it: "T14:30Z"."""
    hour, minute, zone = stamp[1:3], stamp[4:6], stamp[-1:]
    clock = f"{cardinal(int(hour))} {'hundred' if minute == '00' else cardinal(int(minute))}"
    return clock + (" U T C" if zone == "Z" else "")


MONTHS = "January February March April May June July August September October November December".split()


def famous(found: re.Match[str], context: Context) -> str | None:
    """Say the days that are known by their figures: 9/11, 7/7, and 24/7."""
    return " ".join(cardinal(int(part)) for part in found[0].split("/"))


DIGIT_RULES: tuple[Rule, ...] = (
    rule(
        r"(?P<iso>\d{4})(?P<dot>-)(?P<a>\d{2})-(?P<b>\d{2})"
        r"(?P<stamp>T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])(?P<year>)",
        figures_only,
    ),
    rule(r"(?P<iso>)(?P<a>\d{1,2})(?P<dot>[/.-])(?P<b>\d{1,2})(?P=dot)(?P<year>\d{4}|\d{2})(?![\d/])", figures_only),
    rule(r"(?:9/11|7/7|24/7|11/9)(?![\d/])", famous),
    rule(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{DASH}(?P<to>\d{{1,2}})(?:st|nd|rd|th)?)?(?P<of> of)?\s{MONTH}"
        r"(?:,?\s(?P<year>[12]\d{3})(?![\d,]))?",
        day_first,
    ),
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
)
