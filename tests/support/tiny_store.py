"""A whole store of 3 economies, 4 products and 3 years, small enough to compute by hand.

Its tables, staging views, macros and marts are made by the functions of the real build, so every measure runs on it; the
names of economies and groups are the real ones of data/reference. Only the figures are small and round:

* customs (yuan): China's exports to and imports from USA, MEX and DEU, Januaries to December of 2023 (implied), 2024, 2025;
  in 2025 imports also hold re-imports (CHN) and an unallocated row (XXU). World and continents are their sums;
* totals: the same sums, in yuan and in dollars at 8 yuan per dollar (2023, 2024) and 10 (2025), so growth differs by currency;
* products: grain, steel, ships and tech; `tech` overlaps the others;
* matrix (dollars): exports among CHN, USA, MEX and DEU;
* `HS_TRADE` (dollars), which FACTS lack as the bundled facts do: reconciled exports among CHN, USA and DEU by HS6.

Use the fixtures of conftest.py:

    def test_share(tiny):                   # read-only, one per session
        frame = run(tiny, "share", period="2025").frame

    def test_other_facts(tmp_path):         # own facts: any table of FACTS may be replaced or added to
        store = tiny_store(tmp_path, {"bilateral_export": [...]})

    def test_property(bench):               # in memory; swap the rows that market measures read, thousands of times
        bench.set_market([{"partner": "USA", "period": "2024", "value": 3.0}, ...])
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from trade import paths
from trade.sources import find_sources, read_file
from trade.store import Store
from trade.store.build import _comment, _run_sql, _sql_files
from trade.store.load import load_facts
from trade.store.shared_tables import SharedTables
from trade.store.sql_text import parsed
from trade.store.table_contracts import fact_contracts, schema_sql

Row = dict[str, Any]
Facts = dict[str, list[Row]]

YEARS = (2023, 2024, 2025)
CNY_PER_USD = {2023: 8, 2024: 8, 2025: 10}
CONTINENT = {"USA": "north-america", "MEX": "latin-america", "DEU": "europe", "CHN": "asia"}
CUSTOMS: dict[str, dict[str, tuple[int | None, ...]]] = {
    # partner: values of 2023, 2024, 2025 in units of 10,000 yuan
    "export": {"USA": (500, 600, 400), "MEX": (100, 150, 300), "DEU": (200, 250, 500)},
    "import": {
        "USA": (100, 200, 150),
        "MEX": (None, 50, 50),
        "DEU": (300, 250, 400),
        "CHN": (None, None, 100),
        "XXU": (None, None, 100),
    },
}
MATRIX = {
    # exporter, importer: dollars of 2023, 2024, 2025; None = no trade
    ("CHN", "USA"): (60, 70, 50),
    ("CHN", "MEX"): (20, 30, 40),
    ("CHN", "DEU"): (20, 20, 30),
    ("USA", "CHN"): (20, 25, 10),
    ("USA", "MEX"): (30, 35, 40),
    ("USA", "DEU"): (50, 40, 50),
    ("MEX", "CHN"): (None, 10, 10),
    ("MEX", "USA"): (30, 40, 50),
    ("MEX", "DEU"): (10, 10, None),
    ("DEU", "CHN"): (40, 30, 40),
    ("DEU", "USA"): (40, 50, 40),
    ("DEU", "MEX"): (20, 20, 20),
}
HS6 = {
    # exporter, importer, code: dollars of 2023, 2024, 2025; 850110 and 851712 are of section XVI, 100110 of II, 270112 of V
    ("CHN", "USA", "850110"): (60, 70, 50),
    ("CHN", "DEU", "850110"): (20, 20, 30),
    ("CHN", "USA", "100110"): (10, 10, 20),
    ("USA", "CHN", "850110"): (10, 20, 10),
    ("USA", "DEU", "100110"): (None, 40, 50),
    ("DEU", "CHN", "270112"): (40, 30, 40),
    ("DEU", "USA", "851712"): (20, 20, 20),
}
PRODUCTS = {
    # product: exports, imports of 2023, 2024, 2025 in 100 million yuan
    "grain": ((0.01, 0.02, 0.02), (0.03, 0.03, 0.04)),
    "steel": ((0.03, 0.04, 0.05), (0.01, 0.01, 0.01)),
    "ships": ((0.04, 0.04, 0.05), (None, 0.01, 0.02)),
    "tech": ((0.05, 0.06, 0.08), (0.01, 0.02, 0.02)),
}


def growth(now: float | None, before: float | None) -> float | None:
    """Percent, as a table prints it (one digit); None where there is no base."""
    return round(100 * (now / before - 1), 1) if now and before else None


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _partner_facts() -> Facts:
    """2023 as implied by 2024 and its growth, 2024 and 2025 as the December tables print them."""
    table: Facts = {"partner_year": [], "partner_trade": [], "group_trade": []}
    for flow, partners in CUSTOMS.items():
        for partner, values in partners.items():
            if values[0] is not None:
                usd, cny = values[0] * 1e4 / CNY_PER_USD[2023], values[0] * 1e4
                table["partner_year"].append(
                    {
                        "year": 2023,
                        "partner": partner,
                        "partner_name": partner,
                        "flow": flow,
                        "value_usd": usd,
                        "value_cny": cny,
                        "quality": "implied",
                    }
                )
            table["partner_trade"] += _printed("partner", partner, flow, values)
        groups = {"world": list(partners)} | {
            one: [p for p in partners if CONTINENT.get(p) == one] for one in sorted(set(CONTINENT.values()))
        }
        for group, members in groups.items():
            sums = tuple(_sum([partners[one][year] for one in members]) for year in range(3))
            table["group_trade"] += _printed("group_code", group, flow, sums)
    return table


def _printed(column: str, code: str, flow: str, values: tuple[float | None, ...]) -> list[Row]:
    return [
        {"freq": "YTD", "period": f"{YEARS[at]}-12", column: code, "flow": flow, "value_cny_10k": values[at]}
        | {
            "growth_pct": growth(values[at], values[at - 1]),
            "quality": "reported",
            "published": f"{YEARS[at] + 1}-01-18",
        }
        for at in (1, 2)
        if values[at] is not None
    ]


def _totals() -> list[Row]:
    """Both currencies, as an official page would print them, in full units."""
    rows = []
    for flow in ("export", "import"):
        sums = [_sum([values[at] for values in CUSTOMS[flow].values()]) or 0 for at in range(3)]
        for currency in ("CNY", "USD"):
            levels = [sums[at] * 1e4 / (1 if currency == "CNY" else CNY_PER_USD[year]) for at, year in enumerate(YEARS)]
            rows += [
                {
                    "topic": "total",
                    "freq": "A",
                    "period": str(year),
                    "flow": flow,
                    "item": "Goods trade",
                    "sub_item": "all",
                }
                | {"printed": f"{levels[at]:.0f}", "unit": "1", "currency": currency, "derived": False, "authority": 1}
                | {"growth_pct": growth(levels[at], levels[at - 1]) if at else None, "source_title": "tiny page"}
                | {"published": f"{year + 1}-01-14", "seq": 1 if currency == "CNY" else 2}
                for at, year in enumerate(YEARS)
            ]
    return rows


def _commodities() -> Facts:
    products = [
        {
            "product": name,
            "name_en": name.title(),
            "name_zh": name,
            "product_group": "tiny",
            "overlapping": name == "tech",
        }
        for name in PRODUCTS
    ]
    trade = [
        {
            "list": "main",
            "freq": "YTD",
            "period": f"{YEARS[at]}-12",
            "flow": flow,
            "product": name,
            "value_cny_100m": values[at],
        }
        | {
            "value_prev_cny_100m": values[at - 1] if at else None,
            "growth_pct": growth(values[at], values[at - 1]) if at else None,
        }
        | {"quality": "reported"}
        for name, flows in PRODUCTS.items()
        for flow, values in zip(("export", "import"), flows, strict=True)
        for at in range(3)
        if values[at] is not None
    ]
    return {"product": products, "commodity_trade": trade}


def _bilateral() -> list[Row]:
    return [
        {"year": year, "exporter": exporter, "importer": importer, "value_usd": values[at]}
        for (exporter, importer), values in MATRIX.items()
        for at, year in enumerate(YEARS)
        if values[at] is not None
    ]


FACTS: Facts = _partner_facts() | _commodities() | {"released_figure": _totals(), "bilateral_export": _bilateral()}
"""Rows by fact table; a column that is not given is missing, `source_id` is `tiny`."""

HS_TRADE: list[Row] = [
    {"classification": "HS2022", "freq": "A", "period": str(YEARS[at]), "flow": "export", "quality": "reconciled"}
    | {"reporter": exporter, "partner": importer, "product": code, "value_usd": float(value)}
    for (exporter, importer, code), values in HS6.items()
    for at, value in enumerate(values)
    if value is not None
]
"""Rows of fact.product_trade, as a source of reconciled trade has them."""
HS_REPORTED: list[Row] = [
    {"source_id": "comtrade", "classification": "HS2022", "reporter": "CHN", "freq": "M", "period": period}
    | {"flow": flow, "partner": "USA", "product": chapter, "value_usd": value, "quality": "reported"}
    for period, flow, chapter, value in (
        ("2025-01", "export", "85", 8.0), ("2026-01", "export", "85", 12.0), ("2026-01", "import", "85", 3.0)
    )
]  # fmt: skip
"""What China reports by chapter and month."""
HS_REPORTED_SOURCE = dict.fromkeys(fact_contracts()["source"].names, "comtrade")


def fill_store(con: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    """Schema, real economies and groups, `facts`, then staging, macros and marts as the build makes them."""
    con.execute(schema_sql())
    _insert(con, "source", [dict.fromkeys(_columns("source"), "tiny")])
    _load_reference(con)
    for table, rows in facts.items():
        _insert(con, table, rows)
    for folder, path in _sql_files():
        _run_sql(con, folder, path)


def tiny_store(folder: Path, facts: Facts | None = None, *, described: bool = False) -> Store:
    """A store file in `folder`, opened as the real one is. `facts` replaces whole tables of FACTS; `described`: with the
    comments on tables and columns."""
    path = tiny_path(folder)
    with duckdb.connect(str(path)) as con:
        fill_store(con, FACTS | (facts or {}))
        if described:
            con.execute("BEGIN")  # hundreds of comments: one by one each would be written through to the disk
            _comment(con)
            con.execute("COMMIT")
    return Store(path)


def tiny_path(folder: Path) -> Path:
    """The store file that `tiny_store` makes in a folder."""
    return folder / "trade-tiny.duckdb"


class Bench:
    """A store in memory whose market rows can be swapped; `query` and `version` are all that `run` needs.

    It reads as `Store` does. One thread: to hand such small tables to a second one takes longer than to read them.
    """

    version = "bench"

    def __init__(self, facts: Facts | None = None) -> None:
        self.con = duckdb.connect(config={"threads": 1})
        fill_store(self.con, FACTS | (facts or {}))
        self.rows_changed()

    def rows_changed(self) -> None:
        """Drop the tables that queries share, so that the next query makes them from the new rows."""
        self.con.execute("DETACH DATABASE IF EXISTS shared")
        self._tables = SharedTables()

    def query(self, sql: str, params: dict[str, Any] | None = None) -> pd.DataFrame:
        with self.con.cursor() as cursor:
            self._tables.prepare(cursor, sql, params or {})
            return cursor.execute(parsed(cursor, sql), params or None).df()

    def set_market(self, rows: list[Row]) -> None:
        """Replace the market rows. Each has partner, period and value; other columns default to the `common` values."""
        common = {
            "dataset": "customs",
            "reporter": "CHN",
            "freq": "A",
            "flow": "export",
            "currency": "USD",
            "quality": "reported",
        }
        frame = pd.DataFrame([common | {"growth_pct": None, "source_id": "tiny"} | row for row in rows])
        frame["growth_pct"] = frame["growth_pct"].astype("float64")
        self.con.execute("CREATE OR REPLACE TABLE market_rows AS SELECT * FROM frame")
        self.con.execute("CREATE OR REPLACE VIEW market AS FROM market_rows")
        self.rows_changed()


def _load_reference(con: duckdb.DuckDBPyConnection) -> None:
    source = find_sources(paths.PROJECT / "data")["reference"]
    for file in source.file:
        contract = fact_contracts()[file.table]
        folder = paths.PROJECT / "data" / "reference"
        load_facts(con, read_file(folder, "reference", file, contract.names, contract.needed), contract)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    names = _columns(table)
    blank = dict.fromkeys(names) | {"source_id": "tiny"}
    marks = ", ".join([f"({', '.join('?' * len(names))})"] * len(rows))
    values = [value for row in rows for value in (blank | row).values()]
    con.execute(f"INSERT INTO fact.{table} VALUES {marks}", values)


def _columns(table: str) -> list[str]:
    return fact_contracts()[table].names
