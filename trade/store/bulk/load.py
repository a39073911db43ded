"""Load external HS facts or marts into a store that is being built, and make marts for later builds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Protocol

import duckdb

from trade.errors import FactError, Message, TradeError
from trade.progress import ProgressCallback
from trade.store.bulk import spark_engine
from trade.store.bulk.bulk_input import Choice
from trade.store.bulk.definitions import Mart, marts
from trade.store.bulk.duckdb_engine import Slices, copy, listed
from trade.store.bulk.facts_folder import Facts, open_facts
from trade.store.bulk.marts_folder import Marts, MartsManifest, atomic_folder, open_marts, write_manifest
from trade.store.identities import Residual, verify
from trade.store.sql_text import quoted

CHECKS = Path(__file__).parent / "checks"


class Bulk(Protocol):
    """External HS facts or marts, as a build uses them."""

    @property
    def fingerprint(self) -> str: ...

    def register(self, con: duckdb.DuckDBPyConnection) -> None:
        """Add the source and its files to the store's source tables."""

    def append(self, con: duckdb.DuckDBPyConnection, name: str, say: ProgressCallback) -> None:
        """Add the external rows to an HS mart that was just created from the store's own facts."""

    def check(self, con: duckdb.DuckDBPyConnection) -> tuple[list[Residual], list[str]]:
        """Check the finished tables. Returns the rounding gaps of their identities, and warnings."""


def open_bulk(choice: Choice, data: Path, former: Path | None = None) -> Bulk | None:
    """Open the facts or marts of a choice; None if it has none. Reads footers only.

    `former`: the store in service. If it was built from the same facts, rows are copied from it instead of being summed
    again.

    Raises:
        FactError: they are missing or in an unknown form.
    """
    if choice.kind == "none":
        return None
    if choice.kind == "facts":
        return FactsBulk(open_facts(Path(choice.folder), data), former)
    return MartsBulk(open_marts(Path(choice.folder)))


class FactsBulk:
    """External facts, summed by DuckDB during the build unless a former store has the same sums."""

    def __init__(self, facts: Facts, former: Path | None = None) -> None:
        self._facts = facts
        self._slices: Slices | None = None
        self._former = former if former and _built_from(former, facts) else None

    @property
    def fingerprint(self) -> str:
        return self._facts.fingerprint

    def register(self, con: duckdb.DuckDBPyConnection) -> None:
        facts = self._facts
        _register(
            con, facts, f"{facts.layout.title}, {len(facts.files):,} Parquet files read in place; hash of all of them"
        )

    def append(self, con: duckdb.DuckDBPyConnection, name: str, say: ProgressCallback) -> None:
        mart = next(each for each in marts() if each.name == name)
        if not mart.of_facts:
            return
        if self._copied(con, name, say):
            return
        self._slices = self._slices or Slices(con, self._facts)
        self._slices.append(mart, say)

    def _copied(self, con: duckdb.DuckDBPyConnection, name: str, say: ProgressCallback) -> bool:
        """Copy the rows from the former store, if there is one that can be read."""
        if self._former is None:
            return False
        say(Message("progress.copying", name=name), 0.0)
        sql = f"INSERT INTO main.{name} FROM former.main.{name} WHERE source_id = ?"
        try:
            with _attached(con, self._former):
                con.execute(sql, [self._facts.source_id])
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:  # a damaged store: rebuild instead of copying
            self._former = None
            return False
        return True

    def check(self, con: duckdb.DuckDBPyConnection) -> tuple[list[Residual], list[str]]:
        return verify(con, CHECKS), _left_out(con, self._facts)


def _built_from(store: Path, facts: Facts) -> bool:
    """Whether the store was built from exactly these facts."""
    sql = "SELECT count(*) FROM former.fact.source_file WHERE source_id = ? AND sha256 = ?"
    with suppress(duckdb.Error), duckdb.connect() as con, _attached(con, store):
        return bool(con.execute(sql, [facts.source_id, facts.fingerprint]).fetchall()[0][0])
    return False


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, store: Path) -> Iterator[None]:
    con.execute(f"ATTACH {quoted(store)} AS former (READ_ONLY)")
    try:
        yield
    finally:
        con.execute("DETACH former")


