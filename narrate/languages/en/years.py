"""Years, decades and eras as they are said."""

from __future__ import annotations

import re

from narrate.languages.en.context import Context, Rule, rule
from narrate.languages.en.numerals import cardinal, pairs, plural, year

SURE = frozenset(
    "in since until till during year years summer winter spring autumn fall early late mid pre post class".split()
)
"""Words after which a bare number of four figures can only be a year."""

ERA = r"(?:\s?(?:BCE?|CE|AD|B\.C\.(?:E\.)?|C\.E\.|A\.D\.))"

COUNTED = frozenset("people men women children feet percent kilometers kilometres meters metres miles hp".split())
"""What is counted though its plural does not end in s, or is a unit."""

COMING = frozenset("by in until till before after since through year".split())
"""Words after which a round number such as 2100 is a year of the next century."""

FIRST_YEAR, LAST_YEAR = 1100, 2099
"""A bare number of four figures between these is a year unless something counted follows."""

MODERN, ROUND = 1750, 50
"""Before something counted, only a year from here on that is no round figure is one: "big 2016 players"."""


def is_year(figures: str, start: int, end: int, context: Context) -> bool:
    """Tell a year from a quantity by what stands around it."""
    before, after = context.before(start), context.after(end)
    value, rest = int(figures), context.text[end : end + 3]
    if len(figures) == 3:
        return (
            before in ("in", "year") and bool(re.match(r"\s?(?:[,.;)]|$|AD|CE|BC)", rest)) and not rest.startswith(".0")
        )
    if value % 50 == 0 and LAST_YEAR < value <= 2300 and before in COMING:
        return not after.endswith("s") and not re.match(r"-\w", rest)
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


def decade_with_mark(found: re.Match[str], context: Context) -> str | None:
    """Say "the 1980’s" as a decade, "2010’s floods" as a year's."""
    if len(found["figures"]) == 4 and context.before(found.start()) not in ("the", "early", "late", "mid", "in"):
        return None
    return decade(found, context)


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


def several(found: re.Match[str], context: Context) -> str:
    """Say "1s and 0s", and teams named after a number: "the 49ers"."""
    said = cardinal(int(found["figures"]), context.british)
    if not found["ers"]:
        return plural(said)
    return said + ("rs" if said.endswith("e") else "ers")


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
    rule(r"(?P<low>\d{4})\s?[-–/]\s?(?P<high>\d{4}|\d{2})(?![\w,.%/-]{0,8}\d)", years),
    rule(rf"(?P<figures>\d{{1,4}}|\d,\d{{3}})(?P<era>{ERA})(?!\w)(?P<first>)", era),
    rule(r"(?P<figures>1000|100|10|1,000|10,000|100,000|1,000,000)s(?!\w)", powers),
    rule(r"(?P<figures>1\d{2}0|20\d0|[1-9]0)['’]s(?P<owner>)(?!\w)", decade_with_mark),
    rule(r"(?P<figures>\d{1,2})(?P<ers>er)s(?!\w)", several),
    rule(r"(?P<figures>[1-9]?[1-9]|0)(?P<ers>)s(?!\w)", several),
    rule(r"(?P<figures>1\d{2}0|20\d0|\d0)s(?P<owner>['’](?!\w))?(?!\w)", decade),
)
APOSTROPHE_RULES: tuple[Rule, ...] = (
    rule(r"['’‘](?P<figures>\d0)s(?P<owner>['’](?!\w))?(?!\w)", decade),
    rule(r"['’‘](?P<figures>\d\d)(?!\w)", short_year),
)
LETTER_RULES: tuple[Rule, ...] = (
    rule(r"(?P<letters>[QH]|FY)(?P<figures>[1-4]|(?:20|19)\d\d)(?!\w|[-–][QH]\d)", quarter),
    rule(r"(?P<first>AD|A\.D\.)\s?(?P<figures>\d{1,4})(?!\w)(?P<era>)", era),
)
