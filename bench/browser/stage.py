"""What the browser looks at: Ana reads what Ben writes, in two short channels and one with many posts."""

import secrets
from typing import Any

import sqlalchemy as sa

from bench.client import Connection
from bench.stage import PASSWORD, V0, person, signed_in

ADMIN, ANA, BEN = "bench-admin", "ana", "ben"
LONG, QUIET, SECOND = "long", "quiet", "second"
_BATCH = 1_000
_APART_MS = 30_000
_PLAYBOOK = {
    "title": "Bench",
    "create_public_incident": True,
    "checklists": [{"title": "Triage", "items": [{"title": "Look"}, {"title": "Tell"}]}],
}

MESSAGES = (
    "The **cart** answers with 502 since the deploy, see `checkout-7f9`",
    "Looking at it",
    "Nothing in the logs of ~quiet, but @ana saw this before :thinking_face:",
    "Steps so far:\n1. rolled back\n2. warmed the cache\n3. watching https://status.example.com/checkout",
    "Error rate is back at 0.2 %, latency still high. I would wait ten minutes before we tell anybody",
    "> Error rate is back\n\nGood. :tada:",
    "```\nGET /cart 502 upstream timed out\n```",
)


async def build(url: str, database_url: str, posts: int) -> dict[str, str]:
    """Make the workspace; gives the ids of channels by name, and Ben's token as "token"."""
    anonymous = await Connection(url).open()
    await anonymous.ask("POST", "/api/v4/users", person(ADMIN, PASSWORD))
    token, _ = await signed_in(url, ADMIN, PASSWORD)
    admin = await Connection(url, token).open()
    team = await admin.json("POST", "/api/v4/teams", {"name": "bench", "display_name": "Bench", "type": "O"})
    people = [await admin.json("POST", "/api/v4/users", person(name, PASSWORD)) for name in (ANA, BEN)]
    channels: dict[str, str] = {}
    for one in people:
        membership = {"team_id": team["id"], "user_id": one["id"]}
        await admin.ask("POST", f"/api/v4/teams/{team['id']}/members", membership)
    for name in (QUIET, SECOND, LONG):
        body = {"team_id": team["id"], "name": name, "display_name": name.title(), "type": "O"}
        channels[name] = (await admin.json("POST", "/api/v4/channels", body))["id"]
        for one in people:
            path = f"/api/v4/channels/{channels[name]}/members"
            await admin.ask("POST", path, {"user_id": one["id"]})
    await _incident(admin, team["id"], people[0]["id"])
    token, _ = await signed_in(url, BEN, PASSWORD)
    ben = await Connection(url, token).open()
    for name in (QUIET, SECOND, LONG):
        for message in MESSAGES * 8:
            await ben.ask("POST", "/api/v4/posts", {"channel_id": channels[name], "message": message})
    _multiply(database_url, channels[LONG], posts)
    await _read_all(url, channels)
    for connection in (anonymous, admin, ben):
        connection.close()
    return {**channels, "token": token}


async def _incident(admin: Connection, team_id: str, commander_id: str) -> None:
    body = {**_PLAYBOOK, "team_id": team_id, "member_ids": [commander_id]}
    playbook = await admin.json("POST", f"{V0}/playbooks", body)
    wish = {"name": "Cart is down", "commander_user_id": commander_id, "team_id": team_id}
    await admin.ask("POST", f"{V0}/incidents", {**wish, "playbook_id": playbook["id"]})


async def _read_all(url: str, channels: dict[str, str]) -> None:
    token, _ = await signed_in(url, ANA, PASSWORD)
    ana = await Connection(url, token).open()
    for channel_id in channels.values():
        await ana.ask("POST", "/api/v4/channels/members/me/view", {"channel_id": channel_id})
    ana.close()


def _multiply(database_url: str, channel_id: str, wanted: int) -> None:
    """Write copies of a channel's posts straight into the database, each older than the one before.

    No API makes 50,000 posts in the time of a measurement. The copies' sequence goes on below that of the
    originals, so that order by time and by sequence stay the same.
    """
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        catalogue = sa.MetaData()
        catalogue.reflect(connection, only=["posts", "channels", "channel_members"])
        posts, channels = catalogue.tables["posts"], catalogue.tables["channels"]
        mine = posts.c.channel_id == channel_id
        query = sa.select(posts).where(mine, posts.c.type == "").order_by(posts.c.create_at)
        originals = [dict(row) for row in connection.execute(query).mappings()]
        oldest = min(row["create_at"] for row in originals)
        lowest = connection.execute(sa.select(sa.func.min(posts.c.seq))).scalar_one()
        more = max(0, wanted - len(originals))
        copies = (_older(originals[at % len(originals)], at + 1, oldest, lowest) for at in range(more))
        while batch := [row for _, row in zip(range(_BATCH), copies, strict=False)]:
            connection.execute(posts.insert(), batch)
        counted = {name: channels.c[name] + more for name in ("total_msg_count", "total_msg_count_root")}
        connection.execute(channels.update().where(channels.c.id == channel_id).values(**counted))
    engine.dispose()


def _older(row: dict[str, Any], number: int, oldest: int, lowest: int) -> dict[str, Any]:
    at = oldest - number * _APART_MS
    times = {"create_at": at, "update_at": at}
    return {**row, **times, "id": secrets.token_hex(13), "seq": lowest - number, "pending_post_id": ""}
