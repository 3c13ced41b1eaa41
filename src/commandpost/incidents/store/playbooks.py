"""Playbooks, their members and their versions."""

from collections.abc import Sequence
from typing import Any

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.incidents.model.ids import PlaybookId
from commandpost.incidents.model.listing import Direction, Listed, Page, PlaybookSort
from commandpost.incidents.model.playbook import Playbook, PlaybookContent, PlaybookStage, PlaybookSummary
from commandpost.kernel.clock import Millis
from commandpost.kernel.text import folded

_COLUMNS = (
    "team_id",
    "title",
    "title_folded",
    "description",
    "create_public_incident",
    "create_at",
    "update_at",
    "delete_at",
    "version",
    "num_stages",
    "num_steps",
    "stages",
    "broadcast_channel_id",
    "reminder_message_template",
    "reminder_timer_default_seconds",
)
_READ = ", ".join(f"p.{name}" for name in ("id", *_COLUMNS))
_BY_ID = f"""
    SELECT {_READ}, (SELECT {{members}} FROM
        (SELECT user_id FROM playbook_members WHERE playbook_id = p.id ORDER BY position, user_id) m
    ) AS member_ids
    FROM playbooks p WHERE p.id = :id
"""
_FOUND = Sql(
    _BY_ID.format(members="json_group_array(m.user_id)"),
    postgresql=_BY_ID.format(members="json_agg(m.user_id)::text"),
)
_WHOLE_OF_MEMBER = Sql(f"""
    SELECT {_READ}, '[]' AS member_ids FROM playbooks p WHERE p.team_id = :team_id AND p.delete_at = 0
        AND EXISTS (SELECT 1 FROM playbook_members m WHERE m.playbook_id = p.id AND m.user_id = :user_id)
""")
_LOCK = Sql(
    "SELECT id FROM playbooks WHERE id = :id", postgresql="SELECT id FROM playbooks WHERE id = :id FOR UPDATE"
)
_SAVE = Sql(f"""
    INSERT INTO playbooks (id, {", ".join(_COLUMNS)}) VALUES (:id, {", ".join(f":{c}" for c in _COLUMNS)})
    ON CONFLICT (id) DO UPDATE SET {", ".join(f"{c} = excluded.{c}" for c in _COLUMNS)}
""")
_SAVE_VERSION = Sql("""
    INSERT INTO playbook_versions (playbook_id, version, create_at, editor_id, content)
    VALUES (:id, :version, :at, :editor_id, :content)
""")
_CONTENTS = Sql("""
    SELECT version, content FROM playbook_versions
    WHERE playbook_id = :id AND CAST(version AS TEXT) IN (:versions...)
""")
_SAVE_USE = Sql("UPDATE playbooks SET delete_at = :delete_at, update_at = :update_at WHERE id = :id")
_CLEAR_MEMBERS = Sql("DELETE FROM playbook_members WHERE playbook_id = :id")
_INSERT_MEMBERS = Sql(
    """
    INSERT INTO playbook_members (playbook_id, user_id, position)
    SELECT :id, value, key FROM json_each(:member_ids)
    """,
    postgresql="""
    INSERT INTO playbook_members (playbook_id, user_id, position)
    SELECT :id, value, ordinality - 1
    FROM jsonb_array_elements_text(:member_ids::jsonb) WITH ORDINALITY AS m(value, ordinality)
    """,
)

_LISTED = """
    FROM playbooks p WHERE p.team_id = :team_id AND p.delete_at = 0 AND (CAST(:of_all AS BOOLEAN)
        OR EXISTS (SELECT 1 FROM playbook_members m WHERE m.playbook_id = p.id AND m.user_id = :viewer_id))
"""
_COUNT = Sql(f"SELECT count(*) {_LISTED}")
_ORDER = {
    PlaybookSort.TITLE: "p.title_folded {0}, p.id {0}",
    PlaybookSort.STAGES: "p.num_stages {0}, p.title_folded {0}, p.id {0}",
    PlaybookSort.STEPS: "p.num_steps {0}, p.title_folded {0}, p.id {0}",
}
_PAGES = {
    (sort, direction): Sql(f"""
        SELECT p.id, p.team_id, p.title, p.description, p.create_public_incident, p.create_at,
            p.num_stages, p.num_steps
        {_LISTED} ORDER BY {order.format(direction)} LIMIT :limit OFFSET :offset
    """)
    for sort, order in _ORDER.items()
    for direction in Direction
}

_encode = msgspec.json.Encoder().encode
_stages = msgspec.json.Decoder(tuple[PlaybookStage, ...])
_ids = msgspec.json.Decoder(tuple[str, ...])
_content = msgspec.json.Decoder(PlaybookContent)


async def found(work: Work, playbook_id: str) -> Playbook | None:
    """The playbook with that id, deleted ones included; or None."""
    row = await work.one(_FOUND, id=playbook_id)
    return None if row is None else _playbook(row)


