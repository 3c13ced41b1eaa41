"""Proposals for a playbook: what its people keep doing otherwise, accepted or declined, and undone.

What is proposed to somebody rests only on incidents that they may see. Every action raises NotAuthorized and
PlaybookUnknown: only who may edit a playbook sees or decides anything about its proposals.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commandpost.audit.entry import Deed
from commandpost.incidents.actions import access, people
from commandpost.incidents.events import PlaybookSaved
from commandpost.incidents.model.playbook import Playbook
from commandpost.incidents.model.proposals.change import Kind
from commandpost.incidents.model.proposals.decision import (
    AssigneeOutsideTeam,
    Choice,
    Decision,
    DecisionUnknown,
    ProposalGone,
    checked_reason,
    open_among,
)
from commandpost.incidents.model.proposals.history import Outcome, VersionTime, outcomes, version_times
from commandpost.incidents.model.proposals.proposal import Proposal, proposed
from commandpost.incidents.model.proposals.run import Run, runs_of
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import decisions, playbook_runs, playbooks
from commandpost.incidents.store.playbook_runs import Viewer
from commandpost.kernel.ids import new_id

_MOST_RUNS = 50
"""So many incidents are looked at, the newest ones."""

_MOST_DURATIONS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What is proposed for a playbook, from which runs; and what came of earlier decisions.

    `names` are the incidents' by id, `usernames` those of everybody who is named.
    """

    playbook: Playbook
    runs: int
    proposals: Sequence[Proposal]
    outcomes: Sequence[Outcome]
    versions: Sequence[VersionTime]
    names: Mapping[str, str]
    usernames: Mapping[str, str]


async def listed(desk: Desk, who: Actor, playbook_id: str) -> Proposals:
    """What is proposed to `who`, and the history as far as they may see what it rests on."""
    playbook = await access.opened_playbook(desk, who, playbook_id, Act.EDIT_PLAYBOOK)
    viewer = await _viewer(desk, who)
    runs = await _runs(desk, playbook, viewer)
    found = await _proposed(desk, playbook, runs)
    decided = await decisions.of_playbook(desk.work, playbook.id)
    shown = [one for one in decided if _may_see(one, who, found)]
    took = await playbook_runs.durations(desk.work, playbook, viewer, limit=_MOST_DURATIONS)
    times = [(one.version, one.duration_ms) for one in took]
    named = {one.change.assignee_id for one in (*found, *shown)} | {one.decided_by for one in shown}
    named |= {task.assignee_id for stage in playbook.content.stages for task in stage.tasks}
    return Proposals(
        playbook=playbook,
        runs=len(runs),
        proposals=open_among(found, decided),
        outcomes=outcomes(shown, times),
        versions=version_times(times),
        names={run.incident_id: run.name for run in runs},
        usernames=await people.usernames(desk, *named),
    )


async def accept(desk: Desk, who: Actor, playbook_id: str, key: str, *, seen_version: int) -> Decision:
    """Make the next version of the playbook as proposed, for incidents that begin from now on.

    Raises PlaybookChanged, ProposalGone, AssigneeOutsideTeam, PlaybookTooLarge, TextTooLong.
    """
    playbook, proposal = await _locked(desk, who, playbook_id, key)
    playbook.check_version(seen_version)
    change = proposal.change
    if change.kind is Kind.ASSIGN and not await desk.chat.sees_team(
        change.assignee_id, playbook.content.team_id
    ):
        raise AssigneeOutsideTeam
    edited = playbook.edited(change.applied(playbook.content).checked(), at=desk.now)
    await playbooks.save_version(desk.work, edited, editor_id=who.user_id)
    decision = Decision(
        id=new_id(),
        playbook_id=playbook.id,
        choice=Choice.ACCEPTED,
        change=change,
        from_version=playbook.version,
        to_version=edited.version,
        decided_by=who.user_id,
        decided_at=desk.now,
    )
    await decisions.save(desk.work, decision)
    await desk.record(Deed.PROPOSAL_ACCEPTED, playbook.id, by=who, after=_recorded(decision))
    desk.tell(PlaybookSaved(playbook=edited, by=who.user_id))
    return decision


