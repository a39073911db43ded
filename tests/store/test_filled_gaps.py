"""Figures that were missing or weak before: reported partners, yuan months, August 2026, longer commodity tables."""

from __future__ import annotations

import pandas as pd
import pytest

from trade.measures import run
from trade.store import Store


def test_exports_of_2022_are_reported_for_every_partner(real: Store) -> None:
    """World Bank WITS: 214 rows, 3,593.601 bn dollars, the printed world; customs lowered the year later."""
    rows = real.query("SELECT * FROM partner_annual WHERE year = 2022 AND flow = 'export'")
    assert set(rows["quality"]) == {"reported"}
    assert len(rows) == 214
    assert rows["value_usd"].sum() / 1e9 == pytest.approx(3593.601, abs=0.0005)
    assert rows.set_index("partner").loc["USA", "value_usd"] / 1e9 == pytest.approx(582.8, abs=1.5)


def test_exports_of_2021_are_mirrored_only_where_nothing_else_is_known(real: Store) -> None:
    """OECD BTIGE: thirteen partners as China reported them, the United States 568.175 bn; Comtrade: nine more."""
    rows = real.query("SELECT * FROM partner_annual WHERE year = 2021 AND flow = 'export'").set_index("partner")
    assert rows.loc["USA", "quality"] == "reported"
    assert rows.loc["USA", "value_usd"] / 1e9 == pytest.approx(568.175, abs=0.001)
    assert (rows["quality"] == "reported").sum() == 22
    assert (rows["quality"] == "mirror").sum() == len(rows) - 22
    reported = rows.loc[rows["quality"] == "reported", "value_usd"].sum()
    assert 0.5 < reported / 3316.022e9 < 0.65


def test_no_year_but_2021_holds_mirror_values(real: Store) -> None:
    years = real.query("SELECT DISTINCT year, flow FROM partner_annual WHERE quality = 'mirror'")
    assert years.to_dict("records") == [{"year": 2021, "flow": "export"}]


def test_every_month_of_2024_and_2025_has_its_yuan_total(real: Store) -> None:
    for freq in ("M", "YTD"):
        for flow in ("export", "import", "total"):
            rows = real.query(
                "SELECT period, growth_pct FROM total_trade WHERE currency = 'CNY' AND freq = $freq AND flow = $flow"
                " AND left(period, 4) IN ('2024', '2025')",
                {"freq": freq, "flow": flow},
            )
            assert len(rows) == 24, (freq, flow)


@pytest.mark.parametrize(
    ("period", "flow", "trillion"),
    [
        # SCIO briefing, 14 January 2019 (GACC); press conference of GACC, 10 January 2014
        ("2018", "export", 16.42),
        ("2018", "import", 14.09),
        ("2018", "total", 30.51),
        ("2013", "export", 13.72),
        ("2013", "import", 12.11),
        ("2013", "total", 25.83),
    ],
)
def test_yuan_totals_of_2013_and_2018(real: Store, period: str, flow: str, trillion: float) -> None:
    row = run(real, "growth", flow=flow, first=period, last=period).frame.iloc[0]
    assert row["value"] / 1e12 == pytest.approx(trillion, abs=0.005)
    if period == "2013":
        assert pd.isna(row["growth_pct"]), "the printed rates leave out the exchange rate"


def test_yuan_totals_read_second_hand_are_listed_but_not_preferred(real: Store) -> None:
    """Yearbook series 2001 to 2011, read in public code: 4,218.36 bn yuan in 2001."""
    listed = run(real, "released", topic="total", item="Goods trade", flow="total", first="2001", last="2011").frame
    assert len(listed) == 11
    assert set(listed["authority"]) == {5}
    assert listed["note"].str.contains("second hand").all()
    assert listed["value"].iloc[0] / 1e9 == pytest.approx(4218.36)
    preferred = real.query("SELECT period FROM total_trade WHERE currency = 'CNY' AND freq = 'A' AND period < '2012'")
    assert preferred.empty


def test_august_2026(real: Store) -> None:
    """MOFCOM data centre, 8 September 2026: exports 401.441 (+25.0%), imports 282.356 (+28.2%), balance 119.085 bn dollars."""
    for flow, value, growth in (("export", 401.441, 25.0), ("import", 282.356, 28.2)):
        row = run(real, "growth", flow=flow, currency="USD", freq="M", last="2026-08").frame.iloc[-1]
        assert (row["period"], row["growth_pct"]) == ("2026-08", growth)
        assert row["value"] / 1e9 == pytest.approx(value)
    balance = run(real, "balance", currency="USD", freq="YTD").frame.iloc[-1]
    assert balance["period"] == "2026-08"
    assert balance["balance"] / 1e9 == pytest.approx(805.506)
    yuan = run(real, "ytd_growth", flow="total").frame.iloc[-1]
    assert (yuan["period"], yuan["growth_pct"], round(yuan["value"] / 1e12, 2)) == ("2026-08", 17.6, 34.78)


