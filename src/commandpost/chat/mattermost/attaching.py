"""Setting up what a Mattermost server needs for Command Post, and taking that back. Both may be repeated."""

from collections.abc import AsyncGenerator
from typing import Any, cast

import msgspec

from commandpost.chat.mattermost.attaching_pages import AttachingPages
from commandpost.chat.mattermost.attaching_plugin import AttachingPlugin
from commandpost.chat.mattermost.attaching_rights import rights_missing, settings_missing
from commandpost.chat.mattermost.client import Client, Refused
from commandpost.chat.mattermost.step import Step
from commandpost.chat.mattermost.store import facts
from commandpost.chat.mattermost.wire import TeamWire, UserWire
from commandpost.db import Database
from commandpost.kernel.errors import Invalid
from commandpost.kernel.ids import token_hash

BOT_USERNAME = "incident"
TRIGGER = "incident"

_PAGE = 200
_COMMANDS = "Available commands: start, end, update, restart, check, announce, list, commander, info, stage"


class NotAdministrator(Invalid):
    """To attach, the token of a system administrator of that Mattermost is needed."""

    code = "mattermost.not_administrator"


class BotNameTaken(Invalid):
    """Somebody over there has the name of the bot, @incident; rename that account first."""

    code = "mattermost.bot_name_taken"


class CommandWire(msgspec.Struct, kw_only=True):
    id: str
    trigger: str
    token: str = ""
    url: str = ""


class BotWire(msgspec.Struct, kw_only=True):
    user_id: str
    delete_at: int = 0


class TokenWire(msgspec.Struct, kw_only=True):
    id: str
    token: str = ""
    description: str = ""


