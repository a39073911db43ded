"""A reader's SQL reads the store and does nothing else: attacks are refused or harmless, bombs end, queries share nothing.

Every attack runs through `run_sql`, as a user's query does, in a process of its own with all limits. That process is
forked (see support/forked_workers.py), except in tests of its start or end. No attack may leave a file, change the
store, show a secret or exceed its time; a refusal is one sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from tests.support.forked_workers import forked_workers
from trade.cli import commands
from trade.cli import sql as sql_command
from trade.errors import BadParameter, QueryFailed, StoreDamaged, TradeError
from trade.store import Store, open_store
from trade.store.sandbox import (
    LimitReached,
    QueryRefused,
    SqlResult,
    describe_schema,
    examples,
    run_sql,
)
from trade.store.sandbox import (
    runner as console,
)
from trade.store.sandbox.arrow_to_pandas import to_frame, unique
from trade.store.sandbox.statement_guard import TABLE_FUNCTIONS

SECRET = "SECRET-7731"
SHORT, LONGER = 0.15, 0.5
"""Time limits in seconds for queries that never end, and for those that may end by themselves; users get 10."""
STARTING = 4.0
"""Seconds that a busy machine may add to that."""
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def store(real_home: Path) -> Store:
    return open_store(real_home)


@pytest.fixture(scope="module")
def lair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with things to steal, and where the attacks try to leave theirs."""
    folder = tmp_path_factory.mktemp("lair")
    for name in ("secret.csv", "secret.json", "secret.txt"):
        (folder / name).write_text(SECRET + "\n")
    return folder


@pytest.fixture(scope="module", autouse=True)
def _nothing_changed(store: Store, lair: Path) -> Iterator[None]:
    """After all attacks: the store's bytes, the folders and the process table are as before."""
    before = _state(store, lair)
    _OTHERS.update(_children())
    with forked_workers(console, store=store.path):
        yield
    assert _state(store, lair) == before
    assert _children() == []


