"""The OAuth 2.0 application by which people sign in to pages at an address of their own."""

from collections.abc import AsyncGenerator

import msgspec

from commandpost.chat.mattermost.client import Client, Refused
from commandpost.chat.mattermost.step import Step
from commandpost.chat.mattermost.store import facts
from commandpost.db import Database
from commandpost.vault import Vault

COMPLETION = "/oauth/mattermost/complete"
"""Where Mattermost sends browsers back to, at the address of our pages."""

_NAME = "Command Post"
_OFF = (
    "EnableOAuthServiceProvider is off, so nobody can sign in to the pages at {url}: System Console >"
    " Integrations > Integration Management: Enable OAuth 2.0 Service Provider."
)


class AppWire(msgspec.Struct, kw_only=True):
    id: str
    client_secret: str = ""
    callback_urls: list[str] | None = None


class PagesFact(msgspec.Struct, frozen=True, kw_only=True):
    """Where our pages are, and as what we sign people in there; the secret is sealed."""

    url: str
    client_id: str
    sealed_secret: str


async def pages_fact(database: Database) -> PagesFact | None:
    """What `attach` has noted about our pages; None if they have no address of their own."""
    async with database.read() as work:
        known = await facts.get(work, facts.PAGES)
    return msgspec.json.decode(known, type=PagesFact) if known else None


class AttachingPages:
    """With an administrator's client. `url` is the address of the pages, "" if they have none."""

    def __init__(self, client: Client, database: Database, vault: Vault, *, url: str) -> None:
        self._client = client
        self._database = database
        self._vault = vault
        self._url = url.rstrip("/")

    async def attach(self, *, is_provider: bool) -> AsyncGenerator[Step]:
        """Make the application, or bring it up to date; `is_provider`: Mattermost has OAuth 2.0 on."""
        known = await pages_fact(self._database)
        url = self._url or (known.url if known else "")
        if not url:
            yield Step(said="Pages at an address of their own: attach once more with --pages-url.")
            return
        if not is_provider:
            yield Step(said=_OFF.format(url=url), is_trouble=True)
            return
        try:
            app = await self._found(known, url) or await self._made(url)
        except Refused as refusal:
            yield Step(
                said=f"The OAuth 2.0 application could not be made: {refusal.message} (permission"
                " manage_oauth is needed)",
                is_trouble=True,
            )
            return
        fact = PagesFact(url=url, client_id=app.id, sealed_secret=self._vault.sealed(app.client_secret))
        async with self._database.write() as work:
            await facts.put(work, facts.PAGES, msgspec.json.encode(fact).decode())
        yield Step(said=f"People sign in at {url} with their accounts (an OAuth 2.0 application is there).")

    async def detach(self) -> AsyncGenerator[Step]:
        """Delete the application; everybody who signed in by it is signed out."""
        known = await pages_fact(self._database)
        if known is None:
            return
        try:
            await self._client.call("DELETE", f"/oauth/apps/{known.client_id}")
        except Refused as refusal:
            if refusal.status not in (403, 404):
                yield Step(
                    said=f"The OAuth 2.0 application could not be deleted: {refusal.message}", is_trouble=True
                )
                return
        async with self._database.write() as work:
            await facts.forget(work, facts.PAGES)
        yield Step(said=f"The OAuth 2.0 application for {known.url} is gone.")

    async def _found(self, known: PagesFact | None, url: str) -> AppWire | None:
        """The application of before, if it is still there and leads to this address."""
        if known is None:
            return None
        try:
            app = await self._client.get(f"/oauth/apps/{known.client_id}", AppWire)
        except Refused:
            return None
        if app.client_secret and (app.callback_urls or []) == [url + COMPLETION]:
            return app
        await self._client.call("DELETE", f"/oauth/apps/{known.client_id}")
        return None

    async def _made(self, url: str) -> AppWire:
        wanted = {
            "name": _NAME,
            "description": "Incidents, playbooks and reviews",
            "homepage": url,
            "callback_urls": [url + COMPLETION],
            "is_trusted": True,
        }
        return await self._client.post("/oauth/apps", wanted, AppWire)
