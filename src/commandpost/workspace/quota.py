"""How many channels a team may still have, without counting them for each new one.

Counting takes longer the more there are (6 ms for 20,000 on PostgreSQL), so it is done rarely: an eighth of
what was free at the last count may be taken before the next one. Close to the limit every new channel is
preceded by a count. Several processes over one database may together exceed a limit by what they have not
yet counted; a limit on channels need not be exact.
"""

_SHARE = 8


class ChannelQuota:
    """What one process knows of how many channels each team has."""

    def __init__(self) -> None:
        self._free: dict[tuple[str, int], int] = {}

    def takes(self, team_id: str, most: int) -> bool:
        """Take a place in a team that may have `most` channels; False if they must be counted first."""
        free = self._free.get((team_id, most), 0)
        if free <= 0:
            return False
        self._free[team_id, most] = free - 1
        return True

    def counted(self, team_id: str, most: int, count: int) -> None:
        """Note that a team has `count` channels, one of the free places being taken already."""
        self._free[team_id, most] = (most - count) // _SHARE - 1
