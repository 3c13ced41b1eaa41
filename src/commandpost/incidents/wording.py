"""Every sentence that the bot says, and the texts of the product's dialogs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from commandpost.incidents.model.alert import Alert, AlertState
from commandpost.incidents.model.duration import duration_text
from commandpost.incidents.model.rehearsal.score import Figures
from commandpost.incidents.model.rehearsal.script import Step, StepKind
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.text import MESSAGE_LIMIT

NO_DESCRIPTION = "The channel was created by the Incident Management plugin."
NO_ASSIGNEE = "No Assignee"
_MARKUP = re.compile(r"[*_~`\[\]<>&\\!]")
_ALERT_MARKUP = re.compile(r"[\\*_~`\[\]<>|#]")
_MENTION = re.compile(r"(?<!\w)@")
_markdown = MarkdownIt("commonmark").enable("strikethrough")

_MOST_ALERTS = 10
_LISTED_TITLE = 100
_LISTED_URL = 200
_ALERTS = {
    AlertState.FIRING: "firing",
    AlertState.ACKNOWLEDGED: "acknowledged",
    AlertState.RESOLVED: "resolved",
}

UPDATE_STATUS = "Update Status"
DISMISS = "Dismiss"
CHECK_ITEM = "Check/uncheck this item"

CONTROL_STAGE = "Stage"
CONTROL_COMMANDER = "Commander"
CONTROL_TASKS = "Open tasks"
CONTROL_UPDATE = "Next update due"
CONTROL_NONE = "None"
CONTROL_OVERDUE = "Overdue"
CONTROL_NEXT_STAGE = "Next stage"
CONTROL_END = "End incident"
CONTROL_RESTART = "Restart incident"


def started(commander: str) -> str:
    return f"This incident has been started by @{commander}"


def started_from(link: str, message: str) -> str:
    """The post an incident began with, quoted: lines that follow belong to the quote without a mark."""
    return f"{original_post(link)}\n > {message}"


def original_post(link: str) -> str:
    return f"[Original Post]({link})"


def started_in(name: str, channel_name: str) -> str:
    return f"Incident {name} started in ~{channel_name}"


PRIVATE_INCIDENT = "a private incident"
"""What an incident is called before people who may not see its channel."""


def announced(commander: str, channel_name: str) -> str:
    return f"@{commander} started an incident in ~{channel_name}"


def ended(user: str) -> str:
    return f"This incident has been closed by @{user}"


def restarted(user: str) -> str:
    return f"This incident has been restarted by @{user}"


def commander_changed(user: str, *, old: str, new: str) -> str:
    return f"{user} changed the incident commander from **@{old}** to **@{new}**."


def stage_changed(user: str, *, old: str, new: str) -> str:
    return f"{user} changed the active stage from **{old}** to **{new}**."


def task_put(user: str, title: str, state: TaskState) -> str:
    """A task was opened again or, for anything else, checked off."""
    verb = "unchecked" if state is TaskState.OPEN else "checked off"
    return f"{user} {verb} checklist item **{without_markdown(title)}**"


def task_assigned(user: str, title: str, *, old: str, new: str) -> str:
    """A task changed hands; nobody is an empty username."""
    before = old or NO_ASSIGNEE
    after = f"@{new}" if new else NO_ASSIGNEE
    task = without_markdown(title)
    return f"{user} changed assignee of checklist item **{task}** from **{before}** to **{after}**"


def command_failed(command: str) -> str:
    return f"Failed to execute slash command **{command}**"


def broadcast(*, channel_title: str, link: str, author: str, duration: str, message: str) -> str:
    """The copy of a status update for the broadcast channel; only an ongoing incident has updates."""
    return (
        f"# Incident Update: [{channel_title}]({link})\n"
        f"By @{author} | Duration: {duration} | Status: Ongoing\n"
        f"***\n"
        f"{message}"
    )


def reminder(commander: str) -> str:
    return f"@{commander}, please provide an update on this incident's progress."


def practice_reminder(commander: str) -> str:
    """The same where it is practice: whoever hears of it elsewhere reads that first."""
    return f"[Practice] {reminder(commander)}"


def review_due(commander: str, name: str) -> str:
    return (
        f"@{commander}, the review of {_plain(name)} is due: write it on the incident's page, and publish it."
    )


def review_opened(user: str, name: str) -> str:
    """Asks the channel for comments on the document, in this post's thread."""
    return f"@{user} asks for comments on the review of {_plain(name)}. Please answer in this thread."


