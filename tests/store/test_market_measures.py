"""Market measures: published figures, the published table computed again in plain Python, cases by hand, properties.

By hand: the tiny store of tests/support/tiny_store.py, exports in units of 10,000 yuan:

           2023  2024  2025
    USA     500   600   400   americas
    MEX     100   150   300   americas
    DEU     200   250   500   europe
"""

from __future__ import annotations

import csv
import re
from itertools import accumulate
from math import log, sqrt
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.golden_markets import GOLDEN, Golden
from tests.support.tiny_store import Bench, Row
from trade import paths
from trade.errors import BadParameter, NoRows, UnknownName
from trade.measures import catalog, find_measure, run
from trade.measures.catalog import HERE
from trade.store import Store

MEASURES = sorted(
    name
    for name, one in catalog().items()
    if "reporter" in one.parameters and re.search(r"\b(markets|market_cells|market_changes)\(", one.sql)
)
"""Measures that read the markets of any reporter."""
IN_YUAN = {"currency": "CNY"}
NOW = {"currency": "CNY", "first": "2025", "last": "2025"}


def only(frame: pd.DataFrame, **where: Any) -> pd.Series:
    """The one row with these values."""
    for column, value in where.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1, f"{len(frame)} rows with {where}"
    return frame.iloc[0]


def last(store: Store | Bench, measure: str, **params: Any) -> pd.Series:
    """The row of the last period."""
    return run(store, measure, **params).frame.iloc[-1]


# ---------------------------------------------------------------- published figures


@pytest.mark.parametrize("golden", GOLDEN, ids=str)
def test_published_figure_is_reproduced(real: Store, golden: Golden) -> None:
    frame = run(real, golden.measure, **golden.params).frame
    if "year" in golden.where:
        frame = frame.assign(year=frame["period"].astype(int))
    found = only(frame, **golden.where)[golden.column]
    assert golden.holds(found), f"{found} is not {golden.bound} {golden.published} ({golden.source})"


def test_which_rows_make_the_249(real: Store) -> None:
    """Of 259 rows of the table: less China's re-imports, six remainders of continents and the unallocated row 251; less
    two printed with a dash or 0 (Heard and McDonald Islands, Svalbard) 249."""
    now = {"flow": "total", "currency": "CNY", "by": "market"}
    every = run(real, "share", **now, reimports="in", unallocated="in").frame
    counted = run(real, "share", **now).frame
    assert len(every) == 259
    assert set(every["market"]) - set(counted["market"]) == {"CHN", "XXU", "XAS", "XAF", "XEU", "XLA", "XNA", "XOC"}
    assert set(counted.loc[counted["value"] == 0, "market"]) == {"HMD", "SJM"}
    assert len(counted) == 251


def test_growing_markets_by_every_reading(real: Store) -> None:
    """Published growth on the revised base gives 193, first releases 190 and five entries; with China's re-imports 194."""
    world = only(run(real, "growing_markets").frame, continent="world")
    levels = only(run(real, "growing_markets", growth="levels").frame, continent="world")
    with_china = only(run(real, "growing_markets", reimports="in").frame, continent="world")
    assert (world["growing"], levels["growing"], levels["without_rate"], with_china["growing"]) == (193, 190, 5, 194)
    assert world["basis"] == "published"
    assert levels["basis"] == "levels"
    listed = only(run(real, "growing_markets", of="listed").frame, continent="oceania")
    assert listed["growing_pct"] < 60, "with rows that traded nothing Oceania would miss the 60%"


# ---------------------------------------------------------------- the published table, computed again


@pytest.fixture(scope="module")
def exports_2025() -> dict[str, tuple[float, float]]:
    """China's exports of 2025 and their revised base, by market, from the file as printed: yuan."""
    with (paths.DATA / "gacc_partners" / "partner_2025_2026.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            row
            for row in csv.DictReader(lines)
            if (row["freq"], row["period"], row["flow"]) == ("YTD", "2025-12", "export")
        ]
    left_out = {"CHN", "XXU", "XAS", "XAF", "XEU", "XLA", "XNA", "XOC"}
    priced = [row for row in rows if row["partner"] not in left_out and row["value_cny_10k"]]
    return {
        row["partner"]: (
            float(row["value_cny_10k"]) * 1e4,
            float(row["value_cny_10k"]) * 1e4 / (1 + float(row["growth_pct"] or 0) / 100 or 1),
        )
        for row in priced
    }


