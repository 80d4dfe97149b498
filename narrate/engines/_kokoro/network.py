"""The network: symbols and a style to sound, with the length of every symbol."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from narrate.engines._kokoro import weights
from narrate.engines._kokoro.vocabulary import SYMBOLS
from narrate.model import Samples

RATE = 24_000
"""Samples a second, Hz."""

FRAME = 600
"""Samples to one frame of the durations: 25 ms."""

DURATION = "/encoder/Gather_output_0"
"""The tensor of the export that holds each symbol's frames."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Sound of a row of symbols."""

    samples: Samples
    frames: npt.NDArray[np.int64]
    """Frames of each symbol, with the silence before the first and behind the last: [n + 2]."""


class Network:
    """The published model as it is, with its durations as a second output."""

    def __init__(self, threads: int = 1) -> None:
        import onnx
        import onnxruntime

        model = onnx.load_from_string(weights.read())
        model.graph.output.append(onnx.helper.make_tensor_value_info(DURATION, onnx.TensorProto.INT64, None))
        options = onnxruntime.SessionOptions()  # type: ignore[attr-defined]
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession  # type: ignore[attr-defined]
        self._session = session(model.SerializeToString(), options, ["CPUExecutionProvider"])

    def say(self, symbols: str, style: npt.NDArray[np.float32], speed: float) -> Speech:
        """Say symbols (at most 510) in a style [256]; speed 1 is the voice's own."""
        tokens = [0, *(SYMBOLS[symbol] for symbol in symbols), 0]
        sound, frames = self._session.run(
            None,
            {
                "tokens": np.array([tokens], np.int64),
                "style": style.reshape(1, -1).astype(np.float32),
                "speed": np.array([speed], np.float32),
            },
        )
        return Speech(np.asarray(sound, np.float32).reshape(-1), np.asarray(frames).reshape(-1))
