"""Buttons and menus under posts: pressed by a person, answered by the integration behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from msgspec.structs import replace

from commandpost.kernel.errors import Invalid, NotFound
from commandpost.workspace.actions import action_cookies, posts
from commandpost.workspace.actions.posts import PostChanges
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.events import EphemeralEdited
from commandpost.workspace.model.post import EPHEMERAL_TYPE, Post, check_size, with_action_ids
from commandpost.workspace.model.said import links_translated
from commandpost.workspace.model.who import Who
from commandpost.workspace.ports import IntegrationAnswer, IntegrationFailed, Integrations
from commandpost.workspace.store import posts as stored_posts
from commandpost.workspace.store import teams
from commandpost.workspace.store.standing import Standing
from commandpost.workspace.triggers import Trigger

_KEPT_PROPS = ("from_webhook", "from_bot", "override_username", "override_icon_url", "override_icon_emoji")
"""Who a post is by stays as it was, whatever an integration makes of it."""


class UnknownAction(NotFound):
    """The post has no such button or menu any more."""

    code = "post_action.unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button pressed, or a menu's option chosen ("" for a button).

    `cookie` came with the action if its post is one that nobody stores.
    """

    post_id: str
    action_id: str
    selected_option: str = ""
    cookie: str = ""


class _Update(msgspec.Struct):
    message: str = ""
    props: dict[str, Any] | None = None


class _Said(msgspec.Struct):
    """The part of an integration's answer that a press understands."""

    update: _Update | None = None
    ephemeral_text: str | None = None
    skip_slack_parsing: bool | None = None
    error: str | None = None


_decode = msgspec.json.Decoder(_Said | None).decode


async def press(desks: Desks, integrations: Integrations, who: Who, pressed: Press) -> Trigger:
    """Tell the integration behind a button or menu, and do what it answers. Gives the trigger of the press.

    Raises UnknownPost, UnknownAction, BadCookie, Forbidden, IntegrationFailed.
    """
    async with desks.reading() as desk:
        post, action = await _pressed(desk, who, pressed)
        there = await posts.readable(desk, who, post.channel_id)
        trigger = desk.triggers.issue(who.user_id, now=desk.now)
        body = await _request(desk, who, there, pressed, action, trigger)
    integration = cast("dict[str, Any]", action["integration"])
    said = _understood(await integrations.post(who, str(integration.get("url", "")), body))
    if said.update is not None or said.ephemeral_text:
        try:
            async with desks.writing() as desk:
                await _answered(desk, who, post, said)
        except Invalid as cause:
            raise IntegrationFailed(f"The integration's answer cannot be used. {cause.message}") from cause
    return trigger


async def _pressed(desk: Desk, who: Who, pressed: Press) -> tuple[Post, dict[str, Any]]:
    """The post and the action of it; of a post that nobody stores, what the action's cookie holds."""
    if pressed.cookie and await stored_posts.by_id(desk.work, pressed.post_id) is None:
        cookie = action_cookies.opened(
            desk,
            pressed.cookie,
            user_id=who.user_id,
            post_id=pressed.post_id,
            action_id=pressed.action_id,
        )
        return cookie.post(), cookie.action
    post = await posts.get(desk, who, pressed.post_id)
    return post, _action(post, pressed.action_id)


async def _answered(desk: Desk, who: Who, post: Post, said: _Said) -> None:
    """Do what the integration answered: change the post, tell the one who pressed."""
    if said.update is not None:
        if post.type == EPHEMERAL_TYPE:
            await _show_changed(desk, who, post, said.update)
        else:
            await _apply(desk, post.id, said.update)
    if said.ephemeral_text:
        text = said.ephemeral_text
        await posts.ephemeral(
            desk,
            user_id=who.user_id,
            channel_id=post.channel_id,
            message=text if said.skip_slack_parsing else links_translated(text),
            author_id=post.user_id,
            root_id=post.root_id,
        )


def _action(post: Post, action_id: str) -> dict[str, Any]:
    for action in _actions(post):
        if action.get("id") == action_id and isinstance(action.get("integration"), dict):
            return action
    raise UnknownAction


def _actions(post: Post) -> Iterator[dict[str, Any]]:
    for attachment in _dicts(post.props.get("attachments")):
        yield from _dicts(attachment.get("actions"))


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in cast("list[object]", value):
            if isinstance(item, dict):
                yield cast("dict[str, Any]", item)


async def _request(
    desk: Desk, who: Who, there: Standing, pressed: Press, action: dict[str, Any], trigger: Trigger
) -> dict[str, Any]:
    channel = there.channel
    team = await teams.by_id(desk.work, channel.team_id) if channel.team_id else None
    given = cast("dict[str, Any]", action["integration"]).get("context")
    context = dict(cast("dict[str, Any]", given)) if isinstance(given, dict) else {}
    if pressed.selected_option:
        context["selected_option"] = pressed.selected_option
    return {
        "user_id": who.user_id,
        "user_name": who.username,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "team_id": channel.team_id,
        "team_domain": team.name if team else "",
        "post_id": pressed.post_id,
        "trigger_id": trigger.proof,
        "type": action.get("type", "button"),
        "data_source": action.get("data_source", ""),
        "context": context,
    }


def _understood(answer: IntegrationAnswer) -> _Said:
    try:
        said = _decode(answer.body) or _Said()
    except msgspec.MsgspecError as cause:
        raise IntegrationFailed("The integration's answer to the action cannot be understood.") from cause
    if answer.status >= 400:
        raise IntegrationFailed(said.error or "The integration behind the action refused it.")
    return said


async def _apply(desk: Desk, post_id: str, update: _Update) -> None:
    post = await stored_posts.locked(desk.work, post_id)
    if post is None or post.delete_at:
        return
    props = None if update.props is None else _with_kept(post.props, update.props)
    await posts.change(desk, post, PostChanges(message=update.message, props=props))


async def _show_changed(desk: Desk, who: Who, post: Post, update: _Update) -> None:
    """A post that nobody stores is shown again in its place; what it held before is not known any more."""
    props = with_action_ids(_with_kept(post.props, update.props or {}))
    check_size(update.message, props, ())
    shown = replace(post, create_at=desk.now, update_at=desk.now, message=update.message, props=props)
    desk.tell(
        EphemeralEdited(user_id=who.user_id, post=action_cookies.with_cookies(desk, shown, who.user_id))
    )


def _with_kept(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: before[name] for name in _KEPT_PROPS if name in before}
    return {**{name: value for name, value in given.items() if name not in _KEPT_PROPS}, **kept}
