"""Routes for whoever forgot their password."""

import msgspec

from commandpost.api.call import PublicCall
from commandpost.api.v4.route import post
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import password_resets


class ForgottenBody(msgspec.Struct, kw_only=True):
    """The e-mail address of an account."""

    email: str


class ResetBody(msgspec.Struct, kw_only=True):
    """The token of the mail, and the password from now on."""

    token: str
    new_password: str


@post("/users/password/reset/send", status_code=200)
async def public_send_password_reset(public: PublicCall, data: ForgottenBody) -> Done:
    """Mail a link to choose a new password, if there is an account; the answer does not tell."""
    async with public.desks.writing() as desk:
        await password_resets.ask(desk, data.email, address=public.address)
    return DONE


@post("/users/password/reset", status_code=200)
async def public_reset_password(public: PublicCall, data: ResetBody) -> Done:
    """Set a new password by the token of a mail. All sessions of the account end."""
    await password_resets.reset(public.desks, data.token, data.new_password)
    return DONE


ROUTES = (public_send_password_reset, public_reset_password)