def test_concentration_from_the_published_table(real: Store, exports_2025: dict[str, tuple[float, float]]) -> None:
    values = sorted(value for value, _ in exports_2025.values() if value > 0)
    total, n = sum(values), len(values)
    hhi = sum((value / total) ** 2 for value in values)
    gini = sum(abs(a - b) for a in values for b in values) / (2 * n * total)
    theil = sum(value / total * log(value / total * n) for value in values)
    now = NOW | {"list": "active"}
    assert last(real, "hhi", **NOW)["hhi"] == pytest.approx(hhi)
    assert last(real, "effective_markets", **NOW)["effective_markets"] == pytest.approx(1 / hhi)
    assert last(real, "gini", **now)["gini"] == pytest.approx(gini)
    assert last(real, "theil", **now)["theil"] == pytest.approx(theil)
    row = last(real, "normalised_hhi", **now)
    assert row["markets"] == n
    assert row["normalised_hhi"] == pytest.approx((hhi - 1 / n) / (1 - 1 / n))
    assert row["normalised_hhi_unctad"] == pytest.approx((sqrt(hhi) - sqrt(1 / n)) / (1 - sqrt(1 / n)))
    curve = run(real, "lorenz", currency="CNY", period="2025").frame
    assert list(curve["value_pct"]) == pytest.approx([0, *(100 * part / total for part in accumulate(values))])


def test_losing_a_market_from_the_published_table(real: Store, exports_2025: dict[str, tuple[float, float]]) -> None:
    frame = run(real, "leave_one_out", currency="CNY", period="2025").frame
    for market in ("USA", "HKG", "VNM"):
        rest = [pair for one, pair in exports_2025.items() if one != market]
        growth = 100 * (sum(now for now, _ in rest) / sum(base for _, base in rest) - 1)
        assert only(frame, market=market)["growth_without_pct"] == pytest.approx(growth, abs=0.001)
    assert frame.iloc[0]["market"] == "USA"


def test_margins_make_up_the_change_of_the_published_tables(real: Store) -> None:
    parts = run(real, "margins", currency="CNY").frame.set_index("component")
    shares = run(real, "share", currency="CNY", first="2024").frame.groupby("period")["value"].sum()
    assert parts["change"].drop("total").sum() == pytest.approx(parts.loc["total", "change"])
    assert parts.loc["total", "change"] == pytest.approx(shares["2025"] - shares["2024"])
    assert set(parts["base"]) == {"2024"}


# ---------------------------------------------------------------- by hand


def test_share_and_its_change(tiny: Store) -> None:
    frame = run(tiny, "share", **IN_YUAN).frame
    usa, germany = only(frame, market="USA"), only(frame, market="DEU")
    assert (usa["share_pct"], usa["change_pp"]) == (pytest.approx(100 / 3), pytest.approx(100 / 3 - 60))
    assert (germany["share_pct"], germany["change_pp"]) == (pytest.approx(500 / 12), pytest.approx(500 / 12 - 25))
    assert set(frame["period"]) == {"2025"}
    assert list(run(tiny, "share", market="USA", **IN_YUAN).frame["share_pct"]) == pytest.approx([62.5, 60, 100 / 3])


def test_share_of_continents_and_blocs(tiny: Store) -> None:
    five = run(tiny, "share", by="continent", **IN_YUAN).frame.set_index("market")["share_pct"].to_dict()
    six = run(tiny, "share", by="customs-continent", **IN_YUAN).frame.set_index("market")["share_pct"].to_dict()
    blocs = run(tiny, "share", by="bloc", **IN_YUAN).frame.set_index("market")["share_pct"].to_dict()
    assert five == pytest.approx({"americas": 700 / 12, "europe": 500 / 12})
    assert six == pytest.approx({"north-america": 400 / 12, "latin-america": 300 / 12, "europe": 500 / 12})
    assert blocs == pytest.approx({"eu": 500 / 12, "apec": 700 / 12, "g7": 900 / 12})


