"""What a post asks, and of whom."""

import pytest

from commandpost.incidents.model.review.talk import talk_in

NAMES = {"ana": "1", "ben.o": "2"}


@pytest.mark.parametrize("text", ["Is it up?", "why?!", "@ana what now? Thanks", "\u306a\u305c\uff1f"])
def test_a_question_mark_asks(text: str) -> None:
    assert talk_in(text, NAMES).asks


@pytest.mark.parametrize(
    "text", ["", "It is up.", "see https://example.org/?q=1", "`a ? b`", "```\nwhat?\n```", "> really?\nyes"]
)
def test_code_links_and_quotes_ask_nothing(text: str) -> None:
    assert not talk_in(text, NAMES).asks


def test_it_mentions_those_it_names() -> None:
    assert talk_in("@ANA, ask @ben.o. Not @cy, mail ana@example.org", NAMES).mentions == {"1", "2"}
