"""Pages and filters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.incidents.model.listing import FilterInvalid, IncidentFilter, Listed, Page, PageInvalid


def listed(total: int, *, number: int = 0, size: int) -> Listed[int]:
    return Listed(items=[], total=total, page=Page(number=number, size=size))


@given(total=st.integers(0, 5000), size=st.integers(1, 1000))
def test_pages_cover_everything_once(total: int, size: int) -> None:
    pages = listed(total, size=size).page_count

    assert (pages - 1) * size < total <= pages * size
    for number in {0, max(pages - 1, 0), pages}:
        assert listed(total, number=number, size=size).has_more == ((number + 1) * size < total)


@pytest.mark.parametrize(
    ("asked", "given_"), [(0, 1000), (15, 15), (1000, 1000), (1001, 1000), (10**9, 1000)]
)
def test_a_page_holds_at_most_a_thousand(asked: int, given_: int) -> None:
    assert Page(size=asked).size == given_


@pytest.mark.parametrize(("number", "size"), [(-1, 10), (0, -1), (10**30, 10)])
def test_pages_are_counted_from_0(number: int, size: int) -> None:
    with pytest.raises(PageInvalid):
        Page(number=number, size=size)


@pytest.mark.parametrize(
    "wrong",
    [{"commander_id": "nosuch"}, {"member_id": "x' OR 1=1"}, {"search": "\0"}, {"search": "s" * 1025}],
)
def test_a_filter_that_nothing_can_match_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(FilterInvalid):
        IncidentFilter(team_id="team", **wrong)  # pyright: ignore[reportArgumentType]
