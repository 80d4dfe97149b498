"""Convolutions with fewer products: Winograd's F(2, 2), nested.

Two outputs of two taps take three products instead of four:

    y0 = g0 d0 + g1 d1 = (d0 - d1) g0 + d1 (g0 + g1)
    y1 = g0 d1 + g1 d2 = d1 (g0 + g1) - (d1 - d2) g1

Read g0 and g1 as the even and the odd taps of a long convolution, d0, d1 and d2 as every second row of
its input: each product is a convolution of half the taps at half the rate, and can be split again.
Split three times, 11 taps cost 5.4 products and 7 taps 3.3. The differences of neighbouring rows are
small, so that little is lost when they are rounded to bfloat16: the error grows 1.4 to 2.2 times.

What is left are matrix products of one or two taps, the leaves of a tree. Adding them up costs next to
nothing, because each begins with what was summed before instead of with zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Halves = npt.NDArray[np.uint16]
"""Bfloat16: the upper halves of float32."""

SPLITS = {2: 1, 3: 2, 7: 3, 11: 3}
"""Taps → how often a convolution is split; once more and the sums cost what the products save."""

WIDE = 64
"""Output channels computed at once: four vectors of 16."""

BEGINNINGS = 3
"""Most sums that a product begins with: one of each split."""


@dataclass(frozen=True, slots=True)
class Product:
    """A convolution of few taps over one leaf of the input."""

    leaf: int
    """In base 3, a digit a split: 0 is d0 - d1, 1 is d1, 2 is d1 - d2."""
    weight: Array
    """[out, in, taps]; of no taps where the split was uneven."""
    begins: tuple[int, ...]
    """Numbers of the sums that it is added to."""
    result: int
    """Number of the sum that it gives; the first 2^splits are the outputs, each for every 2^splits-th row."""


def products(weight: Array, splits: int) -> list[Product]:
    """Split a convolution [out, in, taps]; the products are in the order in which they need each other."""
    outputs = range(2**splits)
    return list(_split(weight, splits, 0, outputs, [()] * len(outputs), len(outputs)))


def _split(
    weight: Array, splits: int, leaf: int, results: Sequence[int], begins: Sequence[tuple[int, ...]], free: int
) -> Iterator[Product]:
    """Give the products that add a convolution to sums; `free` is the first number not in use."""
    if splits == 0:
        yield Product(leaf, weight, begins[0], results[0])
        return
    even, odd = weight[:, :, 0::2], weight[:, :, 1::2]
    both = even.copy()
    both[:, :, : odd.shape[2]] += odd
    shared = range(free, free + len(results) // 2)
    free = shared.stop
    yield from _split(both, splits - 1, 3 * leaf + 1, shared, [()] * len(shared), free)
    for digit, part, phase in ((0, even, 0), (2, -odd, 1)):
        sums = [(number, *others) for number, others in zip(shared, begins[phase::2], strict=True)]
        yield from _split(part, splits - 1, 3 * leaf + digit, results[phase::2], sums, free)


def program(taps: int) -> npt.NDArray[np.int64]:
    """Return the products of a convolution of so many taps, [n, 7]: leaf, taps, taps before it, begins, result.

    A product with fewer beginnings has -1 instead.
    """
    rows, before = [], 0
    for product in products(np.empty((0, 0, taps), np.float32), SPLITS[taps]):
        begins = [*product.begins, *[-1] * BEGINNINGS][:BEGINNINGS]
        rows.append([product.leaf, product.weight.shape[2], before, *begins, product.result])
        before += product.weight.shape[2]
    return np.array(rows, np.int64)


def packed(weight: Array) -> Halves:
    """Return the weights of all products in the order in which they are multiplied, rounded to bfloat16.

    For each product and each 64 outputs: taps, pairs of inputs, outputs, the two of a pair.
    """
    channels_out, channels_in, taps = weight.shape
    blocks = (channels_out // WIDE, WIDE, channels_in // 2, 2, -1)
    parts = [product.weight.reshape(blocks).transpose(0, 4, 2, 1, 3).ravel()
             for product in products(weight, SPLITS[taps]) if product.weight.shape[2]]  # fmt: skip
    return halves(np.concatenate(parts))


def halves(x: Array) -> Halves:
    """Round to bfloat16, the even one of two that are equally near."""
    bits = x.view(np.uint32)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) >> 16).astype(np.uint16)
