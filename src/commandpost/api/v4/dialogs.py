"""Routes of interactive dialogs, and of buttons and menus under posts."""

from typing import Any

import msgspec

from commandpost.api.call import Call, PublicCall
from commandpost.api.integrations import integrations_of
from commandpost.api.v4.params import path_id
from commandpost.api.v4.route import post
from commandpost.api.v4.shapes.dialogs import OpenDialogShape, OptionShape
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import dialogs, post_actions
from commandpost.workspace.actions.post_actions import Press
from commandpost.workspace.model.dialog import Submission


class SubmissionBody(msgspec.Struct, kw_only=True):
    """A dialog sent in; whose it is, the session says."""

    url: str = ""
    callback_id: str | None = None
    state: str | None = None
    channel_id: str | None = None
    team_id: str | None = None
    submission: dict[str, Any] | None = None
    cancelled: bool | None = None


class SubmissionAnswerShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What is wrong with a submission; an empty object closes the dialog.

    A newer client shows `form` in its place, if `type` says so.
    """

    type: str = ""
    form: dict[str, Any] | None = None
    error: str = ""
    errors: dict[str, str] = {}


class LookupShape(msgspec.Struct, kw_only=True):
    """What there is to choose from."""

    items: list[OptionShape]


class PressBody(msgspec.Struct, kw_only=True):
    """A press; `selected_option` is the value chosen in a menu, `cookie` what the action came with."""

    selected_option: str | None = None
    cookie: str | None = None


class PressShape(msgspec.Struct, kw_only=True):
    """That the integration took the press; a dialog that it opens bears this trigger id."""

    status: str = "OK"
    trigger_id: str


@post("/actions/dialogs/open", status_code=200)
async def public_open_dialog(public: PublicCall, data: OpenDialogShape) -> Done:
    """Show a dialog to the user whose deed the trigger proves; the proof stands for a session."""
    async with public.desks.reading() as desk:
        dialogs.show(desk, data.trigger_id, data.url, data.dialog.dialog())
    return DONE


@post("/actions/dialogs/submit", status_code=200)
async def submit_dialog(call: Call, data: SubmissionBody) -> SubmissionAnswerShape:
    """Send a dialog in to the integration that opened it."""
    answer = await dialogs.submit(call.desks, integrations_of(call), call.who, _submission(data))
    return SubmissionAnswerShape(error=answer.error, errors=answer.errors, type=answer.type, form=answer.form)


@post("/actions/dialogs/lookup", status_code=200)
async def look_up_for_dialog(call: Call, data: SubmissionBody) -> LookupShape:
    """Ask the integration that opened a dialog what there is to choose from in one of its fields."""
    found = await dialogs.look_up(call.desks, integrations_of(call), call.who, _submission(data))
    return LookupShape(items=[OptionShape(text=one.text, value=one.value) for one in found])


def _submission(data: SubmissionBody) -> Submission:
    return Submission(
        url=data.url,
        callback_id=data.callback_id or "",
        state=data.state or "",
        channel_id=data.channel_id or "",
        team_id=data.team_id or "",
        values=data.submission or {},
        cancelled=data.cancelled or False,
    )


@post("/posts/{post_id:str}/actions/{action_id:str}", status_code=200)
async def press_action(call: Call, post_id: str, action_id: str, data: PressBody | None = None) -> PressShape:
    """Press a button, or choose from a menu, under a post."""
    pressed = Press(
        post_id=path_id(post_id, "post_id"),
        action_id=action_id,
        selected_option=(data.selected_option or "") if data else "",
        cookie=(data.cookie or "") if data else "",
    )
    trigger = await post_actions.press(call.desks, integrations_of(call), call.who, pressed)
    return PressShape(trigger_id=trigger.id)


ROUTES = (public_open_dialog, submit_dialog, look_up_for_dialog, press_action)
