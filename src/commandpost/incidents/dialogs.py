"""The four dialogs of the product, as values."""

import json

from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.naming import NAME_LIMIT
from commandpost.incidents.model.playbook import PlaybookSummary
from commandpost.incidents.model.reminder import OPTIONS, OPTIONS_FOR_TESTING
from commandpost.incidents.ports import (
    Channel,
    ChannelType,
    Dialog,
    DialogElement,
    DialogOption,
    Team,
    User,
)
from commandpost.incidents.wording import original_post

PLUGIN_ID = "com.mattermost.plugin-incident-management"
ROUTES = f"/plugins/{PLUGIN_ID}/api/v0"
"""Where the product's routes begin; dialogs and buttons point there."""

DESCRIPTION_LIMIT = 1024
"""An incident's description becomes the header of its channel, which holds no more."""


def incident_url(incident_id: str, route: str) -> str:
    """The path of a route below an incident."""
    return f"{ROUTES}/incidents/{incident_id}/{route}"


def post_link(site_url: str, post_id: str) -> str:
    """An address that leads to a post from any team."""
    return f"{site_url}/_redirect/pl/{post_id}"


def incident_page_url(site_url: str, team: Team, incident_id: str) -> str:
    """The address of an incident's page."""
    return f"{site_url.rstrip('/')}/{team.name}/{PLUGIN_ID}/incidents/{incident_id}"


def new_playbook_url(site_url: str, team: Team) -> str:
    """The address of the form for a new playbook."""
    return f"{site_url}/{team.name}/{PLUGIN_ID}/playbooks/new"


def start_incident(
    *,
    commander: User,
    playbooks: tuple[PlaybookSummary, ...],
    playbooks_url: str,
    post_id: str,
    post_url: str,
    client_id: str,
) -> Dialog:
    """`playbooks_url` leads to the form for a new playbook, "" leaves that link out."""
    names = (commander.first_name, commander.last_name)
    leader = " ".join(names) if all(names) else f"@{commander.username}"
    introduction = f"**Commander:** {leader}\n\nPlaybooks are necessary to start an incident."
    if playbooks_url:
        introduction += f" [Create a playbook.]({playbooks_url})"
    return Dialog(
        url=f"{ROUTES}/incidents/dialog",
        title="Incident Details",
        introduction_text=introduction,
        submit_label="Start Incident",
        state=json.dumps({"post_id": post_id, "client_id": client_id}),
        elements=(
            DialogElement(
                display_name="Playbook",
                name="playbookID",
                type="select",
                options=tuple(DialogOption(text=p.title, value=p.id) for p in playbooks),
            ),
            DialogElement(
                display_name="Incident Name",
                name="incidentName",
                type="text",
                min_length=2,
                max_length=NAME_LIMIT,
            ),
            DialogElement(
                display_name="Incident Description",
                name="incidentDescription",
                type="textarea",
                default=original_post(post_url) if post_id else "",
                optional=True,
                max_length=DESCRIPTION_LIMIT,
            ),
        ),
    )


def end_incident(incident: Incident) -> Dialog:
    return Dialog(
        url=incident_url(incident.id, "end"),
        title="Confirm End Incident",
        introduction_text=(
            "Ending the incident stops the duration timer and notifies the channel that the incident has"
            " ended. It remains possible to change stages and complete steps, or even restart the incident."
        ),
        submit_label="Confirm",
        state=incident.id,
    )


def next_stage(incident: Incident, position: int) -> Dialog:
    """Asks whether to go to the stage at that position though tasks are open."""
    return Dialog(
        url=incident_url(incident.id, "next-stage-dialog"),
        title="Not all tasks in this stage are complete.",
        introduction_text="Are you sure you want to advance to the next stage?",
        submit_label="Confirm",
        state=str(position),
    )


def update_status(
    incident: Incident,
    *,
    broadcast: Channel | None,
    broadcast_team: Team | None,
    message: str,
    offers_short_reminders: bool,
) -> Dialog:
    """`broadcast` is the channel that gets a copy, whose team is `broadcast_team`; None for no copy."""
    options = OPTIONS_FOR_TESTING if offers_short_reminders else OPTIONS
    return Dialog(
        url=incident_url(incident.id, "update-status-dialog"),
        title="Update Incident Status",
        introduction_text="Update your incident status." + _broadcast_sentence(broadcast, broadcast_team),
        submit_label="Update Status",
        elements=(
            DialogElement(display_name="Message", name="message", type="textarea", default=message),
            DialogElement(
                display_name="Reminder for next update",
                name="reminder",
                type="select",
                default=str(incident.previous_reminder_s),
                optional=True,
                options=tuple(DialogOption(text=o.label, value=str(o.seconds)) for o in options),
            ),
        ),
    )


def _broadcast_sentence(channel: Channel | None, team: Team | None) -> str:
    if channel is None:
        return ""
    if channel.type is ChannelType.PUBLIC and team is not None:
        target = f"[{channel.display_name}](/{team.name}/channels/{channel.id})"
    else:
        target = "a private channel"
    return f" This post will be broadcasted to {target}."
