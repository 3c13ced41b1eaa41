"""Logs: one line per event on standard error, for people or as JSON, with the request's id, without secrets.

Lines of other people's libraries (uvicorn, asyncio) go the same way.
"""

import logging
import re
import sys
from contextvars import ContextVar
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request being answered; every line logged meanwhile carries it."""

_SECRET_NAMES = re.compile(r"password|token|secret|authorization|cookie", re.IGNORECASE)
_CAPABILITY = re.compile(r"^(/hooks/(?:commands/)?)[^/]+")
_URL_PASSWORD = re.compile(r"(://[^:/@\s]*:)[^@/\s]+@")

MASK = "********"


def without_capability(path: str) -> str:
    """A path with what is secret about it masked: the address of a hook is the right to use it."""
    return _CAPABILITY.sub(rf"\g<1>{MASK}", path)


def without_password(url: str) -> str:
    """A database's address with its password masked."""
    return _URL_PASSWORD.sub(rf"\g<1>{MASK}@", url)


def _with_request_id(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    if current := request_id.get():
        event["request_id"] = current
    return event


def _without_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for name, value in event.items():
        if _SECRET_NAMES.search(name):
            event[name] = MASK
        elif isinstance(value, str) and "://" in value:
            event[name] = without_password(value)
    return event


def configure(log_format: str, level: str, stream: TextIO | None = None) -> None:
    """Send every log line of the process to a stream, by default standard error; human or json."""
    lines_to: TextIO = stream or sys.stderr
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_request_id,
    ]
    render: list[Processor]
    if log_format == "json":
        render = [
            structlog.processors.format_exc_info,
            _without_secrets,
            structlog.processors.JSONRenderer(),
        ]
    else:
        render = [
            structlog.processors.format_exc_info,
            _without_secrets,
            structlog.dev.ConsoleRenderer(colors=lines_to.isatty(), pad_event_to=0),
        ]
    threshold = getattr(logging, level.upper())
    structlog.configure(
        processors=[*shared, *render],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(lines_to),
        cache_logger_on_first_use=True,
    )
    lines = logging.StreamHandler(lines_to)
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
        )
    )
    logging.basicConfig(handlers=[lines], level=max(threshold, logging.WARNING), force=True)
