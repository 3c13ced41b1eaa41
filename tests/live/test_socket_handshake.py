"""How a socket begins: who is let in, how they are greeted, how they come back."""

from dataclasses import replace

import httpx
import pytest
import websockets

from commandpost.api.socket.door import Patience
from commandpost.db import Sql
from commandpost.kernel.ids import is_id, new_id, token_hash
from commandpost.live.message import SessionEnded
from tests.live.listening import to_channel
from tests.live.office import Office
from tests.support.clock import TestClock
from tests.support.patience import PATIENCE_S

END_SESSION = Sql("DELETE FROM sessions WHERE user_id = :user_id")
DEACTIVATE = Sql("UPDATE users SET delete_at = 1 WHERE id = :user_id")
ACCESS_TOKEN = Sql(
    "INSERT INTO access_tokens (id, token_hash, user_id, is_active) VALUES (:id, :token_hash, :user_id, TRUE)"
)
MAKE_BOT = Sql("UPDATE users SET is_bot = :is_bot WHERE id = :user_id")


async def test_a_bearer_is_greeted_unasked(office: Office) -> None:
    ana = await office.person("ana")

    talk = await office.enter(ana)

    hello = await talk.read()
    assert (hello["event"], hello["seq"], hello["broadcast"]["user_id"]) == ("hello", 0, ana.id)
    assert is_id(hello["data"]["connection_id"])
    assert hello["data"]["server_version"].startswith("5.31.")
    assert "server_hostname" in hello["data"]


@pytest.mark.parametrize("origin", ["", "http://{host}", "https://post.example.com"])
async def test_a_cookie_from_our_own_page_or_no_page_is_greeted_unasked(office: Office, origin: str) -> None:
    ana = await office.person("ana")
    headers = {"Cookie": f"MMAUTHTOKEN={ana.token}"}
    if origin:
        headers["Origin"] = origin.format(host=f"127.0.0.1:{office.port}")

    talk = await office.knock(path="/api/v4/websocket/", **headers)

    assert (await talk.read())["event"] == "hello"


async def test_a_cookie_from_a_strange_page_is_refused(office: Office) -> None:
    ana = await office.person("ana")

    with pytest.raises(websockets.InvalidStatus) as refusal:
        await office.knock(Cookie=f"MMAUTHTOKEN={ana.token}", Origin="https://evil.example.com")

    assert refusal.value.response.status_code == 403


async def test_a_challenge_brings_the_hello_before_its_reply(office: Office) -> None:
    ana = await office.person("ana")
    talk = await office.knock()

    hello = await talk.ask("authentication_challenge", {"token": ana.token})

    assert (hello["event"], hello["seq"]) == ("hello", 0)
    assert await talk.read() == {"status": "OK", "seq_reply": 1}


async def test_a_second_challenge_is_answered_without_another_hello(office: Office) -> None:
    ana = await office.person("ana")
    talk = await office.enter(ana)
    await talk.greeted()

    assert await talk.ask("authentication_challenge", {"token": ana.token}) == {
        "status": "OK",
        "seq_reply": 1,
    }


@pytest.mark.parametrize("token", ["nonsense", ""])
async def test_a_bad_token_closes_without_a_word(office: Office, token: str) -> None:
    talk = await office.knock()
    await talk.say("authentication_challenge", {"token": token})

    assert await talk.close_code() == 1008


async def test_a_dead_cookie_leaves_the_way_open_for_a_challenge(office: Office) -> None:
    ana = await office.person("ana")
    talk = await office.knock(Cookie=f"MMAUTHTOKEN={new_id()}")

    assert (await talk.ask("authentication_challenge", {"token": ana.token}))["event"] == "hello"


async def test_other_requests_before_authentication_fail_and_do_not_close(office: Office) -> None:
    talk = await office.knock()

    reply = await talk.ask("ping")

    assert (reply["status"], reply["seq_reply"]) == ("FAIL", 1)
    assert reply["error"]["id"] == "api.web_socket_router.not_authenticated.app_error"
    assert reply["error"]["status_code"] == 401
    assert (await talk.ask("ping"))["seq_reply"] == 2


async def test_who_does_not_authenticate_in_time_is_shown_out(office: Office) -> None:
    office.app.state.socket_patience = Patience(authenticate_within_s=0.05)
    talk = await office.knock()

    assert await talk.close_code() == 1008


