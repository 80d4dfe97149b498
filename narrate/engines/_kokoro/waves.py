"""What surrounds the generator and cannot bear low precision: the harmonic source and the way to sound.

All of it is NumPy in float32, the phase of the source in float64, and costs 2 % of the time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

RATE = 24_000
"""Samples a second, Hz."""

FRAME = 600
"""Samples to one frame of the durations: 25 ms."""

CURVE = 300
"""Samples to one point of the pitch curve."""

WINDOW = 20
"""Samples of a short-time spectrum."""

HOP = 5
"""Samples from one spectrum to the next."""

BINS = WINDOW // 2 + 1
"""Frequencies of a spectrum, half a channel pair: magnitude and phase."""

AMPLITUDE = 0.1
"""Of each harmonic in the source, as trained."""

VOICED = 10.0
"""Hz; a lower pitch means no voice."""

HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)
"""The periodic window of both transforms."""

ANGLES = 2 * np.pi / WINDOW * np.outer(np.arange(BINS), np.arange(WINDOW))
"""Phase of each bin at each sample of the window."""

ANALYSIS = (HANN * np.concatenate([np.cos(ANGLES), -np.sin(ANGLES)])).astype(np.float32)
"""[22, 20]: window to real and imaginary parts."""

OVERLAP = float(np.sum(HANN**2)) / HOP
"""Sum of the squared windows over each sample: 1.5. The published export forgets it and is 3.5 dB too loud."""

_SIDES = np.where((np.arange(BINS) > 0) & (np.arange(BINS) < BINS - 1), 2.0, 1.0)[:, None] / WINDOW / OVERLAP
SYNTHESIS = (HANN * np.concatenate([_SIDES * np.cos(ANGLES), -_SIDES * np.sin(ANGLES)])).astype(np.float32)
"""[22, 20]: real and imaginary parts to window."""


@dataclass(frozen=True, slots=True)
class Head:
    """Weights of what lies outside the generator."""

    affine_weight: Array
    """[128, n]"""
    affine_bias: Array
    harmonics: Array
    """[9]: how much of each harmonic the source has."""
    offset: float
    last_weight: Array
    """[22, 128, 7] of the last convolution."""
    last_bias: Array


def affine(head: Head, style: Array) -> Array:
    """Return scales and shifts of all norms for a style [256]: [1, n, 1, 1]."""
    return (style[:128] @ head.affine_weight + head.affine_bias)[None, :, None, None]


def source(head: Head, pitch: Array) -> Array:
    """Return spectra of the voice's excitation, [22, 60 n + 1], for a pitch curve [n] in Hz."""
    cycles = np.cumsum(pitch.astype(np.float64) / RATE % 1) * CURVE
    points = (np.arange(len(pitch) * CURVE) + 0.5) / CURVE - 0.5
    phase = np.interp(points, np.arange(len(pitch)), cycles) % 1
    theta = (2 * np.pi * phase).astype(np.float32)
    wave = _harmonics(head.harmonics, theta) * (AMPLITUDE * np.repeat(pitch > VOICED, CURVE)) + head.offset
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(np.tanh(wave), WINDOW // 2, "reflect"), WINDOW)[::HOP]
    real, imaginary = np.split(ANALYSIS @ windows.T, 2)
    # The lowest and the highest bin are real; a negative zero would turn the angle of a negative one to -π.
    imaginary[[0, -1]] = 0.0
    angle = np.arctan2(imaginary, real)
    return np.concatenate([np.hypot(real, imaginary), angle]).astype(np.float32)


def _harmonics(weights: Array, theta: Array) -> Array:
    """Return Σ weights[h] sin((h + 1) θ) by Clenshaw's recurrence: one sine and one cosine for all harmonics."""
    twice, later, last = 2 * np.cos(theta), np.zeros_like(theta), np.zeros_like(theta)
    for weight in weights[::-1]:
        later, last = weight + twice * later - last, later
    return np.asarray(later * np.sin(theta), np.float32)


def sound(head: Head, x: Array) -> Array:
    """Turn the generator's output [128, n] into samples [5 (n - 1)]: last convolution and inverse STFT."""
    moments = x.shape[1]
    channels, _, taps = head.last_weight.shape
    products = head.last_weight.transpose(2, 0, 1).reshape(taps * channels, -1) @ x
    y = np.zeros((channels, moments + taps - 1), np.float32)
    for tap, product in enumerate(products.reshape(taps, channels, moments)):
        y[:, taps - 1 - tap : taps - 1 - tap + moments] += product
    reach = (taps - 1) // 2
    y = y[:, reach : reach + moments] + head.last_bias[:, None]
    magnitude, angle = np.exp(y[:BINS]), np.sin(y[BINS:])
    spectra = np.concatenate([magnitude * np.cos(angle), magnitude * np.sin(angle)])
    return overlapped(SYNTHESIS.T @ spectra)[WINDOW // 2 : -(WINDOW // 2)]


def overlapped(windows: Array) -> Array:
    """Add up windows [20, n] that follow each other by 5 samples: [5 (n + 3)]."""
    parts, moments = WINDOW // HOP, windows.shape[1]
    total = np.zeros((moments + parts - 1, HOP), np.float32)
    for part, piece in enumerate(windows.reshape(parts, HOP, moments)):
        total[part : part + moments] += piece.T
    return total.reshape(-1)
