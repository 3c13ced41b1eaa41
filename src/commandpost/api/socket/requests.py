"""What a client asks over its socket, and how it is answered."""

from typing import Any

import msgspec

from commandpost.api.errors import status_of
from commandpost.api.v4.errors import IDS, ErrorBody
from commandpost.kernel.errors import Invalid, Refusal, Unauthenticated
from commandpost.kernel.ids import new_id


class NotARequest(Invalid):
    """That is not a request of the WebSocket API: a JSON object with seq, action and data."""

    code = "socket.not_a_request"


class NoAction(Invalid):
    """The request names no action."""

    code = "socket.no_action"


class BadSeq(Invalid):
    """The request's seq must be greater than 0."""

    code = "socket.bad_seq"


class UnknownAction(Invalid):
    """Unknown WebSocket action."""

    code = "socket.bad_action"


class BadParameter(Invalid):
    """A parameter of the request is missing or invalid."""

    code = "socket.invalid_param"

    def __init__(self, name: str) -> None:
        super().__init__(f"Invalid {name} parameter.")


class NotAuthenticated(Unauthenticated):
    """WebSocket connection is not authenticated. Please log in and try again."""

    code = "socket.not_authenticated"


class SocketRequest(msgspec.Struct):
    """A request as it comes: numbered by the client, from 1 on."""

    seq: int = 0
    action: str = ""
    data: dict[str, Any] | None = None

    def checked(self) -> "SocketRequest":
        """Itself. Raises NoAction, BadSeq."""
        if not self.action:
            raise NoAction
        if self.seq <= 0:
            raise BadSeq
        return self

    def text(self, name: str) -> str:
        """A text parameter; "" if it is not there. Raises BadParameter."""
        value = (self.data or {}).get(name) or ""
        if not isinstance(value, str):
            raise BadParameter(name)
        return value

    def flag(self, name: str) -> bool:
        """A parameter that is true or false. Raises BadParameter."""
        value = (self.data or {}).get(name)
        if not isinstance(value, bool):
            raise BadParameter(name)
        return value

    def texts(self, name: str) -> list[str]:
        """A parameter that is a list of texts. Raises BadParameter."""
        value: object = (self.data or {}).get(name)
        try:
            return msgspec.convert(value, list[str])
        except msgspec.ValidationError as cause:
            raise BadParameter(name) from cause


_decoder = msgspec.json.Decoder(SocketRequest)
_encode = msgspec.json.Encoder().encode


def parsed(text: str | bytes) -> SocketRequest:
    """The request in a text. Raises NotARequest."""
    try:
        return _decoder.decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as cause:
        raise NotARequest from cause


def done(seq: int, data: dict[str, Any] | None = None) -> bytes:
    """The reply to a request that was done."""
    if data:
        return _encode({"status": "OK", "seq_reply": seq, "data": data})
    return _encode({"status": "OK", "seq_reply": seq})


def refused(seq: int, refusal: Refusal) -> bytes:
    """The reply to a request that was refused."""
    status, wire_id = IDS.get(refusal.code, (status_of(refusal), f"app.{refusal.code}.app_error"))
    error = ErrorBody(id=wire_id, message=refusal.message, request_id=new_id(), status_code=status)
    return _encode({"status": "FAIL", "seq_reply": seq, "error": error})
