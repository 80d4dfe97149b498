"""Kill real runs of `narrate make` at many points, resume, and compare bytes: `python benchmarks/faults.py -n 50`."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from faults import Bench, length_of

FORMATS = "mp3,script,vtt,chapters,cover,picture,page,edition"


def main() -> None:
    """Run the undisturbed edition once, then `-n` killed ones, and print what became of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=50, help="points of the run at which it is killed")
    parser.add_argument("--engine", default="tone")
    parser.add_argument("--executor", default="inline")
    options = parser.parse_args()
    make = ("--engine", options.engine, "--executor", options.executor, "--format", FORMATS)
    root = Path(tempfile.mkdtemp())
    reference = Bench(root / "reference")
    reference.prepare()
    length = length_of(reference, make)
    wanted = {name: data for name, data in reference.made().items() if not name.startswith(".")}
    killed = same = half = left = 0
    resumed: list[float] = []
    for point in range(options.n):
        bench = Bench(root / f"{point}")
        bench.prepare()
        killed += bench.killed_after(length * (point + 0.5) / options.n, *make)
        half += any(wanted.get(name) != data for name, data in bench.made().items() if not name.startswith("."))
        began = time.monotonic()
        bench.run(*make)
        resumed.append((time.monotonic() - began) / length)
        same += {name: data for name, data in bench.made().items() if not name.startswith(".")} == wanted
        left += bool(bench.leftovers())
        shutil.rmtree(bench.folder)
    shutil.rmtree(root)
    print(f"undisturbed {length:.1f} s; killed in mid-run {killed} of {options.n}")
    print(f"half files under a final name {half}; same bytes after resuming {same} of {options.n}")
    print(
        f"hidden leftovers after resuming {left}; resuming took {sorted(resumed)[len(resumed) // 2]:.2f} of a whole run"
    )


if __name__ == "__main__":
    main()
