"""A bucket of its own, spoken to as S3 is: clips and editions there are those of a folder here."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import ROOT, Bench

pytest.importorskip("s3fs")
pytest.importorskip("moto")

MAKE = ("--engine", "tone", "--executor", "inline", "--format", "mp3,script,vtt,edition")
CLIPS, EDITIONS = "s3://newsroom/clips", "s3://newsroom/editions"


@pytest.fixture(scope="module")
def store() -> Iterator[dict[str, str]]:
    """A server with an empty bucket, as the environment that leads to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", address.rpartition(":")[2]]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(address)
        urllib.request.urlopen(urllib.request.Request(f"{address}/newsroom", method="PUT"), timeout=30).close()
        yield {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "anybody",
            "AWS_SECRET_ACCESS_KEY": "anything",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
    finally:
        server.kill()
        server.wait()


def _await(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=30).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the object store did not start")


def _python(code: str, store: dict[str, str]) -> str:
    """Run code that has `disk` at hand, in a process of its own: s3fs keeps threads."""
    code = f"from narrate.disks import disk\nfrom narrate.clips import ClipCache\n{code}"
    environment = {**os.environ, **store, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_editions_and_clips_in_a_bucket(tmp_path: Path, store: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are those of a folder; the second run makes nothing; damage and loss there are mended."""
    for name, value in store.items():
        monkeypatch.setenv(name, value)
    here, there = Bench(tmp_path / "here"), Bench(tmp_path / "there")
    here.prepare(1)
    there.prepare(1)
    assert here.run(*MAKE)[0] == 0
    wanted = here.made()

    def made() -> bytes:
        code, errors = there.run(*MAKE, "--cache", CLIPS, "-o", EDITIONS)
        assert code == 0, errors
        at = tmp_path / "fetched.mp3"
        _python(f"open({str(at)!r}, 'wb').write(disk({EDITIONS!r}).read('the-ferry/the-ferry.mp3'))", store)
        return at.read_bytes()

    assert made() == wanted["the-ferry.mp3"]
    stamp = f"print(disk({EDITIONS!r})._files.info('newsroom/editions/the-ferry/the-ferry.mp3')['LastModified'])"
    before = _python(stamp, store)
    assert made() == wanted["the-ferry.mp3"] and _python(stamp, store) == before
    _python(
        f"clips, editions = disk({CLIPS!r}), disk({EDITIONS!r})\n"
        "names = [name for name, _, _ in clips.sizes('.clip')]\n"
        "assert len(names) > 10\n"
        "data = bytearray(clips.read(names[3])); data[-5] ^= 8; clips.write(names[3], bytes(data))\n"
        "clips.remove(names[5]); editions.remove('the-ferry/the-ferry.mp3')",
        store,
    )
    assert made() == wanted["the-ferry.mp3"] and _python(stamp, store) != before
    assert not there.made()


def test_a_bucket_is_bounded(store: dict[str, str]) -> None:
    """What was written first goes first, until the rest fits."""
    code = (
        "import numpy as np, time\n"
        "from narrate.model import Clip\n"
        "cache = ClipCache('s3://newsroom/bounded')\n"
        "keys = [ClipCache.key(str(n)) for n in range(3)]\n"
        "for key in keys: cache.put(key, Clip(np.zeros(100, np.float32), 24000, ())); time.sleep(1.1)\n"
        "size = cache.sizes()[0][1]\n"
        "assert cache.prune(size) == (2, 2 * size)\n"
        "print([cache.has(key) for key in keys])"
    )
    assert _python(code, store).strip() == "[False, False, True]"


@pytest.mark.parametrize(("change", "said"), [({}, "no such bucket"), ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "")])
def test_what_is_wrong_with_a_store_is_said(
    store: dict[str, str], tmp_path: Path, change: dict[str, str], said: str
) -> None:
    """A bucket that is not there is not made in silence, a server that does not answer is named: errors of ours."""
    code = (
        "from narrate.errors import OutputError\n"
        "try: disk('s3://nowhere/clips').write('a.clip', b'x')\n"
        "except OutputError as error: print(error)"
    )
    told = _python(code, store | {"AWS_MAX_ATTEMPTS": "1"} | change)
    assert "s3://nowhere/clips" in told and said in told and len(told.splitlines()) == 1
