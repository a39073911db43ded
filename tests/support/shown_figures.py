"""Every figure that the panels show, by what it means: two panels that show one thing must print one number.

`shown` draws panels for many choices and yields each cell of their tables as a `Figure`, with the `Thing` that it is a
figure of: what is measured, of which flow, currency, frequency, period and part. Columns of different measures that mean
one thing share a name here (`_SAME`); columns that the page says are another thing get a name of their own
(`DISTINCT`). `unmatched_numbers` finds the numbers of a text that are in no cell of its table.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tests.support.sentence_sweep import broken_rules, parse_number
from trade.errors import TradeError
from trade.measures import Result
from trade.panels.choices import Choices
from trade.panels.panel import Content, Panel
from trade.panels.registry import panels
from trade.panels.run_context import RunContext, running
from trade.store import Store
from trade.text import formats

FLOWS, CURRENCIES = ("export", "import", "total"), ("CNY", "USD")
PERIODS = (("CNY", "A", "2025"), ("USD", "A", "2025"), ("CNY", "YTD", "2026-07"), ("CNY", "M", "2025-10"))
LONG = 1500
"""Of a table with more rows, only those of the last two years are compared."""
_ALL_TRADE = [
    {"flow": flow, "currency": currency, "freq": freq, "period": period}
    for flow, (currency, freq, period) in itertools.product(FLOWS, PERIODS)
]
STATES: list[dict[str, str]] = [
    *_ALL_TRADE,
    *({**state, "by": by} for state in _ALL_TRADE if state["freq"] != "M" for by in ("partner", "product")),
    *({"partner": "DEU", "flow": flow} for flow in FLOWS),
    {"continent": "africa"},
    {"continent": "africa", "by": "partner"},
]
"""Choices for which the panels are drawn; a panel is drawn once for states that differ only in fields it ignores."""


class Thing(NamedTuple):
    """What a figure is of. `part` is a partner, continent or item; empty for the whole. `origin` is who counted."""

    quantity: str
    flow: str
    currency: str
    freq: str
    period: str
    part: str
    origin: str


class Figure(NamedTuple):
    """A cell of a panel's table."""

    thing: Thing
    value: float
    column: str


def printed(thing: Thing, value: float) -> str:
    """The number as a table prints it: what a reader compares."""
    quantity = thing.quantity
    if quantity.endswith("_pp") or quantity in ("theil", "gini"):
        return f"{formats.half_up(value, 2) + 0:.2f}"
    if quantity.endswith("_pct"):
        return f"{formats.half_up(value, 1) + 0:.1f}"
    if abs(value) >= 1e4:
        return formats.amount(value, thing.currency or "USD")
    return f"{value:.6g}"


_CUSTOMS = frozenset(
    [
        "rank",
        "effective_markets",
        "growing_markets",
        "market_fall",
        "growth",
        "index",
        "seasonally_adjusted",
        "balance",
        "moving_sum",
        "fx_effect",
        "contribution",
        "ytd_and_forecasts",
        "partner_balance",
        "partner",
        "commodities",
        "price_quantity",
        "commodity",
    ]
)
"""Measures on the figures of China Customs; figures of other measures are only compared within the same measure."""
_LEFT_OUT = frozenset(("claims", "coverage", "residuals", "forecasts", "forecast_errors", "rest_of_year", "scenario"))
"""Measures left out, because their rows are assumptions or no figures of trade."""
_SAME: dict[tuple[str, str], str] = {
    ("rank", "published_growth_pct"): "growth_pct",
    ("partner", "total_growth_pct"): "growth_pct of all",
}
"""Columns that mean the same as a column of another name; `of all`: of the whole, though the row is about a part."""
DISTINCT: dict[tuple[str, str], str] = {
    ("rank", "growth_pct"): "between the two tables as first published, not on the base that customs revised",
    ("market_fall", "total_growth_pct"): "between the two tables, as the fall is taken from the second of them",
    ("market_fall", "total"): "of the table as first published, which its markets are parts of",
    ("margins", "contribution_pp"): "between the two tables",
    ("margins", "base_value"): "of the base period's own table, not as the printed rate implies it",
    ("margins", "value"): "of the markets together, without re-imports and what no economy is named for",
    ("margins", "markets"): "with trade in either period; elsewhere in the period itself",
    ("moving_sum", "growth_pct"): "between two sums of months",
    ("carry_over", "growth_pct"): "between the levels of two years",
    ("index", "base_value"): "the first figure of the index, not that of a year earlier",
}
"""Columns that share a name with another figure but mean another thing, with the difference.

A test checks that the table under the chart gives each of them another heading."""
_IDENTITY = frozenset(
    [
        "period",
        "period_start",
        "currency",
        "quality",
        "source_id",
        "name_en",
        "name_zh",
        "continent",
        "break",
        "kind",
        "flow",
        "freq",
        "source_title",
        "source_url",
        "published",
        "longitude",
        "latitude",
        "drawn",
        "customs_continent",
        "rate_pct",
        "published_growth",
        "shown",  # of a comparison: one of the other columns again
    ]
)
_PARTS = {
    "rank": "market", "margins": "market", "market_fall": "market", "lorenz": "market", "partner": "partner",
    "growing_markets": "continent", "hs_rivals": "partner", "mirror_gap": "partner",
    "first_destination_list": "reporter", "first_destination_changes": "reporter",
    "first_destination_history": "reporter", "first_destinations": "partner", "service_items": "item", "services": "item",
    "hs_partners": "partner", "group_members": "member", "rca": "product", "industrial_robots": "origin",
}  # fmt: skip
"""The column that names the part, where it is not `code`."""
_SPAN = ("first", "last", "period", "flow", "currency", "freq")
_MORE_KEYS = (
    "definition",
    "component",
    "place",
    "aggregate",
    "base",
    "base_period",
    "dataset",
    "months",
    "concept",
    "rank_of",
)
"""Columns and parameters that distinguish figures of the same quantity."""


