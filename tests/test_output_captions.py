"""Captions: every word once, under its speaker, at its time, as other programs read them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import editions
import pytest
from programs import node

from narrate.model import Edition
from narrate.outputs import srt, srt_words, vtt, vtt_words
from narrate.outputs._captions import LINE, LONGEST, Caption, by_line, by_word, folded
from narrate.outputs._plain import plain


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return editions.edition(tmp_path_factory.mktemp("master"))


def test_captions_tile_the_programme(edition: Edition) -> None:
    """Captions follow one another from the first sample to the last, without a gap and in order."""
    captions = list(by_line(edition))
    assert captions[0].start == 0 and captions[-1].end == edition.samples
    assert all(before.end == after.start and before.start < before.end for before, after in pairwise(captions))


@pytest.mark.parametrize("captions", [by_line, by_word])
def test_every_word_once(edition: Edition, captions: object) -> None:
    """The captions, joined, are the lines; by line as by word."""
    said = " ".join(caption.text for caption in captions(edition))  # type: ignore[operator]
    assert said.split() == " ".join(line.text for line in edition.script.lines).split()


def test_long_lines_are_cut_at_words(edition: Edition) -> None:
    """A long line becomes captions that fit, each beginning when its first word is heard."""
    parts = [caption for caption in by_line(edition) if "council" in caption.text or "harbour" in caption.text]
    assert len(parts) == 2 and all(len(part.text) <= LONGEST for part in parts)
    line = next(cue for cue in edition.cues if "council" in edition.script.lines[cue.line].text)
    first = parts[1].text.split()[0]
    text = edition.script.lines[line.line].text
    assert parts[1].start in [word.begins for word in line.words if text[word.start : word.end] == first]


@pytest.mark.parametrize("text", ["Short.", "word " * 16 + "end", "x" * 70, "a " * 80 + "b"])
def test_folding(text: str) -> None:
    """A caption's lines are short enough unless a single word is longer, and no word is lost."""
    lines = folded(text.strip()).split("\n")
    assert all(len(line) <= LINE or " " not in line for line in lines)
    assert " ".join(lines) == text.strip()


def parsed(path: Path, kind: str) -> list[dict[str, object]]:
    """Read captions with media-captions, a player's parser, which must find no error."""
    found = node(
        "import {parseText} from 'media-captions'; import {readFileSync} from 'node:fs';"
        f"const found = await parseText(readFileSync(process.argv[1], 'utf8'), {{type: '{kind}', strict: true}});"
        "console.log(JSON.stringify({errors: found.errors.map(e => e.message), cues: found.cues.map(c =>"
        " ({start: c.startTime, end: c.endTime, text: c.text}))}))",
        str(path),
    )
    assert found["errors"] == []
    return found["cues"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(("output", "kind"), [(vtt, "vtt"), (srt, "srt"), (vtt_words, "vtt"), (srt_words, "srt")])
def test_a_player_reads_them(output: object, kind: str, edition: Edition, tmp_path: Path) -> None:
    """A player's parser finds as many captions as we wrote, at their times to the millisecond."""
    cues = parsed(output.write(edition, tmp_path), kind)  # type: ignore[attr-defined]
    wanted = list(by_word(edition) if "words" in output.__name__ else by_line(edition))  # type: ignore[attr-defined]
    assert [cue["start"] for cue in cues] == [pytest.approx(each.start / edition.rate, abs=6e-4) for each in wanted]
    assert [cue["end"] for cue in cues] == [pytest.approx(each.end / edition.rate, abs=6e-4) for each in wanted]


def test_speakers(edition: Edition, tmp_path: Path) -> None:
    """WebVTT names the speaker of each caption; SubRip at each change."""
    web = vtt.write(edition, tmp_path).read_text()
    assert "<v Ann Lee>“The bridge will open in May,”</v>" in web
    assert web.startswith("WEBVTT\n\nNOTE Read aloud by synthetic voices")
    sub = srt.write(edition, tmp_path).read_text()
    assert sub.count("Ann Lee: ") == 2 and sub.count("Narrator: ") == 3
    assert "\n\n3\n00:00:02,480 --> 00:00:04,380\nAnn Lee: “The bridge will open in May,”\n\n" in sub


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    """No text of an article opens a tag, ends a cue or begins one; a player shows it as it stands."""
    article = editions.article(editions.HOSTILE)
    edition = editions.edition(tmp_path, editions.script(article, "<b>&Eve>\n\n-->"))
    path = vtt.write(edition, tmp_path)
    body = path.read_text().split("\n", 1)[1]
    assert body.count("-->") == len(list(by_line(edition)))
    assert not re.search(r"<(?!v |/v>)", body)
    cue = parsed(path, "vtt")[0]
    shown = re.sub(r"<[^>]*>", "", str(cue["text"])).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain(shown) == plain(editions.HOSTILE)
    sub = srt.write(edition, tmp_path).read_text()
    assert "<" not in sub and sub.count("-->") == sub.count("\n\n")


def test_lines_without_word_times(tmp_path: Path) -> None:
    """A line of an engine that gives no word times is one caption, however long."""
    made = editions.edition(tmp_path)
    made = replace(made, cues=tuple(replace(cue, words=()) for cue in made.cues))
    assert len(list(by_line(made))) == len(list(by_word(made))) == len(made.cues)
    assert all(isinstance(caption, Caption) for caption in by_word(made))
