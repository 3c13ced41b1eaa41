"""A complete provider of OpenID Connect on loopback: discovery, log-in, tokens, keys, people.

It believes whoever comes to be `person`, and can be made to lie in every way that must be seen through.
"""

import asyncio
import json
import secrets
import time
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.grants.util import create_half_hash
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from tests.support.outside import http

CLIENT_ID = "commandpost"
CLIENT_SECRET = "quite a secret"

_KEYS = [RSAKey.generate_key(2048, {"kid": name, "use": "sig"}) for name in ("first", "second", "stranger")]

_SHARED = OctKey.import_key(CLIENT_SECRET)


@dataclass
class OpenIdProvider:
    """The provider: what it says next, and what it was asked."""

    port: int = 0
    key: RSAKey = field(default_factory=lambda: _KEYS[0])
    published: list[RSAKey] = field(default_factory=lambda: _KEYS[:1])
    algorithm: str = "RS256"
    person: dict[str, Any] = field(
        default_factory=lambda: {
            "sub": "4711",
            "email": "ana@example.com",
            "email_verified": True,
            "preferred_username": "ana",
            "given_name": "Ana",
            "family_name": "Ek",
        }
    )
    claims: dict[str, Any] = field(default_factory=dict[str, Any])
    discovery: dict[str, Any] = field(default_factory=dict[str, Any])
    userinfo: dict[str, Any] | None = None
    is_down: bool = False
    needs_secret: bool = True
    tampers: bool = False
    forgets_codes: bool = True
    now: Callable[[], float] = time.time
    asked: list[str] = field(default_factory=list[str])
    codes: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def turn_keys(self) -> None:
        """Sign with another key from now on, and publish that one only."""
        self.key = _KEYS[1]
        self.published = [_KEYS[1]]

    def sign_with_unpublished(self) -> None:
        """Sign with a key of the same name as the one that is published."""
        self.key = RSAKey.import_key(_KEYS[2].as_dict(private=True) | {"kid": self.published[0].kid})

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            method, target, _ = head[0].split(" ")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
            body = (await reader.readexactly(int(headers.get("content-length", "0")))).decode()
            writer.write(self._answer(method, target, headers, dict(parse_qsl(body))))
            await writer.drain()
            writer.close()

    def _answer(self, method: str, target: str, headers: dict[str, str], form: dict[str, str]) -> bytes:
        parts = urlsplit(target)
        self.asked.append(parts.path)
        match method, parts.path:
            case _ if self.is_down:
                return http(503)
            case "GET", "/.well-known/openid-configuration":
                return _json(self._metadata())
            case "GET", "/keys":
                return _json(KeySet(self.published).as_dict(private=False))
            case "GET", "/authorize":
                return http(302, b"", f"Location: {self.location(dict(parse_qsl(parts.query)))}")
            case "POST", "/token":
                return self._tokens(headers, form)
            case "GET", "/people" if headers.get("authorization") == "Bearer access":
                return _json(self.userinfo)
            case _:
                return http(404)

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/people",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            **self.discovery,
        }

    def location(self, asked: dict[str, str]) -> str:
        """Where the log-in page sends a browser, once somebody has logged in."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        told = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(told)}"

    def _tokens(self, headers: dict[str, str], form: dict[str, str]) -> bytes:
        granted = self.codes.get(form["code"])
        if self.forgets_codes:
            self.codes.pop(form["code"], None)
        login = b64decode(headers.get("authorization", "").removeprefix("Basic ")).decode()
        if (
            granted is None
            or (self.needs_secret and login != f"{CLIENT_ID}:{CLIENT_SECRET}")
            or form["redirect_uri"] != granted["redirect_uri"]
            or create_s256_code_challenge(form["code_verifier"]) != granted["code_challenge"]
        ):
            return _json({"error": "invalid_grant"}, 400)
        now_s = int(self.now())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now_s,
            "exp": now_s + 300,
            "nonce": granted["nonce"],
            "at_hash": create_half_hash("access", "RS256").decode(),
            **(self.person if self.userinfo is None else {"sub": self.person["sub"]}),
            **self.claims,
        }
        return _json({"access_token": "access", "token_type": "Bearer", "id_token": self._signed(claims)})

    def _signed(self, claims: dict[str, Any]) -> str:
        told = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.key.kid}
        if self.algorithm == "none":
            return f"{_encoded(header)}.{_encoded(told)}."
        key = self.key if self.algorithm == "RS256" else _SHARED
        token = jwt.encode(header, told, key, algorithms=[self.algorithm])
        if self.tampers:
            head, body, signature = token.split(".")
            token = f"{head}.{_changed(body)}.{signature}"
        return token


def _changed(body: str) -> str:
    claims = json.loads(urlsafe_b64decode(body + "=="))
    return _encoded(claims | {"sub": "1"})


def _encoded(part: object) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def _json(content: object, status: int = 200) -> bytes:
    return http(status, json.dumps(content).encode(), content_type="application/json")


@asynccontextmanager
async def openid_provider() -> AsyncGenerator[OpenIdProvider]:
    """A provider for the length of a block."""
    provider = OpenIdProvider()
    server = await asyncio.start_server(provider.talk, "127.0.0.1", 0)
    provider.port = server.sockets[0].getsockname()[1]
    yield provider
    server.close()
