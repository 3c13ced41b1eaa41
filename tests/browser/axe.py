"""What axe-core finds wrong with a page for people who use it otherwise than by eye and mouse."""

from pathlib import Path

from playwright.async_api import Page

AXE = Path(__file__).parents[2] / "webapp" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async (within) => {
  // Tooltips come and go by the pointer, and stand outside of landmarks wherever they are.
  const exclude = ["[data-overlay-container]:has(> [role=tooltip])"];
  const found = await axe.run({ include: [within], exclude }, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  });
  return found.violations.flatMap((rule) =>
    rule.nodes.map(
      (node) => `${rule.id}: ${node.any[0]?.message ?? rule.help} in ${node.html.slice(0, 240)}`,
    ),
  );
}"""


async def faults(page: Page, within: str = "html") -> list[str]:
    """Each fault as "rule: what in where"; an empty list is what every screen owes."""
    # The policy of the page lets no script be put into it; evaluating runs outside of it.
    await page.evaluate(AXE.read_text())
    return await page.evaluate(_RUN, within)
