"""Stores that several tests read.

`real` is the store of the bundled facts, built once per run and shared by the workers. `tiny` is a store small enough
to compute its results by hand (see support/tiny_store.py); `bench` is the tiny store in memory, whose market rows a
test sets itself. `data`, `base` and `home` are a folder of small facts and store folders made of them, for tests of
builds and updates.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock
from hypothesis import settings

from tests.support.facts import copy_facts
from tests.support.small_facts import facts_alone, write_small_facts
from tests.support.tiny_store import Bench, tiny_path, tiny_store
from trade.store import Store, build_store, open_store

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # set, it makes every worker and command compile all modules again

# The settings of a server (`trade.ui.core`): it keeps many objects and creates few, and reads texts one by one.
# Commands that a test starts as processes have the defaults of Python and pandas.
gc.set_threshold(20_000, 20, 20)
pd.set_option("mode.string_storage", "python")
settings.register_profile("untimed", deadline=None)  # a slow machine must not fail a test
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _no_stranger_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test may touch the store of the person who runs it."""
    former = os.environ.get("TRADE_HOME")
    os.environ["TRADE_HOME"] = str(tmp_path_factory.mktemp("nobody"))
    yield
    os.environ.pop("TRADE_HOME") if former is None else os.environ.update(TRADE_HOME=former)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


def _made_once(place: Path, make: Callable[[Path], object]) -> Path:
    """The folder `place`, made by the first worker that needs it.

    If `make` fails, its draft folder stays for inspection and the next worker tries again.
    """
    with FileLock(f"{place}.lock"):
        if not place.exists():
            draft = Path(tempfile.mkdtemp(prefix=f"{place.name}.", dir=place.parent))
            make(draft)
            draft.rename(place)
    return place


@pytest.fixture(scope="session")
def real_home(shared: Path) -> Path:
    """A store folder with the store of the bundled facts, built once a run."""
    return _made_once(shared / "real", lambda home: build_store(home=home))


@pytest.fixture
def real(real_home: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store of the bundled facts; `TRADE_HOME` leads the code under test to it."""
    monkeypatch.setenv("TRADE_HOME", str(real_home))
    monkeypatch.delenv("TRADE_DATA", raising=False)
    return open_store()


@pytest.fixture(scope="session")
def small_real_home(shared: Path) -> Path:
    """Folders `data` and `home` of the bundled facts without the world matrix, identities checked. Copy before use."""
    return _made_once(shared / "small_real", _build_small_real)


def _build_small_real(folder: Path) -> None:
    build_store(copy_facts(folder / "data"), folder / "home")


@pytest.fixture(scope="session")
def tiny(shared: Path) -> Store:
    """3 economies, 4 products, 3 years, for reading only."""
    return Store(tiny_path(_made_once(shared / "tiny", lambda folder: tiny_store(folder, described=True))))


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    """The tiny store in memory; every test that uses it sets its own market rows."""
    one = Bench()
    yield one
    one.con.close()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The facts of the tiny store as a folder of sources."""
    return write_small_facts(tmp_path_factory.mktemp("small") / "data")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    """A store folder with the facts of the small store and no marts."""
    folder = tmp_path_factory.mktemp("base") / "home"
    with facts_alone():
        build_store(data, folder)
    return folder


@pytest.fixture
def home(tmp_path: Path, base: Path) -> Iterator[Path]:
    """A copy of `base`; while a test uses it, builds make no marts."""
    shutil.copytree(base, tmp_path / "home")
    with facts_alone():
        yield tmp_path / "home"
