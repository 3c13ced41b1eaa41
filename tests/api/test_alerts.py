"""Alerts come in as Alertmanager and PagerDuty's clients send them, and make one incident."""

import asyncio
import base64
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from commandpost.incidents.actions.alert_throttle import BURST, PER_S, Throttle
from tests.support.incidents import Ops
from tests.support.people import SITE, Person, Room

ALERTMANAGER = "/hooks/alerts/alertmanager"
PAGERDUTY = "/hooks/alerts/pagerduty/v2/enqueue"


def firing(name: str, *, since: str = "2026-11-28T10:00:00Z", status: str = "firing") -> dict[str, Any]:
    """An alert as Alertmanager writes it."""
    return {
        "status": status,
        "labels": {"alertname": name, "severity": "critical", "instance": "web-1"},
        "annotations": {"summary": f"{name} is too high"},
        "startsAt": since,
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "https://prometheus.example/graph?g0.expr=up",
        "fingerprint": f"fp-{name}",
    }


def resolved(name: str, *, since: str = "2026-11-28T10:00:00Z") -> dict[str, Any]:
    return firing(name, since=since, status="resolved")


def webhook(*alerts: dict[str, Any], group: str = "{}:{alertname}") -> dict[str, Any]:
    """A webhook of version 4 for a group of alerts."""
    is_firing = any(alert.get("status") == "firing" for alert in alerts)
    return {
        "version": "4",
        "groupKey": group,
        "truncatedAlerts": 0,
        "status": "firing" if is_firing else "resolved",
        "receiver": "command-post",
        "groupLabels": {"alertname": "Latency"},
        "commonLabels": {"alertname": "Latency", "severity": "critical"},
        "commonAnnotations": {},
        "externalURL": "https://alertmanager.example",
        "alerts": list(alerts),
    }


