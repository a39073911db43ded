"""Queries about customs commodities: period and list in force, one level of a list, one item over time.

A `Question` is a dict of the parameters shared by all measures of commodities. Results are filtered here, never
changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pandas as pd

from trade.errors import NoRows, TradeError
from trade.measures import Result
from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.language import lang, say
from trade.panels.run_context import store
from trade.text import formats

FLOWS = ("export", "import")
MACHINERY = "mechanical-and-electrical-products"
"""Listed in every whole table: its periods are those of the list."""
LISTS = ("main", "detail")
INDENT = "\u2003"
Question = dict[str, str]


def question(choices: Choices) -> Question:
    """Flow, frequency, currency and period in force, as the measures take them: a year is its December to date."""
    freq = choices.pick("freq")
    return {
        "flow": choices.pick("flow", FLOWS),
        "freq": table_of(freq),
        "currency": choices.pick("currency"),
        "period": choices.period(periods(choices)),
    }


def periods(choices: Choices) -> dict[str, str]:
    """Every period with a table, oldest first, in words; a year is the table of its December."""
    return _periods(choices.pick("flow", FLOWS), choices.pick("freq"))


@cached_per_store
def _periods(flow: str, freq: str) -> dict[str, str]:
    listed = queries.measure("commodity", product=MACHINERY, flow=flow, freq=table_of(freq)).frame["period"]
    codes = [code[:4] for code in listed if code.endswith("-12")] if freq == "A" else list(listed)
    return {code: formats.period(code, freq, lang()) for code in codes}


def table_of(freq: str) -> str:
    """The frequency of the tables that hold these periods: a year is its December to date."""
    return "YTD" if freq == "A" else freq


def has_detail(params: Question) -> bool:
    """Whether the period has a whole detailed list."""
    table = queries.last_month(params["period"])
    return (params["flow"], params["freq"], params["currency"], table) in _detailed_tables()


@cached_per_store
def _detailed_tables() -> frozenset[tuple[str, ...]]:
    """Flow, frequency, currency and period of every whole detailed list."""
    sql = "SELECT flow, freq, currency, period FROM product_change WHERE in_detail AND product = $product"
    return frozenset(store().query(sql, {"product": MACHINERY}).itertuples(index=False, name=None))


def list_in_force(choices: Choices, params: Question) -> str:
    """The short list of every month, or the detailed one where it is chosen and whole."""
    return choices.pick("list") if has_detail(params) else "main"


def group_in_force(choices: Choices, params: Question, listed: str) -> str:
    """The group of items to look inside; `all` is the whole list."""
    return choices.pick("within", ["all", *groups(params, listed)])


@cached_per_store
def groups(params: Question, listed: str) -> dict[str, str]:
    """The items of a list that hold others, in the order of print, each indented below the one that holds it."""
    items = _items(params, listed)
    rows = items.frame.to_dict("records") if items else []
    return {row["code"]: INDENT * row["level"] + _name(row) for row in rows if row["listed_items"]}


def level(params: Question, listed: str, group: str) -> Result:
    """One level of a list: the whole, or the items inside a group.

    Raises:
        NoRows: nothing is listed there.
    """
    parent = {} if group == "all" else {"parent": group}
    return queries.measure("commodities", list=listed, **params, **parent)


@cached_per_store
def last_months(params: Question, listed: str, group: str, count: int) -> pd.DataFrame:
    """The items of a level in the last months up to the period, of those that have a table."""
    year, _, part = params["period"].partition("-")
    end = f"{year}-{3 * int(part[1:]):02d}" if part.startswith("Q") else f"{year}-{part or '12'}"
    frames = [pd.DataFrame(columns=["code", "period", "value"])]
    for month in [code for code in _periods(params["flow"], "M") if code <= end][-count:]:
        with suppress(NoRows):
            frames.append(level({**params, "freq": "M", "period": month}, listed, group).frame.assign(period=month))
    return pd.concat([frame for frame in frames if len(frame)] or frames)


@cached_per_store
def contributions(params: Question, listed: str, group: str) -> Result:
    """Contributions inside a level, from the list that explains more of the growth: the detailed one often prints none.

    Raises:
        NoRows: neither has any.
    """
    results = []
    for name in dict.fromkeys((listed, "main")):
        with suppress(NoRows):
            results.append(_compared(level(params, name, group)))
    if not results:
        raise NoRows(say("products.no_growth"))
    return min(results, key=_unexplained)


def _unexplained(result: Result) -> float:
    frame = result.frame
    return abs(float(frame.loc[frame["kind"] == "residual", "contribution_pp"].sum()))


def _compared(result: Result) -> Result:
    """The same without groups that cut across.

    Raises:
        NoRows: no part has a contribution, or the whole has none.
    """
    frame = result.frame[result.frame["kind"] != "overlap"].reset_index(drop=True)
    known = frame[frame["contribution_pp"].notna()]
    if not (known["kind"] == "part").any() or not known["kind"].isin(["total", "group"]).any():
        raise NoRows(say("products.no_growth"))
    return replace(result, frame=frame)


def item_in_force(choices: Choices, params: Question) -> str:
    """The item that is followed over time."""
    return choices.pick("product", item_names(params, choices.value("product")))


def item_names(params: Question, wanted: str) -> dict[str, str]:
    """The items of both lists of the period by code, in the order of their names; `wanted` also where they lack it."""
    names = names_of_period(params)
    if wanted not in names:
        with suppress(TradeError):
            name = name_anywhere(wanted)
            names = names | ({wanted: name} if name else {})
    return {code: names[code] for code in sorted(names, key=lambda code: names[code])}


@cached_per_store
def names_of_period(params: Question) -> dict[str, str]:
    """The items of both lists of the period, by code."""
    lists = [_items(params, listed) for listed in LISTS]
    rows = [row for result in lists if result for row in result.frame.to_dict("records")]
    return {row["code"]: _name(row) for row in rows}


def name_anywhere(code: str) -> str:
    """The name of an item in its newest table of either flow; empty if no table has figures of it.

    Raises:
        UnknownName: no list has such an item.
    """
    for flow in FLOWS:
        for freq in ("YTD", "M"):
            with suppress(NoRows):
                return _name(queries.measure("commodity", product=code, flow=flow, freq=freq).frame.iloc[-1].to_dict())
    return ""


def within(result: Result, params: Question) -> str:
    """The period in focus among those of the result, a year as its December; empty if it is not there."""
    period = params["period"] if len(params["period"]) > len("2025") else f"{params['period']}-12"
    return period if (result.frame["period"] == period).any() else ""


def over_time(params: Question, product: str) -> Result:
    """One item in every period of the frequency.

    Raises:
        NoRows: it has no figures in this flow and frequency.
    """
    return queries.measure("commodity", product=product, **_of_all_periods(params))


@cached_per_store
def prices(params: Question) -> Result:
    """Growth of quantity and unit value of the items of a period, without double counting: items inside another counted
    item are left out, and so are groups that cut across the lists, such as electric vehicles.

    Raises:
        NoRows: customs counts no item in this flow and period.
    """
    result = queries.measure("price_quantity", **params)
    taken, above = {*result.frame["code"], *_crossing(params)}, _above(params)
    once = [taken.isdisjoint(above.get(code, set())) for code in result.frame["code"]]
    return replace(result, frame=result.frame[once].reset_index(drop=True))


def left_out_of_prices(params: Question) -> int:
    """How many items of the period `prices` leaves out."""
    return len(queries.measure("price_quantity", **params).frame) - len(prices(params).frame)


def _crossing(params: Question) -> set[str]:
    """The groups of both lists that cut across them."""
    crossing = set[str]()
    for listed in LISTS:
        with suppress(NoRows):
            rows = level(params, listed, "all").frame
            crossing.update(rows.loc[rows["kind"] == "overlap", "code"])
    return crossing


def _above(params: Question) -> dict[str, set[str]]:
    """The ancestors of each item, in either list."""
    lists = [items.frame for listed in LISTS if (items := _items(params, listed))]
    pairs = pd.concat(lists).dropna(subset=["parent"])[["code", "parent"]] if lists else pd.DataFrame()
    above = {str(code): set(rows["parent"]) for code, rows in pairs.groupby("code")} if len(pairs) else {}
    for code in above:
        climbed = list(above[code])
        while climbed:
            further = above.get(climbed.pop(), set()) - above[code]
            above[code] |= further
            climbed += further
    return above


def prices_over_time(params: Question, product: str) -> Result:
    """Growth of quantity and unit value of one item.

    Raises:
        NoRows: fewer than two periods have both.
    """
    result = queries.measure("price_quantity", product=product, **_of_all_periods(params))
    if len(result.frame) < 2:
        raise NoRows(say("products.no_prices", name=_name(result.frame.iloc[-1].to_dict())))
    return result


def _of_all_periods(params: Question) -> Question:
    return {name: code for name, code in params.items() if name != "period"}


def _items(params: Question, listed: str) -> Result | None:
    """Every item of a list, whatever its level; None if the period has no such list."""
    try:
        return queries.measure("commodities", by="item", list=listed, **params)
    except NoRows:
        return None


def _name(row: Mapping[Any, Any]) -> str:
    return str(row.get(f"name_{lang()}") or row["name_en"])
