"""The process in which espeak-ng lives, on its own and by way of pyttsx3.

This file is run, never imported: espeak-ng is GPL-3.0 and may crash, so it stays outside of our
process, and nothing of ours is imported here. Requests are lines of JSON on standard input;
an answer is a line of JSON, and behind it as many bytes as its `bytes` says.

pyttsx3 2.99 has faults that only care avoids: see `talk`.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

Answer = tuple[dict[str, Any], bytes]

UTF8 = 1
IPA = 2
EMBEDDED_PHONEMES = 0x100
"""espeak-ng's flags: text in UTF-8; phonemes as IPA; `[[…]]` in a text is phonemes."""

PHONEME = 7
"""The type of espeak-ng's event at the begin of a phoneme or a pause."""

SILENT = (b"_", b"\0")
"""How the names of pauses begin."""

PHONEME_EVENTS = 1
"""The option that asks for them."""

SYNCHRONOUS = 2
"""Output mode in which espeak-ng has no thread of its own."""


def library() -> tuple[str, str]:
    """Find espeak-ng and its data in the wheel: paths of the library and of the data folder."""
    import espeakng_loader

    found = Path(espeakng_loader.get_library_path())
    numbered = found.with_name("libespeak-ng.so.1")
    return str(numbered if numbered.exists() else found), espeakng_loader.get_data_path()


# --- phonemes -----------------------------------------------------------------------------


def phonemizer() -> Callable[[dict[str, Any]], Answer]:
    """Start espeak-ng for phonemes alone; the function returned answers {"texts": […], "voice": …}."""
    path, data = library()
    espeak = ctypes.CDLL(path)
    if espeak.espeak_Initialize(SYNCHRONOUS, 0, data.encode(), 0) <= 0:
        raise RuntimeError("espeak-ng cannot read its data")
    clause = espeak.espeak_TextToPhonemes
    clause.restype = ctypes.c_char_p
    clause.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]

    def transcribe(text: str) -> str:
        rest = ctypes.c_char_p(text.encode())
        clauses = []
        while rest.value:
            clauses.append((clause(ctypes.byref(rest), UTF8, IPA) or b"").decode())
        return " ".join(filter(None, clauses))

    def answer(request: dict[str, Any]) -> Answer:
        if espeak.espeak_SetVoiceByName(request["voice"].encode()) != 0:
            return {"error": f"espeak-ng has no voice {request['voice']!r}"}, b""
        return {"phonemes": [transcribe(text) for text in request["texts"]]}, b""

    return answer


# --- speech -------------------------------------------------------------------------------


def talker() -> Callable[[dict[str, Any]], Answer]:
    """Load pyttsx3; the function returned speaks each request in a process forked for it.

    A fresh process makes the sound depend on nothing that was said before (espeak-ng's flutter
    runs on from one utterance to the next), and lets a crash or a hang cost one utterance only.
    """
    import pyttsx3

    if sys.platform != "linux":
        return lambda request: talk(pyttsx3.init(), request)
    path, os.environ["ESPEAK_DATA_PATH"] = library()
    ctypes.CDLL(path)  # pyttsx3 asks for "libespeak-ng.so.1": glibc gives it what is loaded under that name
    import pyttsx3.drivers.espeak  # before the fork, once

    return lambda request: apart(lambda: talk(_espeak_engine(), request), request["seconds"])


def apart(work: Callable[[], Answer], seconds: int) -> Answer:
    """Do a piece of work in a forked process, which is killed after so many seconds."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)
        try:
            header, body = work()
        except BaseException as error:
            header, body = {"error": f"{type(error).__name__}: {error}"}, b""
        with os.fdopen(writer, "wb") as out:
            send(out, header, body)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        line = pipe.readline()
        body = pipe.read()
    _, status = os.waitpid(child, 0)
    if status == 0 and line:
        return json.loads(line), body
    hung = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
    return {"error": f"gave nothing for {seconds} seconds" if hung else f"crashed (status {status})"}, b""


def _espeak_engine() -> Any:
    """Make pyttsx3's espeak engine and mend what is wrong with it."""
    import pyttsx3
    from pyttsx3.drivers import _espeak

    driver: Any = _espeak

    def synth(text: bytes, flags: int = 0) -> int:
        # pyttsx3 gives ten times the length of the text, and espeak-ng reads as far: out of bounds.
        return int(driver.cSynth(text, len(text) + 1, 0, 1, 0, flags | EMBEDDED_PHONEMES, None, None))

    driver.Synth = synth
    initialize = driver.Initialize
    driver.Initialize = lambda output, length: initialize(output, length, None, PHONEME_EVENTS)
    engine = pyttsx3.init("espeak")
    engine.runAndWait()  # the first returns before it has spoken: it shall speak nothing
    return engine


