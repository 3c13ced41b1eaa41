"""Incidents in short, without the stages that are not active."""

import msgspec

from commandpost.db import Sql, Work
from commandpost.incidents.model.summary import Summary, TaskLine
from commandpost.incidents.store.incidents import SEEN_BY, Found
from commandpost.kernel.clock import Millis

COMMANDER_OF_CHANNEL = "SELECT commander_user_id FROM incidents WHERE channel_id = :channel_id"
"""The id of the commander of the incident of a channel, as a part of a question about people."""

_COLUMNS = """
    SELECT i.team_id, i.channel_id, i.name, i.is_public, i.is_active, i.commander_user_id, i.create_at,
        i.end_at, s.title AS stage_title
"""
_SOURCE = f"""{SEEN_BY}
    FROM incidents i LEFT JOIN stages s ON s.incident_id = i.id AND s.position = i.active_stage
    WHERE i.channel_id = :channel_id
"""
_OF_CHANNEL = Sql(
    f"""{_COLUMNS},
        (SELECT json_group_array(json_array(t.title, t.state, t.state_modified))
         FROM (SELECT title, state, state_modified FROM tasks WHERE stage_id = s.id ORDER BY position) t
        ) AS tasks
    {_SOURCE}""",
    postgresql=f"""{_COLUMNS},
        (SELECT json_agg(json_build_array(t.title, t.state, t.state_modified) ORDER BY t.position)
         FROM tasks t WHERE t.stage_id = s.id)::text AS tasks
    {_SOURCE}""",
)

_tasks = msgspec.json.Decoder(tuple[TaskLine, ...])


def foresee_of_channel(work: Work, channel_id: str, *, viewer_id: str) -> None:
    """Say that `of_channel` will be asked for."""
    work.foresee(_OF_CHANNEL, channel_id=channel_id, viewer_id=viewer_id)


async def of_channel(work: Work, channel_id: str, *, viewer_id: str) -> Found[Summary] | None:
    """The incident of that channel, or None."""
    row = await work.one(_OF_CHANNEL, channel_id=channel_id, viewer_id=viewer_id)
    if row is None:
        return None
    summary = Summary(
        team_id=row["team_id"],
        channel_id=row["channel_id"],
        name=row["name"],
        is_public=bool(row["is_public"]),
        is_active=bool(row["is_active"]),
        commander_id=row["commander_user_id"],
        create_at=Millis(row["create_at"]),
        end_at=Millis(row["end_at"]),
        stage_title=row["stage_title"],
        tasks=_tasks.decode(row["tasks"] or "[]"),
    )
    return Found(incident=summary, viewer_is_member=bool(row["is_member"]))
