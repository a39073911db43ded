"""Explore: every measure in every view, parameters as controls, pivots, SQL through the guard."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from trade.errors import BadParameter
from trade.measures import catalog, pivot, run
from trade.panels import measure_headline, measure_url
from trade.panels.fields import FIELDS
from trade.store import Store
from trade.store.sandbox import examples


@pytest.fixture
def app(real: Store) -> AppTest:
    """The dashboard before any page."""
    return opened()


@pytest.fixture
def explore(app: AppTest) -> AppTest:
    """The page as a reader finds it first."""
    return page(app, "explore")


VIEWS = ({"form": "bars"}, {"form": "dots"}, {"view": "table"}, {"view": "pivot", "how": "count"})


@pytest.mark.parametrize(("number", "measure"), list(enumerate(sorted(catalog()))))
def test_every_measure_is_drawn_and_in_turn_shown_in_another_view(app: AppTest, number: int, measure: str) -> None:
    for link in ({}, VIEWS[number % len(VIEWS)]):
        page(app, "explore", measure=measure, **link)
        sound(app)


def test_controls_follow_from_what_the_measure_declares(app: AppTest) -> None:
    page(app, "explore", measure="bloc", ask="group=africa", flow="total")
    sound(app)
    assert "China's trade with Africa rose by 18.4% in 2025" in text(app)
    keys = {one.key for one in (*app.selectbox, *app.get("segmented_control"))}
    assert {"ask_bloc_group", "ask_bloc_flow", "ask_bloc_currency", "ask_bloc_freq"} <= keys
    (group,) = [one for one in app.selectbox if one.key == "ask_bloc_group"]
    group.set_value("eu").run()
    assert app.query_params["ask"] == "group=eu"
    assert "European Union" in text(app)


def test_flow_currency_and_partner_are_those_of_all_pages(app: AppTest) -> None:
    page(app, "partner", partner="DEU", currency="USD")
    page(app, "explore", measure="partner", partner="DEU", currency="USD")
    assert "exports to Germany" in text(app)
    (partner,) = [one for one in app.selectbox if one.key == "ask_partner_partner"]
    partner.set_value("VNM").run()
    assert app.query_params["partner"] == "VNM"


def test_a_parameter_that_the_measure_does_not_have_is_told(app: AppTest) -> None:
    page(app, "explore", measure="growth", ask="colour=red")
    sound(app)
    assert any("no parameter colour" in one.value for one in app.warning)


def test_a_value_outside_its_domain_is_told(app: AppTest) -> None:
    page(app, "explore", measure="growth", ask="first=yesterday")
    assert not app.exception
    assert any("must be a year" in one.value for one in app.error)


def test_only_the_names_that_the_reader_keeps_are_drawn(app: AppTest) -> None:
    page(app, "explore", measure="contribution", form="bars", keep="Africa|Europe")
    sound(app)
    (chart,) = app.get("plotly_chart")
    assert "Africa" in chart.proto.spec
    assert "Oceania" not in chart.proto.spec


def test_months_can_stand_by_year(app: AppTest) -> None:
    page(app, "explore", measure="growth", freq="M", currency="USD", view="pivot")
    sound(app)
    table = app.dataframe[0].value
    assert list(table.columns) == ["year", *(f"{month:02d}" for month in range(1, 13))]


def test_rates_are_never_added_up(app: AppTest) -> None:
    page(app, "explore", measure="bloc", view="pivot", cell="growth_pct", ask="first=2020")
    ways = [one for one in app.get("segmented_control") if one.key == "scope_how"]
    assert not ways or "Sum" not in ways[0].options


def test_a_pivot_refuses_what_it_would_have_to_guess() -> None:
    rows = pd.DataFrame({"a": ["x", "x", "y"], "b": ["u", "u", "v"], "n": [1.0, 2.0, 3.0]})
    with pytest.raises(BadParameter, match="several values"):
        pivot.pivot(rows, "a", "b", "n", "value")
    added = pivot.pivot(rows, "a", "b", "n", "sum").set_index("a")
    assert added.loc["x", "u"] == 3
    assert pd.isna(added.loc["x", "v"]), "missing is not zero"
    with pytest.raises(BadParameter, match="two different columns"):
        pivot.pivot(rows, "a", "a", "n", "sum")


# --- SQL --------------------------------------------------------------------------------------------------------------


def pressed(app: AppTest, label: str) -> None:
    """Click the button that bears this label."""
    next(one for one in app.button if one.label == label).click().run()


def test_a_query_shows_its_rows_and_the_version_of_the_store(app: AppTest, real: Store) -> None:
    page(app, "explore", mode="sql")
    sound(app)
    app.text_area[0].set_value("SELECT 41 + 1 AS answer")
    pressed(app, "Run")
    assert not app.exception
    assert app.dataframe[0].value["answer"].tolist() == [42]
    assert real.version in text(app)


@pytest.mark.parametrize("sql", ["DROP TABLE total_trade", "SELECT * FROM read_csv('/etc/passwd')", "SELEC 1", ";"])
def test_a_query_that_may_not_run_gives_a_sentence(app: AppTest, sql: str) -> None:
    page(app, "explore", mode="sql")
    app.text_area[0].set_value(sql)
    pressed(app, "Run")
    assert not app.exception
    assert len(app.error) == 1


def test_examples_go_into_the_box(app: AppTest) -> None:
    page(app, "explore", mode="sql")
    title, sql = examples()[3]
    next(one for one in app.selectbox if one.key == "example").set_value(title).run()
    next(one for one in app.button if one.key == "take_example").click().run()
    assert app.text_area[0].value == sql


def test_every_table_of_the_store_can_be_browsed(app: AppTest) -> None:
    page(app, "explore", mode="sql")
    (tables,) = [one for one in app.selectbox if one.key == "sql_table"]
    for table in tables.options:
        next(one for one in app.selectbox if one.key == "sql_table").set_value(table).run()
        assert not app.exception
        assert app.dataframe[-1].value["comment"].notna().all()


def test_the_query_behind_a_measure_opens_in_sql(app: AppTest) -> None:
    page(app, "explore", measure="fx_effect")
    next(one for one in app.button if one.key == "to_sql").click().run()
    assert app.query_params["mode"] == "sql"
    assert "fx" in app.text_area[0].value


# --- sentences --------------------------------------------------------------------------------------------------------


def test_a_link_of_a_sentence_opens_its_chart(app: AppTest, real: Store) -> None:
    result = run(real, "contribution", by="continent", flow="import", period="2025", currency="CNY")
    (link, *_) = re.findall(r"\]\(explore\?([^)]+)\)", measure_headline.linked(result))
    page(app, "explore", **{name: code for name, (code,) in parse_qs(link).items()})
    sound(app)
    assert measure_headline.measure_message(result).headline in text(app)


# --- links ------------------------------------------------------------------------------------------------------------

names = some.from_regex(r"\A[a-z][a-z_]{0,12}\Z")
values = some.from_regex(r"\A[A-Za-z0-9-]{1,12}\Z")


@given(some.dictionaries(names, values, min_size=1, max_size=8))
def test_parameters_survive_their_own_code(params: dict[str, str]) -> None:
    code = measure_url.written(params)
    assert measure_url.parse(code) == params
    assert FIELDS["ask"].accepts(code)


@pytest.mark.parametrize(
    "link", [{"measure": "luck"}, {"ask": "x"}, {"y": "9"}, {"view": "cube"}, {"keep": "Atlantis"}]
)
def test_links_that_are_not_understood_draw_a_page(app: AppTest, link: dict[str, str]) -> None:
    page(app, "explore", **link)
    sound(app)
    assert len(app.get("plotly_chart")) == 1


def test_every_shared_choice_is_a_field() -> None:
    assert set(measure_url.SHARED) <= set(FIELDS)


def test_the_view_is_a_control(explore: AppTest) -> None:
    for view in FIELDS["view"].options:
        choose(explore, "view", view)
        assert not explore.exception
