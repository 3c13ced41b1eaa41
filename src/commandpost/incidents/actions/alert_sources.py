"""Alert sources: made, changed and taken away by those who manage the team."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from commandpost.audit.entry import Deed
from commandpost.incidents import wording
from commandpost.incidents.actions import access
from commandpost.incidents.actions.start import ChannelNotAllowed, CommanderOutsideTeam
from commandpost.incidents.model.alert import AlertSource, Grouping, SourceKind
from commandpost.incidents.permissions import Act, Standing, permit
from commandpost.incidents.ports import Actor, ChannelType, Desk
from commandpost.incidents.store import alert_sources as store
from commandpost.kernel.errors import NotFound, Unauthenticated
from commandpost.kernel.ids import new_id, token_hash


class SourceUnknown(NotFound):
    """Not found"""

    code = "alert_source.unknown"


class TokenUnknown(Unauthenticated):
    """No alert source has this token."""

    code = "alert_source.token_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWish:
    """What a source is to be called, and what is to become of its alerts."""

    name: str
    playbook_id: str
    commander_id: str
    grouping: Grouping


async def listed(desk: Desk, who: Actor, team_id: str) -> Sequence[AlertSource]:
    """The sources of a team, by name. Raises NotAuthorized."""
    await access.permit_in_team(desk, who, team_id, Act.MANAGE_ALERT_SOURCES)
    return await store.of_team(desk.work, team_id)


async def view(desk: Desk, who: Actor, source_id: str) -> AlertSource:
    """One source. Raises NotAuthorized, SourceUnknown."""
    return await _permitted(desk, who, await store.by_id(desk.work, source_id))


async def create(
    desk: Desk, who: Actor, team_id: str, kind: SourceKind, wish: SourceWish
) -> tuple[AlertSource, str]:
    """Make a source. Gives it with its token, which nobody is told again.

    Raises NotAuthorized, CommanderOutsideTeam, ChannelNotAllowed, PlaybookUnknown, PlaybookDeleted,
    PlaybookOfOtherTeam, SourceNameInvalid, TextUnstorable.
    """
    await access.permit_in_team(desk, who, team_id, Act.MANAGE_ALERT_SOURCES)
    source = AlertSource(
        id=new_id(),
        team_id=team_id,
        name=wish.name,
        kind=kind,
        playbook_id=wish.playbook_id,
        commander_id=wish.commander_id,
        grouping=wish.grouping,
        created_by=who.user_id,
        create_at=desk.now,
        update_at=desk.now,
    ).checked()
    await _check_start(desk, who, source)
    token = _new_token()
    await store.insert(desk.work, source, token_hash(token))
    await desk.record(Deed.ALERT_SOURCE_CREATED, source.id, by=who, after=_recorded(source))
    return source, token


async def change(desk: Desk, who: Actor, source_id: str, wish: SourceWish) -> AlertSource:
    """Change what a source is called and what becomes of its alerts. Raises as `create`, SourceUnknown."""
    before = await _permitted(desk, who, await store.locked(desk.work, source_id))
    source = replace(
        before,
        name=wish.name,
        playbook_id=wish.playbook_id,
        commander_id=wish.commander_id,
        grouping=wish.grouping,
        update_at=desk.now,
    ).checked()
    await _check_start(desk, who, source)
    await store.update(desk.work, source)
    old, new = _recorded(before), _recorded(source)
    await desk.record(Deed.ALERT_SOURCE_CHANGED, source.id, by=who, before=old, after=new)
    return source


async def renew_token(desk: Desk, who: Actor, source_id: str) -> str:
    """Another token in place of the one before, which ends at once. Raises NotAuthorized, SourceUnknown."""
    source = await _permitted(desk, who, await store.locked(desk.work, source_id))
    token = _new_token()
    await store.set_token(desk.work, source.id, token_hash(token), at=desk.now)
    await desk.record(Deed.ALERT_SOURCE_CHANGED, source.id, by=who, after={"token": "renewed"})
    return token


async def delete(desk: Desk, who: Actor, source_id: str) -> None:
    """Take a source away; its incidents stay. Raises NotAuthorized, SourceUnknown."""
    source = await _permitted(desk, who, await store.locked(desk.work, source_id))
    await store.delete(desk.work, source.id)
    await desk.record(Deed.ALERT_SOURCE_DELETED, source.id, by=who, before=_recorded(source))


async def known(desk: Desk, kind: SourceKind, token: str) -> AlertSource:
    """The source that presents this token. Raises TokenUnknown."""
    source = await store.by_token(desk.work, kind, token_hash(token))
    if source is None:
        raise TokenUnknown
    return source


async def _permitted(desk: Desk, who: Actor, source: AlertSource | None) -> AlertSource:
    """What is unknown and what may not be seen are refused alike, but for system admins."""
    if source is None:
        if await desk.chat.is_system_admin(who.user_id):
            raise SourceUnknown
        permit(Act.MANAGE_ALERT_SOURCES, Standing.TEAM_STRANGER)
        raise AssertionError("the table permits nothing to strangers")
    await access.permit_in_team(desk, who, source.team_id, Act.MANAGE_ALERT_SOURCES)
    return source


async def _check_start(desk: Desk, who: Actor, source: AlertSource) -> None:
    """What the source will start by itself, who sets it up must be allowed to start too."""
    if not await desk.chat.sees_team(source.commander_id, source.team_id):
        raise CommanderOutsideTeam
    playbook = await access.opened_playbook(desk, who, source.playbook_id, Act.START_FROM_PLAYBOOK)
    playbook.check_usable_in(source.team_id)
    is_public = playbook.content.create_public_incident
    type_ = ChannelType.PUBLIC if is_public else ChannelType.PRIVATE
    if not await desk.chat.may_create_channel(who.user_id, source.team_id, type_):
        raise ChannelNotAllowed(wording.may_not_create_channel("public" if is_public else "private"))


def _recorded(source: AlertSource) -> dict[str, object]:
    """What the audit log keeps of a source."""
    return {
        "team_id": source.team_id,
        "name": source.name,
        "kind": source.kind,
        "playbook_id": source.playbook_id,
        "commander_id": source.commander_id,
        "grouping": source.grouping,
    }


def _new_token() -> str:
    """32 characters, as PagerDuty's senders expect of a routing key."""
    return secrets.token_hex(16)