def test_denominator_of_shares(tiny: Store) -> None:
    """Imports of 2025: 800, of which 100 re-imports and 100 unallocated."""
    of_total = only(run(tiny, "share", flow="import", **IN_YUAN).frame, market="USA")
    of_markets = only(run(tiny, "share", flow="import", of="markets", **IN_YUAN).frame, market="USA")
    assert (of_total["share_pct"], of_markets["share_pct"]) == (pytest.approx(18.75), pytest.approx(25))


@pytest.mark.parametrize(
    ("measure", "params", "column", "expected"),
    [
        ("hhi", {}, "hhi", 50 / 144),
        ("hhi", {"last": "2023"}, "hhi", 30 / 64),
        ("effective_markets", {}, "effective_markets", 2.88),
        ("normalised_hhi", {}, "normalised_hhi", 1 / 48),
        ("normalised_hhi", {}, "normalised_hhi_unctad", (sqrt(50) / 12 - sqrt(1 / 3)) / (1 - sqrt(1 / 3))),
        ("concentration_ratio", {"top": 1}, "share_pct", 500 / 12),
        ("concentration_ratio", {"top": 2}, "share_pct", 75),
        ("theil", {}, "theil", 0.25 * log(0.75) + 5 / 12 * log(1.25)),
        ("theil", {}, "between_continents", 7 / 12 * log(0.875) + 5 / 12 * log(1.25)),
        ("theil", {}, "within_continents", 1 / 3 * log(8 / 7) + 1 / 4 * log(6 / 7)),
        ("gini", {}, "gini", 1 / 9),
        ("active_markets", {"flow": "import"}, "active_markets", 3),
        ("active_markets", {"flow": "import", "reimports": "in"}, "active_markets", 4),
        ("active_markets", {"flow": "import", "unallocated": "in"}, "active_markets", 4),
        ("active_markets", {"flow": "import", "threshold": 1e6}, "active_markets", 2),
        ("cagr", {}, "cagr_pct", 100 * (sqrt(1.5) - 1)),
        ("cagr", {"market": "USA"}, "cagr_pct", 100 * (sqrt(0.8) - 1)),
        ("cagr", {"reporter": "DEU", "currency": "USD"}, "cagr_pct", 0),
    ],
    ids=str,
)
def test_by_hand(tiny: Store, measure: str, params: dict[str, Any], column: str, expected: float) -> None:
    assert last(tiny, measure, **IN_YUAN | params)[column] == pytest.approx(expected, abs=1e-9)


def test_lorenz_curve(tiny: Store) -> None:
    frame = run(tiny, "lorenz", **IN_YUAN).frame
    assert list(frame["markets_pct"]) == pytest.approx([0, 100 / 3, 200 / 3, 100])
    assert list(frame["value_pct"]) == pytest.approx([0, 25, 700 / 12, 100])
    assert list(frame["market"])[1:] == ["MEX", "USA", "DEU"]


def test_path_of_a_compound_rate(tiny: Store) -> None:
    frame = run(tiny, "cagr", **IN_YUAN).frame
    assert frame["constant_growth_value"].iloc[[0, -1]].tolist() == pytest.approx(frame["value"].iloc[[0, -1]].tolist())
    assert frame["growth_pct"].iloc[1:].tolist() == pytest.approx([25, 20])


def test_growing_markets(tiny: Store) -> None:
    frame = run(tiny, "growing_markets", flow="export").frame.set_index("continent")
    assert frame["growing"].to_dict() == {"world": 2, "americas": 1, "europe": 1}
    assert frame["growing_pct"].to_dict() == pytest.approx({"world": 200 / 3, "americas": 50, "europe": 100})
    assert set(frame["basis"]) == {"published"}
    assert set(run(tiny, "growing_markets", reporter="DEU").frame["basis"]) == {"levels"}


