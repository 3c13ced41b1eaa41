"""Routes about personal access tokens."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.paging import page_of
from commandpost.api.v4.params import body_id, path_id
from commandpost.api.v4.route import get, post
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import tokens
from commandpost.workspace.model.session import AccessToken


class AccessTokenShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A personal access token; `token` itself only when it was just made."""

    id: str
    token: str = ""
    user_id: str
    description: str
    is_active: bool


class DescriptionBody(msgspec.Struct, kw_only=True):
    """What a token is for."""

    description: str


class TokenIdBody(msgspec.Struct, kw_only=True):
    """Which token is meant."""

    token_id: str


@post("/users/{user_id:str}/tokens", status_code=200)
async def create_access_token(call: Call, user_id: str, data: DescriptionBody) -> AccessTokenShape:
    """Make a token; the answer is the only place where it is ever shown."""
    user_id = path_id(call.me(user_id), "user_id")
    async with call.desks.writing() as desk:
        made, token = await tokens.create(desk, call.who, user_id, data.description)
    return _shape(made, token)


@get("/users/{user_id:str}/tokens")
async def list_access_tokens(call: Call, user_id: str) -> list[AccessTokenShape]:
    """A user's tokens."""
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await tokens.of_user(
            desk, call.who, path_id(call.me(user_id), "user_id"), limit=page.size, offset=page.offset
        )
    return [_shape(token) for token in found]


@get("/users/tokens")
async def list_all_access_tokens(call: Call) -> list[AccessTokenShape]:
    """Everybody's tokens, for administrators."""
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await tokens.page(desk, call.who, limit=page.size, offset=page.offset)
    return [_shape(token) for token in found]


@get("/users/tokens/{token_id:str}")
async def get_access_token(call: Call, token_id: str) -> AccessTokenShape:
    """One token."""
    async with call.desks.reading() as desk:
        return _shape(await tokens.get(desk, call.who, path_id(token_id, "token_id")))


@post("/users/tokens/revoke", status_code=200)
async def revoke_access_token(call: Call, data: TokenIdBody) -> Done:
    """End a token for good."""
    async with call.desks.writing() as desk:
        await tokens.revoke(desk, call.who, body_id(data.token_id, "token_id"))
    return DONE


@post("/users/tokens/disable", status_code=200)
async def disable_access_token(call: Call, data: TokenIdBody) -> Done:
    """Put a token out of use."""
    async with call.desks.writing() as desk:
        await tokens.disable(desk, call.who, body_id(data.token_id, "token_id"))
    return DONE


@post("/users/tokens/enable", status_code=200)
async def enable_access_token(call: Call, data: TokenIdBody) -> Done:
    """Take a token into use again."""
    async with call.desks.writing() as desk:
        await tokens.enable(desk, call.who, body_id(data.token_id, "token_id"))
    return DONE


def _shape(token: AccessToken, secret: str = "") -> AccessTokenShape:
    return AccessTokenShape(
        id=token.id,
        token=secret,
        user_id=token.user_id,
        description=token.description,
        is_active=token.is_active,
    )


ROUTES = (
    create_access_token,
    list_access_tokens,
    list_all_access_tokens,
    get_access_token,
    revoke_access_token,
    disable_access_token,
    enable_access_token,
)
