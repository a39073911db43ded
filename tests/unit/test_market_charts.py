"""Charts of markets and destinations on tiny frames: they draw what the rows contain, in both languages."""

from __future__ import annotations

import itertools
import math

import pandas as pd
import pytest

from trade.charts import beeswarm, concentration, first_destinations, maps, ranking, theme
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis, row_marks

YEARS = Context("export", "USD", "A")
CHINESE = Context("export", "USD", "A", lang="zh")
MARKETS = ["USA", "DEU", "VNM", "NRU"]


@pytest.fixture
def markets() -> pd.DataFrame:
    """Four markets of 2025: 60, 30, 10 and next to nothing; one is too small for a shape, one has no rate."""
    return pd.DataFrame(
        {
            "period": "2025",
            "market": MARKETS,
            "name_en": ["United States", "Germany", "Vietnam", "Nauru"],
            "name_zh": ["美国", "德国", "越南", "瑙鲁"],
            "customs_continent": ["north-america", "europe", "asia", "oceania"],
            "longitude": [-100.0, 10.0, 106.0, 166.9],
            "latitude": [40.0, 51.0, 16.0, -0.5],
            "drawn": ["polygon", "polygon", "polygon", "point"],
            "rank": [1, 2, 3, 4],
            "rank_change": [0, 1, -1, None],
            "value": [60e9, 30e9, 10e9, 1e6],
            "share_pct": [60.0, 30.0, 10.0, 0.001],
            "rate_pct": [-20.0, 10.0, 250.0, None],
        }
    )


def hovers(figure: Figure) -> str:
    return " ".join(str(text) for trace in figure.data for text in (trace.hovertext or ()))


# --- ranking ----------------------------------------------------------------------------------------------------------


def test_bars_stand_in_order_with_growth_and_moves_beside_them(markets: pd.DataFrame) -> None:
    figure = ranking.bars(markets.iloc[::-1], YEARS)
    assert list(figure.data[0].x) == [60.0, 30.0, 10.0, 0.001]
    assert list(figure.data[0].customdata) == MARKETS
    labels = [note.text for note in figure.layout.annotations]
    assert {"−20.0%", "+10.0%", "+250%", "▲ 1", "▼ 1", "="} <= set(labels)
    assert labels.count("–") == 2, "no rate and no former rank is invented"


def test_a_chosen_market_beyond_the_list_takes_the_last_place(markets: pd.DataFrame) -> None:
    figure = ranking.bars(markets, Context("export", "USD", "A", chosen="NRU"), keep=2)
    assert list(figure.data[0].customdata) == ["USA", "NRU"]
    assert list(figure.data[0].marker.opacity) == [row_marks.PALE, 1.0]


def test_dumbbells_are_ordered_by_change_and_leave_out_what_is_missing() -> None:
    frame = pd.DataFrame(
        {
            "period": "2025",
            "base": "2024",
            "market": ["A", "B", "C"],
            "name_en": ["A", "B", "C"],
            "name_zh": ["A", "B", "C"],
            "base_value": [5e9, 9e9, None],
            "value": [6e9, 1e9, 2e9],
            "change": [1e9, -8e9, 2e9],
            "contribution_pp": [7.0, -57.0, 14.0],
        }
    )
    figure = ranking.dumbbell(frame, YEARS)
    before, after = figure.data
    assert list(after.customdata) == ["C", "A", "B"]
    assert math.isnan(before.x[0]), "a new market has no earlier dot"
    assert len(figure.layout.shapes) == 2
    assert (before.name, after.name) == ("2024", "2025")
    assert before.cliponaxis is after.cliponaxis is False, "a dot at zero was half a dot"
    small = ranking.dumbbell(frame.assign(change=[4e5, -8e9, 2e9]), YEARS)
    assert "+0.0004" in {note.text for note in small.layout.annotations}, "a rise of $400,000 is not one of 0.0 billion"


def test_small_shares_of_a_ranking_are_not_zero(markets: pd.DataFrame) -> None:
    assert "<b>0.001%</b>" in {note.text for note in ranking.bars(markets, YEARS).layout.annotations}


def ranks(paths: dict[str, list[int | None]]) -> pd.DataFrame:
    cells = [(str(2020 + at), code, rank) for code, path in paths.items() for at, rank in enumerate(path) if rank]
    frame = pd.DataFrame(cells, columns=["period", "market", "rank"])
    return frame.assign(name_en=frame["market"], name_zh=frame["market"], share_pct=1.0)


