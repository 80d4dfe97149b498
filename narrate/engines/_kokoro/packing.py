"""Weights of the generator's residual blocks as the kernel reads them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np

from narrate.engines._kokoro import winograd
from narrate.engines._kokoro.winograd import Array

STAGES = ((10, 6), (6, 1))
"""Upsampling of each stage, and the stride at which the source joins it."""

KERNELS = 3
"""Residual blocks in each stage, of 3, 7 and 11 taps, averaged."""

WEIGHTS, REST = "weights.npy", "blocks.npz"
"""Files: the weights as the kernel reads them, mapped into memory that all workers share; shapes and biases."""


@dataclass(frozen=True, slots=True)
class Convolution:
    """A convolution to be packed for the kernel."""

    weight: Array
    """[out, in, taps]"""
    bias: Array
    dilation: int


@dataclass(frozen=True, slots=True)
class Weights:
    """All that the residual blocks need."""

    convolutions: tuple[Convolution, ...]
    """Of the residual blocks, and of the upsampling between the stages, in the order in which they are run."""
    joining: tuple[tuple[Array, Array], ...]
    """Weight [out, 22, taps] and bias of the convolution that brings the source to each stage."""


def stored(weights: Weights) -> dict[str, bytes]:
    """Return the files that `blocks.Blocks` reads."""
    packed, rest = io.BytesIO(), io.BytesIO()
    np.save(packed, np.concatenate([winograd.packed(one.weight) for one in weights.convolutions]))
    arrays: dict[str, Any] = {
        "shapes": [(*one.weight.shape, one.dilation) for one in weights.convolutions],
        "biases": np.concatenate([one.bias for one in weights.convolutions]),
    }
    for stage, (weight, bias) in enumerate(weights.joining):
        arrays |= {f"weight_{stage}": weight, f"bias_{stage}": bias}
    np.savez(rest, **arrays)
    return {WEIGHTS: packed.getvalue(), REST: rest.getvalue()}
