"""The controls that narrow and order rows: growth, ratio to an earlier year, least value, order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from trade.errors import TradeError
from trade.panels import market_filter, market_scope
from trade.panels.fields import FIELDS
from trade.panels.language import say
from trade.panels.listing_filter import Listing
from trade.panels.market_scope import Scope
from trade.ui.core import filters, market_controls, page_links

PRESETS = {
    "doubled": {
        "currency": "USD",
        "freq": "A",
        "since": "2019",
        "ratio": "2",
        "grew": "all",
        "least": "0",
        "sort": "ratio",
    },
    "fell": {"freq": "A", "ratio": "any", "grew": "down", "least": "0", "sort": "rank"},
}
"""Filters that one click sets, as fields of the link."""
FIRST_OF_DOUBLED = PRESETS["doubled"]["since"]


def draw(scope: Scope, page: str, chart: str) -> None:
    """Two questions that are asked most, answered by a `chart` of the page, then the filters of markets."""
    _presets(page, chart, tuple(PRESETS))
    _controls(bool(market_scope.earlier_periods(scope)), lambda: market_controls.base_control(scope))


def for_rows(page: str, chart: str, listing: Callable[[], Listing]) -> None:
    """The same for the rows of a `chart` that are no markets, behind a button; nothing where there are none."""
    with suppress(TradeError):
        listed = listing()
        with filters.more(*market_filter.OWN, labels=filters.ROWS):
            of_rows(page, chart, lambda: listed)


def of_rows(page: str, chart: str, listing: Callable[[], Listing]) -> None:
    """The same without a button of their own."""
    with suppress(TradeError):
        years = listing().earlier_years
        _presets(page, chart, tuple(PRESETS) if FIRST_OF_DOUBLED in years else ("fell",))
        _of_rows(years, amounts=True)


def of_compared(listing: Callable[[], Listing], *, amounts: bool, base: bool) -> None:
    """The filters alone; a least value only of `amounts`, the earlier year unless its control stands already."""
    with suppress(TradeError):
        _of_rows(listing().earlier_years, amounts=amounts, base=base)


def _of_rows(years: Mapping[str, str], *, amounts: bool, base: bool = True) -> None:
    def since() -> None:
        if base:
            filters.control("since", options=list(years))

    _controls(bool(years), since, amounts=amounts)


def _presets(page: str, chart: str, names: tuple[str, ...]) -> None:
    for name in names:
        page_links.link(page, say(f"filter.preset_{name}"), chart=chart, **PRESETS[name])


def _controls(earlier: bool, base: Callable[[], object], *, amounts: bool = True) -> None:
    """Draw the filters, with the earlier year next to those that compare with it. A ratio chosen earlier can be reset
    even if there is no earlier year."""
    filters.control("grew")
    if earlier or filters.value("ratio") != FIELDS["ratio"].default:
        filters.control("ratio")
    if earlier and market_filter.compares(filters.choices()):
        base()
    if amounts:
        filters.control("least")
    filters.control("sort")
