"""What may be posted, by whom and where: decided here, with all that is needed for it handed in."""

from dataclasses import replace
from typing import Any

from commandpost.kernel.errors import Forbidden
from commandpost.kernel.ids import new_id
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.draft import Draft
from commandpost.workspace.model.post import (
    ArchivedForPosts,
    NewPost,
    Post,
    UnknownRoot,
    check_size,
    check_type,
    hashtags_of,
    props_from_integration,
    props_from_person,
    with_action_ids,
)
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission
from commandpost.workspace.store.standing import Standing


def of_client(who: Who, new: NewPost, there: Standing | None, root: Post | None, now: int) -> Draft:
    """The draft of a post that a client asks for; `there` is None for a channel that does not exist.

    Raises Forbidden, ArchivedForPosts, UnknownRoot, and the refusals of `model.post`.
    """
    check_type(new.type)
    check_size(new.message, new.props, new.file_ids)
    if there is None:
        raise Forbidden
    there.permit(who, Permission.CREATE_POST)
    if there.channel.delete_at:
        raise ArchivedForPosts
    _check_root(new, root)
    is_trusted = who.is_bot or who.is_system_admin
    props = props_from_integration(new.props) if is_trusted else props_from_person(new.props)
    if who.is_bot:
        props["from_bot"] = "true"
    given_time = min(max(new.create_at, 0), now) if who.is_system_admin else 0
    return Draft(
        post=_post(new, author_id=who.user_id, props=props, create_at=given_time),
        channel=there.channel,
        author_name=who.username,
        is_by_person=not who.is_bot and props.get("from_webhook") != "true",
        calls_everyone=there.may(who, Permission.USE_CHANNEL_MENTIONS),
        sets_online=new.sets_online,
    )


def of_server(author: User, channel: Channel, new: NewPost, root: Post | None) -> Draft:
    """The draft of a post on the server's own account: by any author, in any channel, of any type.

    Raises UnknownRoot, MessageTooLong and PropsTooLong.
    """
    check_size(new.message, new.props, new.file_ids)
    new = replace(new, channel_id=channel.id)
    _check_root(new, root)
    props = {**new.props, "from_bot": "true"} if author.is_bot else dict(new.props)
    return Draft(
        post=_post(new, author_id=author.id, props=props, create_at=new.create_at),
        channel=channel,
        author_name=author.username,
        is_by_person=not author.is_bot and props.get("from_webhook") != "true",
        calls_everyone=True,
        sets_online=False,
    )


def _check_root(new: NewPost, root: Post | None) -> None:
    if new.root_id and (root is None or root.delete_at or root.root_id or root.channel_id != new.channel_id):
        raise UnknownRoot


def _post(new: NewPost, *, author_id: str, props: dict[str, Any], create_at: int) -> Post:
    return Post(
        id=new_id(),
        create_at=create_at,
        update_at=create_at,
        user_id=author_id,
        channel_id=new.channel_id,
        root_id=new.root_id,
        message=new.message,
        type=new.type,
        props=with_action_ids(props) if "attachments" in props else props,
        hashtags=hashtags_of(new.message),
        file_ids=new.file_ids,
        pending_post_id=new.pending_post_id,
    )
