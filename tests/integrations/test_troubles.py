"""Whatever a tool answers, people read what happened and what to do; and no secret."""

from collections.abc import Mapping
from typing import Any

import pytest

from commandpost.integrations import Outcome
from commandpost.workspace.outbound import AllowedAddresses
from tests.integrations.bench import Bench
from tests.support.stand_in import SILENCE, Said

FIRST_REQUEST = {
    "jira": ("view OPS-12", "GET", "/rest/api/3/issue/OPS-12"),
    "zoom": ("start", "POST", "/v2/users/me/meetings"),
    "opsgenie": ("oncall Platform", "GET", "/v2/schedules/Platform/on-calls"),
    "pagerduty": ("oncall", "GET", "/oncalls"),
}
"""For each tool a command, and the request that it is about."""


@pytest.fixture(params=FIRST_REQUEST)
def bench(request: pytest.FixtureRequest) -> Bench:
    found: Bench = request.getfixturevalue(request.param)
    token = Said(body={"access_token": "t", "token_type": "bearer", "expires_in": 3599})
    found.tool.tell("POST", "/oauth/token", token)
    return found


def answers(bench: Bench, said: Said | None) -> str:
    """Let the tool answer so; gives the command to try."""
    typed, method, path = FIRST_REQUEST[bench.integration.name]
    bench.tool.tell(method, path, said)
    return typed


@pytest.mark.parametrize(
    ("status", "headers", "outcome", "advice"),
    [
        (401, {}, Outcome.UNAUTHORIZED, "A system administrator must renew them"),
        (403, {}, Outcome.FORBIDDEN, "does not permit that to the account"),
        (404, {}, Outcome.NOT_FOUND, "(404)"),
        (429, {"Retry-After": "17"}, Outcome.RATE_LIMITED, "Try again in 17 s."),
        (429, {}, Outcome.RATE_LIMITED, "Try again in a minute."),
        (400, {}, Outcome.REFUSED, "refused (400)"),
        (500, {}, Outcome.TOOL_FAILED, "(500). Try again later."),
        (503, {}, Outcome.TOOL_FAILED, "(503). Try again later."),
        (304, {}, Outcome.MALFORMED, "Is its address right?"),
    ],
)
async def test_a_refusal_says_what_to_do(
    bench: Bench, status: int, headers: Mapping[str, str], outcome: Outcome, advice: str
) -> None:
    failed = await bench.refused(answers(bench, Said(status=status, headers=headers)))

    assert failed.outcome is outcome
    assert advice in failed.message
    assert bench.integration.title in failed.message


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>Sign in</html>", b"[]", b'{"unexpected": true}', b"\xff\xfe", b"[" * 3000],
    ids=["empty", "page", "list", "other", "bytes", "deep"],
)
async def test_a_malformed_answer_is_a_failure(bench: Bench, body: bytes) -> None:
    failed = await bench.refused(answers(bench, Said(body=body)))

    assert failed.outcome is Outcome.MALFORMED


async def test_a_slow_tool_is_not_waited_for(bench: Bench) -> None:
    typed = answers(bench, SILENCE)
    bench.outbound.patience_s = 0.5

    failed = await bench.refused(typed)

    assert failed.outcome is Outcome.TOO_SLOW
    assert "too long" in failed.message


async def test_an_endless_answer_is_cut(bench: Bench) -> None:
    failed = await bench.refused(answers(bench, Said(body=b" " * 1_100_000)))

    assert failed.outcome is Outcome.MALFORMED


async def test_a_tool_that_is_down_cannot_be_reached(bench: Bench) -> None:
    bench.settings.update({name: "http://127.0.0.1:9" for name in bench.settings if name.endswith("url")})

    failed = await bench.refused(FIRST_REQUEST[bench.integration.name][0])

    assert failed.outcome is Outcome.UNREACHABLE


async def test_a_private_address_is_not_called(bench: Bench) -> None:
    bench.outbound.allow(AllowedAddresses(""))

    failed = await bench.refused(FIRST_REQUEST[bench.integration.name][0])

    assert failed.outcome is Outcome.ADDRESS_NOT_ALLOWED


COMPLAINTS: dict[str, tuple[Any, str]] = {
    "jira": ({"errorMessages": ["No."], "errors": {"priority": "Unknown."}}, "No. priority: Unknown."),
    "zoom": ({"code": 300, "message": "Invalid topic."}, "Invalid topic."),
    "opsgenie": ({"message": "Key format is not valid!", "took": 0.0, "requestId": "r"}, "Key format is not"),
    "pagerduty": (
        {"error": {"message": "Invalid Input", "code": 2001, "errors": ["Bad."]}},
        "Invalid Input Bad.",
    ),
}


async def test_what_the_tool_complains_about_is_passed_on(bench: Bench) -> None:
    body, words = COMPLAINTS[bench.integration.name]

    failed = await bench.refused(answers(bench, Said(status=400, body=body)))

    assert words in failed.message


async def test_what_the_tool_says_cannot_call_everybody(bench: Bench) -> None:
    body = {"message": "@all `x`\n\n# Look " + "x" * 1000, "error": {"message": "@all"}}

    failed = await bench.refused(answers(bench, Said(status=400, body=body)))

    assert "@all" not in failed.message and "\n" not in failed.message
    assert len(failed.message) < 500


@pytest.mark.parametrize("status", [401, 400, 500])
async def test_no_secret_is_in_what_people_read(bench: Bench, status: int) -> None:
    failed = await bench.refused(answers(bench, Said(status=status)))

    assert "secret" not in failed.message
    assert all("secret" not in repr(value) for value in (bench.tools, failed))
