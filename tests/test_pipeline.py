"""The whole way with the tone engine: every word arrives, and an edited script is honoured."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import narrate
from narrate import pipeline, plugins, scripts
from narrate.errors import OutputError, PluginError, ScriptError
from narrate.model import NARRATOR, Article, Block
from narrate.options import Options

SAMPLE = Path(__file__).parent.parent / "seeds" / "000_61ddf51e003d1719.txt"
OPTIONS = Options(engine="tone", executor="inline")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATE_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def test_the_sample_becomes_an_edition(tmp_path: Path) -> None:
    """Every file of an edition is there, and each of its speakers has a voice of his own."""
    edition, folder = narrate.make(str(SAMPLE), tmp_path, OPTIONS)
    assert folder.name == "ukraine-continues-offensive-inside-russia"
    names = {path.name for path in folder.iterdir()}
    assert names >= {f"{folder.name}.mp3", "script.json", "transcript.vtt", "chapters.json", "edition.json"}
    assert names >= {"edition.png", "cover.png", "index.html"}
    speakers = {line.speaker for line in edition.script.lines}
    assert len({edition.cast[speaker].id for speaker in speakers}) == len(speakers) >= 5
    assert edition.loudness == pytest.approx(-19.0, abs=0.5)
    assert not list(folder.glob(".*work*"))


def test_the_sample_has_chapters_of_a_good_length() -> None:
    """An article without headings gets chapters of one to four minutes, each with a title of its own, none cut off."""
    script = pipeline.read_script(str(SAMPLE))
    titles = [chapter.title for chapter in script.chapters]
    words = [sum(len(line.text.split()) for line in chapter.lines) for chapter in script.chapters]
    assert 3 <= len(titles) == len(set(titles))
    assert all(165 <= count <= 700 for count in words)
    assert not any(re.match(r"Chapter \d", title) or title.endswith("…") for title in titles)


def test_no_word_of_the_sample_is_lost() -> None:
    """Blocks and omissions together are all words of the file, in order, but for Markdown's marks."""
    script = pipeline.read_script(str(SAMPLE))
    printed = re.sub(r"\[([^\]]*)\]\(https?://[^)]*\)", r"\1", SAMPLE.read_text(encoding="utf-8"))
    assert re.findall(r"\w+", script.article.text) == re.findall(r"\w+", printed)
    for index, block in enumerate(script.article.blocks):
        assert "".join(line.text for line in script.lines if line.block == index) == block.text


PIECES = ["He said", "Ann Lee", "it’s", "said", "6'3\"", "\n", *"\"“”‘’'«»„,.? —"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(" ".join), min_size=1, max_size=6))
def test_quotation_marks_in_every_position_lose_nothing(paragraphs: list[str]) -> None:
    """Invariant 1: the lines of a block join to its exact text, whatever marks stand where; chapters keep all lines."""
    blocks, at = [], 0
    for text in paragraphs:
        blocks.append(Block("paragraph", text, at))
        at += len(text) + 2
    article = Article("Title", "", "", "en", "", tuple(blocks))
    script = pipeline.script_of(article)
    known = {speaker.id for speaker in script.speakers}
    for index, block in enumerate(blocks):
        lines = [line for line in script.lines if line.block == index]
        assert "".join(line.text for line in lines) == block.text
        assert [article.text[line.start : line.end] for line in lines] == [line.text for line in lines]
    assert {line.speaker for line in script.lines} <= known
    assert pipeline.script_of(article) == script


def test_an_edited_script_is_honoured(tmp_path: Path) -> None:
    """A line moved to another speaker, a voice, a chapter's title and a pronunciation reach the edition."""
    data = json.loads(scripts.to_json(pipeline.read_script(str(SAMPLE))))
    first = next(line for chapter in data["chapters"] for line in chapter["lines"] if line["speaker"] != NARRATOR)
    first["speaker"] = "jane-doe"
    data["speakers"].append({"id": "jane-doe", "name": "Jane Doe", "gender": "female", "voice": "tone:gwen"})
    data["chapters"][1]["title"] = "A better title"
    data["lexicon"] = {"Kiev": "keeyiv"}
    path = tmp_path / "edited.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    plan = pipeline.prepare(pipeline.read_script(str(path)), tmp_path, OPTIONS)
    assert plan.roles["jane-doe"].id == "tone:gwen"
    assert plan.script.chapters[1].title == "A better title"
    assert "keeyiv" in " ".join(utterance.text for utterance in plan.said)


