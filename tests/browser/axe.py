"""What axe-core finds wrong with a page for people who use it otherwise than by eye and mouse."""

from pathlib import Path

from playwright.async_api import Page

AXE = Path(__file__).parents[2] / "webapp" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
THEMES = ("light", "dark", "contrast")
COLOURS = ("color-contrast", "link-in-text-block")
"""What a theme may break that another has not: a page has the same elements in all of them."""
_RUN = """async ([within, runOnly]) => {
  // Tooltips come and go by the pointer, and stand outside of landmarks wherever they are.
  const exclude = ["[data-overlay-container]:has(> [role=tooltip])"];
  const found = await axe.run({ include: [within], exclude }, { runOnly });
  return found.violations.flatMap((rule) =>
    rule.nodes.map(
      (node) => `${rule.id}: ${node.any[0]?.message ?? rule.help} in ${node.html.slice(0, 240)}`,
    ),
  );
}"""


async def faults(page: Page, within: str = "html", *, rules: tuple[str, ...] = RULES) -> list[str]:
    """Each fault as "rule: what in where"; an empty list is what every screen owes."""
    if not await page.evaluate("'axe' in window"):
        # The policy of the page lets no script be put into it; evaluating runs outside of it.
        await page.evaluate(AXE.read_text())
    return await page.evaluate(_RUN, [within, rules])


async def faults_in_themes(page: Page) -> list[str]:
    """The faults of a page in every theme: all of them in the first, those of colours in the others."""
    found: list[str] = []
    for theme in THEMES:
        await page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        rules = RULES if theme == THEMES[0] else COLOURS
        found += [f"{theme}: {fault}" for fault in await faults(page, rules=rules)]
    return found
