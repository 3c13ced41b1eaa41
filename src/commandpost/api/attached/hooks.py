"""What comes from Mattermost: the slash command, dialogs sent in, buttons pressed.

Each is answered within 3 seconds, whatever Mattermost does meanwhile: one deadline holds for all there is to
do. What takes longer goes on, and whoever asked is told afterwards. A command proves itself by its token, a
dialog by its state, a button by its context: none of them is known to anybody but Mattermost and whoever it
showed them to. With the last two it sends the session of who did it, if we are below its own address.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qs

import litestar
import msgspec
from litestar import MediaType, Response, Router

from commandpost.api.attached.dialog_answers import complaint, dialog_answer
from commandpost.api.attached.identity import sent_along, who_is
from commandpost.api.attached.in_time import AWAY, Deadline, within
from commandpost.api.attached.ports import Guest, Reception, Talk
from commandpost.api.attached.running import run_command
from commandpost.api.call import ApiRequest
from commandpost.api.errors import V0_PREFIX, UnknownRoute
from commandpost.api.inside import Inside
from commandpost.api.v0.route import ANSWERS
from commandpost.incidents.commands.call import Call
from commandpost.incidents.ports import Actor
from commandpost.kernel.errors import Invalid, Unauthenticated, Unavailable
from commandpost.workspace.ports import IntegrationAnswer

PREFIX = V0_PREFIX + "api/hooks"

_ATTEMPTS = 20
_MOST_FIELDS = 10_000
"""Mattermost sends two for everybody who is mentioned in the text, and two for each channel."""
_SLOW = "Mattermost takes long to answer just now. This goes on by itself; you will see it here."
_NO_DIALOG = "Mattermost could not open the dialog just now. Try again."

_post = partial(litestar.post, status_code=200, responses=ANSWERS)


class TooManyFields(Invalid):
    """A command is sent with a few fields; this form has too many."""

    code = "hooks.too_many_fields"


class DialogBody(msgspec.Struct, kw_only=True):
    """A dialog sent in."""

    user_id: str = ""
    channel_id: str = ""
    team_id: str = ""
    state: str = ""
    submission: dict[str, Any] | None = None
    cancelled: bool = False


class ButtonContext(msgspec.Struct, kw_only=True):
    """What a button of ours bears: where pressing it leads, and the proof that it is ours."""

    path: str = ""
    seal: str = ""


class ButtonBody(msgspec.Struct, kw_only=True):
    """A button pressed."""

    user_id: str = ""
    channel_id: str = ""
    trigger_id: str = ""
    context: ButtonContext | None = None


@_post("/command")
async def public_command(request: ApiRequest) -> Response[dict[str, Any]]:
    """Run `/incident`, as Mattermost sends slash commands: a form with their token."""
    _require_on(request)
    reception: Reception = request.app.state.reception
    deadline = Deadline(reception.answer_within_s)
    told = _form(await request.body())
    if not await reception.is_command_token(told.get("token", "")):
        raise Unauthenticated
    user_id, channel_id = told.get("user_id", ""), told.get("channel_id", "")
    call = Call(
        who=Actor(user_id=user_id),
        channel_id=channel_id,
        team_id=told.get("team_id", ""),
        trigger_id=told.get("trigger_id", ""),
        words=tuple(told.get("text", "").split()),
    )

    async def tell(outcome: dict[str, Any] | str) -> None:
        said = {"text": outcome} if isinstance(outcome, str) else outcome
        if said.get("text") or said.get("attachments"):
            await reception.tell_later(user_id, channel_id, said, told.get("response_url", ""))

    outcome = await within(_command(reception, call), deadline, tell)
    return _answer(outcome if isinstance(outcome, dict) else {"text": outcome or _SLOW})


@_post("/dialog")
async def public_dialog(request: ApiRequest, data: DialogBody) -> Response[dict[str, Any]]:
    """Take a dialog that somebody has sent in."""
    _require_on(request)
    reception: Reception = request.app.state.reception
    deadline = Deadline(reception.answer_within_s)
    shown = reception.dialog_of_state(data.state, user_id=data.user_id)
    if shown is None:
        raise Unauthenticated
    path, state = shown
    if data.cancelled:
        return _answer({})
    body = {
        "user_id": data.user_id,
        "channel_id": data.channel_id,
        "team_id": data.team_id,
        "state": state,
        "submission": data.submission,
    }
    outcome = await within(
        _passed_on(request, path, body), deadline, _complaining(reception, data.user_id, data.channel_id)
    )
    if isinstance(outcome, IntegrationAnswer):
        return _answer(dialog_answer(outcome))
    return _answer({"error": outcome} if outcome else {})


@_post("/button")
async def public_button(request: ApiRequest, data: ButtonBody) -> Response[dict[str, Any]]:
    """Take a button that somebody has pressed."""
    _require_on(request)
    reception: Reception = request.app.state.reception
    deadline = Deadline(reception.answer_within_s)
    context = data.context
    if context is None or not reception.is_button(context.path, context.seal):
        raise Unauthenticated
    body = {"user_id": data.user_id, "channel_id": data.channel_id, "trigger_id": data.trigger_id}
    outcome = await within(
        _passed_on(request, context.path, body),
        deadline,
        _complaining(reception, data.user_id, data.channel_id),
    )
    if isinstance(outcome, IntegrationAnswer):
        refused = outcome.status >= 400
        return _answer({"ephemeral_text": complaint(outcome)} if refused else {})
    return _answer({"ephemeral_text": outcome or _SLOW})


def _form(body: bytes) -> dict[str, str]:
    """The fields of a form. Raises TooManyFields."""
    try:
        form = parse_qs(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
    except ValueError as cause:
        raise TooManyFields from cause
    return {name: values[0] for name, values in form.items()}


async def _guest(reception: Reception, user_id: str, channel_id: str, token: str = "") -> Guest:
    """Who it is from. Raises Unavailable, Unauthenticated."""
    guest = await reception.by_hook(user_id, channel_id, token)
    if guest is None:
        raise Unauthenticated
    return guest


def _complaining(
    reception: Reception, user_id: str, channel_id: str
) -> Callable[[IntegrationAnswer | str], Awaitable[None]]:
    """Tells somebody later what went wrong; what went well is seen."""

    async def tell(outcome: IntegrationAnswer | str) -> None:
        if isinstance(outcome, IntegrationAnswer):
            wrong = dialog_answer(outcome)
            outcome = wrong.get("error") or "\n".join(wrong.get("errors", {}).values())
        if outcome:
            await reception.tell_later(user_id, channel_id, {"text": outcome}, "")

    return tell


async def _command(reception: Reception, call: Call) -> dict[str, Any]:
    """What the caller of a command is told."""
    guest = await _guest(reception, call.who.user_id, call.channel_id)

    async def attempt() -> None:
        await run_command(reception.desks, call)

    with reception.conversation(guest, is_command=True) as talk:
        trouble = await _repeated(reception, talk, attempt)
        told = reception.said(talk)
    return {**told, "text": "\n".join(part for part in (trouble, told.get("text", "")) if part)}


async def _passed_on(request: ApiRequest, path: str, body: dict[str, Any]) -> IntegrationAnswer | str:
    """What our route behind a dialog or a button answers; a text if its dialog could not be opened."""
    reception: Reception = request.app.state.reception
    token = sent_along(request.headers.get("authorization", ""))
    guest = await _guest(reception, body["user_id"], body["channel_id"], token)
    answer = IntegrationAnswer(status=500, body=b"")

    async def attempt() -> None:
        nonlocal answer
        answer = await Inside(request.app).post(who_is(guest), path, body)

    with reception.conversation(guest) as talk:
        return await _repeated(reception, talk, attempt) or answer


async def _repeated(reception: Reception, talk: Talk, attempt: Callable[[], Awaitable[None]]) -> str:
    """Attempts until everything is answered, then the dialog; gives what went wrong, or ""."""
    try:
        for _ in range(_ATTEMPTS):
            talk.begin()
            try:
                await attempt()
            except Unavailable:
                if not talk.wants_more:
                    raise
            if not talk.wants_more:
                break
            await talk.settle()
        else:
            return AWAY
        return "" if await reception.open_dialog(talk) else _NO_DIALOG
    finally:
        await reception.end(talk)


def _require_on(request: ApiRequest) -> None:
    if not request.app.state.desks.config.incidents_enabled:
        raise UnknownRoute


def _answer(body: dict[str, Any]) -> Response[dict[str, Any]]:
    if "text" in body:
        body = {"response_type": "ephemeral", **body}
    return Response(body, media_type=MediaType.JSON)


router = Router(PREFIX, route_handlers=[public_command, public_dialog, public_button])