def test_exports_of_the_year_2024_by_commodity(real: Store) -> None:
    """GACC, long list, December 2024, bn yuan: machinery and electronics 15,124.6, chips 1,135.2, ships 308.7."""
    for product, billion in (
        ("mechanical-and-electrical-products", 15124.6),
        ("integrated-circuits", 1135.2),
        ("ships", 308.7),
    ):
        row = run(real, "commodity", product=product, first="2024-12", last="2024-12").frame.iloc[-1]
        assert row["period"] == "2024-12"
        assert row["value"] / 1e9 == pytest.approx(billion, abs=0.06)


def test_imports_by_commodity_reach_back_to_2023(real: Store) -> None:
    """GACC, main imports 2023, first print: integrated circuits 2,459.07, crude oil 2,373.27 bn yuan."""
    for product, billion in (("integrated-circuits", 2459.07), ("crude-oil", 2373.27)):
        row = run(real, "commodity", product=product, flow="import", first="2023-12", last="2023-12").frame.iloc[-1]
        assert row["value"] / 1e9 == pytest.approx(billion, abs=0.005)


def test_months_that_no_table_gave_stay_missing(real: Store) -> None:
    stored = real.query(
        "SELECT DISTINCT period FROM product_month WHERE flow = 'import' AND list = 'main' AND freq = 'M'"
    )
    every = {f"{year}-{month:02}" for year in (2023, 2024, 2025, 2026) for month in range(1, 13)}
    holes = {one for one in every - set(stored["period"]) if "2023-10" <= one <= "2026-07"}
    assert holes == {"2024-01", "2024-02", "2025-01", "2025-02", "2026-01", "2026-02"}


def test_the_snapshot_of_the_imf_is_one_more_reading(real: Store) -> None:
    """IMF IMTS, 19 June 2026: China is first of 36 and among the first three of 67 of 203 exporters."""
    for top, economies in ((1, 36), (3, 67)):
        row = run(real, "first_destinations", dataset="imf", partner="CHN", top=top).frame.iloc[0]
        assert (row["economies"], row["reporters"]) == (economies, 203)


def test_forecasts_of_march_2026(real: Store) -> None:
    """WTO, 19 March 2026: world goods trade +1.9% in 2026, +2.6% in 2027, +4.6% happened in 2025."""
    frame = run(real, "forecasts", forecaster="WTO").frame
    newest = frame[(frame["publication_date"] == "2026-03-19") & (frame["aggregate"] == "goods-volume")]
    assert newest.set_index("period")["figure"].to_dict() == {"2025": 4.6, "2026": 1.9, "2027": 2.6}
    assert run(real, "forecasts", subject="barometer").frame["figure"].tolist() == [102.3, 101.7, 102.0]


def test_growth_of_the_year_2025_has_its_own_base_in_the_detailed_list(real: Store) -> None:
    """GACC, long lists of December 2024 and 2025: storage batteries and their growth on the year printed before."""
    rows = real.query(
        "SELECT * FROM product_change WHERE period = '2025-12' AND freq = 'YTD' AND flow = 'export' AND currency = 'CNY'"
        " AND product = 'storage-batteries'"
    )
    listed = real.query(
        "SELECT period, value_cny FROM product_month WHERE list = 'detail' AND freq = 'YTD' AND flow = 'export'"
        " AND product = 'storage-batteries'"
    ).set_index("period")["value_cny"]
    by_hand = 100 * (listed["2025-12"] / listed["2024-12"] - 1)
    assert rows["growth_computed_pct"].iloc[0] == pytest.approx(by_hand)


def test_coarse_quantities_make_no_growth(real: Store) -> None:
    """Meat is printed as 7 of 10,000 tonnes: half a unit is 7 per cent, so no growth is computed from it."""
    coarse = real.query(
        "SELECT coarse(7, '10,000 tonnes') AS few, coarse(68057, '10,000 pieces') AS many, coarse(40, 'units') AS whole,"
        " coarse(481.61, '10,000 tonnes') AS fine"
    ).iloc[0]
    assert coarse.tolist() == [True, False, False, False]
