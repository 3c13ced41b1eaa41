"""Making test data, and taking all data away."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace

from commandpost.incidents.actions import start
from commandpost.incidents.actions.samples import drawing
from commandpost.incidents.actions.samples.drawing import Order, Plan
from commandpost.incidents.actions.samples.past_life import PastLife
from commandpost.incidents.actions.samples.script import Script
from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.past import PastIncident
from commandpost.incidents.model.playbook import Playbook
from commandpost.incidents.ports import Actor, Channel, ChannelType, Desk, Desks, PastChannel, User
from commandpost.incidents.store import everything, past, playbooks
from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Conflict
from commandpost.kernel.ids import new_id
from commandpost.kernel.text import folded

MOST_AT_ONCE = 10_000
_BATCH = 50
_MOST_PEOPLE = 200


class NoPlaybooks(Conflict):
    """You are not a member of any playbook."""

    code = "sample_data.no_playbooks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An incident that was made."""

    channel_name: str
    create_at: Millis
    is_ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cast:
    caller: User
    people: Sequence[User]
    plans: Sequence[Plan]
    names: Sequence[str]


async def generate(desks: Desks, who: Actor, team_id: str, order: Order) -> AsyncGenerator[Sequence[Made]]:
    """Make incidents with their histories and tell nobody; gives each batch when it is saved.

    The same seed over the same people and playbooks (those `who` is a member of) gives the same incidents,
    but for ids. Raises NoPlaybooks.
    """
    async with desks.reading() as desk:
        cast = await _cast(desk, who, team_id, order)
    for first in range(0, order.total, _BATCH):
        batch = slice(first, first + _BATCH)
        pasts = [
            _lived(plan, name, team_id, cast)
            for plan, name in zip(cast.plans[batch], cast.names[batch], strict=True)
        ]
        async with desks.writing() as desk:
            await desk.chat.put_past([channel for _, channel in pasts])
            await past.insert(desk.work, [incident for incident, _ in pasts])
        yield [
            Made(channel_name=name, create_at=plan.create_at, is_ended=plan.is_ended)
            for plan, name in zip(cast.plans[batch], cast.names[batch], strict=True)
        ]


async def clear(desk: Desk) -> None:
    """Remove every incident and playbook; their channels stay. Who may do that is decided before."""
    await everything.delete(desk.work)


async def _cast(desk: Desk, who: Actor, team_id: str, order: Order) -> _Cast:
    own = await playbooks.whole_of_member(desk.work, team_id, who.user_id)
    if not own:
        raise NoPlaybooks
    ordered = sorted(own, key=lambda one: (folded(one.content.title), one.create_at, one.id))
    caller = await desk.chat.user(who.user_id)
    assert caller is not None
    found = await desk.chat.people_of_team(team_id, limit=_MOST_PEOPLE)
    people = sorted(found, key=lambda user: user.username)
    plans = drawing.drawn(order, ordered)
    taken: set[str] = set()
    names = drawing.channel_names(order, plans, taken)
    while clashing := await desk.chat.taken_names(team_id, names):
        taken |= clashing
        names = drawing.channel_names(order, plans, taken)
    return _Cast(caller=caller, people=people, plans=plans, names=names)


def _lived(plan: Plan, name: str, team_id: str, cast: _Cast) -> tuple[PastIncident, PastChannel]:
    channel = Channel(
        id=new_id(), team_id=team_id, type=ChannelType.PUBLIC, name=name, display_name=plan.name
    )
    incident = _incident(plan, channel, cast.caller.id)
    life = PastLife(incident, channel, cast.caller, new_id)
    return Script(plan, cast.caller, cast.people).played(life)


def _incident(plan: Plan, channel: Channel, caller_id: str) -> Incident:
    playbook = plan.playbook
    return Incident(
        id=IncidentId(new_id()),
        team_id=channel.team_id,
        channel_id=channel.id,
        name=plan.name,
        commander_id=caller_id,
        reporter_id=caller_id,
        playbook_id=playbook.id,
        playbook_version=playbook.version,
        create_at=plan.create_at,
        stages=start.stages_of(playbook, at=plan.create_at),
    )


def without_extras(playbook: Playbook) -> Playbook:
    """The playbook as test data use it: public, without broadcast, template and timer."""
    content = replace(
        playbook.content,
        create_public_incident=True,
        broadcast_channel_id="",
        reminder_message_template="",
        reminder_timer_default_s=0,
    )
    return replace(playbook, content=content)
