"""Tests reach nothing outside: only this machine's loopback and unix sockets are open to them."""

import ipaddress
import sys

_LOCAL_NAMES = (None, "", "localhost", "localhost.localdomain")


class OutsideReached(RuntimeError):
    """A test tried to reach the world outside this machine."""


def _is_local(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def _guard(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = args[1]
        if isinstance(address, tuple) and not _is_local(address[0]):
            raise OutsideReached(f"connect to {address}")
    elif event == "socket.getaddrinfo" and not _is_local(args[0]):
        raise OutsideReached(f"look up {args[0]!r}")


sys.addaudithook(_guard)
