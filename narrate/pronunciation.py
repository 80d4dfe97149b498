"""Pronunciations that a user gives, in layers: built in, then the user's, the show's, the article's.

A lexicon is a TOML file, `narrate.lexicon.toml`. A word or phrase has a respelling, or IPA
between slashes; tables limit it to an engine, a language or an accent:

    Kyiv = "/ˈkiːjɪv/"
    "Nezavisimaya Gazeta" = "nezza-VEE-see-maya gah-ZYET-a"
    [engine.system]
    Xi = "shee"
    [language.en-GB]
    lieutenant = "leftenant"

A word with a capital is matched as written (or all in capitals), one without in any case.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from narrate.errors import SourceError
from narrate.model import Token

FILE = "narrate.lexicon.toml"
LONGEST_PHRASE = 8
"""Words in an entry; more is a sentence."""

SHORTEST_SHOUT = 5
"""Letters from which a name in capitals is taken for the name: XI is a numeral and FICO a firm, not Xi and Fico."""

VOWELS = "aeiouyæɐɑɒɔəɚɛɜɝɪʊʌᵻøœɨɵ"
EDGES = " \t\n.,;:?!…'\"“”‘’«»()[]{}—–-*"
"""What may stand around a word without being part of it."""

Entries = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layer:
    """One lexicon: what holds for all, and what for one engine, language or accent."""

    words: Entries = field(default_factory=dict)
    engines: Mapping[str, Entries] = field(default_factory=dict)
    languages: Mapping[str, Entries] = field(default_factory=dict)

    def entries(self, engine: str, accent: str) -> dict[str, str]:
        """Merge what holds for an engine and an accent such as "en-GB": the nearer wins."""
        language = accent.partition("-")[0]
        parts = (
            self.words,
            self.languages.get(language, {}),
            self.languages.get(accent, {}),
            self.engines.get(engine, {}),
        )
        return {key: said for part in parts for key, said in part.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Layers, the last the strongest."""

    layers: tuple[Layer, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """How a phrase is said: one respelling or IPA a word, or all in the first."""

    said: tuple[str, ...]
    ipa: bool
    printed: str


def layered(show: Path | None, article: Entries) -> Lexicon:
    """Lay the lexicons over one another: built in, user's, the show's (or one that lies here), the article's.

    Raises SourceError when a file is missing or is not a lexicon.
    """
    paths = [path.resolve() for path in (user_file(), Path(FILE)) if path.is_file() and path != show]
    paths += [show.resolve()] if show is not None else []
    states = tuple((path, path.stat().st_mtime_ns if path.exists() else 0) for path in paths)
    return _layered(states, tuple(article.items()))


@lru_cache(maxsize=32)
def _layered(files: tuple[tuple[Path, int], ...], article: tuple[tuple[str, str], ...]) -> Lexicon:
    """Lay files, each with when it was changed, over what is built in."""
    return Lexicon((built_in(), *(read(path) for path, _ in files), Layer(words=dict(article))))


def user_file() -> Path:
    """Return where the user's own lexicon lies, whether or not it exists."""
    if sys.platform == "win32":
        home = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    else:
        home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return home / "narrate" / FILE


def read(path: Path) -> Layer:
    """Read a lexicon file. Raises SourceError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SourceError(f"cannot read the lexicon {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"the lexicon {path} is not TOML: {error}") from error
    engines, languages = data.pop("engine", {}), data.pop("language", {})
    data = {**data.pop("words", {}), **data} if isinstance(data.get("words"), dict) else data
    if not (isinstance(engines, dict) and isinstance(languages, dict)):
        raise SourceError(f"the lexicon {path}: write [engine.NAME] and [language.CODE] as tables")
    return Layer(
        _checked(data, path),
        {name: _checked(entries, path) for name, entries in engines.items()},
        {name: _checked(entries, path) for name, entries in languages.items()},
    )


def _checked(entries: Any, path: Path) -> Entries:
    if not isinstance(entries, dict):
        raise SourceError(f"the lexicon {path}: a table of words is wanted, not {entries!r}")
    for key, said in entries.items():
        if not key.strip(EDGES) or not isinstance(said, str) or not said.strip(" /"):
            raise SourceError(f'the lexicon {path}: {key!r} needs a respelling, or IPA between slashes ("/ˈkiːjɪv/")')
        if len(key.split()) > LONGEST_PHRASE:
            raise SourceError(f"the lexicon {path}: {key!r} is longer than {LONGEST_PHRASE} words")
    return entries


@cache
def built_in() -> Layer:
    """Return the names that news uses and espeak-ng gets wrong; their sources stand in the file."""
    data = tomllib.loads((files("narrate.languages.en") / "lexicon.toml").read_text(encoding="utf-8"))
    american = {word: f"/{ipa.partition('|')[0]}/" for group in data.values() for word, ipa in group["words"].items()}
    other = {
        word: f"/{ipa.partition('|')[2]}/"
        for group in data.values()
        for word, ipa in group["words"].items()
        if "|" in ipa
    }
    return Layer(american, languages={"en-GB": other})


@lru_cache(maxsize=32)
def _index(lexicon: Lexicon, engine: str, accent: str) -> Mapping[str, Mapping[tuple[str, ...], str]]:
    """Sort all entries by their first word."""
    merged: dict[str, str] = {}
    for layer in lexicon.layers:
        for key, said in layer.entries(engine, accent).items():
            merged.pop(key, None)
            merged[key] = said
    index: dict[str, dict[tuple[str, ...], str]] = {}
    for key, said in merged.items():
        words = tuple(word.strip(EDGES) for word in _plain(key).split())
        forms = {words}
        if key != key.lower() and len("".join(words)) >= SHORTEST_SHOUT:
            forms.add(tuple(word.upper() for word in words))
        for form in forms:
            index.setdefault(form[0], {})[form] = said
    return index


def pronounce(tokens: tuple[Token, ...], lexicon: Lexicon, engine: str, accent: str) -> tuple[Token, ...]:
    """Apply a lexicon: a respelling takes the place of what is said, IPA becomes the phonemes.

    Printed text stays; a compound such as "Kyiv-based" becomes a token for each part.
    """
    index = _index(lexicon, engine, accent)
    parts = [part for token in tokens for part in _parted(token, index)]
    said: list[Token] = []
    while len(said) < len(parts):
        here = len(said)
        found = _longest(parts, here, index)
        if found is None:
            said.append(parts[here])
            continue
        entry, words, owner = found
        said += _applied(parts[here : here + words], entry, owner)
    return tuple(said)


def _plain(text: str) -> str:
    return text.replace("’", "'").replace("‑", "-")


def _core(token: Token) -> tuple[str, bool]:
    """Return a token's word without what stands around it, and whether it owns something."""
    core = _plain(token.printed).strip(EDGES)
    owner = core.endswith("'s")
    return (core[:-2], True) if owner else (core, False)


def _bare(word: str) -> str:
    """Write a word without its accents: who knows Nguyen knows Nguyễn."""
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _lookup(index: Mapping[str, Mapping[tuple[str, ...], str]], words: tuple[str, ...]) -> str | None:
    for form in (words, tuple(word.lower() for word in words), tuple(map(_bare, words))):
        said = index.get(form[0], {}).get(form)
        if said is not None:
            return said
    return None


def _parted(token: Token, index: Mapping[str, Mapping[tuple[str, ...], str]]) -> Iterator[Token]:
    """Yield a compound's parts as tokens when the lexicon knows one of them but not the whole."""
    printed = _plain(token.printed)
    inner = printed.strip(EDGES)
    words = re.split(r"[-–/]", inner)
    spoken = re.split(r"[-\s]+", token.spoken)
    known = len(words) > 1 and len(words) == len(spoken) and _lookup(index, (_core(token)[0],)) is None
    if not known or not any(_lookup(index, (word.removesuffix("'s"),)) for word in words):
        yield token
        return
    at = 0
    for place, word in enumerate(words):
        last = place == len(words) - 1
        end = len(printed) if last else printed.index(word, at) + len(word) + 1
        yield Token(token.start + at, token.printed[at:end], spoken[place], "", token.tag if last else "")
        at = end


def _longest(
    parts: Sequence[Token], at: int, index: Mapping[str, Mapping[tuple[str, ...], str]]
) -> tuple[str, int, bool] | None:
    """Find the longest entry that begins at a token: how it is said, in how many tokens, owning something."""
    first = _core(parts[at])[0]
    if not any(form in index for form in (first, first.lower(), _bare(first))):
        return None
    words: list[str] = []
    best = None
    for token in parts[at : at + LONGEST_PHRASE]:
        core, owner = _core(token)
        words.append(core)
        said = _lookup(index, tuple(words))
        if said is not None:
            best = said, len(words), owner
        if owner or token.spoken[-1:] in tuple(".,;:?!…"):
            break
    return best


def _applied(tokens: Sequence[Token], entry: str, owner: bool) -> Iterator[Token]:
    """Yield tokens that say an entry: a word each if it has as many, else all in the first."""
    ipa = len(entry) > 1 and entry[0] == entry[-1] == "/"
    said = [_stressed(word) for word in entry.strip("/").split()] if ipa else [_respelt(word) for word in entry.split()]
    if len(said) != len(tokens):
        said = [" ".join(said), *[""] * (len(tokens) - 1)]
    final = len(tokens) - 1 if said[-1] else 0
    if owner:
        said[final] += _owned(said[final]) if ipa else "'s"
    mark = re.search(r"[.,;:?!…]*$", tokens[-1].spoken)
    for place, (token, how) in enumerate(zip(tokens, said, strict=True)):
        end = mark[0] if mark and place == final else ""
        if not how:
            yield replace(token, spoken="", phonemes="")
        elif ipa:
            words = token.spoken if len(tokens) == 1 or said[-1] else " ".join(one.spoken for one in tokens)
            yield replace(token, spoken=words, phonemes=how)
        else:
            yield replace(token, spoken=how + end, phonemes="")


def _respelt(word: str) -> str:
    """Write a newsreader's respelling so that capitals, which mark stress, are not read as letters."""
    return word.lower() if "-" in word and re.search("[A-Z]{2}", word) else word


def _stressed(ipa: str) -> str:
    """Move stress marks right before their vowel, where engines expect them."""
    return re.sub(rf"([ˈˌ'])([^{VOWELS}ˈˌ\s]+)", r"\2\1", ipa).replace("'", "ˈ")


def _owned(ipa: str) -> str:
    """Say the possessive s after a sound."""
    if ipa[-1:] in tuple("szʃʒ"):
        return "ɪz"
    return "s" if ipa[-1:] in tuple("ptkfθ") else "z"
