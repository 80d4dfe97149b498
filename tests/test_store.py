"""Files appear whole or not at all; what killed runs leave is cleared away, what living ones need is not."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from narrate.errors import OutputError
from narrate.store import PART, atomic, cache_folder, scratch, sweep


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    """Until the block ends the old file stands."""
    path = tmp_path / "deep" / "a.txt"
    with atomic(path) as temporary:
        temporary.write_text("one")
        assert not path.exists()
    assert path.read_text() == "one"


def test_nothing_is_left_of_a_failure(tmp_path: Path) -> None:
    """A fault in the middle leaves the old file and no other."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic(path) as temporary:
        temporary.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unwritable_place_is_an_error_of_ours(tmp_path: Path) -> None:
    """A folder that is a file: one line that says what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="choose another folder"), atomic(tmp_path / "file" / "a.txt"):
        pass


def test_the_user_chooses_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`$NARRATE_CACHE` is read when it is asked for."""
    monkeypatch.setenv("NARRATE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path


DYING = """
import os, signal, sys
from pathlib import Path
from narrate.store import atomic, scratch
with scratch(Path(sys.argv[1])) as inside, atomic(Path(sys.argv[1]) / "a.mp3") as temporary:
    (inside / "master.wav").write_text("half")
    temporary.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="whether a process lives is not asked on this system")
def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    """Its unfinished file and its folder go; what is finished, and what a living run has there, stay."""
    subprocess.run([sys.executable, "-c", DYING, str(tmp_path)], check=False)
    assert len(list(tmp_path.glob(f"{PART}*"))) == 2
    (tmp_path / "b.mp3").write_text("whole")
    with scratch(tmp_path) as ours, atomic(tmp_path / "c.mp3") as temporary:
        sweep(tmp_path)
        assert ours.is_dir() and temporary.is_file()
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([ours.name, temporary.name, "b.mp3"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.mp3", "c.mp3"]


@pytest.mark.parametrize("name", [f"{PART}1-{platform.node()}-x", f"{PART}99999999-elsewhere-x", f"{PART}x", ".other"])
def test_what_may_belong_to_somebody_is_left(tmp_path: Path, name: str) -> None:
    """A living process, another machine, a name that nobody of ours gave: not ours to remove."""
    (tmp_path / name).write_text("theirs")
    sweep(tmp_path)
    assert (tmp_path / name).exists()
