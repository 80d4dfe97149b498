"""The part of the network that makes sound, drawn anew for a processor.

It is the decoder and the generator of Kokoro (StyleTTS 2 with an inverse-STFT head), from
the published weights, with the same result and these differences:

- the affine part of every adaptive norm is computed outside, once for a style, and comes in as
  one vector; the frequency of the Snake that follows is folded into it, its 1/α into the next weights;
- Snake's sin² is a polynomial after range reduction, so that it stays one pass over memory;
- transposed convolutions are convolutions and a shuffle; nearest-neighbour upsampling comes after
  the pointwise convolution, not before;
- the harmonic source comes in and the last convolution is left out: their phase needs float32.

Where the kernel runs on the processor, only what comes before the residual blocks of the generator is
drawn; they hold 95 % of the operations and are given as weights (`blocks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import numpy_helper

from narrate.engines._kokoro.drawing import Array, Drawing
from narrate.engines._kokoro.packing import KERNELS, STAGES, Convolution, Weights
from narrate.engines._kokoro.waves import Head

DECODER = "/decoder/decoder/"
GENERATOR = "/decoder/decoder/generator/"
LAST = f"{GENERATOR}conv_post/Conv"
BLOCKS = ("encode", "decode.0", "decode.1", "decode.2", "decode.3")
"""Residual blocks of the decoder; the last one doubles the rate."""

EPSILON = 1e-5
"""Added to the variance in every instance norm, as trained."""

DILATIONS = (1, 3, 5)
"""Of the three convolution pairs in a residual block of the generator."""

COSINE = (6.046244, 0.041346457, -0.51150516)
"""a, b, c: cos φ ≈ b (φ² - a)² + c for |φ| ≤ π/8, within 2e-7 (minimax)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The generator and what is computed outside of it."""

    model: onnx.ModelProto
    """Inputs features, pitch, energy, source, affine; output [1, 128, 1, time], or what the blocks take."""
    head: Head
    blocks: Weights | None = None
    """Of what is left to the kernel."""


class _Pen(Drawing):
    """Draws with the weights of the floating-point model."""

    def __init__(self, floating: onnx.ModelProto) -> None:
        super().__init__()
        self._weights = {constant.name: constant for constant in floating.graph.initializer}
        self._parts = {node.name.removesuffix("_quant"): node for node in floating.graph.node}
        self.affine: list[tuple[Array, Array]] = []
        """Weight and bias of each slice of the input `affine`, in order."""

    def weights(self, name: str) -> tuple[Array, Array]:
        """Return weight and bias of the convolution of that name."""
        weight, *bias = (self.value(key) for key in self._parts[name].input[1:])
        return weight, bias[0] if bias else np.zeros(len(weight), np.float32)

    def value(self, name: str) -> Array:
        """Return a constant of the model."""
        return np.asarray(numpy_helper.to_array(self._weights[name]), np.float32)

    def style(self, name: str, factor: Array | float = 1.0) -> tuple[str, str]:
        """Book two slices of `affine`: scale 1 + γ and shift β of the norm `name`, both times a factor."""
        product = self._parts[f"{name}/fc/Gemm_MatMul"]
        weight = self.value(product.input[1])
        bias = self.value(name.strip("/").replace("/", ".") + ".fc.bias")
        half = len(bias) // 2
        factors = np.broadcast_to(np.asarray(factor, np.float32).ravel(), (half,))
        for part, extra in ((slice(0, half), 1.0), (slice(half, None), 0.0)):
            self.affine.append((weight[:, part] * factors, (bias[part] + extra) * factors))
        return f"affine_{len(self.affine) - 2}", f"affine_{len(self.affine) - 1}"

    def plain(self, x: str, name: str, **shape: int | tuple[int, int]) -> str:
        """Convolve with the weights of that name."""
        return self.conv(x, *self.weights(f"{name}/Conv"), **shape)  # type: ignore[arg-type]


def drawn(floating: onnx.ModelProto) -> Drawn:
    """Draw the whole generator with the weights of a floating-point model."""
    pen = _Pen(floating)
    x = _decoder(pen, *_inputs(pen))
    source = pen.input("source", [1, 22, 1, "source_frames"])
    for stage in range(len(STAGES)):
        x = _stage(pen, _upsampled(pen, x, stage), _joined(pen, source, stage), stage)
    x = pen.add("LeakyRelu", x, alpha=0.01)
    return _finished(pen, x, [1, pen.weights(LAST)[0].shape[1], 1, "time"])


def begun(floating: onnx.ModelProto) -> Drawn:
    """Draw the generator up to its residual blocks, [1, 1, time, 256], and give the weights of the rest."""
    pen = _Pen(floating)
    x = _upsampled(pen, _decoder(pen, *_inputs(pen)), 0)
    rows = pen.add("Transpose", x, perm=[0, 2, 3, 1])
    joining = tuple(pen.weights(f"{GENERATOR}noise_convs.{stage}/Conv") for stage in range(len(STAGES)))
    return _finished(pen, rows, [1, 1, "time", "channels"], Weights(tuple(_convolutions(pen)), joining))


def _convolutions(pen: _Pen) -> Iterator[Convolution]:
    """Give the convolutions of all residual blocks, and the upsampling between the stages."""
    for stage in range(len(STAGES)):
        if stage:
            weight, bias = pen.upsampling(*pen.weights(f"{GENERATOR}ups.{stage}/ConvTranspose"), STAGES[stage][0])
            yield Convolution(weight, bias, 1)
        for name in _blocks(stage):
            for _, weight, bias, dilation in _turns(pen, name):
                yield Convolution(weight, bias, dilation)


def _inputs(pen: _Pen) -> tuple[str, list[str]]:
    """Draw the features, and the curves of pitch and energy."""
    features = pen.input("features", [1, 512, 1, "frames"])
    return features, [pen.input(name, [1, 1, 1, "half_frames"]) for name in ("pitch", "energy")]


def _finished(pen: _Pen, result: str, shape: list[int | str], blocks: Weights | None = None) -> Drawn:
    last_weight, last_bias = pen.weights(LAST)
    model = pen.model(result, shape)
    _affine_input(model, [bias.size for _, bias in pen.affine])
    head = Head(
        affine_weight=np.concatenate([weight for weight, _ in pen.affine], 1),
        affine_bias=np.concatenate([bias for _, bias in pen.affine]),
        harmonics=pen.weights(f"{GENERATOR}m_source/l_linear/MatMul")[0].ravel(),
        offset=float(pen.value("decoder.decoder.generator.m_source.l_linear.bias")[0]),
        last_weight=last_weight,
        last_bias=last_bias,
    )
    return Drawn(model, head, blocks)


def _affine_input(model: onnx.ModelProto, sizes: list[int]) -> None:
    """Put the input `affine` and its split before everything else."""
    info = onnx.helper.make_tensor_value_info("affine", onnx.TensorProto.FLOAT, [1, sum(sizes), 1, 1])
    model.graph.input.append(info)
    model.graph.initializer.append(numpy_helper.from_array(np.array(sizes, np.int64), "affine_sizes"))
    names = [f"affine_{index}" for index in range(len(sizes))]
    split = onnx.helper.make_node("Split", ["affine", "affine_sizes"], names, "affine_split", axis=1)
    model.graph.node.insert(0, split)


def _decoder(pen: _Pen, features: str, curves: list[str]) -> str:
    """Draw the decoder: features and the curves of pitch and energy, at 40 frames a second, to 80."""
    lowered = [
        pen.plain(curve, f"{DECODER}{name}", pad=(1, 1), stride=2)
        for curve, name in zip(curves, ("F0_conv", "N_conv"), strict=True)
    ]
    kept = pen.plain(features, f"{DECODER}asr_res/asr_res.0")
    x = pen.add("Concat", features, *lowered, axis=1)
    for block in BLOCKS:
        if block != "encode":
            x = pen.add("Concat", x, kept, *lowered, axis=1)
        x = _decoder_block(pen, x, f"{DECODER}{block}", doubled=block == BLOCKS[-1])
    return x


def _decoder_block(pen: _Pen, x: str, name: str, doubled: bool) -> str:
    short = pen.plain(x, f"{name}/conv1x1")
    if doubled:
        short = _doubled(pen, short, pen.weights(f"{name}/conv1x1/Conv")[0].shape[0])
    channels = pen.weights(f"{name}/conv1x1/Conv")[0].shape[1]
    y = _leaky(pen, x, f"{name}/norm1", channels)
    if doubled:
        weight, bias = pen.weights(f"{name}/pool/ConvTranspose")
        y = _pooled(pen, y, weight, bias)
    weight, bias = pen.weights(f"{name}/conv1/Conv")
    y = pen.conv(y, weight, bias, pad=(1, 1))
    y = _leaky(pen, y, f"{name}/norm2", weight.shape[0])
    weight, bias = pen.weights(f"{name}/conv2/Conv")
    y = pen.conv(y, weight, bias, pad=(1, 1))
    return pen.add("Mul", pen.add("Add", y, short), pen.number(0.5**0.5))


def _doubled(pen: _Pen, x: str, channels: int) -> str:
    """Say every moment twice."""
    return pen.shuffled(pen.add("Concat", x, x, axis=1), channels, 2)


def _pooled(pen: _Pen, x: str, weight: Array, bias: Array) -> str:
    """Double the rate by a depthwise transposed convolution of three taps: even moments see one input, odd two."""
    channels = len(bias)
    taps = [pen.constant(weight[:, 0, tap].reshape(1, channels, 1, 1)) for tap in range(3)]
    shift = pen.constant(bias.reshape(1, channels, 1, 1))
    pads = pen.constant(np.array([0, 0, 0, 0, 0, 0, 0, 1], np.int64))
    after = pen.cropped(pen.add("Pad", x, pads, mode="constant"), 1, np.iinfo(np.int64).max)
    even = pen.add("Add", pen.add("Mul", x, taps[1]), shift)
    odd = pen.add("Add", pen.add("Mul", x, taps[2]), pen.add("Mul", after, taps[0]))
    return pen.shuffled(pen.add("Concat", even, pen.add("Add", odd, shift), axis=1), channels, 2)


def _leaky(pen: _Pen, x: str, name: str, channels: int) -> str:
    scale, shift = pen.style(name)
    y = pen.add("Add", pen.add("Mul", pen.normalised(x, channels, EPSILON), scale), shift)
    return pen.add("LeakyRelu", y, alpha=0.2)


def _upsampled(pen: _Pen, x: str, stage: int) -> str:
    weight, bias = pen.weights(f"{GENERATOR}ups.{stage}/ConvTranspose")
    return pen.upsampled(pen.add("LeakyRelu", x, alpha=0.1), weight, bias, STAGES[stage][0])


def _joined(pen: _Pen, source: str, stage: int) -> str:
    """Draw the convolution that brings the source to the rate of a stage."""
    stride = STAGES[stage][1]
    pad = (stride + 1) // 2 if stride > 1 else 0
    return pen.plain(source, f"{GENERATOR}noise_convs.{stage}", pad=(pad, pad), stride=stride)


def _stage(pen: _Pen, x: str, joined: str, stage: int) -> str:
    """Draw one stage of the generator: add the source's residual block, average three of the sum."""
    of_source, *others = _blocks(stage)
    channels = _channels(pen, of_source)
    joined = _residual(pen, joined, pen.normalised(joined, channels, EPSILON), of_source)
    if stage == len(STAGES) - 1:
        # The source is one moment longer than the sound: the first moment is mirrored.
        x = pen.add("Concat", pen.cropped(x, 1, 2), x, axis=3)
    x = pen.add("Add", x, joined)
    normal = pen.normalised(x, channels, EPSILON)
    blocks = [_residual(pen, x, normal, name) for name in others]
    total = pen.add("Add", pen.add("Add", blocks[0], blocks[1]), blocks[2])
    return pen.add("Mul", total, pen.number(1 / KERNELS))


