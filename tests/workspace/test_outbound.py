"""Calls to the outside go only where an administrator allows, and never wait or swell without bound."""

import asyncio
import gzip
import ipaddress
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.workspace.outbound import (
    AddressNotAllowed,
    AllowedAddresses,
    AnswerTooLarge,
    NoAnswer,
    Outbound,
    TooSlow,
    is_public,
)

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Resolve = Callable[..., Awaitable[list[tuple[object, ...]]]]
LOOPBACK = AllowedAddresses("127.0.0.0/8")


@asynccontextmanager
async def a_server(talk: Talk) -> AsyncIterator[int]:
    """A server on loopback that lets `talk` answer each connection; gives its port."""
    talks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talks.add(task)
        with suppress(ConnectionError, asyncio.CancelledError):
            await talk(reader, writer)
        writer.transport.abort()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


def answering(raw: bytes) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        writer.close()
        await writer.wait_closed()

    return talk


@asynccontextmanager
async def the_way_out(allowed: AllowedAddresses = LOOPBACK) -> AsyncIterator[Outbound]:
    outbound = Outbound(allowed)
    try:
        yield outbound
    finally:
        await outbound.close()


@asynccontextmanager
async def names_found_by(resolve: Resolve) -> AsyncIterator[None]:
    """Have the event loop ask that instead of a name server."""
    loop: Any = asyncio.get_running_loop()
    loop.getaddrinfo = resolve
    yield
    del loop.getaddrinfo


async def test_an_allowed_server_is_called() -> None:
    raw = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nX-Kind: plain\r\n\r\nok"
    async with a_server(answering(raw)) as port, the_way_out() as outbound:
        answer = await outbound.send("POST", f"http://127.0.0.1:{port}/hook", content=b"{}")

    assert (answer.status, answer.body, answer.headers["x-kind"]) == (201, b"ok", "plain")


async def test_a_private_address_is_refused_unless_listed() -> None:
    async with a_server(answering(b"HTTP/1.1 200 OK\r\n\r\n")) as port:
        async with the_way_out(AllowedAddresses("")) as outbound:
            for host in ("127.0.0.1", "localhost", "[::1]"):
                with pytest.raises((AddressNotAllowed, NoAnswer)):
                    await outbound.send("GET", f"http://{host}:{port}/")
        async with the_way_out(AllowedAddresses("other.example localhost")) as outbound:
            assert (await outbound.send("GET", f"http://localhost:{port}/")).status == 200
            with pytest.raises(AddressNotAllowed):
                await outbound.send("GET", f"http://127.0.0.1:{port}/")


async def test_what_is_no_longer_allowed_is_not_called_over_a_connection_kept_from_before() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with a_server(talk) as port, the_way_out() as outbound:
        await outbound.send("GET", f"http://127.0.0.1:{port}/")

        outbound.allow(AllowedAddresses(""))

        with pytest.raises(AddressNotAllowed):
            await outbound.send("GET", f"http://127.0.0.1:{port}/")


async def test_a_name_that_resolves_otherwise_the_second_time_leads_nowhere_else() -> None:
    """DNS rebinding: what was checked is what is connected to."""
    answers = ["127.0.0.1", "127.0.0.2", "127.0.0.2"]

    async def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0) if len(host) > 9 else host, port))
        ]

    allowed = AllowedAddresses("127.0.0.1")
    ok = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    async with a_server(answering(ok)) as port, names_found_by(resolve):
        async with the_way_out(allowed) as outbound:
            assert (await outbound.send("GET", f"http://rebinding.example:{port}/")).status == 200
        async with the_way_out(allowed) as outbound:
            with pytest.raises(AddressNotAllowed):
                await outbound.send("GET", f"http://rebinding.example:{port}/")
    assert answers == ["127.0.0.2"]


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.1", "0", "127.0.0.1"),
        *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::1]", "[::]"),
    ],
)
async def test_loopback_is_refused_however_it_is_written(host: str) -> None:
    reached: list[str] = []

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.append(host)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        """What resolvers make of it, without asking one."""
        address = host if ":" in host else socket.inet_ntoa(socket.inet_aton(host))
        return [(socket.AF_UNSPEC, socket.SOCK_STREAM, 6, "", (address, port))]

    async with a_server(talk) as port, the_way_out(AllowedAddresses("")) as outbound, names_found_by(resolve):
        with pytest.raises((AddressNotAllowed, NoAnswer)):
            await outbound.send("GET", f"http://{host}:{port}/", timeout_s=5)
    assert reached == []


async def test_a_redirect_into_a_private_network_is_refused() -> None:
    inside = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:1/secret\r\nContent-Length: 0\r\n\r\n"
    async with a_server(answering(inside)) as port, the_way_out(AllowedAddresses("127.0.0.1")) as outbound:
        with pytest.raises(AddressNotAllowed):
            await outbound.send("GET", f"http://127.0.0.1:{port}/")


async def test_redirects_in_a_circle_end() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(
            b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        writer.close()

    async with a_server(talk) as port, the_way_out() as outbound:
        with pytest.raises(NoAnswer, match="circles"):
            await outbound.send("GET", f"http://127.0.0.1:{port}/")


async def test_a_server_that_hangs_is_left() -> None:
    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with a_server(hang) as port, the_way_out() as outbound:
        with pytest.raises(TooSlow):
            await outbound.send("GET", f"http://127.0.0.1:{port}/", timeout_s=0.05)


async def test_a_server_that_drips_is_left_as_well() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x")
            await asyncio.sleep(0.01)

    async with a_server(drip) as port, the_way_out() as outbound:
        with pytest.raises(TooSlow):
            await outbound.send("GET", f"http://127.0.0.1:{port}/", timeout_s=0.2)


async def test_an_endless_answer_is_cut() -> None:
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000
    async with a_server(answering(raw)) as port, the_way_out() as outbound:
        with pytest.raises(AnswerTooLarge):
            await outbound.send("GET", f"http://127.0.0.1:{port}/", max_bytes=4000)


async def test_a_packed_answer_is_not_unpacked() -> None:
    """However large it would be: a megabyte of zeros is a kilobyte of gzip."""
    packed = gzip.compress(bytes(10_000_000))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    async with a_server(answering(head + packed)) as port, the_way_out() as outbound:
        answer = await outbound.send("GET", f"http://127.0.0.1:{port}/", max_bytes=20_000)

    assert answer.body == packed


@pytest.mark.parametrize(
    "raw", [b"garbage\r\n\r\n", b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"]
)
async def test_a_broken_answer_is_no_answer(raw: bytes) -> None:
    async with a_server(answering(raw)) as port, the_way_out() as outbound:
        with pytest.raises(NoAnswer):
            await outbound.send("GET", f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("url", ["ftp://example.com/", "http://", "not a url"])
async def test_an_address_that_cannot_be_called_is_no_answer(url: str) -> None:
    async with the_way_out() as outbound:
        with pytest.raises(NoAnswer):
            await outbound.send("GET", url)


@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "0.0.0.0"),
        *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"),
    ],
)
def test_reserved_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_ipv6_counts_as_itself(address: ipaddress.IPv4Address) -> None:
    for wrapped in (f"::ffff:{address}", str(ipaddress.IPv6Address((0x64FF9B << 96) + int(address)))):
        assert is_public(ipaddress.ip_address(wrapped)) == is_public(address)
