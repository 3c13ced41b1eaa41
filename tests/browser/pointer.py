"""What appears beside a pointer, and what is at rest: pages move as long as they are being drawn."""

from playwright.async_api import FloatRect, Locator
from playwright.async_api import TimeoutError as TooLate

_TRIES = 20
_FRAMES = 10

_BOX_AT_REST = """(it, frames) => new Promise((tell) => {
  let before = "", same = 0;
  const look = () => {
    const { x, y, width, height } = it.getBoundingClientRect();
    const now = JSON.stringify({ x, y, width, height });
    same = now === before ? same + 1 : 0;
    before = now;
    if (same < frames) requestAnimationFrame(look);
    else tell({ x, y, width, height });
  };
  look();
})"""


_PRESSES = """() => {
  if (window.presses === undefined) {
    window.presses = 0;
    // One that misses what it is meant for is kept from the document.
    document.addEventListener("pointerdown", () => { window.presses += 1; }, true);
  }
  return window.presses;
}"""


async def press_beside(place: Locator, button: Locator) -> None:
    """Point at something, and press a button that is there as long as one does.

    What comes late (a line above, an answer) may move the place away from below the pointer: then one points
    at it again. A press that a slow page took in all the same is not repeated.
    """
    before = await place.page.evaluate(_PRESSES)
    for _ in range(_TRIES):
        await place.hover()
        try:
            await button.click(timeout=2_000)
        except TooLate:
            if await place.page.evaluate(_PRESSES) == before:
                continue
        return
    await button.click()


async def box_at_rest(it: Locator) -> FloatRect:
    """Where something is, once it has not moved for a few frames."""
    return await it.evaluate(_BOX_AT_REST, _FRAMES)
