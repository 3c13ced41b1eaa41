"""What a provider says of itself (OpenID Connect Discovery 1.0), and the keys that it signs with."""

from typing import Any

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from commandpost.kernel.errors import Upstream
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.openid import ProviderAway
from commandpost.workspace.model.web_address import is_private_to_us, is_web_address
from commandpost.workspace.outbound import Answer, Outbound

TIMEOUT_S = 10.0

_WELL_KNOWN = "/.well-known/openid-configuration"


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """Where a provider is asked what, and how."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)


class _Keys(msgspec.Struct, frozen=True):
    keys: list[dict[str, Any]]


async def discover(way_out: Outbound, config: Config) -> Metadata:
    """What the provider says of itself. Raises ProviderAway."""
    answer = await asked(way_out, "GET", config.oidc_issuer.rstrip("/") + _WELL_KNOWN)
    try:
        found = msgspec.json.decode(answer.body, type=Metadata)
    except (msgspec.MsgspecError, UnicodeDecodeError) as cause:
        raise ProviderAway(f"What the provider says of itself cannot be read: {cause}") from cause
    if found.issuer != config.oidc_issuer:
        raise ProviderAway(f"The provider calls itself {found.issuer}, not {config.oidc_issuer}.")
    addresses = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri)
    for address in (*addresses, *filter(None, (found.userinfo_endpoint,))):
        if not (is_web_address(address) and is_private_to_us(address)):
            raise ProviderAway(f"The provider names {address}, which is no https: address.")
    return found


async def keys_of(way_out: Outbound, metadata: Metadata) -> KeySet:
    """The keys that the provider signs with now. Raises ProviderAway."""
    answer = await asked(way_out, "GET", metadata.jwks_uri)
    try:
        found = msgspec.json.decode(answer.body, type=_Keys)
        return KeySet.import_key_set({"keys": [key for key in found.keys if key.get("use", "sig") == "sig"]})  # pyright: ignore[reportArgumentType] -- what is no key is refused
    except (msgspec.MsgspecError, UnicodeDecodeError, JoseError, ValueError, TypeError, KeyError) as cause:
        raise ProviderAway(f"The provider's keys cannot be read: {cause}") from cause


async def asked(
    way_out: Outbound,
    method: str,
    address: str,
    *,
    headers: dict[str, str] | None = None,
    content: bytes | None = None,
) -> Answer:
    """A successful answer of the provider, which may not lead elsewhere. Raises ProviderAway."""
    answer = await said(way_out, method, address, headers=headers, content=content)
    if not answer.is_success:
        raise ProviderAway(f"{address} answers with status {answer.status}.")
    return answer


async def said(
    way_out: Outbound,
    method: str,
    address: str,
    *,
    headers: dict[str, str] | None = None,
    content: bytes | None = None,
) -> Answer:
    """Any answer of the provider. Raises ProviderAway."""
    asking = {"Accept": "application/json", **(headers or {})}
    try:
        return await way_out.send(
            method, address, headers=asking, content=content, timeout_s=TIMEOUT_S, follows=False
        )
    except Upstream as cause:
        raise ProviderAway(f"{address}: {cause.message}") from cause
