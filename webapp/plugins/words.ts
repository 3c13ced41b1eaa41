import { parse } from "@formatjs/icu-messageformat-parser";
import type { Plugin } from "vite";

const WORDS = /\/text\.[a-z]{2}\.ts$/;

/**
 * What a build does with words: messages with values are parsed now, so that no browser needs the parser.
 *
 * Sentences without values stay text, and are handed out as they are (entries/common/texts.ts).
 */
export function words(): Plugin {
  return {
    name: "words",
    apply: "build",
    config: () => ({
      resolve: {
        alias: [
          {
            find: /^@formatjs\/icu-messageformat-parser$/,
            replacement: "@formatjs/icu-messageformat-parser/no-parser.js",
          },
        ],
      },
    }),
    async transform(code, id) {
      if (!WORDS.test(id)) return;
      // Vite has taken the types away: what is left is a module of plain texts.
      const module = await import(`data:text/javascript,${encodeURIComponent(code)}`);
      const texts: Record<string, string> = module.default;
      const parsed = Object.entries(texts).map(([key, text]) => [
        key,
        /[{'<]/.test(text) ? parse(text) : text,
      ]);
      return { code: `export default ${JSON.stringify(Object.fromEntries(parsed))}`, map: null };
    },
  };
}
