"""The screens that docs/ shows: who looks, at which address, and what is pressed there.

A screen is one line in one of the lists below; scripts/screenshots.py takes the pictures.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Locator, Page

Step = Callable[[Page], Awaitable[None]]

PRODUCT = "/{team}/com.mattermost.plugin-incident-management"
WIDE = ("wide",)
EVERYWHERE = ("wide", "narrow")

_ONGOING = "/{team}/channels/tracking-shows-yesterdays-positions"
_LATE = "/{team}/channels/partners-get-our-webhooks-late"
_ENDED = "/{team}/channels/checkout-takes-over-20-seconds"
_ANNOUNCED = "/{team}/channels/incident-updates"
_TOWN_SQUARE = "/{team}/channels/town-square"


@dataclass(frozen=True, kw_only=True)
class Screen:
    """`path` may hold {team}; the steps are done in order, in each of the sizes."""

    name: str
    path: str
    steps: tuple[Step, ...] = ()
    sizes: tuple[str, ...] = EVERYWHERE
    who: str = "marco"
    """Who looks; nobody in particular is ""."""


def _press(role: str, name: str, within: str | None = None) -> Step:
    """Press what has the role and a name that begins so; `within` is the name of the place it is in."""

    async def step(page: Page) -> None:
        await _found(page, role, name, within).click()

    return step


def _found(page: Page, role: str, name: str, within: str | None) -> Locator:
    place = page.get_by_label(within, exact=True) if within else page
    words = name.replace("\\", "\\\\").replace('"', '\\"')
    return place.locator(f"role={role}[name=/^{words}/i]").first


def _write(text: str, into: str) -> Step:
    async def step(page: Page) -> None:
        field = page.get_by_role("textbox", name=into).or_(page.get_by_role("combobox", name=into)).last
        await field.fill("")
        await field.press_sequentially(text)

    return step


def _key(name: str) -> Step:
    async def step(page: Page) -> None:
        await page.keyboard.press(name)

    return step


def _of_last_post(button: str) -> Step:
    """Point at the last post, which shows what can be done with it, and press one of these buttons."""

    async def step(page: Page) -> None:
        await page.get_by_role("log", name="Posts").get_by_role("article").last.hover()
        await page.get_by_role("button", name=button, exact=True).last.click()

    return step


def _open(name: str) -> Step:
    """Follow a link of the page itself; the sidebar may have one of the same name."""

    async def step(page: Page) -> None:
        await page.get_by_role("main").get_by_role("link", name=name, exact=True).click()

    return step


async def _panel(page: Page) -> None:
    """The incident beside the talk: it is there by itself where there is room."""
    details = page.get_by_label("Details", exact=True)
    button = page.get_by_role("button", name="Incidents", exact=True)
    await button.wait_for()
    if (page.viewport_size or {"width": 0})["width"] < 500:
        await button.click()
    await details.get_by_role("tab", name="Summary").wait_for()


async def _sidebar(page: Page) -> None:
    """The channels and the main menu: on a phone they are a page of their own."""
    if (page.viewport_size or {"width": 0})["width"] < 500:
        await page.get_by_role("button", name="Show channels").click()


def _entry(entry: str, of: str) -> tuple[Step, ...]:
    """Open the menu of a button and choose an entry."""
    return (_press("button", of), _press("menuitem", entry))


async def _channel_menu_in_sidebar(page: Page) -> None:
    """What can be done with a channel where it stands in the sidebar: a pointer shows it."""
    row = page.get_by_role("navigation").get_by_role("link", name="Off-Topic")
    await row.hover()
    await page.get_by_role("navigation").get_by_role("button", name="More about Off-Topic").click()


async def _rename(page: Page) -> None:
    await page.get_by_role("textbox", name="Task Name").first.fill("Say what customers can see")


_tasks = (_panel, _press("tab", "Tasks", "Details"))
_outage = _open("Service outage")

NEW_SERVER = (Screen(name="first-account", path="/", who=""),)

EMPTY_SERVER = (
    Screen(name="empty-playbooks", path=f"{PRODUCT}/playbooks"),
    Screen(name="empty-incidents", path=f"{PRODUCT}/incidents"),
    Screen(name="empty-panel", path=_TOWN_SQUARE, steps=(_press("button", "Incidents"),)),
    Screen(
        name="empty-mentions", path=_TOWN_SQUARE, steps=(_press("button", "Recent mentions"),), sizes=WIDE
    ),
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
    Screen(name="sidebar", path=_TOWN_SQUARE, steps=(_sidebar,), sizes=("narrow",)),
    Screen(name="main-menu", path=_TOWN_SQUARE, steps=(_sidebar, _press("button", "Parcels"))),
    Screen(name="invite", path=_TOWN_SQUARE, steps=(_sidebar, *_entry("Invite people", "Parcels"))),
    Screen(name="status", path=_TOWN_SQUARE, steps=(_sidebar, *_entry("Your status", "Parcels"))),
    Screen(name="leave-team", path=_TOWN_SQUARE, steps=(_sidebar, *_entry("Leave team", "Parcels"))),
    Screen(
        name="category-menu",
        path=_TOWN_SQUARE,
        steps=(_sidebar, _press("button", "More about Channels")),
        sizes=("narrow",),
    ),
    Screen(name="channel-row-menu", path=_TOWN_SQUARE, steps=(_channel_menu_in_sidebar,), sizes=WIDE),
    Screen(
        name="move-channel",
        path=_TOWN_SQUARE,
        steps=_entry("Move to a category", "Town Square"),
        sizes=("narrow",),
    ),
    Screen(name="edit-channel", path="/{team}/channels/payments", steps=_entry("Edit channel", "Payments")),
    Screen(
        name="archive-channel", path="/{team}/channels/payments", steps=_entry("Archive channel", "Payments")
    ),
    Screen(name="person", path=_TOWN_SQUARE, steps=(_press("button", "Tom Becker"),)),
    Screen(
        name="start-incident-from-post",
        path="/{team}/channels/payments",
        steps=(_of_last_post("More about this post"), _press("menuitem", "Start incident")),
    ),
    Screen(
        name="post-menu", path="/{team}/channels/payments", steps=(_of_last_post("More about this post"),)
    ),
    Screen(
        name="slash-commands",
        path="/{team}/channels/platform",
        steps=(_write("/incident ", "Write to Platform"),),
    ),
    Screen(
        name="ephemeral",
        path=_ONGOING,
        steps=(_write("/incident check info", "Write to Tracking"), _press("button", "Send$")),
    ),
    Screen(name="broadcast", path=_ANNOUNCED),
    Screen(name="thread", path="/{team}/channels/payments", steps=(_of_last_post("Reply"),)),
    Screen(
        name="search",
        path=_TOWN_SQUARE,
        steps=(_press("button", "Search"), _write("checkout", "Search posts"), _key("Enter")),
    ),
    Screen(name="members", path=_TOWN_SQUARE, steps=(_press("button", "Members"),), sizes=WIDE),
    Screen(name="pinned", path=_TOWN_SQUARE, steps=(_press("button", "Pinned posts"),), sizes=WIDE),
    Screen(name="mentions", path=_TOWN_SQUARE, steps=(_press("button", "Recent mentions"),), sizes=WIDE),
    Screen(name="saved", path=_TOWN_SQUARE, steps=(_press("button", "Saved posts"),), sizes=WIDE),
    Screen(name="emoji", path=_TOWN_SQUARE, steps=(_press("button", "Insert emoji"),)),
    Screen(name="switcher", path=_TOWN_SQUARE, steps=(_sidebar, _press("button", "Find channel"))),
    Screen(
        name="browse-channels",
        path=_TOWN_SQUARE,
        steps=(_sidebar, _press("button", "Add channels"), _press("menuitem", "Browse channels")),
    ),
    Screen(
        name="create-channel",
        path=_TOWN_SQUARE,
        steps=(_sidebar, _press("button", "Add channels"), _press("menuitem", "Create channel")),
    ),
    Screen(
        name="direct-messages",
        path=_TOWN_SQUARE,
        steps=(_sidebar, _press("button", "Add channels"), _press("menuitem", "New message")),
    ),
    Screen(name="channel-menu", path=_TOWN_SQUARE, steps=(_press("button", "Town Square"),)),
    Screen(
        name="shortcuts",
        path=_TOWN_SQUARE,
        steps=(_sidebar, _press("button", "Parcels"), _press("menuitem", "Keyboard shortcuts")),
    ),
    # Incidents beside it.
    Screen(name="ongoing", path=_TOWN_SQUARE, steps=(_press("button", "Incidents"),)),
    Screen(
        name="start-incident",
        path=_TOWN_SQUARE,
        steps=(_press("button", "Incidents"), _press("button", "Start Incident", "Details")),
    ),
    Screen(name="summary", path=_ONGOING, steps=(_panel,)),
    Screen(name="commander", path=_ONGOING, steps=(_panel, _press("button", "Commander:", "Details"))),
    Screen(name="update-status", path=_ONGOING, steps=(_panel, _press("button", "Update Status", "Details"))),
    Screen(name="tasks", path=_ONGOING, steps=_tasks),
    Screen(name="assignee", path=_ONGOING, steps=(*_tasks, _press("button", "Assignee of", "Details"))),
    Screen(name="description", path=_ONGOING, steps=(*_tasks, _press("button", "Description of", "Details"))),
    Screen(name="task-menu", path=_ONGOING, steps=(*_tasks, _press("button", "More for", "Details"))),
    Screen(name="add-task", path=_ONGOING, steps=(*_tasks, _press("button", "Add task", "Details"))),
    Screen(name="stage-menu", path=_ONGOING, steps=(*_tasks, _press("button", "More$", "Details"))),
    Screen(name="next-stage", path=_ONGOING, steps=(*_tasks, _press("button", "Next Stage", "Details"))),
    Screen(
        name="end-incident",
        path=_ONGOING,
        steps=(*_tasks, _press("button", "More$", "Details"), _press("menuitem", "End Incident")),
    ),
    Screen(name="ended", path=_ENDED, steps=_tasks),
    # Playbooks & Incidents.
    Screen(name="playbooks", path=f"{PRODUCT}/playbooks"),
    Screen(name="playbook-actions", path=f"{PRODUCT}/playbooks", steps=(_press("button", "Actions on"),)),
    Screen(name="playbook", path=f"{PRODUCT}/playbooks", steps=(_outage,)),
    Screen(
        name="playbook-command",
        path=f"{PRODUCT}/playbooks/new",
        steps=(_press("button", "Add a Slash Command"), _write("/inc", "Slash Command")),
    ),
    Screen(
        name="playbook-preferences",
        path=f"{PRODUCT}/playbooks",
        steps=(_outage, _press("tab", "Preferences")),
    ),
    Screen(
        name="playbook-permissions",
        path=f"{PRODUCT}/playbooks",
        steps=(_outage, _press("tab", "Permissions")),
        sizes=("narrow",),
    ),
    Screen(
        name="playbook-from-template",
        path=f"{PRODUCT}/playbooks/new?template_title=Incident%20Management%20Playbook",
    ),
    Screen(
        name="playbook-proposals", path=f"{PRODUCT}/playbooks", steps=(_outage, _press("tab", "Proposals"))
    ),
    Screen(
        name="playbook-unsaved",
        path=f"{PRODUCT}/playbooks",
        steps=(_outage, _rename, _press("button", "Back")),
    ),
    Screen(name="incidents", path=f"{PRODUCT}/incidents?show=all"),
    Screen(name="incidents-none-found", path=f"{PRODUCT}/incidents?show=all&search=volcano"),
    Screen(
        name="incident",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(_open("Checkout takes over 20 seconds"),),
    ),
    Screen(
        name="incident-table",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(_open("Checkout takes over 20 seconds"), _press("button", "Show as table")),
    ),
    Screen(
        name="incident-export",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(_open("Checkout takes over 20 seconds"), _press("button", "Export Channel Log")),
    ),
    Screen(
        name="incident-from-outside",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(_open("Partners get our webhooks late"),),
    ),
    Screen(
        name="incident-dates", path=f"{PRODUCT}/incidents?show=all", steps=(_press("button", "Start date"),)
    ),
    Screen(
        name="rehearse",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(_open("Checkout takes over 20 seconds"), _press("button", "Rehearse")),
    ),
    Screen(
        name="incident-review",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(_open("Checkout takes over 20 seconds"), _press("tab", "Review")),
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
    Screen(name="two-factor", path="/account?tab=security", steps=(_press("button", "Set up two-factor"),)),
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
        steps=(_press("button", "Actions for tom"),),
        who="ines",
    ),
    Screen(
        name="admin-sessions",
        path="/admin?tab=users",
        steps=_entry("Sessions", "Actions for marco"),
        who="ines",
    ),
    # At the end, for an incident of its own comes of it.
    Screen(
        name="rehearsal",
        path=f"{PRODUCT}/incidents?show=all",
        steps=(
            _open("Checkout takes over 20 seconds"),
            _press("button", "Rehearse"),
            _press("button", "Begin the rehearsal"),
        ),
        who="priya",
    ),
)
