"""Alert sources, found by their id, their team, or the token that they present."""

from collections.abc import Sequence

from commandpost.db import Row, Sql, Work
from commandpost.incidents.model.alert import AlertSource, Grouping, SourceKind
from commandpost.kernel.clock import Millis

_COLUMNS = "id, team_id, name, kind, playbook_id, commander_id, grouping, created_by, create_at, update_at"


def _found_by(condition: str) -> Sql:
    return Sql(f"SELECT {_COLUMNS} FROM alert_sources WHERE {condition}")


def _locked_by(condition: str) -> Sql:
    text = f"SELECT {_COLUMNS} FROM alert_sources WHERE {condition}"
    return Sql(text, postgresql=f"{text} FOR UPDATE")


_BY_ID = _found_by("id = :id")
_LOCKED = _locked_by("id = :id")
_BY_TOKEN = _found_by("token_hash = :token_hash AND kind = :kind")
_LOCKED_BY_TOKEN = _locked_by("token_hash = :token_hash AND kind = :kind")
_OF_TEAM = _found_by("team_id = :team_id ORDER BY name, id")
_INSERT = Sql("""
    INSERT INTO alert_sources (id, team_id, name, kind, playbook_id, commander_id, grouping, token_hash,
        created_by, create_at, update_at)
    VALUES (:id, :team_id, :name, :kind, :playbook_id, :commander_id, :grouping, :token_hash,
        :created_by, :create_at, :update_at)
""")
_UPDATE = Sql("""
    UPDATE alert_sources SET name = :name, playbook_id = :playbook_id, commander_id = :commander_id,
        grouping = :grouping, update_at = :update_at
    WHERE id = :id
""")
_SET_TOKEN = Sql("UPDATE alert_sources SET token_hash = :token_hash, update_at = :update_at WHERE id = :id")
_DELETE = Sql("DELETE FROM alert_sources WHERE id = :id")
_DELETE_GROUPS = Sql("DELETE FROM alert_groups WHERE source_id = :id")
_DELETE_ALLOWANCE = Sql("DELETE FROM alert_allowances WHERE source_id = :id")
_DELETE_ALERTS = Sql("DELETE FROM alerts WHERE source_id = :id")


async def by_id(work: Work, source_id: str) -> AlertSource | None:
    """The source with that id, or None."""
    row = await work.one(_BY_ID, id=source_id)
    return _source(row) if row else None


async def locked(work: Work, source_id: str) -> AlertSource | None:
    """As `by_id`, nobody else's to change until the end of this work."""
    row = await work.one(_LOCKED, id=source_id)
    return _source(row) if row else None


async def by_token(work: Work, kind: SourceKind, token_hash: str) -> AlertSource | None:
    """The source of that kind that has that token, or None."""
    row = await work.one(_BY_TOKEN, kind=kind, token_hash=token_hash)
    return _source(row) if row else None


async def locked_by_token(work: Work, kind: SourceKind, token_hash: str) -> AlertSource | None:
    """As `by_token`; nobody else takes in alerts of it until the end of this work."""
    row = await work.one(_LOCKED_BY_TOKEN, kind=kind, token_hash=token_hash)
    return _source(row) if row else None


async def of_team(work: Work, team_id: str) -> Sequence[AlertSource]:
    """The sources of a team, by name."""
    return [_source(row) for row in await work.all(_OF_TEAM, team_id=team_id)]


async def insert(work: Work, source: AlertSource, token_hash: str) -> None:
    """Make a source, known by that token."""
    await work.run(
        _INSERT,
        id=source.id,
        team_id=source.team_id,
        name=source.name,
        kind=source.kind,
        playbook_id=source.playbook_id,
        commander_id=source.commander_id,
        grouping=source.grouping,
        token_hash=token_hash,
        created_by=source.created_by,
        create_at=source.create_at,
        update_at=source.update_at,
    )


async def update(work: Work, source: AlertSource) -> None:
    """Save what can change of a source."""
    await work.run(
        _UPDATE,
        id=source.id,
        name=source.name,
        playbook_id=source.playbook_id,
        commander_id=source.commander_id,
        grouping=source.grouping,
        update_at=source.update_at,
    )


async def set_token(work: Work, source_id: str, token_hash: str, *, at: Millis) -> None:
    """Let a source be known by another token from now on."""
    await work.run(_SET_TOKEN, id=source_id, token_hash=token_hash, update_at=at)


async def delete(work: Work, source_id: str) -> None:
    """Forget a source with what is known of its alerts."""
    await work.run(_DELETE, id=source_id)
    await work.run(_DELETE_ALLOWANCE, id=source_id)
    await work.run(_DELETE_GROUPS, id=source_id)
    await work.run(_DELETE_ALERTS, id=source_id)


def _source(row: Row) -> AlertSource:
    return AlertSource(
        id=row["id"],
        team_id=row["team_id"],
        name=row["name"],
        kind=SourceKind(row["kind"]),
        playbook_id=row["playbook_id"],
        commander_id=row["commander_id"],
        grouping=Grouping(row["grouping"]),
        created_by=row["created_by"],
        create_at=Millis(row["create_at"]),
        update_at=Millis(row["update_at"]),
    )
