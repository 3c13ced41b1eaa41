"""What is replayed of an incident: its steps, each at its time since the start."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from commandpost.incidents.model.rehearsal.score import Figures, figures_of
from commandpost.incidents.model.timeline import (
    AlertFired,
    AlertResolved,
    CommanderChanged,
    Entry,
    IncidentEnded,
    PostSeen,
    RunOutcome,
    StageChanged,
    StatusUpdated,
    TaskRun,
    TaskTicked,
    TaskUnticked,
)
from commandpost.kernel.clock import SECOND_MS, Millis
from commandpost.kernel.errors import Conflict, Invalid

MOST_STEPS = 5000
SLOWEST, FASTEST = 1, 1000
LARGEST_SEED = 2**31


class SpeedInvalid(Invalid):
    """The speed must be a whole number from 1 (as it was) to 1000 times as fast."""

    code = "rehearsal.speed"


class SeedInvalid(Invalid):
    """The seed must be a whole number from 0 to 2147483648."""

    code = "rehearsal.seed"


class TooMuchToReplay(Conflict):
    """In this incident too much happened to be replayed: more than 5,000 steps."""

    code = "rehearsal.too_long"


class StepKind(StrEnum):
    """What is replayed."""

    SAID = "said"
    TASK_DONE = "task_done"
    TASK_REOPENED = "task_reopened"
    COMMAND_RUN = "command_run"
    STAGE_ENTERED = "stage_entered"
    STATUS_UPDATED = "status_updated"
    COMMANDER_CHANGED = "commander_changed"
    ALERT_FIRED = "alert_fired"
    ALERT_RESOLVED = "alert_resolved"
    ENDED = "ended"

    @property
    def has_title(self) -> bool:
        """Whether the step's text is a title: what people wrote stays out of the log."""
        return self not in (StepKind.SAID, StepKind.STATUS_UPDATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened in the original, so long after its start.

    `who` did it or took over; `text` is what was said, or a title. `remind_after_s` is of status updates.
    """

    after_ms: int
    kind: StepKind
    who: str = ""
    text: str = ""
    remind_after_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The steps in their order, and what the original took."""

    steps: tuple[Step, ...]
    original: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A script being replayed in a practice incident; `position` is that of the next step.

    `source_id` is "" if it was drawn from `seed` for a playbook. `due_at` is 0 when nothing more is replayed.
    """

    incident_id: str
    source_id: str = ""
    playbook_id: str = ""
    seed: int = 0
    speed: int
    start_at: Millis
    script: Script
    position: int = 0
    due_at: Millis

    @property
    def next_step(self) -> Step | None:
        steps = self.script.steps
        return steps[self.position] if self.position < len(steps) else None

    def due(self, step: Step) -> Millis:
        """When a step is replayed: the same for the same script and speed, but for the start."""
        return Millis(self.start_at + step.after_ms // self.speed)

    def hurried_ms(self, seconds: int) -> int:
        """So many seconds of the original, as they pass here."""
        return seconds * SECOND_MS // self.speed

    @property
    def lasts_ms(self) -> int:
        """How long the replay takes."""
        steps = self.script.steps
        return steps[-1].after_ms // self.speed if steps else 0


def checked_speed(speed: int) -> int:
    """Raises SpeedInvalid."""
    if not SLOWEST <= speed <= FASTEST:
        raise SpeedInvalid
    return speed


def checked_seed(seed: int) -> int:
    """Raises SeedInvalid."""
    if not 0 <= seed <= LARGEST_SEED:
        raise SeedInvalid
    return seed


def script_of(entries: Iterable[Entry], texts: Mapping[str, str], names: Mapping[str, str]) -> Script:
    """The script of a log. `texts` are those of its posts by id, `names` usernames by id.

    What was deleted is not in `texts` and not replayed. Raises TooMuchToReplay.
    """
    ordered = sorted(entries, key=lambda entry: (entry.at, entry.sequence))
    begin = ordered[0].at
    ends = [entry.sequence for entry in ordered if isinstance(entry.payload, IncidentEnded)]
    steps: list[Step] = []
    for entry in ordered:
        is_last = bool(ends) and entry.sequence == ends[-1]
        if (step := _step(entry, entry.at - begin, texts, names, is_last=is_last)) is not None:
            steps.append(step)
        if is_last:
            break
    if len(steps) > MOST_STEPS:
        raise TooMuchToReplay
    return Script(steps=tuple(steps), original=figures_of(ordered))


def _step(
    entry: Entry, after_ms: int, texts: Mapping[str, str], names: Mapping[str, str], *, is_last: bool
) -> Step | None:
    who = names.get(entry.actor_id, "")
    found: tuple[StepKind, str] | None = None
    match entry.payload:
        case PostSeen(post_id=post_id, author_id=author) if texts.get(post_id, "").strip():
            who, found = names.get(author, who), (StepKind.SAID, texts[post_id])
        case StatusUpdated(post_id=post_id, remind_after_s=seconds):
            return Step(
                after_ms=after_ms,
                kind=StepKind.STATUS_UPDATED,
                who=who,
                text=texts.get(post_id, ""),
                remind_after_s=seconds,
            )
        case TaskTicked(title=title):
            found = (StepKind.TASK_DONE, title)
        case TaskUnticked(title=title):
            found = (StepKind.TASK_REOPENED, title)
        case TaskRun(command=command, outcome=outcome):
            failed = "" if outcome is RunOutcome.OK else " (it failed)"
            found = (StepKind.COMMAND_RUN, f"{command}{failed}")
        case StageChanged(to_title=title):
            found = (StepKind.STAGE_ENTERED, title)
        case CommanderChanged(to_id=to_id):
            who, found = names.get(to_id, ""), (StepKind.COMMANDER_CHANGED, "")
        case AlertFired(title=title):
            found = (StepKind.ALERT_FIRED, title)
        case AlertResolved(title=title):
            found = (StepKind.ALERT_RESOLVED, title)
        case IncidentEnded() if is_last:
            found = (StepKind.ENDED, "")
        case _:
            pass
    return Step(after_ms=after_ms, kind=found[0], who=who, text=found[1]) if found else None
