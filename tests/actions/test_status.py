"""Status updates, their broadcast and their reminders."""

from dataclasses import replace

import pytest

from commandpost.incidents.actions import end, reminders, status, witness
from commandpost.incidents.events import IncidentUpdated, ReminderSet
from commandpost.incidents.model.incident import AlreadyEnded, Incident
from commandpost.incidents.model.reminder import ReminderOutOfRange
from commandpost.incidents.model.status_update import StatusUpdate
from commandpost.incidents.model.text import TextTooLong, TextUnstorable
from commandpost.incidents.model.timeline import (
    ReminderDismissed,
    ReminderDue,
    ReminderShown,
    StatusDeleted,
    StatusEdited,
    StatusUpdated,
)
from commandpost.incidents.permissions import NotAuthorized
from commandpost.incidents.ports import Channel, ChannelType, Dialog
from commandpost.jobs.reminders import Reminders
from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Refusal
from tests.actions.room import Room, actor, stage


async def update(room: Room, incident: Incident, message: str, *, remind_after_s: int = 0) -> Incident:
    wanted = StatusUpdate(message=message, remind_after_s=remind_after_s)
    async with room.desk() as desk:
        return await status.update(desk, actor(room.ana), incident.id, wanted)


async def dialog(room: Room, incident: Incident) -> Dialog:
    async with room.desk() as desk:
        await status.open_dialog(desk, actor(room.ana), incident.id, "t")
    return room.chat.dialogs[-1][2]


def prefilled(shown: Dialog) -> tuple[str, str]:
    """The message and the reminder that a dialog begins with."""
    assert shown.elements is not None
    message, reminder = shown.elements
    return message.default, reminder.default


async def broadcasting(room: Room, channel: Channel, *, is_public: bool = True) -> Incident:
    playbook = await room.playbook(
        stage("Triage"),
        create_public_incident=is_public,
        broadcast_channel_id=channel.id,
        reminder_message_template="### Template",
        reminder_timer_default_s=1800,
    )
    return await room.start(playbook_id=playbook.id)


def due_reminders(room: Room) -> Reminders:
    return Reminders(room.desks, room.clock, lambda: True)


