"""How long the analysis of many incidents takes: `python -m bench.review [count]`.

Incidents are made up here, of the size that teams have: some twenty tasks, some forty posts, people who come
and go, each compared with fifty earlier runs. No database and no server: only the analysis is measured.
"""

import sys
import time
from random import Random

from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.review.durations import past_of
from commandpost.incidents.model.review.review import reviewed
from commandpost.incidents.model.review.story import PresenceChange, Story, Talk
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.timeline import (
    CommanderChanged,
    Entry,
    IncidentEnded,
    IncidentStarted,
    MemberJoined,
    Payload,
    PostSeen,
    RunOutcome,
    StageAtStart,
    StageChanged,
    TaskAssigned,
    TaskAtStart,
    TaskRun,
    TaskTicked,
)
from commandpost.kernel.clock import MINUTE_MS, Millis

_AIM_S = 60
_STAGES = tuple(
    StageAtStart(
        id=f"stage{stage}",
        title=f"Stage {stage}",
        tasks=tuple(TaskAtStart(id=f"task{stage}{task}", title=f"Task {stage}{task}") for task in range(5)),
    )
    for stage in range(4)
)
_PEOPLE = tuple(f"person{number}" for number in range(6))


def _story(random: Random) -> Story:
    """An incident of hours, in which anything may happen."""
    told: list[tuple[int, str, Payload]] = []
    for person in _PEOPLE:
        joined = MemberJoined(
            user_id=person, is_bot=False, timezone="Europe/Berlin", working_hours="Mon-Fri 9-17"
        )
        told.append((random.randrange(30), person, joined))
    minute = 0
    for position, stage in enumerate(_STAGES):
        for task in stage.tasks:
            minute += random.choice((2, 3, 4, 6, 9, 45))
            told += _about_task(random, minute, stage.id, task)
        if position + 1 < len(_STAGES):
            told.append((minute, random.choice(_PEOPLE), _onward(position)))
    for number in range(40):
        who = random.choice(_PEOPLE)
        post = PostSeen(post_id=f"post{number}", author_id=who, root_id=f"post{random.randrange(60)}")
        told.append((random.randrange(minute), who, post))
    told.append((random.randrange(minute), _PEOPLE[0], CommanderChanged(from_id="a", to_id="b", post_id="")))
    told.sort(key=lambda one: one[0])
    ended = IncidentEnded(duration_ms=0, post_id="")
    whole = [(0, _PEOPLE[0], _started()), *told, (minute + 5, _PEOPLE[0], ended)]
    zero = 1_767_603_600_000 + random.randrange(10_000) * MINUTE_MS
    return Story(
        entries=tuple(
            Entry(
                incident_id=IncidentId("incident"),
                sequence=sequence,
                actor_id=who,
                at=Millis(zero + at * MINUTE_MS),
                payload=payload,
            )
            for sequence, (at, who, payload) in enumerate(whole, start=1)
        ),
        presence=tuple(
            PresenceChange(
                user_id=random.choice(_PEOPLE),
                at=Millis(zero + random.randrange(minute) * MINUTE_MS),
                status=random.choice(("online", "away", "offline")),
            )
            for _ in range(20)
        ),
        talk={f"post{number}": Talk(asks=random.random() < 0.3) for number in range(40)},
    )


def _about_task(
    random: Random, minute: int, stage_id: str, task: TaskAtStart
) -> list[tuple[int, str, Payload]]:
    who = random.choice(_PEOPLE)
    given = TaskAssigned(
        stage_id=stage_id, task_id=task.id, title=task.title, from_id="", to_id=who, post_id=""
    )
    ran = TaskRun(
        stage_id=stage_id,
        task_id=task.id,
        title=task.title,
        command="/mend",
        outcome=random.choice((RunOutcome.OK, RunOutcome.OK, RunOutcome.FAILED)),
        duration_ms=10,
        answer="",
    )
    ticked = TaskTicked(
        stage_id=stage_id, task_id=task.id, title=task.title, from_state=TaskState.OPEN, post_id=""
    )
    return [(max(0, minute - 2), who, given), (max(0, minute - 1), who, ran), (minute, who, ticked)]


def _onward(position: int) -> StageChanged:
    return StageChanged(
        from_stage_id=_STAGES[position].id,
        from_position=position,
        from_title=_STAGES[position].title,
        to_stage_id=_STAGES[position + 1].id,
        to_position=position + 1,
        to_title=_STAGES[position + 1].title,
        open_tasks=0,
        post_id="",
    )


def _started() -> IncidentStarted:
    return IncidentStarted(
        name="Down",
        description="",
        commander_id=_PEOPLE[0],
        channel_id="channel",
        is_public=True,
        playbook_id="playbook",
        playbook_version=1,
        origin_post_id="",
        active_stage=0,
        stages=_STAGES,
        reminder_default_s=0,
        broadcast_channel_id="",
        post_id="",
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    random = Random(7)
    kinds = (IncidentStarted, TaskTicked, IncidentEnded)
    earlier = [
        [entry for entry in _story(random).entries if isinstance(entry.payload, kinds)] for _ in range(50)
    ]
    stories = [_story(random) for _ in range(min(count, 500))]
    spent, gaps, began = 0.0, 0, time.perf_counter()
    for number in range(count):
        story = stories[number % len(stories)]
        before = time.process_time()
        review = reviewed(
            Story(entries=story.entries, presence=story.presence, talk=story.talk, past=past_of(earlier))
        )
        spent += time.process_time() - before
        gaps += len(review.gaps)
    took = time.perf_counter() - began
    print(  # noqa: T201 -- the figure is what this program is for
        f"{count:,} incidents with {gaps:,} gaps: {took:.1f} s, {spent:.1f} s of CPU,"
        f" {1000 * spent / count:.2f} ms each (aim: 10,000 in {_AIM_S} s)"
    )


if __name__ == "__main__":
    main()
