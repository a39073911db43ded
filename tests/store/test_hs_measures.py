"""Measures of trade by HS code, worked out by hand on `HS_TRADE` of tests/support/tiny_store.py. Dollars of 2025 (2024):

CHN -> USA  850110 50 (70)  100110 20 (10)      USA -> CHN  850110 10 (20)      DEU -> CHN  270112 40 (30)
CHN -> DEU  850110 30 (20)                      USA -> DEU  100110 50 (40)      DEU -> USA  851712 20 (20)
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tiny_store import HS_REPORTED, HS_REPORTED_SOURCE, HS_TRADE, Bench, Row
from trade.errors import NoRows, UnknownName
from trade.measures import run
from trade.measures.sentences import sentence
from trade.store.build import mart_key, mart_name
from trade.store.table_contracts import HERE, fact_contracts


class Goods(Bench):
    """The tiny store with trade by HS code from two sources, in memory."""

    def __init__(self) -> None:
        super().__init__({"product_trade": [*HS_TRADE, *HS_REPORTED], "source": [HS_REPORTED_SOURCE]})


@pytest.fixture(scope="module")
def goods() -> Iterator[Goods]:
    one = Goods()
    yield one
    one.con.close()


def rows(store: Any, measure: str, key: str = "code", **params: Any) -> Any:
    return run(store, measure, **params).frame.set_index(key)


# ---- the tables


def test_tables_are_plain_sql_over_one_relation() -> None:
    """The SQL runs with the facts alone, without macros or other tables, and its keys are unique."""
    with duckdb.connect() as con:
        names = ["source_id", *HS_TRADE[0]]
        con.execute(f"CREATE TABLE hs_fact ({', '.join(f'{name} VARCHAR' for name in names)})")
        con.execute("ALTER TABLE hs_fact ALTER value_usd TYPE DOUBLE")
        values = [list(({"source_id": "tiny"} | row).values()) for row in HS_TRADE]
        con.executemany(f"INSERT INTO hs_fact VALUES ({', '.join('?' for _ in names)})", values)
        for path in sorted((HERE / "hs").glob("*.sql")):
            sql, name = path.read_text(encoding="utf-8"), mart_name(path)
            con.execute(f"CREATE TABLE {name} AS {sql}")
            con.execute(f"ALTER TABLE {name} ADD PRIMARY KEY ({mart_key(sql)})")
        totals = "SELECT (SELECT sum(value_usd) FROM {}), (SELECT sum(value_usd) FROM hs_fact)"
        for name in (
            "hs_pair_chapter",
            "hs_pair",
            "hs_world WHERE flow = 'export'",
            "hs_product WHERE flow = 'import'",
        ):
            mart_total, fact_total = con.execute(totals.format(name)).fetchall()[0]
            assert mart_total == fact_total, name


def test_a_sum_does_not_depend_on_the_order_of_rows() -> None:
    """Numbers such as 0.1 have no exact double: a plain sum in another order has another last digit."""
    figures = random.Random(7)
    values = [round(figures.uniform(0, 1e9), 2) for _ in range(2000)]
    sql, sums = (HERE / "hs" / "62_hs_product.sql").read_text(encoding="utf-8"), set()
    for seed in range(3):
        random.Random(seed).shuffle(values)
        with duckdb.connect() as con:
            same = ", ".join(f"'{text}' AS {name}" for name, text in (HS_TRADE[0] | {"source_id": "tiny"}).items())
            con.execute(f"CREATE TABLE hs_fact AS SELECT {same}, unnest($values) AS dollars", {"values": values})
            con.execute("ALTER TABLE hs_fact DROP value_usd")
            con.execute("ALTER TABLE hs_fact RENAME dollars TO value_usd")
            sums |= set(con.execute(f"SELECT value_usd FROM ({sql})").fetchall())
    assert sums == {(round(math.fsum(values), 2),)}


# ---- what is traded


def test_exports_by_chapter(goods: Goods) -> None:
    frame = rows(goods, "hs_products")
    assert frame["value"].to_dict() == {"85": 80, "10": 20, "all": 100}
    assert frame["growth_pct"].to_dict() == pytest.approx({"85": 100 * (80 / 90 - 1), "10": 100, "all": 0})
    assert frame["contribution_pp"].to_dict() == pytest.approx({"85": -10, "10": 10, "all": 0})
    assert frame["share_pct"].to_dict() == pytest.approx({"85": 80, "10": 20, "all": 100})
    assert frame["parent"].dropna().to_dict() == {"85": "XVI", "10": "II"}
    assert frame.loc["85", "name_en"].startswith("Electrical machinery")
    assert (frame["period"] == "2025").all()


def test_a_level_inside_a_section(goods: Goods) -> None:
    """Imports of reconciled data are what the partners sold: Germany's of section XVI came from China."""
    frame = rows(goods, "hs_products", reporter="DEU", flow="import", level="heading", within="XVI")
    assert frame["value"].to_dict() == {"8501": 30, "XVI": 30}
    assert frame.loc["8501", ["parent", "name_en", "quality"]].tolist() == ["85", "HS 8501", "mirror"]
    assert frame.loc["8501", "share_pct"] == pytest.approx(100 * 30 / 80), "of all imports, not of the section"
    assert frame.loc["XVI", "kind"] == "group"
    sections = rows(goods, "hs_products", reporter="DEU", flow="import", level="section")
    assert sections["value"].to_dict() == {"II": 50, "XVI": 30, "all": 80}


