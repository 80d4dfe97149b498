"""Lines to utterances to clips: what is said, in what context, at what pace, and from the cache."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from narrate import speaking
from narrate.clips import ClipCache
from narrate.engines.tone import Engine
from narrate.errors import EngineError
from narrate.executors import inline
from narrate.languages.en import LANGUAGE
from narrate.model import Article, Block, BlockKind, Clip, Line, Script, Section, Speaker, Token, Utterance, Voice
from narrate.pronunciation import Lexicon

VOICE = Engine().voices()[0]
OTHER = Engine().voices()[1]
ROLES = {"narrator": VOICE, "hart": OTHER}


def _script(*blocks: tuple[BlockKind, tuple[str, ...]]) -> Script:
    """Make a script whose lines in quotation marks are Mr Hart's."""
    made, lines, at = [], [], 0
    for index, (kind, texts) in enumerate(blocks):
        made.append(Block(kind, "".join(texts), at))
        for text in texts:
            lines.append(Line(index, at, text, "hart" if "“" in text else "narrator"))
            at += len(text)
        at += 2
    article = Article("A bridge", "Ann Lee", "", "en", "", tuple(made))
    people = (Speaker("narrator", "Narrator"), Speaker("hart", "Mr Hart"))
    return Script(article, people, (Section("A bridge", tuple(lines)),))


SCRIPT = _script(
    ("title", ("A bridge opens",)),
    ("byline", ("Ann Lee",)),
    ("date", ("18 August 2024",)),
    ("paragraph", ("He said, ", "“It is open, ", "and it cost $5m.” ", "She left.")),
)


def _said(script: Script, disclose: bool = False) -> list[Utterance]:
    tags: list[list[tuple[int, int, str]]] = [[] for _ in script.article.blocks]
    return speaking.utterances(script, ROLES, LANGUAGE, tags, Lexicon(), disclose=disclose)


def _jobs(folder: Path, script: Script = SCRIPT, fresh: bool = False) -> list[speaking.Job]:
    return speaking.jobs(_said(script), script, ROLES, str(folder), fresh=fresh)


def test_the_head_is_announced() -> None:
    """Title, byline and date are sentences; a byline that is only a name gets its "By"; the disclosure comes last."""
    texts = [utterance.text for utterance in _said(SCRIPT, disclose=True)[:3]]
    assert texts[0] == "A bridge opens."
    assert texts[1] == "By Ann Lee."
    assert texts[2].endswith(". Read by synthetic voices.") and "twenty twenty-four" in texts[2]
    written = _script(("byline", ("By Ann Lee, in Port Ellen",)), ("paragraph", ("It rained.",)))
    assert _said(written)[0].text.count("By") == 1


def test_lines_of_one_sentence_know_each_other() -> None:
    """A quotation after a comma hears what leads to it; across a full stop there is no context."""
    said = _said(SCRIPT)
    assert said[3].after == said[4].text and said[4].before == said[3].text
    assert said[5].after == "" and said[6].before == ""
    assert said[2].after == "" and said[3].before == ""


def test_spoken_lines_come_from_the_cache(tmp_path: Path) -> None:
    """The second run speaks nothing; a fresh one speaks all."""
    told: list[speaking.Spoken] = []

    def run(fresh: bool) -> list[bool]:
        told.clear()
        speaking.speak(_jobs(tmp_path, fresh=fresh), inline, 1, lambda index, spoken: told.append(spoken))
        return [spoken.cached for spoken in told]

    assert run(False) == [False] * 7
    assert run(False) == [True] * 7
    assert run(True) == [False] * 7


def test_the_key_holds_all_that_decides_the_sound(tmp_path: Path) -> None:
    """Another voice, text, pace, context or engine is another clip; the same is the same."""
    base = Utterance((Token(0, "It", "It"), Token(3, "rained.", "rained.")))
    script = _script(("paragraph", ("It rained.",)))

    def key(utterance: Utterance = base, voice: Voice = VOICE, speed: float = 1.0) -> str:
        return speaking.jobs([utterance], script, {"narrator": voice}, str(tmp_path), speed=speed)[0].key

    keys = {
        key(),
        key(voice=OTHER),
        key(speed=1.2),
        key(Utterance(base.tokens, before="He said")),
        key(Utterance(base.tokens, after="and")),
        key(Utterance((Token(0, "It", "It", phonemes="ɪt"), base.tokens[1]))),
    }
    assert len(keys) == 6 and key() in keys


def test_a_lost_clip_is_spoken_again(tmp_path: Path) -> None:
    """Clips are read when they are mixed; one that has gone by then is made anew."""
    jobs = _jobs(tmp_path)
    clips = speaking.speak(jobs, inline, 1, lambda index, spoken: None)
    before = clips[3]
    for path in tmp_path.rglob("*.clip"):
        path.unlink()
    assert np.array_equal(clips[3].samples, before.samples)
    assert len(clips[1:3]) == 2


def test_nothing_to_say_is_silence_of_no_length() -> None:
    """A line of marks alone does not trouble the engine."""
    clip = speaking.say(Utterance((Token(0, "—", "—"), Token(2, "”", ""))), VOICE, 1.0)
    assert clip.samples.size == 0 and len(clip.times) == 2


def test_an_engine_that_gives_silence_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence for words is an error that names the voice, not a gap in the programme."""
    silent = Clip(np.zeros(100, np.float32), 24_000, ((0, 100),))
    monkeypatch.setattr(Engine, "speak", lambda *arguments: silent)
    with pytest.raises(EngineError, match=VOICE.id):
        speaking.say(Utterance((Token(0, "Hello", "Hello"),)), VOICE, 1.0)


def test_a_worker_of_another_version_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job from a machine with another model is refused by name."""
    (job, *_) = _jobs(tmp_path)
    monkeypatch.setattr(Engine, "fingerprint", lambda self: "another model")
    answer = speaking.attempt(job)
    assert isinstance(answer, EngineError) and "worker" in str(answer) and "another model" in str(answer)


def test_the_pace_of_voices_is_evened_within_bounds() -> None:
    """A slow voice is quickened, a quick one slowed, neither by more than sounds well; the wish of the user counts."""
    slow, quick = Voice("x", "a", "en-US", pace=1.8), Voice("x", "b", "en-US", pace=3.4)
    assert 1 < speaking.evened(slow, 1.0) <= speaking.QUICKEST
    assert speaking.SLOWEST <= speaking.evened(quick, 1.0) < 1
    assert speaking.evened(slow, 2.0) == pytest.approx(2 * speaking.evened(slow, 1.0))
    assert speaking.evened(Voice("x", "c", "en-US"), 1.3) == 1.3


def test_a_job_carries_no_model(tmp_path: Path) -> None:
    """What is sent to a worker is small: text, voice and options."""
    import pickle

    assert all(len(pickle.dumps(job)) < 5_000 for job in _jobs(tmp_path))


def test_a_line_spoken_again_is_another_clip(tmp_path: Path) -> None:
    """What was not understood is said a little slower, under a key of its own."""
    job = _jobs(tmp_path)[0]
    again = speaking.slower(job)
    assert again.speed < job.speed and again.key != job.key
    assert ClipCache.key("a") != again.key
