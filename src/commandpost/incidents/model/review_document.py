"""The document that people write about an incident: its versions, and how far it is."""

from dataclasses import dataclass, replace
from enum import StrEnum

from commandpost.incidents.model.text import checked
from commandpost.kernel.clock import NEVER, Millis
from commandpost.kernel.errors import Conflict, Invalid, NotFound

LENGTH_LIMIT = 200_000


class DocumentChanged(Conflict):
    """Somebody else saved the review since you opened it; load it again before you save."""

    code = "review.changed"


class DocumentUnwritten(Conflict):
    """Nothing has been written yet: save the review before it is shown to others."""

    code = "review.unwritten"


class DocumentEmpty(Invalid):
    """A review that says nothing cannot be kept."""

    code = "review.empty"


class VersionUnknown(NotFound):
    """The review has no such version."""

    code = "review.version_unknown"


class DocumentStatus(StrEnum):
    """How far the document is."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDocument:
    """The newest version of what was written; version 0 is not saved yet.

    `discussion_post_id` is the post in the channel whose thread holds the comments, "" before there is one.
    `published_version` is what the channel was shown last, 0 if nothing was.
    """

    incident_id: str
    version: int = 0
    status: DocumentStatus = DocumentStatus.DRAFT
    text: str = ""
    editor_id: str = ""
    create_at: Millis = NEVER
    update_at: Millis = NEVER
    discussion_post_id: str = ""
    published_version: int = 0
    published_at: Millis = NEVER

    def rewritten(self, text: str, *, seen_version: int, by: str, at: Millis) -> "ReviewDocument":
        """The next version; what was published is a draft again, since nobody was shown this.

        Raises DocumentChanged, DocumentEmpty, TextTooLong, TextUnstorable.
        """
        self.check_version(seen_version)
        if not text.strip():
            raise DocumentEmpty
        is_published = self.status is DocumentStatus.PUBLISHED
        return replace(
            self,
            text=checked(text, limit=LENGTH_LIMIT, what="review"),
            version=self.version + 1,
            status=DocumentStatus.DRAFT if is_published else self.status,
            editor_id=by,
            create_at=self.create_at or at,
            update_at=at,
        )

    def put(self, status: DocumentStatus, *, seen_version: int, at: Millis) -> "ReviewDocument":
        """The same text, further on or back.

        Raises DocumentChanged, DocumentUnwritten.
        """
        self.check_version(seen_version)
        if not self.version:
            raise DocumentUnwritten
        put = replace(self, status=status, update_at=at)
        if status is not DocumentStatus.PUBLISHED:
            return put
        return replace(put, published_version=self.version, published_at=at)

    def check_version(self, seen: int) -> None:
        """Raises DocumentChanged if an editor saw another version than this."""
        if seen != self.version:
            raise DocumentChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersion:
    """A version that was saved. In a list its text is ""."""

    version: int
    editor_id: str
    at: Millis
    text: str = ""
