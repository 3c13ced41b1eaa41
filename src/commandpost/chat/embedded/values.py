"""The workspace's values in the words of the core's port, and the other way round."""

from collections.abc import Sequence
from typing import Any

from commandpost.incidents import ports
from commandpost.kernel.clock import Millis
from commandpost.workspace.actions import files, past
from commandpost.workspace.model import channel, dialog, file, post, team, user
from commandpost.workspace.store import exports

_WORKING_HOURS = "working_hours"
"""The profile's setting, among the user's props."""


def user_seen(one: user.User) -> ports.User:
    """A user as the core sees them."""
    return ports.User(
        id=one.id,
        username=one.username,
        email=one.email,
        first_name=one.first_name,
        last_name=one.last_name,
        nickname=one.nickname,
        is_bot=one.is_bot,
        timezone=user.timezone_of(one.timezone),
        working_hours=one.props.get(_WORKING_HOURS, ""),
        locale=one.locale,
    )


def team_seen(one: team.Team) -> ports.Team:
    """A team as the core sees it."""
    return ports.Team(id=one.id, name=one.name, display_name=one.display_name)


def channel_seen(one: channel.Channel) -> ports.Channel:
    """A channel as the core sees it."""
    return ports.Channel(
        id=one.id,
        team_id=one.team_id,
        type=ports.ChannelType(one.type.value),
        name=one.name,
        display_name=one.display_name,
        delete_at=Millis(one.delete_at),
    )


def channel_wanted(new: ports.NewChannel) -> channel.NewChannel:
    """A channel that the core wants made."""
    return channel.NewChannel(
        team_id=new.team_id,
        name=new.name,
        display_name=new.display_name,
        type=channel.ChannelType(new.type.value),
        header=new.header,
    )


def past_wanted(one: ports.PastChannel, bot_id: str) -> past.PastChannel:
    """A channel with its history, as the core wants it made."""
    return past.PastChannel(
        channel=channel.Channel(
            id=one.channel.id,
            create_at=one.create_at,
            update_at=one.create_at,
            team_id=one.channel.team_id,
            type=channel.ChannelType(one.channel.type.value),
            display_name=one.channel.display_name,
            name=one.channel.name,
            header=one.header,
        ),
        joined=one.joined,
        posts=tuple(
            post.Post(
                id=said.id,
                create_at=said.create_at,
                update_at=max(said.create_at, said.edit_at, said.delete_at),
                edit_at=said.edit_at,
                delete_at=said.delete_at,
                has_reactions=bool(said.reactions),
                user_id=said.author_id or bot_id,
                channel_id=one.channel.id,
                root_id=said.root_id,
                message=said.message,
                props={} if said.author_id else _bot_props(said),
                file_ids=tuple(file.id for file in said.files),
            )
            for said in one.posts
        ),
        files=tuple(_file(held, said, one.channel.id, bot_id) for said in one.posts for held in said.files),
        reactions=tuple(
            post.Reaction(
                user_id=given.user_id,
                post_id=said.id,
                emoji_name=given.emoji_name,
                create_at=given.create_at,
            )
            for said in one.posts
            for given in said.reactions
        ),
    )


def _file(held: ports.PostFile, said: ports.Post, channel_id: str, bot_id: str) -> file.File:
    return file.File(
        id=held.id,
        user_id=said.author_id or bot_id,
        channel_id=channel_id,
        post_id=said.id,
        create_at=said.create_at,
        update_at=said.create_at,
        name=held.name,
        extension=files.extension_of(held.name),
        size=held.size,
        mime_type=held.mime_type,
        width=held.width,
        height=held.height,
        has_preview_image=held.has_preview_image,
    )


def _bot_props(said: ports.Post) -> dict[str, Any]:
    if not said.author_name:
        return {"from_bot": "true"}
    return {"from_bot": "true", "from_webhook": "true", "override_username": said.author_name}


def said_seen(
    channel_id: str, past_post: exports.PastPost, held: Sequence[file.File], given: Sequence[post.Reaction]
) -> ports.Post:
    """A post of a history as the core sees it."""
    one = past_post.said
    return ports.Post(
        id=one.id,
        channel_id=channel_id,
        author_id=one.user_id,
        message=one.message,
        create_at=Millis(one.create_at),
        edit_at=Millis(past_post.edit_at),
        delete_at=Millis(past_post.delete_at),
        root_id=one.root_id,
        type=one.type,
        files=tuple(
            ports.PostFile(id=it.id, name=it.name, mime_type=it.mime_type, size=it.size) for it in held
        ),
        reactions=tuple(
            ports.PostReaction(user_id=it.user_id, emoji_name=it.emoji_name, create_at=Millis(it.create_at))
            for it in given
        ),
    )


def post_seen(one: post.Post) -> ports.Post:
    """A post as the core sees it."""
    return ports.Post(
        id=one.id,
        channel_id=one.channel_id,
        author_id=one.user_id,
        message=one.message,
        create_at=Millis(one.create_at),
        edit_at=Millis(one.edit_at),
        delete_at=Millis(one.delete_at),
    )


def dialog_wanted(one: ports.Dialog) -> dialog.Dialog:
    """A dialog that the core wants shown."""
    elements = None if one.elements is None else tuple(_element(element) for element in one.elements)
    return dialog.Dialog(
        title=one.title,
        introduction_text=one.introduction_text,
        elements=elements,
        submit_label=one.submit_label,
        state=one.state,
    )


def attachment_props(attachments: Sequence[ports.Attachment]) -> dict[str, Any]:
    """The props of a post with these attachments, every field of them there."""
    return {"attachments": [_attachment(one) for one in attachments]} if attachments else {}


def _element(one: ports.DialogElement) -> dialog.DialogElement:
    options = None
    if one.options is not None:
        options = tuple(dialog.DialogOption(text=option.text, value=option.value) for option in one.options)
    return dialog.DialogElement(
        display_name=one.display_name,
        name=one.name,
        type=one.type,
        default=one.default,
        optional=one.optional,
        min_length=one.min_length,
        max_length=one.max_length,
        options=options,
    )


def _attachment(one: ports.Attachment) -> dict[str, Any]:
    fields = [{"title": it.title, "value": it.value, "short": it.short} for it in one.fields]
    actions = {"actions": [_button(it) for it in one.actions]} if one.actions else {}
    return {
        "id": 0,
        "fallback": "",
        "color": "",
        "pretext": one.pretext,
        "author_name": "",
        "author_link": "",
        "author_icon": "",
        "title": "",
        "title_link": "",
        "text": "",
        "fields": fields or None,
        "image_url": "",
        "thumb_url": "",
        "footer": "",
        "footer_icon": "",
        "ts": None,
        **actions,
    }


def _button(one: ports.Button) -> dict[str, Any]:
    return {"type": "button", "name": one.name, "integration": {"url": one.url, "context": {}}}