def test_margins_of_an_entry_and_an_exit(tiny: Store) -> None:
    """Imports 2024: USA 100 -> 200, DEU 300 -> 250, MEX none -> 50. Mexico's exports 2025: DEU 10 -> none, USA 40 -> 50."""
    entry = run(tiny, "margins", flow="import", period="2024", **IN_YUAN).frame.set_index("component")
    assert (entry["change"] / 1e4).to_dict() == pytest.approx(
        {"entry": 50, "growth": 100, "decline": -50, "total": 100}
    )
    assert entry["contribution_pp"].to_dict() == pytest.approx(
        {"entry": 12.5, "growth": 25, "decline": -12.5, "total": 25}
    )
    out = run(tiny, "margins", reporter="MEX").frame.set_index("component")
    assert out["change"].to_dict() == pytest.approx({"exit": -10, "growth": 10, "total": 0})
    market = only(run(tiny, "margins", reporter="MEX", by="market").frame, market="DEU")
    assert (market["component"], market["change"]) == ("exit", -10)


def test_leave_one_out(tiny: Store) -> None:
    frame = run(tiny, "leave_one_out", growth="levels", order="growth", **IN_YUAN).frame
    assert list(frame["market"]) == ["DEU", "MEX", "USA"]
    assert list(frame["growth_without_pct"]) == pytest.approx([100 * (700 / 750 - 1), 100 * (900 / 850 - 1), 100])
    assert list(frame["effect_pp"]) == pytest.approx([20 - 100 * (700 / 750 - 1), 20 - 100 * (900 / 850 - 1), -80])
    assert only(frame, market="USA")["hhi_without"] == pytest.approx((3 / 8) ** 2 + (5 / 8) ** 2)
    assert list(run(tiny, "leave_one_out", **IN_YUAN).frame["market"]) == ["DEU", "USA", "MEX"]


def test_rank_and_ties(tiny: Store) -> None:
    frame = run(tiny, "rank", **IN_YUAN).frame
    assert list(zip(frame["market"], frame["rank"], frame["rank_change"], strict=True)) == [
        ("DEU", 1, 1),
        ("USA", 2, -1),
        ("MEX", 3, 0),
    ]
    tied = run(tiny, "rank", reporter="DEU").frame
    assert list(zip(tied["market"], tied["rank"], strict=True)) == [("CHN", 1), ("USA", 1), ("MEX", 2)]
    assert list(run(tiny, "rank", top=1, **IN_YUAN).frame["market"]) == ["DEU"]


# ---------------------------------------------------------------- switches


def market_rows(flows: dict[str, dict[str, dict[str, float]]], **common: Any) -> list[Row]:
    """{flow: {partner: {period: value}}} as rows."""
    return [
        {"flow": flow, "partner": partner, "period": period, "value": float(value)} | common
        for flow, partners in flows.items()
        for partner, values in partners.items()
        for period, value in values.items()
    ]


def test_eu_as_one_market_follows_its_membership(bench: Bench) -> None:
    """The United Kingdom is in to the end of 2019, out at the end of 2020; Croatia in at the end of 2013, not of 2012."""
    years = ["2012", "2013", "2019", "2020"]
    bench.set_market(
        market_rows({"export": {one: dict.fromkeys(years, 1) for one in ("DEU", "FRA", "GBR", "HRV", "USA")}})
    )
    frame = run(bench, "share", eu="one", first="2012").frame
    eu = frame[frame["market"] == "eu"].set_index("period")["value"].to_dict()
    assert eu == {"2012": 3, "2013": 4, "2019": 4, "2020": 3}
    assert set(frame.loc[frame["period"] == "2020", "market"]) == {"eu", "GBR", "USA"}
    assert only(frame, market="eu", period="2020")["name_en"] == "European Union"


