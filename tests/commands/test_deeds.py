"""Sub-commands that do something, typed outside and inside the channel of an incident."""

import pytest

from commandpost.incidents.commands.wording import HELP
from tests.commands.conftest import Box
from tests.support.incidents import Ops

GENERIC = "Your request could not be completed. Check the system logs for more information."
NO_CHANNEL = "You can only {} from within the incident's channel."


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", HELP),
        (" nonsense", HELP),
        (" START", HELP),
        (" check", HELP),
        (" check 0", HELP),
        (" announce", HELP),
        (" nuke-db", HELP),
        (" end", NO_CHANNEL.format("end an incident")),
        (" update", NO_CHANNEL.format("update an incident")),
        (" restart", NO_CHANNEL.format("restart an incident")),
        (" stage", "`/incident stage` expects one argument: either `next` or `prev`"),
        (" stage a b", "`/incident stage` expects one argument: either `next` or `prev`"),
        (" stage foo", "`/incident stage` expects the argument to be either `next` or `prev`"),
        (" stage next", NO_CHANNEL.format("change an incident stage")),
        (" check x 0", "Error parsing the first argument. Must be a number."),
        (" check 0 x", "Error parsing the second argument. Must be a number."),
        (" check 0 0", NO_CHANNEL.format("check/uncheck an item")),
        (" commander", NO_CHANNEL.format("see the commander")),
        (" commander @ben", NO_CHANNEL.format("change the commander")),
        (" commander a b", "/incident commander expects at most one argument."),
        (" announce ~town-square", NO_CHANNEL.format("announce")),
        (" info", NO_CHANNEL.format("see the details of an incident")),
    ],
)
async def test_what_is_said_outside_an_incident(box: Box, typed: str, answer: str) -> None:
    [post] = await box.type(f"/incident{typed}")

    assert post["message"] == answer


async def test_the_bot_says_it(box: Box) -> None:
    [post] = await box.type("/incident")

    bot = (await box.ops.ana.get("/users/username/incident")).json()
    assert post["user_id"] == bot["id"]


async def test_the_dialog_for_a_start_remembers_tab_and_post(box: Box, ops: Ops) -> None:
    playbook_id = await ops.playbook()
    await ops.playbook(title="Theirs", by=ops.ben, member_ids=[ops.ben.id])

    assert await box.told("/incident start tab post") == []

    [opened] = box.dialogs
    dialog = opened["dialog"]
    assert dialog["title"] == "Incident Details"
    assert dialog["state"] == '{"post_id": "post", "client_id": "tab"}'
    [choice] = dialog["elements"][0]["options"]
    assert choice == {"text": "Outage", "value": playbook_id}
    assert dialog["elements"][2]["default"].endswith("/_redirect/pl/post)")

    await box.told("/incident start a b c")
    assert box.dialogs[0]["dialog"]["state"] == '{"post_id": "", "client_id": "a"}'


async def test_an_incident_is_ended_and_restarted(box: Box, ops: Ops) -> None:
    here = (incident := await ops.incident())["channel_id"]

    assert await box.told("/incident restart", channel_id=here) == ["This incident is already active."]
    assert await box.told("/incident end", channel_id=here) == []
    assert box.dialogs[0]["dialog"]["title"] == "Confirm End Incident"
    assert (await ops.seen(incident))["is_active"] is True
    await ops.do(ops.ana, "PUT", incident, "/end")
    for typed in ("/incident end", "/incident update"):
        assert await box.told(typed, channel_id=here) == ["This incident has already been closed."]
    assert await box.told("/incident restart", channel_id=here) == []

    assert (await ops.seen(incident))["is_active"] is True
    assert (await ops.messages(incident))[-1] == "This incident has been restarted by @ana"


async def test_a_status_update_is_written_in_a_dialog(box: Box, ops: Ops) -> None:
    incident = await ops.incident()

    assert await box.told("/incident update", channel_id=incident["channel_id"]) == []

    assert box.dialogs[0]["dialog"]["title"] == "Update Incident Status"
    assert box.dialogs[0]["dialog"]["elements"][0]["default"] == "### Template"


