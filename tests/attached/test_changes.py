"""What changes over there besides channels and posts: people, rights, teams; and events that come oddly."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest

from commandpost.chat.mattermost.client import Client, Unreachable
from commandpost.chat.mattermost.line import events
from commandpost.chat.mattermost.wire import EventWire
from tests.support.attached import Attached, Colleague, Town
from tests.support.faults import Between
from tests.support.patience import PATIENCE_S


@pytest.fixture
def mattermost_url(between: Between) -> str:
    """We know the server by what lies between."""
    return between.url


async def comes_to_be(asked: Callable[[], Awaitable[Any]], wanted: Any) -> None:
    """Wait until that is the answer."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if await asked() == wanted:
                return
            await asyncio.sleep(0.02)


async def test_names_and_rights_that_change_are_noticed(attached: Attached) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    playbook_id = await attached.playbook(ana, create_public_incident=False)
    incident = await attached.incident(ana, playbook_id=playbook_id)
    await attached.listening()

    async def sees() -> int:
        return (await ben.v0.get(f"/incidents/{incident['id']}")).status_code

    async def commander() -> str:
        listed = await ana.v0.get("/incidents/commanders", params={"team_id": attached.team_id})
        return listed.json()[0]["username"]

    assert (await sees(), await commander()) == (403, ana.username)
    attached.town.call("PUT", f"/users/{ana.id}/patch", json={"username": f"{ana.username}new"})
    await comes_to_be(commander, f"{ana.username}new")
    attached.town.call("PUT", f"/users/{ben.id}/roles", json={"roles": "system_user system_admin"})
    await comes_to_be(sees, 200)
    attached.town.call("PUT", f"/users/{ben.id}/roles", json={"roles": "system_user"})
    await comes_to_be(sees, 403)
    attached.town.call("DELETE", f"/users/{ben.id}")
    await comes_to_be(sees, 401)


async def test_who_leaves_a_team_and_a_team_that_is_gone(attached: Attached) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    await attached.incident(ana)
    await attached.listening()

    def lists(who: Colleague) -> Callable[[], Awaitable[int]]:
        async def asked() -> int:
            query = {"team_id": attached.team_id}
            return (await who.v0.get("/incidents", params=query)).status_code

        return asked

    assert (await lists(ana)(), await lists(ben)()) == (200, 200)
    attached.town.call("DELETE", f"/teams/{attached.team_id}/members/{ben.id}")
    await comes_to_be(lists(ben), 403)
    attached.town.call("DELETE", f"/teams/{attached.team_id}")
    await comes_to_be(lists(ana), 403)


async def test_events_out_of_their_order_end_with_what_is_true(attached: Attached, between: Between) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    held: list[dict[str, Any]] = []

    def swapped(event: dict[str, Any]) -> Sequence[dict[str, Any]]:
        """Every event of the channel and the update comes after the one that followed it."""
        is_control = "commandpost_control" in str(event["data"])  # Ours, changed whenever there is time.
        if is_control or event["event"] not in ("channel_updated", "post_edited", "post_deleted"):
            return [event]
        if not held:
            held.append(event)
            return []
        return [event, held.pop()]

    await attached.listening()
    between.tamper = swapped
    await ana.v0.post(f"/incidents/{incident['id']}/status", json={"message": "All quiet."})
    update = (await attached.seen(incident, ana))["status_post_ids"][0]
    attached.town.call("PUT", f"/posts/{update}/patch", token=ana.token, json={"message": "Not so quiet."})
    attached.town.call("DELETE", f"/posts/{update}", token=ana.token)
    channel = f"/channels/{incident['channel_id']}"
    for name in ("Trouble", "Great trouble"):
        attached.town.call("PUT", f"{channel}/patch", json={"display_name": name})

    await attached.logged(incident, ana, "status_deleted")
    renamed = await attached.logged(incident, ana, "channel_changed")
    assert renamed[-1]["payload"]["name"] == "Great trouble"
    assert len(await attached.log(incident, ana, "status_deleted")) == 1


async def test_a_socket_with_a_token_that_is_not_taken_brings_nothing_and_ends(town: Town) -> None:
    client = Client(town.server.url, "nonsense")

    brought: list[EventWire] = []
    with suppress(Unreachable):
        async with asyncio.timeout(PATIENCE_S):
            async for event in events(client):
                brought.append(event)

    assert brought == []
