"""What people do over there, in Mattermost's own client, is noticed here at once."""

from typing import Any

from tests.support.attached import Attached, Colleague


async def test_posts_edits_and_deletions_are_heard(attached: Attached) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    incident = await attached.incident(ana, commander_user_id=ben.id)
    await attached.listening()
    await ana.v0.post(f"/incidents/{incident['id']}/status", json={"message": "All quiet."})
    update = (await attached.seen(incident, ana))["status_post_ids"][0]

    said = _post(attached, ben, incident, "I see nothing.")
    attached.town.call("PUT", f"/posts/{update}/patch", token=ana.token, json={"message": "All quiet again."})
    await attached.logged(incident, ana, "status_edited")
    attached.town.call("DELETE", f"/posts/{update}", token=ana.token)
    await attached.logged(incident, ana, "status_deleted")

    seen = await attached.log(incident, ana, "post_seen", "status_edited", "status_deleted")
    assert [(one["kind"], one["payload"]["post_id"]) for one in seen] == [
        ("post_seen", said["id"]),
        ("status_edited", update),
        ("status_deleted", update),
    ]


async def test_what_becomes_of_the_channel_is_said_in_the_log(attached: Attached) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    await attached.listening()
    channel = f"/channels/{incident['channel_id']}"

    attached.town.call("PUT", f"{channel}/patch", json={"display_name": "Database trouble"})
    await attached.logged(incident, ana, "channel_changed", times=1)
    attached.town.call("DELETE", channel)
    await attached.logged(incident, ana, "channel_changed", times=2)
    attached.town.call("POST", f"{channel}/restore")
    await attached.logged(incident, ana, "channel_changed", times=3)
    attached.town.call("DELETE", f"{channel}/members/{attached.town.bot_id}")
    await attached.logged(incident, ana, "channel_changed", times=4)
    attached.town.call("POST", f"{channel}/members", json={"user_id": attached.town.bot_id})
    told = await attached.logged(incident, ana, "channel_changed", times=5)

    assert [one["payload"]["change"] for one in told] == [
        "renamed",
        "archived",
        "restored",
        "bot_removed",
        "bot_returned",
    ]
    assert told[0]["payload"]["name"] == "Database trouble"


async def test_who_comes_and_goes_is_noticed_at_once(attached: Attached) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    playbook_id = await attached.playbook(ana, create_public_incident=False)
    incident = await attached.incident(ana, playbook_id=playbook_id)
    await attached.listening()
    members = f"/channels/{incident['channel_id']}/members"
    path = f"/incidents/{incident['id']}"

    attached.town.call("POST", members, token=ana.token, json={"user_id": ben.id})
    await attached.logged(incident, ana, "member_joined", times=2)
    inside = (await ben.v0.get(path)).status_code
    attached.town.call("DELETE", f"{members}/{ben.id}", token=ana.token)
    left = await attached.logged(incident, ana, "member_left")

    assert inside == 200
    assert left[0]["payload"]["user_id"] == ben.id
    assert (await ben.v0.get(path)).status_code == 403


def _post(attached: Attached, by: Colleague, incident: dict[str, Any], message: str) -> dict[str, Any]:
    body = {"channel_id": incident["channel_id"], "message": message}
    return attached.town.call("POST", "/posts", token=by.token, json=body)
