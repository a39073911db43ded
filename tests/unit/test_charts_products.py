"""Charts of products and partners on tiny frames: what is drawn adds up, gaps and changes of source cut lines, nothing overlaps."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from trade.charts import customs_commodities, hs_products, partner_history, product_groups, theme
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis
from trade.text import formats

YEARS = Context("export", "USD", "A")
YUAN = Context("export", "CNY", "YTD")


def words(figure: Figure) -> list[str]:
    return [one.text for one in figure.layout.annotations]


@pytest.fixture
def level() -> pd.DataFrame:
    """Machinery 60 and cloth 30 of 100, 10 not listed; high-tech cuts across."""
    return pd.DataFrame(
        {
            "code": ["machinery", "cloth", "residual", "world", "high-tech"],
            "name_en": ["Machinery", "Cloth", "Not listed", "All goods", "High-tech"],
            "name_zh": ["机电", None, "其他", "全部", "高新技术"],
            "kind": ["part", "part", "residual", "total", "overlap"],
            "listed_items": [12, 0, 0, 0, 0],
            "value": [60e9, 30e9, 10e9, 100e9, 25e9],
            "base_value": [50e9, 32e9, 8e9, 90e9, 20e9],
            "growth_pct": [20.0, -6.25, 25.0, 11.1, 25.0],
            "share_pct": [60.0, 30.0, 10.0, 100.0, 25.0],
            "contribution_pp": [100 / 9, -20 / 9, 20 / 9, 100 / 9, 50 / 9],
        }
    )


def test_groups_that_cut_across_stand_apart_and_are_in_no_sum(level: pd.DataFrame) -> None:
    figure = customs_commodities.items(level, YUAN)
    (bar,) = figure.data
    assert list(bar.x) == [60, 30, 10, 25], "no bar for the whole"
    assert list(bar.marker.pattern.shape) == ["", "", "/", "x"]
    labels = list(figure.layout.yaxis.ticktext)
    assert labels == ["Machinery\u00a0›", "Cloth", "Not listed", "High-tech\u00a0*"]
    assert list(bar.customdata) == ["machinery", None, None, None], "only what holds items can be opened"
    (rule,) = figure.layout.shapes
    assert rule.y0 == 2.5, "between what is not listed and what cuts across"
    assert "−6.2%" in " ".join(words(figure)) or "−6.3%" in " ".join(words(figure))


def test_the_smallest_parts_share_a_bar_without_losing_any(level: pd.DataFrame) -> None:
    parts = [level.iloc[[1]].assign(code=f"c{at}", name_en=f"C{at}", value=1e9 * (at + 1)) for at in range(30)]
    many = pd.concat([*parts, level.iloc[2:]], ignore_index=True)
    bar = customs_commodities.items(many, YUAN, keep=16).data[0]
    assert len(bar.x) == 16 + 1 + 2
    assert sum(bar.x[:17]) == pytest.approx(sum(range(1, 31)))


def test_contributions_add_up_to_the_headline_and_leave_overlaps_out(level: pd.DataFrame) -> None:
    bar = customs_commodities.split(level, YUAN).data[0]
    assert sum(bar.x[:-1]) == pytest.approx(bar.x[-1])
    assert 50 / 9 not in list(bar.x)


def test_names_in_chinese_fall_back_to_english(level: pd.DataFrame) -> None:
    figure = customs_commodities.items(level, Context("export", "CNY", "YTD", lang="zh"))
    assert list(figure.layout.yaxis.ticktext)[:2] == ["机电\u00a0›", "Cloth"]


@pytest.fixture
def prices() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": ["2025-11", "2025-12", "2026-02"],
            "code": "cars",
            "name_en": "Cars",
            "name_zh": "汽车",
            "value": [1e9, 2e9, 3e9],
            "growth_pct": [20.0, 10.0, -5.0],
            "quantity": [1e4, 2e4, 4e4],
            "quantity_unit": "units",
            "quantity_growth_pct": [30.0, 21.0, 0.0],
            "unit_value": [1e5, 1e5, 50.0],
            "unit_value_growth_pct": [-7.7, -9.1, -5.0],
        }
    )


def test_quantity_and_unit_value_are_told_by_shape_not_colour(prices: pd.DataFrame) -> None:
    figure = customs_commodities.price_and_quantity(prices, YUAN)
    full, open_dots = figure.data
    assert (full.marker.symbol, open_dots.marker.symbol) == ("circle", "circle-open")
    assert list(full.x) == [30.0, 21.0, 0.0], "in order of the growth of value"
    assert [(one.x0, one.x1) for one in figure.layout.shapes] == [(30.0, -7.7), (21.0, -9.1), (0.0, -5.0)]
    assert "50.00 yuan / units" in full.hovertext[2], "a small unit value has its cents"


def test_a_month_without_figures_is_a_gap(prices: pd.DataFrame) -> None:
    figure = customs_commodities.price_over_time(prices, YUAN)
    for line in figure.data:
        assert line.connectgaps is False
        assert pd.isna(list(line.y)[2]), "January 2026"


def test_long_names_are_cut_to_two_lines() -> None:
    assert row_axis.two_lines("Short") == "Short"
    long = row_axis.two_lines("Traditional Chinese medicinal materials and patent medicines")
    assert long.count("<br>") == 1
    assert all(len(part) <= 22 for part in long.split("<br>"))
    assert long == "Traditional Chinese<br>medicinal materials…", "cut after a word"
    chinese = row_axis.two_lines("85 电机、电气设备及其零件；录音机及放声机", 20)
    assert chinese == "85 电机、电气设备及<br>其零件；录音机及放…", "ten letters of Chinese script a line"
    assert row_axis.two_lines("波斯尼亚和黑塞哥维那") == "波斯尼亚和黑塞哥维那", "as wide as twenty letters"
    assert row_axis.two_lines("Donaudampfschifffahrtsgesellschaft") == "Donaudampfschifffahrtsgesellschaft"


def test_a_name_takes_as_many_lines_as_it_needs() -> None:
    for text in ("the months of a quarter sum to the quarter between two cumulative totals, in percent of it", "Short"):
        lines = row_axis.lines(text, 30)
        assert " ".join(lines) == text, "nothing is cut"
        assert all(len(line) <= 30 for line in lines)
    chinese = "按国别（地区）统计表中一个季度各月之和等于两个累计总值之差，以其百分比计"
    assert "".join(row_axis.lines(chinese, 30)) == chinese
    assert len(row_axis.lines(chinese, 30)) == 3


def test_three_columns_of_figures_leave_a_label_less_room_but_no_number_stands_alone() -> None:
    wide, narrow = (row_axis.row_figure(["11  Netherlands", "Unwrought aluminium"], columns=count) for count in (2, 3))
    assert list(wide.layout.yaxis.ticktext) == ["11  Netherlands", "Unwrought aluminium"]
    assert list(narrow.layout.yaxis.ticktext) == ["11  Netherlands", "Unwrought<br>aluminium"]


def test_titles_of_goods_are_cut_after_a_word_and_without_their_chapters() -> None:
    english, chinese = Context(lang="en"), Context(lang="zh")
    assert (
        hs_products.row_title("", "Textiles, clothing and footwear (50-67)", english)
        == "Textiles, clothing and footwear"
    )
    assert hs_products.row_title("", "机械、电子和仪器（84—85、90—92章）", chinese) == "机械、电子和仪器"
    assert hs_products.row_title("", "矿产品与燃料（25—27章）", chinese) == "矿产品与燃料（25—27章）", "it fits"
    electrical = hs_products.row_title("85", "Electrical machinery and equipment and parts thereof; sound", english)
    assert electrical == "85 Electrical machinery…", "no title ends at a word that announces another"
    shortened = hs_products.row_title("", "机械、电子仪器设备及零件、附件及其他制成品类", chinese)
    assert shortened == "机械、电子仪器设备及零件、附件…"
    machinery = hs_products.row_title("", "Machinery, electronics and instruments (84-85, 90-92)", english)
    assert machinery == "Machinery, electronics and instruments", "a word more than usual, and whole"
    assert hs_products.broken(machinery, english) == "Machinery,<br>electronics and<br>instruments"


@pytest.mark.parametrize(
    ("code", "title", "lines"),
    [
        ("8473", "Machinery; parts and accessories (other than covers, carrying cases and the like) of office machines",
         "8473 Machinery;<br>parts and<br>accessories…"),
        ("8708", "Motor vehicles; parts and accessories, of heading no. 8701 to 8705",
         "8708 Motor<br>vehicles; parts and<br>accessories…"),
        ("950300", "Tricycles, scooters, pedal cars and similar wheeled toys; dolls' carriages",
         "950300 Tricycles,<br>scooters, pedal<br>cars…"),
        ("8542", "Electronic integrated circuits", "8542 Electronic<br>integrated circuits"),
    ],
)  # fmt: skip
def test_the_title_of_a_good_names_the_good_and_ends_at_a_word(code: str, title: str, lines: str) -> None:
    """8473 is parts of machines, not machines: what stands after the semicolon is the good."""
    english = Context(lang="en")
    assert hs_products.broken(hs_products.row_title(code, title, english), english) == lines
    figure = row_axis.row_figure([lines], columns=2, tall=hs_products.extra_row_height([lines]))
    letters_high = 17 * (1 + lines.count("<br>"))
    assert figure.layout.height - row_axis.row_figure([], columns=2).layout.height >= letters_high, "they do not touch"


def test_a_box_bears_as_much_of_its_title_as_it_holds() -> None:
    """Titles had been cut to 24 letters whatever the box: too short for a large one, too long for most others."""
    long = "Machinery; parts and accessories (other than covers, carrying cases and the like) of office machines"
    values = {"8473": 60.0, "8708": 6.0, "8542": 0.3, "8504": 0.01}
    frame = pd.DataFrame(
        {"code": values.keys(), "value": values.values(), "parent": "84", "kind": "part", "name_en": long}
    )
    frame = frame.assign(name_zh=None, base_value=1.0, share_pct=1.0, growth_pct=None, contribution_pp=None)
    (boxes,) = hs_products.treemap(frame, YEARS, {"84": ("Machinery", "Boilers; machinery")}).data
    head, large, middle, small, smallest = boxes.labels
    assert head == "84 Machinery"
    assert large.replace("<br>", " ") == f"8473 {long}"
    assert all(len(line) <= hs_products.LINE + 1 for line in large.split("<br>"))
    assert middle.endswith("…")
    assert len(middle) > hs_products.LEAST
    area = hs_products.AREA * 6 / 66.31
    lines = middle.count("<br>") + 2  # with its figures
    assert lines * hs_products.LINE_HIGH < 0.71 * area**0.5, "twice as wide as high, it still holds them"
    assert (small, smallest) == ("8542", "8504"), "a code is worth more than a title that is cut to nothing"
    narrow = pd.concat([frame, frame.tail(1).assign(code="0101", parent="01", value=1.0)])
    named = {"84": ("Machinery", ""), "01": ("Live animals of every kind", "")}
    assert "01" in hs_products.treemap(narrow, YEARS, named).data[0].labels


def test_a_box_without_room_for_share_and_growth_bears_the_share_or_its_code_alone() -> None:
    """Plotly shows no word of a box that is too small for all of them: on phones most boxes were empty."""
    values = {"85": 80.0, "61": 5.0, "02": 0.5}
    frame = pd.DataFrame({"code": values.keys(), "value": values.values(), "share_pct": values.values()})
    frame = frame.assign(parent="", kind="part", growth_pct=7.8, base_value=1.0, contribution_pp=1.0)
    figure = hs_products.treemap(frame.assign(name_en="Goods", name_zh=None), YEARS)
    (narrow,), (wide,) = figure.layout["meta"]["narrow"], figure.layout["meta"]["wide"]
    assert narrow["text"] == ["80.0% · +7.8%", "5.0%", ""]
    assert wide["text"] == ["80.0% · +7.8%", "5.0% · +7.8%", ""]
    assert narrow["labels"][-1] == wide["labels"][-1] == "02"
    assert figure.data[0].text == tuple(wide["text"]), "what draws without our script has the words of wide places"


def test_a_definition_without_value_has_no_bar() -> None:
    frame = pd.DataFrame(
        {
            "period": ["2025-06", "2025-06"],
            "definition": ["statement", "catalogue"],
            "name_en": ["As stated", "Catalogue"],
            "name_zh": ["发布", "目录"],
            "value": [None, 3e12],
            "growth_pct": [9.2, 7.6],
            "share_pct": [None, 24.0],
            "contribution_pp": [None, 1.8],
        }
    )
    figure = product_groups.definitions(frame, YUAN)
    assert pd.isna(figure.data[0].x[1])
    assert "<b>–</b>" in words(figure)


def test_the_new_three_are_stacked_or_whole() -> None:
    shared = {"growth_pct": None, "month_growth_pct": None, "quantity": None, "quantity_unit": None, "name_zh": None}
    frame = pd.DataFrame(
        [
            shared | {"period": "2024", "code": "new-three", "name_en": "New three", "kind": "group", "value": 9e11, "quality": "implied"},
            shared | {"period": "2025", "code": "solar-cells", "name_en": "Solar", "kind": "part", "value": 1e12, "quality": "reported"},
            shared | {"period": "2025", "code": "rest", "name_en": "Rest", "kind": "residual", "value": 1e11, "quality": "derived"},
            shared | {"period": "2025", "code": "new-three", "name_en": "New three", "kind": "group", "value": 1.1e12, "quality": "reported"},
        ]
    )  # fmt: skip
    figure = product_groups.new_three(frame, YUAN)
    drawn = {bar.name: dict(zip(bar.y, bar.x, strict=True)) for bar in figure.data}
    assert drawn["Solar"][0] + drawn["Rest"][0] == pytest.approx(1.1)
    assert drawn["Not split"] == {1: 0.9}, "the whole of 2025 is not drawn again"


def test_robots_have_a_stroke_as_long_as_their_period() -> None:
    shared = {"freq": "A", "period": "2022", "value": 12e8, "ratio_to_imports": 0.3, "origin": "association"}
    frame = pd.DataFrame(
        [
            shared | {"flow": flow, "period_start": "2022-01-01", "period_end": "2022-12-31", "per_month": amount}
            for flow, amount in (("export", 1e8), ("import", 3e8))
        ]
    )
    figure = product_groups.robots(frame, Context("export", "USD"))
    assert [line.line.dash for line in figure.data] == ["dot", "dot"], "not customs' own"
    assert [str(figure.data[0].x[at])[:10] for at in (0, 2)] == ["2022-01-01", "2022-12-31"]
    assert {"<b>Exports</b>", "<b>Imports</b>"} <= set(words(figure))


@pytest.fixture
def relation() -> pd.DataFrame:
    """2019 to 2024 without 2023; 2021 and 2022 are the partner's report."""
    return pd.DataFrame(
        {
            "period": ["2019", "2020", "2021", "2022", "2024"],
            "exports": [80e9, 87e9, 170e9, 207e9, 107e9],
            "imports": [105e9, 105e9, 120e9, 111e9, None],
            "balance": [-25e9, -18e9, 50e9, 96e9, None],
            "export_quality": ["reported", "reported", "mirror", "mirror", "converted"],
            "import_quality": ["reported", "reported", "reported", "reported", None],
            "export_new_source": [False, False, True, False, True],
            "import_new_source": [False, False, False, False, False],
        }
    )