def event(action: str, key: str | None = "disk", **more: Any) -> dict[str, Any]:
    """An event as PagerDuty's clients write it, but for its routing key."""
    payload = {"summary": "Disk is full", "source": "db-1", "severity": "critical"}
    body = {"event_action": action, "payload": payload, **more}
    return body if key is None else {**body, "dedup_key": key}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A source of alerts, Ana being the commander of what it starts."""

    ops: Ops
    source: dict[str, Any]
    sender: Person

    @property
    def room(self) -> Room:
        return self.ops.room

    async def post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        return await self.sender.v4.post(f"{SITE}{path}", json=body, headers=headers)

    async def sent(self, *alerts: dict[str, Any], **more: Any) -> str:
        """Send a webhook; gives the incident's id."""
        headers = {"Authorization": f"Bearer {self.source['token']}"}
        answer = await self.post(ALERTMANAGER, webhook(*alerts, **more), headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["incident_id"]

    async def duty(self, body: dict[str, Any]) -> httpx.Response:
        return await self.post(PAGERDUTY, {**body, "routing_key": self.source["token"]})

    async def incidents(self) -> list[dict[str, Any]]:
        """Every incident of the team, oldest first."""
        listed = await self.ops.ana.v0.get(f"/incidents?team_id={self.ops.team.id}&sort=create_at")
        return listed.json()["items"]

    async def kinds(self, incident: dict[str, Any]) -> list[str]:
        """What the log tells about alerts."""
        kinds = [("kind", f"alert_{one}") for one in ("fired", "acknowledged", "resolved")]
        answer = await self.ops.ana.v0.get(f"/incidents/{incident['id']}/timeline", params=kinds)
        return [one["kind"] for one in answer.json()["items"]]

    async def posts(self, incident: dict[str, Any]) -> list[str]:
        """What is said about alerts, after what was gathered is posted."""
        self.room.clock.turn(seconds=11)
        await self.room.app.state.alert_posts.fire_due()
        return [one for one in await self.ops.messages(incident) if "lert" in one]


async def lead(admin: Person, ops: Ops, who: Person) -> None:
    """Let somebody manage the team."""
    roles = {"roles": "team_user team_admin"}
    answer = await admin.put(f"/teams/{ops.team.id}/members/{who.id}/roles", roles)
    assert answer.status_code == 200


async def wish(ops: Ops, kind: str, **more: str) -> dict[str, str]:
    return {
        "name": "Prometheus",
        "team_id": ops.team.id,
        "kind": kind,
        "playbook_id": await ops.playbook(),
        "commander_id": ops.ana.id,
        **more,
    }


async def alarm(ops: Ops, admin: Person, kind: str, **more: str) -> Alarm:
    await lead(admin, ops, ops.ana)
    answer = await ops.ana.v0.post("/alert-sources", json=await wish(ops, kind, **more))
    assert answer.status_code == 201, answer.text
    return Alarm(ops=ops, source=answer.json(), sender=ops.room.stranger())


@pytest.fixture
async def prometheus(ops: Ops, admin: Person) -> Alarm:
    return await alarm(ops, admin, "alertmanager")


@pytest.fixture
async def duty(ops: Ops, admin: Person) -> Alarm:
    return await alarm(ops, admin, "pagerduty")


async def test_the_first_alert_that_fires_starts_an_incident_from_the_playbook(prometheus: Alarm) -> None:
    incident_id = await prometheus.sent(firing("Latency"))

    [incident] = await prometheus.incidents()
    assert incident["id"] == incident_id
    assert (incident["name"], incident["commander_user_id"]) == ("Latency", prometheus.ops.ana.id)
    assert incident["playbook_id"] == prometheus.source["playbook_id"]
    assert [stage["title"] for stage in incident["checklists"]] == ["Triage", "Mitigate", "Close"]
    assert incident["description"] == "Started by alerts from Prometheus."
    assert await prometheus.ops.messages(incident) == [
        "This incident has been started by @incident",
        "@ana: Alert firing: [Latency: Latency is too high](https://prometheus.example/graph?g0.expr=up)"
        " (critical)",
    ]
    assert await prometheus.kinds(incident) == ["alert_fired"]


async def test_later_alerts_of_the_group_join_as_one_post(prometheus: Alarm) -> None:
    first = await prometheus.sent(firing("Latency"))
    for name in ("Errors", "Queue"):
        assert await prometheus.sent(firing("Latency"), firing(name)) == first

    [incident] = await prometheus.incidents()
    assert await prometheus.kinds(incident) == ["alert_fired"] * 3
    assert (await prometheus.posts(incident))[1:] == [
        "2 alerts firing:\n"
        "- [Errors: Errors is too high](https://prometheus.example/graph?g0.expr=up) (critical)\n"
        "- [Queue: Queue is too high](https://prometheus.example/graph?g0.expr=up) (critical)\n\n"
        "3 of 3 alerts are firing now."
    ]


async def test_what_was_said_already_is_not_repeated(prometheus: Alarm) -> None:
    for _ in range(3):
        await prometheus.sent(firing("Latency"))

    [incident] = await prometheus.incidents()
    assert len(await prometheus.posts(incident)) == 1
    assert await prometheus.kinds(incident) == ["alert_fired"]


async def test_a_resolution_is_posted_and_noted_and_ends_nothing(prometheus: Alarm) -> None:
    await prometheus.sent(firing("Latency"))
    prometheus.room.clock.turn(seconds=60)
    for _ in range(2):
        await prometheus.sent(resolved("Latency"))

    [incident] = await prometheus.incidents()
    assert incident["is_active"] is True
    assert await prometheus.kinds(incident) == ["alert_fired", "alert_resolved"]
    assert (await prometheus.posts(incident))[1].startswith("Alert resolved: [Latency")


async def test_an_alert_that_fires_again_joins_again(prometheus: Alarm) -> None:
    await prometheus.sent(firing("Latency"))
    await prometheus.sent(resolved("Latency"))
    await prometheus.sent(firing("Latency", since="2026-11-28T11:00:00Z"))

    [incident] = await prometheus.incidents()
    assert await prometheus.kinds(incident) == ["alert_fired", "alert_resolved", "alert_fired"]


async def test_another_group_starts_another_incident(prometheus: Alarm) -> None:
    first = await prometheus.sent(firing("Latency"), group="a")
    second = await prometheus.sent(firing("Errors"), group="b")

    assert first != second
    assert len(await prometheus.incidents()) == 2


async def test_all_of_a_source_can_belong_together(ops: Ops, admin: Person) -> None:
    prometheus = await alarm(ops, admin, "alertmanager", grouping="source")
    first = await prometheus.sent(firing("Latency"), group="a")
    second = await prometheus.sent(firing("Errors"), group="b")

    assert first == second


async def test_a_storm_of_groups_does_not_open_a_channel_for_each(prometheus: Alarm) -> None:
    for number in range(8):
        await prometheus.sent(firing(f"A{number}"), group=f"g{number}")

    assert len(await prometheus.incidents()) == 5
    prometheus.room.clock.turn(seconds=601)
    await prometheus.sent(firing("Late"), group="late")
    assert len(await prometheus.incidents()) == 6


async def end(alarm: Alarm, incident: dict[str, Any]) -> None:
    answer = await alarm.ops.do(alarm.ops.ana, "PUT", incident, "/end")
    assert answer.status_code == 200


async def test_after_the_end_a_new_alert_starts_anew(prometheus: Alarm) -> None:
    await prometheus.sent(firing("Latency"))
    [old] = await prometheus.incidents()
    await end(prometheus, old)

    second = await prometheus.sent(firing("Errors"))
    third = await prometheus.sent(firing("Latency", since="2026-11-28T11:00:00Z"))

    assert old["id"] != second == third
    assert len(await prometheus.incidents()) == 2


async def test_after_the_end_an_alert_that_fires_on_starts_nothing_for_an_hour(prometheus: Alarm) -> None:
    await prometheus.sent(firing("Latency"))
    [old] = await prometheus.incidents()
    await end(prometheus, old)

    prometheus.room.clock.turn(seconds=3500)
    await prometheus.sent(firing("Latency"))
    before = len(await prometheus.incidents())
    prometheus.room.clock.turn(seconds=200)
    await prometheus.sent(firing("Latency"))

    assert (before, len(await prometheus.incidents())) == (1, 2)


async def test_a_resolution_after_the_end_is_noted_where_it_belongs_and_restarts_nothing(
    prometheus: Alarm,
) -> None:
    await prometheus.sent(firing("Latency"))
    [incident] = await prometheus.incidents()
    await end(prometheus, incident)

    await prometheus.sent(resolved("Latency"))

    [ended] = await prometheus.incidents()
    assert ended["is_active"] is False
    assert await prometheus.kinds(ended) == ["alert_fired", "alert_resolved"]
    assert "Alert resolved" in (await prometheus.posts(ended))[-1]


async def test_what_is_resolved_and_unknown_is_nothing_to_do_about(prometheus: Alarm) -> None:
    assert await prometheus.sent(resolved("Latency")) == ""
    assert await prometheus.incidents() == []


async def test_basic_authentication_does_too(prometheus: Alarm) -> None:
    credentials = base64.b64encode(f"any:{prometheus.source['token']}".encode()).decode()

    answer = await prometheus.post(
        ALERTMANAGER, webhook(firing("Latency")), {"Authorization": f"Basic {credentials}"}
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic !!", "Basic OnRva2Vu", "Digest x"])
async def test_without_the_token_nothing_is_read(prometheus: Alarm, header: str) -> None:
    answer = await prometheus.post(ALERTMANAGER, "nonsense", {"Authorization": header} if header else None)

    assert answer.status_code == 401
    assert answer.json() == {"status": "error", "error": "No alert source has this token."}
    assert await prometheus.incidents() == []


@pytest.mark.parametrize(
    "body",
    [
        "nonsense",
        [],
        {},
        {**webhook(), "version": "3"},
        {**webhook(), "alerts": {}},
        webhook({"status": "burning"}),
        webhook({"labels": {"a": 1}}),
        webhook({**firing("A"), "labels": {"alertname": "nul\x00"}}),
    ],
)
async def test_a_webhook_that_is_none_is_refused_whole(prometheus: Alarm, body: Any) -> None:
    answer = await prometheus.post(
        ALERTMANAGER, body, {"Authorization": f"Bearer {prometheus.source['token']}"}
    )

    assert (answer.status_code, answer.json()["status"]) == (400, "error")
    assert await prometheus.incidents() == []


async def test_what_alerts_say_mentions_nobody_and_fits(prometheus: Alarm) -> None:
    wild = {**firing("A"), "annotations": {"summary": "@all *[x](http://e)* " + "y" * 5000}}
    many = [{**wild, "fingerprint": f"f{number}"} for number in range(300)]
    odd = {**firing("B"), "generatorURL": "javascript:alert(1)", "labels": {}, "annotations": {}}

    await prometheus.sent(*many, odd)

    [incident] = await prometheus.incidents()
    [message] = await prometheus.posts(incident)
    assert "@all" not in message and "javascript" not in message
    assert message.startswith("@ana: 301 alerts firing:\n- ") and "- and 291 more" in message
    assert len(message) < 16383


async def test_an_event_triggers_acknowledges_and_resolves(duty: Alarm) -> None:
    answers = [await duty.duty(event(action)) for action in ("trigger", "trigger", "acknowledge", "resolve")]

    assert {answer.status_code for answer in answers} == {202}
    assert answers[0].json() == {"status": "success", "message": "Event processed", "dedup_key": "disk"}
    [incident] = await duty.incidents()
    assert (incident["name"], incident["is_active"]) == ("Disk is full", True)
    assert await duty.kinds(incident) == ["alert_fired", "alert_acknowledged", "alert_resolved"]
    assert await duty.posts(incident) == [
        "@ana: Alert firing: **Disk is full (db-1)** (critical)",
        "Alert resolved: **Disk is full (db-1)** (critical)",
    ]


async def test_an_event_without_a_key_is_given_one(duty: Alarm) -> None:
    first, second = [(await duty.duty(event("trigger", None))).json()["dedup_key"] for _ in range(2)]

    [incident] = await duty.incidents()
    assert first != second
    assert await duty.kinds(incident) == ["alert_fired"] * 2


async def test_a_trigger_after_the_end_starts_anew(duty: Alarm) -> None:
    await duty.duty(event("trigger"))
    [incident] = await duty.incidents()
    await end(duty, incident)

    await duty.duty(event("trigger"))

    assert len(await duty.incidents()) == 2


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "'event_action' must be one of: 'trigger', 'acknowledge', 'resolve'"),
        (event("explode"), "'event_action' must be one of: 'trigger', 'acknowledge', 'resolve'"),
        (event("resolve", None), "'dedup_key' is missing or blank"),
        (event("trigger", "x" * 256), "'dedup_key' is longer than 255 characters"),
        (event("trigger", payload=None), "'payload.summary' is missing or blank"),
        (
            event("trigger", payload={"summary": "s", "source": "s", "severity": "bad"}),
            "'payload.severity' must be one of: 'critical', 'error', 'warning', 'info'",
        ),
    ],
)
async def test_an_event_that_is_none_is_refused_as_pagerduty_does(
    duty: Alarm, body: dict[str, Any], error: str
) -> None:
    answer = await duty.duty(body)

    assert answer.status_code == 400
    assert (answer.json()["status"], answer.json()["message"]) == ("invalid event", "Event object is invalid")
    assert error in answer.json()["errors"]
    assert await duty.incidents() == []


