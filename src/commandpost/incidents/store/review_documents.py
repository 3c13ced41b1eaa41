"""What people wrote about incidents, with every version before."""

from collections.abc import Sequence

from commandpost.db import Sql, Work
from commandpost.incidents.model.review_document import DocumentStatus, DocumentVersion, ReviewDocument
from commandpost.kernel.clock import Millis

_COLUMNS = (
    "version",
    "status",
    "text",
    "editor_id",
    "create_at",
    "update_at",
    "discussion_post_id",
    "published_version",
    "published_at",
)
_FOUND = Sql(f"""
    SELECT incident_id, {", ".join(_COLUMNS)} FROM review_documents WHERE incident_id = :incident_id
""")
_SAVE = Sql(f"""
    INSERT INTO review_documents (incident_id, {", ".join(_COLUMNS)})
    VALUES (:incident_id, {", ".join(f":{name}" for name in _COLUMNS)})
    ON CONFLICT (incident_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
""")
_SAVE_VERSION = Sql("""
    INSERT INTO review_versions (incident_id, version, editor_id, at, text)
    VALUES (:incident_id, :version, :editor_id, :at, :text)
""")
_VERSIONS = Sql("""
    SELECT version, editor_id, at, '' AS text FROM review_versions
    WHERE incident_id = :incident_id ORDER BY version DESC LIMIT :limit
""")
_VERSION = Sql("""
    SELECT version, editor_id, at, text FROM review_versions
    WHERE incident_id = :incident_id AND version = :version
""")


_TEXTS = Sql("""
    SELECT version, editor_id, at, text FROM review_versions
    WHERE incident_id = :incident_id AND version > :after ORDER BY version LIMIT :limit
""")


async def found(work: Work, incident_id: str) -> ReviewDocument | None:
    """The document of an incident, or None. To change it, lock the incident first."""
    row = await work.one(_FOUND, incident_id=incident_id)
    if row is None:
        return None
    return ReviewDocument(
        incident_id=row["incident_id"],
        version=row["version"],
        status=DocumentStatus(row["status"]),
        text=row["text"],
        editor_id=row["editor_id"],
        create_at=Millis(row["create_at"]),
        update_at=Millis(row["update_at"]),
        discussion_post_id=row["discussion_post_id"],
        published_version=row["published_version"],
        published_at=Millis(row["published_at"]),
    )


async def save(work: Work, document: ReviewDocument) -> None:
    """Save the document of a locked incident; its text is the same as before."""
    await work.put(
        _SAVE,
        incident_id=document.incident_id,
        version=document.version,
        status=document.status.value,
        text=document.text,
        editor_id=document.editor_id,
        create_at=document.create_at,
        update_at=document.update_at,
        discussion_post_id=document.discussion_post_id,
        published_version=document.published_version,
        published_at=document.published_at,
    )


async def save_version(work: Work, document: ReviewDocument) -> None:
    """Save the next version of the document of a locked incident; those before are kept."""
    await save(work, document)
    await work.put(
        _SAVE_VERSION,
        incident_id=document.incident_id,
        version=document.version,
        editor_id=document.editor_id,
        at=document.update_at,
        text=document.text,
    )


async def save_past_version(work: Work, incident_id: str, version: DocumentVersion) -> None:
    """Keep a version of a document that came from elsewhere."""
    await work.put(
        _SAVE_VERSION,
        incident_id=incident_id,
        version=version.version,
        editor_id=version.editor_id,
        at=version.at,
        text=version.text,
    )


async def texts(work: Work, incident_id: str, *, after: int, limit: int) -> Sequence[DocumentVersion]:
    """The versions after one, oldest first, with their texts."""
    rows = await work.all(_TEXTS, incident_id=incident_id, after=after, limit=limit)
    return [
        DocumentVersion(
            version=row["version"], editor_id=row["editor_id"], at=Millis(row["at"]), text=row["text"]
        )
        for row in rows
    ]


async def versions(work: Work, incident_id: str, *, limit: int) -> Sequence[DocumentVersion]:
    """The newest versions, newest first, without their texts."""
    rows = await work.all(_VERSIONS, incident_id=incident_id, limit=limit)
    return [
        DocumentVersion(version=row["version"], editor_id=row["editor_id"], at=Millis(row["at"]))
        for row in rows
    ]


async def version(work: Work, incident_id: str, number: int) -> DocumentVersion | None:
    """One version with its text, or None."""
    row = await work.one(_VERSION, incident_id=incident_id, version=number)
    if row is None:
        return None
    return DocumentVersion(
        version=row["version"], editor_id=row["editor_id"], at=Millis(row["at"]), text=row["text"]
    )
