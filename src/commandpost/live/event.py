"""A live event as it goes out: encoded once, read by all whom its audience names."""

from typing import Self

import msgspec

_encode = msgspec.json.Encoder().encode


class Audience(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who gets a frame, by Mattermost's rule: the user if named, else the channel, else the team, else all.

    A user named beside a channel wins: the channel is then only told to the client (ephemeral posts). Users
    in `omit_users` are left out. Of the rest, `system_admins` takes only system administrators (true) or only
    the others (false). With `outside_channel_id`, a team's frame goes to its onlookers only: to connections
    that watch the team, whose user is in it or a system administrator, but not in that channel. Membership is
    judged when the frame is sent, not when it was made.
    """

    user_id: str = ""
    channel_id: str = ""
    team_id: str = ""
    omit_users: frozenset[str] = frozenset()
    system_admins: bool | None = None
    outside_channel_id: str = ""

    def to_wire(self) -> dict[str, object]:
        """The `broadcast` object of the protocol: always all four fields, null for nobody omitted."""
        return {
            "omit_users": dict.fromkeys(sorted(self.omit_users), True) or None,
            "user_id": self.user_id,
            "channel_id": self.channel_id,
            "team_id": self.team_id,
        }


EVERYONE = Audience()


class Frame(msgspec.Struct, frozen=True, tag="frame"):
    """An event, encoded but for its number, which each connection writes in for itself."""

    audience: Audience
    head: bytes

    @classmethod
    def of(cls, event: str, data: object, audience: Audience = EVERYONE) -> Self:
        """Encode an event; `data` is anything that msgspec can turn into a JSON object."""
        return cls.of_encoded(event, _encode(data), audience)

    @classmethod
    def of_encoded(cls, event: str, data: bytes, audience: Audience = EVERYONE) -> Self:
        """An event whose data is JSON already."""
        head = b'{"event":%b,"data":%b,"broadcast":%b,"seq":' % (
            _encode(event),
            data,
            _encode(audience.to_wire()),
        )
        return cls(audience, head)

    def numbered(self, seq: int) -> bytes:
        """The JSON text for the connection on which this is event number `seq`."""
        return b"%b%d}" % (self.head, seq)
