"""Destinations: where does China sell and buy most, and for which economies is China the first destination?"""

from functools import partial

import streamlit as st

from trade.panels import destinations, market_filter, market_scope
from trade.panels.language import say
from trade.panels.queries import first_destinations
from trade.ui.core import filters, market_controls, market_filters, navigation
from trade.ui.core.chart_panel import show_panel
from trade.ui.destinations import first_destination_controls, ranking_table


def own() -> None:
    """China's markets: in order, on the map, who moved."""
    answered = partial(market_filters.draw, page="destinations", chart="ranking")
    scope = market_controls.bar(market_scope.HOME, "continent", more=answered)
    if filters.choices().opened("ranking") == "map" or filters.value("chart") == "map":
        filters.control("map")
    show_panel(
        destinations.ranking,
        pick=market_controls.mark,
        cue=say("cue.mark"),
        on_map=destinations.growth_map,
        table=ranking_table.draw,
    )

    st.header(say("pages.destinations.moved"), anchor=False)
    if not market_filter.compares(filters.choices()):
        market_controls.base_control(scope)
    show_panel(destinations.moved, pick=market_controls.mark, cue=say("cue.mark"))
    filters.span_control(scope.period, scope.params["freq"], scope.period)
    show_panel(destinations.bump, pick=market_controls.mark, cue=say("cue.mark"))


def world() -> None:
    """The world by first destination: the map, the counts over time, which economies were gained and lost."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first_destination_controls.draw()
    params = first_destinations.params_of(filters.choices())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        years = first_destinations.years(params)
        if len(years) > 1 and filters.control("play") == "no":
            filters.slider("year", years)
    if destinations.playing(filters.choices()):
        first_destination_controls.less_motion()
        show_panel(destinations.play)
    else:
        show_panel(destinations.firsts)

    st.header(say("pages.destinations.count"), anchor=False)
    show_panel(destinations.counts)

    st.header(say("pages.destinations.changes"), anchor=False)
    year = destinations.changes_year(filters.choices(), params)
    first_destination_controls.since_control(first_destinations.earlier_years(params, year))
    show_panel(destinations.changes)


navigation.ensure_app()
navigation.header("destinations")
if filters.control("side") == "own":
    own()
else:
    world()
