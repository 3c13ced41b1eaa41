"""How long something lasted, in words: `15m`, `2h 45m`, `4d 15m`."""

from commandpost.kernel.clock import SECOND_MS, Millis

_PLAUSIBLE_FROM = Millis(1_577_836_800_000)
"""2020-01-01: times before it come from broken clocks or old rows."""


def is_plausible(at: Millis) -> bool:
    """Whether a time may be shown to people."""
    return at >= _PLAUSIBLE_FROM


def duration_text(duration_ms: int) -> str:
    """A duration, rounded to the second; under a minute `< 1m`. Days are not gathered into weeks."""
    seconds = (duration_ms + SECOND_MS // 2) // SECOND_MS
    minutes = seconds // 60
    if minutes < 1:
        return "< 1m"
    parts = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "m"))
    return " ".join(f"{amount}{unit}" for amount, unit in parts if amount)


def incident_duration_text(*, create_at: Millis, end_at: Millis, is_active: bool, now: Millis) -> str:
    """How long an incident has been going on, or went on; `--` if it ended at no plausible time."""
    if is_active:
        return duration_text(now - create_at)
    return duration_text(end_at - create_at) if is_plausible(end_at) else "--"
