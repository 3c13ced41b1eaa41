"""How fast a sender of alerts may be: a storm is taken in, a flood without end is not."""

from dataclasses import dataclass

from commandpost.kernel.clock import SECOND_MS, Millis

PER_S = 50
BURST = 2000
"""Requests: so many each second in the long run, so many at once."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: Millis


class Throttle:
    """A bucket of requests for each source, which fills again with time. For one process."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}

    def wait_s(self, source_id: str, *, now: Millis) -> float:
        """Take a request out of the bucket; gives 0, or the seconds until there is one if it is empty."""
        bucket = self._buckets.setdefault(source_id, _Bucket(left=BURST, at=now))
        passed_s = max(now - bucket.at, 0) / SECOND_MS
        bucket.left, bucket.at = min(bucket.left + passed_s * PER_S, BURST), now
        if bucket.left < 1:
            return (1 - bucket.left) / PER_S
        bucket.left -= 1
        return 0.0