def test_the_bump_chart_colours_the_largest_moves_and_breaks_at_gaps() -> None:
    frame = ranks({"UP": [9, 5, None, 1], "FLAT": [2, 2, None, 2], "DOWN": [1, 1, None, 3], "OUT": [3, 3, None, 8]})
    figure = ranking.bump(frame, YEARS, keep=3)
    lines = {trace.customdata[0]: trace for trace in figure.data}
    assert set(lines) == {"UP", "FLAT", "DOWN"}
    assert lines["UP"].line.color == theme.colour("rise")
    assert lines["DOWN"].line.color == theme.colour("fall")
    assert math.isnan(lines["FLAT"].y[2])
    assert list(ranking.moves(frame[frame["market"].isin(lines)]).index) == ["UP", "FLAT", "DOWN"]


def test_the_bump_chart_of_one_period_is_a_list() -> None:
    figure = ranking.bump(ranks({"A": [1], "B": [2]}), YEARS, keep=3)
    assert len(figure.data) == 2


def test_losses_are_negative_and_the_largest_first() -> None:
    frame = pd.DataFrame(
        {
            "market": ["A", "B"],
            "name_en": ["A", "B"],
            "name_zh": ["A", "B"],
            "effect_pct": [-1.0, -3.0],
            "lost_value": [1e9, 3e9],
        }
    )
    assert list(ranking.losses(frame, YEARS).data[0].x) == [-3.0, -1.0]


# --- the swarm --------------------------------------------------------------------------------------------------------


def test_growth_beyond_the_axis_stands_at_the_edge_as_a_triangle(markets: pd.DataFrame) -> None:
    drawn = beeswarm.laid_out(markets)
    assert list(drawn["drawn"]) == [-20.0, 10.0, beeswarm.CAP]
    assert list(drawn["symbol"]) == ["circle", "circle", "triangle-right"]
    assert beeswarm.count_off_axis(markets) == 1
    assert "+250.0%" in hovers(beeswarm.swarm(markets, YEARS)), "the hover gives the true rate"


def test_a_market_without_a_rate_is_not_drawn_as_zero(markets: pd.DataFrame) -> None:
    figure = beeswarm.swarm(markets, YEARS, whole=6.1)
    assert "NRU" not in {code for trace in figure.data for code in trace.customdata}
    assert "All markets +6.1%" in [note.text for note in figure.layout.annotations]


