import type { Element, ElementContent, Root } from "hast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { newlineToBreak } from "mdast-util-newline-to-break";
import { type Handlers, toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { mark } from "./markdownMarks";

const SYNTAX = [gfm({ singleTilde: false })];
const MEANING = [gfmFromMarkdown()];
const INLINE_ELEMENTS = new Set(["p", "em", "strong", "del", "code", "a", "span", "br"]);

/** HTML is not understood: it stays the text that it is. */
const HANDLERS: Handlers = { html: (_, node) => ({ type: "text", value: node.value }) };

const MOST_KEPT = 1_000;
const kept = new Map<string, Root>();

/**
 * What people wrote as a tree of elements. Addresses in it are as they were written: whoever draws them judges.
 *
 * Parsing costs more than drawing, and who scrolls or changes the channel sees the same again: trees are kept.
 */
export function treeOf(markdown: string): Root {
  const tree = kept.get(markdown) ?? parsed(markdown);
  kept.delete(markdown);
  kept.set(markdown, tree);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return tree;
}

function parsed(markdown: string): Root {
  const written = fromMarkdown(markdown, { extensions: SYNTAX, mdastExtensions: MEANING });
  newlineToBreak(written);
  mark(written);
  const tree = toHast(written, { handlers: HANDLERS });
  return tree.type === "root" ? tree : { type: "root", children: [] };
}

/** The same in one line: of blocks only what is in them is left. */
export function inlineOf(tree: Root): Root {
  const children = tree.children.filter((node) => node.type !== "doctype");
  return { type: "root", children: withoutBlocks(children) };
}

function withoutBlocks(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node) => {
    if (node.type !== "element") return [node];
    const inside: Element["children"] = withoutBlocks(node.children);
    return INLINE_ELEMENTS.has(node.tagName) ? [{ ...node, children: inside }] : inside;
  });
}
