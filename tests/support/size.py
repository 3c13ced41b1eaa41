"""How large the tests of faults and of the API are: small in `make test`, full with `--soak`."""

from dataclasses import dataclass

import pytest

_OPTION = "--soak"
_LONGEST_S = 4 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """`kills`, `outages`: how often a server is killed, or what it rests on is taken away and given back.

    `writes` are those between two of them; `more_starts`: how often again servers meet an empty database.
    `writers` write at once, and never rest.
    `examples`: how many requests are thought of for each operation of the API.
    """

    kills: int = 1
    outages: int = 1
    writers: int = 4
    writes: int = 60
    more_starts: int = 0
    examples: int = 3


def _full(percent: int) -> Size:
    """The full size, or so much of it."""
    return Size(
        kills=percent, outages=-(-percent // 10), writers=8, writes=100, more_starts=-(-percent // 10)
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        _OPTION,
        nargs="?",
        type=int,
        const=100,
        help="only the tests that have a size, at so many percent of the full one",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    sized = [item for item in items if "size" in getattr(item, "fixturenames", ())]
    others = [item for item in items if item not in sized]
    if not config.getoption(_OPTION):
        # They take longest: begun first, none is still running when all else is done.
        items[:] = [*sized, *others]
        return
    config.hook.pytest_deselected(items=others)
    items[:] = sized
    for item in sized:
        item.add_marker(pytest.mark.timeout(_LONGEST_S), append=False)


@pytest.fixture(scope="session")
def size(pytestconfig: pytest.Config) -> Size:
    """The size of this run."""
    percent = pytestconfig.getoption(_OPTION)
    return _full(percent) if percent else Size()
