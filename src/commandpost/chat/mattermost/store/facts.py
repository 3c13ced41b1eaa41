"""Queries about what is known of Mattermost for good."""

from commandpost.db import Sql, Work

_GET = Sql("SELECT value FROM mattermost_facts WHERE name = :name")
_PUT = Sql(
    "INSERT INTO mattermost_facts (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


async def get(work: Work, name: str) -> str | None:
    """JSON, as it was put; None if it never was."""
    return await work.value(_GET, name=name)


async def put(work: Work, name: str, value: str) -> None:
    await work.run(_PUT, name=name, value=value)
