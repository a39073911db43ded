"""The view of goods by HS code: on the small store with trade by HS code, and the sentence where none is loaded.

By hand in tests/store/test_hs_measures.py: China's exports of 2025 are 80 dollars in chapter 85 and 20 in chapter 10.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from tests.support.tiny_store import FACTS, HS_REPORTED, HS_REPORTED_SOURCE, HS_TRADE, fill_store
from trade.charts import hs_products, theme
from trade.charts.label_context import Context
from trade.panels.queries import hs_trade
from trade.panels.registry import find_panel
from trade.store import Store, open_store
from trade.store.publish import publish
from trade.stories import step_panels
from trade.ui.core import store_setup

CHARTS = [
    "hs_map", "hs_ranking", "hs_split", "hs_item", "hs_partners", "hs_buyers", "hs_buyers_map", "hs_balance", "hs_matched",
    "hs_advantage", "hs_spread", "hs_gap",
]  # fmt: skip
BY_TAB = "hs_buyers_map"
"""The buyers on a map, which takes the place of their chart."""
SHOWN = [key for key in CHARTS if key != BY_TAB]
EXPORTS_ONLY = {"hs_buyers", "hs_advantage"}
CHINA_ONLY = {"hs_gap"}


@pytest.fixture(scope="module")
def hs_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder with the small store and trade by HS code."""
    home, aside = tmp_path_factory.mktemp("hs"), tmp_path_factory.mktemp("aside") / "trade-tiny.duckdb"
    with duckdb.connect(str(aside)) as con:
        fill_store(con, FACTS | {"product_trade": [*HS_TRADE, *HS_REPORTED], "source": [HS_REPORTED_SOURCE]})
        con.execute("UPDATE fact.source SET url = 'https://example.org/', published = '2026-03-01', warnings = ''")
    publish(aside, home, "a" * 16)
    return home


