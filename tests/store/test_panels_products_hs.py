"""The panels of products by HS code, drawn from choices alone, on a store with several sources.

By hand (tests/support/tiny_store.py), dollars of 2025 (2024): China's exports are 80 (90) in heading 8501 of chapter 85 and 20 (10)
in heading 1001 of chapter 10. Another source has China's exports of 2024 by chapter, one its months.
"""

from __future__ import annotations

import re

import duckdb
import pandas as pd
import pytest

from tests.support.recorded_choices import fields_read
from tests.support.tiny_store import FACTS, HS_REPORTED, HS_TRADE, Row, fill_store
from trade.errors import NoRows
from trade.panels import cache, products_hs
from trade.panels.choices import Choices
from trade.panels.panel import Panel
from trade.panels.queries import hs_trade
from trade.panels.run_context import RunContext, running
from trade.store import Store
from trade.store.table_contracts import fact_contracts
from trade.text import formats

PANELS = [
    products_hs.boxes,
    products_hs.ranking,
    products_hs.split,
    products_hs.item,
    products_hs.partners,
    products_hs.buyers,
    products_hs.buyers_map,
    products_hs.balance,
    products_hs.matched,
    products_hs.advantage,
    products_hs.spread,
]
CHINA = {"reporter": "CHN", "flow": "export", "freq": "A", "source": "tiny"}
COARSE: list[Row] = [
    {"source_id": "coarse", "classification": "HS2017", "freq": "A", "period": "2024", "flow": "export"}
    | {"reporter": "CHN", "partner": "USA", "product": chapter, "value_usd": value, "quality": "reported"}
    for chapter, value in (("85", 70.0), ("10", 30.0))
]
DAY = {"url": "https://example.org/", "published": "2026-03-01", "warnings": ""}
SOURCES = [dict.fromkeys(fact_contracts()["source"].names, name) | DAY for name in ("comtrade", "coarse")]


