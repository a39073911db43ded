"""Compare: two to eight partners, groups, reporters or goods in one chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from trade.charts import comparison
from trade.charts.label_context import Context
from trade.errors import BadParameter, NoRows, UnknownName, shorten
from trade.measures import Result, find_measure, parameters
from trade.measures.entity_names import names_of
from trade.panels import (
    diversification,
    hs_short_names,
    listing_filter,
    market_filter,
    market_scope,
    partner_names,
    queries,
)
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices, first_period
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.panels.listing_filter import Listing
from trade.panels.messages import compare as messages
from trade.panels.panel import Content, panel
from trade.panels.queries import customs_commodities as commodities
from trade.panels.run_context import store
from trade.store.own_groups import is_group, is_own
from trade.text import formats
from trade.text.catalog import LANGUAGES

FEWEST, MOST = 2, 8
"""Entities of one chart: no more lines than there are distinguishable colours."""
Params = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of entity that can be compared: the measure parameter that names it, the indicators offered
    (`measure.column`), and the entities shown by default (`first`).

    `fixed` are parameters that all series share, so that they are comparable.
    """

    parameter: str
    indicators: tuple[str, ...]
    first: tuple[str, ...]
    fixed: Params


KINDS = {
    "reporters": Kind(
        "reporter",
        ("effective_markets.effective_markets", "hhi.hhi", "concentration_ratio.share_pct", "theil.theil", "gini.gini",
         "normalised_hhi.normalised_hhi", "active_markets.active_markets", "hhi.total"),
        ("CHN", "DEU", "USA", "VNM"),
        {"dataset": "matrix"},
    ),
    "partners": Kind(
        "partner",
        ("partner.share_pct", "partner.value", "partner.growth", "partner.rank", "partner.contribution_pp",
         "partner_balance.balance", "partner_balance.normalised_balance"),
        ("asean", "eu", "USA", "africa"),
        {},
    ),
    "goods": Kind(
        "product", ("hs_item.value", "hs_item.share_pct", "hs_item.growth_pct"), ("84", "85", "87", "62"), {}
    ),
    "customs": Kind(
        "product",
        ("commodity.value", "commodity.share_pct", "commodity.growth", "commodity.contribution_pp",
         "commodity.unit_value"),
        ("motor-vehicles", "integrated-circuits", "ships", "mobile-phones"),
        {},
    ),
}  # fmt: skip
"""Reporters are compared in the world matrix only: China's own customs figures come from a different source."""
UNITS = {"%": "compare.unit_percent", "percentage points": "compare.unit_points"}
"""Keys of the words for units other than amounts, shown above the table."""
_GROWTH = ("growth_pct", "growth_computed_pct")
"""Columns behind the indicator column `growth`: the published rate, else the rate computed from levels."""


def kind_of(choices: Choices) -> str:
    """What is compared."""
    return choices.pick("of", KINDS)


def indicator(choices: Choices) -> str:
    """The measure and the column drawn, joined by a dot: `effective_markets.effective_markets`.

    Raises:
        UnknownName: the choices name a measure or column that does not exist.
    """
    kind = KINDS[kind_of(choices)]
    column_id = choices.value("indicator")
    if not column_id or column_id in kind.indicators:
        return column_id or kind.indicators[0]
    if any(column_id in other.indicators for other in KINDS.values()):
        choices.reject("indicator", kind.indicators)  # left over from another kind of entity
        return kind.indicators[0]
    if kind.parameter not in find_measure(column_id.partition(".")[0]).parameters:
        raise UnknownName("indicator", column_id, list(kind.indicators))
    return column_id


@cached_per_store
def offered(kind: str) -> dict[str, str]:
    """The entities of a kind that can be compared: code and name."""
    if kind == "partners":
        return partner_names.names()
    if kind == "reporters":
        return diversification.reporters()
    if kind == "customs":
        return dict(sorted(names_of(store(), "product", lang()).items(), key=lambda pair: pair[1]))
    rows = queries.measure("hs_products", level="chapter").frame
    rows = rows[rows["code"].str.fullmatch("[0-9]{2}")].sort_values("code")
    titles = zip(rows["code"], rows[f"name_{lang()}"].fillna(rows["name_en"]), strict=True)
    return {code: f"{code} {hs_short_names.of_title(code, title)}" for code, title in titles}


