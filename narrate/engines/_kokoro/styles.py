"""The voices: their table, their style vectors, and blends of them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
import numpy.typing as npt

from narrate.errors import EngineError
from narrate.model import Voice

FOLDER = "voices/kokoro"
"""In the package: `voices.toml` and a style file for each voice that is no blend."""


def folder() -> Traversable:
    """Return where the voices lie."""
    return files("narrate").joinpath(FOLDER)


@cache
def table() -> dict[str, dict[str, object]]:
    """Read `voices.toml`: voice name → what was measured, and `blend` where it is one."""
    with folder().joinpath("voices.toml").open("rb") as file:
        voices: dict[str, dict[str, object]] = tomllib.load(file)
    return voices


@cache
def voices() -> tuple[Voice, ...]:
    """List the voices, best first as the table has them."""
    known = Voice.__dataclass_fields__.keys() - {"engine", "name", "timbre"}
    return tuple(
        Voice(
            "kokoro",
            name,
            timbre=tuple(entry.get("timbre", ())),  # type: ignore[arg-type]
            **{key: value for key, value in entry.items() if key in known},  # type: ignore[arg-type]
        )
        for name, entry in table().items()
    )


@cache
def styles(name: str) -> npt.NDArray[np.float32]:
    """Return a voice's style vectors, float32 [510, 256]; row n - 1 is for n symbols. Raises EngineError."""
    if name not in table():
        raise EngineError(f"the kokoro engine has no voice {name!r}; `narrate voices --engine kokoro` lists them")
    blend = table()[name].get("blend")
    if isinstance(blend, dict):
        total = sum(blend.values())
        return np.asarray(sum(share / total * published(part) for part, share in blend.items()), np.float32)
    return published(name)


def published(name: str) -> npt.NDArray[np.float32]:
    """Return the style vectors of a voice that is no blend."""
    with folder().joinpath(f"{name}.npy").open("rb") as file:
        return np.asarray(np.load(file), np.float32)
