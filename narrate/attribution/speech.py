"""Is it speech? What tells it from titles, nicknames, terms, signs and scare quotes."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from narrate.attribution.forest import Forest
from narrate.attribution.frames import Frame
from narrate.attribution.governing import governing
from narrate.attribution.surroundings import surroundings
from narrate.attribution.wording import wording
from narrate.languages import Quoting


def said(frame: Frame, quoting: Quoting) -> float:
    """Return the probability that somebody said what stands between two marks."""
    return judge().chance(features(frame, quoting))


def features(frame: Frame, quoting: Quoting) -> list[str]:
    """Name what a quotation looks like, where it stands, and what it hangs from."""
    return wording(frame, quoting) + surroundings(frame, quoting) + governing(frame, quoting)


@cache
def judge() -> Forest:
    """Load the judge of speech that ships with the package."""
    return Forest.load(json.loads(resources.files("narrate.attribution").joinpath("speech.json").read_text("utf8")))
