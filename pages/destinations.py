"""Destinations: where does China sell and buy most, and for which economies is China the first destination?"""

import streamlit as st

from trade.charts import counts, ranking, spatial
from trade.ui import firsts, league, markets, navigation, scope
from trade.ui import messages_destinations as messages
from trade.ui.errors import calm
from trade.ui.frame import show
from trade.ui.language import say

KEEP_RANKS, KEEP_CHANGES = 12, 24


def own() -> None:
    """China's markets: in order, on the map, who moved."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = markets.ask()
    held = markets.periods(asked)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        period, continent = scope.period_control(held), scope.control("continent")
        partner = markets.mark_control(asked, period)
        markets.sheet_link(partner)
    markets.tell_limits(asked)
    when = held[period]
    with calm():
        shown = markets.ranked(asked, period, continent)
        message, about = messages.ranking(shown, partner, continent), markets.about(shown, asked, when, "ranking")
        show(shown, ranking.bars, message, key="ranking", chosen=partner, about=about, pick=markets.mark)
        league.draw(shown, message.headline)
        message, notes = messages.growth_map(shown), messages.map_notes(shown)
        amounts = scope.control("map") == "amounts"
        chart, what = (spatial.amounts, "map") if amounts else (spatial.rates, "map_rates")
        about = markets.about(shown, asked, when, what)
        show(shown, chart, message, key="map", chosen=partner, about=about, notes=notes, pick=markets.mark)

    st.header(say("pages.destinations.moved"), anchor=False)
    with calm():
        base = markets.base_control(held, period)
        shown = markets.changes(asked, period, base, continent)
        message, about = messages.moved(shown), markets.about(shown, asked, f"{held[base]} – {when}", "moved")
        show(shown, ranking.dumbbell, message, key="moved", chosen=partner, about=about, pick=markets.mark)
    with calm():
        first = scope.span_control(period, asked["freq"], period)
        shown = markets.ranks(asked, first, period, continent)
        notes = [say("markets.by_dollars")] if asked["freq"] == "A" else []
        message, about = messages.bump(shown, KEEP_RANKS), markets.about(shown, asked, markets.span(shown), "bump")
        show(
            shown, ranking.bump, message, key="bump", chosen=partner, notes=notes, about=about, pick=markets.mark,
            keep=KEEP_RANKS,
        )  # fmt: skip


def world() -> None:
    """The world by first destination: the map, the counts over time, who came and who left."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = firsts.ask()
    held, top = firsts.years(asked), int(asked["top"])
    china, us = (firsts.counts(asked, partner) for partner in firsts.SIDES)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        playing = scope.control("play") == "yes"
        year = held[-1] if playing else firsts.year_control(held)
    with calm():
        shown = firsts.listed(asked, year)
        message, notes = messages.first_map(shown, china, us, top), messages.coverage_notes(shown, china)
        about = firsts.about(asked, year)
        if playing:
            firsts.calm_motion()
            years = firsts.history(asked, held)
            notes = [*messages.played_notes(years, china), *notes]
            about = firsts.about(asked, firsts.span(held))
            message = messages.played(years, china, us)
            show(years, spatial.first_destinations_by_year, message, key="play", notes=notes, about=about)
        elif top > 1:
            options = {"partner": firsts.SIDES[0], "top": top}
            show(shown, spatial.places, message, key="firsts", notes=notes, about=about, **options)
        else:
            show(shown, spatial.first_destinations, message, key="firsts", notes=notes, about=about)

    st.header(say("pages.destinations.count"), anchor=False)
    with calm():
        shown = firsts.both(asked)
        notes = messages.counted_notes(firsts.thin_years(asked))
        about = firsts.about(asked, firsts.span(sorted(set(shown.frame["period"]))))
        message = messages.counted(shown)
        show(shown, counts.counts, message, key="counts", notes=notes, about=about, partners=firsts.SIDES)

    st.header(say("pages.destinations.changes"), anchor=False)
    with calm():
        since = firsts.since_control(held, year)
        shown = firsts.changes(asked, since, year)
        notes = messages.changes_notes(shown, KEEP_CHANGES)
        about = firsts.about(asked, f"{since} – {year}")
        show(
            shown, counts.changes, messages.changes(shown, china), key="changes", notes=notes, about=about,
            keep=KEEP_CHANGES,
        )  # fmt: skip


navigation.stand()
navigation.header("destinations")
if scope.control("side") == "own":
    own()
else:
    world()
