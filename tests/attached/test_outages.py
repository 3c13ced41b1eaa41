"""Whatever outages come in the middle of an incident: in the end the channel tells what the log does."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.support.attached import Attached, Colleague
from tests.support.faults import Between, Fault
from tests.support.size import Size

_FAULTS = (Fault.LOST, Fault.REFUSED, Fault.CUT, Fault.BROKEN, Fault.OVERTAKEN, Fault.NONE)
_TOLD = ("task_ticked", "task_unticked", "status_updated")


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does while calls meet this fault, and how long it is until the next step.

    `does`: the task to tick or reopen, or None for a status update. With `hears`, events still come.
    """

    does: int | None
    fault: Fault
    hears: bool
    seconds: int


STEPS = some.lists(
    some.builds(
        Step,
        does=some.sampled_from((0, 1, None)),
        fault=some.sampled_from(_FAULTS),
        hears=some.booleans(),
        seconds=some.integers(0, 90),
    ),
    min_size=3,
    max_size=8,
)


@pytest.fixture
def mattermost_url(between: Between) -> str:
    """We know the server by what lies between."""
    return between.url


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
async def test_the_channel_tells_in_order_what_the_log_tells(
    attached: Attached, between: Between, size: Size, data: some.DataObject
) -> None:
    attached.app.state.reception.see_done_within_s = 0.1  # What fails is done later, and all behind it.
    ana = attached.person("ana")
    playbook_id = await attached.playbook(ana)
    for _ in range(size.outages):
        incident = await attached.incident(ana, playbook_id=playbook_id)
        await ana.v0.get(f"/incidents/{incident['id']}")
        before = len(attached.posts(incident["channel_id"]))

        acknowledged = await _lived(attached, between, ana, incident, data.draw(STEPS))
        between.heal()
        attached.clock.turn(seconds=61)
        await attached.delivered()

        posts = attached.posts(incident["channel_id"])[before:]
        entries = await attached.log(incident, ana, *_TOLD)
        assert [one["payload"]["post_id"] for one in entries] == [post["id"] for post in posts]
        told = [post["message"] for post in posts]
        assert len(told) == len(acknowledged), (told, acknowledged)
        assert all(word in message for word, message in zip(acknowledged, told, strict=True))


async def _lived(
    attached: Attached, between: Between, by: Colleague, incident: dict[str, Any], steps: list[Step]
) -> list[str]:
    """Live through the steps; gives a word of each that was acknowledged."""
    acknowledged: list[str] = []
    closed: set[int] = set()
    for number, step in enumerate(steps):
        between.break_down(step.fault)
        between.has_line = step.hears
        if step.does is None:
            word = f"Update {number}."
            answer = await by.v0.post(f"/incidents/{incident['id']}/status", json={"message": word})
        else:
            state = "" if step.does in closed else "closed"
            word = ("Call", "Look")[step.does]
            path = f"/incidents/{incident['id']}/checklists/0/item/{step.does}/state"
            answer = await by.v0.put(path, json={"new_state": state})
            if answer.status_code == 200:
                closed ^= {step.does}
        assert answer.status_code in (200, 503), answer.text
        if answer.status_code == 200:
            acknowledged.append(word)
        attached.clock.turn(seconds=step.seconds)
    return acknowledged
