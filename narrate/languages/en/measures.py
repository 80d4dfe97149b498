"""Units as they are said, and whether an amount describes the noun after it."""

from __future__ import annotations

import re

from narrate.languages.en.calendar import DAYS
from narrate.languages.en.context import SIGHT, Context, Rule, one_of, rule, table
from narrate.languages.en.numerals import NUMBER, number, plural
from narrate.languages.en.quantities import SIGN, apart, magnitude, sign
from narrate.languages.en.years import COUNTED

DETERMINERS = frozenset(
    "a an the this that these those its his her their our my your each every another no any some one new "
    "proposed record-breaking first second initial multi".split()
)

ARTICLES = frozenset("a an the its his her their our your my this that".split())
NAMED_DAYS = frozenset({*DAYS.values(), *table("months")})
"""What may follow "the $5m" with a capital without being so dear."""

DENOMINATED = frozenset("bill bills note notes coin coins banknote banknotes stamp stamps ticket tickets".split())
"""What an amount names even without an article: "five dollar bills"."""

NOT_NOUNS = frozenset(
    "a an the this that these those in on of at to from for by with and or but nor as than per each every last "
    "next more less worth is are was were be been being has have had will would could should may might must can "
    "did do does it he she they we you i his her its their our who which when where while after before since "
    "until over under into through during against between among about around above below up down off out away "
    "back now then today tomorrow yesterday yearly annually monthly weekly daily not only also so far still "
    "already left went came raised spent paid owed lost won said says if because though although without within "
    "versus vs via plus minus compared according apiece each overall altogether total upfront ahead behind "
    "fell rose grew hit struck sank swept made took twice once ran fell broke".split()
)
"""What may follow an amount without being the noun that it describes."""

NOUNS_TOO = frozenset("can cans back down up upfront weekly monthly yearly daily annual total overall spent".split())
"""Of those, what is one right after "a £5m": "a 12oz can", "a £5m upfront payment"."""

ADVERBS = frozenset(
    "north south east west northeast northwest southeast southwest northwards southwards inland offshore ashore uphill "
    "downhill downstream upstream along past beyond ago later earlier long wide high deep tall thick square heavy old "
    "throughout instead together behind short off sooner faster slower lighter heavier longer taller shorter too "
    "either again there here wherever everywhere adrift closer clear deeper higher lower per".split()
)
"""What may follow a unit written close to its number without being a thing so big."""

RATINGS = frozenset("W kW MW V kV mm cm oz lb GB TB MB kg ft cc hp MP in".split())
"""Units that rate a thing when they are written close to the number."""

BEFORE_MEASURES = frozenset("of by about over under than nearly almost to from at within some around only up".split())
"""Words before an amount that is measured, not named."""

LISTED = re.compile(r"\S*[\d-]\S*(?<=[a-z]),\s")
"""An adjective of a list, before the one in question: "a 4-year, …"."""

ANOTHER = re.compile(r",\s(?:[$£€]?\d\S*|[a-z]+-[a-z]+)(?:\s[a-z]+)?\s[a-z]")
"""Another adjective of a list, after the one in question: "a $1.3tn, 10-year plan"."""

QUOTED = 400
"""Characters in which quotation marks before a mark of inches are counted."""

SIZES = frozenset(
    "race sprint final freestyle butterfly backstroke breaststroke hurdles dash relay medley record runner champion "
    "tall deep high long wide thick away from above below across pool radius wall tower fence tsunami wave waves "
    "crane yacht boat ship tunnel drop jump rope cable board platform crater hole trench statue by apart underground "
    "event world title gold silver bronze bridge border buffer".split()
)
"""Words that make the m of "100m" a metre."""

MEASURED = re.compile(
    r"(?i:\b(?:waves?|swells?|heights?|depths?|lengths?|widths?|distances?|radius|diameter|altitudes?|drifts?|fences?|walls?)"
    r"(?: of)?(?: up to| over| about| around| nearly| almost| more than| at least)?) $"
)
"""What is measured in metres, before the amount: "waves of 3m"."""

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

UNITS = one_of(table("units"))


def attributive(start: int, end: int, context: Context) -> bool:
    """Tell whether an amount describes the noun after it: "a £5.5m stand", not "it cost £5.5m"."""
    if re.match(r"-(?!plus|odd|ish)[A-Za-z]", context.text[end : end + 5]):
        return True
    noun = context.after(end)
    article = context.before(start) in ("a", "an") and context.text[end : end + 1] == " "
    if article and noun in NOUNS_TOO:
        return True
    if context.before(start) in ("a", "an") and ANOTHER.match(context.text, end):
        return True
    if re.match(r"-(?:plus|odd) [a-z]", context.text[end : end + 7]):
        return context.before(start) in DETERMINERS
    if noun in DENOMINATED and not context.text[end - 1].isalpha():
        return True
    if noun[:1].isupper() and noun not in NAMED_DAYS and context.text[end : end + 1] == " ":
        before = context.before(start).replace("’", "'")
        return before in ARTICLES or before.endswith(("'s", "s'"))
    if not noun or not noun.islower() or noun in NOT_NOUNS or noun.endswith("ly") or "-" in context.text[end : end + 1]:
        return False
    left = context.text[max(0, start - SIGHT) : start].lower().replace("’", "'")
    left = LISTED.sub("", left)
    words = re.findall(r"[\w'-]+", re.split(r"[.,;:!?()“”]", left)[-1])
    return any(word in DETERMINERS or word.endswith(("'s", "s'")) for word in words[-2:])


