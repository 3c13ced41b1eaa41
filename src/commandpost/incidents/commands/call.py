"""A typed command and its answer, which only the one who typed it sees."""

from collections.abc import Sequence

import msgspec

from commandpost.incidents.actions import access
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Attachment, Desk


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """`/incident` typed by somebody in a channel. `words` follow the name of the sub-command.

    `team_id` is the channel's team or, in direct and group channels, the one the caller was in; "" if none.
    """

    who: Actor
    channel_id: str
    team_id: str
    trigger_id: str
    words: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a command says; no text and no attachment is silence. `failed`: nothing of it was done."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    failed: bool = False


DONE = Answer()
"""All that there is to say stands in the channel, or in a dialog."""


def refused(text: str) -> Answer:
    """Why nothing was done."""
    return Answer(text=text, failed=True)


async def incident_here(desk: Desk, call: Call, act: Act = Act.EDIT_INCIDENT) -> Incident:
    """The incident of the channel. Raises IncidentUnknown if it is none's, NotAuthorized."""
    return await access.opened_in_channel(desk, call.who, call.channel_id, act)


async def say(desk: Desk, call: Call, text: str, attachments: Sequence[Attachment] = ()) -> None:
    """Tell the caller alone, as the bot."""
    await desk.chat.post_ephemeral(call.who.user_id, call.channel_id, text, attachments=attachments)
