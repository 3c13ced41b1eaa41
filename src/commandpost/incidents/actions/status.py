"""Status updates: telling everybody how it stands, and when to tell them again."""

from commandpost.incidents import dialogs, wording
from commandpost.incidents.actions import access
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.actions.rehearsing.replaying import remind_after_ms
from commandpost.incidents.events import IncidentUpdated, ReminderSet
from commandpost.incidents.model.duration import duration_text
from commandpost.incidents.model.incident import AlreadyEnded, Incident
from commandpost.incidents.model.status_update import StatusPost, StatusUpdate
from commandpost.incidents.model.timeline import StatusUpdated
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Channel, ChannelType, Desk, Post
from commandpost.incidents.store import changes, reminders, status_posts
from commandpost.kernel.clock import Millis


async def update(desk: Desk, who: Actor, incident_id: str, wanted: StatusUpdate) -> Incident:
    """Post a status update as `who`, copy it to the broadcast channel, set or cancel the reminder.

    Raises NotAuthorized, IncidentUnknown, AlreadyEnded, TextTooLong, TextUnstorable, ReminderOutOfRange,
    and what the chat refuses of the post.
    """
    incident = await access.locked(desk, who, incident_id, Act.UPDATE_STATUS)
    if not incident.is_active:
        raise AlreadyEnded
    status = wanted.checked()
    post = await desk.chat.post_as(who.user_id, incident.channel_id, status.message)
    copy_id = await _broadcast(desk, who, incident, post)
    status_post = StatusPost(id=post.id, create_at=post.create_at)
    updated = incident.updated(status_post, remind_after_s=status.remind_after_s)
    await status_posts.insert(desk.work, incident.id, status_post)
    entry = StatusUpdated(post_id=post.id, remind_after_s=status.remind_after_s, broadcast_post_id=copy_id)
    saved = await changes.save(
        desk.work, incident, updated, actor_id=who.user_id, at=desk.now, payloads=[entry]
    )
    desk.tell(IncidentUpdated(incident=saved))
    await _set_reminder(desk, incident, status.remind_after_s)
    if incident.reminder_post_id:
        await desk.chat.delete_post(incident.reminder_post_id)
    return saved


async def open_dialog(desk: Desk, who: Actor, incident_id: str, trigger_id: str) -> None:
    """Show the dialog for a status update, prefilled.

    Raises NotAuthorized, IncidentUnknown, AlreadyEnded, Invalid.
    """
    incident = await access.opened(desk, who, incident_id)
    if not incident.is_active:
        raise AlreadyEnded
    broadcast = await _broadcast_channel(desk, incident)
    team = await desk.chat.team(broadcast.team_id) if broadcast and broadcast.team_id else None
    dialog = dialogs.update_status(
        incident,
        broadcast=broadcast,
        broadcast_team=team,
        message=await prefilled(desk, incident),
        offers_short_reminders=desk.offers_short_reminders,
    )
    await desk.chat.open_dialog(who.user_id, trigger_id, dialog)


async def prefilled(desk: Desk, incident: Incident) -> str:
    """The text a new status update begins with: the newest one as it reads now, else the template."""
    newest = incident.newest_status_post
    post = await desk.chat.post(newest.id) if newest else None
    return post.message if post else incident.reminder_message_template


async def _set_reminder(desk: Desk, incident: Incident, remind_after_s: int) -> None:
    if not remind_after_s:
        await reminders.cancel(desk.work, incident.id)
        return
    due_at = Millis(desk.now + await remind_after_ms(desk, incident, remind_after_s))
    await reminders.set_due(desk.work, incident.id, due_at)
    desk.tell(ReminderSet(incident_id=incident.id, due_at=due_at))


async def _broadcast_channel(desk: Desk, incident: Incident) -> Channel | None:
    if not incident.broadcast_channel_id:
        return None
    channel = await desk.chat.channel(incident.broadcast_channel_id)
    return None if channel is None or channel.delete_at else channel


async def _broadcast(desk: Desk, who: Actor, incident: Incident, post: Post) -> str:
    """The id of the copy; "" where there is nowhere to put one."""
    target = await _broadcast_channel(desk, incident)
    if target is None:
        return ""
    channel = await desk.chat.channel(incident.channel_id)
    team = await desk.chat.team(incident.team_id)
    assert channel is not None and team is not None
    names = await usernames(desk, who.user_id)
    is_public = channel.type is ChannelType.PUBLIC
    text = wording.broadcast(
        channel_title=channel.display_name if is_public else wording.PRIVATE_INCIDENT,
        link=f"/{team.name}/pl/{post.id}",
        author=names[who.user_id],
        duration=duration_text(desk.now - incident.create_at),
        message=post.message,
    )
    return (await desk.chat.post_as_bot(target.id, text)).id