def test_altered_words_are_refused_until_accepted(tmp_path: Path) -> None:
    """The line that was altered is named; told to, the edition says the altered words."""
    data = json.loads(scripts.to_json(pipeline.read_script(str(SAMPLE))))
    data["chapters"][0]["lines"][4]["text"] = "Something that nobody wrote. "
    path = tmp_path / "edited.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ScriptError, match="line 5"):
        pipeline.read_script(str(path))
    accepted = pipeline.read_script(str(path), Options(accept_changes=True))
    assert "Something that nobody wrote. " in [line.text for line in accepted.lines]


def test_the_voices_are_disclosed_once() -> None:
    """What is heard first says that the voices are synthetic; `disclose=False` leaves it out."""
    script = pipeline.read_script(str(SAMPLE))
    said = " ".join(u.text for u in pipeline.prepare(script, Path("out"), OPTIONS).said)
    assert said.count("synthetic voices") == 1
    assert "By Clara Weiss." in said and said.index("synthetic voices") < 200
    silent = pipeline.prepare(script, Path("out"), Options(engine="tone", executor="inline", disclose=False)).said
    assert "synthetic" not in " ".join(u.text for u in silent)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A file where the folder should be: one line that says what to do."""
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(OutputError, match="choose another folder"):
        pipeline.make(str(SAMPLE), tmp_path / "out", OPTIONS)


def test_the_best_engine_that_is_installed_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """`auto` is the neural engine where its parts are, else the system's voices, else an error that says why."""
    assert pipeline.engine_name("auto") == "kokoro"
    load = plugins.load

    def without(*missing: str) -> None:
        def loading(seam: str, name: str) -> object:
            if name in missing:
                raise PluginError(f"{name} is not installed")
            return load(seam, name)

        monkeypatch.setattr(plugins, "load", loading)
        pipeline.speaking.engine.cache_clear()

    without("kokoro")
    assert pipeline.engine_name("auto") == "system"
    without("kokoro", "system")
    with pytest.raises(PluginError, match="kokoro is not installed; system is not"):
        pipeline.engine_name("auto")
    monkeypatch.setattr(plugins, "load", load)
    pipeline.speaking.engine.cache_clear()


@pytest.mark.parametrize(
    ("title", "source", "slug"),
    [
        ("Ukraine continues offensive", "a.txt", "ukraine-continues-offensive"),
        ("Élan & “marks”: it’s 5%", "a.txt", "elan-marks-its-5"),
        ("///...", "a.txt", "article"),
        ("", "folder/my story.txt", "my-story"),
        ("漢字", "-", "article"),
        ("x" * 5000, "a.txt", "x" * 80),
    ],
)
def test_slugs_are_safe_names(title: str, source: str, slug: str) -> None:
    """No title climbs out of the folder, breaks a file system or is empty."""
    assert pipeline.slug(Article(title, "", "", "en", source, ())) == slug


def test_corrections_by_hand_beat_what_was_learnt(tmp_path: Path) -> None:
    """A correction on the command line, in a file, or in the file beside the article names the speaker."""
    path = tmp_path / "ferry.md"
    path.write_text("# The ferry\n\n“It sailed every Friday when I was a boy,” said Tom Hart, a pilot.\n")

    def names(options: Options | None = None) -> set[str]:
        script = pipeline.read_script(str(path), options)
        return {speaker.name for speaker in script.speakers} - {"Narrator"}

    assert names() == {"Tom Hart"}
    assert names(Options(speakers={"Tom Hart": "Ann Roe"})) == {"Ann Roe"}
    (tmp_path / "ferry.md.speakers").write_text('"Tom Hart" = "Jim Roe"\n')
    assert names() == {"Jim Roe"}
    (tmp_path / "other").write_text('"Tom Hart" "Jim Roe"\n')
    with pytest.raises(ScriptError, match="line 1"):
        names(Options(speakers_file=tmp_path / "other"))
