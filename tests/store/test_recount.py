"""Measures counted again in plain pandas from the files under data/: no store, no SQL, no macro is shared with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import pytest

from tests.support.paths import PROJECT
from trade.measures import run
from trade.store import Store

DATA = PROJECT / "data"
Frame = pd.DataFrame


# --- the files ---------------------------------------------------------------------------------------------------------


@cache
def read(name: str) -> Frame:
    return pd.read_csv(DATA / name, keep_default_na=False, na_values=[""])


@cache
def customs(year: int, flow: str = "export") -> pd.Series:
    """Yuan of a year by partner, as the December table prints them; two-way trade is the sum of both flows."""
    table = read(f"gacc_partners/partner_{'2024' if year == 2024 else '2025_2026'}.csv")
    rows = table[(table["freq"] == "YTD") & (table["period"] == f"{year}-12")]
    flows = ["export", "import"] if flow == "total" else [flow]
    return rows[rows["flow"].isin(flows)].groupby("partner")["value_cny_10k"].sum() * 1e4


@cache
def printed_growth(flow: str) -> pd.Series:
    table = read("gacc_partners/partner_2025_2026.csv")
    rows = table[(table["freq"] == "YTD") & (table["period"] == "2025-12") & (table["flow"] == flow)]
    return rows.set_index("partner")["growth_pct"]


@cache
def group(code: str, flow: str) -> pd.Series:
    table = read("gacc_partners/groups_2025_2026.csv")
    rows = table[(table["freq"] == "YTD") & (table["period"] == "2025-12") & (table["flow"] == flow)]
    return rows.set_index("group_code").loc[code]


@cache
def economies() -> Frame:
    return read("reference/economies.csv").set_index("economy")


def markets(values: pd.Series) -> pd.Series:
    """The values of markets: without re-imports and rows that name no economy."""
    kind = economies()["kind"].reindex(values.index)
    return values[~kind.isin(["residual", "unallocated"]) & (values.index != "CHN")]


@cache
def dollars(flow: str, freq: str = "A") -> pd.Series:
    """The long series in dollars by period."""
    table = read("gacc_monthly_usd/totals.csv")
    rows = table[(table["freq"] == freq) & (table["flow"] == flow)].drop_duplicates("period")
    return rows.set_index("period")["printed"].astype(float) * 1e9


@cache
def imf(year: int, flow: str) -> pd.Series:
    table = read("imf_dots/dots_2000_2020.csv")
    return table[(table["year"] == year) & (table["flow"] == flow)].groupby("partner")["value_usd"].sum()


@cache
def matrix() -> Frame:
    return read("cepii_baci/exports_2023.csv.gz")


@cache
def goods() -> pd.Series:
    table = read("gacc_commodities/commodity_trade.csv")
    found = table[(table["list"] == "main") & (table["freq"] == "YTD") & (table["period"] == "2025-12")]
    return found[(found["flow"] == "export") & (found["product"] == "motor-vehicles")].iloc[0]


# --- the measures: what to ask, which cell, and how it is counted ------------------------------------------------------

X = customs(2025)
M = markets(X)
SHARES = M / M.sum()
YEAR = {"flow": "export", "currency": "CNY", "first": "2025", "last": "2025"}
USD = {"flow": "export", "currency": "USD"}
DOLLARS = dollars("export")


def theil() -> float:
    ratio = M[M > 0] / M[M > 0].mean()
    return float((ratio * np.log(ratio)).mean())


def gini() -> float:
    values = np.sort(M[M > 0].to_numpy())
    places = np.arange(1, len(values) + 1)
    return float((2 * places - len(values) - 1).dot(values) / (len(values) * values.sum()))


def normalised() -> float:
    count, hhi = int((M > 0).sum()), float((SHARES**2).sum())
    return (hhi - 1 / count) / (1 - 1 / count)


def revised_base() -> pd.Series:
    """Exports of 2024 as implied by the printed growth of 2025; the printed level of 2024 where there is no rate."""
    before = markets(customs(2024))
    growth = printed_growth("export").reindex(M.index)
    return (M / (1 + growth / 100)).fillna(before.reindex(M.index)).fillna(0.0)


def effect_of(code: str) -> float:
    """Growth with the market less growth without it; markets of 2024 alone count in the base."""
    before = markets(customs(2024))
    base = revised_base().sum() + before[~before.index.isin(M.index)].sum()
    own = revised_base()[code]
    return float(100 * (M.sum() / base - (M.sum() - M[code]) / (base - own)))


def first_destinations(code: str) -> int:
    table = matrix()
    first = table.loc[table.groupby("exporter")["value_usd"].idxmax()]
    return int((first["importer"] == code).sum())


def traded_growth(flow: str) -> int:
    growth = printed_growth(flow)
    return int((markets(growth) > 0).sum())


def mean_of(first: int, last: int) -> float:
    return float(np.mean([DOLLARS[str(year)] for year in range(first, last + 1)]))


def intensity(importer: str) -> float:
    table = matrix()
    own = table[table["exporter"] == "CHN"].set_index("importer")["value_usd"]
    whole = table.groupby("importer")["value_usd"].sum()
    return float((own[importer] / own.sum()) / (whole[importer] / whole.sum()))


def grew(code: str) -> float:
    """Compound yearly growth of exports to a partner from 2010 to 2019."""
    return float(100 * ((imf(2019, "export")[code] / imf(2010, "export")[code]) ** (1 / 9) - 1))


AFRICA = group("africa", "export")
WORLD = group("world", "export")
AFRICA_BASE = AFRICA["value_cny_10k"] / (1 + AFRICA["growth_pct"] / 100)
WORLD_BASE = WORLD["value_cny_10k"] / (1 + WORLD["growth_pct"] / 100)
Counted = tuple[str, dict[str, str], dict[str, str], str, Callable[[], float]]
RECOUNTS: list[Counted] = [
    ("share", YEAR, {"market": "USA"}, "share_pct", lambda: 100 * X["USA"] / X.sum()),
    ("rank", YEAR, {"market": "VNM"}, "rank", lambda: (M.drop_duplicates() > M["VNM"]).sum() + 1),
    ("rank", YEAR, {"market": "VNM"}, "growth_pct", lambda: 100 * (X["VNM"] / customs(2024)["VNM"] - 1)),
    ("hhi", YEAR, {}, "hhi", lambda: (SHARES**2).sum()),
    ("effective_markets", YEAR, {}, "effective_markets", lambda: 1 / (SHARES**2).sum()),
    ("concentration_ratio", YEAR, {}, "share_pct", lambda: 100 * M.nlargest(5).sum() / X.sum()),
    ("normalised_hhi", YEAR | {"list": "active"}, {}, "normalised_hhi", normalised),
    ("theil", YEAR | {"list": "active"}, {}, "theil", theil),
    ("gini", YEAR | {"list": "active"}, {}, "gini", gini),
    ("lorenz", {"flow": "export", "currency": "CNY", "period": "2025"}, {"market": "USA"}, "value_pct", lambda: 100),
    ("active_markets", YEAR | {"threshold": "1e6"}, {"continent": "world"}, "active_markets", lambda: (M > 1e6).sum()),
    ("growing_markets", YEAR, {"continent": "world"}, "growing", lambda: traded_growth("export")),
    (
        "margins", {"flow": "export", "currency": "CNY", "period": "2025"}, {"component": "total"}, "change",
        lambda: M.sum() - markets(customs(2024)).sum(),
    ),
    ("leave_one_out", {"flow": "export", "currency": "CNY", "period": "2025"}, {"market": "USA"}, "effect_pp", lambda: effect_of("USA")),
    (
        "market_fall", {"flow": "export", "currency": "CNY", "period": "2025", "fall": "50"}, {"market": "USA"}, "effect_pct",
        lambda: -50 * M["USA"] / X.sum(),
    ),
    (
        "contribution", {"by": "continent", "period": "2025"}, {"code": "africa"}, "contribution_pp",
        lambda: 100 * (AFRICA["value_cny_10k"] - AFRICA_BASE) / WORLD_BASE,
    ),
    ("bloc", {"group": "africa"} | YEAR, {"period": "2025"}, "value", lambda: AFRICA["value_cny_10k"] * 1e4),
    ("partner", {"partner": "USA", "currency": "CNY", "flow": "export"}, {"period": "2025"}, "share_pct", lambda: 100 * X["USA"] / X.sum()),
    (
        "partner_balance", {"partner": "USA", "currency": "CNY"}, {"period": "2025"}, "balance",
        lambda: X["USA"] - customs(2025, "import")["USA"],
    ),
    ("growth", USD, {"period": "2016"}, "growth_computed_pct", lambda: 100 * (DOLLARS["2016"] / DOLLARS["2015"] - 1)),
    ("balance", {"currency": "USD"}, {"period": "2016"}, "balance", lambda: DOLLARS["2016"] - dollars("import")["2016"]),
    (
        "moving_sum", USD | {"window": "12"}, {"period": "2019-06"}, "moving_sum",
        lambda: dollars("export", "M").loc["2018-07":"2019-06"].sum(),
    ),
    ("index", USD | {"freq": "A", "base": "2015"}, {"period": "2020"}, "index", lambda: 100 * DOLLARS["2020"] / DOLLARS["2015"]),
    ("growth_since", USD | {"base": "2015"}, {"period": "2020"}, "times", lambda: DOLLARS["2020"] / DOLLARS["2015"] - 1),
    ("years_sum", USD | {"first": "2015", "last": "2019"}, {}, "mean", lambda: mean_of(2015, 2019)),
    ("cagr", USD | {"market": "DEU", "first": "2010", "last": "2019"}, {"period": "2019"}, "cagr_pct", lambda: grew("DEU")),
    ("first_destinations", {"partner": "CHN", "first": "2023"}, {"period": "2023"}, "economies", lambda: first_destinations("CHN")),
    (
        "world_position", {"reporter": "CHN", "flow": "export"}, {"period": "2023"}, "share_pct",
        lambda: 100 * matrix().query("exporter == 'CHN'")["value_usd"].sum() / matrix()["value_usd"].sum(),
    ),
    ("trade_intensity", {"partner": "USA"}, {"period": "2023"}, "intensity", lambda: intensity("USA")),
    (
        "commodity", {"product": "motor-vehicles", "flow": "export", "freq": "YTD"}, {"period": "2025-12"}, "value",
        lambda: goods()["value_cny_100m"] * 1e8,
    ),
]  # fmt: skip


def test_at_least_25_measures_are_counted_again() -> None:
    assert len({one[0] for one in RECOUNTS}) >= 25


@pytest.mark.parametrize(
    ("measure", "params", "where", "column", "count"), RECOUNTS, ids=[f"{r[0]}-{r[3]}" for r in RECOUNTS]
)
def test_counted_again(
    real: Store, measure: str, params: dict[str, str], where: dict[str, str], column: str, count: Callable[[], float]
) -> None:
    frame = run(real, measure, **params).frame
    for name, code in where.items():
        frame = frame[frame[name].astype(str) == code]
    assert len(frame) == 1
    assert float(frame[column].iloc[0]) == pytest.approx(float(count()), rel=1e-9)
