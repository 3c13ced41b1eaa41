"""Commands about channels: joined, left, peopled, named, described and muted."""

from collections.abc import Callable

from commandpost.workspace.actions import channel_changes, channel_lists, channel_members, channels, leaving
from commandpost.workspace.actions.channel_changes import ChannelChange
from commandpost.workspace.commands.plain import Deed, PlainCommand, described, no, yes
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import Channel, NotChannelMember
from commandpost.workspace.model.user import User
from commandpost.workspace.store import channel_members as member_store
from commandpost.workspace.store import users


async def _join(desk: Desk, call: CommandCall) -> CommandAnswer:
    name = call.text.strip()
    if not name:
        return no("Name a channel: `/join ~channel`.")
    channel = await _named(desk, call, name)
    await channels.join(desk, call.who, channel.id)
    return yes(f"You are in ~{channel.name}.")


async def _leave(desk: Desk, call: CommandCall) -> CommandAnswer:
    await leaving.leave(desk, call.who, call.channel.id)
    return yes(f"You have left ~{call.channel.name}.")


async def _invite(desk: Desk, call: CommandCall) -> CommandAnswer:
    name, _, place = call.text.strip().partition(" ")
    if not name:
        return no("Name somebody: `/invite @username ~channel`.")
    user = await _user(desk, name)
    if user is None:
        return no(f"There is no user called {name}.")
    channel = await _named(desk, call, place.strip()) if place.strip() else call.channel
    if await member_store.member(desk.work, channel.id, user.id) is not None:
        return yes(f"@{user.username} is already in ~{channel.name}.")
    await channels.add(desk, call.who, channel.id, user.id)
    return yes(f"@{user.username} added to ~{channel.name}.")


async def _remove(desk: Desk, call: CommandCall) -> CommandAnswer:
    name = call.text.strip()
    if not name:
        return no("Name somebody: `/remove @username`.")
    user = await _user(desk, name)
    if user is None:
        return no(f"There is no user called {name}.")
    if user.id == call.who.user_id:
        return no("To leave a channel yourself, use `/leave`.")
    try:
        await leaving.remove_member(desk, call.who, call.channel.id, user.id)
    except NotChannelMember:
        return no(f"@{user.username} is not in this channel.")
    return yes(f"@{user.username} removed from ~{call.channel.name}.")


async def _mute(desk: Desk, call: CommandCall) -> CommandAnswer:
    name = call.text.strip()
    channel = await _named(desk, call, name) if name else call.channel
    member = await member_store.member(desk.work, channel.id, call.who.user_id)
    if member is None:
        return no(f"You are not in ~{channel.name}.")
    wanted = {"mark_unread": "all" if member.is_muted else "mention"}
    await channel_members.set_notify_props(desk, call.who, channel.id, call.who.user_id, wanted)
    if member.is_muted:
        return yes(f"~{channel.name} is no longer muted.")
    return yes(f"~{channel.name} is muted: only mentions make it unread. `/mute` again unmutes it.")


def _changing(what: str, change: Callable[[str], ChannelChange]) -> Deed:
    async def changed(desk: Desk, call: CommandCall) -> CommandAnswer:
        text = call.text.strip()
        if not text:
            return no(f"Give the new {what}.")
        await channel_changes.change(desk, call.who, call.channel.id, change(text))
        return yes(f"The {what} is changed.")

    return changed


async def _named(desk: Desk, call: CommandCall, name: str) -> Channel:
    """A channel of the team by the name in its address, with or without `~`. Raises UnknownChannelName."""
    return await channel_lists.by_name(
        desk, call.who, call.team_id, name.removeprefix("~").lower(), with_archived=False
    )


async def _user(desk: Desk, name: str) -> User | None:
    return await users.by_username(desk.work, name.removeprefix("@"))


COMMANDS: tuple[PlainCommand, ...] = tuple(
    PlainCommand(described(trigger, hint, help_text), deed)
    for trigger, hint, help_text, deed in (
        ("join", "~[channel]", "Join the open channel", _join),
        ("open", "~[channel]", "Join the open channel", _join),
        ("leave", "", "Leave the current channel", _leave),
        ("invite", "@[username] ~[channel]", "Invite a user to a channel", _invite),
        ("remove", "@[username]", "Remove a member from the channel", _remove),
        ("kick", "@[username]", "Remove a member from the channel", _remove),
        ("mute", "~[channel]", "Turns off notifications for the current or a given channel", _mute),
        (
            "header",
            "[text]",
            "Edit the channel header",
            _changing("channel header", lambda text: ChannelChange(header=text)),
        ),
        (
            "purpose",
            "[text]",
            "Edit the channel purpose",
            _changing("channel purpose", lambda text: ChannelChange(purpose=text)),
        ),
        (
            "rename",
            "[text]",
            "Rename the channel",
            _changing("channel name", lambda text: ChannelChange(display_name=text)),
        ),
    )
)