def test_a_line_is_cut_where_the_source_changes(relation: pd.DataFrame) -> None:
    figure = partner_history.two_flows(relation, YEARS)
    exports = [line for line in figure.data if line.type == "scatter" and line.line.color == theme.colour("export")]
    assert [[str(x)[:4] for x in line.x] for line in exports] == [["2019", "2020"], ["2021", "2022"], ["2024"]]
    assert exports[1].line.dash == "dot"
    assert exports[1].marker.symbol == "circle-open"
    assert len(figure.layout.shapes) == 2, "a rule before 2021 and one before 2024"


def test_a_balance_that_is_not_known_has_no_bar_and_a_mirror_one_is_hatched(relation: pd.DataFrame) -> None:
    (bars,) = [one for one in partner_history.two_flows(relation, YEARS).data if one.type == "bar"]
    assert pd.isna(list(bars.y)[-1])
    assert list(bars.marker.pattern.shape) == ["", "", "/", "/", "", ""]


def test_rank_one_is_on_top() -> None:
    frame = pd.DataFrame(
        {
            "period": ["2023", "2024", "2025"],
            "share_pct": [3.0, 3.1, 3.2],
            "rank": pd.array([9, 8, 7], dtype="Int64"),
            "partners": [240, 243, 251],
            "quality": "reported",
            "new_source": False,
        }
    )
    figure = partner_history.share_and_rank(frame, YEARS)
    low, high = figure.layout.yaxis2.range
    assert low > 9 > 1 > high
    assert {"<b>3.2%</b>", "<b>7</b>"} <= set(words(figure))
    unranked = partner_history.share_and_rank(frame.assign(rank=pd.array([pd.NA] * 3, dtype="Int64")), YEARS)
    assert "<b>7</b>" not in words(unranked)


