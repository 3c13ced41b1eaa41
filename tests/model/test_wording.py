"""What the bot says, word for word."""

import pytest

from commandpost.incidents import wording
from commandpost.incidents.model.task import TaskState


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Call the **on-call**", "Call the on-call"),
        ("plain", "plain"),
        ("100% of `disks` are [full](http://x)", "100% of disks are full"),
        ("snake_case_stays", "snake_case_stays"),
        ("~~old~~ *new* __bold__", "old new bold"),
        ("%s %d {0}", "%s %d {0}"),
    ],
)
def test_markdown_is_stripped_from_titles(markdown: str, text: str) -> None:
    assert wording.without_markdown(markdown) == text


def test_the_sentences_of_the_bot() -> None:
    said = [
        wording.started("ana"),
        wording.ended("ana"),
        wording.restarted("ana"),
        wording.commander_changed("ana", old="ana", new="ben"),
        wording.stage_changed("ana", old="Triage", new="Close"),
        wording.task_put("ana", "Call **her**", TaskState.CLOSED),
        wording.task_put("ana", "Call", TaskState.IN_PROGRESS),
        wording.task_put("ana", "Call", TaskState.OPEN),
        wording.task_assigned("ana", "Call", old="", new="ben"),
        wording.task_assigned("ana", "Call", old="ben", new="ana"),
        wording.task_assigned("ana", "Call", old="ana", new=""),
        wording.reminder("ana"),
        wording.started_in("Server Down", "server-down"),
        wording.command_failed("/nosuch 100%s"),
        wording.started_from("http://x/_redirect/pl/p", "slow\nsecond line"),
    ]

    assert said == [
        "This incident has been started by @ana",
        "This incident has been closed by @ana",
        "This incident has been restarted by @ana",
        "ana changed the incident commander from **@ana** to **@ben**.",
        "ana changed the active stage from **Triage** to **Close**.",
        "ana checked off checklist item **Call her**",
        "ana checked off checklist item **Call**",
        "ana unchecked checklist item **Call**",
        "ana changed assignee of checklist item **Call** from **No Assignee** to **@ben**",
        "ana changed assignee of checklist item **Call** from **ben** to **@ana**",
        "ana changed assignee of checklist item **Call** from **ana** to **No Assignee**",
        "@ana, please provide an update on this incident's progress.",
        "Incident Server Down started in ~server-down",
        "Failed to execute slash command **/nosuch 100%s**",
        "[Original Post](http://x/_redirect/pl/p)\n > slow\nsecond line",
    ]


def test_a_broadcast_tells_where_who_how_long_and_what() -> None:
    text = wording.broadcast(
        channel_title="Bcast 41435",
        link="/ops/pl/p",
        author="alice",
        duration="< 1m",
        message="We are **looking**",
    )

    assert text == (
        "# Incident Update: [Bcast 41435](/ops/pl/p)\n"
        "By @alice | Duration: < 1m | Status: Ongoing\n"
        "***\n"
        "We are **looking**"
    )
