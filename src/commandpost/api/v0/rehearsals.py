"""Routes of rehearsals: incidents replayed for practice."""

import msgspec

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import undecodable_as
from commandpost.api.v0.route import get, post
from commandpost.incidents.actions.rehearsing import beginning
from commandpost.incidents.actions.rehearsing.beginning import RehearsalOf
from commandpost.incidents.model.rehearsal.score import Figures, StageFigures

_UNREADABLE = undecodable_as("unable to decode rehearsal")


class RehearsalBody(msgspec.Struct, kw_only=True):
    """How many times as fast as it was an incident is replayed: 1 to 1000."""

    speed: int = 1


class DrawnRehearsalBody(RehearsalBody, kw_only=True):
    """The same, and which incident is drawn."""

    seed: int


class StageFiguresShape(msgspec.Struct, kw_only=True):
    """A stage; `reached_ms` is null if it was never entered."""

    reached_ms: int | None
    active_ms: int
    tasks: int
    done: int


class StageScoreShape(msgspec.Struct, kw_only=True):
    """A stage in the original and in practice."""

    title: str
    original: StageFiguresShape
    practice: StageFiguresShape


class FiguresShape(msgspec.Struct, kw_only=True):
    """A whole incident; null is what did not happen, or not yet."""

    first_update_ms: int | None
    ended_ms: int | None
    updates: int
    reminders: int


class RehearsalShape(msgspec.Struct, kw_only=True):
    """A rehearsal. All times but `lasts_ms` and `next_at` are in the original's pace.

    `next_at` is 0 when nothing more is replayed.
    """

    incident_id: str
    channel_id: str
    name: str
    seed: int
    speed: int
    steps: int
    replayed: int
    lasts_ms: int
    next_at: int
    is_over: bool
    original: FiguresShape
    practice: FiguresShape
    stages: list[StageScoreShape]


@post("/incidents/{incident_id:str}/rehearsals", status_code=201, exception_handlers=_UNREADABLE)
async def rehearse_incident(call: IncidentCall, incident_id: str, data: RehearsalBody) -> RehearsalShape:
    """Replay an incident that is over in a practice channel, for the caller to lead."""
    async with call.desks.writing() as desk:
        return _shape(await beginning.of_incident(desk, call.actor, incident_id, speed=data.speed))


@post("/playbooks/{playbook_id:str}/rehearsals", status_code=201, exception_handlers=_UNREADABLE)
async def rehearse_playbook(call: IncidentCall, playbook_id: str, data: DrawnRehearsalBody) -> RehearsalShape:
    """Replay an incident drawn for a playbook: the same seed and speed give the same event log."""
    async with call.desks.writing() as desk:
        return _shape(
            await beginning.of_playbook(desk, call.actor, playbook_id, seed=data.seed, speed=data.speed)
        )


@get("/incidents/{incident_id:str}/rehearsal")
async def get_rehearsal(call: IncidentCall, incident_id: str) -> RehearsalShape:
    """How a rehearsal goes, beside the original; 404 if the incident is none."""
    async with call.desks.reading() as desk:
        return _shape(await beginning.view(desk, call.actor, incident_id))


def _shape(of: RehearsalOf) -> RehearsalShape:
    rehearsal, original = of.rehearsal, of.rehearsal.script.original
    return RehearsalShape(
        incident_id=of.incident.id,
        channel_id=of.incident.channel_id,
        name=of.incident.name,
        seed=rehearsal.seed,
        speed=rehearsal.speed,
        steps=len(rehearsal.script.steps),
        replayed=rehearsal.position,
        lasts_ms=rehearsal.lasts_ms,
        next_at=rehearsal.due_at,
        is_over=not of.incident.is_active,
        original=_figures(original),
        practice=_figures(of.practice),
        stages=[
            StageScoreShape(title=before.title, original=_stage(before), practice=_stage(after))
            for before, after in zip(original.stages, of.practice.stages, strict=False)
        ],
    )


def _figures(figures: Figures) -> FiguresShape:
    return FiguresShape(
        first_update_ms=figures.first_update_ms,
        ended_ms=figures.ended_ms,
        updates=figures.updates,
        reminders=figures.reminders,
    )


def _stage(stage: StageFigures) -> StageFiguresShape:
    return StageFiguresShape(
        reached_ms=stage.reached_ms, active_ms=stage.active_ms, tasks=stage.tasks, done=stage.done
    )


ROUTES = (rehearse_incident, rehearse_playbook, get_rehearsal)
