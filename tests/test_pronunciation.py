"""Lexicons: a user corrects a word once and has it right for ever, on every engine."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from narrate import pronunciation
from narrate.engines import _espeak
from narrate.engines._kokoro.phonemes import adapted, phonemes
from narrate.engines._kokoro.vocabulary import SYMBOLS
from narrate.errors import SourceError
from narrate.languages.en.spoken import say, spoken
from narrate.model import Token
from narrate.pronunciation import Layer, Lexicon, pronounce

ENTRIES = tomllib.loads((files("narrate.languages.en") / "lexicon.toml").read_text(encoding="utf-8"))
NAMES = {name: ipa for group in ENTRIES.values() for name, ipa in group["words"].items()}
NAMES_WANTED = 500
IPA = re.compile(r"[ ˈˌaeiouyæɐɑɒɔəɚɛɜɝɪʊøœbdfɡhjklmnpstvwxzðŋɹʃʒθɾʌː|]+")


def said(text: str, engine: str = "kokoro", accent: str = "en-US", **words: str) -> list[Token]:
    """Say a text with a lexicon of some words."""
    return list(pronounce(spoken(text, accent, ()), Lexicon((Layer(words=words),)), engine, accent))


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests away from a lexicon of whoever runs them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)


def test_respelling_replaces_what_is_said() -> None:
    """A respelling is said in the word's place, with its punctuation; the printed text stays."""
    (_, token) = said("Near Kyiv,", Kyiv="KEE-yiv")
    assert (token.printed, token.spoken, token.phonemes) == ("Kyiv,", "kee-yiv,", "")


def test_ipa_becomes_phonemes() -> None:
    """IPA becomes the phonemes, its stress before the vowel; the words stay for engines without phonemes."""
    (token,) = said("Zelensky.", Zelensky="/zəˈlɛnski/")
    assert (token.spoken, token.phonemes) == ("Zelensky.", "zəlˈɛnski")


@pytest.mark.parametrize(("name", "ipa"), [("Kyiv’s", "kˈiːjɪvz"), ("Assange's", "əsˈɑːnʒɪz"), ("Merz’s", "mˈɛɹtsɪz")])
def test_possessives_follow(name: str, ipa: str) -> None:
    """The possessive of a name is said by the sound it ends in."""
    words = {"Kyiv": "/ˈkiːjɪv/", "Assange": "/əˈsɑːnʒ/", "Merz": "/ˈmɛɹts/"}
    assert said(name, **words)[0].phonemes == ipa


def test_compounds_are_parted() -> None:
    """A name inside a compound is found, and every character stays printed."""
    tokens = said("the anti-Kyiv-backed plan", Kyiv="/ˈkiːjɪv/")
    assert "".join(token.printed for token in tokens[1:-1]) == "anti-Kyiv-backed"
    assert [token.phonemes for token in tokens] == ["", "", "kˈiːjɪv", "", ""]


def test_phrases() -> None:
    """A phrase is said as a whole: a word each when it has as many, else all in its first token."""
    tokens = said("The Nezavisimaya Gazeta.", **{"Nezavisimaya Gazeta": "/nɛ ɡə/"})
    assert [token.phonemes for token in tokens] == ["", "nɛ", "ɡə"]
    tokens = said("The New York Times’ man.", **{"New York Times": "noo-york times"})
    assert [token.spoken for token in tokens] == ["The", "noo-york times", "", "", "man."]


def test_longest_phrase_wins() -> None:
    """The longest entry that begins at a word is taken, and none reaches over a pause."""
    words = {"New": "/nuː/", "New York": "/nuː jɔːk/"}
    assert [token.phonemes for token in said("New York", **words)] == ["nuː", "jɔːk"]
    assert [token.phonemes for token in said("New, York", **words)] == ["nuː", ""]


def test_case() -> None:
    """A word with a capital is matched as written or in capitals, one without in any case; XI is not Xi."""
    words = {"Polish": "/ˈpoʊlɪʃ/", "tomato": "/təˈmeɪtoʊ/", "Xi": "/ˈʃiː/"}
    found = [bool(token.phonemes) for token in said("Polish POLISH polish Tomato tomato Xi XI", **words)]
    assert found == [True, True, False, True, True, True, False]


def test_layers_and_limits(tmp_path: Path) -> None:
    """A nearer layer wins, and tables limit an entry to an engine, a language or an accent."""
    user = pronunciation.user_file()
    user.parent.mkdir(parents=True)
    user.write_text(
        'Kyiv = "/user/"\nOslo = "/user/"\nlieutenant = "/us/"\n[language.en-GB]\nlieutenant = "leftenant"\n'
    )
    show = tmp_path / "show.toml"
    show.write_text('Oslo = "/show/"\nBern = "/show/"\n[engine.system]\nBern = "bairn"\n', encoding="utf-8")
    lexicon = pronunciation.layered(show, {"Bern": "/article/"})
    tokens = spoken("Kyiv Oslo lieutenant Bakhmut", "en-US", ())
    assert [token.phonemes for token in pronounce(tokens, lexicon, "kokoro", "en-US")] == [
        "user",
        "show",
        "us",
        "bɑːkmˈuːt",
    ]
    assert pronounce(tokens, lexicon, "kokoro", "en-GB")[2].spoken == "leftenant"
    bern = spoken("Bern", "en-US", ())
    assert pronounce(bern, lexicon, "system", "en-US")[0].phonemes == "article"
    assert pronounce(bern, pronunciation.layered(show, {}), "system", "en-US")[0].spoken == "bairn"
    assert pronounce(bern, pronunciation.layered(show, {}), "kokoro", "en-US")[0].phonemes == "show"


