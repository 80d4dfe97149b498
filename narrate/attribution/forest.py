"""A forest of small decision trees over named features: what a linear sum of weights cannot say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import exp
from typing import Any

Tree = float | list[Any]
"""A leaf's log-odds, or [feature, tree without it, tree with it]."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees whose log-odds add up."""

    base: float
    trees: tuple[Tree, ...]

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> Forest:
        """Take a forest from what JSON holds: {"base": …, "names": […], "trees": […]}, features by number."""
        return cls(stored["base"], tuple(_named(tree, stored["names"]) for tree in stored["trees"]))

    def chance(self, features: Collection[str]) -> float:
        """Return the probability that the trees give to what has these features."""
        have = frozenset(features)
        odds = self.base + sum(_leaf(tree, have) for tree in self.trees)
        return 1 / (1 + exp(-odds))


def _named(tree: Tree, names: list[str]) -> Tree:
    if not isinstance(tree, list):
        return tree
    return [names[tree[0]], _named(tree[1], names), _named(tree[2], names)]


def _leaf(tree: Tree, have: frozenset[str]) -> float:
    while isinstance(tree, list):
        tree = tree[2] if tree[0] in have else tree[1]
    return tree