def test_new_goods_have_no_growth_but_a_contribution(goods: Goods) -> None:
    """Germany bought no cereals in 2023 and 40 dollars of them in 2024, beside 20 of motors in both years."""
    frame = rows(goods, "hs_products", reporter="DEU", flow="import", period="2024")
    assert math.isnan(frame.loc["10", "growth_pct"])
    assert frame.loc["10", ["base_value", "contribution_pp"]].tolist() == pytest.approx([0, 200])
    first = rows(goods, "hs_products", period="2023")
    assert first[["base_value", "growth_pct", "contribution_pp"]].isna().all().all(), "2022 is missing, not zero"


def test_one_chapter_over_time(goods: Goods) -> None:
    frame = rows(goods, "hs_item", "period", product="85")
    assert frame["value"].to_dict() == {"2023": 80, "2024": 90, "2025": 80}
    assert frame["share_pct"].to_dict() == pytest.approx({"2023": 100 * 80 / 90, "2024": 90, "2025": 80})
    assert frame.loc["2024", "growth_pct"] == pytest.approx(12.5)
    assert rows(goods, "hs_item", "period")["value"].to_dict() == {"2023": 90, "2024": 100, "2025": 100}


def test_partners_in_a_chapter(goods: Goods) -> None:
    frame = rows(goods, "hs_partners", "partner", product="85")
    assert frame["value"].to_dict() == {"USA": 50, "DEU": 30, "world": 80}
    assert frame["contribution_pp"].to_dict() == pytest.approx(
        {"USA": -2000 / 90, "DEU": 1000 / 90, "world": -1000 / 90}
    )
    bought = rows(goods, "hs_partners", "partner", flow="import", product="V")
    assert bought["value"].to_dict() == {"DEU": 40, "world": 40}
    assert bought.loc["DEU", "quality"] == "mirror"


@given(
    level=st.sampled_from(["section", "chapter", "heading", "loaded"]), reporter=st.sampled_from(["CHN", "USA", "DEU"])
)
@settings(max_examples=12, deadline=None)
def test_parts_sum_to_the_whole(goods: Goods, level: str, reporter: str) -> None:
    frame = run(goods, "hs_products", level=level, reporter=reporter, flow="import").frame
    parts, whole = frame[frame["kind"] == "part"], frame[frame["kind"] == "total"].iloc[0]
    assert parts[["value", "share_pct", "contribution_pp"]].sum().tolist() == pytest.approx(
        whole[["value", "share_pct", "contribution_pp"]].tolist()
    )


# ---- how it is spread, matched and specialised


