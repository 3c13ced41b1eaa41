"""Reading a server with the original plugin over its REST API: nothing is ever changed there."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import httpx
import msgspec

from commandpost.incidents.dialogs import PLUGIN_ID
from commandpost.kernel.errors import Invalid
from commandpost.moving.shapes import (
    ListPage,
    OriginalChannel,
    OriginalFile,
    OriginalIncident,
    OriginalPlaybook,
    OriginalPost,
    OriginalTeam,
    OriginalUser,
    PostPage,
)

_V0 = f"/plugins/{PLUGIN_ID}/api/v0"
_V4 = "/api/v4"
_PER_PAGE = 100
_USERS_AT_ONCE = 100
_ATTEMPTS = 6
_LONGEST_WAIT_S = 60.0
_LATER = frozenset({429, 502, 503, 504})

T = TypeVar("T")


class OriginalUnreadable(Invalid):
    """The other server cannot be read; the message says what it answered and what to do."""

    code = "import.unreadable"


@asynccontextmanager
async def original_at(url: str, token: str) -> AsyncGenerator["Original"]:
    """A server at its address, read with the session or personal access token of somebody there."""
    headers = {"Authorization": f"Bearer {token}", "X-Requested-With": "XMLHttpRequest"}
    async with httpx.AsyncClient(base_url=url.rstrip("/"), headers=headers, timeout=60) as client:
        yield Original(client)


class Original:
    """What is there, as the owner of the token may see it. All methods raise OriginalUnreadable."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def team(self, name: str) -> OriginalTeam:
        """A team by its name, as in its address."""
        return await self._get(f"{_V4}/teams/name/{name}", OriginalTeam)

    async def playbooks(self, team_id: str) -> AsyncIterator[OriginalPlaybook]:
        """The playbooks of a team, whole."""
        async for one in self._listed(f"{_V0}/playbooks", team_id):
            yield await self._get(f"{_V0}/playbooks/{one}", OriginalPlaybook)

    async def incidents(self, team_id: str) -> AsyncIterator[OriginalIncident]:
        """The incidents of a team, whole, the oldest first."""
        async for one in self._listed(f"{_V0}/incidents", team_id, sort="create_at", direction="asc"):
            yield await self.incident(one)

    async def incident(self, incident_id: str) -> OriginalIncident:
        """An incident, whole."""
        return (await self._get(f"{_V0}/incidents/{incident_id}", OriginalIncident)).with_ids()

    async def channel(self, channel_id: str) -> OriginalChannel:
        """A channel."""
        return await self._get(f"{_V4}/channels/{channel_id}", OriginalChannel)

    async def posts(self, channel_id: str) -> Sequence[OriginalPost]:
        """All posts of a channel, the oldest first."""
        found: dict[str, OriginalPost] = {}
        for page in range(10**6):
            answer = await self._get(
                f"{_V4}/channels/{channel_id}/posts", PostPage, page=str(page), per_page=str(_PER_PAGE)
            )
            found |= answer.posts or {}
            if len(answer.order or ()) < _PER_PAGE:
                break
        return sorted(found.values(), key=lambda post: (post.create_at, post.id))

    async def users(self, ids: Iterable[str]) -> dict[str, OriginalUser]:
        """Those of these users who are there, by their ids."""
        return await self._people(f"{_V4}/users/ids", ids)

    async def users_named(self, names: Iterable[str]) -> dict[str, OriginalUser]:
        """Those of these usernames who are there, by their ids."""
        return await self._people(f"{_V4}/users/usernames", names)

    async def file(self, file_id: str) -> OriginalFile:
        """What a file is."""
        return await self._get(f"{_V4}/files/{file_id}/info", OriginalFile)

    async def content(self, file_id: str, target: Path) -> None:
        """The content of a file, written to a path."""
        async with self._client.stream("GET", f"{_V4}/files/{file_id}") as answer:
            if answer.status_code != 200:
                raise OriginalUnreadable(f"File {file_id} cannot be read: {answer.status_code}.")
            with target.open("wb") as stream:
                async for chunk in answer.aiter_bytes():
                    stream.write(chunk)

    async def _people(self, path: str, named: Iterable[str]) -> dict[str, OriginalUser]:
        wanted = sorted({one for one in named if one})
        found: dict[str, OriginalUser] = {}
        for start in range(0, len(wanted), _USERS_AT_ONCE):
            answer = await self._answer("POST", path, json=wanted[start : start + _USERS_AT_ONCE])
            found |= {user.id: user for user in self._read(answer, tuple[OriginalUser, ...])}
        return found

    async def _listed(self, path: str, team_id: str, **how: str) -> AsyncIterator[str]:
        for page in range(10**6):
            answer = await self._get(
                path, ListPage, team_id=team_id, page=str(page), per_page=str(_PER_PAGE), **how
            )
            for one in answer.items or ():
                yield one.id
            if not answer.has_more:
                return

    async def _get(self, path: str, kind: type[T], **query: str) -> T:
        return self._read(await self._answer("GET", path, params=query), kind)

    async def _answer(
        self, method: str, path: str, *, params: dict[str, str] | None = None, json: object = None
    ) -> httpx.Response:
        """An answer of 200; what may succeed later is tried again, as soon as the server wants it."""
        for attempt in range(_ATTEMPTS):
            is_last = attempt == _ATTEMPTS - 1
            try:
                answer = await self._client.request(method, path, params=params, json=json)
            except httpx.HTTPError as cause:
                if is_last:
                    raise OriginalUnreadable(f"{path} cannot be reached: {cause!r}.") from cause
                await asyncio.sleep(2**attempt)
                continue
            if answer.status_code == 200:
                return answer
            if is_last or answer.status_code not in _LATER:
                raise OriginalUnreadable(_refused(path, answer))
            await asyncio.sleep(_wait_s(answer, attempt))
        raise AssertionError("the last attempt answers or raises")

    def _read(self, answer: httpx.Response, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(answer.content, type=kind)
        except msgspec.MsgspecError as cause:
            raise OriginalUnreadable(
                f"{answer.request.url.path} answers what cannot be read: {cause}."
            ) from cause


def _wait_s(answer: httpx.Response, attempt: int) -> float:
    """As long as the server says, in seconds; both headers are documented as such."""
    for header in ("Retry-After", "X-Ratelimit-Reset"):
        asked = answer.headers.get(header, "")
        if asked.isdigit():
            return min(float(asked), _LONGEST_WAIT_S)
    return float(2**attempt)


def _refused(path: str, answer: httpx.Response) -> str:
    match answer.status_code:
        case 401:
            return "The server does not know the token: give that of a session, or a personal access token."
        case 403:
            return f"The owner of the token may not read {path}: use a system administrator's."
        case 404:
            return f"There is no {path}: is the address right, and the plugin there?"
        case status:
            return f"{path} answers {status}."
