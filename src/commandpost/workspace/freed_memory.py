"""What the threads that hash passwords had of memory, given back to the system when they have nothing to do.

glibc keeps what a thread has freed for its next need, for good: 19 MB for each thread that has ever hashed.
To let every block go back at once would make each hash take half as long again, for the pages that it has to
ask for. Other C libraries have no such switches, and what they keep is their own business.
"""

import contextlib
import ctypes
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""`M_TRIM_THRESHOLD` and `M_MMAP_THRESHOLD` of mallopt(3)."""

_KEPT_BYTES = 64 << 20
_LARGEST_BYTES = 32 << 20
"""What glibc comes to by itself after a few large blocks; it no longer does once a threshold is set."""

_LOOSENED_BYTES = 128 << 10
_PATIENCE_S = 5.0


def give_back(threads: ThreadPoolExecutor, number: int) -> None:
    """Let all of a pool's threads give back at the same moment what they freed; does not wait for it."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    mallopt(_MMAP_THRESHOLD, _LARGEST_BYTES)
    begin = threading.Barrier(number, lambda: mallopt(_TRIM_THRESHOLD, _LOOSENED_BYTES))
    end = threading.Barrier(number, lambda: mallopt(_TRIM_THRESHOLD, _KEPT_BYTES))
    for _ in range(number):
        threads.submit(_free_something, begin.wait, end.wait)


def _free_something(begin: Callable[[float], object], end: Callable[[float], object]) -> None:
    """Free a block large enough for glibc to look at what the thread has kept."""
    with contextlib.suppress(threading.BrokenBarrierError):
        begin(_PATIENCE_S)
        bytes(2 * _LOOSENED_BYTES)
        end(_PATIENCE_S)
