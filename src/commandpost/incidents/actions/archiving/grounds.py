"""What the review of an incident compares with, in an archive: so other servers find the same causes."""

from collections.abc import Mapping

from commandpost.archive import shapes
from commandpost.archive.reading import ArchiveTooLarge, Reader
from commandpost.archive.shapes import ArchivedEarlierRuns, ArchivedPresence
from commandpost.archive.writing import Writer
from commandpost.incidents.model.review.durations import Past
from commandpost.incidents.model.review.story import Brought, Grounds, PresenceChange
from commandpost.kernel.clock import LATEST, Millis
from commandpost.kernel.errors import Invalid

_STATUSES = frozenset({"online", "away", "offline", "dnd"})
_MOST_CHANGES = 100_000
_MOST_LENGTHS = 200_000
_LONGEST = 2**53


class GroundsUnreadable(Invalid):
    """The archive's earlier runs or presence have a length, time or status that there is not."""

    code = "archive.grounds"


def write(writer: Writer, grounds: Grounds, *, since: int) -> None:
    """Write them; of everybody's presence before the incident only the last that counts when it began."""
    past = grounds.past
    writer.put(shapes.EARLIER_RUNS, ArchivedEarlierRuns(runs=past.runs, lengths=dict(past.lengths)))
    before = {change.user_id: change for change in grounds.presence if change.at <= since}
    with writer.member(shapes.PRESENCE) as member:
        for change in grounds.presence:
            if change.at > since or before[change.user_id] is change:
                member.line(ArchivedPresence(user_id=change.user_id, at=change.at, status=change.status))


def people_in(reader: Reader) -> set[str]:
    """Everybody whose presence an archive tells of."""
    return {one.user_id for one in reader.lines(shapes.PRESENCE, ArchivedPresence)}


def read(reader: Reader, people: Mapping[str, str]) -> Brought:
    """What an archive has of both; `people` are ids here by those in the archive.

    Raises GroundsUnreadable, ArchiveDamaged, ArchiveTooLarge.
    """
    return Brought(presence=_presence(reader, people), past=_past(reader))


def _past(reader: Reader) -> Past | None:
    if shapes.EARLIER_RUNS not in reader:
        return None
    runs = reader.value(shapes.EARLIER_RUNS, ArchivedEarlierRuns)
    if sum(len(some) for some in runs.lengths.values()) > _MOST_LENGTHS:
        raise ArchiveTooLarge(f"{shapes.EARLIER_RUNS} has more than {_MOST_LENGTHS} lengths.")
    if runs.runs < 0 or any(not 0 <= one <= _LONGEST for some in runs.lengths.values() for one in some):
        raise GroundsUnreadable
    lengths = {title: tuple(sorted(some)) for title, some in runs.lengths.items()}
    # Who writes one by hand may leave the number out: there were as many as the task done most often says.
    return Past(runs.runs or max(map(len, lengths.values()), default=0), lengths)


def _presence(reader: Reader, people: Mapping[str, str]) -> tuple[PresenceChange, ...]:
    found: list[PresenceChange] = []
    for one in reader.lines(shapes.PRESENCE, ArchivedPresence):
        if one.status not in _STATUSES or not one.user_id or not 0 <= one.at <= LATEST:
            raise GroundsUnreadable
        found.append(PresenceChange(user_id=people[one.user_id], at=Millis(one.at), status=one.status))
        if len(found) > _MOST_CHANGES:
            raise ArchiveTooLarge(f"{shapes.PRESENCE} has more than {_MOST_CHANGES} lines.")
    return tuple(found)
