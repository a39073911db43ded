"""Comparisons as values: each way of drawing, and what cannot be compared."""

from __future__ import annotations

from itertools import pairwise

import pytest

from trade.errors import BadParameter, NoRows, UnknownName
from trade.measures import run
from trade.panels import compare
from trade.panels.choices import Choices
from trade.panels.messages import compare as messages
from trade.panels.registry import find_panel
from trade.panels.run_context import RunContext, running
from trade.store import Store

LINES = find_panel("compare/lines")


def test_diversification_of_four_economies(real: Store) -> None:
    drawn = LINES.draw(real, {})
    frame = drawn.result.frame
    germany = frame[(frame["entity"] == "DEU") & (frame["period"] == "2023")]["shown"].iloc[0]
    alone = run(real, "effective_markets", reporter="DEU", first="2023", last="2023").frame["effective_markets"].iloc[0]
    assert germany == pytest.approx(alone)
    assert [trace.name for trace in drawn.figure.data] == ["China", "Germany", "United States", "Vietnam"]
    assert drawn.figure.layout.hovermode == "x unified"
    assert f"Germany {germany:.1f}" in drawn.headline


def test_a_headline_tells_the_largest_four_and_labels_keep_apart(real: Store) -> None:
    codes = "motor-vehicles,integrated-circuits,ships,mobile-phones,footwear,toys,steel-products,refined-oil-products"
    drawn = LINES.draw(real, {"of": "customs", "entities": codes})
    assert drawn.headline.endswith("Steel products 316.1 billion yuan, and 4 more")
    labels = sorted((note.y, note.text) for note in drawn.figure.layout.annotations if note.x == "2026-07-01")
    assert len(labels) == 8
    one = 0.055 * drawn.result.frame["shown"].agg(lambda values: values.max() - values.min()) / 1e12
    for (low, name), (high, other) in pairwise(labels):
        assert high - low >= one * (2 + name.count("<br>") + other.count("<br>")) / 2 - 1e-9


def test_small_shares_are_not_zero(real: Store) -> None:
    """The headline was `Mine 0.0%, Tuvalu 0.0%` over a chart that distinguished them, beside a table of zeros."""
    drawn = LINES.draw(real, {"of": "partners", "entities": "TUV,~Mine:NRU.KIR"})
    assert "Mine 0.006%" in drawn.headline
    assert "Tuvalu 0.0006%" in drawn.headline
    codes = {"of": "partners", "entities": "TUV,~Mine:NRU.KIR"}
    with running(RunContext("en", codes, real)):
        shown = compare.table(LINES.content(Choices(codes)))[0]
    assert shown.iloc[0].tolist() == ["0.0006", "0.0059"]


@pytest.mark.parametrize("choices", [{"log": "yes"}, {"each": "yes"}, {"scaled": "index", "since": "2000"}])
def test_ways_of_drawing(real: Store, choices: dict[str, str]) -> None:
    drawn = LINES.draw(real, choices, "zh")
    axes = {trace.yaxis or "y" for trace in drawn.figure.data}
    assert len(axes) == (4 if "each" in choices else 1)
    assert (drawn.figure.layout.yaxis.type == "log") == ("log" in choices)
    if "scaled" in choices:
        base = drawn.result.frame[drawn.result.frame["period"] == "2000"]["shown"]
        assert base.tolist() == pytest.approx([100.0] * 4)


def test_shares_and_ranks_are_those_among_the_compared(real: Store) -> None:
    link = {"of": "partners", "entities": "USA,asean,~Mine:BRA.RUS", "indicator": "partner.value"}
    shares = LINES.draw(real, link | {"scaled": "share"}).result.frame
    assert shares.dropna(subset=["shown"]).groupby("period")["shown"].sum().tolist() == pytest.approx(
        [100.0] * shares["period"].nunique()
    )
    ranks = LINES.draw(real, link | {"scaled": "rank"})
    newest = ranks.result.frame[ranks.result.frame["period"] == "2025"].set_index("entity")["shown"]
    assert newest.to_dict() == {"USA": 2.0, "asean": 1.0, "~Mine:BRA.RUS": 3.0}


@pytest.mark.parametrize(
    ("codes", "unit", "period", "written"),
    [
        ({"of": "partners", "indicator": "partner.value"}, "billion dollars", "2025", ["665.2", "560.0", "420.2", "225.0"]),
        ({"of": "customs", "indicator": "commodity.value", "freq": "YTD"}, "trillion yuan", "Jan–Jul 2026",
         ["0.77", "1.49", "0.27", "0.44"]),
        ({"of": "partners", "indicator": "partner.share_pct"}, "%", "2025", ["17.6", "14.8", "11.1", "6.0"]),
        ({}, "", "2023", ["25.3", "22.6", "14.9", "7.4"]),
    ],
)  # fmt: skip
def test_the_table_beside_the_chart_is_in_its_unit(
    real: Store, codes: dict[str, str], unit: str, period: str, written: list[str]
) -> None:
    with running(RunContext("en", codes, real)):
        table, named = compare.table(LINES.content(Choices(codes)))
    assert named == unit
    assert table.loc[period].tolist() == written
    assert table.index[0] == period, "the newest first"


def test_the_rank_of_a_bloc_is_that_of_its_own_sheet(real: Store) -> None:
    ranks = LINES.draw(
        real, {"of": "partners", "entities": "asean,eu,USA", "indicator": "partner.rank", "flow": "total"}
    )
    newest = ranks.result.frame[ranks.result.frame["period"] == "2025"].set_index("entity")["shown"]
    assert newest.loc[["asean", "eu"]].to_dict() == {"asean": 1.0, "eu": 2.0}
    for code in ("asean", "eu"):
        sheet = find_panel("partner/standing").draw(real, {"partner": code, "flow": "total", "period": "2025"})
        assert f"number {newest[code]:.0f} partner" in sheet.headline
        assert any("among economies and the blocs ASEAN and EU" in note for note in sheet.notes)
    assert sum("The rank is" in note for note in ranks.notes) == 2, "a group's rule and an economy's"


