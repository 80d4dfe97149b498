"""Percentages, units, fractions and plain numbers as they are said."""

from __future__ import annotations

import re

from narrate.languages.en.calendar import COUNTED, is_year
from narrate.languages.en.context import Context, Rule, one_of, rule, table
from narrate.languages.en.numerals import NUMBER, VULGAR, cardinal, code, fraction, number, ordinal, plural, year

DETERMINERS = frozenset(
    "a an the this that these those its his her their our my your each every another no any some one new "
    "proposed record-breaking first second initial multi".split()
)
DENOMINATED = frozenset("bill bills note notes coin coins banknote banknotes stamp stamps ticket tickets".split())
"""What an amount names even without an article: "five dollar bills"."""

NOT_NOUNS = frozenset(
    "a an the this that these those in on of at to from for by with and or but nor as than per each every last "
    "next more less worth is are was were be been being has have had will would could should may might must can "
    "did do does it he she they we you i his her its their our who which when where while after before since "
    "until over under into through during against between among about around above below up down off out away "
    "back now then today tomorrow yesterday yearly annually monthly weekly daily not only also so far still "
    "already left went came raised spent paid owed lost won said says if because though although without within "
    "versus vs via plus minus compared according apiece each overall altogether total upfront ahead behind".split()
)
"""What may follow an amount without being the noun that it describes."""

SIZES = frozenset(
    "race sprint final freestyle butterfly backstroke breaststroke hurdles dash relay medley record runner champion "
    "tall deep high long wide thick away from above below across pool radius wall tower fence tsunami wave waves "
    "crane yacht boat ship tunnel drop jump rope cable board platform crater hole trench statue by apart underground "
    "event world title gold silver bronze bridge border buffer".split()
)
"""Words that make the m of "100m" a metre."""

TRACK = frozenset("the women's men's women’s men’s jumped threw leapt leaped cleared jump leap mixed relay".split())
"""Words before the m of "100m" that make it a metre where nothing counted follows."""

ARMS = frozenset(
    "pistol rifle gun round shell bullet cartridge mortar howitzer cannon lens artillery ammunition".split()
)
"""What a calibre in millimetres describes, in the plural too: "9mm pistols"."""

ALONE = "kWh MWh GWh TWh km kg cm mm km/h mph kW MW GW GHz MHz Mbps Gbps km² ml kcal".split()
"""Units that are said in full without a number too."""

LABELLED = frozenset(
    "section article room row seat gate platform group flat apartment unit class grade terminal table exhibit appendix "
    "form schedule block bus".split()
)
"""Words after which "4C" is a label and no temperature."""

SIGN = r"(?P<sign>(?<![\w.)%])(?:[-−–+]|[±~]\s?|\+/[-−–]\s?))?"
MAGNITUDE = one_of(table("magnitudes"))
WORD_MAGNITUDE = "(?:hundred|thousand|million|billion|trillion|quadrillion|crore|lakh)"
TIMES = rf"(?:[\s-]?{WORD_MAGNITUDE}\b|\s?{MAGNITUDE}(?![A-Za-z]))"
UNITS = one_of(table("units"))
SHORT = rf"(?:{WORD_MAGNITUDE}|[kKm]|[mb]n|bln|mln|tr?n|Bn|BN)(?!\w)"


def magnitude(written: str | None) -> str:
    """Say a written magnitude with a blank before it: "bn" is " billion"."""
    key = (written or "").strip(" -\u00a0")
    return f" {table('magnitudes')[key]}" if key else ""


def sign(written: str | None) -> str:
    """Say a sign before a number, with a blank behind it."""
    mark = re.sub("[−–]", "-", (written or "").strip())
    return {"-": "minus ", "+": "plus ", "±": "plus or minus ", "+/-": "plus or minus ", "~": "about "}.get(mark, "")


def attributive(start: int, end: int, context: Context) -> bool:
    """Tell whether an amount describes the noun after it: "a £5.5m stand", not "it cost £5.5m"."""
    if re.match(r"-(?!plus|odd|ish)[A-Za-z]", context.text[end : end + 5]):
        return True
    noun = context.after(end)
    if noun in DENOMINATED and not context.text[end - 1].isalpha():
        return True
    if not noun or not noun.islower() or noun in NOT_NOUNS or noun.endswith("ly") or "-" in context.text[end : end + 1]:
        return False
    left = context.text[max(0, start - 48) : start].lower().replace("’", "'")
    words = re.findall(r"[\w'-]+", re.split(r"[.,;:!?()“”]", left)[-1])[-3:]
    return any(word in DETERMINERS or word.endswith(("'s", "s'")) for word in words[-2:])


def measure(found: re.Match[str], context: Context) -> str | None:
    """Say a number with a unit: "30 km", "40°C", "a 155mm shell", "5-10%"."""
    unit, low, high = found["unit"], found["low"], found["high"]
    if unit in ("C", "F") and not _is_temperature(found, context):
        return None
    if unit == "m" and not _is_metres(found, context):
        return None
    one, _, many = table("units")[unit].partition("|")
    said = f"{sign(found['sign'])}{number(low, context.british)}{magnitude(found['size'])}"
    if high:
        said += f" to {number(high, context.british)}"
    hyphen = context.text[found.start("unit") - 1] == "-"
    calibre = unit == "mm" and context.after(found.end()).rstrip("s") in ARMS
    describes = hyphen or calibre or attributive(found.start(), found.end(), context)
    single = describes or (low == "1" and not high and not found["size"])
    name = one if single else (many or plural(one))
    return f"{said} {british_unit(name) if context.british else name}" + per(found["per"], context.british)


