"""What people wrote about an incident, and what is to be done after it: into an archive, and out of one."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from commandpost.archive import shapes
from commandpost.archive.reading import ArchiveTooLarge, Reader
from commandpost.archive.shapes import ArchivedFollowUp, ArchivedReview, ArchivedReviewVersion
from commandpost.incidents.actions.archiving.people import own_id
from commandpost.incidents.model.follow_up import MOST, FollowUp, Wanted
from commandpost.incidents.model.review_document import (
    LENGTH_LIMIT,
    DocumentEmpty,
    DocumentStatus,
    DocumentVersion,
    ReviewDocument,
)
from commandpost.incidents.model.text import checked
from commandpost.incidents.ports import Desk
from commandpost.incidents.store import follow_ups, review_documents
from commandpost.kernel.clock import LATEST, Millis
from commandpost.kernel.errors import Invalid
from commandpost.kernel.ids import new_id

_MOST_VERSIONS = 1_000_000
_AT_ONCE = 20


class ReviewUnreadable(Invalid):
    """The review document or a follow-up of the archive has a status, version or time that there is not."""

    code = "archive.review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The review document, if one was saved, who wrote versions of it, and the follow-ups."""

    review: ArchivedReview | None = None
    editors: frozenset[str] = frozenset()
    follow_ups: Sequence[ArchivedFollowUp] = ()

    def people(self) -> set[str]:
        """Everybody who is named, "" perhaps among them."""
        found = {one.assignee_id for one in self.follow_ups} | {one.created_by for one in self.follow_ups}
        return found | self.editors


async def of_incident(desk: Desk, incident_id: str) -> Learned:
    """What is here."""
    document = await review_documents.found(desk.work, incident_id)
    last = document.version if document else 0
    versions = await review_documents.versions(desk.work, incident_id, limit=last)
    return Learned(
        review=_archived(document) if document else None,
        editors=frozenset(one.editor_id for one in versions),
        follow_ups=[
            ArchivedFollowUp(
                id=one.id,
                title=one.wanted.title,
                assignee_id=one.wanted.assignee_id,
                due_at=one.wanted.due_at,
                done_at=one.done_at,
                version=one.version,
                created_by=one.created_by,
                create_at=one.create_at,
                update_at=one.update_at,
            )
            for one in await follow_ups.of_incident(desk.work, incident_id)
        ],
    )


async def versions_of(desk: Desk, incident_id: str, *, until: int) -> AsyncGenerator[ArchivedReviewVersion]:
    """Every version of the review document up to one, oldest first."""
    last = 0
    while some := await review_documents.texts(desk.work, incident_id, after=last, limit=_AT_ONCE):
        for one in some:
            if one.version <= until:
                yield ArchivedReviewVersion(
                    version=one.version, text=one.text, editor_id=one.editor_id, at=one.at
                )
        last = some[-1].version


def _archived(document: ReviewDocument) -> ArchivedReview:
    return ArchivedReview(
        text=document.text,
        version=document.version,
        status=document.status.value,
        editor_id=document.editor_id,
        create_at=document.create_at,
        update_at=document.update_at,
        discussion_post_id=document.discussion_post_id,
        published_version=document.published_version,
        published_at=document.published_at,
    )


def read(reader: Reader) -> Learned:
    """What an archive has. Raises ArchiveDamaged, ArchiveTooLarge."""
    found: list[ArchivedFollowUp] = []
    for one in reader.lines(shapes.FOLLOW_UPS, ArchivedFollowUp):
        found.append(one)
        if len(found) > MOST:
            raise ArchiveTooLarge(f"An incident has at most {MOST} follow-ups.")
    review = reader.value(shapes.REVIEW, ArchivedReview) if shapes.REVIEW in reader else None
    editors = {one.editor_id for one in reader.lines(shapes.REVIEW_VERSIONS, ArchivedReviewVersion)}
    if review is not None:
        editors.add(review.editor_id)
    elif editors:
        raise ReviewUnreadable
    return Learned(review=review, editors=frozenset(editors), follow_ups=found)


async def keep(
    desk: Desk, incident_id: str, learned: Learned, people: Mapping[str, str], reader: Reader
) -> None:
    """Keep what came in an archive with a new incident; `people` are ids here by those in the archive.

    Raises ReviewUnreadable, DocumentEmpty, FollowUpUntitled, DueDateInvalid, TextTooLong, TextUnstorable.
    """
    if learned.review is not None:
        document = _document(learned.review, incident_id, people)
        last = await _keep_versions(desk, document, people, reader)
        if last == document.version:
            await review_documents.save(desk.work, document)
        else:
            await review_documents.save_version(desk.work, document)
    for one in learned.follow_ups:
        await follow_ups.save(desk.work, _follow_up(one, incident_id, people))


async def _keep_versions(
    desk: Desk, document: ReviewDocument, people: Mapping[str, str], reader: Reader
) -> int:
    """Keep the versions that came with a document; gives the number of the last, 0 if there are none."""
    last = 0
    for one in reader.lines(shapes.REVIEW_VERSIONS, ArchivedReviewVersion):
        _check(one.version, one.at)
        is_newest = one.version == document.version
        if not last < one.version <= document.version or (is_newest and one.text != document.text):
            raise ReviewUnreadable
        last = one.version
        kept = DocumentVersion(
            version=last,
            editor_id=people.get(one.editor_id, ""),
            at=Millis(one.at),
            text=checked(one.text, limit=LENGTH_LIMIT, what="review"),
        )
        await review_documents.save_past_version(desk.work, document.incident_id, kept)
    return last


def _document(review: ArchivedReview, incident_id: str, people: Mapping[str, str]) -> ReviewDocument:
    if review.status not in [*DocumentStatus]:
        raise ReviewUnreadable
    _check(review.version, review.create_at, review.update_at, review.published_at)
    if not 0 <= review.published_version <= review.version:
        raise ReviewUnreadable
    if not review.text.strip():
        raise DocumentEmpty
    name = partial(own_id, incident_id)
    return ReviewDocument(
        incident_id=incident_id,
        version=review.version,
        status=DocumentStatus(review.status),
        text=checked(review.text, limit=LENGTH_LIMIT, what="review"),
        editor_id=people.get(review.editor_id, ""),
        create_at=Millis(review.create_at),
        update_at=Millis(review.update_at),
        discussion_post_id=name(review.discussion_post_id),
        published_version=review.published_version,
        published_at=Millis(review.published_at),
    )


def _follow_up(one: ArchivedFollowUp, incident_id: str, people: Mapping[str, str]) -> FollowUp:
    _check(one.version, one.create_at, one.update_at, one.done_at)
    wanted = Wanted(
        title=one.title, assignee_id=people.get(one.assignee_id, ""), due_at=Millis(one.due_at)
    ).checked()
    return FollowUp(
        id=new_id(),
        incident_id=incident_id,
        wanted=wanted,
        version=one.version,
        done_at=Millis(one.done_at),
        created_by=people.get(one.created_by, ""),
        create_at=Millis(one.create_at),
        update_at=Millis(one.update_at),
    )


def _check(version: int, *times: int) -> None:
    if not 1 <= version <= _MOST_VERSIONS or not all(0 <= time <= LATEST for time in times):
        raise ReviewUnreadable
