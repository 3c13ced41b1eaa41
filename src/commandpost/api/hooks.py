"""Where integrations speak without a session: the address itself is the secret. Outside `/api/v4`."""

from functools import partial

import litestar
from litestar import MediaType, Response, Router

from commandpost.api.call import PublicCall
from commandpost.api.v4.route import ANSWERS
from commandpost.workspace.commands import later

LARGEST_BYTES = 1_000_000

_post = partial(
    litestar.post,
    status_code=200,
    media_type=MediaType.TEXT,
    responses=ANSWERS,
    request_max_body_size=LARGEST_BYTES,
)


@_post("/commands/{address_id:str}")
async def public_answer_command(public: PublicCall, address_id: str) -> Response[str]:
    """Answer a slash command later, up to 5 times within 30 minutes.

    The body is what the command could have answered at once: JSON, or a text.
    """
    content_type = public.request.headers.get("content-type", "")
    body = await public.request.body()
    async with public.desks.writing() as desk:
        await later.answer(desk, address_id, content_type, body)
    return _taken()


def _taken() -> Response[str]:
    return Response("ok", media_type=MediaType.TEXT)


router = Router("/hooks", route_handlers=[public_answer_command])
