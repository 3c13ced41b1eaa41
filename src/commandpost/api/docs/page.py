"""The OpenAPI document as a page: plain HTML, without scripts, that loads nothing from anywhere."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import msgspec
from markdown_it import MarkdownIt

_STYLE = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
code, .method { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; padding: 0 .75rem; }
summary { cursor: pointer; padding: .7rem 0; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 700; }
.summary { opacity: .8; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; }
th, td { border-top: 1px solid var(--line); }
nav ul { columns: 14rem; padding-left: 1rem; }
:target { outline: 2px solid Highlight; }
"""

_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
"""The page's content security policy: its own style and nothing else."""

_REFERENCE = "#/components/schemas/"
_METHODS = ("get", "post", "put", "patch", "delete")

_markdown = MarkdownIt("js-default", {"html": False})


def page(described: Mapping[str, Any]) -> bytes:
    """The page for a document."""
    return "".join(_page(described)).encode()


def _page(described: Mapping[str, Any]) -> Iterator[str]:
    information = described["info"]
    title = escape(f"{information['title']} API {information['version']}")
    yield (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>"
    )
    yield _markdown.render(information.get("description", ""))
    yield '<p>The same as an <a href="/api/docs/openapi.json">OpenAPI 3.1 document</a>.</p>'
    tags = [tag["name"] for tag in described["tags"]]
    yield '<nav aria-label="Areas"><ul>'
    yield from (f'<li><a href="#{_anchor(tag)}">{escape(tag)}</a></li>' for tag in tags)
    yield '<li><a href="#shapes">Shapes</a></li></ul></nav>'
    for tag in tags:
        yield f'<section id="{_anchor(tag)}"><h2>{escape(tag)}</h2>'
        for path, item in described["paths"].items():
            for method in _METHODS:
                if tag in item.get(method, {}).get("tags", ()):
                    yield from _operation(method, path, item[method])
        yield "</section>"
    yield '<section id="shapes"><h2>Shapes</h2>'
    for name, schema in sorted(described["components"].get("schemas", {}).items()):
        yield from _shape(name, schema)
    yield "</section></main></body></html>"


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f'<details id="{_anchor(method + path)}"><summary><span class="method">{method.upper()}</span> '
        f'<code>{escape(path)}</code> <span class="summary">{escape(operation["summary"])}</span></summary>'
    )
    if "description" in operation:
        yield _markdown.render(operation["description"])
    if operation.get("security") == []:
        yield "<p>No session needed.</p>"
    if parameters := operation.get("parameters"):
        yield _head("Parameter", "In", "Type", "Meaning")
        for parameter in parameters:
            meaning = escape(parameter.get("description", ""))
            yield (
                f"<tr><td><code>{escape(parameter['name'])}</code></td><td>{escape(parameter['in'])}</td>"
                f"<td>{_type(parameter.get('schema', {}))}</td><td>{meaning}</td></tr>"
            )
        yield "</tbody></table>"
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<p>Body, <code>{escape(media)}</code>: {_type(content.get('schema', {}))}</p>"
    yield _head("Status", "Meaning", "Body")
    for status, answer in sorted(operation.get("responses", {}).items()):
        bodies = ", ".join(_type(content.get("schema", {})) for content in answer.get("content", {}).values())
        meaning = escape(answer.get("description", ""))
        yield f"<tr><td>{escape(status)}</td><td>{meaning}</td><td>{bodies}</td></tr>"
    yield "</tbody></table></details>"


def _shape(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield f'<details id="{_anchor(name)}"><summary><code>{escape(name)}</code></summary>'
    if "description" in schema:
        yield _markdown.render(schema["description"])
    if properties := schema.get("properties"):
        required = schema.get("required", ())
        yield _head("Field", "Type", "Required")
        for field, inner in properties.items():
            must = "yes" if field in required else "no"
            yield f"<tr><td><code>{escape(field)}</code></td><td>{_type(inner)}</td><td>{must}</td></tr>"
        yield "</tbody></table>"
    else:
        yield f"<p>{_type(schema)}</p>"
    yield "</details>"


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in a few words, with links to the shapes it names."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REFERENCE)
        return f'<a href="#{_anchor(name)}">{escape(name)}</a>'
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(_type(one) for one in schema[several]))
    if "enum" in schema:
        return "one of " + ", ".join(
            f"<code>{escape(msgspec.json.encode(v).decode())}</code>" for v in schema["enum"]
        )
    match schema.get("type"):
        case "array":
            return f"list of {_type(schema.get('items', {}))}"
        case "object" if isinstance(schema.get("additionalProperties"), Mapping):
            return f"map to {_type(schema['additionalProperties'])}"
        case list():
            return " or ".join(escape(one) for one in schema["type"])
        case None:
            return "anything"
        case kind:
            return escape(str(kind))


def _head(*columns: str) -> str:
    return f"<table><thead><tr>{''.join(f'<th>{column}</th>' for column in columns)}</tr></thead><tbody>"


def _anchor(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower()
