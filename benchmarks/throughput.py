"""Articles and hours of sound an hour, what is not the engine, what a change costs, and the memory of the mix.

python benchmarks/throughput.py --engine tone --engine system --articles 8
python benchmarks/throughput.py --memory 10 60 600
python benchmarks/throughput.py --cluster 1000
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took."""

    articles: int
    hours: float
    """Hours of sound."""
    wall: float
    cpu: float
    """Seconds."""

    def __str__(self) -> str:
        """A row of the table."""
        return (
            f"{self.articles / self.wall * 3600:.0f} articles/h | {self.hours / self.wall * 3600:.1f} h of sound/h | "
            f"{self.cpu / self.hours / 3600:.3f} CPU s per s of sound"
        )


def run(sources: Sequence[Path], folder: Path, engine: str, workers: int, *more: str) -> Run:
    """Make editions with a cache of their own in `folder`, and time the process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    command = [sys.executable, "-m", "narrate", "make", *map(str, sources), "-o", str(folder / "out"), "--json"]
    subprocess.run(
        [*command, "--engine", engine, "--workers", str(workers), *more],
        env={**os.environ, "NARRATE_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(len(sources), hours(folder), wall, cpu)


def hours(folder: Path) -> float:
    """Return the hours of sound of the editions in a folder."""
    import json

    facts = [json.loads(path.read_text()) for path in (folder / "out").glob("*/edition.json")]
    return float(sum(fact["duration"] for fact in facts)) / 3600


SPEAK = """
import sys, time
from pathlib import Path
from narrate import pipeline, speaking
from narrate.options import Options
if __name__ == "__main__":
    folder, engine, workers, *sources = sys.argv[1:]
    options = Options(engine=engine, cache=folder)
    jobs = [job for source in sources
            for job in pipeline.prepare(pipeline.read_script(source, options), Path(folder), options).jobs]
    speaking.fulfil(jobs[0])
    began = time.monotonic()
    speaking.speak(jobs, pipeline.executor_of("processes"), int(workers), lambda index, line: None)
    print(time.monotonic() - began)
"""


def spoken(sources: Sequence[Path], folder: Path, engine: str, workers: int) -> float:
    """Return the seconds of wall time that only speaking takes, with workers that start and load the model."""
    (folder / "speak.py").write_text(SPEAK)
    command = [sys.executable, str(folder / "speak.py"), str(folder / "spoken"), engine, str(workers)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run([*command, *map(str, sources)], env=environment, capture_output=True, text=True, check=True)
    return float(told.stdout)


def throughput(engine: str, sources: Sequence[Path]) -> None:
    """Print a row for one worker and for two, what of it is not the engine, and what a changed paragraph costs."""
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            whole = run(sources, folder, engine, workers)
            alone = spoken(sources, folder, engine, workers)
            shutil.rmtree(folder / "out")
            again = run(sources, folder, engine, workers)
            print(
                f"| {engine}, {workers} | {whole} | {1 - alone / whole.wall:.0%} of the wall time | "
                f"{again.cpu / whole.cpu:.0%} of the processor time, {again.cpu / again.hours / 3600:.4f} s per s |",
                flush=True,
            )
    with tempfile.TemporaryDirectory() as name:
        change(engine, max(sources, key=lambda source: source.stat().st_size), Path(name))


def change(engine: str, source: Path, folder: Path) -> None:
    """Print what it costs to make an edition again: as it is, and with one paragraph changed."""
    paragraphs = source.read_text(encoding="utf-8").split("\n\n")
    article = folder / "long.md"
    article.write_text("\n\n".join(paragraphs), encoding="utf-8")
    whole, unchanged = run([article], folder, engine, 1), run([article], folder, engine, 1)
    middle = len(paragraphs) // 2
    paragraphs[middle] += " Nobody had said so before."
    article.write_text("\n\n".join(paragraphs), encoding="utf-8")
    changed = run([article], folder, engine, 1)
    share = len(paragraphs[middle].split()) / sum(len(text.split()) for text in paragraphs)
    print(f"  {whole.hours * 60:.1f} minutes of sound: {whole.wall:.1f} s, {whole.cpu:.1f} processor s; unchanged "
          f"{unchanged.wall / whole.wall:.0%}, {unchanged.cpu:.1f} processor s; one paragraph of {share:.0%} changed "
          f"{changed.wall / whole.wall:.0%}, {changed.cpu:.1f} processor s", flush=True)  # fmt: skip


def cluster(tasks: int, threads: int) -> None:
    """Print how many tasks a second go through our executor to a Dask cluster of two processes here and back."""
    from distributed import LocalCluster
    from stand_in import jobs, nothing

    from narrate import speaking
    from narrate.executors import dask

    with LocalCluster(n_workers=2, threads_per_worker=threads, dashboard_address=None) as local:
        executor = dask.at(local.scheduler_address.removeprefix("tcp://"))
        list(executor.run(nothing, range(200), 0))
        with tempfile.TemporaryDirectory() as cache:
            for what, work, queue in (
                ("tasks that do nothing", nothing, range(tasks)),
                ("lines of the tone engine, kept", speaking.fulfil, jobs(tasks, cache)),
                ("the same lines, found", speaking.fulfil, jobs(tasks, cache)),
            ):
                wall, cpu = time.monotonic(), time.process_time()
                done = sum(1 for _ in executor.run(work, queue, 0))
                wall, cpu = time.monotonic() - wall, time.process_time() - cpu
                print(
                    f"| {2 * threads} | {what} | {done / wall:.0f} a second | {cpu / done * 1000:.2f} ms of the asker |"
                )


MEMORY = """
import resource, sys, time
from pathlib import Path
import numpy as np
from narrate import mixing
from narrate.model import *
minutes, folder = float(sys.argv[1]), Path(sys.argv[2])
sound = (np.random.default_rng(0).standard_normal(24000 * 6) * 0.1).astype(np.float32)
clip = Clip(sound, 24000, ((0, sound.size),))
count = round(minutes * 60 / 6.38)
class Clips(list):
    def __len__(self): return count
    def __iter__(self): return (Clip(clip.samples.copy(), 24000, clip.times) for _ in range(count))
text = "The ferry sailed. "
article = Article("Long", "", "", "en", "", (Block("paragraph", text * count, 0),))
lines = tuple(Line(0, i * len(text), text) for i in range(count))
script = Script(article, (Speaker("narrator", "Narrator"),), (Section("Long", lines),))
said = [Utterance((Token(0, "The", "The"),))] * count
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.monotonic()
edition = mixing.mix(script, {"narrator": Voice("tone", "a", "en-US")}, said, Clips(), folder / "m.wav")
took = time.monotonic() - began
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"| {minutes:g} | {after / 1024:.0f} MB at most, {(after - before) / 1024:.0f} MB more than before | "
      f"{edition.samples / 24000 / took:.0f} times real time |")
"""


def memory(minutes: Sequence[float]) -> None:
    """Print the peak memory of joining programmes of these lengths."""
    for length in minutes:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, "-c", MEMORY, str(length), folder], cwd=ROOT, check=True)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", default=[])
    parser.add_argument("--articles", type=int, default=6)
    parser.add_argument("--memory", type=float, nargs="*", default=[], metavar="MINUTES")
    parser.add_argument("--cluster", type=int, default=0, metavar="TASKS")
    options = parser.parse_args()
    sources = sorted((ROOT / "seeds").glob("0*.md"))[: options.articles]
    for engine in options.engine:
        throughput(engine, sources)
    memory(options.memory)
    if options.cluster:
        cluster(options.cluster, 1)
        cluster(options.cluster, 50)


if __name__ == "__main__":
    main()
