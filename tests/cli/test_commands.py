"""`commandpost` and its commands for whoever runs the server: help, migrate, doctor, openapi."""

import asyncio
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import asyncpg
import pytest
from click.testing import CliRunner, Result

from commandpost.cli import main
from commandpost.db import migrations
from tests.support.disk import on_a_disk_of_its_own
from tests.support.openid import CLIENT_ID, openid_provider
from tests.support.served import served
from tests.support.valkey import Valkey, redis_server

__all__ = ["redis_server"]

COMMANDS = [
    "backup",
    "restore",
    "serve",
    "migrate",
    "upgrade",
    "user",
    "user create",
    "user reset-password",
    "doctor",
    "openapi",
    "plugin-bundle",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = CliRunner().invoke(main, [*command.split(), "--help"])

    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_migrate_makes_a_database_and_is_safe_to_repeat(tmp_path: Path) -> None:
    arguments = ["migrate", "--data-dir", str(tmp_path / "new")]

    first, second = (CliRunner().invoke(main, arguments) for _ in range(2))

    assert first.output == f"Migrated the database from empty to {migrations.newest()}.\n"
    assert second.output == f"The database is up to date ({migrations.newest()}).\n"


def as_by_a_newer_program(sqlite_url: str) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '2999_01_01_1_later'")
    connection.close()


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_newer_database_is_refused_and_left_alone(sqlite_url: str, command: str) -> None:
    as_by_a_newer_program(sqlite_url)

    result = CliRunner().invoke(main, [command, "--database-url", sqlite_url], env={"COMMANDPOST_PORT": "0"})

    assert result.exit_code == 1
    assert "made by a newer version" in result.output


def test_what_is_not_a_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "commandpost.db").write_bytes(b"a shopping list, for instance" * 100)

    result = CliRunner().invoke(main, ["migrate", "--data-dir", str(tmp_path)])

    assert result.exit_code == 1
    assert "not a database" in result.output
    assert "Traceback" not in result.output


def test_doctor_is_content_with_a_healthy_installation(sqlite_url: str, tmp_path: Path) -> None:
    arguments = ["doctor", "--data-dir", str(tmp_path), "--database-url", sqlite_url]
    environment = {"COMMANDPOST_SITE_NAME": "Ops", "COLUMNS": "200", "COMMANDPOST_TEST_RUN": None}

    result = CliRunner().invoke(main, arguments, env=environment)

    assert result.exit_code == 0, result.output
    assert "is up to date" in result.output
    assert "Ops" in result.output


def doctor(tmp_path: Path, *arguments: str, **environment: str) -> Result:
    """What `commandpost doctor` says in an environment; lines are as long as they want to be."""
    alone = {"COLUMNS": "200", "COMMANDPOST_TEST_RUN": None}
    command = ["doctor", "--data-dir", str(tmp_path), *arguments]
    return CliRunner().invoke(main, command, env={**alone, **environment})


def test_doctor_compares_the_clock_with_the_databases(postgresql_url: str, tmp_path: Path) -> None:
    result = doctor(tmp_path, "--database-url", postgresql_url)

    assert result.exit_code == 0, result.output
    assert "Clock goes with that of the database" in result.output


async def an_hour_ahead(postgresql_url: str) -> None:
    """Let the clock of a database go wrong: its own function stands behind another of that name."""
    connection = await asyncpg.connect(postgresql_url)
    await connection.execute(
        "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql"
        " AS $$ SELECT pg_catalog.clock_timestamp() + interval '1 hour' $$"
    )
    name = await connection.fetchval("SELECT current_database()")
    await connection.execute(f"ALTER DATABASE {name} SET search_path = public, pg_catalog")
    await connection.close()


def test_doctor_finds_a_clock_that_differs_from_the_databases(postgresql_url: str, tmp_path: Path) -> None:
    asyncio.run(an_hour_ahead(postgresql_url))

    result = doctor(tmp_path, "--database-url", postgresql_url)

    assert result.exit_code == 1, result.output
    assert re.search(r"clock differs by 3\d{3} s from the database's.*Let NTP set both", result.output)


