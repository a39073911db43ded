"""Queries about goods in the world: exporters, buyers, shares of the world and of each market, dependence.

One source per answer. Results are narrowed and ordered here, never changed.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pandas as pd

from trade.errors import NoRows
from trade.measures import Result
from trade.panels import hs_short_names, partner_names, queries
from trade.panels.cache import RESULTS, cached, cached_per_store
from trade.panels.choices import Choices
from trade.panels.language import lang, say
from trade.panels.queries import hs_trade
from trade.panels.queries.hs_trade import HOME, View

SINCE = "2015"
"""The default year to compare with."""
PARTS = {"group": "machinery", "sector": "84-85", "chapter": "85"}
"""The default part of the goods that is followed over time, by grouping."""
LONGEST = {"sector": "wits_sectors"}
"""The source of a grouping where the newest one is not the longest: sectors as reported, on customs' basis."""
LEAST_SHARE = 0.1
"""Per cent of the flow: smaller parts are left out of an order by growth."""
SURPLUSES, DEFICITS = 10, 5
"""Parts drawn of each side of the balance."""


# ---- one economy's goods


@cached(RESULTS)
def parts_of(result: Result) -> Result:
    """The parts of a result, without their sum."""
    frame = result.frame
    return replace(result, frame=frame[frame["kind"] == "part"].reset_index(drop=True))


@cached(RESULTS)
def in_order(result: Result, order: str) -> Result:
    """The parts in order of their value, or of their growth.

    Raises:
        NoRows: no part of some size has a figure a year earlier.
    """
    parts = parts_of(result)
    if order == "value":
        return parts
    frame = parts.frame
    known = frame[frame["growth_pct"].notna() & ~(frame["share_pct"] < LEAST_SHARE)]
    if known.empty:
        raise NoRows(say("hs.no_base_note"))
    return replace(parts, frame=known.sort_values("growth_pct", ascending=False, kind="stable").reset_index(drop=True))


def balance(view: View) -> Result:
    """Exports less imports by part, the largest surplus first.

    Raises:
        NoRows: no source holds both directions.
    """
    return _both_flows("hs_balance", view)


def matched(view: View) -> Result:
    """The Grubel-Lloyd index by part, the one with most trade first.

    Raises:
        NoRows: no source holds both directions.
    """
    return _both_flows("grubel_lloyd_hs", view)


def _both_flows(measure: str, view: View) -> Result:
    """A measure of both flows from the source in force, else from any source that has both, by year; by chapter if none
    has both in more detail.
    """
    reporter, year = view.params["reporter"], {"period": view.period} if view.params["freq"] == "A" else {}
    inside = {} if view.inside == "all" else {"within": view.inside}
    for level, within in ((view.level, inside), ("chapter", {})):
        for source, period in ((view.params["source"], year), (hs_trade.ANY_SOURCE, year), (hs_trade.ANY_SOURCE, {})):
            with suppress(NoRows):
                return queries.measure(measure, reporter=reporter, level=level, source=source, **within, **period)
    raise NoRows(say("goods.no_two_flows", name=hs_trade.reporter_name(view.params["reporter"])))


@cached(RESULTS)
def ends(both: Result) -> Result:
    """The largest surpluses and deficits of a balance by part."""
    frame = parts_of(both).frame
    surplus, deficit = frame[frame["balance"] > 0], frame[frame["balance"] < 0]
    shown = pd.concat([surplus.head(SURPLUSES), deficit.tail(DEFICITS)], ignore_index=True)
    return replace(both, frame=shown)


def gap(params: hs_trade.Question) -> Result:
    """Reconciled against customs' totals of China, of the source in force, else of the one with most years.

    Raises:
        NoRows: the figures are another economy's, or of no year that customs has.
    """
    if params["reporter"] != HOME:
        raise NoRows(say("goods.gap_of_china"))
    with suppress(NoRows):
        return queries.measure("reconciled_gap", flow=params["flow"], source=params["source"])
    return queries.measure("reconciled_gap", flow=params["flow"])


# ---- who buys a good


@cached_per_store
def buyers(exporter: str, code: str) -> Result:
    """What each economy buys of a code from an exporter, the largest first.

    Raises:
        NoRows: no source has the goods by buyer.
    """
    try:
        return parts_of(queries.measure("hs_purchases", reporter=exporter, product=code))
    except NoRows:
        raise NoRows(say("goods.no_buyers", name=hs_trade.reporter_name(exporter))) from None


@cached_per_store
def purchases(partner: str, level: str) -> Result:
    """What an economy buys from China by good, the largest first.

    Raises:
        NoRows: no source has the goods by buyer.
    """
    try:
        return parts_of(queries.measure("hs_purchases", by="product", partner=partner, level=level))
    except NoRows:
        raise NoRows(say("goods.partner_unknown", partner=partner_names.name_of(partner))) from None


# ---- dependence


@cached_per_store
def dependence(side: str) -> Result:
    """In how many goods each economy depends on purchases from China (`buyer`), or China on sales to it (`seller`).

    Raises:
        NoRows: no source has the goods by buyer.
    """
    return queries.measure("hs_dependence", side=side)


@cached_per_store
def partners(side: str) -> dict[str, str]:
    """The economies that are compared, with their names, the one with most goods beyond the threshold first."""
    frame = dependence(side).frame
    return dict(zip(frame["code"], frame[f"name_{lang()}"], strict=True))


