"""Measures that the ledger of statements needs: published figures, and cases by hand on the tiny store.

By hand (tests/support/tiny_store.py), all trade in units of 10,000 yuan: exports 800, 1000, 1200 and imports 400, 500, 800 in
2023, 2024, 2025; 8 yuan per dollar in 2023 and 2024, 10 in 2025.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.tiny_store import FACTS, Row, tiny_store
from trade.errors import NoRows
from trade.measures import run
from trade.store import Store

TABLE = "GACC, table (2) imports and exports by country (region), December 2025, RMB, January 2026"
GOLDEN = [
    # measure, parameters, period, column, published figure, within, where it stands
    ("bloc", {"group": "asean"}, "2025", "value", 7.55e12, 5e9, "Yicai, China's 2025 Trade Climbs 3.8%, 14 January 2026"),
    ("bloc", {"group": "asean"}, "2025", "growth_pct", 8.0, 0.05, TABLE),
    ("bloc", {"group": "belt-and-road"}, "2025", "share_pct", 51.9, 0.05, TABLE),
    ("bloc", {"partners": "KAZ KGZ TJK TKM UZB", "currency": "USD"}, "2025", "value", 106.3e9, 5e7, "MOFCOM, January 2026"),
    ("product", {"product": "electric-vehicles"}, "2025-12", "quantity", 3933428, 0.5, "GACC, main export commodities, December 2025"),
    ("product", {"product": "mechanical-and-electrical-products"}, "2025-12", "growth_pct", 9.0, 0.05, "GACC flash table, December 2025"),
    ("released", {"item": "Equipment manufacturing products"}, "2025", "contribution_pp", 5.3, 0.05, "SCIO briefing, 14 January 2026"),
    ("quarterly", {}, "2024-Q3", "value", 11.17e12, 5e9, "Press on the first three quarters of 2024, October 2024"),
    ("quarterly", {}, "2018-Q1", "value", 6.75e12, 5e9, "GACC, first quarter of 2018, 13 April 2018; revised to 6.76 by October"),
    ("consecutive", {"freq": "Q", "quantity": "value", "mark": 10000}, "2025-Q2", "run", 9, 0, "Global Times, 14 July 2025"),
    ("consecutive", {"quantity": "balance", "mark": 100, "currency": "USD"}, "2025-12", "met_in_year", 7, 0, "AP, January 2026"),
    ("growth_since", {"currency": "USD", "base": 1978}, "2010", "times", 143, 0.5, "White paper on foreign trade, 2011"),
    ("growth_since", {"vintage": "revised"}, "2025", "cagr_pct", 7.1, 0.05, "Xinhua, 15 January 2026"),
    ("world_position", {"flow": "total"}, "2013", "rank", 1, 0, "Press on China's foreign trade in 2013, 10 January 2014"),
]  # fmt: skip


def at(store: Store, measure: str, period: str, **params: Any) -> dict[str, Any]:
    """The last row of that period."""
    frame = run(store, measure, **params).frame
    return frame[frame["period"] == period].iloc[-1].to_dict()


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda one: f"{one[0]}-{one[2]}-{one[3]}")
def test_published_figure_is_reproduced(real: Store, golden: tuple) -> None:
    measure, params, period, column, published, within, source = golden
    assert at(real, measure, period, **params)[column] == pytest.approx(published, abs=within), source


class TestTotals:
    def test_growth_since(self, tiny: Store) -> None:
        row = at(tiny, "growth_since", "2025", flow="export", base=2023)
        assert (row["growth_pct"], row["times"], row["change"]) == pytest.approx((50, 0.5, 400e4))
        assert row["cagr_pct"] == pytest.approx(100 * (1.5**0.5 - 1))
        dollars = at(tiny, "growth_since", "2025", flow="export", base=2023, currency="USD")
        assert dollars["growth_pct"] == pytest.approx(20)

    def test_revised_base_follows_the_next_years_growth(self, tiny: Store) -> None:
        """Imports of 2025, 800, grew by 60.0%: the base of 2024 is 500."""
        assert at(tiny, "growth_since", "2025", flow="import", base=2024, vintage="revised")[
            "base_value"
        ] == pytest.approx(500e4)

    def test_sum_over_years(self, tiny: Store) -> None:
        row = at(tiny, "years_sum", "2023/2025", flow="export", first=2023, last=2025)
        assert (row["value"], row["mean"], row["years"]) == pytest.approx((3000e4, 1000e4, 3))
        with pytest.raises(NoRows):
            run(tiny, "years_sum", flow="export", first=2022, last=2025)

    def test_runs(self, tiny: Store) -> None:
        years = {"freq": "A", "flow": "export"}
        assert at(tiny, "consecutive", "2025", **years)["run"] == 2
        assert at(tiny, "consecutive", "2025", **years, currency="USD")["run"] == 0, "in dollars 2025 fell by 4%"
        assert at(tiny, "consecutive", "2025", **years, quantity="value", mark=0.009)["run"] == 2
        balance = {"freq": "A", "quantity": "balance", "mark": 0.0045}
        assert [at(tiny, "consecutive", year, **balance)["run"] for year in ("2023", "2024", "2025")] == [0, 1, 0]

    def test_a_run_after_a_gap_may_be_longer(self, real: Store) -> None:
        """Exports in yuan of the fourth quarter of 2023 cannot be compared: seven quarters to September 2025 at least."""
        row = at(real, "consecutive", "2025-Q3", freq="Q", flow="export")
        assert (row["run"], row["at_least"]) == (7, True)
        assert not at(real, "consecutive", "2025-11", vintage="levels")["at_least"]


def printed(**fields: Any) -> Row:
    """A row of `released_figure` from another page, with `fields` over the defaults."""
    common = {
        "topic": "total",
        "flow": "export",
        "item": "Goods trade",
        "sub_item": "all",
        "unit": "1",
        "currency": "CNY",
    }
    return (
        common
        | {"derived": False, "authority": 1, "source_title": "other page", "published": "2025-07-14", "seq": 9}
        | fields
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The tiny store with figures of other pages."""
    pages = [
        printed(freq="YTD", period="2025-03", printed="2000000", growth_pct=25.0),
        printed(freq="YTD", period="2025-06", printed="5000000", growth_pct=25.0),
        printed(topic="category", item="Tech", freq="A", period="2025", printed="6.0", unit="mn", growth_pct=50.0),
        printed(topic="category", item="Toys", freq="A", period="2025", printed="2.0", unit="mn", growth_pct=-20.0),
    ]
    return tiny_store(tmp_path_factory.mktemp("pages"), {"released_figure": FACTS["released_figure"] + pages})


