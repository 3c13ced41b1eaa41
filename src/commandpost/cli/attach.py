"""`commandpost attach` and `detach`: what a Mattermost server needs for Command Post, made and taken back."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from functools import partial
from pathlib import Path

import click

import commandpost
from commandpost.attached import ROUTES
from commandpost.chat.mattermost.attaching import Attaching
from commandpost.chat.mattermost.attaching_pages import AttachingPages
from commandpost.chat.mattermost.attaching_plugin import AttachingPlugin
from commandpost.chat.mattermost.client import Client
from commandpost.chat.mattermost.step import Step
from commandpost.cli.options import F, refusals_told, settings_with, where_the_data_is
from commandpost.cli.plugin_bundle import bundle
from commandpost.db import database_at, migrations
from commandpost.kernel.errors import Invalid
from commandpost.settings import Settings
from commandpost.vault import Vault


def _which_mattermost(command: F) -> F:
    url = click.option("--mattermost-url", metavar="URL", help="The address of the Mattermost server.")
    token = click.option(
        "--admin-token",
        envvar="COMMANDPOST_MATTERMOST_ADMIN_TOKEN",
        metavar="TOKEN",
        required=True,
        help="The access token of a system administrator there, used for this alone; better in"
        " COMMANDPOST_MATTERMOST_ADMIN_TOKEN, where others do not see it.",
    )
    own_url = click.option(
        "--mattermost-own-url",
        metavar="URL",
        help="Where Mattermost reaches Command Post.  [default: below Mattermost's own address]",
    )
    return url(token(own_url(command)))


@click.command()
@_which_mattermost
@click.option(
    "--pages-url",
    metavar="URL",
    default="",
    help="An address of its own for Command Post's pages; people sign in there by Mattermost's OAuth 2.0.",
)
@where_the_data_is
def attach(
    mattermost_url: str | None,
    admin_token: str,
    mattermost_own_url: str | None,
    pages_url: str,
    data_dir: Path | None,
    database_url: str | None,
) -> None:
    """Set a Mattermost server up for Command Post, and say what was done.

    Makes the bot account @incident with its access token, in each team its membership and the command
    /incident, with --pages-url an OAuth 2.0 application, and uploads the plugin for the web app. What is
    there already stays: run it again after you have made a team or updated Command Post. Ends with status 1
    if a setting or a permission is missing over there, and says which.

    \b
    Example:
        commandpost attach --mattermost-url https://chat.example --data-dir /var/lib/commandpost
    """
    with refusals_told():
        settings = settings_with(
            mattermost_url=mattermost_url,
            mattermost_own_url=mattermost_own_url,
            data_dir=data_dir,
            database_url=database_url,
        )
        if pages_url and not pages_url.startswith(("http://", "https://")):
            raise Invalid("--pages-url must begin with http:// or https://.")
        deed = partial(_told, settings, admin_token, Attaching.attach, pages_url=pages_url)
        troubled = asyncio.run(deed())
    if troubled:
        raise SystemExit(1)


@click.command()
@_which_mattermost
@where_the_data_is
def detach(
    mattermost_url: str | None,
    admin_token: str,
    mattermost_own_url: str | None,
    data_dir: Path | None,
    database_url: str | None,
) -> None:
    """Take back what `attach` has made at a Mattermost server.

    The commands, the OAuth 2.0 application and the plugin are deleted, the bot is disabled. Incidents, their
    channels and posts stay.
    """
    with refusals_told():
        settings = settings_with(
            mattermost_url=mattermost_url,
            mattermost_own_url=mattermost_own_url,
            data_dir=data_dir,
            database_url=database_url,
        )
        asyncio.run(_told(settings, admin_token, Attaching.detach))


async def _told(
    settings: Settings,
    token: str,
    deed: Callable[[Attaching], AsyncGenerator[Step]],
    *,
    pages_url: str = "",
) -> bool:
    """Do it and say each step; whether something is missing."""
    if not settings.mattermost_url:
        raise Invalid("Say which Mattermost: --mattermost-url https://chat.example")
    database = database_at(settings.database)
    await migrations.upgrade(database.url)
    await database.open()
    client = Client(settings.mattermost_url, token)
    vault = Vault(settings.environment, settings.data_dir)
    attaching = Attaching(
        client,
        database,
        own_url=settings.mattermost_own_url or settings.mattermost_url + ROUTES,
        plugin=AttachingPlugin(client, database, version=commandpost.__version__, bundle=bundle),
        pages=AttachingPages(client, database, vault, url=pages_url),
    )
    troubled = False
    try:
        async for step in deed(attaching):
            click.echo(f"{'✗' if step.is_trouble else '✓'} {step.said}")
            troubled = troubled or step.is_trouble
            if step.bot_token:
                click.echo(f"  Give it to the server: COMMANDPOST_MATTERMOST_TOKEN={step.bot_token}")
    finally:
        await client.close()
        await database.close()
    return troubled
