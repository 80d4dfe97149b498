"""Measure the speed of the kokoro engine beside kokoro-onnx as published, in turns, on the sample article.

    pip install -e '.[bench]' && npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz
    python benchmarks/speed.py package/voices > figures.md
    python benchmarks/speed.py package/voices --make >> figures.md

Each contestant is a process of its own that says the same sentences, one contestant after the
other, round by round; a figure is the median over the rounds of its ratio to the first
contestant of the same round. Processor seconds count what a contestant used, also where other
programs held it up.

With `--make`, the whole of `narrate make` (two workers, no clip cached) is timed in turns with a
program that says the lines of the same script by kokoro-onnx and does nothing else, each with all
it has to load; `--article FILE` takes another article than the sample.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

ROUNDS = 3
"""Times that every contestant speaks."""

SENTENCES = 3
"""Of the sample article, in every round."""

VOICE = "af_heart"

ARTICLE = Path(__file__).parent.parent / "seeds"

CONTESTANTS: dict[str, dict[str, str]] = {
    "kokoro-onnx as published (int8)": {"PUBLISHED": "1"},
    "ours, 1 thread": {},
    "ours, OpenVINO bfloat16 alone, 1 thread": {"NARRATE_KOKORO_KERNEL": "0"},
    "ours, OpenVINO float32 alone, 1 thread": {"NARRATE_KOKORO_PRECISION": "f32"},
    "ours, ONNX Runtime float32, 1 thread": {"NARRATE_KOKORO_RUNTIME": "onnxruntime"},
    "ours, 2 workers of 1 thread": {"workers": "2"},
}
"""Name → environment, or how the contestant is run."""


def sentences() -> list[str]:
    """Return sentences of the sample article, neither very short nor very long."""
    text = " ".join(sample().read_text(encoding="utf-8").split())
    found = re.findall(r"[A-Z“][^.!?]+[.!?]”?", text)
    return [one for one in found if 60 < len(one) < 160][:SENTENCES]


def sample() -> Path:
    """Return the article to be spoken."""
    return next(iter(sorted(ARTICLE.glob("*.txt"))))


def used() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def published(styles: Path, said: list[str]) -> Iterator[float]:
    """Say the sentences by kokoro-onnx; yield seconds of sound for each round."""
    from kokoro_onnx import Kokoro

    from narrate.engines._kokoro import weights

    with TemporaryDirectory() as folder:
        model, voices = Path(folder) / "model.onnx", Path(folder) / "voices.npz"
        model.write_bytes(weights.read())
        np.savez(voices, **{VOICE: np.fromfile(styles / f"{VOICE}.bin", np.float32).reshape(-1, 1, 256)})
        engine = Kokoro(str(model), str(voices))
    while True:
        clips = [engine.create(sentence, voice=VOICE) for sentence in said]
        yield sum(len(samples) / rate for samples, rate in clips)


def ours() -> Iterator[float]:
    """Say the sentences by the kokoro engine; yield seconds of sound for each round."""
    from narrate.engines.kokoro import Engine
    from narrate.model import Token, Utterance

    engine = Engine()
    voice = next(one for one in engine.voices() if one.name == VOICE)
    while True:
        said = (Utterance(tuple(Token(0, word, word) for word in sentence.split())) for sentence in sentences())
        clips = [engine.speak(utterance, voice) for utterance in said]
        yield sum(len(clip.samples) / clip.rate for clip in clips)


def child(styles: str) -> None:
    """Speak a round for each line of standard input, after one round to warm up."""
    rounds = published(Path(styles), sentences()) if os.environ.get("PUBLISHED") else ours()
    next(rounds)
    print(json.dumps({}), flush=True)
    for _ in sys.stdin:
        wall, busy = time.perf_counter(), used()
        seconds = next(rounds)
        figures = {"seconds": seconds, "wall": time.perf_counter() - wall, "busy": used() - busy}
        print(json.dumps({**figures, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)


def start(settings: dict[str, str], styles: str) -> list[subprocess.Popen[str]]:
    """Start the process or processes of a contestant and wait until they are warm."""
    command = [sys.executable, __file__, styles, "--child"]
    crew = [
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **settings}
        )
        for _ in range(int(settings.get("workers", 1)))
    ]
    for process in crew:
        assert process.stdout is not None
        process.stdout.readline()
    return crew


def turn(crew: list[subprocess.Popen[str]]) -> dict[str, float]:
    """Let a contestant speak a round; its processes work side by side."""
    for process in crew:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [json.loads(process.stdout.readline()) for process in crew if process.stdout is not None]
    total = {key: sum(answer[key] for answer in answers) for key in ("seconds", "busy", "memory")}
    return {**total, "wall": max(answer["wall"] for answer in answers)}


def peak() -> float:
    """Return the best float32 matrix product of one thread, in 10⁹ operations a second."""
    program = (
        "import numpy, time\na = numpy.ones((1024, 1024), 'f4')\nbest = 9.0\n"
        "for _ in range(20):\n    t = time.process_time(); a @ a; best = min(best, time.process_time() - t)\n"
        "print(2 * 1024**3 / best / 1e9)"
    )
    limits = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return float(subprocess.check_output([sys.executable, "-c", program], env={**os.environ, **limits}, text=True))


def timed(command: list[str]) -> tuple[str, float, float]:
    """Run a program; return what it printed, its wall clock and its processor seconds."""
    wall, busy = time.perf_counter(), used()
    printed = subprocess.check_output(command, text=True, stderr=subprocess.DEVNULL)
    return printed, time.perf_counter() - wall, used() - busy


def whole(styles: str, article: str) -> None:
    """Print how long the whole of `narrate make` takes beside kokoro-onnx on the lines of the same script."""
    narrate = [sys.executable, "-m", "narrate"]
    script = json.loads(timed([*narrate, "script", article, "--format", "json"])[0])
    lines = [line["text"] for chapter in script["chapters"] for line in chapter["lines"]]
    print("\n| | seconds of sound | wall clock s | × real time | processor s per s of sound | speed to the first |")
    print("| --- | --- | --- | --- | --- | --- |")
    with TemporaryDirectory() as folder:
        said = Path(folder) / "lines.json"
        said.write_text(json.dumps([line for line in lines if any(map(str.isalnum, line))]))
        ours = [*narrate, "make", article, "-o", folder, "--engine", "kokoro", "--workers", "2", "--fresh", "--json"]
        for _ in range(ROUNDS):
            printed, *theirs = timed([sys.executable, __file__, styles, "--lines", str(said)])
            first = row("kokoro-onnx as published (int8), both cores, the lines only", float(printed), *theirs)
            printed, *those = timed(ours)
            row("`narrate make`, 2 workers", json.loads(printed)[0]["seconds"], *those, first)


def row(name: str, seconds: float, wall: float, busy: float, first: float | None = None) -> float:
    """Print a line of the table of `whole`; return the speed."""
    speed = seconds / wall
    figures = (f"{seconds:.0f}", f"{wall:.1f}", f"{speed:.2f}", f"{busy / seconds:.3f}")
    print("|", " | ".join((name, *figures, f"{speed / (first or speed):.2f}")), "|", flush=True)
    return speed


def main(styles: str) -> None:
    """Print the table."""
    crews = {name: start(settings, styles) for name, settings in CONTESTANTS.items()}
    rounds = [{name: turn(crew) for name, crew in crews.items()} for _ in range(ROUNDS)]
    for crew in crews.values():
        for process in crew:
            process.kill()
    first = next(iter(CONTESTANTS))
    print("| | × real time | processor s per s of sound | memory MB | speed to the first | processor to the first |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in CONTESTANTS:
        speed = [one[name]["seconds"] / one[name]["wall"] for one in rounds]
        busy = [one[name]["busy"] / one[name]["seconds"] for one in rounds]
        quicker = [a / (one[first]["seconds"] / one[first]["wall"]) for a, one in zip(speed, rounds, strict=True)]
        cheaper = [one[first]["busy"] / one[first]["seconds"] / b for b, one in zip(busy, rounds, strict=True)]
        memory = max(one[name]["memory"] for one in rounds)
        figures = (f"{median(speed):.2f}", f"{median(busy):.3f}", f"{memory:.0f}", f"{median(quicker):.2f}")
        print("|", " | ".join((name, *figures, f"{median(cheaper):.2f}")), "|", flush=True)
    print(f"\nFloat32 matrix product, one thread: {peak():.0f} GFLOP/s.")


if __name__ == "__main__":
    if "--child" in sys.argv:
        child(sys.argv[1])
    elif "--lines" in sys.argv:
        print(next(published(Path(sys.argv[1]), json.loads(Path(sys.argv[-1]).read_text()))))
    elif "--make" in sys.argv:
        whole(sys.argv[1], sys.argv[-1] if "--article" in sys.argv else str(sample()))
    else:
        main(sys.argv[1])