def test_growth_of_the_eu_is_rebuilt_from_its_members(bench: Bench) -> None:
    rows = market_rows({"export": {"DEU": {"2024": 90}, "FRA": {"2024": 90}}})
    rows += [
        {"partner": "DEU", "period": "2025", "value": 110.0, "growth_pct": 10.0},
        {"partner": "FRA", "period": "2025", "value": 120.0, "growth_pct": 20.0},
    ]
    bench.set_market(rows)
    row = only(run(bench, "rank", eu="one").frame, market="eu")
    assert row["published_growth_pct"] == pytest.approx(15)
    assert row["growth_pct"] == pytest.approx(100 * (230 / 180 - 1))


@pytest.mark.parametrize(
    ("switches", "markets"),
    [
        ({}, {"USA", "HKG", "MAC"}),
        ({"hong_kong_macao": "out"}, {"USA"}),
        ({"reimports": "in"}, {"USA", "HKG", "MAC", "CHN"}),
        ({"unallocated": "in"}, {"USA", "HKG", "MAC", "XXU", "XAS", "XSP"}),
    ],
    ids=["default", "no-hong-kong-macao", "reimports", "unallocated"],
)
def test_switches_choose_the_markets(bench: Bench, switches: dict[str, str], markets: set[str]) -> None:
    rows = ("USA", "HKG", "MAC", "CHN", "XXU", "XAS", "XSP")
    bench.set_market(market_rows({"import": {one: {"2025": 1} for one in rows}}))
    frame = run(bench, "share", flow="import", **switches).frame
    assert set(frame["market"]) == markets
    assert list(frame["share_pct"]) == pytest.approx([100 / 7] * len(markets))


def test_two_way_trade_needs_both_flows(bench: Bench) -> None:
    """A year with imports alone has no two-way trade; a partner with one flow has the trade of that flow."""
    bench.set_market(
        market_rows({"export": {"USA": {"2025": 3}}, "import": {"USA": {"2024": 1, "2025": 1}, "DEU": {"2025": 2}}})
    )
    frame = run(bench, "share", flow="total", first="2024").frame
    assert frame.set_index("market")["value"].to_dict() == {"USA": 4, "DEU": 2}
    assert set(frame["period"]) == {"2025"}


def test_dataset_and_currency_choose_themselves(real: Store) -> None:
    assert run(real, "hhi").sources[0] == "imf_dots"
    assert set(run(real, "hhi").frame["currency"]) == {"USD"}
    assert set(run(real, "hhi", freq="M").frame["currency"]) == {"CNY"}
    assert set(run(real, "hhi", reporter="KEN").sources) == {"wits", "cepii_baci"}
    assert set(run(real, "hhi", dataset="matrix").sources) == {"wits", "cepii_baci"}


def test_the_number_of_markets_does_not_move(real: Store) -> None:
    ever = run(real, "theil", first="2017").frame
    active = run(real, "theil", first="2017", list="active").frame
    mirrored = ever["quality"] == "mirror"  # a partner without a report is unknown, not a market of zero
    assert ever.loc[~mirrored, "markets"].nunique() == 1
    assert (ever.loc[mirrored, "markets"] < ever.loc[~mirrored, "markets"].max()).all()
    assert active["markets"].nunique() > 1


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("reporter", ["CHN", "KEN", "DEU"])
def test_any_economy_answers_with_sources(real: Store, measure: str, reporter: str) -> None:
    result = run(real, measure, reporter=reporter)
    assert result.sources
    assert result.frame["source_id"].notna().all()
    assert result.frame["currency"].notna().all()


