"""The first text of a review document: a playbook's template, filled in from the log and the channel."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from commandpost.incidents.model.follow_up import FollowUp
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.review.course import Finding
from commandpost.incidents.model.review.review import Review
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.timeline import (
    AlertFired,
    AlertResolved,
    CommanderChanged,
    Entry,
    IncidentEnded,
    IncidentRestarted,
    IncidentStarted,
    LinkAdded,
    StageChanged,
    StatusUpdated,
    TaskAdded,
    TaskAssigned,
    TaskRun,
    TaskTicked,
    TaskUnticked,
)
from commandpost.incidents.review_wording import duration, gap
from commandpost.kernel.clock import SECOND_MS, Millis

TEMPLATE = """\
# Review: $NAME

## Summary

$SUMMARY

## What happened

Write here what others noticed, and what was behind it.

## Status updates

$UPDATES

## Timeline

$TIMELINE

## How long it took

$DURATIONS

## Gaps

$GAPS

## Other than planned

$DEVIATIONS

## What we learned

Write here what went well, what did not, and where we were lucky.
"""

_PLACES = (
    "NAME", "SUMMARY", "UPDATES", "TIMELINE", "DURATIONS", "GAPS", "DEVIATIONS",
)  # fmt: skip
_PLACE = re.compile(rf"\$({'|'.join(_PLACES)})(?![A-Za-z0-9_])")
_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]<>()#+!|~&"})
_MENTION = re.compile(r"(?<![\w.+-])@(?=\w)")
"""The sign that calls somebody: the update itself did, and the review need not again."""

_NONE = "None."


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a document is made of. `said` are the texts of status updates by the ids of their posts."""

    incident: Incident
    review: Review
    entries: Sequence[Entry]
    usernames: Mapping[str, str]
    said: Mapping[str, str]
    zone: tzinfo

    def person(self, user_id: str) -> str:
        """Somebody by name; as plain text, so that nobody is called by a document."""
        return _text(self.usernames.get(user_id, "") or "somebody")

    def time(self, at: Millis) -> str:
        """A moment in the reader's zone, with its offset in the hour that clocks turned back show twice.

        Imported logs hold times that no calendar knows.
        """
        try:
            moment = datetime.fromtimestamp(at / SECOND_MS, self.zone)
            is_twice = moment.replace(fold=1 - moment.fold).utcoffset() != moment.utcoffset()
            return f"{moment:%Y-%m-%d %H:%M}{f' {moment:%z}' if is_twice else ''}"
        except (OverflowError, OSError, ValueError):
            return str(at)


def filled_in(template: str, material: Material) -> str:
    """A template, "" for the usual one, with its places filled in. What is put in has no places."""
    parts = {
        "NAME": lambda: _text(material.incident.name),
        "SUMMARY": lambda: _summary(material),
        "UPDATES": lambda: _updates(material),
        "TIMELINE": lambda: _timeline(material),
        "DURATIONS": lambda: _durations(material),
        "GAPS": lambda: _gaps(material),
        "DEVIATIONS": lambda: _deviations(material),
    }
    return _PLACE.sub(lambda found: parts[found[1]](), template or TEMPLATE)


def with_follow_ups(text: str, found: Sequence[FollowUp], usernames: Mapping[str, str], zone: tzinfo) -> str:
    """A document for reading, with what is to be done below it, days in `zone`; itself if that is nothing."""
    if not found:
        return text
    rows = [
        f"| {_text(one.wanted.title)} | {_text(usernames.get(one.wanted.assignee_id, ''))}"
        f" | {_day(one.wanted.due_at, zone)} | {_day(one.done_at, zone)} |"
        for one in found
    ]
    table = ["| What | Who | Due | Done |", "|---|---|---|---|", *rows]
    return "\n".join([text.rstrip(), "", "## Follow-ups", "", *table, ""])


def _day(at: Millis, zone: tzinfo) -> str:
    try:
        return f"{datetime.fromtimestamp(at / SECOND_MS, zone):%Y-%m-%d}" if at else ""
    except (OverflowError, OSError, ValueError):
        return str(at)


