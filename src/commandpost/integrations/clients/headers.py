"""Headers that belong to a connection, not to what is said over it."""

from collections.abc import Mapping

_OF_THE_CONNECTION = frozenset(
    {"accept-encoding", "connection", "content-encoding", "content-length", "host", "transfer-encoding"}
)


def meant_for_the_tool(headers: Mapping[str, str]) -> dict[str, str]:
    """What a library wants to tell, without what the connection that is really made decides."""
    return {name: value for name, value in headers.items() if name.lower() not in _OF_THE_CONNECTION}