def british_unit(name: str) -> str:
    """Spell a unit as in Britain, so that captions of what was said look right."""
    return re.sub(r"(met|lit)er", r"\1re", name)


def _is_temperature(found: re.Match[str], context: Context) -> bool:
    return len(found["low"].split(".")[0]) < 4 and context.before(found.start()) not in LABELLED


def _is_metres(found: re.Match[str], context: Context) -> bool:
    if found["size"] or found["sign"] or context.text[found.start("unit") - 1] in " \u00a0-":
        return True
    noun, before = context.after(found.end()), context.before(found.start())
    if noun in SIZES:
        return True
    if noun in COUNTED or (noun.islower() and noun.endswith("s") and noun not in NOT_NOUNS):
        return False
    if before in TRACK:
        return True
    if not noun or noun in NOT_NOUNS:
        return False
    return attributive(found.start(), found.end(), context)


def alone(found: re.Match[str], context: Context) -> str | None:
    """Say a unit that has no number: "per kWh", "in km"."""
    before = context.before(found.start())
    if before not in ("per", "a", "every", "in", "each", "of"):
        return None
    one, _, several = table("units")[found["unit"]].partition("|")
    name = (several or plural(one)) if before in ("in", "of") else one
    return british_unit(name) if context.british else name


def stone(found: re.Match[str], context: Context) -> str:
    """Say a British weight: "11st 4lb" is "eleven stone four"."""
    return f"{number(found['stone'])} stone {number(found['pounds']) if found['pounds'] else ''}".strip()


def grouped(found: re.Match[str], context: Context) -> str:
    """Say a number whose thousands are marked by points: "1.000.000"."""
    return number(found[0].replace(".", ""), context.british)


def power(found: re.Match[str], context: Context) -> str:
    """Say "10^6"."""
    return f"{number(found['low'])} to the power of {number(found['high'])}"


def per(written: str | None, british: bool) -> str:
    """Say the slash of a price or a rate: "$15/hour", "€80/MWh"."""
    if not written:
        return ""
    name = str(table("units").get(written, written)).partition("|")[0]
    return f" per {british_unit(name) if british else name}"


def height(found: re.Match[str], context: Context) -> str:
    """Say feet and inches: "6ft 2in" is "six foot two"."""
    inches = number(found["inches"]) if found["inches"] else ""
    return f"{number(found['feet'])} foot {inches}".strip()


def short(found: re.Match[str], context: Context) -> str | None:
    """Say a short magnitude after a number unless it is a letter, as in "4K": "3.5m people", "12k"."""
    if found["size"].strip() == "K" and len(found["low"]) < 2:
        return None
    return number(found["low"], context.british) + magnitude(found["size"])


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
    rule(r"(?P<low>\d{1,3}\.\d{1,4})s(?!\w)", lambda found, context: f"{number(found['low'])} seconds"),
    rule(r"(?P<low>\d{1,4}\.\d{1,3})(?P<size>[MBKT])(?!\w)", short),
    rule(r"(?P<stone>\d{1,2})\s?st\s(?P<pounds>\d{1,2})\s?(?:lbs?)?(?!\w)", stone),
    rule(r"(?P<stone>\d?[02-9]|\d?1[0-9])st(?P<pounds>)(?!\w)", stone),
    rule(r"\d{1,3}(?:\.\d{3}){2,6}(?!\d)", grouped),
    rule(r"(?P<low>\d{1,6})\^(?P<high>\d{1,3})(?!\d)", power),
    rule(r"(?P<low>480|720|1080|2160|4320)p(?!\w)", lambda found, context: f"{code(found['low'])} p"),
    rule(
        rf"(?:(?P<whole>\d{{1,4}})[\s-]?)?(?:(?P<vulgar>{HALF})|(?P<above>\d{{1,2}})[/⁄](?P<below>\d{{1,3}})(?:ths|rds|th|rd)?(?![\w/]))",
        mixed,
    ),
    rule(
        r"(?P<feet>\d{1,2})\s?(?:ft|foot|feet|['’′])\s?(?P<inches>\d{1,2})\s?(?:inches|ins?|[\"”″]|'')?(?!\w)", height
    ),
    rule(
        rf"{SIGN}(?P<low>{NUMBER})(?P<size>\s?(?:thousand|million|billion|trillion|[mb]n|m)(?=[\s-]))?"
        rf"(?:\s?[%°C]?C?\s?(?:-|–|—)\s?(?P<high>{NUMBER}))?[\s -]?(?P<unit>{UNITS})"
        rf"(?:/(?P<per>{UNITS}(?!\w)|[a-z]{{1,20}}\b))?(?![\w²³/])(?!\.\w)",
        measure,
    ),
)
ALONE_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<unit>{one_of(ALONE)})(?!\w)",
        alone,
    ),
)
LAST: tuple[Rule, ...] = (
    rule(rf"(?P<low>{NUMBER})\s?p(?![\w])", lambda found, context: f"{number(found['low'], context.british)} p"),
    rule(rf"(?P<low>{NUMBER})(?P<size>\s?{SHORT})", short),
    rule(r"(?P<low>\d{1,3}(?:,\d{3})+|\d{1,6})(?:st|nd|rd|th)(?P<many>s)?(?![^\W\d_])", ordinals),
    rule(rf"{SIGN}(?P<low>{NUMBER})(?![^\W_])", plain),
)
