"""Posts that webhooks make: in the name of their owner, or under the name that they give themselves."""

from dataclasses import replace

from commandpost.workspace.actions import direct_channels, posts
from commandpost.workspace.actions.command_answers import without_markup
from commandpost.workspace.actions.incoming_webhooks import IncomingWebhooksSwitchedOff
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import Channel, ChannelType
from commandpost.workspace.model.incoming_webhook import (
    ChannelLocked,
    ChannelNotAllowed,
    DeadIncomingWebhook,
    IncomingWebhook,
    NoSuchChannel,
    NoSuchPerson,
    NothingToPost,
)
from commandpost.workspace.model.post import ArchivedForPosts, NewPost, Post, check_type
from commandpost.workspace.model.said import Said, in_parts, post_props, post_type
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission
from commandpost.workspace.store import channels, incoming_webhooks, standing, users

_NAMELESS = "webhook"


class WebhooksSilenced(IncomingWebhooksSwitchedOff):
    """Incoming webhooks have been disabled by the system admin."""

    code = "incoming_webhook.silenced"


async def receive(desk: Desk, hook_id: str, said: Said | None) -> None:
    """Post what a program sent to an incoming webhook.

    Raises WebhooksSilenced, NothingToPost, DeadIncomingWebhook, NoSuchPerson, NoSuchChannel,
    ChannelLocked, ChannelNotAllowed, ArchivedForPosts, and the refusals of `model.post`.
    """
    if not desk.config.enable_incoming_webhooks:
        raise WebhooksSilenced
    if said is None or said.is_empty:
        raise NothingToPost
    hook = await incoming_webhooks.by_id(desk.work, hook_id)
    if hook is None:
        raise DeadIncomingWebhook
    owner = await users.by_id(desk.work, hook.user_id)
    if owner is None or not owner.is_active:
        raise DeadIncomingWebhook
    channel = await _channel(desk, hook, owner, said.channel)
    named = replace(said, username=said.username or hook.username, icon_url=said.icon_url or hook.icon_url)
    await post(desk, owner, channel, named, display_name=hook.display_name)


async def post(
    desk: Desk, author: User, channel: Channel, said: Said, *, display_name: str, root_id: str = ""
) -> list[Post]:
    """Post what a webhook says; what is too long for one post becomes several.

    Raises ArchivedForPosts, UnknownRoot, and the refusals of `model.post`.
    """
    if channel.is_archived:
        raise ArchivedForPosts
    said = await without_markup(desk, said)
    type_ = post_type(said)
    check_type(type_)
    named = replace(said, username=said.username or _NAMELESS)
    props = {
        **post_props(named, desk.config),
        "from_webhook": "true",
        "webhook_display_name": display_name,
    }
    *first, last = in_parts(said.text)
    plain = {name: value for name, value in props.items() if name != "attachments"}
    parts = [(part, plain, "") for part in first] + [(last, props, type_)]
    return [
        await posts.put(
            desk,
            author,
            channel,
            NewPost(channel_id=channel.id, message=text, root_id=root_id, type=kind, props=its_props),
        )
        for text, its_props, kind in parts
    ]


async def _channel(desk: Desk, hook: IncomingWebhook, owner: User, wanted: str) -> Channel:
    """Where to post: `@name` is a person, `#name`, `name` or an id a channel; "" the webhook's own."""
    if wanted.startswith("@"):
        partner = await users.by_username(desk.work, wanted[1:])
        if partner is None:
            raise NoSuchPerson
        if hook.channel_locked:
            raise ChannelLocked
        return await direct_channels.direct(desk, _who(owner), (owner.id, partner.id))
    channel = await _named(desk, hook, wanted.removeprefix("#").strip())
    if channel is None:
        raise NoSuchChannel
    if hook.channel_locked and channel.id != hook.channel_id:
        raise ChannelLocked
    await check_owner(desk, owner, channel)
    return channel


async def check_owner(desk: Desk, owner: User, channel: Channel) -> None:
    """Refuse with ChannelNotAllowed where the owner of a webhook has nothing to say: it speaks for them."""
    there = await standing.in_known_channel(desk.work, owner.id, channel.id)
    wanted = Permission.READ_PUBLIC_CHANNEL if channel.type == ChannelType.PUBLIC else Permission.READ_CHANNEL
    if not there.may(_who(owner), wanted):
        raise ChannelNotAllowed


async def _named(desk: Desk, hook: IncomingWebhook, name: str) -> Channel | None:
    if not name:
        return await channels.by_id(desk.work, hook.channel_id)
    found = await channels.by_name(desk.work, hook.team_id, name.lower())
    if found is None:
        found = await channels.by_id(desk.work, name)
    return found if found is not None and found.team_id in (hook.team_id, "") else None


def _who(owner: User) -> Who:
    return Who(
        user_id=owner.id,
        username=owner.username,
        roles=frozenset(owner.roles.split()),
        is_bot=owner.is_bot,
    )
