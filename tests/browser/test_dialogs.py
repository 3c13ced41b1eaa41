"""Forms of integrations: a command of a server outside opens a dialog."""

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.axe import faults
from tests.browser.office import PHONE, Office
from tests.support.outside import Outside

ELEMENTS: list[dict[str, Any]] = [
    {"display_name": "What", "name": "what", "type": "text", "min_length": 3, "help_text": "In a few words"},
    {"display_name": "Mail", "name": "mail", "type": "text", "subtype": "email", "optional": True},
    {"display_name": "How many", "name": "count", "type": "text", "subtype": "number", "default": "2"},
    {"display_name": "Why", "name": "why", "type": "textarea", "optional": True},
    {
        "display_name": "Size",
        "name": "size",
        "type": "select",
        "options": [{"text": "Small", "value": "s"}, {"text": "Large", "value": "l"}],
    },
    {
        "display_name": "Speed",
        "name": "speed",
        "type": "radio",
        "options": [{"text": "Slow", "value": "1"}, {"text": "Fast", "value": "2"}],
    },
    {"display_name": "Terms", "name": "terms", "type": "bool", "placeholder": "I agree"},
    {"display_name": "Who", "name": "who", "type": "select", "data_source": "users"},
    {"display_name": "Where", "name": "where", "type": "select", "data_source": "channels", "optional": True},
]


async def opened(office: Office, outside: Outside, page: Page, **dialog: Any) -> None:
    """Type the command, and let the server outside open its dialog."""
    outside.asked.clear()
    outside.says({})
    await page.get_by_role("textbox", name="Write to Town Square").fill("/order")
    await page.get_by_role("button", name="Send", exact=True).click()
    await outside.times_asked(1)
    wanted = {
        "trigger_id": outside.asked[0].form["trigger_id"],
        "url": f"{outside.url}/submit",
        "dialog": {"callback_id": "cb", "title": "Order", "state": "kept", **dialog},
    }
    with office.as_(office.ana) as client:
        client.post("/api/v4/actions/dialogs/open", json=wanted).raise_for_status()
    await expect(page.get_by_role("heading", name="Order")).to_be_visible()


SCROLL_WHAT_IS_AROUND = """
    async (field) => {
        const scrolls = (it) =>
            it.scrollHeight > it.clientHeight && getComputedStyle(it).overflowY === "auto";
        let around = field.parentElement;
        while (!scrolls(around)) around = around.parentElement;
        const scroll = (step) => new Promise((scrolled) => {
            around.addEventListener("scroll", () => requestAnimationFrame(scrolled), { once: true });
            around.scrollTop += step;
        });
        const below = around.scrollHeight - around.clientHeight - around.scrollTop;
        const step = below >= 30 ? 30 : -30;
        await scroll(step);
        await scroll(-step);
    }
"""
"""There and back, until those who listen have heard of it: so little that the field stays in view, and so
much that it is under its list for a moment."""


BESIDE_EACH_OTHER = """
    ([field, list]) => {
        const [of, at] = [field, list].map((it) => it.getBoundingClientRect());
        return Math.max(at.top - of.bottom, of.top - at.bottom) < 15;
    }
"""


