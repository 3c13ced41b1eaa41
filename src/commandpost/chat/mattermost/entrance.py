"""Signing in to pages at an address of their own, by Mattermost's OAuth 2.0 (code, state, PKCE).

What Mattermost grants is a session of the member. It is not stored: the member's own browser keeps it,
encrypted with our key and hidden from scripts, and brings it along with each request, as it does Mattermost's
own cookie at Mattermost's address. A Mattermost that knows no PKCE passes over what it is told of it.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx
import msgspec
import structlog

from commandpost.chat.mattermost.attaching_pages import COMPLETION, PagesFact, pages_fact
from commandpost.chat.mattermost.client import Refused, Unreachable
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.sessions import Sessions
from commandpost.kernel.clock import MINUTE_MS
from commandpost.kernel.errors import Invalid, NotFound
from commandpost.vault import Unreadable, Vault

BEGUN_MS = 10 * MINUTE_MS
"""How long somebody may take to sign in."""

_LONGEST_S = 30 * 24 * 3600
_PATIENCE_S = 10.0
_OK = 200
_LARGEST_BYTES = 100_000

_log = structlog.get_logger(__name__)


class NoPages(NotFound):
    """These pages have no address of their own: `commandpost attach --pages-url` gives them one."""

    code = "pages.none"


class NotSignedIn(Invalid):
    """Signing in did not work; begin once more."""

    code = "pages.not_signed_in"


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser keeps while it is over there, sealed."""

    state: str
    verifier: str
    redirect_to: str
    at: int


class TokenWire(msgspec.Struct, kw_only=True):
    access_token: str
    expires_in: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Somebody is signed in: what their browser keeps, for how long, and where they go on."""

    kept: str
    for_s: int
    redirect_to: str
    is_secure: bool


class Entrance:
    """Where members come in at an address of our own."""

    def __init__(self, server: Mattermost, sessions: Sessions, vault: Vault) -> None:
        self._server = server
        self._sessions = sessions
        self._vault = vault

    async def begin(self, redirect_to: str) -> tuple[str, str, bool]:
        """Where to send the browser, what it keeps, and whether over https only. Raises NoPages."""
        pages = await self._pages()
        begun = Begun(
            state=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
            redirect_to=redirect_to,
            at=self._server.clock.now(),
        )
        digest = hashlib.sha256(begun.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": pages.client_id,
            "redirect_uri": pages.url + COMPLETION,
            "state": begun.state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        kept = self._vault.sealed(msgspec.json.encode(begun).decode())
        return f"{self._server.client.url}/oauth/authorize?{urlencode(query)}", kept, _is_secure(pages)

    async def complete(self, *, kept: str, state: str, code: str) -> Entered:
        """Take somebody in who comes back. Raises NoPages, NotSignedIn, Unreachable."""
        pages = await self._pages()
        begun = self._begun(kept)
        if not code or not hmac.compare_digest(begun.state.encode(), state.encode()):
            raise NotSignedIn
        granted = await self._exchanged(pages, begun, code)
        if await self._sessions.identify(granted.access_token) is None:
            raise NotSignedIn
        return Entered(
            kept=self._server.kept_session(granted.access_token),
            for_s=min(granted.expires_in or _LONGEST_S, _LONGEST_S),
            redirect_to=begun.redirect_to,
            is_secure=_is_secure(pages),
        )

    async def leave(self, token: str) -> None:
        """End a member's session over there; nothing happens to one that has ended. Raises Unreachable."""
        try:
            await self._server.client.call("POST", "/users/logout", token=token)
        except Refused as refusal:
            _log.debug("a session was not ended", status=refusal.status)

    async def _pages(self) -> PagesFact:
        pages = await pages_fact(self._server.database)
        if pages is None:
            raise NoPages
        return pages

    def _begun(self, kept: str) -> Begun:
        try:
            begun = msgspec.json.decode(self._vault.opened(kept), type=Begun)
        except (Unreadable, msgspec.MsgspecError) as cause:
            raise NotSignedIn from cause
        if self._server.clock.now() - begun.at > BEGUN_MS:
            raise NotSignedIn
        return begun

    async def _exchanged(self, pages: PagesFact, begun: Begun, code: str) -> TokenWire:
        form = {
            "grant_type": "authorization_code",
            "client_id": pages.client_id,
            "client_secret": self._vault.opened(pages.sealed_secret),
            "redirect_uri": pages.url + COMPLETION,
            "code": code,
            "code_verifier": begun.verifier,
        }
        status, body = await _posted(f"{self._server.client.url}/oauth/access_token", form)
        if status != _OK:
            _log.warning("mattermost_code_refused", status=status)
            raise NotSignedIn
        try:
            return msgspec.json.decode(body, type=TokenWire)
        except msgspec.MsgspecError as cause:
            raise NotSignedIn from cause


async def _posted(url: str, form: Mapping[str, str]) -> tuple[int, bytes]:
    held = bytearray()
    try:
        async with (
            httpx.AsyncClient(timeout=_PATIENCE_S, trust_env=False) as http,
            http.stream("POST", url, data=dict(form), headers={"Accept": "application/json"}) as answer,
        ):
            async for chunk in answer.aiter_bytes():
                held += chunk
                if len(held) > _LARGEST_BYTES:
                    raise NotSignedIn
    except (httpx.HTTPError, OSError) as cause:
        raise Unreachable from cause
    return answer.status_code, bytes(held)


def _is_secure(pages: PagesFact) -> bool:
    return pages.url.startswith("https://")
