"""IPA in espeak-ng's own letters, which it takes between double brackets."""

from __future__ import annotations

from collections.abc import Mapping

SYMBOLS: Mapping[str, str] = {
    # What English is made of; two symbols that are one sound come before their parts (longest match).
    "tʃ": "tS", "dʒ": "dZ", "ʧ": "tS", "ʤ": "dZ", "eɪ": "eI", "aɪ": "aI", "ɔɪ": "OI", "aʊ": "aU", "oʊ": "oU",
    "əʊ": "oU", "iː": "i:", "uː": "u:", "ɑː": "A:", "ɔː": "O:", "ɜː": "3:", "ɪə": "i@", "eə": "e@", "ʊə": "U@",
    "ɔːɹ": "O@", "ɑːɹ": "A@", "ɛɹ": "e@", "ɪɹ": "i@3", "ʊɹ": "U@", "əl": "@L", "juː": "ju:",
    "p": "p", "b": "b", "t": "t", "d": "d", "k": "k", "g": "g", "ɡ": "g", "f": "f", "v": "v", "θ": "T", "ð": "D",
    "s": "s", "z": "z", "ʃ": "S", "ʒ": "Z", "h": "h", "m": "m", "n": "n", "ŋ": "N", "l": "l", "ɫ": "l", "r": "r",
    "ɹ": "r", "ɾ": "t", "j": "j", "w": "w", "ʍ": "w", "x": "x", "ʔ": "?", "ɬ": "l", "ç": "h", "ɲ": "nj", "ʎ": "lj",
    "i": "i", "ɪ": "I", "e": "eI", "ɛ": "E", "æ": "a", "a": "A:", "ɑ": "A:", "ɒ": "0", "ɔ": "O:", "o": "oU",
    "ʊ": "U", "u": "u:", "ʌ": "V", "ɐ": "a#", "ə": "@", "ɚ": "3", "ɝ": "3:", "ɜ": "3:", "ɨ": "I", "ᵻ": "I2",
    "y": "u:", "ø": "3:", "œ": "3:",
    "ˈ": "'", "ˌ": ",", "'": "'", " ": "||", "ː": "", ".": "", "-": "", "‿": "", "͡": "", "̩": "", "̃": "",
}  # fmt: skip
"""IPA → espeak-ng's English mnemonic; sounds that English lacks go to the nearest that it has."""

LONGEST = max(map(len, SYMBOLS))


def mnemonics(ipa: str) -> str:
    """Write IPA as espeak-ng reads it, in brackets; "" when it holds a symbol that is not known here."""
    found, at = [], 0
    while at < len(ipa):
        length = next((length for length in range(LONGEST, 0, -1) if ipa[at : at + length] in SYMBOLS), 0)
        if length == 0:
            return ""
        found.append(SYMBOLS[ipa[at : at + length]])
        at += length
    return f"[[{''.join(found)}]]" if any(found) else ""
