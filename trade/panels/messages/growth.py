"""The sentences of the page on growth, made from the figures drawn: one function per chart.

Where the measure's own sentence says it, that is the headline. A headline of its own is about several rows or measures.
"""

from __future__ import annotations

import pandas as pd

from trade.measures import Result
from trade.panels import measure_headline
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.panels.measure_headline import Message
from trade.panels.messages.common import (
    Row,
    context_of,
    figures_of,
    flow_text,
    name_of,
    named,
    period_name,
    range_of,
    row_of,
    rows_where,
)
from trade.text import formats
from trade.text.message import Text


@cached_text
def growth(result: Result, chosen: str = "") -> Message:
    """`China's exports rose by 6.1% in 2025; the value was 26.99 trillion yuan.`"""
    context, row, shown = context_of(result), row_of(result, chosen), result.frame["period"]
    headline = measure_headline.headline(result, row["period"])
    span = formats.span(shown.iloc[0], shown.iloc[-1], context.freq, context.lang)
    rates = result.frame["growth_pct"].fillna(result.frame["growth_computed_pct"])
    ends = range_of(figures_of(result, row), rates, "growth_pct")
    mean = "yes" if "months" in result.frame and (result.frame["months"] == 2).any() else "no"
    return Message(headline, say("message.growth_alt", headline=headline, span=span, mean=mean, **ends))


@cached_text
def growth_notes(result: Result) -> list[str]:
    """What the marks in the chart mean."""
    computed = result.frame["growth_pct"].isna() & result.frame["growth_computed_pct"].notna()
    return [say("message.hatched")] if computed.any() and result.params.get("freq") != "YTD" else []


def _focus(result: Result, column: str, chosen: str) -> str:
    """The chosen period if the column has a figure for it, else the last that has one."""
    known = result.frame.dropna(subset=[column])["period"]
    return chosen if (known == chosen).any() else str(known.iloc[-1])


@cached_text
def index(result: Result, chosen: str = "") -> Message:
    """How large the chosen period is against the base, else the last."""
    headline = measure_headline.headline(result, _focus(result, "index", chosen))
    return Message(headline, say("message.index_alt", headline=headline))


@cached_text
def moving_sum(result: Result, chosen: str = "") -> Message:
    """The sum up to the chosen period, else the last, and its change."""
    headline = measure_headline.headline(result, _focus(result, "moving_sum", chosen))
    window = Text(str(result.params["window"]), float(result.params["window"]))
    return Message(headline, say("message.moving_sum_alt", headline=headline, window=window))


@cached_text
def balance(result: Result, chosen: str = "") -> Message:
    """Surplus or deficit in the chosen period, else the last, with both flows."""
    headline = measure_headline.headline(result, _focus(result, "balance", chosen))
    return Message(headline, say("message.balance_alt", headline=headline))


@cached_text
def balance_notes(result: Result, chosen: str = "") -> list[str]:
    """The balance as first released, where it was revised since and differs in the digits shown."""
    row = _chosen(result, _focus(result, "balance", chosen))
    figures = figures_of(result, row)
    released, now = figures.amount_size("released_balance"), figures.amount_size("balance")
    if released.value == "missing" or released == now:
        return []
    period = context_of(result).period(row["period"])
    return [say("message.balance_released", period=period, released=released, now=now)]


@cached_text
def vintages(result: Result, chosen: str = "") -> Message:
    """The official rate beside that of first releases, for the chosen period if it is there, else the last."""
    context, row = context_of(result), _chosen(result, chosen)
    figures = figures_of(result, row)
    words = {
        "flow": context.flow_name,
        "period": period_name(row, context.freq),
        "official": figures.percent("growth_pct"),
        "first": figures.percent("growth_first_pct"),
    }
    return _both("vintages", words)


@cached_text
def vintages_notes(result: Result, chosen: str = "") -> list[str]:
    """Why the two rates differ: the base that the published one implies, and the base first released.

    Where the chosen period has not both rates, that comes first.
    """
    context, row = context_of(result), _chosen(result, chosen)
    first_base = row["first_value"] / (1 + row["growth_first_pct"] / 100)
    bases = {"revised": figures_of(result, row).amount("revised_base"), "base": context.amount(first_base)}
    other = chosen and chosen != row["period"]
    lacking = [say("message.vintages_lacking", period=context.period(chosen))] if other else []
    return [*lacking, say("message.vintages_note", period=period_name(row, context.freq), **bases)]


@cached_text
def volume_notes(result: Result) -> list[str]:
    """That a unit value is no price, who compiled the indices, and what the rest is."""
    notes = [say("volume.not_a_price")]
    if result.params["compiler"] != "cpb":
        return [*notes, say("volume.unctad_note")]
    return [
        *notes,
        say("volume.compiled_note"),
        say("volume.months_note" if result.params["freq"] == "M" else "volume.rest_note"),
    ]


@cached_text
def contribution(result: Result) -> Message:
    """Which part gave most of the growth, which took most; if the list explains little of it, that comes first."""
    frame = result.frame
    figures = figures_of(result, dict(_parts(frame).iloc[-1]))
    residual = _sum_of(frame, "residual")
    words = {
        "sentence": measure_headline.headline(result, template="contribution"),
        "last": name_of(dict(figures.row)),
        "last_points": figures.points("contribution_pp"),
        "residual": figures.linked(formats.points(residual, 2, lang()), residual, "contribution_pp"),
    }
    return Message(words["sentence"], say("message.contribution_alt", **words))


@cached_text
def within(result: Result, continent: str, continents: Result) -> Message:
    """How one continent grew (as the split by continent has it), what it gave, and which of its partners most."""
    parts = _parts(result.frame)
    own = figures_of(continents, next(iter(rows_where(continents, code=continent)), {}))
    first, last = (figures_of(result, dict(parts.iloc[at])) for at in (0, -1))
    most = last if float(own.row.get("contribution_pp") or 0.0) < 0 else first
    total = _sum_of(result.frame, "total")
    words = {
        "flow": flow_text(result),
        "headline": first.linked(formats.percent(total, lang=lang()), total, "contribution_pp"),
        "continent": say(f"scope.continent.{continent}"),
        "growth": own.percent("growth_pct"),
        "all": own.points("contribution_pp", 2),
        "first": name_of(dict(first.row)),
        "points": first.points("contribution_pp", 2),
        "last": name_of(dict(last.row)),
        "last_points": last.points("contribution_pp", 2),
        "most": named(dict(most.row)),
        "most_points": most.points("contribution_pp", 2),
    }
    return _both("within", words)


def _both(key: str, words: dict[str, str]) -> Message:
    return Message(say(f"message.{key}", **words), say(f"message.{key}_alt", **words))


def _chosen(result: Result, period: str) -> Row:
    rows = result.frame[result.frame["period"] == period]
    return dict((rows if len(rows) else result.frame).iloc[-1])


def _parts(frame: pd.DataFrame) -> pd.DataFrame:
    parts = frame[(frame["kind"] == "part") & (frame["code"] != "rest")]
    return parts.sort_values("contribution_pp", ascending=False)


def _sum_of(frame: pd.DataFrame, kind: str) -> float:
    return float(frame.loc[frame["kind"] == kind, "contribution_pp"].sum())
