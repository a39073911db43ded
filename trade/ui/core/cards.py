"""Cards: one figure with its growth in both currencies, a sparkline, its source and vintage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from trade.charts import time_series
from trade.charts.label_context import Context
from trade.charts.serialized import Finished
from trade.measures import Result
from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.chart_captions import linked, short_title
from trade.panels.language import lang, say
from trade.panels.messages.common import period_name, rate_of, row_of
from trade.text import formats
from trade.text.catalog import of_facts
from trade.text.markdown import plain, prose
from trade.ui.core import appearance
from trade.ui.core.errors import show_errors
from trade.ui.core.text_blocks import small

OTHER = {"CNY": "USD", "USD": "CNY"}
PERIODS = {"A": 20, "Q": 40, "M": 37}
"""Periods in a card's sparkline: twenty years, ten years of quarters, or three years of months."""
TITLE_LENGTH = 34


@dataclass(frozen=True)
class Card:
    """The texts of a card, and its sparkline. `key` is unique on the page."""

    key: str
    label: str
    amount: str
    change: str
    rises: bool | None
    beside: str
    line: Finished
    alt: str
    source: str


def row(name: str, cards: Sequence[Callable[[], Card]], across: int) -> None:
    """Draw cards side by side, `across` in a row or as many as fit; a card without figures shows the reason."""
    grid = st.grid(across, min_column_width=226, gap="small", border=True, key=f"cards_{name}")
    for make in cards:
        with grid.container(gap="xxsmall"), show_errors():
            _draw(make())


@cached_per_store
def flow_card(flow: str, currency: str, freq: str) -> Card:
    """A flow in the newest period: amount and growth in `currency`, and in the other currency under it."""
    result = queries.growth(flow, currency, freq)
    newest, context = row_of(result), Context.of(result.params, lang())
    rate = rate_of(newest)
    line, alt = _line(result, "value", flow)
    return Card(
        key=f"{flow}_{freq}",
        label=say("card.label", flow=context.flow_name, period=period_name(newest, freq)),
        amount=context.amount(newest["value"]),
        change=_change(rate, context),
        rises=rate > 0 if rate else None,
        beside=_beside(_other(flow, OTHER[currency], freq, newest["period"]), newest, "first_value", currency),
        line=line,
        alt=alt,
        source=_source(newest),
    )


@cached_per_store
def balance_card(currency: str, freq: str) -> Card:
    """Exports less imports in the newest period, and the same as a share of two-way trade."""
    result = queries.measure("balance", currency=currency, freq=freq)
    newest, context = result.frame.iloc[-1].to_dict(), Context.of(result.params, lang())
    share = formats.percent(100 * newest["normalised_balance"], lang=lang(), signed=False)
    line, alt = _line(result, "balance", "balance")
    return Card(
        key=f"balance_{freq}",
        label=say("card.label", flow=balance_name(newest["balance"]), period=context.period(newest["period"])),
        amount=context.amount(newest["balance"]),
        change=say("card.share_of_trade", share=share),
        rises=None,
        beside=_beside(_other_balance(OTHER[currency], freq, newest["period"]), newest, "released_balance", currency),
        line=line,
        alt=alt,
        source=_source(newest),
    )


@cached_per_store
def run_of_growth(currency: str) -> str:
    """A sentence on how many years in a row trade has grown; empty below two years."""
    result = queries.measure("streak", flow="total", currency=currency)
    newest = result.frame.iloc[-1]
    if formats.is_missing(newest["run"]) or newest["run"] < 2:
        return ""
    words = {"years": formats.count(newest["run"], lang()), "currency": formats.currency_name(currency, lang())}
    return say("card.run", least="yes" if newest["at_least"] else "no", **words)


@cached_per_store
def two_rates() -> str:
    """A sentence with the newest year's official growth rate and that of first releases, which differ although both are
    right."""
    result = queries.measure("growth", flow="total", currency="CNY", freq="A")
    newest, context = row_of(result), Context.of(result.params, lang())
    words = {
        "period": context.period(newest["period"]),
        "official": context.percent(newest["growth_pct"]),
        "first": context.percent(newest["growth_first_pct"]),
    }
    return say("card.two_rates", **words)


def balance_name(balance: float) -> str:
    """Trade surplus or trade deficit."""
    return say("card.surplus" if balance >= 0 else "card.deficit")


def _change(rate: float | None, context: Context) -> str:
    name = formats.currency_name(context.currency, context.lang)
    return say("card.change", growth=context.percent(rate), currency=name)