@cached_per_store
def dependent_goods(side: str, partner: str) -> Result:
    """The goods of one partner beyond the threshold, the largest first.

    Raises:
        NoRows: there is none.
    """
    try:
        result = queries.measure("hs_dependence", side=side, by="product", partner=partner)
    except NoRows:
        raise NoRows(say("goods.partner_unknown", partner=partner_names.name_of(partner))) from None
    beyond = result.frame[result.frame["dependent_products"] > 0].reset_index(drop=True)
    if beyond.empty:
        raise NoRows(say("goods.none_beyond"))
    return replace(result, frame=beyond)


# ---- the world


def exporter(choices: Choices) -> str:
    """The economy whose place in the world is shown."""
    return choices.pick("reporter", exporters(choices.pick("grouping")))


@cached_per_store
def exporters(grouping: str) -> dict[str, str]:
    """The economies whose exports the source of a grouping has, with their names, China first."""
    source = world_shares(HOME, grouping, "").sources[0]
    coverage = queries.measure("hs_held").frame
    coverage = coverage[(coverage["source_id"] == source) & (coverage["flow"] == "export")].drop_duplicates("reporter")
    names = dict(zip(coverage["reporter"], coverage[f"name_{lang()}"].fillna(coverage["reporter"]), strict=True))
    return {code: names[code] for code in sorted(names, key=lambda code: (code != HOME, names[code]))}


@cached_per_store
def world_shares(economy: str, grouping: str, first: str) -> Result:
    """Share of the world's exports and advantage by part, in every year from `first` on (empty: from the first held).

    Raises:
        NoRows: no source has the world's exports in this grouping.
    """
    since = {"first": first} if first else {}
    source = LONGEST.get(grouping, hs_trade.ANY_SOURCE)
    return queries.measure("hs_world_share", reporter=economy, level=grouping, source=source, **since)


def years(choices: Choices) -> list[str]:
    """The years of the economy in the source of the grouping in force, oldest first."""
    return _years(exporter(choices), choices.pick("grouping"))


def _years(economy: str, grouping: str) -> list[str]:
    return sorted(world_shares(economy, grouping, "").frame["period"].unique())


def since(choices: Choices) -> str:
    """The earlier year to compare with.

    Raises:
        NoRows: there is one year only.
    """
    earlier = years(choices)[:-1]
    if not earlier:
        raise NoRows(say("goods.one_year"))
    return choices.pick("since", earlier, SINCE)


@cached_per_store
def share_change(economy: str, grouping: str, first: str) -> Result:
    """Each part's share of the world in the year `first` and now, the largest rise first; all goods last.

    Raises:
        NoRows: no part is held in both years.
    """
    result = world_shares(economy, grouping, first)
    return _changed(result, "market_share_pct", "change_pp", ("part", "total"))


@cached_per_store
def advantage_change(economy: str, grouping: str) -> Result:
    """Each part's comparative advantage in the first year held and now, the largest rise first.

    Raises:
        NoRows: no part is held in both years.
    """
    return _changed(world_shares(economy, grouping, ""), "rca", "rca_change", ("part",))


def _changed(result: Result, column: str, difference: str, kinds: tuple[str, ...]) -> Result:
    """The rows of the newest year with the value of the first year beside: `base_value`."""
    frame = result.frame
    first, newest = frame["period"].min(), frame["period"].max()
    now = frame[(frame["period"] == newest) & (frame["base_period"] == first) & frame["kind"].isin(kinds)]
    if first == newest or now.empty:
        raise NoRows(say("goods.one_year"))
    base = now[column] - now[difference]
    name = "base_share_pct" if column.endswith("_pct") else f"base_{column}"
    changed = now.assign(**{name: base}).sort_values(["kind", difference], ascending=[True, False], kind="stable")
    return replace(result, frame=changed.reset_index(drop=True))


def parts(choices: Choices) -> dict[str, str]:
    """The parts of the grouping in force with their names, the one of which China has the largest share first."""
    frame = world_shares(HOME, choices.pick("grouping"), "").frame
    newest = frame[(frame["period"] == frame["period"].max()) & (frame["kind"] == "part")]
    names = zip(newest["code"], newest[f"name_{lang()}"], strict=True)
    return {code: f"{code} {hs_short_names.of_title(code, name)}" if code.isdigit() else name for code, name in names}


def part(choices: Choices) -> str:
    """The part that is followed over time and ranked."""
    return choices.pick("part", parts(choices), PARTS[choices.pick("grouping")])


def rivals_over_time(choices: Choices) -> Result:
    """The share of each economy in the world's exports of the part in force, in every year held.

    Raises:
        NoRows: the source holds one year only.
    """
    grouping = choices.pick("grouping")
    result = _rivals(grouping, part(choices), _years(HOME, grouping)[0])
    if result.frame["period"].nunique() < 2:
        raise NoRows(say("goods.one_year"))
    return result


def rivals(choices: Choices) -> Result:
    """The exporters of the part in force in the newest year, the largest first."""
    return _rivals(choices.pick("grouping"), part(choices), "")


@cached_per_store
def _rivals(grouping: str, code: str, first: str) -> Result:
    source = world_shares(HOME, grouping, "").sources[0]
    since = {"first": first} if first else {}
    return parts_of(queries.measure("hs_rivals", product=code, source=source, **since))
