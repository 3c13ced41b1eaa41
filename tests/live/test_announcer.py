"""From committed facts to listeners."""

from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from commandpost.api.live import Announcer
from commandpost.api.v4.live import TRANSLATORS
from commandpost.live.broker import MemoryBroker
from commandpost.live.event import Frame
from commandpost.live.hub import Hub
from commandpost.live.outbox import Closing
from commandpost.workspace.events import SessionsEnded, StatusChanged, Typing
from tests.live.listening import listener


@dataclass(frozen=True)
class Told:
    what: str


@dataclass(frozen=True)
class Untold:
    pass


def refuse(_fact: Untold) -> list[Frame]:
    raise ValueError("no such thing")


def test_facts_reach_listeners_in_order_and_unknown_ones_nobody() -> None:
    hub = Hub()
    ana = listener(hub, "ana")
    announcer = Announcer({Told: lambda fact: [Frame.of(fact.what, {})]}, MemoryBroker(hub.deliver).publish)

    announcer([Told("one"), Untold(), Told("two")])

    assert ana.events() == ["one", "two"]


def test_a_fact_that_cannot_be_told_holds_up_no_other() -> None:
    hub = Hub()
    ana = listener(hub, "ana")
    table = {Told: lambda fact: [Frame.of(fact.what, {})], Untold: refuse}

    with capture_logs() as logs:
        Announcer(table, MemoryBroker(hub.deliver).publish)([Untold(), Told("still")])

    assert ana.events() == ["still"]
    assert [entry["event"] for entry in logs] == ["a fact was not told to listeners"]


def test_typing_reaches_the_channel_but_for_the_one_who_types() -> None:
    hub = Hub()
    ana, ben = listener(hub, "ana", channels=("c1",)), listener(hub, "ben", channels=("c1",))

    Announcer(TRANSLATORS, MemoryBroker(hub.deliver).publish)(
        [Typing(user_id="ana", channel_id="c1", parent_id="p1")]
    )

    assert ana.read() == []
    assert [frame["data"] for frame in ben.read()] == [{"parent_id": "p1", "user_id": "ana"}]


def test_a_status_is_told_to_its_user_alone() -> None:
    hub = Hub()
    ana, ben = listener(hub, "ana"), listener(hub, "ben")

    Announcer(TRANSLATORS, MemoryBroker(hub.deliver).publish)([StatusChanged(user_id="ana", status="away")])

    assert [frame["data"] for frame in ana.read()] == [{"user_id": "ana", "status": "away"}]
    assert ben.read() == []


@pytest.mark.parametrize(("named", "closed"), [(("s1",), 1), (("s1", "s2"), 2), (None, 2)])
def test_ended_sessions_lose_their_sockets(named: tuple[str, ...] | None, closed: int) -> None:
    hub = Hub()
    clients = [listener(hub, "ana", session_id=session_id) for session_id in ("s1", "s2")]

    Announcer(TRANSLATORS, MemoryBroker(hub.deliver).publish)(
        [SessionsEnded(user_id="ana", session_ids=named)]
    )

    assert sum(client.outbox.closing is Closing.SESSION_ENDED for client in clients) == closed
