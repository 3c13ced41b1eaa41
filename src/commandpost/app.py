"""Wiring: which rooms exist and how they are joined. No rules here."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from litestar import Litestar
from litestar.datastructures import State
from litestar.types import ASGIApp

from commandpost.api import (
    archive_key,
    channel_export,
    health,
    hooks,
    openid,
    permalinks,
    security_contact,
    socket,
    v4,
)
from commandpost.api.admission import Admission
from commandpost.api.alerts import routes as alerts
from commandpost.api.alerts.intake import Intake
from commandpost.api.application import application
from commandpost.api.cors import Cors
from commandpost.api.elsewhere import Node, broker_figures, outdated_by
from commandpost.api.envelope import Envelope
from commandpost.api.express import Express
from commandpost.api.live import Announcer, figures
from commandpost.api.metrics import Metrics, counted
from commandpost.api.socket.attendance import Attendance
from commandpost.api.socket.door import Patience
from commandpost.api.socket.session_watch import SessionWatch
from commandpost.api.v0 import routes as v0
from commandpost.api.v0.live import TRANSLATORS as INCIDENT_TRANSLATORS
from commandpost.api.v4.live import TRANSLATORS as CHAT_TRANSLATORS
from commandpost.api.v4.shown_posts import ShownPosts
from commandpost.api.web import WebApp
from commandpost.archive.signature import public_keys_in
from commandpost.chat.embedded.commands import EmbeddedCommands
from commandpost.chat.embedded.contents import ShelvedContents
from commandpost.chat.embedded.desks import IncidentDesks
from commandpost.chat.embedded.incident_command import IncidentCommand
from commandpost.chat.embedded.integration_commands import IntegrationCommand, UnsetIntegrationCommand
from commandpost.chat.embedded.observer import IncidentObserver
from commandpost.chat.tickets import IntegrationTickets
from commandpost.db import Database, migrations
from commandpost.incidents.actions.rehearsing.quiet import is_practice_channel
from commandpost.incidents.dialogs import PLUGIN_ID
from commandpost.integrations.interface import Integration
from commandpost.integrations.toolbox import Toolbox
from commandpost.jobs.alert_posts import AlertPosts
from commandpost.jobs.deliveries import Deliveries
from commandpost.jobs.digests import Digests
from commandpost.jobs.ending import end_jobs
from commandpost.jobs.housekeeping import Housekeeping
from commandpost.jobs.mails import Mails
from commandpost.jobs.rehearsals import Rehearsals
from commandpost.jobs.reminders import Reminders
from commandpost.jobs.review_reminders import ReviewReminders
from commandpost.kernel.clock import Clock
from commandpost.kernel.ids import new_id
from commandpost.kernel.stop import Stop
from commandpost.live.between import Brokers, broker_for
from commandpost.live.broker import MemoryBroker
from commandpost.live.hub import Hub
from commandpost.live.message import Message, Stale
from commandpost.settings import MOST_REQUESTS, OIDC_SECRET_VARIABLE, SIGNERS_VARIABLE, SMTP_PASSWORD_VARIABLE
from commandpost.vault import Vault
from commandpost.workspace.actions import config as config_actions
from commandpost.workspace.actions.outgoing_posts import OutgoingPosts
from commandpost.workspace.actions.post_queue import PostQueue
from commandpost.workspace.callers import Callers
from commandpost.workspace.commands import builtin
from commandpost.workspace.commands.echo import Echo
from commandpost.workspace.commands.export import ExportCommand
from commandpost.workspace.commands.registry import Registry
from commandpost.workspace.contents import FOLDER, Shelf
from commandpost.workspace.desk import Desks
from commandpost.workspace.events import ConfigChanged
from commandpost.workspace.mail import MailServer
from commandpost.workspace.model.config import Config
from commandpost.workspace.openid.provider import Provider


class Doors:
    """Every route of the application, not yet joined to rooms.

    Nearly all the time of making an application goes into these; tests make them once.
    """

    def __init__(self) -> None:
        self.app = application(
            [
                v4.router,
                v0.router,
                channel_export.router,
                hooks.router,
                alerts.router,
                *socket.ROUTES,
                *permalinks.ROUTES,
                *openid.ROUTES,
                *security_contact.ROUTES,
                *archive_key.ROUTES,
                *health.ROUTES,
            ],
            _lifespan,
        )
        self.answer: ASGIApp = Express(self.app, self.app.asgi_handler)


def create_app(
    database: Database,
    *,
    clock: Clock,
    config: Config,
    data_dir: Path = Path("data"),
    access_log: bool = False,
    most_requests: int = MOST_REQUESTS,
    redis_url: str = "",
    brokers: Brokers = broker_for,
    doors: Doors | None = None,
    environment: Mapping[str, str] | None = None,
    integrations: Sequence[Integration] = (),
    stop: Stop | None = None,
) -> Litestar:
    """The application over a database (migrated, not yet opened); it opens and closes the database itself.

    Uploaded files are kept in `data_dir`, and the key of its secrets unless the environment gives one; that
    may hold settings of the integrations too. Live events between nodes travel over the Redis at `redis_url`,
    or else over PostgreSQL. Beyond `most_requests` at once, requests are refused. Doors lead to one
    application at a time. What is closed at the end is waited for until the deadline of `stop`.
    """
    doors = doors or Doors()
    stop = stop or Stop()
    environment = environment or {}
    outgoing_posts = OutgoingPosts(
        lambda: desks.config.enable_outgoing_webhooks, is_quiet=is_practice_channel
    )
    observers = (IncidentObserver(), outgoing_posts)
    vault = Vault(environment, data_dir)
    shelf = Shelf(data_dir / FOLDER)
    desks = Desks(database, clock, config, observers=observers, shelf=shelf, vault=vault)
    archive_signers = public_keys_in(environment.get(SIGNERS_VARIABLE, ""))
    incident_desks = IncidentDesks(desks, PLUGIN_ID)
    callers = Callers(desks)
    metrics = Metrics()
    hub = Hub()
    metrics.add(lambda: figures(hub))
    metrics.add(counted("commandpost_database_saves", "Changes committed.", lambda: database.saved))
    node_id = new_id()
    attendance = Attendance(desks, hub, node_id)
    session_watch = SessionWatch(desks, hub)
    housekeeping = Housekeeping(desks)
    reminders = Reminders(incident_desks, clock, lambda: desks.config.incidents_enabled)
    review_reminders = ReviewReminders(incident_desks, clock, lambda: desks.config.incidents_enabled)
    rehearsals = Rehearsals(incident_desks, clock, lambda: desks.config.incidents_enabled)
    digests = Digests(incident_desks, clock, lambda: desks.config.incidents_enabled)
    deliveries = Deliveries(desks, clock)
    metrics.add(counted("commandpost_webhooks_told", "Outgoing webhooks told.", lambda: deliveries.made))
    mails = Mails(desks, clock, MailServer(environment.get(SMTP_PASSWORD_VARIABLE, "")))
    metrics.add(counted("commandpost_mails_sent", "Mails sent.", lambda: mails.sent))
    provider = Provider(environment.get(OIDC_SECRET_VARIABLE, ""))
    alert_posts = AlertPosts(incident_desks, clock, lambda: desks.config.incidents_enabled)
    metrics.add(counted("commandpost_reminders_fired", "Reminders shown.", lambda: reminders.fired))
    toolbox = Toolbox(
        integrations,
        database=database,
        clock=clock,
        vault=vault,
        environment=environment,
        way_out=desks.outbound,
    )
    echo = Echo()
    export = ExportCommand()
    commands = Registry(
        products=[
            IncidentCommand(incident_desks),
            export,
            *(IntegrationCommand(toolbox, incident_desks, one) for one in toolbox.commands),
        ],
        chat=[
            echo,
            *builtin.general(lambda config: commands.descriptions(config)),
            *(UnsetIntegrationCommand(toolbox, incident_desks, one) for one in toolbox.commands),
        ],
        is_quiet=is_practice_channel,
    )

    def deliver(message: Message) -> None:
        if isinstance(message, Stale):
            node.hear(message)
        else:
            hub.deliver(message)

    def renew() -> None:
        hub.renew()
        node.hear(Stale(of="settings"))

    broker = brokers(database.url, redis_url, lambda: desks.config.diagnostic_id, deliver, renew)
    node = Node(desks, callers, toolbox, reminders.wake)
    metrics.add(lambda: broker_figures(broker))
    announce = Announcer({**CHAT_TRANSLATORS, **INCIDENT_TRANSLATORS}, broker.publish)

    def tell(facts: Sequence[object]) -> None:
        for fact in facts:
            if isinstance(fact, ConfigChanged):
                desks.use(fact.config)
                reminders.wake()
                rehearsals.wake()
                alert_posts.wake()
                mails.wake()
            callers.hear(fact)
            reminders.hear(fact)
            rehearsals.hear(fact)
            outgoing_posts.hear(fact)
            deliveries.hear(fact)
            mails.hear(fact)
            alert_posts.hear(fact)
            toolbox.hear(fact)
        announce(facts)
        if not isinstance(broker, MemoryBroker) and (stale := outdated_by(facts)):
            broker.publish(stale)

    database.teller = tell

    @asynccontextmanager
    async def lifespan() -> AsyncGenerator[None]:
        await database.open()
        try:
            async with desks.writing() as desk:
                desks.use(await config_actions.load(desk))
            await attendance.open(is_only=not database.is_shared)
            await incident_desks.open()
            await export.open(desks)
            await toolbox.open()
            work = (
                attendance.say(),
                attendance.keep(),
                session_watch.keep(),
                housekeeping.run(),
                reminders.run(),
                review_reminders.run(),
                rehearsals.run(),
                digests.run(),
                deliveries.run(),
                mails.run(),
                alert_posts.run(),
            )
            carrying = asyncio.create_task(broker.run())
            jobs = [asyncio.create_task(job) for job in work]
            yield
            await stop.wait_for(
                partial(end_jobs, jobs), attendance.close, broker.leave, partial(end_jobs, [carrying])
            )
        finally:
            await stop.wait_for(echo.close, export.close)
            hub.close()
            await stop.wait_for(desks.outbound.close, provider.close)
            desks.passwords.close()
            desks.shelf.close()
            await stop.wait_for(database.close)

    app = doors.app
    app.state = State(
        {
            "desks": desks,
            "callers": callers,
            "post_queue": PostQueue(desks),
            "shown_posts": ShownPosts(),
            "hub": hub,
            "commands": commands,
            "incident_desks": incident_desks.for_caller,
            "incident_desks_of_nobody": incident_desks,
            "incident_contents": ShelvedContents(shelf),
            "archive_signers": archive_signers,
            "incident_tickets": IntegrationTickets(toolbox),
            "incident_commands": partial(EmbeddedCommands, desks, commands),
            "reminders": reminders,
            "review_reminders": review_reminders,
            "rehearsals": rehearsals,
            "digests": digests,
            "deliveries": deliveries,
            "mails": mails,
            "openid": provider,
            "alert_posts": alert_posts,
            "alert_intake": Intake(incident_desks),
            "toolbox": toolbox,
            "broker": broker,
            "attendance": attendance,
            "session_watch": session_watch,
            "housekeeping": housekeeping,
            "socket_patience": Patience(),
            "metrics": metrics,
            "readiness": _readiness(database),
            "lifespan": lifespan,
        }
    )
    admission = Admission(doors.answer, most=most_requests)
    metrics.add(admission.figures)
    web = WebApp(admission, routes=(route.path for route in app.routes))
    cors = Cors(web, desks=desks)
    app.asgi_handler = Envelope(cors, desks=desks, metrics=metrics, access_log=access_log, stop=stop)
    return app


@asynccontextmanager
async def _lifespan(app: Litestar) -> AsyncGenerator[None]:
    async with app.state.lifespan():
        yield


def _readiness(database: Database) -> Callable[[], Awaitable[None]]:
    async def ready() -> None:
        await migrations.require_usable(database)

    return ready
