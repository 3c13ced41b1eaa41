"""Buttons and menus of posts that nobody stores: each carries, encrypted, what a press of it needs."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from commandpost.kernel.errors import Invalid
from commandpost.vault import Unreadable
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.post import EPHEMERAL_TYPE, Post, has_actions, with_actions

_KEPT_PROPS = ("from_webhook", "from_bot", "override_username", "override_icon_url", "override_icon_emoji")


class BadCookie(Invalid):
    """This button is no longer good: it belongs to another post, or was made with another key."""

    code = "post_action.bad_cookie"


class ActionCookie(msgspec.Struct, kw_only=True):
    """An action of a post that only one user was shown."""

    user_id: str
    post_id: str
    author_id: str
    channel_id: str
    root_id: str
    props: dict[str, Any]
    action: dict[str, Any]

    def post(self) -> Post:
        """What is still known of the post: enough to answer a press."""
        return Post(
            id=self.post_id,
            create_at=0,
            update_at=0,
            user_id=self.author_id,
            channel_id=self.channel_id,
            root_id=self.root_id,
            message="",
            type=EPHEMERAL_TYPE,
            props=self.props,
        )


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ActionCookie).decode


def with_cookies(desk: Desk, post: Post, user_id: str) -> Post:
    """A post for one user's eyes, in which every action that calls an integration has its cookie."""
    if not has_actions(post.props):
        return post

    def with_cookie(action: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(action.get("integration"), dict):
            return action
        cookie = ActionCookie(
            user_id=user_id,
            post_id=post.id,
            author_id=post.user_id,
            channel_id=post.channel_id,
            root_id=post.root_id,
            props=_kept(post.props),
            action={name: value for name, value in action.items() if name != "cookie"},
        )
        return {**action, "cookie": desk.vault.sealed(_encode(cookie).decode())}

    return replace(post, props=with_actions(post.props, with_cookie))


def opened(desk: Desk, cookie: str, *, user_id: str, post_id: str, action_id: str) -> ActionCookie:
    """What a cookie holds. Raises BadCookie unless it was made for that user, post and action."""
    try:
        found = _decode(desk.vault.opened(cookie))
    except (Unreadable, UnicodeError) as cause:
        raise BadCookie from cause
    if (found.user_id, found.post_id, found.action.get("id")) != (user_id, post_id, action_id):
        raise BadCookie
    return found


def _kept(props: Mapping[str, Any]) -> dict[str, Any]:
    return {name: props[name] for name in _KEPT_PROPS if name in props}
