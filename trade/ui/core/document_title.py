"""The title of the browser's tab and of its history: the chart that a link names, the page, what was chosen."""

from __future__ import annotations

from trade.panels import partner_names
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.panels.registry import panels
from trade.text import formats
from trade.ui.core import filters, single_chart, views

_TOLD = ("flow", "good", "reporter", "partner", "period")
"""Choices that a title names, of those that the page has a control for."""


def words() -> str:
    """`What made it change · Growth · Imports, 2025 | China trade dashboard`."""
    panel = panels().get(f"{views.here()}/{filters.value('chart')}")
    chart = panel.title if panel and (single_chart.landing() or single_chart.alone()) else ""
    choices = ", ".join(filter(None, (_label(name, code) for name, code in _in_force().items())))
    parts = " · ".join(part for part in (chart, say(f"pages.{views.here()}.nav"), choices) if part)
    return f"{parts} | {say('site.title')}"


def _in_force() -> dict[str, str]:
    drawn = filters.in_force()
    if views.here() == "partner" and filters.value("partner"):
        drawn["partner"] = filters.value("partner")
    return {name: drawn[name] for name in _TOLD if drawn.get(name)}


def _label(name: str, code: str) -> str:
    """The words for a code; empty for one that is everywhere the same, or has none."""
    if name == "period":
        return formats.period(code, lang=lang())
    if name in ("partner", "reporter"):
        return partner_names.known().get(code, {}).get(f"name_{lang()}", "")
    return FIELDS[name].label(code)
