"""Wiring of a Command Post that is attached to a Mattermost server. No rules here."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog
from litestar import Litestar
from litestar.datastructures import State

from commandpost.api import archive_key, health, security_contact
from commandpost.api.admission import Admission
from commandpost.api.alerts import routes as alerts
from commandpost.api.alerts.intake import Intake
from commandpost.api.application import application
from commandpost.api.attached import hooks, pages, socket
from commandpost.api.attached.door import Door
from commandpost.api.attached.socket import NoAttendance, SocketSessions
from commandpost.api.elsewhere import broker_figures, outdated_by
from commandpost.api.envelope import Envelope
from commandpost.api.live import Announcer, figures
from commandpost.api.metrics import Metrics, counted
from commandpost.api.socket.door import Patience
from commandpost.api.v0 import routes as v0
from commandpost.api.v0.live import TRANSLATORS
from commandpost.api.web import ATTACHED_PAGE, WebApp
from commandpost.archive.signature import public_keys_in
from commandpost.chat.embedded.contents import ShelvedContents
from commandpost.chat.mattermost.begun import Begun
from commandpost.chat.mattermost.catching_up import CatchingUp
from commandpost.chat.mattermost.client import Client
from commandpost.chat.mattermost.commands import AttachedCommands
from commandpost.chat.mattermost.control import Controls
from commandpost.chat.mattermost.delivery import Delivery
from commandpost.chat.mattermost.desks import AttachedDesks, InForce
from commandpost.chat.mattermost.entrance import Entrance
from commandpost.chat.mattermost.hearing import Hearing
from commandpost.chat.mattermost.listening import Listening
from commandpost.chat.mattermost.passing_on import PassingOn
from commandpost.chat.mattermost.reception import Reception
from commandpost.chat.mattermost.rolls import Rolls
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.sessions import Sessions
from commandpost.chat.mattermost.states import States
from commandpost.chat.tickets import IntegrationTickets
from commandpost.db import Database, migrations
from commandpost.incidents.dialogs import PLUGIN_ID
from commandpost.incidents.model.playbook import PlaybookCreators
from commandpost.integrations.interface import Integration
from commandpost.integrations.toolbox import Toolbox
from commandpost.jobs.alert_posts import AlertPosts
from commandpost.jobs.ending import end_jobs
from commandpost.jobs.rehearsals import Rehearsals
from commandpost.jobs.reminders import Reminders
from commandpost.jobs.review_reminders import ReviewReminders
from commandpost.kernel.clock import Clock
from commandpost.kernel.stop import Stop
from commandpost.live.between import Brokers, broker_for
from commandpost.live.broker import MemoryBroker
from commandpost.live.hub import Hub
from commandpost.live.message import JoinedChannel, LeftChannel, Message, Stale
from commandpost.settings import MOST_REQUESTS, SIGNERS_VARIABLE
from commandpost.vault import Vault
from commandpost.workspace.contents import FOLDER, Shelf
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.config import Config, adjusted
from commandpost.workspace.model.who import Who

_MEET_AGAIN_S = 15.0
ROUTES = f"/plugins/{PLUGIN_ID}"
"""Where our routes are, at the address of Mattermost."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """The Mattermost to attach to. `own_url` is where it finds us; "" for below its own address."""

    url: str
    token: str
    own_url: str = ""


class AttachedDoors:
    """Every route, not yet joined to rooms; see `app.Doors`."""

    def __init__(self) -> None:
        self.app = application(
            [
                v0.router,
                hooks.router,
                pages.router,
                socket.public_websocket,
                alerts.router,
                *security_contact.ROUTES,
                *archive_key.ROUTES,
                *health.ROUTES,
            ],
            _lifespan,
        )
        self.answer = self.app.asgi_handler


def create_attached(
    database: Database,
    attachment: Attachment,
    *,
    clock: Clock,
    config: Config,
    data_dir: Path = Path("data"),
    access_log: bool = False,
    most_requests: int = MOST_REQUESTS,
    redis_url: str = "",
    brokers: Brokers = broker_for,
    doors: AttachedDoors | None = None,
    environment: Mapping[str, str] | None = None,
    integrations: Sequence[Integration] = (),
    stop: Stop | None = None,
) -> Litestar:
    """The application over a database (migrated, not yet opened) and a Mattermost; see `create_app`."""
    doors = doors or AttachedDoors()
    stop = stop or Stop()
    environment = environment or {}
    config = config if config.site_url else adjusted(config, {"site_url": attachment.url})
    vault = Vault(environment, data_dir)
    shelf = Shelf(data_dir / FOLDER)
    workspace = Desks(database, clock, config, shelf=shelf, vault=vault)
    client = Client(attachment.url, attachment.token)
    server = Mattermost(client, database, clock, vault, own_url=attachment.own_url or attachment.url + ROUTES)
    in_force = InForce(
        site_url=config.site_url,
        allows_testing=config.enable_testing,
        offers_short_reminders=config.enable_testing and config.enable_developer,
        playbook_creators=PlaybookCreators(config.playbook_creators),
    )
    desks = AttachedDesks(server, lambda: in_force)
    delivery, begun, rolls, sessions = Delivery(server), Begun(server), Rolls(server), Sessions(server)
    states = States(server)
    controls = Controls(server, desks)
    catching_up = CatchingUp(server, rolls, states, controls)
    hearing = Hearing(
        server, sessions=sessions, rolls=rolls, states=states, delivery=delivery, controls=controls
    )
    listening = Listening(server, hearing, catching_up, delivery)
    reception = Reception(server, desks, sessions, rolls, delivery, begun)
    metrics = Metrics()
    hub = Hub()
    socket_sessions = SocketSessions(hub, reception)
    metrics.add(lambda: figures(hub))
    metrics.add(counted("commandpost_database_saves", "Changes committed.", lambda: database.saved))
    metrics.add(
        counted("commandpost_mattermost_errands", "Errands done at Mattermost.", lambda: delivery.done)
    )
    metrics.add(
        counted("commandpost_mattermost_errands_lost", "Errands that it refused.", lambda: delivery.lost)
    )
    metrics.add(
        counted("commandpost_mattermost_connections", "Connections to listen.", lambda: listening.connections)
    )
    metrics.add(
        counted("commandpost_mattermost_gaps", "Gaps in what was heard, caught up.", lambda: listening.gaps)
    )
    reminders = Reminders(desks, clock, lambda: config.incidents_enabled)
    review_reminders = ReviewReminders(desks, clock, lambda: config.incidents_enabled)
    rehearsals = Rehearsals(desks, clock, lambda: config.incidents_enabled)
    alert_posts = AlertPosts(desks, clock, lambda: config.incidents_enabled)
    metrics.add(counted("commandpost_reminders_fired", "Reminders shown.", lambda: reminders.fired))
    toolbox = Toolbox(
        integrations,
        database=database,
        clock=clock,
        vault=vault,
        environment=environment,
        way_out=workspace.outbound,
    )

    def deliver(message: Message) -> None:
        if isinstance(message, Stale):
            reminders.wake()
        else:
            hub.deliver(message)

    broker = brokers(database.url, redis_url, lambda: config.diagnostic_id, deliver, hub.renew)
    metrics.add(lambda: broker_figures(broker))
    moving = dict.fromkeys((JoinedChannel, LeftChannel), _as_it_is)
    announce = Announcer({**TRANSLATORS, **moving}, broker.publish)
    listeners: tuple[Callable[[object], None], ...] = (
        reminders.hear,
        rehearsals.hear,
        alert_posts.hear,
        toolbox.hear,
        delivery.hear,
        controls.hear,
    )

    def tell(facts: Sequence[object]) -> None:
        for fact in facts:
            for hear in listeners:
                hear(fact)
        announce(facts)
        if not isinstance(broker, MemoryBroker) and (stale := outdated_by(facts)):
            broker.publish(stale)

    database.teller = tell

    async def meet() -> None:
        """Find out who the bot is until that is known; again now and then, for tokens are revoked."""
        while True:
            await asyncio.sleep(_MEET_AGAIN_S)
            await server.meet()

    @asynccontextmanager
    async def lifespan() -> AsyncGenerator[None]:
        await database.open()
        try:
            await server.meet()
            await toolbox.open()
            work = (
                meet(),
                listening.run(),
                socket_sessions.run(),
                delivery.run(),
                begun.run(),
                controls.run(),
                reminders.run(),
                review_reminders.run(),
                rehearsals.run(),
                alert_posts.run(),
            )
            carrying = asyncio.create_task(broker.run())
            jobs = [asyncio.create_task(job) for job in work]
            yield
            await stop.wait_for(partial(end_jobs, jobs), broker.leave, partial(end_jobs, [carrying]))
        finally:
            hub.close()
            await stop.wait_for(client.close, workspace.outbound.close)
            workspace.passwords.close()
            workspace.shelf.close()
            await stop.wait_for(database.close)

    async def ready() -> str:
        await migrations.require_usable(database)
        assert server.bot
        return server.trouble or ("" if listening.is_connected else "Mattermost cannot be heard just now.")

    def at_desks(_who: Who) -> AttachedDesks:
        return desks

    def with_commands(_who: Who) -> AttachedCommands:
        return AttachedCommands(server)

    app = doors.app
    app.state = State(
        {
            "desks": workspace,
            "hub": hub,
            "attendance": NoAttendance(),
            "socket_patience": Patience(),
            "socket_sessions": socket_sessions,
            "incident_desks_of_nobody": desks,
            "incident_desks": at_desks,
            "incident_contents": ShelvedContents(shelf),
            "archive_signers": public_keys_in(environment.get(SIGNERS_VARIABLE, "")),
            "incident_tickets": IntegrationTickets(toolbox),
            "incident_commands": with_commands,
            "alert_intake": Intake(desks),
            "toolbox": toolbox,
            "broker": broker,
            "metrics": metrics,
            "readiness": ready,
            "reception": reception,
            "mattermost": server,
            "delivery": delivery,
            "listening": listening,
            "catching_up": catching_up,
            "reminders": reminders,
            "rehearsals": rehearsals,
            "begun": begun,
            "controls": controls,
            "entrance": Entrance(server, sessions, vault),
            "passing_on": PassingOn(server),
            "lifespan": lifespan,
        }
    )
    admission = Admission(Door(doors.answer, reception), most=most_requests)
    metrics.add(admission.figures)
    web = WebApp(admission, routes=(route.path for route in app.routes), page=ATTACHED_PAGE)
    app.asgi_handler = Envelope(web, desks=workspace, metrics=metrics, access_log=access_log, stop=stop)
    return app


@asynccontextmanager
async def _lifespan(app: Litestar) -> AsyncGenerator[None]:
    async with app.state.lifespan():
        yield


def _as_it_is(message: JoinedChannel | LeftChannel) -> Sequence[Message]:
    """A change of who is in a channel, as the hub hears it."""
    return [message]
