"""What people write about an incident, over REST v0."""

import asyncio
from typing import Any

import httpx

from tests.support.incidents import Ops
from tests.support.people import Person, Room

UNKNOWN = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
DOCUMENT = "/review/document"


async def document(ops: Ops, incident: dict[str, Any], query: str = "") -> dict[str, Any]:
    answer = await ops.do(ops.ana, "GET", incident, DOCUMENT + query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def write(
    ops: Ops, incident: dict[str, Any], text: str, version: int, *, by: Person | None = None
) -> httpx.Response:
    return await ops.do(by or ops.ana, "PUT", incident, DOCUMENT, {"text": text, "version": version})


async def put(ops: Ops, incident: dict[str, Any], status: str, version: int) -> httpx.Response:
    body = {"status": status, "version": version}
    return await ops.do(ops.ana, "PUT", incident, f"{DOCUMENT}/status", body)


async def plan(ops: Ops, playbook_id: str, **fields: Any) -> httpx.Response:
    body = {"template": "", "remind_after_seconds": 0, "version": 0, **fields}
    return await ops.ana.v0.put(f"/playbooks/{playbook_id}/review_plan", json=body)


async def test_a_document_begins_with_what_the_log_and_the_channel_know(ops: Ops) -> None:
    incident = await ops.incident(ops.ben, name="Data *base* is down")
    await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/0/state", {"new_state": "closed"})
    await ops.do(
        ops.ana,
        "POST",
        incident,
        "/status",
        {"message": "@ben and @channel are on it: ops@example.com", "reminder": 0},
    )
    ops.room.clock.turn(seconds=3600)
    await ops.do(ops.ana, "PUT", incident, "/end")

    found = await document(ops, incident, "?timezone=Asia/Tokyo")

    assert (found["version"], found["status"]) == (0, "draft")
    text = found["text"]
    assert text.startswith("# Review: Data \\*base\\* is down\n")
    assert "- Took: 1 hour\n- Tasks done: 1 of 4\n- Times are in Asia/Tokyo." in text
    assert "> ben and channel are on it: ops@example.com" in text
    assert "ana did Call the \\*\\*on-call\\*\\*" in text
    assert "- Not done: Say hello" in text
    assert "before the end" not in text
    assert text != (await document(ops, incident, "?timezone=UTC"))["text"]


async def test_a_playbooks_template_is_filled_in_and_nothing_that_was_put_in_again(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    assert (await plan(ops, playbook_id, template="We: $NAME ($COST)")).status_code == 200
    incident = await ops.incident(playbook_id=playbook_id, name="Down $SUMMARY")

    assert (await document(ops, incident))["text"] == "We: Down $SUMMARY ($COST)"


async def test_versions_are_kept_and_nobody_overwrites_what_they_have_not_seen(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    assert (await write(ops, incident, "one", 0)).json()["version"] == 1
    assert (await write(ops, incident, "two", 1, by=ops.ben)).json()["version"] == 2

    late = await write(ops, incident, "lost?", 1)

    assert late.status_code == 409
    assert "Somebody else saved the review" in late.json()["error"]
    assert (await document(ops, incident))["text"] == "two"
    listed = await ops.do(ops.ana, "GET", incident, f"{DOCUMENT}/versions")
    assert [(one["version"], one["editor_id"]) for one in listed.json()["items"]] == [
        (2, ops.ben.id),
        (1, ops.ana.id),
    ]
    first = await ops.do(ops.ana, "GET", incident, f"{DOCUMENT}/versions/1")
    assert first.json()["text"] == "one"
    assert (await ops.do(ops.ana, "GET", incident, f"{DOCUMENT}/versions/3")).status_code == 404


async def test_of_two_who_save_at_once_one_is_refused(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)

    answers = await asyncio.gather(
        write(ops, incident, "Ana's", 0), write(ops, incident, "Ben's", 0, by=ops.ben)
    )

    assert sorted(one.status_code for one in answers) == [200, 409]
    [saved] = [one.json()["text"] for one in answers if one.status_code == 200]
    assert (await document(ops, incident))["text"] == saved


async def test_publishing_shows_the_document_to_the_channel_once(ops: Ops) -> None:
    incident = await ops.incident()
    await write(ops, incident, "## It was the cart", 0)

    asked = (await put(ops, incident, "in_review", 1)).json()
    published = (await put(ops, incident, "published", 1)).json()
    again = (await put(ops, incident, "published", 1)).json()

    assert (published["status"], published["published_version"]) == ("published", 1)
    assert again == published
    assert asked["discussion_post_id"] not in ("", published["discussion_post_id"])
    said = await ops.messages(incident)
    assert said[-2].startswith("@ana asks for comments on the review of Database is down.")
    assert said[-1] == "@ana published the review of this incident.\n\n***\n## It was the cart"
    reply = {
        "message": "+1",
        "channel_id": incident["channel_id"],
        "root_id": published["discussion_post_id"],
    }
    assert (await ops.ana.post("/posts", reply)).status_code == 201


async def test_what_is_too_long_for_a_post_is_cut_and_said_to_be(ops: Ops) -> None:
    incident = await ops.incident()
    await write(ops, incident, "long line\n" * 5000, 0)

    assert (await put(ops, incident, "published", 1)).status_code == 200

    posted = (await ops.messages(incident))[-1]
    assert len(posted) <= 16383
    assert posted.endswith("long line\n\n***\nThe rest is on the incident's page, under Review.")


async def test_of_a_long_line_as_much_as_fits_is_posted(ops: Ops) -> None:
    incident = await ops.incident()
    await write(ops, incident, "# Cart\n" + "word " * 5000, 0)

    await put(ops, incident, "published", 1)

    posted = (await ops.messages(incident))[-1]
    assert 16_000 < len(posted) <= 16_383
    assert "word\n\n***\n" in posted


async def test_a_document_calls_nobody_whom_a_title_or_a_name_called(ops: Ops) -> None:
    incident = await ops.incident(name="Tell @all")
    await ops.do(
        ops.ana, "PUT", incident, "/checklists/0/add", {"title": "Write to @ben, not to ben@example.com"}
    )

    text = (await document(ops, incident))["text"]

    assert "# Review: Tell all" in text
    assert "Write to ben, not to ben@example.com" in text


async def test_a_stage_that_was_not_reached_is_said_to_be(ops: Ops) -> None:
    incident = await ops.incident()

    text = (await document(ops, incident))["text"]

    assert "| not reached | 0 |" in text


async def test_a_published_document_that_is_written_on_is_a_draft_again(ops: Ops) -> None:
    incident = await ops.incident()
    await write(ops, incident, "one", 0)
    await put(ops, incident, "published", 1)

    written = (await write(ops, incident, "two", 1)).json()

    assert (written["status"], written["version"], written["published_version"]) == ("draft", 2, 1)


async def test_what_makes_no_document_is_refused(ops: Ops) -> None:
    incident = await ops.incident()

    assert (await write(ops, incident, " \n", 0)).status_code == 400
    assert (await write(ops, incident, "x" * 200_001, 0)).status_code == 400
    assert (await write(ops, incident, "x\x00", 0)).status_code == 400
    assert (await put(ops, incident, "published", 0)).status_code == 409
    assert (await put(ops, incident, "lost", 0)).status_code == 400
    assert (await ops.do(ops.ana, "GET", incident, f"{DOCUMENT}?timezone=../x")).status_code == 400
    assert (await document(ops, incident))["version"] == 0


async def test_documents_are_for_those_who_may_see_the_incident_and_written_by_its_members(
    ops: Ops, room: Room
) -> None:
    stranger = await room.person("stranger")
    incident = await ops.incident()
    await write(ops, incident, "one", 0)

    assert (await ops.do(stranger, "GET", incident, DOCUMENT)).status_code == 403
    assert (await ops.ana.v0.get(f"/incidents/{UNKNOWN}{DOCUMENT}")).status_code == 403
    assert (await ops.do(ops.ben, "GET", incident, DOCUMENT)).status_code == 200
    assert (await write(ops, incident, "two", 1, by=ops.ben)).status_code == 403


async def test_the_commander_is_reminded_of_a_review_that_is_due(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    await plan(ops, playbook_id, remind_after_seconds=3600)
    incident = await ops.incident(playbook_id=playbook_id)
    await ops.do(ops.ana, "PUT", incident, "/end")
    job = ops.room.app.state.review_reminders
    await job.fire_due()
    before = await ops.messages(incident)

    ops.room.clock.turn(seconds=3600)
    await job.fire_due()
    await job.fire_due()

    told = "@ana, the review of Database is down is due: write it on the incident's page, and publish it."
    assert await ops.messages(incident) == [*before, told]


async def test_nobody_is_reminded_of_what_is_published_or_goes_on(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    await plan(ops, playbook_id, remind_after_seconds=60)
    published = await ops.incident(playbook_id=playbook_id)
    await ops.do(ops.ana, "PUT", published, "/end")
    await write(ops, published, "one", 0)
    await put(ops, published, "published", 1)
    restarted = await ops.incident(playbook_id=playbook_id, name="Again")
    await ops.do(ops.ana, "PUT", restarted, "/end")
    await ops.do(ops.ana, "PUT", restarted, "/restart")

    ops.room.clock.turn(seconds=120)
    await ops.room.app.state.review_reminders.fire_due()

    for incident in (published, restarted):
        assert not any("is due" in said for said in await ops.messages(incident))


async def test_a_plan_is_changed_by_who_saw_it_and_copied_with_its_playbook(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    saved = await plan(ops, playbook_id, template="T", remind_after_seconds=60)
    answer = saved.json()
    assert answer.pop("usual_template").startswith("# Review: $NAME")
    assert answer == {"template": "T", "remind_after_seconds": 60, "version": 1}

    assert (await plan(ops, playbook_id, template="U")).status_code == 409
    assert (await plan(ops, playbook_id, remind_after_seconds=-1, version=1)).status_code == 400
    copy = (await ops.ana.v0.post(f"/playbooks/{playbook_id}/duplicate")).json()["id"]

    for id_ in (playbook_id, copy):
        found = await ops.ana.v0.get(f"/playbooks/{id_}/review_plan")
        assert found.json() == saved.json()
