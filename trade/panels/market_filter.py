"""Filters for markets: by growth, by ratio to an earlier year, by least value; and their order.

Controls, headline, table and file of a chart agree because all of them use the rows filtered here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import pandas as pd

from trade.errors import NoRows
from trade.measures import Result
from trade.panels import market_scope, queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.panels.market_scope import Params, Scope
from trade.panels.messages import destinations as messages
from trade.panels.messages.common import Message
from trade.text import formats

OWN = ("grew", "ratio", "least", "sort")
FIELDS_READ = (*OWN, "since")
NARROWING = ("grew", "ratio", "least")
"""The fields that leave markets out; `sort` only reorders them."""
ORDERS = {"rank": "rank", "growth": "rate_pct", "gain": "change", "ratio": "ratio"}
"""Column that each order goes by."""
TREND = 12
"""Periods in a row's sparkline."""


def is_on(choices: Choices) -> bool:
    """Whether any row is left out."""
    return any(choices.value(name) != FIELDS[name].default for name in NARROWING)


def compares(choices: Choices) -> bool:
    """Whether the filter or the order compares with an earlier period."""
    return choices.value("ratio") != "any" or choices.value("sort") in ("gain", "ratio")


def filtered(choices: Choices, scope: Scope, continent: str) -> Result:
    """The markets that fit, with value, change and `ratio` since the base period where that is asked for.

    Raises:
        NoRows: none fits, or there is no earlier period to compare with.
    """
    shown = _ranked(scope, continent)
    if compares(choices):
        shown = _since(scope.params, scope.period, market_scope.base(choices, scope), continent)
    if not is_on(choices):
        return shown
    fit = fits(choices, shown.frame, shown.frame["rate_pct"])
    if not fit.any():
        if choices.pick("grew") != "all" and shown.frame["rate_pct"].isna().all():
            base = scope.periods[market_scope.base(choices, scope)] if market_scope.earlier_periods(scope) else ""
            raise NoRows(why_no_growth(scope.when, base))
        place = market_scope.place(choices)
        key = "filter.none_place" if place else "filter.none"
        raise NoRows(say(key, conditions=conditions(choices, scope), place=place))
    return replace(shown, frame=shown.frame[fit].reset_index(drop=True))


def why_no_growth(period: str, base: str) -> str:
    """Why no row of a period has growth on a year earlier, and what compares instead; `base` is an earlier period that
    is held, empty if none is, both in words."""
    if not base:
        return say("filter.first_period", period=period, growth=say("scope.grew.name"), all=say("scope.grew.all"))
    return say("filter.no_growth", period=period, base=base, ratio=say("scope.ratio.name"))


def fits(choices: Choices, frame: pd.DataFrame, rates: pd.Series) -> pd.Series:
    """Which rows grew or fell as chosen, are worth the least value chosen and, where that is chosen, have the `ratio`.
    A row without a figure does not fit."""
    grew, least, ratio = choices.pick("grew"), float(choices.pick("least")), choices.pick("ratio")
    fit = frame["value"] >= least if least else pd.Series(True, index=frame.index)
    if grew != "all":
        bound = float(grew.removeprefix("up").removeprefix("down") or 0)
        fit &= (rates >= max(bound, 1e-9)) if grew.startswith("up") else (rates <= min(-bound, -1e-9))
    if ratio != "any":
        fit &= frame["ratio"] >= float(ratio) if float(ratio) > 1 else frame["ratio"] <= float(ratio)
    return fit


def selected(choices: Choices, scope: Scope) -> tuple[Result, Message | None, tuple[str, ...]]:
    """The markets that fit, a message that counts them (None if no filter is on), and notes: the year compared with if
    it is not the one chosen, and how many markets have no figure to compare.

    Raises:
        NoRows: none fits, or there is no earlier period to compare with.
    """
    continent = choices.pick("continent")
    shown = filtered(choices, scope, continent)
    other = market_scope.other_base(choices, scope) if compares(choices) else ()
    if not is_on(choices):
        return shown, None, other
    base = market_scope.base(choices, scope) if compares(choices) else ""
    everyone = _since(scope.params, scope.period, base, continent) if base else _ranked(scope, continent)
    place = market_scope.place(choices)
    message = messages.filtered(shown, len(everyone.frame), conditions(choices, scope), place)
    return shown, message, (*other, *left_out(choices, everyone.frame, scope.periods.get(base, "")))


def _ranked(scope: Scope, continent: str) -> Result:
    return market_scope.ranked(scope.params, scope.period, continent)


def left_out(choices: Choices, frame: pd.DataFrame, base: str) -> tuple[str, ...]:
    """Notes on how many rows a filter cannot judge because they have no figure; `base` is the earlier period in
    words."""
    judged = {"ratio": "ratio", "rate_pct": "grew"}
    used = [column for column, field in judged.items() if choices.value(field) != FIELDS[field].default]
    counts = {column: int(frame[column].isna().sum()) for column in used}
    return tuple(
        say(f"filter.left_out_{column}", count=formats.count(count, lang()), base=base)
        for column, count in counts.items()
        if count
    )


@cached_per_store
def _since(params: Params, period: str, base: str, continent: str) -> Result:
    """The markets of a period with `base_value`, `change` and `ratio` since an earlier one. Across a break of quality
    or source there is neither change nor ratio."""
    shown = market_scope.ranked(params, period, continent)
    margins = queries.measure("margins", by="market", period=period, base=base, **params)
    known = margins.frame[["market", "base_value", "change", "break"]].rename(columns={"break": "base_break"})
    frame = shown.frame.merge(known, how="left", on="market")
    comparable = frame["base_break"].isna() & (frame["base_value"] > 0)
    ratio = (frame["value"] / frame["base_value"]).where(comparable)
    return replace(shown, frame=frame.assign(ratio=ratio, base=base).drop(columns="base_break"))


def conditions(choices: Choices, scope: Scope) -> str:
    """What the markets shown have in common, in words."""
    base = scope.periods[market_scope.base(choices, scope)] if choices.value("ratio") != "any" else ""
    return conditions_in_words(choices, scope.params["currency"], scope.when, base)


def conditions_in_words(choices: Choices, currency: str, period: str, base: str) -> str:
    """What the rows shown have in common; `period` is the one shown, `base` the one compared with, both in words."""
    grew, least, ratio = choices.pick("grew"), choices.pick("least"), choices.pick("ratio")
    within = [] if grew == "all" else [say(f"filter.{grew}")]
    if float(least) > 0:
        within.append(say("filter.least", amount=formats.amount(float(least), currency, lang(), digits=0)))
    parts = [] if ratio == "any" else [say(f"filter.ratio_{ratio.replace('.', '_')}", base=base, period=period)]
    parts += [say("filter.in_period", conditions=_joined("and", within), period=period)] if within else []
    return _joined("also", parts)


def _joined(how: str, conditions: list[str]) -> str:
    return reduce(lambda one, other: say(f"filter.{how}", one=one, other=other), conditions)


@cached_per_store
def trends(params: Params, period: str) -> pd.Series:
    """The values of each market over the last periods, oldest first, as lists by market."""
    first = list(market_scope.periods(params))
    start = first[max(0, first.index(period) - TREND + 1)]
    frame = queries.measure("rank", first=start, last=period, **params).frame
    wide = frame.pivot_table(index="market", columns="period", values="value", aggfunc="first")
    return wide.apply(lambda row: [None if pd.isna(value) else float(value) for value in row], axis=1)
