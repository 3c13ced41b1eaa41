"""What holds people up, acted out in the scene. Each returns what an honest reader may also call it."""

from collections.abc import Callable
from enum import StrEnum

from tests.lived import words
from tests.lived.people import MINUTE, Person, all_off
from tests.lived.scene import SECOND, Job, Scene


class Cause(StrEnum):
    """The causes that the issue names."""

    NOBODY = "nobody assigned"
    SILENT = "assignee away or silent"
    COMMANDER = "commander changing"
    COMMAND = "command failed or re-run"
    RETURN = "stage skipped and returned to"
    ANSWER = "waiting for an answer"
    QUIET = "no activity at all"
    HOURS = "outside working hours of all"
    USUAL = "work that this task usually takes"
    NONE = "unexplained"


Also = frozenset[Cause]
Hold = Callable[[Scene, Job, int, int], Also]
_NONE: Also = frozenset()


def nobody(scene: Scene, job: Job, since: int, until: int) -> Also:
    """The task lies there while people talk of other things; then somebody takes it, or just does it."""
    rng = scene.rng
    if job.id in scene.assigned:
        scene.assign(since + rng.randint(1, 20) * SECOND, job, None, by=scene.commander)
    is_still = rng.random() < 0.15
    if not is_still:
        scene.chat(since, until, scene.others(job.owner), every_min=rng.uniform(3, 7))
    if rng.random() < 0.75:
        scene.assign(until, job, job.owner, by=rng.choice((job.owner, scene.commander)))
    return frozenset({Cause.QUIET}) if is_still else _NONE