@pytest.fixture
def loaded(hs_home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of products in its view of HS codes, from one source."""
    monkeypatch.setenv("TRADE_HOME", str(hs_home))
    monkeypatch.setattr(store_setup, "ensure", lambda: None)
    return page(opened(), "products", goods="hs", freq="A")


def drawn(app: AppTest) -> list[str]:
    """The alternative texts of the figures."""
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def test_the_view_answers(loaded: AppTest) -> None:
    assert not loaded.exception
    assert not loaded.error
    seen = text(loaded)
    assert "was electrical and electronic equipment, with $80, 80.0% of the total" in seen
    assert "10 Cereals contributed +10.00 pp to the growth of exports in 2025" in seen
    assert "fell by 11.1% in 2025" in seen
    assert "United States: 62.5% of exports of 85 Electrical and electronic equipment" in seen
    assert "In 2025, 1 of 2 parts had a larger share of these exports than of the world's" in seen
    assert "China's exports of 2025 were as concentrated as if spread evenly over 1.5 products; there were 2" in seen
    assert len(drawn(loaded)) == len(SHOWN)
    assert "one economy reports" not in seen
    assert set(CHARTS) <= set(step_panels.places().charts["products"]), (
        "each can be linked, embedded, taken into a story"
    )


@pytest.mark.parametrize(
    "link",
    [{}, {"reporter": "USA", "level": "heading", "inside": "85"}, {"level": "section", "period": "2024", "lang": "zh"}],
)
def test_the_page_and_the_panels_put_the_same_choices_in_force(loaded: AppTest, link: dict[str, str]) -> None:
    page(loaded, "products", goods="hs", **link)
    shown = [key for key in SHOWN if key not in CHINA_ONLY or "reporter" not in link]
    panels = [find_panel(f"products/{key}") for key in shown]
    assert drawn(loaded) == [panel.draw(open_store(), link, link.get("lang", "en")).takeaway for panel in panels]


@pytest.mark.parametrize("link", [{"open": "hs_buyers:map"}, {"chart": BY_TAB}])
def test_the_buyers_are_a_chart_or_a_map(loaded: AppTest, link: dict[str, str]) -> None:
    page(loaded, "products", goods="hs", **link)
    assert find_panel(f"products/{BY_TAB}").draw(open_store(), {}).takeaway in drawn(loaded)
    assert len(drawn(loaded)) == len(SHOWN)


@pytest.mark.parametrize("level", ["section", "chapter", "heading"])
@pytest.mark.parametrize(("flow", "reporter"), [("export", "DEU"), ("import", "CHN")])
def test_every_level_and_flow(loaded: AppTest, level: str, flow: str, reporter: str) -> None:
    page(loaded, "products", goods="hs", level=level, flow=flow, reporter=reporter)
    sound(loaded)
    missing = (EXPORTS_ONLY if flow == "import" else set()) | (CHINA_ONLY if reporter != "CHN" else set())
    assert len(drawn(loaded)) == len(SHOWN) - len(missing)
    assert "what the partners sold" in text(loaded), "imports stand in the balance of exports, too"


def test_a_part_is_looked_into_and_followed_by_controls(loaded: AppTest) -> None:
    choose(loaded, "code", "10")
    assert "China's exports of cereals rose by 100.0% in 2025; the value was $20" in text(loaded)
    choose(loaded, "level", "heading")
    choose(loaded, "inside", "85")
    sound(loaded)
    assert "HS 8501 is the largest part of 85 Electrical and electronic equipment" in text(loaded)
    assert dict(loaded.query_params) == {"goods": "hs", "level": "heading", "inside": "85", "code": "10"}
    page(loaded, "products", goods="hs", code="8501")
    assert "China's exports of HS 8501 fell by 11.1% in 2025; the value was $80" in text(loaded)
    choose(loaded, "reporter", "USA")
    sound(loaded)
    assert "Grey: China in the same table" in text(loaded)


def test_months_and_the_twin_of_the_figure(loaded: AppTest) -> None:
    page(loaded, "products", goods="hs", freq="M")
    sound(loaded)
    assert "was electrical and electronic equipment, with $12, 100.0% of the total" in text(loaded)
    assert [one.key for one in loaded.get("segmented_control") if one.key == "scope_level"]
    page(loaded, "products", goods="hs", open="hs_map:table")
    twin = loaded.dataframe[0].value.set_index("code")
    assert twin.loc[["85", "10", "all"], "value"].tolist() == [80, 20, 100]


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ({"code": "99"}, "Part: 99 is not available with the other choices; shown instead: 85 Electrical"),
        ({"inside": "85"}, "Part shown: 85 is not available with the other choices; shown instead: All goods."),
        ({"code": "8x"}, "code to '8x', which is not a known value"),
        ({"inside": "XX"}, "Part shown: XX is not available"),
        ({"origin": "atlas"}, "Product data from: atlas is not available"),
        ({"freq": "Q"}, "Frequency: Quarters is not available"),
        ({"level": "item"}, "level to 'item', which is not a known value"),
        ({"period": "1999"}, "There are no figures for 1999 here"),
        ({"reporter": "FRA"}, "Reporter: FRA is not available with the other choices; shown instead: China."),
    ],
)
def test_a_link_that_is_not_understood_says_so_and_draws(loaded: AppTest, link: dict[str, str], problem: str) -> None:
    page(loaded, "products", goods="hs", **link)
    assert not loaded.exception
    assert text(loaded).count(problem) == 1
    assert len(drawn(loaded)) == len(SHOWN)


def test_it_is_told_in_chinese(loaded: AppTest) -> None:
    page(loaded, "products", goods="hs", lang="zh")
    assert not loaded.exception
    seen = text(loaded)
    assert "占总额的80.0%" in seen
    assert "⟦" not in seen


@pytest.mark.parametrize(
    ("origin", "charts"), [("baci_chapters_hs17", 11), ("baci_chapters_hs92", 11), ("atlas_headings", 10)]
)
def test_the_bundled_sources_are_shown(real: Store, origin: str, charts: int) -> None:
    """Each called reconciled. A world or partners that it does not hold are those of another, by name; a year before is said."""
    assert real.version
    app = page(opened(), "products", goods="hs", origin=origin)
    assert not app.exception
    assert not app.error
    assert len(drawn(app)) == charts
    assert "not customs' figures" in text(app)
    assert "Not available from the source chosen; shown from" in text(app), "none of the three has partners"


def test_the_bundled_advantage_is_against_the_world_of_the_source(real: Store) -> None:
    assert real.version
    seen = text(page(opened(), "products", goods="hs", origin="baci_chapters_hs92"))
    assert "In 2024, 44 of 96 parts had a larger share of these exports than of the world's" in seen
    assert "the world is as its source gives it" in seen


def test_where_none_is_held_the_page_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    def script() -> None:
        from trade.ui.products import hs_controls

        hs_controls.note_unloaded()

    monkeypatch.setattr(hs_trade, "loaded", lambda: False)
    app = AppTest.from_function(script).run()
    assert not app.exception
    assert "have no trade by code of the Harmonized System" in text(app)
    assert "trade update cepii_baci -o folder=..." in app.code[0].value


# ---- the figures


@pytest.fixture
def many() -> pd.DataFrame:
    """Two hundred headings of two chapters, the first ones large."""
    codes = [f"{chapter}{at:02d}" for chapter in ("84", "85") for at in range(100)]
    frame = pd.DataFrame({"code": codes, "value": [1000.0 / (1 + at) for at in range(200)]})
    frame = frame.assign(parent=frame["code"].str[:2], name_en="HS " + frame["code"], name_zh=None, kind="part")
    frame = frame.assign(base_value=frame["value"], growth_pct=0.0, contribution_pp=0.0)
    return frame.assign(share_pct=100 * frame["value"] / frame["value"].sum())


def test_boxes_hold_all_trade(many: pd.DataFrame) -> None:
    context = Context("export", "USD", "A")
    (boxes,) = hs_products.treemap(
        many, context, {"84": ("Machinery", "Boilers; machinery"), "85": ("Electronics", "Electronics")}
    ).data
    assert sum(boxes["values"]) == pytest.approx(many["value"].sum())
    assert set(boxes.parents) == {"", "in 84", "in 85"}
    assert sum(str(one).startswith("others") for one in boxes.ids) == 2, "small ones of each chapter are one box"
    (flat,) = hs_products.treemap(many.head(5), context).data
    assert set(flat.parents) == {""}


def test_growth_has_a_colour_and_what_is_unknown_is_grey() -> None:
    colours = [hs_products.growth_colour(rate) for rate in (-30, -15, -5, -1, 0, 5, 15, 30)]
    assert len(set(colours)) == 8
    assert hs_products.growth_colour(None) == hs_products.growth_colour(float("nan")) == theme.grid()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_stands_in_a_box_can_be_read(mode: str) -> None:
    palette = theme.PALETTES[mode]
    for step in hs_products.STEPS:
        ink = palette.text if step in hs_products.PALE else palette.background
        light, dark = sorted((_luminance(ink), _luminance(palette.diverging[step])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, step


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("title", "limit", "expected"),
    [
        ("Cereals", 0, "10 Cereals"),
        ("Lac; gums, resins", 0, "10 Lac"),
        ("Electrical machinery and equipment", 0, "10 Electrical machinery…"),
        ("HS 1001", 0, "HS 1001"),
    ],
)
def test_long_titles_are_cut_at_a_word(title: str, limit: int, expected: str) -> None:
    assert hs_products.titled("10" if "HS" not in title else "1001", title, Context(), limit) == expected


def test_sections_stand_in_their_own_order() -> None:
    order = ["I", "II", "III", "IV", "V", "VI", "IX", "X", "XIV", "XVI", "XIX", "XXI"]
    assert sorted(sorted(order), key=hs_trade.place) == order
