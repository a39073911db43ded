"""The title of the browser tab: the chart named in the URL, the page, the main choices."""

from __future__ import annotations

from trade.panels import partner_names
from trade.panels.language import lang, say
from trade.panels.registry import panels
from trade.ui.core import filters, single_chart, view_links

_TITLE = ("flow", "good", "partner", "period")
"""Choices named in the title, if the page has a control for them."""
_SUMMARY = ("reporter", "good", "flow", "currency", "freq", "period", "continent", "dataset", "year")
"""Choices named in the summary that is shown while the controls are scrolled out of view."""


def words() -> str:
    """`Contributions to growth · Growth · Imports, 2025 | China trade dashboard`."""
    panel = panels().get(f"{view_links.here()}/{filters.value('chart')}")
    chart = panel.title if panel and (single_chart.landing() or single_chart.alone()) else ""
    chosen = filters.in_words() | _partner()
    choices_in_words = ", ".join(chosen[name] for name in _TITLE if chosen.get(name))
    parts = (chart, say(f"pages.{view_links.here()}.nav"), choices_in_words)
    return f"{' · '.join(part for part in parts if part)} | {say('site.title')}"


def choices() -> str:
    """`Exports · Yuan · Years · 2025`: the values of the page's main controls."""
    chosen = filters.in_words()
    everywhere = filters.value("continent") == "all"
    return " · ".join(
        chosen[name] for name in _SUMMARY if chosen.get(name) and not (name == "continent" and everywhere)
    )


def _partner() -> dict[str, str]:
    """The partner in focus, where the page has one."""
    if view_links.here() != "partner":
        return {"partner": ""}
    names = partner_names.known().get(filters.value("partner") or partner_names.FIRST, {})
    return {"partner": names.get(f"name_{lang()}", "")}