async def test_a_form_says_what_is_wrong_and_is_sent_once_all_is_well(
    office: Office, outside: Outside
) -> None:
    page = await office.page(office.ana, f"{office.path}/channels/town-square")
    await opened(
        office, outside, page, introduction_text="**Please** order", submit_label="Buy", elements=ELEMENTS
    )
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("What")).to_be_focused()
    assert await faults(page) == []

    await dialog.get_by_label("What").fill("ab")
    await dialog.get_by_label("Mail (optional)").fill("nobody")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("Minimum input length is 3.")).to_be_visible()
    await expect(dialog.get_by_text("Must be a valid email address.")).to_be_visible()
    await expect(dialog.get_by_text("This field is required.")).to_have_count(4)
    await expect(dialog.get_by_label("What")).to_be_focused()

    await dialog.get_by_label("What").fill("Glue")
    await dialog.get_by_label("Mail (optional)").fill("")
    await dialog.get_by_role("button", name="Size").click()
    await page.get_by_role("option", name="Large").click()
    await dialog.get_by_text("Fast").click()
    await dialog.get_by_text("I agree").click()
    who = dialog.get_by_role("combobox", name="Who")
    await who.focus()
    await page.keyboard.type(office.ben.username[0])
    ben = page.get_by_role("option", name=f"@{office.ben.username}")
    await expect(ben).to_be_visible()
    await who.evaluate(SCROLL_WHAT_IS_AROUND)
    both = [await one.element_handle() for one in (who, page.get_by_role("listbox"))]
    await page.wait_for_function(BESIDE_EACH_OTHER, arg=both)
    await page.keyboard.type(office.ben.username[1:])
    await expect(who).to_have_value(office.ben.username)
    await ben.click()
    outside.says({"error": "Closed today", "errors": {"what": "Sold out"}})
    await dialog.get_by_role("button", name="Buy").click()
    await expect(dialog.get_by_text("Closed today")).to_be_visible()
    await expect(dialog.get_by_text("Sold out")).to_be_visible()

    outside.says({})
    await dialog.get_by_label("What").press("Enter")
    await expect(dialog).to_have_count(0)
    sent = outside.asked[-1].json
    assert (sent["type"], sent["state"], sent["user_id"]) == ("dialog_submission", "kept", office.ana.id)
    assert sent["submission"] == {
        "what": "Glue",
        "mail": "",
        "count": 2,
        "why": "",
        "size": "l",
        "speed": "2",
        "terms": True,
        "who": office.ben.id,
        "where": None,
    }


async def test_buttons_and_menus_of_a_post_reach_the_integration(office: Office, outside: Outside) -> None:
    def action(name: str, **more: Any) -> dict[str, Any]:
        return {"id": name.lower(), "name": name, "integration": {"url": f"{outside.url}/did", **more}}

    size = {"type": "select", "options": [{"text": "Small", "value": "s"}, {"text": "Large", "value": "l"}]}
    actions = [action("Order", context={"of": "glue"}), action("Size") | size]
    kitchen = office.channel("kitchen")
    office.post(
        office.ana, kitchen, "Out of glue", props={"attachments": [{"text": "Hm", "actions": actions}]}
    )
    page = await office.page(office.ana, f"{office.path}/channels/kitchen", size=PHONE)

    outside.says({})
    await page.get_by_role("button", name="Size").click()
    await page.get_by_role("option", name="Large").click()
    await outside.times_asked(1)
    assert outside.asked[0].json["context"]["selected_option"] == "l"
    outside.says({"update": {"message": "Glue is ordered", "props": {}}, "ephemeral_text": "Two litres"})
    await page.get_by_role("button", name="Order").click()

    await expect(page.get_by_text("Glue is ordered")).to_be_visible()
    await expect(page.get_by_text("Two litres")).to_be_visible()
    assert outside.asked[1].json["context"] == {"of": "glue"}


async def test_a_question_is_answered_by_enter_and_cancelling_is_told_if_wanted(
    office: Office, outside: Outside
) -> None:
    page = await office.page(office.ana, f"{office.path}/channels/town-square", size=PHONE)
    await opened(office, outside, page, introduction_text="Really?", submit_label="Yes", elements=None)
    dialog = page.get_by_role("alertdialog")
    await expect(dialog.get_by_role("button", name="Yes", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    await outside.times_asked(2)
    await expect(page.get_by_role("alertdialog")).to_have_count(0)

    await opened(office, outside, page, notify_on_cancel=True, elements=ELEMENTS[:1])
    await page.keyboard.press("Escape")
    await outside.times_asked(2)
    assert outside.asked[1].json["cancelled"] is True


async def test_a_form_closed_by_mistake_is_opened_again_with_what_was_written(
    office: Office, outside: Outside
) -> None:
    page = await office.page(office.ana, f"{office.path}/channels/town-square")
    await opened(office, outside, page, elements=[ELEMENTS[3]])
    await page.get_by_role("textbox", name="Why (optional)").fill("Because of **rain**")
    await page.get_by_role("button", name="Preview").click()
    await expect(page.get_by_role("dialog").locator("strong", has_text="rain")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Undo").click()

    await expect(page.get_by_role("textbox", name="Why (optional)")).to_have_value("Because of **rain**")
