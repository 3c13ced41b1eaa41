"""Every sentence that the bot says, and the texts of the product's dialogs."""

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.token import Token

from commandpost.incidents.model.task import TaskState

NO_DESCRIPTION = "The channel was created by the Incident Management plugin."
NO_ASSIGNEE = "No Assignee"
_MARKUP = re.compile(r"[*_~`\[\]<>&\\!]")
_markdown = MarkdownIt("commonmark").enable("strikethrough")

UPDATE_STATUS = "Update Status"
DISMISS = "Dismiss"
CHECK_ITEM = "Check/uncheck this item"


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


def quoted_title(title: str) -> str:
    return f'"{without_markdown(title)}"'


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
