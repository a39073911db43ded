"""Products in customs' lists: what does China sell and buy, which goods drove growth, and was it price or quantity?

The same page by code of the Harmonized System is in `products_hs`.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from trade.charts import customs_commodities as commodity_charts
from trade.charts import product_groups, time_series
from trade.errors import NoRows
from trade.measures import Result
from trade.panels import listing_filter, market_filter, market_scope, queries
from trade.panels.choices import Choices
from trade.panels.language import say
from trade.panels.listing_filter import Listing
from trade.panels.messages import customs_commodities as messages
from trade.panels.panel import Content, panel
from trade.panels.queries import customs_commodities as commodities

TABLE = ("flow", "currency", "freq", "period")
"""What says which of customs' tables is meant."""
LEVEL = (*TABLE, "within", "list")
ITEM = (*TABLE, "product")


def _level(choices: Choices) -> tuple[commodities.Question, str, str]:
    """The table, the list and the group of items to look inside."""
    params = commodities.question(choices)
    listed = commodities.list_in_force(choices, params)
    return params, listed, commodities.group_in_force(choices, params, listed)


def items_listing(choices: Choices) -> Listing:
    """The items of the level in force."""
    params, listed, group = _level(choices)
    level = commodities.level(params, listed, group)
    parts = replace(level, frame=level.frame[level.frame["kind"] == "part"].reset_index(drop=True))

    def earlier(base: str) -> pd.Series:
        if base == market_scope.years_before(params["period"], 1):
            return parts.frame.set_index("code")["base_value"]  # as revised, like the growth shown
        return commodities.level({**params, "period": base}, listed, group).frame.set_index("code")["value"]

    periods = commodities.periods(choices)
    return Listing(parts, "code", parts.frame["growth_pct"], params["period"], periods, earlier, "goods")


def items_trends(choices: Choices) -> pd.Series:
    """What each item came to in the last months, oldest first, as lists by item."""
    params, listed, group = _level(choices)
    return listing_filter.trends(commodities.last_months(params, listed, group, market_filter.TREND), "code")


@panel("products", "items", measure="commodities", choices=(*LEVEL, *market_filter.FIELDS_READ))
def items(choices: Choices) -> Content:
    """The items of a level with what is not listed; where filters leave some out, the items alone."""
    level, shown = commodities.level(*_level(choices)), listing_filter.listed(choices, items_listing(choices))
    message = shown.message or messages.items(level)
    if not listing_filter.is_changed(choices):
        return Content(level, commodity_charts.items, message, notes=tuple(messages.item_notes(level)))
    options = {"in_order": choices.pick("sort") in listing_filter.ORDERS}
    return Content(shown.rows, commodity_charts.items, message, notes=shown.notes, options=options)


@panel("products", "split", measure="commodities", choices=(*LEVEL, *market_filter.NARROWING))
def split(choices: Choices) -> Content:
    parts = commodities.contributions(*_level(choices))
    about, notes = messages.about(parts, say("products.split_about")), tuple(messages.split_notes(parts))
    if market_filter.is_on(choices):
        about = say("products.all_goods", about=about)
    return Content(parts, commodity_charts.split, messages.split(parts), about=about, notes=notes)


@panel("products", "prices", measure="price_quantity", choices=TABLE)
def prices(choices: Choices) -> Content:
    params = commodities.question(choices)
    counted = commodities.prices(params)
    notes = messages.prices_notes(counted, commodities.left_out_of_prices(params), commodity_charts.MOST_PRICES)
    return Content(counted, commodity_charts.price_and_quantity, messages.prices(counted), notes=notes)


@panel("products", "item", measure="commodity", choices=ITEM)
def item(choices: Choices) -> Content:
    params = commodities.question(choices)
    known = commodities.over_time(params, commodities.item_in_force(choices, params))
    chart = time_series.year_to_date if params["freq"] == "YTD" else time_series.amount_and_growth
    chosen = commodities.within(known, params)
    message, notes = messages.item(known, chosen), (messages.quantity(known, chosen),)
    return Content(known, chart, message, notes=notes, chosen=chosen)


@panel("products", "price", measure="price_quantity", choices=ITEM)
def price(choices: Choices) -> Content:
    params = commodities.question(choices)
    priced = _priced(choices, params)
    chosen, notes = commodities.within(priced, params), (say("products.price_note"),)
    message = messages.price_of(priced, chosen)
    return Content(priced, commodity_charts.price_over_time, message, notes=notes, chosen=chosen)


def _priced(choices: Choices, params: commodities.Question) -> Result:
    return commodities.prices_over_time(params, commodities.item_in_force(choices, params))


def has_price(choices: Choices) -> bool:
    """Whether customs counts the item in force in more than one period."""
    try:
        return bool(_priced(choices, commodities.question(choices)))
    except NoRows:
        return False


@panel("products", "high_tech", measure="high_tech")
def high_tech(_choices: Choices) -> Content:
    result = queries.measure("high_tech")
    about, notes = messages.about(result, say("products.high_tech_about")), tuple(messages.high_tech_notes(result))
    return Content(result, product_groups.definitions, messages.high_tech(result), about=about, notes=notes)


@panel("products", "new_three", measure="new_three")
def new_three(_choices: Choices) -> Content:
    result = queries.measure("new_three")
    about, notes = messages.about(result, say("pages.products.new_three")), tuple(messages.new_three_notes(result))
    return Content(result, product_groups.new_three, messages.new_three(result), about=about, notes=notes)


@panel("products", "robots", measure="industrial_robots")
def robots(_choices: Choices) -> Content:
    result = queries.measure("industrial_robots")
    return Content(result, product_groups.robots, messages.robots(result), notes=tuple(messages.robot_notes()))
