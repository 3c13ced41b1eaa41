"""The review finds what held people up, in incidents that it does not know how were made."""

from bench.causes import judged
from tests.lived.incidents import told


def test_most_planted_causes_are_named_and_what_has_none_is_called_unexplained() -> None:
    result = judged(told(11, playbooks=5))

    assert result.share_right(planted=True) >= 0.8
    assert result.share_right(planted=False) >= 0.85
    assert result.invented == 0
    assert all(answer.top is not None for answer in result.answers)
