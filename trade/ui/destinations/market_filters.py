"""The controls that narrow and order the markets: growth, ratio to an earlier year, least value, order."""

from __future__ import annotations

from trade.panels import market_filter, market_scope
from trade.panels.market_scope import Scope
from trade.ui.core import filters, market_controls


def draw(scope: Scope) -> None:
    """The filters. The earlier year stands here as soon as one of them compares with it."""
    filters.control("grew")
    if market_scope.earlier_periods(scope):
        filters.control("ratio")
    if market_filter.compares(filters.choices()):
        market_controls.base_control(scope)
    filters.control("least")
    filters.control("sort")
