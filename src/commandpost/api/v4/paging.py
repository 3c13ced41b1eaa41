"""Pages of a list, as every list route takes them: `page` from 0, `per_page` 60, at most 200."""

from collections.abc import Mapping
from dataclasses import dataclass

from commandpost.api.call import ApiRequest

DEFAULT_SIZE = 60
LARGEST_SIZE = 200

_LARGEST_PAGE = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page asked for: its number from 0, and how many things are on one."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        return self.number * self.size


def page_of(request: ApiRequest, *, size: int = DEFAULT_SIZE, largest: int = LARGEST_SIZE) -> Page:
    """The page a request asks for; numbers that are none, or negative, fall back to the default."""
    query = request.query_params
    wanted = whole_number(query, "per_page", size)
    return Page(
        number=min(whole_number(query, "page", 0), _LARGEST_PAGE),
        size=min(wanted, largest) if wanted > 0 else size,
    )


def whole_number(query: Mapping[str, str], name: str, default: int) -> int:
    """A number from a query, from 0; the default for anything else."""
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else default


def flag(query: Mapping[str, str], name: str) -> bool:
    """Whether a query says `true` (or 1) for a name."""
    return query.get(name, "").lower() in ("true", "1", "t")