def test_diversification(goods: Goods) -> None:
    """2025: shares 0.8 and 0.2 of three chapters that anybody sells, 2023 of two: the United States sold no cereals."""
    frame = rows(goods, "product_diversification", "period")
    assert frame["hhi"].to_dict() == pytest.approx({"2023": (64 + 1) / 81, "2024": 0.82, "2025": 0.68})
    assert frame.loc["2025", "effective_products"] == pytest.approx(1 / 0.68)
    assert frame.loc["2025", ["products", "listed_products", "largest_product"]].tolist() == [2, 3, "85"]
    assert frame.loc["2025", "theil"] == pytest.approx(0.8 * math.log(0.8 * 3) + 0.2 * math.log(0.2 * 3))
    single = rows(goods, "product_diversification", "period", reporter="DEU", flow="export", level="section")
    assert single.loc["2025", "effective_products"] == pytest.approx(1 / (4 / 9 + 1 / 9))


def test_matching_by_chapter_flatters(goods: Goods) -> None:
    """Germany sells 851712 (20) and buys 850110 (30): other goods of the same chapter."""
    loaded = rows(goods, "grubel_lloyd_hs", reporter="DEU")["grubel_lloyd"]
    assert loaded.to_dict() == pytest.approx({"85": 0, "10": 0, "27": 0, "all": 0})
    chapter = rows(goods, "grubel_lloyd_hs", reporter="DEU", match="chapter")["grubel_lloyd"]
    assert chapter.to_dict() == pytest.approx({"85": 1 - 10 / 50, "10": 0, "27": 0, "all": 1 - 100 / 140})
    assert rows(goods, "grubel_lloyd_hs").loc["85", "grubel_lloyd"] == pytest.approx(1 - 70 / 90)


def test_advantage(goods: Goods) -> None:
    """World exports of 2025: 110 in chapter 85, 70 in 10, 40 in 27."""
    frame = rows(goods, "rca", "product")
    assert frame["rca"].to_dict() == pytest.approx({"85": 0.8 / (110 / 220), "10": 0.2 / (70 / 220)})
    assert frame.loc["85", "symmetric_rca"] == pytest.approx((0.8 - 0.5) / (0.8 + 0.5))
    assert frame.loc["85", "market_share_pct"] == pytest.approx(100 * 80 / 110)
    assert (frame["exporters"] == 3).all()
    assert list(run(goods, "rca", within="XVI").frame["product"]) == ["85"]
    assert list(run(goods, "rca", within="II", level="section").frame["product"]) == ["II"]
    assert rows(goods, "rca", "product", level="section", period=2023)["rca"].to_dict() == pytest.approx(
        {"XVI": (80 / 90) / (110 / 160), "II": (10 / 90) / (10 / 160)}
    )


def test_intensity_of_a_chapter(goods: Goods) -> None:
    """The United States take 50 of China's 80 in chapter 85, and 70 of the world's 110."""
    for product in ("85", "XVI"):
        frame = rows(goods, "trade_intensity", "partner", product=product)
        assert frame["intensity"].to_dict() == pytest.approx(
            {"DEU": (30 / 80) / (30 / 110), "USA": (50 / 80) / (70 / 110)}
        )
    years = rows(goods, "trade_intensity", "period", product="85", by="year")
    assert years.loc["2023", "intensity"] == pytest.approx((60 / 80) / (80 / 110))


@pytest.mark.parametrize("products", ["chapter", "section"])
def test_market_shares_by_product(goods: Goods, products: str) -> None:
    """China had 90 of 160 dollars in 2023 and 100 of 220 in 2025: cereals 10 and 20, section XVI 80 both times."""
    params = {"products": products, "base_period": 2023}
    frame = rows(goods, "constant_market_share", by="product", **params)
    grain, machines = ("10", "85") if products == "chapter" else ("II", "XVI")
    assert frame.loc[grain, "contribution_pp"] == pytest.approx(100 * (20 / 220 - 10 / 160))
    assert frame.loc[machines, "contribution_pp"] == pytest.approx(100 * (80 / 220 - 80 / 160))
    parts = frame[["market_pp", "own_pp", "interaction_pp"]]
    assert parts.sum(axis=1).tolist() == pytest.approx(frame["contribution_pp"].tolist())
    effects = rows(goods, "constant_market_share", **params)["contribution_pp"]
    assert effects.notna().all()
    assert effects.drop("world").sum() == pytest.approx(effects["world"])
    assert effects["own"] == pytest.approx(frame.loc["world", "own_pp"])


