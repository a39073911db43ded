"""Controls of goods in the world: how goods are grouped, whose exports, since when, which part, which partner."""

from __future__ import annotations

from trade.panels import products_world
from trade.panels.queries import world_goods
from trade.ui.core import filters


def question() -> None:
    """The controls of the grouping and of the exporter."""
    grouping = filters.control("grouping")
    names = world_goods.exporters(grouping)
    filters.control("reporter", options=list(names), words=names.__getitem__)


def since() -> None:
    """The control of the year to compare with, where there is an earlier one."""
    if earlier := world_goods.years(filters.choices())[-2::-1]:
        filters.control("since", options=earlier, first=world_goods.since(filters.choices()))


def part() -> None:
    """The control of the part that is followed and ranked."""
    names = world_goods.parts(filters.choices())
    filters.control("part", options=list(names), words=names.__getitem__, first=world_goods.part(filters.choices()))


def partner() -> None:
    """The control of the partner whose goods are listed."""
    names = world_goods.partners(filters.choices().pick("depends"))
    first = products_world.dependent_partner(filters.choices())
    filters.control("partner", options=list(names), words=names.__getitem__, first=first)


def follow(code: str) -> None:
    """A part was clicked: follow it over time."""
    if code in world_goods.parts(filters.choices()):
        filters.choose("part", code)
