"""Make `narrate/voices/kokoro/*.npy` from the npm package kokoro-js: the English styles as float16.

    npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz
    python scripts/kokoro_styles.py package/voices narrate/voices/kokoro
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ENGLISH = ("af", "am", "bf", "bm")
"""American and British, female and male, as the style files' names begin."""

STYLE = 256
"""Numbers in one style vector; row n - 1 is the style for n phonemes."""


def convert(source: Path, target: Path) -> int:
    """Write each English style file of `source` as `target/<voice>.npy`, float16 [510, 256]; return how many."""
    files = sorted(path for path in source.glob("*.bin") if path.name[:2] in ENGLISH)
    for path in files:
        styles = np.fromfile(path, dtype="<f4").reshape(-1, STYLE)
        np.save(target / f"{path.stem}.npy", styles.astype(np.float16))
    return len(files)


if __name__ == "__main__":
    print(convert(Path(sys.argv[1]), Path(sys.argv[2])), "voices")
