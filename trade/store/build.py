"""Build the store: facts -> staging -> marts -> identities -> publish.

Nothing in service is touched until the last step.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb
import pandas as pd

from trade import paths
from trade.errors import BadParameter, FactError, Message, StoreMissing, TradeError, UnknownName, shorten
from trade.progress import ProgressCallback, no_progress
from trade.sources import FactTable, check_hash, find_sources, read_file
from trade.sources.batch_store import FACTS, Batch, bundled, find_batches
from trade.sources.manifest import FactFile
from trade.store import loss_guard
from trade.store.bulk.bulk_input import Choice, remember, remembered
from trade.store.bulk.load import Bulk, open_bulk
from trade.store.comparison import compare
from trade.store.identities import Residual, verify
from trade.store.load import load_facts
from trade.store.locks import building
from trade.store.publish import current_store, publish
from trade.store.schema_fingerprint import ENGINE, rule_hashes, sha256
from trade.store.sql_text import quoted
from trade.store.table_contracts import HERE, Contract, column_comments, fact_contracts, schema_sql
from trade.store.vintages import load_batch, prepare

_NOT_COMMITTED = (duckdb.TransactionException, duckdb.FatalException)
"""What DuckDB raises at a commit or checkpoint when disk or memory is full, without saying which."""
MEMORY = "700MB"
"""Memory limit for a build of the bundled facts."""
_SIZE = re.compile(r"[1-9][0-9]{0,5}(\.[0-9]{1,3})?[MG]i?B")
_UNREAD = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
"""Parts of a statement that cannot name a table: comments and string literals."""
_MOST_INDEXED = 100_000
"""Largest number of rows for which a table of HS codes gets an index on its key. A longer table is too large for one,
and its GROUP BY makes the key unique anyway."""
_BUILD_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "preserve_insertion_order": "false",
    "fsync_mode": "NONE",
}
"""A draft need not survive a crash, so its many small writes are not synced; the finished file is synced once."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did. `tables`: rows per table; `residuals`: the largest rounding gap of each identity."""

    store: str
    version: str
    seconds: float
    tables: dict[str, int]
    residuals: list[Residual] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    """Losses against the former store that the user accepted."""

    def as_dict(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Draft:
    """A complete, verified store that is not in service yet."""

    path: Path
    version: str
    tables: dict[str, int]
    residuals: list[Residual]
    counts: pd.DataFrame
    """Rows of fact.batch for the new batches."""
    revisions: pd.DataFrame
    """Rows of fact.revision for the new batches, the largest changes first."""
    outranked: pd.DataFrame
    """Statements without a publication date that do not replace those in service."""
    choice: Choice
    """The HS facts or marts, and the memory limit, that it was built with."""
    warnings: list[str]


def build_store(
    data: Path | None = None,
    home: Path | None = None,
    progress: ProgressCallback = no_progress,
    memory: str | None = None,
    choice: Choice | None = None,
    accept_loss: bool = False,
) -> BuildReport:
    """Build a store from the facts, bundled and imported, and put it in service.

    Args:
        data: folder of facts (default `data/`). home: store folder (default `TRADE_HOME` or the user's cache).
        progress: called with a step's name and the fraction done. memory: memory limit such as `700MB` or `4GB`
        (default: that of the last build, or MEMORY). choice: external HS facts or marts (default: those of the last
        build). accept_loss: put the store in service even if it loses figures of the present one or moves totals.

    Raises:
        FactError: a fact file is wrong. IdentityBroken: figures do not add up.
        LossRefused: figures of the store in service would be lost or moved. BadParameter: memory is not a size.
        TradeError: the folder cannot be written, memory runs out, or another build does not end.
    """
    home, say = home or paths.home(), progress
    if memory is not None:
        check_size(memory)
    started = time.perf_counter()
    with building(home):
        selected = choice or remembered(home)
        selected = replace(selected, memory=memory or selected.memory)
        with drafted(data, home, say, choice=selected, anew=choice is not None) as draft:
            say(Message("progress.comparing"), 0.95)
            without_hs = choice is not None and choice.kind == "none"
            with compare(in_service(home), draft.path) as comparison:
                accepted = loss_guard.check(comparison, accept_loss, without_hs=without_hs)
            say(Message("progress.publishing"), 0.98)
            path = put_in_service(draft, home)
    say(Message("progress.done"), 1.0)
    seconds = round(time.perf_counter() - started, 2)
    warnings = draft.warnings + _warnings(draft.residuals)
    losses = [concern.sentence() for concern in accepted]
    return BuildReport(str(path), draft.version, seconds, draft.tables, draft.residuals, warnings, losses)


def check_size(memory: str) -> None:
    """Check that a memory limit is a size such as `700MB`.

    Raises:
        BadParameter: it is not.
    """
    if not _SIZE.fullmatch(memory):
        raise BadParameter("store.memory_size", given=shorten(memory))


def put_in_service(draft: Draft, home: Path) -> Path:
    """Publish the draft, and remember what it was built with.

    Raises:
        TradeError: the folder cannot be written; the former store stays in service.
    """
    remember(home, draft.choice)
    return publish(draft.path, home, draft.version)


@contextmanager
def drafted(
    data: Path | None,
    home: Path,
    say: ProgressCallback,
    arriving: Sequence[Batch] = (),
    choice: Choice | None = None,
    anew: bool = False,
) -> Iterator[Draft]:
    """Build a draft from all facts and the `arriving` batches; it is deleted afterwards unless it was published.

    `choice`: external HS facts or marts; by default those of the store in service. If that store was built from the
    same HS facts, their rows are copied from it, unless `anew` is set.

    Call it only while holding the lock `building`, since it deletes what killed builds left behind.

    Raises:
        FactError: a fact file is wrong. IdentityBroken: figures do not add up.
        TradeError: the folder cannot be written, or memory runs out.
    """
    data = data or paths.data()
    make_folder(home)
    _sweep(home)
    draft = home / f".draft-{os.getpid()}-{time.time_ns()}.duckdb"
    choice = choice or remembered(home)
    memory = choice.memory or MEMORY
    try:
        bulk = open_bulk(choice, data, None if anew else in_service(home))
        yield _write(draft, _batches(data, home, arriving), say, arriving, choice, bulk)
    except duckdb.OutOfMemoryException as error:
        raise TradeError("store.build_memory", memory=memory, reason=_first_line(error)) from error
    except _NOT_COMMITTED as error:
        raise TradeError("store.not_committed", home=home, memory=memory, reason=_first_line(error)) from error
    except (duckdb.IOException, OSError) as error:
        raise TradeError("store.not_written", home=home, reason=_first_line(error)) from error
    finally:
        _sweep(home)


def in_service(home: Path) -> Path | None:
    """The file of the store in service; None if there is none."""
    try:
        return current_store(home)
    except StoreMissing:
        return None


def _sweep(home: Path) -> None:
    """Delete what builds left behind: drafts with DuckDB's log and temporary files, and unfinished pointer files."""
    for orphan in [*home.glob(".draft-*"), *home.glob(".current.*")]:
        if orphan.is_dir():
            shutil.rmtree(orphan, ignore_errors=True)
        else:
            with suppress(OSError):
                orphan.unlink(missing_ok=True)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def _batches(data: Path, home: Path, arriving: Sequence[Batch] = ()) -> list[Batch]:
    """The inputs of the store: the bundled sources, then all batches, older vintages first."""
    shipped = [bundled(name, data / name, source) for name, source in find_sources(data).items()]
    replaced = {(batch.source_id, batch.batch) for batch in arriving}
    known = [batch for batch in find_batches(home / FACTS) if (batch.source_id, batch.batch) not in replaced]
    return shipped + sorted([*known, *arriving], key=lambda batch: (batch.vintage, batch.order))


def make_folder(home: Path) -> None:
    """Create the store folder if it does not exist.

    Raises:
        TradeError: it cannot be created.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TradeError("store.no_folder", home=home, reason=error.strerror) from None


def _write(
    path: Path,
    batches: list[Batch],
    say: ProgressCallback,
    arriving: Sequence[Batch],
    choice: Choice,
    bulk: Bulk | None,
) -> Draft:
    say(Message("progress.sources"), 0.0)
    limits = {"memory_limit": choice.memory or MEMORY} | ({"threads": max(2, os.cpu_count() or 2)} if bulk else {})
    with duckdb.connect(str(path), config=_BUILD_CONFIG | limits) as con:
        con.execute(schema_sql())
        _register_sources(con, batches)
        if bulk:
            bulk.register(con)
        files = _load_all(con, batches, say)
        _run_all(con, list(_sql_files()), bulk, say)
        say(Message("progress.checking"), 0.85)
        more, warnings = bulk.check(con) if bulk else ([], [])
        residuals = verify(con) + more
        for facts in files:
            check_hash(facts)
        choice = choice.found(bulk.fingerprint if bulk else "")
        version = _version(batches, {facts.name: facts.sha256 for facts in files}, choice)
        say(Message("progress.describing"), 0.92)
        _write_residuals(con, residuals, version)
        con.execute("BEGIN")  # one transaction for hundreds of comments, else each would be written to disk by itself
        _comment(con)
        con.execute("COMMIT")
        tables = _count(con)
        counts, revisions = _arrived(con, "batch", "path", arriving), _arrived(con, "revision", _LARGEST, arriving)
        outranked = con.execute("FROM outranked ORDER BY ALL").df()
        con.execute("CHECKPOINT")
    with path.open("rb+") as written:
        os.fsync(written.fileno())
    return Draft(path, version, tables, residuals, counts, revisions, outranked, choice, warnings)


_LARGEST = "abs(coalesce(new_value, 0) - coalesce(old_value, 0)) DESC, place, column_name"


def _arrived(con: duckdb.DuckDBPyConnection, table: str, order: str, arriving: Sequence[Batch]) -> pd.DataFrame:
    names = [f"{batch.source_id}/{batch.batch}" for batch in arriving]
    sql = f"FROM fact.{table} WHERE source_id || '/' || batch IN (SELECT unnest($names)) ORDER BY {order}"
    return con.execute(sql, {"names": names}).df()


def _load_all(con: duckdb.DuckDBPyConnection, batches: list[Batch], say: ProgressCallback) -> list[FactTable]:
    """Load every fact file. The rows of a file are dropped from memory once they are in the store."""
    prepare(con, batches)
    loaded = _load_bundled(con, [batch for batch in batches if batch.bundled], say)
    arrived = [(batch, file) for batch in batches if not batch.bundled for file in batch.source.file]
    for number, (batch, file) in enumerate(arrived):
        say(Message("progress.reading", name=batch.label(file)), 0.35 + 0.22 * number / len(arrived))
        contract, facts = _read(batch, file)
        load_batch(con, facts, contract, batch)
        loaded.append(_without_rows(facts))
    if loaded:
        _register_files(con, loaded)
    return loaded


def _load_bundled(con: duckdb.DuckDBPyConnection, batches: list[Batch], say: ProgressCallback) -> list[FactTable]:
    """Load the bundled files: two tables at a time, as loading one uses one core; the files of a table in their order.

    Raises:
        FactError: a file is wrong; if several are, that of the first in the order of sources.
    """
    files = [(batch, file) for batch in batches for file in batch.source.file]
    by_table: dict[str, list[int]] = {}
    for at, (_, file) in enumerate(files):
        by_table.setdefault(file.table, []).append(at)
    longest_first = sorted(by_table.values(), key=lambda places: -sum(files[at][1].rows for at in places))
    loaded: dict[int, FactTable] = {}
    faults: dict[int, Exception] = {}

    def load(places: list[int]) -> str:
        with con.cursor() as own:
            for at in places:
                try:
                    contract, facts = _read(*files[at])
                    load_facts(own, facts, contract)
                except Exception as fault:
                    faults[at] = fault
                    break
                loaded[at] = _without_rows(facts)
        return files[places[0]][1].table

    with _two_threads() as pool:
        for done, future in enumerate(as_completed([pool.submit(load, places) for places in longest_first]), 1):
            say(Message("progress.read", name=future.result()), 0.02 + 0.33 * done / len(by_table))
    if faults:
        raise faults[min(faults)]
    return [loaded[at] for at in range(len(files))]


@contextmanager
def _two_threads() -> Iterator[ThreadPoolExecutor]:
    """A pool of two threads. At the end of the block, or after an error, jobs that have not begun are cancelled."""
    with ThreadPoolExecutor(2) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _without_rows(facts: FactTable) -> FactTable:
    return replace(facts, rows=facts.rows.slice(0, 0))


def _read(batch: Batch, file: FactFile) -> tuple[Contract, FactTable]:
    contract = fact_contracts().get(file.table)
    if contract is None:
        raise UnknownName("fact_table", file.table, fact_contracts(), source=batch.source_id)
    name = "" if batch.bundled else batch.batch
    return contract, read_file(batch.folder, batch.source_id, file, contract.names, contract.needed, name)


def _register_sources(con: duckdb.DuckDBPyConnection, batches: list[Batch]) -> None:
    """Describe each source as its bundled folder does, or else its newest batch; the dates are those of the newest."""
    columns = [name for name in fact_contracts()["source"].names if name not in ("source_id", "warnings")]
    newest = {batch.source_id: batch for batch in batches}
    described = {batch.source_id: batch for batch in reversed(batches) if batch.bundled or not batch.source.vintage}
    for source_id, last in newest.items():
        fields = described.get(source_id, last).source.model_dump()
        fields |= {
            "published": max(fields["published"], last.vintage),
            "accessed": max(fields["accessed"], last.source.accessed),
        }
        con.execute(
            f"INSERT INTO fact.source (source_id, warnings, {', '.join(columns)}) VALUES (?, ?{', ?' * len(columns)})",
            [source_id, " ".join(fields["warnings"]), *(fields[name] for name in columns)],
        )


def _register_files(con: duckdb.DuckDBPyConnection, loaded: list[FactTable]) -> None:
    """Insert all in one statement, since each write is written to disk by itself."""
    values = [
        value
        for facts in loaded
        for value in (
            facts.source_id, facts.name.partition("/")[2], facts.file.table, facts.file.rows, facts.sha256,
            facts.file.description,
        )
    ]  # fmt: skip
    con.execute(f"INSERT INTO fact.source_file VALUES {', '.join(['(?, ?, ?, ?, ?, ?)'] * len(loaded))}", values)


def _sql_files() -> Iterator[tuple[str, Path]]:
    """(folder, file) in the order of running: staging views, then macros and marts together by their numbers."""
    for path in sorted((HERE / "staging").glob("*.sql")):
        yield "staging", path
    others = [path for folder in ("macros", "marts", "hs") for path in (HERE / folder).glob("*.sql")]
    for path in sorted(others, key=lambda path: path.name):
        yield path.parent.name, path


def _run_all(
    con: duckdb.DuckDBPyConnection, files: list[tuple[str, Path]], bulk: Bulk | None, say: ProgressCallback
) -> None:
    """Create views, macros and marts, two at a time where neither reads the other. With external HS facts, which may
    need all memory and cores, one at a time.

    Raises:
        FactError: a mart has a duplicate key.
    """
    if bulk:
        for number, (folder, path) in enumerate(files):
            say(Message("progress.writing", name=mart_name(path)), 0.6 + 0.25 * number / len(files))
            _run_sql(con, folder, path, bulk, say)
        return
    order: TopologicalSorter[tuple[str, Path]] = TopologicalSorter(_reads(files))
    order.prepare()

    def run(folder: str, path: Path) -> tuple[str, Path]:
        with con.cursor() as own:
            _run_sql(own, folder, path)
        return folder, path

    with _two_threads() as pool:
        running: set[Future[tuple[str, Path]]] = set()
        done = 0
        while order.is_active():
            running |= {pool.submit(run, *file) for file in order.get_ready()}
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                file = future.result()
                order.done(file)
                done += 1
                say(Message("progress.wrote", name=mart_name(file[1])), 0.6 + 0.25 * done / len(files))


def _reads(files: list[tuple[str, Path]]) -> dict[tuple[str, Path], list[tuple[str, Path]]]:
    """For each file the earlier files whose tables, views or macros it names, ignoring comments and string literals."""
    texts = {file: _UNREAD.sub(" ", file[1].read_text(encoding="utf-8")) for file in files}
    names = {file: set(re.findall(r"\w+", text)) for file, text in texts.items()}
    makes = {file: {mart_name(file[1]), *re.findall(r"MACRO (\w+)", text)} for file, text in texts.items()}
    return {file: [earlier for earlier in files[:at] if makes[earlier] & names[file]] for at, file in enumerate(files)}


def mart_name(path: Path) -> str:
    """`marts/20_partner_month.sql` makes `partner_month`: the number orders the files, the rest names the table."""
    return re.sub(r"^\d+_", "", path.stem)


def mart_key(sql: str) -> str | None:
    """The columns in the header line `-- key: a, b`; a mart without that line is a view over keyed tables."""
    match = re.search(r"^-- key: (.+)$", sql, re.MULTILINE)
    return match.group(1) if match else None


def _run_sql(
    con: duckdb.DuckDBPyConnection,
    folder: str,
    path: Path,
    bulk: Bulk | None = None,
    say: ProgressCallback = no_progress,
) -> None:
    sql, name = path.read_text(encoding="utf-8").strip().rstrip(";"), mart_name(path)
    if folder == "staging":
        con.execute(f"CREATE VIEW staging.{name} AS {sql}")
        return
    if folder == "macros":
        con.execute(sql)
        return
    key = mart_key(sql)
    con.execute(f"CREATE {'TABLE' if key else 'VIEW'} {name} AS {sql}")
    if bulk and folder == "hs":
        bulk.append(con, name, lambda step, done: say(step, 0.6 + 0.25 * done))
    if not key or (folder == "hs" and _rows(con, name) > _MOST_INDEXED):
        return
    try:
        con.execute(f"ALTER TABLE {name} ADD PRIMARY KEY ({key})")
    except duckdb.ConstraintException as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise FactError(
            f"marts/{path.name}", "fact.not_unique", remedy="fact.find_doubles", key=key, reason=reason
        ) from error


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def _write_residuals(con: duckdb.DuckDBPyConnection, residuals: list[Residual], version: str) -> None:
    con.execute(
        "CREATE TABLE residual (identity VARCHAR PRIMARY KEY, title VARCHAR NOT NULL, row_count BIGINT NOT NULL,"
        " place VARCHAR NOT NULL, gap DOUBLE NOT NULL, tolerance DOUBLE NOT NULL)"
    )
    for residual in residuals:
        con.execute(
            "INSERT INTO residual VALUES (?, ?, ?, ?, ?, ?)",
            [residual.identity, residual.title, residual.rows, residual.place, residual.gap, residual.tolerance],
        )
    con.execute("CREATE TABLE store_version (version VARCHAR PRIMARY KEY)")
    con.execute("INSERT INTO store_version VALUES (?)", [version])


def _comment(con: duckdb.DuckDBPyConnection) -> None:
    """COMMENT ON every table (the first line of its SQL) and every column (from `columns.toml`)."""
    columns: dict[tuple[str, str], list[str]] = {}
    listed = "SELECT schema_name, table_name, column_name FROM duckdb_columns() ORDER BY column_index"
    for schema, name, column in con.execute(listed).fetchall():
        columns.setdefault((schema, name), []).append(column)
    made_by = {(folder == "staging", mart_name(path)): path for folder, path in reversed([*_sql_files()])}
    for schema, name, kind in _tables(con):
        text = _table_comment(schema, name, made_by.get((schema == "staging", name)))
        comments = [f"COMMENT ON {kind} {schema}.{name} IS {quoted(text)}"]
        for column in columns[schema, name]:
            meaning = column_comments().get(column)
            if meaning is None:
                raise UnknownName("column_description", column, column_comments(), table=f"{schema}.{name}")
            comments.append(f"COMMENT ON COLUMN {schema}.{name}.{column} IS {quoted(meaning)}")
        con.execute(";".join(comments))


def _table_comment(schema: str, name: str, made_by: Path | None) -> str:
    if schema == "fact":
        match = re.search(rf"^-- (.+)\nCREATE TABLE fact\.{name} ", schema_sql(), re.MULTILINE)
        return match.group(1) if match else ""
    if schema == "former":
        return f"one row per row of fact.{name} that a later vintage replaced, with the vintage it had"
    own = {
        "residual": "one row per accounting identity: the largest gap that rounding leaves",
        "store_version": "one row: the content hash of this store",
    }
    return made_by.read_text(encoding="utf-8").splitlines()[0].removeprefix("-- ") if made_by else own[name]


def _tables(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return con.execute(
        "SELECT schema_name, table_name, 'TABLE' FROM duckdb_tables() WHERE NOT temporary"
        " UNION ALL SELECT schema_name, view_name, 'VIEW' FROM duckdb_views() WHERE NOT internal ORDER BY 1, 2"
    ).fetchall()


def _count(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    tables = "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY ALL"
    names = [name for (name,) in con.execute(tables).fetchall()]
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)
    rows = dict(con.execute(counts).fetchall())
    return {name.removeprefix("main."): rows[name] for name in names}


def expected_version(data: Path | None = None, home: Path | None = None) -> str:
    """The version that a build of these facts would have, from the hashes in their manifests: no fact file is read.

    Raises:
        FactError: a manifest is wrong.
    """
    home = home or paths.home()
    batches = _batches(data or paths.data(), home)
    hashes = {batch.label(file): file.sha256 for batch in batches for file in batch.source.file}
    return _version(batches, hashes, remembered(home))


def _version(batches: list[Batch], hashes: dict[str, str], choice: Choice) -> str:
    """The content hash of every fact file and manifest, the SQL that transforms them, DuckDB's version, and external HS
    facts as of when they were last read."""
    parts = [ENGINE, *rule_hashes()]
    parts += [f"hs {choice.kind} {choice.fingerprint}"] if choice.kind != "none" else []
    parts += [f"{name} {sha256}" for name, sha256 in hashes.items()]
    parts += [f"{batch.source_id} {batch.batch} {sha256(batch.folder / 'source.toml')}" for batch in batches]
    return hashlib.sha256(json.dumps(sorted(parts)).encode()).hexdigest()[:16]


def _warnings(residuals: list[Residual]) -> list[str]:
    """Warnings about identities whose gap exceeds nine tenths of the tolerance."""
    return [
        f"{residual.title}: the gap at {residual.place} is {residual.gap:g} of {residual.tolerance:g} allowed"
        for residual in residuals
        if abs(residual.gap) > 0.9 * residual.tolerance > 0
    ]
