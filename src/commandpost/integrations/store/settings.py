"""Queries about settings of integrations, which are encrypted here."""

from dataclasses import dataclass

from commandpost.db import Row, Sql, Work
from commandpost.kernel.clock import Millis

_EVERYTHING = "SELECT name, sealed, update_at, updated_by FROM integration_settings ORDER BY name"
_ALL = Sql(_EVERYTHING)
_LOCK_ALL = Sql(_EVERYTHING, postgresql=f"{_EVERYTHING} FOR UPDATE")
_PUT = Sql("""
    INSERT INTO integration_settings (name, sealed, update_at, updated_by)
    VALUES (:name, :sealed, :update_at, :updated_by)
    ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, update_at = excluded.update_at,
        updated_by = excluded.updated_by
""")
_DELETE = Sql("DELETE FROM integration_settings WHERE name = :name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept for one integration, since when and by whom."""

    name: str
    sealed: str
    update_at: Millis
    updated_by: str


async def kept(work: Work) -> dict[str, Kept]:
    """What is kept for every integration, by its name."""
    return {row["name"]: _kept(row) for row in await work.all(_ALL)}


async def locked(work: Work) -> list[Kept]:
    """What is kept, nobody else's to change until the end of this work."""
    return [_kept(row) for row in await work.all(_LOCK_ALL)]


async def put(work: Work, kept: Kept) -> None:
    """Keep this in place of what was there before."""
    await work.run(
        _PUT, name=kept.name, sealed=kept.sealed, update_at=kept.update_at, updated_by=kept.updated_by
    )


async def delete(work: Work, name: str) -> None:
    """Keep nothing any more for an integration."""
    await work.run(_DELETE, name=name)


def _kept(row: Row) -> Kept:
    return Kept(
        name=row["name"],
        sealed=row["sealed"],
        update_at=Millis(row["update_at"]),
        updated_by=row["updated_by"],
    )
