"""A document as PDF, made here by Typst: pages to print or to send, with their fonts inside.

What people wrote goes to Typst as data and is never read as its markup.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from commandpost.kernel.errors import TooLarge

_PAGES = Path(__file__).with_name("pages.typ").read_bytes()
_WEB = re.compile(r"(?:https?://|mailto:)\S{1,2000}", re.IGNORECASE)
_LONG_WORD = re.compile(r"\S{40}")
_DEEPEST = 10
"""So deep lists and quotes are drawn within one another; Typst bears about twice that."""

_MOST_NODES = 20_000
"""A document of so many parts takes some seconds."""

_PLAIN = {
    "paragraph": "paragraph",
    "blockquote": "quote",
    "bullet_list": "bullets",
    "list_item": "group",
    "strong": "strong",
    "em": "em",
    "s": "strike",
    "td": "group",
    "th": "group",
}

Node = dict[str, Any]


class TooLongForPages(TooLarge):
    """This review is too long for a PDF; take the page for printing instead."""

    code = "review.too_long_for_pages"


def pdf(title: str, text: str) -> bytes:
    """Markdown as PDF, without pictures. Takes a moment: not for the loop that answers requests.

    Letters that Typst's own fonts lack come from fonts of the system. Raises TooLongForPages.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    tree = SyntaxTreeNode(markdown.parse(text))
    if sum(1 for _ in tree.walk()) > _MOST_NODES:
        raise TooLongForPages
    inside = _inside(tree, 0)
    document = msgspec.json.encode({"title": title, "inside": inside}).decode()
    made = typst.compile(_PAGES, format="pdf", font_paths=_fonts(), sys_inputs={"document": document})
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()


def _inside(node: SyntaxTreeNode, depth: int) -> list[Node]:
    return [drawn for child in node.children for drawn in _drawn(child, depth)]


def _drawn(node: SyntaxTreeNode, depth: int) -> list[Node]:
    match node.type:
        case "inline" | "tight":
            return _inside(node, depth)
        case "text":
            return [_text(node.content)]
        case "softbreak":
            return [_text(" ")]
        case "hardbreak":
            return [{"kind": "break"}]
        case "hr":
            return [{"kind": "rule"}]
        case "code_inline":
            return [{"kind": "code", "text": _breakable(node.content)}]
        case "fence" | "code_block":
            return [{"kind": "block", "text": _breakable(node.content)}]
        case "table":
            return _table(node, depth)
        case "heading":
            return [{"kind": "heading", "level": int(node.tag[1:]), "inside": _inside(node, depth + 1)}]
        case "link":
            return _link(node, depth)
        case "ordered_list" if depth < _DEEPEST:
            start = min(int(node.attrs.get("start", 1)), 999_999_999)
            return [{"kind": "numbers", "start": start, "inside": _inside(node, depth + 1)}]
        case kind if kind in _PLAIN and depth < _DEEPEST:
            return [{"kind": _PLAIN[kind], "inside": _inside(node, depth + 1)}]
        case _:
            return _inside(node, depth)


def _link(node: SyntaxTreeNode, depth: int) -> list[Node]:
    """A link that leads somewhere outside this server; of others, what they say."""
    address, inside = str(node.attrs.get("href", "")), _inside(node, depth + 1)
    return [{"kind": "link", "address": address, "inside": inside}] if _WEB.fullmatch(address) else inside


def _table(node: SyntaxTreeNode, depth: int) -> list[Node]:
    rows = [row for part in node.children for row in part.children]
    cells = [{"kind": "group", "inside": _inside(cell, depth + 1)} for row in rows for cell in row.children]
    return [{"kind": "table", "columns": len(rows[0].children), "inside": cells}]


def _text(content: str) -> Node:
    return {"kind": "text", "text": _breakable(content)}


def _breakable(content: str) -> str:
    """With places at which what is wider than a line can be broken, and without signs that no font has."""
    kept = "".join(one for one in content if one.isprintable() or one in "\n\t\u200b")
    return _LONG_WORD.sub("\\g<0>\u200b", kept)
