"""The key that signs archives, and what is known of incidents that came in one."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from commandpost.db import Sql, Work
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.review.story import Brought

_KEY = Sql("SELECT public_key, sealed_key FROM archive_keys ORDER BY create_at, public_key LIMIT 1")
_LOCK = Sql("SELECT 1", postgresql="SELECT pg_advisory_xact_lock(:key)")
_KEY_LOCK = 4_118_207
_IMPORT_LOCK = 4_118_208
_ADD_KEY = Sql(
    "INSERT INTO archive_keys (public_key, sealed_key, create_at) VALUES (:public_key, :sealed_key, :at)"
)
_SEAL_KEY = Sql("UPDATE archive_keys SET sealed_key = :sealed_key WHERE public_key = :public_key")

_ADD_ORIGIN = Sql("""
    INSERT INTO imported_incidents
        (incident_id, standing, signer, server, digest, imported_by, import_at, grounds)
    VALUES (:incident_id, :standing, :signer, :server, :digest, :imported_by, :import_at, :grounds)
""")
_ORIGIN = Sql("""
    SELECT incident_id, standing, signer, server, digest, imported_by, import_at
    FROM imported_incidents WHERE incident_id = :incident_id
""")
_GROUNDS = Sql("SELECT grounds FROM imported_incidents WHERE incident_id = :incident_id AND grounds <> ''")
_ADD_PERSON = Sql("""
    INSERT INTO imported_people (incident_id, user_id, username, first_name, last_name, is_bot)
    VALUES (:incident_id, :user_id, :username, :first_name, :last_name, :is_bot)
""")
_PEOPLE = Sql("""
    SELECT user_id, username, first_name, last_name, is_bot FROM imported_people
    WHERE incident_id = :incident_id ORDER BY user_id
""")
_IS_THERE = Sql("SELECT 1 FROM incidents WHERE id = :id OR channel_id = :channel_id LIMIT 1")
_TAKEN = Sql(
    """
    SELECT 1 FROM json_each(:ids) t WHERE EXISTS (SELECT 1 FROM stages s WHERE s.id = t.value)
        OR EXISTS (SELECT 1 FROM tasks k WHERE k.id = t.value) LIMIT 1
    """,
    postgresql="""
    SELECT 1 FROM jsonb_array_elements_text(:ids::jsonb) t(value)
    WHERE EXISTS (SELECT 1 FROM stages s WHERE s.id = t.value)
        OR EXISTS (SELECT 1 FROM tasks k WHERE k.id = t.value) LIMIT 1
    """,
)

_encode = msgspec.json.Encoder().encode
_decode_grounds = msgspec.json.Decoder(Brought).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """The key of this server; its private half is encrypted."""

    public_key: str
    sealed_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an imported incident comes from. `standing` is a verdict, `signer` a public key or ""."""

    incident_id: str
    standing: str
    signer: str
    server: str
    digest: str
    imported_by: str
    import_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """Somebody in an imported incident who has no account here."""

    user_id: str
    username: str
    first_name: str = ""
    last_name: str = ""
    is_bot: bool = False


async def key(work: Work) -> SigningKey | None:
    """The key of this server, if it has one yet."""
    row = await work.one(_KEY)
    return None if row is None else SigningKey(public_key=row["public_key"], sealed_key=row["sealed_key"])


async def hold_key(work: Work) -> None:
    """Let nobody else make a key until this work is over."""
    await work.all(_LOCK, key=_KEY_LOCK)


async def add_key(work: Work, key: SigningKey, *, at: int) -> None:
    await work.run(_ADD_KEY, public_key=key.public_key, sealed_key=key.sealed_key, at=at)


async def seal_key(work: Work, key: SigningKey) -> None:
    """Keep the private half encrypted anew."""
    await work.run(_SEAL_KEY, public_key=key.public_key, sealed_key=key.sealed_key)


async def hold_imports(work: Work) -> None:
    """Let nobody else bring in an archive until this work is over: what is here already stays so."""
    await work.all(_LOCK, key=_IMPORT_LOCK)


async def is_there(work: Work, incident_id: str, channel_id: str) -> bool:
    """Whether an incident of that id, or in that channel, is here."""
    return await work.value(_IS_THERE, id=incident_id, channel_id=channel_id) is not None


async def holds_ids_of(work: Work, incident: Incident) -> bool:
    """Whether a stage or task of another incident has an id of one of this."""
    ids = [stage.id for stage in incident.stages] + [
        task.id for stage in incident.stages for task in stage.tasks
    ]
    return await work.value(_TAKEN, ids=_encode(ids).decode()) is not None


async def add_origin(work: Work, origin: Origin, strangers: Sequence[Stranger], grounds: Brought) -> None:
    """Keep where an incident comes from; `grounds` are what came for its review to compare with."""
    held = _encode(grounds).decode()
    await work.run(_ADD_ORIGIN, **msgspec.to_builtins(origin), grounds=held)
    await work.run_many(
        _ADD_PERSON,
        [{"incident_id": origin.incident_id, **msgspec.to_builtins(one)} for one in strangers],
    )


async def origin(work: Work, incident_id: str) -> Origin | None:
    """Where an incident comes from; None if it was lived through here."""
    row = await work.one(_ORIGIN, incident_id=incident_id)
    if row is None:
        return None
    return Origin(
        incident_id=row["incident_id"],
        standing=row["standing"],
        signer=row["signer"],
        server=row["server"],
        digest=row["digest"],
        imported_by=row["imported_by"],
        import_at=row["import_at"],
    )


async def grounds(work: Work, incident_id: str) -> Brought:
    """What came with an imported incident for reviews of it to compare with."""
    held = await work.value(_GROUNDS, incident_id=incident_id)
    return Brought() if held is None else _decode_grounds(held)


async def strangers(work: Work, incident_id: str) -> list[Stranger]:
    """Who is meant by ids in an imported incident that belong to nobody here."""
    return [
        Stranger(
            user_id=row["user_id"],
            username=row["username"],
            first_name=row["first_name"],
            last_name=row["last_name"],
            is_bot=bool(row["is_bot"]),
        )
        for row in await work.all(_PEOPLE, incident_id=incident_id)
    ]
