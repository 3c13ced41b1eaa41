"""Starting an incident."""

from dataclasses import replace
from typing import Any

import pytest

from commandpost.incidents.actions import playbooks, start
from commandpost.incidents.actions.start import (
    BroadcastNotAllowed,
    ChannelNotAllowed,
    CommanderOutsideTeam,
    PostUnreadable,
    TeamMissing,
)
from commandpost.incidents.events import IncidentCreated, IncidentUpdated
from commandpost.incidents.model.incident import StageOutOfRange
from commandpost.incidents.model.naming import NameInvalid, NameTaken
from commandpost.incidents.model.playbook import PlaybookDeleted, PlaybookOfOtherTeam, PlaybookTask
from commandpost.incidents.model.text import TextTooLong, TextUnstorable
from commandpost.incidents.model.timeline import IncidentStarted, MemberJoined, TaskAssigned
from commandpost.incidents.permissions import NotAuthorized
from commandpost.incidents.ports import Actor, ChannelType
from commandpost.kernel.errors import Refusal
from tests.actions.room import Room, actor, stage


async def test_an_incident_takes_its_stages_and_settings_from_its_playbook(room: Room) -> None:
    playbook = await room.playbook(
        stage("Triage", "Call the **on-call**", "Say hello"),
        stage("Close"),
        reminder_timer_default_s=900,
        reminder_message_template="### Template",
    )

    started = await room.start(name=" Server Down ", playbook_id=playbook.id)

    incident = await room.seen(started)
    assert incident == started
    assert incident.name == "Server Down"
    assert [s.title for s in incident.stages] == ["Triage", "Close"]
    assert [t.title for t in incident.stages[0].tasks] == ["Call the **on-call**", "Say hello"]
    assert (incident.previous_reminder_s, incident.reminder_message_template) == (900, "### Template")
    assert (incident.playbook_id, incident.playbook_version) == (playbook.id, 1)


async def test_tasks_that_the_playbook_gives_to_people_are_theirs_and_they_are_in_the_channel(
    room: Room,
) -> None:
    given = {
        name: PlaybookTask(title=name, assignee_id=id_) for name, id_ in (("a", room.ben.id), ("b", "x"))
    }
    guests = PlaybookTask(title="c", assignee_id=room.gus.id)
    playbook = await room.playbook(stage("Triage", *given.values(), guests, "d"))

    incident = await room.start(playbook_id=playbook.id)

    assert [task.assignee_id for task in incident.stages[0].tasks] == [room.ben.id, "", "", ""]
    assert await room.seen(incident) == incident
    assert room.chat.members[incident.channel_id] == [room.ana.id, room.ben.id]
    log = await room.log(incident)
    assert [type(payload) for payload in log[:4]] == [
        IncidentStarted,
        MemberJoined,
        MemberJoined,
        TaskAssigned,
    ]
    assert [payload.to_id for payload in log if isinstance(payload, TaskAssigned)] == [room.ben.id]


async def test_a_blank_incident_has_one_empty_stage_and_a_public_channel(room: Room) -> None:
    incident = await room.start()

    assert [(s.title, s.tasks) for s in incident.stages] == [("Checklist", ())]
    channel = room.chat.channels[incident.channel_id]
    assert (channel.type, channel.name, channel.display_name) == (
        ChannelType.PUBLIC,
        "server-down",
        "Server Down",
    )
    assert room.chat.headers[channel.id] == "The channel was created by the Incident Management plugin."


async def test_the_description_becomes_the_header(room: Room) -> None:
    incident = await room.start(description="smoke")

    assert room.chat.headers[incident.channel_id] == "smoke"


async def test_commander_and_starter_are_members_and_the_commander_is_named(room: Room) -> None:
    incident = await room.start(by=room.ana, commander_id=room.ben.id)

    assert room.chat.members[incident.channel_id] == [room.ben.id, room.ana.id]
    assert room.said(incident) == ["This incident has been started by @ben"]
    assert incident.reporter_id == room.ana.id


