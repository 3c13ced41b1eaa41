"""Proposals for a playbook as v0 sends them."""

from collections.abc import Mapping, Sequence

import msgspec

from commandpost.incidents.actions.proposals import Proposals
from commandpost.incidents.model.playbook import PlaybookContent, PlaybookStage
from commandpost.incidents.model.proposals.chance import Between
from commandpost.incidents.model.proposals.change import Change
from commandpost.incidents.model.proposals.decision import Decision
from commandpost.incidents.model.proposals.history import Outcome, VersionTime
from commandpost.incidents.model.proposals.practice import Case
from commandpost.incidents.model.proposals.proposal import Proposal


class BetweenShape(msgspec.Struct, kw_only=True):
    """An estimate and its interval."""

    value: float
    low: float
    high: float


class ChangeShape(msgspec.Struct, kw_only=True):
    """A change; `kind` is one of reorder, split, drop, assign, add, remind, command.

    Stages and tasks are named by their titles. A task to add or reorder comes into `stage`, ahead of the task
    `before` ("" for its end); of a split task, `part` follows. What a kind does not need is "" or 0.
    """

    kind: str
    stage: str
    task: str
    from_stage: str
    before: str
    part: str
    assignee_id: str
    assignee_username: str
    command: str
    remind_after_seconds: int


class ProposedTaskShape(msgspec.Struct, kw_only=True):
    """A task of the playbook, before or after the change."""

    title: str
    command: str
    assignee_username: str


class ProposedStageShape(msgspec.Struct, kw_only=True):
    """A stage of the playbook, before or after the change."""

    title: str
    tasks: list[ProposedTaskShape]


class ProposedContentShape(msgspec.Struct, kw_only=True):
    """What of a playbook is other with the change: the stages concerned, and the reminder."""

    stages: list[ProposedStageShape]
    reminder_timer_default_seconds: int


class SightingShape(msgspec.Struct, kw_only=True):
    """An incident in which it was done so, and the numbers of the entries of its log that say so."""

    incident_id: str
    name: str
    began_at: int
    events: list[int]


class ProposalShape(msgspec.Struct, kw_only=True):
    """A proposal: done so in `seen` of `runs` incidents; intervals are for 90 %."""

    id: str
    change: ChangeShape
    before: ProposedContentShape
    after: ProposedContentShape
    seen: int
    runs: int
    share: BetweenShape
    saved_ms: BetweenShape
    incidents: list[SightingShape]


class EffectShape(msgspec.Struct, kw_only=True):
    """Whether it helped: too_few (fewer than five incidents on a side), unclear, shorter, longer.

    `saved_ms` is the difference of mean durations with its interval for 95 %; null for too_few.
    """

    verdict: str
    before: int
    after: int
    saved_ms: BetweenShape | None
    other_versions: int


class DecisionShape(msgspec.Struct, kw_only=True):
    """A decision: accepted or declined. Versions and `undone_at` are 0 where there are none."""

    id: str
    choice: str
    change: ChangeShape
    reason: str
    from_version: int
    to_version: int
    decided_by: str
    decided_at: int
    undone_by: str
    undone_at: int
    undone_version: int
    effect: EffectShape | None


class VersionTimeShape(msgspec.Struct, kw_only=True):
    """How long the incidents of a version took; null with fewer than five."""

    version: int
    runs: int
    duration_ms: BetweenShape | None


class ProposalsShape(msgspec.Struct, kw_only=True):
    """What is proposed for a playbook from so many incidents, and what was decided, the newest first."""

    playbook_version: int
    runs: int
    items: list[ProposalShape]
    decisions: list[DecisionShape]
    versions: list[VersionTimeShape]


def proposals_shape(found: Proposals) -> ProposalsShape:
    """Proposals as they go out."""
    return ProposalsShape(
        playbook_version=found.playbook.version,
        runs=found.runs,
        items=[_proposal(one, found) for one in found.proposals],
        decisions=[_outcome(one, found.usernames) for one in found.outcomes],
        versions=[_version(one) for one in found.versions],
    )


def decision_shape(
    decision: Decision, usernames: Mapping[str, str], effect: EffectShape | None = None
) -> DecisionShape:
    """A decision as it goes out."""
    return DecisionShape(
        id=decision.id,
        choice=decision.choice.value,
        change=_change(decision.change, usernames),
        reason=decision.reason,
        from_version=decision.from_version,
        to_version=decision.to_version,
        decided_by=decision.decided_by,
        decided_at=decision.decided_at,
        undone_by=decision.undone_by,
        undone_at=decision.undone_at,
        undone_version=decision.undone_version,
        effect=effect,
    )


def _proposal(proposal: Proposal, found: Proposals) -> ProposalShape:
    was = found.playbook.content
    will_be = proposal.change.applied(was)
    touched = [at for at, stage in enumerate(was.stages) if stage != will_be.stages[at]]
    return ProposalShape(
        id=proposal.change.key,
        change=_change(proposal.change, found.usernames),
        before=_content(was, touched, found.usernames),
        after=_content(will_be, touched, found.usernames),
        seen=proposal.seen,
        runs=proposal.runs,
        share=_between(proposal.share),
        saved_ms=_between(proposal.saved_ms),
        incidents=[_sighting(case, found.names) for case in proposal.cases],
    )


def _change(change: Change, usernames: Mapping[str, str]) -> ChangeShape:
    return ChangeShape(
        kind=change.kind.value,
        stage=change.stage,
        task=change.task,
        from_stage=change.from_stage,
        before=change.before,
        part=change.part,
        assignee_id=change.assignee_id,
        assignee_username=usernames.get(change.assignee_id, ""),
        command=change.command,
        remind_after_seconds=change.remind_after_s,
    )


def _content(
    content: PlaybookContent, touched: Sequence[int], usernames: Mapping[str, str]
) -> ProposedContentShape:
    return ProposedContentShape(
        stages=[_stage(content.stages[at], usernames) for at in touched],
        reminder_timer_default_seconds=content.reminder_timer_default_s,
    )


def _stage(stage: PlaybookStage, usernames: Mapping[str, str]) -> ProposedStageShape:
    return ProposedStageShape(
        title=stage.title,
        tasks=[
            ProposedTaskShape(
                title=task.title,
                command=task.command,
                assignee_username=usernames.get(task.assignee_id, ""),
            )
            for task in stage.tasks
        ],
    )


def _sighting(case: Case, names: Mapping[str, str]) -> SightingShape:
    return SightingShape(
        incident_id=case.incident_id,
        name=names.get(case.incident_id, ""),
        began_at=case.began_at,
        events=[entry.sequence for entry in case.shown],
    )


def _outcome(outcome: Outcome, usernames: Mapping[str, str]) -> DecisionShape:
    effect = outcome.effect and EffectShape(
        verdict=outcome.effect.verdict.value,
        before=outcome.effect.before,
        after=outcome.effect.after,
        saved_ms=outcome.effect.saved_ms and _between(outcome.effect.saved_ms),
        other_versions=outcome.other_versions,
    )
    return decision_shape(outcome.decision, usernames, effect)


def _version(one: VersionTime) -> VersionTimeShape:
    return VersionTimeShape(
        version=one.version, runs=one.runs, duration_ms=one.duration_ms and _between(one.duration_ms)
    )


def _between(between: Between) -> BetweenShape:
    return BetweenShape(value=between.value, low=between.low, high=between.high)
