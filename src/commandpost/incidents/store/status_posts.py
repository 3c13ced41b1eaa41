"""The posts that are status updates of an incident."""

from collections.abc import Sequence

from commandpost.db import Sql, Work
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.status_update import StatusPost
from commandpost.kernel.clock import Millis

_INSERT = Sql("""
    INSERT INTO status_posts (incident_id, post_id, create_at) VALUES (:incident_id, :post_id, :create_at)
""")
_INCIDENT_OF = Sql("SELECT incident_id FROM status_posts WHERE post_id = :post_id")
_OF_CHANNEL = Sql("""
    SELECT status_posts.post_id FROM status_posts JOIN incidents ON incidents.id = status_posts.incident_id
    WHERE incidents.channel_id = :channel_id AND status_posts.delete_at = 0
    ORDER BY status_posts.create_at
""")
_DELETE = Sql("UPDATE status_posts SET delete_at = :at WHERE post_id = :post_id AND delete_at = 0")


async def insert(work: Work, incident_id: str, post: StatusPost) -> None:
    await work.put(_INSERT, incident_id=incident_id, post_id=post.id, create_at=post.create_at)


async def insert_many(work: Work, incidents: Sequence[Incident]) -> None:
    """Link the status posts of several new incidents."""
    await work.run_many(
        _INSERT,
        [
            {"incident_id": incident.id, "post_id": post.id, "create_at": post.create_at}
            for incident in incidents
            for post in incident.status_posts
        ],
    )


async def incident_of(work: Work, post_id: str) -> str | None:
    """The id of the incident whose status update a post is; None if it is none."""
    return await work.value(_INCIDENT_OF, post_id=post_id)


async def of_channel(work: Work, channel_id: str) -> Sequence[str]:
    """The ids of a channel's status updates that are not deleted, oldest first."""
    return [row["post_id"] for row in await work.all(_OF_CHANNEL, channel_id=channel_id)]


async def mark_deleted(work: Work, post_id: str, *, at: Millis) -> bool:
    """Note that the post was deleted; whether it was there until now."""
    return await work.run(_DELETE, post_id=post_id, at=at) > 0
