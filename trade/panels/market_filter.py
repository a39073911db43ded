"""Which markets are shown, and in which order: those that grew or fell, doubled since a year, take more than so much.

The controls, the headline, the table and the file of a chart say the same: all read what is filtered here.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from trade.errors import NoRows
from trade.measures import Result
from trade.panels import market_scope, queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.fields import FIELDS
from trade.panels.language import joined, lang, say
from trade.panels.market_scope import Params, Scope
from trade.text import formats

OWN = ("grew", "ratio", "least", "sort")
FIELDS_READ = (*OWN, "since")
ORDERS = {"rank": "rank", "growth": "rate_pct", "gain": "change", "ratio": "ratio"}
"""Column that each order goes by."""
TREND = 12
"""Periods in the small line of a row."""


def is_on(choices: Choices) -> bool:
    """Whether any market is left out."""
    return any(choices.value(name) != FIELDS[name].default for name in ("grew", "ratio", "least"))


def compares(choices: Choices) -> bool:
    """Whether an earlier period matters to what is shown."""
    return choices.value("ratio") != "any" or choices.value("sort") in ("gain", "ratio")


def filtered(choices: Choices, scope: Scope, continent: str) -> Result:
    """The markets that fit, with value, change and `ratio` since the base period where that is asked for.

    Raises:
        NoRows: none fits, or there is no earlier period to compare with.
    """
    shown = market_scope.ranked(scope.params, scope.period, continent)
    if compares(choices):
        shown = _since(scope.params, scope.period, market_scope.base(choices, scope), continent)
    grew, ratio, least = (choices.pick(name) for name in ("grew", "ratio", "least"))
    if not is_on(choices):
        return shown
    frame = shown.frame
    fits = frame["value"] >= float(least)
    if grew != "all":
        bound = float(grew.removeprefix("up").removeprefix("down") or 0)
        rates = frame["rate_pct"]
        fits &= (rates >= max(bound, 1e-9)) if grew.startswith("up") else (rates <= min(-bound, -1e-9))
    if ratio != "any":
        fits &= frame["ratio"] >= float(ratio) if float(ratio) > 1 else frame["ratio"] <= float(ratio)
    if not fits.any():
        raise NoRows(say("filter.none", conditions=conditions(choices, scope)))
    return replace(shown, frame=frame[fits].reset_index(drop=True))


def comparable(choices: Choices, scope: Scope, continent: str) -> int:
    """How many markets have a figure of the base period that compares."""
    frame = _since(scope.params, scope.period, market_scope.base(choices, scope), continent).frame
    return int(frame["ratio"].notna().sum())


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
    grew, ratio, least = (choices.pick(name) for name in ("grew", "ratio", "least"))
    parts = []
    if ratio != "any":
        words = {"base": scope.periods[market_scope.base(choices, scope)], "period": scope.when}
        parts.append(say(f"filter.ratio_{ratio.replace('.', '_')}", **words))
    if grew != "all":
        parts.append(say(f"filter.{grew}", period=scope.when))
    if float(least) > 0:
        amount = formats.amount(float(least), scope.params["currency"], lang())
        parts.append(say("filter.least", amount=amount, period=scope.when))
    return joined(parts)


@cached_per_store
def trends(params: Params, period: str) -> pd.Series:
    """The values of each market over the last periods, oldest first, as lists by market."""
    first = list(market_scope.periods(params))
    start = first[max(0, first.index(period) - TREND + 1)]
    frame = queries.measure("rank", first=start, last=period, **params).frame
    wide = frame.pivot_table(index="market", columns="period", values="value", aggfunc="first")
    return wide.apply(lambda row: [None if pd.isna(value) else float(value) for value in row], axis=1)
