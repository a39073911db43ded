"""Seasonal adjustment, carry-over and scenario: published assumptions, cases by hand, properties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tiny_store import Bench
from trade.errors import BadParameter, NoRows, UnknownName
from trade.measures import models, run
from trade.measures.models import seasonal_adjustment, stl
from trade.store import Store

SEASON = np.array([0.9, 0.8, 1.0, 1.0, 1.02, 1.03, 1.04, 1.05, 1.04, 0.98, 1.03, 1.1])
ALL = {"currency": "USD", "join_jan_feb": True, "adjusted": True, "first": None, "last": None}


def months(values: Any, start: str = "2015-01-01", **columns: Any) -> pd.DataFrame:
    """A query's frame: one row per month from `start`, the same value in both currencies unless said otherwise."""
    dates = pd.date_range(start, periods=len(values), freq="MS")
    value = np.asarray(values, dtype=float)
    frame = pd.DataFrame({"period": dates.strftime("%Y-%m"), "period_start": dates, "value": value, "value_usd": value})
    return frame.assign(derived=False, source_id="tiny").assign(**columns)


def seasonal_series(years: int = 8, growth: float = 0.005) -> np.ndarray:
    """Steady growth a month times a fixed season."""
    return 100 * (1 + growth) ** np.arange(12 * years) * np.tile(SEASON, years)


# ---- seasonal adjustment


def test_a_pure_season_is_taken_out() -> None:
    frame = seasonal_adjustment.seasonally_adjusted(months(seasonal_series()), ALL)
    steps = np.diff(np.log(frame["seasonally_adjusted"]))
    inner = steps[~frame["joined"].to_numpy()[1:] & ~frame["joined"].to_numpy()[:-1]]
    assert inner == pytest.approx(np.log(1.005), abs=0.004)
    assert frame["seasonally_adjusted"].std() < frame["value"].std()


def test_january_and_february_are_one() -> None:
    frame = seasonal_adjustment.seasonally_adjusted(months(seasonal_series()), ALL)
    pairs = frame[frame["joined"]]
    for column in ("joined_value", "seasonally_adjusted", "seasonal_factor"):
        assert pairs[column].to_numpy()[::2].tolist() == pytest.approx(pairs[column].to_numpy()[1::2].tolist())
    january = frame[frame["period"] == "2016-01"].iloc[0]
    assert january["joined_value"] == pytest.approx(frame["value"].iloc[12:14].mean())


def test_moving_the_holiday_between_january_and_february_changes_nothing() -> None:
    values = seasonal_series()
    moved = values.copy()
    moved[12], moved[13] = values[12] - 5, values[13] + 5
    one, other = (
        seasonal_adjustment.seasonally_adjusted(months(v), ALL)["seasonally_adjusted"] for v in (values, moved)
    )
    assert one.tolist() == pytest.approx(other.tolist())


def test_a_last_january_waits_for_february() -> None:
    frame = seasonal_adjustment.seasonally_adjusted(months(seasonal_series()[:85]), ALL)
    assert frame["period"].iloc[-1] == "2021-12"
    unjoined = seasonal_adjustment.seasonally_adjusted(months(seasonal_series()[:85]), ALL | {"join_jan_feb": False})
    assert unjoined["period"].iloc[-1] == "2022-01"
    assert not unjoined["joined"].any()


def test_short_or_broken_series_give_nothing_or_what_follows_the_gap() -> None:
    assert seasonal_adjustment.seasonally_adjusted(months(seasonal_series(3)), ALL).empty
    assert seasonal_adjustment.seasonally_adjusted(months([]), ALL).empty
    broken = months(seasonal_series(10)).drop(index=30)
    assert seasonal_adjustment.seasonally_adjusted(broken, ALL)["period"].iloc[0] == "2017-08"