# ---- where it comes from


def test_what_is_held(goods: Goods) -> None:
    frame = run(goods, "hs_held", reporter="CHN").frame
    assert frame[["flow", "freq", "period", "periods", "digits", "source_id"]].values.tolist() == [
        ["export", "A", "2025", 3, 6, "tiny"], ["export", "M", "2026-01", 2, 2, "comtrade"],
        ["import", "A", "2025", 3, 6, "tiny"], ["import", "M", "2026-01", 1, 2, "comtrade"],
    ]  # fmt: skip
    assert set(run(goods, "hs_held").frame["reporter"]) == {"CHN", "USA", "DEU"}


def test_months_reported_by_one_economy(goods: Goods) -> None:
    frame = rows(goods, "hs_products", freq="M")
    assert frame.loc["85", ["value", "base_value", "growth_pct"]].tolist() == pytest.approx([12, 8, 50])
    assert frame.loc["85", ["period", "source_id", "quality"]].tolist() == ["2026-01", "comtrade", "reported"]
    assert rows(goods, "hs_partners", "partner", freq="M", flow="import").loc["USA", "quality"] == "reported"
    with pytest.raises(NoRows):
        run(goods, "hs_products", freq="M", level="heading")


def test_a_source_may_be_named(goods: Goods) -> None:
    assert rows(goods, "hs_products", source="tiny").loc["all", "value"] == 100
    with pytest.raises(NoRows):
        run(goods, "hs_products", source="comtrade")
    with pytest.raises(UnknownName, match="comtrade"):
        run(goods, "hs_products", source="comtrad")


def test_one_exporter_is_no_world() -> None:
    alone = Bench({"product_trade": [row for row in HS_TRADE if row["reporter"] == "CHN"]})
    assert len(run(alone, "hs_products").frame)
    for measure, params in (("rca", {}), ("trade_intensity", {"product": "85"})):
        with pytest.raises(NoRows):
            run(alone, measure, **params)
    alone.con.close()


MEASURES = ["hs_products", "hs_item", "hs_partners", "product_diversification", "grubel_lloyd_hs", "rca", "hs_held"]


@pytest.mark.parametrize("name", MEASURES)
def test_it_says_how_to_load_what_it_lacks(tiny: Any, name: str) -> None:
    with pytest.raises(NoRows, match="on the page Sources and try again") as refused:
        run(tiny, name)
    assert "`" not in str(refused.value), "a reader of the page has no command line"


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_said_in_a_sentence(goods: Goods, name: str, lang: str) -> None:
    generated = sentence(goods, run(goods, name), lang)  # type: ignore[arg-type]
    assert generated.case != "missing"
    assert len(generated.links) >= 1
    assert not set("{}").intersection(generated.text)
    assert "nan" not in generated.text


# ---- totals without partners, a world that is given, buyers of a good


def totals(**sides: dict[str, float]) -> list[Row]:
    """Chapters of 2025 with all partners together, as a source prints them: {economy: {chapter: dollars}}."""
    return [
        {"source_id": "totals", "classification": "HS2022", "freq": "A", "period": "2025", "partner": "WLD"}
        | {"reporter": economy, "flow": flow, "product": product, "value_usd": value, "quality": "reconciled"}
        for side, by_product in sides.items()
        for economy, _, flow in [side.partition("_")]
        for product, value in by_product.items()
    ]


class Totals(Bench):
    """A store of one source, `totals`."""

    def __init__(self, warnings: str = "", **facts: list[Row]) -> None:
        source = dict.fromkeys(fact_contracts()["source"].names, "totals") | {"warnings": warnings}
        super().__init__({"source": [source]} | facts)
        self.version = "totals"


