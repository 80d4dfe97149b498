"""The list of a folder's editions."""

from __future__ import annotations

import json
from pathlib import Path

from narrate.shelf import editions


def test_the_list_bears_with_anything(tmp_path: Path) -> None:
    """A folder that is an edition itself, a torn record, one with other types, and an MP3 alone are listed."""
    single = tmp_path / "single"
    single.mkdir()
    (single / "single.mp3").touch()
    assert [(each.title, each.sound, each.page) for each in editions(single)] == [("single", "single.mp3", "")]
    torn = {
        "torn": "{",
        "list": "[]",
        "deep": "[" * 100_000,
        "endless": '{"duration": Infinity}',
        "types": json.dumps({"title": 5, "duration": "long", "speakers": "all"}),
    }
    for name, text in torn.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "edition.json").write_text(text)
    assert [each.title for each in editions(tmp_path)] == ["5", "deep", "endless", "list", "single", "torn"]
    assert {each.length for each in editions(tmp_path)} == {""}


def test_what_lies_elsewhere_is_not_listed(tmp_path: Path) -> None:
    """A link to an edition outside the folder is not followed, nor is one from a record; what is hidden stays so."""
    outside, folder = tmp_path / "outside", tmp_path / "out"
    for place in (outside, folder, folder / ".hidden", folder / "linked"):
        place.mkdir()
    for place in (outside, folder / ".hidden"):
        (place / "edition.json").write_text('{"title": "secret"}')
    (folder / "elsewhere").symlink_to(outside)
    (folder / "linked" / "edition.json").symlink_to(outside / "edition.json")
    assert [each.title for each in editions(folder)] == ["linked"]


def test_the_newest_comes_first_and_names_are_quoted(tmp_path: Path) -> None:
    """Editions of a day are sorted by title, whatever the case; addresses are safe to put into a link."""
    for slug, title, published in (
        ("a b", "beta", "2024-08-18"),
        ("c#", "Alpha", "2024-08-18"),
        ("d", "New", "2025-01-01"),
    ):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "edition.json").write_text(json.dumps({"title": title, "published": published}))
        (tmp_path / slug / "index.html").touch()
        (tmp_path / slug / f"{slug}.mp3").touch()
    listed = editions(tmp_path)
    assert [each.title for each in listed] == ["New", "Alpha", "beta"]
    assert [each.sound for each in listed] == ["d/d.mp3", "c%23/c%23.mp3", "a%20b/a%20b.mp3"]
