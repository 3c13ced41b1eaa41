"""Many people at once over HTTP: nobody loses a change."""

import asyncio
from typing import Any

import httpx

from tests.support.incidents import Ops

_CONNECTIONS = 16
_MANY = 40
_ROUNDS = 12


async def test_forty_ticks_and_forty_new_tasks_at_once_are_all_there(ops: Ops) -> None:
    stages = [{"title": "One", "items": [{"title": f"task {at}"} for at in range(_MANY)]}]
    incident = await ops.incident(playbook_id=await ops.playbook(checklists=stages))
    turns = asyncio.Semaphore(_CONNECTIONS)

    async def do(path: str, body: dict[str, Any]) -> httpx.Response:
        async with turns:
            return await ops.do(ops.ana, "PUT", incident, f"/checklists/0{path}", body)

    ticks = [do(f"/item/{at}/state", {"new_state": "closed"}) for at in range(_MANY)]
    adds = [do("/add", {"title": f"added {at}"}) for at in range(_MANY)]
    mixed = [one for pair in zip(ticks, adds, strict=True) for one in pair]
    answers = await asyncio.gather(*mixed)

    assert sorted({answer.status_code for answer in answers}) == [200, 201]
    items = (await ops.seen(incident))["checklists"][0]["items"]
    assert [one["title"] for one in items[:_MANY]] == [f"task {at}" for at in range(_MANY)]
    assert {one["state"] for one in items[:_MANY]} == {"closed"}
    assert sorted(one["title"] for one in items[_MANY:]) == sorted(f"added {at}" for at in range(_MANY))
    log = (await ops.do(ops.ana, "GET", incident, "/timeline?kind=task_ticked&kind=task_added")).json()
    assert log["total_count"] == 2 * _MANY
    said = await ops.ana.get(f"/channels/{incident['channel_id']}/posts", params={"per_page": 200})
    assert sum("checked off" in post["message"] for post in said.json()["posts"].values()) == _MANY


async def test_posts_ticks_joins_and_leaves_at_once_wait_for_each_other_in_one_order(ops: Ops) -> None:
    incident = await ops.incident()
    members = f"/channels/{incident['channel_id']}/members"

    async def come_and_go() -> list[httpx.Response]:
        answers: list[httpx.Response] = []
        for _ in range(8):
            answers.append(await ops.ben.post(members, {"user_id": ops.ben.id}))
            answers.append(await ops.ben.delete(f"{members}/{ops.ben.id}"))
        return answers

    async def talk() -> list[httpx.Response]:
        new = {"channel_id": incident["channel_id"], "message": "@ben look"}
        return [await ops.ana.post("/posts", new) for _ in range(16)]

    async def tick() -> list[httpx.Response]:
        return [
            await ops.do(
                ops.ana,
                "PUT",
                incident,
                "/checklists/0/item/0/state",
                {"new_state": "closed" if at % 2 else ""},
            )
            for at in range(16)
        ]

    done = await asyncio.gather(come_and_go(), talk(), talk(), tick(), tick())

    assert {answer.status_code for answers in done for answer in answers} <= {200, 201}
    log = await ops.do(ops.ana, "GET", incident, "/timeline")
    numbers = [entry["sequence"] for entry in log.json()["items"]]
    assert numbers == list(range(1, len(numbers) + 1))
    kinds = [entry["kind"] for entry in log.json()["items"]]
    assert (kinds.count("post_seen"), kinds.count("member_left")) == (32, 8)


async def test_of_many_who_end_an_incident_one_does(ops: Ops) -> None:
    incident = await ops.incident()

    answers = await asyncio.gather(*(ops.do(ops.ana, "PUT", incident, "/end") for _ in range(8)))

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    assert (await ops.messages(incident)).count("This incident has been closed by @ana") == 1


async def test_incidents_of_one_name_started_at_once_have_channels_of_their_own(ops: Ops) -> None:
    playbook_id = await ops.playbook()

    started = await asyncio.gather(*(ops.incident(playbook_id=playbook_id, name="Same") for _ in range(8)))

    assert len({incident["channel_id"] for incident in started}) == 8


async def test_whatever_happens_to_status_posts_and_their_replies_at_once_has_one_order(ops: Ops) -> None:
    """Edits and deletions take what updates take: in another order, some would be undone."""
    incident = await ops.incident(ops.ben)
    updates = [await status_post(ops, incident, at) for at in range(_ROUNDS)]

    async def talk_and_tick(post_id: str) -> list[httpx.Response]:
        reply = {"channel_id": incident["channel_id"], "root_id": post_id, "message": "@ben see"}
        done = [await ops.ben.post("/posts", reply) for _ in range(3)]
        done.append(await ops.do(ops.ben, "POST", incident, "/update-status-dialog", a_status("again")))
        return done

    async def edit_and_delete(post_id: str) -> list[httpx.Response]:
        done = [await ops.ana.put(f"/posts/{post_id}/patch", {"message": f"edit {at}"}) for at in range(3)]
        thread = (await ops.ana.get(f"/posts/{post_id}/thread")).json()
        reply_id = next((one for one in thread["order"] if one != post_id), post_id)
        gone = await asyncio.gather(
            ops.ben.delete(f"/posts/{reply_id}"),
            ops.ana.post("/posts/" + post_id + "/pin"),
            ops.ana.delete(f"/posts/{post_id}"),
        )
        return [*done, *gone]

    done = await asyncio.gather(
        *(deed(post_id) for post_id in updates for deed in (talk_and_tick, edit_and_delete))
    )

    # Who comes too late for a post that is deleted is told so.
    assert {answer.status_code for answers in done for answer in answers} <= {200, 201, 400, 403, 404}


def a_status(message: str) -> dict[str, Any]:
    return {"submission": {"message": message, "reminder": "0"}}


async def status_post(ops: Ops, incident: dict[str, Any], number: int) -> str:
    """A status update's post."""
    answer = await ops.do(ops.ana, "POST", incident, "/update-status-dialog", a_status(f"status {number}"))
    assert answer.status_code == 200, answer.text
    return (await ops.seen(incident))["status_posts"][-1]["id"]