async def test_an_update_is_posted_as_the_member_and_kept(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    room.facts.clear()

    updated = await update(room, incident, "We are **looking** at 100%")

    (post,) = updated.status_posts
    said = room.chat.said[post.id]
    assert (said.author_id, said.message) == (room.ana.id, "We are **looking** at 100%")
    assert updated == await room.seen(incident)
    assert room.facts == [IncidentUpdated(incident=updated)]
    assert (await room.log(incident))[-1] == StatusUpdated(
        post_id=post.id, remind_after_s=0, broadcast_post_id=""
    )


async def test_a_copy_goes_to_the_broadcast_channel(room: Room) -> None:
    channel = room.chat.add_channel(room.team, "news", ChannelType.PUBLIC, room.ana)
    incident = await broadcasting(room, channel)
    room.clock.turn(seconds=3600)

    updated = await update(room, incident, "We are **looking**")

    assert room.chat.messages(channel.id) == [
        f"# Incident Update: [Server Down](/ops/pl/{updated.status_posts[0].id})\n"
        "By @ana | Duration: 1h | Status: Ongoing\n***\nWe are **looking**"
    ]


async def test_the_copy_of_a_private_incident_does_not_name_its_channel(room: Room) -> None:
    channel = room.chat.add_channel(room.team, "news", ChannelType.PUBLIC, room.ana)
    incident = await broadcasting(room, channel, is_public=False)

    updated = await update(room, incident, "The key is revoked")

    assert room.chat.messages(channel.id) == [
        f"# Incident Update: [a private incident](/ops/pl/{updated.status_posts[0].id})\n"
        "By @ana | Duration: < 1m | Status: Ongoing\n***\nThe key is revoked"
    ]


async def test_without_a_broadcast_channel_or_with_an_archived_one_nothing_is_copied(room: Room) -> None:
    channel = room.chat.add_channel(room.team, "news", ChannelType.PUBLIC, room.ana)
    incident = await broadcasting(room, channel)
    room.chat.channels[channel.id] = replace(channel, delete_at=room.clock.now())

    await update(room, incident, "still looking")

    assert room.chat.messages(channel.id) == []


@pytest.mark.parametrize(
    ("message", "remind_after_s", "refusal"),
    [
        ("z" * 16_384, 0, TextTooLong),
        ("\0", 0, TextUnstorable),
        ("fine", -1, ReminderOutOfRange),
    ],
)
async def test_an_update_that_cannot_be_kept_is_refused(
    room: Room, message: str, remind_after_s: int, refusal: type[Refusal]
) -> None:
    incident = await room.ongoing(stage("Triage"))

    with pytest.raises(refusal):
        await update(room, incident, message, remind_after_s=remind_after_s)

    assert await room.seen(incident) == incident


async def test_who_may_not_post_may_not_update(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    room.chat.silenced.add(room.ana.id)

    with pytest.raises(NotAuthorized):
        await update(room, incident, "psst")


async def test_an_ended_incident_takes_no_update(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    async with room.desk() as desk:
        await end.end(desk, actor(room.ana), incident.id)

    with pytest.raises(AlreadyEnded):
        await update(room, incident, "late")
    with pytest.raises(AlreadyEnded):
        await dialog(room, incident)


async def test_the_dialog_begins_with_the_template_then_with_the_newest_update(room: Room) -> None:
    channel = room.chat.add_channel(room.team, "news", ChannelType.PUBLIC, room.ana)
    incident = await broadcasting(room, channel)

    first = await dialog(room, incident)
    await update(room, incident, "one", remind_after_s=900)
    room.clock.turn(seconds=1)
    second = await update(room, incident, "two")
    edited = second.status_posts[1].id
    room.chat.said[edited] = replace(room.chat.said[edited], message="two, edited")

    assert first.introduction_text == (
        f"Update your incident status. This post will be broadcasted to [News](/ops/channels/{channel.id})."
    )
    assert prefilled(first) == ("### Template", "1800")
    assert prefilled(await dialog(room, incident)) == ("two, edited", "0")


async def test_a_deleted_update_gives_way_to_the_one_before(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    first = (await update(room, incident, "one", remind_after_s=900)).status_posts[0]
    room.clock.turn(seconds=1)
    second = (await update(room, incident, "two", remind_after_s=900)).status_posts[1]

    for post in (second, first):
        async with room.desk() as desk:
            await witness.post_deleted(desk.work, post_id=post.id, by=room.ana.id, at=desk.now)
        if post is second:
            assert prefilled(await dialog(room, incident)) == ("one", "900")

    assert prefilled(await dialog(room, incident)) == ("", "900")
    now = await room.seen(incident)
    assert [post.id for post in now.status_posts] == [first.id, second.id]
    assert all(post.delete_at for post in now.status_posts)
    assert [type(entry) for entry in (await room.log(incident))[-2:]] == [StatusDeleted, StatusDeleted]


async def test_an_edited_update_is_logged(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    (post,) = (await update(room, incident, "one")).status_posts

    async with room.desk() as desk:
        await witness.post_edited(desk.work, post_id=post.id, by=room.ana.id, at=desk.now)
        await witness.post_edited(desk.work, post_id="other", by=room.ana.id, at=desk.now)

    assert (await room.log(incident))[-1] == StatusEdited(post_id=post.id)


async def test_a_private_broadcast_channel_is_not_named(room: Room) -> None:
    channel = room.chat.add_channel(room.team, "hush", ChannelType.PRIVATE, room.ana)
    incident = await broadcasting(room, channel)

    shown = await dialog(room, incident)

    assert shown.introduction_text == (
        "Update your incident status. This post will be broadcasted to a private channel."
    )


async def test_ten_seconds_are_offered_only_while_testing(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    offered: list[list[str]] = []

    for testing in (False, True):
        room.desks.offers_short_reminders = testing
        elements = (await dialog(room, incident)).elements
        assert elements is not None and elements[1].options is not None
        offered.append([option.text for option in elements[1].options])

    assert offered[0] == ["None", "15min", "30min", "60min", "4hr", "24hr"]
    assert offered[1] == ["None", "10sec", "15min", "30min", "60min", "4hr", "24hr"]


async def test_a_reminder_is_shown_once_when_it_is_due(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    await update(room, incident, "looking", remind_after_s=900)
    job = due_reminders(room)

    assert await job.fire_due() == 30
    room.clock.turn(seconds=899)
    assert await job.fire_due() == 1
    room.clock.turn(seconds=1)
    await job.fire_due()
    await job.fire_due()

    reminder = "@ana, please provide an update on this incident's progress."
    assert room.said(incident).count(reminder) == 1
    shown = (await room.seen(incident)).reminder_post_id
    assert room.chat.said[shown].message == reminder
    (attachment,) = room.chat.attachments[shown]
    assert [button.name for button in attachment.actions] == ["Update Status", "Dismiss"]
    due, seen = (await room.log(incident))[-2:]
    assert isinstance(due, ReminderDue) and due.due_at == room.clock.now()
    assert seen == ReminderShown(post_id=shown, commander_id=room.ana.id)


async def test_setting_a_reminder_is_told(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))

    await update(room, incident, "looking", remind_after_s=900)

    due_at = Millis(room.clock.now() + 900_000)
    assert room.facts[-1] == ReminderSet(incident_id=incident.id, due_at=due_at)


async def test_a_clock_that_jumps_ahead_and_back_shows_a_reminder_once(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    await update(room, incident, "looking", remind_after_s=900)
    job = due_reminders(room)

    pauses: list[float] = []
    for jump_s in (3600, -3600, 901):
        room.clock.turn(seconds=jump_s)
        pauses.append(await job.fire_due())

    reminder = "@ana, please provide an update on this incident's progress."
    assert room.said(incident).count(reminder) == 1
    assert pauses == [30, 30, 30]


@pytest.mark.parametrize("by", ["another update", "the end"])
async def test_a_pending_reminder_is_called_off(room: Room, by: str) -> None:
    incident = await room.ongoing(stage("Triage"))
    await update(room, incident, "looking", remind_after_s=900)

    if by == "the end":
        async with room.desk() as desk:
            await end.end(desk, actor(room.ana), incident.id)
    else:
        await update(room, incident, "found it")
    room.clock.turn(seconds=3600)
    await due_reminders(room).fire_due()

    assert (await room.seen(incident)).reminder_post_id == ""


@pytest.mark.parametrize("by", ["another update", "the end", "a button"])
async def test_a_shown_reminder_goes_away(room: Room, by: str) -> None:
    incident = await room.ongoing(stage("Triage"))
    await update(room, incident, "looking", remind_after_s=900)
    room.clock.turn(seconds=900)
    await due_reminders(room).fire_due()
    shown = (await room.seen(incident)).reminder_post_id

    async with room.desk() as desk:
        if by == "the end":
            await end.end(desk, actor(room.ana), incident.id)
        elif by == "a button":
            await reminders.dismiss(desk, actor(room.ana), incident.id)
        else:
            await status.update(desk, actor(room.ana), incident.id, StatusUpdate(message="found it"))

    assert room.chat.said[shown].delete_at
    assert (await room.seen(incident)).reminder_post_id == ""


async def test_dismissing_is_logged_and_sets_nothing_anew(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    await update(room, incident, "looking", remind_after_s=900)
    room.clock.turn(seconds=900)
    job = due_reminders(room)
    await job.fire_due()
    shown = (await room.seen(incident)).reminder_post_id

    for _ in range(2):
        async with room.desk() as desk:
            await reminders.dismiss(desk, actor(room.ana), incident.id)

    dismissals = [entry for entry in await room.log(incident) if isinstance(entry, ReminderDismissed)]
    assert dismissals == [ReminderDismissed(post_id=shown)]
    assert await job.fire_due() == 30


async def test_only_who_may_edit_the_incident_dismisses(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))

    with pytest.raises(NotAuthorized):
        async with room.desk() as desk:
            await reminders.dismiss(desk, actor(room.cy), incident.id)


async def test_reminders_wait_while_the_product_is_off(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    await update(room, incident, "looking", remind_after_s=900)
    room.clock.turn(seconds=5000)

    await Reminders(room.desks, room.clock, lambda: False).fire_due()
    before = await room.seen(incident)
    await due_reminders(room).fire_due()

    assert before.reminder_post_id == ""
    assert (await room.seen(incident)).reminder_post_id
