"""The sheet of a partner: computed by hand on the tiny store, held against other measures and customs on the real one."""

from __future__ import annotations

import pytest

from trade.errors import NoRows
from trade.measures import run
from trade.store import Store

MIRROR_YEARS = ["2021"]


def test_value_share_rank_and_contribution_by_hand(tiny: Store) -> None:
    """Exports in 10,000 yuan: USA 500, 600, 400; MEX 100, 150, 300; DEU 200, 250, 500."""
    frame = run(tiny, "partner", partner="MEX", currency="CNY").frame.set_index("period")
    assert frame["value"].tolist() == [100e4, 150e4, 300e4]
    assert frame["share_pct"].tolist() == pytest.approx([12.5, 15.0, 25.0])
    assert frame["rank"].tolist() == [3, 3, 3]
    assert frame["growth_pct"].tolist()[1:] == [50.0, 100.0]
    assert frame.loc["2024", "contribution_pp"] == pytest.approx(100 * 50 / 800)
    assert frame.loc["2025", "contribution_pp"] == pytest.approx(100 * 150 / 1000)


def test_dollars_have_no_published_growth(tiny: Store) -> None:
    """2025 at 10 yuan, 2024 at 8: 150 / 8 = 18.75, 300 / 10 = 30."""
    frame = run(tiny, "partner", partner="MEX").frame.set_index("period")
    assert frame["growth_pct"].isna().all()
    assert frame.loc["2025", "growth_computed_pct"] == pytest.approx(100 * (30 / 18.75 - 1))


def test_balance_by_hand_and_a_missing_flow_stays_missing(tiny: Store) -> None:
    frame = run(tiny, "partner_balance", partner="MEX", currency="CNY").frame.set_index("period")
    assert frame.loc["2025", "balance"] == (300 - 50) * 1e4
    assert frame.loc["2025", "normalised_balance"] == pytest.approx(250 / 350)
    assert frame.loc["2023", ["imports", "balance"]].isna().all(), "imports are missing, not zero"


def test_reimports_and_unallocated_trade_have_no_rank(tiny: Store) -> None:
    frame = run(tiny, "partner", partner="CHN", flow="import", currency="CNY", first="2025").frame
    assert frame["rank"].isna().all()
    assert frame["partners"].tolist() == [3]
    assert frame["share_pct"].iloc[0] == pytest.approx(100 * 100 / 800)


def test_ranked_are_the_partners_that_had_trade(real: Store) -> None:
    """249 as customs counts them; the two printed with a dash are ranked in no flow. With the EU's 27 members as one
    market there are 26 fewer, and with ASEAN's 11 as one 10 fewer."""
    for flow, partners in (("total", 249), ("export", 245), ("import", 246)):
        assert run(real, "partner", partner="USA", flow=flow, first="2025").frame["partners"].tolist() == [partners]
    idle = run(real, "partner", partner="HMD", flow="total", first="2025").frame
    assert idle["value"].tolist() == [0]
    assert idle["rank"].isna().all()
    assert run(real, "partner", partner="eu", flow="export", first="2025").frame["partners"].tolist() == [245 - 26 - 10]


def test_asean_is_first_and_the_eu_second_wherever_either_is_asked_for(real: Store) -> None:
    """Customs, 14 January 2026: ASEAN is China's largest partner in 2025 and the EU the second; the United States' trade is
    less than both. The EU had ranked first on its own page, with ASEAN's members ranked singly."""
    ranks = {group: run(real, "partner", partner=group, flow="total", first="2024") for group in ("asean", "eu")}
    assert {group: result.frame["rank"].tolist() for group, result in ranks.items()} == {"asean": [1, 1], "eu": [2, 2]}
    assert run(real, "bloc", group="eu", flow="total", first="2025").frame["rank"].tolist() == [2]
    largest = run(real, "partner", partner="USA", flow="total", first="2025").frame["value"].iloc[0]
    assert largest < run(real, "partner", partner="eu", flow="total", first="2025").frame["value"].iloc[0]


def test_no_two_groups_that_customs_ranks_have_one_place(real: Store) -> None:
    for flow in ("export", "import", "total"):
        ranks = [run(real, "partner", partner=group, flow=flow).frame.set_index("period") for group in ("asean", "eu")]
        both = ranks[0].join(ranks[1].add_suffix("_eu")).dropna(subset=["rank", "rank_eu"])
        assert ((both["rank"] < both["rank_eu"]) == (both["value"] > both["value_eu"])).all()
        assert (both["rank"] != both["rank_eu"]).all()


