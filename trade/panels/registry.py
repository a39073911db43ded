"""Every panel of every page, in the order in which its module declares it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

import trade.panels
from trade.errors import UnknownName
from trade.panels.panel import Panel


@cache
def panels() -> MappingProxyType[str, Panel]:
    """All panels by id (`growth/levels`), page by page."""
    modules = [import_module(f"trade.panels.{module.name}") for module in iter_modules(trade.panels.__path__)]
    declared = [value for module in modules for value in vars(module).values() if isinstance(value, Panel)]
    return MappingProxyType({panel.id: panel for panel in declared})


def find_panel(panel_id: str) -> Panel:
    """The panel of that id.

    Raises:
        UnknownName: there is none; the nearest ids are named.
    """
    if panel_id not in panels():
        raise UnknownName("chart", panel_id, list(panels()))
    return panels()[panel_id]


def keys_of(page: str) -> list[str]:
    """The keys of a page's panels, in order."""
    return [panel.key for panel in panels().values() if panel.page == page]
