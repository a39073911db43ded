"""The controls that narrow and order the markets: growth, ratio to an earlier year, least value, order."""

from __future__ import annotations

from trade.panels import market_filter, market_scope
from trade.panels.language import say
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


def draw(scope: Scope, page: str, chart: str) -> None:
    """Two questions that are asked most, answered by a `chart` of the page, then the filters. The earlier year stands
    with what compares with it."""
    for name, fields in PRESETS.items():
        page_links.link(page, say(f"filter.preset_{name}"), chart=chart, **fields)
    filters.control("grew")
    if market_scope.earlier_periods(scope):
        filters.control("ratio")
    if market_filter.compares(filters.choices()):
        market_controls.base_control(scope)
    filters.control("least")
    filters.control("sort")
