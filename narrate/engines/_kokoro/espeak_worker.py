"""Say how words are pronounced, by espeak-ng, in a process of its own.

espeak-ng is under the GPL: this file runs by itself, imports nothing of Narrate and is
spoken to through pipes. One line in, one line out, JSON:

    ["en-us", ["Kyiv", "Zelenskyy"]]  →  ["kˈiːv", "zɛlˈɛnski"]
"""

from __future__ import annotations

import ctypes
import json
import sys

SYNCHRONOUS = 2
"""espeak_AUDIO_OUTPUT: no sound device is opened."""

STAY = 0x8000
"""espeakINITIALIZE_DONT_EXIT: give an error code and do not end the process."""

UTF8 = 1
"""espeakCHARS_UTF8."""

TIED_IPA = 0x02 | 0x80 | ord("^") << 8
"""Phonemes as IPA, with ^ between the letters of one sound."""


def load() -> ctypes.CDLL:
    """Load and initialise espeak-ng from the espeakng-loader wheel."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
    if library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), STAY) < 0:
        raise RuntimeError("espeak-ng does not find its data")
    return library


def pronounce(library: ctypes.CDLL, text: str) -> str:
    """Return the IPA of a text, all its clauses joined by a blank."""
    rest = ctypes.c_char_p(text.replace("\0", " ").encode("utf-8", "ignore"))
    clauses = []
    while rest.value:
        clauses.append(library.espeak_TextToPhonemes(ctypes.byref(rest), UTF8, TIED_IPA) or b"")
    return " ".join(clause.decode("utf-8", "ignore").strip() for clause in clauses).strip()


def serve() -> None:
    """Answer each line of standard input on standard output until it is closed."""
    library, spoken = load(), ""
    for line in sys.stdin:
        language, words = json.loads(line)
        if language != spoken and library.espeak_SetVoiceByName(language.encode()):
            raise RuntimeError(f"espeak-ng has no voice {language}")
        spoken = language
        print(json.dumps([pronounce(library, word) for word in words]), flush=True)


if __name__ == "__main__":
    serve()
