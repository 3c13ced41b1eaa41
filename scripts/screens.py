"""The screens that docs/ shows: who looks, at which address, and what is pressed there.

A screen is one line in one of the lists below. What needs more than the demonstration is in states.py;
screenshots.py takes the pictures.
"""

from scripts.screen_steps import (
    ALL_THEMES,
    ANNOUNCED,
    ENDED,
    ONGOING,
    PRODUCT,
    TOWN_SQUARE,
    WIDE,
    Screen,
    beside,
    channel_menu_in_sidebar,
    channels,
    entry,
    follow,
    key,
    of_last_post,
    panel_of,
    press,
    rename,
    write,
)

_tasks = (beside, press("tab", "Tasks", "Details"))
_outage = follow("Service outage")

NEW_SERVER = (Screen(name="first-account", path="/", who=""),)

EMPTY_SERVER = (
    Screen(name="empty-playbooks", path=f"{PRODUCT}/playbooks"),
    Screen(name="empty-incidents", path=f"{PRODUCT}/incidents"),
    Screen(name="empty-panel", path=TOWN_SQUARE, steps=(press("button", "Incidents"),)),
    Screen(name="empty-mentions", path=TOWN_SQUARE, steps=(press("button", "Recent mentions"),), sizes=WIDE),
    Screen(name="empty-dashboard", path=f"{PRODUCT}/dashboard"),
    Screen(name="sign-in-provider", path="/login", who=""),
)

