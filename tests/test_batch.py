"""Many sources: what changed is made, what failed stops nothing, what was interrupted goes on."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from narrate import batch, library, pipeline, speaking
from narrate.engines import tone
from narrate.errors import EngineError
from narrate.model import Clip, Utterance, Voice
from narrate.options import Options

ARTICLE = """# {title}

By Ann Lee

The harbour master said the ferry would sail on Friday whatever the wind did.

“It has sailed every Friday since I was a boy,” said Tom Hart, who keeps the pier at {title}.

Nobody on the island doubted him, and nobody had asked.
"""

OPTIONS = Options(engine="tone", executor="inline", formats=("mp3", "script", "edition"))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATE_CACHE", str(tmp_path / "cache"))


def _article(folder: Path, title: str) -> str:
    path = folder / f"{title.lower().replace(' ', '-')}.md"
    path.write_text(ARTICLE.format(title=title), encoding="utf-8")
    return str(path)


def _run(names: list[str], out: Path, options: Options = OPTIONS) -> dict[str, batch.Outcome]:
    return {Path(one.source).stem: one for one in batch.make_all(names, str(out), options)}


def test_one_failure_stops_nothing_else(tmp_path: Path) -> None:
    """The good articles around a bad one are made, and the bad one says why."""
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    north, south = _article(tmp_path, "North Pier"), _article(tmp_path, "South Pier")
    names = [north, str(tmp_path / "bad.txt"), south, "missing.txt"]
    made = _run(names, tmp_path / "out")
    assert {name: outcome.status for name, outcome in made.items()} == {
        "north-pier": "made",
        "bad": "failed",
        "south-pier": "made",
        "missing": "failed",
    }
    assert "no such file" in made["missing"].why
    assert (tmp_path / "out/south-pier/south-pier.mp3").stat().st_size > 10_000
    assert batch.failures(list(made.values())) == 2


def test_a_second_run_makes_only_what_changed(tmp_path: Path) -> None:
    """Unchanged editions are left alone to the byte; a changed article is made, a lost file brought back."""
    names = [_article(tmp_path, title) for title in ("North Pier", "South Pier", "West Pier")]
    _run(names, tmp_path / "out")
    north = (tmp_path / "out/north-pier/north-pier.mp3").stat()
    Path(names[1]).write_text(ARTICLE.format(title="South Pier") + "\nThe wind rose.\n", encoding="utf-8")
    (tmp_path / "out/west-pier/script.json").unlink()
    made = _run(names, tmp_path / "out")
    assert [outcome.status for outcome in made.values()] == ["unchanged", "made", "made"]
    assert (tmp_path / "out/north-pier/north-pier.mp3").stat().st_mtime_ns == north.st_mtime_ns
    assert (tmp_path / "out/west-pier/script.json").is_file()


def test_one_changed_paragraph_speaks_only_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine hears nothing of the paragraphs that stayed."""
    name = _article(tmp_path, "North Pier")
    _run([name], tmp_path / "out")
    said: list[str] = []
    speak = tone.Engine.speak

    def listening(self: tone.Engine, utterance: Utterance, voice: Voice, speed: float = 1.0) -> Clip:
        said.append(utterance.text)
        return speak(self, utterance, voice, speed)

    monkeypatch.setattr(tone.Engine, "speak", listening)
    text = Path(name).read_text(encoding="utf-8").replace("nobody had asked", "somebody had asked")
    Path(name).write_text(text, encoding="utf-8")
    assert _run([name], tmp_path / "out")["north-pier"].status == "made"
    assert len(said) == 1 and "somebody had asked" in said[0]


def test_two_articles_of_one_title_live_side_by_side(tmp_path: Path) -> None:
    """The second goes to a folder of its own, the same one every time."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    names = [_article(tmp_path / "a", "North Pier"), _article(tmp_path / "b", "North Pier")]
    first = [outcome.folder for outcome in batch.make_all(names, str(tmp_path / "out"), OPTIONS)]
    again = batch.make_all(names, str(tmp_path / "out"), OPTIONS)
    assert len(set(first)) == 2
    assert [outcome.folder for outcome in again] == first
    assert {outcome.status for outcome in again} == {"unchanged"}


def test_an_engine_that_fails_at_one_line_keeps_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The article fails with the engine's line, its other lines are cached, and the next article is made."""
    names = [_article(tmp_path, "North Pier"), _article(tmp_path, "South Pier")]
    speak = tone.Engine.speak

    def failing(self: tone.Engine, utterance: Utterance, voice: Voice, speed: float = 1.0) -> Clip:
        if "the pier at North Pier" in utterance.text:
            raise EngineError("no sound for this")
        return speak(self, utterance, voice, speed)

    monkeypatch.setattr(tone.Engine, "speak", failing)
    made = _run(names, tmp_path / "out")
    assert (made["north-pier"].status, made["south-pier"].status) == ("failed", "made")
    assert "no sound for this" in made["north-pier"].why
    assert not list((tmp_path / "out").glob("north-pier/*.mp3"))
    monkeypatch.setattr(tone.Engine, "speak", speak)
    spoken: list[speaking.Spoken] = []
    batch.make_all(names[:1], str(tmp_path / "out"), OPTIONS, lambda step: spoken.append(step.spoken))
    assert sum(not line.cached for line in spoken) == 1


def test_a_damaged_cache_is_spoken_again(tmp_path: Path) -> None:
    """Every clip broken: the same edition, to the byte."""
    name = _article(tmp_path, "North Pier")
    _run([name], tmp_path / "out")
    sound = (tmp_path / "out/north-pier/north-pier.mp3").read_bytes()
    for clip in (tmp_path / "cache").rglob("*.clip"):
        clip.write_bytes(clip.read_bytes()[:-3])
    (tmp_path / "out/north-pier/.made.json").unlink()
    assert _run([name], tmp_path / "out")["north-pier"].status == "made"
    assert (tmp_path / "out/north-pier/north-pier.mp3").read_bytes() == sound


