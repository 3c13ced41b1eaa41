"""Routes of what people write about an incident, and of what its playbook says about that."""

import msgspec

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import undecodable_as
from commandpost.api.v0.route import get, put
from commandpost.incidents import prefill
from commandpost.incidents.actions import review_documents, review_plans
from commandpost.incidents.model.review_document import DocumentStatus, ReviewDocument
from commandpost.incidents.model.review_plan import ReviewPlan
from commandpost.kernel.errors import Invalid

_UNREADABLE = undecodable_as("unable to decode review")
_DIGITS = 9


class DocumentShape(msgspec.Struct, kw_only=True):
    """A review document. `version` 0 is not saved yet: its text is what it could begin with.

    `discussion_post_id` is the post whose thread holds the comments, "" before there is one.
    """

    incident_id: str
    version: int
    status: str
    text: str
    editor_id: str
    create_at: int
    update_at: int
    discussion_post_id: str
    published_version: int
    published_at: int


class DocumentBody(msgspec.Struct, kw_only=True):
    """A new text, and the version that it was made from; 0 for the first."""

    text: str
    version: int


class DocumentStatusBody(msgspec.Struct, kw_only=True):
    """`draft`, `in_review` or `published`, and the version that is meant."""

    status: str
    version: int


class DocumentVersionShape(msgspec.Struct, kw_only=True):
    """A saved version; in a list, its text is ""."""

    version: int
    editor_id: str
    at: int
    text: str


class DocumentVersionsShape(msgspec.Struct, kw_only=True):
    """The newest versions, newest first."""

    items: list[DocumentVersionShape]


class ReviewPlanBody(msgspec.Struct, kw_only=True):
    """The template of a playbook's reviews, "" for the usual one; `remind_after_seconds` 0 is never."""

    template: str
    remind_after_seconds: int
    version: int


class ReviewPlanShape(ReviewPlanBody, kw_only=True):
    """What a playbook says about its reviews, and the text of the usual template."""

    usual_template: str


@get("/incidents/{incident_id:str}/review/document")
async def get_review_document(call: IncidentCall, incident_id: str, timezone: str = "") -> DocumentShape:
    """The review document. While none is saved, what it could begin with, times in the zone given."""
    async with call.desks.reading() as desk:
        return document_shape(await review_documents.view(desk, call.actor, incident_id, zone=timezone))


@put("/incidents/{incident_id:str}/review/document", exception_handlers=_UNREADABLE)
async def write_review_document(call: IncidentCall, incident_id: str, data: DocumentBody) -> DocumentShape:
    """Save the next version; 409 if somebody saved one since the version named."""
    async with call.desks.writing() as desk:
        written = await review_documents.write(
            desk, call.actor, incident_id, data.text, seen_version=data.version
        )
    return document_shape(written)


@put("/incidents/{incident_id:str}/review/document/status", exception_handlers=_UNREADABLE)
async def put_review_document_status(
    call: IncidentCall, incident_id: str, data: DocumentStatusBody
) -> DocumentShape:
    """Ask the channel for comments, publish the document there, or take it back."""
    try:
        status = DocumentStatus(data.status)
    except ValueError as cause:
        raise Invalid("The status is draft, in_review or published.") from cause
    async with call.desks.writing() as desk:
        changed = await review_documents.put(desk, call.actor, incident_id, status, seen_version=data.version)
    return document_shape(changed)


@get("/incidents/{incident_id:str}/review/document/versions")
async def list_review_document_versions(call: IncidentCall, incident_id: str) -> DocumentVersionsShape:
    """Who saved the document when, newest first."""
    async with call.desks.reading() as desk:
        found = await review_documents.versions(desk, call.actor, incident_id)
    return DocumentVersionsShape(
        items=[
            DocumentVersionShape(version=one.version, editor_id=one.editor_id, at=one.at, text="")
            for one in found
        ]
    )


@get("/incidents/{incident_id:str}/review/document/versions/{document_version:str}")
async def get_review_document_version(
    call: IncidentCall, incident_id: str, document_version: str
) -> DocumentVersionShape:
    """A version of the document as it was saved."""
    number = int(document_version) if document_version.isdigit() and len(document_version) <= _DIGITS else 0
    async with call.desks.reading() as desk:
        one = await review_documents.version(desk, call.actor, incident_id, number)
    return DocumentVersionShape(version=one.version, editor_id=one.editor_id, at=one.at, text=one.text)


@get("/playbooks/{playbook_id:str}/review_plan")
async def get_review_plan(call: IncidentCall, playbook_id: str) -> ReviewPlanShape:
    """The template of the playbook's reviews, and when commanders are reminded of them."""
    async with call.desks.reading() as desk:
        return _plan(await review_plans.view(desk, call.actor, playbook_id))


@put("/playbooks/{playbook_id:str}/review_plan", exception_handlers=_UNREADABLE)
async def change_review_plan(call: IncidentCall, playbook_id: str, data: ReviewPlanBody) -> ReviewPlanShape:
    """Change it; 409 if somebody changed it since the version named."""
    async with call.desks.writing() as desk:
        changed = await review_plans.change(
            desk,
            call.actor,
            playbook_id,
            template=data.template,
            remind_after_s=data.remind_after_seconds,
            seen_version=data.version,
        )
    return _plan(changed)


def document_shape(document: ReviewDocument) -> DocumentShape:
    return DocumentShape(
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


def _plan(plan: ReviewPlan) -> ReviewPlanShape:
    return ReviewPlanShape(
        template=plan.template,
        remind_after_seconds=plan.remind_after_s,
        version=plan.version,
        usual_template=prefill.TEMPLATE,
    )


ROUTES = (
    get_review_document,
    write_review_document,
    put_review_document_status,
    list_review_document_versions,
    get_review_document_version,
    get_review_plan,
    change_review_plan,
)