def test_yuan_take_the_factors_of_the_dollar_series() -> None:
    frame = months(seasonal_series(), value=np.where(np.arange(96) >= 90, 7 * seasonal_series(), np.nan))
    dollars = seasonal_adjustment.seasonally_adjusted(months(seasonal_series()), ALL).set_index("period")
    yuan = seasonal_adjustment.seasonally_adjusted(frame, ALL | {"currency": "CNY"}).set_index("period")
    assert len(yuan) == 6
    assert yuan["seasonally_adjusted"].tolist() == pytest.approx(
        (7 * dollars["seasonally_adjusted"].iloc[-6:]).tolist()
    )
    assert yuan["trend"].isna().all()


@given(factor=st.floats(1e-3, 1e9), noise=st.lists(st.floats(-0.2, 0.2), min_size=60, max_size=60))
@settings(max_examples=25, deadline=None)
def test_adjustment_is_scale_invariant_and_multiplicative(factor: float, noise: list[float]) -> None:
    values = seasonal_series(5) * np.exp(noise)
    once = seasonal_adjustment.seasonally_adjusted(months(values), ALL)
    scaled = seasonal_adjustment.seasonally_adjusted(months(values * factor), ALL)
    assert scaled["seasonal_factor"].tolist() == pytest.approx(once["seasonal_factor"].tolist(), rel=1e-6)
    assert scaled["seasonally_adjusted"].tolist() == pytest.approx(
        (factor * once["seasonally_adjusted"]).tolist(), rel=1e-6
    )
    product = once["seasonally_adjusted"] * once["seasonal_factor"]
    assert product.tolist() == pytest.approx(once["joined_value"].tolist())


def test_adjusted_exports(real: Store) -> None:
    """Customs' dollar series: February 2024 fell to 220, March to 280 billion; adjusted, the step is a tenth of that."""
    frame = run(real, "seasonally_adjusted", first="2023-12", last="2024-04").frame.set_index("period")
    raw = frame["value"].pct_change().abs().max()
    adjusted = frame["seasonally_adjusted"].pct_change().abs().max()
    assert adjusted < raw / 3
    assert frame["source_id"].notna().all()
    whole = run(real, "seasonally_adjusted").frame
    assert whole["period"].iloc[0] == "1983-08" or whole["period"].iloc[0] == "1983-07"
    factors = whole.assign(year=whole["period"].str[:4]).groupby("year")["seasonal_factor"].mean()
    assert (factors.loc["1984":"2025"] - 1).abs().max() <= 0.03, "a year's factors average to one"


def test_a_range_only_selects(real: Store) -> None:
    whole = run(real, "seasonally_adjusted").frame.set_index("period")["seasonally_adjusted"]
    part = run(real, "seasonally_adjusted", first="2024-05", last="2025").frame.set_index("period")[
        "seasonally_adjusted"
    ]
    assert part.index[[0, -1]].tolist() == ["2024-05", "2025-12"]
    assert part.tolist() == whole[part.index].tolist()


def by_statsmodels(values: np.ndarray) -> Any:
    """The same by the library, whose import takes longer than all tests of models that do without it."""
    from statsmodels.tsa.seasonal import STL

    return STL(values, period=12, robust=True).fit()


@pytest.mark.parametrize("count", [48, 49, 60, 121, 518])
@pytest.mark.parametrize("outliers", [0, 4])
def test_stl_gives_the_numbers_of_statsmodels(count: int, outliers: int) -> None:
    random = np.random.default_rng(count + outliers)
    values = np.log(np.resize(seasonal_series(5), count)) + random.normal(0, 0.05, count)
    values[random.integers(0, count, outliers)] += 1
    seasonal, trend = stl.decompose(values, 12)
    fitted = by_statsmodels(values)
    assert seasonal == pytest.approx(fitted.seasonal, abs=1e-10)
    assert trend == pytest.approx(fitted.trend, abs=1e-10)


