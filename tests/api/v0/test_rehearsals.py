"""Incidents replayed for practice, over REST v0."""

import asyncio
from typing import Any

import httpx

from tests.support.incidents import Ops
from tests.support.outside import Outside
from tests.support.people import Person


async def over(ops: Ops, *members: Person, is_private: bool = False) -> dict[str, Any]:
    """An incident that took an hour, with talk, a task, a stage, an update that wants a reminder."""
    incident = await ops.incident(*members, is_private=is_private)
    clock = ops.room.clock
    clock.turn(seconds=600)
    await ops.ana.post("/posts", {"channel_id": incident["channel_id"], "message": "@ben the *cart* is full"})
    await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/0/state", {"new_state": "closed"})
    clock.turn(seconds=600)
    await ops.do(ops.ana, "POST", incident, "/status", {"message": "On it", "reminder": 1200})
    clock.turn(seconds=600)
    await ops.ana.v0.patch(f"/incidents/{incident['id']}", json={"active_stage": 1})
    clock.turn(seconds=1800)
    assert (await ops.do(ops.ana, "PUT", incident, "/end")).status_code == 200
    return incident


async def rehearse(
    ops: Ops, incident: dict[str, Any], speed: int = 60, by: Person | None = None
) -> httpx.Response:
    return await ops.do(by or ops.ana, "POST", incident, "/rehearsals", {"speed": speed})


async def begun(ops: Ops, incident: dict[str, Any], speed: int = 60) -> dict[str, Any]:
    answer = await rehearse(ops, incident, speed)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    return {**told, "id": told["incident_id"]}


