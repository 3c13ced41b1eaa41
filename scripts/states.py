"""The screens of states that the demonstration does not come to by itself, or that change it."""

from playwright.async_api import Page, WebSocketRoute

from scripts.screen_steps import (
    LATE,
    ONGOING,
    PRODUCT,
    TOWN_SQUARE,
    WIDE,
    Screen,
    Step,
    beside,
    key,
    of_last_post,
    panel_of,
    press,
    write,
)
from scripts.stage import CAREFUL, Set, Stage, save_anew

NARROW = ("narrow",)

_tasks = (beside, press("tab", "Tasks", "Details"))


def states(stage: Stage, things: Set) -> tuple[Screen, ...]:
    """The screens, the harmless ones first."""
    review = f"{PRODUCT}/incidents/{things.reviewed}?view=review"
    editor = f"{PRODUCT}/playbooks/{things.playbook}"
    return (
        Screen(name="invitation", path=f"/signup_user_complete?id={things.invitation}", who=""),
        Screen(name="sign-in-two-factor", path="/login", who="", steps=(_sign_in(stage),)),
        *_inside_mattermost(),
        *_talk(),
        *_playbooks(stage, things, editor),
        *_incidents(things, review),
        Screen(name="imported", path=f"{PRODUCT}/incidents/{things.imported}", who="ines"),
        Screen(name="archived-team", path="/admin?tab=teams", who="ines"),
        Screen(name="admin-bots", path="/admin?tab=tools", who="ines", steps=(_bring_into_view("Bots"),)),
        Screen(name="channel-from-outside", path="/{team}/channels/brand"),
        Screen(
            name="task-deleted",
            path=LATE,
            steps=(*_tasks, press("button", "More for", "Details"), press("menuitem", "Delete task")),
            who="priya",
        ),
        Screen(name="connection-lost", path=ONGOING, steps=(_lose_connection,)),
    )


def _inside_mattermost() -> tuple[Screen, ...]:
    async def open_panel(page: Page) -> None:
        await page.get_by_title("Incidents").click()
        await page.get_by_text("Your Ongoing Incidents").first.wait_for()

    async def open_incident(page: Page) -> None:
        await page.get_by_role("tab", name="Summary").wait_for()

    async def open_playbooks(page: Page) -> None:
        await page.get_by_role("button", name="Playbooks & Incidents").click()
        await page.get_by_role("heading", name="Playbooks").wait_for()

    return tuple(
        Screen(name=name, path=path, steps=(step,), sizes=WIDE, themes=("light",), is_in_mattermost=True)
        for name, path, step in (
            ("mattermost-list", "/{team}/channels/payments", open_panel),
            ("mattermost-incident", ONGOING, open_incident),
            ("mattermost-playbooks", "/{team}/channels/payments", open_playbooks),
        )
    )


def _talk() -> tuple[Screen, ...]:
    payments = "/{team}/channels/payments"
    return (
        Screen(name="picture-in-post", path=ONGOING, steps=(_at_latest,), sizes=NARROW),
        Screen(name="saved", path=TOWN_SQUARE, steps=(panel_of("Saved posts"),)),
        Screen(name="reminder", path="/{team}/channels/backups-fail", steps=(_reminded,)),
        Screen(name="picture", path=ONGOING, steps=(_at_latest, press("button", "Open picture"))),
        Screen(name="edit-post", path=payments, steps=_own_post("Edit"), who="yuki"),
        Screen(name="delete-post", path=payments, steps=_own_post("Delete"), who="yuki"),
        Screen(name="complete-mention", path=payments, steps=(write("Who knows? @le", "Write to Payments"),)),
        Screen(
            name="complete-emoji", path=payments, steps=(write(":tad", "Write to Payments"),), sizes=NARROW
        ),
        Screen(
            name="search-nothing",
            path=TOWN_SQUARE,
            steps=(press("button", "Search"), write("volcano", "Search posts"), key("Enter")),
        ),
        Screen(
            name="required",
            path=TOWN_SQUARE,
            steps=(
                press("button", "Incidents"),
                press("button", "Start Incident", "Details"),
                _submit,
            ),
        ),
    )


