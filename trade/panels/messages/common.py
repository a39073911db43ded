"""What stands above a chart, made from the figures drawn. One function per chart, pure, never typed.

Where the measure's own sentence says it, that is the headline. A headline of its own is about several rows or measures.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.charts.label_context import Context
from trade.measures import Result
from trade.measures.sentences import name_in_sentence
from trade.panels import measure_headline
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.panels.measure_headline import Message as Message
from trade.text import formats, message
from trade.text.figures import Figures
from trade.text.message import Text

Row = dict[Any, Any]
RATES = ("growth_pct", "growth_computed_pct")
"""The published rate, and the one between levels."""


def row_of(result: Result, period: str = "") -> Row:
    """The row of that period, or the last row with a value."""
    rows = result.frame[result.frame["period"] == period]
    return dict((rows if len(rows) else result.frame.dropna(subset=["value"])).iloc[-1])


def rows_where(result: Result, **values: object) -> list[Row]:
    """The rows whose columns have these values."""
    rows = result.frame
    for column, value in values.items():
        rows = rows[rows[column] == value]
    return list(rows.to_dict("records"))


def rate_of(row: Row) -> float | None:
    """The published rate of a row, else the one between levels; None if there is neither."""
    column = rate_column(row)
    return float(row[column]) if column else None


def rate_column(row: Row) -> str:
    """The column of the published rate of a row, else of the one between levels; empty if there is neither."""
    return next((name for name in RATES if row.get(name) is not None and not formats.is_missing(row[name])), "")


def figures_of(result: Result, row: Row, currency: str = "") -> Figures:
    """The numbers of a row in the language of the run, each tied to its query; `currency` where they name none."""
    return Figures(result.measure.id, result.params, row, lang(), currency or context_of(result).currency)


def context_of(result: Result) -> Context:
    """Flow, currency and frequency of a result in the language of the run."""
    return Context.of(result.said_params, lang())


def number_of(result: Result, number: float, column: str) -> Text:
    """How many rows have something, counted in a column."""
    return figures_of(result, {}).counted(number, column)


def name_of(row: Row) -> str:
    """The row's name in the user's language."""
    own = row.get(f"name_{lang()}")
    return str(own if isinstance(own, str) and own else row["name_en"])


def named(row: Row) -> str:
    """The row's name as it stands inside a sentence: `the United States`."""
    return name_in_sentence(name_of(row), lang())


def with_number(name: str, *numbers: str) -> Text:
    """A name and its numbers, for a list: `Germany 3.2%`, `德国3.2%`."""
    return message.joined([name, *numbers], say("join.figure"))


def flow_text(result: Result) -> Text:
    """The flow of a result inside a sentence, standing for its code."""
    flow = context_of(result).flow
    return Text(say(f"flow_low.{flow}"), flow)


def range_of(figures: Figures, values: pd.Series, column: str) -> dict[str, Text]:
    """The lowest and the highest rate of a column."""
    ends = {"low": values.min(), "high": values.max()}
    return {name: figures.at({column: value}).percent(column) for name, value in ends.items()}


def period_name(row: Row, freq: str) -> Text:
    """In words; January and February joined are named as both."""
    return Text(formats.period(row["period"], "YTD" if row.get("months") == 2 else freq, lang()), str(row["period"]))


@cached_text
def newest_name(result: Result) -> str:
    """The newest period of a result in words."""
    return period_name(row_of(result), str(result.params["freq"]))


@cached_text
def period_names(result: Result) -> dict[str, str]:
    """Every period of a result, oldest first, by its code."""
    freq = str(result.params.get("freq") or "")
    return {str(row["period"]): period_name(row, freq) for row in result.frame.to_dict("records")}


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
    return [*notes, say("volume.compiled_note"), say(f"volume.{_rest_kind(result)}_note")]


def _rest_kind(result: Result) -> str:
    return "months" if result.params["freq"] == "M" else "rest"


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
