"""Log lines: secrets never stand in them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from commandpost import logs


@pytest.fixture
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Where lines go meanwhile, as JSON unless asked otherwise."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(getattr(request, "param", "json"), "info", stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def test_the_addresses_of_hooks_are_masked() -> None:
    assert logs.without_capability("/hooks/abc") == "/hooks/********"
    assert logs.without_capability("/hooks/commands/abc") == "/hooks/commands/********"
    assert logs.without_capability("/api/v4/users/abc") == "/api/v4/users/abc"


def test_secrets_are_masked_by_name_and_inside_addresses(written: io.StringIO) -> None:
    log = structlog.get_logger()

    log.info("x", password="hush", session_token="hush", url="postgresql://cp:hush@db/cp", user="ana")

    line = json.loads(written.getvalue())
    assert "hush" not in written.getvalue()
    assert line["user"] == "ana"
    assert line["url"] == "postgresql://cp:********@db/cp"


def test_a_line_names_the_request_it_belongs_to(written: io.StringIO) -> None:
    log = structlog.get_logger()

    mark = logs.request_id.set("abc")
    log.info("inside")
    logs.request_id.reset(mark)
    log.info("outside")

    inside, outside = map(json.loads, written.getvalue().splitlines())
    assert inside["request_id"] == "abc"
    assert "request_id" not in outside


def test_what_libraries_log_goes_the_same_way(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("a library says %s", "hello")

    line = json.loads(written.getvalue())
    assert (line["event"], line["level"]) == ("a library says hello", "warning")


@pytest.mark.parametrize("written", ["json", "text"], indirect=True)
def test_what_a_stranger_sends_begins_no_line_of_its_own(written: io.StringIO) -> None:
    structlog.get_logger().info("answered", path="/x\r\n2026 [info] root logged in\x1b[2K", status=404)

    assert len(written.getvalue().splitlines()) == 1
    assert "\x1b[2K" not in written.getvalue()
