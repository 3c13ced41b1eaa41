"""What travels between nodes: the messages of one commit, with the node they come from."""

import msgspec

from commandpost.live.message import Message


class Parcel(msgspec.Struct, frozen=True):
    """Messages in their order. `number` counts the parcels of the node."""

    node_id: str
    number: int
    messages: list[Message]


encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Parcel).decode