def entities(choices: Choices) -> tuple[str, ...]:
    """The codes that are compared, in the order in which they were named.

    Raises:
        UnknownName, BadParameter: one is not known, or there are fewer than two or more than eight.
    """
    kind = kind_of(choices)
    texts = [text.strip() for text in choices.value("entities").split(",") if text.strip()]
    codes = tuple(dict.fromkeys(_code(kind, text) for text in texts or KINDS[kind].first))
    if not FEWEST <= len(codes) <= MOST:
        raise BadParameter("compare_count", low=FEWEST, high=MOST, count=len(codes))
    return codes


def _code(kind: str, text: str) -> str:
    if kind == "partners":
        return partner_names.code_of(text) or parameters.partner(store(), text)
    known = offered(kind)
    if text in known or (kind == "goods" and text.isdigit()):
        return text
    matches = [code for code, name in known.items() if text.casefold() in (code.casefold(), name.casefold())]
    if not matches and kind == "reporters":
        code = parameters.partner(store(), text)
        matches = [code] if code in known else []
    if not matches:
        raise UnknownName("entity", shorten(text), [f"{code} ({name})" for code, name in known.items()])
    return matches[0]


def name_of(kind: str, code: str, language: str) -> str:
    """The name of an entity in a language."""
    if kind == "partners" and is_own(code):
        return partner_names.name_of(code)
    domains = {"partners": ("economy", "group"), "reporters": ("economy",), "customs": ("product",)}.get(kind, ())
    for domain in domains:
        if name := names_of(store(), domain, language).get(code):
            return name
    return offered(kind).get(code, code) if kind == "goods" else code


@panel(
    "compare",
    "lines",
    measure="effective_markets",
    choices=("of", "entities", "indicator", "scaled", "log", "each", "flow", "freq", "currency", "members",
             "span", *market_filter.FIELDS_READ),
)  # fmt: skip
def lines(choices: Choices) -> Content:
    """The indicator of each entity over time, on one scale, as an index, a share or a rank among those compared."""
    kind, codes, column_id = kind_of(choices), entities(choices), indicator(choices)
    params = _params(choices, kind, column_id)
    result = compared(kind, codes, column_id, tuple(params.items()), choices.value("span") or "all")
    scaled = scaling(choices, result)
    base = base_of(choices, result) if scaled == "index" else ""
    if result.unit != "value":  # a least value is one of amounts
        choices = choices.with_codes(least=FIELDS["least"].default)
    fitting = listing_filter.listed(choices, listing(result)) if filters_apply(result, column_id) else None
    shown = rescaled(result, scaled, base)
    if fitting and listing_filter.is_changed(choices):
        shown = _of_entities(shown, tuple(fitting.rows.frame["entity"]))
    options = {
        "scaled": scaled,
        "unit": shown.unit,
        "log": scaled in ("lines", "index") and choices.pick("log") == "yes",
        "each": choices.pick("each") == "yes",
    }
    message = fitting.message if fitting else None
    title = title_of(column_id, str(result.params.get("flow") or ""))
    message = message or messages.compared(shown, title, scaled)
    about = messages.about(shown, title, scaled, base)
    notes = (*(fitting.notes if fitting else ()), *messages.notes(shown, kind, codes, column_id))
    return Content(shown, comparison.lines, message, about, notes, options=options)


def filters_apply(result: Result, column_id: str) -> bool:
    """Whether filters by growth and ratio make sense for the indicator: for amounts and indices, not for ranks, rates
    and balances."""
    return result.unit not in ("rank", "percentage points", "%") and not column_id.endswith("balance")


def of_choices(choices: Choices) -> Result:
    """The rows of all entities compared, before any filter or rescaling."""
    kind, column_id = kind_of(choices), indicator(choices)
    params = tuple(_params(choices, kind, column_id).items())
    return compared(kind, entities(choices), column_id, params, choices.value("span") or "all")


def listing(result: Result) -> Listing:
    """The entities in the newest period for which all have a figure, in the order chosen, for `listing_filter`.

    Raises:
        NoRows: there is no such period.
    """
    shared = common_periods(result)
    if not shared:
        raise NoRows(say("compare.no_common"))
    frame, period, freq = result.frame, shared[-1], str(result.params["freq"])
    newest = _of_period(frame, period)

    def earlier(base: str) -> pd.Series:
        before = _of_period(frame, base).set_index("entity")
        unlike = (_mirrored(before).reindex(newest["entity"]) != _mirrored(newest.set_index("entity"))).to_numpy()
        return before["value"].reindex(newest["entity"]).mask(unlike)

    rates = 100 * (newest["value"] / newest["entity"].map(earlier(market_scope.years_before(period, 1))) - 1)
    rows = replace(result, frame=newest)
    names = {code: formats.period(code, freq, lang()) for code in shared}
    return Listing(rows, "entity", rates, period, names, earlier, "compared", _entity_name)


