"""Headline goods: figures of customs and of CEPII's reconciled data for each; one source per chart."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import pandas as pd

from trade.charts import sellers_and_buyers
from trade.errors import NoRows
from trade.measures import Result
from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.fields import GOODS
from trade.panels.language import lang, say
from trade.panels.messages import world_goods as messages
from trade.panels.panel import Content, Panel, panel
from trade.panels.queries import hs_trade, world_goods
from trade.text import formats


@dataclass(frozen=True)
class Good:
    """The codes of a headline good: customs' commodity, HS heading or group in world trade, HS code in trade by buyer.

    An empty code means that no source has such figures: customs' list of high-tech products matches no HS code.
    """

    customs: str
    world: str = ""
    buyers: str = ""
    over_years: bool = False
    """Whether the store has the world's trade in it for several years."""


HEADLINE_GOODS = {
    "electric-cars": Good("electric-passenger-vehicles", "8703", "870380", over_years=True),
    "batteries": Good("lithium-ion-batteries", "8507", "850760"),
    "solar": Good("solar-cells", "8541", "854143"),
    "robots": Good("industrial-robots", "", "847950"),
    "chips": Good("integrated-circuits", "8542", "8542"),
    "ships": Good("ships", "8901", "8901"),
    "phones": Good("mobile-phones", "8517", "851713"),
    "rare-earths": Good("rare-earths", "2846", "284690"),
    "machinery": Good("mechanical-and-electrical-products", "machinery", "XVI", over_years=True),
    "high-tech": Good("high-tech-products"),
}


MINERALS = ("rare-earths",)
"""Of these items the UN publishes monthly figures too, as critical minerals."""


OPENING = "chips"
"""The default good: it has the most months, both flows, quantities, and the world's exporters."""


def good(choices: Choices, first: str = OPENING) -> Good:
    """The headline good chosen, else `first`."""
    return HEADLINE_GOODS[choices.pick("good", GOODS, first)]


@panel("products", "headline_all", measure="headline_goods")
def overview(_choices: Choices) -> Content:
    """China's exports of each headline heading, its share of the world and its rank."""
    result = queries.measure("headline_goods")
    options = {"columns": {"share_pct": "share_of_exports", "rank": "rank"}}
    message, notes = messages.overview(result), messages.overview_notes(result)
    return Content(result, sellers_and_buyers.bars, message, messages.about_all(result), notes, options=options)


@panel("products", "headline_months", measure="commodity", choices=("good", "currency"))
def months(choices: Choices) -> Content:
    """Value, quantity and unit value of the good by month, as customs prints them, both flows."""
    return _customs(choices, "M")


@panel("products", "headline_years", measure="commodity", choices=("good", "currency"))
def years(choices: Choices) -> Content:
    """The same by year."""
    return _customs(choices, "A")


def _customs(choices: Choices, freq: str) -> Content:
    item = good(choices).customs
    result = customs(item, freq, choices.pick("currency"))
    message, notes = messages.customs(result), messages.customs_notes(result, mineral=item in MINERALS)
    return Content(result, sellers_and_buyers.customs_good, message, messages.about_customs(result), notes)


@cached_per_store
def customs(item: str, freq: str, currency: str) -> Result:
    """A customs commodity: a row per flow and month (`M`), or per flow and year (`A`), including years whose value only
    follows from the next year's table.

    Raises:
        NoRows: no table of these periods has the item.
    """
    results = []
    for flow in ("export", "import"):
        with suppress(NoRows):
            entries = {"product": item, "flow": flow, "currency": currency, "freq": "M" if freq == "M" else "YTD"}
            results.append(queries.measure("commodity", **entries))
    frames = [_rows(result, freq) for result in results]
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        raise NoRows(say("goods.no_table"))
    frame = pd.concat(filled, ignore_index=True).sort_values(["period", "flow"], kind="stable").reset_index(drop=True)
    return replace(results[0], frame=frame, params=results[0].params | {"freq": freq, "flow": None})


def at_customs(choices: Choices) -> tuple[Panel, ...]:
    """The charts from customs' tables that have figures; the months come first unless more than half are missing."""
    item, currency = good(choices).customs, choices.pick("currency")
    by_month, by_year = (_result_or_none(customs, item, freq, currency) for freq in ("M", "A"))
    parts = [(months, by_month), (years, by_year)]
    if by_month and _gaps(by_month)[0] > _gaps(by_month)[1] / 2:
        parts.reverse()
    return tuple(panel for panel, result in parts if result)


def in_world(choices: Choices) -> tuple[Panel, ...]:
    """The charts of the good in the trade of all economies that have figures."""
    shown = good(choices)
    parts = ((world, shown.world), (world_years, shown.over_years), (buyers, shown.buyers))
    return tuple(panel for panel, has_figures in parts if has_figures)


def missing(choices: Choices) -> str:
    """What no source has of the good, in a sentence; empty if all is there."""
    shown, currency = good(choices), choices.pick("currency")
    by_month, by_year = (_result_or_none(customs, shown.customs, freq, currency) for freq in ("M", "A"))
    at_customs = messages.missing_at_customs(by_month, *_gaps(by_month)) if by_month else ()
    unknown = (("years", not by_year), ("exporters", not shown.world), ("world_years", not shown.over_years),
               ("buyers", not shown.buyers))  # fmt: skip
    elsewhere = (say(f"goods.missing_{name}") for name, is_missing in unknown if is_missing)
    return messages.missing((*at_customs, *elsewhere))


