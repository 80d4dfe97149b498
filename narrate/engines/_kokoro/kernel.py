"""Convolve quickly: a stretch of time is activated, split, multiplied and put out while it lies in the cache.

All arrays are [time, channels]. Numba compiles these functions when they are first called and keeps
the machine code on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

from narrate.engines._kokoro import winograd
from narrate.engines._kokoro.vectors import (
    LANES,
    ROWS,
    VECTOR,
    leaves_once,
    leaves_thrice,
    leaves_twice,
    put,
    snake,
    tile,
)
from narrate.engines._kokoro.winograd import SPLITS, WIDE, Array, Halves

Code = TypeVar("Code", bound=Callable[..., Any])

STRETCH = 4 * ROWS
"""Rows of each leaf at a time: of 128 channels all leaves together take 170 KB of a cache of 1 MB."""

SNAKE, LEAKY = 0, 1
"""What is done to the input: u + sin²(πu) / π of u = scale x + shift, or a slope for what is negative."""

SLOPE = np.float32(0.1)

COUNTED = 256
"""Rows whose moments are summed in float32."""


class Room(NamedTuple):
    """Where a stretch is worked on."""

    rows: Array
    leaves: Halves
    sums: Array
    """[sum, row, channel]"""
    zeros: Array
    """What a sum begins with that has nothing to begin with."""


def room(taps: int, channels_in: int, channels_out: int) -> Room:
    """Make the room for a convolution."""
    rows = 2 ** SPLITS[taps] * (STRETCH + 2)
    sums = 1 + int(winograd.program(taps)[:, -1].max())
    return Room(
        aligned(rows * channels_in, np.float32),
        aligned(3 ** SPLITS[taps] * (STRETCH + 2) * channels_in, np.uint16),
        aligned(sums * STRETCH * channels_out, np.float32).reshape(sums, STRETCH, channels_out),
        aligned(ROWS * channels_out, np.float32),
    )


def aligned(size: int, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """Return zeros that begin where a vector may."""
    length = size * np.dtype(dtype).itemsize
    store = np.zeros(length + VECTOR, np.uint8)
    start = -store.ctypes.data % VECTOR
    return store[start : start + length].view(dtype)


def compiled(code: Code) -> Code:
    """Compile a function for this processor when it is first called."""
    return cast(Code, njit(nogil=True, fastmath=True, cache=True, error_model="numpy")(code))


@compiled
def convolve(
    x: Array, scale: Array, shift: Array, activation: int,
    taps: int, dilation: int, splits: int, program: npt.NDArray[np.int64], weights: Halves, bias: Array,
    other: Array, room: Room, y: Array,
) -> npt.NDArray[np.float64]:  # fmt: skip
    """Set y to the convolution of the activated x, plus bias and `other` (one row of it serves all).

    Returns the sum and the sum of squares of each channel of y, [2, channels].
    """
    phases = 1 << splits
    # With as many rows out as in, the taps lie evenly around a row; a row more, and two taps reach one back.
    reach = (taps - 1) // 2 + len(y) - len(x)
    moments = np.zeros((2, y.shape[1]), np.float64)
    for start in range(0, -(-len(y) // dilation), phases * STRETCH):
        for offset in range(dilation):
            count = (len(y) - offset + dilation - 1) // dilation - start
            if count <= 0:
                continue
            steps = STRETCH - 1 + -(-taps // phases)
            rows = room.rows.reshape(-1, x.shape[1])[: phases * (steps + 1)]
            _activate(x, scale, shift, activation, offset + (start - reach) * dilation, dilation, rows)
            _split(rows, steps, splits, room.leaves)
            used = min(STRETCH, -(-count // phases))
            _multiply(program, weights, used, steps, x.shape[1], y.shape[1], room)
            _put(room.sums, used, phases, offset + start * dilation, dilation, bias, other, y, moments)
    return moments


@compiled
def moments(x: Array) -> npt.NDArray[np.float64]:
    """Return the sum and the sum of squares of each channel, [2, channels]."""
    found = np.zeros((2, x.shape[1]), np.float64)
    for start in range(0, len(x), COUNTED):
        _count(x[start : start + COUNTED], found)
    return found


@compiled
def _count(x: Array, moments: npt.NDArray[np.float64]) -> None:
    """Add the moments of so few rows that float32 is enough."""
    total = np.zeros((2, x.shape[1]), np.float32)
    for t in range(len(x)):
        for c in range(x.shape[1]):
            total[0, c] += x[t, c]
            total[1, c] += x[t, c] * x[t, c]
    for c in range(x.shape[1]):
        moments[0, c] += total[0, c]
        moments[1, c] += total[1, c]


@compiled
def _activate(
    x: Array, scale: Array, shift: Array, activation: int, first: int, step: int, rows: Array
) -> None:  # fmt: skip
    """Take every `step`-th row from `first` on; outside of x there is silence."""
    channels = x.shape[1]
    for i in range(len(rows)):
        t = first + i * step
        if t < 0 or t >= len(x):
            rows[i] = 0
        elif activation == SNAKE:
            source, target = x.ctypes.data + 4 * channels * t, rows.ctypes.data + 4 * channels * i
            snake(source, scale.ctypes.data, shift.ctypes.data, target, channels // LANES)
        else:
            for c in range(channels):
                rows[i, c] = max(x[t, c], x[t, c] * SLOPE)


@compiled
def _split(rows: Array, steps: int, splits: int, leaves: Halves) -> None:
    """Split rows into the leaves, each of `steps` rows."""
    channels, phases = rows.shape[1], 1 << splits
    for i in range(steps):
        source, target = rows.ctypes.data + 4 * channels * phases * i, leaves.ctypes.data + 2 * channels * i
        row, leaf, count = 4 * channels, 2 * channels * steps, channels // LANES
        if splits == 1:
            leaves_once(source, row, target, leaf, count)
        elif splits == 2:
            leaves_twice(source, row, target, leaf, count)
        else:
            leaves_thrice(source, row, target, leaf, count)


@compiled
def _multiply(
    program: npt.NDArray[np.int64], weights: Halves, used: int, steps: int, inputs: int, outputs: int, room: Room
) -> None:
    """Run the products over the leaves, `used` rows of each."""
    row = 4 * outputs
    leaves, sums, zeros = room.leaves.ctypes.data, room.sums.ctypes.data, room.zeros.ctypes.data
    for at in range(len(program)):
        leaf, taps, before, a, b, c, result = program[at]
        pairs = taps * inputs // 2
        for wide in range(outputs // WIDE):
            factors = weights.ctypes.data + 2 * inputs * (before * outputs + wide * taps * WIDE)
            for first in range(0, used, ROWS):
                place = first * row + wide * WIDE * 4
                tile(
                    leaves + 2 * inputs * (leaf * steps + first), 2 * inputs, factors, pairs,
                    zeros if a < 0 else sums + a * STRETCH * row + place,
                    zeros if b < 0 else sums + b * STRETCH * row + place,
                    zeros if c < 0 else sums + c * STRETCH * row + place,
                    sums + result * STRETCH * row + place, row,
                )  # fmt: skip


@compiled
def _put(
    sums: Array, used: int, phases: int, first: int, step: int, bias: Array, other: Array, y: Array,
    moments: npt.NDArray[np.float64],
) -> None:  # fmt: skip
    """Lay the phases side by side in time, add bias and other rows, and count the moments."""
    channels = y.shape[1]
    total = np.zeros((2, channels), np.float32)
    several = 1 if len(other) > 1 else 0
    for m in range(used):
        for phase in range(phases):
            t = first + (m * phases + phase) * step
            if t < len(y):
                put(
                    sums.ctypes.data + 4 * channels * (phase * STRETCH + m), bias.ctypes.data,
                    other.ctypes.data + 4 * channels * several * t, y.ctypes.data + 4 * channels * t,
                    total.ctypes.data, total.ctypes.data + 4 * channels, channels // LANES,
                )  # fmt: skip
    for c in range(channels):
        moments[0, c] += total[0, c]
        moments[1, c] += total[1, c]
