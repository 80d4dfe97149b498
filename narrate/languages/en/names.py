"""Titles, abbreviations, acronyms, initials, Roman numerals and model numbers as they are said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from narrate.languages.en.context import Context, Rule, Said, one_of, rule, table
from narrate.languages.en.numerals import cardinal, code, digits, ordinal, plural, roman, year

CONSONANTS_ONLY = re.compile(r"[^AEIOUY]+")
LONG_WORD = 5
"""Letters from which unknown capitals are taken for a word if they can be pronounced as one."""

UNSAYABLE = re.compile(
    r"^[^AEIOUY]{3}|[^AEIOUY]{4}|[^AEIOUY]{3}$|[AEIOU]{4}|[AEIOU]{3}$|^[^AEIOU]*$|Q(?!U)|[BCDFGHJKPQVWXZ]{3}"
)
SHOUTED = 0.9
"""Share of capitals from which a text is a headline in capitals, whose words are words."""

POSSESSIVE = r"(?P<owner>['’‘][sS](?!\w)|['’](?!\w))?"
AIRLINES = frozenset(
    "AA AC AF AI AM AY AZ BA CA CI CX CZ DL EI EK EY FR IB JL KE KL KQ LH LO LX LY MH MS MU NH OS OZ PK PS QF QR SA SK "
    "SN SQ SU TG TK TP UA UX VA VS WN WY JT QZ FZ W6 U2".split()
)
CRAFT = {
    "Su": "S U", "Tu": "T U", "Il": "I L", "An": "A N", "Mi": "M I", "Ka": "K A", "Kh": "K H", "MiG": "Mig",
    "Be": "B E", "Mk": "Mark", "No": "number", "iOS": "I O S",
}  # fmt: skip
"""Letters before the number of a craft that are not said as the word they look like."""

TWICE = frozenset("WHO IT US AM".split())
"""Capitals that are an organisation or a word: letters unless everything around is in capitals."""

SURE_STATES = frozenset(
    "Ala Ariz Ark Calif Colo Conn Fla Kan Ky Md Mich Minn Mont Neb Nev Okla Tenn Tex Vt Va Wis Wyo".split()
)
"""Abbreviations of states that are no other word, wherever they stand."""

MAKES = "Boeing Airbus Flight flight Route Interstate Highway Nikkei Porsche Peugeot Ferrari Room".split()
"""Words whose number is said as a model's: "Boeing seven thirty-seven"."""

PARTIES = {"D": "Democrat", "R": "Republican", "I": "Independent"}


@cache
def _words(group: str, key: str = "words") -> frozenset[str]:
    return frozenset(str(table(group)[key]).split())


@cache
def named() -> frozenset[str]:
    """Return the names of the built-in lexicon, which stay words in capitals."""
    data = tomllib.loads((files(__package__) / "lexicon.toml").read_text(encoding="utf-8"))
    return frozenset(name for group in data.values() for name in group["words"] if len(name) > 3)