def _result_or_none(read: Callable[..., Result], *entries: str) -> Result | None:
    """The result of `read(*entries)`; None if it has no rows."""
    with suppress(NoRows):
        return read(*entries)
    return None


def _gaps(result: Result) -> tuple[int, int]:
    """How many months between the first and the last have no figure of either flow, and how many there are."""
    months = sorted(set(result.frame["period"]))
    span = len(pd.period_range(months[0], months[-1], freq="M"))
    return span - len(months), span


UNKNOWN_BEFORE = ("quantity", "unit_value", "growth", "growth_pct", "growth_computed_pct", "share_pct")
"""Columns that are unknown for a year whose value only follows from the next year's table."""


def _rows(result: Result, freq: str) -> pd.DataFrame:
    """The rows of one flow. For years: the cumulative rows of December, preceded by the base year of the first one."""
    frame = result.frame.assign(flow=str(result.params["flow"]), quality="reported")
    frame["growth"] = frame["growth_pct"].fillna(frame["growth_computed_pct"])
    product = str(result.params["product"])
    frame["unit_name"] = [
        formats.quantity_unit(unit, lang(), product) if isinstance(unit, str) else None
        for unit in frame["quantity_unit"]
    ]
    if freq == "M":
        return frame
    frame = frame[frame["period"].str.endswith("-12")].assign(period=lambda rows: rows["period"].str[:4])
    first = frame.head(1)
    if first.empty or first["base_value"].isna().all():
        return frame
    before = first.assign(
        period=str(int(first["period"].iloc[0]) - 1),
        value=first["base_value"],
        quality="implied",
        **dict.fromkeys(UNKNOWN_BEFORE, float("nan")),
    )
    return pd.concat([before, frame], ignore_index=True)


@panel("products", "headline_world", measure="hs_rivals", choices=("good",))
def world(choices: Choices) -> Content:
    """Who exports the good, or the heading that holds it: all economies in order, with their shares of the world."""
    ranked = exporters(good(choices).world)
    options = {"columns": {"share_pct": "share_of_exports", "rank": "rank"}, "code": "partner"}
    message, notes = messages.rivals(ranked), messages.overview_notes(ranked)
    return Content(ranked, sellers_and_buyers.bars, message, messages.about_all(ranked), notes, options=options)


@cached_per_store
def exporters(code: str) -> Result:
    """The exporters of a heading or group in the newest year, the largest first.

    Raises:
        NoRows: no source has the good for all economies.
    """
    if not code:
        raise NoRows(say("goods.no_world_of_good"))
    return world_goods.parts_of(queries.measure("hs_rivals", product=code))


@panel("products", "headline_world_years", measure="hs_rivals", choices=("good",))
def world_years(choices: Choices) -> Content:
    """The share of the world's exports of China and its rivals over the years, where a source holds several."""
    shown = good(choices, first="electric-cars")
    if not shown.over_years:
        raise NoRows(say("goods.one_year_of_good"))
    shares = over_years(shown.world)
    message, notes = messages.rivals_over_time(shares), messages.overview_notes(shares)
    return Content(shares, sellers_and_buyers.rivals, message, messages.about_all(shares), notes)


@cached_per_store
def over_years(code: str) -> Result:
    """The shares of the exporters of a heading or group by year: of many exporters, China and the largest."""
    result = world_goods.parts_of(queries.measure("hs_rivals", product=code, first="1995"))
    frame = result.frame
    newest = frame[frame["period"] == frame["period"].max()]
    drawn = {"CHN", *newest.nsmallest(MOST_RIVALS, "rank")["partner"]}
    return replace(result, frame=frame[frame["partner"].isin(drawn)].reset_index(drop=True))


MOST_RIVALS = 10
"""Exporters drawn over the years."""


@panel("products", "headline_buyers", measure="hs_purchases", choices=("good",))
def buyers(choices: Choices) -> Content:
    """Who buys the good from China, and what share of its purchases that is."""
    code = good(choices).buyers
    if not code:
        raise NoRows(say("goods.no_code_of_good"))
    bought = world_goods.buyers(hs_trade.HOME, code)
    options = {"columns": {"share_pct": "share_of_purchases"}, "column": "value_usd"}
    message, notes = messages.buyers(bought, code_title(code)), messages.buyer_notes(bought)
    return Content(bought, sellers_and_buyers.bars, message, messages.about_all(bought), notes, options=options)


@cached_per_store
def code_title(code: str) -> str:
    """Code and title of goods that China sells: the short name of a headline good, or the title of the system."""
    for level in ("heading", "subheading"):
        goods = queries.measure("headline_goods", level=level).frame
        names = dict(zip(goods["code"], goods[f"name_{lang()}"], strict=True))
        if code in names:
            return f"{code} {names[code]}"
    return str(queries.measure("hs_item", product=code).frame[f"name_{lang()}"].iloc[-1])
