"""The notebooks of the documents run as they stand, and show what they say."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from trade.paths import PROJECT

FOLDER = PROJECT / "docs" / "notebooks"
SHOWS = {
    "growth": ("Total trade", "contribution_pp", "China trade dashboard"),
    "diversification": ("DEU", "@misc{"),
    "check_a_claim": ("✓ Right", "reproduced"),
}
"""Words that the outputs of each notebook hold."""


def test_every_notebook_is_known() -> None:
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(SHOWS)


@pytest.mark.parametrize("name", sorted(SHOWS))
def test_a_notebook_runs(name: str, real_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_HOME", str(real_home))
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "outputs are made anew, not committed"
    code = [line for cell in notebook.cells if cell.cell_type == "code" for line in cell.source.splitlines()]
    assert len([line for line in code if line.strip()]) < 10
    NotebookClient(notebook, timeout=180, kernel_name="python3").execute()
    shown = "".join(str(cell.get("outputs", "")) for cell in notebook.cells)
    assert not [word for word in SHOWS[name] if word not in shown]
