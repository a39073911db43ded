"""What tests of pages share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from tests.support.facts import copy_facts


@pytest.fixture(scope="session", autouse=True)
def _components_found_once() -> Iterator[None]:
    """Streamlit's test runner reads the metadata of every installed package for each new app; they stay the same."""
    with patch.object(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)):
        yield


@pytest.fixture(scope="session", autouse=True)
def _scripts_compiled_once() -> Iterator[None]:
    """As in a server, which holds what it compiled for all its readers."""
    compiled = cache(partial(ScriptCache.get_bytecode, ScriptCache()))
    with patch.object(ScriptCache, "get_bytecode", lambda _, path: compiled(path)):
        yield


@pytest.fixture(scope="session", autouse=True)
def _pages_registered() -> Iterator[None]:
    """As in a server from its first page on: Streamlit's test runner looks for a folder of pages before each run, and
    would run a page's script alone, which draws nothing but sends the reader to the frame."""
    former = PagesManager.__init__

    def init(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        PagesManager.uses_pages_directory = False
        former(self, *args, **kwargs)

    with patch.object(PagesManager, "__init__", init):
        yield


@pytest.fixture(scope="session", autouse=True)
def _runs_awaited_not_polled() -> Iterator[None]:
    """Streamlit's test runner asks every millisecond whether the page has been drawn, which slows the drawing."""
    asking = local_script_runner.require_widgets_deltas

    def wait(runner: LocalScriptRunner, timeout: float = 3) -> None:
        assert runner._script_thread is not None
        runner._script_thread.join(timeout)
        if runner._script_thread.is_alive():
            asking(runner, 0)  # ends it, and says so

    with patch.object(local_script_runner, "require_widgets_deltas", wait):
        yield


@pytest.fixture(scope="session")
def fewer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pages need of the bundled facts to be drawn and updated by a table of customs: small enough to build the whole store anew."""
    needed = ("gacc_commodities", "gacc_partners", "gacc_releases", "reference", "statements")
    return copy_facts(tmp_path_factory.mktemp("fewer") / "data", needed)
