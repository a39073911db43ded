"""Filters for rows other than markets: group members, customs commodities, HS codes.

The fields are those of `market_filter`. Controls, headline, chart, table and file agree because all of them use the
rows filtered here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from trade.errors import NoRows
from trade.measures import Result
from trade.panels import market_filter, market_scope
from trade.panels.choices import Choices
from trade.panels.language import say
from trade.panels.messages import destinations as messages
from trade.panels.messages.common import Message, Row, name_of

ORDERS = {"growth": "rate_pct", "gain": "change", "ratio": "ratio"}
"""Column that each order goes by, the largest first; any other order is that of the rows, by value."""


@dataclass(frozen=True)
class Listing:
    """Rows of one period, the largest first, for filters to narrow and sort.

    `rows` has `value`, names and the codes in the column `key`; `rates` is the growth of each on a year earlier in per
    cent. `periods` maps all periods that have such rows to their words, oldest first; `period` is the one shown.
    `earlier` returns the values of an earlier period by code, only those that are comparable. `what` says what the rows
    are: `members`, `goods`, `codes`; `name` returns the name of a row for the headline.
    """

    rows: Result
    key: str
    rates: pd.Series
    period: str
    periods: Mapping[str, str]
    earlier: Callable[[str], pd.Series]
    what: str
    name: Callable[[Row], str] = name_of

    @property
    def when(self) -> str:
        """The period shown, in words."""
        return self.periods[self.period]

    @property
    def earlier_years(self) -> dict[str, str]:
        """The same period of earlier years by its year, the newest first."""
        same = [code for code in self.periods if code < self.period and code[4:] == self.period[4:]]
        return {code[:4]: code for code in reversed(same)}


@dataclass(frozen=True)
class Listed:
    """The rows of a listing after filtering and sorting. `message` counts them; None if no filter is on."""

    rows: Result
    message: Message | None = None
    notes: tuple[str, ...] = ()


def is_changed(choices: Choices) -> bool:
    """Whether a filter is on or the rows are sorted by anything but value."""
    return market_filter.is_on(choices) or choices.pick("sort") in ORDERS


def listed(choices: Choices, listing: Listing) -> Listed:
    """The rows that fit, in order; with `base`, `base_value`, `change` and `ratio` where an earlier period matters.

    Raises:
        NoRows: none fits, or there is no earlier period to compare with.
    """
    if not is_changed(choices):
        return Listed(listing.rows)
    frame = listing.rows.frame.assign(rate_pct=listing.rates)
    base = _base(choices, listing) if market_filter.compares(choices) else ""
    if base:
        before = frame[listing.key].map(listing.earlier(base))
        before = before.where(before > 0)
        change, ratio = frame["value"] - before, frame["value"] / before
        frame = frame.assign(base=base, base_value=before, change=change, ratio=ratio)
    if by := ORDERS.get(choices.pick("sort")):
        frame = frame.sort_values(by, ascending=False, kind="stable")
    shown = frame[market_filter.fits(choices, frame, frame["rate_pct"])]
    result = replace(listing.rows, frame=shown.drop(columns="rate_pct").reset_index(drop=True))
    currency = str(result.currency or result.params.get("currency"))
    other = market_scope.instead_of_base(choices, listing.earlier_years) if base else ()
    if not market_filter.is_on(choices):
        return Listed(result, notes=other)
    base_in_words = listing.periods.get(base, "")
    conditions = market_filter.conditions_in_words(choices, currency, listing.when, base_in_words)
    if shown.empty:
        if choices.value("grew") != "all" and frame["rate_pct"].isna().all():
            earlier = (listing.periods[code] for code in listing.earlier_years.values())
            raise NoRows(market_filter.why_no_growth(listing.when, next(earlier, "")))
        raise NoRows(say(f"filter.none_{listing.what}", conditions=conditions))
    message = messages.narrowed(result, len(frame), conditions, listing.what, listing.name)
    return Listed(result, message, (*other, *market_filter.left_out(choices, frame, base_in_words)))


def _base(choices: Choices, listing: Listing) -> str:
    """The earlier period to compare with: that of the year chosen, else the newest.

    Raises:
        NoRows: there is none.
    """
    years = listing.earlier_years
    if not years:
        raise NoRows(say("filter.no_earlier", period=listing.when))
    return years[choices.pick("since", years)]


def trends(frame: pd.DataFrame, key: str) -> pd.Series:
    """The values of each code over the periods of a frame, oldest first, as lists by code."""
    wide = frame.pivot_table(index=key, columns="period", values="value", aggfunc="first")
    return wide.apply(lambda row: [None if pd.isna(value) else float(value) for value in row], axis=1)
