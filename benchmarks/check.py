"""How reliably `narrate check` hears a fault: lines lost, said twice and said wrong on purpose.

    python benchmarks/check.py [ENGINE]

A programme of eight lines is spoken, then once for each fault and line with that line cut out,
doubled, or replaced by another text. A fault counts as found when it is named with its line, and
as a false alarm when anything else is.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

from narrate import plugins
from narrate.checking import complaints, hearing, listening, words
from narrate.model import Article, Block, Line, Script, Section, Speaker, Utterance

LINES = (
    "The city council voted on Thursday evening to close two of its nine public libraries before the end of the year.",
    "Members of the opposition called the decision a mistake and said that the money could have been found elsewhere.",
    "A spokeswoman for the mayor answered that nobody had wanted this, but that the roof of the older building leaks.",
    "More than 4,000 people have signed a letter asking for another vote, which may happen on 9 March.",
    "The second building is to become a school for about three hundred children, the first of its kind in the valley.",
    "Whether the books can stay together is an open question, since the museum has no room for all of them.",
    "“We will carry them there by hand if we must,” said one of the readers, who has come here since 1974.",
    "Engineers had warned the owners of the dam twice in the months before, according to letters seen by this paper.",
)
OTHER = "Bees find their way home by the sun and by the shape of the hills that they have learned."
EXPECTED = {"cut out": "lost", "doubled": "repeated", "replaced": "wrong"}
TRIED = (1, 3, 5, 6)
"""Lines on which each fault is tried."""


def main() -> None:
    """Speak, spoil, listen, count."""
    engine = plugins.load("engines", sys.argv[1] if len(sys.argv) > 1 else "system").Engine()
    language = plugins.load("languages", "en").LANGUAGE
    voice = engine.voices()[0]

    def clip(text: str) -> np.ndarray:
        return np.asarray(engine.speak(Utterance(language.spoken(text, "en-US", ())), voice).samples)

    clips, other = [clip(text) for text in LINES], clip(OTHER)
    pause = np.zeros(engine.rate // 2, np.float32)
    meant = words.expected(script(), language)

    def heard(parts: list[np.ndarray]) -> words.Alignment:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "said.wav")
            soundfile.write(path, np.concatenate([part for one in parts for part in (one, pause)]), engine.rate)
            return hearing.hear(path, meant, language, "en-US")

    began = time.perf_counter()
    whole = heard(clips)
    seconds = sum(map(len, clips)) / engine.rate
    print(
        f"{voice.id}, {listening.name()}: word error rate {whole.error_rate:.1%}, "
        f"false alarms {len(list(complaints.faults(whole)))}, {(time.perf_counter() - began) / seconds:.2f} s a second"
    )
    for name, kind in EXPECTED.items():
        found = alarms = 0
        for line in TRIED:
            spoiled = {"cut out": [], "doubled": [clips[line]] * 2, "replaced": [other]}[name]
            faults = list(complaints.faults(heard([*clips[:line], *spoiled, *clips[line + 1 :]])))
            right = [fault for fault in faults if fault.line == line]
            found += bool(right)
            alarms += len(faults) - len(right)
            print(f"  {name} {line}: {[(fault.kind, fault.line) for fault in faults]}", flush=True)
        print(f"{name}: found {found} of {len(TRIED)} (as {kind!r} or otherwise), {alarms} false alarms", flush=True)


def script() -> Script:
    """Make the script of the lines."""
    blocks, at = [], 0
    for text in LINES:
        blocks.append(Block("paragraph", text, at))
        at += len(text) + 1
    lines = tuple(Line(number, block.start, block.text) for number, block in enumerate(blocks))
    article = Article("Libraries", "", "", "en", "benchmark", tuple(blocks))
    return Script(article, (Speaker("narrator", "Narrator"),), (Section("Libraries", lines),))


if __name__ == "__main__":
    main()
