"""Narrate: a written article in, a chaptered, many-voiced audio edition out.

    >>> import narrate
    >>> edition, folder = narrate.make("article.txt", "out")          # doctest: +SKIP

Names are imported when they are asked for, so that `import narrate` costs nothing.
"""

from __future__ import annotations

import importlib

_HOME = {
    "make": "pipeline",
    "read_script": "pipeline",
    "produce": "pipeline",
    "voices": "pipeline",
    "Options": "options",
    "NarrateError": "errors",
    **dict.fromkeys(
        "Article Block Chapter Clip Cue Edition Line Omission Script Speaker Token Utterance Voice Word".split(),
        "model",
    ),
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> object:
    """Import a name of the façade from its home. Raises AttributeError for any other."""
    if name not in _HOME:
        raise AttributeError(f"module 'narrate' has no attribute {name!r}")
    return getattr(importlib.import_module(f"narrate.{_HOME[name]}"), name)
