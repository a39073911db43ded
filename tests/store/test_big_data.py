"""HS facts of any size: read in place, added up in slices or on another engine, published whole or not at all."""

from __future__ import annotations

import json
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from tests.support.hs_files import BACI, baci_table, write_baci, write_comtrade
from tests.support.small_facts import marts_alone, write_small_facts
from trade.cli.commands import app
from trade.errors import BadParameter, FactError, TradeError
from trade.measures import run
from trade.paths import PROJECT
from trade.store import build as build_room
from trade.store import build_store, expected_version, open_store
from trade.store.build import BuildReport
from trade.store.bulk import load, make_marts, open_facts, open_marts
from trade.store.bulk.bulk_input import Choice, remembered
from trade.store.bulk.definitions import marts
from trade.store.bulk.duckdb_engine import Slices
from trade.store.bulk.input_schemas import layouts

PRODUCTS = "SELECT period, flow, economy, product, value_usd, partners, quality FROM hs_product ORDER BY ALL"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "data"
    shutil.copytree(PROJECT / "data" / "reference", folder / "reference")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@contextmanager
def hs_alone() -> Iterator[None]:
    """Inside the block, builds make only the tables of HS trade."""
    files = [(folder, path) for folder, path in build_room._sql_files() if folder == "hs" or path.stem == "61_hs_fact"]
    with (
        patch.object(build_room, "verify", lambda _: []),
        patch.object(build_room, "_sql_files", lambda: iter(files)),
        patch.object(build_room, "_comment", lambda _: None),
    ):
        yield


def build(data: Path, home: Path, choice: Choice | None = None, memory: str | None = None) -> BuildReport:
    """Build and accept losses of data: test_loss_guard.py tests that they are refused otherwise."""
    with hs_alone():
        return build_store(data, home, choice=choice, memory=memory, accept_loss=True)


def facts(folder: Path) -> Choice:
    return Choice("facts", str(folder))


def test_baci_becomes_marts_with_both_sides_of_each_flow(data: Path, home: Path, tmp_path: Path) -> None:
    report = build(data, home, facts(write_baci(tmp_path / "baci")))
    store = open_store(home)
    rows = [tuple(row) for row in store.query(PRODUCTS).itertuples(index=False)]
    assert rows[:3] == [
        ("2022", "export", "CHN", "010121", 1500.0, 1, "reconciled"),
        ("2022", "export", "CHN", "850110", 2250.0, 1, "reconciled"),
        ("2022", "export", "USA", "850110", 4000.0, 1, "reconciled"),
    ]
    assert ("2023", "export", "CHN", "850110", 4005.0, 2, "reconciled") in rows
    assert ("2023", "import", "CHN", "854231", 7000.0, 1, "mirror") in rows
    assert report.tables["fact.product_trade"] == 0, "facts are read in place"
    assert any("1 of 7 rows" in warning for warning in report.warnings), report.warnings
    source = store.query("SELECT * FROM fact.source WHERE source_id = 'baci_bulk'").iloc[0]
    assert (source["published"], store.query("FROM hs_coverage")["classification"].unique().tolist()) == (
        "2025-01",
        ["HS2017"],
    )


def test_measures_answer_from_the_marts(home: Path, tmp_path: Path) -> None:
    with marts_alone(*(mart.name for mart in marts()), "hs", "hs_set", "name_of"):
        build_store(write_small_facts(tmp_path / "data"), home, choice=facts(write_baci(tmp_path / "baci")))
    frame = run(open_store(home), "rca", reporter="CHN", period=2022).frame
    assert frame["source_id"].unique().tolist() == ["baci_bulk"]