def test_stl_of_the_bundled_months_is_that_of_statsmodels(real: Store) -> None:
    months = real.query(
        "SELECT * FROM total_trade WHERE freq = 'M' AND flow = 'export' AND currency = 'USD' ORDER BY period"
    )
    values = np.log(months["value"].dropna().to_numpy()[-300:])
    seasonal, trend = stl.decompose(values, 12)
    fitted = by_statsmodels(values)
    assert seasonal == pytest.approx(fitted.seasonal, abs=1e-10)
    assert trend == pytest.approx(fitted.trend, abs=1e-10)


def test_stl_leaves_a_straight_line_alone() -> None:
    seasonal, trend = stl.decompose(np.arange(60, dtype=float), 12)
    assert seasonal == pytest.approx(np.zeros(60), abs=1e-9)
    assert trend == pytest.approx(np.arange(60), abs=1e-9)


def test_unknown_model_names_good_ones() -> None:
    with pytest.raises(UnknownName, match="carry_over"):
        models.get("carryover")


# ---- carry-over


def test_carry_over_by_hand() -> None:
    """Nine months of 10, three of 14: mean 11, last quarter 14; the year after stays at 14 and grows as much."""
    frame = seasonal_adjustment.carry_over(months([10] * 9 + [14] * 15), ALL | {"adjusted": False}).set_index("period")
    assert frame.loc["2016", ["year_mean", "last_quarter"]].tolist() == [11, 14]
    assert frame.loc["2016", "carry_over_pct"] == pytest.approx(100 * (14 / 11 - 1))
    assert frame.loc["2016", "growth_pct"] == pytest.approx(frame.loc["2016", "carry_over_pct"])
    assert frame.loc["2017", "carry_over_pct"] == pytest.approx(0)
    assert pd.isna(frame.loc["2017", "growth_pct"]), "not yet known"


def test_carry_over_needs_all_twelve_months() -> None:
    frame = months([10.0] * 30).drop(index=3)
    assert seasonal_adjustment.carry_over(frame, ALL | {"adjusted": False})["base_period"].tolist() == ["2016"]


@given(values=st.lists(st.floats(1, 1e6), min_size=24, max_size=24), factor=st.floats(1e-3, 1e6))
@settings(max_examples=25, deadline=None)
def test_carry_over_is_scale_invariant(values: list[float], factor: float) -> None:
    params = ALL | {"adjusted": False}
    one, other = (
        seasonal_adjustment.carry_over(months(np.array(values) * k), params)["carry_over_pct"] for k in (1, factor)
    )
    assert one.tolist() == pytest.approx(other.tolist(), abs=1e-6)


def test_carry_over_of_exports(real: Store) -> None:
    """Exports of 2020 ended high: dollars of customs' series carry 13% into 2021, which grew by 29.6%."""
    frame = run(real, "carry_over").frame.set_index("period")
    assert frame.loc["2021", "carry_over_pct"] == pytest.approx(13, abs=1)
    assert frame.loc["2021", "growth_pct"] == pytest.approx(29.6, abs=0.1)
    unadjusted = run(real, "carry_over", adjusted=False).frame.set_index("period")
    assert unadjusted.loc["2026", "carry_over_pct"] > frame.loc["2026", "carry_over_pct"] - 1
    by_hand = [304.9, 330.0, 357.2]
    assert unadjusted.loc["2026", "last_quarter"] / 1e9 == pytest.approx(sum(by_hand) / 3, abs=0.1)


def test_carry_over_in_yuan_starts_with_the_first_full_year(real: Store) -> None:
    assert run(real, "carry_over", currency="CNY").frame["base_period"].tolist() == ["2024", "2025"]


# ---- scenario


