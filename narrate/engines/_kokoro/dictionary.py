"""Pronunciations of English words: misaki's dictionaries, endings, and what the neighbours change.

The dictionaries (some 180,000 words a side of the Atlantic, Apache-2.0) come with misaki; its
code is not used, because it would load a second syntax pipeline and, for unknown words, a
GPL library.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from narrate.engines._kokoro.vocabulary import STRESSES, VOWELS

PRIMARY, SECONDARY = STRESSES[0], STRESSES[1]

Entry = str | dict[str, str | None]
"""A pronunciation, or one for each part of speech beside DEFAULT."""

SPELLED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?(?:'s)?|[A-Z]{2,5}(?:'s|s)?")
"""Written like an abbreviation: U.S., F.B.I.'s, CEO, MPs; read out by letters unless the dictionary has a word."""

LONG_DIPHTHONGS = "AIOWYiuæɑəɛɪɹʊʌ"
"""American sounds after which t before an ending is tapped: waited, hitting."""

DOUBLED = re.compile(r"([bcdgklmnprstvxz])\1$|ck$")
"""The end of a stem whose last letter was doubled (or c made ck) before -ed and -ing."""


@dataclass(frozen=True, slots=True)
class Following:
    """What comes after a word, as far as it changes how the word is said."""

    vowel: bool | None = None
    """Whether the next sound is a vowel; None before a pause."""
    word: str = ""


def parent(tag: str) -> str:
    """Return the dictionary's name for a Penn tag: VERB, NOUN, ADV, ADJ, or the tag itself."""
    families = {"VB": "VERB", "NN": "NOUN", "RB": "ADV", "JJ": "ADJ"}
    return families.get(tag[:2], tag)


def stressed(sounds: str) -> str:
    """Put primary stress on the first vowel of what has none."""
    if PRIMARY in sounds:
        return sounds
    if SECONDARY in sounds:
        return sounds.replace(SECONDARY, PRIMARY, 1)
    at = next((index for index, sound in enumerate(sounds) if sound in VOWELS), None)
    return sounds if at is None else sounds[:at] + PRIMARY + sounds[at:]


def weakened(sounds: str) -> str:
    """Make primary stress secondary and drop secondary."""
    return sounds.replace(SECONDARY, "").replace(PRIMARY, SECONDARY)


