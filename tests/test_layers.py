"""Imports point one way: text -> sources -> store -> ingest -> measures -> charts -> stories -> ui -> pages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ["text", "sources", "store", "ingest", "measures", "charts", "panels", "export", "stories", "api", "ui"]
LEAVES = {"paths", "settings"}
ONLY = {
    "duckdb": {"store"},
    "plotly": {"charts"},
    "prometheus_client": {"api"},
    "starlette": {"api"},
    "pptx": {"stories"},
    "pyspark": {"store"},
    "sqlglot": {"store"},
    "streamlit": {"ui", "pages", "app"},
    "xlsxwriter": {"export"},
}
"""Libraries and the only rooms that may import them."""
FORBIDDEN_TO_PAGES = {"duckdb", "plotly", "pandas", "numpy"}


def room(path: Path) -> str:
    """`trade/store/build.py` stands in `store`, `pages/x.py` in `pages`, `app.py` in `app`, `trade/cli/main.py` in `cli`."""
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return parts[1] if parts[0] == "trade" and len(parts) > 1 else parts[0]


def imports(path: Path) -> Iterator[str]:
    """Full dotted names of everything that the file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative imports hide the arrow"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


FILES = sorted([*PROJECT.glob("trade/**/*.py"), *PROJECT.glob("pages/*.py"), PROJECT / "app.py"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_imports_follow_the_arrow(path: Path) -> None:
    mine = room(path)
    for name in imports(path):
        top, *rest = name.split(".")
        if top in ONLY:
            assert mine in ONLY[top], f"{path.name} in {mine} imports {name}: only {sorted(ONLY[top])} may"
        if top != "trade" or not rest or rest[0] not in ROOMS:
            continue
        if mine in ROOMS:
            assert ROOMS.index(rest[0]) <= ROOMS.index(mine), f"{path.name} in {mine} imports {name}: against the arrow"
        assert mine not in LEAVES, f"{path.name} is a leaf and imports {name}"
        assert not (mine == "cli" and rest[0] == "ui"), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", sorted(PROJECT.glob("pages/*.py")), ids=lambda path: path.name)
def test_pages_are_short_scripts_without_sql_or_libraries(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 120
    assert not {name.split(".")[0] for name in imports(path)} & FORBIDDEN_TO_PAGES
    strings = [
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in strings if "SELECT " in text.upper() and " FROM " in text.upper()]
