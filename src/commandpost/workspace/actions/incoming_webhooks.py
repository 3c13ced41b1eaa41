"""Incoming webhooks: made and changed by those who manage them in a team."""

from dataclasses import dataclass, replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import SwitchedOff, TooMany
from commandpost.kernel.ids import new_id, token_hash
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import UnknownChannel
from commandpost.workspace.model.incoming_webhook import (
    IncomingWebhook,
    OtherTeamsChannel,
    UnknownIncomingWebhook,
    check,
)
from commandpost.workspace.model.user import UnknownUser
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, may, permit
from commandpost.workspace.store import incoming_webhooks, standing, users
from commandpost.workspace.store.standing import Standing

_MOST_PER_TEAM = 1000


class IncomingWebhooksSwitchedOff(SwitchedOff):
    """Incoming webhooks have been disabled by the system admin."""

    code = "incoming_webhook.switched_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookForm:
    """A webhook as it is to be. `user_id` is its owner's, "" for who asks."""

    channel_id: str
    user_id: str = ""
    display_name: str = ""
    description: str = ""
    username: str = ""
    icon_url: str = ""
    channel_locked: bool = False


async def create(desk: Desk, who: Who, form: WebhookForm) -> IncomingWebhook:
    """Make a webhook that posts in a channel.

    Raises IncomingWebhooksSwitchedOff, UnknownChannel, Forbidden, UnknownUser, and the refusals of
    `model.incoming_webhook`.
    """
    _must_be_on(desk)
    there = await _place(desk, who, form.channel_id)
    there.permit(who, Permission.MANAGE_INCOMING_WEBHOOKS)
    owner_id = form.user_id or who.user_id
    if owner_id != who.user_id:
        there.permit(who, Permission.MANAGE_OTHERS_INCOMING_WEBHOOKS)
        owner = await users.by_id(desk.work, owner_id)
        if owner is None or not owner.is_active:
            raise UnknownUser
    hook = _filled(
        IncomingWebhook(
            id=new_id(),
            create_at=desk.now,
            update_at=desk.now,
            team_id=there.channel.team_id,
            channel_id=there.channel.id,
            user_id=owner_id,
        ),
        form,
    )
    if await incoming_webhooks.count(desk.work, hook.team_id) >= _MOST_PER_TEAM:
        raise TooMany("The team has as many incoming webhooks as it may have.")
    await incoming_webhooks.insert(desk.work, desk.vault, hook)
    await desk.record(Deed.WEBHOOK_CREATED, token_hash(hook.id), by=who.user_id, after=_recorded(hook))
    return hook


async def update(desk: Desk, who: Who, hook_id: str, form: WebhookForm) -> IncomingWebhook:
    """Change a webhook; its owner stays. Raises UnknownIncomingWebhook, OtherTeamsChannel, as `create`."""
    _must_be_on(desk)
    before = await _managed(desk, who, await incoming_webhooks.locked(desk.work, hook_id))
    there = await _place(desk, who, form.channel_id)
    if there.channel.team_id != before.team_id:
        raise OtherTeamsChannel
    after = _filled(replace(before, update_at=max(desk.now, before.update_at + 1)), form)
    await incoming_webhooks.update(desk.work, after)
    old, new = _recorded(before), _recorded(after)
    await desk.record(Deed.WEBHOOK_CHANGED, token_hash(hook_id), by=who.user_id, before=old, after=new)
    return after


async def delete(desk: Desk, who: Who, hook_id: str) -> None:
    """Delete a webhook: its address is dead.

    Raises IncomingWebhooksSwitchedOff, UnknownIncomingWebhook, Forbidden.
    """
    _must_be_on(desk)
    hook = await _managed(desk, who, await incoming_webhooks.locked(desk.work, hook_id))
    await incoming_webhooks.delete(desk.work, hook_id)
    await desk.record(Deed.WEBHOOK_DELETED, token_hash(hook_id), by=who.user_id, before=_recorded(hook))


async def get(desk: Desk, who: Who, hook_id: str) -> IncomingWebhook:
    """A webhook, for those who manage it.

    Raises IncomingWebhooksSwitchedOff, UnknownIncomingWebhook, Forbidden.
    """
    _must_be_on(desk)
    return await _managed(desk, who, await incoming_webhooks.by_id(desk.work, hook_id))


async def page(desk: Desk, who: Who, team_id: str, *, limit: int, offset: int) -> list[IncomingWebhook]:
    """The webhooks that the caller manages in a team, or anywhere for administrators, newest first.

    Raises IncomingWebhooksSwitchedOff, Forbidden.
    """
    _must_be_on(desk)
    roles = await standing.in_team(desk.work, who.user_id, team_id) if team_id else ""
    permit(who, Permission.MANAGE_INCOMING_WEBHOOKS, roles)
    others = may(who, Permission.MANAGE_OTHERS_INCOMING_WEBHOOKS, roles)
    return await incoming_webhooks.page(
        desk.work,
        desk.vault,
        team_id=team_id,
        user_id="" if others else who.user_id,
        limit=limit,
        offset=offset,
    )


def _must_be_on(desk: Desk) -> None:
    if not desk.config.enable_incoming_webhooks:
        raise IncomingWebhooksSwitchedOff


async def _place(desk: Desk, who: Who, channel_id: str) -> Standing:
    """A channel of a team, private ones only for who reads them."""
    there = await standing.in_known_channel(desk.work, who.user_id, channel_id)
    if there.channel.is_direct:
        raise UnknownChannel
    if there.channel.is_private:
        there.permit(who, Permission.READ_CHANNEL)
    return there


async def _managed(desk: Desk, who: Who, hook: IncomingWebhook | None) -> IncomingWebhook:
    if hook is None:
        raise UnknownIncomingWebhook
    roles = await standing.in_team(desk.work, who.user_id, hook.team_id)
    permit(who, Permission.MANAGE_INCOMING_WEBHOOKS, roles)
    if hook.user_id != who.user_id:
        permit(who, Permission.MANAGE_OTHERS_INCOMING_WEBHOOKS, roles)
    there = await standing.in_channel(desk.work, who.user_id, hook.channel_id)
    if there is not None and there.channel.is_private:
        there.permit(who, Permission.READ_CHANNEL)
    return hook


def _recorded(hook: IncomingWebhook) -> dict[str, object]:
    """What the audit log keeps of a webhook; as its id is a secret, its subject there is a hash."""
    return {
        "kind": "incoming",
        "team_id": hook.team_id,
        "channel_id": hook.channel_id,
        "owner_id": hook.user_id,
        "display_name": hook.display_name,
        "channel_locked": hook.channel_locked,
    }


def _filled(hook: IncomingWebhook, form: WebhookForm) -> IncomingWebhook:
    filled = replace(
        hook,
        channel_id=form.channel_id,
        display_name=form.display_name,
        description=form.description,
        username=form.username,
        icon_url=form.icon_url,
        channel_locked=form.channel_locked,
    )
    check(filled)
    return filled
