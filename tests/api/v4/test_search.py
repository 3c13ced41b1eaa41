"""Searching posts over REST v4: the same on both databases, and only in one's own channels."""

from typing import Any

import pytest

from commandpost.kernel.clock import DAY_MS, SECOND_MS
from commandpost.workspace.model.channel import ChannelType
from tests.support.people import Person, Room
from tests.support.talk import Talk
from tests.support.wire import FORBIDDEN, error_of


async def search(person: Person, talk: Talk, terms: str, **more: Any) -> dict[str, Any]:
    answer = await person.post(f"/teams/{talk.team.id}/posts/search", {"terms": terms, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def found(person: Person, talk: Talk, terms: str, **more: Any) -> list[str]:
    result = await search(person, talk, terms, **more)
    return [result["posts"][post_id]["message"] for post_id in result["order"]]


MESSAGES = (
    "The database is on fire",
    "fire drill at noon",
    "Feuer im Größenwahn-Turm",
    "naïve café #On-Call",
    "error E1042 in foo_bar, see https://example.com/a/b?c=1",
    "日本語のテスト",
    "don't panic: 99.5% up",
)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("fire", [1, 0]),
        ("FIRE", [1, 0]),
        ("fire database", [0]),
        ('"on fire"', [0]),
        ('"fire on"', []),
        ("fire -drill", [0]),
        ('fire -"on fire"', [1]),
        ("dat*", [0]),
        ("dat", []),
        ('"on fi"*', []),
        ("größenwahn", [2]),
        ("GRÖSSENWAHN", [2]),
        ("größenwahn-turm", [2]),
        ("turm-größenwahn", []),
        ("cafe", []),
        ("café", [3]),
        ("#on-call", [3]),
        ("#on", []),
        ("#on*", [3]),
        ("#call", []),
        ("on-call", [3]),
        ("e1042", [4]),
        ("foo_bar", [4]),
        ("https://example.com/a/b?c=1", [4]),
        ("example", [4]),
        ("テスト", [5]),
        ("本語", [5]),
        ("99.5", [6]),
        ("don't", [6]),
        ("'; DROP TABLE posts; --", []),
        ("fire & | ! ( ) : * ' \\ NOT AND OR NEAR", []),
        ("fire AND drill", []),
        ("nothing", []),
        ("!!!", []),
    ],
)
async def test_words_are_found(ana: Person, talk: Talk, terms: str, expected: list[int]) -> None:
    for message in MESSAGES:
        await talk.say(ana, message)

    assert await found(ana, talk, terms) == [MESSAGES[number] for number in expected]


async def test_any_word_will_do_if_asked_for(ana: Person, talk: Talk) -> None:
    for message in MESSAGES:
        await talk.say(ana, message)

    assert await found(ana, talk, "drill database -noon", is_or_search=True) == [MESSAGES[0]]
    assert await found(ana, talk, "drill database", is_or_search=True) == [MESSAGES[1], MESSAGES[0]]


async def test_the_words_found_are_told_as_they_were_written(ana: Person, talk: Talk) -> None:
    made = await talk.say(ana, "Fire, FIREMAN! fire? #Fire other")

    result = await search(ana, talk, "fire*")
    by_tag = await search(ana, talk, "#fire")

    assert result["matches"] == {made["id"]: ["Fire", "FIREMAN", "fire"]}
    assert by_tag["matches"] == {made["id"]: ["Fire", "fire"]}


async def test_only_ones_own_channels_are_searched(
    room: Room, ana: Person, ben: Person, admin: Person, talk: Talk
) -> None:
    secret = await talk.another("secret", ana, type=ChannelType.PRIVATE)
    private = await talk.direct(ana, admin)
    outsider = await room.person("cy")
    await secret.say(ana, "needle in private")
    await talk.say(ana, "needle in public")
    await private.say(ana, "needle between us")

    assert await found(ben, talk, "needle") == ["needle in public"]
    assert await found(admin, talk, "needle") == ["needle between us"]
    assert await found(ana, talk, "needle") == [
        "needle between us",
        "needle in public",
        "needle in private",
    ]
    assert (await outsider.post("/posts/search", {"terms": "needle"})).json()["order"] == []
    refused = await outsider.post(f"/teams/{talk.team.id}/posts/search", {"terms": "needle"})
    assert error_of(refused) == FORBIDDEN


