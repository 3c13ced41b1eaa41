"""Outgoing webhooks: made and changed by those who manage them in a team."""

from dataclasses import dataclass, replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import SwitchedOff, TooMany
from commandpost.kernel.ids import new_id
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import OutgoingWebhooksChanged
from commandpost.workspace.model.channel import ChannelType
from commandpost.workspace.model.outgoing_webhook import (
    ChannelElsewhere,
    ChannelNotOpen,
    Intersecting,
    OutgoingTeamMismatch,
    OutgoingWebhook,
    UnknownOutgoingWebhook,
    check,
    trigger_when_of,
)
from commandpost.workspace.model.team import UnknownTeam
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, may, permit
from commandpost.workspace.store import outgoing_webhooks, standing, teams

_MOST_PER_TEAM = 500


class OutgoingWebhooksSwitchedOff(SwitchedOff):
    """Outgoing webhooks have been disabled by the system admin."""

    code = "outgoing_webhook.switched_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingForm:
    """A webhook as it is to be. `trigger_when` is as on the wire; `channel_id` "" is every public channel.

    In a change, the team may be left out, and addresses, which then stay.
    """

    team_id: str
    channel_id: str = ""
    trigger_words: tuple[str, ...] = ()
    trigger_when: int = 0
    callback_urls: tuple[str, ...] = ()
    display_name: str = ""
    description: str = ""
    content_type: str = ""
    username: str = ""
    icon_url: str = ""


async def create(desk: Desk, who: Who, form: OutgoingForm) -> OutgoingWebhook:
    """Make a webhook that tells servers of posts.

    Raises OutgoingWebhooksSwitchedOff, Forbidden, UnknownTeam, and the refusals of `model.outgoing_webhook`.
    """
    _must_be_on(desk)
    roles = await standing.in_team(desk.work, who.user_id, form.team_id)
    permit(who, Permission.MANAGE_OUTGOING_WEBHOOKS, roles)
    hook = _filled(
        OutgoingWebhook(
            id=new_id(),
            create_at=desk.now,
            update_at=desk.now,
            team_id=form.team_id,
            creator_id=who.user_id,
            sealed_token=desk.vault.sealed(new_id()),
        ),
        form,
    )
    await _check_place(desk, who, hook)
    await outgoing_webhooks.insert(desk.work, hook)
    await desk.record(Deed.WEBHOOK_CREATED, hook.id, by=who.user_id, after=_recorded(hook))
    desk.tell(OutgoingWebhooksChanged(team_id=hook.team_id))
    return hook


async def update(desk: Desk, who: Who, hook_id: str, form: OutgoingForm) -> OutgoingWebhook:
    """Change a webhook; its token stays. Raises UnknownOutgoingWebhook, OutgoingTeamMismatch, as `create`."""
    _must_be_on(desk)
    before = await _managed(desk, who, await outgoing_webhooks.locked(desk.work, hook_id))
    if form.team_id not in ("", before.team_id):
        raise OutgoingTeamMismatch
    after = _filled(replace(before, update_at=_later(desk, before)), form)
    await _check_place(desk, who, after)
    await _save(desk, after)
    old, new = _recorded(before), _recorded(after)
    await desk.record(Deed.WEBHOOK_CHANGED, hook_id, by=who.user_id, before=old, after=new)
    return after


async def regenerate_token(desk: Desk, who: Who, hook_id: str) -> OutgoingWebhook:
    """Give a webhook another token. Raises as `update`."""
    _must_be_on(desk)
    before = await _managed(desk, who, await outgoing_webhooks.locked(desk.work, hook_id))
    after = replace(before, sealed_token=desk.vault.sealed(new_id()), update_at=_later(desk, before))
    await _save(desk, after)
    await desk.record(Deed.WEBHOOK_CHANGED, hook_id, by=who.user_id, after={"token": "renewed"})
    return after


async def delete(desk: Desk, who: Who, hook_id: str) -> None:
    """Delete a webhook; what it has yet to tell is not told any more. Raises as `get`."""
    _must_be_on(desk)
    hook = await _managed(desk, who, await outgoing_webhooks.locked(desk.work, hook_id))
    await outgoing_webhooks.delete(desk.work, hook_id)
    await desk.record(Deed.WEBHOOK_DELETED, hook_id, by=who.user_id, before=_recorded(hook))
    desk.tell(OutgoingWebhooksChanged(team_id=hook.team_id))


