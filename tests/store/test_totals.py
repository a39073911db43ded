"""Golden figures: what the store says of China's totals against what customs said. Each case cites its page.

To accept a changed figure, change the fact under data/ with its source, then the line here.
"""

from __future__ import annotations

import pytest

from trade.measures import run
from trade.store import Store

SCIO_2026 = "SCIO briefing, 14 January 2026, english.scio.gov.cn/pressroom/2026-01/28/content_118304543.html"
GACC_2025 = (
    "GACC speech at SCIO, 13 January 2025, english.customs.gov.cn/Statics/9da6ae20-160b-4286-975d-3ccd44aa04f7.html"
)
ETNET = "GACC release of 14 January 2026 as printed by etnet, newsid 381808"

OFFICIAL = [
    # flow, currency, year, trillions as stated, growth as stated, citation
    ("total", "CNY", "2025", 45.47, 3.8, SCIO_2026),
    ("export", "CNY", "2025", 26.99, 6.1, SCIO_2026),
    ("import", "CNY", "2025", 18.48, 0.5, SCIO_2026),
    ("total", "CNY", "2024", 43.85, 5.0, GACC_2025),
    ("export", "CNY", "2024", 25.45, 7.1, GACC_2025),
    ("import", "CNY", "2024", 18.39, 2.3, GACC_2025),
    ("export", "USD", "2025", 3.77, 5.5, ETNET),
]


@pytest.mark.parametrize(("flow", "currency", "year", "trillion", "growth", "source"), OFFICIAL)
def test_annual_totals(
    real: Store, flow: str, currency: str, year: str, trillion: float, growth: float, source: str
) -> None:
    row = run(real, "growth", flow=flow, currency=currency, first=year, last=year).frame.iloc[0]
    assert row["value"] / 1e12 == pytest.approx(trillion, abs=0.005), source
    assert row["growth_pct"] == growth, source
    assert row["source_id"], "every figure names its source"
    assert row["published"], "every figure names its vintage"


def test_official_growth_and_growth_of_first_releases_are_told_apart(real: Store) -> None:
    """45.47 / 43.85 is +3.7%, the official rate +3.8% stands on a revised base."""
    row = run(real, "growth", flow="total", first="2025").frame.iloc[0]
    assert row["growth_pct"] == 3.8
    assert round(row["growth_first_pct"], 1) == 3.7
    assert row["revised_base"] < row["base_value"], "customs revised 2024 down"


def test_ninth_year_of_growth_in_yuan_but_not_in_dollars(real: Store) -> None:
    """Customs, 14 January 2026: growth for nine years in a row since 2017. In dollars 2019 and 2023 fell."""
    assert run(real, "streak").frame.iloc[-1]["run"] == 9
    dollars = run(real, "streak", currency="USD").frame.set_index("period")["run"]
    assert dollars["2023"] == 0
    assert dollars["2025"] == 2


def test_continents_add_up_to_export_growth(real: Store) -> None:
    frame = run(real, "contribution", by="continent", base="tables").frame
    parts = frame.loc[frame["kind"] == "part", "contribution_pp"].sum()
    residual = frame.loc[frame["kind"] == "residual", "contribution_pp"].iloc[0]
    total = frame.loc[frame["kind"] == "total", "contribution_pp"].iloc[0]
    growth = run(real, "growth", first="2025").frame.iloc[0]["growth_computed_pct"]
    assert parts + residual == pytest.approx(total, abs=1e-9)
    assert total == pytest.approx(growth, abs=1e-6)
    assert abs(residual) < 1e-4, "the continents of one table leave nothing but rounding"


@pytest.mark.parametrize("by", ["continent", "partner", "product"])
@pytest.mark.parametrize("base", ["published", "tables"])
def test_parts_and_residual_make_the_headline(real: Store, by: str, base: str) -> None:
    frame = run(real, "contribution", by=by, base=base).frame
    shown = frame.loc[frame["kind"] != "total", "contribution_pp"].sum()
    assert shown == pytest.approx(frame.loc[frame["kind"] == "total", "contribution_pp"].iloc[0], abs=1e-9)


def test_published_growth_by_continent_is_what_the_bulletin_prints(real: Store) -> None:
    """GACC bulletin table (2), December 2025: Africa +26.5, Asia +11.2, North America -17.6 percent."""
    frame = run(real, "contribution", by="continent").frame.set_index("code")["growth_pct"].round(1)
    assert (frame["africa"], frame["asia"], frame["north-america"]) == (26.5, 11.2, -17.6)


def test_newest_month_is_complete(real: Store) -> None:
    """August 2026 is the last month gathered; its month and year to date both stand, in both currencies."""
    for freq in ("M", "YTD"):
        for currency in ("CNY", "USD"):
            assert run(real, "growth", freq=freq, currency=currency).frame.iloc[-1]["period"] == "2026-08"


def test_twelve_month_sum_of_december_is_the_year(real: Store) -> None:
    sums = run(real, "moving_sum").frame.set_index("period")["moving_sum"]
    years = run(real, "growth", currency="USD").frame.set_index("period")["value"]
    for year in ("2019", "2023", "2025"):
        assert sums[f"{year}-12"] == pytest.approx(years[year], rel=2e-4)


def test_the_index_is_the_ratio_to_its_base(real: Store) -> None:
    """Customs: 27.79 trillion yuan in 2017 (SCIO transcript of 12 January 2018), 45.47 trillion in 2025."""
    frame = run(real, "index", flow="total", base="2017").frame.set_index("period")["index"]
    assert frame["2017"] == 100
    assert frame["2025"] == pytest.approx(100 * 45.47 / 27.79, abs=0.05)


def test_january_and_february_are_joined(real: Store) -> None:
    apart = run(real, "growth", freq="M", currency="USD", first="2025-01", last="2025-03").frame
    joined = run(real, "growth", freq="M", currency="USD", first="2025-01", last="2025-03", join_jan_feb=True).frame
    assert joined["period"].tolist() == ["2025-02", "2025-03"]
    assert joined["months"].tolist() == [2, 1]
    assert joined["value"].iloc[0] == pytest.approx(apart["value"].iloc[:2].sum())


def test_as_of_shows_what_was_known(real: Store) -> None:
    early = run(real, "growth", flow="total", as_of="2025-06-30").frame
    assert early["period"].max() == "2024"
