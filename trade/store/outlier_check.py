"""Check the figures of a partner or commodity that a draft adds or changes against its other figures.

The sum of a table may hide a cell in the wrong unit or a cumulative of another month; the history of each member
reveals it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from trade.text import formats

MOST_FALLEN = {"good": 0.001, "partner": 0.02}
"""Share by which a cumulative may be below that of an earlier month of its year. Customs revise partners by more than
rounding: the largest such revision above `WEIGHTY` in the bundled facts is 0.4%."""
MOST_APART = 0.25
"""The same for figures from two tables, which may define a group or round differently."""
WEIGHTY = 1e8
"""Amounts below this, in yuan or dollars, are not checked: they are revised too often."""
MOST_REVISED = math.log(2.0)
"""Log of the largest factor by which a figure may be revised."""
MOST_PRICE_MOVED = math.log(50.0)
"""Log of the largest factor by which a unit value may change between periods; in the bundled facts it is at most 5."""
MOST_MONTH_GAP = 0.5
"""Largest gap between a month and the difference of two cumulatives, as a share of the month. The bundled facts have
gaps of up to 0.25."""
FEWEST_COUNTED = 20
"""Quantities below this are not checked: a single ship or aircraft changes them by a large share."""
MOST_GROWTH_GAP, MOST_GROWTHS_OFF, FEWEST_GROWTHS = 5.0, 1 / 3, 10
"""Percentage points by which printed and computed growth may differ; the share of rates that may differ by more; the
fewest rates for that check. The largest share in the bundled facts is a tenth, as customs revise the year before."""
MOST_RISEN = math.log(100.0)
"""Log of the largest factor by which a figure may grow from an earlier period above `WEIGHTY`."""


@dataclass(frozen=True)
class MemberFigure:
    """A figure of a partner or commodity. Amounts in full yuan or dollars, quantities in `unit` without its scale.

    `state`: "new" (in the draft only), "unchanged" (in both stores) or "replaced" (in the store in service only).
    `firm`: false for residual and unallocated trade, which falls as customs allocate it to partners.
    """

    kind: str
    source: str
    member: str
    name_en: str
    name_zh: str
    flow: str
    currency: str
    freq: str
    period: str
    amount: float | None
    quantity: float | None
    unit: str
    state: str
    firm: bool = True
    growth_pct: float | None = None


Values = dict[str, str | Callable[[str], str]]
Found = tuple[str, Values]
"""Kind of concern, and the values of its message; values that depend on the language are functions of it."""
_Key = tuple[str, str, str, str]
_Cells = dict[tuple[str, str], list[MemberFigure]]


def judge(figures: Iterable[MemberFigure]) -> Iterator[Found]:
    """The most serious concern about the new figures of each member and flow, the latest period first."""
    of_member: dict[_Key, _Cells] = {}
    for figure in figures:
        key = figure.kind, figure.member, figure.flow, figure.currency
        of_member.setdefault(key, {}).setdefault((figure.freq, figure.period), []).append(figure)
    for cells in of_member.values():
        new = [figure for cell in cells.values() for figure in cell if figure.state == "new"]
        latest_first = sorted(new, key=lambda each: (each.period, each.freq), reverse=True)
        concerns = (rule(figure, cells) for figure in latest_first for rule in _RULES)
        yield from filter(None, [next(filter(None, concerns), None)])
    yield from _growth_columns(of_member)


def _growth_columns(of_member: Mapping[_Key, _Cells]) -> Iterator[Found]:
    """Statements whose printed growth rates often contradict their values: the column may hold shares, or the growth of
    another period."""
    gaps: dict[tuple[str, ...], list[float]] = {}
    for cells in of_member.values():
        for (freq, period), cell in cells.items():
            former = cells.get((freq, f"{int(period[:4]) - 1}{period[4:]}"), [])
            for figure in cell:
                base = next((each.amount for each in former if each.state != "replaced" and each.amount), None)
                if figure.state != "new" or figure.growth_pct is None or not figure.amount or not base:
                    continue
                if min(figure.amount, base) > WEIGHTY:
                    statement = (figure.source, figure.kind, figure.flow, freq, period)
                    gaps.setdefault(statement, []).append(100 * (figure.amount / base - 1) - figure.growth_pct)
    for (source, kind, flow, freq, period), differences in gaps.items():
        off = sum(abs(gap) > MOST_GROWTH_GAP for gap in differences)
        if len(differences) >= FEWEST_GROWTHS and off > MOST_GROWTHS_OFF * len(differences):
            yield "growth_column", {
                "statement": source, "kind": partial(formats.say, f"loss.of_{kind}"), "flow": flow, "freq": freq,
                "period": period, "off": str(off), "count": str(len(differences)), "gap": f"{MOST_GROWTH_GAP:g}",
            }  # fmt: skip


def _measures(figure: MemberFigure) -> list[tuple[str, float]]:
    """The amount and the quantity, where they are known and not negative."""
    measures = [("amount", figure.amount), ("quantity", figure.quantity)]
    return [(what, value) for what, value in measures if value is not None and value >= 0]


def _is_weighty(what: str, *values: float) -> bool:
    """Whether a value is large enough to be checked; every quantity is."""
    return what == "quantity" or max(values) > WEIGHTY


def _value(figure: MemberFigure, what: str, like: MemberFigure) -> float | None:
    """The amount, or the quantity if it is in the same unit as that of `like`."""
    return figure.amount if what == "amount" else figure.quantity if figure.unit == like.unit else None


def _others(figure: MemberFigure, cells: _Cells, freq: str, period: str, what: str) -> list[tuple[MemberFigure, float]]:
    """The figures of a period, the smallest first: those of the same source if it has any, else of all sources."""
    figures = [
        (other, value)
        for other in cells.get((freq, period), [])
        if other.state != "replaced" and (value := _value(other, what, figure)) is not None
    ]
    own = [pair for pair in figures if pair[0].source == figure.source]
    return sorted(own or figures, key=lambda pair: pair[1])


def _least(figure: MemberFigure, other: MemberFigure) -> float:
    """The share of `other` that a later cumulative must reach."""
    return 1 - (MOST_FALLEN[figure.kind] if other.source == figure.source else MOST_APART)


def _revised(figure: MemberFigure, cells: _Cells) -> Found | None:
    """A figure far from that of another source, or of the former vintage, for the same period."""
    for what, value in _measures(figure):
        others = [
            (other, reference)
            for other in cells[figure.freq, figure.period]
            if other.state != "new" and (reference := _value(other, what, figure))
        ]
        if not others or not value:
            continue
        other, reference = min(others, key=lambda pair: abs(math.log(value / pair[1])))
        if _is_weighty(what, value, reference) and abs(math.log(value / reference)) > MOST_REVISED:
            return "member_revised", _message_values(figure, what, value, other, reference)
    return None


def _fallen(figure: MemberFigure, cells: _Cells) -> Found | None:
    """A cumulative below that of an earlier month of the year, or above that of a later one."""
    if figure.freq != "YTD" or not figure.firm:
        return None
    year = [period for freq, period in cells if freq == "YTD" and period[:4] == figure.period[:4]]
    earlier = max((period for period in year if period < figure.period), default="")
    later = min((period for period in year if period > figure.period), default="")
    for what, value in _measures(figure):
        before = _others(figure, cells, "YTD", earlier, what)
        if before and _is_weighty(what, before[0][1]) and value < before[0][1] * _least(figure, before[0][0]):
            return "member_fallen", _message_values(figure, what, value, *before[0])
        after = _others(figure, cells, "YTD", later, what)
        if after and _is_weighty(what, value) and after[-1][1] < value * _least(figure, after[-1][0]):
            return "member_fallen", _message_values(after[-1][0], what, after[-1][1], figure, value)
    return None


def _above_cumulative(figure: MemberFigure, cells: _Cells) -> Found | None:
    """A month above the cumulative of January to that month."""
    if not figure.firm:
        return None
    for what, value in _measures(figure):
        other = _others(figure, cells, "M" if figure.freq == "YTD" else "YTD", figure.period, what)
        if not other:
            continue
        month, through = ((figure, value), other[-1]) if figure.freq == "M" else (other[0], (figure, value))
        if _is_weighty(what, month[1]) and through[1] < month[1] * _least(*(pair[0] for pair in (month, through))):
            return "member_above", _message_values(month[0], what, month[1], *through)
    return None


def _off_month(figure: MemberFigure, cells: _Cells) -> Found | None:
    """A month that is not the difference of the cumulatives around it."""
    prior = f"{figure.period[:5]}{int(figure.period[5:]) - 1:02d}"
    for what, value in _measures(figure):
        through = _others(figure, cells, "YTD", figure.period, what)
        before = _others(figure, cells, "YTD", prior, what)
        month = _others(figure, cells, "M", figure.period, what)
        if (
            not (through and before and month)
            or len({pair[0].source for pair in (through[0], before[0], month[0])}) > 1
        ):
            continue
        if what == "quantity" and value < FEWEST_COUNTED:
            continue
        own, difference = month[0], through[0][1] - before[0][1]
        if _is_weighty(what, own[1]) and abs(difference - own[1]) > MOST_MONTH_GAP * own[1]:
            return "member_month", _message_values(own[0], what, own[1], before[0][0], difference)
    return None


def _neighbour(figure: MemberFigure, cells: _Cells, fits: Callable[[MemberFigure], bool]) -> MemberFigure | None:
    """The nearest earlier figure of the same frequency that fits, else the nearest later one."""
    others = [
        other
        for (freq, period), cell in cells.items()
        if freq == figure.freq and period != figure.period
        for other in cell
        if other.state != "replaced" and fits(other)
    ]
    earlier = [other for other in others if other.period < figure.period]
    return max(earlier, key=lambda other: other.period, default=None) or min(
        others, key=lambda other: other.period, default=None
    )


def _priced(figure: MemberFigure, cells: _Cells) -> Found | None:
    """A value per unit too far from that of another period: the quantity or the amount must be in a wrong unit."""
    if not figure.amount or not figure.quantity:
        return None
    other = _neighbour(figure, cells, lambda each: bool(each.amount and each.quantity) and each.unit == figure.unit)
    if other is None or not other.amount or not other.quantity:
        return None
    price, reference = figure.amount / figure.quantity, other.amount / other.quantity
    if abs(math.log(price / reference)) <= MOST_PRICE_MOVED:
        return None
    values = _message_values(figure, "quantity", figure.quantity, other, other.quantity)
    values |= {"price": f"{price:,.6g}", "other_price": f"{reference:,.6g}", "amount": _amount(figure.amount)}
    return "unit_value", values


def _risen(figure: MemberFigure, cells: _Cells) -> Found | None:
    """A figure more than a hundred times that of an earlier period."""
    before = _neighbour(figure, cells, lambda other: (other.amount or 0) > WEIGHTY)
    if before is None or not before.amount or not figure.amount or before.period > figure.period:
        return None
    if math.log(figure.amount / before.amount) <= MOST_RISEN:
        return None
    return "member_risen", _message_values(figure, "amount", figure.amount, before, before.amount)


_RULES = (_revised, _priced, _fallen, _above_cumulative, _risen, _off_month)
"""The most specific rules come first, since a fault that they detect also violates later ones."""


def _message_values(figure: MemberFigure, what: str, value: float, other: MemberFigure, reference: float) -> Values:
    def unit(lang: str) -> str:
        return figure.currency if what == "amount" else formats.quantity_unit(figure.unit, lang, figure.member)

    return {
        "name": lambda lang: figure.name_zh if lang == "zh" else figure.name_en, "flow": figure.flow,
        "freq": figure.freq, "period": figure.period, "after": _amount(value), "unit": unit,
        "other": other.period, "before": _amount(reference), "currency": figure.currency,
    }  # fmt: skip


def _amount(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.6g}"


def members_sql(store: str, scale: str) -> str:
    """SQL for every figure of a partner or commodity in a store, from all tables.

    Args:
        scale: SQL for the scale of the column `unit` of printed figures.
    """
    fact, flows = f"{store}.fact", "flow IN ('export', 'import')"
    return f"""
        SELECT 'good' AS kind, source_id AS source, product AS member, flow, 'CNY' AS currency, freq, period,
            value_cny_100m * 1e8 AS amount,
            quantity * CASE WHEN quantity_unit LIKE '10,000 %' THEN 1e4 WHEN quantity_unit LIKE '100 million %' THEN 1e8
                WHEN quantity_unit = 'kilograms' THEN 1e-3 ELSE 1 END AS quantity,
            CASE WHEN quantity_unit = 'kilograms' THEN 'tonnes'
                ELSE regexp_replace(coalesce(quantity_unit, ''), '^(10,000|100 million) ', '') END AS unit, growth_pct
        FROM {fact}.commodity_trade
        UNION ALL
        SELECT 'partner', source_id, partner, flow, 'CNY', freq, period, value_cny_10k * 1e4, NULL, '', growth_pct
        FROM {fact}.partner_trade WHERE {flows}
        UNION ALL
        SELECT 'partner', source_id, group_code, flow, 'CNY', freq, period, value_cny_10k * 1e4, NULL, '', growth_pct
        FROM {fact}.group_trade WHERE {flows} AND group_code <> 'world'
        UNION ALL
        SELECT 'partner', source_id, partner, flow, currency, freq, period, value, NULL, '', growth_pct
        FROM {fact}.trade_flow WHERE {flows} AND source_id = 'gacc_partners_usd' AND reporter = 'CHN'
        UNION ALL
        SELECT 'partner', source_id, item, flow, currency, freq, period, TRY_CAST(printed AS DOUBLE) * {scale}, NULL,
            '', growth_pct
        FROM {fact}.released_figure
        WHERE {flows} AND source_id = 'gacc_flash' AND topic = 'bloc' AND freq IN ('M', 'YTD')"""


NAMES: Mapping[str, str] = {
    "good": "SELECT product AS member, name_en, name_zh, true AS firm FROM draft.fact.product",
    "partner": (
        "SELECT economy, name_en, name_zh, kind NOT IN ('residual', 'unallocated') FROM draft.fact.economy"
        " UNION ALL SELECT group_code, name_en, name_zh, true FROM draft.fact.economy_group"
    ),
}
"""The members of each kind in the draft, with their names and whether they are firm."""
