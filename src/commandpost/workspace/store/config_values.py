"""Queries about the settings that were changed while the server ran."""

from commandpost.db import Sql, Work

_ALL = Sql("SELECT name, value FROM config_values")
_PUT = Sql(
    "INSERT INTO config_values (name, value, update_at) VALUES (:name, :value, :now)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value, update_at = excluded.update_at"
)
_PUT_IF_ABSENT = Sql(
    "INSERT INTO config_values (name, value, update_at) VALUES (:name, :value, :now)"
    " ON CONFLICT (name) DO NOTHING"
)


async def all_of(work: Work) -> dict[str, str]:
    """Every value ever changed, as JSON, by the setting's name."""
    return {row["name"]: row["value"] for row in await work.all(_ALL)}


async def put(work: Work, values: dict[str, str], now: int) -> None:
    """Keep values, as JSON."""
    await work.run_many(_PUT, [{"name": name, "value": value, "now": now} for name, value in values.items()])


async def put_if_absent(work: Work, name: str, value: str, now: int) -> None:
    """Keep a value unless there is one."""
    await work.run(_PUT_IF_ABSENT, name=name, value=value, now=now)
