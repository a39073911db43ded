"""Overview: how large is China's trade in goods, who made it grow, and how widely?"""

from __future__ import annotations

from trade.charts import concentration, contributions, time_series
from trade.measures import Result
from trade.panels import queries
from trade.panels.choices import Choices, first_period
from trade.panels.messages import common as messages
from trade.panels.messages import diversification
from trade.panels.panel import Content, panel

YEARS = "20"


def trade(choices: Choices) -> Result:
    """Exports and imports together, by year."""
    return queries.measure("growth", flow="total", currency=choices.pick("currency"), freq="A")


def newest_year(choices: Choices) -> str:
    """The newest year that is whole."""
    return str(trade(choices).frame["period"].iloc[-1])


@panel("overview", "levels", measure="growth", choices=("currency",))
def levels(choices: Choices) -> Content:
    period = newest_year(choices)
    shown = queries.narrowed(trade(choices), first_period(period, YEARS, "A"))
    message, notes = messages.growth(shown, period), tuple(messages.growth_notes(shown))
    return Content(shown, time_series.amount_and_growth, message, notes=notes, chosen=period)


@panel("overview", "contribution", measure="contribution", choices=("currency",))
def contribution(choices: Choices) -> Content:
    split = queries.contribution("continent", "export", newest_year(choices), choices.pick("currency"), "all")
    return Content(split, contributions.waterfall, messages.contribution(split))


@panel("overview", "growing", measure="growing_markets", choices=("currency",))
def growing(choices: Choices) -> Content:
    period = newest_year(choices)
    shown = queries.measure(
        "growing_markets", flow="total", currency=choices.pick("currency"), first=period, last=period
    )
    notes = tuple(diversification.growing_notes(shown))
    return Content(shown, concentration.growing, diversification.growing(shown), notes=notes)
