"""The review of an incident as v0 sends it."""

from collections.abc import Iterable, Mapping

import msgspec

from commandpost.api.v0.shapes.timeline import EntryShape, entry_shape
from commandpost.incidents import review_wording
from commandpost.incidents.actions.review import ReviewOf
from commandpost.incidents.model.review.course import FEWEST_PEOPLE, Finding
from commandpost.incidents.model.review.evidence import Claim, Evidence
from commandpost.incidents.model.review.gaps import Gap
from commandpost.incidents.model.timeline import TaskTicked


class EvidenceShape(msgspec.Struct, kw_only=True):
    """What a claim rests on: the entry of that `sequence`; or, if it is 0, that a user's presence changed."""

    sequence: int
    at: int
    user_id: str
    status: str


class CauseShape(msgspec.Struct, kw_only=True):
    """A cause of a gap, in which form, how sure (0 to 1), and from when to when it held things up."""

    cause: str
    detail: str
    score: float
    sentence: str
    from_at: int
    to_at: int
    user_ids: list[str]
    count: int
    evidence: list[EvidenceShape]


class GapShape(msgspec.Struct, kw_only=True):
    """A gap between two entries; `task_id` is "" if the end came next. No causes mean unexplained."""

    from_at: int
    to_at: int
    from_sequence: int
    to_sequence: int
    task_id: str
    title: str
    threshold_ms: int
    sentence: str
    causes: list[CauseShape]


class StageTimeShape(msgspec.Struct, kw_only=True):
    """How long a stage was active, and how many times it was entered."""

    stage_id: str
    title: str
    active_ms: int
    entered: int


class DoingsShape(msgspec.Struct, kw_only=True):
    """How much a person did."""

    user_id: str
    tasks: int
    runs: int
    updates: int
    posts: int


class FindingShape(msgspec.Struct, kw_only=True):
    """A task or stage that went other than planned, and how often."""

    id: str
    title: str
    count: int
    evidence: list[EvidenceShape]


class ReviewShape(msgspec.Struct, kw_only=True):
    """How an incident went. `entries` are those of the log that are referred to.

    `people` is empty if there are fewer than `fewest_people` to tell of.
    """

    incident_id: str
    is_ended: bool
    ongoing_ms: int
    median_ms: int
    past_runs: int
    fewest_people: int
    stages: list[StageTimeShape]
    people: list[DoingsShape]
    gaps: list[GapShape]
    passed_stages: list[FindingShape]
    skipped: list[FindingShape]
    late: list[FindingShape]
    repeated: list[FindingShape]
    by_hand: list[FindingShape]
    entries: list[EntryShape]


def review_shape(told: ReviewOf) -> ReviewShape:
    """A review as it goes out."""
    review, course = told.review, told.review.course
    shape = ReviewShape(
        incident_id=told.incident.id,
        is_ended=review.is_ended,
        ongoing_ms=review.ongoing_ms,
        median_ms=review.own_median_ms,
        past_runs=review.past_runs,
        fewest_people=FEWEST_PEOPLE,
        stages=[
            StageTimeShape(
                stage_id=one.stage_id, title=one.title, active_ms=one.active_ms, entered=one.entered
            )
            for one in course.stages
        ],
        people=[
            DoingsShape(
                user_id=one.user_id, tasks=one.tasks, runs=one.runs, updates=one.updates, posts=one.posts
            )
            for one in course.people
        ],
        gaps=[_gap(gap, told.usernames) for gap in review.gaps],
        passed_stages=_findings(course.passed_stages),
        skipped=_findings(course.skipped),
        late=_findings(course.late),
        repeated=_findings(course.repeated),
        by_hand=_findings(course.by_hand),
        entries=[],
    )
    named = _sequences(shape)
    shape.entries = [entry_shape(entry) for entry in told.entries if entry.sequence in named]
    return shape


def _gap(gap: Gap, usernames: Mapping[str, str]) -> GapShape:
    interval, closing = gap.interval, gap.interval.closing
    task = closing if isinstance(closing, TaskTicked) else None
    return GapShape(
        from_at=interval.since,
        to_at=interval.until,
        from_sequence=interval.first,
        to_sequence=interval.last,
        task_id=task.task_id if task else "",
        title=task.title if task else "",
        threshold_ms=gap.threshold_ms,
        sentence=review_wording.gap(gap, usernames),
        causes=[_cause(claim, gap, usernames) for claim in gap.causes],
    )


def _cause(claim: Claim, gap: Gap, usernames: Mapping[str, str]) -> CauseShape:
    return CauseShape(
        cause=claim.cause,
        detail=claim.detail,
        score=claim.score,
        sentence=review_wording.cause(claim, gap.interval, usernames),
        from_at=claim.since,
        to_at=claim.until,
        user_ids=list(claim.user_ids),
        count=claim.count,
        evidence=_evidence(claim.evidence),
    )


def _findings(found: Iterable[Finding]) -> list[FindingShape]:
    return [
        FindingShape(id=one.id, title=one.title, count=one.count, evidence=_evidence(one.evidence))
        for one in found
    ]


def _evidence(some: Iterable[Evidence]) -> list[EvidenceShape]:
    return [
        EvidenceShape(sequence=one.sequence, at=one.at, user_id=one.user_id, status=one.status)
        for one in some
    ]


def _sequences(shape: ReviewShape) -> set[int]:
    """The numbers of all entries that a review refers to."""
    causes = [cause for gap in shape.gaps for cause in gap.causes]
    findings = [*shape.passed_stages, *shape.late, *shape.repeated, *shape.by_hand]
    ends = {number for gap in shape.gaps for number in (gap.from_sequence, gap.to_sequence)}
    return ends | {one.sequence for told in (*causes, *findings) for one in told.evidence}