OWN = {"CHN_export": {"85": 60.0, "10": 40.0}, "CHN_import": {"85": 30.0}, "DEU_export": {"85": 20.0}}


def test_a_world_that_is_given_is_the_world() -> None:
    """China 60 of 100 in chapter 85 and 40 of 300 in chapter 10; the world holds more than both economies."""
    store = Totals(product_trade=totals(**OWN, WLD_export={"85": 100.0, "10": 300.0}))
    frame = rows(store, "rca", "product")
    assert frame["rca"].to_dict() == pytest.approx({"85": 0.6 / 0.25, "10": 0.4 / 0.75})
    assert frame["market_share_pct"].to_dict() == pytest.approx({"85": 60, "10": 100 * 40 / 300})
    assert frame["exporters"].isna().all(), "the source does not say how many economies are in its world"
    shares = rows(store, "hs_world_share", level="chapter")
    assert shares["market_share_pct"].to_dict() == pytest.approx({"85": 60, "10": 100 * 40 / 300, "all": 25})
    rivals = rows(store, "hs_rivals", "partner", product="85")
    assert rivals["share_pct"].to_dict() == pytest.approx({"CHN": 60, "DEU": 20, "world": 100})
    assert rivals.loc["CHN", ["rank", "economies"]].tolist() == [1, 2]
    assert set(run(store, "hs_held").frame["reporter"]) == {"CHN", "DEU"}, "the world is nobody's trade"
    store.con.close()


def test_economies_without_partners_are_no_world() -> None:
    store = Totals(product_trade=totals(**OWN))
    assert rows(store, "hs_products").loc["all", "value"] == 100
    assert rows(store, "hs_products", flow="import").loc["85", "quality"] == "mirror", (
        "of reconciled trade imports follow"
    )
    assert rows(store, "hs_rivals", "partner", product="85")["share_pct"].isna().all()
    for measure in ("rca", "hs_world_share", "hs_partners", "hs_purchases"):
        with pytest.raises(NoRows):
            run(store, measure)
    store.con.close()


def test_a_source_of_some_goods_has_no_total() -> None:
    store = Totals("nominal some_goods", product_trade=totals(**OWN, WLD_export={"85": 100.0, "10": 300.0}))
    frame = rows(store, "hs_products", source="totals")
    assert frame["value"].to_dict() == {"85": 60, "10": 40}
    assert frame["share_pct"].isna().all()
    assert rows(store, "hs_item", "period", product="85")["share_pct"].isna().all()
    assert rows(store, "hs_rivals", "partner", product="85").loc["CHN", "share_pct"] == 60
    for measure, params in (
        ("hs_products", {}),
        ("hs_products", {"within": "XVI"}),
        ("hs_item", {"product": "XVI"}),
        ("rca", {"source": "totals"}),
        ("product_diversification", {"source": "totals"}),
    ):
        with pytest.raises(NoRows):
            run(store, measure, **params)
    store.con.close()


@pytest.mark.parametrize(("code", "kind"), [("85", "chapter"), ("8501", "heading"), ("850110", "subheading"),
                                            ("XVI", "section"), ("84-85", "sector"), ("machinery", "group")])  # fmt: skip
def test_a_code_tells_its_kind(goods: Goods, code: str, kind: str) -> None:
    found = goods.query(
        "SELECT hs_kind($code) AS kind, parent AS same FROM hs_parent WHERE code = $code AND level = $kind",
        {"code": code, "kind": kind},
    )
    assert found.iloc[0].tolist() == [kind, code]
    kinds = goods.query(
        "SELECT hs_within('850110', $code) AS inside, hs_within('100110', $code) AS outside", {"code": code}
    )
    assert kinds.iloc[0].tolist() == [True, False]


def test_coarse_goods_answer_for_their_own_level_only() -> None:
    store = Totals(product_trade=totals(CHN_export={"machinery": 60.0, "agri": 40.0}))
    assert rows(store, "hs_products", level="group")["value"].to_dict() == {"machinery": 60, "agri": 40, "all": 100}
    for level in ("chapter", "section", "sector"):
        with pytest.raises(NoRows):
            run(store, "hs_products", level=level)
    store.con.close()


