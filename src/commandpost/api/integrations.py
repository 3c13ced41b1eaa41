"""Integrations by their address: a path of this server, or a server outside that may be called."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec

from commandpost.api.call import Call
from commandpost.api.inside import PRODUCTS, Inside
from commandpost.incidents.actions.rehearsing.quiet import is_practice_channel
from commandpost.kernel.errors import Conflict, Upstream
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.who import Who
from commandpost.workspace.ports import IntegrationAnswer, IntegrationFailed

_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}


class OutsideOfPractice(Conflict):
    """This is a rehearsal: servers outside are not called from here."""

    code = "integration.practice"


class Everywhere:
    """`workspace.ports.Integrations`, for every address. Of who calls, one outside learns the body alone.

    What is asked in the channel of a rehearsal stays inside: OutsideOfPractice is raised.
    """

    def __init__(self, inside: Inside, desks: Desks) -> None:
        self._inside = inside
        self._desks = desks

    async def post(self, who: Who, url: str, body: Mapping[str, Any]) -> IntegrationAnswer:
        """Raises IntegrationFailed when it cannot be called, or one outside does not answer with 200."""
        if (path := self._path_inside(url)) is not None:
            return await self._inside.post(who, path, body)
        await self._check_channel(str(body.get("channel_id", "")))
        return await self._outside("POST", url, msgspec.json.encode(body))

    async def get(self, who: Who, url: str, query: Mapping[str, str]) -> IntegrationAnswer:
        """Raises IntegrationFailed when it cannot be called, or one outside does not answer with 200."""
        if (path := self._path_inside(url)) is not None:
            return await self._inside.get(who, path, query)
        await self._check_channel(query.get("channel_id", ""))
        return await self._outside("GET", f"{url}{'&' if '?' in url else '?'}{urlencode(query)}", None)

    async def _check_channel(self, channel_id: str) -> None:
        if not channel_id:
            return
        async with self._desks.reading() as desk:
            if await is_practice_channel(desk.work, channel_id):
                raise OutsideOfPractice

    def _path_inside(self, url: str) -> str | None:
        site = self._desks.config.site_url.rstrip("/")
        if site and url.startswith(f"{site}{PRODUCTS}"):
            return url.removeprefix(site)
        return None if _names_a_server(url) else url

    async def _outside(self, method: str, url: str, content: bytes | None) -> IntegrationAnswer:
        timeout_s = float(self._desks.config.outgoing_integration_requests_timeout)
        try:
            answer = await self._desks.outbound.send(
                method, url, headers=_HEADERS, content=content, timeout_s=timeout_s
            )
        except Upstream as cause:
            raise IntegrationFailed(f"The integration failed. {cause.message}") from cause
        if answer.status != 200:
            raise IntegrationFailed(f"The integration answered with status {answer.status}.")
        return IntegrationAnswer(status=answer.status, body=answer.body)


def integrations_of(call: Call) -> Everywhere:
    """The integrations that a call can lead to."""
    return Everywhere(Inside(call.request.app), call.desks)


def _names_a_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.scheme or parts.netloc)
