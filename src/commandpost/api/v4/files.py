"""Routes about files: uploaded, shown, fetched."""

import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, cast
from urllib.parse import quote

import msgspec
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.response import Stream

from commandpost.api.call import ApiRequest, Call
from commandpost.api.v4.paging import flag
from commandpost.api.v4.params import BadBodyParameter, body_id, path_id
from commandpost.api.v4.route import get, post
from commandpost.api.v4.shapes.done import Done
from commandpost.api.v4.shapes.files import FileShape, file_shape
from commandpost.kernel.errors import Invalid, SwitchedOff
from commandpost.kernel.ids import new_id
from commandpost.workspace.actions import files
from commandpost.workspace.actions.files import FileTooLarge, Upload
from commandpost.workspace.contents import PICTURE_TYPE, Version, is_shown_in_place, served_as
from commandpost.workspace.model.file import File, UnknownFile
from commandpost.workspace.model.post import MAX_FILES

_LARGEST_REQUEST = 2**31
_FORM_BYTES = 1_000_000
"""What a form may need besides the files in it."""

_SPOOLED_BYTES = 1_000_000
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class NoFiles(Invalid):
    """The upload holds no file, or more than ten."""

    code = "file.none"


class NoPicture(Invalid):
    """There is no smaller picture of this file."""

    code = "file.no_picture"


class PublicLinksOff(SwitchedOff):
    """Public links to files are switched off on this server."""

    code = "file.public_link_off"


