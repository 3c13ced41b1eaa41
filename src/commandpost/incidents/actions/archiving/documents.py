"""The documents of an archive, for people: the incident and its timeline as Markdown, HTML and CSV."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from html import escape

from markdown_it import MarkdownIt

from commandpost.archive.shapes import ArchivedEvent, ArchivedIncident
from commandpost.kernel.text import as_cell

_COLUMNS = ("sequence", "time", "kind", "actor", "actor_id", "payload")
_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]<>()#+!|~&"})
_PLAIN = ("title", "to_title", "name", "source", "severity", "outcome", "answer", "integration", "url")
_PEOPLE = ("from_id", "to_id", "user_id", "commander_id", "author_id")

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid #ccc; }}
tr {{ break-inside: avoid; }}
h1, h2, h3 {{ break-after: avoid; }}
@page {{ margin: 2cm; }}
@media print {{ body {{ max-width: none; margin: 0; font-size: 10pt; }} }}
</style>
</head>
<body>
{body}</body>
</html>
"""


def markdown(incident: ArchivedIncident, events: Sequence[ArchivedEvent], names: Mapping[str, str]) -> str:
    """The incident in Markdown; times are UTC. `names` are usernames by id."""
    lines = [f"# {_text(incident.name)}", ""]
    if incident.description:
        lines += [_text(incident.description), ""]
    lines += [
        f"- Commander: {_person(incident.commander_id, names)}",
        f"- Started: {_time(incident.create_at)}",
        f"- Ended: {_time(incident.end_at) if incident.end_at else 'not yet'}",
        "",
    ]
    for stage in incident.stages:
        lines += [f"## {_text(stage.title)}", ""]
        for task in stage.tasks:
            assignee = f" ({_person(task.assignee_id, names)})" if task.assignee_id else ""
            lines.append(f"- [{'x' if task.state == 'closed' else ' '}] {_text(task.title)}{assignee}")
        lines.append("")
    lines += ["## Timeline", "", "| Time (UTC) | What | Who | Details |", "|---|---|---|---|"]
    for event in events:
        who = _person(event.actor_id, names) if event.actor_id else ""
        what = event.kind.replace("_", " ").capitalize()
        lines.append(f"| {_time(event.at)} | {_text(what)} | {who} | {_details(event, names)} |")
    return "\n".join([*lines, ""])


def html(title: str, text: str) -> str:
    """Markdown as one page that needs nothing else: no scripts, no pictures, nothing from outside."""
    renderer = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    return _PAGE.format(title=escape(title), body=renderer.render(text))


def event_csv(events: Sequence[ArchivedEvent], names: Mapping[str, str], zone: tzinfo = UTC) -> str:
    """The event log as CSV. What a spreadsheet would run as a formula gets an apostrophe in front."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for event in events:
        payload = json.dumps(event.payload, ensure_ascii=False, separators=(",", ":"))
        name = names.get(event.actor_id, "")
        cells = (event.sequence, _time(event.at, zone), event.kind, name, event.actor_id, payload)
        writer.writerow([as_cell(str(cell)) for cell in cells])
    return text.getvalue()


def _details(event: ArchivedEvent, names: Mapping[str, str]) -> str:
    parts = [_text(str(event.payload[key])) for key in _PLAIN if event.payload.get(key)]
    parts += [
        f"{key.removesuffix('_id')}: {_person(str(event.payload[key]), names)}"
        for key in _PEOPLE
        if event.payload.get(key) and event.payload[key] != event.actor_id
    ]
    return ", ".join(parts)


def _person(user_id: str, names: Mapping[str, str]) -> str:
    return f"@{_text(names[user_id])}" if user_id in names else _text(user_id) or "nobody"


def _time(at: int, zone: tzinfo = UTC) -> str:
    try:
        return datetime.fromtimestamp(at / 1000, zone).isoformat(timespec="milliseconds")
    except (OverflowError, OSError, ValueError):
        return str(at)


def _text(text: str) -> str:
    return " ".join(text.translate(_SPECIAL).split())
