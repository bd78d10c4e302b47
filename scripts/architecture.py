"""Draw the package graphs of docs/architecture.md from the imports.

The prose of the page is written by hand; the parts between ``<!-- imports of PACKAGE -->`` and ``<!-- end -->`` are written here
by `python -m scripts.pages`, which also checks that they are up to date.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"

_PART = re.compile(r"(<!-- imports of (?P<package>[\w.]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page() -> str:
    """Return the page with graphs and tables of the present imports."""
    return _PART.sub(lambda part: f"{part[1]}{_draw(part['package'])}{part[3]}", PAGE.read_text("utf-8"))


def _draw(package: str) -> str:
    """Draw the children of a package as a Mermaid graph, followed by a table of what each does.

    An arrow means "imports". An arrow that follows from others is left out: cli -> flow -> model implies cli -> model.
    """
    graph = nx.transitive_reduction(import_graph(package))
    arrows = [f"  {a} --> {b}" for a, b in sorted(graph.edges)]
    alone = [f"  {node}" for node in sorted(graph) if not graph.degree(node)]
    rows = [
        f"| `{package}.{name}` | {_summary(package, name)} |" for name in nx.lexicographical_topological_sort(graph)
    ]
    return "\n".join(
        ["", "```mermaid", "graph TD", *arrows, *alone, "```", "", "| package | |", "| --- | --- |", *rows, "", ""]
    )


def import_graph(package: str) -> nx.DiGraph[str]:
    """Return which children of a package import which: {"cli": ["flow", "view"]}."""
    folder = ROOT / Path(*package.split("."))
    modules = {path: _module_name(path) for path in sorted(folder.rglob("*.py"))}
    children = {name.removeprefix(f"{package}.").split(".")[0] for name in modules.values() if name != package}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(children - {"__main__"}))
    for path, name in modules.items():
        child = name.removeprefix(f"{package}.").split(".")[0]
        for target in _imports(path):
            other = target.removeprefix(f"{package}.").split(".")[0]
            if child in graph and other in graph and child != other and target.startswith(f"{package}."):
                graph.add_edge(child, other)
    return graph


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[str]:
    """Yield the modules and names that a file imports: "kg.model", "kg.model.Article"."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _summary(package: str, name: str) -> str:
    """Return the first sentence of a docstring."""
    folder = ROOT / Path(*package.split("."))
    path = folder / name / "__init__.py" if (folder / name).is_dir() else folder / f"{name}.py"
    doc = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return doc.partition("\n")[0].replace("|", "\\|")
