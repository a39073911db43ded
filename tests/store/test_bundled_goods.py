"""Goods by HS code as they are bundled: what each source prints, and that no answer mixes two of them.

The expected figures stand in the sources (CEPII BACI 202601 in three editions, WITS, the Atlas) or follow from them by one division.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from trade.errors import NoRows
from trade.measures import run
from trade.store import Store


def rows(store: Store, measure: str, key: str = "code", **params: Any) -> pd.DataFrame:
    return run(store, measure, **params).frame.set_index(key)


def bn(value: float) -> float:
    return round(value / 1e9, 1)


# ---- one source at a time


@pytest.mark.parametrize(
    ("measure", "params", "source"),
    [
        ("hs_products", {}, "baci_chapters_hs17"),
        ("hs_products", {"level": "heading"}, "baci_buyers_hs22"),
        ("hs_products", {"level": "sector", "period": "2010"}, "wits_sectors"),
        ("hs_item", {}, "baci_groups_hs92"),
        ("hs_item", {"product": "85"}, "baci_chapters_hs17"),
        ("hs_item", {"product": "8703"}, "baci_headings_hs17"),
        ("hs_item", {"product": "850760"}, "baci_buyers_hs22"),
        ("rca", {}, "baci_chapters_hs92"),
        ("rca", {"level": "group", "period": "2000"}, "baci_groups_hs92"),
        ("rca", {"level": "section", "period": "2021"}, "oec_sections"),
        ("rca", {"level": "heading"}, "atlas_headings"),
        ("rca", {"level": "sector", "period": "2015"}, "wits_sectors"),
        ("hs_partners", {}, "baci_buyers_hs22"),
        ("hs_partners", {"product": "850760"}, "baci_buyers_hs22"),
        ("hs_rivals", {}, "baci_chapters_hs92"),
        ("hs_rivals", {"product": "8507"}, "baci_headings_hs17"),
        ("hs_rivals", {"product": "machinery", "first": "1995"}, "baci_groups_hs92"),
        ("hs_world_share", {}, "baci_groups_hs92"),
        ("product_diversification", {}, "baci_chapters_hs17"),
        ("headline_goods", {}, "baci_headings_hs17"),
        ("headline_goods", {"level": "subheading"}, "baci_buyers_hs22"),
    ],
)
def test_an_answer_is_of_one_source(real: Store, measure: str, params: dict[str, Any], source: str) -> None:
    assert run(real, measure, **params).sources == [source]


def test_both_flows_are_of_one_source(real: Store) -> None:
    frame = rows(real, "grubel_lloyd_hs")
    assert set(frame["source_id"]) <= {"baci_chapters_hs17", "baci_chapters_hs92"}
    assert frame["source_id"].nunique() == 1


# ---- what the sources print


@pytest.mark.parametrize(
    ("year", "exports"), [("2017", 2476), ("2018", 2707), ("2019", 2649), ("2020", 2653), ("2021", 3343), ("2022", 3632),
                          ("2023", 3423), ("2024", 3592)],
)  # fmt: skip
def test_chapters_come_to_the_total_of_the_source(real: Store, year: str, exports: float) -> None:
    frame = rows(real, "hs_products", period=year)
    assert round(frame.loc["all", "value"] / 1e9) == exports
    assert len(frame) == 97, "96 chapters and the total"


def test_the_largest_chapters(real: Store) -> None:
    frame = rows(real, "hs_products", period="2024")
    assert [round(frame.loc[code, "value"] / 1e9) for code in ("85", "84", "38")] == [1065, 619, 38]
    assert bn(rows(real, "hs_products", period="2024", flow="import").loc["all", "value"]) == pytest.approx(2067, abs=1)


def test_advantage_by_chapter(real: Store) -> None:
    """44 of 96 chapters above 1; umbrellas, feathers, toys and knitted fabrics first."""
    frame = rows(real, "rca", "product")
    assert len(frame) == 96
    assert (frame["rca"] > 1).sum() == 44
    assert frame["rca"].round(1).head(4).to_dict() == {"66": 5.1, "67": 4.5, "95": 3.9, "60": 3.5}
    assert frame["world_usd"].sum() / 1e9 == pytest.approx(22833, abs=1)
    assert (frame["market_share_pct"] <= 100).all()
    assert frame["exporters"].isna().all(), "the source gives the world as one row"
    assert rows(real, "rca", "product", period="2023")["world_usd"].sum() / 1e9 == pytest.approx(22959, abs=1)


@pytest.mark.parametrize(
    ("code", "world", "share", "rank", "rival"),
    [
        ("8471", 504.4, 36.6, 1, "TWN"), ("8507", 150.0, 50.8, 1, "POL"), ("8517", 689.2, 46.2, 1, "VNM"), ("8541", 134.0, 39.9, 1, "MYS"),
        ("8542", 927.6, 18.5, 2, "TWN"), ("8703", 972.8, 9.3, 3, "DEU"), ("8901", 83.9, 31.7, 1, "KOR"), ("2846", 2.6, 15.9, 2, "MMR"),
    ],
)  # fmt: skip
def test_headline_goods(real: Store, code: str, world: float, share: float, rank: int, rival: str) -> None:
    row = rows(real, "headline_goods").loc[code]
    assert (bn(row["world_usd"]), round(row["share_pct"], 1), row["rank"], row["rival"]) == (world, share, rank, rival)
    assert row["balance"] == row["value"] - row["imports"]
    listed = rows(real, "hs_rivals", "partner", product=code)
    assert listed.loc["CHN", "share_pct"] == pytest.approx(row["share_pct"])
    assert listed.loc["CHN", ["rank", "economies"]].tolist() == [rank, row["economies"]]


def test_batteries_are_half_of_the_world_s_exports(real: Store) -> None:
    """CEPII BACI 202601 (HS17), heading 8507 in 2024: 150.0 bn dollars of the world, 50.8% of them China's."""
    batteries = rows(real, "headline_goods").loc["8507"]
    assert bn(batteries["world_usd"]) == 150.0
    assert round(batteries["share_pct"], 1) == 50.8


