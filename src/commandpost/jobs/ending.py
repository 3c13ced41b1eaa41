"""The end of jobs, when the server stops."""

import asyncio
from collections.abc import Sequence

_CANCEL_AGAIN_S = 0.2


async def end_jobs(jobs: Sequence[asyncio.Task[object]]) -> None:
    """Cancel jobs until they are over.

    Once is not enough: `asyncio.wait_for` of Python 3.11, which libraries use, loses one that comes just as
    what it waits for is there.
    """
    while going := [job for job in jobs if not job.done()]:
        for job in going:
            job.cancel()
        await asyncio.wait(going, timeout=_CANCEL_AGAIN_S)
