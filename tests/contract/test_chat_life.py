"""What goes on in a chat reaches the incident, and what an incident tells reaches people: of any chat.

People act through REST v4 and hear over its WebSocket, of the chat of our own or of an attached Mattermost.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
import pytest
from websockets.asyncio.client import connect

from commandpost.chat.mattermost.store import facts
from commandpost.incidents.ports import Desk, Desks
from commandpost.kernel.ids import new_id, token_hash
from tests.support.attached import Attached, Town
from tests.support.doorstep import Doorstep
from tests.support.faults import Between, Moods
from tests.support.listeners import listening
from tests.support.patience import PATIENCE_S
from tests.support.people import Person, Room

_HOOKS = "/plugins/com.mattermost.plugin-incident-management/api/hooks"


class Heard(Protocol):
    """What the first event of that name brought her, with a post that says so."""

    async def __call__(self, event: str, says: str = "", /) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A chat with a team in which Ana and Ben are, as Ana sees it.

    `whisper_event` is by which she hears what is for her alone.
    """

    desks: Desks
    team_id: str
    ana_id: str
    ben_id: str
    v4: httpx.AsyncClient
    v0: httpx.AsyncClient
    heard: Heard
    whisper_event: str = "ephemeral_message"

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """Something that Ana does in the chat."""
        answer = await self.v4.request(method, path, json=body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    async def playbook(self) -> str:
        """A playbook of Ana's; gives its id."""
        wanted = {"title": "Outage", "team_id": self.team_id, "member_ids": [self.ana_id]}
        answer = await self.v0.post("/playbooks", json=wanted)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    async def incident(self) -> dict[str, Any]:
        """An incident that Ana started, with the status "All quiet."."""
        wanted = {"name": "Database is down", "team_id": self.team_id, "commander_user_id": self.ana_id}
        answer = await self.v0.post("/incidents", json=wanted)
        assert answer.status_code == 201, answer.text
        incident = answer.json()
        told = await self.v0.post(f"/incidents/{incident['id']}/status", json={"message": "All quiet."})
        assert told.status_code == 200, told.text
        return (await self.v0.get(f"/incidents/{incident['id']}")).json()

    async def logged(self, incident: dict[str, Any], *kinds: str, times: int = 1) -> list[dict[str, Any]]:
        """The entries of these kinds, once there are so many."""
        query = {"kind": list(kinds), "per_page": 200, "direction": "asc"}
        async with asyncio.timeout(PATIENCE_S):
            while True:
                answer = await self.v0.get(f"/incidents/{incident['id']}/timeline", params=query)
                found = answer.json()["items"]
                if len(found) >= times:
                    return found
                await asyncio.sleep(0.02)

    async def whispered(self, text: str) -> bool:
        """Whether that came, for Ana alone; waits for it."""
        data = await self.heard(self.whisper_event, text)
        return data.get("channel_type", "D") == "D"

    async def reading(self, deed: Callable[[Desk], Awaitable[Any]]) -> Any:
        """What the core is told by the chat."""

        async def whole() -> Any:
            async with self.desks.reading() as desk:
                return await deed(desk)

        return await self.desks.repeated(whole)


class Life:
    """The expectations; a subclass says which chat."""

    async def test_what_becomes_of_posts_is_noticed_and_reactions_change_nothing(self, place: Place) -> None:
        incident = await place.incident()
        update = incident["status_post_ids"][0]
        thumb = {"user_id": place.ana_id, "post_id": update, "emoji_name": "thumbsup"}

        await place.call("POST", "/reactions", thumb)
        said = await place.call("POST", "/posts", {"channel_id": incident["channel_id"], "message": "Look."})
        await place.call("PUT", f"/posts/{update}/patch", {"message": "All quiet again."})
        await place.logged(incident, "status_edited")
        shown = await place.reading(lambda desk: desk.chat.post(update))
        await place.call("DELETE", f"/posts/{update}")
        await place.logged(incident, "status_deleted")

        told = await place.logged(incident, "post_seen", "status_edited", "status_deleted", times=3)
        assert [(one["kind"], one["payload"]["post_id"]) for one in told] == [
            ("post_seen", said["id"]),
            ("status_edited", update),
            ("status_deleted", update),
        ]
        assert (shown.message, shown.edit_at > 0) == ("All quiet again.", True)

    async def test_who_comes_and_goes_is_noticed(self, place: Place) -> None:
        incident = await place.incident()
        members = f"/channels/{incident['channel_id']}/members"

        await place.call("POST", members, {"user_id": place.ben_id})
        joined = await place.logged(incident, "member_joined", times=2)
        await place.call("DELETE", f"{members}/{place.ben_id}")
        left = await place.logged(incident, "member_left")

        assert joined[-1]["payload"]["user_id"] == place.ben_id
        assert [one["payload"]["user_id"] for one in left] == [place.ben_id]

    async def test_a_channel_renamed_and_archived_is_seen_so(self, place: Place) -> None:
        incident = await place.incident()
        channel_id = incident["channel_id"]

        async def seen(desk: Desk) -> tuple[str, bool, bool]:
            channel = await desk.chat.channel(channel_id)
            assert channel is not None
            posting = await desk.chat.may_post(place.ana_id, channel_id)
            return channel.display_name, channel.delete_at > 0, posting

        async def comes_to_be(wanted: tuple[str, bool, bool]) -> None:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    if await place.reading(seen) == wanted:
                        return
                    await asyncio.sleep(0.02)

        await comes_to_be(("Database is down", False, True))
        await place.call("PUT", f"/channels/{channel_id}/patch", {"display_name": "Trouble"})
        await comes_to_be(("Trouble", False, True))
        await place.call("DELETE", f"/channels/{channel_id}")
        await comes_to_be(("Trouble", True, False))

    async def test_a_command_is_answered_for_one_and_its_dialog_starts_an_incident(
        self, place: Place
    ) -> None:
        playbook_id = await place.playbook()
        channel_id = (await place.incident())["channel_id"]
        typed = {"team_id": place.team_id, "channel_id": channel_id}

        await place.call("POST", "/commands/execute", {**typed, "command": "/incident info"})
        whispered = json.loads((await place.heard("ephemeral_message"))["post"])
        await place.call("POST", "/commands/execute", {**typed, "command": "/incident start"})
        opened = json.loads((await place.heard("open_dialog"))["dialog"])
        submission = {"playbookID": playbook_id, "incidentName": "Lost mail"}
        sent = {**typed, "submission": submission, "url": opened["url"]}
        sent |= {name: opened["dialog"][name] for name in ("callback_id", "state")}
        answer = await place.call("POST", "/actions/dialogs/submit", sent)

        assert "Database is down" in json.dumps(whispered["props"]["attachments"])
        assert not (answer.get("errors") or answer.get("error")), answer
        query = {"team_id": place.team_id, "sort": "name"}
        listed = (await place.v0.get("/incidents", params=query)).json()["items"]
        assert [one["name"] for one in listed] == ["Database is down", "Lost mail"]

    async def test_what_is_for_one_pair_of_eyes_reaches_them_alone(self, place: Place) -> None:
        channel_id = (await place.incident())["channel_id"]

        async with place.desks.writing() as desk:
            await desk.chat.post_ephemeral(place.ana_id, channel_id, "Only you.")

        assert await place.whispered("Only you.")
        listed = await place.call("GET", f"/channels/{channel_id}/posts")
        assert "Only you." not in [one["message"] for one in listed["posts"].values()]


class TestEmbedded(Life):
    @pytest.fixture
    async def place(self, room: Room, admin: Person, ana: Person, ben: Person) -> Place:
        team = await room.team(f"team-{new_id()[:8]}", admin, ana, ben)
        client = listening(room, ana)

        async def heard(event: str, says: str = "", /) -> dict[str, Any]:
            [data] = [one["data"] for one in client.read() if _is_meant(one, event, says)]
            return data

        return Place(
            desks=room.app.state.incident_desks_of_nobody,
            team_id=team.id,
            ana_id=ana.id,
            ben_id=ben.id,
            v4=ana.v4,
            v0=ana.v0,
            heard=heard,
        )


class TestAttached(Life):
    @pytest.fixture
    def own_url(self, doorstep: Doorstep) -> str:
        """Where the chat's server finds us."""
        return doorstep.url

    @pytest.fixture
    async def place(self, attached: Attached, doorstep: Doorstep) -> AsyncGenerator[Place]:
        ana, ben = attached.person("ana"), attached.person("ben")
        doorstep.app = attached.app
        await self._with_command(attached, doorstep)
        await attached.listening()
        told: list[dict[str, Any]] = []
        hearing = asyncio.create_task(_listened(attached.town, ana.token, told))

        async def heard(event: str, says: str = "", /) -> dict[str, Any]:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    for one in told:
                        if _is_meant(one, event, says):
                            return one["data"]
                    await asyncio.sleep(0.02)

        await heard("hello")
        base, headers = f"{attached.town.server.url}/api/v4", {"Authorization": f"Bearer {ana.token}"}
        async with httpx.AsyncClient(base_url=base, headers=headers, timeout=PATIENCE_S) as v4:
            yield Place(
                desks=attached.app.state.incident_desks_of_nobody,
                team_id=attached.team_id,
                ana_id=ana.id,
                ben_id=ben.id,
                v4=v4,
                v0=ana.v0,
                heard=heard,
                whisper_event="posted",  # in a direct message: the bot is no administrator
            )
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing

    async def _with_command(self, attached: Attached, doorstep: Doorstep) -> None:
        wanted = {"team_id": attached.team_id, "trigger": "incident", "method": "P"}
        made = attached.town.call(
            "POST", "/commands", json={**wanted, "url": f"{doorstep.url}{_HOOKS}/command"}
        )
        async with attached.app.state.mattermost.database.write() as work:
            await facts.put(work, facts.of_command(token_hash(made["token"])), "{}")


class TestAttachedToOneInManyMoods(TestAttached):
    """The same, while calls are lost, cut off, broken, too many or slow, and all is of a later version."""

    @pytest.fixture
    def mattermost_url(self, between: Between) -> str:
        moods = Moods()
        between.fault, between.tamper = moods.of_call, moods.of_event
        return between.url


def _is_meant(frame: dict[str, Any], event: str, says: str) -> bool:
    return frame.get("event") == event and says in str(frame["data"].get("post", ""))


async def _listened(town: Town, token: str, told: list[dict[str, Any]]) -> None:
    """Everything that somebody's socket over there brings."""
    address = f"{town.server.url.replace('http', 'ws', 1)}/api/v4/websocket"
    async with connect(
        address, additional_headers={"Authorization": f"Bearer {token}"}, open_timeout=PATIENCE_S
    ) as socket:
        async for frame in socket:
            told.append(json.loads(frame))
