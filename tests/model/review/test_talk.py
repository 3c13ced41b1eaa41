"""What a post asks, and of whom."""

import pytest

from commandpost.incidents.model.review.talk import talk_in

NAMES = {"ana": "1", "ben.o": "2"}


@pytest.mark.parametrize("text", ["Is it up?", "why?!", "@ana what now? Thanks", "\u306a\u305c\uff1f"])
def test_a_question_mark_asks(text: str) -> None:
    assert talk_in(text, NAMES).asks


@pytest.mark.parametrize(
    "text",
    [
        "does anybody know who owns the relay",
        "ok, can we restart it",
        "@ana kannst du das best\u00e4tigen",
        "Wei\u00df jemand, wem das geh\u00f6rt",
        "I need your approval for this.",
    ],
)
def test_a_question_is_one_without_its_mark_too(text: str) -> None:
    assert talk_in(text, NAMES).asks


@pytest.mark.parametrize("text", ["I know who has it", "we can restart it", "that is what anyone would do"])
def test_words_of_questions_within_a_sentence_ask_nothing(text: str) -> None:
    assert not talk_in(text, NAMES).asks


@pytest.mark.parametrize(
    "text",
    [
        "brb",
        "Back, sorry.",
        "ok, I\u2019m back",
        "bin kurz weg, Arzttermin",
        "@ana wieder da",
        "in a meeting",
    ],
)
def test_it_says_that_its_author_goes_away_or_is_there_again(text: str) -> None:
    assert talk_in(text, NAMES).is_gone_or_back


@pytest.mark.parametrize(
    "text", ["the site is back", "Back to normal", "rolled back the release", "`brb`", "away team is on it"]
)
def test_what_comes_back_otherwise_is_not_its_author(text: str) -> None:
    assert not talk_in(text, NAMES).is_gone_or_back


@pytest.mark.parametrize(
    "text", ["one moment", "@ana checking, give me a bit", "ok, ich schaue nach", "Moment"]
)
def test_it_puts_off(text: str) -> None:
    assert talk_in(text, NAMES).puts_off


@pytest.mark.parametrize(
    "text",
    [
        "still waiting for that",
        "@ana ping",
        "ohne die Antwort kommen wir nicht weiter",
        "ok, catching up",
        "I need a minute to catch up",
        "we're blocked",
        "Hands off, please",
        "je dois me mettre à jour",
    ],
)
def test_it_says_that_its_author_waits(text: str) -> None:
    assert talk_in(text, NAMES).waits


@pytest.mark.parametrize(
    "text",
    [
        "the replica is catching up",
        "the queue has to catch up",
        "all payments are blocked",
        "the site is up to speed again",
        "Ana hands off command",
        "je vais mettre à jour le statut",
    ],
)
def test_what_systems_do_is_not_that_its_author_waits(text: str) -> None:
    assert not talk_in(text, NAMES).waits


@pytest.mark.parametrize(
    ("text", "takes"), [("on it!", True), ("I'll grab this", True), ("grabbing lunch", False), ("", False)]
)
def test_it_says_that_its_author_takes_what_is_to_be_done(text: str, takes: bool) -> None:
    assert talk_in(text, NAMES).takes is takes


@pytest.mark.parametrize(
    "text", ["", "It is up.", "see https://example.org/?q=1", "`a ? b`", "```\nwhat?\n```", "> really?\nyes"]
)
def test_code_links_and_quotes_ask_nothing(text: str) -> None:
    assert not talk_in(text, NAMES).asks


def test_it_mentions_those_it_names() -> None:
    assert talk_in("@ANA, ask @ben.o. Not @cy, mail ana@example.org", NAMES).mentions == {"1", "2"}
