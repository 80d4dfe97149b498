"""Convolutions with fewer products, and the machine code that runs them."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
import pytest

from narrate.engines._kokoro import runtime, winograd
from narrate.engines._kokoro.packing import Convolution, Weights, stored
from narrate.engines._kokoro.winograd import SPLITS, Array, halves, packed, products, program

RANDOM = np.random.default_rng(7)


def plain(x: Array, weight: Array, dilation: int = 1) -> npt.NDArray[np.float64]:
    """Convolve rows [time, in] as one is taught to, with silence around."""
    taps = weight.shape[2]
    reach = (taps - 1) // 2 * dilation
    around = np.pad(x.astype(np.float64), ((reach, reach), (0, 0)))
    return sum(
        (around[tap * dilation :][: len(x)] @ weight[:, :, tap].T.astype(np.float64) for tap in range(taps)),
        start=np.zeros((len(x), len(weight))),
    )


def by_products(x: Array, weight: Array, splits: int) -> Array:
    """Convolve rows without silence around by the list of products, as the kernel does, in float64."""
    leaves = [x.astype(np.float64)]
    for _ in range(splits):
        leaves = [leaf for rows in leaves for leaf in split(rows)]
    count = 4
    sums: dict[int, Array] = {}
    for one in products(weight, splits):
        total = sum((sums[number] for number in one.begins), start=np.zeros((count, len(weight))))
        for tap in range(one.weight.shape[2]):
            total = total + leaves[one.leaf][tap : tap + count] @ one.weight[:, :, tap].T
        sums[one.result] = total
    return np.stack([sums[phase] for phase in range(2**splits)], 1).reshape(-1, len(weight))


def split(rows: Array) -> list[Array]:
    even, odd = rows[0::2], rows[1::2]
    count = min(len(even) - 1, len(odd))
    return [even[:count] - odd[:count], odd[:count], odd[:count] - even[1 : count + 1]]


@pytest.mark.parametrize("taps", sorted(SPLITS))
@pytest.mark.parametrize("splits", [1, 2, 3])
def test_the_products_make_the_convolution(taps: int, splits: int) -> None:
    """However often it is split, the result is the convolution's, but for rounding."""
    weight = RANDOM.normal(size=(5, 3, taps)).astype(np.float32)
    x = RANDOM.normal(size=(80, 3)).astype(np.float32)
    made = by_products(x, weight, splits)
    windows = np.lib.stride_tricks.sliding_window_view(x.astype(np.float64), taps, axis=0)[: len(made)]
    np.testing.assert_allclose(made, np.einsum("tik,oik->to", windows, weight), atol=1e-5)


def test_there_are_fewer_products() -> None:
    """Split as they are, 11 taps cost 5.4 products for each output, 7 cost 3.25, 3 cost 2."""
    costs = {taps: program(taps)[:, 1].sum() / 2 ** SPLITS[taps] for taps in (3, 7, 11)}
    assert costs == {3: 2.0, 7: 3.25, 11: 5.375}


def test_weights_lie_where_the_program_looks_for_them() -> None:
    """Each product's taps begin behind those of the products before it."""
    table = program(11)
    assert list(table[:, 2]) == [0, *np.cumsum(table[:, 1])[:-1]]
    assert len(packed(np.zeros((64, 4, 11), np.float32))) == 64 * 4 * table[:, 1].sum()


def test_halves_are_the_nearest() -> None:
    """Rounding errs by at most half of the last place of eight bits, and ties go to the even one."""
    x = RANDOM.normal(size=1000).astype(np.float32)
    back = (halves(x).astype(np.uint32) << 16).view(np.float32)
    assert np.abs(back / x - 1).max() <= 2**-8
    assert list(halves(np.array([1 + 2**-8, 1 + 3 * 2**-8], np.float32))) == [0x3F80, 0x3F82]


needs_kernel = pytest.mark.skipif(
    not find_spec("numba") or not runtime.kernel(), reason="the processor multiplies no bfloat16 by vectors"
)


