"""What of a team's incidents or playbooks is asked for: filters, sorting, a page, and what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from commandpost.kernel.clock import NEVER, Millis
from commandpost.kernel.errors import Invalid
from commandpost.kernel.ids import is_id
from commandpost.kernel.text import is_storable

MAX_PER_PAGE = 1000
_MAX_PAGE = 1_000_000_000
_SEARCH_LIMIT = 1024
END_OF_TIME = Millis(2**53)
"""Later than any incident: the largest whole number that every client can write."""

Item = TypeVar("Item")


class PageInvalid(Invalid):
    """The page and its size must be whole numbers from 0 up."""

    code = "listing.page"


class FilterInvalid(Invalid):
    """A filter of the list is not valid."""

    code = "listing.filter"


class Direction(StrEnum):
    ASC = "asc"
    DESC = "desc"


class Status(StrEnum):
    """Which incidents by their state."""

    ALL = "all"
    ACTIVE = "active"
    ENDED = "ended"


class IncidentSort(StrEnum):
    """By what a list of incidents is sorted; ties follow the time of the start, then the id."""

    CREATE_AT = "create_at"
    ID = "id"
    NAME = "name"
    COMMANDER = "commander_user_id"
    TEAM = "team_id"
    END_AT = "end_at"
    IS_ACTIVE = "is_active"


class PlaybookSort(StrEnum):
    """By what a list of playbooks is sorted; ties follow the title, then the id."""

    TITLE = "title"
    STAGES = "stages"
    STEPS = "steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a list, counted from 0. A size of 0 or above 1000 means 1000."""

    number: int = 0
    size: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.number <= _MAX_PAGE or self.size < 0:
            raise PageInvalid
        if not 1 <= self.size <= MAX_PER_PAGE:
            object.__setattr__(self, "size", MAX_PER_PAGE)

    @property
    def offset(self) -> int:
        return self.number * self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """Which incidents of a team; everything given must hold. "" means any.

    `started_from` and `started_before` bound the time of the start: the first included, the second not.
    """

    team_id: str
    status: Status = Status.ALL
    commander_id: str = ""
    member_id: str = ""
    search: str = ""
    playbook_id: str = ""
    started_from: Millis = NEVER
    started_before: Millis = END_OF_TIME

    def __post_init__(self) -> None:
        for user_id in (self.commander_id, self.member_id):
            if user_id and not is_id(user_id):
                raise FilterInvalid("A user in the filter is not a valid id.")
        if self.playbook_id and not is_id(self.playbook_id):
            raise FilterInvalid("The playbook in the filter is not a valid id.")
        if not NEVER <= self.started_from <= END_OF_TIME or not NEVER <= self.started_before <= END_OF_TIME:
            raise FilterInvalid("The times in the filter must be milliseconds since 1970.")
        if len(self.search) > _SEARCH_LIMIT or not is_storable(self.search):
            raise FilterInvalid("The search term is too long or cannot be stored.")

    @property
    def is_bounded_in_time(self) -> bool:
        return self.started_from > NEVER or self.started_before < END_OF_TIME


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[Item]):
    """One page, and how many there are in all."""

    items: Sequence[Item]
    total: int
    page: Page

    @property
    def page_count(self) -> int:
        return -(-self.total // self.page.size)

    @property
    def has_more(self) -> bool:
        return self.page.number + 1 < self.page_count
