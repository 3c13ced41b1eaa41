"""What the chat reports to the core."""

from commandpost.db import Sql
from commandpost.incidents.actions import end, membership, witness
from commandpost.incidents.model.timeline import MemberJoined, MemberLeft, PostSeen
from tests.actions.room import Room, actor, stage

_PRESENCE = Sql("SELECT user_id, at, status FROM presence_changes ORDER BY at")


async def test_posts_are_noted_without_their_text(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))

    async with room.desk() as desk:
        for channel_id in (incident.channel_id, "no incident's"):
            await witness.post_seen(
                desk.work,
                channel_id=channel_id,
                post_id="post",
                author_id=room.ana.id,
                root_id="root",
                at=desk.now,
            )

    assert (await room.log(incident))[-1] == PostSeen(post_id="post", author_id=room.ana.id, root_id="root")


async def test_coming_and_going_is_logged_once_each(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))

    await room.join(room.ben, incident)
    await room.join(room.ben, incident)
    await room.leave(room.ben, incident)
    await room.join(room.ben, incident)

    log = [
        type(entry)
        for entry in await room.log(incident)
        if isinstance(entry, MemberJoined | MemberLeft) and entry.user_id == room.ben.id
    ]
    assert log == [MemberJoined, MemberLeft, MemberJoined]


async def test_leaving_without_having_been_there_is_nothing(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))

    async with room.desk() as desk:
        for channel_id in (incident.channel_id, "no incident's"):
            await membership.left(
                desk.work, channel_id=channel_id, user_id=room.cy.id, by=room.cy.id, at=desk.now
            )

    assert not [entry for entry in await room.log(incident) if isinstance(entry, MemberLeft)]


async def test_presence_is_noted_of_members_of_ongoing_incidents(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))

    async def both_go(status: str) -> None:
        room.clock.turn(seconds=1)
        async with room.desk() as desk:
            for user in (room.ana, room.ben):
                await witness.presence_changed(desk.work, user_id=user.id, status=status, at=desk.now)

    await both_go("away")
    await both_go("online")
    async with room.desk() as desk:
        await end.end(desk, actor(room.ana), incident.id)
    await both_go("offline")

    async with room.database.read() as work:
        rows = [(row["user_id"], row["at"], row["status"]) for row in await work.all(_PRESENCE)]
    now = room.clock.now()
    assert rows == [(room.ana.id, now - 2000, "away"), (room.ana.id, now - 1000, "online")]
