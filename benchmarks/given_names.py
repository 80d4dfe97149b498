"""Derive the table of given names from nomquamgender (MIT): python benchmarks/given_names.py -o FILE.

pip install nomquamgender first. A name goes in when sources agree on it and it is not rare.
"""

from __future__ import annotations

import argparse
import json
from importlib import resources
from pathlib import Path

SURE = 0.9
"""Share of the name's bearers that must be of one gender."""
SOURCES, BEARERS = 7, 1000
"""A name is in the table if so many sources know it, or so many people bear it."""


def main() -> None:
    """Write three lines of names: male, female and either."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True)
    data = json.loads(resources.files("nomquamgender").joinpath("name_data.json").read_text("utf8"))
    lists: dict[str, list[str]] = {"male": [], "female": [], "either": []}
    for name, (sources, bearers, female, *_) in data.items():
        known = sources >= SOURCES or bearers >= BEARERS
        if known and name.isascii() and name.isalpha() and len(name) > 1:
            sure = max(female, 1 - female) >= SURE
            lists[("female" if female > 0.5 else "male") if sure else "either"].append(name)
    text = "".join(f"{gender} {' '.join(sorted(names))}\n" for gender, names in lists.items())
    parser.parse_args().output.write_text(text, "utf8")


if __name__ == "__main__":
    main()
