"""Make, once, the three networks and their head out of the published model; keep them in the user's cache.

tokens, style, speed ──▶ encoder ──▶ frames of each symbol, two rows of features
features by frames, style ──▶ prosody ──▶ pitch, energy
features by frames, pitch, energy, source, affine ──▶ generator ──▶ what the head turns into sound

Where the kernel runs, the generator ends before its residual blocks, and `blocks` goes on.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from narrate.engines._kokoro import packing, runtime, weights
from narrate.engines._kokoro.waves import Head

if TYPE_CHECKING:
    import onnx

VERSION = "2"
"""Counted up whenever what is made here changes."""

MANIFEST = "manifest.json"
"""File → SHA-256; written last, so that a folder with it is whole."""

HEAD = "head.npz"

DTYPES = {"int64": 7, "float32": 1}
"""ONNX's numbers of types."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of the published graph: which tensors go in and come out."""

    inputs: Mapping[str, str]
    """Our name → tensor of the export."""
    outputs: Mapping[str, str]


ENCODER = Cut(
    {"tokens": "tokens", "style": "style", "speed": "speed"},
    {
        "frames": "/encoder/Gather_output_0",
        "prosodic": "/encoder/predictor/text_encoder/Concat_4_output_0",
        "phonetic": "/encoder/text_encoder/Transpose_2_output_0",
    },
)
"""Frames int64 [n]; features for the prosody float32 [1, n, 640] and for the generator [1, 512, n]."""

PROSODY = Cut(
    {"stretched": "/encoder/MatMul_output_0", "style": "style"},
    {"pitch": "/encoder/Reshape_output_0", "energy": "/encoder/Reshape_1_output_0"},
)
"""Features stretched to frames [1, 640, f] to two curves [1, 2 f]."""

SHAPES: dict[str, tuple[str, Sequence[int | str]]] = {
    "tokens": ("int64", (1, "symbols")),
    "style": ("float32", (1, 256)),
    "speed": ("float32", (1,)),
    "prosodic": ("float32", (1, "symbols", 640)),
    "stretched": ("float32", (1, 640, "time")),
    "frames": ("int64", ("symbols",)),
    "phonetic": ("float32", (1, 512, "symbols")),
    "pitch": ("float32", (1, "points")),
    "energy": ("float32", (1, "points")),
}


def installed() -> Path:
    """Return the folder of the networks, made first if it is not there or was damaged. Raises EngineError."""
    folder = weights.folder(f"{VERSION}-{runtime.ground()}")
    if not _whole(folder):
        _install(folder)
    return folder


def head(folder: Path) -> Head:
    """Read the weights of what lies outside the networks."""
    with np.load(folder / HEAD) as arrays:
        values = {name: arrays[name] for name in arrays}
    return Head(**{**values, "offset": float(values["offset"])})


def _whole(folder: Path) -> bool:
    """Tell whether all files are there as they were written."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        return all(_digest(folder / name) == sha for name, sha in manifest.items())
    except (OSError, ValueError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _install(folder: Path) -> None:
    import onnx

    from narrate.engines._kokoro.floating import Floating
    from narrate.engines._kokoro.generator import begun, drawn

    published = onnx.load_from_string(weights.read())
    graph = published.graph
    for tensor in (*ENCODER.outputs.values(), *PROSODY.outputs.values()):
        graph.output.append(onnx.helper.make_tensor_value_info(tensor, DTYPES["float32"], None))
    floating = Floating(published).rewritten()
    drawing = begun(floating) if runtime.kernel() else drawn(floating)
    parts = {"encoder": part(floating, ENCODER), "prosody": part(floating, PROSODY), "generator": drawing.model}
    files = {HEAD: _packed(drawing.head)} | (packing.stored(drawing.blocks) if drawing.blocks else {})
    for name, model in parts.items():
        files |= runtime.stored(name, model.SerializeToString())
    for name, content in files.items():
        weights.keep(folder / name, content)
    manifest = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    weights.keep(folder / MANIFEST, json.dumps(manifest).encode())


def part(model: onnx.ModelProto, cut: Cut) -> onnx.ModelProto:
    """Copy out the part of a model between the tensors of a cut, under our names."""
    from onnx import helper

    names = {tensor: name for name, tensor in (*cut.inputs.items(), *cut.outputs.items())}
    ends, wanted, nodes = set(cut.inputs.values()), set(cut.outputs.values()), []
    for node in reversed(model.graph.node):
        if wanted & set(node.output) and not ends & set(node.output):
            wanted |= set(node.input)
            copy = type(node)()
            copy.CopyFrom(node)
            copy.input[:] = [names.get(name, name) for name in node.input]
            copy.output[:] = [names.get(name, name) for name in node.output]
            nodes.append(copy)
    constants = [constant for constant in model.graph.initializer if constant.name in wanted]
    inputs, outputs = (
        [helper.make_tensor_value_info(name, DTYPES[SHAPES[name][0]], SHAPES[name][1]) for name in side]
        for side in (cut.inputs, cut.outputs)
    )
    graph = helper.make_graph(nodes[::-1], "part", inputs, outputs, constants)
    return helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)


def _packed(head: Head) -> bytes:
    file = io.BytesIO()
    arrays: dict[str, Any] = {name: np.asarray(value) for name, value in asdict(head).items()}
    np.savez(file, **arrays)
    return file.getvalue()