@pytest.fixture
def _started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start workers as processes, as for users, instead of forking them."""
    monkeypatch.setattr(console, "subprocess", subprocess)


def _state(store: Store, lair: Path) -> tuple:
    temporary = Path(os.environ.get("TMPDIR", "/tmp"))
    return (
        hashlib.sha256(store.path.read_bytes()).hexdigest(),
        sorted(path.name for path in store.path.parent.iterdir()),
        sorted(path.name for path in lair.iterdir()),
        sorted(path.name for path in temporary.glob("*duckdb*")),
        sorted(path.name for path in Path.cwd().iterdir() if path.suffix in (".db", ".duckdb", ".csv", ".parquet")),
    )


_OTHERS: set[str] = set()
"""Processes that tests of other modules left to this one."""


def _children() -> list[str]:
    """Workers of this process, running ones and zombies."""
    if sys.platform != "linux":
        return []
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            command = (stat.parent / "cmdline").read_text()
            name, state, parent = re.search(r"\((.*)\) (\S) (\d+)", stat.read_text()).groups()  # type: ignore[union-attr]
        except OSError:
            continue
        worker = "worker.py" in command and "forked_workers" not in command
        if int(parent) == os.getpid() and (worker or (state == "Z" and "python" in name)):
            found.append(f"{stat.parent.name} {name} {state}")
    return [one for one in found if one not in _OTHERS]


def _ask(store: Store, sql: str, **limits: float) -> SqlResult | TradeError:
    try:
        return run_sql(sql, store=store, **limits)  # type: ignore[arg-type]
    except TradeError as error:
        return error


def _is_a_sentence(text: str) -> bool:
    return "\n" not in text and text.endswith(".") and len(text) < 700 and text[0].isupper() and text.isprintable()


# What must be refused, and a word of the reason. {lair} is the folder of secrets.
REFUSED = {
    # files, read
    "read_csv": ("FROM read_csv('{lair}/secret.csv')", "read_csv"),
    "read_csv_auto": ("FROM read_csv_auto('{lair}/secret.csv', header = false)", "read_csv_auto"),
    "read_text": ("SELECT content FROM read_text('{lair}/secret.txt')", "read_text"),
    "read_blob": ("SELECT content FROM read_blob('{lair}/secret.txt')", "read_blob"),
    "read_json": ("FROM read_json('{lair}/secret.json')", "read_json"),
    "read_ndjson_objects": ("FROM read_ndjson_objects('{lair}/secret.json')", "read_ndjson_objects"),
    "read_parquet": ("FROM read_parquet('{lair}/*.parquet')", "read_parquet"),
    "parquet_scan": ("FROM parquet_scan('/etc/passwd')", "parquet_scan"),
    "parquet_metadata": ("FROM parquet_metadata('/etc/passwd')", "parquet_metadata"),
    "sniff_csv": ("FROM sniff_csv('{lair}/secret.csv')", "sniff_csv"),
    "glob": ("FROM glob('/**')", "glob"),
    "read_duckdb": ("FROM read_duckdb('{lair}/x.duckdb')", "read_duckdb"),
    "file as a table": ("FROM '{lair}/secret.csv'", "names a file"),
    "file as a table in a join": ("SELECT * FROM fx_rate, '{lair}/secret.json'", "names a file"),
    "file with double quotes": ('FROM "{lair}/secret.csv"', "names a file"),
    "url as a table": ("FROM 'https://example.org/x.csv'", "names a file"),
    "url": ("FROM read_csv('https://example.org/x.csv')", "read_csv"),
    "s3": ("FROM read_parquet('s3://bucket/x')", "read_parquet"),
    "file in a subquery": ("SELECT (SELECT content FROM read_text('/etc/passwd'))", "read_text"),
    "file in a filter": (
        "FROM fx_rate WHERE source_id IN (SELECT content FROM read_text('/etc/hostname'))",
        "read_text",
    ),
    "file in a common table": ("WITH x AS MATERIALIZED (FROM read_text('/etc/passwd')) FROM x", "read_text"),
    "file in a lateral join": ("FROM fx_rate, LATERAL (FROM read_text('/etc/passwd'))", "read_text"),
    "file in a pivot": ("PIVOT (FROM read_text('/etc/passwd')) ON filename USING count(*)", "read_text"),
    "file in an explanation": ("EXPLAIN ANALYZE FROM read_text('/etc/passwd')", "read_text"),
    "file in a description": ("DESCRIBE FROM read_csv('{lair}/secret.csv')", "read_csv"),
    "file in a summary": ("SUMMARIZE FROM read_csv('{lair}/secret.csv')", "read_csv"),
    # files, written
    "copy to a file": ("COPY (SELECT 1) TO '{lair}/stolen.csv'", "COPY"),
    "copy a table": ("COPY fx_rate TO '{lair}/stolen.parquet' (FORMAT parquet)", "COPY"),
    "copy from a file": ("COPY fx_rate FROM '{lair}/secret.csv'", "COPY"),
    "copy to a program": ("COPY fx_rate TO PROGRAM 'sh'", "COPY"),
    "copy of a pivot": ("COPY (PIVOT fx_rate ON flow USING count(*)) TO '{lair}/stolen.csv'", "refused"),
    "copy in an explanation": ("EXPLAIN ANALYZE COPY (SELECT 1) TO '{lair}/stolen.csv'", "EXPLAIN of COPY"),
    "export": ("EXPORT DATABASE '{lair}/stolen'", "EXPORT"),
    "import": ("IMPORT DATABASE '{lair}'", "settings are locked"),
    # other databases, extensions, settings
    "attach": ("ATTACH '{lair}/other.duckdb'", "ATTACH"),
    "attach the store for writing": ("ATTACH '{store}' AS again (READ_WRITE)", "ATTACH"),
    "attach in memory": ("ATTACH ':memory:' AS memory2", "ATTACH"),
    "detach": ("DETACH trade", "DETACH"),
    "use": ("USE memory", "locked"),
    "install": ("INSTALL httpfs", "extensions"),
    "install from": ("FORCE INSTALL spatial FROM community", "extensions"),
    "load": ("LOAD '{lair}/evil.duckdb_extension'", "extensions"),
    "update extensions": ("UPDATE EXTENSIONS", "refused"),
    "pragma": ("PRAGMA database_list", "locked"),
    "pragma with a value": ("PRAGMA memory_limit = '20GB'", "locked"),
    "set": ("SET enable_external_access = true", "locked"),
    "set threads": ("SET threads = 64", "locked"),
    "set global": ("SET GLOBAL memory_limit = '20GB'", "locked"),
    "set variable": ("SET VARIABLE x = 1", "locked"),
    "reset": ("RESET lock_configuration", "locked"),
    "secret": ("CREATE SECRET x (TYPE s3, KEY_ID 'a', SECRET 'b')", "CREATE"),
    "secrets": ("FROM duckdb_secrets()", "duckdb_secrets"),
    # writes
    "create table": ("CREATE TABLE x AS SELECT 1", "read-only"),
    "create temporary table": ("CREATE TEMP TABLE x AS FROM range(10)", "read-only"),
    "create view": ("CREATE OR REPLACE VIEW fx_rate AS SELECT 1", "read-only"),
    "create macro": ("CREATE TEMP MACRO f(x) AS x + 1", "read-only"),
    "create type": ("CREATE TYPE mood AS ENUM ('a')", "read-only"),
    "create sequence": ("CREATE SEQUENCE s", "read-only"),
    "create table of a pivot": ("CREATE TABLE x AS PIVOT fx_rate ON flow USING count(*)", "refused"),
    "insert": ("INSERT INTO fx_rate VALUES (1, 'export', 1, 'x')", "read-only"),
    "insert of a pivot": ("INSERT INTO fx_rate PIVOT fx_rate ON flow USING count(*)", "refused"),
    "update": ("UPDATE fx_rate SET cny_per_usd = 1", "read-only"),
    "delete": ("DELETE FROM fx_rate", "read-only"),
    "delete within a query": (
        "WITH gone AS (DELETE FROM fx_rate RETURNING *) FROM gone",
        "cannot insert, update or delete",
    ),
    "insert within a query": (
        "WITH new AS (INSERT INTO store_version VALUES ('x') RETURNING *) FROM new",
        "cannot insert, update or delete",
    ),
    "truncate": ("TRUNCATE fx_rate", "read-only"),
    "merge": ("MERGE INTO fx_rate USING fx_rate AS x ON true WHEN MATCHED THEN DELETE", "read-only"),
    "alter": ("ALTER TABLE fx_rate DROP COLUMN year", "read-only"),
    "comment on": ("COMMENT ON TABLE fx_rate IS 'evil'", "read-only"),
    "drop": ("DROP TABLE fx_rate", "read-only"),
    "vacuum": ("VACUUM", "read-only"),
    "checkpoint": ("CHECKPOINT", "checkpoint"),
    "force checkpoint": ("FROM force_checkpoint()", "force_checkpoint"),
    "call": ("CALL pragma_version()", "CALL"),
    "begin": ("BEGIN TRANSACTION", "transactions"),
    "commit": ("COMMIT", "transactions"),
    "prepare": ("PREPARE p AS SELECT 1", "prepare"),
    "execute": ("EXECUTE p", "prepared"),
    "write_log": ("SELECT write_log('x')", "write_log"),
    "enable logging": ("CALL enable_logging('HTTP')", "enable_logging"),
    # the machine
    "getenv": ("SELECT getenv('HOME')", "getenv"),
    "settings": ("FROM duckdb_settings()", "duckdb_settings"),
    "a setting": ("SELECT current_setting('secret_directory')", "current_setting"),
    "show a setting": ("SHOW secret_directory", "secret_directory"),
    "show allowed paths": ("SHOW allowed_paths", "allowed_paths"),
    "path of the store": ("SELECT path FROM duckdb_databases()", "duckdb_databases"),
    "path of the store as a view": ("FROM 'pragma_database_list'", "pragma_database_list"),
    "settings as postgres names them": ("FROM pg_catalog.pg_settings", "pg_settings"),
    "extensions": ("FROM duckdb_extensions()", "duckdb_extensions"),
    "temporary files": ("FROM duckdb_temporary_files()", "duckdb_temporary_files"),
    "variables of Python": ("SELECT * FROM request", "does not exist"),
    "modules of Python": ("FROM pandas_scan(1)", "pandas_scan"),
    # names hidden
    "capitals": ("FROM READ_CSV('{lair}/secret.csv')", "read_csv"),
    "quoted name": ("FROM \"read_csv\"('{lair}/secret.csv')", "read_csv"),
    "qualified name": ("FROM system.main.read_csv('{lair}/secret.csv')", "read_csv"),
    "comment between": ("FROM read_csv/* */('{lair}/secret.csv')", "read_csv"),
    "name put together": ("FROM query('FROM read_' || 'csv(''{lair}/secret.csv'')')", "query"),
    "table named by a text": ("FROM query_table('fx_' || 'rate')", "query_table"),
    "statement as JSON": (
        "FROM json_execute_serialized_sql(json_serialize_sql('FROM read_' || 'text(''/etc/passwd'')'))",
        "json_execute_serialized_sql",
    ),
    "plan as JSON": ("SELECT json_serialize_plan('FROM read_' || 'text(''/etc/passwd'')')", "json_serialize_plan"),
    "engine's own functions": ("SELECT __internal_decompress_string(1::UBIGINT)", "__internal"),
    # several statements, or one hidden
    "stacked": ("SELECT 1; DROP TABLE fx_rate", "one statement"),
    "stacked reads": ("SELECT 1; SELECT 2", "one statement"),
    "stacked after a comment": ("SELECT 1; -- harmless\nCOPY fx_rate TO '{lair}/stolen.csv'", "one statement"),
    "stacked in one line": ("SELECT 1;;;DELETE FROM fx_rate;", "one statement"),
    "comment hides the end": ("SELECT 1 /* ; */ ; DROP TABLE fx_rate", "one statement"),
    "comment not closed": ("SELECT 1 /* ; DROP TABLE fx_rate", "comment"),
    "comments within comments": (
        "/* /* */ EXPLAIN SELECT 1 -- */ COPY (SELECT 1) TO '{lair}/stolen.csv'",
        "COPY",
    ),
    "comments within comments, explained": (
        "/* /* */ EXPLAIN SELECT 1 -- */ EXPLAIN ANALYZE COPY (SELECT 1) TO '{lair}/stolen.csv'",
        "EXPLAIN",
    ),
    "comments within comments, pivot": (
        "/* /* */ EXPLAIN SELECT 1 -- */ COPY (PIVOT fx_rate ON flow USING count(*)) TO '{lair}/stolen.csv'",
        "refused",
    ),
    "carriage return ends a comment": (
        "-- x\r EXPLAIN ANALYZE DELETE FROM fx_rate /*\n EXPLAIN SELECT 1 */",
        "EXPLAIN of DELETE",
    ),
    "quote closes a text": ("SELECT 'a'; DROP TABLE fx_rate; --'", "one statement"),
    "dollar quotes": ("SELECT $$a$$; DROP TABLE fx_rate", "one statement"),
    "NUL byte": ("SELECT 1\0; DROP TABLE fx_rate", "NUL"),
    "half of a surrogate pair": ("SELECT '\ud800'", "Unicode"),
    "homoglyph": ("ЅELECT 1", "could not be run"),
    "homoglyph semicolon": ("SELECT 1\u037e DROP TABLE fx_rate", "could not be run"),
    "full-width letters": ("ＳＥＬＥＣＴ 1", "could not be run"),
    "right-to-left override": ("SELECT 1 \u202e; DROP TABLE fx_rate", "one statement"),
    "no-break space": ("SELECT\u00a01;\u00a0DROP\u00a0TABLE fx_rate", "one statement"),
    "parameter": ("SELECT $1", "parameter"),
    "named parameter": ("SELECT $name", "parameter"),
    "question mark": ("FROM fx_rate WHERE year = ?", "parameter"),
    # no query
    "empty": ("", "no query"),
    "blanks": (" \n\t ;; ", "no query"),
    "only a comment": ("-- nothing", "no query"),
    "10 MB": ("SELECT '" + "x" * 10_000_000 + "'", "10,000,009 characters"),
    "script": ("<script>alert(1)</script>", "could not be run"),
    "terminal": ("SELECT \x1b[2J\x07", "could not be run"),
    "shell": ("SELECT 1 | cat /etc/passwd", "could not be run"),
    "backslash command": (".shell id", "could not be run"),
    "write described": ("DESCRIBE DELETE FROM fx_rate", "could not be run"),
    "write as a table": ("FROM (DELETE FROM fx_rate RETURNING *)", "could not be run"),
    "copy as a table": ("FROM (COPY fx_rate TO '{lair}/stolen.csv')", "could not be run"),
    "lock": ("SELECT * FROM fx_rate FOR UPDATE", "could not be run"),
    "select into": ("SELECT * INTO x FROM fx_rate", "could not be run"),
    "many columns": ("SELECT " + ", ".join(["1"] * 1001), "1,001 columns"),
    "many columns of a pivot": ("PIVOT range(5000) ON range USING count(*)", "columns"),
}


Timed = tuple[SqlResult | TradeError, float]


def _ask_all(store: Store, queries: dict[str, str], seconds: float) -> dict[str, Timed]:
    """The result and seconds of every query; two workers run at a time to save time."""

    def ask(sql: str) -> Timed:
        started = time.monotonic()
        return _ask(store, sql, seconds=seconds), time.monotonic() - started

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(queries, pool.map(ask, queries.values()), strict=True))


def _fill(text: str, store: Store, lair: Path) -> str:
    return text.replace("{lair}", str(lair)).replace("{store}", str(store.path))


@pytest.fixture(scope="module")
def refused(store: Store, lair: Path) -> dict[str, Timed]:
    return _ask_all(store, {name: _fill(text, store, lair) for name, (text, _) in REFUSED.items()}, 5)


@pytest.fixture(scope="module")
def bombs(store: Store) -> dict[str, Timed]:
    return _ask_all(store, UNENDING, SHORT) | _ask_all(store, GREEDY, LONGER)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, refused: dict[str, Timed], store: Store) -> None:
    (text, reason), (answer, _) = REFUSED[name], refused[name]
    assert isinstance(answer, QueryRefused), answer
    assert reason in str(answer)
    assert _is_a_sentence(str(answer)), str(answer)
    assert SECRET not in str(answer)
    if "{store}" not in text:
        assert str(store.path.parent) not in str(answer)


# Queries that no guard can recognize: they must end in time and within memory. On a fast machine some give an answer.
UNENDING = {
    "cross join": "SELECT count(*) FROM range(10000000) AS a, range(10000000) AS b WHERE a.range * b.range = 7",
    "cross join of the store": "SELECT sum(a.value * b.value * c.value) FROM market AS a, market AS b, market AS c",
    "recursion without end": "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r",
    "recursion that doubles": "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i FROM r, range(2)) SELECT count(*) FROM r",
    "list that doubles": (
        "WITH RECURSIVE r AS (SELECT [1] AS i UNION ALL SELECT list_concat(i, i) FROM r) SELECT max(len(i)) FROM r"
    ),
    "list of lists": "SELECT list_transform(range(100000), lambda x: range(100000))",
    "list of a column": "SELECT list(range) FROM range(10000000000)",
    "padding": "SELECT lpad('x', 2000000000, 'y')",
    "grouping": "SELECT range, count(*) FROM range(1000000000) GROUP BY ALL",
    "distinct": "SELECT count(DISTINCT hash(range)) FROM range(1000000000)",
    "sorting": "SELECT md5(range::VARCHAR) AS h FROM range(1000000000) ORDER BY h",
    "window": "SELECT sum(range) OVER (ORDER BY hash(range)) FROM range(1000000000)",
    "regular expression": (
        "SELECT count(*) FROM range(1000000) AS t(i) WHERE regexp_matches(repeat('ab', 2000) || i, '(a|b)*a(a|b){20}c')"
    ),
    "edit distance": "SELECT levenshtein(repeat('ab', 100000), repeat('ba', 100000))",
    "sleep": "SELECT sleep_ms(60000)",
    "sleep of every row": "SELECT sleep_ms(1000) FROM range(1000)",
    "wide numbers": "SELECT product(range::HUGEINT) FROM range(1, 10000000000)",
    "map": "SELECT map_from_entries(list((range, range))) FROM range(100000000)",
    "unions": " UNION ALL ".join(["SELECT 1"] * 5000),
    "common tables that multiply": "WITH t0 AS (FROM range(10)), "
    + ", ".join(f"t{at} AS (SELECT a.* FROM t{at - 1} a, t{at - 1} b)" for at in range(1, 12))
    + " SELECT count(*) FROM t11",
    "explanation that runs": "EXPLAIN ANALYZE SELECT count(*) FROM range(100000000000)",
    "summary that runs": "SUMMARIZE FROM range(100000000000)",
    "replacement": "SELECT length(regexp_replace(repeat('a', 20000000), 'a', repeat('b', 1000), 'g'))",
    "plan of many joins": "EXPLAIN SELECT 1 FROM " + ", ".join(f"range(2) AS r{at}" for at in range(900)),
    "columns that multiply": (
        "SELECT "
        + ", ".join(["COLUMNS('.*')"] * 300)
        + " FROM (SELECT "
        + ", ".join(f"1 AS c{at}" for at in range(900))
        + ")"
    ),
}
GREEDY = {
    "list unnested": "SELECT unnest(generate_series(1, 1000000000))",
    "string": "SELECT repeat('x', 4000000000)",
    "string of strings": "SELECT repeat(repeat(repeat('x', 10000), 10000), 100)",
    "string aggregate": "SELECT string_agg(repeat('x', 1000), '') FROM range(100000000)",
    "nested JSON": "SELECT json_structure(repeat('[', 5000000) || repeat(']', 5000000))",
    "brackets": "SELECT " + "(" * 45_000 + "1" + ")" * 45_000,
    "operators": "SELECT " + "-".join(["1"] * 40_000),
    "lists in lists": "SELECT " + "[" * 40_000 + "]" * 40_000,
    "subqueries": "SELECT * FROM (" * 6000 + "SELECT 1" + ")" * 6000,
    "columns by star": "SELECT * FROM " + ", ".join(f"total_trade AS t{at}" for at in range(60)),
    "frames of a window": (
        "SELECT quantile_cont(range, 0.5) OVER (ORDER BY hash(range) ROWS BETWEEN 100000 PRECEDING AND CURRENT ROW)"
        " FROM range(3000000)"
    ),
    "one row too large": "SELECT repeat('x', 40000000)",
}
BOMBS = UNENDING | GREEDY


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end(name: str, bombs: dict[str, Timed]) -> None:
    answer, took = bombs[name]
    assert took < LONGER + STARTING
    assert isinstance(answer, LimitReached | QueryRefused), answer
    assert _is_a_sentence(str(answer)), str(answer)


# Queries that look like attacks but only read.
HARMLESS = {
    "words of statements in a text": ("SELECT 'x; DROP TABLE fx_rate; --' AS a", "x; DROP TABLE fx_rate; --"),
    "statement in a comment": ("SELECT 1 -- ; DROP TABLE fx_rate", 1),
    "statement in a long comment": ("/* DROP TABLE fx_rate; */ SELECT 1", 1),
    "semicolons after": ("SELECT 1;;; -- end", 1),
    "comment in a text and after": ("SELECT 'a; -- b'; -- it's over", "a; -- b"),
    "script in a text": ("SELECT '<script>alert(1)</script>'", "<script>alert(1)</script>"),
    "script in a name": ('SELECT 1 AS "<img src=x onerror=alert(1)>"', 1),
    "formula": ("SELECT '=cmd|'' /C calc''!A0'", "=cmd|' /C calc'!A0"),
    "quotes": ('SELECT \'"; --\' AS "a""b"', '"; --'),
    "endless rows are cut": ("FROM range(1000000000000)", 0),
    "greedy expression": ("SELECT regexp_matches(repeat('a', 40) || '!', '^(a+)+$')", False),
    "path in a text": ("SELECT '/etc/passwd'", "/etc/passwd"),
    "user": ("SELECT current_user", "duckdb"),
    "terminal in a text": ("SELECT chr(27) || '[2J'", "\x1b[2J"),
    "division by zero": ("SELECT 1 / 0", None),
    "infinity": ("SELECT 'infinity'::DOUBLE", None),
    "seed": ("SELECT setseed(0.5)", None),
}


@pytest.fixture(scope="module")
def harmless(store: Store) -> dict[str, SqlResult]:
    return {name: run_sql(sql, store=store, rows=3) for name, (sql, _) in HARMLESS.items()}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless(name: str, harmless: dict[str, SqlResult]) -> None:
    result = harmless[name]
    assert next(result.rows())[0] == HARMLESS[name][1]
    json.dumps(result.as_dict(), allow_nan=False)


def test_there_are_enough_attacks() -> None:
    assert len(REFUSED) + len(BOMBS) + len(HARMLESS) > 150


ALLOWED = {
    "select": "SELECT count(*) FROM total_trade",
    "with": "WITH x AS (SELECT 1 AS a) SELECT a FROM x",
    "from first": "FROM fx_rate SELECT year LIMIT 1",
    "values": "VALUES (1), (2)",
    "table": "TABLE fx_rate",
    "describe a table": "DESCRIBE fx_rate",
    "describe a query": "DESCRIBE SELECT 1",
    "describe all": "DESCRIBE",
    "summarize": "SUMMARIZE fx_rate",
    "show tables": "SHOW TABLES",
    "show all tables": "SHOW ALL TABLES",
    "explain": "EXPLAIN SELECT 1",
    "explain analyze": "-- why\nexplain /* so */ ANALYZE SELECT 1;",
    "explain as json": "EXPLAIN (FORMAT json) SELECT 1",
    "explain a pivot": "EXPLAIN PIVOT fx_rate ON flow USING any_value(cny_per_usd) GROUP BY year",
    "pivot": "PIVOT fx_rate ON flow USING any_value(cny_per_usd) GROUP BY year",
    "pivot in a subquery": "SELECT * FROM (PIVOT fx_rate ON flow USING count(*) GROUP BY year); -- done",
    "pivot of listed values": "PIVOT fx_rate ON flow IN ('export') USING count(*)",
    "unpivot": "UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b",
    "window": "SELECT year, rank() OVER (ORDER BY year) FROM fx_rate QUALIFY rank() OVER (ORDER BY year) = 1",
    "macro of the store": "SELECT count(*) FROM totals(NULL)",
    "catalogue": "SELECT table_name, comment FROM duckdb_tables()",
    "schema of facts": "SELECT source_id FROM fact.source",
}


@pytest.fixture(scope="module")
def allowed(store: Store) -> dict[str, SqlResult]:
    return {name: run_sql(sql, store=store) for name, sql in ALLOWED.items()}


@pytest.mark.parametrize("name", ALLOWED)
def test_allowed(name: str, allowed: dict[str, SqlResult]) -> None:
    result = allowed[name]
    assert len(result.frame) > 0
    assert len(result.types) == len(result.columns)
    assert (result.truncated, result.notes) == (False, ())


class TestValues:
    def test_types(self, store: Store) -> None:
        result = run_sql(
            "SELECT 2025 AS year, NULL AS nothing, NULL::INTEGER AS none, 1.10 AS exact, 0.1::FLOAT AS short,"
            " 'nan'::DOUBLE AS nan, sum(3) AS total, 170141183460469231731687303715884105727 AS huge,"
            " DATE '2025-12-01' AS day, TIMESTAMP '2025-12-01 10:30:00' AS moment, [1, NULL, 'nan'::DOUBLE] AS list,"
            " {'a': DATE '2025-01-01', 'b': [1]} AS struct, MAP {'k': 1} AS map, '{\"z\": [1]}'::JSON AS json,"
            " INTERVAL 3 DAY AS span, 'x'::ENUM ('x', 'y') AS enum, '\\xAA'::BLOB AS blob, true AS yes, '对外' AS text",
            store=store,
        )
        assert result.as_dict()["rows"] == [
            {"year": 2025, "nothing": None, "none": None, "exact": 1.1, "short": 0.1, "nan": None, "total": 3}
            | {"huge": "170141183460469231731687303715884105727", "day": "2025-12-01", "moment": "2025-12-01T10:30:00"}
            | {"list": [1, None, None], "struct": {"a": "2025-01-01", "b": [1]}, "map": {"k": 1}, "json": {"z": [1]}}
            | {"span": "3 days", "enum": "x", "blob": "\\xAA", "yes": True, "text": "对外"}
        ]
        assert str(result.frame["day"].dtype).startswith("datetime64")
        assert result.frame["year"].dtype.kind == "i"

    def test_every_type_of_the_engine(self, store: Store) -> None:
        result = run_sql("FROM test_all_types()", store=store)
        reply = json.loads(json.dumps(result.as_dict(), allow_nan=False))
        assert len(reply["rows"]) == 3
        last = reply["rows"][2]
        assert [name for name, value in last.items() if value is not None] == []
        assert reply["rows"][1]["dec_4_1"] == 999.9
        assert reply["rows"][1]["ubigint"] == 2**64 - 1
        assert reply["rows"][1]["date"] == "5881580-07-10"

    def test_missing_integers_stay_integers(self, store: Store) -> None:
        frame = run_sql("VALUES (1, true), (NULL, NULL)", store=store).frame
        assert frame["col0"].tolist() == [1, pd.NA]
        assert frame["col1"].tolist() == [True, pd.NA]

    def test_names_that_occur_twice(self, store: Store) -> None:
        assert run_sql("SELECT 1 AS a, 2 AS a, 3 AS a_2", store=store).columns == ["a", "a_3", "a_2"]
        assert unique(["a"] * 3) == ["a", "a_2", "a_3"]

    def test_no_rows_and_no_column_lost(self, store: Store) -> None:
        result = run_sql("SELECT year, cny_per_usd FROM fx_rate WHERE year = 1", store=store)
        assert (len(result.frame), result.columns) == (0, ["year", "cny_per_usd"])
        assert result.as_dict()["rows"] == []

    def test_deep_json_stays_a_text(self) -> None:
        deep = "[" * 100_000 + "]" * 100_000
        frame = to_frame(pa.table({"c0": [deep]}), ["a"])
        assert next(SqlResult(frame, False, 0, "x", ("JSON",)).rows()) == (deep,)

    def test_same_as_the_store(self, store: Store) -> None:
        sql = "SELECT period, flow, value, growth_pct FROM total_trade ORDER BY freq, currency, flow, period LIMIT 500"
        pd.testing.assert_frame_equal(run_sql(sql, store=store).frame, store.query(sql))


class TestLimits:
    def test_rows(self, store: Store) -> None:
        cut = run_sql("FROM range(3000)", store=store, rows=2048)
        assert (len(cut.frame), cut.truncated) == (2048, True)
        assert cut.notes == ("Only the first 2,048 rows are given; the result has more.",)
        whole = run_sql("FROM range(2048)", store=store, rows=2048)
        assert (len(whole.frame), whole.truncated, whole.notes) == (2048, False, ())

    def test_order_is_kept(self, store: Store) -> None:
        frame = run_sql("FROM range(50000) ORDER BY range DESC", store=store, rows=5000).frame
        assert frame["range"].tolist() == list(range(49_999, 44_999, -1))

    def test_cells(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(console, "MOST_CELLS", 100)
        result = run_sql("SELECT range, 1, 2, 3 FROM range(1000)", store=store)
        assert (len(result.frame), result.truncated) == (25, True)
        assert "100 cells" in result.notes[0]

    def test_bytes(self, store: Store) -> None:
        result = run_sql("SELECT repeat('x', 100000) FROM range(1000)", store=store)
        assert result.truncated
        assert 100 < len(result.frame) < 336
        assert "32 MiB" in result.notes[0]

    @pytest.mark.parametrize(
        "limits", [{"rows": 0}, {"rows": 10**9}, {"seconds": 0}, {"seconds": 60}, {"seconds": float("nan")}]
    )
    def test_bounds(self, limits: dict[str, float], store: Store) -> None:
        with pytest.raises(BadParameter, match="between"):
            run_sql("SELECT 1", store=store, **limits)  # type: ignore[arg-type]

    @linux
    def test_true_defaults_hold_time_and_memory(self, store: Store, real_home: Path) -> None:
        """Run the command with its default limits, and measure the memory of the command and its worker together."""
        sql = "SELECT count(*), max(len(l)) FROM (SELECT list(range) AS l FROM range(100000000000) GROUP BY range // 1000000000)"
        command = [sys.executable, "-m", "trade", "sql", sql]
        started = time.monotonic()
        with subprocess.Popen(
            command, env=os.environ | {"TRADE_HOME": str(real_home)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            peak = 0
            while process.poll() is None:
                peak = max(peak, _resident(process.pid))
                time.sleep(0.05)
            stderr = process.stderr.read().decode() if process.stderr else ""
        assert process.returncode == 1
        assert time.monotonic() - started < 30
        assert 0 < peak < 3 << 30
        assert _is_a_sentence(stderr.strip()), stderr


def _resident(pid: int) -> int:
    """Resident memory in bytes of a process and its children."""
    total = 0
    for one in [pid, *_children_of(pid)]:
        try:
            found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{one}/status").read_text())
        except OSError:
            continue
        total += int(found.group(1)) * 1024 if found else 0
    return total


def _children_of(pid: int) -> list[int]:
    try:
        text = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:
        return []
    return [int(one) for one in text.split()]


def _worker_of_this_process() -> int:
    """Wait for a running worker with its limits set; return its process id."""
    for _ in range(200):
        found = [line for line in _children() if " Z" not in line]
        if found and _is_locked(int(found[0].split()[0])):
            return int(found[0].split()[0])
        time.sleep(0.02)
    raise AssertionError("no worker runs")


def _is_locked(pid: int) -> bool:
    try:
        return re.search(r"Max open files\s+0 ", Path(f"/proc/{pid}/limits").read_text()) is not None
    except OSError:
        return False


@pytest.mark.usefixtures("_started")
class TestWorker:
    @linux
    def test_limits_of_the_process(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Code that got in through a hole in the engine could open no file, use little memory and read no secret."""
        monkeypatch.setenv("TRADE_TOKEN", SECRET)
        with ThreadPoolExecutor(1) as pool:
            query = pool.submit(_ask, store, "SELECT sleep_ms(60000)", seconds=3)
            pid = _worker_of_this_process()
            limits = Path(f"/proc/{pid}/limits").read_text()
            environment = Path(f"/proc/{pid}/environ").read_text()
            files = [os.readlink(path) for path in Path(f"/proc/{pid}/fd").iterdir()]
            nice = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[16])
            oom_score = Path(f"/proc/{pid}/oom_score_adj").read_text().strip()
            os.kill(pid, signal.SIGKILL)
            answer = query.result()
        assert re.search(rf"Max address space\s+{2 << 30}", limits)
        assert re.search(r"Max file size\s+0 ", limits)
        assert re.search(r"Max core file size\s+0 ", limits)
        assert SECRET not in environment
        assert "HOME=" not in environment
        assert all(
            path.startswith(("pipe:", "/dev/null", "socket:", "anon_inode")) or path == str(store.path)
            for path in files
        ), files
        assert nice == min(19, os.nice(0) + 10), "below this process, whatever its own priority is"
        assert oom_score == "1000"
        assert isinstance(answer, LimitReached)
        assert _is_a_sentence(str(answer))

    @linux
    def test_a_killed_worker_is_buried(self, store: Store) -> None:
        for _ in range(2):
            assert isinstance(_ask(store, "SELECT sleep_ms(60000)", seconds=0.2), LimitReached)
        assert _children() == []

    @linux
    def test_a_worker_outlives_its_parent_by_seconds_only(self, store: Store) -> None:
        """If its parent has died, an alarm of the kernel ends the worker."""
        request = {"store": str(store.path), "sql": "SELECT sleep_ms(60000)", "rows": 1, "seconds": 0.5}
        limits = {"cells": 1, "bytes": 1, "memory": 2 << 30, "unlisted": []}
        worker = subprocess.Popen(
            [sys.executable, str(console._WORKER), str(os.getpid())], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        worker.communicate(json.dumps(request | limits).encode(), timeout=10)
        assert worker.returncode == -signal.SIGALRM

    def test_eight_at_once(self, store: Store) -> None:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda number: _ask(store, f"SELECT {number} AS a FROM range(3)"), range(8)))
        assert [answer.frame["a"].tolist() for answer in answers] == [[number] * 3 for number in range(8)]  # type: ignore[union-attr]

    def test_too_many_at_once(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(console, "_turns", threading.BoundedSemaphore(1))
        monkeypatch.setattr(console, "WAIT", 0.05)
        with console._turns, pytest.raises(LimitReached, match="try again"):
            run_sql("SELECT 1", store=store)
        assert len(run_sql("SELECT 1", store=store).frame) == 1

    def test_a_runaway_does_not_stop_the_pages(self, store: Store) -> None:
        with ThreadPoolExecutor(1) as pool:
            runaway = pool.submit(_ask, store, BOMBS["cross join"], seconds=0.6)
            slowest = 0.0
            while not runaway.done():
                started = time.monotonic()
                store.query("SELECT count(*) FROM total_trade")
                slowest = max(slowest, time.monotonic() - started)
        assert isinstance(runaway.result(), LimitReached)
        assert slowest < 0.7

    def test_queries_share_nothing(self, store: Store) -> None:
        run_sql("SELECT setseed(0.5)", store=store)
        first, second = (run_sql("SELECT random()", store=store).frame.iloc[0, 0] for _ in range(2))
        assert first != second
        run_sql("PIVOT fx_rate ON flow USING count(*)", store=store)
        leftover = run_sql("SELECT count(*) FROM duckdb_types() WHERE type_name LIKE '%pivot%'", store=store)
        assert leftover.frame.iloc[0, 0] == 0

    def test_a_worker_that_cannot_start(self, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(console, "_WORKER", tmp_path / "gone.py")
        with pytest.raises(QueryFailed, match="failed to start") as raised:
            run_sql("SELECT 1", store=store)
        assert str(tmp_path) not in str(raised.value)
        monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
        with pytest.raises(LimitReached, match="No process could be started"):
            run_sql("SELECT 1", store=store)

    def test_a_store_that_breaks_under_the_reader(self, tiny: Store, tmp_path: Path) -> None:
        broken = tmp_path / "trade-broken.duckdb"
        broken.write_bytes(tiny.path.read_bytes())
        opened = Store(broken)
        broken.write_bytes(b"no database")
        with pytest.raises(StoreDamaged, match="cannot be opened") as raised:
            run_sql("SELECT 1", store=opened)
        assert str(tmp_path) not in str(raised.value)

    def test_a_system_without_limits_says_so(self) -> None:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, pa.schema([("c0", pa.int64())])) as writer:
            writer.write_batch(pa.record_batch({"c0": [1]}))
        answer = {"columns": ["a"], "types": ["BIGINT"], "reached": "", "seconds": 0.1, "unset": ["memory"]}
        result = console._result(answer, sink.getvalue().to_pybytes(), "x")
        assert result.notes == ("This system cannot limit a query's memory: only its time is limited for sure.",)


class TestCommand:
    runner = CliRunner()

    def ask(self, *words: str, stdin: str | None = None) -> tuple[int, str, str]:
        result = self.runner.invoke(commands.app, ["sql", *words], input=stdin)
        return result.exit_code, result.stdout, result.stderr

    @pytest.fixture(autouse=True)
    def _in_service(self, real: Store) -> None:
        """The store of the bundled facts."""

    def test_json(self) -> None:
        status, out, _ = self.ask("FROM range(5) SELECT range AS a, range / 2 AS b", "--format", "json", "--rows", "2")
        reply = json.loads(out)
        assert (status, set(reply)) == (0, {"version", "columns", "rows", "truncated", "seconds"})
        assert (reply["columns"], reply["truncated"]) == (["a", "b"], True)
        assert reply["rows"] == [{"a": 0, "b": 0.0}, {"a": 1, "b": 0.5}]
        assert len(reply["version"]) == 16

    def test_csv(self) -> None:
        out = self.ask("SELECT 1 AS a, NULL AS b, 'x,\"y' AS c, [1, 2] AS d, DATE '2025-01-01' AS e", "-f", "csv")[1]
        assert out == 'a,b,c,d,e\n1,,"x,""y","[1, 2]",2025-01-01\n'

    def test_table(self) -> None:
        status, out, err = self.ask("SELECT 'China' AS economy, 1e12 AS value, NULL AS note, chr(27) || '[2J' AS evil")
        assert (status, err) == (0, "")
        assert out.splitlines()[0].split() == ["economy", "value", "note", "evil"]
        assert "1,000,000,000,000" in out
        assert "\x1b" not in out

    def test_plan(self) -> None:
        assert self.ask("EXPLAIN SELECT 1")[1].startswith("╭")

    def test_notes_go_to_standard_error(self) -> None:
        status, out, err = self.ask("FROM range(1000)", "-f", "csv", "--rows", "3")
        assert (status, out) == (0, "range\n0\n1\n2\n")
        assert "first 3 rows" in err

    def test_standard_input_and_a_leading_comment(self) -> None:
        assert self.ask("-", "-f", "csv", stdin="SELECT 1 AS a;\n")[1] == "a\n1\n"
        assert self.ask("-- why\nSELECT 1 AS a", "-f", "csv")[1] == "a\n1\n"
        assert self.ask("-", stdin="x" * 200_000)[0] == 1

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["DROP TABLE fx_rate"], "DROP is refused"),
            (["SELECT sleep_ms(60000)", "--seconds", "0.5"], "stopped after 0.5 s"),
            (["SELECT unnest(generate_series(1, 1000000000))"], "memory"),
            (["SELECT 1", "--rows", "0"], "between 1 and"),
            (["SELECT 1", "--seconds", "100"], "between 0.1 and"),
            (["FROM total_trad"], 'did you mean "total_trade"'),
            (["SELECT [31m"], "could not be run"),
        ],
    )
    def test_a_refusal_is_one_sentence_and_status_1(self, words: list[str], message: str) -> None:
        status, out, err = self.ask(*words)
        assert (status, out) == (1, "")
        assert message in err
        assert _is_a_sentence(err.strip()), err

    @pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer on this system")
    def test_rows_are_written_in_time_or_not_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The query is quick, its rows are not: reading and writing them counts too."""

        def slow(_: object) -> Iterator[str]:
            yield "the first row"
            time.sleep(60)

        monkeypatch.setattr(sql_command, "MOST_IN_ALL", 4.0)
        monkeypatch.setattr(sql_command, "_PRINTERS", dict.fromkeys(sql_command.Form, slow))
        status, out, err = self.ask("SELECT 1")
        assert (status, out) == (1, "")
        assert "stopped after 4 s" in err
        assert _is_a_sentence(err.strip()), err
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
        assert _children() == []

    def test_no_store(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("TRADE_HOME", str(tmp_path))
        assert "trade build" in self.ask("SELECT 1")[2]


class TestBrowser:
    @pytest.mark.parametrize(("title", "sql"), examples(), ids=[title for title, _ in examples()])
    def test_examples_run(self, title: str, sql: str, store: Store) -> None:
        result = run_sql(sql, store=store)
        assert title
        assert title[0].isupper()
        assert 5 <= len(result.frame) <= 40
        assert not result.frame.iloc[0].isna().all()
        assert result.seconds < 5

    def test_examples_give_the_known_figures(self, store: Store) -> None:
        found = dict(examples())
        totals = run_sql(found["China's exports, imports and total by year, billion yuan"], store=store).frame
        year = totals.set_index("year").loc["2025"]
        assert year["exports"] + year["imports"] == pytest.approx(year["total"], abs=0.11)
        gave = run_sql(next(sql for title, sql in examples() if "continent" in title), store=store).frame
        assert gave["contribution_pp"].sum() == pytest.approx(6.0, abs=0.2)

    def test_schema(self, store: Store) -> None:
        schema = describe_schema(store)
        assert list(schema.columns) == ["schema", "table", "column", "type", "comment", "rows", "about"]
        assert schema[["schema", "table", "column", "type", "comment", "about"]].notna().all(axis=None)
        assert schema["schema"].unique().tolist() == ["main", "fact", "staging", "former"]
        rows = schema.drop_duplicates("table").query("schema == 'main'").set_index("table")["rows"]
        for table in ("total_trade", "partner_annual"):
            assert rows[table] == store.query(f"SELECT count(*) AS n FROM {table}")["n"][0]
        assert pd.isna(rows["market"])


def test_the_list_of_functions_names_real_ones(store: Store) -> None:
    known = set(store.query("SELECT DISTINCT function_name AS name FROM duckdb_functions()")["name"])
    assert known >= TABLE_FUNCTIONS


def test_what_a_query_may_not_name_is_listed_once_and_holds_for_the_engine_that_runs_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = (
        "SELECT lower(function_name) AS name FROM duckdb_functions() WHERE internal GROUP BY ALL"
        " HAVING bool_and(function_type IN ('table', 'table_macro', 'pragma')) AND bool_or(function_type <> 'pragma')"
    )
    there = set(run_sql(kinds, store=store).frame["name"])
    monkeypatch.setattr(console, "unlisted_functions", None)
    assert len(run_sql("SELECT 1", store=store).frame) == 1
    assert set(console._unlisted()) == there - TABLE_FUNCTIONS
