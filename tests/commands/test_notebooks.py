"""The notebooks of the documentation run unchanged and show the outputs that they describe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager
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


@pytest.fixture(scope="module")
def kernel(real_home: Path) -> Iterator[KernelManager]:
    """One for all notebooks: each forgets the names of the one before."""
    one = KernelManager(kernel_name="python3")
    one.start_kernel(env=os.environ | {"TRADE_HOME": str(real_home), "PYTHONPATH": str(PROJECT)})
    yield one
    one.shutdown_kernel(now=True)


@pytest.mark.parametrize("name", sorted(SHOWS))
def test_a_notebook_runs(name: str, kernel: KernelManager) -> None:
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "outputs are generated, not committed"
    code = [line for cell in notebook.cells if cell.cell_type == "code" for line in cell.source.splitlines()]
    assert len([line for line in code if line.strip()]) < 10
    notebook.cells.insert(0, nbformat.v4.new_code_cell("%reset -f"))
    NotebookClient(notebook, km=kernel, timeout=180).execute()
    shown = "".join(str(cell.get("outputs", "")) for cell in notebook.cells)
    assert not [word for word in SHOWS[name] if word not in shown]