def test_lexicon_beside_the_work_is_found(tmp_path: Path) -> None:
    """A narrate.lexicon.toml in the folder where narrate runs counts as the show's."""
    Path(pronunciation.FILE).write_text('Foo = "/fuː/"\n', encoding="utf-8")
    tokens = pronounce(spoken("Foo", "en-US", ()), pronunciation.layered(None, {}), "kokoro", "en-US")
    assert tokens[0].phonemes == "fuː"


@pytest.mark.parametrize(
    "content", ["Kyiv = 3", 'Kyiv = ""', 'Kyiv = "//"', "Kyiv", 'engine = "x"', '[engine]\nkokoro = "x"', '"." = "dot"']
)
def test_a_bad_lexicon_says_so(tmp_path: Path, content: str) -> None:
    """A lexicon that is not one is refused in one line that names the file."""
    path = tmp_path / "bad.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"bad\.toml") as caught:
        pronunciation.layered(path, {})
    assert "\n" not in str(caught.value)


def test_a_missing_lexicon_says_so(tmp_path: Path) -> None:
    """A lexicon that was asked for must be there."""
    with pytest.raises(SourceError, match="cannot read"):
        pronunciation.layered(tmp_path / "none.toml", {})


def test_built_in_names_have_sources() -> None:
    """At least five hundred names are built in, each in IPA, each group with where it is from."""
    assert len(NAMES) >= NAMES_WANTED
    assert all(group["source"] for group in ENTRIES.values())
    assert [name for name, ipa in NAMES.items() if not IPA.fullmatch(ipa) or "ˈ" not in ipa] == []


VOWEL = "EIWOYæɑəɚɛiɪuʊ"
SAME = str.maketrans(
    {"ɒ": "ɑ", "ɔ": "ɑ", "o": "ɑ", "ɐ": "ə", "ʌ": "ə", "ᵻ": "ɪ", "e": "ɛ", "a": "æ", "ɾ": "t", "ː": "", "ʲ": "j"}
)


def shape(ipa: str) -> tuple[str, int, int, str]:
    """Reduce IPA to its consonants, number of syllables, stressed syllable and stressed vowel."""
    for old, new in (("eɪ", "E"), ("aɪ", "I"), ("aʊ", "W"), ("oʊ", "O"), ("ɔɪ", "Y"), ("oːɹ", "ɔːɹ")):
        ipa = ipa.replace(old, new)
    text = (
        ipa.translate(SAME).replace("ɜɹ", "ɚ").replace("əɹ", "ɚ").replace("ɝ", "ɚ").replace("ɜ", "ɚ").replace("ɚɹ", "ɚ")
    )
    vowels = [symbol for symbol in text if symbol in VOWEL]
    before = text.partition("ˈ")[0]
    place = sum(symbol in VOWEL for symbol in before)
    consonants = "".join(symbol for symbol in text if symbol not in VOWEL + "ˈˌj")
    return consonants, len(vowels), place, vowels[min(place, len(vowels) - 1)] if vowels else ""


KOKORO = str.maketrans({"ʧ": "tʃ", "ʤ": "dʒ", "A": "eɪ", "I": "aɪ", "W": "aʊ", "O": "oʊ", "Y": "ɔɪ", "ᵊ": "ə", "ˌ": ""})
"""The letters of Kokoro's alphabet that are not IPA."""


def test_built_in_names_are_wrong_without() -> None:
    """espeak-ng or Kokoro's dictionary says each built-in name with a wrong consonant, syllable, stress or vowel."""
    made = _espeak.phonemes([say(name) for name in NAMES], "en-US")
    needless = []
    for name, ipa, heard in zip(NAMES, NAMES.values(), made, strict=True):
        wanted = ipa.partition("|")[0]
        own = phonemes(spoken(name, "en-US", ()), british=False).text.translate(KOKORO)
        if shape(wanted) == shape(heard) and shape(adapted(wanted, british=False).translate(KOKORO)) == shape(own):
            needless.append(f"{name}: {ipa}")
    assert not needless


def syllables(ipa: str) -> int:
    """Count vowels, diphthongs as one."""
    return len(re.findall("aɪ|aʊ|eɪ|oʊ|əʊ|ɔɪ|ɪə|ɛə|ʊə|[aeiouyæɑɒɔəɛɜɝɚɪʊʌœø]", ipa))


def test_built_in_names_are_sayable() -> None:
    """Each word of a name has one main stress at most, both accents, and only sounds that Kokoro was taught."""
    for name, ipa in NAMES.items():
        american, _, british = ipa.partition("|")
        for word in (*american.split(), *british.split()):
            assert word.count("ˈ") <= 1, name
        assert "ˈ" in american, name
        assert american[-1] == "ɛ" or not re.search("(?<![aeɔə])[ɪʊ]$|ɛ$", british), name  # an r that was lost
        assert abs(syllables(american) - syllables(british or american)) <= 1, name
        for form, side in ((american, False), (british or american, True)):
            assert len(re.findall("[ˈˌ]", form)) == len(re.findall("[ˈˌ]", adapted(form, side))), name
            assert set(adapted(form, side)) <= set(SYMBOLS), name