class TestPages:
    def test_quarters_are_differences(self, store: Store) -> None:
        second = at(store, "quarterly", "2025-Q2", flow="export")
        assert (second["value"], second["growth_pct"], second["implied"]) == pytest.approx((3e6, 25, False))
        former = at(store, "quarterly", "2024-Q2", flow="export")
        assert (former["value"], former["implied"]) == (pytest.approx(2.4e6), True)
        assert not (run(store, "quarterly", flow="export").frame["period"] == "2025-Q4").any(), (
            "no figure for September"
        )

    def test_contribution_with_the_bounds_of_rounding(self, store: Store) -> None:
        """6 million grew by 50%: 2 million of a base of 10, 20 points; 2 million fell by 20%: -0.5, -5 points."""
        rose = at(store, "released", "2025", item="Tech")
        assert (rose["contribution_pp"], rose["base_share_pct"], rose["share_pct"]) == pytest.approx((20, 40, 50))
        assert rose["contribution_low_pp"] < 20 < rose["contribution_high_pp"]
        assert rose["contribution_high_pp"] == pytest.approx(100 * 6.05e6 * (1 - 1 / 1.5005) / (12e6 / 1.2005))
        assert rose["share_of_growth_pct"] == pytest.approx(100)
        fell = at(store, "released", "2025", item="Toys")
        assert fell["contribution_pp"] == pytest.approx(-5)
        assert fell["contribution_low_pp"] < -5 < fell["contribution_high_pp"]

    def test_a_page_that_prints_both_flows_gives_the_balance(self, store: Store) -> None:
        row = at(store, "released", "2025", topic="total", item="Goods trade", flow="balance")
        assert (row["value"], row["derived"]) == (pytest.approx(400e4), True)


class TestParts:
    def test_partners_as_one_market(self, tiny: Store) -> None:
        row = at(tiny, "bloc", "2025", partners="USA MEX", flow="export")
        assert (row["value"], row["base_value"], row["share_pct"]) == pytest.approx((700e4, 750e4, 100 * 7 / 12))
        assert (row["rank"], row["members"], row["summed"]) == (1, 2, True)

    def test_the_other_markets_count_the_eu_as_one(self, tiny: Store) -> None:
        assert at(tiny, "bloc", "2025", partners="MEX", flow="export")["rank"] == 3
        eu = at(tiny, "bloc", "2025", group="eu", flow="export")
        assert (eu["value"], eu["rank"]) == (pytest.approx(500e4), 1)

    def test_a_printed_group_is_not_summed(self, tiny: Store) -> None:
        row = at(tiny, "bloc", "2025", group="north-america", flow="export")
        assert (row["value"], row["growth_pct"], row["summed"]) == (pytest.approx(400e4), pytest.approx(-33.3), False)

    def test_dollars_follow_the_rate_of_each_flow_and_year(self, tiny: Store) -> None:
        assert at(tiny, "bloc", "2025", partners="USA", currency="USD")["value"] == pytest.approx(550e4 / 10)
        assert at(tiny, "bloc", "2024", partners="USA", currency="USD")["value"] == pytest.approx(800e4 / 8)

    def test_compound_rate_and_mean_of_rates(self, tiny: Store) -> None:
        row = at(tiny, "bloc", "2025", partners="MEX", flow="export", first="2023")
        assert row["cagr_pct"] == pytest.approx(100 * (3**0.5 - 1))
        assert row["mean_growth_pct"] == pytest.approx((50 + 100) / 2)

    def test_commodity(self, tiny: Store) -> None:
        """Steel rose from 4 to 5 million: a point of ten of all exports, which had been 10 million."""
        row = at(tiny, "product", "2025-12", product="steel")
        assert (row["value"], row["base_value"], row["growth_pct"]) == pytest.approx((5e6, 4e6, 25))
        assert (row["share_pct"], row["base_share_pct"], row["contribution_pp"]) == pytest.approx(
            (100 * 5 / 12, 40, 10)
        )
        assert bool(row["net_exporter"])
        assert not bool(at(tiny, "product", "2025-12", product="grain")["net_exporter"])

    def test_position_in_the_world(self, tiny: Store) -> None:
        row = at(tiny, "world_position", "2025")
        assert row["share_pct"] == pytest.approx(100 * 120 / 380)
        assert (row["rank"], row["run"], row["economies"]) == (1, 3, 4)
        assert at(tiny, "world_position", "2025", reporter="MEX")["rank"] == 4
