"""Quarters: of partners and groups the sum of three months, of goods and totals the difference of two cumulative figures."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from trade.errors import NoRows
from trade.measures import run
from trade.panels.registry import find_panel
from trade.store import Store


def frame(store: Store, measure: str, **params: Any) -> pd.DataFrame:
    return run(store, measure, **params).frame.set_index("period")


@pytest.mark.parametrize("partner", ["USA", "asean", "~Two:BRA.IND"])
def test_a_quarter_of_a_partner_is_the_sum_of_its_months_and_missing_without_one(real: Store, partner: str) -> None:
    months = frame(real, "partner", partner=partner, freq="M", currency="CNY")["value"]
    quarters = frame(real, "partner", partner=partner, freq="Q", currency="CNY")
    names = pd.Series(pd.PeriodIndex(months.index, freq="M").asfreq("Q").astype(str), index=months.index)
    sums = months.groupby(names.str.replace("Q", "-Q").to_numpy()).agg(["sum", "count"])
    whole = sums[sums["count"] == 3]["sum"]
    assert 8 < len(whole) < len(sums), "the newest quarter is not whole"
    assert list(quarters.index) == list(whole.index)
    assert (quarters["value"] / whole - 1).abs().max() < 1e-9
    assert set(quarters["quality"]) == {"derived"}
    grown = 100 * (quarters["value"]["2025-Q2"] / quarters["value"]["2024-Q2"] - 1)
    assert quarters["growth_computed_pct"]["2025-Q2"] == pytest.approx(grown)


def test_a_quarter_in_dollars_is_converted_at_the_rate_of_the_two_totals(real: Store) -> None:
    yuan, dollars = (frame(real, "partner", partner="VNM", freq="Q", currency=code)["value"] for code in ("CNY", "USD"))
    totals = [frame(real, "quarterly", flow="export", currency=code)["value"]["2025-Q3"] for code in ("CNY", "USD")]
    assert yuan["2025-Q3"] / dollars["2025-Q3"] == pytest.approx(totals[0] / totals[1])


def test_a_quarter_of_a_good_is_the_difference_of_two_cumulative_figures(real: Store) -> None:
    sums = frame(real, "commodity", product="motor-vehicles", freq="YTD")
    quarters = frame(real, "commodity", product="motor-vehicles", freq="Q")
    for column in ("value", "base_value"):
        assert quarters[column]["2025-Q1"] == pytest.approx(sums[column]["2025-03"])
        assert quarters[column]["2025-Q3"] == pytest.approx(sums[column]["2025-09"] - sums[column]["2025-06"])
    assert "2026-Q3" not in quarters.index, "July alone is no quarter"


@pytest.mark.parametrize("by", ["continent", "partner", "product"])
def test_contributions_to_a_quarter_sum_to_its_growth(real: Store, by: str) -> None:
    parts = run(real, "contribution", by=by, period="2025-Q3").frame
    growth = frame(real, "quarterly", flow="export")["growth_pct"]["2025-Q3"]
    assert parts.loc[parts["kind"] == "total", "contribution_pp"].item() == pytest.approx(growth)
    assert parts.loc[parts["kind"] != "total", "contribution_pp"].sum() == pytest.approx(growth)
    assert parts.loc[parts["kind"] == "residual", "contribution_pp"].abs().item() < 1.5 or by == "product"


def test_the_balance_and_the_exchange_rate_have_quarters(real: Store) -> None:
    balance = frame(real, "balance", freq="Q")
    flows = [frame(real, "quarterly", flow=flow)["value"]["2026-Q2"] for flow in ("export", "import")]
    assert balance["balance"]["2026-Q2"] == pytest.approx(flows[0] - flows[1])
    rates = frame(real, "fx_effect", flow="export", freq="Q").loc["2026-Q2"]
    assert rates["fx_effect_pp"] == pytest.approx(rates["growth_cny_pct"] - rates["growth_usd_pct"])


@pytest.mark.parametrize(
    ("panel", "choices", "says"),
    [
        ("destinations/ranking", {"period": "2025-Q4"}, "sum of its three months"),
        ("diversification/gauge", {"period": "2025-Q4"}, "sum of its three months"),
        ("partner/months", {"partner": "VNM"}, "sum of its three months"),
        ("compare/lines", {"of": "partners"}, "sum of its three months"),
        ("growth/contribution", {"period": "2025-Q4", "by": "partner"}, "sum of its three months"),
        ("growth/contribution", {"period": "2025-Q4", "by": "product"}, "difference of two cumulative figures"),
        ("growth/exchange", {"period": "2025-Q4"}, "difference of two cumulative figures"),
        ("products/items", {"period": "2025-Q4"}, "difference of two cumulative figures"),
        ("products/item", {"period": "2025-Q4"}, "difference of two cumulative figures"),
    ],
)  # fmt: skip
def test_panels_have_quarters_and_say_how_they_came_about(
    real: Store, panel: str, choices: dict[str, str], says: str
) -> None:
    drawn = find_panel(panel).draw(real, {"freq": "Q", **choices})
    assert says in " ".join(drawn.notes)
    assert re.search("Q[1-4] 202[56]|quarter of 202[56]", drawn.headline)
    if "period" in drawn.result.frame:
        assert drawn.result.frame["period"].str.fullmatch(r"\d{4}-Q[1-4]").all()


def test_no_dollars_of_continents_by_quarter(real: Store) -> None:
    with pytest.raises(NoRows, match="Q2 2025"):
        find_panel("growth/contribution").draw(real, {"freq": "Q", "period": "2025-Q2", "currency": "USD"})