class MartsBulk:
    """External marts. Those that derive from other marts are recomputed, and must be equal."""

    def __init__(self, folder: Marts) -> None:
        self._marts = folder

    @property
    def fingerprint(self) -> str:
        return self._marts.fingerprint

    def register(self, con: duckdb.DuckDBPyConnection) -> None:
        _register(con, self._marts, f"marts written by {self._marts.manifest.engine} from Parquet; hash of all files")

    def append(self, con: duckdb.DuckDBPyConnection, name: str, say: ProgressCallback) -> None:
        mart = next(each for each in marts() if each.name == name)
        if mart.of_facts:
            say(Message("progress.reading", name=name), 0.0)
            con.execute(f"INSERT INTO main.{name} {self._rows(con, mart)}")

    def check(self, con: duckdb.DuckDBPyConnection) -> tuple[list[Residual], list[str]]:
        for mart in marts():
            here = f"SELECT * FROM main.{mart.name} WHERE source_id = '{self._marts.source_id}'"
            if mart.of_facts:
                self._compare(
                    mart, f"SELECT count(*) - {self._marts.manifest.marts[mart.name]['rows']} FROM ({here})", con
                )
            else:
                there = self._rows(con, mart)
                both = f"(({here}) EXCEPT ALL ({there})) UNION ALL (({there}) EXCEPT ALL ({here}))"
                self._compare(mart, f"SELECT count(*) FROM ({both})", con)
        return verify(con, CHECKS), _left_out(con, self._marts)

    def _rows(self, con: duckdb.DuckDBPyConnection, mart: Mart) -> str:
        """SQL that reads the mart's files with the columns and types of the store's table.

        Raises:
            FactError: a column is missing.
        """
        described = con.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = ?"
            " ORDER BY column_index", [mart.name],
        ).fetchall()  # fmt: skip
        files = self._marts.files[mart.name]
        for name, _ in described:
            if name not in files[0].columns:
                raise FactError(
                    f"{mart.name}/{files[0].name}", "fact.no_column", remedy="bulk.marts_again", column=name
                )
        columns = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in described)
        return f"SELECT {columns} FROM read_parquet({listed(str(file.path.resolve()) for file in files)})"

    def _compare(self, mart: Mart, sql: str, con: duckdb.DuckDBPyConnection) -> None:
        if differing := con.execute(sql).fetchall()[0][0]:
            raise FactError(
                str(self._marts.folder),
                "bulk.marts_differ",
                remedy="bulk.marts_again",
                count=abs(differing),
                mart=mart.name,
            )


def make_marts(facts: Facts, out: Path, say: ProgressCallback, *, memory: str, force: bool) -> MartsManifest:
    """Make marts from the facts with DuckDB, as Parquet under `out`.

    Raises:
        FactError: the facts are wrong. TradeError: `out` exists or cannot be written, or memory runs out.
    """
    with atomic_folder(out, force) as draft, tempfile.TemporaryDirectory(dir=draft, prefix=".work-") as work:
        try:
            with duckdb.connect(
                config={"memory_limit": memory, "preserve_insertion_order": "false", "temp_directory": work}
            ) as con:
                _make(con, facts, draft, say)
        except duckdb.OutOfMemoryException as error:
            raise TradeError("bulk.marts_memory", memory=memory) from error
        except duckdb.IOException as error:
            raise TradeError("bulk.no_space", out=out, reason=str(error).splitlines()[0]) from error
        return write_manifest(draft, facts, f"duckdb {duckdb.__version__}")


def make_marts_on_spark(
    facts: Facts,
    out: Path,
    say: ProgressCallback,
    *,
    master: str = "",
    remote: str = "",
    conf: Mapping[str, str],
    force: bool,
) -> MartsManifest:
    """Make marts from the facts with Spark. `master`: address of a cluster; `remote`: that of a Spark Connect server.

    Raises:
        FactError: a mart has no rows. TradeError: `out` exists or cannot be written, no cluster answers, a job fails.
    """
    with atomic_folder(out, force) as draft:
        engine = spark_engine.write_marts(facts, draft, say, master=master, remote=remote, conf=conf)
        return write_manifest(draft, facts, engine)


def _make(con: duckdb.DuckDBPyConnection, facts: Facts, folder: Path, say: ProgressCallback) -> None:
    slices, definitions = Slices(con, facts), marts()
    for number, mart in enumerate(definitions):
        place = folder / mart.name
        place.mkdir()
        if mart.of_facts:
            slices.write(mart, place, partial(_part, say, number / len(definitions), 1 / len(definitions)))
        else:
            con.execute(copy(mart.sql, place / "part-0.parquet"))
        files = listed(str(path) for path in sorted(place.iterdir()))
        con.execute(f"CREATE VIEW {mart.name} AS FROM read_parquet({files})")


def _part(say: ProgressCallback, first: float, share: float, step: Message, done: float) -> object:
    return say(step, first + share * done)


class _Described(Protocol):
    @property
    def folder(self) -> Path: ...
    @property
    def source(self) -> Mapping[str, object]: ...
    @property
    def source_id(self) -> str: ...
    @property
    def rows(self) -> int: ...
    @property
    def fingerprint(self) -> str: ...


def _register(con: duckdb.DuckDBPyConnection, bulk: _Described, description: str) -> None:
    names = ", ".join(bulk.source)
    marks = ", ".join("?" for _ in bulk.source)
    con.execute(f"INSERT INTO fact.source ({names}) VALUES ({marks})", list(bulk.source.values()))
    con.execute(
        "INSERT INTO fact.source_file VALUES (?, ?, 'product_trade', ?, ?, ?)",
        [bulk.source_id, bulk.folder.name, bulk.rows, bulk.fingerprint, description],
    )


def _left_out(con: duckdb.DuckDBPyConnection, bulk: _Described) -> list[str]:
    """A warning if rows are in no mart, such as those of economies with an unknown number or of other flows."""
    sql = "SELECT coalesce(sum(partners), 0) FROM hs_product WHERE source_id = ? AND quality <> 'mirror'"
    missing = bulk.rows - int(con.execute(sql, [bulk.source_id]).fetchall()[0][0])
    if not missing:
        return []
    return [
        f"{bulk.folder.name}: {missing:,} of {bulk.rows:,} rows are in no mart: economies whose number is not known,"
        " codes of other lengths, other flows or breakdowns"
    ]
