"""The measures behind the pages on markets and destinations: cases worked out by hand, and agreement with their kin.

By hand, the tiny store's exports in units of 10,000 yuan (tests/support/tiny_store.py): 2024 USA 600, MEX 150, DEU 250, in all 1000;
2025 USA 400, MEX 300, DEU 500, in all 1200.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from trade.errors import BadParameter
from trade.measures import run
from trade.store import Store

NOW = {"currency": "CNY", "period": "2025"}


def test_the_fall_of_a_market_by_hand(tiny: Store) -> None:
    row = run(tiny, "market_fall", **NOW, market="USA", fall=50).frame.iloc[0]
    assert row["lost_value"] == pytest.approx(200e4)
    assert row["effect_pct"] == pytest.approx(-100 * 200 / 1200)
    assert row["total_growth_pct"] == pytest.approx(20)
    assert row["growth_after_pct"] == pytest.approx(0)
    assert row["effective_markets"] == pytest.approx(1200**2 / (400**2 + 300**2 + 500**2))
    assert row["effective_after"] == pytest.approx(1000**2 / (200**2 + 300**2 + 500**2))
    assert row["rank"] == 2


def test_what_is_sold_elsewhere_is_spread_in_proportion(tiny: Store) -> None:
    row = run(tiny, "market_fall", **NOW, market="USA", fall=50, elsewhere=100).frame.iloc[0]
    assert row["effect_pct"] == pytest.approx(0)
    assert row["total_after"] == pytest.approx(1200e4)
    assert row["effective_after"] == pytest.approx(1200**2 / (200**2 + 375**2 + 625**2))


@given(fall=some.floats(0, 100), elsewhere=some.floats(0, 100))
def test_a_fall_takes_its_share(tiny: Store, fall: float, elsewhere: float) -> None:
    frame = run(tiny, "market_fall", **NOW, fall=fall, elsewhere=elsewhere).frame
    expected = -frame["share_pct"] * fall / 100 * (1 - elsewhere / 100)
    assert frame["effect_pct"].to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-9)
    assert (frame["total_after"] <= frame["total"] * (1 + 1e-12)).all()


def test_the_fall_of_all_of_a_market_leaves_it_out(real: Store) -> None:
    """With f = 100% it is the measure that leaves one market out: the same concentration, the same total."""
    whole = {"reimports": "in", "unallocated": "in"}
    fallen = run(real, "market_fall", **NOW, **whole, fall=100).frame.set_index("market")
    without = run(real, "leave_one_out", **NOW, **whole, growth="levels").frame.set_index("market")
    for market in ("USA", "HKG", "DEU"):
        assert fallen.loc[market, "total_after"] == pytest.approx(without.loc[market, "total_without"])
        assert 1 / fallen.loc[market, "effective_after"] == pytest.approx(without.loc[market, "hhi_without"])
        before = fallen.loc[market, "total"] / (1 + without.loc[market, "total_growth_pct"] / 100)
        grown = 100 * (fallen.loc[market, "total_after"] / before - 1)
        assert fallen.loc[market, "growth_after_pct"] == pytest.approx(grown)


@pytest.mark.parametrize("wrong", [{"fall": 101}, {"fall": -1}, {"elsewhere": 200}])
def test_a_fall_has_limits(tiny: Store, wrong: dict[str, float]) -> None:
    with pytest.raises(BadParameter):
        run(tiny, "market_fall", **wrong)


def test_economies_know_where_they_lie_and_since_when_they_export(real: Store) -> None:
    frame = run(real, "economies").frame.set_index("economy")
    assert frame.loc["CHN", "exports_last"] == 2023
    assert frame.loc["GBR", ["eu_first", "eu_last"]].tolist() == [1973, 2019], (
        "a member at the end of 2019, not of 2020"
    )
    assert frame.loc["HRV", "eu_first"] == 2013
    members = ((frame["eu_first"] <= 2025) & (frame["eu_last"] >= 2025)).sum()
    assert members == 27
    drawn = frame[frame["drawn"] != "none"]
    assert drawn[["longitude", "latitude"]].notna().all(axis=None)
    assert set(run(real, "economies", kind="area").frame["economy"]) == {"XIC", "XCE", "XML"}


@pytest.mark.parametrize("flow", ["export", "import", "total"])
@pytest.mark.parametrize("eu", ["members", "one"])
def test_the_history_of_first_destinations_adds_up_to_the_counts(real: Store, flow: str, eu: str) -> None:
    history = run(real, "first_destination_history", flow=flow, eu=eu).frame
    assert not history.duplicated(["period", "reporter"]).any()
    for partner in ("CHN", "USA"):
        counted = run(real, "first_destinations", partner=partner, flow=flow, eu=eu).frame.set_index("period")
        found = history[history["partner"] == partner].groupby("period").size()
        assert counted["economies"].to_dict() == {year: found.get(year, 0) for year in counted.index}
        assert (history.groupby("period").size() == counted["reporters"]).all()


def test_first_destinations_by_hand(tiny: Store) -> None:
    """2025: China, Mexico sell most to the United States, the United States most to Germany; Germany's two tie."""
    frame = run(tiny, "first_destination_history", first=2025, last=2025).frame.set_index("reporter")
    assert frame.loc[["CHN", "MEX", "USA"], "partner"].tolist() == ["USA", "USA", "DEU"]
    assert frame.loc["DEU", "partner"] == "CHN", "of partners that tie the first by code"
    assert frame["share_pct"].to_dict() == pytest.approx(
        {"CHN": 100 * 50 / 120, "DEU": 40, "MEX": 100 * 50 / 60, "USA": 50}
    )


def test_first_destinations_gained_by_hand(tiny: Store) -> None:
    """Germany sold 30, 50 and 20 to China, the United States and Mexico in 2024; 40, 40 and 20 in 2025."""
    frame = run(tiny, "first_destination_changes", first=2024, last=2025).frame
    assert frame[["reporter", "change", "first_partner_before"]].to_numpy().tolist() == [["DEU", "gained", "USA"]]
    assert frame[["place_before", "place_after"]].to_numpy().tolist() == [[2, 1]]
    assert frame[["share_before_pct", "share_after_pct"]].to_numpy().tolist() == [pytest.approx([30, 40])]


def test_markets_of_a_continent_are_ranked_among_themselves(real: Store) -> None:
    world = run(real, "rank", currency="CNY").frame
    africa = run(real, "rank", currency="CNY", continent="africa").frame
    assert africa["rank"].iloc[0] == 1
    order = [market for market in world["market"] if market in set(africa["market"])]
    assert order == list(africa["market"])
    shares = world.set_index("market")["share_pct"]
    assert africa["share_pct"].to_numpy() == pytest.approx(shares[africa["market"]].to_numpy())