@pytest.mark.parametrize("scaled", ["lines", "share", "index"])
def test_no_line_joins_a_year_of_partners_reports_to_its_neighbours(real: Store, scaled: str) -> None:
    """2021 had stood at 12.5% for ASEAN on a line from 2020 to 2022: most exports of that year are the partners' reports."""
    link = {"of": "partners", "entities": "asean,africa,USA", "scaled": scaled, "indicator": "partner.value"}
    drawn = LINES.draw(real, link)
    changes = {"2021-01-01", "2022-01-01", "2023-01-01"}
    for trace in drawn.figure.data:
        points = list(zip(trace.x, trace.y, strict=True))
        cut = {day for day, value in points if value != value}
        assert changes <= cut, "where the partner's sheet breaks its line"
        assert len(points) == len(trace.marker.symbol) == len(trace.marker.size)
        values = [day for day, value in points if value == value]
        assert len(values) == len(set(values)), "each year once"
    assert any(note.startswith("Lines break") for note in drawn.notes)


def test_a_line_of_one_source_is_whole(real: Store) -> None:
    drawn = LINES.draw(real, {"entities": "CHN,DEU"})
    assert not any(note.startswith("Lines break") for note in drawn.notes)
    for trace in drawn.figure.data:
        assert len(set(trace.x)) == len(trace.x)


def test_what_cannot_be_compared(real: Store) -> None:
    with pytest.raises(BadParameter, match="2 to 8"):
        LINES.draw(real, {"entities": "CHN"})
    with pytest.raises(UnknownName):
        LINES.draw(real, {"entities": "CHN,nowhere"})
    with pytest.raises(UnknownName, match="column"):
        LINES.draw(real, {"indicator": "hhi.nothing"})


def test_what_is_compared_can_be_narrowed_and_ordered(real: Store) -> None:
    goods = {"of": "customs", "entities": "ships,mobile-phones,motor-vehicles,integrated-circuits"}
    whole = find_panel("compare/lines").draw(real, goods)
    shown = find_panel("compare/lines").draw(real, {**goods, "grew": "up20", "sort": "growth"})
    frame = whole.result.frame
    newest = frame[frame["period"] == frame["period"].max()].set_index("entity")
    growth = (100 * (newest["value"] / newest["base_value"] - 1)).sort_values(ascending=False)
    assert list(dict.fromkeys(shown.result.frame["entity"])) == list(growth[growth >= 20].index)
    assert shown.headline.startswith(f"Of 4 compared, {(growth >= 20).sum()} grew by 20% or more")


def test_growth_that_is_not_known_is_not_taken_for_none(real: Store) -> None:
    """The matrix lacks 2022: the sentence says so, and names the periods that can be compared."""
    with pytest.raises(
        NoRows, match=r"no comparable figure for the year before\. To compare with 2020 or earlier, use “"
    ):
        LINES.draw(real, {"grew": "up"})


def test_what_another_choice_has_not_falls_back(real: Store) -> None:
    """An indicator of what was compared before; yuan where there are dollars alone; a least value where nothing is one."""
    customs = LINES.draw(real, {"of": "customs", "indicator": "hs_item.growth_pct", "currency": "CNY"})
    assert customs.result.frame["shown"].equals(LINES.draw(real, {"of": "customs"}).result.frame["shown"])
    assert LINES.draw(real, {"least": "1e10"}).headline == LINES.draw(real, {}).headline


@pytest.mark.parametrize(("flow", "title"), [("export", "exports"), ("import", "imports"), ("total", "trade")])
def test_a_title_names_the_flow_that_is_drawn(real: Store, flow: str, title: str) -> None:
    shown = LINES.draw(real, {"of": "partners", "indicator": "partner.value", "flow": flow})
    assert shown.headline.startswith(f"China's {title}, value in ")


def test_years_in_a_row_are_one_span_and_all_of_them_are_no_exception(real: Store) -> None:
    with running(RunContext("en", {}, real)):
        assert messages._in_runs(["2004", "2005", "2006", "2023"]) == "2004–2006, 2023"
    one = LINES.draw(real, {"of": "partners", "indicator": "partner.value"})
    assert "Open dots, 2021: partners' own reports, not comparable with the years before and after." in one.notes
    goods = LINES.draw(real, {"of": "goods", "flow": "import"})
    assert "All these figures come wholly or partly from the partners' reports." in goods.notes


def test_a_scaled_title_in_chinese_has_chinese_marks(real: Store) -> None:
    shown = LINES.draw(real, {"of": "partners", "scaled": "rank"}, "zh")
    assert "（在参与比较者中的位次）：" in shown.headline
    assert "," not in shown.headline


def test_an_economy_is_compared_with_the_present_members_of_a_group(real: Store) -> None:
    """The choice is of the group alone: an economy has no members, so its series is the same with it."""
    today = LINES.draw(real, {"of": "partners", "entities": "USA,eu", "members": "today"})
    dated = LINES.draw(real, {"of": "partners", "entities": "USA,eu"})
    values = [drawn.result.frame.set_index(["entity", "period"])["value"] for drawn in (today, dated)]
    assert values[0]["USA"].equals(values[1]["USA"])
    assert not values[0]["eu"].equals(values[1]["eu"])
    with pytest.raises(BadParameter, match="members"):
        LINES.draw(real, {"of": "partners", "entities": "USA,DEU", "members": "today"}, exact=True)
