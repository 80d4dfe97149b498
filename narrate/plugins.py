"""Plug-ins: a plug-in is a module named after its file.

It is found in the seam's folder, then among the entry points ``narrate.<seam>`` of installed
packages. Nothing is imported before it is asked for.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from types import ModuleType

from narrate.errors import PluginError

SEAMS = ("readers", "languages", "engines", "executors", "outputs")


def names(seam: str) -> list[str]:
    """List the plug-ins of a seam, sorted."""
    folder = importlib.import_module(f"narrate.{seam}")
    inside = {module.name for module in pkgutil.iter_modules(folder.__path__) if not module.name.startswith("_")}
    return sorted(inside | set(_outside(seam)))


def load(seam: str, name: str) -> ModuleType:
    """Import a plug-in.

    Raises PluginError when there is none of that name, or when a library that it needs is
    not installed (a plug-in says which: it raises PluginError itself).
    """
    known = names(seam)
    if name not in known:
        raise PluginError(f"no {seam.removesuffix('s')} named {name!r}; there are: {', '.join(known)}")
    return _imported(seam, name, _outside(seam).get(name, f"narrate.{seam}.{name}"))


@cache  # looking through all that is installed takes 50 ms
def _outside(seam: str) -> Mapping[str, str]:
    """Return name and module of the plug-ins that other packages bring."""
    return {point.name: point.value for point in entry_points(group=f"narrate.{seam}")}


def _imported(seam: str, name: str, module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise PluginError(f"{seam.removesuffix('s')} {name!r} needs a library: pip install {error.name}") from error
