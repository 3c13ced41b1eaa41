"""Changes to a channel itself: renamed, described, archived, restored, made private or public."""

from dataclasses import dataclass

from msgspec.structs import replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Forbidden
from commandpost.workspace import wording
from commandpost.workspace.actions import system_posts
from commandpost.workspace.actions.channels import recorded
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import (
    ChannelArchived,
    ChannelConverted,
    ChannelRestored,
    ChannelUpdated,
)
from commandpost.workspace.model.channel import (
    ArchivedChannel,
    Channel,
    ChannelType,
    DefaultChannel,
    NameTaken,
    NotArchived,
    UnknownChannel,
    WrongChannelType,
)
from commandpost.workspace.model.naming import (
    TOWN_SQUARE,
    checked_display_name,
    checked_header,
    checked_name,
    checked_purpose,
)
from commandpost.workspace.model.user import UnknownUser
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission
from commandpost.workspace.store import channels, standing, users
from commandpost.workspace.store.standing import Standing
from commandpost.workspace.wording import SystemMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChange:
    """What of a channel is to be changed; None leaves it as it is."""

    name: str | None = None
    display_name: str | None = None
    header: str | None = None
    purpose: str | None = None


async def change(desk: Desk, who: Who, channel_id: str, wanted: ChannelChange) -> Channel:
    """Change a channel's names, header and purpose, announced in it.

    Raises UnknownChannel, Forbidden, ArchivedChannel, NameTaken, DefaultChannel (Town Square keeps its name
    in the address), WrongChannelType (direct and group channels have no names to give), and what `naming`
    says.
    """
    there = await _locked(desk, who, channel_id)
    channel = there.channel
    if channel.is_direct:
        if not there.is_member:
            raise Forbidden
    else:
        there.permit(who, _managing_properties(channel))
    if channel.is_archived:
        raise ArchivedChannel
    changed = _changed(channel, wanted)
    if changed == channel:
        return channel
    changed = replace(changed, update_at=max(desk.now, channel.update_at + 1))
    if changed.name != channel.name and not await channels.reserve_name(desk.work, changed):
        raise NameTaken
    await channels.update(desk.work, changed)
    await _record(desk, who, Deed.CHANNEL_CHANGED, channel, changed)
    desk.tell(ChannelUpdated(channel=changed))
    await _say(desk, who, changed, *_told(who, channel, changed))
    return changed


async def convert(desk: Desk, who: Who, channel_id: str, kind: ChannelType) -> Channel:
    """Make a public channel private, or a private one public.

    Raises UnknownChannel, Forbidden, ArchivedChannel, DefaultChannel, WrongChannelType.
    """
    there = await _locked(desk, who, channel_id)
    channel = there.channel
    there.permit(who, Permission.CONVERT_PUBLIC_CHANNEL_TO_PRIVATE)
    if channel.is_direct or kind not in (ChannelType.PUBLIC, ChannelType.PRIVATE):
        raise WrongChannelType
    if channel.is_archived:
        raise ArchivedChannel
    if channel.type == kind:
        return channel
    if channel.name == TOWN_SQUARE:
        raise DefaultChannel
    converted = replace(channel, type=kind, update_at=max(desk.now, channel.update_at + 1))
    await channels.update(desk.work, converted)
    for observer in desk.observers:
        await observer.channel_converted(desk.work, desk.now, converted)
    await _record(desk, who, Deed.CHANNEL_CONVERTED, channel, converted)
    desk.tell(ChannelConverted(channel=converted))
    desk.tell(ChannelUpdated(channel=converted))
    said = wording.made_private if converted.is_private else wording.made_public
    await _say(desk, who, converted, said(who.username))
    return converted