def test_cars_over_the_years(real: Store) -> None:
    frame = rows(real, "hs_item", "period", product="8703")
    assert [bn(value) for value in frame["value"]] == [8.5, 9.1, 23.2, 42.0, 79.3, 90.3]
    assert frame["share_pct"].isna().all(), "a source of some goods knows no total"
    listed = rows(real, "hs_rivals", "period", product="8703", first="2019")
    own = listed[listed["partner"] == "CHN"]
    assert own["share_pct"].round(1).tolist() == [1.1, 1.4, 3.1, 5.2, 7.9, 9.3]


@pytest.mark.parametrize(
    ("code", "value"),
    [("870380", 26.8), ("850760", 63.1), ("854143", 32.6), ("854142", 3.7), ("851713", 196.0), ("854231", 49.3),
     ("854232", 49.1), ("850511", 4.0)],
)  # fmt: skip
def test_headline_goods_by_six_digits(real: Store, code: str, value: float) -> None:
    row = rows(real, "headline_goods", level="subheading").loc[code]
    assert bn(row["value"]) == value
    assert row[["period", "quality"]].tolist() == ["2022/2023", "averaged"]
    assert pd.isna(row["share_pct"])


def test_buyers_of_a_good(real: Store) -> None:
    """The sum of 164 buyers, and of Korea's purchases of lithium batteries 6,738 of 7,066 million dollars."""
    frame = rows(real, "hs_partners", "partner")
    assert len(frame) == 165
    assert bn(frame.loc["world", "value"]) == 3554.8
    bought = rows(real, "hs_purchases", product="850760").loc["KOR"]
    assert bought[["value_usd", "market_usd"]].div(1e6).round().tolist() == [6738, 7066]
    assert bought["share_pct"] == pytest.approx(95.356, abs=0.001)
    assert rows(real, "hs_partners", "partner", product="850760").loc["KOR", "value"] == bought["value_usd"]


def test_what_a_buyer_buys(real: Store) -> None:
    """A level is the sum of its goods, and a good is in its chapter."""
    chapters = rows(real, "hs_purchases", by="product", partner="DEU")
    goods = rows(real, "hs_purchases", by="product", partner="DEU", level="subheading")
    parts = goods[goods["kind"] == "part"]
    assert chapters.loc["85", "value_usd"] == pytest.approx(
        parts.loc[parts.index.str.startswith("85"), "value_usd"].sum()
    )
    assert chapters.loc["all", "market_usd"] == pytest.approx(parts["market_usd"].sum())
    assert chapters.loc["all", "products"] == len(parts)


def test_dependence_is_counted_good_by_good(real: Store) -> None:
    """sqrt 0.4 is 63.2%: a buyer with more of a good from China has an HHI above 0.4 whatever the others sell."""
    goods = rows(real, "hs_purchases", by="product", partner="DEU", level="subheading", product="85")
    goods = goods[(goods["kind"] == "part") & (goods["market_usd"] >= 1e6)]
    beyond = goods[goods["share_pct"] > 100 * 0.4**0.5]
    row = rows(real, "hs_dependence", product="85").loc["DEU"]
    assert row[["dependent_products", "products"]].tolist() == [len(beyond), len(goods)]
    assert row["value_usd"] == pytest.approx(beyond["value_usd"].sum())
    listed = rows(real, "hs_dependence", by="product", partner="DEU", product="85")
    assert listed["dependent_products"].sum() == len(beyond)
    assert (listed["hhi"] - (listed["share_pct"] / 100) ** 2).abs().max() < 1e-12


def test_dependence_on_a_buyer_is_of_one_buyer_per_good(real: Store) -> None:
    listed = rows(real, "hs_dependence", "code", side="seller", least=0)
    assert listed["dependent_products"].sum() <= 5582
    magnets = rows(real, "hs_dependence", side="seller", by="product", partner="HKG", product="711620")
    assert magnets["hhi"].iloc[0] >= (magnets["share_pct"].iloc[0] / 100) ** 2


