"""The command line as a stranger meets it: results on stdout, one line of error on stderr, the right exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "seeds" / "000_61ddf51e003d1719.txt"
MAKE = ("make", "--engine", "tone", "--executor", "inline")


def _narrate(
    *arguments: str, folder: Path, stdin: str | bytes = "", timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, with a cache of its own beside it."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    run = subprocess.run(
        [sys.executable, "-m", "narrate", *arguments],
        input=given,
        capture_output=True,
        cwd=folder,
        env=_environment(folder),
        timeout=timeout,
    )
    return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode(), run.stderr.decode())


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "NARRATE_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT), "COLUMNS": "120"}


def test_make_prints_what_it_made(tmp_path: Path) -> None:
    """stdout ends with the path of the MP3, so that a script can take it."""
    run = _narrate(*MAKE, str(SAMPLE), folder=tmp_path)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == "Ukraine continues offensive inside Russia"
    assert (tmp_path / lines[-1]).is_file() and lines[-1].endswith(".mp3")
    assert any("not read (contact box)" in line for line in lines)
    again = _narrate(*MAKE, str(SAMPLE), "--json", folder=tmp_path)
    assert json.loads(again.stdout)[0]["status"] == "unchanged"


def test_standard_input_is_a_source(tmp_path: Path) -> None:
    """`-` reads the article itself, `@-` a list of sources."""
    text = "A bridge opens\n\n“It is open,” said Ann Lee, the mayor.\n"
    (tmp_path / "a.txt").write_text(text)
    assert _narrate(*MAKE, "-", "--format", "mp3", folder=tmp_path, stdin=text).returncode == 0
    listed = _narrate(*MAKE, "@-", "--format", "mp3", "--json", "-o", "two", folder=tmp_path, stdin="a.txt\nno.txt\n")
    assert [one["status"] for one in json.loads(listed.stdout)] == ["made", "failed"] and listed.returncode == 1


def test_script_is_for_people_and_programs(tmp_path: Path) -> None:
    """The screenplay names the speakers before their lines; the JSON goes back into `make`."""
    text = _narrate("script", str(SAMPLE), folder=tmp_path).stdout
    assert "DAVID PETRAEUS" in text and "Not read aloud" in text
    _narrate("script", str(SAMPLE), "--format", "json", "-o", "s.json", folder=tmp_path)
    assert json.loads((tmp_path / "s.json").read_text())["narrate"] == 1
    run = _narrate(*MAKE, "s.json", "--cast", "David Petraeus=hugo", "--format", "edition,script", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    made = json.loads(next((tmp_path / "out").glob("*/script.json")).read_text())
    assert {s["name"]: s["voice"] for s in made["speakers"]}["David Petraeus"] == "tone:hugo"


def test_voices_are_listed_and_auditioned(tmp_path: Path) -> None:
    """The table has gender, accent and licence; --say writes a file a voice and prints where."""
    table = _narrate("voices", "--engine", "kokoro", folder=tmp_path).stdout
    assert table.count("kokoro:") >= 28 and "Apache-2.0" in table and "female" in table
    run = _narrate("voices", "--engine", "tone", "--voice", "ada", "--say", "Good evening.", folder=tmp_path)
    assert (tmp_path / run.stdout.strip()).stat().st_size > 10_000


def test_spoken_is_one_line_in_one_line_out(tmp_path: Path) -> None:
    """Programs and people see how a text is said."""
    run = _narrate("spoken", "-", folder=tmp_path, stdin="It cost $3.5bn.\n\nHe won 6-3.\n")
    assert run.stdout.splitlines()[0] == "It cost three point five billion dollars."
    assert len(run.stdout.splitlines()) == 3


def test_say_writes_a_wav(tmp_path: Path) -> None:
    """A word can be heard by itself."""
    assert _narrate("say", "Kyiv", "-o", "k.wav", "--engine", "system", folder=tmp_path).returncode == 0
    assert (tmp_path / "k.wav").read_bytes()[:4] == b"RIFF"


def test_a_lexicon_is_heard_everywhere(tmp_path: Path) -> None:
    """A word corrected once is right in `spoken`, too."""
    (tmp_path / "narrate.lexicon.toml").write_text('Leominster = "lemster"\n')
    assert _narrate("spoken", "Leominster won.", folder=tmp_path).stdout == "lemster won.\n"


BINARY = bytes(range(256)) * 40


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("make", "missing.txt"), "there is no such file", 1),
        (("make", "empty.txt"), "empty", 1),
        (("make", "blank.txt"), "", 1),
        (("make", "binary.txt"), "binary", 1),
        (("make", "empty-folder"), "no file there", 1),
        (("make", "a.txt", "--engine", "kokro"), "there are: kokoro", 1),
        (("make", "a.txt", "--cast", "Nobody=ada", "--engine", "tone"), "Nobody", 1),
        (("make", "a.txt", "--cast", "Ann Lee=adda", "--engine", "tone"), "ada", 1),
        (("make", "a.txt", "--cast", "nonsense"), "NAME=VOICE", 2),
        (("make", "a.txt", "--format", "mp4", "--engine", "tone"), "mp3", 1),
        (("make", "a.txt", "--executor", "cloud"), "processes", 1),
        (("make", "a.txt", "--engine", "tone", "-o", "a.txt"), "choose another folder", 1),
        (("make", "bad.json"), "not JSON", 1),
        (("make", "a.txt", "--lexicon", "no.toml", "--engine", "tone"), "lexicon", 1),
        (("make",), "Missing argument", 2),
        (("make", "a.txt", "--speed", "fast"), "--speed", 2),
        (("script", "missing.txt"), "there is no such file", 1),
        (("script", "a.txt", "--keep", "nonsense"), "nonsense", 1),
        (("say", "…", "-o", "x.wav", "--engine", "tone"), "nothing to say", 1),
        (("voices", "--voice", "nobody", "--engine", "tone"), "no voice", 1),
        (("check", "empty-folder"), "holds no edition", 1),
        (("nonsense",), "No such command", 2),
    ],
)
def test_bad_input_is_told_in_a_line(tmp_path: Path, arguments: tuple[str, ...], said: str, code: int) -> None:
    """An error is one clear line, no traceback, the right code, and leaves no MP3."""
    (tmp_path / "a.txt").write_text("A bridge\n\n“It is open,” said Ann Lee, the mayor of the town.\n")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "blank.txt").write_text(" \n\n \n")
    (tmp_path / "binary.txt").write_bytes(BINARY)
    (tmp_path / "bad.json").write_text('{"narrate": 1,')
    (tmp_path / "empty-folder").mkdir()
    run = _narrate(*arguments, folder=tmp_path)
    assert run.returncode == code, run.stderr
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert code == 2 or len(run.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.rglob("*.mp3"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_a_line(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C and kill: a line, 128 + the signal, nothing half done, and what was spoken is kept."""
    (tmp_path / "long.txt").write_text("A long read\n\n" + "The wind blew over the harbour again. " * 4000)
    arguments = [sys.executable, "-m", "narrate", *MAKE, "long.txt"]
    run = subprocess.Popen(arguments, cwd=tmp_path, env=_environment(tmp_path), stderr=subprocess.PIPE, text=True)
    for _ in range(600):
        if list((tmp_path / "cache").glob("clips/*/*.clip")):
            break
        time.sleep(0.1)
    run.send_signal(number)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 128 + number
    assert errors.strip().splitlines()[-1].startswith("narrate: interrupted") and "Traceback" not in errors
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    """`narrate script … | head` ends in silence."""
    command = f"{sys.executable} -m narrate script {SAMPLE} | head -1"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=_environment(tmp_path))
    assert run.stdout.startswith("Ukraine") and run.stderr == ""