async def test_an_unknown_routing_key_is_an_invalid_event(duty: Alarm, prometheus: Alarm) -> None:
    unknown = await duty.post(PAGERDUTY, {**event("trigger"), "routing_key": "x" * 32})
    of_other_kind = await duty.post(
        PAGERDUTY, {**event("trigger"), "routing_key": prometheus.source["token"]}
    )
    unreadable = await duty.room.stranger().v4.post(f"{SITE}{PAGERDUTY}", content=b"{")

    assert [one.status_code for one in (unknown, of_other_kind, unreadable)] == [400] * 3
    assert unknown.json()["errors"] == ["'routing_key' is not that of an alert source"]
    assert unreadable.json()["status"] == "invalid event"


async def test_too_large_an_event_is_refused(duty: Alarm) -> None:
    answer = await duty.duty(event("trigger", client="x" * 600_000))

    assert answer.status_code == 413
    assert answer.json()["status"] == "invalid event"


async def test_a_storm_makes_one_incident_and_few_posts(duty: Alarm) -> None:
    storm = (duty.duty(event("trigger", f"k{number}")) for number in range(1000))

    answers = await asyncio.gather(*storm)

    assert {answer.status_code for answer in answers} == {202}
    [incident] = await duty.incidents()
    assert len(await duty.kinds(incident)) == 1000
    posts = await duty.posts(incident)
    assert len(posts) <= 3
    assert posts[-1].endswith("1000 of 1000 alerts are firing now.")


