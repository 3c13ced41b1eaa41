"""Temporary files: a disk without room for them is a reason to try again later, and no fault within."""

import errno
from collections.abc import Generator
from contextlib import contextmanager

from commandpost.kernel.errors import Unavailable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NoRoom(Unavailable):
    """The server has no room for temporary files just now."""

    code = "temporary.no_room"


@contextmanager
def in_temporary_files() -> Generator[None]:
    """For what writes temporary files and reads them. Raises NoRoom where there is no room."""
    try:
        yield
    except OSError as cause:
        if is_full(cause):
            raise NoRoom from cause
        raise


def is_full(cause: BaseException) -> bool:
    """Whether a file could not be written because there is no room for it."""
    return isinstance(cause, OSError) and cause.errno in _FULL
