"""Jira: issues made, looked at, commented on and moved on. Cloud (REST v3) and Data Center (REST v2).

The field's client library speaks with both; they differ in the text format (a document in Cloud, plain text
in Data Center) and in how one signs in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import msgspec

from commandpost.integrations import (
    Answer,
    Argument,
    Call,
    Command,
    Failed,
    Kind,
    Link,
    Outcome,
    Person,
    Setting,
    SubCommand,
    Ticket,
    Tools,
    Wish,
    first_word,
)
from commandpost.integrations.web import Carry, plain

if TYPE_CHECKING:
    from commandpost.integrations.clients.jira import Client

_KEY = re.compile(r"(?:https?://\S+/browse/)?([A-Za-z][A-Za-z0-9_]*-[0-9]+)/?")
_SUMMARY_LIMIT = 255
_CLOUD, _DATA_CENTER = "cloud", "data_center"
_SHOWN = "summary,status,issuetype,priority,assignee"

T = TypeVar("T")


class _Named(msgspec.Struct):
    name: str = ""


class _User(msgspec.Struct, rename="camel"):
    display_name: str = ""


class _Made(msgspec.Struct):
    key: str


class _Fields(msgspec.Struct):
    summary: str = ""
    status: _Named | None = None
    issuetype: _Named | None = None
    priority: _Named | None = None
    assignee: _User | None = None


class _Issue(msgspec.Struct):
    key: str
    fields: _Fields


class _Text(msgspec.Struct):
    summary: str = ""
    description: Any = None


class _Described(msgspec.Struct):
    key: str
    fields: _Text


class _Transition(msgspec.Struct):
    id: str
    name: str
    to: _Named = msgspec.field(default_factory=_Named)


class _Project(msgspec.Struct, rename="camel"):
    name: str
    issue_types: list[_Named] = []


class _Found(msgspec.Struct):
    issues: list[_Described] = []


class _Account(msgspec.Struct, rename="camel"):
    account_id: str = ""
    name: str = ""
    email_address: str = ""


class _Complaint(msgspec.Struct, rename="camel"):
    error_messages: list[str] = []
    errors: dict[str, str] = {}
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """A Jira as the settings describe it."""

    url: str
    is_cloud: bool
    email: str
    token: str = field(repr=False)

    def asked(self, ask: "Callable[[Client], object]") -> Callable[[Carry], object]:
        """What the client library answers to that, to be used in a thread."""

        def use(carry: Carry) -> object:
            from commandpost.integrations.clients import jira  # noqa: PLC0415 -- heavy, and not everybody's

            return ask(
                jira.Client(
                    carry,
                    server=self.url,
                    version="3" if self.is_cloud else "2",
                    basic_auth=(self.email, self.token) if self.is_cloud else None,
                    token=None if self.is_cloud else self.token,
                )
            )

        return use

    def text(self, text: str) -> Any:
        """A text as this Jira takes it."""
        if not self.is_cloud:
            return text
        lines = [line for line in text.splitlines() if line.strip()]
        paragraphs = [{"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in lines]
        return {"type": "doc", "version": 1, "content": paragraphs}

    def account_named(self, email: str) -> dict[str, str]:
        """By what people with an address are looked for."""
        return {"query": email} if self.is_cloud else {"username": email}

    def identity_of(self, account: _Account) -> dict[str, str]:
        """How an account is named in the fields of an issue."""
        return {"accountId": account.account_id} if self.is_cloud else {"name": account.name}

    @property
    def search_path(self) -> str:
        return "search/jql" if self.is_cloud else "search"

    def page_of(self, key: str) -> str:
        return f"{self.url}/browse/{key}"


class Jira:
    """The integration."""

    name = "jira"
    title = "Jira"
    help = (
        "Makes, shows and moves issues. Cloud: the address of your site, the email address of an account and"
        " an API token from its security settings. Data Center: the address and a personal access token."
    )
    settings = (
        Setting(
            name="deployment",
            label="Kind of Jira",
            kind=Kind.CHOICE,
            choices=(_CLOUD, _DATA_CENTER),
            default=_CLOUD,
        ),
        Setting(
            name="url",
            label="Address",
            help="https://example.atlassian.net",
            kind=Kind.ADDRESS,
            is_required=True,
        ),
        Setting(
            name="email", label="Email address", help="Of the account whose API token it is. Cloud only."
        ),
        Setting(
            name="token",
            label="Token",
            help="An API token (Cloud) or a personal access token (Data Center).",
            kind=Kind.SECRET,
            is_required=True,
        ),
        Setting(name="project", label="Project", help="The key of the project, OPS.", is_required=True),
        Setting(name="issue_type", label="Issue type", default="Task", is_required=True),
        Setting(
            name="fields",
            label="Further fields",
            help='A JSON object of what else new issues get: {"labels": ["incident"]}.',
        ),
    )

    @property
    def commands(self) -> tuple[Command, ...]:
        key = Argument(hint="KEY", help="The key of the issue, such as OPS-12")
        return (
            Command(
                trigger="jira",
                help="Work with Jira issues",
                sub_commands=(
                    SubCommand(
                        name="create",
                        help="Create an issue; its summary is the incident's name unless you give one",
                        run=_create,
                        arguments=(Argument(hint="summary", help="What it is about", is_required=False),),
                    ),
                    SubCommand(name="view", help="Show an issue", run=_view, arguments=(key,)),
                    SubCommand(
                        name="comment",
                        help="Comment on an issue",
                        run=_comment,
                        arguments=(key, Argument(hint="text", help="The comment")),
                    ),
                    SubCommand(
                        name="transition",
                        help="Move an issue to another status",
                        run=_transition,
                        arguments=(key, Argument(hint="status", help="The new status, such as Done")),
                    ),
                ),
            ),
        )

    def complaint(self, body: bytes) -> str:
        said = msgspec.json.decode(body, type=_Complaint)
        return " ".join((*said.error_messages, *(f"{k}: {v}" for k, v in said.errors.items()), said.message))

    async def health(self, tools: Tools) -> str:
        site = _site(tools)
        _further_fields(tools)
        myself = await tools.web.by_client(site.asked(lambda jira: jira.myself()), _User)
        key = tools.settings["project"]
        try:
            project = await tools.web.by_client(
                site.asked(lambda jira: jira.project(quote(key, safe=""))), _Project
            )
        except Failed as cause:
            if cause.outcome is not Outcome.NOT_FOUND:
                raise
            raise Failed(
                Outcome.NOT_FOUND,
                f"Signed in as {plain(myself.display_name)}, but there is no project {key}.",
            ) from cause
        wanted = tools.settings["issue_type"]
        types = [one.name for one in project.issue_types]
        if types and wanted.casefold() not in (name.casefold() for name in types):
            raise Failed(
                Outcome.NOT_FOUND, f"The project {key} has no issue type {wanted}, but {', '.join(types)}."
            )
        return (
            f"Signed in as {plain(myself.display_name)}. New issues go to {plain(project.name)} as {wanted}."
        )

    async def found_ticket(self, tools: Tools, mark: str) -> Link | None:
        """The mark stands in the description of the issue."""
        site = _site(tools)
        project = tools.settings["project"].replace("\\", "\\\\").replace('"', '\\"')
        jql = f'project = "{project}" AND description ~ "{mark}" ORDER BY created ASC'
        found = await tools.web.by_client(
            site.asked(lambda jira: jira.search(site.search_path, jql, "summary,description")), _Found
        )
        for one in found.issues:
            if mark in msgspec.json.encode(one.fields.description).decode():
                key = _checked_key(one.key)
                return Link(title=f"{key}: {one.fields.summary}", url=site.page_of(key), reference=key)
        return None

    async def made_ticket(self, tools: Tools, wish: Wish) -> Ticket:
        site = _site(tools)
        account = await _account(tools, site, wish.assignee) if wish.assignee else None
        summary = wish.title
        if len(summary) > _SUMMARY_LIMIT:
            summary = f"{summary[: _SUMMARY_LIMIT - 1]}…"
        fields = {
            **_further_fields(tools),
            "project": {"key": tools.settings["project"]},
            "issuetype": {"name": tools.settings["issue_type"]},
            "summary": summary,
            "description": site.text(_reason(wish)),
        }
        if account is not None:
            fields["assignee"] = site.identity_of(account)
        if wish.due_on:
            fields["duedate"] = wish.due_on
        made = await tools.web.by_client(site.asked(lambda jira: jira.create(fields)), _Made)
        key = _checked_key(made.key)
        remark = ""
        if wish.assignee and account is None:
            remark = (
                f"Jira shows nobody with the address of @{wish.assignee.username}: {key} has no assignee."
            )
        link = Link(title=f"{key}: {summary}", url=site.page_of(key), reference=key)
        return Ticket(link=link, remark=remark)


async def _create(tools: Tools, call: Call) -> Answer:
    summary = " ".join(call.text.split()) or (call.incident.name if call.incident else "")
    if not summary:
        raise Failed(Outcome.REFUSED, "Give a summary: `/jira create summary`.")
    if len(summary) > _SUMMARY_LIMIT:
        raise Failed(Outcome.REFUSED, f"The summary is too long: Jira takes {_SUMMARY_LIMIT} characters.")
    site = _site(tools)
    fields = {
        **_further_fields(tools),
        "project": {"key": tools.settings["project"]},
        "issuetype": {"name": tools.settings["issue_type"]},
        "summary": summary,
        "description": site.text(_origin(call)),
    }
    made = await tools.web.by_client(site.asked(lambda jira: jira.create(fields)), _Made)
    page = site.page_of(_checked_key(made.key))
    return Answer(
        told=f"Created {made.key}: {page}",
        posted=f"@{call.by.username} created the Jira issue [{made.key}]({page}): {plain(summary)}",
        links=(Link(title=f"{made.key}: {summary}", url=page, reference=made.key),),
    )


async def _view(tools: Tools, call: Call) -> Answer:
    site = _site(tools)
    key, _ = _key(call.text, "/jira view KEY")
    issue = await _known(tools, key, site.asked(lambda jira: jira.issue(key, _SHOWN)), _Issue)
    fields = issue.fields
    details = {
        "Status": fields.status.name if fields.status else "",
        "Type": fields.issuetype.name if fields.issuetype else "",
        "Priority": fields.priority.name if fields.priority else "",
        "Assignee": fields.assignee.display_name if fields.assignee else "nobody",
    }
    line = " | ".join(f"{label}: {plain(value)}" for label, value in details.items() if value)
    return Answer(told=f"[{key}]({site.page_of(key)}): {plain(fields.summary)}\n{line}")


async def _comment(tools: Tools, call: Call) -> Answer:
    site = _site(tools)
    key, text = _key(call.text, "/jira comment KEY text")
    if not text.strip():
        raise Failed(Outcome.REFUSED, "Give the comment: `/jira comment KEY text`.")
    body = site.text(f"{text.strip()}\n\n{call.by.name or call.by.username} (@{call.by.username})")
    await _known(tools, key, site.asked(lambda jira: jira.comment(key, body)), object)
    return Answer(told=f"Commented on [{key}]({site.page_of(key)}).")


async def _transition(tools: Tools, call: Call) -> Answer:
    site = _site(tools)
    key, wanted = _key(call.text, "/jira transition KEY status")
    wanted = wanted.strip().strip('"')
    ways = await _known(tools, key, site.asked(lambda jira: jira.transitions(key)), list[_Transition])
    chosen = _chosen(ways, wanted)
    if chosen is None:
        open_ways = ", ".join(dict.fromkeys(plain(one.to.name or one.name) for one in ways)) or "nowhere"
        what = f"{key} cannot go to {plain(wanted)} now." if wanted else "Give the new status."
        raise Failed(Outcome.REFUSED, f"{what} It can go to: {open_ways}.")
    moved = site.asked(lambda jira: jira.transition(key, chosen.id))
    await tools.web.by_client(moved, object)
    status = plain(chosen.to.name or chosen.name)
    return Answer(
        told=f"{key} is now {status}.",
        posted=f"@{call.by.username} moved the Jira issue [{key}]({site.page_of(key)}) to **{status}**.",
    )


def _chosen(ways: list[_Transition], wanted: str) -> _Transition | None:
    """The way to a status of that name, else the way of that name."""
    by_name = {one.name.casefold(): one for one in reversed(ways)}
    by_status = {one.to.name.casefold(): one for one in reversed(ways)}
    return by_status.get(wanted.casefold()) or by_name.get(wanted.casefold()) if wanted else None


def _site(tools: Tools) -> _Site:
    settings = tools.settings
    is_cloud = settings["deployment"] == _CLOUD
    if is_cloud and not settings["email"]:
        raise Failed(Outcome.NOT_CONFIGURED, "The settings of Jira lack the email address of the account.")
    return _Site(url=settings["url"], is_cloud=is_cloud, email=settings["email"], token=settings["token"])


def _further_fields(tools: Tools) -> dict[str, Any]:
    text = tools.settings["fields"]
    try:
        return msgspec.json.decode(text, type=dict[str, Any]) if text else {}
    except (msgspec.MsgspecError, RecursionError) as cause:
        raise Failed(
            Outcome.NOT_CONFIGURED, "The further fields in the settings of Jira are no JSON object."
        ) from cause


async def _account(tools: Tools, site: _Site, person: Person) -> _Account | None:
    """Whose address it is, if Jira tells: it may hide addresses, then the only one that it finds by it."""
    email = person.email
    if not email:
        return None
    params = site.account_named(email)
    try:
        found = await tools.web.by_client(site.asked(lambda jira: jira.people(params)), list[_Account])
    except Failed as cause:
        if cause.outcome in (Outcome.FORBIDDEN, Outcome.NOT_FOUND):
            return None
        raise
    same = [one for one in found if one.email_address.casefold() == email.casefold()]
    hidden = [one for one in found if not one.email_address]
    return same[0] if same else hidden[0] if len(found) == len(hidden) == 1 else None


def _reason(wish: Wish) -> str:
    who = f"{wish.by.name or wish.by.username} (@{wish.by.username})"
    return "\n".join(
        (
            wish.title,
            f"To be done after the incident {wish.incident.name}; created by {who} in Command Post.",
            wish.incident.url,
            f"Follow-up {wish.mark}",
        )
    )


def _origin(call: Call) -> str:
    who = f"{call.by.name or call.by.username} (@{call.by.username})"
    if call.incident is None:
        return f"Created by {who} in Command Post."
    return f"Created by {who} in Command Post, for the incident {call.incident.name}.\n{call.incident.url}"


def _key(text: str, usage: str) -> tuple[str, str]:
    """The key of an issue that a text begins with, or that its address ends with, and what follows."""
    word, rest = first_word(text)
    found = _KEY.fullmatch(word)
    if found is None:
        raise Failed(Outcome.REFUSED, f"Give the key of an issue, such as OPS-12: `{usage}`.")
    return found[1].upper(), rest


def _checked_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise Failed(Outcome.MALFORMED, "Jira answered with something that cannot be understood.")
    return key


async def _known(tools: Tools, key: str, use: Callable[[Carry], object], kind: type[T]) -> T:
    try:
        return await tools.web.by_client(use, kind)
    except Failed as cause:
        raise _about(key, cause) from cause


def _about(key: str, cause: Failed) -> Failed:
    if cause.outcome is not Outcome.NOT_FOUND:
        return cause
    return Failed(
        Outcome.NOT_FOUND,
        f"Jira has no issue {key}, or does not show it to the account in the settings (404).",
    )
