"""The innermost loops, in LLVM's own language, where each number is a vector: Numba calls them like functions.

All arguments are integers: addresses and numbers of bytes or of channels, of which there are a multiple of 16.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from inspect import Parameter, Signature
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

LANES = 16
"""Float32 numbers of a vector."""

VECTOR = 4 * LANES
"""Bytes of a vector; what we allocate ourselves begins at a multiple of it."""

ROWS, WIDE = 6, 4
"""Rows and vectors of outputs multiplied at once: 24 of the 32 registers hold sums."""

COSINE = (6.046244, 0.041346457, -0.51150516)
"""a, b, c: cos φ ≈ b (φ² - a)² + c for |φ| ≤ π/8, within 2e-7 (minimax)."""

DOT = "llvm.x86.avx512bf16.dpbf16ps.512"
"""Adds the products of 16 pairs of bfloat16 to 16 float32."""

FAST = ("fast",)
"""Leave the order of sums and products to the compiler."""

WORD, INT = ir.IntType(64), ir.IntType(32)
FLOATS, INTS = ir.VectorType(ir.FloatType(), LANES), ir.VectorType(INT, LANES)


class _BFloat(ir.Type):  # type: ignore[misc]
    """LLVM's bfloat, for which llvmlite has no name."""

    def _to_string(self) -> str:
        return "bfloat"


HALVES, PAIRS = ir.VectorType(_BFloat(), LANES), ir.VectorType(_BFloat(), 2 * LANES)

Value = Any
"""A number, an address or a vector of LLVM's."""


class _Code:
    """Writes instructions."""

    def __init__(self, builder: Any) -> None:
        self.builder = builder

    def load(self, address: Value, offset: Value | int = 0, kind: Any = FLOATS, align: int = 4) -> Value:
        return self.builder.load(self._at(address, offset, kind), align=align)

    def store(self, value: Value, address: Value, offset: Value | int = 0, align: int = 4) -> None:
        self.builder.store(value, self._at(address, offset, value.type), align=align)

    def _at(self, address: Value, offset: Value | int, kind: Any) -> Value:
        return self.builder.inttoptr(self.add(address, offset), kind.as_pointer())

    def add(self, a: Value, b: Value | int) -> Value:
        return self.builder.add(a, WORD(b) if isinstance(b, int) else b)

    def times(self, a: Value, b: int) -> Value:
        return self.builder.mul(a, WORD(b))

    def line(self, x: Value, scale: float | Value, shift: float | Value) -> Value:
        """Return scale x + shift."""
        scale, shift = (_spread(one) if isinstance(one, float) else one for one in (scale, shift))
        return self.builder.fadd(self.builder.fmul(x, scale, flags=FAST), shift, flags=FAST)

    def square(self, x: Value) -> Value:
        return self.builder.fmul(x, x, flags=FAST)

    def call(self, name: str, kinds: Sequence[Any], *values: Value) -> Value:
        """Call one of LLVM's own functions, whose result is of the first argument's type."""
        known = self.builder.module.globals.get(name)
        kind = ir.FunctionType(kinds[0], kinds)
        return self.builder.call(known or ir.Function(self.builder.module, kind, name), values)

    @contextmanager
    def loop(self, count: Value, held: Sequence[Value] = ()) -> Iterator[tuple[Value, list[Value]]]:
        """Repeat what is written inside: gives the index, and the values held, to be replaced in the list."""
        before = self.builder.block
        head, body, behind = (self.builder.append_basic_block(name) for name in ("head", "body", "behind"))
        self.builder.branch(head)
        self.builder.position_at_end(head)
        phis = [self.builder.phi(kind) for kind in (WORD, *[value.type for value in held])]
        self.builder.cbranch(self.builder.icmp_signed("<", phis[0], count), body, behind)
        self.builder.position_at_end(body)
        values = phis[1:]
        yield phis[0], values
        following = [self.add(phis[0], 1), *values]
        self.builder.branch(head)
        for phi, first, later in zip(phis, (WORD(0), *held), following, strict=True):
            phi.add_incoming(first, before)
            phi.add_incoming(later, body)
        self.builder.position_at_end(behind)
        values[:] = phis[1:]


def _spread(number: float) -> Value:
    return ir.Constant(FLOATS, [float(np.float32(number))] * LANES)


def _function(arguments: int, write: Callable[..., None]) -> Any:
    """Make what Numba can call of a function that writes the code for so many arguments."""

    def typed(typing: Any, *_: Any) -> Any:
        def written(context: Any, builder: Any, signature: Any, values: Sequence[Value]) -> Any:
            write(_Code(builder), *values)
            return context.get_dummy_value()

        return types.void(*[types.int64] * arguments), written

    names = ["typing", *(f"argument_{number}" for number in range(arguments))]
    kind = Parameter.POSITIONAL_OR_KEYWORD
    typed.__signature__ = Signature([Parameter(name, kind) for name in names])  # type: ignore[attr-defined]
    return intrinsic(typed)


