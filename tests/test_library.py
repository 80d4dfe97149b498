"""What a folder of editions says of them: an unchanged one is known again, half of one is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate import disks
from narrate.library import MARK, Library


def _keep(library: Library, slug: str, source: str = "a.md", digest: str = "one") -> None:
    with library.workshop(slug) as folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{slug}.mp3").write_text(digest)
        library.keep(folder, source, digest, 12.5)


@pytest.fixture(params=["out", "memory://library"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder, and an object store."""
    return request.param + tmp_path.name if "://" in request.param else str(tmp_path / request.param)


def test_a_kept_edition_is_known_by_what_made_it(place: str) -> None:
    """The same digest holds, another does not, and a lost file is missed."""
    library = Library(place)
    assert not library.holds("pier", "one")
    _keep(library, "pier")
    assert library.holds("pier", "one") and not library.holds("pier", "two")
    assert library.mark("pier").seconds == 12.5
    disks.disk(library.place("pier")).remove("pier.mp3")
    assert not library.holds("pier", "one")


def test_what_was_begun_says_nothing_of_itself(place: str) -> None:
    """A run that is killed in mid-writing leaves no mark, neither its own nor that of the edition before."""
    library = Library(place)
    _keep(library, "pier")
    with library.workshop("pier"):
        assert not library.holds("pier", "one")


def test_a_spoilt_mark_is_none(tmp_path: Path) -> None:
    """Whatever lies there under that name, the edition is made again."""
    library = Library(str(tmp_path))
    _keep(library, "pier")
    for spoilt in (b"", b"[]", b"{}", b"\xff", b'{"source": 1, "digest": "one", "seconds": "x", "files": []}'):
        (tmp_path / "pier" / MARK).write_bytes(spoilt)
        assert not library.holds("pier", "one")


def test_two_sources_of_one_title_have_a_folder_each(tmp_path: Path) -> None:
    """The first keeps the title's name, in this run and in the next; the second has the same digits every time."""
    first, again = Library(str(tmp_path)), Library(str(tmp_path))
    assert first.slug("pier", "a.md") == "pier"
    other = first.slug("pier", "b.md")
    assert other.startswith("pier-") and first.slug("pier", "a.md") == "pier"
    _keep(first, "pier", "a.md")
    _keep(first, other, "b.md")
    assert (again.slug("pier", "b.md"), again.slug("pier", "a.md")) == (other, "pier")
    assert again.sources() == {"a.md": "pier", "b.md": other}


def test_the_mark_goes_up_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object store that a run was cut off from has no edition that claims to be whole."""
    sent: list[str] = []
    remote = disks.disk(f"memory://cut-{tmp_path.name}/pier")
    write = type(remote).write
    monkeypatch.setattr(type(remote), "write", lambda self, name, data: (sent.append(name), write(self, name, data))[1])
    _keep(Library(f"memory://cut-{tmp_path.name}"), "pier")
    assert sent == ["pier.mp3", MARK]
