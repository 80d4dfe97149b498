"""What is kept: files that appear whole or not at all, and what is thrown away even if nobody is left to do it."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from platformdirs import user_cache_path

from narrate.errors import OutputError

PART = ".part-"
"""How the names of unfinished files and of folders for what is thrown away begin; then process, machine, chance."""


def cache_folder() -> Path:
    """Return the folder for models and clips: `$NARRATE_CACHE`, else the user's cache folder."""
    chosen = os.environ.get("NARRATE_CACHE")
    return Path(chosen) if chosen else user_cache_path("narrate")


@contextmanager
def atomic(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """Give a temporary path beside `path` to write to; it becomes `path` on success, else it is removed.

    What is not `durable` may be lost or damaged when the power fails. Raises OutputError when the
    disk is full or the folder cannot be written.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The ending stays, because encoders choose their format by it.
        with NamedTemporaryFile(dir=path.parent, prefix=_ours(), suffix=path.suffix, delete=False) as file:
            temporary = Path(file.name)
        temporary.chmod(0o644)
        yield temporary
        if durable:
            with temporary.open("rb+") as written:
                os.fsync(written.fileno())
        temporary.replace(path)
    except OSError as error:
        said = error.strerror or error
        raise OutputError(f"cannot write {path}: {said}; make room, or choose another folder (-o, --cache)") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Give a hidden folder inside of `folder` for what is thrown away, so that there is room for both or neither."""
    with TemporaryDirectory(dir=folder, prefix=_ours()) as inside:
        yield Path(inside)


def sweep(folder: Path) -> None:
    """Remove what runs on this machine that were killed have left unfinished in a folder."""
    for path in folder.glob(f"{PART}*"):
        process, _, rest = path.name.removeprefix(PART).partition("-")
        if not rest.startswith(f"{platform.node()}-") or not process.isdecimal() or _lives(int(process)):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _ours() -> str:
    return f"{PART}{os.getpid()}-{platform.node()}-"


def _lives(process: int) -> bool:
    """Tell whether a process runs; where that cannot be asked without harm, as on Windows, it does."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