async def get(desk: Desk, who: Who, hook_id: str) -> OutgoingWebhook:
    """A webhook, for those who manage it.

    Raises OutgoingWebhooksSwitchedOff, UnknownOutgoingWebhook, Forbidden.
    """
    _must_be_on(desk)
    return await _managed(desk, who, await outgoing_webhooks.by_id(desk.work, hook_id))


async def page(
    desk: Desk, who: Who, *, team_id: str, channel_id: str, limit: int, offset: int
) -> list[OutgoingWebhook]:
    """The webhooks that the caller manages in a team or channel, or anywhere for administrators.

    Raises OutgoingWebhooksSwitchedOff, UnknownChannel, Forbidden.
    """
    _must_be_on(desk)
    if channel_id:
        there = await standing.in_known_channel(desk.work, who.user_id, channel_id)
        team_id = there.channel.team_id
    roles = await standing.in_team(desk.work, who.user_id, team_id) if team_id else ""
    permit(who, Permission.MANAGE_OUTGOING_WEBHOOKS, roles)
    others = may(who, Permission.MANAGE_OTHERS_OUTGOING_WEBHOOKS, roles)
    return await outgoing_webhooks.page(
        desk.work,
        team_id=team_id,
        channel_id=channel_id,
        creator_id="" if others else who.user_id,
        limit=limit,
        offset=offset,
    )


def token_of(desk: Desk, hook: OutgoingWebhook) -> str:
    """The token that a webhook shows to its servers. Raises vault.Unreadable."""
    return desk.vault.opened(hook.sealed_token)


def _must_be_on(desk: Desk) -> None:
    if not desk.config.enable_outgoing_webhooks:
        raise OutgoingWebhooksSwitchedOff


async def _managed(desk: Desk, who: Who, hook: OutgoingWebhook | None) -> OutgoingWebhook:
    if hook is None:
        raise UnknownOutgoingWebhook
    roles = await standing.in_team(desk.work, who.user_id, hook.team_id)
    permit(who, Permission.MANAGE_OUTGOING_WEBHOOKS, roles)
    if hook.creator_id != who.user_id:
        permit(who, Permission.MANAGE_OTHERS_OUTGOING_WEBHOOKS, roles)
    return hook


async def _check_place(desk: Desk, who: Who, hook: OutgoingWebhook) -> None:
    """Refuse a webhook whose channel, words and addresses cannot be; nobody adds another meanwhile."""
    check(hook)
    if await teams.locked(desk.work, hook.team_id) is None:
        raise UnknownTeam
    if hook.channel_id:
        there = await standing.in_known_channel(desk.work, who.user_id, hook.channel_id)
        if there.channel.type != ChannelType.PUBLIC:
            raise ChannelNotOpen
        if there.channel.team_id != hook.team_id:
            raise ChannelElsewhere
    present = await outgoing_webhooks.of_team(desk.work, hook.team_id)
    if any(hook.intersects(other) for other in present):
        raise Intersecting
    if len(present) >= _MOST_PER_TEAM and all(one.id != hook.id for one in present):
        raise TooMany("The team has as many outgoing webhooks as it may have.")


async def _save(desk: Desk, hook: OutgoingWebhook) -> None:
    await outgoing_webhooks.update(desk.work, hook)
    desk.tell(OutgoingWebhooksChanged(team_id=hook.team_id))


def _recorded(hook: OutgoingWebhook) -> dict[str, object]:
    """What the audit log keeps of a webhook: of its addresses not what may be a secret."""
    return {
        "kind": "outgoing",
        "team_id": hook.team_id,
        "channel_id": hook.channel_id,
        "trigger_words": list(hook.trigger_words),
        "callback_urls": [url.partition("?")[0] for url in hook.callback_urls],
        "display_name": hook.display_name,
    }


def _filled(hook: OutgoingWebhook, form: OutgoingForm) -> OutgoingWebhook:
    return replace(
        hook,
        channel_id=form.channel_id,
        trigger_words=tuple(word.strip() for word in form.trigger_words),
        trigger_when=trigger_when_of(form.trigger_when),
        callback_urls=tuple(url.strip() for url in form.callback_urls) or hook.callback_urls,
        display_name=form.display_name,
        description=form.description,
        content_type=form.content_type,
        username=form.username,
        icon_url=form.icon_url,
    )


def _later(desk: Desk, hook: OutgoingWebhook) -> int:
    return max(desk.now, hook.update_at + 1)