@cache
def shouted(text: str) -> bool:
    """Tell a text that is all in capitals, as headlines are."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 12 and sum(letter.isupper() for letter in letters) / len(letters) >= SHOUTED and " " in text


def capitals(word: str, headline: bool = False) -> str:
    """Say a word in capitals: as a word if it is one, else by its letters."""
    if word in TWICE and not headline:
        return " ".join(word)
    said: Mapping[str, str] = table("acronyms")["said"]
    if word in said:
        return said[word]
    if word in _words("acronyms"):
        return word.capitalize()
    if word in frozenset(str(table("acronyms")["plain"]["words"]).split()):
        return word.lower()
    name = word.capitalize()
    if name in _words("roman", "given") or name in named():
        return name
    if len(word) > LONG_WORD:
        sayable = bool(re.search("[AEIOUY]", word[:4])) and not re.search("[^AEIOUY]{6}", word)
    else:
        sayable = not UNSAYABLE.search(word) and (headline or not re.search("[^AEIOUY]{3}", word))
    if sayable and (len(word) >= LONG_WORD or (headline and len(word) > 3)):
        return name
    return " ".join(word)


def acronym(found: re.Match[str], context: Context) -> str | None:
    """Say capitals with what hangs on them: "NATO’s", "NGOs", "AT&T", "LGBTQ+"."""
    word, owner = found["word"], found["owner"] or ""
    if len(word) == 1:
        return None
    beside = (context.near(found.start()), context.after(found.end()))
    headline = shouted(context.text) or any(len(near) > 2 and near.isupper() and near.isalpha() for near in beside)
    place = table("postal").get(word) if context.mark(found.start()) == "," and not headline else None
    if place and not (owner or found["many"] or found["plus"]):
        return str(place)
    parts = [capitals(part, headline) for part in word.split("&")]
    if "&" in word:
        parts = [" ".join(part) for part in word.split("&")]
    said = " and ".join(parts) + (" plus" if found["plus"] else "")
    if found["many"]:
        said += "s"
    return said + _owner(found)


def dotted(found: re.Match[str], context: Context) -> Said | str | None:
    """Say initials: "U.S.", "J.D.", "J. K. Rowling"."""
    letters = re.sub(r"[^A-Z]", "", found["letters"])
    state = table("states").get(found["letters"].rstrip("."))
    if state and (
        context.mark(found.start()) in ("", ",", "-", "(", "–") or letters in ("NY", "NJ", "NC", "SC", "NH", "NM")
    ):
        return str(state)
    owner = _owner(found)
    return " ".join(letters) + owner


def contracted(found: re.Match[str], context: Context) -> str:
    """Say a contraction in capitals: "WON’T"."""
    return found[0].lower()


def _owner(found: re.Match[str]) -> str:
    return re.sub("[’‘]", "'", found["owner"] or "").lower()


def initial(found: re.Match[str], context: Context) -> str | None:
    """Say one initial inside a name: "George W. Bush"."""
    before = context.near(found.start())
    inside = before[:1].isupper() or not before
    return found["letter"] if inside else None


def degree(found: re.Match[str], context: Context) -> str:
    """Say "Ph.D."."""
    return " ".join(re.sub(r"\W", "", found[0]).upper())


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
    return str(table("titles")[word])


def saint(found: re.Match[str], context: Context) -> str | None:
    """Say "St.", as a saint before a name, as a street after one."""
    following = re.match(r"[\s ]([A-Z][\w’']+)", context.text[found.end() : found.end() + 24])
    before = context.near(found.start())
    street = before[:1].isupper() or before[:1].isdigit()
    if street and before.lower() in ("the", "a", "in", "at", "of", "to", "from", "and", "for", "on"):
        street = False
    if following and (not street or re.split(r"['’]", following[1])[0] in _words("saints")):
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
    said = str(table("always")[found["word"]])
    return said + "," if found["word"] in ("ie", "eg") else said


def numbered(found: re.Match[str], context: Context) -> str | None:
    """Say what counts before a number: "No. 10", "pp. 3"."""
    if not found["stop"] and not found["word"][:1].isupper() and found["word"] not in ("№",):
        return None
    if found["word"] in ("Art", "Ed", "Sec", "Pt", "Gp", "Bk", "Ch", "Fig", "Ep") and not found["stop"]:
        return None
    return str(table("numbered")[found["word"]])


def state(found: re.Match[str], context: Context) -> str | None:
    """Say a state's abbreviation after a town: "Uvalde, Tex."."""
    if context.mark(found.start()) not in (",", "-", "–", "(") and found["word"] not in SURE_STATES:
        return None
    return str(table("states")[found["word"]])


def party(found: re.Match[str], context: Context) -> str | None:
    """Say an American politician's party and state: "D-Conn."."""
    place = found["place"].rstrip(".")
    name = table("states").get(place) or table("postal").get(place) or (place if len(place) > 3 else None)
    return f"{PARTIES[found['party']]} of {name}" if name else None


