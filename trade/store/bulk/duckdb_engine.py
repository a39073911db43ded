"""Facts into marts with DuckDB: a year or a month at a time, so that memory does not grow with the facts."""

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
"""Largest value of a row that is believed, in the facts' own unit, dollars or thousands of them."""


def listed(paths: Iterable[str]) -> str:
    """Paths as a list in SQL."""
    return f"[{', '.join(map(quoted, paths))}]"


def copy(sql: str, place: Path) -> str:
    """SQL that writes what a query gives as Parquet."""
    return f"COPY ({sql}) TO {quoted(place)} (FORMAT parquet, COMPRESSION zstd)"


class Slices:
    """The facts, seen slice by slice through the temporary view hs_fact, which hides the store's own.

    Raises:
        FactError: a row has no value, a negative one or no code, or the rows cannot be read.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, facts: Facts) -> None:
        self._con, self._facts = con, facts
        con.execute(f"CREATE OR REPLACE TEMP TABLE hs_number AS {facts.hs_number}")
        self._files = self._examine()

    def append(self, mart: Mart, say: ProgressCallback) -> None:
        """Insert the mart's rows of these facts into the table of its name."""
        for _ in self._shown(mart, say):
            self._con.execute(f"INSERT INTO main.{mart.name} {mart.sql}")

    def write(self, mart: Mart, folder: Path, say: ProgressCallback) -> None:
        """The mart's rows of these facts as Parquet, a file a slice."""
        for number in self._shown(mart, say):
            self._con.execute(copy(mart.sql, folder / f"part-{number}.parquet"))

    def _shown(self, mart: Mart, say: ProgressCallback) -> Iterator[int]:
        """The number of each slice while hs_fact shows it."""
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
        """One look at every cell that is read later: the files of each slice, oldest first."""
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
        for path, value, lacking, least, most in rows:
            self._check(names[path], lacking, least, most)
            slices.setdefault(str(value), []).append(path)
        return slices

    def _check(self, file: str, lacking: int, least: float, most: float) -> None:
        layout, remedy = self._facts.layout, "bulk.write_without"
        if lacking:
            cells = ", ".join(layout.columns)
            raise FactError(file, "bulk.empty_cells", remedy=remedy, count=lacking, cells=cells)
        if not (least >= 0 and most <= _MOST):
            raise FactError(
                file, "bulk.no_amount", value=least if least < 0 else most,
                expected="bulk.amounts", remedy=remedy, column=layout.value, most=_MOST,
            )  # fmt: skip
