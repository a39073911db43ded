"""Diversification: how widely is trade spread over markets, where is it growing, how much depends on one market?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

import pandas as pd

from trade.charts import beeswarm, concentration, ranking
from trade.errors import NoRows
from trade.measures import Result
from trade.panels import market_filter, market_scope, queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.language import lang, say
from trade.panels.market_scope import HOME, Params, Scope
from trade.panels.messages import diversification as messages
from trade.panels.panel import Content, panel
from trade.text import formats

SCOPE = ("reporter", *market_scope.SCOPE)
OF_ALL = (*SCOPE, "continent", *market_filter.NARROWING)
"""The fields of charts that have all markets, and say so where others leave some out."""
DECADE = 10
PERCENT = (0.0, 100.0)
"""Limits of a fall and of the share of it that is sold elsewhere."""
_GAUGES = {
    "effective": ("effective_markets", "effective_markets"),
    "cr5": ("concentration_ratio", "share_pct"),
    "hhi": ("hhi", "hhi"),
    "theil": ("theil", "theil"),
    "active": ("active_markets", "active_markets"),
}
"""Measure and column of each gauge."""


def reporter(choices: Choices) -> str:
    """The economy whose markets are meant."""
    return choices.pick("reporter", reporters())


@cached_per_store
def reporters() -> dict[str, str]:
    """Every economy whose exports the world matrix has, with its name, China first."""
    frame = queries.measure("economies").frame
    frame = frame[(frame["exports_years"] > 0) & (frame["kind"] != "historical")]
    names = dict(zip(frame["economy"], frame[f"name_{lang()}"], strict=True))
    return {code: names[code] for code in sorted(names, key=lambda code: (code != HOME, names[code]))}


def scope_of(choices: Choices) -> Scope:
    """The markets of the economy chosen and the period in force."""
    return market_scope.scope_of(choices, reporter(choices))


def _of_all(choices: Choices, about: str) -> str:
    """The line under a headline, which says so where a continent is chosen and the chart shows all markets."""
    text = about if choices.pick("continent") == "all" else f"{about} · {say('markets.all_continents')}"
    return market_scope.unfiltered(choices, text)


@panel("diversification", "gauge", measure="effective_markets", choices=(*OF_ALL, "gauge", "above"))
def gauge(choices: Choices) -> Content:
    """The gauge chosen, over all periods."""
    scope = scope_of(choices)
    name = choices.pick("gauge")
    shown = gauged(scope.params, name, choices.pick("above") if name == "active" else "0")
    about = _of_all(choices, market_scope.about(shown, scope.params, market_scope.span(shown)))
    if name == "active":
        notes: tuple[str, ...] = (say("diversify.active_note"),) if scope.params["reporter"] == HOME else ()
        return Content(shown, concentration.active, messages.active(shown, scope.period), about, notes)
    notes = tuple(messages.gauge_notes(shown, compared=shown.frame["reporter"].nunique() > 1))
    if name == "theil":
        return Content(shown, concentration.theil, messages.theil(shown, scope.period), about, notes)
    column = _GAUGES[name][1]
    message = messages.gauge(shown, column, scope.period)
    return Content(shown, concentration.gauge, message, about, notes, options={"column": column})


@panel("diversification", "growing", measure="growing_markets", choices=(*SCOPE, *market_filter.NARROWING))
def growing(choices: Choices) -> Content:
    """On each continent, the share of the markets that grew."""
    scope = scope_of(choices)
    if scope.params["dataset"] == "matrix" and market_scope.years_before(scope.period, 1) not in scope.periods:
        _no_growth(scope.period, scope.periods)
    counted = queries.measure("growing_markets", first=scope.period, last=scope.period, **scope.params)
    shown = market_scope.compared(counted, "growing")
    about = market_scope.unfiltered(choices, market_scope.about(shown, scope.params, scope.when))
    notes = tuple(messages.growing_notes(shown))
    return Content(shown, concentration.growing, messages.growing(shown), about, notes)


@panel("diversification", "swarm", measure="rank", choices=(*SCOPE, "continent", *market_filter.FIELDS_READ, "partner"))
def swarm(choices: Choices) -> Content:
    """The growth of every market that fits."""
    scope = scope_of(choices)
    continent = choices.pick("continent")
    grown(scope.params, scope.period, continent, scope.periods)
    shown, filtered, unknown = market_filter.selected(choices, scope)
    about = market_scope.about(shown, scope.params, scope.when, "swarm")
    notes = (*unknown, *messages.swarm_notes(shown, continent))
    chosen = market_scope.marked(choices, scope)
    whole = whole_growth(scope.params, scope.period)
    options, place = {"whole": whole}, market_scope.place(choices)
    return Content(shown, beeswarm.swarm, filtered or messages.swarm(shown), about, notes, chosen, options, place)


@panel("diversification", "lorenz", measure="lorenz", choices=OF_ALL)
def lorenz(choices: Choices) -> Content:
    """The Lorenz curve of the markets, now and earlier."""
    scope = scope_of(choices)
    shown, before = curves(scope.params, scope.period)
    gini = gini_coefficient(scope.params, scope.period)
    message = messages.lorenz(shown, before, gini)
    about = _of_all(choices, market_scope.about(shown, scope.params, scope.when))
    notes = (messages.gini_note(shown, gini),)
    return Content(shown, concentration.lorenz, message, about, notes, options={"before": before})


@panel("diversification", "margins", measure="margins", choices=(*OF_ALL, "since"))
def margins(choices: Choices) -> Content:
    """What new, lost and continuing markets contributed to the change."""
    scope = scope_of(choices)
    base = market_scope.base(choices, scope)
    shown = market_scope.compared(
        queries.measure("margins", period=scope.period, base=base, **scope.params), "contribution_pp"
    )
    about = _of_all(choices, market_scope.about(shown, scope.params, scope.since(base), "margins"))
    notes = (messages.margins_note(shown),)
    return Content(shown, concentration.margins, messages.margins(shown), about, notes)


@panel("diversification", "fall", measure="market_fall", choices=(*OF_ALL, "partner", "fall", "elsewhere"))
def fall(choices: Choices) -> Content:
    """What a fall in each market would take from the total."""
    scope = scope_of(choices)
    percent, elsewhere = (choices.number(name, *PERCENT) for name in ("fall", "elsewhere"))
    shown = queries.measure("market_fall", period=scope.period, fall=percent, elsewhere=elsewhere, **scope.params)
    chosen = market_scope.marked(choices, scope)
    message = messages.fall(shown, chosen)
    about = _of_all(choices, market_scope.about(shown, scope.params, scope.when))
    notes = tuple(messages.fall_notes(shown, chosen))
    return Content(shown, ranking.losses, message, about, notes, chosen)


@cached_per_store
def gauged(params: Params, name: str, above: str) -> Result:
    """A gauge of concentration over all periods; beside another economy than China, China in the same table."""
    measure, _ = _GAUGES[name]
    more: dict[str, float | str] = {"threshold": float(above), "by": "continent"} if name == "active" else {}
    long = market_scope.long_params(params)
    results = [queries.measure(measure, **long, **more)]
    if name in ("effective", "cr5", "hhi") and params["reporter"] != HOME:
        results.append(queries.measure(measure, **long | {"reporter": HOME}, **more))
    frames = [result.frame.assign(**_named(str(result.params["reporter"]))) for result in results]
    return replace(results[0], frame=pd.concat(frames, ignore_index=True))


def _named(code: str) -> dict[str, str]:
    """The reporter with its names, as columns."""
    names = market_scope.name_columns("reporter_name", pd.Series([code]))
    return {"reporter": code} | {column: str(values.fillna(code).iloc[0]) for column, values in names.items()}


@cached_per_store
def grown(params: Params, period: str, continent: str, periods: Mapping[str, str]) -> Result:
    """Every market with trade in a period, where growth is known.

    Raises:
        NoRows: it is known of none.
    """
    result = market_scope.ranked(params, period, continent)
    return result if result.frame["rate_pct"].notna().any() else _no_growth(period, periods)


def _no_growth(period: str, periods: Mapping[str, str]) -> NoReturn:
    """Say that the year before is not in the table, and up to when it is."""
    last = next((code for code in list(periods)[::-1] if market_scope.years_before(code, 1) in periods), "")
    raise NoRows(say("markets.no_growth", period=periods[period], last=periods.get(last, formats.missing(lang()))))


@cached_per_store
def curves(params: Params, period: str) -> tuple[Result, pd.DataFrame | None]:
    """The Lorenz curve of a period, and that of ten years (else of one year) earlier; by year from the dollar table."""
    long = market_scope.long_params(params)
    curve = queries.measure("lorenz", period=period, **long)
    offered = market_scope.periods(long)
    earlier = [code for years in (DECADE, 1) if (code := market_scope.years_before(period, years)) in offered]
    return curve, queries.measure("lorenz", period=earlier[0], **long).frame if earlier else None


def gini_coefficient(params: Params, period: str) -> pd.DataFrame:
    """The Gini coefficient of the same markets as the curve's."""
    long = market_scope.long_params(params)
    return queries.measure("gini", list="active", first=period, last=period, **long).frame


@cached_per_store
def whole_growth(params: Params, period: str) -> float | None:
    """The growth of all markets together in per cent, on the base of the growth of each; None if it is not known."""
    try:
        growth = queries.measure("leave_one_out", period=period, **params).frame["total_growth_pct"].iloc[0]
    except NoRows:
        return None
    return None if formats.is_missing(growth) else float(growth)
