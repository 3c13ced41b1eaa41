"""Routes for pictures of users and bots."""

from typing import Annotated

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body

from commandpost.api.call import Call
from commandpost.api.v4.params import BadBodyParameter, path_id
from commandpost.api.v4.route import delete, get, post
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import user_images
from commandpost.workspace.pictures import PNG

_CACHED = "private, max-age=86400"

Upload = Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)]


@get("/users/{user_id:str}/image", media_type=PNG)
async def get_user_image(call: Call, user_id: str) -> Response[bytes]:
    """A user's picture: uploaded, or drawn from their name. Clients ask anew by changing the query."""
    async with call.desks.reading() as desk:
        content = await user_images.get(desk, call.who, path_id(call.me(user_id), "user_id"))
    return _png(content)


@get("/users/{user_id:str}/image/default", media_type=PNG)
async def get_default_user_image(call: Call, user_id: str) -> Response[bytes]:
    """The picture drawn from a user's name."""
    async with call.desks.reading() as desk:
        content = await user_images.drawn(desk, call.who, path_id(call.me(user_id), "user_id"))
    return _png(content)


@post("/users/{user_id:str}/image", status_code=200)
async def upload_user_image(call: Call, user_id: str, data: Upload) -> Done:
    """Give a user a picture (multipart field `image`)."""
    user_id = path_id(call.me(user_id), "user_id")
    await user_images.upload(call.desks, call.who, user_id, await _image(data))
    return DONE


@delete("/users/{user_id:str}/image")
async def delete_user_image(call: Call, user_id: str) -> Done:
    """Go back to the picture drawn from the name."""
    async with call.desks.writing() as desk:
        await user_images.delete(desk, call.who, path_id(call.me(user_id), "user_id"))
    return DONE


@get("/bots/{bot_id:str}/icon", media_type=PNG)
async def get_bot_icon(call: Call, bot_id: str) -> Response[bytes]:
    """A bot's picture; 404 when it has none of its own."""
    async with call.desks.reading() as desk:
        content = await user_images.uploaded(desk, call.who, path_id(bot_id, "bot_user_id"))
    return _png(content)


@post("/bots/{bot_id:str}/icon", status_code=200)
async def upload_bot_icon(call: Call, bot_id: str, data: Upload) -> Done:
    """Give a bot a picture (multipart field `image`)."""
    bot_id = path_id(bot_id, "bot_user_id")
    await user_images.upload(call.desks, call.who, bot_id, await _image(data))
    return DONE


@delete("/bots/{bot_id:str}/icon")
async def delete_bot_icon(call: Call, bot_id: str) -> Done:
    """Take a bot's picture away."""
    async with call.desks.writing() as desk:
        await user_images.delete(desk, call.who, path_id(bot_id, "bot_user_id"))
    return DONE


async def _image(parts: dict[str, UploadFile]) -> bytes:
    image = parts.get("image")
    if not isinstance(image, UploadFile):
        raise BadBodyParameter("Invalid or missing image in request body.")
    return await image.read()


def _png(content: bytes) -> Response[bytes]:
    return Response(content, media_type=PNG, headers={"Cache-Control": _CACHED})


ROUTES = (
    get_user_image,
    get_default_user_image,
    upload_user_image,
    delete_user_image,
    get_bot_icon,
    upload_bot_icon,
    delete_bot_icon,
)
