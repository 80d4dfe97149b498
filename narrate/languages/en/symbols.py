"""Symbols, emoji, footnote marks, censored words and over-long strings as they are said."""

from __future__ import annotations

import re

from narrate.languages.en.context import Context, Reader, Rule, Said, one_of, rule, table
from narrate.languages.en.numerals import NUMBER, cardinal, code, digits, number, ordinal

LONG_NUMBER = 21
"""Digits from which a number is told by its length: a listener keeps no more than a telephone number."""

EMPHASIS = 300
"""Characters within which stars that open an emphasis are looked for."""

LONG_CODE = 25
"""Characters from which a string of letters and figures is told by its length: a key, a hash, a wallet."""

CODE_DIGITS = 4
"""Figures that such a string has at least; words that ran together have fewer."""

RAISED, LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "₀₁₂₃₄₅₆₇₈₉"
PLAIN_DIGITS = str.maketrans(RAISED + LOWERED, "0123456789-0123456789")

EMOJI = (
    "\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff\U00002600-\U000027bf"
    "\U0001f000-\U0001f2ff\u2b50\u2b55\u231a\u231b\u23e9-\u23f3\u2b1b\u2b1c\u3030\u303d\U000e0020-\U000e007f"
)


def stars(found: re.Match[str], context: Context) -> str:
    """Say a verdict: "★★★★☆"."""
    return f"{cardinal(found[0].count('★'))} out of {cardinal(len(found[0]))} stars"


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


def screen(found: re.Match[str], context: Context) -> str:
    """Say the size of a picture in points: "1920x1080"."""
    return f"{code(found['low'])} by {code(found['high'])}"


def product(found: re.Match[str], context: Context) -> str:
    """Say what is worked out: "5 × 6 = 30", "5 - 3 = 2"."""
    operation = {"-": "minus", "−": "minus", "÷": "divided by"}.get(found["operation"], "times")
    return f"{number(found['low'], context.british)} {operation} {number(found['high'], context.british)}"


def raised(found: re.Match[str], context: Context) -> str:
    """Say a power: "10⁶", "x²"."""
    low = found["low"]
    base = number(low) if low.isdigit() else " ".join(low)
    exponent = found["high"].translate(PLAIN_DIGITS)
    if exponent in ("2", "3") and not low.isdigit():
        return f"{base} {'squared' if exponent == '2' else 'cubed'}"
    return f"{base} to the {'minus ' if exponent[0] == '-' else ''}{ordinal(int(exponent.strip('-')), context.british)}"


def formula(found: re.Match[str], context: Context) -> str:
    """Say a chemical formula: "N₂O", "H₂SO₄"."""
    parts = re.findall(r"[A-Z][a-z]?|[₀-₉]+", found[0])
    return " ".join(
        cardinal(int(part.translate(PLAIN_DIGITS))) if part[0] in LOWERED else " ".join(part.upper()) for part in parts
    )


def silent(reason: str) -> Reader:
    """Make a reader that leaves a match out for a reason."""
    return lambda found, context: Said("", reason)


def footnote(found: re.Match[str], context: Context) -> Said:
    """Leave out the mark of a footnote, and a star that only ends an emphasis."""
    before = context.text[max(0, found.start() - EMPHASIS) : found.start()]
    emphasis = found[0][0] == "*" and re.search(r"(?<![\w*.,!?”\"’])\*{1,3}[^\s*]", before)
    return Said("", "" if emphasis else "footnote mark")


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


