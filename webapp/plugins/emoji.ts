import compact from "emojibase-data/en/compact.json" with { type: "json" };
import codes from "emojibase-data/en/shortcodes/iamcal.json" with { type: "json" };
import type { Plugin } from "vite";

const NAMES = "virtual:emoji/names";
const COMPONENTS = 2;

/**
 * Makes of the whole set what showing an emoji needs: `virtual:emoji/names`, a twelfth of it.
 *
 * Lines of names and the sign: "+1 thumbsup 👍".
 */
export function emoji(): Plugin {
  return {
    name: "emoji",
    resolveId: (id) => (id === NAMES ? `\0${NAMES}` : undefined),
    load: (id) => (id === `\0${NAMES}` ? `export default ${JSON.stringify(lines())}` : undefined),
  };
}

function lines(): string {
  const names: Record<string, string | string[] | undefined> = codes;
  return compact
    .filter((one) => one.group !== undefined && one.group !== COMPONENTS && names[one.hexcode] !== undefined)
    .map(({ hexcode, unicode }) => [names[hexcode] ?? [], unicode].flat().join(" "))
    .join("\n");
}
