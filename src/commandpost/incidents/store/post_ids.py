"""Putting the ids of posts where something stood for them until the chat had posted."""

from collections.abc import Sequence

from commandpost.db import Sql, Work

_INCIDENTS = Sql("SELECT id FROM incidents WHERE channel_id IN (:channel_ids...) ORDER BY id")
_REMINDER = Sql(
    "UPDATE incidents SET reminder_post_id = :post_id"
    " WHERE id = :incident_id AND reminder_post_id = :placeholder"
)
_STATUS = Sql(
    "UPDATE status_posts SET post_id = :post_id, create_at = :create_at"
    " WHERE incident_id = :incident_id AND post_id = :placeholder"
)
_IN_STAGES = "stage_id IN (SELECT id FROM stages WHERE incident_id = :incident_id)"
_STATE = Sql(
    "UPDATE tasks SET state_modified_post_id = :post_id"
    f" WHERE state_modified_post_id = :placeholder AND {_IN_STAGES}"
)
_ASSIGNEE = Sql(
    "UPDATE tasks SET assignee_modified_post_id = :post_id"
    f" WHERE assignee_modified_post_id = :placeholder AND {_IN_STAGES}"
)
_LOG = Sql(
    "UPDATE incident_events SET payload = replace(payload, :placeholder, :post_id)"
    " WHERE incident_id = :incident_id AND payload LIKE '%' || :placeholder || '%'"
)


async def incidents_in(work: Work, channel_ids: Sequence[str]) -> Sequence[str]:
    """The incidents of these channels."""
    return [row["id"] for row in await work.all(_INCIDENTS, channel_ids=list(channel_ids))]


async def put(work: Work, incident_id: str, placeholder: str, post_id: str, *, create_at: int) -> bool:
    """Put an id in its place in an incident and its log; whether the incident itself looks different now."""
    params = {"incident_id": incident_id, "placeholder": placeholder, "post_id": post_id}
    changed = await work.run(_REMINDER, **params)
    changed += await work.run(_STATUS, **params, create_at=create_at)
    changed += await work.run(_STATE, **params)
    changed += await work.run(_ASSIGNEE, **params)
    await work.run(_LOG, **params)
    return changed > 0
