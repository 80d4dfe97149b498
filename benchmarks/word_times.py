"""Compare the word times of an engine with a forced aligner's, in its clips and in the finished MP3.

    pip install -e '.[bench]'
    python benchmarks/word_times.py ENGINE [--sentences 30] [VOICE ...]

The aligner is PocketSphinx, of another make than any engine: hidden Markov models of 2015, told
what is said. Sentences are of the seed articles, without figures and with words of its dictionary
only. All are spoken, mixed and written as an edition is; then each clip is aligned by itself, and
each cue's stretch of the decoded MP3. An error is our start of a word less the aligner's.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer
from pocketsphinx import Decoder
from seeds_gold import gold

from narrate import audio, plugins
from narrate.checking.words import normal
from narrate.engines import Engine
from narrate.mixing import mix
from narrate.model import Article, Block, Clip, Edition, Line, Script, Section, Speaker, Utterance, Voice

VOICES = {"kokoro": ("af_heart", "am_michael", "bf_emma"), "system": ("m3", "steph", "anika"), "piper": ()}
"""Who speaks unless others are named."""

RATE = 16_000
"""Hz; what the aligner hears."""

FRAME = 0.01
"""Seconds of a frame of the aligner's."""

AROUND = 0.2
"""Seconds of silence put around a clip: the aligner wants some to begin with."""

PEAK = 0.5
"""Of full scale; every clip is brought to it."""

ENGLISH = plugins.load("languages", "en").LANGUAGE

Errors = list[float]
"""Seconds."""


class Aligner:
    """Says when each of some known words begins."""

    def __init__(self) -> None:
        self._decoder = Decoder(samprate=RATE, loglevel="FATAL", lm=None)

    def knows(self, words: Sequence[str]) -> bool:
        """Tell whether all words are in the dictionary."""
        return all(self._decoder.lookup_word(word) for word in words)

    def starts(self, sound: audio.Sound, rate: int, words: Sequence[str]) -> list[float]:
        """Return when each word begins, seconds; none when they cannot be found in the sound."""
        heard = np.pad(audio.resample(sound, rate, RATE), round(AROUND * RATE))
        scaled = (heard * (32767 * PEAK / np.abs(heard).max())).astype(np.int16)
        noise = np.random.default_rng(0).integers(-3, 4, len(scaled), np.int16)  # absolute silence is no silence to it
        self._decoder.set_align_text(" ".join(words))
        self._decoder.start_utt()
        self._decoder.process_raw((scaled + noise).tobytes(), full_utt=True)
        self._decoder.end_utt()
        segments = [one for one in self._decoder.seg() or () if one.word[0] not in "<[("]
        found = [re.sub(r"\(\d+\)$", "", one.word) for one in segments]
        return [one.start_frame * FRAME - AROUND for one in segments] if found == list(words) else []


def sentences(aligner: Aligner) -> Iterator[str]:
    """Yield sentences whose words the aligner knows."""
    for document in gold("all"):
        for one in re.findall(r"[A-Z][^.!?“”\"\d()]+[.!?]", " ".join(document["text"].split())):
            if 40 < len(one) < 140 and aligner.knows(normal(one)) and not re.search(r"[A-Z]{2}|\b[A-Z][a-z]*\.", one):
                yield one


def edition(engine: Engine, texts: Sequence[str], voices: Sequence[Voice], folder: Path) -> tuple[Edition, list[Clip]]:
    """Say every sentence by every voice and make an edition of it."""
    lines, blocks, at = [], [], 0
    for voice in voices:
        for text in texts:
            blocks.append(Block("paragraph", text, at))
            lines.append(Line(len(blocks) - 1, at, text, voice.name))
            at += len(text) + 1
    article = Article("Times", "", "", "en", "benchmark", tuple(blocks))
    people = tuple(Speaker(voice.name, voice.name) for voice in voices)
    script = Script(article, people, (Section("Times", tuple(lines)),))
    roles = {voice.name: voice for voice in voices}
    said = [Utterance(ENGLISH.spoken(line.text, roles[line.speaker].language, ())) for line in lines]
    clips = [engine.speak(one, roles[line.speaker]) for one, line in zip(said, lines, strict=True)]
    made = mix(script, roles, said, clips, folder / "master.wav")
    plugins.load("outputs", "mp3").write(made, folder)
    return made, clips


def words_of(utterance: Utterance) -> tuple[list[str], list[int]]:
    """Return the words of an utterance, and which of them each token begins with; -1 for one without."""
    words: list[str] = []
    firsts = []
    for token in utterance.tokens:
        mine = normal(token.spoken)
        firsts.append(len(words) if mine else -1)
        words += mine
    return words, firsts


def errors(aligner: Aligner, sound: audio.Sound, rate: int, utterance: Utterance, ours: Sequence[float]) -> Errors:
    """Return how far each of our starts is behind the aligner's, seconds."""
    words, firsts = words_of(utterance)
    theirs = aligner.starts(sound, rate, words)
    return [at - theirs[first] for at, first in zip(ours, firsts, strict=True) if first >= 0] if theirs else []


def report(name: str, found: Errors) -> None:
    """Print a row."""
    off = np.array(found) * 1000
    figures = (off.mean(), np.median(off), np.abs(off).mean(), *np.percentile(np.abs(off), (50, 95)))
    within = np.mean(np.abs(off) <= 100)
    print(f"| {name} | {len(off)} | " + " | ".join(f"{one:.0f}" for one in figures) + f" | {within:.1%} |", flush=True)


def main(
    engine: Annotated[str, typer.Argument(help="kokoro, system or piper.")],
    voices: Annotated[list[str] | None, typer.Argument(help="Voices of it.")] = None,
    count: Annotated[int, typer.Option("--sentences")] = 30,
) -> None:
    """Print how far word starts are off."""
    aligner, speaker = Aligner(), plugins.load("engines", engine).Engine()
    catalogue = {voice.name: voice for voice in speaker.voices()}
    chosen = [catalogue[name] for name in voices or VOICES[engine] or list(catalogue)[:3]]
    texts = list(islice(sentences(aligner), count))
    print(f"{len(texts)} sentences\n")
    print("| | words | mean | median | mean of absolute | median of absolute | 95 % within | at most 100 ms |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with TemporaryDirectory() as folder:
        made, clips = edition(speaker, texts, chosen, Path(folder))
        (mp3,) = Path(folder).glob("*.mp3")
        stretches = list(audio.read(mp3))
        whole, rate = np.concatenate([stretch for stretch, _ in stretches]), stretches[0][1]
    apart: dict[str, Errors] = {voice.name: [] for voice in chosen}
    joined: Errors = []
    for line, cue, clip in zip(made.script.lines, made.cues, clips, strict=True):
        said = Utterance(ENGLISH.spoken(line.text, made.cast[line.speaker].language, ()))
        apart[line.speaker] += errors(aligner, clip.samples, clip.rate, said, [a / clip.rate for a, _ in clip.times])
        begin = cue.start / made.rate
        ours = [word.begins / made.rate - begin for word in cue.words]
        joined += errors(aligner, whole[round(begin * rate) : cue.end * rate // made.rate], rate, said, ours)
    for name, found in apart.items():
        report(f"{engine}:{name}, clips", found)
    report(f"{engine}, clips", [one for found in apart.values() for one in found])
    report(f"{engine}, decoded MP3", joined)


if __name__ == "__main__":
    sys.exit(typer.run(main))