def review_published(user: str, text: str, *, limit: int) -> str:
    """The document for the channel; what does not fit is left out, and said to be."""
    head = f"@{user} published the review of this incident.\n\n***\n"
    if len(head) + len(text) <= limit:
        return head + text
    tail = "\n\n***\nThe rest is on the incident's page, under Review."
    cut = text[: limit - len(head) - len(tail)]
    ended = (cut.rpartition(end)[0] for end in ("\n", " "))
    return head + next((some for some in ended if len(some) > len(cut) // 2), cut) + tail


def alerts(*, news: Sequence[Alert], standing: Mapping[AlertState, int], to: str) -> str:
    """How alerts stand that changed lately, the worst news first; `to` hears of them first, "" is nobody."""
    of = {state: [one for one in news if one.state is state] for state in AlertState}
    parts = [_alerts_of(_ALERTS[state], of[state]) for state in AlertState if of[state]]
    if to:
        parts[0] = f"@{to}: {parts[0]}"
    firing, known = standing.get(AlertState.FIRING, 0), sum(standing.values())
    if known > 1:
        parts.append(f"{firing} of {known} alerts are firing now.")
    return "\n\n".join(parts)


def _alerts_of(verb: str, found: Sequence[Alert]) -> str:
    if len(found) == 1:
        return f"Alert {verb}: {_alert(found[0])}"
    lines = [f"- {_alert(_shortened(one))}" for one in found[:_MOST_ALERTS]]
    if len(found) > _MOST_ALERTS:
        lines.append(f"- and {len(found) - _MOST_ALERTS} more")
    return "\n".join([f"{len(found)} alerts {verb}:", *lines])


def _shortened(one: Alert) -> Alert:
    """So that a list of alerts fits into a post, whatever they say."""
    title = one.title if len(one.title) <= _LISTED_TITLE else f"{one.title[:_LISTED_TITLE]}…"
    return replace(one, title=title, url=one.url if len(one.url) <= _LISTED_URL else "")


def _alert(one: Alert) -> str:
    """What others wrote: as they wrote it, but no markup, and nobody is mentioned by it."""
    title = _plain(one.title)
    linked = f"[{title}]({one.url})" if one.url else f"**{title}**"
    return f"{linked} ({_plain(one.severity)})" if one.severity else linked


def _plain(text: str) -> str:
    line = _ALERT_MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
    return _MENTION.sub("@\u200b", line)


def quoted_title(title: str) -> str:
    return f'"{without_markdown(title)}"'


def imported(standing: str, server: str | None) -> str:
    """The header of an imported incident's channel; `standing` says what its archive turned out to be."""
    where = f" from {_plain(server)}" if server else ""
    return f"Imported{where}. Archive: {standing}."


PRACTICE = "Practice: "
"""What the name of a rehearsal begins with."""


def practice_name(name: str) -> str:
    return f"{PRACTICE}{name}"


def practice_description(speed: int) -> str:
    """Also the header of the practice channel."""
    return f"PRACTICE, not a real incident. Replayed {_times(speed)}; nothing outside is called or told."


def rehearsal_begins(lasts_ms: int, speed: int) -> str:
    return (
        f"**This is practice.** An incident is replayed here, {_times(speed)}: its last step comes after"
        f" {duration_text(lasts_ms)}. Lead it as if it were real: tick tasks, change stages, post"
        " status updates. Commands of tasks are not run. When you end it, you get a score sheet."
    )


def rehearsal_step(step: Step) -> str:
    """A prompt: what happened at this point of the original. It mentions nobody."""
    who = f"**{_plain(step.who)}**" if step.who else "Somebody"
    title = quoted_title(step.text)
    match step.kind:
        case StepKind.SAID:
            told = f"{who} wrote:\n{_quoted(step.text)}"
        case StepKind.STATUS_UPDATED:
            told = f"{who} posted a status update. Is it time for yours?\n{_quoted(step.text)}"
        case StepKind.TASK_DONE:
            told = f"{who} had {title} done by now."
        case StepKind.TASK_REOPENED:
            told = f"{who} opened {title} again."
        case StepKind.COMMAND_RUN:
            told = f"{who} ran a command: {title}"
        case StepKind.STAGE_ENTERED:
            told = f"{who} moved to the stage {title}."
        case StepKind.COMMANDER_CHANGED:
            told = f"{who} took command."
        case StepKind.ALERT_FIRED:
            told = f"Alert firing: {title}"
        case StepKind.ALERT_RESOLVED:
            told = f"Alert resolved: {title}"
        case StepKind.ENDED:
            told = "The original ended here. End the practice when you are through, to see the score sheet."
    return _MENTION.sub("@\u200b", f"[Practice] {told}")[:MESSAGE_LIMIT]


def practice_command(command: str) -> str:
    return _MENTION.sub("@\u200b", f"[Practice] Not run: {quoted_title(command)}")[:MESSAGE_LIMIT]


def score_sheet(original: Figures, practice: Figures) -> str:
    """How practice compares with the original; times are in the original's pace."""
    first = (original.first_update_ms, practice.first_update_ms)
    lines = [
        "#### Practice: score sheet",
        "| | Original | Practice |",
        "|---|---|---|",
        f"| First status update after | {_time(first[0])} | {_time(first[1])} |",
        f"| Ended after | {_time(original.ended_ms)} | {_time(practice.ended_ms)} |",
        f"| Status updates | {original.updates} | {practice.updates} |",
    ]
    for before, after in zip(original.stages, practice.stages, strict=False):
        cells = [
            f"{_time(one.reached_ms)}, active {_time(one.active_ms)}, {one.done} of {one.tasks} tasks done"
            for one in (before, after)
        ]
        lines.append(f"| {_cell(before.title)}: reached after | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)[:MESSAGE_LIMIT]


def control(name: str, *, is_active: bool) -> str:
    """The heading of a control post."""
    standing = "is under way" if is_active else "has ended"
    return f"#### {_plain(name)} {standing}"


def control_stage(title: str, *, number: int, of: int) -> str:
    return f"{_plain(title)} ({number} of {of})"


def control_tasks(number: int, *, of: int) -> str:
    return f"{number} of {of}"


def control_tick(title: str, *, longest: int) -> str:
    """What the button that ticks a task says."""
    return f"\N{HEAVY CHECK MARK} {title if len(title) <= longest else title[: longest - 1] + '…'}"


def _cell(title: str) -> str:
    return _MENTION.sub("@\u200b", " ".join(without_markdown(title).replace("|", "/").split()))


def _time(time_ms: int | None) -> str:
    return "never" if time_ms is None else duration_text(time_ms)


def _times(speed: int) -> str:
    return "as fast as it was" if speed == 1 else f"{speed} times as fast as it was"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def may_not_create_channel(kind: str) -> str:
    """`kind` is public or private."""
    return f"You are not able to create a {kind} channel: permissions error"


def without_markdown(text: str) -> str:
    """A line of markdown as a reader sees it: `Call the **on-call**` is `Call the on-call`."""
    if not _MARKUP.search(text):
        return text
    return "".join(_visible(_markdown.parseInline(text)))


def _visible(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        else:
            yield from _visible(token.children or ())
