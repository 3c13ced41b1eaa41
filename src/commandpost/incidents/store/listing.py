"""Lists of a team's incidents: what somebody may see of them, filtered, sorted, paged, with the exact total.

Who sees an incident is one condition over our own tables. Totals without a search or a commander come from
`counts`. A page is found by walking the index of its sort or, where only a small part of a large team is
asked for, by gathering that part first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from commandpost.db import Sql, Work
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.listing import (
    Direction,
    IncidentFilter,
    IncidentSort,
    Listed,
    Page,
    Status,
)
from commandpost.incidents.store import counts, incidents
from commandpost.kernel.text import folded, like_escaped

_CAUTION = 4
"""By how much gathering is preferred to walking: what is asked for may lie far along the walk."""

_LONG_OFFSET = 2000
"""Beyond this many rows to skip, the question is a long one."""

_MEMBER_OF = """COALESCE((SELECT m.is_present FROM incident_members m
    WHERE m.incident_id = i.id AND m.user_id = :{}), FALSE)"""
"""Not written with EXISTS, which PostgreSQL turns into gathering all memberships of a user for any page."""

_SEEN = f"(i.is_public OR {_MEMBER_OF.format('viewer_id')})"
_OWN_IDS = "SELECT incident_id AS id FROM incident_members WHERE user_id = :{} AND is_present"
_SEEN_IDS = f"""SELECT id FROM incidents WHERE team_id = :team_id AND is_public
    UNION {_OWN_IDS.format("viewer_id")}"""
_NAMED = r"i.name_folded LIKE :pattern ESCAPE '\'"
_NAMED_IDS = f"SELECT i.id FROM incidents i WHERE i.team_id = :team_id AND {_NAMED}"

_ORDER = {
    IncidentSort.CREATE_AT: "i.create_at {0}, i.id {0}",
    IncidentSort.ID: "i.id {0}",
    IncidentSort.NAME: "i.name_folded {0}, i.id {0}",
    IncidentSort.COMMANDER: "i.commander_user_id {0}, i.create_at {0}, i.id {0}",
    IncidentSort.TEAM: "i.id {0}",
    IncidentSort.END_AT: "i.end_at {0}, i.id {0}",
    IncidentSort.IS_ACTIVE: "i.is_active {0}, i.create_at {0}, i.id {0}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A list that somebody asks for. `sees_all` is for system admins."""

    wanted: IncidentFilter
    viewer_id: str
    sees_all: bool
    sort: IncidentSort = IncidentSort.CREATE_AT
    direction: Direction = Direction.ASC
    page: Page

    @property
    def is_of_member_only(self) -> bool:
        """Whether membership decides alone: the member asked for is the viewer, or the viewer sees all."""
        wanted = self.wanted.member_id
        return wanted != "" and (self.sees_all or wanted == self.viewer_id)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What makes one statement differ from another."""

    status: Status
    by_commander: bool
    by_member: bool
    by_search: bool
    by_playbook: bool
    by_time: bool
    seen: bool

    @property
    def is_counted_row_by_row(self) -> bool:
        """Whether no kept total answers how many there are."""
        return self.by_commander or self.by_search or self.by_playbook or self.by_time


async def page(work: Work, question: Question) -> Listed[Incident]:
    """A page of incidents."""
    keys = await _keys(work, question, "i.id")
    items = await incidents.with_ids(work, keys.items)
    return Listed(items=items, total=keys.total, page=keys.page)


async def channel_ids(work: Work, question: Question) -> Listed[str]:
    """A page of the channels of incidents."""
    return await _keys(work, question, "i.channel_id")


async def commander_ids(work: Work, team_id: str, *, viewer_id: str, sees_all: bool) -> Sequence[str]:
    """Everybody who is commander of an incident of the team that the viewer sees."""
    rows = await work.scan(_commanders(not sees_all), team_id=team_id, viewer_id=viewer_id)
    return [row["id"] for row in rows]


async def _keys(work: Work, question: Question, column: str) -> Listed[str]:
    shape = _shape(question)
    params = _params(question)
    total = await _total(work, question, shape, params)
    page = question.page
    if page.offset >= total:
        return Listed(items=[], total=total, page=page)
    form = _gather if await _is_small_part(work, question, shape, total) else _walk
    statement = form(shape, column, question.sort, question.direction)
    is_long = shape.by_search or page.offset > _LONG_OFFSET
    ask = work.scan if is_long else work.all
    rows = await ask(statement, **params, limit=page.size, offset=page.offset)
    return Listed(items=[row[0] for row in rows], total=total, page=page)


async def _total(work: Work, question: Question, shape: _Shape, params: dict[str, Any]) -> int:
    wanted = question.wanted
    if shape.is_counted_row_by_row or (shape.by_member and not question.is_of_member_only):
        (row,) = await work.scan(_count(shape), **params)
        return row[0]
    if question.is_of_member_only:
        return await counts.of_viewer(work, wanted.team_id, wanted.member_id, wanted.status)
    if question.sees_all:
        return await counts.of_viewer(work, wanted.team_id, counts.TEAM, wanted.status)
    return await counts.visible(work, wanted.team_id, question.viewer_id, wanted.status)


async def _is_small_part(work: Work, question: Question, shape: _Shape, total: int) -> bool:
    if shape.by_commander or not (shape.seen or shape.by_member or shape.by_search):
        return False
    of_team = await counts.of_viewer(work, question.wanted.team_id, counts.TEAM, question.wanted.status)
    wanted = question.page.offset + question.page.size
    return total * total < _CAUTION * wanted * of_team


def _shape(question: Question) -> _Shape:
    wanted = question.wanted
    return _Shape(
        status=wanted.status,
        by_commander=wanted.commander_id != "",
        by_member=wanted.member_id != "",
        by_search=wanted.search != "",
        by_playbook=wanted.playbook_id != "",
        by_time=wanted.is_bounded_in_time,
        seen=not question.sees_all and not question.is_of_member_only,
    )


def _params(question: Question) -> dict[str, Any]:
    wanted = question.wanted
    return {
        "team_id": wanted.team_id,
        "viewer_id": question.viewer_id,
        "commander_id": wanted.commander_id,
        "member_id": wanted.member_id,
        "playbook_id": wanted.playbook_id,
        "started_from": wanted.started_from,
        "started_before": wanted.started_before,
        "pattern": f"%{like_escaped(folded(wanted.search))}%",
    }


def _conditions(shape: _Shape, *memberships: str) -> str:
    conditions = ["i.team_id = :team_id", *memberships]
    if shape.status is not Status.ALL:
        conditions.append(f"i.is_active = {'TRUE' if shape.status is Status.ACTIVE else 'FALSE'}")
    if shape.by_commander:
        conditions.append("i.commander_user_id = :commander_id")
    if shape.by_search:
        conditions.append(_NAMED)
    if shape.by_playbook:
        conditions.append("i.playbook_id = :playbook_id")
    if shape.by_time:
        conditions.append("i.create_at >= :started_from AND i.create_at < :started_before")
    return " AND ".join(conditions)


def _memberships(shape: _Shape) -> list[str]:
    member = [_MEMBER_OF.format("member_id")] if shape.by_member else []
    return [*member, _SEEN] if shape.seen else member


@cache
def _count(shape: _Shape) -> Sql:
    if shape.by_member:
        return _from_gathered(shape, "count(*)")
    return Sql(f"SELECT count(*) FROM incidents i WHERE {_conditions(shape, *_memberships(shape))}")


@cache
def _walk(shape: _Shape, column: str, sort: IncidentSort, direction: Direction) -> Sql:
    return Sql(f"""
        SELECT {column} FROM incidents i WHERE {_conditions(shape, *_memberships(shape))}
        ORDER BY {_ORDER[sort].format(direction)} LIMIT :limit OFFSET :offset
    """)


@cache
def _gather(shape: _Shape, column: str, sort: IncidentSort, direction: Direction) -> Sql:
    order = _ORDER[sort].format(direction)
    return _from_gathered(shape, column, f"ORDER BY {order} LIMIT :limit OFFSET :offset")


_CONSULTED = """id, team_id, channel_id, name_folded, is_public, is_active, commander_user_id, playbook_id,
                create_at, end_at"""
"""What conditions and orders of a list rest on."""


def _from_gathered(shape: _Shape, columns: str, order: str = "") -> Sql:
    """A question to the incidents that fit the narrowest of the conditions, looked up one by one.

    Both databases would rather read the whole team: the plus keeps SQLite from its indexes, LATERAL keeps
    PostgreSQL from a join of another kind.
    """
    conditions = _conditions(shape, *([_SEEN] if shape.seen else []))
    not_by_team = conditions.replace("i.team_id", "+i.team_id", 1)
    gathered = f"WITH gathered AS MATERIALIZED ({_narrowest(shape)})"
    asked = f"{gathered} SELECT {columns} FROM gathered g CROSS JOIN"
    return Sql(
        f"{asked} incidents i WHERE i.id = g.id AND {not_by_team} {order}",
        postgresql=f"""{asked} LATERAL (SELECT {_CONSULTED} FROM incidents WHERE id = g.id OFFSET 0) i
            WHERE {conditions} {order}""",
    )


def _narrowest(shape: _Shape) -> str:
    if shape.by_member:
        return _OWN_IDS.format("member_id")
    return _NAMED_IDS if shape.by_search else _SEEN_IDS


@cache
def _commanders(seen: bool) -> Sql:
    shown = f" AND {_SEEN}" if seen else ""
    return Sql(f"""
        WITH RECURSIVE commanders(id) AS (
            SELECT min(commander_user_id) FROM incidents WHERE team_id = :team_id
            UNION ALL
            SELECT (SELECT min(i.commander_user_id) FROM incidents i
                    WHERE i.team_id = :team_id AND i.commander_user_id > c.id)
            FROM commanders c WHERE c.id IS NOT NULL
        )
        SELECT c.id FROM commanders c WHERE EXISTS (
            SELECT 1 FROM incidents i
            WHERE i.team_id = :team_id AND i.commander_user_id = c.id{shown})
    """)
