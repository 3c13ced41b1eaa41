"""Write the types of the incident API for the web app, from the OpenAPI document that the server generates.

.venv/bin/python scripts/make_api_types.py           write webapp/src/api/schema.ts
.venv/bin/python scripts/make_api_types.py --check   fail if it is not what would be written
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WEBAPP = ROOT / "webapp"
TYPES = WEBAPP / "src" / "api" / "schema.ts"
PREFIX = "/plugins/com.mattermost.plugin-incident-management/api/v0"
_METHODS = {"get", "put", "post", "delete", "patch", "head", "options"}
_REFERENCE = re.compile(r'"#/components/schemas/([^"]+)"')


def described() -> dict[str, Any]:
    """The part of the document that is about incidents, with paths as the client calls them."""
    bin_folder = Path(sys.executable).parent
    printed = subprocess.run([bin_folder / "commandpost", "openapi"], capture_output=True, check=True).stdout
    document = json.loads(printed)
    paths = {
        path.removeprefix(PREFIX): _without_refusals(operations)
        for path, operations in document["paths"].items()
        if path.startswith(PREFIX)
    }
    schemas = document["components"]["schemas"]
    needed: dict[str, Any] = {}
    waiting = set(_REFERENCE.findall(json.dumps(paths)))
    while waiting:
        name = waiting.pop()
        needed[name] = schemas[name]
        waiting |= set(_REFERENCE.findall(json.dumps(schemas[name]))) - set(needed)
    ordered = {name: needed[name] for name in sorted(needed)}
    return {"openapi": "3.1.0", "info": document["info"], "paths": paths, "components": {"schemas": ordered}}


def _without_refusals(operations: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Refusals are thrown by the client, whatever the route: only good answers need types."""
    for method in operations.keys() & _METHODS:
        operation = operations[method]
        operation["responses"] = {
            status: body for status, body in operation["responses"].items() if status < "400"
        }
        operation.pop("security", None)
    return operations


def typed(document: dict[str, Any]) -> str:
    """The document as TypeScript."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "openapi.json", Path(folder) / "schema.ts"
        source.write_text(json.dumps(document))
        node = Path(sys.executable).with_name("node")
        generator = WEBAPP / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
        subprocess.run([node, generator, source, "--output", target], capture_output=True, check=True)
        return target.read_text()


def main() -> int:
    text = typed(described())
    if "--check" in sys.argv[1:]:
        if TYPES.read_text() == text:
            return 0
        print(f"{TYPES.relative_to(ROOT)} is not up to date: run scripts/make_api_types.py", file=sys.stderr)  # noqa: T201
        return 1
    TYPES.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
