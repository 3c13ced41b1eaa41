"""`commandpost secrets`: the key that encrypts what must not lie readable in the database."""

import asyncio
from getpass import getuser
from pathlib import Path

import click

from commandpost import vault
from commandpost.audit.entry import Deed
from commandpost.audit.record import record
from commandpost.cli.options import refusals_told, settings_with, where_the_data_is
from commandpost.db import database_at
from commandpost.incidents.actions.archiving import signing
from commandpost.integrations.actions import settings as integration_settings
from commandpost.kernel.clock import SystemClock
from commandpost.settings import Settings
from commandpost.vault import Vault
from commandpost.workspace.actions import secrets as chat_secrets


@click.group()
def secrets() -> None:
    """The key that encrypts secrets in the database."""


@secrets.command("new-key")
def new_key() -> None:
    """Print a fresh key, for COMMANDPOST_SECRET_KEY."""
    click.echo(vault.new_key())


@secrets.command()
@where_the_data_is
def rotate(data_dir: Path | None, database_url: str | None) -> None:
    """Encrypt every secret anew with the newest key.

    With the key file, a new key is made and takes over from the old one. With COMMANDPOST_SECRET_KEY, give
    the new key followed by the old one, run this, then leave the old one out. Safe to repeat, and while the
    server runs; only do not set up integrations meanwhile.
    """
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        keys = Vault(settings.environment, settings.data_dir)
        if keys.has_key_file:
            keys.take_new_key()
        count = asyncio.run(_sealed_anew(settings, keys))
        if keys.has_key_file:
            keys.forget_old_keys()
    click.echo(f"Encrypted {count} secrets with the newest key.")


async def _sealed_anew(settings: Settings, keys: Vault) -> int:
    database = database_at(settings.database)
    await database.open()
    try:
        async with database.write() as work:
            of_integrations = await integration_settings.seal_anew(work, keys)
            of_chat = await chat_secrets.seal_anew(work, keys)
            count = of_integrations + of_chat + await signing.seal_anew(work, keys)
            after = {"secrets": count, "system_user": getuser()}
            await record(work, Deed.SECRETS_ROTATED, "", by="", at=SystemClock().now(), after=after)
            return count
    finally:
        await database.close()
