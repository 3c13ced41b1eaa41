"""Alerts as they stand, the incidents of their groups, and when they are posted.

Whoever changes anything here has locked the source of the alerts, or their incident.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.db import Row, Sql, Work
from commandpost.incidents.model.alert import Alert, AlertState, KnownAlert
from commandpost.kernel.clock import Millis

_COLUMNS = "key, state, title, severity, url, since, incident_id, told"
_KNOWN = Sql(f"SELECT {_COLUMNS} FROM alerts WHERE source_id = :source_id AND key_hash IN (:key_hashes...)")
_PUT = Sql("""
    INSERT INTO alerts (source_id, key_hash, incident_id, key, state, title, severity, url, since, told,
        change_at)
    VALUES (:source_id, :key_hash, :incident_id, :key, :state, :title, :severity, :url, :since, :told,
        :change_at)
    ON CONFLICT (source_id, key_hash) DO UPDATE SET incident_id = excluded.incident_id,
        state = excluded.state, title = excluded.title, severity = excluded.severity, url = excluded.url,
        since = excluded.since, told = excluded.told, change_at = excluded.change_at
""")
_UNTOLD = Sql(f"""
    SELECT {_COLUMNS} FROM alerts WHERE incident_id = :incident_id AND told <> state
    ORDER BY change_at, source_id, key_hash
""")
_SET_TOLD = Sql("UPDATE alerts SET told = state WHERE incident_id = :incident_id AND told <> state")
_STANDING = Sql("""
    SELECT state, count(*) AS number FROM alerts WHERE incident_id = :incident_id GROUP BY state
""")

_GROUP = Sql("SELECT incident_id FROM alert_groups WHERE source_id = :source_id AND group_hash = :group_hash")
_PUT_GROUP = Sql("""
    INSERT INTO alert_groups (source_id, group_hash, incident_id, started_at)
    VALUES (:source_id, :group_hash, :incident_id, :started_at)
    ON CONFLICT (source_id, group_hash) DO UPDATE SET incident_id = excluded.incident_id,
        started_at = excluded.started_at
""")
_STARTED_SINCE = Sql("""
    SELECT DISTINCT incident_id, started_at FROM alert_groups
    WHERE source_id = :source_id AND started_at > :since ORDER BY started_at DESC, incident_id
""")

_POSTED = Sql("SELECT posted_at, due_at FROM alert_posts WHERE incident_id = :incident_id")
_SET_POSTED = Sql("""
    INSERT INTO alert_posts (incident_id, posted_at, due_at) VALUES (:incident_id, :posted_at, :due_at)
    ON CONFLICT (incident_id) DO UPDATE SET posted_at = excluded.posted_at, due_at = excluded.due_at
""")
_DUE = Sql("""
    SELECT incident_id FROM alert_posts WHERE due_at > 0 AND due_at <= :now ORDER BY due_at, incident_id
    LIMIT :limit
""")
_NEXT_DUE = Sql("SELECT min(due_at) FROM alert_posts WHERE due_at > 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """When alerts were last posted in an incident, and when more will be; 0 is never."""

    posted_at: Millis
    due_at: Millis


async def known(work: Work, source_id: str, keys: Sequence[str]) -> dict[str, KnownAlert]:
    """Those of a source's alerts that are known, by their keys."""
    rows = await work.all(_KNOWN, source_id=source_id, key_hashes=[_hash(key) for key in keys])
    return {row["key"]: _known(row) for row in rows}


async def put(work: Work, source_id: str, alerts: Sequence[KnownAlert], *, at: Millis) -> None:
    """Save how alerts stand."""
    await work.run_many(
        _PUT,
        [
            {
                "source_id": source_id,
                "key_hash": _hash(one.alert.key),
                "incident_id": one.incident_id,
                "key": one.alert.key,
                "state": one.alert.state,
                "title": one.alert.title,
                "severity": one.alert.severity,
                "url": one.alert.url,
                "since": one.alert.since,
                "told": one.told,
                "change_at": at,
            }
            for one in alerts
        ],
    )


async def untold(work: Work, incident_id: str) -> Sequence[KnownAlert]:
    """The alerts of a locked incident that stand otherwise than was last posted, the longest so first."""
    return [_known(row) for row in await work.all(_UNTOLD, incident_id=incident_id)]


async def set_told(work: Work, incident_id: str) -> None:
    """Note that all alerts of a locked incident are posted as they stand."""
    await work.run(_SET_TOLD, incident_id=incident_id)


async def standing(work: Work, incident_id: str) -> dict[AlertState, int]:
    """How many alerts of an incident are in each state."""
    return {
        AlertState(row["state"]): row["number"] for row in await work.all(_STANDING, incident_id=incident_id)
    }


async def incident_of_group(work: Work, source_id: str, group: str) -> str:
    """The id of the incident that a group started or joined last, "" if there was none yet."""
    return await work.value(_GROUP, source_id=source_id, group_hash=_hash(group)) or ""


async def set_incident_of_group(
    work: Work, source_id: str, group: str, incident_id: str, *, started_at: Millis
) -> None:
    """Let a group belong to an incident, which it started then."""
    await work.run(
        _PUT_GROUP,
        source_id=source_id,
        group_hash=_hash(group),
        incident_id=incident_id,
        started_at=started_at,
    )


async def started_since(work: Work, source_id: str, since: Millis) -> Sequence[str]:
    """The incidents that a source has started since then, newest first."""
    rows = await work.all(_STARTED_SINCE, source_id=source_id, since=since)
    return list(dict.fromkeys(row["incident_id"] for row in rows))


async def posted(work: Work, incident_id: str) -> Posted:
    """When alerts were, and will be, posted in a locked incident."""
    row = await work.one(_POSTED, incident_id=incident_id)
    if row is None:
        return Posted(posted_at=Millis(0), due_at=Millis(0))
    return Posted(posted_at=Millis(row["posted_at"]), due_at=Millis(row["due_at"]))


async def set_posted(work: Work, incident_id: str, posted: Posted) -> None:
    """Save when alerts were, and will be, posted in a locked incident."""
    await work.run(_SET_POSTED, incident_id=incident_id, posted_at=posted.posted_at, due_at=posted.due_at)


async def due(work: Work, *, now: Millis, limit: int) -> Sequence[str]:
    """The incidents in which alerts are to be posted now, the longest waiting first."""
    return [row["incident_id"] for row in await work.all(_DUE, now=now, limit=limit)]


async def next_due_at(work: Work) -> Millis | None:
    """When alerts are to be posted next; None if none wait."""
    return await work.value(_NEXT_DUE)


def _hash(key: str) -> str:
    """Keys are of any length, and an index takes only so much."""
    return hashlib.sha256(key.encode()).hexdigest()


def _known(row: Row) -> KnownAlert:
    return KnownAlert(
        alert=Alert(
            key=row["key"],
            state=AlertState(row["state"]),
            title=row["title"],
            severity=row["severity"],
            url=row["url"],
            since=row["since"],
        ),
        incident_id=row["incident_id"],
        told=row["told"],
    )
