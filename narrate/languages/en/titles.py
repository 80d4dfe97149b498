"""Titles, abbreviations, saints and states as they are said."""

from __future__ import annotations

import re

from narrate.languages.en.context import Context, Rule, listed, one_of, rule, table

SURE_STATES = frozenset(
    "Ala Ariz Ark Calif Colo Conn Fla Ga Kan Ky Md Mich Minn Mont Neb Nev Okla Tenn Tex Vt Va Wis Wyo".split()
)
"""Abbreviations of states that are no other word, wherever they stand."""

LIKELY_STATES = frozenset("Pa Del Mo Ind Ill Ore".split())
"""Abbreviations of states that are one after "in" or "from"."""

VOLUMES = "vol Vol vols ch Ch art Art sec Sec Pt Bk Fig fig".split()
"""What is counted in Roman numerals too: "vol. II"."""

LINES = frozenset("bus route tram line platform flight house plot apartment".split())
"""Words after which "no 73" is a number."""

PARTIES = {"D": "Democrat", "R": "Republican", "I": "Independent"}


def accented(said: str, british: bool) -> str:
    """Choose what is said otherwise in Britain: "Honorable|Honourable"."""
    american, _, other = said.partition("|")
    return (other or american) if british else american


def title(found: re.Match[str], context: Context) -> str | None:
    """Say a title before a name: "Gen. Milley", "Dr Smith"."""
    word, stop = found["word"], found["stop"]
    if (
        not stop
        and context.near(found.start())[:1].isupper()
        and context.near(found.start()).rstrip(".") not in table("titles")
    ):
        return None
    if word == "Gen" and not stop and re.match(r"\s(?:[XYZ]\b|Alpha)", context.text[found.end() : found.end() + 6]):
        return None
    return accented(str(table("titles")[word]), context.british)


def saint(found: re.Match[str], context: Context) -> str | None:
    """Say "St.", as a saint before a name, as a street after one."""
    following = re.match(r"\s([A-Z][\w’']+)", context.text[found.end() : found.end() + 24])
    before = context.near(found.start())
    street = before[:1].isupper() or before[:1].isdigit()
    if street and before.lower() in ("the", "a", "in", "at", "of", "to", "from", "and", "for", "on"):
        street = False
    if following and (not street or re.split(r"['’]", following[1])[0] in listed("saints")):
        return "Saint"
    if street:
        return "Street"
    return "Saint" if following or not found["stop"] else "Street"


def abbreviation(found: re.Match[str], context: Context) -> str | None:
    """Say an abbreviation that has its stop: "Jr.", "Dept.", "i.e."."""
    word = found["word"]
    said = str(table("abbreviations")[word])
    if word in ("i.e", "e.g", "viz", "I.e", "E.g"):
        return said + ","
    return said


def always(found: re.Match[str], context: Context) -> str | None:
    """Say an abbreviation that may lack its stop: "vs", "etc."."""
    said = accented(str(table("always")[found["word"]]), context.british)
    return said + "," if found["word"] in ("ie", "eg") else said


def numbered(found: re.Match[str], context: Context) -> str | None:
    """Say what counts before a number: "No. 10", "pp. 3"."""
    if found["word"] == "no" and context.before(found.start()) in LINES:
        return "number"
    if not found["stop"] and not found["word"][:1].isupper() and found["word"] not in ("№",):
        return None
    if found["word"] in ("Art", "Ed", "Sec", "Pt", "Gp", "Bk", "Ch", "Fig", "Ep") and not found["stop"]:
        return None
    return str(table("numbered")[found["word"]])


def state(found: re.Match[str], context: Context) -> str | None:
    """Say a state's abbreviation after a town: "Uvalde, Tex."."""
    placed = context.mark(found.start()) in (",", "-", "–", "(") or found["word"] in SURE_STATES
    likely = found["word"] in LIKELY_STATES and context.before(found.start()) in ("in", "of", "from", "and")
    if not (placed or likely):
        return None
    return str(table("states")[found["word"]])


def party(found: re.Match[str], context: Context) -> str | None:
    """Say an American politician's party and state: "D-Conn."."""
    place = found["place"].rstrip(".")
    name = table("states").get(place) or table("postal").get(place) or (place if len(place) > 3 else None)
    return f"{PARTIES[found['party']]} of {name}" if name else None


def versus(found: re.Match[str], context: Context) -> str | None:
    """Say the v. of a case or a match: "Roe v. Wade"."""
    return "versus" if context.near(found.start())[:1].isupper() else None


TITLES = one_of(table("titles"))


def quarter_of(found: re.Match[str], context: Context) -> str:
    """Say a quarter of the compass before a country or region: "N. Korea"."""
    return {"N": "North", "S": "South", "E": "East", "W": "West"}[found[0][0]]


LANDS = (
    "Korea Korean Koreans Africa African Ireland Bank Carolina Dakota Sudan Jerusalem Germany Vietnam Macedonia "
    "Virginia Yorkshire Wales Timor London Sussex Midlands Wiltshire Lanarkshire"
).split()
RULES: tuple[Rule, ...] = (
    rule(r"[NSEW]\.(?=\s(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z]+)\s(?:St|Ave|Street|Avenue|Blvd|Rd|Road)\b)", quarter_of),
    rule(rf"[NSEW]\.?(?=\s{one_of(LANDS)}\b)", quarter_of),
    rule(r"(?P<party>[DRI])(?:[-–]|\.,\s)(?P<place>[A-Z][\w.]{0,14}\w\.?)(?=[,).;:\s]|$)", party),
    rule(r"St(?P<stop>\.?)(?=[\s ,;:)’']|$)", saint),
    rule(r"ST\.(?=\s[A-Z]{3})", lambda found, context: "Saint"),
    rule(rf"(?P<word>{TITLES})(?P<stop>\.)(?=[\s -]|$)(?!\s\d+(?!\w))", title),
    rule(rf"(?P<word>{TITLES})(?P<stop>)(?=\s[A-Z])", title),
    rule(rf"(?P<word>{one_of(table('numbered'))})(?P<stop>\.?)\s?(?=\d)", numbered),
    rule(rf"(?P<word>{one_of(VOLUMES)})(?P<stop>\.)\s?(?=[IVX]{{1,6}}\b)", numbered),
    rule(rf"(?P<word>{one_of(table('abbreviations'))})\.(?!\w)", abbreviation),
    rule(rf"(?P<word>{one_of(table('states'))})\.(?!\w)", state),
    rule(r"w/(?!c\b|o\b)(?=[A-Za-z])", lambda found, context: "with"),
    rule(r"v\.?(?=\s[A-Z])", versus),
    rule(rf"(?P<word>{one_of(table('always'))})(?![\w])\.?", always),
)
