"""The marts of HS trade are the same, row by row, on DuckDB, on a real Spark cluster, and on Sail.

A cluster takes a minute to start and to work on two cores: marked `spark`, and skipped where its packages are not
installed (`pip install -e .[spark] pysail`). `TRADE_SPARK_ROWS=5000000` compares as many rows.
"""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest

from tests.support.clusters import HOST, Cluster, sail_server, spark_cluster
from tests.support.hs_files import write_comtrade
from trade import paths
from trade.store.bulk import make_marts, open_facts, open_marts
from trade.store.bulk.definitions import marts

ROWS = int(os.environ.get("TRADE_SPARK_ROWS", "4000"))
MANY = ROWS >= 100_000
CONF = {"spark.sql.shuffle.partitions": "64" if MANY else "4", "spark.executor.memory": "1500m" if MANY else "1g"}


def needs(package: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(find_spec(package) is None, reason=f"{package} is not installed")


pytestmark = [pytest.mark.spark, needs("pyspark"), needs("sqlglot")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("facts")


@pytest.fixture(scope="module")
def synthetic(folder: Path) -> Path:
    """Facts in the layout of BACI."""
    write = runpy.run_path(str(paths.PROJECT / "benchmarks" / "synthetic_facts.py"))["write"]
    return write(ROWS, folder, years=None if MANY else 2)


@pytest.fixture(scope="module")
def by_duckdb(synthetic: Path, folder: Path) -> Path:
    make_marts(open_facts(synthetic, paths.data()), folder / "duckdb", _silent, memory="4GB", force=False)
    return folder / "duckdb"


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Iterator[Cluster]:
    (folder / "logs").mkdir()
    with spark_cluster(folder / "logs", "2g" if MANY else "1g") as one:
        yield one


@pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java")
class TestSpark:
    def test_every_row_of_every_mart_is_the_same(
        self, synthetic: Path, by_duckdb: Path, cluster: Cluster, tmp_path: Path
    ) -> None:
        on_spark(synthetic, tmp_path / "spark", cluster)
        assert_same(by_duckdb, tmp_path / "spark")

    def test_a_worker_that_is_killed_costs_no_row(
        self, synthetic: Path, by_duckdb: Path, cluster: Cluster, tmp_path: Path
    ) -> None:
        """The other worker does it all again, or nothing appears: never a part of the marts."""
        out = tmp_path / "spark"
        killer = threading.Thread(target=_kill_when_written, args=(tmp_path, cluster))
        killer.start()
        done = on_spark(synthetic, out, cluster)
        killer.join()
        if done.returncode:
            assert list(tmp_path.iterdir()) == []
            assert "The job on Spark failed" in done.stderr
        else:
            assert_same(by_duckdb, out)
        assert cluster.workers[0].poll() is not None

    def test_comtrade_through_spark_connect(self, cluster: Cluster, tmp_path: Path) -> None:
        """With what is left of the cluster, and with cents that each engine would round in its own way."""
        source = write_comtrade(tmp_path / "comtrade")
        make_marts(open_facts(source, paths.data()), tmp_path / "duckdb", _silent, memory="500MB", force=False)
        on_spark(source, tmp_path / "spark", cluster, {"spark.api.mode": "connect"})
        assert_same(tmp_path / "duckdb", tmp_path / "spark")


@needs("pysail")
class TestSail:
    def test_every_row_of_every_mart_is_the_same(self, synthetic: Path, by_duckdb: Path, tmp_path: Path) -> None:
        with sail_server(tmp_path) as remote:
            done = _marts(synthetic, tmp_path / "sail", "--remote", remote)
        if "unsupported PySpark version" in done.stderr:
            pytest.skip(f"this Sail does not take this client: {done.stderr.strip().splitlines()[-1]}")
        assert_same(by_duckdb, tmp_path / "sail")


def on_spark(
    source: Path, out: Path, cluster: Cluster, more: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    conf = [part for key, value in (CONF | (more or {})).items() for part in ("--conf", f"{key}={value}")]
    return _marts(source, out, "--master", cluster.master, *conf)


def _marts(source: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `trade marts` in a process of its own, because a Spark client keeps the state of its first cluster."""
    command = [sys.executable, "-m", "trade", "marts", "--engine", "spark", *options]
    settings = os.environ | {"SPARK_LOCAL_IP": HOST}
    command += ["--facts", str(source), "--out", str(out)]
    return subprocess.run(command, capture_output=True, text=True, cwd=paths.PROJECT, env=settings, timeout=3600)


def assert_same(one: Path, other: Path) -> None:
    """Both folders hold the same rows, whatever their order."""
    assert open_marts(one).manifest.marts.keys() == open_marts(other).manifest.marts.keys()
    with duckdb.connect() as con:
        for mart in marts():
            described = con.execute(f"DESCRIBE FROM '{one}/{mart.name}/*.parquet'").fetchall()
            cells = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind, *_ in described)
            left, right = (f"SELECT {cells} FROM '{folder}/{mart.name}/*.parquet'" for folder in (one, other))
            different = con.execute(
                f"SELECT count(*) FROM (({left}) EXCEPT ALL ({right}) UNION ALL (({right}) EXCEPT ALL ({left})))"
            ).fetchall()[0][0]
            assert (mart.name, different) == (mart.name, 0)
            assert con.execute(f"SELECT count(*) FROM ({left})").fetchall()[0][0] > 0


def _kill_when_written(folder: Path, cluster: Cluster) -> None:
    """Kill the first worker, executors and all, once the first mart is being written."""
    end = time.monotonic() + 120
    while time.monotonic() < end and not list(folder.glob(".*.partial/hs_product/_temporary")):
        time.sleep(0.05)
    cluster.kill(0)


def _silent(step: str, done: float) -> None:
    """Ignore progress messages."""
