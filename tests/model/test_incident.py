"""The rules of an incident's life."""

import pytest

from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.incident import (
    AlreadyEnded,
    AlreadyOngoing,
    Incident,
    StageOutOfRange,
    StageUnknown,
)
from commandpost.incidents.model.status_update import StatusPost
from commandpost.kernel.clock import Millis
from tests.model.test_stage import stage_of


def an_incident(*, ended: bool = False, stages: int = 2) -> Incident:
    incident = Incident(
        id=IncidentId("incident"),
        team_id="team",
        channel_id="channel",
        name="Server Down",
        commander_id="ana",
        reporter_id="ana",
        create_at=Millis(1000),
        stages=tuple(stage_of(3) for _ in range(stages)),
    )
    return incident.ended(at=Millis(2000)) if ended else incident


def test_an_incident_ends_once() -> None:
    ended = an_incident(ended=True)

    assert (ended.is_active, ended.end_at) == (False, 2000)
    with pytest.raises(AlreadyEnded):
        ended.ended(at=Millis(3000))


def test_a_restart_takes_the_end_back_and_nothing_else() -> None:
    assert an_incident(ended=True).restarted() == an_incident()
    with pytest.raises(AlreadyOngoing):
        an_incident().restarted()


@pytest.mark.parametrize("position", [-1, 2, 10**30])
def test_only_stages_that_there_are_can_be_active(position: int) -> None:
    with pytest.raises(StageOutOfRange):
        an_incident().staged(position)
    with pytest.raises(StageUnknown):
        an_incident().stage(position)


def test_an_ended_incident_takes_no_status_update() -> None:
    with pytest.raises(AlreadyEnded):
        an_incident(ended=True).updated(StatusPost(id="post", create_at=Millis(1)), remind_after_s=0)


def test_a_deleted_status_post_gives_way_to_the_one_before() -> None:
    posts = (
        StatusPost(id="first", create_at=Millis(1)),
        StatusPost(id="second", create_at=Millis(2)),
        StatusPost(id="third", create_at=Millis(3), delete_at=Millis(4)),
    )
    incident = an_incident()
    for post in posts:
        incident = incident.updated(post, remind_after_s=0)

    newest = incident.newest_status_post

    assert newest is not None and newest.id == "second"


def test_without_stages_no_title_is_active() -> None:
    assert an_incident(stages=0).active_stage_title == ""
