"""Where integrations speak without a session: the address itself is the secret. Outside `/api/v4`."""

from functools import partial
from urllib.parse import parse_qs

import litestar
import msgspec
from litestar import MediaType, Response, Router
from litestar.exceptions import ClientException

from commandpost.api.call import ApiRequest, PublicCall
from commandpost.api.v4.route import ANSWERS
from commandpost.kernel.errors import Invalid
from commandpost.workspace import answers
from commandpost.workspace.actions import webhook_posts
from commandpost.workspace.answers import NotUnderstood
from commandpost.workspace.commands import later
from commandpost.workspace.model.said import Said

LARGEST_BYTES = 1_000_000
_MOST_FIELDS = 100
_STRUCTURED = frozenset({"attachments", "props", "skip_slack_parsing"})

_post = partial(
    litestar.post,
    status_code=200,
    media_type=MediaType.TEXT,
    responses=ANSWERS,
    request_max_body_size=LARGEST_BYTES,
)


class UnreadablePayload(Invalid):
    """Unable to parse incoming data."""

    code = "incoming_webhook.unreadable"


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


@_post("/{hook_id:str}")
async def public_post_by_webhook(public: PublicCall, hook_id: str) -> Response[str]:
    """Post in a channel by an incoming webhook.

    The body is JSON, the same in a form's field `payload`, or a multipart form with a field for each part.
    """
    payload = await _payload(public.request)
    async with public.desks.writing() as desk:
        await webhook_posts.receive(desk, hook_id, payload)
    return _taken()


async def _payload(request: ApiRequest) -> Said | None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        match kind:
            case "application/x-www-form-urlencoded":
                form = parse_qs((await request.body()).decode(), max_num_fields=_MOST_FIELDS)
                return answers.said_in(form.get("payload", [""])[0].encode())
            case "multipart/form-data":
                return answers.said_in(await _json_of_parts(request))
            case _:
                return answers.said_in(await request.body())
    except (NotUnderstood, ValueError) as cause:
        raise UnreadablePayload(f"Unable to parse incoming data. {cause}") from cause


async def _json_of_parts(request: ApiRequest) -> bytes:
    """The payload of a multipart form as JSON; what is no text in it comes as JSON in its part."""
    await request.body()
    try:
        form = await request.form()
    except ClientException as cause:
        raise NotUnderstood("It is not a form.") from cause
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    if "payload" in given:
        return given["payload"].encode()
    return msgspec.json.encode(
        {name: msgspec.Raw(value.encode()) if name in _STRUCTURED else value for name, value in given.items()}
    )


def _taken() -> Response[str]:
    return Response("ok", media_type=MediaType.TEXT)


router = Router("/hooks", route_handlers=[public_answer_command, public_post_by_webhook])