def test_what_facts_come_to_is_copied_until_they_change_or_are_named_again(
    data: Path, home: Path, tmp_path: Path
) -> None:
    source = write_baci(tmp_path / "baci")
    build(data, home, facts(source))
    served = open_store(home)
    first = served.query(PRODUCTS)
    with patch.object(Slices, "append", side_effect=RuntimeError("added up")):
        build(data, home)
        assert open_store(home).query(PRODUCTS).equals(first)
        with pytest.raises(RuntimeError, match="added up"):
            build(data, home, facts(source))
        write_baci(source, baci_table(dict(list(BACI.items())[:-2])))
        with pytest.raises(RuntimeError, match="added up"):
            build(data, home)
    build(data, home)
    assert len(open_store(home).query(PRODUCTS)) < len(first)
    assert served.query(PRODUCTS).equals(first)


def test_a_store_that_cannot_be_read_is_not_copied(data: Path, home: Path, tmp_path: Path) -> None:
    build(data, home, facts(write_baci(tmp_path / "baci")))
    first = open_store(home).query(PRODUCTS)
    with (
        patch.object(load, "_built_from", lambda *_: True),
        patch.object(build_room, "in_service", lambda _: tmp_path / "gone.duckdb"),
    ):
        build(data, home)
    assert open_store(home).query(PRODUCTS).equals(first)


@pytest.mark.parametrize("as_numbers", [False, True])
def test_comtrade_is_read_without_its_sums_and_breakdowns(
    as_numbers: bool, data: Path, home: Path, tmp_path: Path
) -> None:
    """Whether periods are text or numbers, in a folder whose name needs quotes in SQL."""
    folder = write_comtrade(tmp_path / "China's", as_numbers)
    make_marts(open_facts(folder, data), tmp_path / "China's marts", _silent, memory="500MB", force=False)
    build(data, home, Choice("marts", str(tmp_path / "China's marts")))
    aside = open_store(home).query(PRODUCTS)
    build(data, home, facts(folder))
    assert open_store(home).query(PRODUCTS).equals(aside)
    rows = [tuple(row) for row in open_store(home).query(PRODUCTS).itertuples(index=False)]
    assert rows == [
        ("2026-01", "export", "CHN", "850110", 100.0, 1, "reported"),
        ("2026-01", "import", "CHN", "854231", 10.13, 1, "reported"),
        ("2026-02", "export", "CHN", "850110", 50.0, 1, "reported"),
    ]


def test_codes_that_lost_their_zeros_get_them_back(data: Path, home: Path, tmp_path: Path) -> None:
    table = baci_table()
    numbers = table.set_column(3, "k", pa.array([int(code) for code in table["k"].to_pylist()], pa.int64()))
    build(data, home, facts(write_baci(tmp_path / "text", table)))
    as_text = open_store(home).query(PRODUCTS)
    build(data, home, facts(write_baci(tmp_path / "numbers", numbers)))
    assert open_store(home).query(PRODUCTS).equals(as_text)


def test_the_choice_is_kept_until_it_is_taken_back(data: Path, home: Path, tmp_path: Path) -> None:
    folder = write_baci(tmp_path / "baci")
    first = build(data, home, facts(folder), memory="900MB")
    assert (remembered(home).folder, remembered(home).memory) == (str(folder), "900MB")
    again = build(data, home)
    assert again.version == first.version == expected_version(data, home)
    assert again.tables["hs_product"] == first.tables["hs_product"] > 0
    folder.rename(tmp_path / "elsewhere")
    assert expected_version(data, home) == first.version, "servers do not need the facts"
    with pytest.raises(FactError, match="there is no such folder"):
        build(data, home)
    assert open_store(home).version == first.version
    assert build(data, home, Choice()).tables["hs_product"] == 0
    assert remembered(home).kind == "none"


def test_another_row_gives_another_version_another_place_does_not(data: Path, home: Path, tmp_path: Path) -> None:
    first = build(data, home, facts(write_baci(tmp_path / "one")))
    assert build(data, home, facts(write_baci(tmp_path / "two"))).version == first.version
    other = baci_table(BACI | {(2023, 156, 842, "850110"): 3.5})
    assert build(data, home, facts(write_baci(tmp_path / "two", other))).version != first.version


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _alter(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4:60] = bytes(56)
    path.write_bytes(bytes(raw))


