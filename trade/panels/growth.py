"""Growth: how fast is China's trade growing, by which measure, and which partners and goods drive it?"""

from __future__ import annotations

from trade.charts import contributions, fx_effect, seasonal_adjustment, time_series, volume_unit_value
from trade.measures import Result
from trade.panels import queries
from trade.panels.choices import Choices
from trade.panels.language import say
from trade.panels.measure_headline import measure_message
from trade.panels.messages import growth as messages
from trade.panels.messages.common import period_names
from trade.panels.panel import Content, panel
from trade.panels.queries import price_volume as volumes

SCOPE = ("flow", "currency", "freq", "join", "period", "span")


def frequency(choices: Choices) -> str:
    """Years, quarters, months or the year to date."""
    return choices.pick("freq")


def _at(choices: Choices, *frequencies: str) -> Choices:
    """The same choices at one of these frequencies: the one chosen, or the first."""
    return choices.with_codes(freq=choices.pick("freq", frequencies))


def known(choices: Choices) -> Result:
    """Levels and growth of every period."""
    freq = frequency(choices)
    if freq == "Q":
        return queries.measure("quarterly", flow=choices.pick("flow"), currency=choices.pick("currency"))
    joined = freq == "M" and choices.pick("join") == "yes"
    return queries.measure(
        "growth", flow=choices.pick("flow"), currency=choices.pick("currency"), freq=freq, join_jan_feb=joined
    )


def periods(choices: Choices) -> dict[str, str]:
    """Every period by its code, oldest first, in words."""
    return period_names(known(choices))


def period(choices: Choices) -> str:
    """The period in focus."""
    return choices.period(periods(choices))


def first(choices: Choices) -> str | None:
    """The first period shown; None for all."""
    newest = known(choices).frame["period"].iloc[-1]
    return choices.first(newest, frequency(choices), period(choices))


def split_by(choices: Choices) -> tuple[str, str]:
    """How growth is split, and the continent whose partners are the parts (`all`: not by partner of a continent)."""
    by = choices.pick("by")
    return by, choices.pick("continent") if by != "product" else "all"


@panel("growth", "levels", measure="growth", choices=SCOPE)
def levels(choices: Choices) -> Content:
    shown = queries.narrowed(known(choices), first(choices))
    chart = time_series.year_to_date if frequency(choices) == "YTD" else time_series.amount_and_growth
    message, notes = messages.growth(shown, period(choices)), tuple(messages.growth_notes(shown))
    return Content(shown, chart, message, notes=notes, chosen=period(choices))


@panel("growth", "index", measure="index", choices=SCOPE)
def index(choices: Choices) -> Content:
    choices = _at(choices, "A", "M")
    flow, currency, freq = (choices.pick(name) for name in ("flow", "currency", "freq"))
    shown = queries.index(flow, currency, freq, first(choices))
    return Content(shown, time_series.index, messages.index(shown, period(choices)), chosen=period(choices))


@panel("growth", "adjusted", measure="seasonally_adjusted", choices=SCOPE)
def adjusted(choices: Choices) -> Content:
    shown, chosen = _monthly("seasonally_adjusted", choices)
    return Content(shown, seasonal_adjustment.adjusted, measure_message(shown, chosen))


@panel("growth", "balance", measure="balance", choices=("currency", "freq", "period", "span"))
def balance(choices: Choices) -> Content:
    result = queries.measure("balance", currency=choices.pick("currency"), freq=choices.pick("freq"))
    shown = queries.narrowed(result, first(choices))
    message, notes = messages.balance(shown, period(choices)), tuple(messages.balance_notes(shown, period(choices)))
    return Content(shown, time_series.balance, message, notes=notes)


@panel("growth", "sums", measure="moving_sum", choices=SCOPE)
def sums(choices: Choices) -> Content:
    shown, chosen = _monthly("moving_sum", choices)
    notes = (say("message.sums_note"),)
    return Content(shown, time_series.moving_sum, messages.moving_sum(shown, chosen), notes=notes, chosen=chosen)


