"""What the page of products asks for: the period and list in force, one level of the list, one item over time.

A question is a dict of the parameters that the measures of commodities share. Results are narrowed here, never changed.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from trade.errors import NoRows, TradeError
from trade.measures import Result
from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.language import lang, say
from trade.text import formats
from trade.text.markdown import plain
from trade.ui.core import filters

MACHINERY = "mechanical-and-electrical-products"
"""Listed in every whole table: its periods are those of the list."""
INDENT = "\u2003"
Asked = dict[str, str]


def ask() -> Asked:
    """The controls of flow, frequency, period and currency, and the question they make. A year is its December."""
    flow = filters.control("flow", options=("export", "import"))
    freq = filters.control("freq")
    currency = filters.control("currency")
    period = filters.period_control(periods(flow, freq))
    return {"flow": flow, "freq": "M" if freq == "M" else "YTD", "currency": currency, "period": period}


@cached_per_store
def periods(flow: str, freq: str) -> dict[str, str]:
    """Every period with a table, oldest first, in words; a year is the table of its December."""
    held = queries.measure("commodity", product=MACHINERY, flow=flow, freq="M" if freq == "M" else "YTD").frame[
        "period"
    ]
    codes = [code[:4] for code in held if code.endswith("-12")] if freq == "A" else list(held)
    return {code: formats.period(code, freq, lang()) for code in codes}


def list_control(asked: Asked) -> str:
    """The short list of every month, or the detailed one where there is a whole one."""
    held = _items(asked, "detail")
    whole = held is not None and (held.frame["code"] == MACHINERY).any()
    return filters.control("list") if whole else "main"


def within_control(asked: Asked, listed: str) -> str:
    """The group of items to look inside, each indented below the one that holds it; `all` is the whole list."""
    groups = _groups(asked, listed)
    return filters.control(
        "within", options=["all", *groups], words=lambda code: groups.get(code) or say("scope.within.all")
    )


def tell_shut(asked: Asked, listed: str) -> None:
    """Say so if the item that a link or an earlier choice asks to look inside holds nothing here."""
    wanted = filters.value("within")
    if wanted not in ("all", *_groups(asked, listed)):
        named = _known(wanted).get(wanted)
        period = formats.period(asked["period"], asked["freq"], lang())
        if named:
            st.info(plain(say("products.not_inside", name=named, period=period)))


@cached_per_store
def _groups(asked: Asked, listed: str) -> dict[str, str]:
    """The items of a list that hold others, in the order of print, with their indented names."""
    held = _items(asked, listed)
    rows = held.frame.to_dict("records") if held else []
    return {row["code"]: INDENT * row["level"] + _name(row) for row in rows if row["listed_items"]}


def level(asked: Asked, listed: str, within: str) -> Result:
    """One level of the list: the whole, or the items inside one."""
    parent = {} if within == "all" else {"parent": within}
    return queries.measure("commodities", list=listed, **asked, **parent)


@cached_per_store
def contributions(asked: Asked, listed: str, within: str) -> Result:
    """Contributions inside a level, from the list that explains more of them: the detailed one often prints no growth.

    Raises:
        NoRows: neither has any.
    """
    found = []
    for one in dict.fromkeys((listed, "main")):
        try:
            found.append(_compared(level(asked, one, within)))
        except NoRows:
            continue
    if not found:
        raise NoRows(say("products.no_growth"))
    return min(found, key=_unexplained)


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


def item_control(asked: Asked) -> str:
    """Any item of the lists of the period; the one a link asks for is offered even where this period lacks it."""
    found, wanted = _names(asked), filters.value("product")
    if wanted not in found:
        found = found | _known(wanted)
    order = sorted(found, key=lambda code: found[code])
    return filters.control("product", options=order, words=lambda code: found[code])


@cached_per_store
def _names(asked: Asked) -> dict[str, str]:
    """The items of both lists."""
    rows = [
        row
        for held in (_items(asked, "main"), _items(asked, "detail"))
        for row in (held.frame.to_dict("records") if held else [])
    ]
    return {row["code"]: _name(row) for row in rows}


def over_time(asked: Asked, product: str) -> Result:
    """One item in every period of the frequency."""
    return queries.measure(
        "commodity", product=product, flow=asked["flow"], freq=asked["freq"], currency=asked["currency"]
    )


def prices_over_time(asked: Asked, product: str) -> Result | None:
    """Growth of quantity and unit value of one item, if more than one period has both."""
    try:
        found = queries.measure(
            "price_quantity", product=product, flow=asked["flow"], freq=asked["freq"], currency=asked["currency"]
        )
    except NoRows:
        return None
    return found if len(found.frame) > 1 else None


def _items(asked: Asked, listed: str) -> Result | None:
    try:
        return queries.measure("commodities", by="item", list=listed, **asked)
    except NoRows:
        return None


def _known(code: str) -> dict[str, str]:
    """The name of an item that this period's lists do not have; nothing for a code that no list has."""
    for flow in ("export", "import"):
        for freq in ("YTD", "M"):
            try:
                return {
                    code: _name(
                        queries.measure("commodity", product=code, flow=flow, freq=freq).frame.iloc[-1].to_dict()
                    )
                }
            except NoRows:
                continue
            except TradeError as error:
                st.warning(plain(error.told(lang())))
                return {}
    return {}


def _name(row: dict) -> str:
    return str(row.get(f"name_{lang()}") or row["name_en"])