class Attaching:
    """With an administrator's client. `own_url` is where Mattermost reaches Command Post."""

    def __init__(
        self,
        client: Client,
        database: Database,
        *,
        own_url: str,
        plugin: AttachingPlugin,
        pages: AttachingPages,
    ) -> None:
        self._client = client
        self._database = database
        self._own_url = own_url.rstrip("/")
        self._plugin = plugin
        self._pages = pages

    async def attach(self) -> AsyncGenerator[Step]:
        """Make what is not there yet. Raises NotAdministrator, BotNameTaken, Unreachable, Refused."""
        await self._require_administrator()
        settings = await self._service_settings()
        async for step in settings_missing(settings, own_url=self._own_url, url=self._client.url):
            yield step
        bot_id, step = await self._bot()
        yield step
        async for step in rights_missing(self._client, bot_id):
            yield step
        async for step in self._token(bot_id):
            yield step
        for team in await self._teams():
            yield await self._joined(team, bot_id)
            yield await self._command(team)
        async for step in self._pages.attach(
            is_provider=settings.get("EnableOAuthServiceProvider") is not False
        ):
            yield step
        async for step in self._plugin.attach():
            yield step

    async def detach(self) -> AsyncGenerator[Step]:
        """Take it back; incidents, their channels and posts stay. Raises as `attach` does."""
        await self._require_administrator()
        for team in await self._teams():
            for command in await self._commands(team):
                await self._client.call("DELETE", f"/commands/{command.id}")
                yield Step(said=f"Team {team.display_name}: /{TRIGGER} is gone.")
        async with self._database.write() as work:
            for name in await facts.beginning_with(work, facts.COMMAND):
                await facts.forget(work, name)
        async for step in self._pages.detach():
            yield step
        async for step in self._bot_put_away():
            yield step
        async for step in self._plugin.detach():
            yield step

    async def _bot_put_away(self) -> AsyncGenerator[Step]:
        try:
            bot = await self._client.get(f"/users/username/{BOT_USERNAME}", UserWire)
        except Refused:
            yield Step(said="There is no bot account.")
            return
        if bot.is_bot:
            for one in await self._client.get(f"/users/{bot.id}/tokens", list[TokenWire]):
                if one.description == _TOKEN:
                    await self._client.call("POST", "/users/tokens/revoke", body={"token_id": one.id})
            await self._client.call("POST", f"/bots/{bot.id}/disable")
            yield Step(said=f"The bot @{BOT_USERNAME} is disabled, and its token revoked.")

    async def _require_administrator(self) -> None:
        try:
            me = await self._client.get("/users/me", UserWire)
        except Refused as refusal:
            raise NotAdministrator(
                f"Mattermost does not take this token (status {refusal.status}: {refusal.message})"
            ) from refusal
        if "system_admin" not in me.roles.split():
            raise NotAdministrator(
                f"@{me.username} is no system administrator of that Mattermost; use the token of one."
            )

    async def _service_settings(self) -> dict[str, Any]:
        config = await self._client.get("/config", dict[str, Any])
        service = config.get("ServiceSettings")
        return cast("dict[str, Any]", service) if isinstance(service, dict) else {}

    async def _bot(self) -> tuple[str, Step]:
        try:
            known = await self._client.get(f"/users/username/{BOT_USERNAME}", UserWire)
        except Refused:
            wanted = {
                "username": BOT_USERNAME,
                "display_name": "Incident Bot",
                "description": "Command Post speaks through it.",
            }
            made = await self._client.post("/bots", wanted, BotWire)
            return made.user_id, Step(said=f"The bot account @{BOT_USERNAME} is made.")
        if not known.is_bot:
            raise BotNameTaken
        if known.delete_at:
            await self._client.call("POST", f"/bots/{known.id}/enable")
            return known.id, Step(said=f"The bot account @{BOT_USERNAME} is enabled again.")
        return known.id, Step(said=f"The bot account @{BOT_USERNAME} is there.")

    async def _token(self, bot_id: str) -> AsyncGenerator[Step]:
        tokens = await self._client.get(f"/users/{bot_id}/tokens", list[TokenWire])
        if any(one.description == _TOKEN for one in tokens):
            yield Step(said="Its access token is there; it was shown when it was made.")
            return
        made = await self._client.post(f"/users/{bot_id}/tokens", {"description": _TOKEN}, TokenWire)
        yield Step(said="Its access token is made.", bot_token=made.token)

    async def _teams(self) -> list[TeamWire]:
        found: list[TeamWire] = []
        while True:
            query = {"page": len(found) // _PAGE, "per_page": _PAGE}
            page = await self._client.get("/teams", list[TeamWire], query=query)
            found += page
            if len(page) < _PAGE:
                return [team for team in found if not team.delete_at]

    async def _joined(self, team: TeamWire, bot_id: str) -> Step:
        body = {"team_id": team.id, "user_id": bot_id}
        try:
            await self._client.call("POST", f"/teams/{team.id}/members", body=body)
        except Refused as refusal:
            return Step(
                said=f"Team {team.display_name}: the bot could not become a member: {refusal.message}",
                is_trouble=True,
            )
        return Step(said=f"Team {team.display_name}: the bot is a member.")

    async def _command(self, team: TeamWire) -> Step:
        url = f"{self._own_url}/api/hooks/command"
        try:
            known = await self._commands(team)
            there = [one for one in known if one.url == url]
            for moved in known if not there else ():
                await self._client.call("DELETE", f"/commands/{moved.id}")
            command = there[0] if there else await self._made_command(team, url)
        except Refused as refusal:
            return Step(
                said=f"Team {team.display_name}: /{TRIGGER} could not be made: {refusal.message}",
                is_trouble=True,
            )
        async with self._database.write() as work:
            name = facts.of_command(token_hash(command.token))
            await facts.put(work, name, msgspec.json.encode({"team_id": team.id}).decode())
        return Step(said=f"Team {team.display_name}: /{TRIGGER} {'is there' if there else 'is made'}.")

    async def _made_command(self, team: TeamWire, url: str) -> CommandWire:
        wanted = {
            "team_id": team.id,
            "trigger": TRIGGER,
            "method": "P",
            "url": url,
            "display_name": "Incident",
            "description": "Command Post",
            "username": BOT_USERNAME,
            "auto_complete": True,
            "auto_complete_hint": "[command]",
            "auto_complete_desc": _COMMANDS,
        }
        return await self._client.post("/commands", wanted, CommandWire)

    async def _commands(self, team: TeamWire) -> list[CommandWire]:
        query = {"team_id": team.id, "custom_only": "true"}
        found = await self._client.get("/commands", list[CommandWire], query=query)
        return [one for one in found if one.trigger == TRIGGER and "/api/hooks/command" in one.url]


_TOKEN = "Command Post"