async def test_the_start_is_logged_with_who_was_there(room: Room) -> None:
    playbook = await room.playbook(stage("Triage", "call"))
    incident = await room.start(playbook_id=playbook.id, commander_id=room.ben.id)

    started, ben, ana = await room.log(incident)

    assert isinstance(started, IncidentStarted)
    assert started.stages[0].tasks[0].title == "call"
    assert ben == MemberJoined(
        user_id=room.ben.id, is_bot=False, timezone="Europe/Vienna", working_hours="Mon-Fri 9-17"
    )
    assert isinstance(ana, MemberJoined) and ana.user_id == room.ana.id


async def test_the_start_is_told_after_it_is_committed(room: Room) -> None:
    incident = await room.start(client_id="tab")

    assert room.facts == [
        IncidentUpdated(incident=replace(incident, last_event=0)),
        IncidentCreated(incident=incident, by=room.ana.id, client_id="tab"),
    ]


async def test_a_taken_name_gets_random_letters_once(room: Room) -> None:
    first, second = await room.start(), await room.start()

    names = [room.chat.channels[incident.channel_id].name for incident in (first, second)]
    assert names[0] == "server-down"
    assert names[1].startswith("server-down-") and len(names[1]) == len("server-down-xxxx")
    assert first.name == second.name


async def test_a_name_taken_twice_is_refused(room: Room) -> None:
    room.chat.every_name_is_taken = True

    with pytest.raises(NameTaken):
        await room.start()


async def test_an_incident_from_a_post_quotes_it(room: Room) -> None:
    town = room.chat.add_channel(room.team, "town", ChannelType.PUBLIC, room.ana)
    post = await room.chat.post_as(room.ben.id, town.id, "the site is slow 100%\nsecond line")

    incident = await room.start(post_id=post.id)

    assert room.said(incident)[1] == (
        f"[Original Post](http://chat.example/_redirect/pl/{post.id})\n > the site is slow 100%\nsecond line"
    )
    assert incident.post_id == post.id


async def test_the_dialog_tells_the_commander_where_the_incident_is(room: Room) -> None:
    incident = await room.start(told_in="some-channel")

    assert room.chat.whispers == [
        (room.ana.id, "some-channel", "Incident Server Down started in ~server-down")
    ]
    assert incident.is_active


async def test_an_incident_can_start_at_a_later_stage(room: Room) -> None:
    playbook = await room.playbook(stage("Triage"), stage("Close"))

    incident = await room.start(playbook_id=playbook.id, active_stage=1)

    assert (incident.active_stage, incident.active_stage_title) == (1, "Close")


