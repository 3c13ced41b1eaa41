"""Playbooks."""

from dataclasses import replace

import pytest

from commandpost.incidents.actions import playbooks, subscriptions
from commandpost.incidents.actions.access import PlaybookUnknown
from commandpost.incidents.model.listing import Direction, Page, PlaybookSort
from commandpost.incidents.model.playbook import PlaybookContent
from commandpost.incidents.model.subscription import SubscriptionUrlInvalid
from commandpost.incidents.model.text import TextTooLong
from commandpost.incidents.permissions import NotAuthorized
from commandpost.incidents.ports import ChannelType, User
from tests.actions.room import Room, actor, stage


async def titles(
    room: Room, who: User, *, sort: PlaybookSort = PlaybookSort.TITLE, direction: Direction = Direction.ASC
) -> list[str]:
    async with room.desks.reading() as desk:
        found = await playbooks.listed(
            desk, actor(who), room.team.id, sort=sort, direction=direction, page=Page()
        )
    assert found.total == len(found.items)
    return [playbook.title for playbook in found.items]


async def test_a_playbook_is_kept_as_it_was_made_with_its_creator_in_it(room: Room) -> None:
    made = await room.playbook(stage("Triage", "call"), stage("Close"), member_ids=(room.ben.id,))

    async with room.desks.reading() as desk:
        assert await playbooks.view(desk, actor(room.ben), made.id) == made
    assert made.content.member_ids == (room.ben.id, room.ana.id)
    assert [s.title for s in made.content.stages] == ["Triage", "Close"]


async def test_only_members_and_admins_see_a_playbook(room: Room) -> None:
    made = await room.playbook(member_ids=(room.gus.id,))

    async with room.desks.reading() as desk:
        assert await playbooks.view(desk, actor(room.sys), made.id) == made
        for who in (room.ben, room.gus, room.dan):
            for playbook_id in (made.id, "nosuch"):
                with pytest.raises(NotAuthorized):
                    await playbooks.view(desk, actor(who), playbook_id)
        with pytest.raises(PlaybookUnknown):
            await playbooks.view(desk, actor(room.sys), "nosuch")


async def test_who_left_the_team_has_lost_its_playbooks(room: Room) -> None:
    made = await room.playbook()
    room.chat.team_members[room.team.id].discard(room.ana.id)

    async with room.desks.reading() as desk:
        with pytest.raises(NotAuthorized):
            await playbooks.view(desk, actor(room.ana), made.id)


async def test_lists_hold_ones_own_playbooks_and_all_for_admins(room: Room) -> None:
    await room.playbook(stage("s", "1", "2"), title="bravo")
    await room.playbook(stage("s"), stage("t"), title="Alpha")
    gone = await room.playbook(title="gone")
    await room.playbook(title="of Ben", by=room.ben)
    async with room.desk() as desk:
        await playbooks.delete(desk, actor(room.ana), gone.id)
        own = await playbooks.own(desk, actor(room.sys), room.team.id)

    assert await titles(room, room.ana) == ["Alpha", "bravo"]
    assert await titles(room, room.ana, direction=Direction.DESC) == ["bravo", "Alpha"]
    assert await titles(room, room.ana, sort=PlaybookSort.STAGES) == ["bravo", "Alpha"]
    assert await titles(room, room.ana, sort=PlaybookSort.STEPS) == ["Alpha", "bravo"]
    assert await titles(room, room.sys) == ["Alpha", "bravo", "of Ben"]
    assert own.total == 0
    with pytest.raises(NotAuthorized):
        await titles(room, room.gus)


async def test_an_edit_replaces_everything_and_keeps_the_versions_before(room: Room) -> None:
    made = await room.playbook(stage("Triage", "call"))
    room.clock.turn(seconds=1)
    content = replace(made.content, title="New", stages=(), member_ids=(room.ben.id,))

    async with room.desk() as desk:
        edited = await playbooks.edit(desk, actor(room.ana), made.id, content)

    assert (edited.version, edited.content, edited.create_at) == (2, content, made.create_at)
    async with room.desks.reading() as desk:
        assert await playbooks.view(desk, actor(room.ben), made.id) == edited
        with pytest.raises(NotAuthorized):
            await playbooks.view(desk, actor(room.ana), made.id)


async def test_a_deleted_playbook_can_still_be_looked_at(room: Room) -> None:
    made = await room.playbook()
    room.clock.turn(seconds=1)

    for _ in range(2):
        async with room.desk() as desk:
            await playbooks.delete(desk, actor(room.ana), made.id)

    async with room.desks.reading() as desk:
        assert (await playbooks.view(desk, actor(room.ana), made.id)).delete_at == room.clock.now()


async def test_a_broadcast_channel_is_one_where_the_editor_may_post(room: Room) -> None:
    secret = room.chat.add_channel(room.team, "secret", ChannelType.PRIVATE, room.ben)
    with pytest.raises(NotAuthorized):
        await room.playbook(broadcast_channel_id=secret.id)
    made = await room.playbook(by=room.ben, broadcast_channel_id=secret.id, member_ids=(room.ana.id,))

    async with room.desk() as desk:
        renamed = replace(made.content, title="Kept the channel")
        await playbooks.edit(desk, actor(room.ana), made.id, renamed)
        cleared = replace(made.content, broadcast_channel_id="")
        await playbooks.edit(desk, actor(room.ana), made.id, cleared)
        with pytest.raises(NotAuthorized):
            await playbooks.edit(desk, actor(room.ana), made.id, made.content)


async def test_guests_outsiders_and_too_long_titles_make_no_playbook(room: Room) -> None:
    content = PlaybookContent(team_id=room.team.id, title="t")

    async with room.desk() as desk:
        for who in (room.gus, room.dan):
            with pytest.raises(NotAuthorized):
                await playbooks.create(desk, actor(who), content)
        with pytest.raises(TextTooLong):
            await playbooks.create(desk, actor(room.ana), replace(content, title="t" * 1025))


async def test_a_playbook_moves_only_to_a_team_of_its_editor(room: Room) -> None:
    made = await room.playbook()
    elsewhere = room.chat.add_team("dev", room.ben)

    with pytest.raises(NotAuthorized):
        async with room.desk() as desk:
            moved = replace(made.content, team_id=elsewhere.id)
            await playbooks.edit(desk, actor(room.ana), made.id, moved)


async def test_members_of_a_playbook_subscribe_and_admins_do_not(room: Room) -> None:
    made = await room.playbook()

    async with room.desk() as desk:
        kept = await subscriptions.subscribe(desk, actor(room.ana), made.id, "https://hook.example/x")
        with pytest.raises(NotAuthorized):
            await subscriptions.subscribe(desk, actor(room.sys), made.id, "https://hook.example/x")
        for url in ("", "ftp://x", "no address", "http://[x"):
            with pytest.raises(SubscriptionUrlInvalid):
                await subscriptions.subscribe(desk, actor(room.ana), made.id, url)

    assert (kept.user_id, kept.playbook_id) == (room.ana.id, made.id)
