"""Imports point one way. pyproject.toml holds the contracts (`lint-imports` checks them); here they are run.

The linter sees packages: `app.py`, a lone module, and what is no import (the length of a page, SQL in it) are checked here.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import TESTS
from trade.paths import PROJECT

LINT = """
import sys
from pathlib import Path
sys.path = ["", *(path for path in sys.path[1:] if not (Path(path) / "trade" / "__init__.py").is_file())]  # this checkout, no other
from importlinter.cli import lint_imports_command
lint_imports_command()
"""
LINTER = [sys.executable, "-c", LINT, "--no-cache"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(LINTER, cwd=folder, capture_output=True, text=True, check=False)


def imports(text: str) -> set[str]:
    """The packages that a script imports, also inside functions."""
    nodes = list(ast.walk(ast.parse(text)))
    plain = {alias.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    rooms = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    return plain | {".".join(room.split(".")[:2]) for room in rooms}


def test_imports_keep_the_contracts() -> None:
    done = lint(PROJECT)
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


WRONG = [
    ("trade/charts/ranking.py", "import trade.store", "Charts know nothing of the store"),
    ("trade/store/load.py", "import trade.measures", "Rooms import only from the rooms below"),
    ("trade/measures/run.py", "import trade.panels.cache", "Rooms import only from the rooms below"),
    ("trade/panels/growth.py", "import streamlit", "Only the dashboard loads Streamlit"),
    ("trade/measures/run.py", "import duckdb", "Only trade.store"),
    ("trade/cli/sql.py", "import trade.ui.core.navigation", "Commands do not import the dashboard"),
    ("trade/new_room/__init__.py", "", "Rooms import only from the rooms below"),
    ("pages/growth.py", "import pandas", "Pages leave data and figures"),
    ("trade/export/files.py", "import benchmarks.timings", "The product does not import its benchmarks"),
]
"""A module, an import that it must not contain, and the contract that forbids it."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The linter's report on a copy with all the imports of `WRONG`."""
    folder = tmp_path_factory.mktemp("wrong")
    for path in [*PROJECT.glob("trade/**/*.py"), *PROJECT.glob("pages/*.py"), *PROJECT.glob("benchmarks/**/*.py")]:
        copy = folder / path.relative_to(PROJECT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (folder / "pyproject.toml").write_bytes((PROJECT / "pyproject.toml").read_bytes())
    for module, line, _ in WRONG:
        wrong = folder / module
        wrong.parent.mkdir(exist_ok=True)
        with wrong.open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    done = lint(folder)
    assert done.returncode == 1, done.stdout
    return done.stdout


@pytest.mark.parametrize(("module", "line", "contract"), WRONG)
def test_an_import_against_a_contract_is_found(report: str, module: str, line: str, contract: str) -> None:
    broken = [text for text in report.splitlines() if text.endswith("BROKEN")]
    assert any(text.startswith(contract) for text in broken), broken
    (violations,) = re.findall(
        rf"^{contract}.*\n-+\n((?:.*\n(?!.*\n----))*)", report.partition("Broken contracts")[2], re.MULTILINE
    )
    place = module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert f"- {place}{line.replace('import', ' ->')}" in re.sub(" +", " ", violations), violations


def test_the_application_imports_the_dashboard_and_its_server_only() -> None:
    found = imports((PROJECT / "app.py").read_text(encoding="utf-8"))
    assert found <= {"__future__", "streamlit", "trade.ui", "trade.api"}


@pytest.mark.parametrize("path", sorted(PROJECT.glob("pages/*.py")), ids=lambda path: path.name)
def test_pages_are_short_scripts_without_sql(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 120
    strings = [
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in strings if "SELECT " in text.upper() and " FROM " in text.upper()]


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_no_module_of_tests_imports_a_test(path: Path) -> None:
    """Code that several tests use belongs in tests/support."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {
        f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert not [name for name in named if ".test_" in name or name.startswith("test_")]


MODULES = [f"/{path.relative_to(PROJECT)}" for path in [PROJECT / "app.py", *PROJECT.glob("[!.]*/**/*.py")]]
DOCUMENTS = {
    path for path in [*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")] if path.stem.lower() != "changelog"
}


@pytest.mark.parametrize("document", sorted(DOCUMENTS), ids=lambda path: path.name)
def test_modules_that_a_document_names_exist(document: Path) -> None:
    named = set(re.findall(r"[\w./-]*\w\.py\b", document.read_text(encoding="utf-8")))
    missing = {name for name in named if not any(module.endswith(f"/{name}") for module in MODULES)}
    assert {name for name in missing if Path(name).name != "x.py"} == set()  # `trade/x.py`: a module to add


def test_every_table_on_a_page_says_what_stands_for_no_value_and_what_it_shows() -> None:
    """Streamlit writes Python's `None` into empty cells, in Chinese too."""
    lacking = [
        f"{path.name}:{node.lineno}"
        for path in sorted((PROJECT / "trade" / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "dataframe"
        and not {"placeholder", "alt"} <= {word.arg for word in node.keywords}
    ]
    assert not lacking
