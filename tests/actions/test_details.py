"""Looking at incidents, and lists of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from commandpost.incidents.actions import commander, details, end, membership
from commandpost.incidents.actions.access import IncidentUnknown
from commandpost.incidents.actions.details import Asked, Metadata
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.listing import (
    Direction,
    FilterInvalid,
    IncidentFilter,
    IncidentSort,
    Listed,
    Page,
    Status,
)
from commandpost.incidents.model.timeline import TaskTicked
from commandpost.incidents.permissions import NotAuthorized
from commandpost.incidents.ports import User
from tests.actions.room import Room, actor, stage


async def listed(room: Room, who: User, *, page: Page | None = None, **asked: Any) -> Listed[Incident]:
    sorting = {name: asked.pop(name) for name in ("sort", "direction") if name in asked}
    wanted = IncidentFilter(team_id=room.team.id, **asked)
    async with room.desks.reading() as desk:
        return await details.listed(desk, actor(who), Asked(wanted=wanted, page=page or Page(), **sorting))


async def names(room: Room, who: User, **asked: Any) -> list[str]:
    """The names of what is listed; the total must agree."""
    found = await listed(room, who, **asked)
    assert found.total == len(found.items)
    return [incident.name for incident in found.items]


async def several(room: Room, *names: str, private: Sequence[str] = ()) -> dict[str, Incident]:
    """Incidents of Ana's by name, a second apart; some of them private."""
    made: dict[str, Incident] = {}
    for name in names:
        room.clock.turn(seconds=1)
        made[name] = await room.ongoing(stage("Triage", "a"), name=name, private=name in private)
    return made


async def test_everybody_sees_their_own_incidents_and_public_ones(room: Room) -> None:
    made = await several(room, "Open", "Secret", "Shared", private=["Secret", "Shared"])
    await room.join(room.ben, made["Shared"])

    assert await names(room, room.ana) == ["Open", "Secret", "Shared"]
    assert await names(room, room.ben) == ["Open", "Shared"]
    assert await names(room, room.cy) == ["Open"]
    assert await names(room, room.sys) == ["Open", "Secret", "Shared"]
    for outsider in (room.gus, room.dan):
        with pytest.raises(NotAuthorized):
            await listed(room, outsider)


async def test_who_leaves_a_private_incident_sees_it_no_more(room: Room) -> None:
    made = await several(room, "Secret", private=["Secret"])
    await room.join(room.ben, made["Secret"])
    await room.join(room.ben, made["Secret"])
    await room.leave(room.ben, made["Secret"])

    assert await names(room, room.ben) == []


async def test_lists_follow_a_channel_that_turns_private_or_public(room: Room) -> None:
    made = await several(room, "Open", "Secret", private=["Secret"])
    async with room.desk() as desk:
        await membership.turned_private(desk.work, channel_id=made["Open"].channel_id)
        await membership.turned_public(desk.work, channel_id=made["Secret"].channel_id)
        await membership.turned_public(desk.work, channel_id="no incident's")

    assert await names(room, room.ben) == ["Secret"]
    assert await names(room, room.ana) == ["Open", "Secret"]
    with pytest.raises(NotAuthorized):
        async with room.desks.reading() as desk:
            await details.view(desk, actor(room.ben), made["Open"].id)


async def test_filters_all_hold_together(room: Room) -> None:
    made = await several(room, "alpha one", "ALPHA two", "beta", private=["beta"])
    await room.join(room.ben, made["beta"])
    await room.join(room.ben, made["alpha one"])
    async with room.desk() as desk:
        await end.end(desk, actor(room.ana), made["ALPHA two"].id)
        await commander.change(desk, actor(room.ana), made["beta"].id, room.ben.id)

    ana, ben = room.ana, room.ben
    assert await names(room, ana, status=Status.ACTIVE) == ["alpha one", "beta"]
    assert await names(room, ana, status=Status.ENDED) == ["ALPHA two"]
    assert await names(room, ana, commander_id=ben.id) == ["beta"]
    assert await names(room, ana, commander_id=ben.id, status=Status.ENDED) == []
    assert await names(room, ana, member_id=ben.id) == ["alpha one", "beta"]
    assert await names(room, ben, member_id=ben.id) == ["alpha one", "beta"]
    assert await names(room, ben, member_id=ana.id) == ["alpha one", "ALPHA two", "beta"]
    assert await names(room, room.cy, member_id=ben.id) == ["alpha one"]
    assert await names(room, room.sys, member_id=ben.id, status=Status.ACTIVE) == ["alpha one", "beta"]
    assert await names(room, ana, search="alPHa") == ["alpha one", "ALPHA two"]
    assert await names(room, ana, search="alpha", status=Status.ACTIVE) == ["alpha one"]
    assert await names(room, ana, search="alpha", member_id=ben.id) == ["alpha one"]


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("ZiGgüRat", ["Ziggürat 100%"]),
        ("GÜR", ["Ziggürat 100%"]),
        ("0%", ["Ziggürat 100%"]),
        ("100_", []),
        ("zr", []),
        ("\\", []),
    ],
)
async def test_a_search_is_for_a_part_of_the_name_in_any_case(
    room: Room, term: str, found: list[str]
) -> None:
    await several(room, "Ziggürat 100%", "other 1000")

    assert await names(room, room.ana, search=term) == found


