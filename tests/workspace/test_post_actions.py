"""What integrations answer to a press, and what becomes of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from commandpost.workspace.actions import post_actions
from commandpost.workspace.actions.post_actions import Press
from commandpost.workspace.model.who import Who
from commandpost.workspace.ports import IntegrationAnswer, IntegrationFailed, Integrations
from tests.support.listeners import listening
from tests.support.people import Person
from tests.support.talk import Talk, who

ACTIONS = [
    {"id": "ok", "type": "button", "name": "OK", "integration": {"url": "/plugins/x", "context": {"a": 1}}},
    {
        "id": "menu",
        "type": "select",
        "name": "Menu",
        "data_source": "users",
        "integration": {"url": "/plugins/menu"},
    },
]


@dataclass
class Answering(Integrations):
    """An integration that answers with this; `asked` are the addresses and bodies it was sent."""

    body: bytes
    status: int = 200
    asked: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list[tuple[str, Mapping[str, Any]]])

    async def post(self, who: Who, url: str, body: Mapping[str, Any]) -> IntegrationAnswer:
        self.asked.append((url, body))
        return IntegrationAnswer(status=self.status, body=self.body)

    async def get(self, who: Who, url: str, query: Mapping[str, str]) -> IntegrationAnswer:
        raise AssertionError("a press is posted")


async def a_post(talk: Talk, ana: Person) -> dict[str, Any]:
    return await talk.say(ana, "Do it?", props={"attachments": [{"actions": ACTIONS}], "mine": 1})


async def test_the_integration_learns_who_pressed_what_and_where(
    talk: Talk, ana: Person, ben: Person
) -> None:
    post = await a_post(talk, ana)
    integration = Answering(b"null")

    trigger = await post_actions.press(
        talk.room.desks, integration, who(ben), Press(post_id=post["id"], action_id="ok")
    )
    await post_actions.press(
        talk.room.desks,
        integration,
        who(ben),
        Press(post_id=post["id"], action_id="menu", selected_option="blue"),
    )

    [(url, pressed), (menu_url, chosen)] = integration.asked
    assert url == "/plugins/x"
    assert pressed == {
        "user_id": ben.id,
        "user_name": "ben",
        "channel_id": talk.channel_id,
        "channel_name": talk.channel.name,
        "team_id": talk.team.id,
        "team_domain": talk.team.name,
        "post_id": post["id"],
        "trigger_id": trigger.proof,
        "type": "button",
        "data_source": "",
        "context": {"a": 1},
    }
    assert menu_url == "/plugins/menu"
    assert (chosen["type"], chosen["data_source"]) == ("select", "users")
    assert chosen["context"] == {"selected_option": "blue"}


async def test_an_update_replaces_message_and_props(talk: Talk, ana: Person, ben: Person) -> None:
    post = await a_post(talk, ana)
    await ana.post(f"/posts/{post['id']}/pin")
    update = {"update": {"message": "Done", "props": {"new": True, "from_webhook": "true"}}}

    await post_actions.press(
        talk.room.desks,
        Answering(json.dumps(update).encode()),
        who(ben),
        Press(post_id=post["id"], action_id="ok"),
    )

    seen = await talk.read(ana, post["id"])
    assert seen["message"] == "Done"
    assert seen["props"] == {"new": True}
    assert seen["is_pinned"] is True


async def test_an_update_without_props_keeps_them(talk: Talk, ana: Person) -> None:
    post = await a_post(talk, ana)
    integration = Answering(b'{"update":{"message":"Done","props":null},"ephemeral_text":""}')

    await post_actions.press(
        talk.room.desks, integration, who(ana), Press(post_id=post["id"], action_id="ok")
    )

    seen = await talk.read(ana, post["id"])
    assert (seen["message"], seen["props"]["mine"]) == ("Done", 1)


async def test_an_ephemeral_text_is_for_the_one_who_pressed(talk: Talk, ana: Person, ben: Person) -> None:
    post = await a_post(talk, ana)
    hers = listening(talk.room, ana, talk.channel_id)
    his = listening(talk.room, ben, talk.channel_id)

    await post_actions.press(
        talk.room.desks,
        Answering(b'{"ephemeral_text":"Thanks"}'),
        who(ben),
        Press(post_id=post["id"], action_id="ok"),
    )

    [frame] = his.read()
    assert frame["event"] == "ephemeral_message"
    assert json.loads(frame["data"]["post"])["message"] == "Thanks"
    assert hers.read() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 200), (b"ok", 200), (b"[]", 200), (b'{"update":5}', 200), (b"{}", 500), (b"null", 403)],
)
async def test_an_answer_that_is_none_is_an_error(talk: Talk, ana: Person, body: bytes, status: int) -> None:
    post = await a_post(talk, ana)

    with pytest.raises(IntegrationFailed):
        await post_actions.press(
            talk.room.desks,
            Answering(body, status),
            who(ana),
            Press(post_id=post["id"], action_id="ok"),
        )

    assert (await talk.read(ana, post["id"]))["message"] == "Do it?"