def test_doctor_finds_misspelt_settings_and_shows_no_password(tmp_path: Path) -> None:
    environment = {
        "COMMANDPOST_SITE_NMAE": "Ops",
        "COMMANDPOST_DATABASE_URL": "postgresql://cp:hush-hush@127.0.0.1:1/cp",
        "COLUMNS": "200",
    }

    result = CliRunner().invoke(main, ["doctor", "--data-dir", str(tmp_path)], env=environment)

    assert result.exit_code == 1
    assert "COMMANDPOST_SITE_NMAE is not known" in result.output
    assert "Cannot reach the database" in result.output
    assert "hush-hush" not in result.output


def test_doctor_says_what_keeps_mail_from_being_sent(tmp_path: Path) -> None:
    named = {"COMMANDPOST_SMTP_SERVER": "127.0.0.1", "COMMANDPOST_SMTP_PORT": "1", "COLUMNS": "200"}
    whole = {
        "COMMANDPOST_FEEDBACK_EMAIL": "post@example.com",
        "COMMANDPOST_SITE_URL": "http://127.0.0.1:1",
    }
    secret = {"COMMANDPOST_SMTP_PASSWORD": "hush-hush"}

    half_set, away = (
        CliRunner().invoke(main, ["doctor", "--data-dir", str(tmp_path)], env={**named, **more})
        for more in ({}, {**whole, **secret})
    )

    assert "until COMMANDPOST_FEEDBACK_EMAIL and COMMANDPOST_SITE_URL is set" in half_set.output
    assert "127.0.0.1 port 1" in away.output and "Check COMMANDPOST_SMTP_SERVER" in away.output
    assert (half_set.exit_code, away.exit_code) == (1, 1)
    assert "hush-hush" not in away.output


def test_doctor_asks_the_outside_address(tmp_path: Path) -> None:
    with served(tmp_path / "server", anew=True) as server:
        there, elsewhere, nowhere = (
            doctor(tmp_path, COMMANDPOST_SITE_URL=address)
            for address in (server.url, f"{server.url}/somewhere", "http://127.0.0.1:1")
        )

    assert f"{server.url} leads to a Command Post" in there.output
    assert "Clock goes with that of the outside address" in there.output
    assert "is no Command Post" in elsewhere.output
    assert "Let the reverse proxy pass every path on to it" in elsewhere.output
    assert "http://127.0.0.1:1 does not answer" in nowhere.output
    assert "Is the server running" in nowhere.output
    assert (there.exit_code, elsewhere.exit_code, nowhere.exit_code) == (0, 1, 1)