def silent(scene: Scene, job: Job, since: int, until: int) -> Also:
    """Whose task it is says and does nothing, while the others talk; they come back, or another takes it."""
    rng = scene.rng
    absent = scene.assigned.get(job.id)
    if absent is None:
        absent = job.owner
        scene.assign(since + 5 * SECOND, job, absent, by=scene.commander)
    others = scene.others(absent)
    scene.chat(since, until, others, every_min=rng.uniform(3, 6))
    scene.say(since + (until - since) // 2, rng.choice(others), words.OTHER)
    is_asked_for = rng.random() < 0.4
    if is_asked_for:
        scene.say(since + (until - since) * 2 // 3, rng.choice(others), words.NAGS, to=absent)
    way = rng.random()
    if way < 0.6:
        scene.say(until, absent, words.BACK)
    else:
        if way > 0.8 and absent is not scene.commander:
            left = since + rng.randint(10, 60) * SECOND
            scene.log.event(left, "member_left", absent.id, user_id=absent.id)
            scene.members = others
        scene.assign(until, job, rng.choice(others), by=scene.commander)
    return frozenset({Cause.ANSWER}) if is_asked_for else _NONE


def commander(scene: Scene, job: Job, since: int, until: int) -> Also:
    """The lead changes hands: looking for somebody, or reading up, takes the time; sometimes twice."""
    rng = scene.rng
    old = scene.commander
    new = rng.choice(scene.others(old))
    middle = since + int((until - since) * rng.uniform(0.1, 0.8))
    scene.chat(since, middle, [old], texts=[t.format(who=new.name) for t in words.HANDOVER], every_min=6)
    if rng.random() < 0.2:
        between = rng.choice(scene.others(old))
        scene.lead(since + (middle - since) // 2, between, by=old)
    scene.lead(middle, new, by=rng.choice((old, new)))
    scene.chat(middle, until, [new], texts=words.CATCHING_UP, every_min=6)
    scene.chat(since, until, [job.owner, *scene.others(old, new)], every_min=9)
    return _NONE


def command(scene: Scene, job: Job, since: int, until: int) -> Also:
    """The task's command fails, or has to be run again and again."""
    rng = scene.rng
    worker = job.owner
    times = rng.randint(2, 5)
    outcomes = rng.choice((("failed",), ("failed", "not_found"), ("failed", "ok"), ("ok",)))
    for turn in range(times):
        at = since + 15 * SECOND + (until - since - 60 * SECOND) * turn // times
        scene.run(
            at, job, "failed" if turn == 0 and "failed" in outcomes else rng.choice(outcomes), by=worker
        )
        if rng.random() < 0.6:
            scene.say(at + rng.randint(10, 90) * SECOND, worker, words.COMMAND_TROUBLE)
    scene.chat(since, until, scene.others(worker), every_min=9)
    scene.run(until, job, "ok", by=worker)
    return _NONE


def skipped(scene: Scene, job: Job, since: int, until: int) -> Also:
    """They move on although the task is open, get nowhere there, and come back for it."""
    rng = scene.rng
    here = job.stage
    there = here + 1 if here + 1 < len(scene.stage_ids) else here - 1
    leader = scene.commander
    scene.go_to(since + rng.randint(5, 50) * SECOND, there, open_tasks=rng.randint(1, 3), by=leader)
    scene.chat(since + MINUTE, until, scene.members, every_min=rng.uniform(4, 7))
    if rng.random() < 0.6:
        scene.say(until - 70 * SECOND, leader, words.STAGES)
    scene.go_to(until, here, open_tasks=rng.randint(1, 3), by=leader)
    return _NONE


def answer(scene: Scene, job: Job, since: int, until: int) -> Also:
    """Whoever works on the task asks and can't go on until they are told; others talk of other things."""
    rng = scene.rng
    asker = job.owner
    asked = rng.choice(scene.others(asker))
    question = scene.say(since + rng.randint(5, 60) * SECOND, asker, words.QUESTIONS, to=asked)
    bystanders = scene.others(asker, asked)
    scene.chat(since + 2 * MINUTE, until, bystanders, every_min=rng.uniform(6, 14))
    if rng.random() < 0.3:
        scene.log.post(since + (until - since) * 3 // 5, asker.id, "Still waiting for that.")
    in_thread = rng.random() < 0.6
    text = rng.choice(words.ANSWERS)
    scene.log.post(until, asked.id, text, root_id=question if in_thread else "")
    return _NONE


def quiet(scene: Scene, job: Job, since: int, until: int) -> Also:
    """Nobody does or says anything, for no reason that can be seen. Only the server reminds."""
    if scene.rng.random() < 0.5:
        scene.say(until, scene.rng.choice(scene.members), words.BACK)
    return frozenset({Cause.HOURS}) if all_off(scene.members, (since + until) // 2) else _NONE


def hours(scene: Scene, job: Job, since: int, until: int) -> Also:
    """Everybody has gone home."""
    for turn in range(scene.rng.randint(0, 2)):
        scene.say(since + turn * MINUTE + 20 * SECOND, scene.rng.choice(scene.members), words.LEAVING)
    if scene.rng.random() < 0.7:
        scene.say(until, job.owner, words.BACK)
    return frozenset({Cause.QUIET})


HOLDS: dict[Cause, Hold] = {
    Cause.NOBODY: nobody,
    Cause.SILENT: silent,
    Cause.COMMANDER: commander,
    Cause.COMMAND: command,
    Cause.RETURN: skipped,
    Cause.ANSWER: answer,
    Cause.QUIET: quiet,
    Cause.HOURS: hours,
}


def look_alike(scene: Scene, job: Job, since: int, until: int) -> None:
    """The sign of a cause without it: over in a moment, and holding up nobody."""
    rng = scene.rng
    at = since + int((until - since) * rng.uniform(0.1, 0.8))
    match rng.randrange(5):
        case 0:
            new = rng.choice(scene.others(scene.commander))
            scene.lead(at, new, by=scene.commander)
        case 1:
            scene.run(at, job, "failed", by=job.owner)
            scene.run(at + 15 * SECOND, job, "ok", by=job.owner)
        case 2:
            asked: Person = rng.choice(scene.others(job.owner))
            question = scene.say(at, job.owner, words.QUESTIONS, to=asked)
            scene.log.post(at + 25 * SECOND, asked.id, rng.choice(words.ANSWERS), root_id=question)
        case 3 if len(scene.stage_ids) > 1:
            here = scene.stage
            there = here + 1 if here + 1 < len(scene.stage_ids) else here - 1
            scene.go_to(at, there, open_tasks=1, by=scene.commander)
            scene.go_to(at + 12 * SECOND, here, open_tasks=1, by=scene.commander)
        case _:
            owner = scene.assigned.get(job.id)
            scene.assign(at, job, None, by=scene.commander)
            scene.assign(at + 10 * SECOND, job, owner or job.owner, by=scene.commander)
