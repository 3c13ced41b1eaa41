"""Calls to the Mattermost server: bounded in time and size, no faster than it allows, errors in two kinds."""

import asyncio
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar, get_origin

import httpx
import msgspec
import structlog

from commandpost.chat.mattermost.wire import ErrorWire
from commandpost.kernel.clock import SECOND_MS, Millis
from commandpost.kernel.errors import Unavailable, Upstream

_PATIENCE_S = 5.0
_CONNECT_S = 3.0
_LARGEST_BYTES = 16_000_000
_DOWN_FOR_S = 2.0
_MOST_AT_ONCE = 20
_WAIT_ANYWAY_S = 1.0
_SINCE_1970 = 1_000_000_000.0
"""No window of a rate limit is that long: so many seconds or more are a time of day."""

_PASSING = frozenset({408, 425, 429})

Read = TypeVar("Read")


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a call that brings a file, as a form: the name of its field, and the other fields."""

    field: str
    filename: str
    content: bytes
    others: dict[str, str] = {}


_log = structlog.get_logger(__name__)


class Unreachable(Unavailable):
    """Mattermost cannot be reached just now; try again shortly."""

    code = "mattermost.unreachable"


class Refused(Upstream):
    """Mattermost refuses that. `status` is its answer's, `rule` the name it gives to why."""

    code = "mattermost.refused"

    def __init__(self, status: int, rule: str, message: str) -> None:
        super().__init__(message or f"Mattermost answered with status {status}.")
        self.status = status
        self.rule = rule


