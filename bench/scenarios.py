"""The requests that are measured. Each is made per connection, so that writers meet as people would."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench.client import Connection
from bench.measure import Step
from bench.stage import V0, Stage, new_incident

Maker = Callable[[Stage, list[Connection], str], Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`writes`: whether the rate of a bare insert and commit is printed beside it. `original`: requests/s of
    the original product on two cores shared with the client, at 16 connections; 0 if nobody measured it."""

    name: str
    make: Maker
    writes: bool
    original: float = 0
    aim: float
    """Requests/s that we want, at 16 connections."""


def _get_incident(stage: Stage, connections: list[Connection], _password: str) -> Step:
    async def step(number: int, _turn: int) -> object:
        return await connections[number].ask("GET", f"{V0}/incidents/{stage.incident_ids[number]}")

    return step


def _tick(stage: Stage, connections: list[Connection], _password: str) -> Step:
    async def step(number: int, turn: int) -> object:
        path = f"{V0}/incidents/{stage.incident_ids[number]}/checklists/0/item/0/state"
        return await connections[number].ask("PUT", path, {"new_state": "" if turn % 2 else "closed"})

    return step


def _commander(stage: Stage, connections: list[Connection], _password: str) -> Step:
    async def step(number: int, turn: int) -> object:
        path = f"{V0}/incidents/{stage.incident_ids[number]}/commander"
        body = {"commander_id": stage.user_id if turn % 2 else stage.other_id}
        return await connections[number].ask("POST", path, body)

    return step


def _create_incident(stage: Stage, connections: list[Connection], _password: str) -> Step:
    async def step(number: int, turn: int) -> object:
        name = f"Load {number} {turn} {id(connections) % 100000}"
        body = new_incident(name, stage.user_id, stage.team_id, stage.playbook_id)
        return await connections[number].ask("POST", f"{V0}/incidents", body)

    return step


def _post(stage: Stage, connections: list[Connection], _password: str) -> Step:
    async def step(number: int, turn: int) -> object:
        body = {"channel_id": stage.channel_id, "message": f"message {turn} by connection {number}"}
        return await connections[number].ask("POST", "/api/v4/posts", body)

    return step


def _page_of_posts(stage: Stage, connections: list[Connection], _password: str) -> Step:
    async def step(number: int, _turn: int) -> object:
        return await connections[number].ask("GET", f"/api/v4/channels/{stage.full_channel_id}/posts")

    return step


def _log_in(stage: Stage, connections: list[Connection], password: str) -> Step:
    body = {"login_id": stage.username, "password": password}

    def step(number: int, _turn: int) -> Awaitable[object]:
        return connections[number].ask("POST", "/api/v4/users/login", body)

    return step


def _incident_info(stage: Stage, connections: list[Connection], _password: str) -> Step:
    async def step(number: int, _turn: int) -> object:
        body = {"channel_id": stage.incident_channel_ids[number], "command": "/incident info"}
        return await connections[number].ask("POST", "/api/v4/commands/execute", body)

    return step


SCENARIOS = (
    Scenario(name="GET incident", make=_get_incident, writes=False, original=283, aim=1415),
    Scenario(name="tick a task", make=_tick, writes=True, original=118, aim=590),
    Scenario(name="change commander", make=_commander, writes=True, original=103, aim=515),
    Scenario(name="create incident with playbook", make=_create_incident, writes=True, original=52, aim=260),
    Scenario(name="post a message", make=_post, writes=True, original=331, aim=1655),
    Scenario(name="60 posts of a channel", make=_page_of_posts, writes=False, original=438, aim=2190),
    Scenario(name="/incident info", make=_incident_info, writes=False, aim=2500),
    Scenario(name="log in", make=_log_in, writes=True, original=32, aim=64),
)