def roman_number(found: re.Match[str], context: Context) -> str | None:
    """Say a Roman numeral: "Charles III", "World War II", "Chapter IV"."""
    letters = found["letters"]
    value = roman(letters)
    before = context.near(found.start())
    head = re.sub(r"['’]s$", "", before).lower()
    if not value or not before:
        return None
    owner = _owner(found)
    if head in _words("roman", "heads") and (len(letters) > 1 or letters in "IVX"):
        return cardinal(value).capitalize() + owner if head == "war" else cardinal(value) + owner
    if (
        before in _words("roman", "monarchs")
        and not (letters == "I" and _is_pronoun(found, context))
        and letters not in "XCDLM"
    ):
        return f"the {ordinal(value).title()}{owner}"
    if len(letters) < 2 or not before[0].isupper() or (re.search("[LCDM]", letters) and len(letters) < 3):
        return None
    first = context.near(found.start() - len(before) - 1)
    person = (
        first[:1].isupper() and letters in ("II", "III", "IV") and first not in ("The", "A", "In", "On", "At", "And")
    )
    if person or first.rstrip(".") in _words("roman", "given") or re.fullmatch(r"[A-Z]\.", first):
        return f"the {ordinal(value).title()}{owner}"
    return cardinal(value) + owner


def _is_pronoun(found: re.Match[str], context: Context) -> bool:
    after = context.after(found.end())
    return after in (
        "am",
        "was",
        "have",
        "had",
        "think",
        "know",
        "do",
        "did",
        "will",
        "would",
        "could",
        "met",
        "saw",
        "can",
    )


def craft(found: re.Match[str], context: Context) -> str | None:
    """Say letters with figures: "Su-35s", "BA219", "H5N1", "COVID-19", "5G"."""
    text, many = found["mix"], found["many"] or ""
    parts = re.findall(r"[^\W\d_]+|\d+(?:\.\d+)?", text)
    flight = len(parts) == 2 and parts[0] in AIRLINES and "-" not in text and len(parts[1]) > 2
    said = [_part(part, flight) for part in parts]
    words = " ".join(said)
    owner = _owner(found)
    if many:
        words = plural(words) if parts[-1][0].isdigit() else words + "s"
    return words + owner


def _part(part: str, flight: bool) -> str:
    if part[0].isdigit():
        whole, point, rest = part.partition(".")
        figures = cardinal(int(whole)) + " point " + digits(rest) if point else code(part)
        if flight and len(part) == 3 and not part.endswith("0"):
            return digits(part)
        return year(int(part)) if len(part) == 4 and part.startswith(("19", "20")) else figures
    if part in CRAFT:
        return CRAFT[part]
    if part.isupper():
        return " ".join(part) if len(part) < 3 else capitals(part)
    return part


def make(found: re.Match[str], context: Context) -> str | None:
    """Say the number of an aircraft, a road or a flight: "Boeing 737", "Airbus 320", "Flight 1549"."""
    said = code(found["figures"])
    return f"{found['word']} {plural(said) if found['many'] else said}"


def jet(found: re.Match[str], context: Context) -> str:
    """Say a jet by its number alone: "two 747s"."""
    said = code(found["figures"])
    return plural(said) if found["many"] else said


def mixed_letters(found: re.Match[str], context: Context) -> str:
    """Say short names of capitals with a small letter within: "AfD", "MoD"."""
    if found["word"] in CRAFT:
        return CRAFT[found["word"]] + ("s" if found["many"] else "")
    return " ".join(found["word"].upper()) + ("s" if found["many"] else "")


def versus(found: re.Match[str], context: Context) -> str | None:
    """Say the v. of a case or a match: "Roe v. Wade"."""
    return "versus" if context.near(found.start())[:1].isupper() else None


def clause(found: re.Match[str], context: Context) -> str:
    """Say "401(k)", "501(c)(3)"."""
    return letter_clause(found, context) + (f" {cardinal(int(found['clause']))}" if found["clause"] else "")


