"""Queries for log-in: the account with its password, and how often it went wrong lately."""

from dataclasses import dataclass

from commandpost.db import Sql, Work
from commandpost.workspace.model.sign_up import PasswordHash
from commandpost.workspace.model.user import User
from commandpost.workspace.store.users import COLUMNS, user_of

_ACCOUNT = Sql(
    f"SELECT {COLUMNS}, u.password_hash FROM users u"
    " WHERE (u.username = :login OR u.email = :login OR u.id = :login) AND u.is_bot = FALSE"
    " ORDER BY CASE WHEN u.username = :login THEN 0 ELSE 1 END LIMIT 1"
)
_STILL_SO = "SELECT 1 FROM users WHERE id = :id AND password_hash = :password_hash AND delete_at = 0"
_STILL = Sql(_STILL_SO, postgresql=f"{_STILL_SO} FOR SHARE")
_FAILURES = Sql(
    "SELECT subject, failures, first_at FROM login_failures WHERE subject IN (:subjects...)"
    " AND first_at > :since AND first_at < :until"
)
_COUNT = Sql(
    "INSERT INTO login_failures (subject, failures, first_at, last_at) VALUES (:subject, 1, :now, :now)"
    " ON CONFLICT (subject) DO UPDATE SET"
    " failures = CASE WHEN login_failures.first_at > :since AND login_failures.first_at < :until"
    " THEN login_failures.failures + 1 ELSE 1 END,"
    " first_at = CASE WHEN login_failures.first_at > :since AND login_failures.first_at < :until"
    " THEN login_failures.first_at ELSE :now END,"
    " last_at = :now RETURNING failures"
)
_FORGET = Sql("DELETE FROM login_failures WHERE subject = :subject")
_FORGET_OLD = Sql("DELETE FROM login_failures WHERE first_at <= :since")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """How often a subject (an account, an address) failed since the first time in the window."""

    subject: str
    count: int
    first_at: int


async def account(work: Work, login: str) -> tuple[User, PasswordHash] | None:
    """The person with a username, e-mail address or id (lower case), and their password's hash."""
    row = await work.one(_ACCOUNT, login=login)
    return (user_of(row), PasswordHash(row["password_hash"])) if row else None


async def is_still(work: Work, user_id: str, password_hash: PasswordHash) -> bool:
    """Whether the account is active and has this password yet; it stays so until this work ends."""
    return await work.one(_STILL, id=user_id, password_hash=password_hash) is not None


async def of_subjects(work: Work, subjects: list[str], *, now: int, since: int) -> list[Failures]:
    """The failures of each subject that has any in the window that began at `since`.

    Those of a clock that was set back by more than a window do not count: their end would be far away.
    """
    rows = await work.all(_FAILURES, subjects=subjects, since=since, until=_ahead(now, since))
    return [Failures(subject=r["subject"], count=r["failures"], first_at=r["first_at"]) for r in rows]


async def count(work: Work, subjects: list[str], *, now: int, since: int) -> dict[str, int]:
    """Count one more failure of each subject; gives how many there are. Older ones are forgotten."""
    await work.run(_FORGET_OLD, since=since)
    counts: dict[str, int] = {}
    for subject in sorted(subjects):
        row = await work.one(_COUNT, subject=subject, now=now, since=since, until=_ahead(now, since))
        assert row is not None
        counts[subject] = row["failures"]
    return counts


async def forget(work: Work, subject: str) -> None:
    """A subject starts anew."""
    await work.run(_FORGET, subject=subject)


def _ahead(now: int, since: int) -> int:
    """As far ahead as the window reaches back: more than clocks of several servers differ."""
    return now + (now - since)
