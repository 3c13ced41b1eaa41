"""Queries about what is encrypted, wherever it is kept: for another key to take over."""

from commandpost.db import Sql, Work

_PLACES = (
    ("custom_commands", "id", "sealed_token"),
    ("incoming_webhooks", "id_hash", "sealed_id"),
    ("outgoing_webhooks", "id", "sealed_token"),
    ("mails", "id", "sealed"),
    ("two_factors", "user_id", "sealed_secret"),
)


def _locked(table: str, key: str, column: str) -> Sql:
    text = f"SELECT {key} AS place, {column} AS sealed FROM {table} ORDER BY {key}"
    return Sql(text, postgresql=f"{text} FOR UPDATE")


def _put(table: str, key: str, column: str) -> Sql:
    return Sql(f"UPDATE {table} SET {column} = :sealed WHERE {key} = :place")


_LOCKED = {place[0]: _locked(*place) for place in _PLACES}
_PUT = {place[0]: _put(*place) for place in _PLACES}

TABLES = tuple(_LOCKED)
"""Where something is encrypted."""


async def locked(work: Work, table: str) -> dict[str, str]:
    """What is encrypted in a table, by its place there; nobody else's to change until this work is over."""
    return {row["place"]: row["sealed"] for row in await work.all(_LOCKED[table])}


async def put(work: Work, table: str, sealed: dict[str, str]) -> None:
    """Keep these in their places."""
    await work.run_many(_PUT[table], [{"place": place, "sealed": text} for place, text in sealed.items()])
