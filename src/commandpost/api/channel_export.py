"""The export of a channel, at the address and with the errors of Mattermost's Channel Export plugin."""

import re
from collections.abc import AsyncGenerator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import litestar
import msgspec
from litestar import HttpMethod, MediaType, Response, Router
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream

from commandpost.api.call import Call
from commandpost.kernel.errors import Refusal
from commandpost.workspace.actions import export
from commandpost.workspace.actions.export import Export, ExportWish
from commandpost.workspace.model.export import ExportFormat, file_name

PLUGIN_PREFIX = "/plugins/com.mattermost.plugin-channel-export/"
PREFIX = f"{PLUGIN_PREFIX}api/v1"

_TYPES: Mapping[ExportFormat, str] = {
    ExportFormat.CSV: "text/csv",
    ExportFormat.JSON: "application/json",
    ExportFormat.MARKDOWN: "text/markdown; charset=utf-8",
}
_TOKEN = re.compile(r"[A-Za-z0-9._-]+")


class ExportErrorBody(msgspec.Struct, rename="pascal"):
    """The body of every answer that is not a success, but for 401."""

    status_code: int
    status_text: str
    message: str


def export_error(refusal: Refusal, status: int, headers: Mapping[str, str]) -> Response[Any]:
    """The answer for a refusal; without a session it is plain text, as the original's."""
    if status == 401:
        return Response("Not authorized", status_code=401, media_type=MediaType.TEXT)
    body = ExportErrorBody(status_code=status, status_text=HTTPStatus(status).phrase, message=refusal.message)
    return Response(body, status_code=status, headers=dict(headers), media_type=MediaType.JSON)


def _error(meaning: str) -> ResponseSpec:
    return ResponseSpec(data_container=ExportErrorBody, description=meaning, generate_examples=False)


_ANSWERS = {
    200: ResponseSpec(
        data_container=str,
        description="The document, as an attachment. One that was cut off lacks the end of its transfer.",
        media_type="text/csv",
        generate_examples=False,
    ),
    400: _error("A parameter is missing, or the format is not known."),
    401: ResponseSpec(
        data_container=str,
        description="No session, or one that has ended.",
        media_type=MediaType.TEXT,
        generate_examples=False,
    ),
    404: _error("The channel is not there, or not to be read by the caller."),
    503: _error("Not just now; try again."),
}
_METHODS = [HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE]


@litestar.route("/export", http_method=_METHODS, responses=_ANSWERS, status_code=200)
async def export_channel(
    call: Call,
    channel_id: str = "",
    format: str = "",
    safe: str = "",
) -> Stream:
    """The posts of a channel as csv, json or markdown; with `safe=1` no spreadsheet runs a cell of the CSV.

    CSV is newest first; JSON and Markdown are oldest first, with replies (in Markdown under their root) and
    the names and sizes of files. Deleted posts are left out. Addresses of authors are for those who may see
    them.
    """
    wish = ExportWish(channel_id=channel_id, format=format, is_safe=safe.lower() in ("1", "t", "true"))
    async with call.desks.writing() as desk:
        wanted = await export.permitted(desk, call.who, wish)
    chunks = export.chunks(call.desks, wanted)
    first = await anext(chunks)  # What fails at once still has an answer of its own.
    headers = {
        "Content-Type": _TYPES[wanted.format],
        "Content-Disposition": _disposition(wanted),
        "Cache-Control": "no-store",
    }
    return Stream(_whole(first, chunks), headers=headers, media_type=headers["Content-Type"])


async def _whole(first: bytes, rest: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    yield first
    async for chunk in rest:
        yield chunk


def _disposition(wanted: Export) -> str:
    """RFC 6266: the plain form where every client reads the name the same, else both forms."""
    name = file_name(wanted.channel, wanted.format)
    if _TOKEN.fullmatch(name):
        return f"attachment; filename={name}"
    plain = re.sub(r'[^ -~]|["\\]', "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


router = Router(PREFIX, route_handlers=[export_channel])
