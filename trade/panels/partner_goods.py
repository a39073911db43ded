"""Partner by product: what China sells to one economy, how much of its purchases that is, and dependence."""

from __future__ import annotations

from trade.charts import sellers_and_buyers
from trade.panels import partner_names
from trade.panels.choices import Choices
from trade.panels.messages import world_goods as messages
from trade.panels.panel import Content, panel
from trade.panels.queries import world_goods

LEVELS = ("chapter", "heading", "subheading")


@panel("partner", "goods", measure="hs_purchases", choices=("partner", "level"))
def goods(choices: Choices) -> Content:
    """What the partner buys from China by good, and what share of its purchases of these goods that is."""
    code = partner_names.chosen(choices)
    bought = world_goods.purchases(code, choices.pick("level", LEVELS))
    options = {"columns": {"share_pct": "share_of_purchases"}, "column": "value_usd"}
    message, notes = messages.purchases(bought, partner_names.name_of(code)), messages.buyer_notes(bought)
    return Content(bought, sellers_and_buyers.bars, message, messages.about_all(bought), notes, options=options)


@panel("partner", "dependence", measure="hs_dependence", choices=("partner", "depends"))
def dependence(choices: Choices) -> Content:
    """The goods for which the partner depends on purchases from China, or China on sales to the partner."""
    code, side = partner_names.chosen(choices), choices.pick("depends")
    beyond = world_goods.dependent_goods(side, code)
    options = {"column": "value_usd", "columns": {"share_pct": f"share_{side}", "hhi": "hhi"}}
    message = messages.dependent_goods(beyond, side, partner_names.name_of(code))
    notes = messages.dependence_notes(beyond, side)
    return Content(beyond, sellers_and_buyers.bars, message, messages.about_all(beyond), notes, options=options)
