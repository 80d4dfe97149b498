"""The published integer network back in floating point.

The export quantised activations on the fly (`DynamicQuantizeLinear → ConvInteger → … → Mul`)
and rounded every bias down to a multiple of the scales' product. The weights, though, are
8-bit numbers times a scale, so each such chain is one `Conv` or `MatMul` whose weight and bias
are known exactly; the same holds for LSTMs and embeddings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

INTEGER = {"ConvInteger": "Conv", "MatMulInteger": "MatMul"}
"""Integer operation → what it stands for."""


class Floating:
    """One model on its way from integers to floating point."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model = model
        self.constants = {constant.name: constant for constant in model.graph.initializer}
        self.makers = {output: node for node in model.graph.node for output in node.output}
        self.users: dict[str, list[onnx.NodeProto]] = {}
        for node in model.graph.node:
            for name in node.input:
                self.users.setdefault(name, []).append(node)
        self._made: dict[bytes, str] = {}
        self._replaced: set[str] = set()
        """Outputs that a new node gives; the node that gave them is dropped."""

    def rewritten(self) -> onnx.ModelProto:
        """Return the model in floating point, with nothing in it that no output needs."""
        nodes = [new for node in self.model.graph.node for new in self._rewritten(node)]
        graph = self.model.graph
        del graph.node[:]
        graph.node.extend(_needed(nodes, {output.name for output in graph.output}))
        used = {name for node in graph.node for name in node.input}
        del graph.initializer[:]
        graph.initializer.extend(self.constants[name] for name in sorted(used & self.constants.keys()))
        return self.model

    def _rewritten(self, node: onnx.NodeProto) -> Iterator[onnx.NodeProto]:
        if node.op_type in INTEGER:
            yield self._product(node)
        elif self._replaced & set(node.output):
            return
        elif node.op_type == "DynamicQuantizeLSTM":
            yield self._recurrent(node)
        elif node.op_type == "DequantizeLinear" and node.input[0] in self.makers:
            gather = self.makers[node.input[0]]
            table = self._dequantised(gather.input[0], node.input[1], node.input[2])
            yield helper.make_node("Gather", [self._constant(table), gather.input[1]], [node.output[0]], node.name)
        else:
            yield node

    def _product(self, node: onnx.NodeProto) -> onnx.NodeProto:
        """Make one `Conv` or `MatMul` of an integer one and of what undoes its scales."""
        source = self.makers[node.input[0]].input[0]
        scale = self.makers[node.input[0]].output[1]
        inputs = [source]
        end, bias = self.users[node.output[0]][0], ""
        if end.op_type == "Add":
            bias = self._bias(end, node.output[0])
            end = self.users[end.output[0]][0]
        end = self.users[end.output[0]][0]
        factors = next(name for name in end.input if self.makers[name].op_type != "Cast")
        weight_scale = next(name for name in self.makers[factors].input if name != scale)
        inputs.append(self._constant(self._dequantised(node.input[1], weight_scale, node.input[3])))
        inputs += [bias] if bias else []
        self._replaced.add(end.output[0])
        new = helper.make_node(INTEGER[node.op_type], inputs, [end.output[0]], node.name)
        new.attribute.extend(node.attribute)
        return new

    def _bias(self, add: onnx.NodeProto, product: str) -> str:
        """Follow an added bias back, through Reshape, Cast, Floor and Div, to the true one."""
        name: str = next(name for name in add.input if name != product)
        while name in self.makers:
            name = self.makers[name].input[0]
        return name

    def _recurrent(self, node: onnx.NodeProto) -> onnx.NodeProto:
        x, w, r, bias, lengths, hidden, cell, peephole, w_scale, w_zero, r_scale, r_zero = node.input
        weights = [
            self._constant(np.ascontiguousarray(self._dequantised(*parts).transpose(0, 2, 1)))
            for parts in ((w, w_scale, w_zero), (r, r_scale, r_zero))
        ]
        new = helper.make_node("LSTM", [x, *weights, bias, lengths, hidden, cell, peephole], node.output, node.name)
        new.attribute.extend(node.attribute)
        return new

    def _dequantised(self, values: str, scale: str, zero: str) -> npt.NDArray[np.float32]:
        """Return (value - zero) x scale; a matrix may have a scale a column, an LSTM one a direction."""
        quantised, factor = self.array(values).astype(np.float32), self.array(scale)
        offset = self.array(zero).astype(np.float32)
        if factor.size > 1 and quantised.ndim > 2:
            shape = (-1, *[1] * (quantised.ndim - 1))
            factor, offset = factor.reshape(shape), offset.reshape(shape)
        return np.asarray((quantised - offset) * factor, np.float32)

    def array(self, name: str) -> npt.NDArray[Any]:
        """Return a constant's value."""
        return numpy_helper.to_array(self.constants[name])

    def _constant(self, value: npt.NDArray[np.float32]) -> str:
        """Store a constant once, however often it is used (the encoder's layers share theirs)."""
        digest = hashlib.sha256(repr(value.shape).encode() + value.tobytes()).digest()
        if digest not in self._made:
            name = self._made[digest] = f"weight_{len(self._made)}"
            self.constants[name] = numpy_helper.from_array(value, name)
        return self._made[digest]


def _needed(nodes: list[onnx.NodeProto], wanted: set[str]) -> list[onnx.NodeProto]:
    """Keep the nodes that the outputs need, in order."""
    kept = []
    for node in reversed(nodes):
        if wanted & set(node.output):
            kept.append(node)
            wanted |= set(node.input)
    return kept[::-1]