def contents(
    store: Store, states: Iterable[Mapping[str, str]] = STATES, lang: str = "en"
) -> Iterator[tuple[Panel, Content]]:
    """The content of each panel for each state that changes it; states without figures are left out."""
    drawn: set[tuple[object, ...]] = set()
    for state, panel in itertools.product(states, panels().values()):
        read = tuple((name, code) for name, code in state.items() if name in panel.choices)
        if (panel.id, read) in drawn or panel.page == "explore":
            continue
        drawn.add((panel.id, read))
        with running(RunContext(lang, dict(state), store)):
            try:
                content = panel.content(Choices(state))
            except (TradeError, StopIteration):
                continue
            yield panel, content


def figures(result: Result) -> Iterator[Figure]:
    """The cells of a table that hold a figure of trade."""
    measure = result.measure.id
    if measure in _LEFT_OUT:
        return
    frame = result.frame
    if len(frame) > LONG and "period" in frame:
        newest = frame["period"].astype(str).max()
        frame = frame[frame["period"].astype(str) >= str(int(newest[:4]) - 1)]
    numeric = [
        str(name)
        for name in frame.columns
        if name not in _IDENTITY and name not in _MORE_KEYS and pd.api.types.is_numeric_dtype(frame[name])
    ]
    for row in frame.to_dict("records"):
        if row.get("kind") in ("residual", "rest") or row.get("code") == "rest" or row.get("months") == 2:
            continue  # a remainder depends on the split; January and February together are no month
        read = _Row(measure, result.params, row)
        for column in numeric:
            value = row[column]
            if value is not None and not pd.isna(value) and not math.isnan(value):
                yield Figure(read.thing(column), float(value), column)


class _Row:
    """Maps the cells of a row to the `Thing` that each is a figure of."""

    def __init__(self, measure: str, params: Mapping[str, Any], row: Mapping[Any, Any]) -> None:
        self.measure, self.params, self.row = measure, params, row
        self.flow, self.currency = self.cell_text("flow"), self.cell_text("currency")
        self.freq, self.period = _when(measure, {**params, "freq": self.cell_text("freq")}, self.cell_text("period"))
        part = row.get(_PARTS.get(measure, "code")) or params.get("partner") or ""
        self.part = "" if row.get("kind") == "total" else str(part)
        if row.get("entity") and params.get("dataset") == "matrix":
            self.part = f"{row['entity']} in the world matrix"

    def cell_text(self, name: str) -> str:
        value = self.row.get(name)
        return str(self.params.get(name) or "") if value is None or value != value else str(value)

    def thing(self, column: str) -> Thing:
        measure, part = self.measure, self.part
        quantity, flow, currency = _unfolded(column, self.flow, self.currency)
        if measure == "contribution" and not part and quantity == "contribution_pp":
            quantity = "growth_pct"
        if (measure, quantity) in DISTINCT:
            quantity = f"{quantity} {DISTINCT[measure, quantity]}"
        quantity = _SAME.get((measure, quantity), quantity)
        if quantity.endswith(" of all"):
            quantity, part = quantity.removesuffix(" of all"), ""
        if "rank" in quantity and (measure == "market_fall" or self.params.get("continent")):
            quantity = f"{quantity} in {measure} {self.params.get('continent')}"  # of losses, or within one continent
        part = "" if part in ("world", "nan", "None") else part
        return Thing(quantity, flow, currency, self.freq, self.period, part, self._origin(quantity))

    def _origin(self, quantity: str) -> str:
        """`customs`, or the measure with all that its figures depend on."""
        if self.measure in _CUSTOMS and quantity != "base_value":
            return "customs"
        return self._other_origin

    @cached_property
    def _other_origin(self) -> str:
        params = self.params
        more = " ".join(self.cell_text(name) for name in _MORE_KEYS if name in self.row or name in params)
        own = " ".join(f"{name}={value}" for name, value in params.items() if value is not None and name not in _SPAN)
        return f"{self.measure} {more} {own}"


