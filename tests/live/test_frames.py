"""Frames and their audiences on the wire."""

import json

import msgspec

from commandpost.live.event import Audience, Frame
from commandpost.live.message import JoinedChannel, Message


def test_a_frame_has_the_form_of_the_protocol_on_every_connection() -> None:
    frame = Frame.of("posted", {"post": '{"id":"p1"}'}, Audience(channel_id="c1"))

    assert json.loads(frame.numbered(7)) == {
        "event": "posted",
        "data": {"post": '{"id":"p1"}'},
        "broadcast": {"omit_users": None, "user_id": "", "channel_id": "c1", "team_id": ""},
        "seq": 7,
    }


def test_omitted_users_are_a_map_of_ids_to_true() -> None:
    frame = Frame.of("typing", {"user_id": "ana"}, Audience(channel_id="c1", omit_users=frozenset({"ana"})))

    assert json.loads(frame.numbered(0))["broadcast"]["omit_users"] == {"ana": True}


def test_data_that_is_json_already_is_taken_as_it_is() -> None:
    frame = Frame.of_encoded("hello", b'{"a":"\xc3\xa9"}')

    assert json.loads(frame.numbered(0))["data"] == {"a": "é"}


def test_messages_survive_being_encoded_for_another_node() -> None:
    messages: list[Message] = [
        Frame.of("typing", {}, Audience(channel_id="c1", omit_users=frozenset({"ana"}))),
        JoinedChannel("ana", "c1"),
    ]

    carried = msgspec.msgpack.encode(messages)

    assert msgspec.msgpack.decode(carried, type=list[Message]) == messages
