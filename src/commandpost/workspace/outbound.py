"""Calls to servers outside, made on behalf of people: only to addresses that an administrator allows.

Private, loopback, link-local and other reserved addresses are refused unless listed, so that nobody makes
the server fetch what only the server can reach. The check comes after the name is resolved, and the
connection goes to the very address that was checked; each redirect is checked the same way. Time and size
of an answer are bounded.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, cast

import httpcore
import httpx

from commandpost.kernel.errors import Upstream

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

TIMEOUT_S = 30.0
MAX_ANSWER_BYTES = 1_000_000
MAX_REDIRECTS = 5

_BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class AddressNotAllowed(Upstream):
    """That address lies in a private network; an administrator can allow it in the settings."""

    code = "outbound.address_not_allowed"


class NoAnswer(Upstream):
    """The other server cannot be reached."""

    code = "outbound.no_answer"


class TooSlow(Upstream):
    """The other server took too long to answer."""

    code = "outbound.too_slow"


class AnswerTooLarge(Upstream):
    """The other server's answer is too large."""

    code = "outbound.answer_too_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the other server said: status, headers (names in lower case) and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


class AllowedAddresses:
    """Which reserved addresses may be called: host names, addresses and networks, separated by spaces."""

    def __init__(self, listed: str) -> None:
        networks: list[_Network] = []
        hosts: set[str] = set()
        for entry in listed.split():
            try:
                networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                hosts.add(entry.lower())
        self._networks = tuple(networks)
        self._hosts = frozenset(hosts)

    def permits(self, host: str, address: _Address) -> bool:
        """Whether a connection to this address, found under this name, may be made."""
        return (
            is_public(address)
            or host.lower() in self._hosts
            or any(address.version == net.version and address in net for net in self._networks)
        )


def is_public(address: _Address) -> bool:
    """Whether an address is one of the open Internet; addresses that wrap an IPv4 one count as that one."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(wrapped)
    return address.is_global and not address.is_multicast


class Outbound:
    """The way out. One for the whole process; connections are kept and reused."""

    def __init__(self, allowed: AllowedAddresses) -> None:
        self._allowed = allowed
        self._clients: list[httpx.AsyncClient] = []
        """The last one is in use; it is made when it is first needed, since its certificates take a while."""
        self._is_current = False

    def allow(self, allowed: AllowedAddresses) -> None:
        """Change what may be called. No connection made before is used for a new call."""
        self._allowed = allowed
        self._is_current = False

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()
        self._clients.clear()
        self._is_current = False

    def _client(self) -> httpx.AsyncClient:
        if not self._is_current:
            self._clients.append(_client(self._allowed))
            self._is_current = True
        return self._clients[-1]

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        timeout_s: float = TIMEOUT_S,
        max_bytes: int = MAX_ANSWER_BYTES,
        follows: bool = True,
    ) -> Answer:
        """Make a call and wait for the whole answer, whatever its status; `follows` redirects to their end.

        Raises AddressNotAllowed, NoAnswer, TooSlow (the whole call is bounded, not only each read) and
        AnswerTooLarge.
        """
        try:
            async with asyncio.timeout(timeout_s):
                asked = self._client().build_request(method, url, headers=headers, content=content)
                return await self._send(asked, max_bytes, follows=follows)
        except (TimeoutError, httpcore.TimeoutException) as cause:
            raise TooSlow from cause
        except httpx.TooManyRedirects as cause:
            raise NoAnswer("The other server redirects in circles.") from cause
        except (*_BROKEN, httpx.HTTPError, httpx.InvalidURL, UnicodeError, OSError) as cause:
            raise NoAnswer from cause

    async def _send(self, asked: httpx.Request, max_bytes: int, *, follows: bool) -> Answer:
        response = await self._client().send(asked, stream=True, follow_redirects=follows)
        async with aclosing(response):
            body = bytearray()
            async for chunk in response.aiter_raw():  # not unpacked: a small answer stays small
                body += chunk
                if len(body) > max_bytes:
                    raise AnswerTooLarge
            return Answer(
                status=response.status_code,
                headers={name.lower(): value for name, value in response.headers.items()},
                body=bytes(body),
            )


@cache
def _trusted() -> ssl.SSLContext:
    """Whom the machine trusts, read once: it takes a while."""
    return ssl.create_default_context()


def _client(allowed: AllowedAddresses) -> httpx.AsyncClient:
    pool = httpcore.AsyncConnectionPool(
        ssl_context=_trusted(),
        max_connections=50,
        max_keepalive_connections=10,
        keepalive_expiry=30,
        network_backend=_GuardedBackend(allowed),
    )
    return httpx.AsyncClient(
        transport=_PoolTransport(pool),
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        trust_env=False,
        timeout=httpx.Timeout(TIMEOUT_S),
        headers={"User-Agent": "commandpost", "Accept-Encoding": "identity"},
    )


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a name itself and connects only to an address that is allowed."""

    def __init__(self, allowed: AllowedAddresses) -> None:
        self._allowed = allowed
        self._backend = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- the interface of httpcore
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        refused: httpcore.ConnectError | None = None
        for address in await _resolved(host, port):
            if self._allowed.permits(host, address):
                try:
                    return await self._backend.connect_tcp(
                        str(address), port, timeout, local_address, socket_options
                    )
                except httpcore.ConnectError as cause:
                    refused = cause
        if refused is not None:
            raise refused
        raise AddressNotAllowed(f"{host} lies in a private network; an administrator can allow it.")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def _resolved(host: str, port: int) -> list[_Address]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as cause:
        raise httpcore.ConnectError(f"{host} is not known") from cause
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


class _PoolTransport(httpx.AsyncBaseTransport):
    """httpx on a connection pool of ours: httpx itself offers no way to hand in a network backend."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raw = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=cast("AsyncIterable[bytes]", request.stream),
            extensions=request.extensions,
        )
        answer = await self._pool.handle_async_request(raw)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in cast("AsyncIterable[bytes]", self._answer.stream):
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()
