"""PagerDuty: who is on call (REST v2), paging a person or a policy (REST v2) or a service (Events v2)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from commandpost.integrations import (
    Answer,
    Call,
    Command,
    Failed,
    Kind,
    Link,
    Outcome,
    Setting,
    Tools,
    first_word,
)
from commandpost.integrations.tools import on_call
from commandpost.integrations.web import Carry, plain

if TYPE_CHECKING:
    from commandpost.integrations.clients.pagerduty import RestClient

_SUMMARY_LIMIT = 1024
_MOST_LINES = 20
_WHOEVER_IS = "oncall"

T = TypeVar("T")


class _Reference(msgspec.Struct):
    id: str
    summary: str = ""
    name: str = ""
    email: str = ""

    @property
    def title(self) -> str:
        return self.name or self.summary


class _OnCall(msgspec.Struct):
    user: _Reference
    escalation_level: int = 1
    schedule: _Reference | None = None
    escalation_policy: _Reference | None = None


class _Incident(msgspec.Struct):
    id: str
    html_url: str
    incident_number: int = 0


class _Error(msgspec.Struct):
    message: str = ""
    errors: list[str] = []


class _Complaint(msgspec.Struct):
    """REST has the trouble in `error`, Events v2 at the top."""

    error: _Error = msgspec.field(default_factory=_Error)
    message: str = ""
    errors: list[str] = []


class PagerDuty:
    """The integration."""

    name = "pagerduty"
    title = "PagerDuty"
    help = (
        "Tells who is on call, and pages people, escalation policies and whoever is on call for a service."
        " Give a REST API key. To page people, also the ID of a service and the email address of a user in"
        " whose name incidents are opened; to page whoever is on call, the integration key (Events API v2) of"
        " a service."
    )
    settings = (
        Setting(name="api_token", label="REST API key", kind=Kind.SECRET, is_required=True),
        Setting(
            name="schedule", label="Schedule", help="The schedule meant when none is named; all if empty."
        ),
        Setting(name="service", label="Service ID", help="The service that people are paged for, P1A2B3C."),
        Setting(name="from_email", label="From", help="Email address of a PagerDuty user."),
        Setting(
            name="routing_key",
            label="Integration key",
            help="Of an Events API v2 integration: `/pagerduty page oncall` sends to it.",
            kind=Kind.SECRET,
        ),
        Setting(
            name="api_url",
            label="Address of the REST API",
            help="https://api.eu.pagerduty.com for the European region.",
            kind=Kind.ADDRESS,
            default="https://api.pagerduty.com",
        ),
        Setting(
            name="events_url",
            label="Address of the Events API",
            kind=Kind.ADDRESS,
            default="https://events.pagerduty.com",
        ),
    )

    @property
    def commands(self) -> tuple[Command, ...]:
        return on_call.commands_of(
            "pagerduty",
            tell=_on_call,
            page=_page,
            pages="Page somebody, an escalation policy, or whoever is on call",
            who='oncall, @somebody, an email address, or an escalation policy: "Platform policy"',
        )

    def complaint(self, body: bytes) -> str:
        said = msgspec.json.decode(body, type=_Complaint)
        return " ".join((said.error.message, *said.error.errors, said.message, *said.errors))

    async def health(self, tools: Tools) -> str:
        wanted = tools.settings["schedule"]
        if wanted:
            schedule = await _schedule(tools, wanted)
            return f"The key is accepted, and the schedule {plain(schedule.title)} is there."
        await _get(tools, "/schedules", {"limit": "1"}, list[_Reference])
        return "The key is accepted."


async def _on_call(tools: Tools, call: Call) -> Answer:
    wanted = call.text.strip().strip('"') or tools.settings["schedule"]
    query = {"earliest": "true", "limit": "100"}
    if wanted:
        query["schedule_ids[]"] = (await _schedule(tools, wanted)).id
    found = await _get(tools, "/oncalls", query, list[_OnCall])
    people: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda one: one.escalation_level):
        where = one.schedule or one.escalation_policy
        names = people.setdefault(where.title if where else "PagerDuty", [])
        if one.user.title not in names:
            names.append(one.user.title)
    if not people:
        return Answer(told=f"On call for {plain(wanted) or 'PagerDuty'}: nobody")
    lines = [
        f"On call for {plain(where)}: {', '.join(plain(name) for name in names)}"
        for where, names in people.items()
    ]
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], f"And {len(lines) - _MOST_LINES} more: name the schedule you mean."]
    return Answer(told="\n".join(lines))


async def _page(tools: Tools, call: Call) -> Answer:
    who, text = first_word(call.text)
    message = " ".join(text.split())[:_SUMMARY_LIMIT]
    if not who or not message:
        raise Failed(Outcome.REFUSED, "Say whom to page, and why: `/pagerduty page who message`.")
    said = f"@{call.by.username} paged **{plain(who)}** by PagerDuty: {plain(message)}"
    if who.lower() == _WHOEVER_IS:
        await _trigger(tools, call, message)
        return Answer(told="PagerDuty pages whoever is on call.", posted=said)
    incident = await _open_incident(tools, call, who, message)
    page = incident.html_url
    if not page.startswith("https://") or any(c in page for c in ' \n<>()"'):
        raise Failed(Outcome.MALFORMED, "PagerDuty answered with something that cannot be understood.")
    title = f"PagerDuty incident {incident.incident_number or incident.id}: {message}"
    return Answer(
        told=f"PagerDuty pages {plain(who)}: {page}",
        posted=f"{said} ([incident]({page}))",
        links=(Link(title=title, url=page, reference=incident.id),),
    )


async def _trigger(tools: Tools, call: Call, message: str) -> None:
    _require(tools, {"routing_key": "the integration key"})
    details: dict[str, str] = {"by": f"{call.by.name} @{call.by.username}".strip()}
    event: dict[str, Any] = {
        "client": "Command Post",
        "payload": {
            "summary": message,
            "source": "Command Post",
            "severity": "critical",
            "custom_details": details,
        },
    }
    if call.incident is not None:
        details["incident"] = call.incident.name
        if call.incident.url:
            event["client_url"] = call.incident.url

    def use(carry: Carry) -> object:
        from commandpost.integrations.clients import pagerduty  # noqa: PLC0415 -- heavy, and not everybody's

        settings = tools.settings
        return pagerduty.trigger(
            carry, url=settings["events_url"], routing_key=settings["routing_key"], event=event
        )

    await tools.web.by_client(use, str)


async def _open_incident(tools: Tools, call: Call, who: str, message: str) -> _Incident:
    _require(tools, {"service": "the service ID", "from_email": "the email address to open incidents from"})
    details = f"Paged by {call.by.name or call.by.username} (@{call.by.username}) from Command Post."
    if call.incident is not None:
        details += f"\nIncident: {call.incident.name} {call.incident.url}".rstrip()
    incident: dict[str, Any] = {
        "type": "incident",
        "title": message,
        "service": {"id": tools.settings["service"], "type": "service_reference"},
        "body": {"type": "incident_body", "details": details},
        **await _target(tools, call, who),
    }
    opened = _asked(tools, lambda client: client.open_incident(incident))
    return await tools.web.by_client(opened, _Incident)


async def _target(tools: Tools, call: Call, who: str) -> dict[str, Any]:
    """Whom an incident goes to: a user by their address, or an escalation policy by its name."""
    if "@" in who:
        person = call.people.get(who[1:]) if who.startswith("@") else None
        address = person.email if person else who
        if address.startswith("@"):
            raise Failed(Outcome.NOT_FOUND, f"There is nobody called {who} here. Give an email address.")
        users = await _get(tools, "/users", {"query": address}, list[_Reference])
        found = next((one for one in users if one.email.casefold() == address.casefold()), None)
        if found is None:
            raise Failed(Outcome.NOT_FOUND, f"PagerDuty has no user with the address {plain(address)}.")
        return {"assignments": [{"assignee": {"id": found.id, "type": "user_reference"}}]}
    policies = await _get(tools, "/escalation_policies", {"query": who}, list[_Reference])
    policy = _meant(policies, who, "escalation policy")
    return {"escalation_policy": {"id": policy.id, "type": "escalation_policy_reference"}}


async def _schedule(tools: Tools, name: str) -> _Reference:
    found = await _get(tools, "/schedules", {"query": name}, list[_Reference])
    return _meant(found, name, "schedule")


def _meant(found: list[_Reference], name: str, what: str) -> _Reference:
    """The one of exactly that name, else the only one that was found."""
    exact = [one for one in found if one.title.casefold() == name.casefold()]
    if exact:
        return exact[0]
    if not found:
        raise Failed(Outcome.NOT_FOUND, f"PagerDuty has no {what} {plain(name)}.")
    if len(found) > 1:
        names = ", ".join(plain(one.title) for one in found[:5])
        raise Failed(Outcome.REFUSED, f"Which {what} do you mean: {names}?")
    return found[0]


def _require(tools: Tools, needed: dict[str, str]) -> None:
    lacking = [label for name, label in needed.items() if not tools.settings[name]]
    if lacking:
        raise Failed(
            Outcome.NOT_CONFIGURED,
            f"The settings of PagerDuty lack {' and '.join(lacking)}; a system administrator can give it.",
        )


async def _get(tools: Tools, path: str, query: dict[str, str], kind: type[T]) -> T:
    return await tools.web.by_client(_asked(tools, lambda client: client.get(path, query)), kind)


def _asked(tools: Tools, ask: "Callable[[RestClient], object]") -> Callable[[Carry], object]:
    """What the client library for REST answers to that, to be used in a thread."""

    def use(carry: Carry) -> object:
        from commandpost.integrations.clients import pagerduty  # noqa: PLC0415 -- heavy, and not everybody's

        settings = tools.settings
        client = pagerduty.RestClient(
            carry,
            url=settings["api_url"],
            token=settings["api_token"],
            from_email=settings["from_email"],
        )
        return ask(client)

    return use
