"""The JSON beside the sound: chapters as podcast apps want them, and what is known of an edition."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import editions
import pytest

from narrate.model import Edition
from narrate.outputs import chapters, script
from narrate.outputs import edition as record
from narrate.scripts import from_json


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return editions.edition(tmp_path_factory.mktemp("master"))


def test_chapters(edition: Edition, tmp_path: Path) -> None:
    """Chapters stand in order with times in seconds, contiguous, in version 1.2.0 of the format."""
    found = json.loads(chapters.write(edition, tmp_path).read_text())
    assert found["version"] == "1.2.0" and (found["title"], found["author"]) == (
        "A bridge for Port Ellen",
        "Mary Stone",
    )
    assert found["chapters"] == [
        {"startTime": 0.0, "endTime": 14.64, "title": "The bridge"},
        {"startTime": 14.64, "endTime": 16.76, "title": "The ferry"},
    ]


def test_a_chapter_without_title(edition: Edition, tmp_path: Path) -> None:
    """A title of nothing printable is replaced by its number, for a player shows something."""
    blank = replace(edition, chapters=tuple(replace(chapter, title="\u202e\x07") for chapter in edition.chapters))
    found = json.loads(chapters.write(blank, tmp_path).read_text())
    assert [chapter["title"] for chapter in found["chapters"]] == ["Chapter 1", "Chapter 2"]


def test_record(edition: Edition, tmp_path: Path) -> None:
    """The record has durations, loudness, models, voices with their papers and omissions with their reasons."""
    found = json.loads(record.write(edition, tmp_path).read_text())
    assert (found["duration"], found["samples"], found["rate"]) == (16.76, edition.samples, 24000)
    assert found["loudness"]["lufs"] == pytest.approx(-19.0, abs=0.05)
    assert found["models"] == {"tone": "sha256:0123"}
    assert found["software"]["name"] == "narrate" and found["software"]["version"]
    narrator, guest = found["speakers"]
    assert (guest["name"], guest["voice"], guest["licence"], guest["lines"]) == ("Ann Lee", "tone:high", "CC0-1.0", 2)
    assert narrator["seconds"] + guest["seconds"] == pytest.approx(found["duration"], abs=0.01)
    (omission,) = found["omissions"]
    assert (omission["text"], omission["reason"]) == ("Share this", "buttons")
    assert "synthetic voices" in found["disclosure"]


def test_record_names_no_path(edition: Edition, tmp_path: Path) -> None:
    """Nothing in the record tells where on the disk the edition was made."""
    article = replace(edition.script.article, source="/home/ann/secret/plan.txt")
    made = replace(edition, script=replace(edition.script, article=article))
    text = record.write(made, tmp_path).read_text()
    assert str(edition.sound.parent) not in text and "secret" not in text
    assert json.loads(text)["source"] == "plan.txt"


def test_script(edition: Edition, tmp_path: Path) -> None:
    """The script beside the sound is the script, with the voices that were cast."""
    back = from_json(script.write(edition, tmp_path).read_text())
    assert (back.article, back.chapters) == (edition.script.article, edition.script.chapters)
    assert [speaker.voice for speaker in back.speakers] == ["tone:low", "tone:high"]
