"""What a sheet of a partner is made from, and its cards."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from trade.charts import time_series
from trade.charts.context import Context
from trade.charts.partner_history import share
from trade.charts.serialized import Finished
from trade.errors import NoRows
from trade.measures import Result
from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.describe import vintage
from trade.panels.language import joined, lang, say
from trade.text import formats
from trade.text.markdown import plain
from trade.ui.core import cards
from trade.ui.core.cards import Card

FLOWS = ("export", "import", "total")
SPARKLE = 20
"""Years in a card's line."""


@cached_per_store
def years(code: str) -> dict[str, str]:
    """The years for which anything is known, oldest first."""
    held = queries.measure("partner_balance", partner=code).frame["period"]
    return {year: formats.period(year, lang=lang()) for year in held}


@cached_per_store
def currency_of(code: str, year: str, currency: str) -> str:
    """The currency asked for, or dollars for years that have no yuan."""
    try:
        queries.measure("partner_balance", partner=code, currency=currency, first=year, last=year)
    except NoRows:
        return "USD"
    return currency


@cached_per_store
def sheet(code: str, year: str, currency: str) -> dict[str, Result]:
    """What summary and cards are made from: balance and the three flows up to the year; a missing flow is left out."""
    found = {"balance": queries.measure("partner_balance", partner=code, currency=currency, last=year)}
    for flow in ("export", "import", "total"):
        try:
            found[flow] = queries.measure("partner", partner=code, flow=flow, currency=currency, last=year)
        except NoRows:
            continue
    return found


def card_row(found: dict[str, Result], year: str) -> None:
    """Exports, imports, balance and rank of the year, each with the line that leads to it."""
    flows = [partial(_flow_card, found[flow], flow, year) for flow in ("export", "import") if flow in found]
    last = [partial(_rank_card, found["total"], year)] if "total" in found else []
    cards.row([*flows, partial(_balance_card, found["balance"], year), *last], across=4)


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
        label=say("card.label", flow=say("flow.balance"), period=formats.period(year, lang=lang())),
        amount=context.amount(row["balance"]),
        change=say("card.share_of_trade", share=context.percent(part, signed=False)),
        rises=None,
        beside=say("partner.valued"),
        **_line(result, "balance", "balance"),
    )


@cached_per_store
def _rank_card(result: Result, year: str) -> Card:
    row, context = _row(result, year), Context.of(result.params, lang())
    ranked, moved = not formats.is_missing(row["rank"]), row["rank_change"]
    words = {"rank": formats.count(row["rank"], lang()), "partners": formats.count(row["partners"], lang())}
    steady = say("partner.rank_same") if moved == 0 else ""
    change = steady if formats.is_missing(moved) or steady else formats.number(moved, 0, lang(), signed=True)
    part = share(row["share_pct"], context)
    return Card(
        key="partner_rank",
        label=say("partner.rank_card", period=formats.period(year, lang=lang())),
        amount=say("partner.rank_value", **words) if ranked else say("partner.no_rank"),
        change=say("partner.rank_change", change=change) if change and not steady else steady,
        rises=bool(moved > 0) if change and not steady else None,
        beside=say("partner.card_share", share=part, flow=say("flow_low.total")),
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
    found = result.frame[result.frame["period"] == year]
    if found.empty:
        flow = say(f"flow_low.{result.params.get('flow', 'balance')}")
        raise NoRows(say("partner.no_year", flow=flow, year=year))
    return {str(key): value for key, value in found.iloc[-1].to_dict().items()}


def _line(result: Result, column: str, role: str) -> dict:
    """A card's line, its description and its source."""
    context = Context(role, str(result.params["currency"]), "A", lang=lang())
    rows = time_series.newest(_last_source(result.frame), column, context, SPARKLE)
    first, last = (context.period(rows["period"].iloc[at]) for at in (0, -1))
    tell = (lambda value: context.percent(value, signed=False)) if column == "share_pct" else context.amount
    low, high = tell(rows[column].min()), tell(rows[column].max())
    notes = queries.sources(list(str(result.frame["source_id"].iloc[-1]).split(" ")))
    titles = joined(f"[{plain(formats.short_title(note.title))}]({note.url})" for note in notes)
    return {
        "line": Finished(time_series.sparkline(rows, column, context, SPARKLE)),
        "alt": say("card.alt", name=say(f"flow.{role}"), first=first, last=last, low=low, high=high),
        "source": say("card.source", title=titles, day=vintage(notes)),
    }


@cached_per_store
def newest(code: str, currency: str) -> dict[str, Result]:
    """Both flows from January to the newest month."""
    found = {}
    for flow in ("export", "import"):
        try:
            found[flow] = queries.measure("partner", partner=code, flow=flow, currency=currency, freq="YTD")
        except NoRows:
            continue
    return found


@cached_per_store
def reports(code: str, flow: str) -> Result:
    """What both sides report of one flow, every year that has both; two-way trade has no such pair, its exports have.

    Raises:
        NoRows: no year has both.
    """
    one = "import" if flow == "import" else "export"
    try:
        return queries.measure("mirror_gap", by="year", partner=code, flow=one)
    except NoRows:
        name = queries.measure("partner_balance", partner=code).frame[f"name_{lang()}"].iloc[0]
        raise NoRows(say("partner.no_gap", name=name, flow=say(f"flow_low.{one}"))) from None


@cached_per_store
def gap(code: str) -> Result | None:
    """The two reports of China's exports, if there are any."""
    try:
        return reports(code, "export")
    except NoRows:
        return None


@cached_per_store
def given(past: Result) -> Result:
    """The years for which the partner's contribution is known.

    Raises:
        NoRows: none is.
    """
    known = past.frame["contribution_pp"].notna()
    if not known.any():
        raise NoRows(say("partner.no_points"))
    first = int(known.to_numpy().argmax())
    return replace(past, frame=past.frame.iloc[first:].reset_index(drop=True))