class UploadShape(msgspec.Struct, kw_only=True):
    """The files that were uploaded, with the client's own ids for them, if it gave any."""

    file_infos: list[FileShape]
    client_ids: list[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What came with an upload: where to, and names and contents."""

    channel_id: str
    contents: Sequence[tuple[str, BinaryIO]]
    client_ids: Sequence[str]


@post("/files", status_code=201, request_max_body_size=_LARGEST_REQUEST)
async def upload_files(
    call: Call, channel_id: str = "", filename: str = "", client_id: str = ""
) -> UploadShape:
    """Upload files to a channel: a form with `files`, or one file as the body with its name in the query."""
    largest = call.desks.config.max_file_size
    if _announced(call.request) > largest * MAX_FILES + _FORM_BYTES:
        raise FileTooLarge
    if channel_id:
        await _permit(call, channel_id)
    if call.request.content_type[0] == RequestEncodingType.MULTI_PART:
        arrived = await _form(call.request, channel_id)
    else:
        content = await _body(call.request, largest)
        arrived = Arrived(
            channel_id=channel_id, contents=[(filename, content)], client_ids=[client_id] if client_id else []
        )
    try:
        return await _kept(call, arrived, largest)
    finally:
        for _, content in arrived.contents:
            _close(content)


@get("/files/{file_id:str}")
async def get_file(call: Call, file_id: str) -> Stream:
    """The content of a file; `download=1` to have it saved rather than shown."""
    return await _content(call, file_id, Version.ORIGINAL)


@get("/files/{file_id:str}/thumbnail")
async def get_thumbnail(call: Call, file_id: str) -> Stream:
    """A small picture of a picture."""
    return await _content(call, file_id, Version.THUMBNAIL)


@get("/files/{file_id:str}/preview")
async def get_preview(call: Call, file_id: str) -> Stream:
    """A picture of a picture that fits a screen."""
    return await _content(call, file_id, Version.PREVIEW)


@get("/files/{file_id:str}/info")
async def get_file_info(call: Call, file_id: str) -> FileShape:
    """What is known about a file."""
    async with call.desks.reading() as desk:
        return file_shape(await files.get(desk, call.who, path_id(file_id, "file_id")))


@get("/files/{file_id:str}/link")
async def get_public_link(call: Call, file_id: str) -> Done:
    """Public links are not given out."""
    raise PublicLinksOff


async def _permit(call: Call, channel_id: str) -> None:
    async with call.desks.reading() as desk:
        await files.permit_upload(desk, call.who, body_id(channel_id, "channel_id"))


async def _form(request: ApiRequest, channel_id: str) -> Arrived:
    try:
        form = await request.form()
    except (UnicodeDecodeError, LookupError, ValueError) as cause:
        raise BadBodyParameter("The form cannot be read.") from cause
    uploads = [one for one in form.getall("files", []) if isinstance(one, UploadFile)]
    named = [one for one in form.getall("channel_id", []) if isinstance(one, str)]
    client_ids = [one for one in form.getall("client_ids", []) if isinstance(one, str)]
    contents = [(one.filename, cast("BinaryIO", one.file)) for one in uploads]
    return Arrived(channel_id=channel_id or "".join(named[:1]), contents=contents, client_ids=client_ids)


async def _body(request: ApiRequest, largest: int) -> BinaryIO:
    content = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES))  # noqa: SIM115 -- the caller closes it
    try:
        async for chunk in request.stream():
            if content.tell() + len(chunk) > largest:
                raise FileTooLarge
            content.write(chunk)
        content.seek(0)
    except BaseException:
        _close(content)
        raise
    return content


def _close(content: BinaryIO) -> None:
    with suppress(OSError):  # What found no room is still to be written.
        content.close()


async def _kept(call: Call, arrived: Arrived, largest: int) -> UploadShape:
    """Contents first, durably; only then is anything known of them."""
    await _permit(call, arrived.channel_id)
    if not 1 <= len(arrived.contents) <= MAX_FILES:
        raise NoFiles
    named = [(files.name_of(name), content) for name, content in arrived.contents]
    if any(content.seek(0, 2) > largest for _, content in named):
        raise FileTooLarge
    uploads: list[Upload] = []
    for name, content in named:
        content.seek(0)
        file_id = new_id()
        shelved = await call.desks.shelf.put(file_id, content, extension=files.extension_of(name))
        uploads.append(Upload(file_id=file_id, channel_id=arrived.channel_id, name=name, content=shelved))
    async with call.desks.writing() as desk:
        added = [await files.add(desk, call.who, upload) for upload in uploads]
    return UploadShape(
        file_infos=[file_shape(file) for file in added], client_ids=list(arrived.client_ids) or None
    )


async def _content(call: Call, file_id: str, version: Version) -> Stream:
    async with call.desks.reading() as desk:
        file = await files.get(desk, call.who, path_id(file_id, "file_id"))
    if version is not Version.ORIGINAL and not file.has_preview_image:
        raise NoPicture
    size = await call.desks.shelf.size(file.id, version)
    if size is None:
        raise UnknownFile
    start, end = _range(call.request.headers.get("range", ""), size)
    headers = _headers(file, version, is_download=flag(call.request.query_params, "download"))
    headers["Content-Length"] = str(end - start)
    is_part = end - start < size
    if is_part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return Stream(
        call.desks.shelf.chunks(file.id, version, start, end),
        headers=headers,
        media_type=headers["Content-Type"],
        status_code=206 if is_part else 200,
    )


def _headers(file: File, version: Version, *, is_download: bool) -> dict[str, str]:
    in_place = version is not Version.ORIGINAL or is_shown_in_place(file.mime_type)
    kind = "inline" if in_place and not is_download else "attachment"
    plain = re.sub(r'[^ -~]|["\\]', "_", file.name)
    return {
        "Content-Type": served_as(file.mime_type) if version is Version.ORIGINAL else PICTURE_TYPE,
        "Content-Disposition": f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=2592000",
        "Accept-Ranges": "bytes",
    }


def _range(asked: str, size: int) -> tuple[int, int]:
    """The part of a content that is asked for: all of it, unless one range of bytes that is there."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or not (found[1] or found[2]):
        return 0, size
    if not found[1]:
        return max(size - int(found[2]), 0), size
    start, end = int(found[1]), min(int(found[2]) + 1 if found[2] else size, size)
    return (start, end) if start < end else (0, size)


def _announced(request: ApiRequest) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) <= 18 else 0


ROUTES = (upload_files, get_file, get_thumbnail, get_preview, get_file_info, get_public_link)