def test_shares_of_the_world_since_1995(real: Store) -> None:
    """Groups of the source: exports of all goods 228.9 bn of 5,071 bn dollars in 1995, 3,590.8 of 22,833 in 2024."""
    frame = run(real, "hs_world_share").frame
    ends = frame[(frame["code"] == "all") & frame["period"].isin(["1995", "2024"])]
    assert ends["market_share_pct"].round(1).tolist() == [4.5, 15.7]
    recent = rows(real, "hs_world_share", first="2015")
    fallen = recent[(recent["period"] == "2024") & (recent["change_pp"] < 0)]
    assert set(fallen.index) == {"textiles", "other"}, "China's share fell in these groups since 2015"
    assert frame[frame["period"] == "1995"]["change_pp"].eq(0).all()


def test_reconciled_is_not_customs(real: Store) -> None:
    frame = rows(real, "reconciled_gap", "period", source="baci_chapters_hs17")
    assert frame.loc["2024", "value_usd"] / 1e9 == pytest.approx(3592, abs=1)
    assert frame.loc["2017", "gap_pct"] == pytest.approx(100 * (2475.6 / 2263.3 - 1), abs=0.01)
    imports = rows(real, "reconciled_gap", "period", source="baci_chapters_hs17", flow="import")
    assert imports.loc["2024", "gap_pct"] < -15, "FOB and without re-imports"
    early = rows(real, "reconciled_gap", "period")
    assert early.loc["2000", "value_usd"] / 1e9 == pytest.approx(391, abs=1)


def test_sectors_as_reported(real: Store) -> None:
    """Customs' basis: 2,498.6 bn dollars in 2019, of which machinery and electronics 1,087."""
    frame = rows(real, "hs_products", source="wits_sectors", level="sector", period="2019")
    assert bn(frame.loc["all", "value"]) == 2498.6
    assert round(frame.loc["84-85", "value"] / 1e9) == 1087
    assert set(frame["quality"]) == {"reported"}


def test_headings_of_the_atlas(real: Store) -> None:
    frame = rows(real, "hs_products", source="atlas_headings", level="heading")
    assert bn(frame.loc["all", "value"]) == 2455.8
    sound = run(real, "hs_item", product="8524", source="atlas_headings").frame["name_en"].iloc[0]
    flat = real.query("SELECT name_en FROM hs_code WHERE classification = 'HS2022' AND code = '8524'")["name_en"].iloc[
        0
    ]
    assert sound != flat, "HS 2022 gave the number to display modules: a title is that of its edition"


# ---- what cannot be answered


@pytest.mark.parametrize(
    ("measure", "params"),
    [
        ("rca", {"reporter": "TWN"}),
        ("rca", {"source": "baci_chapters_hs17"}),
        ("rca", {"level": "subheading"}),
        ("rca", {"source": "baci_headings_hs17", "level": "heading"}),
        ("hs_partners", {"flow": "import"}),
        ("hs_rivals", {"product": "850760"}),
        ("hs_products", {"level": "chapter", "source": "baci_headings_hs17"}),
        ("product_diversification", {"level": "heading", "source": "baci_headings_hs17"}),
        ("trade_intensity", {"product": "85"}),
    ],
)
def test_what_the_sources_do_not_hold_has_no_answer(real: Store, measure: str, params: dict[str, Any]) -> None:
    """No world, no pair, some goods only: said, not computed from less."""
    with pytest.raises(NoRows):
        run(real, measure, **params)


def test_some_goods_have_no_total_and_no_share(real: Store) -> None:
    frame = rows(real, "hs_products", source="baci_headings_hs17", level="heading")
    assert sorted(frame.index) == ["2846", "8471", "8507", "8517", "8541", "8542", "8703", "8901"]
    assert frame[["share_pct", "contribution_pp"]].isna().all().all()
    assert frame["growth_pct"].notna().to_dict() == {code: code == "8703" for code in frame.index}


def test_the_chapter_with_the_largest_surplus(real: Store) -> None:
    """Chapter 85 in 2024: exports 1,064.6 bn less imports 322.8 bn dollars; the chapters come to 3,592.2 less 2,067.2."""
    frame = rows(real, "hs_balance")
    assert frame.index[0] == "85"
    assert [bn(frame.loc["85", name]) for name in ("exports", "imports", "balance")] == [1064.6, 322.8, 741.8]
    parts = frame[frame["kind"] == "part"]
    assert parts["balance"].sum() == pytest.approx(frame.loc["all", "balance"])
    assert bn(frame.loc["all", "balance"]) == 1525.0
    assert parts["share_pct"].sum() == pytest.approx(100)
    assert frame.loc["27", "balance"] < -400e9, "fuels are bought"
    assert rows(real, "hs_balance", within="XVI").index[:2].tolist() == ["85", "84"]