def _with(name: str, values: list, kind: pa.DataType) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        table = pq.read_table(path)
        column = pa.array((values * table.num_rows)[: table.num_rows], kind)
        pq.write_table(table.set_column(table.column_names.index(name), name, column), path)

    return change


def _renamed(path: Path) -> None:
    pq.write_table(pq.read_table(path).rename_columns(["t", "i", "j", "hs", "value"]), path)


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut": (_cut, "not a complete Parquet file"),
    "bytes altered": (_alter, "cannot be read"),
    "other columns": (_renamed, "match no known layout"),
    "text for a number": (_with("v", ["1"], pa.string()), "column v has the wrong type"),
    "negative": (_with("v", [-1.0], pa.float64()), "contains a value that is not an amount"),
    "infinite": (_with("v", [float("inf")], pa.float64()), "contains a value that is not an amount"),
    "empty cell": (_with("v", [None], pa.float64()), "empty cell"),
    "no code of the HS": (_with("k", ["85011x"], pa.string()), "does not hold"),
    "no year": (_with("t", [20220], pa.int32()), "does not hold"),
}


@pytest.fixture(scope="module")
def served(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder with a store in service, which no damaged delivery may replace."""
    home = tmp_path_factory.mktemp("served")
    build(data, home)
    return home


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_one_sentence_and_the_store_in_service_stays(
    name: str, data: Path, served: Path, tmp_path: Path
) -> None:
    change, message = DAMAGES[name]
    folder, before = write_baci(tmp_path / "baci"), open_store(served).version
    change(folder / "BACI_HS17_Y2022_V202501.parquet")
    with pytest.raises(TradeError) as caught:
        build(data, served, facts(folder))
    assert message in str(caught.value), caught.value
    assert "\n" not in str(caught.value)
    assert (open_store(served).version, remembered(served).kind) == (before, "none")
    assert not list(served.glob(".draft*"))


def test_a_folder_that_is_gone_is_named(data: Path, home: Path, tmp_path: Path) -> None:
    with pytest.raises(FactError, match="there is no such folder"):
        build(data, home, facts(tmp_path / "nowhere"))
    with pytest.raises(FactError, match="no Parquet file"):
        build(data, home, facts(data))


def test_marts_written_aside_publish_the_same_store(data: Path, home: Path, tmp_path: Path) -> None:
    source = open_facts(write_baci(tmp_path / "baci"), data)
    made = make_marts(source, tmp_path / "out", _silent, memory="500MB", force=False)
    build(data, home, facts(source.folder))
    expected = {mart.name: open_store(home).query(f"FROM {mart.name} ORDER BY ALL") for mart in marts()}
    report = build(data, home, Choice("marts", str(tmp_path / "out")))
    for name, frame in expected.items():
        assert open_store(home).query(f"FROM {name} ORDER BY ALL").equals(frame), name
        assert report.tables[name] == made.marts[name]["rows"]
    assert not list(tmp_path.glob(".*")), "nothing is left beside the folder"


def test_marts_that_are_not_whole_are_refused(data: Path, served: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make_marts(open_facts(write_baci(tmp_path / "baci"), data), out, _silent, memory="500MB", force=False)
    before = open_store(served).version
    manifest = out / "manifest.json"
    text = manifest.read_text()

    def refused(message: str) -> None:
        with pytest.raises(FactError, match=message):
            build(data, served, Choice("marts", str(out)))
        assert open_store(served).version == before

    manifest.unlink()
    refused("did not finish, or was never run")
    manifest.write_text(text.replace(json.loads(text)["rules"], "0" * 16))
    refused("other definitions")
    manifest.write_text(text)
    part = out / "hs_world" / "part-0.parquet"
    table = pq.read_table(part)
    pq.write_table(table.slice(1), part)
    refused("differ from those in manifest")
    altered = table.set_column(table.column_names.index("value_usd"), "value_usd", pa.array([1.0] * table.num_rows))
    pq.write_table(altered, part)
    manifest.write_text(json.dumps(json.loads(text) | {"marts": _resized(json.loads(text)["marts"], part)}))
    refused("disagree with the other marts")


def _resized(mart_files: dict, part: Path) -> dict:
    return mart_files | {"hs_world": mart_files["hs_world"] | {"files": {part.name: part.stat().st_size}}}


def test_a_failed_job_leaves_nothing_and_the_former_marts(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = open_facts(write_baci(tmp_path / "baci"), data), tmp_path / "out"
    make_marts(source, out, _silent, memory="500MB", force=False)
    with pytest.raises(TradeError, match="already exists"):
        make_marts(source, out, _silent, memory="500MB", force=False)
    with pytest.raises(ZeroDivisionError):
        make_marts(source, out, lambda step, done: 1 / 0, memory="500MB", force=True)
    assert open_marts(out).rows == len(BACI)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    make_marts(source, out, _silent, memory="500MB", force=True)
    assert open_marts(out).rows == len(BACI)


def test_the_command_line(data: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_HOME", str(home))
    monkeypatch.setenv("TRADE_DATA", str(data))
    folder, out = str(write_baci(tmp_path / "baci")), str(tmp_path / "out")
    runner = CliRunner()
    result = runner.invoke(app, ["marts", "--facts", folder, "--out", out])
    assert result.exit_code == 0, result.output
    assert "hs_product: 11 rows" in result.stdout
    with hs_alone():
        result = runner.invoke(app, ["build", "--marts", out, "--json"])
    assert json.loads(result.stdout)["tables"]["hs_product"] == 11, result.output
    for words, expected in {
        ("build", "--marts", out, "--hs", folder): "only one of",
        ("marts", "--facts", folder, "--out", out): "already exists",
        ("marts", "--facts", folder, "--out", out, "--engine", "spark"): "--master",
        ("build", "--hs", folder, "--memory", "lots"): "memory limit",
    }.items():
        result = runner.invoke(app, list(words))
        assert (result.exit_code, expected in result.output) == (1, True), result.output


def test_options_exclude_each_other() -> None:
    from trade.cli.marts import chosen

    assert chosen(None, None, False) is None
    assert chosen(None, None, True) == Choice()
    with pytest.raises(BadParameter):
        chosen(Path("a"), Path("b"), False)


def test_synthetic_facts_are_marked_repeatable_and_distinct(data: Path, home: Path, tmp_path: Path) -> None:
    script = str(PROJECT / "benchmarks" / "synthetic_facts.py")
    one = runpy.run_path(script)["write"](3000, tmp_path / "a", years=2)
    command = [sys.executable, script, "3000", str(tmp_path / "b"), "--years", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    two = Path(done.stdout.strip())
    tables = [pq.read_table(folder) for folder in (one, two)]
    assert tables[0].equals(tables[1])
    keys = tables[0].select(["t", "i", "j", "k"]).to_pandas()
    assert (len(keys), keys.duplicated().sum()) == (3000, 0)
    assert "synthetic" in one.name
    assert all(b"synthetic" in pq.read_metadata(path).metadata for path in one.iterdir())
    build(data, home, facts(one))
    assert (
        "SYNTHETIC"
        in open_store(home).query("SELECT title FROM fact.source WHERE source_id = 'synthetic_bulk'")["title"][0]
    )


FORBIDDEN = r"PIVOT|ASOF|QUALIFY|quantile|median|\blist|\[|::|unnest|any_value|GROUP BY ALL|ORDER BY ALL|EXCLUDE|\$"
"""SQL that engines read differently, or that sqlglot translates wrongly without a warning."""


@pytest.mark.parametrize("sql", [*(mart.sql for mart in marts()), *(layout.sql for layout in layouts())])
def test_definitions_keep_to_what_engines_read_alike(sql: str) -> None:
    code = re.sub(r"--.*", "", sql)
    assert re.search(FORBIDDEN, code, re.IGNORECASE) is None


def _silent(step: str, done: float) -> None:
    """Ignore progress messages."""
