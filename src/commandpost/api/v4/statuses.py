"""Routes about who is there."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.params import BadBodyParameter, body_id, body_ids, path_id
from commandpost.api.v4.route import get, post, put
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.kernel.clock import SECOND_MS
from commandpost.workspace.actions import statuses
from commandpost.workspace.model.status import Status

_LATEST_S = 10**12


class StatusShape(msgspec.Struct, kw_only=True):
    """A user's presence; `dnd_end_time` is in seconds."""

    user_id: str
    status: str
    manual: bool
    last_activity_at: int
    active_channel: str = ""
    dnd_end_time: int


class ChosenStatus(msgspec.Struct, kw_only=True):
    """A status chosen by hand; `dnd_end_time` is in seconds."""

    status: str
    user_id: str | None = None
    dnd_end_time: int | None = None


class TypingBody(msgspec.Struct, kw_only=True):
    """Where somebody is typing; `parent_id` is the thread, if it is in one."""

    channel_id: str
    parent_id: str | None = None


@get("/users/{user_id:str}/status")
async def get_status(call: Call, user_id: str) -> StatusShape:
    """A user's presence."""
    async with call.desks.reading() as desk:
        return _shape(await statuses.get(desk, call.who, path_id(call.me(user_id), "user_id")))


@post("/users/status/ids", status_code=200)
async def get_statuses(call: Call, data: list[str]) -> list[StatusShape]:
    """The presence of several users."""
    async with call.desks.reading() as desk:
        found = await statuses.by_ids(desk, call.who, body_ids(data, "user_ids"))
    return [_shape(status) for status in found]


@put("/users/{user_id:str}/status")
async def set_status(call: Call, user_id: str, data: ChosenStatus) -> StatusShape:
    """Choose a status."""
    user_id = path_id(call.me(user_id), "user_id")
    if data.user_id not in (None, user_id):
        raise BadBodyParameter("Invalid or missing user_id in request body.")
    end_s = min(max(data.dnd_end_time or 0, 0), _LATEST_S)
    async with call.desks.writing() as desk:
        return _shape(
            await statuses.choose(desk, call.who, user_id, data.status, dnd_end_at=end_s * SECOND_MS)
        )


@post("/users/{user_id:str}/typing", status_code=200)
async def tell_typing(call: Call, user_id: str, data: TypingBody) -> Done:
    """Tell a channel's members that the user is typing, as the WebSocket's `user_typing` does."""
    user_id, channel_id = path_id(call.me(user_id), "user_id"), body_id(data.channel_id, "channel_id")
    async with call.desks.writing() as desk:
        await statuses.type_in(desk, call.who, user_id, channel_id, data.parent_id or "")
    return DONE


def _shape(status: Status) -> StatusShape:
    return StatusShape(
        user_id=status.user_id,
        status=status.status,
        manual=status.manual,
        last_activity_at=status.last_activity_at,
        dnd_end_time=status.dnd_end_at // SECOND_MS,
    )


ROUTES = (get_status, get_statuses, set_status, tell_typing)