async def test_groups_that_come_at_once_make_one_incident_each(prometheus: Alarm) -> None:
    storm = (
        prometheus.sent(*(firing(f"{group}{number}") for number in range(10)), group=group)
        for group in "ab" * 10
    )

    ids = await asyncio.gather(*storm)

    assert len(set(ids)) == 2
    assert len(await prometheus.incidents()) == 2


async def test_a_flood_without_end_is_held_back(duty: Alarm, prometheus: Alarm) -> None:
    for alarm in (duty, prometheus):
        throttle = duty.room.app.state.alert_intake.throttle
        for _ in range(BURST):
            assert not await throttle.wait_s(alarm.source["id"], now=duty.room.clock.now())

    event_answer = await duty.duty(event("trigger"))
    headers = {"Authorization": f"Bearer {prometheus.source['token']}"}
    webhook_answer = await prometheus.post(ALERTMANAGER, webhook(firing("A")), headers)
    duty.room.clock.turn(seconds=1)
    later = await duty.duty(event("trigger"))

    assert (event_answer.status_code, event_answer.json()["status"]) == (429, "throttle exceeded")
    assert (webhook_answer.status_code, webhook_answer.headers["Retry-After"]) == (503, "1")
    assert later.status_code == 202


async def test_servers_share_what_a_sender_may_send(room: Room) -> None:
    one, two = (Throttle(room.app.state.incident_desks_of_nobody) for _ in range(2))

    async def taken(*throttles: Throttle) -> int:
        """How many requests each takes in turn until all refuse."""
        took = 0
        waiting = set[Throttle]()
        while len(waiting) < len(throttles):
            for throttle in throttles:
                if await throttle.wait_s("source", now=room.clock.now()):
                    waiting.add(throttle)
                else:
                    took += 1
        return took

    assert await taken(one, two) == BURST
    room.clock.turn(seconds=2)
    assert await taken(one, two) == 2 * PER_S
    room.clock.turn(seconds=-3600)
    assert await taken(one) == 0
    room.clock.turn(seconds=1)
    assert await taken(two) == PER_S