async def test_each_sort_goes_both_ways(room: Room) -> None:
    made = await several(room, "Bravo", "alpha", "Charlie")
    async with room.desk() as desk:
        await end.end(desk, actor(room.ana), made["alpha"].id)

    orders = {
        IncidentSort.CREATE_AT: ["Bravo", "alpha", "Charlie"],
        IncidentSort.NAME: ["alpha", "Bravo", "Charlie"],
        IncidentSort.IS_ACTIVE: ["alpha", "Bravo", "Charlie"],
        IncidentSort.ID: sorted(made, key=lambda name: made[name].id),
        IncidentSort.TEAM: sorted(made, key=lambda name: made[name].id),
        IncidentSort.COMMANDER: ["Bravo", "alpha", "Charlie"],
        IncidentSort.END_AT: [*sorted(("Bravo", "Charlie"), key=lambda name: made[name].id), "alpha"],
    }
    for sort, order in orders.items():
        assert await names(room, room.ana, sort=sort, direction=Direction.ASC) == order
        assert await names(room, room.ana, sort=sort, direction=Direction.DESC) == order[::-1]


async def test_pages_have_the_true_total(room: Room) -> None:
    await several(room, "a one", "b two", "c three")

    second = await listed(room, room.ana, page=Page(number=1, size=2))
    beyond = await listed(room, room.ana, page=Page(number=9, size=2))

    assert [incident.name for incident in second.items] == ["c three"]
    assert (second.total, second.page_count, second.has_more) == (3, 2, False)
    assert (beyond.items, beyond.total, beyond.page_count) == ([], 3, 2)


async def test_a_small_part_of_a_large_team_is_listed_alike(room: Room) -> None:
    crowd = [f"crowd {number}" for number in range(45)]
    made = await several(room, *crowd, "mine b", "mine a", private=[*crowd, "mine b"])
    await room.join(room.ben, made["mine b"])

    assert await names(room, room.ben) == ["mine b", "mine a"]
    assert await names(room, room.ben, sort=IncidentSort.NAME) == ["mine a", "mine b"]
    assert await names(room, room.ben, member_id=room.ben.id) == ["mine b"]
    assert await names(room, room.cy, member_id=room.ben.id) == []
    assert await names(room, room.sys, member_id=room.ben.id) == ["mine b"]


async def test_channels_are_listed_like_incidents(room: Room) -> None:
    made = await several(room, "one", "two", "three")

    async with room.desks.reading() as desk:
        ids = await details.channel_ids(
            desk,
            actor(room.ana),
            Asked(
                wanted=IncidentFilter(team_id=room.team.id),
                direction=Direction.DESC,
                page=Page(size=2),
            ),
        )

    assert ids == [made["three"].channel_id, made["two"].channel_id]


async def test_commanders_are_those_of_incidents_one_sees(room: Room) -> None:
    made = await several(room, "Open", "Secret", private=["Secret"])
    await room.join(room.ben, made["Secret"])
    async with room.desk() as desk:
        await commander.change(desk, actor(room.ana), made["Secret"].id, room.ben.id)

    seen: dict[str, list[str]] = {}
    async with room.desks.reading() as desk:
        for who in (room.ana, room.cy, room.sys):
            people = await details.commanders(desk, actor(who), room.team.id)
            seen[who.username] = [user.username for user in people]

    assert seen == {"ana": ["ana", "ben"], "cy": ["ana"], "sys": ["ana", "ben"]}


async def test_unknown_and_invisible_are_refused_alike(room: Room) -> None:
    made = await several(room, "Secret", private=["Secret"])
    secret = made["Secret"]

    async with room.desks.reading() as desk:
        for incident_id in (secret.id, "nosuch"):
            for deed in (details.view, details.metadata):
                with pytest.raises(NotAuthorized):
                    await deed(desk, actor(room.cy), incident_id)
        for channel_id in (secret.channel_id, "nosuch"):
            with pytest.raises(IncidentUnknown):
                await details.view_by_channel(desk, actor(room.cy), channel_id)
        with pytest.raises(IncidentUnknown):
            await details.view(desk, actor(room.sys), "nosuch")
        assert await details.view_by_channel(desk, actor(room.sys), secret.channel_id) == secret


async def test_what_surrounds_an_incident(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"), members=[room.ben, room.cy])
    await room.leave(room.ben, incident)
    bot = replace(room.dan, id="botbotbotbotbotbotbotbot", is_bot=True)
    await room.join(bot, incident)

    async with room.desks.reading() as desk:
        surroundings = await details.metadata(desk, actor(room.cy), incident.id)

    assert surroundings == Metadata(
        channel_name="server-down",
        channel_display_name="Server Down",
        team_name="ops",
        num_members=3,
        total_posts=1,
        is_member=True,
    )


async def test_every_task_is_a_choice(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "Call **her**", "b"), stage("Close", "c"))

    async with room.desks.reading() as desk:
        choices = await details.task_choices(desk, actor(room.ana), incident.channel_id)

    assert [(choice.places, choice.hint) for choice in choices] == [
        ("0 0", '"Call her"'),
        ("0 1", '"b"'),
        ("1 0", '"c"'),
    ]


async def test_the_timeline_is_numbered_paged_and_filtered(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "a"), members=[room.ben])

    async with room.desks.reading() as desk:
        ana = actor(room.ana)
        everything = await details.timeline(desk, ana, incident.id, page=Page())
        newest = await details.timeline(desk, ana, incident.id, direction=Direction.DESC, page=Page(size=2))
        joined = await details.timeline(
            desk, ana, incident.id, kinds=["member_joined", TaskTicked.kind], page=Page(number=1, size=1)
        )
        with pytest.raises(FilterInvalid):
            await details.timeline(desk, ana, incident.id, kinds=["nosuch"], page=Page())

    assert [entry.sequence for entry in everything.items] == [1, 2, 3]
    assert [entry.sequence for entry in newest.items] == [3, 2]
    assert (joined.total, joined.items[0].actor_id) == (2, room.ben.id)
