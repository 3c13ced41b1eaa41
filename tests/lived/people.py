"""Who takes part: time zones, working hours, and when everybody is off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from string import ascii_lowercase, digits
from zoneinfo import ZoneInfo

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_NAMES = (
    *("mira", "tariq", "oleh", "ines", "bruno", "wanda", "jiro", "paula"),
    *("kofi", "selma", "anton", "ruth", "deniz", "pilar", "sven", "noor"),
    *("gita", "marek", "lotte", "yusuf", "hanne", "idris", "carla", "petra"),
)
_NEAR = ("Europe/Berlin", "Europe/Warsaw", "Europe/Lisbon", "Europe/Athens")
_FAR = ("America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Australia/Sydney")
_SHIFTS = ((8, 17), (9, 17), (9, 18), (10, 18))
_ALPHABET = [letter for letter in ascii_lowercase + digits if letter not in "lv02"]
_WORKDAYS = 5


def new_id(rng: Random) -> str:
    return "".join(rng.choices(_ALPHABET, k=26))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a profile. `opens` and `closes` are hours of Monday to Friday; None if unset."""

    id: str
    name: str
    zone: str
    opens: int | None
    closes: int

    @property
    def working_hours(self) -> str:
        return "" if self.opens is None else f"Mon-Fri {self.opens:02}:00-{self.closes:02}:00"

    def is_off(self, at: int) -> bool:
        """Whether they say that they don't work then; who says nothing is never off."""
        if self.opens is None:
            return False
        local = datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(self.zone))
        return local.weekday() >= _WORKDAYS or not self.opens <= local.hour < self.closes


def all_off(people: Iterable[Person], at: int) -> bool:
    return all(person.is_off(at) for person in people)


def a_crew(rng: Random, *, is_spread: bool) -> tuple[Person, ...]:
    """Six to nine people; a spread crew sits in zones far apart, and some have not said when they work."""
    crew: list[Person] = []
    for name in rng.sample(_NAMES, rng.randint(6, 9)):
        opens, closes = rng.choice(_SHIFTS)
        says = rng.random() > (0.2 if is_spread else 0.1)
        zone = rng.choice(_NEAR + _FAR * 2 if is_spread else _NEAR)
        crew.append(
            Person(id=new_id(rng), name=name, zone=zone, opens=opens if says else None, closes=closes)
        )
    return tuple(crew)


def local_time(zone: str, at: int, *, hour: float) -> int:
    """That hour of the day of `at`, where `zone` is."""
    day = datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(zone))
    begin = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return int(begin.timestamp() * 1000) + int(hour * HOUR)
