"""Names say what a thing is: none of those that could mean anything."""

import ast
import re
from collections.abc import Iterator

from tests.house.sources import Source, everything, product

MEANINGLESS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "data", "info"}
VAGUE_FUNCTION = re.compile(r"_*(handle|process|do)_.*|.*_impl$")
# Methods that a library asks for: uvicorn's protocol, httpx's transport, aiosmtpd's server, http.server's.
OF_LIBRARIES = {
    "handle_connect",
    "handle_async_request",
    "handle_request",
    "handle_websocket_upgrade",
    "handle_RCPT",
    "handle_DATA",
    "do_GET",
    "do_POST",
    "do_PUT",
    "do_DELETE",
}
# The wire's own words (an event's "data", a file's "info") belong to the contract there.
WIRE = ("src/commandpost/api/", "src/commandpost/live/", "src/commandpost/chat/mattermost/")


def words(name: str) -> set[str]:
    """The words of a CamelCase or snake_case name."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def named_functions(source: Source) -> Iterator[tuple[int, str]]:
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name


def named_classes(source: Source) -> Iterator[tuple[int, str]]:
    for node in source.nodes:
        if isinstance(node, ast.ClassDef):
            yield node.lineno, node.name


def named_values(source: Source) -> Iterator[tuple[int, str]]:
    for node in source.nodes:
        if isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def test_no_file_or_folder_is_called_for_nothing_in_particular() -> None:
    parts = {(source.name, part) for source in everything() for part in source.path.with_suffix("").parts}

    assert [name for name, part in sorted(parts) if words(part) & (MEANINGLESS - {"data"})] == []


def test_no_class_is_called_for_nothing_in_particular() -> None:
    found = [
        f"{source.at(line)} {name}"
        for source in product()
        for line, name in named_classes(source)
        if words(name) & MEANINGLESS and not source.name.startswith(WIRE)
    ]

    assert found == []


def test_no_function_handles_processes_or_does() -> None:
    found = [
        f"{source.at(line)} {name}"
        for source in everything()
        for line, name in named_functions(source)
        if VAGUE_FUNCTION.fullmatch(name) or name.strip("_") in MEANINGLESS
        if name not in OF_LIBRARIES
    ]

    assert found == []


def test_no_value_is_called_data_or_info_outside_the_wire() -> None:
    found = [
        f"{source.at(line)} {name}"
        for source in product()
        for line, name in named_values(source)
        if name.strip("_") in MEANINGLESS and not source.name.startswith(WIRE)
    ]

    assert found == []
