"""Answers that a client has already: 304 for who names the `ETag` it holds."""

from hashlib import blake2s
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.openapi.datastructures import ResponseSpec

from commandpost.api.v4.route import ANSWERS

_TAG_BYTES = 13
_encode = msgspec.json.Encoder().encode

Shape = TypeVar("Shape", bound=msgspec.Struct)

ANSWERS_WITH_ETAG = {
    **ANSWERS,
    304: ResponseSpec(data_container=None, description="What the client has is still so."),
}


def tagged(request: Request[Any, Any, Any], shape: Shape) -> Response[Shape]:
    """The answer with its `ETag`; empty, with 304, if that is what the client has (`If-None-Match`)."""
    tag = f'"{blake2s(_encode(shape), digest_size=_TAG_BYTES).hexdigest()}"'
    held = request.headers.get("if-none-match", "")
    if tag in (one.strip().removeprefix("W/") for one in held.split(",")):
        return Response[Any](None, status_code=304, headers={"ETag": tag})
    return Response(shape, headers={"ETag": tag})