async def locked(work: Work, playbook_id: str) -> Playbook | None:
    """The playbook with that id, nobody else's to change until the end of this work; or None."""
    await work.one(_LOCK, id=playbook_id)
    return await found(work, playbook_id)


async def content_of_version(work: Work, playbook_id: str, version: int) -> PlaybookContent | None:
    """What a version of a playbook held; None if there was none."""
    return (await contents_of_versions(work, playbook_id, [version])).get(version)


async def contents_of_versions(
    work: Work, playbook_id: str, versions: Sequence[int]
) -> dict[int, PlaybookContent]:
    """What versions of a playbook held, those that there were, by their numbers."""
    if not versions:
        return {}
    rows = await work.all(_CONTENTS, id=playbook_id, versions=[str(one) for one in versions])
    return {row["version"]: _content.decode(row["content"]) for row in rows}


async def save_version(work: Work, playbook: Playbook, *, editor_id: str) -> None:
    """Save a new playbook or the next version of one; the versions before are kept."""
    await work.put(_SAVE, **_row(playbook))
    await work.put(_CLEAR_MEMBERS, id=playbook.id)
    await work.put(_INSERT_MEMBERS, id=playbook.id, member_ids=_encode(playbook.content.member_ids).decode())
    await work.put(
        _SAVE_VERSION,
        id=playbook.id,
        version=playbook.version,
        at=playbook.update_at,
        editor_id=editor_id,
        content=_encode(playbook.content).decode(),
    )


async def save_use(work: Work, playbook: Playbook) -> None:
    """Save that the playbook is out of use, or in use again."""
    await work.put(_SAVE_USE, id=playbook.id, delete_at=playbook.delete_at, update_at=playbook.update_at)


async def whole_of_member(work: Work, team_id: str, user_id: str) -> Sequence[Playbook]:
    """The team's playbooks in use of which a user is a member, in no particular order; without members."""
    return [_playbook(row) for row in await work.all(_WHOLE_OF_MEMBER, team_id=team_id, user_id=user_id)]


async def of_member(
    work: Work, team_id: str, user_id: str, *, sort: PlaybookSort, direction: Direction, page: Page
) -> Listed[PlaybookSummary]:
    """The team's playbooks of which a user is a member."""
    return await _listed(work, team_id, user_id, of_all=False, sort=sort, direction=direction, page=page)


async def of_team(
    work: Work, team_id: str, *, sort: PlaybookSort, direction: Direction, page: Page
) -> Listed[PlaybookSummary]:
    """All playbooks of the team."""
    return await _listed(work, team_id, "", of_all=True, sort=sort, direction=direction, page=page)


async def _listed(
    work: Work,
    team_id: str,
    viewer_id: str,
    *,
    of_all: bool,
    sort: PlaybookSort,
    direction: Direction,
    page: Page,
) -> Listed[PlaybookSummary]:
    whose = {"team_id": team_id, "viewer_id": viewer_id, "of_all": of_all}
    total = await work.value(_COUNT, **whose)
    rows = await work.all(_PAGES[sort, direction], **whose, limit=page.size, offset=page.offset)
    return Listed(items=_summaries(rows), total=total, page=page)


def _summaries(rows: Sequence[Row]) -> list[PlaybookSummary]:
    return [
        PlaybookSummary(
            id=PlaybookId(row["id"]),
            team_id=row["team_id"],
            title=row["title"],
            description=row["description"],
            create_public_incident=bool(row["create_public_incident"]),
            create_at=Millis(row["create_at"]),
            num_stages=row["num_stages"],
            num_tasks=row["num_steps"],
        )
        for row in rows
    ]


def _row(playbook: Playbook) -> dict[str, Any]:
    content = playbook.content
    return {
        "id": playbook.id,
        "team_id": content.team_id,
        "title": content.title,
        "title_folded": folded(content.title),
        "description": content.description,
        "create_public_incident": content.create_public_incident,
        "create_at": playbook.create_at,
        "update_at": playbook.update_at,
        "delete_at": playbook.delete_at,
        "version": playbook.version,
        "num_stages": len(content.stages),
        "num_steps": content.num_tasks,
        "stages": _encode(content.stages).decode(),
        "broadcast_channel_id": content.broadcast_channel_id,
        "reminder_message_template": content.reminder_message_template,
        "reminder_timer_default_seconds": content.reminder_timer_default_s,
    }


def _playbook(row: Row) -> Playbook:
    content = PlaybookContent(
        team_id=row["team_id"],
        title=row["title"],
        description=row["description"],
        create_public_incident=bool(row["create_public_incident"]),
        stages=_stages.decode(row["stages"]),
        member_ids=_ids.decode(row["member_ids"] or "[]"),
        broadcast_channel_id=row["broadcast_channel_id"],
        reminder_message_template=row["reminder_message_template"],
        reminder_timer_default_s=row["reminder_timer_default_seconds"],
    )
    return Playbook(
        id=PlaybookId(row["id"]),
        content=content,
        version=row["version"],
        create_at=Millis(row["create_at"]),
        update_at=Millis(row["update_at"]),
        delete_at=Millis(row["delete_at"]),
    )
