"""Signing in with OpenID Connect: what is remembered meanwhile, whom a provider means, what is refused."""

import re
from dataclasses import dataclass

from commandpost.kernel.errors import Conflict, Forbidden, Invalid, Unauthenticated, Upstream
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.sign_up import MAX_NAME, MAX_USERNAME, RESERVED_USERNAMES

COMPLETION = "/signup/openid/complete"
"""Where the provider sends people back to."""

_FOREIGN = re.compile(r"[^a-z0-9._-]+")
_ROOM_FOR_NUMBER = 6


class ProviderAway(Upstream):
    """The provider that signs people in cannot be reached, or does not answer as it should."""

    code = "openid.unavailable"


class Cancelled(Unauthenticated):
    """The provider did not sign you in."""

    code = "openid.cancelled"


class Stale(Invalid):
    """This way in has been used, has expired, or was begun in another browser; please begin again."""

    code = "openid.stale"


class Unproven(Unauthenticated):
    """What the provider says of you could not be verified."""

    code = "openid.unproven"


class NoAccount(Forbidden):
    """You have no account here; please ask an administrator for one."""

    code = "openid.no_account"


class AddressTaken(Conflict):
    """Another account has your e-mail address; sign in by password, or ask an administrator."""

    code = "openid.address_taken"


class AddressUnverified(Forbidden):
    """The provider does not vouch for your e-mail address."""

    code = "openid.address_unverified"


class AccountDeactivated(Forbidden):
    """Your account has been deactivated; please contact an administrator."""

    code = "openid.deactivated"


def completion(config: Config) -> str:
    """The address that the provider must be told."""
    return config.site_url.rstrip("/") + COMPLETION


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What a browser keeps, sealed, between setting out for the provider and coming back."""

    state: str
    nonce: str
    verifier: str
    redirect_to: str
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """What a browser keeps, sealed, while the code of a second factor is still missing."""

    user_id: str
    issuer: str
    subject: str
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Somebody as a provider knows them. Only issuer and subject say who it is; all else may change.

    `is_email_verified` is None where the provider does not say.
    """

    issuer: str
    subject: str
    email: str = ""
    is_email_verified: bool | None = None
    username: str = ""
    first_name: str = ""
    last_name: str = ""

    def usernames(self) -> list[str]:
        """Names for a new account, the best first."""
        wanted = _FOREIGN.sub("-", (self.username or self.email).partition("@")[0].lower()).strip("._-")
        name = wanted.lstrip("0123456789._-")[: MAX_USERNAME - _ROOM_FOR_NUMBER] or "user"
        plain = [] if name in RESERVED_USERNAMES else [name]
        return [*plain, *(f"{name}-{number}" for number in range(2, 10))]

    def name(self, given: str) -> str:
        """A name of theirs as long as an account's may be."""
        return given[:MAX_NAME]
