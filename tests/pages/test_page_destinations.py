"""The page on destinations, driven as a reader would: every control, links good and bad, what must be read."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from trade.measures import run
from trade.panels.fields import FIELDS
from trade.panels.registry import panels
from trade.store import Store

OWN = ["ranking", "moved", "bump"]
WORLD = ["firsts", "counts", "changes"]


@pytest.fixture
def app(real: Store) -> AppTest:
    """The dashboard before any page."""
    return opened()


@pytest.fixture
def destinations(app: AppTest) -> AppTest:
    """The page as a reader finds it first."""
    return page(app, "destinations")


# --- China's markets --------------------------------------------------------------------------------------------------


def test_the_first_view_ranks_chinas_markets(destinations: AppTest) -> None:
    sound(destinations)
    seen = text(destinations)
    assert "The United States was the largest of the markets of China's exports in 2025, with" in seen
    assert (
        "Hong Kong, China gained most (+328.2 billion yuan) and the United States lost most (−727.0 billion yuan)"
        in seen
    )
    assert "Vietnam climbed from rank 23 to 3" in seen
    assert len(destinations.get("plotly_chart")) == len(OWN)


def test_the_map_stands_in_place_of_the_ranking_and_a_link_may_name_it(app: AppTest) -> None:
    for link in ({"open": "ranking:map"}, {"chart": "map"}):
        page(app, "destinations", **link)
        sound(app)
        assert "203 of 245 markets bought more in 2025 than a year earlier, 42 bought less" in text(app)
        assert "The boundaries and names shown do not imply endorsement" in text(app)
        assert len(app.get("plotly_chart")) == len(OWN)
        assert app.segmented_control(key="scope_map").value == "amounts"


def test_the_table_holds_every_market_and_can_be_searched(app: AppTest, real: Store) -> None:
    destinations = page(app, "destinations", open="ranking:table")
    everyone = run(real, "rank", currency="CNY").frame
    assert len(destinations.dataframe[0].value) == (everyone["value"] > 0).sum()
    destinations.text_input(key="scope_find").set_value("germ").run()
    sound(destinations)
    assert list(destinations.dataframe[0].value["market"]) == ["DEU"]
    destinations.text_input(key="scope_find").set_value("nowhere").run()
    assert "No market has this" in text(destinations)


def test_filters_say_how_many_markets_fit_and_go_into_table_and_file(app: AppTest, real: Store) -> None:
    link = {"currency": "USD", "since": "2019", "ratio": "2", "least": "1e9", "sort": "ratio"}
    page(app, "destinations", open="ranking:table", **link)
    sound(app)
    values = run(real, "rank", currency="USD", first="2019", last="2025").frame
    now, then = (values[values["period"] == year].set_index("market")["value"] for year in ("2025", "2019"))
    now = now[now > 0]
    doubled = [
        market for market in now.index if now[market] >= 1e9 and now[market] >= 2 * then.get(market, float("inf"))
    ]
    table = app.dataframe[0].value
    assert set(table["market"]) == set(doubled)
    assert list(table["ratio"]) == sorted(table["ratio"], reverse=True)
    assert f"Of {len(now)} markets, {len(doubled)} at least doubled from 2019 to 2025" in text(app)
    drawn = panels()["destinations/ranking"].draw(real, link)
    assert list(drawn.result.frame["market"].sort_values()) == sorted(doubled)
    page(app, "destinations", currency="USD", ratio="5", least="1e11")
    assert "No market grew at least fivefold" in text(app)


@pytest.mark.parametrize("grew", FIELDS["grew"].options[1:])
def test_every_filter_by_growth(real: Store, grew: str) -> None:
    rates = panels()["destinations/ranking"].draw(real, {"grew": grew}).result.frame["rate_pct"]
    bound = float(grew.removeprefix("up").removeprefix("down") or 0)
    assert ((rates >= bound) if grew.startswith("up") else (rates <= -bound)).all()
    assert len(rates) > 5


@pytest.mark.parametrize("freq", FIELDS["freq"].options)
@pytest.mark.parametrize("currency", FIELDS["currency"].options)
@pytest.mark.parametrize("flow", FIELDS["flow"].options)
def test_every_flow_currency_and_frequency(app: AppTest, flow: str, currency: str, freq: str) -> None:
    page(app, "destinations", flow=flow, currency=currency, freq=freq)
    sound(app)
    assert len(app.get("plotly_chart")) == len(OWN)
    last = len(app.selectbox(key="scope_period").options) - 1
    app.selectbox(key="scope_period").select_index(last).run()
    sound(app)


@pytest.mark.parametrize("continent", FIELDS["continent"].options)
@pytest.mark.parametrize("kind", FIELDS["map"].options)
def test_every_continent_and_map(app: AppTest, continent: str, kind: str) -> None:
    page(app, "destinations", continent=continent, map=kind, open="ranking:map")
    sound(app)
    assert len(app.get("plotly_chart")) == len(OWN)


@pytest.mark.parametrize("span", FIELDS["span"].options)
def test_every_span_of_ranks(destinations: AppTest, span: str) -> None:
    choose(destinations, "span", span)
    sound(destinations)


@pytest.mark.parametrize("eu", FIELDS["eu"].options)
@pytest.mark.parametrize("hk", FIELDS["hk"].options)
@pytest.mark.parametrize("side", FIELDS["side"].options)
def test_every_definition_of_a_market(app: AppTest, side: str, eu: str, hk: str) -> None:
    page(app, "destinations", side=side, eu=eu, hk=hk)
    sound(app)
    if side == "own":
        first = {("one", "in"): "European Union", ("one", "out"): "European Union"}.get((eu, hk), "United States")
        assert f"The {first} was the largest of the markets of China's exports in 2025" in text(app)


def test_a_marked_market_stands_in_every_chart_and_has_a_way_to_its_sheet(app: AppTest) -> None:
    page(app, "destinations", partner="KAZ")
    sound(app)
    assert "Kazakhstan is number" in text(app)
    ranking, moved, bump = (json.loads(chart.proto.spec) for chart in app.get("plotly_chart"))
    assert any("Kazakhstan" in label for label in ranking["layout"]["yaxis"]["ticktext"])
    assert any("Kazakhstan" in label for label in moved["layout"]["yaxis"]["ticktext"])
    assert any("Kazakhstan" in note["text"] for note in bump["layout"]["annotations"])
    (way,) = [link for link in app.get("page_link") if "Kazakhstan" in link.proto.label]
    assert "partner=KAZ" in way.proto.query_string


def test_years_known_through_partners_reports_have_no_rank(destinations: AppTest) -> None:
    bump = json.loads(destinations.get("plotly_chart")[2].proto.spec)
    times = [time for trace in bump["data"] for time, rank in zip(trace["x"], _values(trace["y"]), strict=True) if rank]
    assert "2020-01-01" in times
    assert "2021-01-01" not in times
    assert "2022-01-01" in times, "China reported all partners"


def _values(data: object) -> list[float | None]:
    """A trace's numbers, however plotly wrote them."""
    if isinstance(data, dict):
        import base64

        import numpy as np

        numbers = np.frombuffer(base64.b64decode(data["bdata"]), dtype=data["dtype"])
        return [None if value != value else float(value) for value in numbers]
    return list(data)  # type: ignore[call-overload]


