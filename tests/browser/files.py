"""Files that people choose on a page."""

from io import BytesIO

from PIL import Image
from playwright.async_api import FilePayload, Locator


def picture(name: str, colour: str = "teal") -> FilePayload:
    """A small picture of one colour."""
    encoded = BytesIO()
    Image.new("RGB", (80, 60), colour).save(encoded, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": encoded.getvalue()}


async def choose_file(button: Locator, file: FilePayload) -> None:
    """Press a button that asks for a file, and give it one."""
    async with button.page.expect_file_chooser() as choosing:
        await button.click()
    await (await choosing.value).set_files(file)
