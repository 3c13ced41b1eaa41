"""Routes of the audit log: Mattermost's addresses and names, with filters, before and after, and export."""

import csv
import io
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIResponse, Operation
from litestar.response import Stream

from commandpost.api.call import ApiRequest, Call
from commandpost.api.v4.paging import page_of, whole_number
from commandpost.api.v4.params import BadPathParameter, path_id
from commandpost.api.v4.route import ANSWERS, get
from commandpost.audit.entry import Entry
from commandpost.audit.store.entries import Wanted
from commandpost.workspace.actions import audit_log

_COLUMNS = (
    "id",
    "create_at",
    "action",
    "user_id",
    "subject_id",
    "ip_address",
    "session_id",
    "before",
    "after",
)
_END_OF_TIME = 2**62
_encode = msgspec.json.Encoder().encode


class AuditShape(msgspec.Struct, kw_only=True):
    """An entry of the audit log: `user_id` did `action` to `subject_id`; "" for nobody and nothing."""

    id: str
    create_at: int
    user_id: str
    action: str
    subject_id: str
    extra_info: str
    ip_address: str
    session_id: str
    before: dict[str, Any]
    after: dict[str, Any]


def _shape(entry: Entry) -> AuditShape:
    return AuditShape(
        id=str(entry.number),
        create_at=entry.at,
        user_id=entry.actor_id,
        action=entry.deed,
        subject_id=entry.subject_id,
        extra_info="; ".join(f"{name}={value}" for name, value in entry.after.items()),
        ip_address=entry.address,
        session_id=entry.session_id,
        before=dict(entry.before),
        after=dict(entry.after),
    )


@get("/audits")
async def list_audits(
    call: Call, user_id: str = "", subject_id: str = "", action: str = "", since: str = "", until: str = ""
) -> list[AuditShape]:
    """The audit log, newest first, for system administrators.

    Narrowed by who did it, to what, when (milliseconds; `until` is not included), and which action:
    `user.roles_changed`, or `user` for all that was done to accounts.
    """
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await audit_log.page(
            desk, call.who, _wanted(call.request), limit=page.size, offset=page.offset
        )
    return [_shape(entry) for entry in found]


@get("/users/{user_id:str}/audits")
async def list_audits_of_user(call: Call, user_id: str) -> list[AuditShape]:
    """What a user has done, newest first, for themselves and for administrators."""
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await audit_log.of_user(
            desk, call.who, path_id(call.me(user_id), "user_id"), limit=page.size, offset=page.offset
        )
    return [_shape(entry) for entry in found]


_DOCUMENT = {
    **ANSWERS,
    200: ResponseSpec(
        data_container=str,
        description="The document, as an attachment.",
        media_type="text/csv",
        generate_examples=False,
    ),
}


@dataclass
class _InEitherForm(Operation):
    """Documents the export in both its forms: Litestar takes one for each status."""

    def __post_init__(self) -> None:
        document = (self.responses or {}).get("200")
        if isinstance(document, OpenAPIResponse) and document.content is not None:
            document.content["application/jsonl"] = document.content["text/csv"]


@get("/audits/export", responses=_DOCUMENT, operation_class=_InEitherForm)
async def export_audits(
    call: Call,
    format: str = "jsonl",
    user_id: str = "",
    subject_id: str = "",
    action: str = "",
    since: str = "",
    until: str = "",
) -> Stream:
    """The audit log as `jsonl` (a JSON object each line) or `csv`, newest first, narrowed as the list is."""
    if format not in _FORMATS:
        raise BadPathParameter("Invalid or missing format parameter in request URL: jsonl or csv.")
    wanted = _wanted(call.request)
    async with call.desks.writing() as desk:
        await audit_log.permit_export(desk, call.who, wanted)
    media_type, head, lines = _FORMATS[format]
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": f"attachment; filename=audit.{format}",
        "Cache-Control": "no-store",
    }
    return Stream(_document(call, wanted, head, lines), headers=headers, media_type=media_type)


async def _document(
    call: Call, wanted: Wanted, head: str, lines: Callable[[Sequence[AuditShape]], str]
) -> AsyncGenerator[str]:
    yield head
    async for some in audit_log.all_of(call.desks, wanted):
        yield lines([_shape(entry) for entry in some])


def _jsonl(shapes: Sequence[AuditShape]) -> str:
    return "".join(_encode(shape).decode() + "\n" for shape in shapes)


def _csv(shapes: Sequence[AuditShape]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for shape in shapes:
        cells = [getattr(shape, name) for name in _COLUMNS]
        writer.writerow([_encode(cell).decode() if isinstance(cell, dict) else cell for cell in cells])
    return text.getvalue()


_FORMATS: dict[str, tuple[str, str, Callable[[Sequence[AuditShape]], str]]] = {
    "jsonl": ("application/jsonl", "", _jsonl),
    "csv": ("text/csv", ",".join(_COLUMNS) + "\n", _csv),
}


def _wanted(request: ApiRequest) -> Wanted:
    query = request.query_params
    return Wanted(
        actor_id=query.get("user_id", ""),
        subject_id=query.get("subject_id", ""),
        deed=query.get("action", "").replace("%", ""),
        since=whole_number(query, "since", 0),
        until=whole_number(query, "until", _END_OF_TIME),
    )


ROUTES = (list_audits, list_audits_of_user, export_audits)