async def decline(desk: Desk, who: Actor, playbook_id: str, key: str, *, reason: str) -> Decision:
    """Not to be shown again, to nobody, unless later incidents give new evidence.

    Raises ProposalGone, ReasonMissing, TextTooLong, TextUnstorable.
    """
    playbook, proposal = await _locked(desk, who, playbook_id, key)
    decision = Decision(
        id=new_id(),
        playbook_id=playbook.id,
        choice=Choice.DECLINED,
        change=proposal.change,
        reason=checked_reason(reason),
        decided_by=who.user_id,
        decided_at=desk.now,
    )
    await decisions.save(desk.work, decision)
    await desk.record(Deed.PROPOSAL_DECLINED, playbook.id, by=who, after=_recorded(decision))
    return decision


async def undo(desk: Desk, who: Actor, playbook_id: str, decision_id: str) -> Decision:
    """Take a decision back: what was accepted by a new version, in which what others changed since stays.

    Raises DecisionUnknown, DecisionUndone, ChangeDoesNotFit where others changed the same.
    """
    playbook = await access.locked_playbook(desk, who, playbook_id, Act.EDIT_PLAYBOOK)
    decision = await decisions.found(desk.work, playbook.id, decision_id)
    if decision is None:
        raise DecisionUnknown
    decision.check_not_undone()
    version = 0
    if decision.choice is Choice.ACCEPTED:
        was = await playbooks.content_of_version(desk.work, playbook.id, decision.from_version)
        assert was is not None
        content = decision.change.undone(playbook.content, was=was)
        edited = playbook.edited(content.checked(), at=desk.now)
        await playbooks.save_version(desk.work, edited, editor_id=who.user_id)
        desk.tell(PlaybookSaved(playbook=edited, by=who.user_id))
        version = edited.version
    undone = decision.undone(by=who.user_id, at=desk.now, version=version)
    await decisions.save(desk.work, undone)
    await desk.record(Deed.PROPOSAL_UNDONE, playbook.id, by=who, after=_recorded(undone))
    return undone


async def _locked(desk: Desk, who: Actor, playbook_id: str, key: str) -> tuple[Playbook, Proposal]:
    """A playbook for a change, and what is proposed to `who` under that key. Raises ProposalGone."""
    playbook = await access.locked_playbook(desk, who, playbook_id, Act.EDIT_PLAYBOOK)
    runs = await _runs(desk, playbook, await _viewer(desk, who))
    found = await _proposed(desk, playbook, runs)
    decided = await decisions.of_playbook(desk.work, playbook.id)
    for one in open_among(found, decided):
        if one.change.key == key:
            return playbook, one
    raise ProposalGone


async def _viewer(desk: Desk, who: Actor) -> Viewer:
    return Viewer(who.user_id, await desk.chat.is_system_admin(who.user_id))


async def _runs(desk: Desk, playbook: Playbook, viewer: Viewer) -> tuple[Run, ...]:
    logs = await playbook_runs.logs(desk.work, playbook, viewer, limit=_MOST_RUNS)
    # Fifty long logs take seconds, in which others are not to wait.
    return await asyncio.to_thread(runs_of, logs)


async def _proposed(desk: Desk, playbook: Playbook, runs: Sequence[Run]) -> tuple[Proposal, ...]:
    begun_from = sorted({run.playbook_version for run in runs})
    versions = await playbooks.contents_of_versions(desk.work, playbook.id, begun_from)
    return await asyncio.to_thread(proposed, playbook.content, runs, versions)


def _may_see(decision: Decision, who: Actor, found: Sequence[Proposal]) -> bool:
    """What was accepted is in the playbook; what was declined tells of incidents, which not all may see."""
    if decision.choice is Choice.ACCEPTED or decision.decided_by == who.user_id:
        return True
    return any(one.change.subject == decision.change.subject for one in found)


def _recorded(decision: Decision) -> dict[str, object]:
    change = decision.change
    return {
        "decision_id": decision.id,
        "kind": change.kind.value,
        "version": decision.undone_version or decision.to_version,
    }
