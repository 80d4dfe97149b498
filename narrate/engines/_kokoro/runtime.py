"""Run a network: by OpenVINO where it is installed, else by ONNX Runtime; its heaviest part by a kernel of our own."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import numpy.typing as npt

Run = Callable[[Mapping[str, npt.NDArray[Any]]], dict[str, npt.NDArray[Any]]]
"""Inputs by name to outputs by name."""

RUNTIME = "NARRATE_KOKORO_RUNTIME"
"""`openvino` or `onnxruntime`, to choose by hand."""

PRECISION = "NARRATE_KOKORO_PRECISION"
"""`bf16` or `f32`, to choose by hand."""

KERNEL = "NARRATE_KOKORO_KERNEL"
"""`0`: leave the whole network to the runtime."""

SHAPES_KEPT = 32
"""Compiled kernels that OpenVINO keeps for lengths it has met: 256 take 50 MB more and save nothing, its own 5,000
would grow past our memory."""


@cache
def runtime() -> str:
    """Return the name of the runtime in use."""
    return os.environ.get(RUNTIME) or ("openvino" if find_spec("openvino") else "onnxruntime")


@cache
def precision() -> str:
    """Return the precision of the networks: bf16 where the processor multiplies it natively, else f32."""
    if runtime() == "onnxruntime":
        return "f32"
    return os.environ.get(PRECISION) or ("bf16" if _native_bf16() else "f32")


@cache
def kernel() -> bool:
    """Tell whether our kernel runs the residual blocks: where bfloat16 is multiplied by vectors.

    By matrices (AMX), OpenVINO is faster.
    """
    if precision() != "bf16" or os.environ.get(KERNEL) == "0" or not find_spec("numba"):
        return False
    from llvmlite.binding import get_host_cpu_features

    features = get_host_cpu_features()
    return bool(features.get("avx512bf16")) and not features.get("amx-bf16")


def ground() -> str:
    """Name what the networks run on; for each, other files are made."""
    return f"{runtime()}-kernel" if kernel() else runtime()


def _native_bf16() -> bool:
    from openvino import Core  # type: ignore[attr-defined]

    return "BF16" in Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def stored(name: str, model: bytes) -> dict[str, bytes]:
    """Return the files, name to content, in which this runtime reads an ONNX model best.

    OpenVINO maps the weights of its own format into memory, where all workers share them.
    """
    if runtime() == "onnxruntime":
        return {f"{name}.onnx": model}
    from openvino import Core, save_model  # type: ignore[attr-defined]

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.xml"
        save_model(Core().read_model(model), path, compress_to_fp16=False)
        return {file.name: file.read_bytes() for file in (path, path.with_suffix(".bin"))}


def load(folder: Path, name: str, outputs: tuple[str, ...], threads: int) -> Run:
    """Load a network for the processor. Raises RuntimeError when the file cannot be run."""
    if runtime() == "openvino":
        return _openvino(folder / f"{name}.xml", outputs, threads)
    return _onnxruntime(folder / f"{name}.onnx", outputs, threads)


def _openvino(path: Path, outputs: tuple[str, ...], threads: int) -> Run:
    from openvino import Core  # type: ignore[attr-defined]

    core = Core()
    settings = {
        "INFERENCE_PRECISION_HINT": precision(),
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": 1,
        "CPU_RUNTIME_CACHE_CAPACITY": SHAPES_KEPT,
        # Pinned, the thread of every worker lands on the first core: two workers then make no more than one.
        "ENABLE_CPU_PINNING": False,
    }
    request = core.compile_model(core.read_model(path), "CPU", settings).create_infer_request()

    def run(inputs: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
        results = cast("list[npt.NDArray[Any]]", list(request.infer(dict(inputs)).values()))
        return {name: value.copy() for name, value in zip(outputs, results, strict=True)}

    return run


def _onnxruntime(path: Path, outputs: tuple[str, ...], threads: int) -> Run:
    import onnxruntime

    options = onnxruntime.SessionOptions()  # type: ignore[attr-defined]
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    start = onnxruntime.InferenceSession  # type: ignore[attr-defined]
    session = start(str(path), options, ["CPUExecutionProvider"])

    def run(inputs: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
        results: Any = session.run(None, dict(inputs))
        return dict(zip(outputs, results, strict=True))

    return run