@needs_kernel
@pytest.mark.parametrize("dilation", [1, 3, 5])
@pytest.mark.parametrize(("taps", "inputs", "outputs"), [(3, 128, 128), (7, 64, 64), (11, 128, 64)])
@pytest.mark.parametrize("count", [1, 190, 1003])
def test_the_kernel_convolves(taps: int, inputs: int, outputs: int, dilation: int, count: int) -> None:
    """Its result is within bfloat16 of Snake, convolution, bias and sum in float64, at both ends too."""
    from narrate.engines._kokoro import kernel

    weight = RANDOM.normal(size=(outputs, inputs, taps)).astype(np.float32)
    x, other = (RANDOM.normal(size=(count, channels)).astype(np.float32) for channels in (inputs, outputs))
    scale, shift = RANDOM.normal(size=(2, inputs)).astype(np.float32)
    bias = RANDOM.normal(size=outputs).astype(np.float32)
    weights = kernel.aligned(packed(weight).size, np.uint16)
    weights[:] = packed(weight)
    y = np.empty((count, outputs), np.float32)
    moments = kernel.convolve(
        x, scale, shift, kernel.SNAKE, taps, dilation, SPLITS[taps], program(taps), weights, bias,
        other, kernel.room(taps, inputs, outputs), y,
    )  # fmt: skip
    u = x.astype(np.float64) * scale + shift
    wanted = plain((u + np.sin(np.pi * u) ** 2 / np.pi).astype(np.float32), weight, dilation) + bias + other
    assert np.sqrt(np.mean((y - wanted) ** 2) / np.mean(wanted**2)) < 0.01
    np.testing.assert_allclose(moments, [y.sum(0), (y.astype(np.float64) ** 2).sum(0)], rtol=1e-3, atol=0.1)


@needs_kernel
def test_two_taps_reach_one_row_back() -> None:
    """The convolution of an upsampling has a row more: of the row before and of its own; the slope is 0.1."""
    from narrate.engines._kokoro import kernel

    weight, x = RANDOM.normal(size=(64, 64, 2)).astype(np.float32), RANDOM.normal(size=(50, 64)).astype(np.float32)
    weights = kernel.aligned(packed(weight).size, np.uint16)
    weights[:] = packed(weight)
    y, none = np.empty((51, 64), np.float32), np.zeros((1, 64), np.float32)
    room = kernel.room(2, 64, 64)
    kernel.convolve(x, x[0], x[0], kernel.LEAKY, 2, 1, 1, program(2), weights, none[0], none, room, y)
    rows = np.pad(np.maximum(x, 0.1 * x), ((1, 1), (0, 0)))
    wanted = rows[:-1] @ weight[:, :, 0].T + rows[1:] @ weight[:, :, 1].T
    assert np.sqrt(np.mean((y - wanted) ** 2) / np.mean(wanted**2)) < 0.01


@needs_kernel
def test_moments_are_of_each_channel() -> None:
    """Sum and sum of squares, over more rows than are counted at once."""
    from narrate.engines._kokoro import kernel

    x = RANDOM.normal(size=(1000, 32)).astype(np.float32) + 3
    np.testing.assert_allclose(kernel.moments(x), [x.sum(0), (x**2).sum(0)], rtol=1e-5)


@needs_kernel
def test_the_source_joins_at_the_rate_of_the_stage() -> None:
    """A stride of 6 gives a sixth of the moments, each from the twelve around it."""
    from narrate.engines._kokoro.blocks import _joined

    source = np.zeros((22, 61), np.float32)
    source[4, 30] = 1
    weight = RANDOM.normal(size=(8, 22, 12)).astype(np.float32)
    joined = _joined(source, weight, np.zeros(8, np.float32), 6)
    assert joined.shape == (10, 8)
    np.testing.assert_allclose(joined[5], weight[:, 4, 3])
    assert not joined[:4].any() and not joined[7:].any()


def test_weights_come_back_from_their_files() -> None:
    """What is stored is what was packed, one convolution after the other."""
    one = Convolution(RANDOM.normal(size=(64, 64, 3)).astype(np.float32), np.arange(64, dtype=np.float32), 3)
    files = stored(Weights((one, one), ((np.ones((8, 22, 1), np.float32), np.zeros(8, np.float32)),)))
    assert files.keys() == {"weights.npy", "blocks.npz"}
    assert len(files["weights.npy"]) > 2 * 2 * winograd.packed(one.weight).size
