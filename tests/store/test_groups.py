"""Groups as partners: sums of members, customs' own figures first, membership by date, absent members."""

from __future__ import annotations

import pytest

from trade.errors import BadParameter, UnknownName
from trade.measures import run
from trade.store import Store


def by_period(store: Store, measure: str, **params: object) -> dict[str, dict[str, object]]:
    """Rows by period."""
    return {str(row["period"]): row for row in run(store, measure, **params).frame.to_dict("records")}


def test_a_group_of_ones_own_is_the_sum_of_its_members(tiny: Store) -> None:
    """Exports in 10,000 yuan: USA 600, 400 and MEX 150, 300 in 2024, 2025; all 1000 and 1200."""
    rows = by_period(tiny, "partner", partner="~Two:USA.MEX", currency="CNY")
    assert rows["2025"]["value"] == pytest.approx(700e4)
    assert rows["2025"]["share_pct"] == pytest.approx(100 * 700 / 1200)
    assert rows["2025"]["growth_computed_pct"] == pytest.approx(100 * (700 / 750 - 1))
    assert rows["2025"]["contribution_pp"] == pytest.approx(100 * (700 - 750) / 1000, abs=0.1)
    assert (rows["2025"]["rank"], rows["2025"]["partners"], rows["2025"]["members"]) == (1, 2, 2)
    assert rows["2025"]["name_en"] == "Two"


def test_what_is_left_out_and_the_rest_of_the_world(tiny: Store) -> None:
    rest = by_period(tiny, "partner", partner="~Rest:world.-USA", currency="CNY")
    assert rest["2025"]["value"] == pytest.approx(800e4)
    own = run(tiny, "partner", partner="~:world.-United States", currency="CNY").frame
    assert own["name_en"].iloc[-1] == "World without United States"
    assert own["rank"].isna().all()


def test_members_sum_to_the_group_and_say_how_concentrated_it_is(tiny: Store) -> None:
    frame = run(tiny, "group_members", partner="~:USA.MEX", currency="CNY").frame.set_index("member")
    assert list(frame.index) == ["USA", "MEX"]
    assert frame["share_of_group_pct"].tolist() == pytest.approx([100 * 400 / 700, 100 * 300 / 700])
    assert frame["effective_members"].iloc[0] == pytest.approx(700**2 / (400**2 + 300**2))
    assert frame["missing"].tolist() == [0, 0]


def test_the_balance_of_a_group(tiny: Store) -> None:
    row = by_period(tiny, "partner_balance", partner="~:USA.MEX", currency="CNY")["2025"]
    assert (row["exports"], row["imports"]) == (pytest.approx(700e4), pytest.approx(200e4))


def test_customs_own_figure_comes_first(real: Store) -> None:
    """Customs' table of January to December 2025: exports to Africa +26.5%."""
    africa = by_period(real, "partner", partner="africa", currency="CNY")["2025"]
    bloc = by_period(real, "bloc", group="africa", flow="export")["2025"]
    assert (africa["growth_pct"], africa["value"]) == (26.5, bloc["value"])


def test_joining_is_no_growth_and_todays_members_are_a_switch(real: Store) -> None:
    """Five economies joined BRICS in 2024 and 2025: growth is that of the members of the year."""
    dated = by_period(real, "partner", partner="brics")
    today = by_period(real, "partner", partner="brics", membership="today")
    assert (dated["2023"]["members"], today["2023"]["members"]) == (4, 9)
    assert dated["2024"]["base_value"] > dated["2023"]["value"]
    assert dated["2025"]["value"] == pytest.approx(today["2025"]["value"])
    assert today["2025"]["base_value"] == pytest.approx(today["2024"]["value"])


def test_members_without_a_report_make_a_sum_partial(real: Store) -> None:
    """2021 is put together from partners' own reports."""
    africa = by_period(real, "partner", partner="africa")
    assert africa["2021"]["missing"] > 0
    assert africa["2021"]["break"] == "mirror"
    assert africa["2020"]["missing"] == africa["2025"]["missing"] == 0


def test_errors_name_the_nearest(real: Store) -> None:
    with pytest.raises(UnknownName, match="VNM"):
        run(real, "partner", partner="viet")
    with pytest.raises(UnknownName, match="Rusia"):
        run(real, "partner", partner="~x:BRA.Rusia x")
    with pytest.raises(BadParameter, match=r"BRA\.RUS\.IND"):
        run(real, "partner", partner="~x:")
