"""The generator's residual blocks, 95 % of the network's operations, on the kernel.

upsampled ──────────(+)── mean of three blocks ── upsampled ──(+)── mean of three blocks ──▶
source ── block ─────┘                  source ── block ───────┘
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from narrate.engines._kokoro import kernel, winograd
from narrate.engines._kokoro.packing import KERNELS, REST, STAGES, WEIGHTS
from narrate.engines._kokoro.winograd import Array, Halves

Moments = npt.NDArray[np.float64]
"""Sum and sum of squares of each channel: [2, channels]."""

TURNS = 6
"""Convolutions of a residual block; what every second one gives is added to what the block began with."""

EPSILON = 1e-5
"""Added to the variance in every norm, as trained."""

SLOPE = np.float32(0.01)
"""Of what is negative, before the last convolution."""


class _Packed:
    """A convolution on the kernel."""

    def __init__(self, shape: Sequence[int], weights: Halves, bias: Array, room: kernel.Room) -> None:
        self.outputs, self.inputs, self._taps, self._dilation = map(int, shape)
        self._program, self._splits = winograd.program(self._taps), winograd.SPLITS[self._taps]
        self._weights, self._bias, self._room = weights, bias, room

    def __call__(
        self, x: Array, scale: Array, shift: Array, other: Array, y: Array, activation: int = kernel.SNAKE
    ) -> Moments:
        """Set y to the convolution of the activated x plus `other`, and return its moments."""
        how = (self._taps, self._dilation, self._splits, self._program, self._weights, self._bias)
        return kernel.convolve(x, scale, shift, activation, *how, other, self._room, y)


class Blocks:
    """The residual blocks, loaded."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / REST) as rest:
            shapes, biases = rest["shapes"], rest["biases"]
            self._joining = [(rest[f"weight_{stage}"], rest[f"bias_{stage}"]) for stage in range(len(STAGES))]
        weights = np.load(folder / WEIGHTS, mmap_mode="r")
        self._convolutions = list(_packed(shapes, weights, biases))
        self._styled = 2 * sum(one.inputs for one in self._convolutions if one.inputs == one.outputs)

    def __call__(self, x: Array, source: Array, affine: Array) -> Array:
        """Return what the last convolution takes, [time, 128], of the first stage's input and the source's spectra.

        The end of `affine` holds scale and shift of every norm, in the order of the convolutions.
        """
        run = _Run(iter(self._convolutions), affine[-self._styled :])
        for stage, ((stride, source_stride), joining) in enumerate(zip(STAGES, self._joining, strict=True)):
            joined = _joined(source, *joining, source_stride)
            x = run.stage(run.upsampled(x, stride, len(joined)) if stage else x, joined)
        return np.asarray(np.maximum(x, x * SLOPE), np.float32)


def _joined(source: Array, weight: Array, bias: Array, stride: int) -> Array:
    """Bring the source, [22, time], to the rate of a stage: [time / stride, channels]."""
    channels, _, taps = weight.shape
    pad = (stride + 1) // 2 if stride > 1 else 0
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(source, ((0, 0), (pad, pad))), taps, axis=1)
    rows = windows[:, ::stride].transpose(1, 0, 2)
    return np.asarray(rows.reshape(len(rows), -1) @ weight.reshape(channels, -1).T + bias, np.float32)


def _packed(shapes: npt.NDArray[np.int64], weights: Halves, biases: Array) -> Iterator[_Packed]:
    """Cut out each convolution; those of one shape share their room, which stays in the cache."""
    rooms: dict[tuple[int, ...], kernel.Room] = {}
    for shape in shapes.tolist():
        outputs, inputs, taps, _ = shape
        size = outputs * inputs * int(winograd.program(taps)[:, 1].sum())
        room = rooms.setdefault((outputs, inputs, taps), kernel.room(taps, inputs, outputs))
        yield _Packed(shape, weights[:size], biases[:outputs], room)
        weights, biases = weights[size:], biases[outputs:]


class _Run:
    """One passage on its way through the blocks: what of convolutions and norms comes next."""

    def __init__(self, convolutions: Iterator[_Packed], affine: Array) -> None:
        self._convolutions = convolutions
        self._affine = affine

    def stage(self, x: Array, source: Array) -> Array:
        """Add the source's block and average three of the sum."""
        inner, result, total = (np.empty_like(source) for _ in range(3))
        x = np.add(x, self._block(source, kernel.moments(source), inner, result), out=source)
        moments = kernel.moments(x)
        self._block(x, moments, inner, total)
        for _ in range(1, KERNELS):
            total += self._block(x, moments, inner, result)
        total *= np.float32(1 / KERNELS)
        return total

    def upsampled(self, x: Array, stride: int, count: int) -> Array:
        """Return `count` rows, which are `stride` times as many and perhaps one more."""
        convolution = next(self._convolutions)
        y = np.empty((len(x) + 1, convolution.outputs), np.float32)
        none = np.zeros((1, convolution.outputs), np.float32)
        convolution(x, x[0], x[0], none, y, kernel.LEAKY)
        y = y.reshape(len(y) * stride, -1)[stride // 2 : -(stride // 2)]
        # The source is one moment longer than the sound: the first moment is mirrored.
        return y if len(y) == count else np.concatenate([y[1:2], y])

    def _block(self, x: Array, moments: Moments, inner: Array, result: Array) -> Array:
        """Run a residual block: three times norm, Snake, convolution, norm, Snake, convolution."""
        none = np.zeros((1, x.shape[1]), np.float32)
        for _ in range(TURNS // 2):
            moments = next(self._convolutions)(x, *self._norm(moments, len(x)), none, inner)
            moments = next(self._convolutions)(inner, *self._norm(moments, len(x)), x, result)
            x = result
        return result

    def _norm(self, moments: Moments, count: int) -> tuple[Array, Array]:
        """Return scale and shift that bring each channel to mean 0 and variance 1, and apply the style."""
        channels = moments.shape[1]
        gain, offset, self._affine = np.split(self._affine, [channels, 2 * channels])
        mean, squares = moments / count
        scale = gain / np.sqrt(np.maximum(squares - mean**2, 0) + EPSILON)
        return scale.astype(np.float32), (offset - mean * scale).astype(np.float32)