def _monthly(measure: str, choices: Choices) -> tuple[Result, str]:
    """What a measure has by month in the span of years or months shown, and the month in focus."""
    choices = _at(choices, "A", "M")
    result = queries.measure(measure, flow=choices.pick("flow"), currency=choices.pick("currency"))
    chosen, newest = choices.period(period_names(result)), known(choices).frame["period"].iloc[-1]
    return queries.narrowed(result, choices.first(newest, frequency(choices), chosen)), chosen


@panel("growth", "vintages", measure="growth", choices=("flow", "currency", "freq", "join", "period"))
def vintages(choices: Choices) -> Content:
    choices = _at(choices, "A", "M", "YTD")
    both, chosen = queries.with_both_rates(known(choices)), period(choices)
    notes = tuple(messages.vintages_notes(both, chosen))
    return Content(both, time_series.vintages, messages.vintages(both, chosen), notes=notes, chosen=chosen)


@panel("growth", "exchange", measure="fx_effect", choices=("flow", "freq", "period", "span"))
def exchange(choices: Choices) -> Content:
    rates = queries.measure("fx_effect", flow=choices.pick("flow"), freq=choices.pick("freq"))
    shown, chosen = queries.narrowed(rates, first(choices)), period(choices)
    return Content(shown, fx_effect.two_currencies, measure_message(shown, chosen), chosen=chosen)


@panel("growth", "volume", measure="volume_and_unit_value", choices=("flow", "freq", "period", "span", "indices"))
def volume(choices: Choices) -> Content:
    result = volumes.split(choices.pick("flow"), _index_freq(choices), choices.pick("indices"))
    shown, chosen = _in_span(result, choices)
    notes = tuple(messages.volume_notes(shown))
    return Content(shown, volume_unit_value.split, measure_message(shown, chosen), notes=notes, chosen=chosen)


@panel("growth", "terms", measure="terms_of_trade", choices=("freq", "period", "span", "indices"))
def terms(choices: Choices) -> Content:
    result = queries.measure("terms_of_trade", freq=_index_freq(choices), compiler=choices.pick("indices"))
    shown, chosen = _in_span(result, choices)
    notes = (say("volume.not_a_price"),)
    return Content(shown, volume_unit_value.terms_of_trade, measure_message(shown, chosen), notes=notes, chosen=chosen)


def _index_freq(choices: Choices) -> str:
    """Indices are by year or month."""
    return choices.pick("freq", ("A", "M"))


def _in_span(result: Result, choices: Choices) -> tuple[Result, str]:
    """The result in the span of years shown, and the period in focus."""
    names = {code: code for code in result.frame["period"]}
    chosen, newest = choices.period(names), str(result.frame["period"].iloc[-1])
    return queries.narrowed(result, choices.first(newest, _index_freq(choices), chosen)), chosen


@panel(
    "growth",
    "contribution",
    measure="contribution",
    choices=("flow", "currency", "freq", "join", "period", "by", "continent"),
)
def contribution(choices: Choices) -> Content:
    split, continent = parts(choices), split_by(choices)[1]
    if continent == "all":
        return Content(split, contributions.waterfall, messages.contribution(split))
    whole = _contribution(choices, "continent", "all")
    message, name = messages.within(split, continent, whole), choices.label("continent")
    return Content(split, contributions.group_waterfall, message, options={"name": name})


def parts(choices: Choices) -> Result:
    """Contributions to the growth of the period in focus."""
    return _contribution(choices, *split_by(choices))


def _contribution(choices: Choices, by: str, continent: str) -> Result:
    return queries.contribution(by, choices.pick("flow"), period(choices), choices.pick("currency"), continent)


_LOOKS_OF = {"Q": ("levels", "balance"), "YTD": ("levels",)}
LOOKS = {"levels": levels, "index": index, "adjusted": adjusted, "balance": balance, "sums": sums}
"""The charts of the figures over time, by the codes of the field `look`."""


def looks(choices: Choices) -> tuple[str, ...]:
    """The ways that the frequency has."""
    return _LOOKS_OF.get(frequency(choices), tuple(LOOKS))


def look(choices: Choices) -> str:
    """The way in force."""
    return choices.pick("look", looks(choices))
