"""Services: how much does China trade in services, and what is known about digital trade and investment?

Two different statistics are called services trade and are never combined: the balance of payments (SAFE, IMF, World
Bank) and the figures of the Ministry of Commerce.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from trade.charts import services as charts
from trade.charts import time_series
from trade.measures import Result
from trade.panels import queries
from trade.panels.cache import RESULTS, cached, cached_per_store
from trade.panels.choices import Choices
from trade.panels.language import lang, say
from trade.panels.measure_headline import measure_message
from trade.panels.messages import services as messages
from trade.panels.panel import Content, panel
from trade.text import formats

PAYMENTS, MINISTRY = "balance of payments", "ministry of commerce"
ALL = "Services"
CATEGORIES = {
    "all": ALL,
    "travel": "Travel",
    "transport": "Transport",
    "insurance-and-finance": "Insurance and financial services",
    "communications-computer-business": "Communications, computer and other business services",
    "intellectual-property": "Charges for the use of intellectual property",
}
"""Categories of the balance of payments by year, by the codes of the field `service`."""
COUNTED = {"all": ALL, "knowledge-intensive": "Knowledge-intensive services", "travel": "Travel"}
"""Categories of the ministry, by the codes of the field `counted`."""
FREQUENCIES = ("A", "YTD")
"""How often the ministry's figures are shown."""
DIGITAL = "Information and communication technology services"


@panel("services", "quarters", measure="services")
def quarters(_choices: Choices) -> Content:
    result = queries.measure("services", concept=PAYMENTS, flow="balance", freq="Q", currency="CNY")
    notes = (say("services.derived_note"), say("services.payments_note"))
    return Content(result, charts.quarters, messages.quarters(result), notes=notes)


@panel("services", "balance", measure="services", choices=("service",))
def balance(choices: Choices) -> Content:
    item = CATEGORIES[choices.pick("service")]
    result = queries.measure("services", concept=PAYMENTS, item=item, flow="balance", currency="USD")
    shown = _with_both_flows(result)
    return Content(shown, time_series.balance, messages.balance(shown), notes=tuple(messages.balance_notes(shown)))


@cached(RESULTS)
def _with_both_flows(result: Result) -> Result:
    """The years for which exports and imports are known."""
    known = result.frame.dropna(subset=["exports", "imports"]).reset_index(drop=True)
    return replace(result, frame=known)


@cached_per_store
def periods() -> dict[str, str]:
    """Years and months whose categories are known, oldest first, in words."""
    codes: list[str] = []
    for freq in ("A", "M"):
        every = queries.measure("services", concept=PAYMENTS, item=CATEGORIES["travel"], flow="export", freq=freq)
        codes += list(every.frame["period"])
    return {code: formats.period(code, lang=lang()) for code in sorted(codes, key=lambda code: (code[:4], len(code)))}


@panel("services", "categories", measure="service_items", choices=("period",))
def categories(choices: Choices) -> Content:
    period = choices.period(periods())
    freq = "A" if len(period) == 4 else "M"
    result = queries.measure("service_items", concept=PAYMENTS, freq=freq, period=period)
    return Content(result, charts.categories, messages.categories(result), notes=tuple(messages.category_notes(result)))


@panel("services", "ministry", measure="services", choices=("counted", "freq"))
def ministry(choices: Choices) -> Content:
    item, freq = COUNTED[choices.pick("counted")], choices.pick("freq", FREQUENCIES)
    result = queries.measure("services", concept=MINISTRY, item=item, freq=freq, currency="CNY")
    chart = time_series.year_to_date if freq == "YTD" else charts.amount_and_growth
    return Content(result, chart, measure_message(result), notes=tuple(messages.ministry_notes(result)))


@panel("services", "digital", measure="services")
def digital(_choices: Choices) -> Content:
    result = queries.measure("services", concept=PAYMENTS, item=DIGITAL, flow="export", currency="USD", first="2000")
    notes = (say("services.digital_note"), say("services.payments_note"), say("message.hatched"))
    return Content(result, charts.amount_and_growth, measure_message(result), notes=notes)


@panel("services", "ecommerce", measure="cross_border_ecommerce")
def ecommerce(_choices: Choices) -> Content:
    result = queries.measure("cross_border_ecommerce")
    return Content(result, charts.amount_and_growth, measure_message(result), notes=(say("services.ecommerce_note"),))


@panel("services", "capital", measure="foreign_investment", choices=("currency",))
def capital(choices: Choices) -> Content:
    result = queries.measure("foreign_investment")
    shown = _in_currency(result, choices.pick("currency"))
    return Content(shown, charts.amount_and_growth, measure_message(shown), notes=(say("services.capital_note"),))


@cached(RESULTS)
def _in_currency(result: Result, currency: str) -> Result:
    """The years published in one currency: two currencies never share an axis."""
    return replace(result, frame=result.frame[result.frame["currency"] == currency].reset_index(drop=True))


@panel("services", "investment", measure="foreign_investment")
def investment(_choices: Choices) -> Content:
    shown = _both_directions(
        queries.measure("foreign_investment", concept=PAYMENTS, direction="inflow"),
        queries.measure("foreign_investment", concept=PAYMENTS, direction="outflow"),
    )
    return Content(shown, charts.investment, messages.investment(shown), notes=(say("services.investment_note"),))


@cached(RESULTS)
def _both_directions(inflow: Result, outflow: Result) -> Result:
    """Inflow and outflow of each year in one row."""
    columns = ["period", "period_start", "currency", "source_id", "source_title", "source_url", "published"]
    into = inflow.frame[[*columns, "value"]].rename(columns={"value": "inflow"})
    abroad = outflow.frame[["period", "value"]].rename(columns={"value": "outflow"})
    frame: pd.DataFrame = into.merge(abroad, on="period", how="left")
    return replace(inflow, frame=frame)
