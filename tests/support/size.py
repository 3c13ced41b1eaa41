"""How large the tests of faults are: small in `make test`, full with `--soak` (`make soak`)."""

from dataclasses import dataclass

import pytest

_OPTION = "--soak"
_LONGEST_S = 4 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """`kills`, `outages`: how often a server is killed, or what it rests on is taken away and given back.

    `writes` are those between two of them; `more_starts`: how often again servers meet an empty database.
    """

    kills: int = 1
    outages: int = 1
    writes: int = 60
    more_starts: int = 0


def _full(percent: int) -> Size:
    """The full size, or so much of it."""
    return Size(kills=percent, outages=-(-percent // 10), writes=100, more_starts=-(-percent // 10))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        _OPTION,
        nargs="?",
        type=int,
        const=100,
        help="only the tests of faults, at so many percent of full size",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption(_OPTION):
        return
    sized = [item for item in items if "size" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in sized])
    items[:] = sized
    for item in sized:
        item.add_marker(pytest.mark.timeout(_LONGEST_S), append=False)


@pytest.fixture(scope="session")
def size(pytestconfig: pytest.Config) -> Size:
    """The size of this run."""
    percent = pytestconfig.getoption(_OPTION)
    return _full(percent) if percent else Size()