@pytest.fixture(scope="module")
def goods(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The tiny store with trade by HS code from three sources: `tiny` by HS6, `coarse` and `comtrade` by chapter."""
    path = tmp_path_factory.mktemp("goods") / "trade-goods.duckdb"
    with duckdb.connect(str(path)) as con:
        fill_store(con, FACTS | {"product_trade": [*HS_TRADE, *HS_REPORTED, *COARSE], "source": SOURCES})
        con.execute("UPDATE fact.source SET url = $url, published = $published, warnings = $warnings", DAY)
    return Store(path)


def view_of(store: Store, codes: dict[str, str]) -> hs_trade.View:
    with running(RunContext("en", codes, store)):
        return hs_trade.view(Choices(codes))


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.key)
def test_a_panel_reads_the_choices_it_declares_and_no_others(goods: Store, panel: Panel) -> None:
    assert fields_read(panel, goods, {}, {"sort": "gain"}) == set(panel.choices)


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.key)
def test_a_panel_is_drawn_in_both_languages(goods: Store, panel: Panel) -> None:
    english, chinese = panel.draw(goods, {}, "en"), panel.draw(goods, {}, "zh")
    for drawn in (english, chinese):
        texts = [drawn.title, drawn.headline, drawn.takeaway, drawn.subtitle, *drawn.notes]
        assert all(texts)
        assert "⟦" not in "".join(texts)
        assert drawn.figure.data
        assert drawn.sources
    assert english.title != chinese.title
    assert english.headline != chinese.headline


@pytest.mark.parametrize(
    ("panel", "codes", "headline"),
    [
        (
            products_hs.boxes,
            {},
            "The largest part of China's exports in 2025 was electrical and electronic equipment, with $80, "
            "80.0% of the total",
        ),
        (
            products_hs.boxes,
            {"freq": "M"},
            "The largest part of China's exports in January 2026 was electrical and electronic equipment, "
            "with $12, 100.0% of the total",
        ),
        (products_hs.split, {}, "10 Cereals contributed +10.00 pp to the growth of exports in 2025"),
        (
            products_hs.item,
            {"code": "10"},
            "China's exports of cereals rose by 100.0% in 2025; the value was $20, 20.0% of all exports",
        ),
        (
            products_hs.item,
            {"code": "8501"},
            "China's exports of HS 8501 fell by 11.1% in 2025; the value was $80, 80.0% of all exports",
        ),
        (
            products_hs.partners,
            {"code": "850110"},
            "United States: 62.5% of exports of HS 850110 in 2025",
        ),
        (
            products_hs.spread,
            {"reporter": "DEU", "flow": "import"},
            "Germany's imports of 2025 were as concentrated as if spread evenly over 1.9 products; there were 2, and cereals, the "
            "largest, took 62.5%",
        ),
    ],
)
def test_headlines(goods: Store, panel: Panel, codes: dict[str, str], headline: str) -> None:
    assert panel.draw(goods, codes).headline.replace("\u00a0", " ") == headline


def test_rows_are_those_worked_out_by_hand(goods: Store) -> None:
    parts = products_hs.boxes.draw(goods, {}).result.frame.set_index("code")
    assert parts["value"].to_dict() == {"85": 80, "10": 20, "all": 100}
    assert parts["contribution_pp"].to_dict() == {"85": -10, "10": 10, "all": 0}
    months = products_hs.item.draw(goods, {"freq": "M"}).result.frame
    assert dict(zip(months["period"], months["value"], strict=True)) == {"2025-01": 8, "2026-01": 12}
    compared = products_hs.advantage.draw(goods, {}).result.frame.set_index("product")
    assert compared.loc["85", "rca"] == pytest.approx((80 / 100) / (110 / 220))


def test_boxes_lie_in_what_holds_them(goods: Store) -> None:
    (trace,) = products_hs.boxes.draw(goods, {"level": "heading"}).figure.data
    assert set(trace.parents) == {"", "in 85", "in 10"}
    (flat,) = products_hs.boxes.draw(goods, {"level": "section"}).figure.data
    assert set(flat.parents) == {""}


@pytest.mark.parametrize(
    ("codes", "view"),
    [
        ({}, hs_trade.View(CHINA, "2025", "chapter", "all")),
        ({"reporter": "FRA", "flow": "total", "origin": "nowhere"}, hs_trade.View(CHINA, "2025", "chapter", "all")),
        ({"period": "2023-05", "inside": "XVI"}, hs_trade.View(CHINA, "2023", "chapter", "XVI")),
        ({"level": "section", "inside": "XVI"}, hs_trade.View(CHINA, "2025", "section", "all")),
        ({"level": "heading", "inside": "XVI"}, hs_trade.View(CHINA, "2025", "heading", "all")),
        ({"origin": "coarse", "period": "2025"}, hs_trade.View(CHINA | {"source": "coarse"}, "2024", "chapter", "all")),
        ({"origin": "coarse", "level": "heading"}, hs_trade.View(CHINA, "2025", "heading", "all")),
        ({"level": "subheading", "inside": "8501"}, hs_trade.View(CHINA, "2025", "subheading", "8501")),
        ({"level": "subheading", "inside": "8502"}, hs_trade.View(CHINA, "2025", "subheading", "all")),
        (
            {"freq": "M", "origin": "coarse", "inside": "XVI"},
            hs_trade.View(CHINA | {"freq": "M", "source": "comtrade"}, "2026-01", "chapter", "XVI"),
        ),
        (
            {"reporter": "DEU", "freq": "M"},
            hs_trade.View(CHINA | {"reporter": "DEU"}, "2025", "chapter", "all"),
        ),
    ],
)
def test_each_choice_offers_what_those_before_it_leave(
    goods: Store, codes: dict[str, str], view: hs_trade.View
) -> None:
    assert view_of(goods, codes) == view


def test_sources_stand_in_order_the_newest_first(goods: Store) -> None:
    with running(RunContext("en", {}, goods)):
        assert hs_trade.origins(Choices()) == ["tiny", "coarse"]
        assert hs_trade.origins(Choices({"freq": "M"})) == ["comtrade"]
        assert list(hs_trade.reporters()) == ["CHN", "DEU", "USA"]
        frame = hs_trade.coverage()
    assert set(frame["source_id"]) == {"tiny", "coarse", "comtrade"}


def test_only_all_goods_by_chapter_are_offered() -> None:
    columns = ["source_id", "digits", "period", "some_goods"]
    rows = [
        ("sectors", 0, "2024", False),
        ("means", 6, "2022/2023", False),
        ("headlines", 4, "2024", True),
        ("years", 2, "2024", False),
        ("months", 6, "2026-01", False),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    assert hs_trade.by_chapter(frame)["source_id"].tolist() == ["means", "years", "months"]
    assert hs_trade.by_chapter(frame.drop(columns="some_goods"))["source_id"].tolist() == [
        "means",
        "headlines",
        "years",
        "months",
    ]
    assert hs_trade.by_chapter(frame.head(0)).empty


def test_a_store_without_chapters_says_so(goods: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hs_trade, "by_chapter", lambda frame: frame.head(0))
    monkeypatch.setattr(cache, "RESULTS", cache.Cache(10))
    with running(RunContext("zh", {}, goods)):
        with pytest.raises(NoRows, match="章目"):
            hs_trade.coverage()
        assert not hs_trade.loaded()


def test_a_code_of_another_level_is_followed_and_one_without_trade_is_not(goods: Store) -> None:
    view = view_of(goods, {})
    with running(RunContext("en", {}, goods)):
        assert hs_trade.code_in_force(Choices({"code": "8501"}), view) == "8501"
        assert hs_trade.code_in_force(Choices({"code": "99"}), view) == "85"
        assert hs_trade.code_in_force(Choices(), view) == "85"


def test_beside_another_economy_stands_china(goods: Store) -> None:
    drawn = products_hs.spread.draw(goods, {"reporter": "USA"})
    assert set(drawn.result.frame["reporter"]) == {"USA", "CHN"}
    assert drawn.notes[-1] == "Grey: China in the same table."
    assert set(products_hs.spread.draw(goods, {}).result.frame["reporter"]) == {"CHN"}


@pytest.mark.parametrize(
    ("panel", "codes", "reason"),
    [
        (products_hs.split, {"origin": "coarse"}, "The year before is not in the data"),
        (products_hs.advantage, {"flow": "import"}, "choose exports and years"),
        (products_hs.advantage, {"freq": "M"}, "choose exports and years"),
    ],
)
def test_what_has_no_rows_says_why(goods: Store, panel: Panel, codes: dict[str, str], reason: str) -> None:
    with pytest.raises(NoRows, match=reason):
        panel.draw(goods, codes)


def test_without_trade_by_hs_code_each_panel_says_how_to_load_it(tiny: Store) -> None:
    for panel in PANELS:
        with pytest.raises(NoRows, match="on the page Sources and try again"):
            panel.draw(tiny, {})
    with running(RunContext("en", {}, tiny)):
        assert not hs_trade.loaded()


# ---- the bundled sources


@pytest.mark.parametrize(
    ("panel", "codes", "source", "when"),
    [
        (products_hs.partners, {}, "baci_buyers_hs22", "2022/2023"),
        (products_hs.partners, {"level": "section"}, "baci_buyers_hs22", "2022/2023"),
        (products_hs.advantage, {}, "baci_chapters_hs92", "2024"),
        (products_hs.advantage, {"period": "2023", "inside": "XVI"}, "baci_chapters_hs92", "2023"),
        (products_hs.advantage, {"period": "2019"}, "atlas_headings", "2019"),
    ],
)
def test_what_the_source_lacks_comes_from_another_by_name(
    real: Store, panel: Panel, codes: dict[str, str], source: str, when: str
) -> None:
    for lang in ("en", "zh"):
        drawn = panel.draw(real, {"origin": "baci_chapters_hs17"} | codes, lang)
        assert drawn.result.sources == [source]
        assert set(drawn.result.frame["period"]) == {when}
        name = formats.short_title(drawn.sources[0].title)
        assert drawn.subtitle.endswith(f"{formats.period(when, 'A', lang)} · {name}")
        assert any(name in note and formats.period(when, "A", lang) in note for note in drawn.notes)


def test_an_answer_of_the_source_chosen_has_no_such_note(real: Store) -> None:
    for panel in (products_hs.boxes, products_hs.item, products_hs.spread):
        drawn = panel.draw(real, {"origin": "baci_chapters_hs17"})
        assert drawn.result.sources == ["baci_chapters_hs17"]
        assert "not customs' figures" in " ".join(drawn.notes), panel.id
        assert "The source chosen" not in " ".join(drawn.notes)


def test_the_ranking_says_what_its_first_bars_are_and_the_boxes_which_is_largest(real: Store) -> None:
    bars, boxes = products_hs.ranking.draw(real, {}), products_hs.boxes.draw(real, {})
    first, second, third = bars.result.frame.nlargest(3, "value")["share_pct"]
    headline = bars.headline.replace("\u00a0", " ")
    assert headline.startswith("China: the largest parts of exports in 2024 are 85 Electrical and electronic equipment")
    assert [f"{share:.1f}%" for share in (first, second, third)] == re.findall(r"[0-9.]+%", headline)
    assert bars.headline != boxes.headline
    few = {"inside": "XVI"}  # two chapters
    assert products_hs.ranking.draw(real, few).headline.startswith("The largest part of China's exports in 2024 was")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "China: no source in the store has the partners in imports of these goods."), ("zh", "伙伴数据。")],
)
def test_where_no_source_answers_a_plain_sentence_says_so(real: Store, lang: str, words: str) -> None:
    with pytest.raises(NoRows) as gap:
        products_hs.partners.draw(real, {"flow": "import"}, lang)
    assert words in str(gap.value)
    assert "=" not in str(gap.value), "no names of parameters"
