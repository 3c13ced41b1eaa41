"""Single times as three numbers."""

import statistics
from collections.abc import Sequence


def spread(times_ms: Sequence[float]) -> str:
    """The median, the 95th percentile and the worst."""
    if not times_ms:
        return "nothing was measured"
    cuts = statistics.quantiles(times_ms, n=20) if len(times_ms) > 1 else [times_ms[0]] * 19
    median, worst = statistics.median(times_ms), max(times_ms)
    return f"p50 {median:.0f} ms, p95 {min(cuts[18], worst):.0f} ms, worst {worst:.0f} ms of {len(times_ms)}"