@cache
def _unfolded(column: str, flow: str, currency: str) -> tuple[str, str, str]:
    """The quantity of a column whose name bears its currency or its flow: `value_usd`, `exports`."""
    quantity = column
    for code in CURRENCIES:
        mark = f"_{code.lower()}"
        if quantity.endswith(mark) or f"{mark}_" in quantity:
            quantity, currency = quantity.replace(mark, ""), code
    for side in ("export", "import"):
        if quantity == f"{side}s":
            quantity, flow = "value", side
        elif quantity.startswith(f"{side}_growth"):
            quantity, flow = quantity.removeprefix(f"{side}_"), side
    return quantity, flow, currency


def _when(measure: str, params: Mapping[str, Any], period: str) -> tuple[str, str]:
    """Frequency and period; January to December is the year."""
    freq = str(params.get("freq") or ("M" if measure in ("moving_sum", "seasonally_adjusted") else ""))
    if not freq or measure == "contribution":
        freq = "A" if len(period) == len("2025") else "YTD"
    if freq == "YTD" and (len(period) == len("2025") or period.endswith("-12")):
        return "A", period[:4]
    return freq, period


# -- texts ----------------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[−+]?\$?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?(?:trillion|billion|million|万亿|亿|万))?")
_YEAR = re.compile(r"(?:19|20)\d\d$")


class Cells:
    """The figures of a table by column and its words, to look up many numbers of texts."""

    def __init__(self, result: Result) -> None:
        self.result = result
        frame = result.frame
        self.columns = [
            np.abs(frame[name].dropna().to_numpy(float))
            for name in frame.columns
            if pd.api.types.is_numeric_dtype(frame[name])
        ]

    @cached_property
    def words(self) -> str:
        frame = self.result.frame
        words = " ".join(str(value) for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])
                         for value in frame[name].dropna().unique())  # fmt: skip
        return words + " ".join(str(value) for value in self.result.params.values())

    def contain(self, size: float, half: float) -> bool:
        """Whether a number is a cell, or the sum of a column."""
        return any(
            (np.abs(known - size) <= half * 1.001).any() or abs(known.sum() - size) <= half * 1.001
            for known in self.columns
        )


def unmatched_numbers(text: str, cells: Cells) -> list[str]:
    """Numbers of a text that are no cell of the table, no count of its rows, no parameter and no part of a name."""
    missing = []
    for match in _NUMBER.finditer(text):
        number = parse_number(match[0])
        if number is None or _YEAR.match(match[0]):
            continue
        value, half = number
        counted = value == int(value) and 0 <= value <= len(cells.result.frame)
        linked = any(link.start <= match.start() < link.end for link in getattr(text, "links", ()))
        explained = counted or linked or match[0].strip("−+$") in cells.words
        if not explained and not cells.contain(abs(value), half):
            missing.append(match[0])
    return missing


def chart_labels(figure: Mapping[str, Any]) -> Iterator[str]:
    """Texts with a digit that a chart shows: annotations and texts of marks, without markup."""
    texts = [mark.get("text") for mark in figure["layout"].get("annotations", ())]
    for trace in figure["data"]:
        texts += [trace.get("text")] if isinstance(trace.get("text"), str) else list(trace.get("text") or ())
    yield from (
        re.sub(r"<[^>]+>", " ", str(text)) for text in texts if text is not None and re.search(r"\d", str(text))
    )


_UNITS = (1.0, 1e6, 1e8, 1e9, 1e12)
"""Units that a label may be written in: ones, millions, hundred millions, billions, trillions."""


def unmatched_labels(figure: Mapping[str, Any], cells: Cells) -> set[str]:
    """Numbers of a chart's labels that are no cell of its table in any unit, no count and no parameter."""
    missing = set()
    for label in chart_labels(figure):
        for text in unmatched_numbers(label, cells):
            number = parse_number(text)
            if number is None or not any(cells.contain(abs(number[0]) * unit, number[1] * unit) for unit in _UNITS):
                missing.add(text)
    return missing


def matches_value(values: np.ndarray, text: str, rows: int) -> bool:
    """Whether a number as written is one of the values, their sum, or a count of rows."""
    number = parse_number(text)
    if number is None:
        return False
    size, half = abs(number[0]), number[1]
    known = np.abs(values)
    matches = (np.abs(known - size) <= half * 1.001 + 1e-9 * size).any()
    summed = abs(abs(values.sum()) - size) <= half * 1.001
    in_steps = any((np.abs(known * step - size) <= half * 1.001).any() for step in (1e9, 1e12))
    return bool(matches or summed or in_steps or (size == int(size) and size <= rows))


def badly_written(text: str, lang: str) -> list[str]:
    """Rules of writing that a headline or a note breaks. Names that stand as labels, before a colon or a number, have no
    article, and in Chinese a blank before the number."""
    faults = []
    for fault in broken_rules(text, lang):
        rule, words = fault.partition(":")[0], fault[fault.find("“") + 1 : -1]
        label = re.search(rf"{re.escape(words)}(?::|,| [\d−+$(]| and \w+ \w*\d)", text) or text.endswith(words + ".")
        if not (rule == "missing article" and label) and not (rule == "space" and lang != "en"):
            faults.append(fault)
    return faults