def test_scenario_by_hand(tiny: Store) -> None:
    """2025: USA 400, Mexico 300, Germany 500 of 1200; demand +10% in North America, half of it felt; a fifth less to Mexico."""
    params = {"north_america": 10, "elasticity": 0.5, "market": "MEX", "shock": -20}
    frame = run(tiny, "scenario", **params).frame.set_index("partner")
    growth = {"USA": 100 * (1.1**0.5 - 1), "MEX": -20, "DEU": 0}
    assert frame["growth_pct"].drop("world").to_dict() == pytest.approx(growth)
    total = 400 / 1200 * growth["USA"] + 300 / 1200 * -20
    assert frame.loc["world", "growth_pct"] == pytest.approx(total)
    assert frame.loc["USA", ["demand_pct", "elasticity", "shock_pct", "assumption"]].tolist() == [10, 0.5, 0, "given"]
    assert frame.loc["DEU", "assumption"] == "none"


def test_scenario_without_assumptions_stands_still(real: Store) -> None:
    frame = run(real, "scenario", assumption="none").frame
    assert (frame["growth_pct"] == 0).all()
    assert set(frame["assumption"]) == {"none"}
    assert frame.loc[frame["kind"] == "part", "share_pct"].sum() == pytest.approx(100)


def test_scenario_takes_the_forecast_of_the_wto(real: Store) -> None:
    """WTO, 19 March 2026: world merchandise trade volume +1.9% in 2026 (after +0.5% in October 2025)."""
    frame = run(real, "scenario", assumption="WTO", africa=4).frame.set_index("partner")
    assert frame.loc["USA", "demand_pct"] == 1.9
    assert frame.loc["USA", "assumption"] == "WTO, 2026-03-19"
    assert frame.loc["ZAF", ["demand_pct", "assumption"]].tolist() == [4, "given"]
    assert 1.9 < frame.loc["world", "growth_pct"] < 2.1
    assert "statements" in frame.loc["world", "source_id"]


def test_scenario_refuses_what_it_cannot_answer(real: Store) -> None:
    with pytest.raises(NoRows):
        run(real, "scenario", assumption="WTO", period=2010)
    with pytest.raises(BadParameter):
        run(real, "scenario", shock=-120)
    assert (run(real, "scenario", period=2010).frame["growth_pct"] == 0).all(), "no forecast: nothing assumed"
    assert run(real, "scenario", reporter="KEN").frame["period"].iloc[0] == "2023"


def set_exports(bench: Bench, values: dict[str, float]) -> None:
    bench.set_market([{"partner": partner, "period": "2024", "value": value} for partner, value in values.items()])


shares = st.dictionaries(st.sampled_from(["USA", "MEX", "DEU", "KEN", "JPN", "AUS"]), st.floats(1, 1e9), min_size=1)


@given(values=shares, demand=st.floats(-50, 100), elasticity=st.floats(0, 3), factor=st.floats(0.1, 1e4))
@settings(max_examples=25, deadline=None)
def test_scenario_sums_and_scales(
    bench: Bench, values: dict[str, float], demand: float, elasticity: float, factor: float
) -> None:
    def grow(scale: float) -> pd.DataFrame:
        set_exports(bench, {partner: value * scale for partner, value in values.items()})
        return run(bench, "scenario", demand=demand, elasticity=elasticity).frame.set_index("partner")

    frame = grow(1)
    same = 100 * ((1 + demand / 100) ** elasticity - 1)
    assert frame["growth_pct"].tolist() == pytest.approx([same] * len(frame), abs=1e-6), "one demand for all"
    assert frame["contribution_pp"].drop("world").sum() == pytest.approx(frame.loc["world", "growth_pct"], abs=1e-9)
    assert grow(factor)["contribution_pp"].sort_index().tolist() == pytest.approx(
        frame["contribution_pp"].sort_index().tolist(), abs=1e-6
    )


@given(values=shares, shock=st.floats(-100, 100))
@settings(max_examples=15, deadline=None)
def test_a_shock_counts_by_the_share_of_its_market(bench: Bench, values: dict[str, float], shock: float) -> None:
    set_exports(bench, values)
    market = next(iter(values))
    frame = run(bench, "scenario", market=market, shock=shock).frame.set_index("partner")
    share = values[market] / sum(values.values())
    assert frame.loc["world", "growth_pct"] == pytest.approx(share * shock, abs=1e-9)
