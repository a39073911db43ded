"""Fixtures of the tests of pages."""

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
    """Cache the metadata of installed packages, which Streamlit's test runner would read again for each new app."""
    with patch.object(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)):
        yield


@pytest.fixture(scope="session", autouse=True)
def _scripts_compiled_once() -> Iterator[None]:
    """Share compiled scripts between apps, as a server does between sessions."""
    compiled = cache(partial(ScriptCache.get_bytecode, ScriptCache()))
    with patch.object(ScriptCache, "get_bytecode", lambda _, path: compiled(path)):
        yield


@pytest.fixture(scope="session", autouse=True)
def _pages_registered() -> Iterator[None]:
    """Do not treat `pages/` as Streamlit's folder of pages, as in a server after its first page.

    Otherwise the test runner would run a page's script alone, which only redirects to the app.
    """
    former = PagesManager.__init__

    def init(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        PagesManager.uses_pages_directory = False
        former(self, *args, **kwargs)

    with patch.object(PagesManager, "__init__", init):
        yield


@pytest.fixture(scope="session", autouse=True)
def _runs_awaited_not_polled() -> Iterator[None]:
    """Wait for the script's thread: Streamlit's test runner polls every millisecond, which slows the script down."""
    asking = local_script_runner.require_widgets_deltas

    def wait(runner: LocalScriptRunner, timeout: float = 3) -> None:
        assert runner._script_thread is not None
        runner._script_thread.join(timeout)
        if runner._script_thread.is_alive():
            asking(runner, 0)  # stops the script and raises the timeout error

    with patch.object(local_script_runner, "require_widgets_deltas", wait):
        yield


@pytest.fixture(scope="session")
def fewer_facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The part of the bundled facts that pages need, and that a customs table can update; quick to build."""
    needed = ("gacc_commodities", "gacc_partners", "gacc_releases", "reference", "statements")
    return copy_facts(tmp_path_factory.mktemp("fewer") / "data", needed)