async def play(ops: Ops, seconds: int, step_s: int = 1) -> None:
    """Let time pass, and what is due be done."""
    jobs = (ops.room.app.state.rehearsals, ops.room.app.state.reminders)
    for _ in range(seconds // step_s):
        ops.room.clock.turn(seconds=step_s)
        for job in jobs:
            while await job.fire_due() == 0:
                pass


async def log_of(ops: Ops, incident: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What is in a log, but for ids and the time of the start."""
    found = await ops.ana.v0.get(f"/incidents/{incident['id']}/timeline")
    items = found.json()["items"]
    start = items[0]["at"]
    return [
        (
            one["kind"],
            one["at"] - start,
            {k: v for k, v in one["payload"].items() if k in ("step", "number", "after_ms", "title")},
        )
        for one in items
    ]


async def test_an_incident_is_replayed_at_the_chosen_speed_with_prompts_and_reminders(ops: Ops) -> None:
    source = await over(ops, ops.ben)
    practice = await begun(ops, source)
    assert (practice["steps"], practice["lasts_ms"], practice["next_at"] > 0) == (5, 60_000, True)

    await play(ops, 30)

    said = [one for one in await ops.messages(practice) if one.startswith("[Practice]")]
    assert said == [
        "[Practice] **ana** wrote:\n> @\u200bben the *cart* is full",
        '[Practice] **ana** had "Call the on-call" done by now.',
        "[Practice] **ana** posted a status update. Is it time for yours?\n> On it",
        '[Practice] **ana** moved to the stage "Mitigate".',
    ]
    assert not (await ops.seen(practice))["reminder_post_id"]
    await play(ops, 10)
    assert (await ops.seen(practice))["reminder_post_id"]
    reminder = "[Practice] @ana, please provide an update on this incident's progress."
    assert reminder in await ops.messages(practice)


async def test_the_same_incident_and_speed_give_the_same_log(ops: Ops) -> None:
    source = await over(ops)
    one = await begun(ops, source)
    other = await begun(ops, source)

    await play(ops, 65, step_s=13)

    first, second = await log_of(ops, one), await log_of(ops, other)
    assert first == second
    assert [entry[0] for entry in first if entry[0].startswith("re")] == [
        "rehearsal_started",
        *["rehearsal_step"] * 4,
        "reminder_due",
        "reminder_shown",
        "rehearsal_step",
    ]


async def test_a_seed_draws_the_same_incident_for_a_playbook_again(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    bodies = ({"seed": 7, "speed": 1000}, {"seed": 7, "speed": 1000}, {"seed": 8, "speed": 1000})
    told: list[dict[str, Any]] = []
    for body in bodies:
        answer = await ops.ana.v0.post(f"/playbooks/{playbook_id}/rehearsals", json=body)
        assert answer.status_code == 201, answer.text
        told.append({**answer.json(), "id": answer.json()["incident_id"]})

    await play(ops, 150, step_s=50)

    logs = [await log_of(ops, one) for one in told]
    assert logs[0] == logs[1] != logs[2]
    assert told[0]["original"] == told[1]["original"]
    assert told[0]["name"].startswith("Practice: ")
    assert (await ops.seen(told[0]))["playbook_id"] == ""


async def test_practice_is_marked_and_scored_stage_by_stage_at_the_end(ops: Ops) -> None:
    source = await over(ops)
    practice = await begun(ops, source)
    seen = await ops.seen(practice)
    assert (seen["is_practice"], seen["name"]) == (True, "Practice: Database is down")
    assert not (await ops.seen(source))["is_practice"]
    channel = (await ops.ana.get(f"/channels/{practice['channel_id']}")).json()
    assert channel["header"].startswith("PRACTICE")
    assert channel["display_name"].startswith("Practice: ")

    await play(ops, 15, step_s=15)
    await ops.do(ops.ana, "PUT", practice, "/checklists/0/item/0/state", {"new_state": "closed"})
    await ops.do(ops.ana, "POST", practice, "/status", {"message": "Working", "reminder": 600})
    await ops.ana.v0.patch(f"/incidents/{practice['id']}", json={"active_stage": 1})
    await play(ops, 9, step_s=9)
    assert not (await ops.seen(practice))["reminder_post_id"]
    await play(ops, 1)
    assert (await ops.seen(practice))["reminder_post_id"]
    await ops.do(ops.ana, "PUT", practice, "/end")

    score = (await ops.messages(practice))[-1]
    assert "| First status update after | 20m | 15m |" in score
    assert "| Ended after | 1h | 25m |" in score
    assert "| Triage: reached after | < 1m, active 30m, 1 of 3 tasks done | < 1m, active 15m, 1 of 3" in score
    told = (await ops.ana.v0.get(f"/incidents/{practice['id']}/rehearsal")).json()
    assert told["is_over"]
    assert told["next_at"] == 0
    assert told["stages"][1] == {
        "title": "Mitigate",
        "original": {"reached_ms": 1_800_000, "active_ms": 1_800_000, "tasks": 1, "done": 0},
        "practice": {"reached_ms": 900_000, "active_ms": 600_000, "tasks": 1, "done": 0},
    }
    before = len(await ops.messages(practice))
    await play(ops, 60, step_s=60)
    assert len(await ops.messages(practice)) == before


async def test_practice_calls_and_tells_nobody_outside(ops: Ops, admin: Person, outside: Outside) -> None:
    await admin.v4.put(
        "/config/patch", json={"ServiceSettings": {"AllowedUntrustedInternalConnections": "127.0.0.1"}}
    )
    hook = {"team_id": ops.team.id, "trigger_words": ["deploy"], "callback_urls": [f"{outside.url}/told"]}
    assert (await admin.post("/hooks/outgoing", hook)).status_code == 201
    command = {"team_id": ops.team.id, "trigger": "page", "url": f"{outside.url}/page", "method": "P"}
    assert (await admin.post("/commands", command)).status_code in (200, 201)
    town = (await ops.ana.get(f"/teams/{ops.team.id}/channels/name/town-square")).json()["id"]
    playbook_id = await ops.playbook(broadcast_channel_id=town)
    source = await ops.incident(playbook_id=playbook_id)
    await ops.do(ops.ana, "PUT", source, "/end")
    practice = await begun(ops, source)
    place = {"channel_id": practice["channel_id"]}

    await ops.ana.post("/posts", {**place, "message": "deploy now"})
    typed = await ops.ana.post("/commands/execute", {**place, "command": "/page all"})
    run = await ops.do(ops.ana, "POST", practice, "/checklists/0/item/1/run")
    await ops.do(ops.ana, "POST", practice, "/status", {"message": "Working", "reminder": 0})
    announced = await ops.ana.post(
        "/commands/execute", {**place, "command": "/incident announce town-square"}
    )

    assert (typed.status_code, run.status_code) == (409, 200)
    assert "rehearsal" in typed.json()["message"]
    messages = await ops.messages(practice)
    assert '[Practice] Not run: "/echo hello"' in messages
    assert "hello" not in messages
    assert (await ops.seen(practice))["checklists"][0]["items"][1]["command_last_run"] > 0
    assert await ops.messages({"channel_id": town}) == []
    assert announced.status_code in (200, 409)
    await ops.room.app.state.deliveries.rest()
    assert outside.asked == []


async def test_buttons_under_posts_in_practice_call_nobody_outside(
    ops: Ops, admin: Person, outside: Outside
) -> None:
    await admin.v4.put(
        "/config/patch", json={"ServiceSettings": {"AllowedUntrustedInternalConnections": "127.0.0.1"}}
    )
    source = await over(ops)
    practice = await begun(ops, source)
    button = {"id": "page", "name": "Page", "integration": {"url": f"{outside.url}/page"}}
    props = {"attachments": [{"text": "All of them?", "actions": [button]}]}
    asked: list[int] = []
    for incident in (source, practice):
        said = {"channel_id": incident["channel_id"], "message": "Page?", "props": props}
        post = (await ops.ana.post("/posts", said)).json()
        asked.append((await ops.ana.post(f"/posts/{post['id']}/actions/page", {})).status_code)

    assert (asked[0] == 409, asked[1]) == (False, 409)
    assert len(outside.asked) == 1


async def test_practice_counts_for_no_history(ops: Ops) -> None:
    source = await over(ops)
    practice = await begun(ops, source)
    await ops.do(ops.ana, "PUT", practice, "/end")
    playbook_id = (await ops.seen(source))["playbook_id"]
    later = await ops.incident(playbook_id=playbook_id)

    listed = await ops.ana.v0.get("/incidents", params={"team_id": ops.team.id, "playbook_id": playbook_id})
    review = (await ops.ana.v0.get(f"/incidents/{later['id']}/review")).json()

    assert review["past_runs"] == 1
    assert practice["id"] not in [one["id"] for one in listed.json()["items"]]
    await ops.room.app.state.review_reminders.fire_due()


async def test_what_was_said_in_private_is_replayed_by_its_members_and_in_private(
    ops: Ops, admin: Person
) -> None:
    source = await over(ops, is_private=True)

    refused = await rehearse(ops, source, by=ops.ben)
    practice = await begun(ops, source)

    assert refused.status_code == 403
    assert (await ops.ana.get(f"/channels/{practice['channel_id']}")).json()["type"] == "P"
    assert (await ops.ben.v0.get(f"/incidents/{practice['id']}")).status_code == 403
    assert (await ops.ben.v0.get(f"/incidents/{practice['id']}/rehearsal")).status_code == 403


async def test_what_cannot_be_rehearsed_is_refused(ops: Ops) -> None:
    ongoing = await ops.incident()
    source = await over(ops)
    practice = await begun(ops, source)
    await ops.do(ops.ana, "PUT", practice, "/end")
    playbook_id = await ops.playbook()

    answers = [
        await rehearse(ops, ongoing),
        await rehearse(ops, practice),
        await rehearse(ops, source, speed=0),
        await rehearse(ops, source, speed=1001),
        await ops.ana.v0.post(f"/playbooks/{playbook_id}/rehearsals", json={"seed": -1}),
        await ops.ana.v0.post(f"/playbooks/{playbook_id}/rehearsals", json={"seed": "x"}),
        await ops.ana.v0.get(f"/incidents/{source['id']}/rehearsal"),
    ]

    assert [one.status_code for one in answers] == [409, 409, 400, 400, 400, 400, 404]


async def test_two_servers_replay_a_step_once(ops: Ops) -> None:
    practice = await begun(ops, await over(ops))
    ops.room.clock.turn(seconds=600)
    job = ops.room.app.state.rehearsals

    await asyncio.gather(*(job.fire_due() for _ in range(3)))
    while await job.fire_due() == 0:
        pass

    steps = [one for one in await log_of(ops, practice) if one[0] == "rehearsal_step"]
    assert [step[2]["number"] for step in steps] == [1, 2, 3, 4, 5]
