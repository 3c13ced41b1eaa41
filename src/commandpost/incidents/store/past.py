"""Incidents with their histories, many at once."""

from collections.abc import Sequence

from commandpost.db import Work
from commandpost.incidents.model.past import PastIncident
from commandpost.incidents.store import counts, incidents, log, members, status_posts, tasks


async def insert(work: Work, pasts: Sequence[PastIncident]) -> None:
    """Make them all, with a handful of statements."""
    whole = [past.incident for past in pasts]
    await incidents.insert_many(work, whole)
    await tasks.insert_many(work, whole)
    await status_posts.insert_many(work, whole)
    await members.insert_many(work, {past.incident.id: past.joined for past in pasts})
    await log.append_many(work, [entry for past in pasts for entry in past.entries])
    await counts.apply_many(
        work,
        [
            (
                past.incident,
                counts.added(past.incident, (counts.TEAM, *(one.user_id for one in past.joined))),
            )
            for past in pasts
        ],
    )