def _of_period(frame: pd.DataFrame, period: str) -> pd.DataFrame:
    rows = frame[frame["period"] == period].reset_index(drop=True)
    return rows.assign(value=rows["shown"])


def _mirrored(frame: pd.DataFrame) -> pd.Series:
    """Which figures are partners' own reports: they do not compare with China's."""
    return frame.get("quality", pd.Series("", index=frame.index)) == "mirror"


def _entity_name(row: Mapping[Any, Any]) -> str:
    return str(row[f"entity_name_{lang()}"])


def _of_entities(result: Result, codes: tuple[str, ...]) -> Result:
    """The rows of these entities, in this order."""
    frames = [result.frame[result.frame["entity"] == code] for code in codes]
    return replace(result, frame=pd.concat(frames, ignore_index=True))


def scaling(choices: Choices, result: Result) -> str:
    """How values are drawn; shares only for amounts, since nothing else adds up."""
    return choices.pick("scaled", () if result.unit == "value" else ("lines", "index", "rank"))


def base_of(choices: Choices, result: Result) -> str:
    """The period in which the index is 100: the chosen year, else the first with a figure for every entity.

    Raises:
        NoRows: no period has a figure for every entity.
    """
    offered = common_periods(result)
    if not offered:
        raise NoRows(say("compare.no_common"))
    first_of_year = {period[:4]: period for period in reversed(offered)}
    return first_of_year[choices.pick("since", [period[:4] for period in offered])]


def common_periods(result: Result) -> list[str]:
    """The periods for which every entity has a figure, oldest first."""
    known = result.frame.dropna(subset=["shown"])
    counts = known.groupby("period")["entity"].nunique()
    return sorted(counts[counts == result.frame["entity"].nunique()].index)


def title_of(column_id: str, flow: str) -> str:
    """An indicator in words (titles of shares name the flow); by its code if it is not among those offered."""
    key = f"compare.indicator.{column_id}"
    return say(key, flow=flow) if any(column_id in kind.indicators for kind in KINDS.values()) else column_id


def _params(choices: Choices, kind: str, column_id: str) -> dict[str, str]:
    """The parameters that all series share: those of the choices that the measure has."""
    declared = find_measure(column_id.partition(".")[0]).parameters
    fields = {"flow": "flow"}
    if any(is_group(code) for code in entities(choices)):
        fields |= {"membership": "members"}
    if kind in ("partners", "customs"):
        fields |= {"freq": "freq", "currency": "currency"}
    params = {name: choices.pick(field) for name, field in fields.items() if name in declared}
    if kind == "customs":
        params["freq"] = commodities.table_of(params["freq"])
    elif kind == "partners" and params["freq"] == "A":
        params["currency"] = choices.pick("currency", ("USD",))
    for name, value in list(params.items()):  # a value that the measure does not accept: its default applies
        if isinstance(domain := declared[name].domain, list) and value not in domain:
            choices.reject(fields[name], domain)
            del params[name]
    return params | {name: value for name, value in KINDS[kind].fixed.items() if name in declared}


@cached_per_store
def compared(
    kind: str, codes: tuple[str, ...], column_id: str, entries: tuple[tuple[str, str], ...], span: str
) -> Result:
    """The rows of all entities, one below the other: `entity`, its names, `shown` (the column drawn) and the rest.

    Raises:
        NoRows: no entity has figures, or the measure has none over time.
    """
    measure, _, column = column_id.partition(".")
    parameter, results, gaps = KINDS[kind].parameter, list[Result](), list[str]()
    frames, declared = list[pd.DataFrame](), find_measure(measure)
    for code in codes:
        values = dict(entries) | {parameter: code}
        used = {name: value for name, value in values.items() if declared.used(name, values)}
        try:
            result = queries.measure(measure, **used)
        except NoRows:
            gaps.append(code)
            continue
        frames.append(_series(result, kind, code, column))
        results.append(result)
    if not frames:
        raise NoRows(say("compare.none"))
    frame = pd.concat(frames, ignore_index=True)
    freq = str(results[0].params.get("freq") or "A")
    if first := first_period(str(frame["period"].max()), span, freq):
        frame = frame[frame["period"] >= first].reset_index(drop=True)
    params = {name: value for name, value in results[0].params.items() if name != parameter} | dict(entries)
    params |= {"freq": freq, parameter: None, "entities": ",".join(codes), "lacking": ",".join(gaps)}
    shown = results[0].measure.model_copy(update={"unit": _unit(results[0], column)})
    return replace(results[0], measure=shown, frame=frame, params=params)


