"""Disks that are full, small, or read-only."""

import resource
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

FULL_AT = 8_000_000
TOO_LARGE = bytes(FULL_AT + 1_000_000)
_MOUNTED = 'mount -t tmpfs -o "$1" none "$0" && shift && exec "$@"'


@contextmanager
def files_end_at(size: int = FULL_AT) -> Generator[None]:
    """No file of this process grows beyond this size: writing on fails."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


def on_a_disk_of_its_own(folder: Path, options: str) -> list[str]:
    """What to put before a command, so that for it the folder is a disk with these options of tmpfs.

    Some containers let nobody mount one, root neither, and no package changes that: there it cannot be tried.
    """
    inside = ["unshare", "--map-root-user", "--mount", "sh", "-c", _MOUNTED, str(folder), options]
    if subprocess.run([*inside, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk of their own")
    return inside
