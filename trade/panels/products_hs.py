"""Products by code of the Harmonized System: what trade consists of, one code and its buyers, balance, advantage,
diversification.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from trade.charts import concentration, hs_products, maps, sellers_and_buyers, time_series
from trade.errors import NoRows
from trade.measures import Result
from trade.panels import listing_filter, market_filter, market_scope
from trade.panels.choices import Choices
from trade.panels.language import say
from trade.panels.listing_filter import Listing
from trade.panels.messages import hs as messages
from trade.panels.messages import world_goods as goods_messages
from trade.panels.panel import Content, panel
from trade.panels.queries import hs_trade, world_goods
from trade.panels.queries.hs_trade import View

QUESTION = ("flow", "freq", "reporter", "origin")
LEVEL = (*QUESTION, "level", "period", "inside")
CODE = (*LEVEL, "code")


@panel("products", "hs_map", measure="hs_products", choices=LEVEL)
def boxes(choices: Choices) -> Content:
    view = hs_trade.view(choices)
    parts = hs_trade.parts(view)
    names = hs_trade.parent_names(view)
    message, notes = messages.items(parts), tuple(messages.item_notes(parts))
    about = messages.about(parts)
    return Content(parts, hs_products.treemap, message, about=about, notes=notes, options={"parents": names})


def codes_listing(choices: Choices) -> Listing:
    """The parts of the level in force; in an order by growth or ratio those of some size."""
    view = hs_trade.view(choices)
    parts = world_goods.in_order(hs_trade.parts(view), _order(choices))

    def earlier(base: str) -> pd.Series:
        return hs_trade.parts(replace(view, period=base)).frame.set_index("code")["value"]

    periods = hs_trade.periods(view.params)
    return Listing(
        parts, "code", parts.frame["growth_pct"], view.period, periods, earlier, "codes", goods_messages.good_name
    )


def _order(choices: Choices) -> str:
    return "growth" if choices.pick("sort") in ("growth", "ratio") else "value"


def codes_trends(choices: Choices) -> pd.Series:
    """What each part came to in the last periods of the source, oldest first, as lists by code."""
    return listing_filter.trends(hs_trade.last_periods(hs_trade.view(choices), market_filter.TREND), "code")


@panel("products", "hs_ranking", measure="hs_products", choices=(*LEVEL, *market_filter.FIELDS_READ))
def ranking(choices: Choices) -> Content:
    """The parts that fit, in order of their value, growth, gain or ratio to an earlier period."""
    shown, order = listing_filter.listed(choices, codes_listing(choices)), choices.pick("sort")
    message = shown.message
    if message is None and order == "growth":
        message = goods_messages.ranking(shown.rows, order)
    elif message is None:
        message = goods_messages.ranking(world_goods.in_order(hs_trade.parts(hs_trade.view(choices)), "value"), "value")
    columns = {"share_pct": "share", "growth_pct": "growth"} | (
        {"ratio": "ratio"} if "ratio" in shown.rows.frame else {}
    )
    notes = (*shown.notes, *goods_messages.ranking_notes(shown.rows, _order(choices)))
    about = messages.about(shown.rows)
    return Content(shown.rows, sellers_and_buyers.bars, message, about, notes, options={"columns": columns})


@panel("products", "hs_split", measure="hs_products", choices=LEVEL)
def split(choices: Choices) -> Content:
    parts = hs_trade.parts(hs_trade.view(choices))
    if not has_growth(parts):
        raise NoRows(say("hs.no_base_note"))
    about = messages.about(parts, say("products.split_about"))
    return Content(parts, hs_products.split, messages.split(parts), about=about)


def has_growth(parts: Result) -> bool:
    """Whether the parts have contributions to growth: the year before is there too."""
    return bool(parts.frame["contribution_pp"].notna().any())


@panel("products", "hs_item", measure="hs_item", choices=CODE)
def item(choices: Choices) -> Content:
    view = hs_trade.view(choices)
    known = hs_trade.over_time(view, hs_trade.code_in_force(choices, view))
    message, notes = messages.item(known), tuple(messages.quality_notes(known))
    about, chart = messages.about(known), time_series.amount_and_growth
    return Content(known, chart, message, about=about, notes=notes, chosen=view.period)


@panel("products", "hs_partners", measure="hs_partners", choices=CODE)
def partners(choices: Choices) -> Content:
    view = hs_trade.view(choices)
    code = hs_trade.code_in_force(choices, view)
    ranked = hs_trade.partners(view, code)
    hs_trade.reject_replaced(choices, ranked, origin=view.params["source"], period=view.period, code=code)
    title = hs_trade.title_of(view, str(ranked.params["product"]))
    message, notes = messages.partners(ranked, title), messages.quality_notes(ranked)
    return Content(ranked, hs_products.partners, message, about=messages.about(ranked), notes=tuple(notes))


@panel("products", "hs_buyers", measure="hs_purchases", choices=CODE)
def buyers(choices: Choices) -> Content:
    """What each economy buys of a code from the exporter, and what share of its purchases that is."""
    bought, title = _bought(choices)
    message = goods_messages.buyers(bought, title)
    options = {"columns": {"share_pct": "share_of_purchases"}, "column": "value_usd"}
    notes = goods_messages.buyer_notes(bought)
    return Content(bought, sellers_and_buyers.bars, message, messages.about(bought), notes, options=options)


@panel("products", "hs_buyers_map", measure="hs_purchases", choices=CODE)
def buyers_map(choices: Choices) -> Content:
    """The same on a map: the darker, the larger the share of the purchases."""
    bought, title = _bought(choices)
    shown, notes = (
        market_scope.placed(bought, "code"),
        (*goods_messages.buyer_notes(bought), say("markets.no_endorsement")),
    )
    return Content(shown, maps.shares, goods_messages.buyers_map(bought, title), messages.about(bought), notes)


def _bought(choices: Choices) -> tuple[Result, str]:
    """The buyers of the code in force, and its title."""
    view = hs_trade.view(choices)
    code = hs_trade.code_in_force(choices, view)
    bought = world_goods.buyers(view.params["reporter"], code)
    asked = {"flow": view.params["flow"], "origin": view.params["source"], "period": view.period}
    hs_trade.reject_replaced(choices, bought, **asked)
    return bought, hs_trade.title_of(view, code)


def _of_parts(choices: Choices, read: Callable[[View], Result]) -> Result:
    """What is read of the parts in the view in force."""
    view = hs_trade.view(choices)
    result = read(view)
    asked = {"origin": view.params["source"], "period": view.period, "level": view.level, "inside": view.inside}
    hs_trade.reject_replaced(choices, result, **asked)
    return result


@panel("products", "hs_balance", measure="hs_balance", choices=LEVEL)
def balance(choices: Choices) -> Content:
    """In which goods more is sold than bought: the largest surpluses and deficits."""
    both = _of_parts(choices, world_goods.balance)
    message, notes = goods_messages.balance(both), goods_messages.balance_notes(both)
    shown, options = world_goods.ends(both), {"columns": {"share_pct": "share_of_balance"}, "column": "balance"}
    return Content(shown, sellers_and_buyers.bars, message, goods_messages.about_both(both), notes, options=options)


@panel("products", "hs_matched", measure="grubel_lloyd_hs", choices=LEVEL)
def matched(choices: Choices) -> Content:
    """How far exports and imports of the same goods match, of the goods with most trade."""
    both = _of_parts(choices, world_goods.matched)
    message, notes = goods_messages.matched(both), goods_messages.matched_notes(both)
    options = {"columns": {"grubel_lloyd": "index"}, "column": "grubel_lloyd", "axis": "matched_axis"}
    shown = world_goods.parts_of(both)
    return Content(shown, sellers_and_buyers.bars, message, goods_messages.about_both(both), notes, options=options)


@panel("products", "hs_gap", measure="reconciled_gap", choices=(*QUESTION, "level"))
def gap(choices: Choices) -> Content:
    """How far the totals of reconciled trade lie from those of customs, and why."""
    compared = world_goods.gap(hs_trade.question(choices))
    about, notes = goods_messages.about_gap(compared), (say("goods.gap_note"),)
    return Content(compared, sellers_and_buyers.reconciled, goods_messages.gap(compared), about, notes)


@panel("products", "hs_advantage", measure="rca", choices=LEVEL)
def advantage(choices: Choices) -> Content:
    compared = _of_parts(choices, hs_trade.advantage)
    message, notes = messages.advantage(compared), tuple(messages.advantage_notes(compared))
    return Content(compared, hs_products.advantage, message, about=messages.about(compared), notes=notes)


@panel("products", "hs_spread", measure="product_diversification", choices=(*QUESTION, "level"))
def spread(choices: Choices) -> Content:
    params = hs_trade.question(choices)
    result = hs_trade.diversification(params, hs_trade.level_in_force(choices))
    reference = [say("markets.reference")] if result.frame["reporter"].nunique() > 1 else []
    notes = (*messages.quality_notes(result), *reference)
    message, options = messages.diversification(result), {"column": "effective_products"}
    about = messages.about(result)
    return Content(result, concentration.gauge, message, about=about, notes=notes, options=options)