def test_germany_in_2025_as_customs_prints_it(real: Store) -> None:
    one = run(real, "partner", partner="DEU", currency="CNY", first="2025").frame.iloc[0]
    assert (one["value"], one["growth_pct"], one["rank"]) == (846_345_010_000, 11.1, 7)
    assert run(real, "partner_balance", partner="DEU", first="2025").frame["balance"].iloc[0] > 0


@pytest.mark.parametrize("partner", ["DEU", "USA", "BRA"])
@pytest.mark.parametrize("flow", ["export", "import", "total"])
def test_contributions_are_those_of_the_growth_page(real: Store, partner: str, flow: str) -> None:
    one = run(real, "partner", partner=partner, flow=flow, currency="CNY", first="2025").frame.iloc[0]
    split = run(real, "contribution", by="partner", flow=flow, period="2025").frame.set_index("code")
    assert one["contribution_pp"] == pytest.approx(split.loc[partner, "contribution_pp"])
    assert one["total_growth_pct"] == pytest.approx(split.loc["world", "contribution_pp"], abs=0.05)


def test_ranks_and_shares_are_those_of_the_destinations(real: Store) -> None:
    params = {"flow": "export", "first": "2025", "last": "2025"}
    listed = run(real, "rank", **params).frame.set_index("market")
    for partner in ("USA", "HKG", "DEU", "TUV"):
        one = run(real, "partner", partner=partner, **params).frame.iloc[0]
        assert one["rank"] == listed.loc[partner, "rank"]
        assert one["share_pct"] == pytest.approx(listed.loc[partner, "share_pct"])


def test_mirror_years_are_marked_and_compared_with_nothing_else(real: Store) -> None:
    frame = run(real, "partner", partner="MEX").frame.set_index("period")
    assert frame.index.tolist() == [str(year) for year in range(2000, 2026)]
    assert frame.index[frame["quality"] == "mirror"].tolist() == MIRROR_YEARS
    assert frame.loc["2022", ["contribution_pp"]].isna().all(), "a mirror figure says nothing of China's own total"


@pytest.mark.parametrize("partner", ["DEU", "MEX"])
def test_years_of_two_sources_are_not_compared(real: Store, partner: str) -> None:
    """2022 is a first release and 2023 has the revised base: their difference is no growth."""
    frame = run(real, "partner", partner=partner).frame.set_index("period")
    breaks = ["2021", "2022", "2023"]
    assert frame.index[frame["new_source"]].tolist() == breaks
    assert frame.loc[breaks, ["growth_computed_pct", "rank_change", "contribution_pp"]].isna().all(axis=None)
    if partner == "DEU":
        assert frame.loc["2024", "growth_computed_pct"] == pytest.approx(6.49, abs=0.01)


def test_months_in_dollars_are_converted_at_the_rate_of_the_totals(real: Store) -> None:
    params = {"partner": "DEU", "freq": "M", "first": "2026-07"}
    yuan, dollars = (run(real, "partner_balance", currency=one, **params).frame.iloc[0] for one in ("CNY", "USD"))
    totals = run(real, "growth", freq="M", first="2026-07").frame["value"].iloc[0]
    in_dollars = run(real, "growth", freq="M", first="2026-07", currency="USD").frame["value"].iloc[0]
    assert dollars["exports"] == pytest.approx(yuan["exports"] * in_dollars / totals)
    assert dollars["export_quality"] == "converted"


def test_memberships_have_their_dates(real: Store) -> None:
    britain = run(real, "memberships", economy="GBR").frame.set_index("code")
    assert str(britain.loc["eu", "valid_to"])[:10] == "2020-01-31"
    assert britain.index[0] == "europe"
    assert britain.loc["eu", "valid_from"].year == 1973, "the United Kingdom joined on 1 January 1973"


def test_partners_by_hand(tiny: Store) -> None:
    """Both flows of 2025 in units of 10,000 yuan, at 10 yuan a dollar: Germany 900, United States 550, Mexico 350."""
    frame = run(tiny, "partners").frame.set_index("partner")
    assert frame["value"].loc[["DEU", "USA", "MEX"]].tolist() == pytest.approx([900e3, 550e3, 350e3])
    assert frame["rank"].loc[["DEU", "USA", "MEX"]].tolist() == [1, 2, 3]
    assert frame["rank"].loc[["CHN", "XXU"]].isna().all()


def test_partners_are_listed_by_size_and_old_ones_with_their_last_year(real: Store) -> None:
    frame = run(real, "partners").frame
    assert frame["partner"].iloc[0] == "USA"
    assert frame["partner"].is_unique
    assert (frame["source_id"].str.len() > 0).all()
    with pytest.raises(NoRows):
        run(real, "partner", partner="XKX")
