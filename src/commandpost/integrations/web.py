"""Asking a tool's web API: what it answers becomes a value, or a failure that says what to do."""

import asyncio
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
import structlog

from commandpost.integrations.failures import Failed, Outcome
from commandpost.integrations.ports import OutsideAnswer, WayOut
from commandpost.kernel.errors import Upstream

_log = structlog.get_logger()

_TIMEOUT_S = 10.0
_CALLS_AT_ONCE = 16
_LONGEST_COMPLAINT = 300
_BLANKS = re.compile(r"\s+")
_MENTION = re.compile(r"(?<!\w)@")
_DIGITS = re.compile(r"\d{1,6}")

T = TypeVar("T")

Complaint = Callable[[bytes], str]
"""Finds in the body of a refusal what the tool complains about; "" if it says nothing readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request. `json` is sent as JSON, `form` as a form, `body` as it is; never two of them."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    json: Any = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    body: bytes | None = field(default=None, repr=False)


Carry = Callable[[Request], OutsideAnswer]
"""Makes a request from within a thread and waits for the answer. Raises Failed for all but a success."""

_threads = ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="integration")


class Web:
    """The web as one integration sees it. `title` is the tool's name in what people read of failures."""

    def __init__(self, way_out: WayOut, title: str, complaint: Complaint) -> None:
        self._way_out = way_out
        self._title = title
        self._complaint = complaint

    async def read(self, request: Request, kind: type[T]) -> T:
        """The answer's body, as JSON of that kind. Raises Failed."""
        body = (await self._answered(request)).body
        try:
            return msgspec.json.decode(body, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as cause:
            raise self._malformed() from cause

    async def by_client(self, use: Callable[[Carry], object], kind: type[T]) -> T:
        """What a vendor's client library makes of the answers, as that kind. Raises Failed.

        `use` runs in a thread, as such libraries wait; each request of theirs must go through the `Carry`.
        """
        loop = asyncio.get_running_loop()

        def carry(request: Request) -> OutsideAnswer:
            return asyncio.run_coroutine_threadsafe(self._answered(request), loop).result()

        try:
            return msgspec.convert(await loop.run_in_executor(_threads, use, carry), kind)
        except Failed:
            raise
        except Exception as cause:  # Libraries fail in any way over an answer they do not understand.
            _log.warning("an answer was not understood", tool=self._title, exc_info=True)
            raise self._malformed() from cause

    async def tell(self, request: Request) -> None:
        """Make a request whose answer does not matter, as long as it is a success. Raises Failed."""
        await self._answered(request)

    async def _answered(self, request: Request) -> OutsideAnswer:
        headers = {"accept": "application/json"} | {k.lower(): v for k, v in request.headers.items()}
        content = None
        if request.form is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
            content = urlencode(request.form).encode()
        elif request.json is not None:
            headers["content-type"] = "application/json"
            content = msgspec.json.encode(request.json)
        elif request.body is not None:
            content = request.body
        try:
            answer = await self._way_out.send(
                request.method, request.url, headers=headers, content=content, timeout_s=_TIMEOUT_S
            )
        except Upstream as cause:
            raise self._unanswered(cause) from cause
        if not 200 <= answer.status < 300:
            raise self._refused(answer)
        return answer

    def _malformed(self) -> Failed:
        return Failed(
            Outcome.MALFORMED,
            f"{self._title} answered with something that cannot be understood. Is its address right?",
        )

    def _unanswered(self, cause: Upstream) -> Failed:
        match cause.code:
            case "outbound.address_not_allowed":
                return Failed(Outcome.ADDRESS_NOT_ALLOWED, f"{self._title}: {cause.message}")
            case "outbound.too_slow":
                return Failed(
                    Outcome.TOO_SLOW,
                    f"{self._title} took too long to answer. Look there whether it was done before you try"
                    " again.",
                )
            case "outbound.answer_too_large":
                return Failed(Outcome.MALFORMED, f"{self._title} answered with far more than was asked for.")
            case _:
                return Failed(
                    Outcome.UNREACHABLE,
                    f"{self._title} cannot be reached. Check its address and whether it is up; try again.",
                )

    def _refused(self, answer: OutsideAnswer) -> Failed:
        title = self._title
        said = self._said(answer)
        match answer.status:
            case 401:
                return Failed(
                    Outcome.UNAUTHORIZED,
                    f"{title} does not accept the credentials (401). A system administrator must renew them"
                    f" in the settings of the integration.{said}",
                )
            case 403:
                return Failed(
                    Outcome.FORBIDDEN,
                    f"{title} does not permit that to the account in the integration's settings (403).{said}",
                )
            case 404:
                return Failed(Outcome.NOT_FOUND, f"{title} does not know that (404).{said}")
            case 429:
                return Failed(
                    Outcome.RATE_LIMITED, f"{title} has had too many requests (429). {_wait(answer)}"
                )
            case status if status >= 500:
                return Failed(
                    Outcome.TOOL_FAILED,
                    f"{title} has a trouble of its own ({status}). Try again later.{said}",
                )
            case status if status >= 400:
                return Failed(Outcome.REFUSED, f"{title} refused ({status}).{said}")
            case status:
                return Failed(
                    Outcome.MALFORMED, f"{title} answered unexpectedly ({status}). Is its address right?"
                )

    def _said(self, answer: OutsideAnswer) -> str:
        try:
            complaint = self._complaint(answer.body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return ""
        line = plain(complaint)
        return f" It says: {line}" if line else ""


def plain(text: str) -> str:
    """What somebody says, on one line of bounded length, in which nobody is mentioned."""
    line = _MENTION.sub("@\u200b", _BLANKS.sub(" ", text).strip()).replace("`", "'")
    return line if len(line) <= _LONGEST_COMPLAINT else f"{line[:_LONGEST_COMPLAINT]}…"


def _wait(answer: OutsideAnswer) -> str:
    seconds = answer.headers.get("retry-after", "").strip()
    if _DIGITS.fullmatch(seconds):
        return f"Try again in {int(seconds)} s."
    return f"Try again after {plain(seconds)}." if seconds else "Try again in a minute."
