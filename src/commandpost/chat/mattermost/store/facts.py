"""Queries about what is known of Mattermost for good."""

from collections.abc import Mapping

from commandpost.db import Sql, Work

_GET = Sql("SELECT value FROM mattermost_facts WHERE name = :name")
_PUT = Sql(
    "INSERT INTO mattermost_facts (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


_LIKE = Sql("SELECT name, value FROM mattermost_facts WHERE name LIKE :prefix || '%' ORDER BY name")
_FORGET = Sql("DELETE FROM mattermost_facts WHERE name = :name")

COMMAND = "command:"
"""How the names of facts about slash commands begin."""

PLUGIN = "plugin"
"""The name of the fact about which plugin was uploaded last."""

PAGES = "pages"
"""The name of the fact about our pages at an address of their own."""


def of_command(token_hash: str) -> str:
    """The name of the fact about the slash command with this token."""
    return COMMAND + token_hash


def of_control(incident_id: str) -> str:
    """The name of the fact about an incident's control post."""
    return f"control:{incident_id}"


async def get(work: Work, name: str) -> str | None:
    """JSON, as it was put; None if it never was."""
    return await work.value(_GET, name=name)


async def put(work: Work, name: str, value: str) -> None:
    await work.run(_PUT, name=name, value=value)


async def beginning_with(work: Work, prefix: str) -> Mapping[str, str]:
    """The facts whose names begin so."""
    return {row["name"]: row["value"] for row in await work.all(_LIKE, prefix=prefix)}


async def forget(work: Work, name: str) -> None:
    await work.run(_FORGET, name=name)
