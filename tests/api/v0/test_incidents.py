"""Incidents over REST v0: started, looked at, led, moved through their stages, ended."""

from tests.support.incidents import Ops

UNKNOWN = "aaaaaaaaaaaaaaaaaaaaaaaaaa"


async def test_an_incident_without_a_playbook_starts_with_one_empty_stage(ops: Ops) -> None:
    wanted = {
        "name": "Database is down!",
        "description": "It **fell** over",
        "team_id": ops.team.id,
        "commander_user_id": ops.ana.id,
    }

    answer = await ops.ana.v0.post("/incidents", json=wanted)

    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/json"
    incident = answer.json()
    assert answer.headers["Location"] == f"/api/v0/incidents/{incident['id']}"
    assert incident == {
        "id": incident["id"],
        "name": "Database is down!",
        "description": "It **fell** over",
        "is_active": True,
        "commander_user_id": ops.ana.id,
        "team_id": ops.team.id,
        "channel_id": incident["channel_id"],
        "create_at": ops.room.clock.now(),
        "end_at": 0,
        "delete_at": 0,
        "active_stage": 0,
        "active_stage_title": "Checklist",
        "post_id": "",
        "playbook_id": "",
        "checklists": [{"id": incident["checklists"][0]["id"], "title": "Checklist", "items": []}],
        "status_post_ids": [],
        "status_posts": [],
        "reminder_post_id": "",
        "previous_reminder": 0,
        "broadcast_channel_id": "",
        "reminder_message_template": "",
    }
    assert await ops.seen(incident) == incident