async def test_what_was_gathered_before_a_stop_is_posted_after(duty: Alarm) -> None:
    await duty.duty(event("trigger", "a"))
    await duty.duty(event("trigger", "b"))
    duty.room.clock.turn(seconds=3600)

    await duty.room.app.state.alert_posts.fire_due()

    [incident] = await duty.incidents()
    assert len([one for one in await duty.ops.messages(incident) if "Alert firing" in one]) == 2


async def test_a_playbook_that_is_gone_starts_nothing(prometheus: Alarm) -> None:
    await prometheus.ops.ana.v0.delete(f"/playbooks/{prometheus.source['playbook_id']}")

    headers = {"Authorization": f"Bearer {prometheus.source['token']}"}
    answer = await prometheus.post(ALERTMANAGER, webhook(firing("Latency")), headers)

    assert answer.status_code in (400, 409)
    assert await prometheus.incidents() == []


async def test_if_the_commander_has_left_another_leads(prometheus: Alarm, admin: Person) -> None:
    ops = prometheus.ops
    await ops.ana.v0.put(
        f"/alert-sources/{prometheus.source['id']}",
        json={"name": "P", "playbook_id": prometheus.source["playbook_id"], "commander_id": ops.ben.id},
    )
    await admin.delete(f"/teams/{ops.team.id}/members/{ops.ben.id}")

    await prometheus.sent(firing("Latency"))

    [incident] = await prometheus.incidents()
    assert incident["commander_user_id"] == ops.ana.id
