"""Destinations: where does China sell and buy most, and for which economies is China the first destination?

`ranking`, `growth_map`, `moved` and `bump` are about China's own markets; `firsts`, `play`, `counts` and `changes`
about the first destinations of all economies.
"""

from __future__ import annotations

from dataclasses import replace

from trade.charts import first_destinations as first_charts
from trade.charts import maps
from trade.charts import ranking as rank_charts
from trade.errors import NoRows
from trade.measures import Result, comparability
from trade.panels import market_filter, market_scope, queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.language import lang, say
from trade.panels.market_scope import HOME, Params
from trade.panels.messages import destinations as messages
from trade.panels.messages.diversification import margins_note
from trade.panels.panel import Content, panel
from trade.panels.queries import first_destinations
from trade.text import formats

MOST_RANKS = 12
"""Markets whose ranks are drawn over time."""
MOST_CHANGES = 24
"""Economies of each kind that are drawn among those gained and lost."""
OWN = (*market_scope.SCOPE, "continent", "partner")
RANKED = (*OWN, *market_filter.FIELDS_READ)
MAPPED = (*market_scope.SCOPE, "continent", *market_filter.FIELDS_READ)
"""The fields that panels about China's markets read; a map highlights no partner."""

# --- China's markets --------------------------------------------------------------------------------------------------


@panel("destinations", "ranking", measure="rank", choices=RANKED)
def ranking(choices: Choices) -> Content:
    """The markets that fit, in order, with share and growth."""
    scope = market_scope.scope_of(choices)
    shown, filtered, notes = market_filter.selected(choices, scope)
    chosen = market_scope.marked(choices, scope)
    about = market_scope.about(shown, scope.params, scope.when, "ranking")
    message, place = (
        filtered or messages.ranking(shown, chosen, market_scope.place(choices)),
        market_scope.place(choices),
    )
    options = {"by": market_filter.ORDERS[choices.pick("sort")]}
    limited = place if filtered else ""
    return Content(shown, rank_charts.bars, message, about, notes, chosen, options, limited)


@panel("destinations", "map", measure="rank", choices=(*MAPPED, "map"))
def growth_map(choices: Choices) -> Content:
    """The markets that fit on a map, by amount and growth or by growth alone; on one continent the map fits to it."""
    scope = market_scope.scope_of(choices)
    shown, filtered, unknown = market_filter.selected(choices, scope)
    amounts = choices.pick("map") == "amounts"
    chart, what = (maps.amounts, "map") if amounts else (maps.rates, "map_rates")
    about = market_scope.about(shown, scope.params, scope.when, what)
    notes = (*unknown, *messages.map_notes(shown))
    message, options = filtered or messages.growth_map(shown), {"continent": choices.pick("continent")}
    return Content(shown, chart, message, about, notes, options=options, limited_to=market_scope.place(choices))


@panel("destinations", "moved", measure="margins", choices=(*OWN, *market_filter.NARROWING, "since"))
def moved(choices: Choices) -> Content:
    """The markets whose value changed most between two periods."""
    scope = market_scope.scope_of(choices)
    base = market_scope.base(choices, scope)
    shown = changed(scope.params, scope.period, base, choices.pick("continent"))
    about = market_scope.unfiltered(choices, market_scope.about(shown, scope.params, scope.since(base), "moved"))
    chosen = market_scope.marked(choices, scope)
    place, notes = market_scope.place(choices), (*market_scope.other_base(choices, scope), margins_note(shown))
    return Content(shown, rank_charts.dumbbell, messages.moved(shown), about, notes, chosen, limited_to=place)


@panel("destinations", "bump", measure="rank", choices=(*OWN, *market_filter.NARROWING, "span"))
def bump(choices: Choices) -> Content:
    """The ranks of the largest markets over time."""
    scope = market_scope.scope_of(choices)
    first = choices.first(scope.period, scope.params["freq"], scope.period)
    shown = ranks(scope.params, first, scope.period, choices.pick("continent"))
    about = market_scope.unfiltered(choices, market_scope.about(shown, scope.params, market_scope.span(shown), "bump"))
    notes = (say("markets.by_dollars"),) if scope.params["freq"] == "A" else ()
    message = messages.bump(shown, MOST_RANKS)
    chosen = market_scope.marked(choices, scope)
    options, place = {"keep": MOST_RANKS}, market_scope.place(choices)
    return Content(shown, rank_charts.bump, message, about, notes, chosen, options, place)