def test_circles_of_a_row_do_not_meet() -> None:
    places = [(x % 7, 30.0 - x % 11) for x in range(60)]
    placed = beeswarm.packed(places)
    for one, other in itertools.combinations(placed, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius - 1e-9


def test_labels_meet_neither_each_other_nor_the_edge() -> None:
    codes = [f"M{at:02}" for at in range(40)]
    frame = pd.DataFrame(
        {
            "market": codes,
            "name_en": [f"Market number {code}" for code in codes],
            "name_zh": None,
            "customs_continent": ["asia", "europe"] * 20,
            "value": [float(100 - at) for at in range(40)],
            "rate_pct": [float((at * 37) % 110 - 55) for at in range(40)],
        }
    )
    drawn = beeswarm.laid_out(frame)
    circles, taken = beeswarm.circles_of(drawn), list[beeswarm.Box]()
    for row in drawn.to_dict("records"):
        box = beeswarm._free_spot(row, row["name_en"], circles[row["customs_continent"]], taken)
        if box:
            taken.append(box)
    assert 8 <= len(beeswarm.labels(drawn, YEARS)) <= beeswarm.LABELS
    for width in beeswarm.WIDTHS:
        scale = width / (2.26 * beeswarm.CAP)
        assert all(box.fits(scale) for box in taken)
        assert not any(one.meets(other, scale) for one, other in itertools.combinations(taken, 2))


# --- concentration ----------------------------------------------------------------------------------------------------


def test_the_gauge_marks_years_that_others_reported() -> None:
    frame = pd.DataFrame(
        {
            "period": ["2020", "2021", "2020", "2021"],
            "reporter": ["CHN", "CHN", "DEU", "DEU"],
            "reporter_name_en": ["China", "China", "Germany", "Germany"],
            "reporter_name_zh": ["中国", "中国", "德国", "德国"],
            "effective_markets": [15.0, 16.0, 15.5, 15.8],
            "quality": ["reported", "mirror", "reported", "reported"],
        }
    )
    figure = concentration.gauge(frame, YEARS, "effective_markets")
    compared, own = figure.data
    assert list(own.marker.color) == [theme.colour("export"), theme.background()]
    assert compared.line.color == theme.colour("muted")
    shifts = [note.yshift for note in figure.layout.annotations if note.yshift and note.xshift]
    assert sorted(shifts)[0] < 0 < sorted(shifts)[-1], "two ends that would meet move apart"


def test_the_parts_of_the_theil_index_are_stacked_to_the_whole() -> None:
    frame = pd.DataFrame(
        {
            "period": ["2024", "2025"],
            "theil": [2.0, 1.5],
            "between_continents": [0.5, 0.4],
            "within_continents": [1.5, 1.1],
        }
    )
    figure = concentration.theil(frame, YEARS)
    assert figure.layout.barmode == "stack"
    assert [sum(parts) for parts in zip(*(trace.y for trace in figure.data), strict=True)] == pytest.approx([2.0, 1.5])


def test_growing_markets_stand_against_the_share_of_the_statement() -> None:
    frame = pd.DataFrame(
        {
            "continent": ["world", "asia", "none"],
            "growing": [6, 3, 0],
            "markets": [10, 4, 1],
            "growing_pct": [60.0, 75.0, 0.0],
            "falling": [3, 1, 1],
            "unchanged": [1, 0, 0],
            "without_rate": [0, 0, 0],
        }
    )
    figure = concentration.growing(frame, YEARS)
    assert list(figure.data[0].x) == [60.0, 75.0]
    assert {shape.x0 for shape in figure.layout.shapes} == {60.0}
    assert any("6 of 10" in note.text for note in figure.layout.annotations)


def curve(period: str, shares: list[float]) -> pd.DataFrame:
    places = [100 * at / (len(shares) - 1) for at in range(len(shares))]
    return pd.DataFrame(
        {"period": period, "markets_pct": places, "value_pct": shares, "name_en": None, "name_zh": None}
    )


def test_the_lorenz_curve_is_read_between_two_markets() -> None:
    frame = curve("2025", [0.0, 5.0, 15.0, 40.0, 100.0])
    assert concentration.at_share(frame, 75) == 40
    assert concentration.at_share(frame, 90) == pytest.approx(76)
    figure = concentration.lorenz(frame, YEARS, curve("2015", [0.0, 1.0, 5.0, 20.0, 100.0]))
    assert len(figure.data) == 3
    assert any("24%" in str(note.text) for note in figure.layout.annotations)
    assert len(concentration.lorenz(frame, YEARS).data) == 2


def test_margins_add_up_to_the_whole() -> None:
    frame = pd.DataFrame(
        {
            "component": ["entry", "exit", "growth", "decline", "total"],
            "markets": [2, 1, 5, 3, 11],
            "contribution_pp": [1.0, -0.5, 6.0, -2.0, 4.5],
            "change": [1e9, -5e8, 6e9, -2e9, 4.5e9],
        }
    )
    trace = concentration.margins(frame, YEARS).data[0]
    assert list(trace.base) == [0.0, 1.0, 0.5, 6.5, 0.0]
    assert trace.base[3] + trace.x[3] == trace.x[4]


def test_active_markets_are_stacked_by_continent() -> None:
    frame = pd.DataFrame(
        {"period": ["2025", "2025", "2025"], "continent": ["world", "asia", "africa"], "active_markets": [3, 2, 1]}
    )
    assert [list(trace.y) for trace in concentration.active(frame, YEARS).data] == [[2], [1]]


# --- maps -------------------------------------------------------------------------------------------------------------


def test_a_map_fetches_nothing_and_has_no_background(markets: pd.DataFrame) -> None:
    geo = maps.rates(markets, YEARS).layout.geo
    assert (geo.resolution, geo.bgcolor, geo.scope) == (50, "rgba(0,0,0,0)", "world")
    assert not (geo.showframe)
    assert not (geo.showcountries)
    assert not (geo.showlakes)


def test_small_economies_are_circles_on_the_same_scale(markets: pd.DataFrame) -> None:
    shapes, points, names = maps.rates(markets.assign(rate_pct=[1.0, 2.0, 3.0, 4.0]), YEARS).data
    assert names.mode == "text"
    assert list(shapes.locations) == ["USA", "DEU", "VNM"]
    assert list(points.customdata) == ["NRU"]
    assert (points.marker.cmin, points.marker.cmax) == (shapes.zmin, shapes.zmax)
    assert shapes.colorscale == points.marker.colorscale


def test_the_area_of_a_circle_is_the_value(markets: pd.DataFrame) -> None:
    size = maps.amounts(markets, YEARS).data[0].marker.size
    assert (size[0] / size[1]) ** 2 == pytest.approx(2)
    assert size[3] == maps.SMALLEST


@pytest.fixture
def firsts() -> pd.DataFrame:
    """Chile, Nauru and Mexico in 2010 and 2023; Mexico is not in the table of 2010."""
    cells = [
        ("2010", "CHL", "polygon", "USA"),
        ("2010", "NRU", "point", "AUS"),
        ("2023", "CHL", "polygon", "CHN"),
        ("2023", "NRU", "point", "THA"),
        ("2023", "MEX", "polygon", "USA"),
    ]
    frame = pd.DataFrame(cells, columns=["period", "reporter", "drawn", "partner"])
    words = {"USA": "United States", "CHN": "China", "AUS": "Australia", "THA": "Thailand"}
    return frame.assign(
        name_en=frame["reporter"],
        name_zh=frame["reporter"],
        partner_name_en=frame["partner"].map(words),
        partner_name_zh=frame["partner"].map(words),
        next_name_en="Japan",
        next_name_zh="日本",
        share_pct=30.0,
        next_share_pct=[20.0, 10.0, None, 5.0, 4.0],
        rank=1,
        longitude=0.0,
        latitude=0.0,
    )


def test_the_legend_counts_first_destinations(firsts: pd.DataFrame) -> None:
    figure = maps.first_destinations(firsts[firsts["period"] == "2023"], YEARS)
    legend = [trace.name for trace in figure.data if trace.showlegend]
    assert legend == ["China 1", "United States 1", "Another partner 1"]
    assert "then Japan" in hovers(figure)


def test_a_year_of_the_animation_is_only_a_list_of_colours(firsts: pd.DataFrame) -> None:
    figure = maps.first_destinations_by_year(firsts, YEARS)
    assert [frame.name for frame in figure.frames] == ["2010", "2023"]
    early, late = ([list(frame.data[0].z), list(frame.data[1].marker.color)] for frame in figure.frames)
    usa, china = maps.PARTNERS.index("USA"), maps.PARTNERS.index("CHN")
    assert list(figure.data[0].locations) == ["CHL", "MEX"]
    assert early == [[usa, None], [theme.colour("other")]]
    assert late == [[china, usa], [theme.colour("other")]]
    assert "locations" not in figure.frames[0].data[0].to_plotly_json()
    assert "China 0 · United States 1 · economies in the table 2" in figure.frames[0].layout.annotations[0].text
    assert not figure.layout.sliders[0].steps[0].args[1]["transition"]["duration"]


def test_places_shade_where_a_partner_stands(firsts: pd.DataFrame) -> None:
    late = firsts[firsts["period"] == "2023"]
    second = late[late["reporter"] == "MEX"].assign(partner="CHN", rank=2)
    figure = maps.places(pd.concat([late, second]), YEARS, "CHN", 2)
    assert dict(zip(figure.data[0].locations, figure.data[0].z, strict=True)) == {"CHL": 1, "MEX": 2}
    assert [trace.name for trace in figure.data if trace.showlegend] == ["First 1", "Second 1", "Not among these 1"]


def test_colours_of_partners_are_roles_of_the_theme() -> None:
    assert {*maps.PARTNERS, maps.OTHER} <= set(theme.ROLES)
    assert len({theme.ROLES[one] for one in maps.PARTNERS}) == len(maps.PARTNERS)


# --- counts -----------------------------------------------------------------------------------------------------------


def test_counts_of_different_datasets_are_never_one_line() -> None:
    cells = [
        (dataset, year, partner)
        for dataset in ("matrix", "cia")
        for year in ("2019", "2020", "2023")
        for partner in ("CHN", "USA")
    ]
    frame = pd.DataFrame(cells, columns=["dataset", "period", "partner"])
    frame = frame.assign(name_en=frame["partner"], name_zh=frame["partner"], economies=range(12), reporters=200)
    figure = first_destinations.counts(frame, YEARS, ("CHN", "USA"))
    lines = [trace for trace in figure.data if trace.yaxis != "y3"]
    assert [trace.yaxis for trace in lines] == ["y", "y", "y2", "y2"]
    assert all(list(trace.x) == [f"{year}-01-01" for year in range(2019, 2024)] for trace in lines)
    assert all(math.isnan(trace.y[2]) and math.isnan(trace.y[3]) for trace in lines), "2021 and 2022 stay empty"
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range


def test_sizes_of_tables_stand_under_each_other_right_of_the_plot() -> None:
    """They were placed at the end of each line, where the label of one table covered the dot of a longer one."""
    sizes = {"matrix": ("2023", 226), "cia": ("2023", 224), "imf": ("2025", 217), "oecd": ("2024", 47)}
    cells = [(dataset, *size, partner) for dataset, size in sizes.items() for partner in ("CHN", "USA")]
    frame = pd.DataFrame(cells, columns=["dataset", "period", "reporters", "partner"])
    frame = frame.assign(name_en=frame["partner"], name_zh=frame["partner"], economies=10)
    figure = first_destinations.counts(frame, YEARS, ("CHN", "USA"))
    labels = [note for note in figure.layout.annotations if note.yref == "y5"]
    assert {note.x for note in labels} == {"2025-01-01"}
    unit = figure.layout.yaxis5.range[1] / (1.5 * first_destinations.UNIT)
    heights = sorted(note.y / unit + note.yshift for note in labels)
    assert all(above - below >= first_destinations.LINE - 0.1 for below, above in itertools.pairwise(heights))


def test_who_came_and_who_left() -> None:
    frame = pd.DataFrame(
        {
            "period": "2023",
            "base_period": "2010",
            "change": ["lost", "gained", "gained", "entered", "left"],
            "reporter": ["JPN", "PER", "CHL", "TWN", "ANT"],
            "name_en": ["Japan", "Peru", "Chile", "Taiwan, China", "Antilles"],
            "name_zh": ["日本", "秘鲁", "智利", "中国台湾", "安的列斯"],
            "total_usd": [5.0, 1.0, 2.0, 3.0, 4.0],
            "share_before_pct": [20.0, 15.0, None, None, 10.0],
            "share_after_pct": [17.0, 34.0, 38.0, 21.0, None],
            "first_before_name_en": ["China", "United States", "United States", None, "China"],
            "first_before_name_zh": ["中国", "美国", "美国", None, "中国"],
            "first_after_name_en": ["United States", "China", "China", "China", None],
            "first_after_name_zh": ["美国", "中国", "中国", "中国", None],
        }
    )
    figure = first_destinations.changes(frame, YEARS)
    labels = [label.replace("\u00a0", " ").replace("<br>", " ") for label in figure.layout.yaxis.ticktext]
    assert labels == ["Chile ＋", "Peru ＋", "Taiwan, China ＋", "Japan −", "Antilles −"]
    assert len(figure.layout.shapes) == 2, "a bar needs both shares"
    notes = {note.text for note in figure.layout.annotations}
    assert {"was: United States", "now: United States", "new in the table", "not in the table"} <= notes
    assert len(first_destinations.changes(frame, YEARS, keep=1).layout.yaxis.ticktext) == 4


# --- both languages ---------------------------------------------------------------------------------------------------


def test_every_chart_speaks_chinese(markets: pd.DataFrame, firsts: pd.DataFrame) -> None:
    drawn = [
        ranking.bars(markets, CHINESE),
        beeswarm.swarm(markets, CHINESE, 6.1),
        maps.amounts(markets, CHINESE),
        maps.rates(markets, CHINESE),
        maps.first_destinations(firsts[firsts["period"] == "2023"], CHINESE),
        maps.first_destinations_by_year(firsts, CHINESE),
    ]
    text = " ".join(str(figure.to_dict()) for figure in drawn)
    assert "美国" in text
    assert "第1位" in text
    assert "表中共" in text
    assert "⟦" not in text


def test_names_are_kept_within_their_room() -> None:
    assert row_marks.shortened("United Arab Emirates", 13) == "United Arab…"
    assert row_marks.shortened("China", 13) == "China"
    assert row_axis.two_lines("Papua New Guinea is far", 16).count("<br>") == 1