PURCHASES: list[Row] = [
    {"source_id": "totals", "classification": "HS2022", "period": "2022/2023", "exporter": "CHN"}
    | {"importer": importer, "product": product, "value_usd": value, "market_usd": market}
    for importer, product, value, market in (
        ("USA", "850110", 90.0, 100.0), ("USA", "851712", 30.0, 100.0), ("USA", "100110", 5.0, 10.0), ("DEU", "850110", 10.0, 40.0),
    )
]  # fmt: skip


@pytest.fixture(scope="module")
def buyers() -> Iterator[Bench]:
    one = Totals(product_purchase=PURCHASES)
    yield one
    one.con.close()


def test_shares_in_what_others_buy(buyers: Bench) -> None:
    frame = rows(buyers, "hs_purchases")
    assert frame["share_pct"].to_dict() == pytest.approx({"USA": 100 * 125 / 210, "DEU": 25, "world": 54})
    assert rows(buyers, "hs_purchases", product="8501")["value_usd"].to_dict() == {"USA": 90, "DEU": 10, "world": 100}
    goods = rows(buyers, "hs_purchases", by="product", level="chapter")
    assert goods["share_pct"].to_dict() == pytest.approx({"85": 60, "10": 50, "all": 100 * 125 / 210})
    assert rows(buyers, "hs_partners", "partner", product="850110")["value"].to_dict() == {
        "USA": 90,
        "DEU": 10,
        "world": 100,
    }
    assert rows(buyers, "hs_products", level="heading").loc["8501", ["value", "quality"]].tolist() == [100, "averaged"]
    with pytest.raises(NoRows):
        run(buyers, "hs_products", reporter="USA", flow="import")


def test_dependence_of_buyers(buyers: Bench) -> None:
    """0.9 squared is above 0.4, 0.3 and 0.5 squared are not; Germany's 0.25 is not."""
    frame = rows(buyers, "hs_dependence", least=0)
    assert frame[["dependent_products", "products"]].to_dict("index") == {
        "USA": {"dependent_products": 1, "products": 3}, "DEU": {"dependent_products": 0, "products": 1}
    }  # fmt: skip
    assert frame["share_pct"].to_dict() == pytest.approx({"USA": 100 * 90 / 125, "DEU": 0})
    goods = rows(buyers, "hs_dependence", by="product", least=0)
    assert goods["hhi"].to_dict() == pytest.approx({"850110": 0.81, "851712": 0.09, "100110": 0.25})
    assert rows(buyers, "hs_dependence", least=0, threshold=0.2).loc["USA", "dependent_products"] == 2
    with pytest.raises(NoRows):
        run(buyers, "hs_dependence", least=1000)


def test_dependence_on_buyers(buyers: Bench) -> None:
    """Of 850110 the United States take 90 of 100: HHI 0.82; the other goods have one buyer."""
    frame = rows(buyers, "hs_dependence", side="seller", least=0)
    assert frame["dependent_products"].to_dict() == {"USA": 3, "DEU": 0}
    goods = rows(buyers, "hs_dependence", side="seller", by="product", least=0)
    assert goods["hhi"].to_dict() == pytest.approx({"850110": 0.82, "851712": 1, "100110": 1})


def test_buyers_of_loaded_trade(goods: Goods) -> None:
    """Of a matrix the market is what all exporters sold: China sold the United States 50 of 50 in 850110, 20 of 20 cereals."""
    frame = rows(goods, "hs_purchases", by="product", level="subheading")
    assert frame[["value_usd", "market_usd"]].to_dict("index") == {
        "850110": {"value_usd": 50, "market_usd": 50}, "100110": {"value_usd": 20, "market_usd": 20}, "all": {"value_usd": 70, "market_usd": 70}
    }  # fmt: skip
    assert rows(goods, "hs_purchases", reporter="USA").loc["DEU", "share_pct"] == 100