async def test_searching_in_a_team_leaves_other_teams_out(
    room: Room, ana: Person, admin: Person, talk: Talk
) -> None:
    elsewhere = await room.team("other", admin, ana)
    other = await Talk(room=room, team=elsewhere, channel=talk.channel).another("there", ana)
    await other.say(ana, "needle there")
    await talk.say(ana, "needle here")

    assert await found(ana, talk, "needle") == ["needle here"]
    both = (await ana.post("/posts/search", {"terms": "needle"})).json()
    assert len(both["order"]) == 2


async def test_authors_and_channels_narrow_a_search(ana: Person, ben: Person, talk: Talk) -> None:
    other = await talk.another("other", ana, ben)
    private = await talk.direct(ana, ben)
    await talk.say(ana, "needle 1")
    await talk.say(ben, "needle 2")
    await other.say(ana, "needle 3")
    await private.say(ben, "needle 4")

    async def numbers(terms: str) -> str:
        return "".join(message[-1] for message in await found(ana, talk, terms))

    assert await numbers("needle from:ben") == "42"
    assert await numbers("from:@Ben needle") == "42"
    assert await numbers("needle from:ben from:ana") == "4321"
    assert await numbers("needle -from:ben") == "31"
    assert await numbers("needle from:nobody") == ""
    assert await numbers("needle in:other") == "3"
    assert await numbers("needle in:~other channel:talk") == "321"
    assert await numbers(f"needle in:{other.channel_id}") == "3"
    assert await numbers("needle in:@ben") == "4"
    assert await numbers("needle -in:other") == "421"
    assert await numbers("needle in:nowhere") == ""
    assert await numbers("from:ana in:other") == "3"


async def test_days_narrow_a_search_where_the_searcher_is(ana: Person, talk: Talk) -> None:
    start = talk.room.clock.now()
    assert start % DAY_MS == (12 * 3600 + 26 * 60 + 40) * SECOND_MS
    await talk.say(ana, "needle 1")
    talk.room.clock.turn(seconds=DAY_MS / SECOND_MS)
    await talk.say(ana, "needle 2")

    assert await found(ana, talk, "needle on:2020-09-13") == ["needle 1"]
    assert await found(ana, talk, "needle after:2020-09-13") == ["needle 2"]
    assert await found(ana, talk, "needle before:2020-09-14") == ["needle 1"]
    assert await found(ana, talk, "on:2020-09-14") == ["needle 2"]
    far_east = 12 * 3600
    assert await found(ana, talk, "needle on:2020-09-14", time_zone_offset=far_east) == ["needle 1"]
    assert await found(ana, talk, "needle on:yesterday") == ["needle 2", "needle 1"]


async def test_edits_and_deletions_reach_the_index(ana: Person, talk: Talk) -> None:
    one, two = await talk.say(ana, "haystack"), await talk.say(ana, "haystack")
    await ana.put(f"/posts/{one['id']}/patch", {"message": "needle"})
    await ana.delete(f"/posts/{two['id']}")

    assert await found(ana, talk, "haystack") == []
    assert await found(ana, talk, "needle") == ["needle"]


async def test_posts_of_the_system_are_not_found(ana: Person, talk: Talk) -> None:
    assert await found(ana, talk, "joined") == []
    assert await found(ana, talk, f"in:{talk.channel.name}") == []


async def test_archived_channels_are_searched_only_if_asked_for(ana: Person, talk: Talk) -> None:
    await talk.say(ana, "needle")
    await talk.archive(ana)

    assert await found(ana, talk, "needle") == []
    assert await found(ana, talk, "needle", include_deleted_channels=True) == ["needle"]


async def test_what_is_found_comes_in_pages(ana: Person, talk: Talk) -> None:
    for number in range(5):
        await talk.say(ana, f"needle {number}")

    assert await found(ana, talk, "needle", per_page=2) == ["needle 4", "needle 3"]
    assert await found(ana, talk, "needle", per_page=2, page=2) == ["needle 0"]
    assert await found(ana, talk, "needle", per_page=0, page=-1) == [f"needle {n}" for n in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("terms", ["", "   ", "x" * 2001])
async def test_a_search_for_nothing_or_too_much_is_refused(ana: Person, talk: Talk, terms: str) -> None:
    answer = await ana.post("/posts/search", {"terms": terms})

    assert error_of(answer) == (400, "api.context.invalid_body_param.app_error")
