"""Tests are patient: no client of theirs gives up where a library would have it, after a few seconds.

Those in a browser have a patience of their own, with which their pages are made.
"""

import ast

from tests.house.sources import Source, sources

_TICK_S, _LONG_ENOUGH_S = 0.1, 30
"""What is shorter than a tick is no limit: it is asked again."""
_ASKING = {
    *((f"httpx.{name}") for name in ("Client", "AsyncClient", "request", "get", "post", "put", "delete")),
    "connect",
    "websockets.connect",
}


def test_who_asks_a_real_server_says_for_how_long() -> None:
    found = [
        source.at(node.lineno)
        for source in _patient()
        for node in source.nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _ASKING
        if not {keyword.arg for keyword in node.keywords} & {"timeout", "open_timeout", "transport"}
    ]

    assert found == []


def test_nothing_that_must_come_is_waited_for_a_few_seconds_only() -> None:
    found = [
        source.at(node.lineno)
        for source in _patient()
        for node in source.nodes
        if isinstance(node, ast.Call)
        if any(_is_short(given) for given in _limits(node))
    ]

    assert found == []


def _patient() -> list[Source]:
    return [source for source in sources("tests") if not source.name.startswith("tests/browser/")]


def _limits(call: ast.Call) -> list[ast.expr]:
    """What a call to the standard library's ways of waiting is told of how long."""
    match ast.unparse(call.func):
        case "asyncio.timeout":
            return call.args
        case "asyncio.wait_for":
            return [*call.args[1:], *(one.value for one in call.keywords)]
        case _:
            return []


def _is_short(given: ast.expr) -> bool:
    """Whether it is a number of seconds between the two."""
    value = given.value if isinstance(given, ast.Constant) else None
    return isinstance(value, int | float) and _TICK_S < value < _LONG_ENOUGH_S
