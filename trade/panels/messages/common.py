"""The sentence above a chart: what it shows, made from the figures drawn. One function per chart, pure, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from trade.charts.context import Context
from trade.measures import Result
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.text import formats

Row = dict[Any, Any]


@dataclass(frozen=True)
class Message:
    """`headline` stands above the chart; `takeaway` is read out instead of it."""

    headline: str
    takeaway: str


def row_of(result: Result, period: str = "") -> Row:
    """The row of that period, or the last row with a value."""
    frame = result.frame
    found = frame[frame["period"] == period]
    return dict((found if len(found) else frame.dropna(subset=["value"])).iloc[-1])


def rate_of(row: Row) -> float | None:
    """The published rate of a row, else the one between levels; None if there is neither."""
    rates = (row.get("growth_pct"), row.get("growth_computed_pct"))
    return next((float(rate) for rate in rates if rate is not None and not formats.is_missing(rate)), None)


def period_name(row: Row, freq: str) -> str:
    """In words; January and February joined are named as both."""
    return formats.period(row["period"], "YTD" if row.get("months") == 2 else freq, lang())


@cached_text
def newest_name(result: Result) -> str:
    """The newest period of a result in words."""
    return period_name(row_of(result), str(result.params["freq"]))


@cached_text
def period_names(result: Result) -> dict[str, str]:
    """Every period of a result, oldest first, by its code."""
    freq = str(result.params["freq"])
    return {str(row["period"]): period_name(row, freq) for row in result.frame.to_dict("records")}


@cached_text
def growth(result: Result, chosen: str = "") -> Message:
    """`Exports grew 6.1 % in 2025, to 26.99 trillion yuan.`"""
    context, rates = _context(result), result.frame["growth_pct"]
    headline = growth_sentence(row_of(result, chosen), context)
    shown = result.frame["period"]
    span = formats.span(shown.iloc[0], shown.iloc[-1], context.freq, context.lang)
    ends = {"low": context.percent(rates.min()), "high": context.percent(rates.max())}
    return Message(headline, say("message.growth_alt", headline=headline, span=span, **ends))


def growth_sentence(row: Row, context: Context) -> str:
    """One flow, one period: whether it grew, by how much, to what amount."""
    rate = rate_of(row)
    words = {
        "flow": context.flow_name,
        "period": period_name(row, context.freq),
        "amount": context.amount(row["value"]),
    }
    if rate is None:
        return say("message.growth_unknown", **words)
    key = "rose" if rate > 0 else "fell" if rate < 0 else "flat"
    return say(f"message.growth_{key}", size=context.percent(abs(rate), signed=False), **words)


@cached_text
def growth_notes(result: Result) -> list[str]:
    """What the marks in the chart mean."""
    computed = result.frame["growth_pct"].isna() & result.frame["growth_computed_pct"].notna()
    return [say("message.hatched")] if computed.any() and result.params["freq"] != "YTD" else []


@cached_text
def index(result: Result) -> Message:
    """How large the last period is against the base."""
    context, last = _context(result), result.frame.dropna(subset=["index"]).iloc[-1]
    words = {
        "flow": context.flow_name,
        "period": context.period(last["period"]),
        "base": formats.period(str(result.params["base"]), lang=context.lang),
        "times": formats.number(last["index"] / 100, 2, context.lang),
        "index": formats.number(last["index"], 0, context.lang),
    }
    return _both("index", words)


@cached_text
def moving_sum(result: Result) -> Message:
    """The last sum and its change."""
    context, row = _context(result), row_of(result)
    words = {
        "flow": context.flow_name,
        "window": str(result.params["window"]),
        "period": context.period(row["period"]),
        "amount": context.amount(row["moving_sum"]),
        "growth": context.percent(row["growth_pct"]),
    }
    return _both("moving_sum", words)


@cached_text
def balance(result: Result) -> Message:
    """Surplus or deficit in the last period shown."""
    context, row = _context(result), dict(result.frame.iloc[-1])
    words = {"period": context.period(row["period"]), "amount": context.amount(abs(row["balance"]))}
    headline = say("message.surplus" if row["balance"] >= 0 else "message.deficit", **words)
    flows = {"exports": context.amount(row["exports"]), "imports": context.amount(row["imports"])}
    return Message(headline, say("message.balance_alt", headline=headline, **flows))


@cached_text
def balance_notes(result: Result) -> list[str]:
    """The balance as first released, where it was revised since and differs in the digits shown."""
    context, row = _context(result), dict(result.frame.iloc[-1])
    if formats.is_missing(row["released_balance"]):
        return []
    released, now = context.amount(abs(row["released_balance"])), context.amount(abs(row["balance"]))
    words = {"period": context.period(row["period"]), "released": released, "now": now}
    return [say("message.balance_released", **words)] if released != now else []


@cached_text
def vintages(result: Result, chosen: str = "") -> Message:
    """The official rate beside that of first releases, for the chosen period if it is there, else the last."""
    context, row = _context(result), _chosen(result, chosen)
    words = {
        "flow": context.flow_name,
        "period": period_name(row, context.freq),
        "official": context.percent(row["growth_pct"]),
        "first": context.percent(row["growth_first_pct"]),
    }
    return _both("vintages", words)


@cached_text
def vintages_note(result: Result, chosen: str = "") -> str:
    """Why the two rates differ: the base that the published one implies, and the base first released."""
    context, row = _context(result), _chosen(result, chosen)
    first_base = row["first_value"] / (1 + row["growth_first_pct"] / 100)
    bases = {"revised": context.amount(row["revised_base"]), "base": context.amount(first_base)}
    return say("message.vintages_note", period=period_name(row, context.freq), **bases)


@cached_text
def volume_notes(result: Result) -> list[str]:
    """That a unit value is no price, who compiled the indices, and what the rest is."""
    notes = [say("volume.not_a_price")]
    if result.params["compiler"] != "cpb":
        return [*notes, say("volume.unctad_note")]
    return [*notes, say("volume.compiled_note"), say(f"volume.{_rest_kind(result)}_note")]


def _rest_kind(result: Result) -> str:
    return "months" if result.params["freq"] == "M" else "rest"


@cached_text
def contribution(result: Result) -> Message:
    """Which part gave most of the headline, which took most; if the list explains little of it, that comes first."""
    context, frame = _context(result), result.frame
    parts, headline, residual = _parts(frame), _sum_of(frame, "total"), _sum_of(frame, "residual")
    first, last = parts.iloc[0], parts.iloc[-1]
    words = {
        "flow": say(f"flow_low.{context.flow}"),
        "headline": context.percent(abs(headline), signed=False),
        "explained": formats.number(headline - residual, 1, context.lang),
        "first": _name(first, context),
        "points": formats.number(first["contribution_pp"], 1, context.lang),
        "last": _name(last, context),
        "last_points": formats.number(abs(last["contribution_pp"]), 1, context.lang),
    }
    sentence = say(f"message.contribution_{_story(headline, residual, last['contribution_pp'])}", **words)
    told = {"sentence": sentence, "last": words["last"], "last_points": context.points(last["contribution_pp"])}
    return Message(sentence, say("message.contribution_alt", residual=context.points(residual, 2), **told))


@cached_text
def within(result: Result, continent: str, continents: Result) -> Message:
    """How one continent grew (as the split by continent has it), what it gave, and which of its partners most."""
    context, parts = _context(result), _parts(result.frame)
    own = continents.frame.set_index("code")["growth_pct"].get(continent)
    first, last = parts.iloc[0], parts.iloc[-1]
    words = {
        "flow": say(f"flow_low.{context.flow}"),
        "headline": context.percent(_sum_of(result.frame, "total")),
        "continent": say(f"scope.continent.{continent}"),
        "growth": context.percent(own),
        "all": context.points(continents.frame.set_index("code")["contribution_pp"].get(continent), 2),
        "first": _name(first, context),
        "points": context.points(first["contribution_pp"], 2),
        "last": _name(last, context),
        "last_points": context.points(last["contribution_pp"], 2),
    }
    return _both("within", words)


def _story(headline: float, residual: float, smallest: float) -> str:
    """Which sentence fits: mostly unexplained, a fall, gains against a large loss, or gains."""
    if abs(residual) > abs(headline) / 2:
        return "rest"
    if headline < 0:
        return "fell"
    return "mixed" if smallest < -headline / 4 else "rose"


def _both(key: str, words: dict[str, str]) -> Message:
    return Message(say(f"message.{key}", **words), say(f"message.{key}_alt", **words))


def _context(result: Result) -> Context:
    return Context.of(result.params, lang())


def _chosen(result: Result, period: str) -> Row:
    found = result.frame[result.frame["period"] == period]
    return dict((found if len(found) else result.frame).iloc[-1])


def _parts(frame: pd.DataFrame) -> pd.DataFrame:
    parts = frame[(frame["kind"] == "part") & (frame["code"] != "rest")]
    return parts.sort_values("contribution_pp", ascending=False)


def _sum_of(frame: pd.DataFrame, kind: str) -> float:
    return float(frame.loc[frame["kind"] == kind, "contribution_pp"].sum())


def _name(row: pd.Series, context: Context) -> str:
    return str(row[f"name_{context.lang}"] or row["name_en"])