def _snake(code: _Code, source: Value, scale: Value, shift: Value, target: Value, count: Value) -> None:
    """Set target to u + sin²(πu) / π of u = scale source + shift, for `count` vectors.

    With r = u - round(u) and φ = πr/4, sin²(πr) = 1 - (2 (2 cos²φ - 1)² - 1)².
    """
    a, b, c = COSINE
    with code.loop(count) as (index, _):
        at = code.times(index, VECTOR)
        u = code.line(code.load(source, at), code.load(scale, at), code.load(shift, at))
        r = code.builder.fsub(u, code.call("llvm.rint.v16f32", [FLOATS], u), flags=FAST)
        y = code.square(code.line(code.square(r), (np.pi / 4) ** 2, -a))
        y = code.square(code.line(y, b, c))
        y = code.square(code.line(y, 2.0, -1.0))
        y = code.square(code.line(y, 2.0, -1.0))
        code.store(code.builder.fadd(code.line(y, -1 / np.pi, 1 / np.pi), u, flags=FAST), target, at)


def _leaves(splits: int) -> Callable[..., None]:
    def write(code: _Code, source: Value, row: Value, target: Value, leaf: Value, count: Value) -> None:
        """Set one row of each leaf, `leaf` bytes apart, from rows that are `row` bytes apart, for `count` vectors."""
        with code.loop(count) as (index, _):
            at = code.times(index, VECTOR)
            rows = [code.load(source, code.add(at, code.times(row, r))) for r in range(2 ** (splits + 1) - 1)]
            at = code.times(index, VECTOR // 2)
            for number, value in enumerate(_differences(code, rows)):
                half = code.builder.fptrunc(value, HALVES)
                code.store(half, target, code.add(at, code.times(leaf, number)))

    return write


def _differences(code: _Code, rows: list[Value]) -> list[Value]:
    """Split rows as `winograd` says, down to single ones."""
    if len(rows) == 1:
        return rows
    pairs = [(rows[::2], rows[1::2]), (rows[1::2], rows[2::2])]
    first, third = ([code.builder.fsub(a, b) for a, b in zip(*pair, strict=False)] for pair in pairs)
    return [leaf for part in (first, rows[1::2], third) for leaf in _differences(code, part)]


def _tile(
    code: _Code, left: Value, step: Value, weights: Value, pairs: Value, *begins_and_result_and_row: Value
) -> None:
    """Set result[r, o] = a[r, o] + b[r, o] + c[r, o] + Σ left[r, p] weights[p, o] for 6 rows and 64 outputs.

    Rows of `left` are `step` bytes apart, those of a, b, c and the result `row`; `weights` has 64 pairs
    for each of the `pairs` in a row of `left`.
    """
    *begins, result, row = begins_and_result_and_row
    places = [code.add(code.times(row, r), v * VECTOR) for r in range(ROWS) for v in range(WIDE)]
    rows = [code.add(left, code.times(step, r)) for r in range(ROWS)]
    sums = []
    for place in places:
        a, b, c = (code.load(begin, place, align=VECTOR) for begin in begins)
        sums.append(code.builder.fadd(code.builder.fadd(a, b), c))
    with code.loop(pairs, sums) as (index, held):
        start = code.add(weights, code.times(index, VECTOR * WIDE))
        outputs = [code.load(start, v * VECTOR, PAIRS, VECTOR) for v in range(WIDE)]
        for r, at in enumerate(rows):
            single = code.builder.insert_element(
                ir.Constant(INTS, ir.Undefined), code.load(at, code.times(index, 4), INT), INT(0)
            )
            spread = code.builder.shuffle_vector(single, single, ir.Constant(INTS, [0] * LANES))
            both = code.builder.bitcast(spread, PAIRS)
            for v in range(WIDE):
                at_sum = r * WIDE + v
                held[at_sum] = code.call(DOT, [FLOATS, PAIRS, PAIRS], held[at_sum], both, outputs[v])
    for place, value in zip(places, held, strict=True):
        code.store(value, result, place, VECTOR)


def _put(
    code: _Code, source: Value, bias: Value, other: Value, target: Value, total: Value, squares: Value, count: Value
) -> None:
    """Set target to source + bias + other, and add it and its square to the totals, for `count` vectors."""
    with code.loop(count) as (index, _):
        at = code.times(index, VECTOR)
        value = code.builder.fadd(code.load(source, at), code.load(bias, at))
        value = code.builder.fadd(value, code.load(other, at))
        code.store(value, target, at)
        code.store(code.builder.fadd(code.load(total, at), value), total, at)
        code.store(code.line(value, value, code.load(squares, at)), squares, at)


snake, put, tile = _function(5, _snake), _function(7, _put), _function(9, _tile)

leaves_once, leaves_twice, leaves_thrice = (_function(5, _leaves(splits)) for splits in (1, 2, 3))