async def test_a_playbook_without_stages_makes_an_incident_without_stages(room: Room) -> None:
    playbook = await room.playbook()

    incident = await room.seen(await room.start(playbook_id=playbook.id))

    assert incident.stages == ()


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({"name": ""}, NameInvalid),
        ({"name": "a"}, NameInvalid),
        ({"name": "n" * 65}, NameInvalid),
        ({"name": "日本語"}, NameInvalid),
        ({"name": "nul \0 in it"}, TextUnstorable),
        ({"name": "half \ud800 in it"}, TextUnstorable),
        ({"description": "d" * 1025}, TextTooLong),
        ({"active_stage": 1}, StageOutOfRange),
        ({"active_stage": -1}, StageOutOfRange),
        ({"team_id": ""}, TeamMissing),
        ({"commander_id": ""}, TeamMissing),
        ({"team_id": "nosuch"}, CommanderOutsideTeam),
        ({"commander_id": "nosuch"}, CommanderOutsideTeam),
        ({"playbook_id": "nosuch"}, NotAuthorized),
        ({"post_id": "nosuch"}, PostUnreadable),
        ({"broadcast_channel_id": "nosuch"}, BroadcastNotAllowed),
    ],
)
async def test_what_cannot_be_started_leaves_nothing_behind(
    room: Room, wanted: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        await room.start(**wanted)

    assert room.chat.channels == {} and room.facts == []


async def test_outsiders_and_guests_do_not_lead(room: Room) -> None:
    for user in (room.dan, room.gus):
        with pytest.raises(CommanderOutsideTeam):
            await room.start(commander_id=user.id)


async def test_only_members_of_a_playbook_start_from_it(room: Room) -> None:
    playbook = await room.playbook(member_ids=(room.ben.id,))

    await room.start(by=room.ben, playbook_id=playbook.id)
    for user in (room.cy, room.sys):
        with pytest.raises(NotAuthorized):
            await room.start(by=user, playbook_id=playbook.id)


async def test_a_channel_of_a_kind_that_one_may_not_make_is_refused(room: Room) -> None:
    playbook = await room.playbook(create_public_incident=False)
    room.chat.narrow.add((room.ana.id, ChannelType.PRIVATE))

    with pytest.raises(ChannelNotAllowed) as refused:
        await room.start(playbook_id=playbook.id)

    assert refused.value.message == "You are not able to create a private channel: permissions error"


async def test_a_post_of_a_channel_one_cannot_read_is_refused(room: Room) -> None:
    secret = room.chat.add_channel(room.team, "secret", ChannelType.PRIVATE, room.ben)
    post = await room.chat.post_as(room.ben.id, secret.id, "psst")

    with pytest.raises(PostUnreadable):
        await room.start(post_id=post.id)


async def test_a_deleted_playbook_or_one_of_another_team_starts_nothing(room: Room) -> None:
    other = room.chat.add_team("dev", room.ana)
    elsewhere = await room.playbook(team_id=other.id)
    deleted = await room.playbook()
    async with room.desk() as desk:
        await playbooks.delete(desk, actor(room.ana), deleted.id)

    with pytest.raises(PlaybookOfOtherTeam):
        await room.start(playbook_id=elsewhere.id)
    with pytest.raises(PlaybookDeleted):
        await room.start(playbook_id=deleted.id)


async def test_later_edits_of_the_playbook_leave_the_incident_alone(room: Room) -> None:
    playbook = await room.playbook(stage("Triage", "call"))
    incident = await room.start(playbook_id=playbook.id)
    content = (await room.playbook(stage("Other"))).content
    async with room.desk() as desk:
        await playbooks.edit(desk, actor(room.ana), playbook.id, content)

    assert await room.seen(incident) == incident


async def test_the_dialog_offers_ones_own_playbooks_by_title(room: Room) -> None:
    zebra = await room.playbook(title="zebra")
    ant = await room.playbook(title="Ant")
    await room.playbook(title="of Ben", by=room.ben)

    async with room.desk() as desk:
        await start.open_dialog(
            desk, actor(room.ana), team_id=room.team.id, trigger_id="t", client_id="tab", post_id="p"
        )

    ((user_id, trigger_id, dialog),) = room.chat.dialogs
    assert (user_id, trigger_id, dialog.title) == (room.ana.id, "t", "Incident Details")
    assert dialog.introduction_text == (
        "**Commander:** Ana Lovelace\n\nPlaybooks are necessary to start an incident. [Create a playbook.]"
        "(http://chat.example/ops/com.mattermost.plugin-incident-management/playbooks/new)"
    )
    assert dialog.state == '{"post_id": "p", "client_id": "tab"}'
    assert dialog.elements is not None and dialog.elements[0].options is not None
    assert [option.value for option in dialog.elements[0].options] == [ant.id, zebra.id]
    assert dialog.elements[2].default == "[Original Post](http://chat.example/_redirect/pl/p)"


async def test_the_dialog_on_a_phone_has_no_link(room: Room) -> None:
    async with room.desk() as desk:
        on_phone = Actor(user_id=room.ben.id, is_mobile=True)
        await start.open_dialog(desk, on_phone, team_id=room.team.id, trigger_id="t")

    assert room.chat.dialogs[0][2].introduction_text == (
        "**Commander:** @ben\n\nPlaybooks are necessary to start an incident."
    )
