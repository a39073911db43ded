"""The tiny store's facts as a data folder of sources that builds in a fraction of a second.

Its facts lack the rows that the accounting identities compare: `without_identities` leaves those checks out.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa

from tests.support.tiny_store import FACTS, Row
from trade.paths import PROJECT
from trade.sources.batch_store import write_batch
from trade.sources.delivery import Delivery, Rows
from trade.sources.manifest import Source
from trade.store import build
from trade.store.table_contracts import fact_contracts

ABOUT = Source(
    producer="A test", title="Small facts", citation="Worked out by hand", url="https://example.org/", published="2026-01-18", accessed="2026-01-20",
    licence="none", unit="as named", currency="CNY", valuation="not stated", coverage="2023 to 2025",
)  # fmt: skip

_SQL_FILES = list(build._sql_files())


def table_of(rows: list[Row], name: str) -> pa.Table:
    """Rows as an Arrow table of the contract's columns that any of them has."""
    columns = [column for column in fact_contracts()[name].names if any(column in row for row in rows)]
    return pa.table({column: pa.array([row.get(column) for row in rows]) for column in columns})


def delivery(source: str, vintage: str, tables: dict[str, list[Row]]) -> Delivery:
    about = ABOUT.model_copy(update={"accessed": vintage, "published": vintage})
    return Delivery(source, about, vintage, [Rows(name, table_of(rows, name), name) for name, rows in tables.items()])


def write_small_facts(data: Path) -> Path:
    """Write a copy of `data/reference` and one source, `tiny`, to the folder `data`."""
    shutil.copytree(PROJECT / "data" / "reference", data / "reference")
    batch = write_batch(
        Delivery("tiny", ABOUT, "2026-01-18", [Rows(n, table_of(rows, n), n) for n, rows in FACTS.items()]), data
    )
    text = (batch.folder / "source.toml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("vintage =", "received ="))]
    (batch.folder / "source.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    batch.folder.rename(data / "tiny")
    return data


@contextmanager
def without_identities() -> Iterator[None]:
    with patch.object(build, "verify", lambda _: []):
        yield


@contextmanager
def marts_alone(*names: str) -> Iterator[None]:
    """Inside the block, builds make only these marts and what they read, without identities and descriptions."""
    files = _with_what_they_read(*names, "last_day_of")
    with (
        without_identities(),
        patch.object(build, "_sql_files", lambda: iter(files)),
        patch.object(build, "_comment", lambda _: None),
    ):
        yield


@cache
def _with_what_they_read(*names: str) -> list[tuple[str, Path]]:
    reads = build._reads(_SQL_FILES)
    needed = [file for file in _SQL_FILES if build.mart_name(file[1]) in names]
    for file in needed:
        needed += [earlier for earlier in reads[file] if earlier not in needed]
    return [file for file in _SQL_FILES if file in needed]


def facts_alone() -> AbstractContextManager[None]:
    """Inside the block, builds make no marts: for tests of how facts are imported and put in service."""
    return marts_alone()


EXPORTS_2025: list[Row] = [
    {"year": 2025, "exporter": "CHN", "importer": "USA", "value_usd": 50.0},
    {"year": 2025, "exporter": "CHN", "importer": "MEX", "value_usd": 40.0},
    {"year": 2025, "exporter": "CHN", "importer": "DEU", "value_usd": 30.0},
    {"year": 2025, "exporter": "USA", "importer": "CHN", "value_usd": 10.0},
]
"""The rows of these four flows in the small facts."""
