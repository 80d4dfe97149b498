"""How many processes this machine does best with."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

WORKER = 1200 * 2**20
"""Bytes that one worker may take."""

KEPT = 1024 * 2**20
"""Bytes left to the main process and to the rest of the machine."""

MOST = 8
"""Workers beyond this wait for memory rather than for processors."""


THRIFT = {-3: 1_000_000, -1: 1_000_000, -8: 1}
"""glibc's mallopt: blocks from 1 MB on are mapped by themselves and given back when freed; one arena."""


def thrifty() -> None:
    """Make the C library give freed memory back at once, where it is glibc: 0.2 GB less for a worker."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        for option, value in THRIFT.items():
            mallopt(option, value)


def workers() -> int:
    """Return how many workers of one thread each to run: one a processor, as far as memory goes.

    One thread each, because two workers of one thread were measured 1.3 times as fast as one
    worker of two (benchmarks/speed.md): nothing between the networks runs in parallel.
    """
    return max(1, min(_processors(), (_free() - KEPT) // WORKER, MOST))


def _processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _free() -> int:
    """Return the memory that is available, bytes; where it cannot be asked, that of a small laptop."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        available = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration, ValueError):
        return _total()
    return min(available, _granted())


def _total() -> int:
    """Return the memory of a machine without /proc, bytes."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 4 * 2**30


def _granted() -> int:
    """Return what a container grants, bytes; a great number outside of one."""
    try:
        return int(Path("/sys/fs/cgroup/memory.max").read_text())
    except (OSError, ValueError):
        return sys.maxsize
