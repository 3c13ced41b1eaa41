"""The served OpenAPI document, held against the server: whatever is asked by it is answered by it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from commandpost.workspace.model.user import User
from commandpost.workspace.store import users
from tests.support.people import SITE, Person, Room
from tests.support.routes import Names
from tests.support.size import Size

CHECKED = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SWITCHED_OFF = 501
Thought = list[tuple[schemathesis.Case, bool]]
"""Requests of an operation, and whether each is to name real things."""
Thoughts = dict[str, Thought]
_OURS = ("method", "url", "headers", "params", "json", "data", "files")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Sends generated requests to the application from another thread, as each of `users` in turn."""

    room: Room
    loop: asyncio.AbstractEventLoop
    users: list[User]
    names: Names

    def sessions(self) -> list[Person]:
        """Fresh sessions: one of the requests before may have ended the last."""
        begun = (self.room.signed_in(user) for user in self.users)
        return [asyncio.run_coroutine_threadsafe(one, self.loop).result() for one in begun]

    def ask(self, person: Person, case: schemathesis.Case) -> httpx.Response:
        arguments = case.as_transport_kwargs(base_url=SITE)
        prepared = requests.Request(**{k: v for k, v in arguments.items() if k in _OURS}).prepare()
        headers = {k: v for k, v in prepared.headers.items() if k not in ("Cookie", "Authorization")}
        answer = person.v4.request(prepared.method, prepared.url, content=prepared.body, headers=headers)
        return asyncio.run_coroutine_threadsafe(answer, self.loop).result()

    def made_real(self, case: schemathesis.Case) -> None:
        """Name real things where a request would name random ones, so that it gets beyond the door."""
        case.path_parameters.update({name: self.names[name] for name in case.path_parameters})
        if isinstance(case.body, dict):
            known = {name: self.names[name] for name in case.body if name in self.names}
            case.body.update(known)


def operations(document: dict[str, Any]) -> Iterator[Any]:
    """Every operation of both faces; those that read first, those that delete last."""
    schema = schemathesis.openapi.from_dict(document)
    order = ("get", "post", "put", "patch", "delete")
    found = [result.ok() for result in schema.get_all_operations()]
    return iter(sorted(found, key=lambda operation: order.index(operation.method.lower())))


def thought_of(operation: Any, examples: int) -> Thought:
    """What to ask of an operation; the same in every run."""
    found: Thought = []
    positive = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    negative = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @hypothesis.settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=positive | negative, is_real=st.booleans())
    def each(case: schemathesis.Case, is_real: bool) -> None:
        found.append((case, is_real))

    each()
    return found


def complaints(asker: Asker, operation: Any, requests: Thought) -> list[str]:
    """What of the answers to an operation is not in its description, or is a fault; all ask the same."""
    found: list[str] = []
    people = asker.sessions()
    for case, is_real in requests:
        if is_real:
            asker.made_real(case)
        for person in people:
            answer = asker.ask(person, case)
            if answer.status_code >= 500 and answer.status_code != SWITCHED_OFF:
                found.append(f"{operation.label}: {answer.status_code} to {case.as_curl_command()[:500]}")
            try:
                case.validate_response(answer, checks=CHECKED)
            except FailureGroup as failures:
                found.extend(f"{operation.label}: {failure}"[:900] for failure in failures.exceptions)
    return found


@pytest.fixture(scope="module")
def thoughts() -> Thoughts:
    """Requests by operation. To think of one costs four times what asking it does: once is enough."""
    return {}


@pytest.mark.timeout(600)
async def test_every_answer_is_in_the_document_and_none_is_a_fault(
    room: Room, admin: Person, ana: Person, names: Names, size: Size, thoughts: Thoughts
) -> None:
    document = (await admin.v4.get(f"{SITE}/api/docs/openapi.json")).json()
    async with room.desks.reading() as desk:
        member, administrator = [await users.by_id(desk.work, person.id) for person in (ana, admin)]
    assert member is not None
    assert administrator is not None
    asker = Asker(room=room, loop=asyncio.get_running_loop(), users=[member, administrator], names=names)
    config = room.desks.config

    found: list[str] = []
    for operation in operations(document):
        room.desks.config = replace(config, incidents_enabled=True)
        if operation.label not in thoughts:
            thoughts[operation.label] = await asyncio.to_thread(thought_of, operation, size.examples)
        found += await asyncio.to_thread(complaints, asker, operation, thoughts[operation.label])

    assert found == [], "\n\n".join(found)
