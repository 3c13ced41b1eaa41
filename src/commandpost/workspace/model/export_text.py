"""Exported posts as text: rows of CSV, values of JSON, paragraphs of Markdown.

CSV is written as Go's encoding/csv and time.Time do, which clients of the original compare with: `\\n` ends
lines, fields are quoted only where they must be, and fractions of a second lose their trailing zeros.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.export import ExportedPost

COLUMNS = (
    "Post Creation Time",
    "User Id",
    "User Email",
    "User Type",
    "User Name",
    "Post Id",
    "Parent Post Id",
    "Post Message",
    "Post Type",
)

_MUST_BE_QUOTED = re.compile(r'[,"\r\n]|^\s|^\\\.$')
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_encode = msgspec.json.Encoder().encode


def csv_row(cells: Sequence[str]) -> str:
    """A line of CSV; whoever reads it by RFC 4180 gets exactly these cells."""
    return ",".join(map(_cell, cells)) + "\n"


def csv_cells(post: ExportedPost) -> tuple[str, ...]:
    """The cells of a post, exactly as they are, in the order of COLUMNS."""
    return (
        go_time(post.create_at),
        post.author.id,
        post.email,
        post.author_kind,
        post.author.username,
        post.id,
        post.root_id,
        post.message,
        post.kind,
    )


def neutralised(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula: one that looks like it gets an apostrophe in front."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def json_head(channel: Channel, exported_at: int) -> str:
    """The beginning of the JSON document: the channel, and the list of posts opened."""
    described = _encode(
        {
            "id": channel.id,
            "team_id": channel.team_id,
            "type": channel.type.value,
            "name": channel.name,
            "display_name": channel.display_name,
            "header": channel.header,
            "purpose": channel.purpose,
        }
    ).decode()
    return f'{{"exported_at":{exported_at},"channel":{described},"posts":['


def json_post(post: ExportedPost) -> str:
    """A post as a JSON object."""
    return _encode(
        {
            "id": post.id,
            "create_at": post.create_at,
            "user_id": post.author.id,
            "username": post.author.username,
            "email": post.email,
            "user_type": post.author_kind,
            "root_id": post.root_id,
            "type": post.kind,
            "message": post.message,
            "files": [{"name": file.name, "size": file.size} for file in post.files],
        }
    ).decode()


JSON_TAIL = "\n]}\n"


def markdown_head(channel: Channel, exported_at: int) -> str:
    """The heading of the Markdown document."""
    title = " ".join((channel.display_name or channel.name).split())
    return f"# {title}\n\nChannel ~{channel.name}, exported {go_time(exported_at)}\n\n"


def markdown_post(post: ExportedPost) -> str:
    """A post as Markdown: the message as it is; replies are quoted, so that they stand under their root."""
    note = "" if post.author_kind == "user" else f" ({post.author_kind})"
    lines = [f"**@{post.author.username}**{note} · {go_time(post.create_at)}", "", *post.message.split("\n")]
    if post.files:
        lines += ["", *(f"- {_file_name(file.name)} ({file.size} bytes)" for file in post.files)]
    quote = "> " if post.root_id else ""
    return "".join(f"{quote}{line}".rstrip() + "\n" for line in lines) + "\n"


def go_time(at: int) -> str:
    """A time as Go prints one in UTC: `2020-11-23 13:21:11.123 +0000 UTC`."""
    seconds, ms = divmod(at, 1000)
    fraction = f".{ms:03}".rstrip("0").rstrip(".")
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}{fraction} +0000 UTC"


def _cell(text: str) -> str:
    if not _MUST_BE_QUOTED.search(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _file_name(name: str) -> str:
    """A file's name with Markdown's own signs in it made plain."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", name)