async def test_a_session_that_runs_out_loses_its_socket_and_others_keep_theirs(
    office: Office, clock: TestClock
) -> None:
    ana, ben = await office.person("ana", expires_at=clock.now() + 1000), await office.person("ben")
    short, long = await office.enter(ana), await office.enter(ben)
    await short.greeted()
    clock.turn(seconds=2)

    await office.app.state.session_watch.look()

    assert await short.close_code() == 1008
    assert office.hub.connected_users() == {ben.id}
    await long.connection.close()


@pytest.mark.parametrize("deed", [END_SESSION, DEACTIVATE], ids=["session ended", "account deactivated"])
async def test_what_another_process_ends_loses_its_socket(office: Office, deed: Sql) -> None:
    ana = await office.person("ana")
    talk = await office.enter(ana)
    await talk.greeted()
    async with office.database.write() as work:
        await work.run(deed, user_id=ana.id)

    await office.app.state.session_watch.look()

    assert await talk.close_code() == 1008


@pytest.mark.parametrize(
    ("is_bot", "is_on", "stays"), [(True, False, True), (False, True, True), (False, False, False)]
)
async def test_a_socket_opened_with_an_access_token_stays_as_long_as_the_token_is_good(
    office: Office, is_bot: bool, is_on: bool, stays: bool
) -> None:
    ana = await office.person("ana")
    token = new_id()
    async with office.database.write() as work:
        await work.run(ACCESS_TOKEN, id=new_id(), token_hash=token_hash(token), user_id=ana.id)
        await work.run(MAKE_BOT, user_id=ana.id, is_bot=is_bot)
    talk = await office.knock(Authorization=f"Bearer {token}")
    await talk.greeted()
    desks = office.app.state.desks
    desks.config = replace(desks.config, enable_user_access_tokens=is_on)

    await office.app.state.session_watch.look()

    assert bool(office.hub.connected_users()) is stays
    await talk.connection.close()


async def test_an_ended_session_loses_its_socket_at_once(office: Office) -> None:
    ana = await office.person("ana")
    talk = await office.enter(ana)
    await talk.greeted()

    office.publish(SessionEnded(ana.id, ana.session_id))

    assert await talk.close_code() == 1008
    assert office.hub.connection_count() == 0


async def test_a_client_that_comes_back_misses_nothing(office: Office) -> None:
    ana = await office.person("ana", channels=("c1",))
    first = await office.enter(ana, "?connection_id=&sequence_number=0&posted_ack=true")
    connection_id = (await first.greeted())["data"]["connection_id"]
    await first.connection.close()
    office.publish(to_channel("c1", "meanwhile"))

    back = await office.enter(ana, f"?connection_id={connection_id}&sequence_number=2")
    office.publish(to_channel("c1", "after"))

    assert [(f["event"], f["seq"]) for f in (await back.read(), await back.read())] == [
        ("meanwhile", 2),
        ("after", 3),
    ]


@pytest.mark.parametrize(
    "query", ["?connection_id={id}&sequence_number=9", "?connection_id={id}", "?{id}=%ff"]
)
async def test_a_client_that_cannot_be_resumed_begins_anew(office: Office, query: str) -> None:
    ana = await office.person("ana")
    first = await office.enter(ana)
    old = (await first.read())["data"]["connection_id"]

    hello = await (await office.enter(ana, query.format(id=old))).read()

    assert (hello["event"], hello["seq"]) == ("hello", 0)
    assert hello["data"]["connection_id"] != old


async def test_a_client_that_remembers_only_its_number_is_greeted_with_that(office: Office) -> None:
    ana = await office.person("ana")

    talk = await office.enter(ana, "?connection_id=&sequence_number=5")

    assert (await talk.greeted())["seq"] == 5


async def test_a_client_that_comes_back_takes_over_from_its_lost_socket(office: Office) -> None:
    ana = await office.person("ana")
    lost = await office.enter(ana)
    connection_id = (await lost.greeted())["data"]["connection_id"]

    back = await office.enter(ana, f"?connection_id={connection_id}&sequence_number=2")

    assert await lost.close_code() == 4002
    assert (await back.ask("ping"))["status"] == "OK"


async def test_the_address_answers_plain_requests_with_an_error(office: Office) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE_S) as client:
        answer = await client.get(f"http://127.0.0.1:{office.port}/api/v4/websocket")

    assert (answer.status_code, answer.json()["id"]) == (400, "api.web_socket.connect.upgrade.app_error")
