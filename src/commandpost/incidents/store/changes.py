"""Saving an incident: its new state, the entries that tell how it came about, and the counts of lists."""

from collections.abc import Sequence
from dataclasses import replace

from commandpost.db import Work
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.timeline import Payload
from commandpost.incidents.store import counts, incidents, log, members, tasks
from commandpost.kernel.clock import Millis


async def save(
    work: Work, before: Incident, after: Incident, *, actor_id: str, at: Millis, payloads: Sequence[Payload]
) -> Incident:
    """Save the rows in which the two states of a locked incident differ, and log the payloads."""
    saved = replace(after, last_event=before.last_event + len(payloads))
    await tasks.save_changes(work, before, saved)
    await incidents.update(work, saved)
    await log.append(work, saved.id, after=before.last_event, actor_id=actor_id, at=at, payloads=payloads)
    await _recount(work, before, saved)
    return saved


async def save_visibility(work: Work, before: Incident, after: Incident) -> None:
    """Save that the incident's channel became public or private."""
    await incidents.set_public(work, after)
    await _recount(work, before, after)


async def insert(
    work: Work,
    incident: Incident,
    *,
    newcomers: Sequence[members.Newcomer],
    actor_id: str,
    payloads: Sequence[Payload],
) -> Incident:
    """Make a new incident with all it holds."""
    made = replace(incident, last_event=len(payloads))
    await incidents.insert(work, made)
    await tasks.insert(work, made)
    await members.insert(work, made.id, newcomers, at=made.create_at)
    await log.append(work, made.id, after=0, actor_id=actor_id, at=made.create_at, payloads=payloads)
    viewers = (counts.TEAM, *(newcomer.user_id for newcomer in newcomers))
    await counts.apply(work, made, counts.added(made, viewers))
    return made


async def _recount(work: Work, before: Incident, after: Incident) -> None:
    if (before.is_public, before.is_active) == (after.is_public, after.is_active):
        return
    viewers = (counts.TEAM, *await members.present(work, after.id))
    await counts.apply(work, after, counts.added(before, viewers, amount=-1) + counts.added(after, viewers))