async def test_stages_follow_one_another(box: Box, ops: Ops) -> None:
    here = (incident := await ops.incident())["channel_id"]

    async def move(word: str) -> tuple[list[str], int]:
        told = await box.told(f"/incident stage {word}", channel_id=here)
        assert bool(box.dialogs) == (word == "next" and told == [] and incident_is_open)
        return told, (await ops.seen(incident))["active_stage"]

    incident_is_open = True
    assert await move("prev") == (["The active stage is the first one."], 0)
    assert await move("next") == ([], 0)
    for item in range(3):
        await ops.do(ops.ana, "PUT", incident, f"/checklists/0/item/{item}/state", {"new_state": "closed"})
    await ops.do(ops.ana, "PUT", incident, "/checklists/1/item/0/state", {"new_state": "in_progress"})
    incident_is_open = False
    assert await move("NEXT") == ([], 1)
    assert await move("next") == ([], 2)
    last = "The active stage is the last one. If you want to end the incident, run `/incident end`"
    assert await move("next") == ([last], 2)
    assert await move("prev") == ([], 1)
    assert (await ops.messages(incident))[
        -1
    ] == "ana changed the active stage from **Close** to **Mitigate**."


async def test_without_stages_there_is_nothing_to_change(box: Box, ops: Ops) -> None:
    incident = await ops.incident(playbook_id=await ops.playbook(checklists=[]))

    told = await box.told("/incident stage next", channel_id=incident["channel_id"])

    assert told == ["The incident contains no stages."]


async def test_a_task_is_ticked_and_opened_again(box: Box, ops: Ops) -> None:
    here = (incident := await ops.incident())["channel_id"]

    for expected in ("checked off", "unchecked"):
        assert await box.told("/incident check 0 0", channel_id=here) == []
        said = f"ana {expected} checklist item **Call the on-call**"
        assert (await ops.messages(incident))[-1] == said
    for nowhere in ("9 0", "0 9", "-1 0", f"{10**17} 0"):
        assert await box.told(f"/incident check {nowhere}", channel_id=here) == [GENERIC]
    assert await box.told("/incident check 0", channel_id=here) == [HELP]


async def test_the_commander_is_shown_and_changed(box: Box, ops: Ops) -> None:
    here = (incident := await ops.incident())["channel_id"]
    await ops.room.person("cleo")
    answers = {
        "": "**@ana** is the current commander for this incident.",
        " @ana": "User @ana is already commander of this incident.",
        " @ben": "User @ben must be part of this channel to make them commander.",
        " cleo": "User @cleo must be part of this channel to make them commander.",
        " @@Nobody": "Unable to find user @Nobody",
    }
    for typed, text in answers.items():
        assert await box.told(f"/incident commander{typed}", channel_id=here) == [text]

    await ops.add(ops.ana, incident, ops.ben)
    assert await box.told("/incident commander ben", channel_id=here) == []

    assert (await ops.seen(incident))["commander_user_id"] == ops.ben.id
    changed = "ana changed the incident commander from **@ana** to **@ben**."
    assert (await ops.messages(incident))[-1] == changed


async def test_each_channel_to_announce_in_is_handled_on_its_own(box: Box, ops: Ops) -> None:
    here = (await ops.incident())["channel_id"]
    secret = await ops.ben.post(
        "/channels", {"team_id": ops.team.id, "name": "secret", "display_name": "Secret", "type": "P"}
    )
    assert secret.status_code == 201

    told = await box.told("/incident announce ~nosuch town-square secret ~off-topic", channel_id=here)

    assert told == ["Channel not found: ~nosuch", "Cannot post to: secret"]
    for name in ("town-square", "off-topic"):
        channel = (await ops.ana.get(f"/teams/{ops.team.id}/channels/name/{name}")).json()
        page = (await ops.ana.get(f"/channels/{channel['id']}/posts")).json()
        newest = page["posts"][page["order"][0]]
        assert newest["message"] == "@ana started an incident in ~database-is-down"


async def test_who_is_not_in_the_channel_runs_nothing_there(box: Box, ops: Ops) -> None:
    incident = await ops.incident()

    wanted = {
        "command": "/incident info",
        "channel_id": incident["channel_id"],
        "team_id": ops.team.id,
    }
    answer = await ops.ben.post("/commands/execute", wanted)

    assert answer.status_code == 403


async def test_switched_off_the_product_has_no_command(box: Box, ops: Ops) -> None:
    ops.room.configure(incidents_enabled=False)

    wanted = {"command": "/incident", "channel_id": box.lobby, "team_id": ops.team.id}
    answer = await ops.ana.post("/commands/execute", wanted)

    assert answer.status_code == 404
