"""Routes for two-factor authentication."""

import msgspec

from commandpost.api.call import Call, PublicCall
from commandpost.api.v4.params import path_id
from commandpost.api.v4.route import post, put
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import two_factor


class SecretShape(msgspec.Struct, kw_only=True):
    """What an authenticator app is set up with; `qr_code` is a PNG in base64."""

    secret: str
    qr_code: str


class ActivationBody(msgspec.Struct, kw_only=True):
    """On, with a code that shows that the app is set up; or off."""

    activate: bool
    code: str | None = None


class NameBody(msgspec.Struct, kw_only=True):
    """Who is about to log in."""

    login_id: str


class RequiredShape(msgspec.Struct, kw_only=True):
    """Whether to ask for a code before logging in."""

    mfa_required: bool


@post("/users/{user_id:str}/mfa/generate", status_code=200)
async def generate_secret(call: Call, user_id: str) -> SecretShape:
    """Take a secret for an authenticator app. Nothing changes for log-ins until it is activated."""
    async with call.desks.writing() as desk:
        offer = await two_factor.offer(desk, call.who, path_id(call.me(user_id), "user_id"))
    return SecretShape(secret=offer.secret, qr_code=offer.qr_code)


@put("/users/{user_id:str}/mfa")
async def set_two_factor(call: Call, user_id: str, data: ActivationBody) -> Done:
    """Switch two-factor authentication on or off; administrators may switch it off for others."""
    user_id = path_id(call.me(user_id), "user_id")
    async with call.desks.writing() as desk:
        if data.activate:
            await two_factor.activate(desk, call.who, user_id, data.code or "")
        else:
            await two_factor.deactivate(desk, call.who, user_id)
    return DONE


@post("/users/mfa", status_code=200)
async def public_is_code_needed(public: PublicCall, data: NameBody) -> RequiredShape:
    """Whether everybody needs a code. It is the same for every name, lest it tell who has an account.

    A log-in with the right password says it, if it misses the code.
    """
    return RequiredShape(mfa_required=public.desks.config.is_two_factor_enforced)


ROUTES = (generate_secret, set_two_factor, public_is_code_needed)
