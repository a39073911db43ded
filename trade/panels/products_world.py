"""Products in the world: where an economy gained and lost, beside whom, and who depends on whom."""

from __future__ import annotations

from trade.charts import sellers_and_buyers
from trade.panels import partner_names
from trade.panels.choices import Choices
from trade.panels.language import say
from trade.panels.messages import world_goods as messages
from trade.panels.panel import Content, panel
from trade.panels.queries import world_goods

WORLD = ("grouping", "reporter")
PART = ("grouping", "part")


@panel("products", "world_share", measure="hs_world_share", choices=(*WORLD, "since"))
def share_change(choices: Choices) -> Content:
    """The share of the world's exports by part, in an earlier year and now."""
    economy, grouping = world_goods.exporter(choices), choices.pick("grouping")
    changed = world_goods.share_change(economy, grouping, world_goods.since(choices))
    options = {"before": "base_share_pct", "after": "market_share_pct", "difference": "change_pp"}
    message, notes = messages.share_change(changed), messages.world_notes(changed)
    return Content(changed, sellers_and_buyers.change, message, messages.about(changed), notes, options=options)


@panel("products", "world_advantage", measure="hs_world_share", choices=WORLD)
def advantage_change(choices: Choices) -> Content:
    """Comparative advantage by part, in the first year held and now."""
    changed = world_goods.advantage_change(world_goods.exporter(choices), choices.pick("grouping"))
    options = {"before": "base_rca", "after": "rca", "difference": "rca_change", "line": 1.0}
    message, notes = messages.advantage_change(changed), messages.world_notes(changed)
    about = messages.about(changed, say("goods.advantage_about"))
    return Content(changed, sellers_and_buyers.change, message, about, notes, options=options)


@panel("products", "world_rivals_time", measure="hs_rivals", choices=PART)
def rivals_over_time(choices: Choices) -> Content:
    """The shares of China and its rivals in the world's exports of one part, year by year."""
    shares = world_goods.rivals_over_time(choices)
    message, notes = messages.rivals_over_time(shares), messages.world_notes(shares)
    return Content(shares, sellers_and_buyers.rivals, message, messages.about_all(shares), notes)


@panel("products", "world_rivals", measure="hs_rivals", choices=PART)
def rivals(choices: Choices) -> Content:
    """The exporters of one part in the newest year, in order."""
    ranked = world_goods.rivals(choices)
    options = {"columns": {"share_pct": "share_of_exports", "growth_pct": "growth"}, "code": "partner"}
    message, notes = messages.rivals(ranked), messages.world_notes(ranked)
    return Content(ranked, sellers_and_buyers.bars, message, messages.about_all(ranked), notes, options=options)


@panel("products", "dependence", measure="hs_dependence", choices=("depends",))
def dependence(choices: Choices) -> Content:
    """In how many goods each economy depends on purchases from China, or China on sales to it."""
    side = choices.pick("depends")
    counted = world_goods.dependence(side)
    options = {"column": "dependent_products", "axis": "beyond", "columns": {"share_pct": "share_beyond"}}
    message, notes = messages.dependence(counted, side), messages.dependence_notes(counted, side)
    return Content(counted, sellers_and_buyers.bars, message, messages.about_all(counted), notes, options=options)


@panel("products", "dependent_goods", measure="hs_dependence", choices=("depends", "partner"))
def dependent_goods(choices: Choices) -> Content:
    """The goods of one partner beyond the threshold: the partner chosen, or the one with most of them."""
    side = choices.pick("depends")
    partner = dependent_partner(choices)
    goods = world_goods.dependent_goods(side, partner)
    options = {"column": "value_usd", "columns": {"share_pct": f"share_{side}", "hhi": "hhi"}}
    message = messages.dependent_goods(goods, side, partner_names.name_of(partner))
    notes = messages.dependence_notes(goods, side)
    return Content(goods, sellers_and_buyers.bars, message, messages.about_all(goods), notes, options=options)


def dependent_partner(choices: Choices) -> str:
    """The partner whose goods are listed: the one chosen, or the one with most goods beyond the threshold."""
    return choices.pick("partner", list(world_goods.dependence(choices.pick("depends")).frame["code"]))