class Dictionary:
    """The words of one side of the Atlantic."""

    def __init__(self, british: bool) -> None:
        self.british = british
        side = "gb" if british else "us"
        self._checked = _words(f"{side}_gold.json")
        self._derived = _words(f"{side}_silver.json")

    def pronounce(self, word: str, tag: str, following: Following) -> str | None:
        """Return the phonemes of one word as printed (letters and apostrophes), None when it is not known."""
        word = word.replace("’", "'").replace("‘", "'")
        weak = self._weak(word, tag, following)
        if weak is not None:
            return weak
        for form in _forms(word, tag):
            sounds = self._form(form, tag, following)
            if sounds is not None:
                return stressed(sounds) if word.isupper() and len(word) > 1 else sounds
        return self._spelled(word) if SPELLED.fullmatch(word) else None

    def letters(self, word: str) -> str | None:
        """Say the letters of an abbreviation, the last one stressed; None when one has no name."""
        names = [self._entry(letter.upper(), "", Following()) for letter in word if letter.isalpha()]
        if not names or None in names:
            return None
        *first, last = (name or "" for name in names)
        return "".join(map(weakened, first)) + stressed(last)

    def _spelled(self, word: str) -> str | None:
        stem = re.sub(r"(?:'s|(?<=[A-Z])s)$", "", word)
        names = self.letters(stem)
        return names if names is None or stem == word else self._plural(names)

    def _weak(self, word: str, tag: str, following: Following) -> str | None:
        """Return what the small words sound like between their neighbours."""
        small = word.lower()
        if small == "a" and (tag == "DT" or (not tag and word == "a")):
            return "ɐ"
        if small == "an" and word != "AN":
            return "ɐn"
        if small == "the":
            return "ði" if following.vowel else "ðə"
        if small == "to" and following.vowel is not None:
            return "tʊ" if following.vowel else "tə"
        if small == "in" and (following.vowel is None or tag not in ("IN", "")):
            return "ˈɪn"
        if word == "I":
            return "ˌI"
        if small == "by" and tag.startswith("RB"):
            return "bˈI"
        if small == "used" and tag in ("VBD", "JJ", "VBN", "") and following.word == "to":
            return self._entry("used", "VBD", following)
        return None

    def _form(self, word: str, tag: str, following: Following) -> str | None:
        return self._entry(word, tag, following) or self._inflected(word, tag, following)

    def _entry(self, word: str, tag: str, following: Following) -> str | None:
        entry = self._checked.get(word) or self._derived.get(word)
        if not isinstance(entry, dict):
            return entry
        if following.vowel is None and "None" in entry:
            return entry["None"]
        return entry[next((name for name in (tag, parent(tag)) if name in entry), "DEFAULT")]

    def _inflected(self, word: str, tag: str, following: Following) -> str | None:
        """Say a word by its stem and its ending -s, -'s, -ed or -ing."""
        for ending, stems, join in (
            ("s", _stems_s(word), self._plural),
            ("d", _stems(word, "ed"), self._past),
            ("ing", _stems(word, "ing"), self._gerund),
        ):
            if word.endswith(ending) or (ending == "s" and word.endswith("s'")):
                found = (self._entry(stem, tag, following) for stem in stems)
                sounds = next((sounds for sounds in found if sounds), None)
                if sounds:
                    return join(sounds)
        return None

    def _plural(self, stem: str) -> str:
        if stem[-1] in "ptkfθ":
            return stem + "s"
        if stem[-1] in "szʃʒʧʤ":
            return stem + ("ɪz" if self.british else "ᵻz")
        return stem + "z"

    def _past(self, stem: str) -> str:
        if stem[-1] in "pkfθʃsʧ":
            return stem + "t"
        if stem[-1] not in "td":
            return stem + "d"
        return self._tapped(stem) + ("ɪd" if self.british else "ᵻd")

    def _gerund(self, stem: str) -> str:
        # A British r that was silent at the end is heard before a vowel: wiring, scoring.
        return self._tapped(stem) + ("ɹɪŋ" if self.british and stem[-1] in "əː" and not stem.endswith("iː") else "ɪŋ")

    def _tapped(self, stem: str) -> str:
        tapped = not self.british and len(stem) > 1 and stem[-1] == "t" and stem[-2] in LONG_DIPHTHONGS
        return stem[:-1] + "ɾ" if tapped else stem


def _forms(word: str, tag: str) -> list[str]:
    """List the spellings to look up, the printed one first."""
    forms = [word]
    # A short name in capitals is spelled out rather than read as the common word of its letters (WHO, US, IT).
    abbreviation = word.isupper() and 1 < len(word) <= 5 and tag in ("NNP", "NNPS")
    if not abbreviation:
        forms += [word.lower(), word.capitalize()]
    return list(dict.fromkeys(forms))


def _stems_s(word: str) -> list[str]:
    if word.endswith("'s"):
        return [word[:-2]]
    if word.endswith("s'"):
        return [word[:-1], word[:-2]]
    if word.endswith("ss") or len(word) < 3:
        return []
    stems = [word[:-1]]
    if word.endswith("ies") and len(word) > 4:
        stems.append(word[:-3] + "y")
    elif word.endswith("es") and len(word) > 4:
        stems.append(word[:-2])
    return stems


def _stems(word: str, ending: str) -> list[str]:
    """List the verbs that a form in -ed or -ing may come from."""
    bare = word.removesuffix(ending)
    if bare == word or len(bare) < 2:
        return []
    stems = [bare, bare + "e"]
    if DOUBLED.search(bare):
        stems.append(bare[:-1])
    if ending == "ed" and bare.endswith("i"):
        stems.append(bare[:-1] + "y")
    return stems


@cache
def _words(name: str) -> dict[str, Entry]:
    with files("misaki").joinpath("data", name).open(encoding="utf-8") as file:
        words: dict[str, Entry] = json.load(file)
    return words
