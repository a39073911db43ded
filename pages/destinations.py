"""Destinations: where does China sell and buy most, and for which economies is China the first destination?"""

import streamlit as st

from trade.charts import first_destinations, maps, ranking
from trade.panels import markets
from trade.panels.language import say
from trade.panels.messages import destinations as messages
from trade.ui.core import filters, market_controls, navigation
from trade.ui.core.chart_panel import show
from trade.ui.core.errors import show_errors
from trade.ui.destinations import first_destination_options, ranking_table

KEEP_RANKS, KEEP_CHANGES = 12, 24


def own() -> None:
    """China's markets: in order, on the map, who moved."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = market_controls.draw()
    held = markets.periods(asked)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        period, continent = filters.period_control(held), filters.control("continent")
        partner = market_controls.mark_control(asked, period)
        market_controls.sheet_link(partner)
    market_controls.tell_limits(asked)
    when = held[period]
    with show_errors():
        shown = markets.ranked(asked, period, continent)
        message, about = messages.ranking(shown, partner, continent), markets.about(shown, asked, when, "ranking")
        show(shown, ranking.bars, message, key="ranking", chosen=partner, about=about, pick=market_controls.mark)
        ranking_table.draw(shown, message.headline)
        message, notes = messages.growth_map(shown), messages.map_notes(shown)
        amounts = filters.control("map") == "amounts"
        chart, what = (maps.amounts, "map") if amounts else (maps.rates, "map_rates")
        about = markets.about(shown, asked, when, what)
        show(shown, chart, message, key="map", chosen=partner, about=about, notes=notes, pick=market_controls.mark)

    st.header(say("pages.destinations.moved"), anchor=False)
    with show_errors():
        base = market_controls.base_control(held, period)
        shown = markets.changes(asked, period, base, continent)
        message, about = messages.moved(shown), markets.about(shown, asked, f"{held[base]} – {when}", "moved")
        show(shown, ranking.dumbbell, message, key="moved", chosen=partner, about=about, pick=market_controls.mark)
    with show_errors():
        first = filters.span_control(period, asked["freq"], period)
        shown = markets.ranks(asked, first, period, continent)
        notes = [say("markets.by_dollars")] if asked["freq"] == "A" else []
        message, about = messages.bump(shown, KEEP_RANKS), markets.about(shown, asked, markets.span(shown), "bump")
        show(
            shown, ranking.bump, message, key="bump", chosen=partner, notes=notes, about=about,
            pick=market_controls.mark, keep=KEEP_RANKS,
        )  # fmt: skip


def world() -> None:
    """The world by first destination: the map, the counts over time, who came and who left."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = first_destination_options.ask()
    held, top = first_destination_options.years(asked), int(asked["top"])
    china, us = (first_destination_options.counts(asked, partner) for partner in first_destination_options.SIDES)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        playing = filters.control("play") == "yes"
        year = held[-1] if playing else first_destination_options.year_control(held)
    with show_errors():
        shown = first_destination_options.listed(asked, year)
        message, notes = messages.first_map(shown, china, us, top), messages.coverage_notes(shown, china)
        about = first_destination_options.about(asked, year)
        if playing:
            first_destination_options.calm_motion()
            years = first_destination_options.history(asked, held)
            notes = [*messages.played_notes(years, china), *notes]
            about = first_destination_options.about(asked, first_destination_options.span(held))
            message = messages.played(years, china, us)
            show(years, maps.first_destinations_by_year, message, key="play", notes=notes, about=about)
        elif top > 1:
            options = {"partner": first_destination_options.SIDES[0], "top": top}
            show(shown, maps.places, message, key="firsts", notes=notes, about=about, **options)
        else:
            show(shown, maps.first_destinations, message, key="firsts", notes=notes, about=about)

    st.header(say("pages.destinations.count"), anchor=False)
    with show_errors():
        shown = first_destination_options.both(asked)
        notes = messages.counted_notes(first_destination_options.thin_years(asked))
        span = first_destination_options.span(sorted(set(shown.frame["period"])))
        about = first_destination_options.about(asked, span)
        message = messages.counted(shown)
        show(
            shown,
            first_destinations.counts,
            message,
            key="counts",
            notes=notes,
            about=about,
            partners=first_destination_options.SIDES,
        )

    st.header(say("pages.destinations.changes"), anchor=False)
    with show_errors():
        since = first_destination_options.since_control(held, year)
        shown = first_destination_options.changes(asked, since, year)
        notes = messages.changes_notes(shown, KEEP_CHANGES)
        about = first_destination_options.about(asked, f"{since} – {year}")
        show(
            shown, first_destinations.changes, messages.changes(shown, china), key="changes", notes=notes, about=about,
            keep=KEEP_CHANGES,
        )  # fmt: skip


navigation.ensure_app()
navigation.header("destinations")
if filters.control("side") == "own":
    own()
else:
    world()
