"""What integrations send, read from its bytes: JSON with the fields that Slack and Mattermost know, or text.

Nothing of it is trusted to have the right shape; what cannot be understood is refused whole.
"""

import re
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from commandpost.kernel.errors import Invalid
from commandpost.kernel.text import holds_nul
from commandpost.workspace.model.said import Said, tidy_attachments
from commandpost.workspace.model.web_address import is_web_address

_T = TypeVar("_T")

_MOST_MORE = 50
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_CONTROL = re.compile(r"[\x01-\x1f]")
_PAGE = re.compile(r"\s*(<!doctype html|<html)", re.IGNORECASE)


class NotUnderstood(Invalid):
    """What the integration sent cannot be understood."""

    code = "integration.not_understood"


class _Response(msgspec.Struct):
    """A command's response, or the payload of a webhook."""

    text: str | None = None
    attachments: list[Any] | None = None
    props: dict[str, Any] | None = None
    type: str | None = None
    username: str | None = None
    icon_url: str | None = None
    icon_emoji: str | None = None
    channel: str | None = None
    channel_id: str | None = None
    response_type: str | None = None
    goto_location: str | None = None
    skip_slack_parsing: bool | None = None
    extra_responses: "list[_Response | None] | None" = None


def response(content_type: str, body: bytes) -> Said | None:
    """The answer of a command: JSON if it says so, else a plain text. None for a JSON null.

    Raises NotUnderstood for anything else, and for a whole web page.
    """
    if content_type.split(";")[0].strip().lower() == "application/json":
        return said_in(body)
    text = _text(body)
    if _PAGE.match(text):
        raise NotUnderstood("It answered with a web page.")
    return Said(text=text)


def said_in(body: bytes) -> Said | None:
    """What a JSON object says; None for a null. Raises NotUnderstood."""
    read = decoded(body, _Response)
    if read is None:
        return None
    more = [one for one in read.extra_responses or () if one is not None]
    if len(more) > _MOST_MORE:
        raise NotUnderstood(f"It has more than {_MOST_MORE} extra responses.")
    return replace(_said(read), more=tuple(map(_said, more)))


def decoded(body: bytes, kind: type[_T]) -> _T | None:
    """JSON as a value of that type, None for a null; line breaks in texts may stand unescaped, as Slack's do.

    Raises NotUnderstood.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError as cause:
        raise NotUnderstood("It is not UTF-8.") from cause
    if b"\x00" in body or holds_nul(body):
        raise NotUnderstood("It contains a NUL character.")
    decoder = cast("msgspec.json.Decoder[_T | None]", _decoder(kind))
    try:
        return decoder.decode(text)
    except (msgspec.MsgspecError, RecursionError) as first:
        if not _CONTROL.search(text):
            raise NotUnderstood(f"It is not the JSON expected: {first}.") from first
    try:
        return decoder.decode(_STRING.sub(_escaped, text))
    except (msgspec.MsgspecError, RecursionError) as cause:
        raise NotUnderstood(f"It is not the JSON expected: {cause}.") from cause


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind | None)


def _escaped(string: re.Match[str]) -> str:
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", string[0])


def _text(body: bytes) -> str:
    try:
        text = body.decode()
    except UnicodeDecodeError as cause:
        raise NotUnderstood("It is neither JSON nor text.") from cause
    if "\x00" in text:
        raise NotUnderstood("It contains a NUL character.")
    return text


def _location(text: str) -> str:
    """Where a client may be sent: within the app, or to a page of the web."""
    return text if text.startswith("/") or is_web_address(text) else ""


def _said(read: _Response) -> Said:
    return Said(
        text=read.text or "",
        attachments=tidy_attachments(read.attachments or ()),
        props=read.props or {},
        type=read.type or "",
        username=read.username or "",
        icon_url=read.icon_url or "",
        icon_emoji=read.icon_emoji or "",
        channel=read.channel or "",
        channel_id=read.channel_id or "",
        response_type=read.response_type or "",
        goto_location=_location(read.goto_location or ""),
        skip_slack_parsing=read.skip_slack_parsing or False,
    )