async def archive(desk: Desk, who: Who, channel_id: str) -> None:
    """Make a channel read-only; nothing in it is lost.

    Raises UnknownChannel, Forbidden, ArchivedChannel, DefaultChannel, WrongChannelType.
    """
    there = await _locked(desk, who, channel_id)
    channel = there.channel
    if channel.is_direct:
        raise WrongChannelType
    deleting = Permission.DELETE_PRIVATE_CHANNEL if channel.is_private else Permission.DELETE_PUBLIC_CHANNEL
    there.permit(who, deleting)
    if channel.is_archived:
        raise ArchivedChannel
    if channel.name == TOWN_SQUARE:
        raise DefaultChannel
    await _say(desk, who, channel, wording.archived(who.username))
    archived = replace(channel, delete_at=desk.now, update_at=max(desk.now, channel.update_at + 1))
    await channels.update(desk.work, archived)
    for observer in desk.observers:
        await observer.channel_archived(desk.work, desk.now, archived, who.user_id)
    await _record(desk, who, Deed.CHANNEL_ARCHIVED, channel, archived)
    desk.tell(ChannelArchived(channel=archived))


async def restore(desk: Desk, who: Who, channel_id: str) -> Channel:
    """Bring an archived channel back. Raises UnknownChannel, Forbidden, NotArchived."""
    there = await _locked(desk, who, channel_id)
    there.permit(who, Permission.MANAGE_TEAM)
    if not there.channel.is_archived:
        raise NotArchived
    restored = replace(there.channel, delete_at=0, update_at=max(desk.now, there.channel.update_at + 1))
    await channels.update(desk.work, restored)
    for observer in desk.observers:
        await observer.channel_archived(desk.work, desk.now, restored, who.user_id)
    await _record(desk, who, Deed.CHANNEL_RESTORED, there.channel, restored)
    desk.tell(ChannelRestored(channel=restored))
    await _say(desk, who, restored, wording.restored(who.username))
    return restored


async def _record(desk: Desk, who: Who, deed: Deed, before: Channel, after: Channel) -> None:
    await desk.record(deed, after.id, by=who.user_id, before=recorded(before), after=recorded(after))


async def _locked(desk: Desk, who: Who, channel_id: str) -> Standing:
    """The caller's standing in a channel that nobody else changes until this work is committed."""
    await desk.about_to_change(channel_id)
    if await channels.locked(desk.work, channel_id) is None:
        raise UnknownChannel
    return await standing.in_known_channel(desk.work, who.user_id, channel_id)


def _managing_properties(channel: Channel) -> Permission:
    if channel.is_private:
        return Permission.MANAGE_PRIVATE_CHANNEL_PROPERTIES
    return Permission.MANAGE_PUBLIC_CHANNEL_PROPERTIES


def _changed(channel: Channel, wanted: ChannelChange) -> Channel:
    """The channel as wanted. Raises what `naming` says, WrongChannelType, DefaultChannel."""
    name = channel.name if wanted.name is None else wanted.name
    display_name = channel.display_name if wanted.display_name is None else wanted.display_name.strip()
    if channel.is_direct and (name, display_name) != (channel.name, channel.display_name):
        raise WrongChannelType
    if name != channel.name and channel.name == TOWN_SQUARE:
        raise DefaultChannel
    return replace(
        channel,
        name=name if name == channel.name else checked_name(name),
        display_name=channel.display_name if channel.is_direct else checked_display_name(display_name),
        header=channel.header if wanted.header is None else checked_header(wanted.header),
        purpose=channel.purpose if wanted.purpose is None else checked_purpose(wanted.purpose),
    )


def _told(who: Who, old: Channel, new: Channel) -> list[SystemMessage]:
    """What the channel says about a change of it."""
    name = who.username
    said: list[SystemMessage] = []
    if new.display_name != old.display_name:
        said.append(wording.renamed(name, old.display_name, new.display_name))
    if new.header != old.header:
        said.append(wording.header_changed(name, old.header, new.header))
    if new.purpose != old.purpose:
        said.append(wording.purpose_changed(name, old.purpose, new.purpose))
    return said


async def _say(desk: Desk, who: Who, channel: Channel, *said: SystemMessage) -> None:
    if not said:
        return
    author = await users.by_id(desk.work, who.user_id)
    if author is None:
        raise UnknownUser
    for message in said:
        await system_posts.say(desk, author, channel, message)