DEMONSTRATION = (
    Screen(name="sign-in", path="/login", who=""),
    Screen(name="forgotten-password", path="/reset_password", who=""),
    Screen(name="sign-in-refused", path="/login?refused=no_account", who=""),
    Screen(name="new-password", path="/reset_password_complete?token=nobody-knows", who=""),
    Screen(name="invitation-dead", path="/signup_user_complete?id=nobody-knows", who=""),
    Screen(name="teams", path="/select_team"),
    # The talk.
    Screen(name="channel", path="/{team}/channels/payments"),
    Screen(name="sidebar", path=TOWN_SQUARE, steps=(channels,), sizes=("narrow",)),
    Screen(name="main-menu", path=TOWN_SQUARE, steps=(channels, press("button", "Parcels"))),
    Screen(name="invite", path=TOWN_SQUARE, steps=(channels, *entry("Invite people", "Parcels"))),
    Screen(name="status", path=TOWN_SQUARE, steps=(channels, *entry("Your status", "Parcels"))),
    Screen(name="leave-team", path=TOWN_SQUARE, steps=(channels, *entry("Leave team", "Parcels"))),
    Screen(
        name="category-menu",
        path=TOWN_SQUARE,
        steps=(channels, press("button", "More about Channels")),
        sizes=("narrow",),
    ),
    Screen(name="channel-row-menu", path=TOWN_SQUARE, steps=(channel_menu_in_sidebar,), sizes=WIDE),
    Screen(
        name="move-channel",
        path=TOWN_SQUARE,
        steps=entry("Move to a category", "Town Square"),
        sizes=("narrow",),
    ),
    Screen(name="edit-channel", path="/{team}/channels/payments", steps=entry("Edit channel", "Payments")),
    Screen(
        name="archive-channel", path="/{team}/channels/payments", steps=entry("Archive channel", "Payments")
    ),
    Screen(name="person", path=TOWN_SQUARE, steps=(press("button", "Tom Becker"),)),
    Screen(
        name="start-incident-from-post",
        path="/{team}/channels/payments",
        steps=(of_last_post("More about this post"), press("menuitem", "Start incident")),
    ),
    Screen(name="post-menu", path="/{team}/channels/payments", steps=(of_last_post("More about this post"),)),
    Screen(
        name="slash-commands",
        path="/{team}/channels/platform",
        steps=(write("/incident ", "Write to Platform"),),
    ),
    Screen(
        name="ephemeral",
        path=ONGOING,
        steps=(write("/incident check info", "Write to Tracking"), press("button", "Send$")),
    ),
    Screen(name="broadcast", path=ANNOUNCED),
    Screen(name="thread", path="/{team}/channels/payments", steps=(of_last_post("Reply"),)),
    Screen(
        name="search",
        path=TOWN_SQUARE,
        steps=(press("button", "Search"), write("checkout", "Search posts"), key("Enter")),
    ),
    Screen(name="members", path=TOWN_SQUARE, steps=(panel_of("Members"),)),
    Screen(name="pinned", path=TOWN_SQUARE, steps=(panel_of("Pinned posts"),)),
    Screen(name="mentions", path=TOWN_SQUARE, steps=(panel_of("Recent mentions"),)),
    Screen(name="empty-saved", path=TOWN_SQUARE, steps=(panel_of("Saved posts"),), sizes=WIDE),
    Screen(name="emoji", path=TOWN_SQUARE, steps=(press("button", "Insert emoji"),)),
    Screen(name="switcher", path=TOWN_SQUARE, steps=(channels, press("button", "Find channel"))),
    Screen(
        name="browse-channels",
        path=TOWN_SQUARE,
        steps=(channels, press("button", "Add channels"), press("menuitem", "Browse channels")),
    ),
    Screen(
        name="create-channel",
        path=TOWN_SQUARE,
        steps=(channels, press("button", "Add channels"), press("menuitem", "Create channel")),
    ),
    Screen(
        name="direct-messages",
        path=TOWN_SQUARE,
        steps=(channels, press("button", "Add channels"), press("menuitem", "New message")),
    ),
    Screen(name="channel-menu", path=TOWN_SQUARE, steps=(press("button", "Town Square"),)),
    Screen(
        name="shortcuts",
        path=TOWN_SQUARE,
        steps=(channels, press("button", "Parcels"), press("menuitem", "Keyboard shortcuts")),
    ),
    # Incidents beside it.
    Screen(name="ongoing", path=TOWN_SQUARE, steps=(press("button", "Incidents"),)),
    Screen(
        name="start-incident",
        path=TOWN_SQUARE,
        steps=(press("button", "Incidents"), press("button", "Start Incident", "Details")),
    ),
    Screen(name="summary", path=ONGOING, steps=(beside,), themes=ALL_THEMES),
    Screen(name="commander", path=ONGOING, steps=(beside, press("button", "Commander:", "Details"))),
    Screen(name="update-status", path=ONGOING, steps=(beside, press("button", "Update Status", "Details"))),
    Screen(name="tasks", path=ONGOING, steps=_tasks, themes=ALL_THEMES),
    Screen(name="assignee", path=ONGOING, steps=(*_tasks, press("button", "Assignee of", "Details"))),
    Screen(name="description", path=ONGOING, steps=(*_tasks, press("button", "Description of", "Details"))),
    Screen(name="task-menu", path=ONGOING, steps=(*_tasks, press("button", "More for", "Details"))),
    Screen(name="add-task", path=ONGOING, steps=(*_tasks, press("button", "Add task", "Details"))),
    Screen(name="stage-menu", path=ONGOING, steps=(*_tasks, press("button", "More$", "Details"))),
    Screen(name="next-stage", path=ONGOING, steps=(*_tasks, press("button", "Next Stage", "Details"))),
    Screen(
        name="end-incident",
        path=ONGOING,
        steps=(*_tasks, press("button", "More$", "Details"), press("menuitem", "End Incident")),
    ),
    Screen(name="ended", path=ENDED, steps=_tasks),
    # Playbooks & Incidents.
    Screen(name="playbooks", path=f"{PRODUCT}/playbooks"),
    Screen(name="playbook-actions", path=f"{PRODUCT}/playbooks", steps=(press("button", "Actions on"),)),
    Screen(name="playbook", path=f"{PRODUCT}/playbooks", steps=(_outage,), themes=ALL_THEMES),
    Screen(
        name="playbook-command",
        path=f"{PRODUCT}/playbooks/new",
        steps=(press("button", "Add a Slash Command"), write("/inc", "Slash Command")),
    ),
    Screen(
        name="playbook-preferences",
        path=f"{PRODUCT}/playbooks",
        steps=(_outage, press("tab", "Preferences")),
    ),
    Screen(
        name="playbook-permissions",
        path=f"{PRODUCT}/playbooks",
        steps=(_outage, press("tab", "Permissions")),
        sizes=("narrow",),
    ),
    Screen(
        name="playbook-from-template",
        path=f"{PRODUCT}/playbooks/new?template_title=Incident%20Management%20Playbook",
    ),
    Screen(
        name="playbook-proposals", path=f"{PRODUCT}/playbooks", steps=(_outage, press("tab", "Proposals"))
    ),
    Screen(
        name="playbook-unsaved",
        path=f"{PRODUCT}/playbooks",
        steps=(_outage, rename, press("button", "Back")),
    ),
    Screen(name="incidents", path=f"{PRODUCT}/incidents?show=all"),
    Screen(name="incidents-none-found", path=f"{PRODUCT}/incidents?show=all&search=volcano"),
    Screen(
        name="incident",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(follow("Checkout takes over 20 seconds"),),
        themes=ALL_THEMES,
    ),
    Screen(
        name="incident-table",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(follow("Checkout takes over 20 seconds"), press("button", "Show as table")),
    ),
    Screen(
        name="incident-export",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(follow("Checkout takes over 20 seconds"), press("button", "Export Channel Log")),
    ),
    Screen(
        name="incident-from-outside",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(follow("Partners get our webhooks late"),),
    ),
    Screen(
        name="incident-dates", path=f"{PRODUCT}/incidents?show=all", steps=(press("button", "Start date"),)
    ),
    Screen(
        name="rehearse",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(follow("Checkout takes over 20 seconds"), press("button", "Rehearse")),
    ),
    Screen(
        name="incident-review",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(follow("Checkout takes over 20 seconds"), press("tab", "Review")),
    ),
    Screen(name="dashboard", path=f"{PRODUCT}/dashboard"),
    # Ways on from where nothing is.
    Screen(name="incident-not-found", path=f"{PRODUCT}/error?type=incidents"),
    Screen(name="playbook-not-found", path=f"{PRODUCT}/playbooks/nosuchplaybook0000000000000"),
    Screen(name="page-not-found", path="/{team}/nowhere/at/all"),
    Screen(name="channel-not-found", path="/{team}/channels/nowhere"),
    Screen(name="team-not-found", path="/nowhere/channels/town-square"),
    Screen(name="not-permitted", path="/admin"),
    # One's account, and administration.
    Screen(name="two-factor", path="/account?tab=security", steps=(press("button", "Set up two-factor"),)),
    *(
        Screen(name=f"account-{tab}", path=f"/account?tab={tab}")
        for tab in ("profile", "security", "notifications", "looks")
    ),
    *(
        Screen(name=f"admin-{tab}", path=f"/admin?tab={tab}", who="ines")
        for tab in ("users", "teams", "incidents", "alerts", "integrations", "tools", "server")
    ),
    Screen(
        name="admin-user-menu",
        path="/admin?tab=users",
        steps=(press("button", "Actions for tom"),),
        who="ines",
    ),
    Screen(
        name="admin-sessions",
        path="/admin?tab=users",
        steps=entry("Sessions", "Actions for marco"),
        who="ines",
    ),
    # At the end, for an incident of its own comes of it.
    Screen(
        name="rehearsal",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(
            follow("Checkout takes over 20 seconds"),
            press("button", "Rehearse"),
            press("button", "Begin the rehearsal"),
        ),
        who="priya",
    ),
)
