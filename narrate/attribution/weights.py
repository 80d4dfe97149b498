"""What was learnt: the weights of named features, and how they score."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from math import exp

Weights = Mapping[str, float]


@cache
def load() -> Mapping[str, Weights]:
    """Load the weights that ship with the package: name of the model → feature → weight."""
    loaded: dict[str, dict[str, float]] = json.loads(
        resources.files("narrate.attribution").joinpath("weights.json").read_text("utf8")
    )
    return loaded


def score(features: Iterable[str], weights: Weights) -> float:
    """Add the weights of features; one that was never seen weighs nothing."""
    return sum(weights.get(feature, 0.0) for feature in features)


def logistic(value: float) -> float:
    """Turn log-odds into a probability."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


def softmax(values: list[float]) -> list[float]:
    """Turn scores into probabilities that sum to one; [] for none."""
    highest = max(values, default=0.0)
    powers = [exp(value - highest) for value in values]
    total = sum(powers)
    return [power / total for power in powers]