@cached_per_store
def changed(params: Params, period: str, base: str, continent: str) -> Result:
    """Every market with its value in two periods.

    Raises:
        NoRows: no market has two figures that compare.
    """
    result = queries.measure("margins", by="market", period=period, base=base, **params)
    return market_scope.compared(market_scope.on_continent(market_scope.placed(result), continent, period), "change")


@cached_per_store
def ranks(params: Params, first: str | None, period: str, continent: str) -> Result:
    """Ranks from `first` on, among all markets or those of a continent; by year from the dollar table.

    Periods whose values are partly the partners' own reports are left out: their ranks are not comparable.
    """
    long = market_scope.long_params(params)
    within = {} if continent == "all" else {"continent": continent}
    start = first or queries.measure("concentration_ratio", **long).frame["period"].iloc[0]
    result = queries.measure("rank", first=start, last=period, **long, **within)
    if params["reporter"] != HOME:
        return result
    is_comparable = result.frame["period"].isin(comparability.comparable_periods(result.frame))
    return replace(result, frame=result.frame[is_comparable].reset_index(drop=True))


# --- first destinations of all economies ------------------------------------------------------------------------------


@panel("destinations", "firsts", measure="first_destination_list", choices=(*first_destinations.SCOPE, "year"))
def firsts(choices: Choices) -> Content:
    """The economies by first destination, or by whether China is among their first two or three, in one year."""
    params = first_destinations.params_of(choices)
    year = first_destinations.year_of(choices, params)
    shown = first_destinations.listed(params, year)
    top = int(params["top"])
    china, us = (first_destinations.counts(params, partner) for partner in first_destinations.SIDES)
    chart, options = (maps.places, {"partner": "CHN", "top": top}) if top > 1 else (maps.first_destinations, {})
    message = messages.first_map(shown, china, us, top)
    about = first_destinations.about(params, first_destinations.when(params, year))
    return Content(shown, chart, message, about, tuple(messages.coverage_notes(shown, china)), options=options)


@panel("destinations", "play", measure="first_destination_history", choices=first_destinations.TABLE)
def play(choices: Choices) -> Content:
    """The economies by first destination in every year, to be played; always by first place."""
    table = first_destinations.table_of(choices)
    params = table | {"top": 1}
    years = first_destinations.years(params)
    shown = first_destinations.history(table)
    china, us = (first_destinations.counts(params, partner) for partner in first_destinations.SIDES)
    newest = first_destinations.listed(params, years[-1])
    notes = (*messages.played_notes(shown, china), *messages.coverage_notes(newest, china))
    about = first_destinations.about(params, first_destinations.span(years))
    return Content(shown, maps.first_destinations_by_year, messages.played(shown, china, us), about, notes)


@panel("destinations", "counts", measure="first_destinations", choices=first_destinations.SCOPE)
def counts(choices: Choices) -> Content:
    """In how many economies China and the United States come first, over time."""
    params = first_destinations.params_of(choices)
    shown = first_destinations.both(params)
    about = first_destinations.about(params, first_destinations.span(sorted(set(shown.frame["period"]))))
    notes = tuple(messages.counted_notes(first_destinations.thin_years(params)))
    options = {"partners": first_destinations.SIDES}
    return Content(shown, first_charts.counts, messages.counted(shown), about, notes, options=options)


@panel(
    "destinations",
    "changes",
    measure="first_destination_changes",
    choices=(*first_destinations.SCOPE, "year", "play", "since"),
)
def changes(choices: Choices) -> Content:
    """The economies that China gained and lost as first destination between two years.

    Raises:
        NoRows: there are none.
    """
    params = first_destinations.params_of(choices)
    year = changes_year(choices, params)
    since = first_destinations.since_of(choices, params, year)
    try:
        shown = first_destinations.changes(params, since, year)
    except NoRows as none:
        raise NoRows(messages.unchanged(first_destinations.counts(params, "CHN"), since, year)) from none
    message = messages.changes(shown, first_destinations.counts(params, "CHN"))
    about = first_destinations.about(params, formats.span(since, year, "A", lang()))
    notes = tuple(messages.changes_notes(shown, first_destinations.counts(params, "CHN"), MOST_CHANGES))
    return Content(shown, first_charts.changes, message, about, notes, options={"keep": MOST_CHANGES})


def playing(choices: Choices) -> bool:
    """Whether all years are shown, to be played, instead of one; one reading cannot be played."""
    return choices.pick("play") == "yes" and choices.pick("dataset") != first_destinations.MIXED


def changes_year(choices: Choices, params: first_destinations.Params) -> str:
    """The year up to which changes are counted: the one in focus; the newest while all years are played."""
    if playing(choices):
        return first_destinations.years(params)[-1]
    return first_destinations.year_of(choices, params)
