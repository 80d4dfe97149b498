"""Times of the day and running times as they are said."""

from __future__ import annotations

import re

from narrate.languages.en.context import SIGHT, Context, Rule, rule
from narrate.languages.en.numerals import cardinal

HOUR = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?"
OPENING = r"(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s?(?:(?P<d>[apAP])\.?[mM]\.?)?\s?(?:-to-|-|–|—| to )\s?"
HALF_DAY = r"\s?(?P<half>[apAP])\.?\s?[mM]\b\.?"
TIMED = frozenset("at from until till by since before after".split())
"""Words before a time of the day."""

PART_OF_DAY = re.compile(r" (?:(?:on|yesterday|this|last|in the) )?(?:\w+day )?(?:morning|afternoon|evening|night)\b")
"""After "at 7.02": "on Tuesday morning"."""

SECOND_TIME = re.compile(r"\b(?:at|between|from|by) (?:\d{4}|\d{1,2}[.:]\d\d) and $")

TRAINS = frozenset("to from train bus service ferry flight departure".split())
"""What follows "the 10.15" when that is a time."""


def _clock(hour: int, minute: str | None, bare: str = "") -> str:
    if not minute or minute == "00":
        return cardinal(hour) + bare
    return f"{cardinal(hour)} {cardinal(int(minute)) if minute[0] != '0' else 'oh ' + cardinal(int(minute))}"


def half_day(found: re.Match[str], context: Context) -> str | None:
    """Say "3:30 p.m.", "7.45pm", "7-9pm", "9 a.m.-5 p.m."."""
    hour = int(found["hour"])
    if hour > 23:
        return None
    said = _clock(hour, found["minute"])
    if found["from"]:
        start = re.fullmatch(OPENING, found["from"])
        if start is None or int(start[1]) > 12:
            return None
        first = _clock(int(start[1]), start[2]) + (f" {start[3].upper()} M" if start[3] else "")
        said = f"{first} to {said}"
    return f"{said} {found['half'].upper()} M"


def day_clock(found: re.Match[str], context: Context) -> str | None:
    """Say "15:30", "09:00", "14:00"."""
    hour, minute = int(found["hour"]), found["minute"]
    if hour > 24:
        return None
    if minute == "00":
        return f"{cardinal(hour)} o'clock" if 0 < hour <= 12 else f"{cardinal(hour)} hundred"
    return _clock(hour, minute)


def british_clock(found: re.Match[str], context: Context) -> str | None:
    """Say "15.30" as a time where Britain writes one so."""
    before, after = context.before(found.start()), context.after(found.end())
    single = len(found["hour"]) == 1
    timed = before == "the" and after in TRAINS
    if before in TIMED:
        timed = not single or bool(PART_OF_DAY.match(context.text, found.end()))
    if before == "and":
        timed = not single and bool(SECOND_TIME.search(context.text[max(0, found.start() - SIGHT) : found.start()]))
    alone = len(context.text) < SIGHT and context.text.strip("* ") == found[0]
    timed = context.british and (timed or (alone and not single))
    return _clock(int(found["hour"]), found["minute"]) if timed else None


def duration(found: re.Match[str], context: Context) -> str:
    """Say a running time: "2:05:37"."""
    parts = [(int(found["hour"]), "hour"), (int(found["minute"]), "minute"), (int(found["second"]), "second")]
    said = [f"{cardinal(count)} {name if count == 1 else name + 's'}" for count, name in parts if count]
    return f"{' '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)


def early(found: re.Match[str], context: Context) -> str | None:
    """Say a timetable's hour: "trains at 0630"."""
    return military(found, context) if context.before(found.start()) in TIMED else None


def central(found: re.Match[str], context: Context) -> str:
    """Say an American broadcaster's hours: "9/8c"."""
    return f"{cardinal(int(found['east']))} {cardinal(int(found['central']))} central"


def military(found: re.Match[str], context: Context) -> str:
    """Say a time of four figures: "0600 hours", "0015 GMT"."""
    hour, minute = found["hour"], found["minute"]
    said = "zero zero" if hour == "00" else f"oh {cardinal(int(hour))}" if hour[0] == "0" else cardinal(int(hour))
    rest = "hundred" if minute == "00" else f"oh {cardinal(int(minute))}" if minute[0] == "0" else cardinal(int(minute))
    return f"{said} {rest}"


RULES: tuple[Rule, ...] = (
    rule(r"(?P<east>1?\d)/(?P<central>1?\d)c(?!\w)", central),
    rule(r"(?P<hour>0\d)(?P<minute>[0-5]\d)(?![\w,.-]{0,8}\d|[^\W_])", early),
    rule(
        r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)"
        r"(?=\s?(?:GMT|UTC|CET|BST|EST|EDT|PST|ET|hours|hrs|local)\b)",
        military,
    ),
    rule(r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?![\d:])", duration),
    rule(rf"(?P<from>{OPENING.replace('(?P<', '(?P<from_')})?{HOUR}{HALF_DAY}", half_day),
    rule(
        r"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d%]|\.\d|\s?(?:%|per|million|billion))",
        british_clock,
    ),
    rule(r"(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?![\d:])", day_clock),
)
