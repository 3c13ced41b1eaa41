"""What falls due while its server dies or is dead: one of the others does it, and none does it again."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from commandpost import vault
from commandpost.api.errors import V0_PREFIX
from tests.support.mail import FROM, Letterbox
from tests.support.outside import Outside, hang, http
from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Login, Served, signed_up, start

V0 = f"{V0_PREFIX}api/v0"
DEEDS = ("reminders_fired", "webhooks_told", "mails_sent")
SHOWN = "SELECT count(*) FROM incident_events WHERE kind = 'reminder_shown'"
OLD_ONES = "SELECT count(*) FROM audit_entries WHERE at = 1"
OLD = "INSERT INTO audit_entries (at, deed) VALUES (1, 'session.started')"
LEFT = "SELECT count(*) FROM reminders"
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
POSTED = "SELECT count(*) FROM posts WHERE message LIKE '%please provide an update on this incident%'"
DUE = (
    "UPDATE reminders SET due_at = 1",
    "UPDATE digests SET due_at = 1",
    "UPDATE webhook_deliveries SET due_at = 1",
    "DELETE FROM leases",
)


@asynccontextmanager
async def world() -> AsyncGenerator[tuple[Letterbox, Outside]]:
    """A mail server, and a server that an outgoing webhook tells of posts; it never answers at first."""
    box, told = Letterbox(), Outside()
    told.sends(hang)
    mail = await asyncio.get_running_loop().create_server(box.smtp, "127.0.0.1", 0)
    hooks = await asyncio.start_server(told.talk, "127.0.0.1", 0)
    box.port, told.port = (server.sockets[0].getsockname()[1] for server in (mail, hooks))
    yield box, told
    mail.close()
    hooks.close()
    await told.end()


def prepared(server: Served, ana: Login, told: Outside) -> None:
    """Ana wants a digest, has a webhook told of a post, and says when her incident's next update comes."""
    headers = {"Authorization": f"Bearer {ana.token}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE_S, verify=NO_TLS) as client:

        def ask(method: str, path: str, body: dict[str, Any]) -> Any:
            answer = client.request(method, path, json=body).raise_for_status()
            return answer.json() if answer.content else None

        team = ask("POST", "/api/v4/teams", {"name": "ops", "display_name": "Ops", "type": "O"})
        town = client.get(f"/api/v4/teams/{team['id']}/channels/name/town-square").json()
        hook = {"team_id": team["id"], "channel_id": town["id"], "callback_urls": [told.url]}
        ask("POST", "/api/v4/hooks/outgoing", {**hook, "display_name": "CI"})
        ask("POST", "/api/v4/posts", {"channel_id": town["id"], "message": "deploy"})
        new = {"name": "Down", "team_id": team["id"], "commander_user_id": ana.id}
        incident = ask("POST", f"{V0}/incidents", new)
        update = {"message": "We look at it.", "reminder": 3600}
        ask("POST", f"{V0}/incidents/{incident['id']}/status", update)
        ask("PUT", f"{V0}/digest", {"frequency": "daily"})


def done(servers: Sequence[Served]) -> dict[str, float]:
    """How often each was done, by all of them together."""
    told = [httpx.get(f"{one.url}/metrics", timeout=PATIENCE_S, verify=NO_TLS).text for one in servers]
    lines = [line for text in told for line in text.splitlines()]
    return {
        deed: sum(float(line.split()[1]) for line in lines if line.startswith(f"commandpost_{deed}_total "))
        for deed in DEEDS
    }


async def asked(url: str, question: str) -> int | None:
    """What the database answers."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


@pytest.mark.timeout(300)
async def test_reminders_deliveries_digests_and_retention_come_once(
    postgresql_url: str, tmp_path: Path
) -> None:
    async def started(name: str) -> Served:
        arguments = (tmp_path / name, "--database-url", postgresql_url)
        server = await asyncio.to_thread(start, *arguments, environment=environment)
        running.append(server)
        return server

    running: list[Served] = []
    async with world() as (box, told):
        environment = {
            "COMMANDPOST_ENABLE_TESTING": "true",
            "COMMANDPOST_SECRET_KEY": vault.new_key(),
            "COMMANDPOST_AUDIT_RETENTION_DAYS": "1",
            "COMMANDPOST_ALLOWED_UNTRUSTED_INTERNAL_CONNECTIONS": "127.0.0.1",
            "COMMANDPOST_SITE_URL": "http://127.0.0.1",
            "COMMANDPOST_SMTP_SERVER": "127.0.0.1",
            "COMMANDPOST_SMTP_PORT": str(box.port),
            "COMMANDPOST_FEEDBACK_EMAIL": FROM,
        }
        try:
            dead = await started("dead")
            ana = await asyncio.to_thread(signed_up, dead, "ana")
            await asyncio.to_thread(prepared, dead, ana, told)
            await told.times_asked(1)
            dead.process.kill()
            dead.process.wait()
            told.sends(http(200))
            for statement in (OLD, *DUE):
                await asked(postgresql_url, statement)

            servers = await asyncio.gather(started("one"), started("two"))

            async with asyncio.timeout(PATIENCE_S):
                await told.times_asked(2)
                await box.mail_to("ana@example.com")
                while await asyncio.to_thread(done, servers) != dict.fromkeys(DEEDS, 1.0):
                    pass
                while await asked(postgresql_url, OLD_ONES):
                    pass
        finally:
            for server in running:
                if server.process.poll() is None:
                    await asyncio.to_thread(server.stop)
        assert await asked(postgresql_url, SHOWN) == 1
        assert [mail["To"] for mail in box.mails] == ["ana@example.com"]
        assert len(told.asked) == 2


@asynccontextmanager
async def held(url: str, channel_id: str) -> AsyncGenerator[None]:
    """Whoever posts into that channel waits: its row is taken."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("SELECT FROM channels WHERE id = $1 FOR UPDATE", channel_id)
            yield
    finally:
        await connection.close()


@pytest.mark.timeout(300)
async def test_a_reminder_whose_server_dies_in_the_middle_of_showing_it_is_shown_once(
    postgresql_url: str, tmp_path: Path
) -> None:
    async def waiting(servers: int) -> None:
        """Until so many of them wait for each other's rows, or ours."""
        async with asyncio.timeout(PATIENCE_S):
            while await asked(postgresql_url, WAITING) != servers:
                pass

    def started(name: str) -> Served:
        return start(tmp_path / name, "--database-url", postgresql_url)

    first = await asyncio.to_thread(started, "first")
    channel_id = await asyncio.to_thread(with_a_reminder, first)
    await asyncio.to_thread(first.stop)
    async with held(postgresql_url, channel_id):
        await asked(postgresql_url, DUE[0])
        dying = await asyncio.to_thread(started, "dying")
        await waiting(1)
        other = await asyncio.to_thread(started, "other")
        await waiting(2)
        dying.process.kill()
        dying.process.wait()

    try:
        async with asyncio.timeout(PATIENCE_S):
            while not await asked(postgresql_url, SHOWN):
                pass
    finally:
        await asyncio.to_thread(other.stop)
    assert [await asked(postgresql_url, count) for count in (SHOWN, POSTED, LEFT)] == [1, 1, 0]


def with_a_reminder(server: Served) -> str:
    """The channel of an incident whose commander wants to be reminded."""
    ana = signed_up(server, "ana")
    headers = {"Authorization": f"Bearer {ana.token}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE_S, verify=NO_TLS) as http:
        team = http.post("/api/v4/teams", json={"name": "ops", "display_name": "Ops", "type": "O"}).json()
        new = {"name": "Down", "team_id": team["id"], "commander_user_id": ana.id}
        incident = http.post(f"{V0}/incidents", json=new).raise_for_status().json()
        update = {"message": "We look at it.", "reminder": 3600}
        http.post(f"{V0}/incidents/{incident['id']}/status", json=update).raise_for_status()
    return incident["channel_id"]
