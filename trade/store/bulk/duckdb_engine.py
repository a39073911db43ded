"""Turn facts into marts with DuckDB, a year or month at a time, so that memory does not grow with the facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import duckdb

from trade.errors import FactError, Message
from trade.progress import ProgressCallback
from trade.store.bulk.definitions import Mart
from trade.store.bulk.facts_folder import Facts
from trade.store.sql_text import quoted

_MOST = 1e12
"""Largest plausible value of a row, in the unit of the facts: dollars or thousands of dollars."""


def listed(paths: Iterable[str]) -> str:
    """Paths as a SQL list."""
    return f"[{', '.join(map(quoted, paths))}]"


def copy(sql: str, place: Path) -> str:
    """SQL that writes the result of a query as Parquet."""
    return f"COPY ({sql}) TO {quoted(place)} (FORMAT parquet, COMPRESSION zstd)"


class Slices:
    """The facts, one slice at a time: the temporary view hs_fact shows the current one and hides the store's own facts.

    Raises:
        FactError: a row lacks a value or code, a value is out of range, or the rows cannot be read.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, facts: Facts) -> None:
        self._con, self._facts = con, facts
        con.execute(f"CREATE OR REPLACE TEMP TABLE hs_number AS {facts.hs_number}")
        self._files = self._examine()

    def append(self, mart: Mart, say: ProgressCallback) -> None:
        """Insert the mart's rows into its table in the store."""
        for _ in self._shown(mart, say):
            self._con.execute(f"INSERT INTO main.{mart.name} {mart.sql}")

    def write(self, mart: Mart, folder: Path, say: ProgressCallback) -> None:
        """Write the mart's rows as Parquet, one file per slice."""
        for number in self._shown(mart, say):
            self._con.execute(copy(mart.sql, folder / f"part-{number}.parquet"))

    def _shown(self, mart: Mart, say: ProgressCallback) -> Iterator[int]:
        """Yield the number of each slice while hs_fact shows it."""
        try:
            for number, (value, files) in enumerate(self._files.items()):
                say(Message("progress.adding", name=mart.name, slice=value), number / len(self._files))
                self._show(files, f" WHERE \"{self._facts.layout.slice}\" = '{value}'")
                yield number
        finally:
            for view in ("hs_fact", "hs_row", "hs_file"):
                with suppress(duckdb.Error):
                    self._con.execute(f"DROP VIEW IF EXISTS temp.{view}")

    def _show(self, files: list[str], where: str = "") -> None:
        self._con.execute(f"CREATE OR REPLACE TEMP VIEW hs_file AS FROM read_parquet({listed(files)}){where}")
        self._con.execute(f"CREATE OR REPLACE TEMP VIEW hs_row AS {self._facts.hs_row()}")
        self._con.execute(f"CREATE OR REPLACE TEMP VIEW hs_fact AS {self._facts.layout.sql}")

    def _examine(self) -> dict[str, list[str]]:
        """Check every cell that is read later, in one scan. Returns the files of each slice, in the order of slices."""
        layout, names = self._facts.layout, {str(file.path.resolve()): file.name for file in self._facts.files}
        cells = ", ".join(f"count({name})" for name in layout.columns)
        try:
            self._con.execute(
                f"CREATE OR REPLACE TEMP VIEW hs_file AS FROM read_parquet({listed(names)}, filename = true)"
            )
            rows = self._con.execute(
                f"SELECT filename, {layout.slice}, count(*) - least({cells}), min({layout.value}), max({layout.value})"
                f" FROM ({self._facts.hs_row('filename')}) GROUP BY ALL ORDER BY 2, 1"
            ).fetchall()
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            reason = str(error).splitlines()[0].rstrip(".")
            raise FactError(
                str(self._facts.folder), "bulk.rows_unread", remedy="bulk.copy_files", reason=reason
            ) from error
        slices: dict[str, list[str]] = {}
        for path, value, missing, smallest, largest in rows:
            self._check(names[path], missing, smallest, largest)
            slices.setdefault(str(value), []).append(path)
        return slices

    def _check(self, file: str, missing: int, smallest: float, largest: float) -> None:
        layout, remedy = self._facts.layout, "bulk.write_without"
        if missing:
            cells = ", ".join(layout.columns)
            raise FactError(file, "bulk.empty_cells", remedy=remedy, count=missing, cells=cells)
        if not (smallest >= 0 and largest <= _MOST):
            raise FactError(
                file, "bulk.no_amount", value=smallest if smallest < 0 else largest,
                expected="bulk.amounts", remedy=remedy, column=layout.value, most=_MOST,
            )  # fmt: skip
