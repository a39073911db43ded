"""Sources: what the figures cover, how they were revised, whether they add up."""

from __future__ import annotations

from trade.charts import data_quality
from trade.panels import queries
from trade.panels.choices import Choices
from trade.panels.language import say
from trade.panels.messages import sources as messages
from trade.panels.panel import Content, panel


@panel("sources", "coverage", measure="coverage")
def coverage(_choices: Choices) -> Content:
    shown = queries.measure("coverage")
    notes, about = (say("sources.coverage_note"),), say("sources.coverage_about")
    return Content(shown, data_quality.matrix, messages.coverage(shown), about, notes)


@panel("sources", "revisions", measure="revisions", choices=("flow", "currency", "freq"))
def revisions(choices: Choices) -> Content:
    entries = {name: choices.pick(name) for name in ("flow", "currency")}
    shown = queries.measure("revisions", freq=choices.pick("freq", ("A", "M", "YTD")), **entries)
    notes = (say("sources.revisions_note"),)
    return Content(shown, data_quality.revisions, messages.revisions(shown), notes=notes)


@panel("sources", "residuals", measure="residuals")
def residuals(_choices: Choices) -> Content:
    shown = queries.measure("residuals")
    notes, about = (say("sources.residuals_note"),), say("sources.residuals_about")
    return Content(shown, data_quality.residuals, messages.residuals(shown), about, notes)
