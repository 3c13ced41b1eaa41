"""The demonstration's three playbooks, as REST v0 takes them."""

from typing import Any


def _stage(title: str, *tasks: tuple[str, str, str]) -> dict[str, Any]:
    items = [
        {"title": task, "command": command, "description": description}
        for task, command, description in tasks
    ]
    return {"title": title, "items": items}


def _plain(*titles: str) -> list[tuple[str, str, str]]:
    return [(title, "", "") for title in titles]


BUILT_IN = {
    "title": "Incident Management Playbook",
    "create_public_incident": True,
    "checklists": [
        _stage(
            "Triage",
            ("Announce incident type and resources", '/echo ""', ""),
            *_plain(
                "Acknowledge alert",
                "Get alert info",
                "Invite escalators",
                "Determine priority",
                "Update alert priority",
            ),
            ("Create a JIRA ticket", "/jira create", ""),
            ("Find out who’s on call", "/genie whoisoncall", ""),  # noqa: RUF001 -- as the template spells it
            *_plain("Announce incident", "Invite on-call lead"),
        ),
        _stage(
            "Investigation",
            *_plain(
                "Perform initial investigation",
                "Escalate to other on-call members (optional)",
                "Escalate to other engineering teams (optional)",
            ),
        ),
        _stage(
            "Resolution",
            *_plain("Close alert"),
            ("End the incident", "/incident end", ""),
            *_plain(
                "Schedule a post-mortem",
                "Record post-mortem action items",
                "Update playbook with learnings",
            ),
            ("Export channel message history", "/export", ""),
            *_plain("Archive this channel"),
        ),
    ],
}

OUTAGE = {
    "title": "Service outage",
    "description": "Customers cannot use a part of the product, or it is too slow to be of use.",
    "create_public_incident": True,
    "reminder_timer_default_seconds": 1800,
    "reminder_message_template": "**What customers see:** \n**What we know:** \n**What we do next:** \n",
    "checklists": [
        _stage(
            "Assess",
            ("Say what customers see", "", "One sentence, without internal names."),
            ("Call the on-call engineer", "", "Numbers are in the **on-call** channel's header."),
            ("Open a bridge", '/echo "Bridge: https://meet.example.com/outage"', ""),
            ("Tell support what to answer", "", "Support posts it on the status page."),
        ),
        _stage(
            "Mitigate",
            ("Look at deployments of the last 24 hours", "", "Most outages begin with a change of ours."),
            ("Roll back or switch off what is suspected", "", "Rather too much than too little."),
            ("Check that customers see it mended", "", "Graphs first, then a real order."),
        ),
        _stage(
            "Learn",
            ("Thank everybody by name", "", ""),
            ("Set a date for the review", "", "Within five working days."),
            ("Write the timeline down while it is fresh", "", ""),
        ),
    ],
}

SECURITY = {
    "title": "Security incident",
    "description": "Somebody may have had access that they should not have. Private from the start.",
    "create_public_incident": False,
    "reminder_timer_default_seconds": 3600,
    "reminder_message_template": "**Scope:** \n**Contained:** yes / no\n**Next:** \n",
    "checklists": [
        _stage(
            "Contain",
            ("Keep evidence before changing anything", "", "Snapshot disks, save logs to the vault."),
            ("Revoke what was exposed", "", ""),
            ("Find out since when", "", ""),
        ),
        _stage(
            "Inform",
            ("Tell the data protection officer", "", "The 72 hours run from now."),
            ("Decide whether customers must be told", "", ""),
        ),
        _stage(
            "Harden",
            ("Close the way in", "", ""),
            ("Add a check that would have caught it", "", ""),
        ),
    ],
}
