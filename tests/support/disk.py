"""A disk that is full for what is large."""

import resource
from collections.abc import Generator
from contextlib import contextmanager

FULL_AT = 8_000_000
TOO_LARGE = bytes(FULL_AT + 1_000_000)


@contextmanager
def files_end_at(size: int = FULL_AT) -> Generator[None]:
    """No file of this process grows beyond this size: writing on fails."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
