"""The OpenAPI document's face v0, held against a server beside a Mattermost; few examples of each call."""

import httpx
import pytest
import requests
import schemathesis
from schemathesis.core.failures import FailureGroup

from commandpost.api.docs.document import document
from commandpost.api.errors import V0_PREFIX
from commandpost.kernel.ids import new_id
from tests.contract.test_openapi import CHECKED, SWITCHED_OFF, Thoughts, operations, thought_of
from tests.support.attached import Attached, Colleague
from tests.support.routes import Names

_EXAMPLES = 2
_SITE = "http://chat.test"
_OURS = ("method", "url", "headers", "params", "json", "data", "files")


def _request(case: schemathesis.Case, names: Names) -> requests.PreparedRequest:
    """What is asked: of real things, so that it gets beyond the door."""
    case.path_parameters.update({name: names[name] for name in case.path_parameters})
    if isinstance(case.body, dict):
        case.body.update({name: names[name] for name in case.body if name in names})
    arguments = case.as_transport_kwargs(base_url=_SITE)
    return requests.Request(**{k: v for k, v in arguments.items() if k in _OURS}).prepare()


async def _asked(by: Colleague, request: requests.PreparedRequest) -> httpx.Response:
    headers = {k: v for k, v in request.headers.items() if k not in ("Cookie", "Authorization")}
    assert request.method is not None
    assert request.url is not None
    return await by.v0.request(request.method, request.url, content=request.body, headers=headers)


@pytest.fixture(scope="module")
def thoughts() -> Thoughts:
    """Requests by operation, thought of once for both databases."""
    return {}


@pytest.mark.timeout(300)
async def test_every_answer_beside_a_mattermost_is_in_the_document_and_none_is_a_fault(
    attached: Attached, thoughts: Thoughts
) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    playbook_id = await attached.playbook(ana, ben)
    incident = await attached.incident(ana, playbook_id=playbook_id)
    names = Names(
        user_id=ben.id,
        username=ben.username,
        team_id=attached.team_id,
        channel_id=incident["channel_id"],
        post_id=new_id(),
        playbook_id=playbook_id,
        incident_id=incident["id"],
        stage_position="0",
        task_position="0",
    )

    found: list[str] = []
    for operation in operations(document(attached.app)):
        if not operation.path.startswith(V0_PREFIX):
            continue
        # Not in another thread: what goes on beside it would take from the same random numbers.
        if operation.label not in thoughts:
            thoughts[operation.label] = thought_of(operation, _EXAMPLES)
        for case, _ in thoughts[operation.label]:
            answer = await _asked(ana, _request(case, names))
            if answer.status_code >= 500 and answer.status_code != SWITCHED_OFF:
                found.append(f"{operation.label}: {answer.status_code} to {case.as_curl_command()[:500]}")
            try:
                case.validate_response(answer, checks=CHECKED)
            except FailureGroup as failures:
                found.extend(f"{operation.label}: {failure}"[:900] for failure in failures.exceptions)

    assert found == [], "\n\n".join(found)
