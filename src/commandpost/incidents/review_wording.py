"""Every sentence of a review: why there was a gap, and how that is known."""

from collections.abc import Mapping

from commandpost.incidents.model.review.durations import Interval
from commandpost.incidents.model.review.evidence import Cause, Claim, Detail
from commandpost.incidents.model.review.gaps import Gap
from commandpost.incidents.model.timeline import TaskTicked
from commandpost.kernel.clock import DAY_MS, HOUR_MS, MINUTE_MS

SENTENCES: Mapping[tuple[Cause, Detail], str] = {
    (Cause.UNASSIGNED, Detail.LATE): "Nobody was assigned to {what} for {held}; then {who} was.",
    (Cause.UNASSIGNED, Detail.NEVER): "Nobody was assigned to {what}.",
    (Cause.ASSIGNEE_AWAY, Detail.AWAY): "{who}, whose turn it was, was away.",
    (Cause.ASSIGNEE_AWAY, Detail.LEFT): "{who}, whose turn it was, was not in the channel for {held}.",
    (Cause.ASSIGNEE_AWAY, Detail.SILENT): (
        "Nothing was heard of {who}, whose turn it was, for {held}, while others were active."
    ),
    (Cause.COMMANDER_CHANGED, Detail.NONE): "The commander changed: {who} took over.",
    (Cause.COMMAND_FAILED, Detail.FAILED): "A task's command failed ({count}).",
    (Cause.COMMAND_FAILED, Detail.REPEATED): "A task's command had to be run again: {count} runs.",
    (Cause.STAGE_RETURNED, Detail.RETURNED): "A stage that had been left was returned to.",
    (Cause.STAGE_RETURNED, Detail.BELATED): "{what} belongs to a stage that had been left without it.",
    (
        Cause.AWAITING_ANSWER,
        Detail.ANSWERED,
    ): "{first} asked in the channel, and waited {held} for an answer.",
    (Cause.AWAITING_ANSWER, Detail.UNANSWERED): "{first} asked in the channel; no answer came for {held}.",
    (Cause.NO_ACTIVITY, Detail.NONE): "Nobody did anything for {held}.",
    (Cause.OUTSIDE_HOURS, Detail.NONE): "It was outside the working hours of all members.",
    (Cause.USUAL_LENGTH, Detail.NONE): "{what} usually takes so long, as in {count} earlier runs.",
}

UNEXPLAINED = "Unexplained: nothing on record says why."


def gap(found: Gap, usernames: Mapping[str, str]) -> str:
    """One sentence for each cause, the likeliest first, or that there is none."""
    if not found.causes:
        return UNEXPLAINED
    return " ".join(cause(claim, found.interval, usernames) for claim in found.causes)


def cause(claim: Claim, interval: Interval, usernames: Mapping[str, str]) -> str:
    """What a claim says of an interval."""
    names = [f"@{usernames.get(user_id, '') or 'unknown'}" for user_id in claim.user_ids]
    closing = interval.closing
    return SENTENCES[claim.cause, claim.detail].format(
        what=f'"{closing.title}"' if isinstance(closing, TaskTicked) else "the end",
        who=" and ".join(names),
        first=names[0] if names else "Somebody",
        held=duration(claim.until - claim.since),
        count=claim.count,
    )


def duration(length_ms: int) -> str:
    """A length of time in its two largest units, from minutes on."""
    if length_ms < MINUTE_MS:
        return "less than a minute"
    days, hours, minutes = (
        length_ms // DAY_MS,
        length_ms % DAY_MS // HOUR_MS,
        length_ms % HOUR_MS // MINUTE_MS,
    )
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    first = next(at for at, (number, _) in enumerate(parts) if number)
    shown = [(number, unit) for number, unit in parts[first : first + 2] if number]
    return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in shown)