def test_years_that_compare_two_reporters_have_no_contribution() -> None:
    frame = pd.DataFrame(
        {
            "period": ["2020", "2021", "2022"],
            "contribution_pp": [0.3, None, -0.2],
            "total_growth_pct": [4.0, None, 5.0],
            "new_source": [False, True, False],
        }
    )
    figure = partner_history.contributions(frame, Context("export", "USD", "A", chosen="2020"))
    assert pd.isna(list(figure.data[0].y)[1])
    assert words(figure)[-1] == "<b>+0.30 pp</b>", "the chosen year is labelled"


def test_the_two_reports_are_in_dollars() -> None:
    frame = pd.DataFrame(
        {
            "period": ["2023", "2024"],
            "china_usd": [100e9, 107e9],
            "partner_usd": [175e9, 169e9],
            "gap_pct": [75.0, 58.4],
        }
    )
    figure = partner_history.mirror(frame, YEARS, partner="Germany")
    assert "Value, billion dollars" in words(figure)
    assert "<b>Germany</b>" in words(figure)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_figures_hold_no_colour_but_the_tokens(level: pd.DataFrame, relation: pd.DataFrame, mode: str) -> None:
    for figure in (
        customs_commodities.items(level, YUAN),
        customs_commodities.split(level, YUAN),
        partner_history.two_flows(relation, YEARS),
    ):
        painted = json.loads(theme.paint(figure, mode).to_json())
        assert "#0000" not in json.dumps(painted).replace(theme.PALETTES[mode].text, "")


def test_a_small_partner_has_a_share_that_can_be_read() -> None:
    assert partner_history.share(3.136, YEARS) == "3.1%"
    assert partner_history.share(0.0004, YEARS) == "0.0004%"
    assert partner_history.share(0.0, YEARS) == "0.0%"
    assert partner_history.points(-0.004, YEARS) == "−0.004 pp"
    assert partner_history.points(None, YEARS) == "not available"


def test_counts_of_things_are_told_in_words() -> None:
    assert formats.large(3_933_428) == "3.93 million"
    assert formats.large(72_254) == "72,254"
    assert formats.large(3_933_428, "zh") == "393.34万"
    assert formats.large(None) == "not available"
