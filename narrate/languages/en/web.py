"""Web and mail addresses, handles and hashtags as they are said."""

from __future__ import annotations

import re

from narrate.languages.en.acronyms import capitals
from narrate.languages.en.context import Context, Rule, Said, one_of, rule, table
from narrate.languages.en.numerals import cardinal, code, digits

LONG_PATH = 24
"""Characters of a web address behind its site from which only the site is said."""

ENDINGS = one_of(
    "com org net gov edu int mil info news online live media press tv io ai app dev co me ru su ua by uk de fr it es "
    "pl cz nl be at ch se no fi dk eu ie us ca au nz in cn jp kr br mx ar za ir il tr gr ro hu bg rs biz xyz site blog "
    "tech world today africa asia cat ly fm gg to Ru Com Org Net".split()
)
SPELLED = frozenset(
    "uk ua us eu tv io ai de fr it es pl cz nl be ch se dk nz ca au cn jp kr br mx za ir ac ie ly fm gg".split()
)
SHORT_WORDS = frozenset("co my go we me to in on it up so no is be by do he or if at an as of".split())
"""Words of two letters, said as such in an address; all others are spelled."""

FILES = one_of(
    "pdf doc docx xls xlsx csv ppt pptx txt jpg jpeg png gif svg mp3 mp4 wav mov avi exe zip html js".split()
)
SAID_ENDINGS = frozenset("doc zip gif txt mov".split())

HOST = rf"(?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}{ENDINGS}(?![\w-])"
PATH = r"(?:/[\w\-.~%!$&'*+,;=:@/]{0,2000})?(?:\?[\w\-.~%!$&'*+,;=:@/?]{0,2000})?(?:#[\w\-.~%/]{0,500})?"


def _label(text: str) -> str:
    """Say one part of a web address: a word, letters, or both."""
    parts = re.findall(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]|\d+|-|_", text)
    said = []
    for part in parts:
        if part.isdigit():
            said.append(_figures(part))
        elif part in ("Dr", "Mr", "Mrs", "St"):
            said.append(str(table("titles").get(part, "Saint")))
        elif part in "-_":
            said.append("dash" if part == "-" else "underscore")
        elif not re.search("[aeiouy]", part.lower()) or (len(part) < 3 and part.lower() not in SHORT_WORDS):
            said.append(" ".join(part.upper()))
        else:
            said.append(capitals(part) if part.isupper() and len(part) > 1 else part)
    return " ".join(said)


def _figures(part: str) -> str:
    """Say the figures of an address, a year as a year."""
    if len(part) > 4 or part.startswith("0"):
        return digits(part)
    return code(part) if len(part) > 2 else cardinal(int(part))


def file_name(found: re.Match[str], context: Context) -> str:
    """Say the name of a file: "report_final.pdf"."""
    ending = found["ending"]
    return f"{_label(found['name'])} dot {ending if ending in SAID_ENDINGS else ' '.join(ending.upper())}"


def internet_number(found: re.Match[str], context: Context) -> str:
    """Say a numeric address: "192.168.0.1"."""
    return " dot ".join(digits(part) for part in found[0].split("."))


def ending(found: re.Match[str], context: Context) -> str:
    """Say the ending of addresses by itself: "a .gov site"."""
    said = found["ending"]
    return "dot " + (" ".join(said.upper()) if said.lower() in SPELLED else said)


def _site(host: str) -> str:
    labels = re.sub(r"^(?:www\d?\.)(?=.*\.)", "", host, flags=re.IGNORECASE).split(".")
    said = [_label(label) for label in labels[:-1]]
    last = labels[-1]
    said.append(" ".join(last.upper()) if last.lower() in SPELLED else last.lower())
    return " dot ".join(word for word in said if word)


def address(found: re.Match[str], context: Context) -> Said | None:
    """Say a web address; of a long one only the site."""
    whole = found[0].rstrip(".,;:!?'")
    host, path = found["host"], whole[found.end("host") - found.start() :].rstrip("/")
    end = found.start() + len(whole)
    site = _site(host)
    if not path:
        return Said(site, end=end)
    if len(path) > LONG_PATH or re.search(r"[?#&=%]|[A-Za-z]\d|\d[A-Za-z]", path) or path.count("/") > 3:
        return Said(site, "rest of a long web address", end)
    steps = [
        _label(re.sub(r"\.(?:html?|php|aspx?)$", "", step)).replace("dash ", "") for step in path.split("/") if step
    ]
    return Said(f"{site} slash {' slash '.join(steps)}", end=end)


def mail(found: re.Match[str], context: Context) -> str:
    """Say an e-mail address."""
    name = " dot ".join(_label(part) for part in found["name"].split("."))
    return f"{name} at {_site(found['host'])}"


def handle(found: re.Match[str], context: Context) -> str:
    """Say an account's name: "@jane_doe"."""
    return "at " + _label(found["name"].strip("_")).replace(" underscore", "")


def hashtag(found: re.Match[str], context: Context) -> str | Said:
    """Say a hashtag by its words: "#MeToo"."""
    if not re.search("[A-Za-z0-9]", found["name"]):
        return Said("a hashtag in another script", "text in another script")
    return "hashtag " + _label(found["name"]).replace(" underscore", "")


ADDRESS_RULES: tuple[Rule, ...] = (
    rule(rf"(?:https?://|ftp://)(?P<host>[A-Za-z0-9.-]{{1,253}}[A-Za-z0-9])(?::\d{{2,5}})?{PATH}", address),
    rule(rf"(?P<name>[A-Za-z0-9][\w.+-]{{0,63}})@(?P<host>{HOST})", mail),
    rule(rf"(?P<host>{HOST}){PATH}", address),
    rule(rf"(?P<name>[A-Za-z0-9][\w-]{{0,63}})\.(?P<ending>{FILES})(?![\w-])", file_name),
    rule(r"(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\w)", internet_number),
)
MARK_RULES: tuple[Rule, ...] = (
    rule(rf"(?<!\S)\.(?P<ending>{ENDINGS})(?!\w)", ending),
    rule(r"@(?P<name>[A-Za-z_]\w{0,40})", handle),
    rule(r"#(?P<name>\d{0,6}[^\W\d]\w{0,80})", hashtag),
)