def talk(engine: Any, request: dict[str, Any]) -> Answer:
    """Speak {"pieces": […], "voice", "rate"}; answer {"sounds": bytes of each, "phones": of each} and the files.

    A phone is [character of the piece, first sample, whether it is a pause]. pyttsx3 keeps
    silent about most that goes wrong: an unknown voice leaves the one before, a file that cannot
    be written leaves it waiting for ever, and what is set may arrive after what is said. So: set,
    wait, look, speak, wait.
    """
    errors: list[Exception] = []
    engine.connect("error", lambda name, exception: errors.append(exception))
    wait, heard = _espeak_ears(engine)
    engine.setProperty("voice", request["voice"])
    engine.setProperty("rate", request["rate"])
    wait()
    wanted = request["voice"].rpartition("+")[2].lower()
    if errors or wanted not in str(engine.getProperty("voice")).lower():
        return {"error": f"there is no voice {request['voice']!r} here"}, b""
    sounds, phones = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number, piece in enumerate(request["pieces"]):
            heard.clear()
            path = Path(folder, f"{number}.wav")
            engine.save_to_file(piece, str(path))
            engine.runAndWait()
            wait()
            if errors or not path.exists():
                return {"error": str(errors[0]) if errors else "pyttsx3 wrote no file"}, b""
            sounds.append(path.read_bytes())
            phones.append(list(heard))
    return {"sounds": [len(sound) for sound in sounds], "phones": phones}, b"".join(sounds)


def _espeak_ears(engine: Any) -> tuple[Callable[[], Any], list[tuple[int, int, bool]]]:
    """Return how to wait for espeak-ng's queue, and a list that fills with the phones it speaks."""
    heard: list[tuple[int, int, bool]] = []
    if str(engine) != "espeak":
        return lambda: None, heard
    from pyttsx3.drivers import _espeak

    inner = engine.proxy._driver._onSynth

    def hear(wave: Any, count: int, events: Any) -> int:
        index = 0
        while (event := events[index]).type != 0:
            if event.type == PHONEME:
                silent = ctypes.string_at(ctypes.addressof(event.id), 1) in SILENT
                heard.append((max(0, event.text_position - 1), event.sample, silent))
            index += 1
        return int(inner(wave, count, events))

    _espeak.SetSynthCallback(hear)
    return _espeak.Synchronize, heard


def lister() -> Callable[[dict[str, Any]], Answer]:
    """Load pyttsx3 and say which voices the system has."""
    import pyttsx3

    def answer(request: dict[str, Any]) -> Answer:
        found = pyttsx3.init(request.get("driver")).getProperty("voices")
        fields = ("id", "name", "languages", "gender")
        return {"voices": [{field: getattr(voice, field, None) for field in fields} for voice in found]}, b""

    return answer


# --- the loop -----------------------------------------------------------------------------


def send(out: BinaryIO, header: dict[str, Any], body: bytes) -> None:
    """Write one answer."""
    out.write(json.dumps(header | {"bytes": len(body)}).encode() + b"\n" + body)
    out.flush()


def main() -> None:
    """Answer requests until standard input ends."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # pyttsx3 prints
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whom we work for
    answer = {"phonemes": phonemizer, "talk": talker, "voices": lister}[sys.argv[1]]()
    for line in sys.stdin.buffer:
        send(out, *answer(json.loads(line)))


if __name__ == "__main__":
    main()
