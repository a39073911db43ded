"""Turn facts into marts with Apache Spark or a Spark Connect server: sqlglot translates the same definitions.

Facts and marts must be on storage that this machine and the workers reach under the same path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from trade.errors import Message, TradeError
from trade.progress import ProgressCallback
from trade.store.bulk.definitions import marts
from trade.store.bulk.facts_folder import Facts


def in_spark(sql: str) -> str:
    """Translate SQL from DuckDB's dialect to Spark's.

    Raises:
        TradeError: sqlglot is not installed.
    """
    try:
        import sqlglot
    except ImportError:
        raise TradeError("bulk.spark_package", package="sqlglot") from None
    return str(sqlglot.transpile(sql, read="duckdb", write="spark", comments=False)[0])


def write_marts(
    facts: Facts, folder: Path, say: ProgressCallback, *, master: str, remote: str, conf: Mapping[str, str]
) -> str:
    """Write every mart as Parquet under `folder`. Set `master` or `remote`. Returns the name and version of the engine.

    Raises:
        TradeError: pyspark is not installed, no cluster answers, or a job failed.
    """
    with _session(master, remote, conf) as (spark, errors):
        try:
            spark.read.parquet(*facts.paths).createOrReplaceTempView("hs_file")
            for name, sql in (
                ("hs_number", facts.hs_number),
                ("hs_row", facts.hs_row()),
                ("hs_fact", facts.layout.sql),
            ):
                spark.sql(in_spark(sql)).createOrReplaceTempView(name)
            definitions = marts()
            for number, mart in enumerate(definitions):
                say(Message("progress.writing", name=mart.name), number / len(definitions))
                place = str((folder / mart.name).resolve())
                spark.sql(in_spark(mart.sql)).write.parquet(place)
                spark.read.parquet(place).createOrReplaceTempView(mart.name)
            return f"spark {spark.version}"
        except errors as error:
            raise TradeError("bulk.spark_failed", reason=_first_line(error)) from error


@contextmanager
def _session(master: str, remote: str, conf: Mapping[str, str]) -> Iterator[tuple[Any, tuple[type[Exception], ...]]]:
    """A session on a cluster or a Spark Connect server, stopped afterwards, with the errors that its calls raise."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise TradeError("bulk.spark_package", package="pyspark") from None
    errors: tuple[type[Exception], ...] = (PySparkException, RuntimeError, ConnectionError, *_java(), *_grpc())
    builder = SparkSession.builder.appName("trade marts")
    builder = builder.remote(remote) if remote else builder.master(master).config("spark.ui.enabled", "false")
    for key, value in conf.items():
        builder = builder.config(key, value)
    try:
        spark = builder.getOrCreate()
    except errors as error:
        raise TradeError("bulk.spark_unusable", address=remote or master, reason=_first_line(error)) from error
    try:
        yield spark, errors
    finally:
        with suppress(*errors):  # the driver may be gone
            spark.stop()


def _java() -> tuple[type[Exception], ...]:
    """The errors of calls into Java, and of calls when the driver is gone."""
    try:
        from py4j.protocol import Py4JError, Py4JNetworkError
    except ImportError:
        return ()
    return Py4JError, Py4JNetworkError


def _grpc() -> tuple[type[Exception], ...]:
    try:
        from grpc import RpcError
    except ImportError:
        return ()
    return (RpcError,)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300].rstrip(".")