def measure(found: re.Match[str], context: Context) -> str | None:
    """Say a number with a unit: "30 km", "40°C", "a 155mm shell", "5-10%"."""
    unit, low, high = found["unit"], found["low"], found["high"]
    if unit in ("C", "F") and not _is_temperature(found, context):
        return None
    if unit == "m" and not _is_metres(found, context):
        return None
    if unit == "pp" and context.text[found.start("unit") - 1] == " " and low.isdigit():
        return f"{number(low, context.british)} pages"
    if high and apart(found):
        return None
    one, _, many = table("units")[unit].partition("|")
    said = f"{sign(found['sign'])}{number(low, context.british)}{magnitude(found['size'])}"
    if high:
        said += f" to {number(high, context.british)}"
    hyphen = context.text[found.start("unit") - 1] == "-"
    calibre = unit == "mm" and context.after(found.end()).rstrip("s") in ARMS
    describes = hyphen or calibre or _close(found, context) or attributive(found.start(), found.end(), context)
    single = describes or (low == "1" and not high and not found["size"])
    name = one if single else (many or plural(one))
    return f"{said} {british_unit(name) if context.british else name}" + per(found["per"], context.british)


def _close(found: re.Match[str], context: Context) -> bool:
    """Tell a unit that is written close to its number and before a thing so rated: "60W bulbs"."""
    if found["unit"] not in RATINGS or not context.text[found.start("unit") - 1].isdigit() or found["per"]:
        return False
    if context.before(found.start()) in BEFORE_MEASURES:
        return False
    noun = context.after(found.end())
    thing = noun.islower() and len(noun) > 2 and noun not in NOT_NOUNS and noun not in ADVERBS
    return thing and not noun.endswith(("ly", "ed", "ing", "er")) and context.text[found.end()] == " "


def british_unit(name: str) -> str:
    """Spell a unit as in Britain, so that captions of what was said look right."""
    return re.sub(r"(met|lit)er", r"\1re", re.sub(r"ton(?=s|\b)", "tonne", name))


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
    if MEASURED.search(context.text[max(0, found.start() - SIGHT) : found.start()]):
        return True
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


def inches(found: re.Match[str], context: Context) -> str | None:
    """Say the mark of inches: "a 12″ pizza", unless it closes a quotation."""
    if found["mark"] == '"' and context.text.count('"', max(0, found.start() - QUOTED), found.start()) % 2:
        return None
    single = found["low"] == "1" or attributive(found.start(), found.end(), context)
    return f"{number(found['low'], context.british)} inch{'' if single else 'es'}"


RULES: tuple[Rule, ...] = (
    rule(rf"(?P<low>{NUMBER})(?P<mark>″|\"(?=\s[a-z]))", inches),
    rule(r"(?P<low>\d{1,3}\.\d{1,4})s(?!\w)", lambda found, context: f"{number(found['low'])} seconds"),
    rule(r"(?P<stone>\d{1,2})\s?st\s(?P<pounds>\d{1,2})\s?(?:lbs?)?(?!\w)", stone),
    rule(r"(?P<stone>\d?[02-9]|\d?1[0-9])st(?P<pounds>)(?!\w)", stone),
    rule(
        r"(?P<feet>\d{1,2})\s?(?:ft\.?|foot|feet|['’′])\s?"
        r"(?P<inches>\d{1,2})\s?(?:inches|ins?\.?(?!\w)|[\"”″]|'')?(?!\w)",
        height,
    ),
    rule(
        rf"{SIGN}(?P<low>{NUMBER})(?P<size>\s?(?:thousand|million|billion|trillion|[mb]n|m)(?=[\s-]))?"
        rf"(?:\s?[%°C]?C?(?:[-–—]|\s[-–]\s)(?P<high>{NUMBER}))?[\s -]?(?P<unit>{UNITS})"
        rf"(?:/(?P<per>{UNITS}(?!\w)|[a-z]{{1,20}}\b))?(?![\w²³/])(?!\.\w)",
        measure,
    ),
)
ALONE_RULES: tuple[Rule, ...] = (rule(rf"(?P<unit>{one_of(ALONE)})(?!\w)", alone),)
