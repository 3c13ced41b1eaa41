"""An integration on the bench: with a stand-in for its tool, called as a command would call it."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field, replace

import pytest

from commandpost.integrations import (
    Answer,
    Call,
    Failed,
    Incident,
    Integration,
    Link,
    Outcome,
    Person,
    Tools,
    Web,
)
from commandpost.integrations.tools.jira import Jira
from commandpost.integrations.tools.opsgenie import Opsgenie
from commandpost.integrations.tools.pagerduty import PagerDuty
from commandpost.integrations.tools.zoom import Zoom
from commandpost.kernel.clock import Millis
from tests.support.clock import TestClock
from tests.support.stand_in import HastyOutbound, StandIn

ANA = Person(username="ana", name="Ana Lovelace", email="ana@acme.example")
BEN = Person(username="ben", email="ben@acme.example")
OUTAGE = Incident(name="Checkout is down", url="https://chat.acme.example/parcels/channels/checkout-is-down")


@dataclass(kw_only=True)
class Bench:
    """The integration with its settings; `links` are those kept so far, as the incident would keep them."""

    integration: Integration
    settings: dict[str, str]
    tool: StandIn
    outbound: HastyOutbound
    clock: TestClock
    incident: Incident | None = OUTAGE
    links: list[Link] = field(default_factory=list[Link])

    @property
    def tools(self) -> Tools:
        web = Web(self.outbound, self.integration.title, self.integration.complaint)
        return Tools(settings=self.settings, web=web, now=Millis(self.clock.now()))

    async def run(self, typed: str, trigger: str = "") -> Answer:
        """`sub-command text`, typed by Ana after the integration's name or another of its commands."""
        name, _, text = typed.partition(" ")
        trigger = trigger or self.integration.name
        command = next(one for one in self.integration.commands if one.trigger == trigger)
        sub_command = command.find(name)
        assert sub_command is not None
        call = Call(
            by=ANA,
            text=text,
            incident=self.incident,
            people={"ben": BEN},
            links=tuple(self.links),
        )
        answer = await sub_command.run(self.tools, call)
        self.links += answer.links
        return answer

    async def refused(self, typed: str, trigger: str = "") -> Failed:
        """The failure that this ends in."""
        with pytest.raises(Failed) as caught:
            await self.run(typed, trigger)
        return caught.value

    async def outcome(self, typed: str) -> Outcome:
        return (await self.refused(typed)).outcome


def settings_of(integration: Integration, given: Mapping[str, str]) -> dict[str, str]:
    """Every setting: as given, else its default."""
    return {one.name: given.get(one.name, one.default) for one in integration.settings}


@pytest.fixture
async def outbound() -> AsyncGenerator[HastyOutbound]:
    out = HastyOutbound()
    yield out
    await out.close()


def _bench(
    integration: Integration,
    given: Mapping[str, str],
    stand_in: StandIn,
    outbound: HastyOutbound,
    clock: TestClock,
) -> Bench:
    return Bench(
        integration=integration,
        settings=settings_of(integration, given),
        tool=stand_in,
        outbound=outbound,
        clock=clock,
    )


@pytest.fixture
def jira(stand_in: StandIn, outbound: HastyOutbound, clock: TestClock) -> Bench:
    given = {
        "url": stand_in.url,
        "email": "bot@acme.example",
        "token": "jira-secret",
        "project": "OPS",
        "issue_type": "Bug",
    }
    return _bench(Jira(), given, stand_in, outbound, clock)


@pytest.fixture
def zoom(stand_in: StandIn, outbound: HastyOutbound, clock: TestClock) -> Bench:
    given = {
        "account_id": "acc",
        "client_id": "id",
        "client_secret": "zoom-secret",
        "api_url": f"{stand_in.url}/v2",
        "oauth_url": f"{stand_in.url}/oauth/token",
    }
    return _bench(Zoom(), given, stand_in, outbound, clock)


@pytest.fixture
def opsgenie(stand_in: StandIn, outbound: HastyOutbound, clock: TestClock) -> Bench:
    given = {"api_key": "genie-secret", "api_url": stand_in.url}
    return _bench(Opsgenie(), given, stand_in, outbound, clock)


@pytest.fixture
def pagerduty(stand_in: StandIn, outbound: HastyOutbound, clock: TestClock) -> Bench:
    given = {
        "api_token": "pd-secret",
        "service": "PSVC",
        "from_email": "bot@acme.example",
        "routing_key": "R" * 32,
        "api_url": stand_in.url,
        "events_url": stand_in.url,
    }
    return _bench(PagerDuty(), given, stand_in, outbound, clock)


def without(bench: Bench, *names: str) -> Bench:
    """The same with these settings empty."""
    return replace(bench, settings={**bench.settings, **dict.fromkeys(names, "")})
