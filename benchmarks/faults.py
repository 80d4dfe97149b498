"""Real runs of `narrate make`, killed or interrupted at points spread over them, and what resuming makes of it.

python benchmarks/faults.py -n 50                   SIGKILL at fifty points
python benchmarks/faults.py -n 20 --signal INT      Ctrl-C
python benchmarks/faults.py --damage 20             a bit flipped in twenty clips of the cache, then the disk full
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from faults import Bench, length_of

FORMATS = "mp3,script,vtt,chapters,cover,picture,page,edition"

ROUNDS = 4
"""Twelve paragraphs each: reading, speaking, mixing and writing then take about as long."""

LIMITS = (4, 32, 128, 512, 2048)
"""Sizes of a file, KiB, at which the disk is full."""


def interrupted(root: Path, make: tuple[str, ...], count: int, number: int) -> None:
    """Send a signal at `count` points of a run each, resume, compare, and print what became of them."""
    reference = Bench(root / "reference")
    reference.prepare(ROUNDS)
    length = length_of(reference, make)
    wanted, clips = reference.made(), len(reference.clips())
    phases: Counter[str] = Counter()
    codes: Counter[int] = Counter()
    same = half = left = lines = 0
    resumed: list[float] = []
    for point in range(count):
        bench = Bench(root / f"{point}")
        bench.prepare(ROUNDS)
        end = bench.ended_after(length * (point + 0.5) / count, number, *make)
        phases[bench.phase(clips) if end.running else "had ended"] += 1
        codes[end.code] += 1
        lines += end.running and len(end.errors.splitlines()) > 1
        half += any(wanted.get(name) != data for name, data in bench.made().items())
        began = time.monotonic()
        bench.run(*make)
        resumed.append((time.monotonic() - began) / length)
        same += bench.made() == wanted
        left += bool(bench.leftovers())
        shutil.rmtree(bench.folder)
    print(f"undisturbed {length:.1f} s; ended while", ", ".join(f"{phase} {n}" for phase, n in phases.items()))
    print("exit codes", ", ".join(f"{code} × {n}" for code, n in codes.items()), f"; more than one line said: {lines}")
    print(f"half files under a final name {half}; same bytes after resuming {same} of {count}; leftovers {left}")
    print(f"resuming took {sorted(resumed)[len(resumed) // 2]:.2f} of a whole run")


def damaged(root: Path, make: tuple[str, ...], count: int) -> None:
    """Flip a bit in each of `count` clips and make the edition again; then make it where files may not grow."""
    bench = Bench(root / "damaged")
    bench.prepare(ROUNDS)
    length_of(bench, make)
    wanted = bench.made()
    chance = random.Random(0)
    for path in chance.sample(bench.clips(), count):
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    shutil.rmtree(bench.folder / "out")
    code, _ = bench.run(*make)
    print(f"{count} clips damaged: exit code {code}, same bytes: {bench.made() == wanted}")
    for limit in LIMITS:
        bench = Bench(root / f"full-{limit}")
        bench.prepare(ROUNDS)
        code, errors = bench.run(*make, limit=limit * 1024)
        whole = all(wanted.get(name) == data for name, data in bench.made().items())
        again, _ = bench.run(*make)
        print(f"files of at most {limit} KiB: exit code {code}, {errors.strip()!r}, no half file: {whole}")
        print(f"  with room again: exit code {again}, same bytes: {bench.made() == wanted}, left {bench.leftovers()}")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=0, help="points of the run at which it gets the signal")
    parser.add_argument("--signal", default="KILL", choices=("KILL", "INT", "TERM"))
    parser.add_argument("--damage", type=int, default=0, help="clips to damage")
    parser.add_argument("--engine", default="tone")
    parser.add_argument("--executor", default="inline")
    options = parser.parse_args()
    make = ("--engine", options.engine, "--executor", options.executor, "--format", FORMATS)
    with tempfile.TemporaryDirectory() as root:
        if options.n:
            interrupted(Path(root), make, options.n, signal.Signals[f"SIG{options.signal}"])
        if options.damage:
            damaged(Path(root), make, options.damage)


if __name__ == "__main__":
    main()
