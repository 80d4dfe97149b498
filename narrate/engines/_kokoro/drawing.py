"""Draw an ONNX graph: each method adds one thought (a convolution, a norm) and names its result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 18
"""Version of the ONNX operators: the newest that ONNX Runtime 1.20 and OpenVINO 2025 both read well."""

IR = 9
"""Version of the file format that goes with it."""

Array = npt.NDArray[np.float32]


class Drawing:
    """A graph that grows. All tensors are [1, channels, 1, time], so that one memory layout serves all."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._inputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, shape: Sequence[int | str]) -> str:
        """Declare a float32 input; a text in the shape is a free dimension."""
        self._inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def constant(self, value: npt.NDArray[Any]) -> str:
        """Store a constant."""
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(value, name))
        return name

    def number(self, value: float) -> str:
        """Store a scalar."""
        return self.constant(np.array(value, np.float32))

    def add(self, operation: str, *inputs: str, outputs: int = 1, **attributes: Any) -> str:
        """Add a node and return its (first) result."""
        return self.adds(operation, *inputs, outputs=outputs, **attributes)[0]

    def adds(self, operation: str, *inputs: str, outputs: int, **attributes: Any) -> list[str]:
        """Add a node and return its results."""
        names = [f"{operation}_{len(self._nodes)}_{index}" for index in range(outputs)]
        self._nodes.append(helper.make_node(operation, inputs, names, names[0], **attributes))
        return names

    def line(self, x: str, scale: float, shift: float) -> str:
        """Add scale x + shift."""
        y = x if scale == 1.0 else self.add("Mul", x, self.number(scale))
        return y if shift == 0.0 else self.add("Add", y, self.number(shift))

    def square(self, x: str, scale: float, shift: float) -> str:
        """Add (scale x + shift)²."""
        return self.add("Pow", self.line(x, scale, shift), self.number(2.0))

    def conv(
        self,
        x: str,
        weight: Array,
        bias: Array | None,
        pad: tuple[int, int] = (0, 0),
        dilation: int = 1,
        stride: int = 1,
    ) -> str:
        """Convolve along time; weight [out, in, taps]."""
        parts = [x, self.constant(weight[:, :, None, :])] + ([] if bias is None else [self.constant(bias)])
        pads = [0, pad[0], 0, pad[1]]
        taps = [1, weight.shape[2]]
        return self.add("Conv", *parts, kernel_shape=taps, pads=pads, dilations=[1, dilation], strides=[1, stride])

    def upsampled(self, x: str, weight: Array, bias: Array, stride: int) -> str:
        """Convolve transposed, with taps 2 x stride and padding stride / 2, as a convolution and a shuffle.

        Output o draws on the inputs (o + pad) // stride and the one before: a convolution of two
        taps gives all `stride` outputs of one input as channels; laid side by side they are time.
        """
        channels, pad = weight.shape[1], (weight.shape[2] - stride) // 2
        y = self.conv(x, *self.upsampling(weight, bias, stride), pad=(1, 1))
        y = self.shuffled(y, channels, stride)
        return self.cropped(y, pad, -pad)

    @staticmethod
    def upsampling(weight: Array, bias: Array, stride: int) -> tuple[Array, Array]:
        """Return weight and bias of the convolution that a transposed one with taps 2 x stride is."""
        channels_in, channels_out, _ = weight.shape
        # [in, out, 2, stride], the newer input first → [stride x out, in, (older, newer)]
        phases = weight.reshape(channels_in, channels_out, 2, stride).transpose(3, 1, 0, 2)[..., ::-1]
        return np.ascontiguousarray(phases.reshape(stride * channels_out, channels_in, 2)), np.tile(bias, stride)

    def shuffled(self, x: str, channels: int, stride: int) -> str:
        """Lay groups of channels [stride x channels] side by side in time."""
        y = self.add("Reshape", x, self.constant(np.array([1, stride, channels, -1], np.int64)))
        y = self.add("Transpose", y, perm=[0, 2, 3, 1])
        return self.add("Reshape", y, self.constant(np.array([1, channels, 1, -1], np.int64)))

    def cropped(self, x: str, start: int, end: int) -> str:
        """Cut the time axis."""
        numbers = (np.array([number], np.int64) for number in (start, end, 3))
        return self.add("Slice", x, *map(self.constant, numbers))

    def normalised(self, x: str, channels: int, epsilon: float) -> str:
        """Bring each channel to mean 0 and variance 1 over time."""
        ones, zeros = np.ones(channels, np.float32), np.zeros(channels, np.float32)
        return self.add("InstanceNormalization", x, self.constant(ones), self.constant(zeros), epsilon=epsilon)

    def model(self, result: str, shape: Sequence[int | str]) -> onnx.ModelProto:
        """Return what was drawn as a model with one output of this shape."""
        output = helper.make_tensor_value_info(result, TensorProto.FLOAT, shape)
        graph = helper.make_graph(self._nodes, "drawing", self._inputs, [output], self._constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
