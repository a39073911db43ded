"""Measures of the outlook and of the sources against what was published or can be worked out by hand."""

from __future__ import annotations

import pytest

from trade.measures import run
from trade.store import Store


def test_the_wto_cut_its_forecast_for_2026(real: Store) -> None:
    """TASS, 7 October 2025, quoting the WTO: 0.5% for 2026, cut from 1.8% in August."""
    frame = run(real, "forecasts").frame
    wto = frame[
        (frame["forecaster"] == "WTO")
        & (frame["period"].astype(str) == "2026")
        & (frame["aggregate"] == "goods-volume")
    ]
    october = wto[wto["publication_date"] == "2025-10-07"].iloc[0]
    assert (october["figure"], october["former_figure"]) == (0.5, 1.8)
    assert october["revision_pp"] == pytest.approx(-1.3)


def test_the_wto_raised_its_forecast_in_march_2026(real: Store) -> None:
    """WTO, 19 March 2026: 1.9% for 2026, after 0.5% in October."""
    frame = run(real, "forecasts", forecaster="WTO", year=2026).frame
    newest = frame[frame["aggregate"] == "goods-volume"].sort_values("publication_date").iloc[-1]
    assert (newest["publication_date"], newest["figure"], newest["former_figure"]) == ("2026-03-19", 1.9, 0.5)


def test_forecasts_are_scored_against_a_named_outcome_only(real: Store) -> None:
    """OECD 4.2% for 2025 against the 4.1% of the IMF, 19 January 2026; WTO 0.9 and 2.4% against its own 4.6%, 19 March 2026."""
    frame = run(real, "forecast_errors").frame
    oecd = frame[frame["forecaster"] == "OECD"].iloc[0]
    assert oecd["error_pp"] == pytest.approx(4.2 - 4.1)
    goods = frame[frame["aggregate"] == "goods-volume"].set_index("publication_date")
    assert goods.loc["2025-08", "error_pp"] == pytest.approx(0.9 - 4.6)
    assert goods.loc["2025-10-07", "error_pp"] == pytest.approx(2.4 - 4.6)
    assert set(goods["outcome_date"]) == {"2026-03-19"}
    assert frame[frame["aggregate"] == "services-volume"]["error_pp"].isna().all(), "no figure of the same aggregate"


def test_the_foreign_trade_law_takes_force(real: Store) -> None:
    """Global Times, 27 December 2025: the revised law takes effect on 1 March 2026."""
    events = run(real, "policy_events").frame
    law = events[events["event"].str.contains("Revised Foreign Trade Law takes effect")]
    assert law["period"].tolist() == ["2026-03-01"]
    day = law["period_start"].iloc[0]
    assert (day.year, day.month, day.day) == (2026, 3, 1)


def test_the_base_effect_is_what_the_former_year_did(real: Store) -> None:
    """The base of a month rose by so much on its own year: that much is taken from this year's rate."""
    frame = run(real, "base_effect").frame
    assert (frame["base_effect_pp"] + frame["base_change_pct"]).abs().max() == pytest.approx(0)


def test_the_rest_of_the_year_by_hand(real: Store) -> None:
    """What is known plus the rest of the former year at the assumed rate, over the former year."""
    frame = run(real, "rest_of_year", rest=5).frame.set_index("assumption")
    scenario = frame.loc["asked"]
    by_hand = 100 * ((scenario["so_far"] + scenario["base_rest"] * 1.05) / scenario["base_value"] - 1)
    assert scenario["growth_pct"] == pytest.approx(by_hand)
    assert frame.loc["pace", "growth_pct"] == pytest.approx(scenario["so_far_growth_pct"])


def test_the_rest_of_the_year_from_the_printed_months(real: Store) -> None:
    """Customs in dollars, billions: exports of January to August 2026 by month, of the same months of 2025, and of 2025.

    The months are rounded to 0.1 each, the cumulative of the release is finer: the sum is 0.2 more than that.
    """
    so_far = 356.6 + 299.8 + 321.0 + 359.1 + 376.3 + 411.9 + 397.9 + 401.4
    frame = run(real, "rest_of_year", rest=5).frame.set_index("assumption")
    by_hand = 100 * ((so_far + (3770.2 - 2449.9) * 1.05) / 3770.2 - 1)
    assert frame.loc["asked", "growth_pct"] == pytest.approx(by_hand, abs=0.01)
    assert frame.loc["unchanged", "value"] == pytest.approx((so_far + 3770.2 - 2449.9) * 1e9, rel=1e-4)


def test_growth_since_january_is_the_published_one(real: Store) -> None:
    """GACC, press conference on the first three quarters of 2025, 13 October 2025: exports in yuan +7.1%."""
    assert run(real, "ytd_growth", first="2025-09", last="2025-09").frame["growth_pct"].tolist() == [7.1]


def test_year_to_date_stands_beside_the_forecasts(real: Store) -> None:
    """GACC, August 2026: exports +14.6% since January; newest forecasts of world trade from 1.9 (WTO) to 2.8% (IMF)."""
    row = run(real, "ytd_and_forecasts").frame.sort_values("period").iloc[-1]
    assert (row["period"], round(row["growth_pct"], 1)) == ("2026-08", 14.6)
    assert (row["forecast_low"], row["forecast_high"]) == (1.9, 2.8)


def test_revisions_are_told_only_beyond_rounding(real: Store) -> None:
    """Customs' rate of 2023 (+0.2%) on 41.76 trillion implies 41.68 for 2022, first released as 42.07."""
    frame = run(real, "revisions", flow="total").frame.set_index("period")
    assert frame.loc["2022", "revision_pct"] == pytest.approx(100 * (41.76 / 1.002 / 42.07 - 1), abs=0.02)
    assert frame.loc["2022", "told"]
    assert (frame["revision_pct"].abs() > frame["rounding_pct"])[frame["told"]].all()


def test_residuals_are_those_of_the_build(real: Store) -> None:
    shown = run(real, "residuals").frame.set_index("identity")["gap"]
    stored = real.query("SELECT identity, gap FROM residual").set_index("identity")["gap"]
    assert shown.sort_index().to_dict() == stored.sort_index().to_dict()
    assert (run(real, "residuals").frame["used_pct"] <= 100).all()


def test_coverage_by_hand(tiny: Store) -> None:
    """2025: 11 flows of the matrix, 8 of partners, 9 sums of groups, 4 totals, 8 of goods; 2023: 11, 5, none, 4, 7."""
    figures = run(tiny, "coverage").frame.set_index("period")["figures"]
    assert figures["2025"] == 11 + 8 + 9 + 4 + 8
    assert figures["2023"] == 11 + 5 + 4 + 7


def test_coverage_counts_the_figures_that_are_held(real: Store) -> None:
    frame = run(real, "coverage").frame
    baci = frame[frame["source_id"] == "cepii_baci"].set_index("period")["figures"]
    counts = real.query("SELECT year, count(*) AS n FROM bilateral WHERE source_id = 'cepii_baci' GROUP BY year")
    assert {str(year): n for year, n in zip(counts["year"], counts["n"], strict=True)} == baci.to_dict()


def test_first_destinations_of_a_year_are_those_of_the_list(real: Store) -> None:
    """CEPII BACI: the first destination of Canada and of Mexico is the United States in every year."""
    frame = run(real, "first_destination_history").frame
    for economy in ("CAN", "MEX"):
        mine = frame[(frame["reporter"] == economy) & (frame["period"].astype(str) >= "2000")]
        assert set(mine["partner"]) == {"USA"}