def _other(flow: str, currency: str, freq: str, period: str) -> str:
    """Growth and amount of the same flow and period in the other currency."""
    result = queries.growth(flow, currency, freq)
    rows = result.frame[result.frame["period"] == period]
    if rows.empty:
        return say("card.no_other", currency=formats.currency_name(currency, lang()))
    same, context = rows.iloc[-1].to_dict(), Context.of(result.params, lang())
    return say(
        "card.other",
        change=_change(rate_of(same), context),
        amount=_with_release(same, "first_value", currency),
    )


def _other_balance(currency: str, freq: str, period: str) -> str:
    result = queries.measure("balance", currency=currency, freq=freq)
    rows = result.frame[result.frame["period"] == period]
    if rows.empty:
        return say("card.no_other", currency=formats.currency_name(currency, lang()))
    return _with_release(rows.iloc[-1].to_dict(), "released_balance", currency)


def _with_release(row: dict, released: str, currency: str) -> str:
    """The amount, and in brackets the one first released if it has been revised: people quote either."""
    now, first = _amounts(row, released, currency)
    return now if now == first else say("card.revised", now=now, first=first)


def _beside(text: str, row: dict, released: str, currency: str) -> str:
    """The text under a card's amount, preceded by the amount first released if it has been revised."""
    now, first = _amounts(row, released, currency)
    return text if now == first else say("card.first_released", first=first, text=text)


def _amounts(row: dict, released: str, currency: str) -> tuple[str, str]:
    """The current amount of a row and the one first released, in words."""
    now = formats.amount(row["balance" if released == "released_balance" else "value"], currency, lang())
    missing = formats.is_missing(row.get(released))
    return now, now if missing else formats.amount(row[released], currency, lang())


def _line(result: Result, column: str, role: str) -> tuple[Finished, str]:
    """The card's sparkline and its text alternative. A running total is compared with those to the same month of other
    years."""
    frame, freq = result.frame, str(result.params["freq"])
    if freq == "YTD":
        same = frame[frame["period"].str[5:] == frame["period"].iloc[-1][5:]]
        frame, freq = same.assign(period=same["period"].str[:4]), "A"
    context = Context(role, str(result.params["currency"]), freq, lang=lang())
    rows = time_series.newest(frame, column, context, PERIODS[freq])
    first, last = (context.period(rows["period"].iloc[at]) for at in (0, -1))
    low, high = context.amount(rows[column].min()), context.amount(rows[column].max())
    alt = say("card.alt", name=context.flow_name, first=first, last=last, low=low, high=high)
    return Finished(time_series.sparkline(frame, column, context, PERIODS[freq])), alt


def _source(newest: dict) -> str:
    """The source page of the amount with its date, and that of the growth if it is another one, in Markdown."""
    title = _short(_readable(newest["source_title"], newest["source_id"]))
    shown = linked(title, newest["source_url"] or "", newest["source_id"])
    text = say("card.source", title=shown, day=formats.day(newest["published"], lang()))
    growth = newest.get("growth_source_title")
    other = _short(_readable(growth, newest["source_id"])) if isinstance(growth, str) and growth else title
    return text if other == title else text + say("card.growth_source", title=plain(other))


def _readable(title: str, source_id: str) -> str:
    """The page's title, or its source's title if the page's is in a script that the user may not read."""
    title = of_facts(title, lang())
    if formats.is_readable(title, lang()):
        return title
    return next((note.title for note in queries.sources(source_id.split()[:1])), title)


def _short(title: str) -> str:
    """A title short enough for a card: up to its colon and cut at a word, translated if there is a translation."""
    title = short_title(of_facts(title, lang()))
    if len(title) <= TITLE_LENGTH:
        return title
    return title[: title.rfind(" ", 0, TITLE_LENGTH)].rstrip(" ,:(") + "…"


def _draw(card: Card) -> None:
    label, amount, change = plain(card.label), plain(card.amount), plain(card.change)
    if card.rises is None:
        st.metric(label, amount, change, delta_color="off", delta_arrow="off")
    elif card.rises:
        st.metric(label, amount, change, delta_color="green", delta_arrow="up")
    else:
        st.metric(label, amount, change, delta_color="red", delta_arrow="down")
    small(prose(card.beside))
    appearance.draw(card.line, key=card.key, alt=card.alt, staticPlot=True)
    small(card.source)