def letter_clause(found: re.Match[str], context: Context) -> str:
    """Say "4(b)"."""
    return f"{code(found['figures'])} {' '.join(re.sub('[()]', ' ', found['letter']).upper().split())}"


TITLES = one_of(table("titles"))
LETTER_RULES: tuple[Rule, ...] = (
    rule(r"(?P<party>[DRI])[-–](?P<place>[A-Z][\w.]{0,14}\w\.?)(?=[,).;:\s]|$)", party),
    rule(r"Ph\.?\s?D\.?s?(?!\w)", degree),
    rule(rf"(?P<letters>(?:[A-Z]\.[\s ]?){{2,6}}(?<![\s ])){POSSESSIVE}(?!\w)", dotted),
    rule(r"(?P<letters>W\.Va)\.(?!\w)(?P<owner>)", dotted),
    rule(r"(?P<letter>[A-Z])\.(?=[\s ][A-Z][\w’'-])", initial),
    rule(r"St(?P<stop>\.?)(?=[\s ,;:)’']|$)", saint),
    rule(rf"(?P<word>{TITLES})(?P<stop>\.)(?=[\s -]|$)(?!\s\d)", title),
    rule(rf"(?P<word>{TITLES})(?P<stop>)(?=[\s ][A-Z])", title),
    rule(rf"(?P<word>{one_of(table('numbered'))})(?P<stop>\.?)[\s ]?(?=\d)", numbered),
    rule(rf"(?P<word>{one_of(table('abbreviations'))})\.(?!\w)", abbreviation),
    rule(rf"(?P<word>{one_of(table('states'))})\.(?!\w)", state),
    rule(r"w/(?=[A-Za-z])", lambda found, context: "with"),
    rule(r"v\.?(?=[\s ][A-Z])", versus),
    rule(r"(?P<word>[A-Z][a-z][A-Z])(?P<many>s)?(?!\w)", mixed_letters),
    rule(rf"(?P<word>{one_of(table('always'))})(?![\w])\.?", always),
    rule(
        rf"(?P<word>{one_of(MAKES)})[\s ](?P<figures>[1-9]\d{{2,3}})(?P<many>s)?(?![\w,.]{{0,8}}\d)(?!\w)",
        make,
    ),
    rule(rf"(?P<letters>[IVXLCDM]{{1,8}}){POSSESSIVE}(?![\w&-]|\.\w)", roman_number),
    rule(
        rf"(?=[A-Za-z]{{1,12}}-?\d)(?P<mix>[A-Za-z]{{1,12}}-?\d{{1,6}}(?:\.\d)?(?:-?[A-Z]{{1,3}}\d{{0,4}})*)(?P<many>s)?{POSSESSIVE}(?!\w)",
        craft,
    ),
    rule(r"[A-Z]{2,12}['’](?:T|RE|LL|VE|D|M)(?!\w)", contracted),
    rule(rf"(?P<word>[A-Z]{{1,14}}(?:&[A-Z]{{1,4}})?)(?P<plus>\+)?(?P<many>s)?{POSSESSIVE}(?![^\W_])", acronym),
)
DIGIT_RULES: tuple[Rule, ...] = (
    rule(
        r"(?P<figures>7[0-8]7)(?P<many>s)?(?=[\s ](?:Max|MAX|Dreamliner|jet|plane|airliner|aircraft)|(?<=s)(?!\w))", jet
    ),
    rule(rf"(?P<mix>\d{{1,4}}(?:[A-Z]{{1,3}}\d{{0,3}}){{1,3}})(?P<many>s)?{POSSESSIVE}(?!\w)", craft),
    rule(r"(?P<figures>\d{1,3})(?P<letter>(?:\([a-z]\)){1,2})(?:\((?P<clause>\d)\))?", clause),
    rule(r"(?P<figures>\d{1,3})(?P<letter>[a-f])(?!\w)", letter_clause),
)
