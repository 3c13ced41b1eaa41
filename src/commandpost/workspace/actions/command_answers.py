"""What the server of a custom command answers: posted for all, or shown to the one who ran it."""

from dataclasses import dataclass

from commandpost.workspace.actions import posts
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.custom_command import CustomCommand
from commandpost.workspace.model.post import ArchivedForPosts, NewPost, check_type
from commandpost.workspace.model.said import IN_CHANNEL, Said, people_in, post_props, post_type, translated
from commandpost.workspace.model.user import UnknownUser
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission
from commandpost.workspace.store import users
from commandpost.workspace.store.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a command was run."""

    channel_id: str
    root_id: str


async def carry_out(desk: Desk, who: Who, command: CustomCommand, place: Place, said: Said) -> None:
    """Post or show all that a command's server says, in the name of who ran it; all of it or nothing.

    Raises Forbidden where they may not post, ArchivedForPosts, and the refusals of `model.post`.
    """
    for one in (said, *said.more):
        if not one.is_empty and (one.is_for_caller or one.response_type == IN_CHANNEL):
            await _say(desk, who, command, place, one)


async def without_markup(desk: Desk, said: Said) -> Said:
    """What an integration says, without Slack's markup in it."""
    if said.skip_slack_parsing:
        return said
    named = sorted(people_in(said))
    usernames = {user.id: user.username for user in await users.by_ids(desk.work, named)} if named else {}
    return translated(said, usernames)


async def _say(desk: Desk, who: Who, command: CustomCommand, place: Place, said: Said) -> None:
    channel_id = said.channel_id or place.channel_id
    there = await posts.readable(desk, who, channel_id)
    said = await without_markup(desk, said)
    type_ = post_type(said)
    check_type(type_)
    props = post_props(said, desk.config, username=command.username, icon_url=command.icon_url)
    props["from_webhook"] = "true"
    root_id = place.root_id if channel_id == place.channel_id else ""
    if said.response_type != IN_CHANNEL:
        await posts.ephemeral(
            desk,
            user_id=who.user_id,
            channel_id=channel_id,
            message=said.text,
            author_id=who.user_id,
            root_id=root_id,
            props=props,
        )
        return
    new = NewPost(channel_id=channel_id, message=said.text, root_id=root_id, type=type_, props=props)
    await _post(desk, who, there, new)


async def _post(desk: Desk, who: Who, there: Standing, new: NewPost) -> None:
    there.permit(who, Permission.CREATE_POST)
    if there.channel.is_archived:
        raise ArchivedForPosts
    author = await users.by_id(desk.work, who.user_id)
    if author is None or not author.is_active:
        raise UnknownUser
    await posts.put(desk, author, there.channel, new)