class Client:
    """REST v4 of one Mattermost server. `token` is what calls are made with unless another is given.

    `time_there` is what its clock said last. `is_down` holds for a moment after it could not be reached:
    nobody waits again for what just failed, but for calls that are `probing`. `monotonic` gives seconds.
    `patience_s`: how long is waited for calls that say nothing else, `connect_s` for a connection.
    """

    def __init__(self, url: str, token: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.url = url.rstrip("/")
        self.token = token
        self.patience_s = _PATIENCE_S
        self.connect_s = _CONNECT_S
        self.time_there: Millis | None = None
        self._monotonic = monotonic
        self._down_until = 0.0
        self._not_before = 0.0
        self._turns = asyncio.Semaphore(_MOST_AT_ONCE)
        self._http: httpx.AsyncClient | None = None

    @property
    def is_down(self) -> bool:
        return self._monotonic() < self._down_until

    async def close(self) -> None:
        if self._http is not None:
            await self._http.aclose()

    async def get(
        self,
        path: str,
        kind: type[Read],
        *,
        token: str = "",
        query: Mapping[str, str | int] | None = None,
        within_s: float | None = None,
    ) -> Read:
        """What is at a path below /api/v4. Raises Unreachable, Refused."""
        answer = await self.call("GET", path, token=token, query=query, within_s=within_s)
        return read(answer, kind)

    async def post(
        self, path: str, body: object, kind: type[Read], *, token: str = "", within_s: float | None = None
    ) -> Read:
        """Post to a path and read the answer. Raises Unreachable, Refused."""
        return read(await self.call("POST", path, token=token, body=body, within_s=within_s), kind)

    async def call(
        self,
        method: str,
        path: str,
        *,
        token: str = "",
        body: object = None,
        query: Mapping[str, str | int] | None = None,
        within_s: float | None = None,
        probing: bool = False,
        root: str = "/api/v4",
    ) -> bytes:
        """One call to a path below the root, and what was answered. Raises Unreachable, Refused.

        One that only reads is made once more if the connection broke or the server failed; whether another
        was made nobody knows.
        """
        if self.is_down and not probing:
            raise Unreachable
        try:
            async with asyncio.timeout(within_s or self.patience_s), self._turns:
                return await self._made(method, root + path, token or self.token, body, query)
        except (TimeoutError, httpx.HTTPError, OSError) as cause:
            self._down_until = self._monotonic() + _DOWN_FOR_S
            _log.warning("mattermost_unreachable", method=method, why=type(cause).__name__)
            raise Unreachable from cause

    async def _made(
        self, method: str, path: str, token: str, body: object, query: Mapping[str, str | int] | None
    ) -> bytes:
        repeatable = method == "GET"
        while True:
            await self._wait_for_turn()
            try:
                answer = await self._sent(method, path, token, body, query)
            except (httpx.RemoteProtocolError, httpx.ReadError):
                if not repeatable:
                    raise
                repeatable = False
                continue
            if answer.status_code == 429:
                continue
            if answer.status_code >= 500 and repeatable:
                repeatable = False
                continue
            return self._judged(answer)

    async def _wait_for_turn(self) -> None:
        await asyncio.sleep(max(self._not_before - self._monotonic(), 0.0))

    async def _sent(
        self, method: str, path: str, token: str, body: object, query: Mapping[str, str | int] | None
    ) -> httpx.Response:
        if self._http is None:
            self._http = _http(self.connect_s)
        given, carried = _carried(body)
        headers = {"Authorization": f"Bearer {token}", **given}
        url = f"{self.url}{path}"
        async with self._http.stream(
            method, url, headers=headers, params=dict(query or {}), **carried
        ) as answer:
            held = bytearray()
            async for chunk in answer.aiter_bytes():
                held += chunk
                if len(held) > _LARGEST_BYTES:
                    raise Refused(answer.status_code, "too_large", "Mattermost's answer is too large.")
        self._slow_down(answer)
        self.time_there = _date(answer) or self.time_there
        return httpx.Response(answer.status_code, headers=answer.headers, content=bytes(held))

    def _slow_down(self, answer: httpx.Response) -> None:
        """Send nothing before the server takes more, as it says itself."""
        if answer.status_code == 429:
            wait_s = _seconds(answer, "retry-after") or _seconds_to_reset(answer)
            self._not_before = max(self._not_before, self._monotonic() + (wait_s or _WAIT_ANYWAY_S))
        elif answer.headers.get("x-ratelimit-remaining") == "0":
            wait_s = _seconds_to_reset(answer)
            self._not_before = max(self._not_before, self._monotonic() + wait_s)

    def _judged(self, answer: httpx.Response) -> bytes:
        if answer.is_success:
            self._down_until = 0.0
            return answer.content
        if answer.status_code >= 500 or answer.status_code in _PASSING or answer.is_redirect:
            self._down_until = self._monotonic() + _DOWN_FOR_S
            raise Unreachable(f"Mattermost answered with status {answer.status_code}.")
        try:
            told = msgspec.json.decode(answer.content, type=ErrorWire)
        except msgspec.MsgspecError:
            told = ErrorWire()
        raise Refused(answer.status_code, told.id, told.message)


def _carried(body: object) -> tuple[dict[str, str], dict[str, Any]]:
    """Headers about a body, and the body as httpx takes it.

    Mattermost takes a later answer of a command for plain text unless it is said to be JSON.
    """
    match body:
        case None:
            return {}, {}
        case Upload():
            return {}, {"files": {body.field: (body.filename, body.content)}, "data": body.others}
        case _:
            return {"Content-Type": "application/json"}, {"content": msgspec.json.encode(body)}


def read(answer: bytes, kind: type[Read]) -> Read:
    """What was answered. Raises Unreachable for what no Mattermost says: something else is in its place.

    A list without anything in it may be null, as the language has it that Mattermost is written in.
    """
    if answer.strip() == b"null" and get_origin(kind) is list:
        answer = b"[]"
    try:
        return msgspec.json.decode(answer, type=kind)
    except msgspec.MsgspecError as cause:
        raise Unreachable("What answers there does not speak as Mattermost does.") from cause


def _seconds(answer: httpx.Response, header: str) -> float:
    text = answer.headers.get(header, "")
    return float(text) if text.isascii() and text.isdigit() else 0.0


def _seconds_to_reset(answer: httpx.Response) -> float:
    """Until the server counts anew. Its documentation shows both seconds to go and seconds since 1970."""
    told = _seconds(answer, "x-ratelimit-reset")
    if told < _SINCE_1970:
        return told
    there = _date(answer)
    return max(told - there / SECOND_MS, 0.0) if there is not None else 0.0


def _date(answer: httpx.Response) -> Millis | None:
    try:
        at = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return None
    return Millis(round(at.timestamp() * SECOND_MS))


def _http(connect_s: float) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        timeout=httpx.Timeout(None, connect=connect_s),
        limits=httpx.Limits(max_connections=_MOST_AT_ONCE, max_keepalive_connections=_MOST_AT_ONCE),
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": "commandpost", "Accept": "application/json"},
    )