def _series(result: Result, kind: str, code: str, column: str) -> pd.DataFrame:
    frame = result.frame
    if "period" not in frame or frame["period"].duplicated().any():
        raise NoRows(say("compare.no_periods", title=result.measure.title))
    if column == "growth":
        shown = frame[_GROWTH[0]].fillna(frame[_GROWTH[1]])
    elif column in frame and pd.api.types.is_numeric_dtype(frame[column]):
        shown = frame[column]
    else:
        numeric = [str(name) for name in frame if pd.api.types.is_numeric_dtype(frame[name])]
        raise UnknownName("column", column, numeric)
    names = {f"entity_name_{language}": name_of(kind, code, language) for language in LANGUAGES}
    head: dict[str, Any] = {"entity": code, **names, "shown": shown.astype(float)}
    return frame.assign(**head)[["period", *head, *(name for name in frame if name != "period")]]


def _unit(result: Result, column: str) -> str:
    """The unit of the column drawn, from the column's name if possible, else the measure's."""
    if column.endswith("_pct") or column == "growth":
        return "%"
    if column.endswith("_pp"):
        return "percentage points"
    if column in ("value", "balance", "exports", "imports", "total", "unit_value"):
        return "value"
    if column == "rank":
        return "rank"
    return result.unit if result.unit != "value" else ""


@cached_per_store
def rescaled(result: Result, scaled: str, base: str) -> Result:
    """The same with `shown` as an index, as a share of those compared, or as a rank among them.

    Raises:
        NoRows: an index needs a figure that is not zero in its base.
    """
    frame = result.frame
    values = frame["shown"]
    unit = result.unit
    if scaled == "index":
        bases = frame[frame["period"] == base].set_index("entity")["shown"]
        shown = 100 * values / frame["entity"].map(bases).where(lambda value: value != 0)
        unit = "index"
    elif scaled in ("share", "rank"):
        groups = values.groupby(frame["period"])
        complete = groups.transform("count") == frame["entity"].nunique()
        shown = (
            100 * values / groups.transform("sum") if scaled == "share" else groups.rank(ascending=False, method="min")
        )
        shown, unit = shown.where(complete), "%" if scaled == "share" else "rank"
    else:
        return result
    measure = result.measure.model_copy(update={"unit": unit})
    return replace(
        result, frame=frame.assign(shown=shown), measure=measure, params={**result.params, "base": base or None}
    )


def table(content: Content) -> tuple[pd.DataFrame, str]:
    """The numbers drawn as formatted texts, and their unit in words; a row per period, newest first, a column per
    entity."""
    frame, params = content.result.frame, content.result.stated_params
    wide = frame.pivot(index="period", columns="entity", values="shown").sort_index(ascending=False)
    wide = wide[list(dict.fromkeys(frame["entity"]))]
    size, unit, digits = 1.0, UNITS.get(content.result.unit, ""), messages.DIGITS.get(content.result.unit, 1)
    if content.result.unit == "value":
        scale = Context.of(params, lang()).scale(wide.stack())
        size, unit, digits = scale.size, scale.unit, 2 if frame["shown"].abs().max() < 100 * scale.size else 1
    numbers, most = wide / size, float(frame["shown"].abs().max()) / size
    digits = formats.digits_of(most / 10, digits) if digits else 0  # at least two digits of the largest number
    names = dict(zip(frame["entity"], frame[f"entity_name_{lang()}"], strict=True))
    written = numbers.map(
        lambda value: (
            formats.DASH if pd.isna(value) else formats.number(value, formats.digits_of(value, digits), lang())
        )
    )
    freq = str(content.result.params["freq"])
    written.index = pd.Index([formats.period(str(code), freq, lang(), short=True) for code in wide.index])
    return written.rename(columns=names), say(unit) if unit in UNITS.values() else unit


def market_currency(choices: Choices) -> bool:
    """Whether the currency can be chosen: annual figures of partners are always in dollars."""
    return kind_of(choices) == "customs" or (kind_of(choices) == "partners" and choices.pick("freq") != "A")
