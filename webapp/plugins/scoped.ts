import postcss, { type Rule } from "postcss";
import type { Plugin } from "vite";

/** The class of elements below which our styles hold; named twice, so that they win over the host's. */
const SCOPE = ".commandpost.commandpost";
const REM_PX = 16;

/** Makes a style sheet hold inside a page that is not ours: below one class, and in sizes of its own. */
export function scoped(): Plugin {
  return {
    name: "scoped",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
        file.source = scopedStyles(String(file.source));
      }
    },
  };
}

export function scopedStyles(styles: string): string {
  const root = postcss.parse(styles);
  root.walkRules((rule) => {
    if (!isStep(rule)) rule.selectors = rule.selectors.map(inScope);
  });
  // What a rem is says the host's page, not ours.
  root.walkDecls((declaration) => {
    declaration.value = declaration.value.replace(
      /(?<![\w.#-])(\d*\.?\d+)rem\b/g,
      (_, size: string) => `${Number(size) * REM_PX}px`,
    );
  });
  return root.toString();
}

/** A step of an animation is no selector. */
const isStep = (rule: Rule) =>
  rule.parent?.type === "atrule" && /keyframes$/.test((rule.parent as postcss.AtRule).name);

function inScope(selector: string): string {
  if (selector.startsWith(":root")) return selector.replace(":root", SCOPE);
  if (selector.startsWith(".commandpost")) return selector.replace(".commandpost", SCOPE);
  if (selector.startsWith("[data-theme")) return SCOPE + selector;
  return `${SCOPE} ${selector}`;
}
