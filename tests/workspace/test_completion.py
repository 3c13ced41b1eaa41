"""Completing a command while it is typed."""

from collections.abc import Sequence

import pytest

from commandpost.workspace.commands.completion import Line, suggestions
from commandpost.workspace.model.command import DynamicList, ListItem, Node, StaticList, TextArgument
from commandpost.workspace.model.who import Who

ANA = Who(user_id="ana", username="ana", roles=frozenset({"system_user"}))
ROOT = Who(user_id="root", username="root", roles=frozenset({"system_user", "system_admin"}))

NEXT = ListItem(item="next", hint="n", help_text="Move to next stage")
PREV = ListItem(item="prev", help_text="Move to previous stage")

TREE = Node(
    trigger="incident",
    hint="[command]",
    help_text="Available commands",
    sub_commands=(
        Node(trigger="start", help_text="Starts a new incident"),
        Node(trigger="stage", hint="[next/prev]", arguments=(StaticList(items=(NEXT, PREV)),)),
        Node(trigger="check", arguments=(DynamicList(fetch_url="/plugins/x", help_text="tasks"),)),
        Node(
            trigger="test",
            role_id="system_admin",
            sub_commands=(
                Node(
                    trigger="create",
                    arguments=(
                        DynamicList(fetch_url="/plugins/y", help_text="playbooks"),
                        TextArgument(hint="Creation timestamp", help_text="Date"),
                        TextArgument(hint="Incident name", help_text="Name", is_required=False),
                        StaticList(items=(NEXT,)),
                    ),
                ),
            ),
        ),
    ),
)


async def fetch(wanted: DynamicList, line: Line) -> Sequence[ListItem]:
    assert line.rest == "" or line.parsed.endswith(" ")
    if wanted.fetch_url == "/plugins/x":
        return [ListItem(item="0 0", hint='"Call"'), ListItem(item="0 1"), ListItem(item="1 0")]
    return [ListItem(item="p1", help_text="Outage")]


async def complete(typed: str, who: Who = ANA) -> list[str]:
    return [one.complete for one in await suggestions([TREE], typed, who, fetch)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["incident"]),
        ("/inc", ["incident"]),
        ("INC", ["incident"]),
        ("/incident ", ["incident start", "incident stage", "incident check"]),
        ("/incident st", ["incident start", "incident stage"]),
        ("/incident ST", ["incident start", "incident stage"]),
        ("/incident stage ", ["incident stage next", "incident stage prev"]),
        ("/incident stage p", ["incident stage prev"]),
        ("/incident stage next ", []),
        ("/incident start ", []),
        ("/incident nosuch ", []),
        ("/incident check ", ["incident check 0 0", "incident check 0 1", "incident check 1 0"]),
        ("/incident check 0", ["incident check 0 0", "incident check 0 1"]),
        ("/incident check 0 1", ["incident check 0 1"]),
        ("/incident test", []),
        ("/other ", []),
    ],
)
async def test_what_may_follow(typed: str, expected: list[str]) -> None:
    assert await complete(typed) == expected


async def test_a_word_kept_for_administrators_is_offered_to_them() -> None:
    assert await complete("/incident t", ROOT) == ["incident test"]
    assert await complete("/incident test c", ROOT) == ["incident test create"]


async def test_a_suggestion_says_what_it_is() -> None:
    [stage, _] = await suggestions([TREE], "/incident stage ", ANA, fetch)

    assert (stage.suggestion, stage.hint, stage.description) == ("next", "n", "Move to next stage")


async def test_a_text_argument_shows_its_hint_until_it_is_typed() -> None:
    async def hints(typed: str) -> list[tuple[str, str]]:
        return [(one.hint, one.complete) for one in await suggestions([TREE], typed, ROOT, fetch)]

    for typed in ("incident test create p1 ", "incident test create p1 2020", 'incident test create p1 "20 '):
        assert ("Creation timestamp", typed) in await hints(typed)
    for typed in ("incident test create p1 2020 ", 'incident test create p1 "20 20" '):
        assert ("Incident name", typed) in await hints(typed)


async def test_an_optional_argument_may_be_left_out() -> None:
    found = await complete("incident test create p1 2020 ", ROOT)

    assert found == ["incident test create p1 2020 ", "incident test create p1 2020 next"]