class Behind(BaseHTTPRequestHandler):
    """A Command Post whose clock has stood still."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"status":"OK","reason":""}')

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(1_600_000_000)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""


def test_doctor_finds_a_clock_that_differs_from_that_of_the_outside_address(tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), Behind) as behind:
        answering = threading.Thread(target=behind.handle_request)
        answering.start()
        result = doctor(tmp_path, COMMANDPOST_SITE_URL=f"http://127.0.0.1:{behind.server_port}")
        answering.join()

    assert result.exit_code == 1, result.output
    assert re.search(
        r"clock differs by \d+ s from that of the outside address; let NTP set both", result.output
    )


def test_doctor_asks_redis(redis_server: Valkey, tmp_path: Path) -> None:
    there = doctor(tmp_path, COMMANDPOST_REDIS_URL=redis_server.url)
    redis_server.stop()
    away = doctor(tmp_path, COMMANDPOST_REDIS_URL=redis_server.url.replace("//", "//:hush-hush@"))

    assert (there.exit_code, f"Redis {redis_server.url} answers" in there.output) == (0, True), there.output
    assert away.exit_code == 1
    assert "does not answer" in away.output and "Check COMMANDPOST_REDIS_URL" in away.output
    assert "hush-hush" not in away.output


async def test_doctor_asks_the_provider_that_signs_people_in(tmp_path: Path) -> None:
    site = {"COMMANDPOST_SITE_URL": "http://127.0.0.1:1", "COMMANDPOST_OIDC_CLIENT_ID": CLIENT_ID}
    async with openid_provider() as provider:
        issuer = {"COMMANDPOST_OIDC_ISSUER": provider.issuer}
        there = await asyncio.to_thread(doctor, tmp_path, **site, **issuer)
        half_set = await asyncio.to_thread(doctor, tmp_path, **issuer)
        provider.is_down = True
        away = await asyncio.to_thread(doctor, tmp_path, **site, **issuer)

    assert (
        f"{provider.issuer} answers; it must know http://127.0.0.1:1/signup/openid/complete" in there.output
    )
    assert "until COMMANDPOST_OIDC_CLIENT_ID and COMMANDPOST_SITE_URL is set" in half_set.output
    assert "Check COMMANDPOST_OIDC_ISSUER" in away.output
    assert (half_set.exit_code, away.exit_code) == (1, 1)


def test_doctor_looks_at_the_settings_in_force(sqlite_url: str, tmp_path: Path) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("INSERT INTO config_values VALUES ('site_url', '\"http://127.0.0.1:1\"', 1)")
    connection.close()

    result = doctor(tmp_path, "--database-url", sqlite_url, COMMANDPOST_SITE_URL="http://127.0.0.1:2")

    assert "http://127.0.0.1:1 does not answer" in result.output


@pytest.mark.parametrize(
    ("options", "said", "advice"),
    [
        ("size=2m", "only 2 MB free", "Make room"),
        ("size=2m,ro", "cannot be written", "Let it belong to the user that the server runs as"),
    ],
)
def test_doctor_finds_a_disk_that_is_full_or_read_only(
    tmp_path: Path, options: str, said: str, advice: str
) -> None:
    inside = on_a_disk_of_its_own(tmp_path, options)
    command = [sys.executable, "-m", "commandpost", "doctor", "--data-dir", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": "src", "COLUMNS": "200"}

    result = subprocess.run([*inside, *command], capture_output=True, text=True, check=False, env=environment)

    assert result.returncode == 1, result.stdout + result.stderr
    assert said in result.stdout and advice in result.stdout


def test_doctor_finds_a_data_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    result = CliRunner().invoke(
        main, ["doctor"], env={"COMMANDPOST_DATA_DIR": str(tmp_path / "file"), "COLUMNS": "200"}
    )

    assert result.exit_code == 1
    assert "is no folder. Name another by COMMANDPOST_DATA_DIR" in result.output


def test_openapi_prints_the_document(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["openapi", "--output", str(tmp_path / "openapi.json")])

    assert result.exit_code == 0
    assert json.loads((tmp_path / "openapi.json").read_text())["openapi"].startswith("3.1")


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"COMMANDPOST_PORT": "many"}, "COMMANDPOST_PORT must be a whole number"),
        ({"COMMANDPOST_PORT": "70000"}, "between 0 and 65535"),
        ({"COMMANDPOST_ENABLE_TESTING": "maybe"}, "COMMANDPOST_ENABLE_TESTING must be true or false"),
        ({"COMMANDPOST_SITE_URL": "example.com"}, "must begin with http"),
        ({"COMMANDPOST_LOG_FORMAT": "xml"}, "one of human, json"),
        ({"COMMANDPOST_DATABASE_URL": "mysql://x"}, "sqlite:/// or postgresql://"),
        ({"COMMANDPOST_CONFIG_FILE": "/no/such/file"}, "cannot be read"),
    ],
)
def test_settings_that_cannot_be_used_are_named(
    tmp_path: Path, environment: dict[str, str], complaint: str
) -> None:
    result = CliRunner().invoke(
        main, ["serve", "--data-dir", str(tmp_path)], env={"COMMANDPOST_PORT": "0", **environment}
    )

    assert result.exit_code == 1
    assert complaint in result.output


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        result = CliRunner().invoke(main, ["serve", "--port", port, "--data-dir", str(tmp_path)])

    assert result.exit_code == 1
    assert f"Cannot listen on 127.0.0.1 port {port}" in result.output
