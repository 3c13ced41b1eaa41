"""How many incidents there are to see, kept in step so that an exact total costs the same at any size.

A count is split into shards by incident, so that two starts in one team seldom wait for one another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from commandpost.db import Sql, Work
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.listing import Status
from commandpost.kernel.ids import ALPHABET

TEAM = ""
"""The viewer that stands for the team as a whole."""

_ADD = Sql(
    """
    INSERT INTO incident_counts (team_id, viewer_id, is_public, is_active, shard, count)
    SELECT :team_id, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
        :shard, json_extract(value, '$[3]')
    FROM json_each(:changes) WHERE TRUE
    ON CONFLICT (team_id, viewer_id, is_public, is_active, shard)
    DO UPDATE SET count = incident_counts.count + excluded.count
    """,
    postgresql="""
    INSERT INTO incident_counts (team_id, viewer_id, is_public, is_active, shard, count)
    SELECT :team_id, value ->> 0, (value ->> 1)::boolean, (value ->> 2)::boolean, :shard,
        (value ->> 3)::bigint
    FROM jsonb_array_elements(:changes::jsonb)
    ON CONFLICT (team_id, viewer_id, is_public, is_active, shard)
    DO UPDATE SET count = incident_counts.count + excluded.count
    """,
)

_OF_VIEWER = Sql("""
    SELECT CAST(COALESCE(sum(count), 0) AS BIGINT) FROM incident_counts
    WHERE team_id = :team_id AND viewer_id = :viewer_id AND is_active IN (:one_state, :other_state)
""")
_VISIBLE = Sql("""
    SELECT CAST(COALESCE(sum(count), 0) AS BIGINT) FROM incident_counts
    WHERE team_id = :team_id AND is_active IN (:one_state, :other_state)
        AND ((viewer_id = '' AND is_public) OR (viewer_id = :viewer_id AND NOT is_public))
""")
_HAS_ONGOING = Sql("""
    SELECT 1 FROM incident_counts WHERE viewer_id = :viewer_id AND is_active AND count > 0 LIMIT 1
""")

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One more or one less, for a viewer, among the incidents of that visibility and state."""

    viewer_id: str
    is_public: bool
    is_active: bool
    amount: int


def added(incident: Incident, viewer_ids: Iterable[str], *, amount: int = 1) -> list[Change]:
    """The incident counted for these viewers, `amount` times."""
    return [
        Change(viewer_id=viewer, is_public=incident.is_public, is_active=incident.is_active, amount=amount)
        for viewer in viewer_ids
    ]


async def apply(work: Work, incident: Incident, changes: Iterable[Change]) -> None:
    """Change counts of an incident's team; always in one order, so that no two works wait in a circle."""
    await work.put(_ADD, **_addition(incident, changes))


async def apply_many(work: Work, changed: Sequence[tuple[Incident, Iterable[Change]]]) -> None:
    """Change the counts of several incidents, in one order of theirs."""
    by_shard = sorted(changed, key=lambda one: (ALPHABET.find(one[0].id[:1]), one[0].id))
    await work.run_many(_ADD, [_addition(incident, changes) for incident, changes in by_shard])


async def of_viewer(work: Work, team_id: str, viewer_id: str, status: Status) -> int:
    """How many incidents a team has (`TEAM`), or in how many a user is a member."""
    return await work.value(_OF_VIEWER, team_id=team_id, viewer_id=viewer_id, **_states(status))


async def visible(work: Work, team_id: str, viewer_id: str, status: Status) -> int:
    """How many incidents of a team somebody sees: public ones, and private ones they are a member of."""
    return await work.value(_VISIBLE, team_id=team_id, viewer_id=viewer_id, **_states(status))


async def has_ongoing(work: Work, user_id: str) -> bool:
    """Whether a user is a member of any ongoing incident."""
    return await work.value(_HAS_ONGOING, viewer_id=user_id) is not None


def _addition(incident: Incident, changes: Iterable[Change]) -> dict[str, object]:
    ordered = sorted((c.viewer_id, c.is_public, c.is_active, c.amount) for c in changes)
    return {
        "team_id": incident.team_id,
        "shard": ALPHABET.find(incident.id[:1]),
        "changes": _encode(ordered).decode(),
    }


def _states(status: Status) -> dict[str, bool]:
    return {"one_state": status is not Status.ENDED, "other_state": status is Status.ACTIVE}