@pytest.mark.parametrize(
    ("measure", "params", "error", "words"),
    [
        ("hhi", {"reporter": "ZZZ"}, UnknownName, "economy"),
        ("hhi", {"flow": "exports"}, UnknownName, "export"),
        ("concentration_ratio", {"top": 51}, BadParameter, "between 1 and 50"),
        ("active_markets", {"threshold": -1}, BadParameter, "threshold"),
        ("rank", {"first": "2025-13"}, BadParameter, "a year"),
        ("rank", {"last": "1990"}, NoRows, "there are figures for period=2025"),
        ("margins", {"period": "2000"}, NoRows, "figures"),
        ("contribution", {"period": "1999"}, NoRows, "there are figures for period=2025"),
        ("cagr", {"first": 1900}, NoRows, "figures run from"),
        ("hhi", {"reporter": "KEN", "currency": "CNY"}, NoRows, "figures run from"),
        ("hhi", {"reporter": "KEN", "freq": "M"}, NoRows, "figures run from"),
        ("hhi", {"freq": "M", "currency": "USD"}, NoRows, "figures run from"),
    ],
    ids=str,
)
def test_a_question_without_answer_names_good_values(
    real: Store, measure: str, params: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        run(real, measure, **params)


def test_switches_are_declared_alike() -> None:
    """The same parameter means the same in every market measure."""
    share = find_measure("share").parameters
    switches = ("reporter", "dataset", "freq", "eu", "hong_kong_macao", "reimports", "unallocated")
    for name in MEASURES:
        declared = find_measure(name).parameters
        for switch in switches:
            if switch in declared:
                assert declared[switch] == share[switch], f"{name}.{switch} differs in {HERE / name}.sql"


# ---------------------------------------------------------------- properties

ECONOMIES = ["USA", "MEX", "DEU", "FRA", "VNM", "KEN", "AUS", "ATA"]
amounts = st.one_of(st.just(0), st.integers(1, 10**13))
panels = st.fixed_dictionaries({}, optional={one: st.tuples(amounts, amounts) for one in ECONOMIES}).filter(
    lambda panel: all(sum(values[year] for values in panel.values()) > 0 for year in (0, 1))
)
few = settings(max_examples=25, deadline=None)

YEARS = [str(year) for year in range(2016, 2026)]
a_year = st.dictionaries(st.sampled_from(ECONOMIES), amounts, min_size=1).filter(
    lambda values: sum(values.values()) > 0
)
decades = st.lists(a_year, min_size=len(YEARS), max_size=len(YEARS))
"""Markets of ten unrelated years: a property of each year is checked on ten of them with one query."""
five = settings(max_examples=5, deadline=None)


def fill(bench: Bench, panel: dict[str, tuple[int, int]], factor: float = 1) -> None:
    bench.set_market(
        market_rows({"export": {one: {"2024": a * factor, "2025": b * factor} for one, (a, b) in panel.items()}})
    )


def fill_decade(bench: Bench, decade: list[dict[str, int]], factor: float = 1) -> None:
    known = sorted(set().union(*decade))
    values = {one: {year: a.get(one, 0) * factor for year, a in zip(YEARS, decade, strict=True)} for one in known}
    bench.set_market(market_rows({"export": values}))


def each_year(bench: Bench, measure: str, **params: Any) -> pd.DataFrame:
    """The rows of a measure that has one for each year."""
    frame = run(bench, measure, **params).frame
    assert frame["period"].to_list() == YEARS
    return frame


@five
@given(decade=decades)
def test_shares_sum_to_one(bench: Bench, decade: list[dict[str, int]]) -> None:
    fill_decade(bench, decade)
    for by in ("market", "continent", "customs-continent"):
        years = run(bench, "share", by=by, first=YEARS[0]).frame.groupby("period")
        assert years["share_pct"].sum().to_dict() == pytest.approx(dict.fromkeys(YEARS, 100))
        changes = years["change_pp"].agg(lambda change: change.sum(skipna=False)).dropna()
        assert changes.to_list() == pytest.approx([0] * len(changes), abs=1e-9)


@five
@given(decade=decades)
def test_bounds_of_concentration(bench: Bench, decade: list[dict[str, int]]) -> None:
    fill_decade(bench, decade)
    for list_ in ("ever", "active"):
        rows = each_year(bench, "normalised_hhi", list=list_)
        assert (1 / rows["markets"] <= rows["hhi"] + 1e-12).all()
        assert (rows["hhi"] <= 1 + 1e-12).all()
        several = rows[rows["markets"] > 1]
        assert several["normalised_hhi"].between(-1e-12, 1 + 1e-12).all()
        assert several["normalised_hhi_unctad"].between(-1e-12, 1 + 1e-12).all()
    effective = each_year(bench, "effective_markets")
    assert (effective["effective_markets"] >= 1 - 1e-12).all()
    assert (effective["effective_markets"] <= effective["markets"] + 1e-9).all()
    one, two, eight = (each_year(bench, "concentration_ratio", top=top)["share_pct"] for top in (1, 2, 8))
    assert (one <= two).all()
    assert (two <= eight).all()
    assert eight.to_list() == pytest.approx([100] * len(YEARS))


@five
@given(decade=decades)
def test_inequality_parts_and_bounds(bench: Bench, decade: list[dict[str, int]]) -> None:
    fill_decade(bench, decade)
    theil, gini = each_year(bench, "theil"), each_year(bench, "gini")
    n = theil["markets"]
    assert theil["theil"].to_list() == pytest.approx(
        (theil["between_continents"] + theil["within_continents"]).to_list(), abs=1e-9
    )
    assert (theil["theil"] >= -1e-9).all()
    assert (theil["theil"] <= n.map(log) + 1e-9).all()
    assert (theil["between_continents"] >= -1e-9).all()
    assert (theil["within_continents"] >= -1e-9).all()
    assert (gini["gini"] >= 0).all()
    assert (gini["gini"] <= 1 - 1 / n + 1e-9).all()
    curve = run(bench, "lorenz", list="ever").frame
    area = sum((a + b) / 2 for a, b in zip(curve["value_pct"], curve["value_pct"][1:], strict=False))
    assert gini["gini"].iloc[-1] == pytest.approx(1 - 2 * area / 100 / n.iloc[-1], abs=1e-9)


@few
@given(panel=panels)
def test_leaving_out_a_zero_market_changes_nothing(bench: Bench, panel: dict[str, tuple[int, int]]) -> None:
    fill(bench, panel | {"BRA": (0, 0)})
    row = only(run(bench, "leave_one_out").frame, market="BRA")
    assert row["growth_without_pct"] == row["total_growth_pct"]
    assert row["hhi_without"] == pytest.approx(row["hhi"])
    assert row["effect_pp"] == 0


@five
@given(decade=decades, factor=st.sampled_from([1e-3, 7.0, 1e6]))
def test_measures_do_not_depend_on_the_unit(bench: Bench, decade: list[dict[str, int]], factor: float) -> None:
    free = {
        "hhi": "hhi",
        "theil": "theil",
        "gini": "gini",
        "concentration_ratio": "share_pct",
        "active_markets": "active_markets",
    }

    def answers() -> list[list[float]]:
        return [each_year(bench, name, flow="export")[column].to_list() for name, column in free.items()]

    fill_decade(bench, decade)
    before = answers()
    fill_decade(bench, decade, factor)
    for former, scaled in zip(before, answers(), strict=True):
        assert scaled == pytest.approx(former)


@few
@given(panel=panels)
def test_margins_and_counts_add_up(bench: Bench, panel: dict[str, tuple[int, int]]) -> None:
    fill(bench, panel)
    parts = run(bench, "margins").frame.set_index("component")["change"]
    change = sum(b for _, b in panel.values()) - sum(a for a, _ in panel.values())
    assert parts["total"] == pytest.approx(change, abs=1)
    assert parts.drop("total").sum() == pytest.approx(change, abs=1)
    counts = run(bench, "growing_markets", flow="export", currency="USD").frame.set_index("continent")
    summed = counts[["growing", "falling", "unchanged", "without_rate"]].sum(axis=1)
    assert summed.to_list() == counts["markets"].to_list()
    assert counts["growing"].drop("world").sum() == counts.loc["world", "growing"]


@five
@given(decade=decades)
def test_rank_follows_value(bench: Bench, decade: list[dict[str, int]]) -> None:
    known = set().union(*decade)
    assume(len(known) > 1)
    fill_decade(bench, decade)
    frame = run(bench, "rank", first=YEARS[0]).frame
    assert set(frame["period"]) == set(YEARS)
    for row in frame.itertuples():
        values = decade[YEARS.index(str(row.period))]
        distinct = sorted({values.get(one, 0) for one in known}, reverse=True)
        assert row.rank == distinct.index(values.get(str(row.market), 0)) + 1