def test_controls_show_what_the_charts_use(app: AppTest, real: Store) -> None:
    link = {"freq": "M", "period": "2025", "since": "2020"}
    page(app, "destinations", **link)
    assert app.selectbox(key="scope_period").value == "2025-12"
    drawn = panels()["destinations/moved"].draw(real, link)
    assert drawn.headline.startswith("From December 2024 to December 2025")
    assert drawn.headline in text(app)


# --- whose first destination is China ---------------------------------------------------------------------------------


def test_the_world_view_counts_first_destinations(destinations: AppTest, real: Store) -> None:
    choose(destinations, "side", "world")
    sound(destinations)
    seen = text(destinations)
    counts = run(real, "first_destinations", partner="CHN").frame.set_index("period")["economies"]
    assert f"2023: China is the first destination of {counts['2023']} economies" in seen
    assert f"{counts['2010']} became {counts['2023']}" in seen
    assert "The table of 2023 covers 226 economies, with 100% of the world's exports" in seen
    assert "Sources are never joined in one line" in seen
    assert len(destinations.get("plotly_chart")) == len(WORLD)


def test_the_lists_name_who_came_and_who_left(destinations: AppTest, real: Store) -> None:
    choose(destinations, "side", "world")
    (alt,) = [chart.proto.alt for chart in destinations.get("plotly_chart") if "Gained:" in chart.proto.alt]
    rows = run(real, "first_destination_changes", first=2010, last=2023).frame
    came, _, left = alt.partition("Lost:")
    for row in rows.itertuples():
        assert row.name_en in (came if row.change in ("gained", "entered") else left)


