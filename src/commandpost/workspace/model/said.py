"""What an integration says: the answer of a command, the payload of a webhook; and Slack's markup in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from commandpost.workspace.model.config import Config
from commandpost.workspace.model.post import ATTACHMENT_TYPE, MAX_MESSAGE_LENGTH

IN_CHANNEL = "in_channel"
EPHEMERAL = "ephemeral"
COMMENT = "comment"

_EVERYBODY = {"<!channel>": "@channel", "<!here>": "@here", "<!all>": "@all", "<!everyone>": "@all"}
_EVERYBODY_MARK = re.compile("|".join(map(re.escape, _EVERYBODY)))
_PERSON_MARK = re.compile(r"<@([A-Za-z0-9]+)>")
_LINK_MARK = re.compile(r"<([^\s<|>]+)\|([^\n<>]+)>")
_TEXTS = ("pretext", "text", "title")
_WHO_SPEAKS = ("override_username", "override_icon_url", "override_icon_emoji")
_ONLY_OURS = ("from_webhook", "from_bot", "from_plugin", "from_oauth_app", "webhook_display_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an integration says. `response_type` tells who is to read it; "" leaves it to the occasion.

    `channel` is a name, `@user` or id as webhooks know it; `channel_id` is that of a command's answer.
    """

    text: str = ""
    attachments: tuple[dict[str, Any], ...] = ()
    props: Mapping[str, Any] = field(default_factory=dict[str, Any])
    type: str = ""
    username: str = ""
    icon_url: str = ""
    icon_emoji: str = ""
    channel: str = ""
    channel_id: str = ""
    response_type: str = ""
    goto_location: str = ""
    skip_slack_parsing: bool = False
    more: tuple["Said", ...] = ()

    @property
    def is_for_caller(self) -> bool:
        """Whether it is for the one who asked, and nobody else."""
        return self.response_type in ("", EPHEMERAL)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.text and not self.attachments

    @property
    def first_words(self) -> str:
        """What to show of it where there is room for a line only."""
        texts = [self.text, *(_first_text(one) for one in self.attachments)]
        own = next((text for text in texts if text.strip()), "")
        return own or next((words for one in self.more if (words := one.first_words)), "")


def _first_text(attachment: Mapping[str, Any]) -> str:
    values = (attachment.get(name) for name in ("fallback", "pretext", "title", "text"))
    return next((value for value in values if isinstance(value, str) and value), "")


def people_in(said: Said) -> frozenset[str]:
    """The ids of users that are named by `<@id>`."""
    found: set[str] = set()

    def look(text: str) -> str:
        found.update(_PERSON_MARK.findall(text))
        return text

    _changed(said, look)
    return frozenset(found)


def translated(said: Said, usernames: Mapping[str, str]) -> Said:
    """The same without Slack's markup: links, `<!channel>`, and `<@id>` of the users given."""

    def translate(text: str) -> str:
        text = _EVERYBODY_MARK.sub(lambda mark: _EVERYBODY[mark[0]], text)
        text = _PERSON_MARK.sub(
            lambda mark: f"@{usernames[mark[1]]}" if mark[1] in usernames else mark[0], text
        )
        return links_translated(text)

    return _changed(said, translate)


def links_translated(text: str) -> str:
    """Links as Slack writes them (`<address|words>`) as Markdown has them."""
    return _LINK_MARK.sub(r"[\2](\1)", text)


def post_props(said: Said, config: Config, *, username: str = "", icon_url: str = "") -> dict[str, Any]:
    """The props of the post that says it; under the name and picture given, or its own, if those may be.

    What only the server may say of who is behind a post is left out.
    """
    props = {name: value for name, value in said.props.items() if name not in _ONLY_OURS}
    speaker = {
        "override_username": (username or said.username) if config.enable_post_username_override else "",
        "override_icon_url": (icon_url or said.icon_url) if config.enable_post_icon_override else "",
        "override_icon_emoji": said.icon_emoji if config.enable_post_icon_override else "",
    }
    for name in _WHO_SPEAKS:
        props.pop(name, None)
    props.update({name: value for name, value in speaker.items() if value})
    if said.attachments:
        props["attachments"] = list(said.attachments)
    return props


def post_type(said: Said) -> str:
    """The type of the post that says it."""
    return ATTACHMENT_TYPE if said.attachments else said.type


def in_parts(text: str, most: int = MAX_MESSAGE_LENGTH) -> list[str]:
    """A text in pieces that fit into posts, broken at the end of a line or word where there is one."""
    parts: list[str] = []
    while len(text) > most:
        half = most // 2
        at = max(text.rfind("\n", half, most), text.rfind(" ", half, most)) + 1 or most
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text]


def tidy_attachments(given: Sequence[object]) -> tuple[dict[str, Any], ...]:
    """Attachments as posts hold them: values of fields are texts, and `short` is true or false."""
    return tuple(_tidy(cast("dict[str, Any]", one)) for one in given if isinstance(one, dict))


def _tidy(attachment: dict[str, Any]) -> dict[str, Any]:
    fields = attachment.get("fields")
    if not isinstance(fields, list):
        return attachment
    known = [cast("dict[str, Any]", one) for one in cast("list[object]", fields) if isinstance(one, dict)]
    return {**attachment, "fields": [_tidy_field(one) for one in known]}


def _tidy_field(given: dict[str, Any]) -> dict[str, Any]:
    tidied = dict(given)
    if "short" in given:
        tidied["short"] = given["short"] is True or str(given["short"]).lower() == "true"
    match given.get("value"):
        case None | str():
            pass
        case bool() as value:
            tidied["value"] = str(value).lower()
        case value:
            tidied["value"] = str(value)
    return tidied


def _changed(said: Said, change: Callable[[str], str]) -> Said:
    attachments = tuple(_changed_attachment(one, change) for one in said.attachments)
    return replace(said, text=change(said.text), attachments=attachments)


def _changed_attachment(attachment: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    texts = {name: change(text) for name in _TEXTS if isinstance(text := attachment.get(name), str)}
    changed = {**attachment, **texts}
    if isinstance(fields := attachment.get("fields"), list):
        changed["fields"] = [
            {**one, "value": change(value)} if isinstance(value := one.get("value"), str) else one
            for one in cast("list[dict[str, Any]]", fields)
        ]
    return changed
