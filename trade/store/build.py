"""Build the store: facts -> staging -> marts -> identities -> publish.

Nothing in service is touched until the last step.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from trade import paths
from trade.errors import FactError, TradeError, UnknownName
from trade.sources import FactTable, Source, check_hash, find_sources, read_file
from trade.store.contracts import HERE, column_comments, fact_contracts, schema_sql
from trade.store.identities import CHECKS, Residual, verify
from trade.store.load import load_facts
from trade.store.publish import publish

Progress = Callable[[str, float], object]
_BUILD_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "700MB",
    "preserve_insertion_order": "false",
}


@dataclass(frozen=True)
class BuildReport:
    """What a build did. `tables` counts rows, `residuals` are what rounding leaves of each identity."""

    store: str
    version: str
    seconds: float
    tables: dict[str, int]
    residuals: list[Residual] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict:
        return asdict(self)


def build_store(data: Path | None = None, home: Path | None = None, progress: Progress | None = None) -> BuildReport:
    """Build a store from the facts and put it in service.

    Args:
        data: folder of facts (default `data/`). home: store folder (default `TRADE_HOME` or the user's cache).
        progress: called with a step's name and the fraction done.

    Raises:
        FactError: a fact file is wrong. IdentityBroken: figures do not add up.
        TradeError: the folder cannot be written.
    """
    data, home, say = data or paths.data(), home or paths.home(), progress or _silent
    started = time.perf_counter()
    _make(home)
    draft = home / f".draft-{os.getpid()}-{time.time_ns()}.duckdb"
    try:
        version, tables, residuals = _write(draft, data, say)
        say("Publishing", 0.98)
        path = publish(draft, home, version)
    except duckdb.IOException as error:
        raise TradeError(
            f"The store cannot be written in {home}: {str(error).splitlines()[0]}; free space or set TRADE_HOME."
        ) from error
    finally:
        for leftover in (draft, draft.with_name(draft.name + ".wal")):
            leftover.unlink(missing_ok=True)
    say("Done", 1.0)
    seconds = round(time.perf_counter() - started, 2)
    return BuildReport(str(path), version, seconds, tables, residuals, _warnings(residuals))


def _silent(step: str, done: float) -> None:
    """Tell nobody."""


def _make(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TradeError(
            f"The store folder {home} cannot be made ({error.strerror}): set TRADE_HOME to a folder you may write."
        ) from None


def _write(draft: Path, data: Path, say: Progress) -> tuple[str, dict[str, int], list[Residual]]:
    say("Reading the list of sources", 0.0)
    sources = find_sources(data)
    with duckdb.connect(str(draft), config=_BUILD_CONFIG) as con:
        con.execute(schema_sql())
        files = _load_all(con, data, sources, say)
        _register_sources(con, sources, files)
        for number, (folder, path) in enumerate(steps := list(_sql_files())):
            say(f"Writing {path.stem.replace('_', ' ')}", 0.6 + 0.25 * number / len(steps))
            _run_sql(con, folder, path)
        say("Checking that figures add up", 0.85)
        residuals = verify(con)
        for facts in files:
            check_hash(facts)
        version = _version(data, sources, {facts.name: facts.sha256 for facts in files})
        say("Describing tables", 0.92)
        _write_residuals(con, residuals, version)
        _comment(con)
        tables = _count(con)
        con.execute("CHECKPOINT")
    return version, tables, residuals


def _load_all(con: duckdb.DuckDBPyConnection, data: Path, sources: dict[str, Source], say: Progress) -> list[FactTable]:
    """Every fact file, typed and keyed. The text of a file is dropped once it is in the store."""
    wanted = [(source_id, file) for source_id, source in sources.items() for file in source.file]
    loaded = []
    for number, (source_id, file) in enumerate(wanted):
        say(f"Reading {source_id}/{file.path}", 0.02 + 0.55 * number / len(wanted))
        contract = fact_contracts().get(file.table)
        if contract is None:
            raise UnknownName(f"fact table (in {source_id}/source.toml)", file.table, fact_contracts())
        facts = read_file(data, source_id, file, contract.names, contract.needed)
        load_facts(con, facts, contract)
        loaded.append(FactTable(facts.source_id, facts.file, facts.rows.slice(0, 0), facts.sha256))
    return loaded


def _register_sources(con: duckdb.DuckDBPyConnection, sources: dict[str, Source], files: list[FactTable]) -> None:
    columns = [name for name in fact_contracts()["source"].names if name not in ("source_id", "warnings")]
    for source_id, source in sources.items():
        told = source.model_dump()
        con.execute(
            f"INSERT INTO fact.source (source_id, warnings, {', '.join(columns)}) VALUES (?, ?{', ?' * len(columns)})",
            [source_id, " ".join(source.warnings), *(told[name] for name in columns)],
        )
    for facts in files:
        file = facts.file
        con.execute(
            "INSERT INTO fact.source_file VALUES (?, ?, ?, ?, ?, ?)",
            [facts.source_id, file.path, file.table, file.rows, facts.sha256, file.description],
        )


def _sql_files() -> Iterator[tuple[str, Path]]:
    """(folder, file) in the order of running: staging views, then macros and marts together by their numbers."""
    for path in sorted((HERE / "staging").glob("*.sql")):
        yield "staging", path
    for path in sorted([*(HERE / "macros").glob("*.sql"), *(HERE / "marts").glob("*.sql")], key=lambda path: path.name):
        yield path.parent.name, path


def mart_name(path: Path) -> str:
    """`marts/20_partner_month.sql` makes `partner_month`: the number orders the files, the rest names the table."""
    return re.sub(r"^\d+_", "", path.stem)


def mart_key(sql: str) -> str | None:
    """The columns of the header line `-- key: a, b`; a mart without one is a view over keyed tables."""
    found = re.search(r"^-- key: (.+)$", sql, re.MULTILINE)
    return found.group(1) if found else None


def _run_sql(con: duckdb.DuckDBPyConnection, folder: str, path: Path) -> None:
    sql, name = path.read_text(encoding="utf-8").strip().rstrip(";"), mart_name(path)
    if folder == "staging":
        con.execute("CREATE SCHEMA IF NOT EXISTS staging")
        con.execute(f"CREATE VIEW staging.{name} AS {sql}")
        return
    if folder == "macros":
        con.execute(sql)
        return
    key = mart_key(sql)
    con.execute(f"CREATE {'TABLE' if key else 'VIEW'} {name} AS {sql}")
    if not key:
        return
    try:
        con.execute(f"ALTER TABLE {name} ADD PRIMARY KEY ({key})")
    except duckdb.ConstraintException as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise FactError(
            f"marts/{path.name}", f"rows are not unique by {key} ({reason})", remedy="find the facts that say it twice"
        ) from error


def _write_residuals(con: duckdb.DuckDBPyConnection, residuals: list[Residual], version: str) -> None:
    con.execute(
        "CREATE TABLE residual (identity VARCHAR PRIMARY KEY, title VARCHAR NOT NULL, row_count BIGINT NOT NULL,"
        " place VARCHAR NOT NULL, gap DOUBLE NOT NULL, tolerance DOUBLE NOT NULL)"
    )
    for one in residuals:
        con.execute(
            "INSERT INTO residual VALUES (?, ?, ?, ?, ?, ?)",
            [one.identity, one.title, one.rows, one.place, one.gap, one.tolerance],
        )
    con.execute("CREATE TABLE store_version (version VARCHAR PRIMARY KEY)")
    con.execute("INSERT INTO store_version VALUES (?)", [version])


def _comment(con: duckdb.DuckDBPyConnection) -> None:
    """COMMENT ON every table and column: tables from the first line of their SQL, columns from `columns.toml`."""
    for schema, name, kind in _tables(con):
        con.execute(f"COMMENT ON {kind} {schema}.{name} IS {_quote(_table_comment(schema, name))}")
        for (column,) in con.execute(
            "SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?", [schema, name]
        ).fetchall():
            text = column_comments().get(column)
            if text is None:
                raise UnknownName(
                    f"column description (of {schema}.{name}, in columns.toml)", column, column_comments()
                )
            con.execute(f"COMMENT ON COLUMN {schema}.{name}.{column} IS {_quote(text)}")


def _table_comment(schema: str, name: str) -> str:
    if schema == "fact":
        found = re.search(rf"^-- (.+)\nCREATE TABLE fact\.{name} ", schema_sql(), re.MULTILINE)
        return found.group(1) if found else ""
    own = {
        "residual": "one row per accounting identity: the largest gap that rounding leaves",
        "store_version": "one row: the content hash of this store",
    }
    for folder, path in _sql_files():
        if mart_name(path) == name and (folder == "staging") == (schema == "staging"):
            return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("-- ")
    return own[name]


def _tables(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return con.execute(
        "SELECT schema_name, table_name, 'TABLE' FROM duckdb_tables() WHERE NOT temporary"
        " UNION ALL SELECT schema_name, view_name, 'VIEW' FROM duckdb_views() WHERE NOT internal ORDER BY 1, 2"
    ).fetchall()


def _count(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    names = [
        (f"{schema}.{name}".removeprefix("main."), f"{schema}.{name}")
        for schema, name, kind in _tables(con)
        if kind == "TABLE"
    ]
    return {label: con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for label, name in names}


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def expected_version(data: Path | None = None) -> str:
    """The version that a build of these facts would have, from what their manifests promise: reads no fact file.

    Raises:
        FactError: a manifest is wrong.
    """
    folder = data or paths.data()
    sources = find_sources(folder)
    return _version(
        folder, sources, {f"{name}/{file.path}": file.sha256 for name, one in sources.items() for file in one.file}
    )


def _version(data: Path, sources: dict[str, Source], hashes: dict[str, str]) -> str:
    """The content hash: the bytes of every fact and manifest, the SQL that transforms them, DuckDB's version."""
    parts = [f"duckdb {duckdb.__version__}"]
    parts += [f"{name} {sha256}" for name, sha256 in hashes.items()]
    parts += [f"{name} {_sha(data / name / 'source.toml')}" for name in sources]
    rules = [
        HERE / "schema.sql",
        HERE / "columns.toml",
        *sorted(CHECKS.glob("*.sql")),
        *(path for _, path in _sql_files()),
    ]
    parts += [f"{path.parent.name}/{path.name} {_sha(path)}" for path in rules]
    return hashlib.sha256(json.dumps(sorted(parts)).encode()).hexdigest()[:16]


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _warnings(residuals: list[Residual]) -> list[str]:
    """Identities that hold only thanks to rounding of more than nine tenths of the tolerance."""
    return [
        f"{one.title}: the gap at {one.place} is {one.gap:g} of {one.tolerance:g} allowed"
        for one in residuals
        if abs(one.gap) > 0.9 * one.tolerance > 0
    ]
