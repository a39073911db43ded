"""Overview: how large is China's trade in goods, who made it grow, and how widely?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from trade.charts import concentration, contributions, time_series
from trade.measures import Result
from trade.measures.claims import official_statements
from trade.panels import destinations, factcheck, growth, market_scope, queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices, first_period
from trade.panels.language import say
from trade.panels.messages import diversification
from trade.panels.messages import growth as messages
from trade.panels.panel import Content, panel
from trade.panels.run_context import store

OWN = ("currency", "freq")
FREQUENCIES = ("A", "Q")
YEARS = {"A": "20", "Q": "10"}
"""Years that the chart of amounts shows."""
MOST_STATEMENTS = 4
WITHOUT_VERDICT = ("not_reproducible", "quoted")
"""Verdicts of statements that were not computed."""
WAYS: dict[str, dict[str, str]] = {
    "growth": {"chart": "contribution", "flow": "export", "freq": "A", "period": "", "by": "partner"},
    "destinations": {"chart": "firsts", "side": "world", "flow": "export", "freq": "A", "top": "1"},
    "factcheck": {},
}
"""The pages that the starting questions link to, and the choices for each."""


def frequency(choices: Choices) -> str:
    """Years, or quarters beside the newest month."""
    return choices.pick("freq", FREQUENCIES)


def trade(choices: Choices) -> Result:
    """Exports and imports together, by year or quarter."""
    return growth.known(choices.with_codes(flow="total", freq=frequency(choices)))


def newest_year(choices: Choices) -> str:
    """The newest year that is whole."""
    return newest_period(choices.with_codes(freq="A"))


def newest_period(choices: Choices) -> str:
    """The newest year that is whole, or the newest quarter."""
    return str(trade(choices).frame["period"].iloc[-1])


@panel("overview", "levels", measure="growth", choices=OWN)
def levels(choices: Choices) -> Content:
    period, freq = newest_period(choices), frequency(choices)
    shown = queries.narrowed(trade(choices), first_period(period, YEARS[freq], freq))
    message, notes = messages.growth(shown, period), tuple(messages.growth_notes(shown))
    return Content(shown, time_series.amount_and_growth, message, notes=notes, chosen=period)


@panel("overview", "contribution", measure="contribution", choices=OWN)
def contribution(choices: Choices) -> Content:
    split = queries.contribution("continent", "export", newest_period(choices), choices.pick("currency"), "all")
    return Content(split, contributions.waterfall, messages.contribution(split))


@panel("overview", "growing", measure="growing_markets", choices=OWN)
def growing(choices: Choices) -> Content:
    period = newest_period(choices)
    params = market_scope.shared_params(choices.with_codes(flow="total", freq=frequency(choices)))
    shown = queries.measure("growing_markets", first=period, last=period, **params)
    notes = tuple(diversification.growing_notes(shown))
    return Content(shown, concentration.growing, diversification.growing(shown), notes=notes)


@panel("overview", "map", measure="rank", choices=OWN)
def world_map(choices: Choices) -> Content:
    """The markets of China's exports in the newest year or quarter on a map; quarters are in yuan alone."""
    own = {"currency": choices.pick("currency"), "freq": frequency(choices), "period": newest_period(choices)}
    drawn = destinations.growth_map.make(Choices(own))
    notes = drawn.notes
    if (shown := str(drawn.result.params["currency"])) != own["currency"]:
        choices.reject("currency", [shown])
        notes = (say("markets.monthly_yuan"), *notes)
    return replace(drawn, notes=notes, options={**drawn.options, "small": True})


@cached_per_store
def newest_statements() -> pd.DataFrame:
    """The first few official statements of the newest day on which at least one was checked.

    Days without any computed statement are skipped, since the heading says that statements were checked."""
    for day in official_statements.days(store()):
        frame = factcheck.claims(day)
        if not frame["verdict"].isin(WITHOUT_VERDICT).all():
            return frame.head(MOST_STATEMENTS)
    return pd.DataFrame()
