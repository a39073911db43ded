"""Controls of goods in the world: how goods are grouped, whose exports, since when, which part, which partner."""

from __future__ import annotations

from trade.panels import goods_market, products_world
from trade.ui.core import filters


def question() -> None:
    """The controls of the grouping and of the exporter."""
    grouping = filters.control("grouping")
    names = goods_market.exporters(grouping)
    filters.control("reporter", options=list(names), words=names.__getitem__)


def since() -> None:
    """The control of the year to compare with."""
    earlier = goods_market.years(filters.choices())[-2::-1]
    filters.control("since", options=earlier, words=str, first=goods_market.since(filters.choices()))


def part() -> None:
    """The control of the part that is followed and ranked."""
    names = goods_market.parts(filters.choices())
    filters.control("part", options=list(names), words=names.__getitem__, first=goods_market.part(filters.choices()))


def partner() -> None:
    """The control of the partner whose goods are listed."""
    names = goods_market.partners(filters.choices().pick("depends"))
    first = products_world.dependent_partner(filters.choices())
    filters.control("partner", options=list(names), words=names.__getitem__, first=first)


def follow(code: str) -> None:
    """A part was clicked: follow it over time."""
    if code in goods_market.parts(filters.choices()):
        filters.choose("part", code)
