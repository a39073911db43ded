"""Products by code of the Harmonized System: what trade consists of, one code over time, advantage, diversification."""

from __future__ import annotations

from trade.charts import concentration, hs_products, time_series
from trade.errors import NoRows
from trade.measures import Result
from trade.panels import hs_trade
from trade.panels.choices import Choices
from trade.panels.language import say
from trade.panels.messages import hs as messages
from trade.panels.panel import Content, panel

QUESTION = ("flow", "freq", "reporter", "origin")
LEVEL = (*QUESTION, "period", "level", "inside")
CODE = (*LEVEL, "code")


@panel("products", "hs_map", measure="hs_products", choices=LEVEL)
def boxes(choices: Choices) -> Content:
    view = hs_trade.view(choices)
    parts = hs_trade.parts(view)
    titles = hs_trade.parents(view.params, view.period, view.level)
    names = {code: title.partition(" ")[2] for code, title in titles.items()}
    message, notes = messages.items(parts), tuple(messages.item_notes(parts))
    about = messages.about(parts)
    return Content(parts, hs_products.treemap, message, about=about, notes=notes, options={"parents": names})


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
    message, notes = messages.partners(ranked, hs_trade.holder_title(view, code)), messages.quality_notes(ranked)
    return Content(ranked, hs_products.partners, message, about=messages.about(ranked), notes=tuple(notes))


@panel("products", "hs_advantage", measure="rca", choices=LEVEL)
def advantage(choices: Choices) -> Content:
    compared = hs_trade.advantage(hs_trade.view(choices))
    message, notes = messages.advantage(compared), tuple(messages.advantage_notes(compared))
    return Content(compared, hs_products.advantage, message, about=messages.about(compared), notes=notes)


@panel("products", "hs_spread", measure="product_diversification", choices=(*QUESTION, "level"))
def spread(choices: Choices) -> Content:
    params = hs_trade.question(choices)
    result = hs_trade.diversification(params, hs_trade.level_in_force(choices, params))
    reference = [say("markets.reference")] if result.frame["reporter"].nunique() > 1 else []
    notes = (*messages.quality_notes(result), *reference)
    message, options = messages.diversification(result), {"column": "effective_products"}
    about = messages.about(result)
    return Content(result, concentration.gauge, message, about=about, notes=notes, options=options)
