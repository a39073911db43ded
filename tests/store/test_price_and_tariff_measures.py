"""Volume against unit value, and tariffs by date, against what their compilers state."""

from __future__ import annotations

import pandas as pd
import pytest

from trade.measures import run
from trade.store import Store


def test_the_growth_of_2025_was_volume_not_price(real: Store) -> None:
    """CPB, February 2026: exports of China +8.5% in volume, -2.9% in unit value, +5.4% together; customs +5.5% in dollars."""
    row = run(real, "volume_and_unit_value", first="2025", last="2025").frame.iloc[0]
    parts = [round(row[name], 1) for name in ("volume_growth_pct", "unit_value_growth_pct", "value_growth_pct")]
    assert parts == [8.5, -2.9, 5.4]
    assert row["customs_growth_pct"] == 5.5
    assert row["remainder_pp"] == pytest.approx(5.5 - row["value_growth_pct"])
    assert round(row["remainder_pp"], 1) == 0.1


def test_imports_of_2025_and_the_world(real: Store) -> None:
    """CPB, February 2026: imports of China +0.5% in volume, world trade +4.2%; 2024 +5.3% for China's exports (rounded 5.2)."""
    imports = run(real, "volume_and_unit_value", flow="import", last="2025").frame.iloc[-1]
    assert round(imports["volume_growth_pct"], 1) == 0.5
    world = run(real, "volume_and_unit_value", area="world", flow="total", last="2025").frame.iloc[-1]
    assert round(world["volume_growth_pct"], 1) == 4.2
    assert pd.isna(world["customs_growth_pct"]), "customs is no yardstick of the world"


@pytest.mark.parametrize(("compiler", "freq"), [("cpb", "A"), ("cpb", "M"), ("unctad", "A")])
def test_volume_times_unit_value_is_the_value(real: Store, compiler: str, freq: str) -> None:
    frame = run(real, "volume_and_unit_value", compiler=compiler, freq=freq).frame
    together = (1 + frame["volume_growth_pct"] / 100) * (1 + frame["unit_value_growth_pct"] / 100)
    assert (100 * (together - 1) - frame["value_growth_pct"]).abs().max() == pytest.approx(0, abs=1e-9)
    assert frame["period"].is_unique
    assert frame["volume_growth_pct"].isna().sum() == (12 if freq == "M" else 1), "no year before the first"


def test_a_year_is_the_mean_of_twelve_months(real: Store) -> None:
    months = run(real, "volume_and_unit_value", freq="M", first="2024-01", last="2024-12").frame
    year = run(real, "volume_and_unit_value", first="2024", last="2024").frame.iloc[0]
    assert year["volume_index"] == pytest.approx(months["volume_index"].mean())
    assert run(real, "volume_and_unit_value").frame["period"].max() == "2025", "2026 has two months"


def test_seasonally_adjusted_months_have_no_remainder(real: Store) -> None:
    assert run(real, "volume_and_unit_value", freq="M").frame["remainder_pp"].isna().all()


def test_unctad_meets_customs_before_2022(real: Store) -> None:
    """UNCTAD compiles from customs' own figures: its value of China's exports meets customs' dollars within a point."""
    frame = run(real, "volume_and_unit_value", compiler="unctad", first="2014", last="2021").frame
    assert len(frame) == 8
    assert frame["remainder_pp"].abs().max() < 1


def test_terms_of_trade_are_those_that_unctad_prints(real: Store) -> None:
    frame = run(real, "terms_of_trade", compiler="unctad").frame.set_index("period")
    printed = real.query(
        "SELECT period, index_value FROM fact.trade_index WHERE aspect = 'terms of trade' AND source_id = 'unctad_indices'"
    ).set_index("period")["index_value"]
    assert len(printed) == 42
    assert (frame["terms_of_trade"] - printed).abs().max() < 0.2
    assert frame.loc["2015", "terms_of_trade"] == pytest.approx(100)


def test_average_tariffs_as_piie_states_them(real: Store) -> None:
    """PIIE: the United States 3.1% in January 2018, 126.5 in May 2025, 51.1 after Geneva, 57.6 in September; China 32.6."""
    usa = run(real, "tariffs").frame.set_index("period")["tariff_pct"]
    assert [usa[day] for day in ("2018-01-01", "2025-05-13", "2025-05-14", "2025-09-25")] == [3.1, 126.5, 51.1, 57.6]
    china = run(real, "tariffs", importer="CHN").frame.set_index("period")["tariff_pct"]
    assert china["2025-09-25"] == 32.6
    assert max(usa.index) == max(china.index) == "2025-09-25", "levels read second hand stay out"


def test_a_change_of_tariff_is_against_the_date_before_also_in_a_span(real: Store) -> None:
    whole = run(real, "tariffs").frame.set_index("period")["change_pp"]
    part = run(real, "tariffs", first="2025-05").frame.set_index("period")["change_pp"]
    assert part.iloc[0] == pytest.approx(126.5 - 124.1)
    assert part.tolist() == whole[part.index].tolist()


def test_added_tariffs_by_partner_and_what_was_only_announced(real: Store) -> None:
    """Trade War tracker, 23 July 2026: China 112.186 points on 9 April 2025, 10.255 on 22 July 2026."""
    frame = run(real, "tariffs", compiler="tracker").frame.set_index("period")
    assert frame.loc["2025-04-09", "tariff_pct"] == 112.186
    assert frame.loc["2026-07-22", "tariff_pct"] == 10.255
    assert set(frame.index[frame["announced"]]) == {day for day in frame.index if day > "2026-07-23"}
    for partner in ("CAN", "IND", "JPN", "KOR", "MEX", "TWN", "THA", "VNM"):
        assert len(run(real, "tariffs", compiler="tracker", exporter=partner).frame) == 23


def test_coverage_is_no_tariff(real: Store) -> None:
    """PIIE, 14 February 2020: 66.4% of imports are covered by special tariffs; the average rate is 19.3%."""
    assert 66.4 not in set(run(real, "tariffs").frame["tariff_pct"])


def test_events_can_be_chosen_by_partner_and_by_who_decided(real: Store) -> None:
    events = run(real, "policy_events").frame
    usa = run(real, "policy_events", partner="USA", topic="tariff").frame
    assert set(usa["concerns"].dropna()) == {"USA"}
    assert "2025-05-13" in set(usa["period"])
    kenya = run(real, "policy_events", partner="KEN").frame
    assert set(kenya["concerns"].dropna()) == {"africa"}
    assert (kenya["concerns"].isna()).sum() == events["concerns"].isna().sum()
    assert set(run(real, "policy_events", imposed_by="USA").frame["imposed_by"]) == {"USA"}