@pytest.mark.parametrize(("executor", "workers"), [("inline", 1), ("processes", 2)])
def test_the_same_bytes_wherever_it_is_made(tmp_path: Path, executor: str, workers: int) -> None:
    """Invariant 5: neither executor nor number of workers is in the file."""
    name = _article(tmp_path, "North Pier")
    _run([name], tmp_path / "reference")
    options = Options(
        engine="tone", executor=executor, workers=workers, formats=OPTIONS.formats, cache=str(tmp_path / "other")
    )
    _run([name], tmp_path / "out", options)
    for path in (tmp_path / "reference/north-pier").iterdir():
        if path.name != library.MARK:
            assert path.read_bytes() == (tmp_path / "out/north-pier" / path.name).read_bytes(), path.name


def test_a_feed_is_as_many_articles_as_it_has_new_entries(tmp_path: Path) -> None:
    """Each entry is an edition; on the next run they are known; an entry that fails stops no other."""
    paragraph = "<p>" + "The ferry sails on Friday whatever the wind does, said the harbour master. " * 20 + "</p>"
    item = "<item><title>{0}</title><guid>{0}</guid><link>http://127.0.0.1:9/{0}</link>{1}</item>"
    whole = f"<description>{paragraph.replace('<', '&lt;')}</description>"
    items = item.format("One ferry", whole) + item.format("Lost page", "") + item.format("Two ferries", whole)
    path = tmp_path / "feed.xml"
    path.write_text(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>', encoding="utf-8")
    first = batch.make_all([str(path)], str(tmp_path / "out"), OPTIONS)
    assert [outcome.status for outcome in first] == ["made", "failed", "made"] or [
        (outcome.source, outcome.status) for outcome in sorted(first, key=lambda one: one.source)
    ] == [("Lost page", "failed"), ("One ferry", "made"), ("Two ferries", "made")]
    second = batch.make_all([str(path)], str(tmp_path / "out"), OPTIONS)
    assert sorted(outcome.status for outcome in second) == ["failed", "unchanged", "unchanged"]


def test_editions_and_clips_go_to_an_object_store(tmp_path: Path) -> None:
    """With addresses for both, nothing of them is on this disk, and the second run knows the first."""
    fsspec = pytest.importorskip("fsspec")
    name = _article(tmp_path, "North Pier")
    options = Options(engine="tone", executor="inline", formats=OPTIONS.formats, cache="memory://narrate-test/clips")
    run = [batch.make_all([name], "memory://narrate-test/out", options)[0].status for _ in range(2)]
    assert run == ["made", "unchanged"]
    store = fsspec.filesystem("memory")
    facts = json.loads(store.cat_file("/narrate-test/out/north-pier/edition.json"))
    assert facts["title"] == "North Pier"
    assert len(store.find("/narrate-test/clips")) > 3
    assert not (tmp_path / "cache/clips").exists()


class Elsewhere:
    """An executor whose workers are on another machine, which keeps its clips to itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def run(self, work: Callable[[Any], Any], jobs: Iterable[Any], workers: int) -> Iterator[Any]:
        for job in jobs:
            yield replace(work(replace(job, cache=str(self._folder))), worker="farm-7")


def test_clips_that_cannot_be_seen_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that keeps its clips elsewhere ends the run with its name, and nothing is spoken again in silence."""
    name = _article(tmp_path, "North Pier")
    monkeypatch.setattr(batch.pipeline, "executor_of", lambda name: Elsewhere(tmp_path / "theirs"))
    with pytest.raises(EngineError, match=r"worker farm-7 .*--cache"):
        batch.make_all([name], str(tmp_path / "out"), OPTIONS)
    assert not list((tmp_path / "out").glob("*/*"))
    shared = replace(OPTIONS, cache=str(tmp_path / "theirs"))
    assert batch.make_all([name], str(tmp_path / "out"), shared)[0].status == "made"


def test_what_is_wrong_with_the_writing_and_not_with_an_article_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours in the thread that writes is not lost in it."""

    def broken(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(batch.pipeline, "finish", broken)
    with pytest.raises(ZeroDivisionError):
        batch.make_all([_article(tmp_path, "North Pier")], str(tmp_path / "out"), OPTIONS)


def test_one_article_is_spoken_while_another_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first article is not finished before a line of the second has been spoken."""
    names = [_article(tmp_path, "North Pier"), _article(tmp_path, "South Pier")]
    second = threading.Event()
    finish = batch.pipeline.finish

    def waiting(*arguments: Any) -> Any:
        assert second.wait(30)
        return finish(*arguments)

    def heard(step: pipeline.Progress) -> None:
        if "South" in step.script.article.title:
            second.set()

    monkeypatch.setattr(batch.pipeline, "finish", waiting)
    made = batch.make_all(names, str(tmp_path / "out"), OPTIONS, heard)
    assert [outcome.status for outcome in made] == ["made", "made"]


def test_another_version_of_the_code_makes_editions_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes how an edition is mixed or written need not say so anywhere."""
    name = _article(tmp_path, "North Pier")
    assert [_run([name], tmp_path / "out")["north-pier"].status for _ in range(2)] == ["made", "unchanged"]
    monkeypatch.setattr(batch.pipeline, "_code", lambda: "another")
    assert _run([name], tmp_path / "out")["north-pier"].status == "made"