def _playbooks(stage: Stage, things: Set, editor: str) -> tuple[Screen, ...]:
    async def saved_by_another(page: Page) -> None:
        save_anew(stage, "priya", things.playbook)
        await page.get_by_text("saved this playbook while").first.wait_for()

    return (
        Screen(
            name="playbook-people",
            path=editor,
            steps=(press("button", "Add People", "Permissions"),),
            sizes=WIDE,
        ),
        Screen(name="proposals", path=editor, steps=(press("tab", "Proposals"),)),
        Screen(name="playbook-conflict", path=editor, steps=(_rename_task, saved_by_another)),
        Screen(
            name="playbook-deletion",
            path=f"{PRODUCT}/playbooks",
            steps=(press("button", "Actions on Vendor"), press("menuitem", "Delete")),
        ),
        Screen(name="rehearse-playbook", path=f"{PRODUCT}/rehearse/playbook/{things.playbook}"),
    )


def _incidents(things: Set, review: str) -> tuple[Screen, ...]:
    return (
        Screen(name="score-sheet", path=f"{PRODUCT}/incidents/{things.rehearsed}"),
        Screen(name="review-document", path=review, steps=(_bring_into_view("Review document"),)),
        Screen(
            name="review-writing",
            path=review,
            steps=(
                press("button", "Write$"),
                press("button", "Preview"),
                _bring_into_view("Review document"),
            ),
        ),
        Screen(name="review-follow-ups", path=review, steps=(_bring_into_view("Follow-ups"),)),
        Screen(name="review-gaps", path=review, steps=(_bring_into_view("Gaps"), _open_evidence)),
        Screen(name="dashboard-of-playbook", path=f"{PRODUCT}/dashboard?playbook={things.playbook}"),
        Screen(name="dashboard-none-match", path=f"{PRODUCT}/dashboard?from=2001-01-01&to=2001-01-02"),
    )


def _sign_in(stage: Stage) -> Step:
    """Name and password are right, and a code is asked for."""

    async def step(page: Page) -> None:
        await page.get_by_label("Username or e-mail").fill(CAREFUL)
        await page.get_by_label("Password").fill(stage.password_of(CAREFUL))
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await page.get_by_label("Code").wait_for()

    return step


async def _reminded(page: Page) -> None:
    await page.get_by_role("log", name="Posts").get_by_text("please provide an update").wait_for()


async def _at_latest(page: Page) -> None:
    await page.get_by_role("log", name="Posts").get_by_role("button", name="Open picture").wait_for()


def _own_post(choice: str) -> tuple[Step, ...]:
    return (of_last_post("More about this post"), press("menuitem", choice))


async def _submit(page: Page) -> None:
    await page.get_by_role("dialog").get_by_role("button", name="Start Incident").click()


async def _rename_task(page: Page) -> None:
    await page.get_by_role("textbox", name="Task Name").first.fill("Ask who else has it, and since when")


def _bring_into_view(region: str) -> Step:
    async def step(page: Page) -> None:
        await page.get_by_role("region", name=region).evaluate("(it) => it.scrollIntoView()")

    return step


async def _open_evidence(page: Page) -> None:
    await page.get_by_text("What this rests on").first.click()


async def _lose_connection(page: Page) -> None:
    """The browser is offline, and the socket closed, which would be missed only at the next ping."""
    sockets: list[WebSocketRoute] = []

    def connect(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    await page.route_web_socket("**/api/v4/websocket*", connect)
    await page.reload()
    box = page.get_by_role("textbox", name="Write to Tracking")
    await box.fill("Half of them are through.")
    await page.get_by_role("log", name="Posts").get_by_text("Sam Ortiz").last.wait_for()
    await page.wait_for_load_state("networkidle")
    await page.context.set_offline(True)
    for socket in sockets:
        await socket.close()
    await page.get_by_role("button", name="Send", exact=True).click()
    await page.get_by_text("Not sent yet").wait_for()
    await page.get_by_text("Connection lost").wait_for()
