"""Words in other scripts, by their sounds."""

from __future__ import annotations

import re
import unicodedata

from narrate.languages.en.context import Context, Rule, Said, rule

LONG_SCRIPT = 5
"""Words in a foreign script from which a passage is announced instead of sounded out."""

SAYABLE = 0.2
"""Share of vowels below which a transliteration cannot be said: Hebrew and Arabic write few of theirs."""

INDIC = "DEVANAGARI BENGALI GURMUKHI GUJARATI TAMIL TELUGU KANNADA MALAYALAM".split()
"""Scripts whose consonants carry an a unless another vowel's sign follows."""

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
    if any(unicodedata.name(letter, "").split(" ")[0] in INDIC for letter in text):
        return " ".join(_indic(word) for word in text.split())
    from anyascii import anyascii

    return re.sub(r"[^A-Za-z' -]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", anyascii(text))).strip()


def _indic(word: str) -> str:
    """Sound out a word by the Unicode names of its letters, without the a that is mute at its end."""
    said = ""
    for letter in word:
        _, _, kind = unicodedata.name(letter, "").partition(" ")
        sound = kind.rpartition(" ")[2].lower()
        if kind.startswith("VOWEL SIGN"):
            said = said.removesuffix("a") + sound
        elif kind == "SIGN VIRAMA":
            said = said.removesuffix("a")
        elif kind in ("SIGN ANUSVARA", "SIGN CANDRABINDU"):
            said += "n"
        elif kind.startswith("LETTER"):
            said += sound
    return said.removesuffix("a") if len(said) > 3 and not said.endswith("aa") else said


def _by_letter(text: str, letters: dict[str, str]) -> str:
    said = []
    for place, letter in enumerate(text):
        sound = letters.get(letter.lower(), letter).replace("_", "")
        starts = place == 0 or not text[place - 1].isalpha()
        if letters is UKRAINIAN and starts and letter.lower() == "ї":
            sound = "yi"
        said.append(sound.capitalize() if letter.isupper() else sound)
    return "".join(said)


def letter_name(found: re.Match[str], context: Context) -> str:
    """Say a Greek letter that stands alone by its name: "the β-variant"."""
    return unicodedata.name(found[0]).rpartition(" ")[2].lower().replace("lamda", "lambda")


def latin(word: str) -> str:
    """Write a Latin word with letters that engines know: those of Vietnamese lose their marks."""
    word = unicodedata.normalize("NFC", word)
    return re.sub("[\u1e00-\u1eff]", lambda letter: unicodedata.normalize("NFD", letter[0])[0], word)


NOT_LATIN = r"[^\W\d_A-Za-z\u00aa-\u024f\u1e00-\u1eff]"
# Up to U+1FFF: the vowel signs of Asia are marks and no letters, but part of their word.
FOREIGN_WORD = rf"{NOT_LATIN}[\w’'\-\u0300-\u1fff\u200c\u200d]*"
RULES: tuple[Rule, ...] = (
    rule(r"[\u0391-\u03a9\u03b1-\u03c9](?![^\W\d_])", letter_name),
    rule(rf"{FOREIGN_WORD}(?:\s{FOREIGN_WORD}){{0,400}}", foreign),
)
