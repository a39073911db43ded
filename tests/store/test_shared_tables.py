"""Queries that share tables in memory answer as those that do not."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from trade.measures import catalog, find_measure, run, within, without_span
from trade.measures.parameters import bind
from trade.measures.run import used
from trade.store import Store, connect, shared_tables, table_introspection
from trade.store.sandbox.schema import describe_schema
from trade.store.shared_tables import SharedTables

READERS = sorted(
    name
    for name, measure in catalog().items()
    if any(
        f"{macro}(" in measure.sql
        for macro in (
            *("markets", "market_cells", "market_changes", "group_figures", "partner_figures", "partner_balances"),
            *("totals", "quarters"),
        )
    )
)


@pytest.fixture(scope="module")
def store(tiny: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return _copy(tiny, tmp_path_factory.mktemp("shared"))


def _copy(store: Store, folder: Path) -> Store:
    """A copy of the store, of which no tables are shared yet."""
    return Store(Path(shutil.copy(store.path, folder)))


def _answer(store: Store, name: str, **entries: Any) -> pd.DataFrame:
    measure = find_measure(name)
    values = {"partner": "USA", "group": "eu", "group_code": "eu"} | entries
    params = bind(store, measure, {key: value for key, value in values.items() if key in measure.parameters})
    return store.query(measure.sql, used(measure.sql, params))


def _tables(store: Store) -> list[str]:
    tables = store.query("SELECT table_name FROM duckdb_tables() WHERE database_name = 'shared'")
    return sorted(tables["table_name"])


@pytest.mark.parametrize(
    ("name", "entries"),
    [(name, {"flow": flow}) for name in READERS for flow in ("export", "total")]
    + [
        (name, {"partner": partner})
        for name in READERS
        if "partner" in find_measure(name).parameters
        for partner in ("eu", "~Two) of 'them:USA.DEU")
    ]
    + [(name, {"partner": "eu", "membership": "today"}) for name in ("partner", "partner_balance")],
)
def test_a_shared_answer_is_the_same(store: Store, name: str, entries: dict[str, str]) -> None:
    shared = _answer(store, name, **entries)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SharedTables, "prepare", lambda *_: None)
        alone = _answer(store, name, **entries)
    pd.testing.assert_frame_equal(shared, alone)


def test_neighbours_read_one_table(tiny: Store, tmp_path: Path) -> None:
    store = _copy(tiny, tmp_path)
    _answer(store, "rank")
    first = _tables(store)
    _answer(store, "theil")
    _answer(store, "leave_one_out")
    assert len(first) == 1
    assert _tables(store) == first
    _answer(store, "rank", flow="import")
    assert len(_tables(store)) == 2


def test_the_next_partner_reads_the_table_of_the_first(tiny: Store, tmp_path: Path) -> None:
    store = _copy(tiny, tmp_path)
    of_usa = [_answer(store, name) for name in ("partner", "partner_balance")]
    first = _tables(store)
    of_germany = [_answer(store, name, partner="DEU") for name in ("partner", "partner_balance")]
    of_the_eu = [_answer(store, name, partner="eu") for name in ("partner", "partner_balance")]
    assert _tables(store) == first
    assert all(set(rows["partner"]) == {"eu"} for rows in of_the_eu if "partner" in rows)
    assert all(not rows.empty for rows in of_germany)
    assert of_germany[0]["partner"].unique().tolist() == ["DEU"]
    assert of_germany[1]["exports"].tolist() != of_usa[1]["exports"].tolist()


@pytest.mark.parametrize(
    ("group", "flow", "freq"),
    [("asean", "total", "A"), ("eu", "export", "M"), ("belt-and-road", "import", "YTD"), ("world", "export", "A")],
)
def test_the_table_of_groups_has_what_the_macro_gives_of_one(real: Store, group: str, flow: str, freq: str) -> None:
    of_all = real.query(
        f"FROM group_figure WHERE group_code = '{group}' AND flow = '{flow}' AND freq = '{freq}' AND currency = 'CNY' ORDER BY period"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SharedTables, "prepare", lambda *_: None)
        alone = real.query(f"FROM group_figures('{group}', 'dated', '{flow}', '{freq}', 'CNY') ORDER BY period")
    assert len(alone) > 9
    pd.testing.assert_frame_equal(of_all, alone)


def test_a_group_of_ones_own_shares_whatever_its_name(tiny: Store, tmp_path: Path) -> None:
    store = _copy(tiny, tmp_path)
    _answer(store, "partner", partner="~Two:USA.DEU")
    for group in ("~Two) of 'them:USA.DEU", "~Two of $a_flow (:USA.DEU"):
        before = _tables(store)
        _answer(store, "partner", partner=group)
        assert len(_tables(store)) == len(before) + 2, "its figures, and the rows of the measure"


def test_what_was_read_longest_ago_makes_room(tiny: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_tables, "_MOST", 2)
    store = _copy(tiny, tmp_path)
    for flow in ("export", "import", "total", "export"):
        assert not _answer(store, "rank", flow=flow).empty
        assert len(_tables(store)) <= 2


def test_threads_share_it(tiny: Store, tmp_path: Path) -> None:
    store = _copy(tiny, tmp_path)
    flows = ["export", "import", "total"] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda flow: _answer(store, "rank", flow=flow), flows))
    for flow, answer in zip(flows, answers, strict=True):
        pd.testing.assert_frame_equal(answer, answers[flows.index(flow)])
    assert len(_tables(store)) == 3


@pytest.mark.parametrize("name", ["partner", "partner_balance"])
@pytest.mark.parametrize("span", [{"last": "2024"}, {"first": "2024", "last": "2024"}, {"period": "2025"}])
def test_a_span_is_cut_out_of_the_whole(store: Store, name: str, span: dict[str, str]) -> None:
    _assert_cut(store, name, {"partner": "USA", **span})


@pytest.mark.parametrize("span", [{"last": "2019"}, {"first": "2017", "last": "2018"}])
def test_a_span_of_a_code_is_cut_out_of_the_whole(real: Store, span: dict[str, str]) -> None:
    cut = _assert_cut(real, "hs_item", {"product": "85", **span})
    assert cut.tolist() == [str(year) for year in range(int(span.get("first", cut.iloc[0])), int(span["last"]) + 1)]


@pytest.mark.parametrize("name", ["moving_sum", "seasonally_adjusted"])
@pytest.mark.parametrize("span", [{"last": "2024"}, {"first": "2019-03", "last": "2024-05"}, {"period": "2023"}])
def test_a_span_of_months_is_cut_out_of_the_whole(real: Store, name: str, span: dict[str, str]) -> None:
    cut = _assert_cut(real, name, span)
    assert cut.iloc[-1].startswith(span.get("last", "2023")), "a year that ends the span holds its months"


def _assert_cut(store: Store, name: str, entries: dict[str, str]) -> pd.Series:
    wide = without_span(name, entries)
    assert wide is not None
    cut, direct = within(store, run(store, name, **wide), entries), run(store, name, **entries)
    pd.testing.assert_frame_equal(cut.frame, direct.frame, check_dtype=False)
    assert (cut.params, cut.columns) == (direct.params, direct.columns)
    return cut.frame["period"]


def test_without_a_span_there_is_nothing_to_cut(store: Store) -> None:
    assert without_span("partner", {"partner": "USA", "first": None}) is None
    assert without_span("rank", {"first": "2024"}) is None


def test_what_queries_share_is_no_table_of_the_store(tiny: Store, tmp_path: Path) -> None:
    store = _copy(tiny, tmp_path)
    listed, exported = set(describe_schema(store)["table"]), {table.name for table in table_introspection.tables(store)}
    _answer(store, "rank")
    assert _tables(store)
    assert set(describe_schema(store)["table"]) == listed
    assert {table.name for table in table_introspection.tables(store)} == exported


def test_a_table_that_made_room_before_it_was_read_is_no_fault(tiny: Store, tmp_path: Path) -> None:
    store = _copy(tiny, tmp_path)
    known = _answer(store, "rank")
    prepare = SharedTables.prepare

    def late(tables: SharedTables, cursor: duckdb.DuckDBPyConnection, sql: str, params: dict[str, Any]) -> None:
        prepare(tables, cursor, sql, params)
        for name in _shared_tables(cursor):
            cursor.execute(f"DROP TABLE shared.{name}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SharedTables, "prepare", late)
        pd.testing.assert_frame_equal(_answer(store, "rank"), known)


def _shared_tables(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    rows = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'shared'").fetchall()
    return [name for (name,) in rows]


def test_a_store_that_is_opened_again_leaves_the_tables_of_those_who_read_it(
    tiny: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    former = _copy(tiny, tmp_path_factory.mktemp("former"))
    before = _answer(former, "rank", flow="export")
    for _ in range(3):  # as many as are held open
        _copy(tiny, tmp_path_factory.mktemp("other"))
    again = Store(former.path)
    assert again._parent is not former._parent
    assert _answer(again, "rank", flow="import")["value"].sum() != before["value"].sum()
    pd.testing.assert_frame_equal(_answer(former, "rank", flow="export"), before)


@pytest.mark.parametrize(("large", "threads"), [(connect._LARGE, 1), (0, 2)])
def test_a_large_store_alone_takes_two_threads(
    tiny: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int, threads: int
) -> None:
    monkeypatch.setattr(connect, "_LARGE", large)
    setting = _copy(tiny, tmp_path).query("SELECT current_setting('threads') AS threads")
    assert setting["threads"].tolist() == [threads]
