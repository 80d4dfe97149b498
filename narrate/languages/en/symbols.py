"""Addresses, handles, symbols, emoji, brackets, long strings and foreign scripts as they are said."""

from __future__ import annotations

import re
import unicodedata

from narrate.languages.en.context import Context, Reader, Rule, Said, one_of, rule, table
from narrate.languages.en.names import capitals
from narrate.languages.en.numerals import NUMBER, cardinal, digits, number

LONG_NUMBER = 21
"""Digits from which a number is told by its length: a listener keeps no more than a telephone number."""

LONG_CODE = 25
"""Characters from which a string of letters and figures is told by its length: a key, a hash, a wallet."""

CODE_DIGITS = 4
"""Figures that such a string has at least; words that ran together have fewer."""

LONG_PATH = 24
"""Characters of a web address behind its site from which only the site is said."""

LONG_SCRIPT = 5
"""Words in a foreign script from which a passage is announced instead of sounded out."""

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

HOST = rf"(?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}{ENDINGS}(?![\w-])"
PATH = r"(?:/[\w\-.~%!$&'*+,;=:@/]{0,2000})?(?:\?[\w\-.~%!$&'*+,;=:@/?]{0,2000})?(?:#[\w\-.~%/]{0,500})?"
EMOJI = (
    "\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff\U00002600-\U000027bf"
    "\U0001f000-\U0001f2ff\u2b50\u2b55\u231a\u231b\u23e9-\u23f3\u2b1b\u2b1c\u3030\u303d\U000e0020-\U000e007f"
)
RUSSIAN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split(),
        strict=True,
    )
)
UKRAINIAN = {**RUSSIAN, "г": "h", "ґ": "g", "є": "ye", "и": "y", "і": "i", "ї": "i", "'": "", "’": ""}
GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True)
)


def _label(text: str) -> str:
    """Say one part of a web address: a word, letters, or both."""
    parts = re.findall(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]|\d+|-|_", text)
    said = []
    for part in parts:
        if part.isdigit():
            said.append(cardinal(int(part)) if len(part) < 5 else digits(part))
        elif part in "-_":
            said.append("dash" if part == "-" else "underscore")
        elif not re.search("[aeiouy]", part.lower()) or (len(part) < 3 and part.lower() not in SHORT_WORDS):
            said.append(" ".join(part.upper()))
        else:
            said.append(capitals(part) if part.isupper() and len(part) > 1 else part)
    return " ".join(said)


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


def hashtag(found: re.Match[str], context: Context) -> str:
    """Say a hashtag by its words: "#MeToo"."""
    return "hashtag " + _label(found["name"]).replace(" underscore", "")


def rank(found: re.Match[str], context: Context) -> str:
    """Say "#1"."""
    return "number " + number(found["figures"], context.british)


def symbol(found: re.Match[str], context: Context) -> str:
    """Say a symbol that stands for a word."""
    return str(table("symbols")[found["symbol"]])


def times(found: re.Match[str], context: Context) -> str:
    """Say measures side by side, or a multiple: "3 × 4", "4x4", "3x"."""
    if not found["high"]:
        return f"{number(found['low'], context.british)} times"
    unit = (" metres" if context.british else " meters") if found["unit"] else ""
    return f"{number(found['low'], context.british)} by {number(found['high'], context.british)}{unit}"


def silent(reason: str) -> Reader:
    """Make a reader that leaves a match out for a reason."""
    return lambda found, context: Said("", reason)


def heart(found: re.Match[str], context: Context) -> str | None:
    """Say the heart of "I ❤ New York"."""
    return (
        "love" if context.before(found.start()) in ("i", "we", "you", "they") and context.after(found.end()) else None
    )


def restored(found: re.Match[str], context: Context) -> str:
    """Say a word whose first letter an editor has changed: "[H]e"."""
    return found["letter"] + found["rest"]


def censored(found: re.Match[str], context: Context) -> str:
    """Say a censored word as broadcasters do."""
    ending = re.search(r"(ing|ed|er|s)$", found[0])
    return "bleep" + ({"ing": "ing", "ed": "ed", "er": "er"}.get(ending[1], "") if ending else "")


def long_number(found: re.Match[str], context: Context) -> Said:
    """Tell a number that is too long to follow by its length."""
    figures = re.sub(r"\D", "", found[0])
    said = f"a number of {cardinal(len(figures), context.british)} digits beginning {digits(figures[:3])}"
    return Said(said, f"digits of a number of {len(figures)}")


def long_code(found: re.Match[str], context: Context) -> Said | None:
    """Tell a key or a hash by its length."""
    text = found[0]
    if len(re.findall(r"\d", text)) < CODE_DIGITS or not re.search(r"[A-Za-z]", text):
        return None
    return Said(f"a code of {cardinal(len(text), context.british)} characters", "characters of a long code")


