"""`commandpost user`: accounts, for whoever has the server's shell but not yet, or no longer, a login."""

import asyncio
import secrets
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import click

from commandpost.cli.options import refusals_told, settings_with, where_the_data_is
from commandpost.db import database_at, migrations
from commandpost.kernel.clock import SystemClock
from commandpost.settings import Settings
from commandpost.workspace.actions import accounts, two_factor, users
from commandpost.workspace.actions import config as config_actions
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.config import config_from
from commandpost.workspace.model.sign_up import NewUser, checked_password
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import SYSTEM_ADMIN, SYSTEM_USER, Who

_OPERATOR = Who(user_id="", username="", roles=frozenset({SYSTEM_USER, SYSTEM_ADMIN}))
"""Whoever may run commands on the server's machine may do as an administrator."""


@click.group()
def user() -> None:
    """Make accounts, reset passwords and second factors, also while the server runs."""


_password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input.  [default: make one up]"
)


def _password(*, from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\r\n") if from_stdin else secrets.token_urlsafe(12)


@user.command()
@click.argument("username")
@click.option("--email", required=True, help="The account's e-mail address.")
@click.option("--admin", is_flag=True, help="Make a system administrator.")
@_password_option
@where_the_data_is
def create(
    username: str,
    *,
    email: str,
    admin: bool,
    password_stdin: bool,
    data_dir: Path | None,
    database_url: str | None,
) -> None:
    """Make an account. The first one on an empty server is its administrator in any case.

    \b
    Examples:
        commandpost user create ana --email ana@example.com --admin
        echo "$PASSWORD" | commandpost user create ben --email ben@example.com --password-stdin
    """
    password = _password(from_stdin=password_stdin)
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        made = asyncio.run(_created(settings, username, email, password, admin=admin))
    kind = "System administrator" if SYSTEM_ADMIN in made.roles.split() else "User"
    click.echo(f"{kind} {made.username} made.")
    if not password_stdin:
        click.echo(f"Password: {password}")


@user.command("reset-password")
@click.argument("username")
@_password_option
@where_the_data_is
def reset_password(
    username: str, *, password_stdin: bool, data_dir: Path | None, database_url: str | None
) -> None:
    """Give an account a new password, and end its sessions.

    \b
    Examples:
        commandpost user reset-password ana
        echo "$PASSWORD" | commandpost user reset-password ana --password-stdin
    """
    password = _password(from_stdin=password_stdin)
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        asyncio.run(_reset(settings, username, password))
    click.echo(f"The password of {username} is changed; its sessions have ended.")
    if not password_stdin:
        click.echo(f"Password: {password}")


@user.command("reset-mfa")
@click.argument("username")
@where_the_data_is
def reset_mfa(username: str, *, data_dir: Path | None, database_url: str | None) -> None:
    """Switch two-factor authentication off for somebody who lost their phone.

    \b
    Example:
        commandpost user reset-mfa ana
    """
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        asyncio.run(_without_two_factor(settings, username))
    click.echo(
        f"{username} logs in with the password alone, until they set up two-factor authentication anew."
    )


async def _created(settings: Settings, username: str, email: str, password: str, *, admin: bool) -> User:
    async with _desks(settings) as desks:
        checked_password(password, minimum=desks.config.minimum_password_length)
        new = NewUser(username=username, email=email, password_hash=await desks.passwords.hashed(password))
        async with desks.writing() as desk:
            made = await users.create(desk, _OPERATOR, new)
            if admin and SYSTEM_ADMIN not in made.roles.split():
                made = await accounts.set_roles(desk, _OPERATOR, made.id, f"{SYSTEM_USER} {SYSTEM_ADMIN}")
            return made


async def _reset(settings: Settings, username: str, password: str) -> None:
    async with _desks(settings) as desks:
        checked_password(password, minimum=desks.config.minimum_password_length)
        password_hash = await desks.passwords.hashed(password)
        async with desks.writing() as desk:
            account = await users.by_username(desk, _OPERATOR, username)
            await accounts.set_password(desk, account.id, password_hash)


async def _without_two_factor(settings: Settings, username: str) -> None:
    async with _desks(settings) as desks, desks.writing() as desk:
        account = await users.by_username(desk, _OPERATOR, username)
        await two_factor.deactivate(desk, _OPERATOR, account.id)


@asynccontextmanager
async def _desks(settings: Settings) -> AsyncGenerator[Desks]:
    """Desks on the server's database, which is made or migrated first where it must be."""
    database = database_at(settings.database)
    await migrations.upgrade(database.url)
    await database.open()
    try:
        desks = Desks(database, SystemClock(), config_from(settings.environment))
        async with desks.writing() as desk:
            desks.use(await config_actions.load(desk))
        yield desks
        desks.passwords.close()
    finally:
        await database.close()
