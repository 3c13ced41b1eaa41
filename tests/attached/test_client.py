"""Calls to a Mattermost: how long is waited when it wants fewer of them."""

import time
from collections.abc import AsyncGenerator
from email.utils import formatdate

import pytest

from commandpost.chat.mattermost.client import Client
from commandpost.chat.mattermost.wire import PostsWire, RoleWire, UserWire
from tests.support.stand_in import Said, StandIn

_ME = "/api/v4/users/me"
_ANA = {"id": "ana", "username": "ana"}


@pytest.fixture
async def client(stand_in: StandIn) -> AsyncGenerator[Client]:
    client = Client(stand_in.url, "token")
    yield client
    await client.close()


def _limited(status: int, *, reset: str, date: str = "") -> Said:
    headers = {"X-Ratelimit-Limit": "10", "X-Ratelimit-Remaining": "0", "X-Ratelimit-Reset": reset}
    return Said(status=status, body=_ANA, headers={**headers, "Date": date} if date else headers)


@pytest.mark.parametrize("status", [200, 429])
@pytest.mark.parametrize("is_date_told", [True, False])
async def test_a_reset_told_as_a_time_of_day_is_waited_for_no_longer_than_until_then(
    stand_in: StandIn, client: Client, status: int, is_date_told: bool
) -> None:
    now = int(time.time())
    date = formatdate(now, usegmt=True) if is_date_told else ""
    stand_in.tell("GET", _ME, _limited(status, reset=str(now + 1), date=date), Said(body=_ANA))

    for _ in range(2):
        await client.get("/users/me", UserWire)

    assert len(stand_in.asked_for("GET", _ME)) == (2 if status == 200 else 3)


async def test_a_reset_told_in_seconds_to_go_is_waited_for(stand_in: StandIn, client: Client) -> None:
    stand_in.tell("GET", _ME, _limited(429, reset="1"), Said(body=_ANA))

    user = await client.get("/users/me", UserWire)

    assert (user.username, len(stand_in.asked_for("GET", _ME))) == ("ana", 2)


async def test_a_body_is_said_to_be_json_without_which_a_commands_later_answer_is_plain_text(
    stand_in: StandIn, client: Client
) -> None:
    path = "/hooks/commands/abc123"
    stand_in.tell("POST", path, Said())

    await client.call("POST", path, body={"text": "Done."}, root="")

    [asked] = stand_in.asked_for("POST", path)
    assert (asked.headers["content-type"], asked.json) == ("application/json", {"text": "Done."})


async def test_a_list_with_nothing_in_it_may_be_null(stand_in: StandIn, client: Client) -> None:
    stand_in.tell("POST", "/api/v4/users/usernames", Said(body=None))
    stand_in.tell("GET", "/api/v4/channels/c1/posts", Said(body={"order": None, "posts": None}))
    stand_in.tell("POST", "/api/v4/roles/names", Said(body=[{"name": "guest", "permissions": None}]))

    users = await client.post("/users/usernames", ["nobody"], list[UserWire])
    posts = await client.get("/channels/c1/posts", PostsWire)
    [role] = await client.post("/roles/names", ["guest"], list[RoleWire])

    assert (users, posts.newest, role.permits("create_post")) == ([], [], False)
