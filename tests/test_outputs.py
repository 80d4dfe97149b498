"""The contract of every output, whichever exist: one whole file, the same bytes, no surprise."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import editions
import pytest

from narrate import plugins
from narrate.errors import OutputError, PluginError
from narrate.model import Article, Block, Edition, Line, Script, Section, Speaker

SLUG = "bridge"


@pytest.fixture(scope="module", params=plugins.names("outputs"))
def output(request: pytest.FixtureRequest) -> ModuleType:
    try:
        return plugins.load("outputs", request.param)
    except PluginError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return editions.edition(tmp_path_factory.mktemp("master"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    article = editions.article(editions.HOSTILE, editions.HOSTILE, editions.HOSTILE)
    made = editions.edition(tmp_path_factory.mktemp("master"), editions.script(article, editions.HOSTILE))
    return replace(made, chapters=tuple(replace(chapter, title=editions.HOSTILE) for chapter in made.chapters))


def place(tmp_path: Path) -> Path:
    folder = tmp_path / SLUG
    folder.mkdir()
    return folder


def test_writes_one_whole_file(output: ModuleType, edition: Edition, tmp_path: Path) -> None:
    """An output returns the file that it wrote into the folder, and leaves nothing else there."""
    folder = place(tmp_path)
    path = output.write(edition, folder)
    assert path.parent == folder and path.stat().st_size > 0
    assert [found.name for found in folder.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o777 == 0o644


def test_same_edition_same_bytes(output: ModuleType, edition: Edition, tmp_path: Path) -> None:
    """The same edition gives the same bytes, in another folder and over an older file."""
    first = output.write(edition, place(tmp_path)).read_bytes()
    (tmp_path / "again").mkdir()
    folder = place(tmp_path / "again")
    output.write(edition, folder)
    assert output.write(edition, folder).read_bytes() == first


def test_hostile_texts(output: ModuleType, hostile: Edition, tmp_path: Path) -> None:
    """Texts that no format can hold, or that break out of one, stop no output."""
    assert output.write(hostile, place(tmp_path)).stat().st_size > 0


def test_the_least_edition(output: ModuleType, tmp_path: Path) -> None:
    """An edition of one word, without title, author, date, chapters or word times, is written too."""
    article = Article("", "", "", "en", "", (Block("paragraph", "Rain.", 0),))
    script = Script(article, (Speaker("narrator", "Narrator"),), (Section("", (Line(0, 0, "Rain."),)),))
    made = editions.edition(tmp_path, script)
    cues = tuple(replace(cue, words=()) for cue in made.cues)
    assert output.write(replace(made, chapters=(), cues=cues), place(tmp_path)).stat().st_size > 0


def test_unwritable_folder(output: ModuleType, edition: Edition, tmp_path: Path) -> None:
    """Where no file can be made, the error is one line that says where."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="file") as caught:
        output.write(edition, tmp_path / "file" / SLUG)
    assert "\n" not in str(caught.value)


def test_lost_master_leaves_nothing(output: ModuleType, edition: Edition, tmp_path: Path) -> None:
    """When writing fails half way, the older file stays whole and no part of a new one is left."""
    folder = place(tmp_path)
    path = output.write(edition, folder)
    before = path.read_bytes()
    broken = tmp_path / "broken.wav"
    shutil.copy(edition.sound, broken)
    broken.write_bytes(broken.read_bytes()[:20])
    try:
        output.write(replace(edition, sound=broken), folder)
    except OutputError as error:
        assert "\n" not in str(error)
    else:
        return  # it does not read the sound
    assert path.read_bytes() == before
    assert [found.name for found in folder.iterdir()] == [path.name]


def test_every_output_is_documented(edition: Edition, output: ModuleType, tmp_path: Path) -> None:
    """The table of files names every output and the file that it writes."""
    text = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    name = output.write(edition, place(tmp_path)).name.replace(SLUG, "<title>")
    row = next(line for line in text.splitlines() if f"`{output.__name__.rpartition('.')[2]}`" in line)
    assert f"`{name}`" in row


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import editions
from narrate import plugins
from narrate.errors import OutputError, PluginError

base, folder = Path(sys.argv[1]), Path(sys.argv[1]) / "bridge"
folder.mkdir()
edition = editions.edition(base)
modules = []
for name in plugins.names("outputs"):
    try:
        modules.append(plugins.load("outputs", name))
    except PluginError:
        pass
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, resource.RLIM_INFINITY))
for module in modules:
    try:
        sys.exit(f"{module.__name__} wrote {module.write(edition, folder)}")
    except OutputError as error:
        assert "\\n" not in str(error)
    assert not list(folder.iterdir()), f"{module.__name__} left {list(folder.iterdir())}"
print(len(modules))
"""
"""No file may grow beyond 200 bytes here: what a full disk does, without filling one."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_full_disk(tmp_path: Path) -> None:
    """When there is no room, every output says so in a line and leaves nothing half written."""
    path = os.pathsep.join([*sys.path, str(Path(__file__).parent)])
    said = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert int(said.stdout) >= 10
