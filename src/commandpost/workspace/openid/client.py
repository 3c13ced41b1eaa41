"""Speaking with the provider that the settings name.

Its own host may lie in a private network, since an administrator has named it; others that it refers to may
not, unless they are allowed for integrations.
"""

import asyncio
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode, urlsplit

import msgspec
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import (
    prepare_grant_uri,  # pyright: ignore[reportUnknownVariableType] -- typed in part
)
from authlib.oauth2.rfc7636 import (
    create_s256_code_challenge,  # pyright: ignore[reportUnknownVariableType] -- not typed
)
from joserfc.jwk import KeySet

from commandpost.kernel.clock import Millis
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.openid import Identity, Pending, ProviderAway, Unproven, completion
from commandpost.workspace.openid import metadata, tokens
from commandpost.workspace.openid.metadata import Metadata
from commandpost.workspace.openid.tokens import BadSignature
from commandpost.workspace.outbound import AllowedAddresses, Outbound

_GOOD_FOR_S = 3600.0
_LET_BE_S = 3.0
_SERVER_ERROR = 500
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class _Granted(msgspec.Struct, frozen=True, kw_only=True):
    id_token: str
    access_token: str = ""


@dataclass(slots=True, kw_only=True)
class _Known:
    """What was found out of a provider; it is asked anew after a while, and for keys when one is unknown."""

    asked_for: tuple[str, str]
    metadata: Metadata
    keys: KeySet | None
    until_s: float


class Client:
    """What this server is to the provider."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._way_out = Outbound(AllowedAddresses(""))
        self._allowed = ""
        self._known: _Known | None = None
        self._finding = asyncio.Lock()
        self._away = ("", "")
        self._let_be_until_s = 0.0

    async def address(self, config: Config, pending: Pending) -> str:
        """The log-in page to send a browser to. Raises ProviderAway."""
        found = await self._find(config)
        address = prepare_grant_uri(  # pyright: ignore[reportUnknownVariableType] -- it is a text
            found.metadata.authorization_endpoint,
            client_id=config.oidc_client_id,
            response_type="code",
            redirect_uri=completion(config),
            scope=config.oidc_scope,
            state=pending.state,
            nonce=pending.nonce,
            code_challenge=cast("str", create_s256_code_challenge(pending.verifier)),
            code_challenge_method="S256",
        )
        return cast("str", address)

    async def proved(self, config: Config, pending: Pending, code: str, *, now: Millis) -> Identity:
        """Who the code of an answer stands for. Raises ProviderAway, Unproven."""
        found = await self._find(config)
        granted = await self._grant(config, found.metadata, pending, code)
        claims = await self._claims(config, found, granted, nonce=pending.nonce, now=now)
        identity = tokens.identity(claims, config)
        if identity.email or not (found.metadata.userinfo_endpoint and granted.access_token):
            return identity
        return await self._completed(found.metadata, identity, granted.access_token)

    async def check(self, config: Config) -> None:
        """See that the provider answers and has keys. Raises ProviderAway."""
        found = await self._find(config)
        await metadata.keys_of(self._way_out, found.metadata)

    async def close(self) -> None:
        await self._way_out.close()

    async def _find(self, config: Config) -> _Known:
        host = urlsplit(config.oidc_issuer).hostname or ""
        allowed = f"{config.allowed_untrusted_internal_connections} {host}"
        if allowed != self._allowed:
            self._way_out.allow(AllowedAddresses(allowed))
            self._allowed = allowed
        asked_for = (config.oidc_issuer, allowed)
        async with self._finding:
            now_s = asyncio.get_running_loop().time()
            known = self._known
            if known is None or known.asked_for != asked_for or known.until_s <= now_s:
                known = self._known = await self._found(config, asked_for, now_s)
            return known

    async def _found(self, config: Config, asked_for: tuple[str, str], now_s: float) -> _Known:
        """Ask the provider. One that does not answer is let be for a moment, however many people wait."""
        if asked_for == self._away and now_s < self._let_be_until_s:
            raise ProviderAway
        try:
            found = await metadata.discover(self._way_out, config)
        except ProviderAway:
            self._away, self._let_be_until_s = asked_for, asyncio.get_running_loop().time() + _LET_BE_S
            raise
        return _Known(asked_for=asked_for, metadata=found, keys=None, until_s=now_s + _GOOD_FOR_S)

    async def _grant(self, config: Config, found: Metadata, pending: Pending, code: str) -> _Granted:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": completion(config),
            "code_verifier": pending.verifier,
        }
        auth = ClientAuth(config.oidc_client_id, self._secret, self._auth_method(found))
        address, headers, body = cast(
            "tuple[str, dict[str, str], str]",
            auth.prepare("POST", found.token_endpoint, dict(_FORM), urlencode(form)),  # pyright: ignore[reportUnknownMemberType] -- not typed
        )
        answer = await metadata.said(self._way_out, "POST", address, headers=headers, content=body.encode())
        if answer.status >= _SERVER_ERROR:
            raise ProviderAway(f"{found.token_endpoint} answers with status {answer.status}.")
        if not answer.is_success:
            raise Unproven(f"The provider does not take the code: status {answer.status}.")
        try:
            return msgspec.json.decode(answer.body, type=_Granted)
        except (msgspec.MsgspecError, UnicodeDecodeError) as cause:
            raise ProviderAway(f"The provider's tokens cannot be read: {cause}") from cause

    def _auth_method(self, found: Metadata) -> str:
        if not self._secret:
            return "none"
        ways = found.token_endpoint_auth_methods_supported
        return "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"

    async def _claims(
        self, config: Config, found: _Known, granted: _Granted, *, nonce: str, now: Millis
    ) -> dict[str, object]:
        """What the ID token claims; a signature that no known key has made may be of a new one."""
        for are_fresh in (found.keys is None, True):
            if found.keys is None or are_fresh:
                found.keys = await metadata.keys_of(self._way_out, found.metadata)
            try:
                return dict(
                    tokens.read(
                        granted.id_token,
                        found.keys,
                        found.metadata,
                        config,
                        access_token=granted.access_token,
                        nonce=nonce,
                        now=now,
                    )
                )
            except BadSignature as cause:
                if are_fresh:
                    raise Unproven(f"The ID token's signature is not good: {cause.__cause__}") from cause
        raise Unproven

    async def _completed(self, found: Metadata, identity: Identity, access_token: str) -> Identity:
        """The same with what the provider tells apart from the ID token."""
        headers = {"Authorization": f"Bearer {access_token}"}
        answer = await metadata.asked(self._way_out, "GET", found.userinfo_endpoint, headers=headers)
        try:
            claims = msgspec.json.decode(answer.body, type=dict[str, object])
        except (msgspec.MsgspecError, UnicodeDecodeError) as cause:
            raise ProviderAway(f"What the provider tells of people cannot be read: {cause}") from cause
        if claims.get("sub") != identity.subject:
            raise Unproven("The provider tells of somebody else.")
        return tokens.completed(identity, claims)
