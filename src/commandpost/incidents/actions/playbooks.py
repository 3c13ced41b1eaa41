"""Playbooks: made, looked at, edited, taken out of use."""

from commandpost.audit.entry import Deed
from commandpost.incidents.actions import access
from commandpost.incidents.events import PlaybookSaved
from commandpost.incidents.model.ids import PlaybookId
from commandpost.incidents.model.listing import Direction, Listed, Page, PlaybookSort
from commandpost.incidents.model.playbook import Playbook, PlaybookContent, PlaybookSummary
from commandpost.incidents.permissions import Act, NotAuthorized, Standing, creation, permit
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import playbooks, review_plans
from commandpost.kernel.errors import Conflict
from commandpost.kernel.ids import new_id


class PlaybookAlreadyHere(Conflict):
    """This playbook is here already."""

    code = "playbook.already_here"


async def create(
    desk: Desk, who: Actor, content: PlaybookContent, *, moved_id: PlaybookId | None = None
) -> Playbook:
    """Make a playbook; who makes it is a member of it. One that moves here keeps its id.

    Raises NotAuthorized, PlaybookTooLarge, TextTooLong, TextUnstorable, ReminderOutOfRange, and
    PlaybookAlreadyHere if there is one of that id.
    """
    await _check_broadcast(desk, who, content.broadcast_channel_id)
    await access.permit_in_team(desk, who, content.team_id, creation(desk.playbook_creators))
    if moved_id and await playbooks.found(desk.work, moved_id):
        raise PlaybookAlreadyHere
    playbook = Playbook(
        id=moved_id or PlaybookId(new_id()),
        content=content.shared_with(who.user_id).checked(),
        create_at=desk.now,
        update_at=desk.now,
    )
    await playbooks.save_version(desk.work, playbook, editor_id=who.user_id)
    await desk.record(Deed.PLAYBOOK_CREATED, playbook.id, by=who, after=_recorded(playbook))
    desk.tell(PlaybookSaved(playbook=playbook, by=who.user_id))
    return playbook


async def duplicate(desk: Desk, who: Actor, playbook_id: str) -> Playbook:
    """Make a playbook like this one, for the same members and `who`.

    Raises NotAuthorized, PlaybookUnknown, TextTooLong; also NotAuthorized where `who` may not post in the
    broadcast channel.
    """
    original = await access.opened_playbook(desk, who, playbook_id, Act.VIEW_PLAYBOOK)
    copy = await create(desk, who, original.content.copied())
    plan = await review_plans.of_playbook(desk.work, original.id)
    if plan.version:
        await review_plans.save(desk.work, plan.copied_to(copy.id))
    return copy


async def view(desk: Desk, who: Actor, playbook_id: str) -> Playbook:
    """A playbook, one out of use included. Raises NotAuthorized, PlaybookUnknown."""
    return await access.opened_playbook(desk, who, playbook_id, Act.VIEW_PLAYBOOK)


async def edit(
    desk: Desk, who: Actor, playbook_id: str, content: PlaybookContent, *, seen_version: int | None = None
) -> Playbook:
    """Replace all of a playbook's content; the versions before are kept.

    An editor who says which version they saw changes no other. A broadcast channel where the editor may not
    post can stay, but not be set. Raises NotAuthorized, PlaybookUnknown, PlaybookChanged, PlaybookTooLarge,
    TextTooLong, TextUnstorable, ReminderOutOfRange.
    """
    playbook = await access.locked_playbook(desk, who, playbook_id, Act.EDIT_PLAYBOOK)
    playbook.check_version(seen_version)
    if content.broadcast_channel_id != playbook.content.broadcast_channel_id:
        await _check_broadcast(desk, who, content.broadcast_channel_id)
    if content.team_id != playbook.content.team_id:
        await access.permit_in_team(desk, who, content.team_id, creation(desk.playbook_creators))
    edited = playbook.edited(content.checked(), at=desk.now)
    await playbooks.save_version(desk.work, edited, editor_id=who.user_id)
    before, after = _recorded(playbook), _recorded(edited)
    await desk.record(Deed.PLAYBOOK_CHANGED, edited.id, by=who, before=before, after=after)
    desk.tell(PlaybookSaved(playbook=edited, by=who.user_id))
    return edited


async def delete(desk: Desk, who: Actor, playbook_id: str) -> None:
    """Take a playbook out of use; incidents started from it stay as they are.

    Raises NotAuthorized, PlaybookUnknown.
    """
    playbook = await access.locked_playbook(desk, who, playbook_id, Act.DELETE_PLAYBOOK)
    deleted = playbook.deleted(at=desk.now)
    await playbooks.save_use(desk.work, deleted)
    await desk.record(Deed.PLAYBOOK_DELETED, deleted.id, by=who)
    desk.tell(PlaybookSaved(playbook=deleted, by=who.user_id))


async def restore(desk: Desk, who: Actor, playbook_id: str) -> Playbook:
    """Put a deleted playbook into use again. Raises NotAuthorized, PlaybookUnknown."""
    playbook = await access.locked_playbook(desk, who, playbook_id, Act.DELETE_PLAYBOOK)
    restored = playbook.restored(at=desk.now)
    await playbooks.save_use(desk.work, restored)
    await desk.record(Deed.PLAYBOOK_RESTORED, restored.id, by=who)
    desk.tell(PlaybookSaved(playbook=restored, by=who.user_id))
    return restored


async def listed(
    desk: Desk, who: Actor, team_id: str, *, sort: PlaybookSort, direction: Direction, page: Page
) -> Listed[PlaybookSummary]:
    """A page of the playbooks of which `who` is a member, or of all for a system admin.

    Raises NotAuthorized.
    """
    standing = await access.team_standing(desk, who, team_id)
    permit(Act.LIST_PLAYBOOKS, standing)
    if standing is Standing.TEAM_ADMIN:
        return await playbooks.of_team(desk.work, team_id, sort=sort, direction=direction, page=page)
    return await playbooks.of_member(
        desk.work, team_id, who.user_id, sort=sort, direction=direction, page=page
    )


async def own(desk: Desk, who: Actor, team_id: str) -> Listed[PlaybookSummary]:
    """The playbooks of the team of which `who` is a member, by title. Raises NotAuthorized."""
    await access.permit_in_team(desk, who, team_id, Act.LIST_PLAYBOOKS)
    return await playbooks.of_member(
        desk.work,
        team_id,
        who.user_id,
        sort=PlaybookSort.TITLE,
        direction=Direction.ASC,
        page=Page(),
    )


def _recorded(playbook: Playbook) -> dict[str, object]:
    """What the audit log keeps of a playbook: its versions are kept as a whole elsewhere."""
    content = playbook.content
    return {
        "version": playbook.version,
        "team_id": content.team_id,
        "title": content.title,
        "create_public_incident": content.create_public_incident,
        "broadcast_channel_id": content.broadcast_channel_id,
        "member_ids": content.member_ids,
    }


async def _check_broadcast(desk: Desk, who: Actor, channel_id: str) -> None:
    if channel_id and not await desk.chat.may_post(who.user_id, channel_id):
        raise NotAuthorized