def _blocks(stage: int) -> list[str]:
    """Name the residual blocks of a stage: the source's, then those of the sum."""
    first = KERNELS * stage
    return [f"{GENERATOR}noise_res.{stage}", *(f"{GENERATOR}resblocks.{first + index}" for index in range(KERNELS))]


def _residual(pen: _Pen, x: str, normal: str, name: str) -> str:
    """Draw a residual block: three times norm, Snake, convolution, norm, Snake, convolution."""
    channels = _channels(pen, name)
    for index, (affine, weight, bias, dilation) in enumerate(_turns(pen, name)):
        if index % 2 == 0:
            y = normal if index == 0 else pen.normalised(x, channels, EPSILON)
        else:
            y = pen.normalised(y, channels, EPSILON)
        reach = (weight.shape[2] - 1) // 2 * dilation
        y = pen.conv(_snake(pen, y, affine), weight, bias, pad=(reach, reach), dilation=dilation)
        x = x if index % 2 == 0 else pen.add("Add", x, y)
    return x


def _turns(pen: _Pen, name: str) -> Iterator[tuple[tuple[str, str], Array, Array, int]]:
    """Give for each convolution of a residual block: affine of its norm, weight, bias, dilation."""
    for index, dilation in enumerate(DILATIONS):
        for half, spread in ((1, dilation), (2, 1)):
            alpha = pen.value(f"{name.strip('/').replace('/', '.')}.alpha{half}.{index}").ravel()
            affine = pen.style(f"{name}/adain{half}.{index}", alpha / np.pi)
            weight, bias = pen.weights(f"{name}/convs{half}.{index}/Conv")
            yield affine, weight * (np.pi / alpha)[None, :, None], bias, spread


def _channels(pen: _Pen, name: str) -> int:
    return int(pen.weights(f"{name}/convs1.0/Conv")[0].shape[0])


def _snake(pen: _Pen, x: str, affine: tuple[str, str]) -> str:
    """Draw u + sin²(πu)/π of u = scale x + shift: Snake, but for the factor π/α that the next weights hold.

    With r = u - round(u) and φ = πr/4, sin²(πr) = 1 - (2 (2 cos²φ - 1)² - 1)²: a chain of squares
    of one operand, which a compiler keeps in registers.
    """
    a, b, c = COSINE
    u = pen.add("Add", pen.add("Mul", x, affine[0]), affine[1])
    r = pen.add("Sub", u, pen.add("Round", u))
    y = pen.square(r, np.pi / 4, 0.0)
    y = pen.square(y, 1.0, -a)
    y = pen.square(y, b, c)
    y = pen.square(y, 2.0, -1.0)
    y = pen.square(y, 2.0, -1.0)
    return pen.add("Add", pen.line(y, -1 / np.pi, 1 / np.pi), u)