COARSE = r"(?:[fscbdpwn]|sh|bulls|bullsh|motherf|[FSB])(?:-{2,8}|–)(?:ing|king|cking|ed|head|[a-z]{0,2}[tkhy]s?)"
CURED = (
    r"[A-Za-z]{1,7}\*{1,8}[A-Za-z]{1,8}(?:\*{1,8}[A-Za-z]{0,8})?"
    r"|(?<!\*)(?:[a-zA-Z]|sh|bulls|bullsh|motherf|godd)\*{2,8}|[a-zA-Z]-{2,8}(?=[a-z])[a-zA-Z]*|[b-hj-zBFNS]-{3,8}(?!\w)"
)
EMOJI_RULES: tuple[Rule, ...] = (
    rule(r"[★☆]{3,6}(?![★☆])", stars),
    rule(rf"[{EMOJI}\ufe0f\u200d\u20e3]*[\u2764\u2665][\ufe0f\u200d]*", heart),
    rule(rf"[{EMOJI}\u200d\ufe0f]+", silent("emoji")),
)
MARKS: tuple[Rule, ...] = (
    rule(r"(?<=\w)\((?:R|TM|SM|C)\)", lambda found, context: ""),
    rule(r"\+ or [-−–](?=\s|$)", lambda found, context: "plus or minus"),
    rule(
        r"['’‘](?:n['’]|(?:em|til|cause|tis|twas|cos|bout|neath)\b)(?=\s|[,.;!?])",
        lambda found, context: found[0].replace("‘", "'"),
    ),
    rule(r"\x1b\[[0-9;]{0,12}[A-Za-z]", lambda found, context: ""),
    rule(r"(?!([@#$%&*!])\1{2,11}(?!\S))[@#$%&*!]{3,12}(?![\w@#$%&*!])", lambda found, context: "bleep"),
    rule(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8}\]", silent("footnote mark")),
    rule(r"\[(?:\.\.\.|…|\. \. \.)\]", lambda found, context: ""),
    rule(r"\[(?P<letter>[A-Za-z])\](?P<rest>[a-z’']+)", restored),
    rule(r"#(?P<figures>\d{1,6})(?!\w)", rank),
    rule(r"(?<=\w)[*†‡]{1,3}(?!\w)|(?<=[.,!?”\"’])[*†‡]{1,3}(?!\w)|[¹²³⁰⁴-⁹]{1,4}|[®™℠]", footnote),
    rule(r"(?P<symbol>[<>])(?=\s?[$£€]?\.?\d)", symbol),
    rule(r"[<>]", lambda found, context: Said("", "markup")),
    rule(rf"(?P<symbol>{one_of(key for key in table('symbols') if key not in '$€£#<>')})(?=\s|\w|$|[.,;:)])", symbol),
)
STRING_RULES: tuple[Rule, ...] = (
    rule(rf"{COARSE}(?!\w)", censored),
    rule(rf"(?:{CURED})(?=[^\w*]|$)", censored),
    rule(r"[bcdfghjklmnpqrstvwxyz](?:—|--)(?=[\s,.;!?”]|$)", censored),
    rule(rf"[A-Za-z0-9]{{{LONG_CODE},400}}", long_code),
    rule(rf"(?P<low>[b-hj-zA-Z]|mc)(?P<high>[{RAISED}])(?!\w)", raised),
    rule(r"(?:[A-Z][a-z]?[₀-₉]*){1,8}(?<=[₀-₉])(?!\w)|(?=[A-Za-z]*[₀-₉])(?:[A-Z][a-z]?[₀-₉]*){2,8}(?!\w)", formula),
)
DIGITS: tuple[Rule, ...] = (
    rule(r"(?P<low>[1-7])\*(?=[\s-])", lambda found, context: f"{cardinal(int(found['low']))} star"),
    rule(rf"\d{{{LONG_NUMBER},}}+|\d{{1,3}}(?:,\d{{3}}){{{LONG_NUMBER // 3},}}+", long_number),
    rule(rf"(?P<low>\d{{1,4}})(?P<high>[{RAISED}]{{1,4}})(?=\s|[,;:)])(?<=[⁰⁴-⁹]|(?<=10|.2).)", raised),
    rule(r"(?P<low>\d{3,4})x(?P<high>\d{3,4})(?!\w)", screen),
    rule(rf"(?P<low>{NUMBER})\s?(?P<operation>[x×*÷−-])\s?(?P<high>{NUMBER})(?=\s?=)", product),
    rule(r"(?P<low>\d{1,2})\s?[x×]\s?(?P<high>\d{2,4})\s?(?P<unit>m)\b", times),
    rule(rf"(?P<low>{NUMBER})\s?[x×]\s?(?P<high>{NUMBER})(?P<unit>)(?![^\W\d_])", times),
    rule(rf"(?P<low>{NUMBER})[x×](?P<high>)(?P<unit>)(?!\w)", times),
)
