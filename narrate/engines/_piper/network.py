"""A Piper model in ONNX Runtime, made to tell its durations and to draw its noise from us."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from narrate.errors import EngineError
from narrate.model import Samples

Frames = npt.NDArray[np.int64]

SEED = 20_24
"""Of the noise: any number does, as long as it stays."""

NOISE_FRAMES = 64
"""Frames of noise drawn for each symbol: four times what one lasts at its slowest, as models stop at 16."""

FEWEST_FRAMES = 4_096
"""Frames of noise drawn at least."""

THREADS = 1
"""Two processes of one thread are quicker than one of two."""


@dataclass(frozen=True)
class Spoken:
    """What the network made: samples, and how many of them each symbol lasts, or nothing if it does not tell."""

    samples: Samples
    lengths: Frames


class Network:
    """One model, loaded."""

    def __init__(self, path: Path) -> None:
        """Load and rewrite a model. Raises EngineError when the file is no model."""
        import onnxruntime

        runtime: Any = onnxruntime
        options = runtime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.log_severity_level = 3
        try:
            model, self._noises, self._timed = rewritten(path)
            self._session = runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # its own kinds of error are no common kind
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EngineError(f"{path} cannot be loaded as a Piper voice ({reason}): download it again") from error
        self._inputs = {one.name for one in self._session.get_inputs()}

    def say(self, symbols: list[int], scales: tuple[float, float, float], speaker: int) -> Spoken:
        """Speak a sequence of symbols. `scales`: noise, length, noise of the durations. Raises EngineError."""
        frames = max(FEWEST_FRAMES, round(NOISE_FRAMES * len(symbols) * scales[1]))
        feed: dict[str, Any] = {
            "input": np.array([symbols], np.int64),
            "input_lengths": np.array([len(symbols)], np.int64),
            "scales": np.array(scales, np.float32),
            "sid": np.array([speaker], np.int64),
        }
        draw = np.random.default_rng(SEED)
        for name, channels in self._noises.items():
            feed[name] = draw.standard_normal((1, channels, frames), np.float32)
        try:
            sound, *lengths = self._session.run(None, {name: feed[name] for name in feed.keys() & self._inputs})
        except Exception as error:
            raise EngineError(f"the Piper voice failed: {str(error).splitlines()[0]}") from error
        samples = np.asarray(sound, np.float32).reshape(-1)
        if not self._timed:
            return Spoken(samples, np.zeros(0, np.int64))
        frame_counts = np.asarray(lengths[0]).reshape(-1).astype(np.int64)
        return Spoken(samples, frame_counts * (len(samples) // max(1, int(frame_counts.sum()))))


def rewritten(path: Path) -> tuple[bytes, dict[str, int], bool]:
    """Return a model with its noise as inputs (name → channels), and whether it tells durations as a further output.

    ONNX Runtime draws noise anew at each call, so that a line would sound differently whenever
    and wherever it is said. Durations are what `Ceil` rounds up to whole frames.
    """
    import onnx
    from onnx import TensorProto, helper

    model = onnx.load(str(path))
    graph = model.graph
    noises: dict[str, int] = {}
    nodes = []
    for node in graph.node:
        if node.op_type != "RandomNormalLike":
            nodes.append(node)
            continue
        name = f"noise{len(noises)}"
        noises[name] = 2 if "/dp/" in node.name or "/dp/" in node.output[0] else _channels(graph)
        graph.input.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, noises[name], None]))
        shape = f"{name}_shape"
        nodes += [
            helper.make_node("Shape", [node.input[0]], [shape]),
            helper.make_node("Slice", [name, f"{name}_zero", shape], [node.output[0]]),
        ]
        graph.initializer.append(helper.make_tensor(f"{name}_zero", TensorProto.INT64, [3], [0, 0, 0]))
    del graph.node[:]
    graph.node.extend(nodes)
    rounded = [node.output[0] for node in nodes if node.op_type == "Ceil"]
    if len(rounded) == 1:
        graph.output.append(helper.make_tensor_value_info(rounded[0], TensorProto.FLOAT, None))
    return model.SerializeToString(), noises, len(rounded) == 1


def _channels(graph: Any) -> int:
    """Return the channels of the latent: those that the vocoder's first convolution takes in."""
    sizes = {one.name: tuple(one.dims) for one in graph.initializer}
    for node in graph.node:
        if node.op_type == "Conv" and "conv_pre" in node.name:
            return int(sizes[node.input[1]][1])
    return 192  # as every published voice has it
