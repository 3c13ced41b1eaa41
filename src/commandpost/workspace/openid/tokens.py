"""Tokens of a provider: whether an ID token is signed, for us, still good, and answers our question."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from commandpost.kernel.clock import SECOND_MS, Millis
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.openid import Identity, Unproven
from commandpost.workspace.openid.metadata import Metadata

ALGORITHMS = frozenset(f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512))
"""Signatures with a key of the provider's alone: neither none, nor those with a secret that is shared."""

_LEEWAY_S = 60
_LONGEST_SUBJECT = 255


class BadSignature(Exception):
    """The token is signed with none of these keys."""


def read(
    id_token: str,
    keys: KeySet,
    metadata: Metadata,
    config: Config,
    *,
    access_token: str,
    nonce: str,
    now: Millis,
) -> Mapping[str, Any]:
    """What an ID token claims. Raises BadSignature (the keys may be old), Unproven."""
    algorithms = ALGORITHMS.intersection(metadata.id_token_signing_alg_values_supported)
    try:
        token = jwt.decode(id_token, keys, algorithms=sorted(algorithms))
    except (JoseError, ValueError) as cause:
        raise BadSignature from cause
    claims = CodeIDToken(
        token.claims,
        token.header,
        {
            "iss": {"essential": True, "value": config.oidc_issuer},
            "aud": {"essential": True, "value": config.oidc_client_id},
            "sub": {"essential": True},
            "nonce": {"essential": True},
        },
        {"nonce": nonce, "client_id": config.oidc_client_id, "access_token": access_token},
    )
    try:
        claims.validate(now // SECOND_MS, _LEEWAY_S)
    except (JoseError, ValueError, TypeError) as cause:
        raise Unproven(f"The ID token is refused: {cause}") from cause
    if not 0 < len(token.claims["sub"]) <= _LONGEST_SUBJECT or not token.claims["sub"].isprintable():
        raise Unproven("The ID token's subject cannot be one.")
    return token.claims


def identity(claims: Mapping[str, Any], config: Config) -> Identity:
    """Whom the claims of a verified ID token speak of."""
    return completed(Identity(issuer=config.oidc_issuer, subject=claims["sub"]), claims)


def completed(known: Identity, claims: Mapping[str, Any]) -> Identity:
    """The same with what further claims about them say."""
    verified = claims.get("email_verified")
    return replace(
        known,
        email=_text(claims, "email"),
        is_email_verified=None if verified is None else verified in (True, "true"),
        username=_text(claims, "preferred_username"),
        first_name=_text(claims, "given_name") or _text(claims, "name"),
        last_name=_text(claims, "family_name") if claims.get("given_name") else "",
    )


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) and value.isprintable() else ""
