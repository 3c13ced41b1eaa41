"""Mattermost's values in the words of the core's port, and the other way round."""

from collections.abc import Sequence
from typing import Any

from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.store.heard import ChannelState
from commandpost.chat.mattermost.wire import ChannelWire, PostWire, TeamWire, UserWire
from commandpost.incidents import ports
from commandpost.kernel.clock import Millis


def user_seen(one: UserWire) -> ports.User:
    """A user as the core sees them."""
    return ports.User(
        id=one.id,
        username=one.username,
        email=one.email,
        first_name=one.first_name,
        last_name=one.last_name,
        nickname=one.nickname,
        is_bot=one.is_bot,
        timezone=timezone_of(one),
        working_hours=str((one.props or {}).get("working_hours", "")),
        locale=one.locale,
    )


def timezone_of(one: UserWire) -> str:
    """The IANA name of the zone that the profile has; "" if it has none."""
    zones = one.timezone or {}
    is_automatic = zones.get("useAutomaticTimezone", "true") == "true"
    return zones.get("automaticTimezone" if is_automatic else "manualTimezone", "")


def team_seen(one: TeamWire) -> ports.Team:
    """A team as the core sees it."""
    return ports.Team(id=one.id, name=one.name, display_name=one.display_name)


def channel_seen(one: ChannelWire) -> ports.Channel:
    """A channel as the core sees it."""
    return ports.Channel(
        id=one.id,
        team_id=one.team_id,
        type=ports.ChannelType(one.type),
        name=one.name,
        display_name=one.display_name,
        delete_at=Millis(one.delete_at),
    )


def is_known(one: ChannelWire) -> bool:
    """Whether it is of a kind that we know; later versions may have others."""
    return one.type in set(ports.ChannelType)


def state_seen(one: ChannelWire, *, has_bot: bool) -> ChannelState:
    """A channel as it stands."""
    return ChannelState(
        channel_id=one.id,
        display_name=one.display_name,
        type=one.type,
        delete_at=Millis(one.delete_at),
        has_bot=has_bot,
    )


def post_seen(one: PostWire) -> ports.Post:
    """A post as the core sees it."""
    return ports.Post(
        id=one.id,
        channel_id=one.channel_id,
        author_id=one.user_id,
        message=one.message,
        create_at=Millis(one.create_at),
        edit_at=Millis(one.edit_at),
        delete_at=Millis(one.delete_at),
        root_id=one.root_id,
        type=one.type,
    )


def attachments_wanted(server: Mattermost, attachments: Sequence[ports.Attachment]) -> list[dict[str, Any]]:
    """Message attachments; pressing one of their buttons comes to us, with proof that it is ours."""
    return [
        {
            "fallback": one.pretext,
            "pretext": one.pretext,
            "fields": [{"title": it.title, "value": it.value, "short": it.short} for it in one.fields],
            "actions": [_button(server, number, it) for number, it in enumerate(one.actions)],
        }
        for one in attachments
    ]


def _button(server: Mattermost, number: int, one: ports.Button) -> dict[str, Any]:
    context = {"path": one.url, "seal": server.sealed("button", one.url)}
    return {
        "id": f"commandpost{number}",
        "type": "button",
        "name": one.name,
        "integration": {"url": f"{server.own_url}/api/hooks/button", "context": context},
    }


def dialog_wanted(server: Mattermost, one: ports.Dialog, *, user_id: str) -> dict[str, Any]:
    """A dialog; it is submitted to us, by this user alone."""
    return {
        "url": f"{server.own_url}/api/hooks/dialog",
        "dialog": {
            "callback_id": "commandpost",
            "title": one.title,
            "introduction_text": one.introduction_text,
            "submit_label": one.submit_label,
            "notify_on_cancel": False,
            "state": dialog_state(server, one.url, one.state, user_id=user_id),
            "elements": [_element(element) for element in one.elements or ()],
        },
    }


def dialog_state(server: Mattermost, path: str, state: str, *, user_id: str) -> str:
    """What comes back with a dialog: whose it is, where it belongs, and the proof of that."""
    return "\n".join((server.sealed("dialog", path, state, user_id), path, state))


def dialog_of_state(server: Mattermost, told: str, *, user_id: str) -> tuple[str, str] | None:
    """The path and the state of a dialog of ours that this user was shown; None for any other."""
    seal, _, rest = told.partition("\n")
    path, between, state = rest.partition("\n")
    if not between or not server.is_sealed(seal, "dialog", path, state, user_id):
        return None
    return path, state


def _element(one: ports.DialogElement) -> dict[str, Any]:
    element: dict[str, Any] = {
        "display_name": one.display_name,
        "name": one.name,
        "type": one.type,
        "default": one.default,
        "optional": one.optional,
    }
    if one.type != "select":
        element |= {"min_length": one.min_length, "max_length": one.max_length or _LONGEST[one.type]}
    if one.options is not None:
        element["options"] = [{"text": it.text, "value": it.value} for it in one.options]
    return element


_LONGEST = {"text": 150, "textarea": 3000}
"""As long as Mattermost lets these fields be; it refuses a dialog that allows more."""
