"""What integrations send is read or refused, whatever it is; Slack's markup becomes Markdown."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.workspace import answers
from commandpost.workspace.answers import NotUnderstood
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.said import Said, in_parts, people_in, post_props, translated

AS_JSON = "application/json"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
FIELDS = st.sampled_from(
    ["text", "attachments", "props", "username", "response_type", "extra_responses", "goto_location"]
)


@given(st.binary() | st.dictionaries(FIELDS, VALUES).map(lambda it: json.dumps(it).encode()), st.booleans())
def test_anything_is_read_or_refused(body: bytes, is_json: bool) -> None:
    try:
        said = answers.response(AS_JSON if is_json else "text/plain", body)
    except NotUnderstood:
        return

    if said is not None:
        props = post_props(translated(said, {}), Config())
        assert "\x00" not in json.dumps([said.text, props], ensure_ascii=False)
        assert not said.goto_location or said.goto_location.startswith(("/", "http://", "https://"))


def test_nesting_without_end_is_refused() -> None:
    for body in (b"[" * 100_000, b'{"props":' * 100_000, b'{"extra_responses":[' * 100_000):
        with pytest.raises(NotUnderstood):
            answers.response(AS_JSON, body)


@pytest.mark.parametrize(
    ("slack", "markdown"),
    [
        ("see <http://x.example/a|the log>", "see [the log](http://x.example/a)"),
        ("<mailto:a@x.example|a> and <http://b|b>", "[a](mailto:a@x.example) and [b](http://b)"),
        ("<http://x.example/a>", "<http://x.example/a>"),
        ("<!channel> <!here> <!all> <!everyone>", "@channel @here @all @all"),
        ("<@ana1> <@nobody>", "@ana <@nobody>"),
        ("a < b | c > d", "a < b | c > d"),
    ],
)
def test_slacks_markup_becomes_markdown(slack: str, markdown: str) -> None:
    said = Said(text=slack, attachments=({"pretext": slack, "fields": [{"value": slack}], "other": slack},))

    after = translated(said, {"ana1": "ana"})

    assert after.text == markdown
    [attachment] = after.attachments
    assert (attachment["pretext"], attachment["fields"][0]["value"]) == (markdown, markdown)
    assert attachment["other"] == slack
    assert people_in(Said(text="<@ana1> <@nobody>")) == {"ana1", "nobody"}


@given(st.text(alphabet="ab \n", max_size=200), st.integers(2, 20))
def test_a_text_in_parts_is_the_same_text(text: str, most: int) -> None:
    parts = in_parts(text, most)

    assert "".join(parts) == text
    assert all(len(part) <= most for part in parts)


@pytest.mark.parametrize(
    ("given_value", "value"), [(5, "5"), (True, "true"), (1.5, "1.5"), ("x", "x"), ([1], "[1]")]
)
def test_values_of_fields_are_texts(given_value: Any, value: str) -> None:
    body = json.dumps({"attachments": [{"fields": [{"value": given_value, "short": "true"}]}]}).encode()

    said = answers.response(AS_JSON, body)

    assert said is not None
    assert said.attachments == ({"fields": [{"value": value, "short": True}]},)