def foreign(found: re.Match[str], context: Context) -> Said:
    """Say words in another script by their sounds; announce a passage that is too long for it."""
    words = found[0].split()
    script = unicodedata.name(found[0][0], "foreign").split(" ")[0].replace("CJK", "Chinese").capitalize()
    letters = sum(letter.isalpha() for letter in found[0])
    if len(words) >= LONG_SCRIPT or (
        script in ("Chinese", "Hiragana", "Katakana", "Hangul") and letters > 3 * LONG_SCRIPT
    ):
        name = {"Hiragana": "Japanese", "Katakana": "Japanese", "Hangul": "Korean"}.get(script, script)
        return Said(f"a passage in {name} script", f"passage in {name} script")
    said = transliterated(found[0])
    return Said(said) if re.search("[A-Za-z]", said) else Said("", "text in a script that cannot be sounded")


def transliterated(text: str) -> str:
    """Write Cyrillic, Greek and other scripts in Latin letters, near to how they are said."""
    lower = text.lower()
    if re.search("[\u0400-\u052f]", lower):
        return _by_letter(text, UKRAINIAN if re.search("[іїєґ]", lower) else RUSSIAN)
    if re.search("[\u0370-\u03ff\u1f00-\u1fff]", lower):
        bare = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
        return _by_letter(bare.replace("ου", "ou").replace("αι", "e"), {**GREEK, "u": "u", "e": "e"})
    from anyascii import anyascii

    return re.sub(r"[^A-Za-z' -]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", anyascii(text))).strip()


def _by_letter(text: str, letters: dict[str, str]) -> str:
    said = []
    for place, letter in enumerate(text):
        sound = letters.get(letter.lower(), letter).replace("_", "")
        starts = place == 0 or not text[place - 1].isalpha()
        if letters is UKRAINIAN and starts and letter.lower() == "ї":
            sound = "yi"
        said.append(sound.capitalize() if letter.isupper() else sound)
    return "".join(said)


NOT_LATIN = r"[^\W\d_A-Za-z\u00aa-\u024f\u1e00-\u1eff]"
FOREIGN_WORD = rf"{NOT_LATIN}[\u0300-\u036f\w’'\-]*"
CURED = r"(?:[a-zA-Z]+\*+|[a-zA-Z]\*{1,8}|[a-zA-Z]-{2,8}(?=[a-z]))[a-zA-Z*]*"

ANYWHERE: tuple[Rule, ...] = (
    rule(rf"[{EMOJI}\ufe0f\u200d\u20e3]*[\u2764\u2665][\ufe0f\u200d]*", heart),
    rule(rf"[{EMOJI}\u200d\ufe0f]+", silent("emoji")),
    rule(rf"{FOREIGN_WORD}(?:[\s ]{FOREIGN_WORD}){{0,400}}", foreign),
)
MARKS: tuple[Rule, ...] = (
    rule(
        r"['’‘](?:n['’]|(?:em|til|cause|tis|twas|cos|bout|neath)\b)(?=\s|[,.;!?])",
        lambda found, context: found[0].replace("‘", "'"),
    ),
    rule(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8}\]", silent("footnote mark")),
    rule(r"\[(?:\.\.\.|…|\. \. \.)\]", lambda found, context: ""),
    rule(r"\[(?P<letter>[A-Za-z])\](?P<rest>[a-z’']+)", restored),
    rule(r"@(?P<name>[A-Za-z_]\w{0,40})", handle),
    rule(r"#(?P<name>\d{0,6}[^\W\d]\w{0,80})", hashtag),
    rule(r"#(?P<figures>\d{1,6})(?!\w)", rank),
    rule(r"(?<=\w)[*†‡]{1,3}(?!\w)|(?<=[.,!?”\"’])[*†‡]{1,3}(?!\w)|[¹²³⁰⁴-⁹]{1,4}|[®™©℠]", silent("footnote mark")),
    rule(r"(?P<symbol>[<>])(?=\s?[$£€]?\.?\d)", symbol),
    rule(r"[<>]", lambda found, context: Said("", "markup")),
    rule(rf"(?P<symbol>{one_of(key for key in table('symbols') if key not in '$€£#<>')})(?=\s|\w|$|[.,;:)])", symbol),
)
EARLY: tuple[Rule, ...] = (
    rule(rf"(?:https?://|ftp://)(?P<host>[A-Za-z0-9.-]{{1,253}}[A-Za-z0-9])(?::\d{{2,5}})?{PATH}", address),
    rule(rf"(?P<name>[A-Za-z0-9][\w.+-]{{0,63}})@(?P<host>{HOST})", mail),
    rule(rf"(?P<host>{HOST}){PATH}", address),
    rule(CURED + r"(?=[^\w*]|$)", censored),
    rule(r"[bcdfghjklmnpqrstvwxyz](?:—|--)(?=[\s,.;!?”]|$)", censored),
    rule(rf"[A-Za-z0-9]{{{LONG_CODE},400}}", long_code),
)
DIGITS: tuple[Rule, ...] = (
    rule(rf"\d{{{LONG_NUMBER},}}+|\d{{1,3}}(?:,\d{{3}}){{{LONG_NUMBER // 3},}}+", long_number),
    rule(r"(?P<low>\d{1,2})\s?[x×]\s?(?P<high>\d{2,4})\s?(?P<unit>m)\b", times),
    rule(rf"(?P<low>{NUMBER})\s?[x×]\s?(?P<high>{NUMBER})(?P<unit>)(?![^\W\d_])", times),
    rule(rf"(?P<low>{NUMBER})[x×](?P<high>)(?P<unit>)(?!\w)", times),
)