@pytest.mark.parametrize("top", FIELDS["top"].options)
@pytest.mark.parametrize("flow", FIELDS["flow"].options)
@pytest.mark.parametrize("dataset", FIELDS["dataset"].options)
def test_every_dataset_place_and_flow(app: AppTest, dataset: str, top: str, flow: str) -> None:
    page(app, "destinations", side="world", dataset=dataset, top=top, flow=flow, eu="one")
    sound(app)
    # the IMF's snapshot has no year before to be compared with
    assert len(app.get("plotly_chart")) == len(WORLD) - (dataset == "imf")
    for slider in [control for control in app.select_slider if control.key == "scope_year"]:
        slider.set_value(slider.options[0]).run()
        sound(app)


@pytest.mark.parametrize("year", ["1962", "1990", "1999", "2000", "2020", "2021", "2050"])
def test_every_kind_of_year(app: AppTest, year: str) -> None:
    page(app, "destinations", side="world", year=year)
    sound(app)
    years = app.select_slider(key="scope_year").options
    assert app.select_slider(key="scope_year").value == (year if year in years else years[-1])


def test_the_first_year_of_all_has_nothing_to_compare_with(app: AppTest) -> None:
    page(app, "destinations", side="world", year="1962")
    assert "There is no growth" not in text(app)
    assert "1962 is the first period in the table" in text(app)


@pytest.mark.parametrize("link", [{}, {"year": "1950", "since": "2050"}, {"year": "2005"}, {"play": "yes"}])
def test_the_years_of_the_controls_are_those_of_the_charts(app: AppTest, real: Store, link: dict[str, str]) -> None:
    page(app, "destinations", side="world", **link)
    since = app.selectbox(key="scope_since").value
    year = "2023" if "play" in link else app.select_slider(key="scope_year").value
    drawn = panels()["destinations/changes"].draw(real, link)
    assert drawn.headline.startswith(f"From {since} to {year}")
    assert drawn.headline in text(app)


def test_the_animation_counts_first_places_whatever_the_rank(app: AppTest) -> None:
    page(app, "destinations", side="world", play="yes", top="3")
    assert "with China as first export destination rose from 4 to 44" in text(app)


@pytest.mark.parametrize("flow", FIELDS["flow"].options)
@pytest.mark.parametrize("eu", FIELDS["eu"].options)
def test_all_years_can_be_played_and_stay_light(app: AppTest, eu: str, flow: str) -> None:
    page(app, "destinations", side="world", play="yes", eu=eu, flow=flow)
    sound(app)
    spec = app.get("plotly_chart")[0].proto.spec
    figure = json.loads(spec)
    assert len(spec) < 600_000
    assert [frame["name"] for frame in figure["frames"]][::59] == ["1962", "2023"]
    assert len({len(frame["data"][0]["z"]) for frame in figure["frames"]}) == 1
    assert figure["layout"]["sliders"][0]["steps"][0]["args"][1]["transition"]["duration"] == 0
    assert "prefers-reduced-motion" in " ".join(one.proto.body for one in app.get("html"))


def test_datasets_stand_in_panels_of_their_own(destinations: AppTest) -> None:
    choose(destinations, "side", "world")
    counts = json.loads(destinations.get("plotly_chart")[1].proto.spec)
    axes = [trace.get("yaxis", "y") for trace in counts["data"]]
    assert sorted(axes) == [*("y", "y", "y2", "y2", "y3", "y3", "y4", "y4"), *["y5"] * 4], "y5: economies in each table"
    ranges = [counts["layout"][axis]["range"] for axis in ("yaxis", "yaxis2", "yaxis3", "yaxis4")]
    assert all(other == ranges[0] for other in ranges)
