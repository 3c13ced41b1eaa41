"""The Python driver that most scripts and bots use, unmodified, against a served workspace."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from mattermostautodriver import AsyncTypedDriver, TypedDriver
from mattermostautodriver.exceptions import NoAccessTokenProvided, NotEnoughPermissions, ResourceNotFound

from tests.clients.conftest import Login, Workspace
from tests.support.patience import PATIENCE_S


def options(workspace: Workspace, person: Login) -> dict[str, Any]:
    return {
        "url": "127.0.0.1",
        "port": workspace.server.port,
        "scheme": "http",
        "login_id": person.username,
        "password": person.password,
    }


@pytest.fixture
def ana(workspace: Workspace) -> Iterator[Any]:
    with TypedDriver(options(workspace, workspace.ana)) as driver:
        driver.login()
        yield driver


@pytest.fixture
def ben(workspace: Workspace) -> Iterator[Any]:
    with TypedDriver(options(workspace, workspace.ben)) as driver:
        driver.login()
        yield driver


def a_channel(driver: Any, workspace: Workspace, name: str, kind: str = "O") -> dict[str, Any]:
    return driver.channels.create_channel(
        team_id=workspace.team["id"], name=name, display_name=name.title(), type=kind
    )


def test_it_logs_in_by_password_and_by_token(workspace: Workspace, ana: Any) -> None:
    assert ana.client.userid == workspace.ana.id
    with TypedDriver({**options(workspace, workspace.ana), "token": workspace.ana.token}) as by_token:
        by_token.login()

        assert by_token.client.username == "ana"


def test_a_wrong_password_is_the_drivers_own_exception(workspace: Workspace) -> None:
    with (
        TypedDriver({**options(workspace, workspace.ana), "password": "not this one"}) as driver,
        pytest.raises(NoAccessTokenProvided) as refused,
    ):
        driver.login()

    assert refused.value.error_id == "api.user.login.invalid_credentials_email_username"
    assert len(refused.value.request_id) == 26


def test_after_logging_out_the_session_is_dead(workspace: Workspace) -> None:
    with TypedDriver(options(workspace, workspace.ben)) as driver:
        driver.login()
        token = driver.client.token
        driver.logout()
        driver.client.token = token

        with pytest.raises(NoAccessTokenProvided):
            driver.users.get_user("me")


def test_teams_and_members_are_found(workspace: Workspace, ana: Any) -> None:
    team = ana.teams.get_team_by_name("ops")
    members = ana.teams.get_team_members(team["id"])

    assert team["id"] == workspace.team["id"]
    assert {member["user_id"] for member in members} == {workspace.ana.id, workspace.ben.id}


def test_a_public_channel_is_made_found_joined_and_left(workspace: Workspace, ana: Any, ben: Any) -> None:
    channel = a_channel(ana, workspace, "bridge")

    ben.channels.add_channel_member(channel["id"], user_id=workspace.ben.id)
    found = ben.channels.get_channel_by_name(workspace.team["id"], "bridge")
    members = {member["user_id"] for member in ana.channels.get_channel_members(channel["id"])}
    ben.channels.remove_user_from_channel(channel["id"], workspace.ben.id)

    assert found["id"] == channel["id"]
    assert members == {workspace.ana.id, workspace.ben.id}
    assert {m["user_id"] for m in ana.channels.get_channel_members(channel["id"])} == {workspace.ana.id}


def test_a_private_channel_of_others_is_not_found(workspace: Workspace, ana: Any, ben: Any) -> None:
    channel = a_channel(ana, workspace, "secret-plans", "P")

    with pytest.raises(ResourceNotFound):
        ben.channels.get_channel_by_name(workspace.team["id"], "secret-plans")
    with pytest.raises(NotEnoughPermissions):
        ben.posts.create_post(channel_id=channel["id"], message="let me in")


def test_posts_are_made_edited_threaded_reacted_to_pinned_and_deleted(workspace: Workspace, ana: Any) -> None:
    channel = a_channel(ana, workspace, "posts")
    root = ana.posts.create_post(channel_id=channel["id"], message="The database is *down*")
    reply = ana.posts.create_post(channel_id=channel["id"], message="on it", root_id=root["id"])

    ana.posts.patch_post(root["id"], message="The database is back")
    ana.reactions.save_reaction({"user_id": workspace.ana.id, "post_id": root["id"], "emoji_name": "tada"})
    ana.posts.pin_post(root["id"])
    thread = ana.posts.get_post_thread(root["id"])
    pinned = ana.channels.get_pinned_posts(channel["id"])
    ana.posts.delete_post(reply["id"])
    page = ana.posts.get_posts_for_channel(channel["id"])

    assert thread["posts"][root["id"]]["message"] == "The database is back"
    assert thread["posts"][root["id"]]["edit_at"] > 0
    assert set(thread["order"]) == {root["id"], reply["id"]}
    assert [reaction["emoji_name"] for reaction in ana.reactions.get_reactions(root["id"])] == ["tada"]
    assert pinned["order"] == [root["id"]]
    assert reply["id"] not in page["order"]
    with pytest.raises(ResourceNotFound):
        ana.posts.get_post(reply["id"])


def test_a_file_goes_up_with_a_post_and_comes_down_the_same(workspace: Workspace, ana: Any) -> None:
    channel = a_channel(ana, workspace, "files")
    content = bytes(range(256)) * 40

    infos = ana.files.upload_file(files=("trace.bin", content), channel_id=channel["id"])["file_infos"]
    post = ana.posts.create_post(channel_id=channel["id"], message="the trace", file_ids=[infos[0]["id"]])
    answer = ana.files.get_file(infos[0]["id"])

    assert post["file_ids"] == [infos[0]["id"]]
    assert infos[0]["name"] == "trace.bin"
    assert infos[0]["size"] == len(content)
    assert answer.content == content


def test_posts_are_searched(workspace: Workspace, ana: Any) -> None:
    channel = a_channel(ana, workspace, "haystack")
    needle = ana.posts.create_post(channel_id=channel["id"], message="a zirconium needle in the hay")
    ana.posts.create_post(channel_id=channel["id"], message="only hay")

    found = ana.posts.search_posts(workspace.team["id"], terms="zirconium in:haystack", is_or_search=False)

    assert found["order"] == [needle["id"]]


def test_webhooks_and_commands_are_made_and_used(workspace: Workspace, ana: Any) -> None:
    channel = a_channel(ana, workspace, "hooked")
    team_id = workspace.team["id"]

    hook = ana.webhooks.create_incoming_webhook(channel_id=channel["id"], display_name="Tests")
    said = {
        "username": "webhook_test",
        "channel": "off-topic",
        "text": "Hello?",
        "attachments": [{"text": "1"}],
    }
    ana.client.call_webhook(hook["id"], options=said)
    outgoing = ana.webhooks.create_outgoing_webhook(
        team_id=team_id, display_name="Out", trigger_words=["x"], callback_urls=["http://x.example/"]
    )
    changed = ana.webhooks.update_outgoing_webhook(
        outgoing["id"], outgoing["id"], channel["id"], display_name="Renamed", description="d"
    )
    command = ana.commands.create_command(team_id, "P", "autodrive", "http://x.example/")

    off_topic = ana.channels.get_channel_by_name(team_id, "off-topic")
    posts = ana.posts.get_posts_for_channel(off_topic["id"])
    [post] = [one for one in posts["posts"].values() if one["message"] == "Hello?"]
    assert post["props"]["override_username"] == "webhook_test"
    assert (changed["display_name"], changed["callback_urls"]) == ("Renamed", ["http://x.example/"])
    assert ana.webhooks.regen_outgoing_hook_token(outgoing["id"])["token"] != outgoing["token"]
    assert ana.commands.list_commands(team_id, custom_only=True) == [command]
    ana.commands.delete_command(command["id"])
    ana.webhooks.delete_incoming_webhook(hook["id"])
    ana.webhooks.delete_outgoing_webhook(outgoing["id"])


def test_direct_messages_and_preferences(workspace: Workspace, ana: Any, ben: Any) -> None:
    channel = ana.channels.create_direct_channel([workspace.ana.id, workspace.ben.id])
    ana.posts.create_post(channel_id=channel["id"], message="are you awake?")
    preference = {"user_id": workspace.ben.id, "category": "theme", "name": "", "value": "dark"}
    ben.preferences.update_preferences(workspace.ben.id, [preference])

    unread = ben.channels.get_channel_unread(workspace.ben.id, channel["id"])

    assert unread["mention_count"] == 1
    assert preference in ben.preferences.get_preferences(workspace.ben.id)


@pytest.mark.filterwarnings("ignore:ssl=None is deprecated:DeprecationWarning")  # the driver's own doing
async def test_its_websocket_hears_a_post(workspace: Workspace) -> None:
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    ready = asyncio.Event()

    async def hear(message: str) -> None:
        event = json.loads(message)
        if event.get("event") == "hello":
            ready.set()
        await heard.put(event)

    async with AsyncTypedDriver(options(workspace, workspace.ana)) as driver:
        await driver.login()
        socket = asyncio.create_task(driver.init_websocket(hear))
        await asyncio.wait_for(ready.wait(), PATIENCE_S)
        square = await driver.channels.get_channel_by_name(workspace.team["id"], "town-square")
        await driver.posts.create_post(channel_id=square["id"], message="does anybody hear me?")

        async def posted() -> dict[str, Any]:
            while (event := await heard.get()).get("event") != "posted":
                pass
            return event

        event = await asyncio.wait_for(posted(), PATIENCE_S)
        driver.disconnect()
        socket.cancel()

    assert json.loads(event["data"]["post"])["message"] == "does anybody hear me?"
    assert event["data"]["channel_name"] == "town-square"
    assert event["broadcast"]["omit_users"] is None
