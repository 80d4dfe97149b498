"""Words in other scripts, by their sounds."""

from __future__ import annotations

import re
import unicodedata

from narrate.languages.en.context import Context, Rule, Said, rule

LONG_SCRIPT = 5
"""Words in a foreign script from which a passage is announced instead of sounded out."""

SAYABLE = 0.2
"""Share of vowels below which a transliteration cannot be said: Hebrew and Arabic write few of theirs."""

RUSSIAN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split(),
        strict=True,
    )
)
UKRAINIAN = {**RUSSIAN, "г": "h", "ґ": "g", "є": "ye", "и": "y", "й": "i", "і": "i", "ї": "i", "'": "", "’": ""}
GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True)
)


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
    said = transliterated(found[0]).replace("'", "")
    if len(re.findall("[aeiouy]", said.lower())) < SAYABLE * len(re.findall("[A-Za-z]", said)):
        return Said(f"{'a word' if len(words) == 1 else 'words'} in {script} script", f"text in {script} script")
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
RULES: tuple[Rule, ...] = (rule(rf"{FOREIGN_WORD}(?:\s{FOREIGN_WORD}){{0,400}}", foreign),)
