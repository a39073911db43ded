"""Turn statements of UN Comtrade into rows of the store: totals as `trade_flow`, products as `product_trade`."""

from __future__ import annotations

from collections.abc import Sequence

from trade.sources.connectors.arrow_tables import table
from trade.sources.connectors.comtrade.codes import EDITIONS
from trade.sources.connectors.comtrade.records import Statement
from trade.sources.delivery import Rows


def totals(statements: Sequence[Statement], freq: str) -> Rows:
    rows = [
        (statement.reporter, statement.period, statement.flow, partner, value, statement.released)
        for statement in statements
        for (partner, _), value in sorted(statement.values.items())
    ]
    columns = ("reporter", "period", "flow", "partner", "value", "published")
    constants: dict[str, str | int | float | bool] = {"freq": freq, "currency": "USD", "quality": "reported"}
    return Rows(
        "trade_flow", table(columns, rows), "one row per reporter, period, flow and partner: all goods", constants
    )


def products(statements: Sequence[Statement], freq: str) -> Rows:
    rows = [
        (
            EDITIONS.get(statement.edition, "HS"),
            statement.reporter,
            statement.period,
            statement.flow,
            partner,
            product,
            value,
        )
        for statement in statements
        for (partner, product), value in sorted(statement.values.items())
    ]
    columns = ("classification", "reporter", "period", "flow", "partner", "product", "value_usd")
    constants: dict[str, str | int | float | bool] = {"freq": freq, "quality": "reported"}
    description = "one row per reporter, period, flow, partner and product of the Harmonized System"
    return Rows("product_trade", table(columns, rows), description, constants)
