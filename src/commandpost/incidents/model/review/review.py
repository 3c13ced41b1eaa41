"""The review of an incident, as values."""

from dataclasses import dataclass

from commandpost.incidents.model.review.chronicle import Chronicle
from commandpost.incidents.model.review.course import Course, course
from commandpost.incidents.model.review.gaps import Gap, gaps
from commandpost.incidents.model.review.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What became of an incident, compared with so many earlier runs of its playbook."""

    is_ended: bool
    ongoing_ms: int
    own_median_ms: int
    past_runs: int
    gaps: tuple[Gap, ...]
    course: Course


def reviewed(story: Story) -> Review:
    """The review of a story: the same story, in whatever order it is told, gives the same review."""
    chronicle = Chronicle(story)
    return Review(
        is_ended=chronicle.is_ended,
        ongoing_ms=chronicle.ongoing_ms,
        own_median_ms=int(chronicle.measure.own_median_ms),
        past_runs=story.past.runs,
        gaps=gaps(chronicle),
        course=course(chronicle),
    )
