"""Our own source files, parsed once for all rules."""

import ast
import gc
import io
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "commandpost"


@dataclass(frozen=True)
class Source:
    """One Python file of ours."""

    path: Path

    @property
    def name(self) -> str:
        """Its path as seen from the top of the repository."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return _nodes()[self.path]

    @cached_property
    def comments(self) -> tuple[tuple[int, str], ...]:
        """Each comment with its line number."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return tuple((token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT)

    def at(self, line: int) -> str:
        """A place in the file, as editors understand it."""
        return f"{self.name}:{line}"


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below these folders, in order."""
    return tuple(Source(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


@cache
def _nodes() -> Mapping[Path, tuple[ast.AST, ...]]:
    """Those of every file: some millions, through which no collection of garbage need look."""
    gc.collect()
    gc.disable()
    try:
        nodes = {source.path: tuple(ast.walk(ast.parse(source.text))) for source in everything()}
        gc.freeze()
    finally:
        gc.enable()
    return nodes


def product() -> tuple[Source, ...]:
    return sources("src/commandpost")


def everything() -> tuple[Source, ...]:
    return sources("src", "tests", "bench", "scripts")


def imports(source: Source) -> Iterator[tuple[int, str, str]]:
    """Each imported name: its line, the module it is taken from, and the name itself (or "")."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, node.module, alias.name) for alias in node.names)