def _summary(material: Material) -> str:
    incident = material.incident
    tasks = [task for stage in incident.stages for task in stage.tasks]
    done = sum(task.state is TaskState.CLOSED for task in tasks)
    lines = [_text(incident.description), ""] if incident.description.strip() else []
    return "\n".join(
        [
            *lines,
            f"- Commander: {material.person(incident.commander_id)}",
            f"- Started: {material.time(incident.create_at)}",
            f"- Ended: {material.time(incident.end_at) if incident.end_at else 'not yet'}",
            f"- Took: {duration(material.review.ongoing_ms)}",
            f"- Tasks done: {done} of {len(tasks)}",
            f"- Times are in {_text(str(material.zone))}.",
        ]
    )


def _updates(material: Material) -> str:
    lines: list[str] = []
    for entry in material.entries:
        payload = entry.payload
        if isinstance(payload, StatusUpdated) and (said := material.said.get(payload.post_id)):
            quoted = "\n".join(f"> {line}" for line in _uncalled(said).splitlines())
            lines += [f"{material.time(entry.at)}, {material.person(entry.actor_id)}:", "", quoted, ""]
    return "\n".join(lines).rstrip() or _NONE


def _timeline(material: Material) -> str:
    told = [(entry, sentence) for entry in material.entries if (sentence := happening(entry, material))]
    rows = [f"| {material.time(entry.at)} | {sentence} |" for entry, sentence in told]
    return "\n".join(["| Time | What |", "|---|---|", *rows])


def _durations(material: Material) -> str:
    rows = [
        f"| {_text(stage.title)} | {duration(stage.active_ms) if stage.entered else 'not reached'}"
        f" | {stage.entered} |"
        for stage in material.review.course.stages
    ]
    return "\n".join(["| Stage | Active for | Times entered |", "|---|---|---|", *rows]) if rows else _NONE


def _gaps(material: Material) -> str:
    lines = [
        f"- {material.time(one.interval.since)}, {duration(one.interval.length_ms)}:"
        f" {_text(gap(one, material.usernames))}"
        for one in material.review.gaps
    ]
    return "\n".join(lines) or _NONE


def _deviations(material: Material) -> str:
    course = material.review.course
    kinds: tuple[tuple[str, Sequence[Finding]], ...] = (
        ("Stage passed over", course.passed_stages),
        ("Not done", course.skipped),
        ("Done late", course.late),
        ("Done or run again", course.repeated),
        ("Added by hand", course.by_hand),
    )
    return "\n".join(f"- {kind}: {_text(one.title)}" for kind, some in kinds for one in some) or _NONE


def happening(entry: Entry, material: Material) -> str:
    """What an entry tells, in one line of Markdown; "" for what is no news to a reader."""
    who = material.person(entry.actor_id)
    match entry.payload:
        case IncidentStarted(commander_id=commander):
            return f"Started; {material.person(commander)} commands"
        case IncidentEnded():
            return f"Ended by {who}"
        case IncidentRestarted():
            return f"Restarted by {who}"
        case CommanderChanged(to_id=to):
            return f"{material.person(to)} took command"
        case StageChanged(to_title=title):
            return f"Stage: {_text(title)}"
        case TaskTicked(title=title):
            return f"{who} did {_text(title)}"
        case TaskUnticked(title=title):
            return f"{who} reopened {_text(title)}"
        case TaskAssigned(title=title, to_id=to):
            return f"{_text(title)} went to {material.person(to) if to else 'nobody'}"
        case TaskRun(command=command, outcome=outcome):
            return f"{who} ran {_text(command)}: {_text(outcome.value)}"
        case TaskAdded(title=title):
            return f"{who} added {_text(title)}"
        case StatusUpdated():
            return f"{who} posted a status update"
        case LinkAdded(title=title):
            return f"{who} linked {_text(title)}"
        case AlertFired(title=title):
            return f"Alert fired: {_text(title)}"
        case AlertResolved(title=title):
            return f"Alert resolved: {_text(title)}"
        case _:
            return ""


def _text(text: str) -> str:
    """What others wrote: as they wrote it, on one line, and no markup; it calls nobody again."""
    return " ".join(_uncalled(text).translate(_SPECIAL).split())


def _uncalled(text: str) -> str:
    """The same without calling those it names."""
    return _MENTION.sub("", text)
