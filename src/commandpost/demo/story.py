"""The demonstration from the first account to the present: told once, into an empty database."""

import tempfile
from pathlib import Path

from commandpost.app import create_app
from commandpost.audit.store import entries
from commandpost.db import Database, database_at, migrations
from commandpost.db.snapshot import copied, snapshot_of
from commandpost.db.sqlite import SqliteDatabase
from commandpost.demo import conversation, incidents, playbooks
from commandpost.demo.clock import TurnedClock
from commandpost.demo.office import Login, Office
from commandpost.demo.people import ADMINISTRATOR, COLLEAGUES, INES, MARCO, NOOR, PRIYA, SAM
from commandpost.kernel.clock import Clock
from commandpost.kernel.errors import Conflict
from commandpost.workspace.actions import users
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.config import Config

_BEGAN_DAYS_AGO = 18


class NotEmpty(Conflict):
    """Somebody has an account in the database by now: nothing is added to it for the demonstration."""

    code = "demo.not_empty"


async def is_empty(database: Database, clock: Clock) -> bool:
    """Whether nobody has an account in a migrated database that is not open."""
    await database.open()
    try:
        async with Desks(database, clock, Config()).reading() as desk:
            return not await users.has_people(desk)
    finally:
        await database.close()


async def tell(url: str, data_dir: Path, clock: Clock) -> list[Login]:
    """Fill a migrated database in which nobody has an account, all or nothing; gives everybody's log-in.

    The story is told into a database of its own, and put over in one transaction when it is told to its end.
    Raises NotEmpty when somebody has an account by then.
    """
    turned = TurnedClock(clock.now())
    turned.begin(days_ago=_BEGAN_DAYS_AGO)
    with tempfile.TemporaryDirectory(prefix="commandpost-demo-") as folder:
        aside = SqliteDatabase(Path(folder) / "demo.db")
        await migrations.upgrade(aside.url)
        app = create_app(aside, clock=turned, config=Config(), data_dir=data_dir)
        async with app.lifespan():
            office = Office(app, turned)
            await _founded(office)
            await _lived(office)
            await office.go_home()
        await _put_over(aside, database_at(url), clock)
    return office.logins


async def _put_over(aside: Database, database: Database, clock: Clock) -> None:
    await database.open()
    try:
        async with snapshot_of(aside) as told, Desks(database, clock, Config()).writing() as desk:
            if await users.has_people(desk):
                raise NotEmpty
            await entries.release(desk.work)
            await copied(told, desk.work)
    finally:
        await database.close()


async def _founded(office: Office) -> None:
    await office.hire(ADMINISTRATOR)
    for person in COLLEAGUES:
        await office.hire(person, by=INES)
    await office.found_team(INES, name="parcels", display_name="Parcels & Co")
    await conversation.channels_opened(office)


async def _lived(office: Office) -> None:
    everybody = (ADMINISTRATOR.username, *(person.username for person in COLLEAGUES))
    plan = await office.keep_playbook(INES, playbooks.BUILT_IN, members=everybody)
    outage = await office.keep_playbook(
        MARCO, playbooks.OUTAGE, members=everybody, broadcast="incident-updates"
    )
    security = await office.keep_playbook(NOOR, playbooks.SECURITY, members=(NOOR, INES, MARCO, PRIYA, SAM))
    await conversation.first_week(office)
    await incidents.slow_checkout(office, outage)
    await conversation.second_week(office)
    await incidents.leaked_key(office, security)
    await incidents.stuck_labels(office, plan)
    await conversation.this_week(office)
    await incidents.stale_tracking(office, outage)
    await incidents.late_webhooks(office, plan)
