"""The year of a partner's sheet: a paragraph and cards."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from trade.charts import time_series
from trade.charts.label_context import Context
from trade.charts.partner_history import share
from trade.charts.serialized import Finished
from trade.errors import NoRows
from trade.measures import Result
from trade.panels import partner, partner_names, queries
from trade.panels.cache import cached_per_store
from trade.panels.chart_captions import linked, vintage
from trade.panels.language import joined, lang, say
from trade.panels.messages import partner as messages
from trade.store.own_groups import is_group
from trade.text import formats
from trade.text.markdown import prose
from trade.ui.core import cards
from trade.ui.core.cards import Card

SPARKLE = 20
"""Years in a card's line."""


def draw(code: str, year: str, currency: str, membership: str) -> None:
    """One paragraph and a row of cards: exports, imports, balance and rank of the year; dollars where yuan are missing.

    Raises:
        NoRows: nothing is known of the partner up to that year.
    """
    currency = partner.summary_currency(code, year, currency)
    results, newest = (
        partner.up_to_year(code, year, currency, membership),
        partner.year_to_date(code, currency, membership),
    )
    gap, name = partner.both_reports_of_exports(code), partner_names.name_of(code)
    with st.container(key="brief_text"):
        st.markdown(prose(messages.summary(results, newest, gap, name, year)))
    flows = [partial(_flow_card, results[flow], flow, year) for flow in ("export", "import") if flow in results]
    last = [partial(_rank_card, results["total"], year)] if "total" in results else []
    cards.row("year", [*flows, partial(_balance_card, results["balance"], year), *last], across=4)


@cached_per_store
def _flow_card(result: Result, flow: str, year: str) -> Card:
    row, context = _row(result, year), Context.of(result.params, lang())
    growth = next((row[key] for key in ("growth_pct", "growth_computed_pct") if not formats.is_missing(row[key])), None)
    part = share(row["share_pct"], context)
    change = say("partner.card_year", growth=context.percent(growth))
    return Card(
        key=f"partner_{flow}",
        label=say("card.label", flow=context.flow_name, period=formats.period(year, lang=lang())),
        amount=context.amount(row["value"]),
        change=change,
        rises=growth > 0 if growth else None,
        beside=say("partner.card_share", share=part, flow=say(f"flow_low.{flow}")),
        **_line(result, "value", flow),
    )


@cached_per_store
def _balance_card(result: Result, year: str) -> Card:
    row, context = _row(result, year), Context.of(result.params, lang())
    if formats.is_missing(row["balance"]):
        raise NoRows(say("partner.no_balance", name=row[f"name_{lang()}"], period=context.period(year)))
    part = 100 * row["normalised_balance"]
    return Card(
        key="partner_balance",
        label=say("card.label", flow=cards.balance_name(row["balance"]), period=formats.period(year, lang=lang())),
        amount=context.amount(row["balance"]),
        change=say("card.share_of_trade", share=context.percent(part, signed=False)),
        rises=None,
        beside=say("partner.valued"),
        **_line(result, "balance", "balance"),
    )


@cached_per_store
def _rank_card(result: Result, year: str) -> Card:
    row, context = _row(result, year), Context.of(result.params, lang())
    if formats.is_missing(row["share_pct"]):
        raise NoRows(say("partner.no_share", name=row[f"name_{lang()}"], period=context.period(year)))
    ranked, moved = not formats.is_missing(row["rank"]), row["rank_change"]
    words = {"rank": formats.count(row["rank"], lang()), "partners": formats.count(row["partners"], lang())}
    steady = say("partner.rank_same") if moved == 0 else ""
    change = steady if formats.is_missing(moved) or steady else formats.number(moved, 0, lang(), signed=True)
    part, group = share(row["share_pct"], context), "yes" if is_group(str(result.params["partner"])) else "no"
    return Card(
        key="partner_rank",
        label=say("partner.rank_card", period=formats.period(year, lang=lang())),
        amount=say("partner.rank_value", **words) if ranked else say("partner.no_rank"),
        change=say("partner.rank_change", change=change, moved=abs(moved)) if change and not steady else steady,
        rises=bool(moved > 0) if change and not steady else None,
        beside=say("partner.rank_among", share=part, group=group, partners=words["partners"]),
        **_line(result, "share_pct", "total"),
    )


def _last_source(frame: pd.DataFrame) -> pd.DataFrame:
    """The years since the source last changed: a line across would show the change of source."""
    marks = [name for name in ("new_source", "export_new_source", "import_new_source") if name in frame]
    changed = frame.index[frame[marks].any(axis=1)]
    return frame.loc[changed[-1] :] if len(changed) else frame


def _row(result: Result, year: str) -> dict:
    """The row of the year.

    Raises:
        NoRows: the year has none.
    """
    rows = result.frame[result.frame["period"] == year]
    if rows.empty:
        flow = say(f"flow_low.{result.params.get('flow', 'balance')}")
        raise NoRows(say("partner.no_year", flow=flow, year=year))
    return {str(key): value for key, value in rows.iloc[-1].to_dict().items()}


def _line(result: Result, column: str, role: str) -> dict:
    """A card's line, its description and its source."""
    context = Context(role, str(result.params["currency"]), "A", lang=lang())
    rows = time_series.newest(_last_source(result.frame), column, context, SPARKLE)
    first, last = (context.period(rows["period"].iloc[at]) for at in (0, -1))
    in_words = (lambda value: context.percent(value, signed=False)) if column == "share_pct" else context.amount
    low, high = in_words(rows[column].min()), in_words(rows[column].max())
    notes = queries.sources(list(str(result.frame["source_id"].iloc[-1]).split(" ")))
    titles = joined(linked(formats.short_title(note.title), note.url, note.source_id) for note in notes)
    return {
        "line": Finished(time_series.sparkline(rows, column, context, SPARKLE)),
        "alt": say("card.alt", name=say(f"flow.{role}"), first=first, last=last, low=low, high=high),
        "source": say("card.source", title=titles, day=vintage(notes)),
    }
