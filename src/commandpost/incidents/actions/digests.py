"""Digests by mail: chosen by their receivers, and made of what those may see at that moment."""

from collections.abc import Sequence

from commandpost.incidents import digest_wording
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.model import digest
from commandpost.incidents.model.digest import (
    Digest,
    EndedLine,
    FollowUpLine,
    Frequency,
    OngoingLine,
    Wish,
)
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import digests as store
from commandpost.incidents.store import incidents
from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import SwitchedOff

_MOST = 25
"""Of each kind: whoever has more reads them on the server."""

_LONGEST_UPDATE = 400


class NoMail(SwitchedOff):
    """No mail is sent from here, so there are no digests."""

    code = "digests.no_mail"


async def chosen(desk: Desk, who: Actor) -> Frequency:
    """How often somebody wants a digest."""
    wish = await store.of_user(desk.work, who.user_id)
    return wish.frequency if wish else Frequency.NEVER


async def choose(desk: Desk, who: Actor, often: Frequency) -> None:
    """Want a digest so often from now on; choosing again what was chosen changes nothing. Raises NoMail."""
    if not desk.chat.sends_mail:
        raise NoMail
    if often is await chosen(desk, who):
        return
    if often is Frequency.NEVER:
        await store.forget(desk.work, who.user_id)
        return
    where = digest.zone(await desk.chat.timezone(who.user_id))
    due_at = digest.next_due(often, where, desk.now)
    await store.wish(desk.work, who.user_id, Wish(frequency=often, due_at=due_at, since=desk.now))


async def due(desk: Desk, *, limit: int) -> Sequence[str]:
    """The users whose digests are due, the longest waiting first."""
    return await store.due(desk.work, now=desk.now, limit=limit)


async def next_due_at(desk: Desk) -> Millis | None:
    """When the next digest will be due, or was; None if nobody wants one."""
    return await store.next_due_at(desk.work)


async def send(desk: Desk, user_id: str) -> bool:
    """Mail somebody their digest, if it is due and there is something to tell; False if it is not due.

    It is taken and queued in one unit of work, so it goes out once, however many nodes there are.
    """
    wish = await store.of_user(desk.work, user_id)
    if wish is None or wish.due_at > desk.now:
        return False
    where = digest.zone(await desk.chat.timezone(user_id))
    next_at = digest.next_due(wish.frequency, where, desk.now)
    if not await store.take(desk.work, user_id, wish, next_at=next_at, now=desk.now):
        return False
    told = await _digest(desk, user_id, since=wish.since)
    if told.is_empty:
        return True
    user = await desk.chat.user(user_id)
    locale = user.locale if user else ""
    letter = digest_wording.letter(told, wish.frequency, locale=locale, where=where, site_url=desk.site_url)
    await desk.chat.mail(user_id, letter.subject, text=letter.text, html=letter.html)
    return True


async def _digest(desk: Desk, user_id: str, *, since: Millis) -> Digest:
    ongoing_ids = await store.ongoing_ids(desk.work, user_id, limit=_MOST)
    ended_ids = await store.ended_ids(desk.work, user_id, since=since, limit=_MOST)
    overdue = await store.overdue(desk.work, user_id, now=desk.now, limit=_MOST)
    ongoing = await incidents.with_ids(desk.work, ongoing_ids)
    ended = await incidents.with_ids(desk.work, ended_ids)
    return Digest(
        ongoing=tuple([await _ongoing(desk, user_id, one) for one in ongoing]),
        overdue=tuple(
            [
                FollowUpLine(
                    title=one.title,
                    incident=one.incident_name,
                    link=await _link(desk, one.team_id, one.channel_id),
                    due_at=one.due_at,
                )
                for one in overdue
            ]
        ),
        ended=tuple(
            [
                EndedLine(
                    name=one.name, link=await _link(desk, one.team_id, one.channel_id), end_at=one.end_at
                )
                for one in ended
            ]
        ),
    )


async def _ongoing(desk: Desk, user_id: str, incident: Incident) -> OngoingLine:
    newest = incident.newest_status_post
    post = await desk.chat.post(newest.id) if newest else None
    names = await usernames(desk, incident.commander_id)
    return OngoingLine(
        name=incident.name,
        link=await _link(desk, incident.team_id, incident.channel_id),
        commander=names[incident.commander_id],
        stage=incident.active_stage_title,
        start_at=incident.create_at,
        update=post.message[:_LONGEST_UPDATE] if post and not post.delete_at else "",
        update_at=newest.create_at if newest else Millis(0),
        is_overdue=incident.reminder_post_id != "",
        own_tasks=tuple(
            task.title
            for stage in incident.stages
            for task in stage.tasks
            if task.assignee_id == user_id and task.state is not TaskState.CLOSED
        ),
    )


async def _link(desk: Desk, team_id: str, channel_id: str) -> str:
    team = await desk.chat.team(team_id)
    channel = await desk.chat.channel(channel_id)
    if team is None or channel is None:
        return desk.site_url
    return f"{desk.site_url.rstrip('/')}/{team.name}/channels/{channel.name}"
