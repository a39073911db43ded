"""Every figure that the panels show, by what it means: two panels that show one thing must print one number.

`shown` draws panels for many choices and yields each cell of their tables as a `Figure`, with the `Thing` that it is a
figure of: what is measured, of which flow, currency, frequency, period and part. Columns of different measures that mean
one thing have one name here (`_SAME`); those that a reader is told are another thing have another (`_OTHER`). `loose`
finds numbers of a text that stand in no cell of its table.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tests.support.sentence_sweep import spoken
from trade.errors import TradeError
from trade.panels.choices import Choices
from trade.panels.panel import Content, Panel
from trade.panels.registry import panels
from trade.panels.run_context import RunContext, running
from trade.store import Store
from trade.text import formats

FLOWS, CURRENCIES = ("export", "import", "total"), ("CNY", "USD")
PERIODS = (("CNY", "A", "2025"), ("USD", "A", "2025"), ("CNY", "YTD", "2026-07"), ("CNY", "M", "2025-10"))
LONG = 1500
"""Rows of a table beyond which only those of the last two years are compared."""
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
"""Choices for which the panels are drawn; a panel that reads none of what differs is drawn once."""


@dataclass(frozen=True)
class Thing:
    """What a figure is of. `part` is a partner, continent or item; empty for the whole. `origin` is who counted."""

    quantity: str
    flow: str
    currency: str
    freq: str
    period: str
    part: str
    origin: str


@dataclass(frozen=True)
class Figure:
    """A cell of a panel's table."""

    thing: Thing
    value: float
    panel: str
    column: str

    def printed(self) -> str:
        """The number as a table prints it: what a reader compares."""
        quantity = self.thing.quantity
        if quantity.endswith("_pp") or quantity in ("theil", "gini"):
            return f"{formats.half_up(self.value, 2) + 0:.2f}"
        if quantity.endswith("_pct"):
            return f"{formats.half_up(self.value, 1) + 0:.1f}"
        if abs(self.value) >= 1e4:
            return formats.amount(self.value, self.thing.currency or "USD")
        return f"{self.value:.6g}"


_CUSTOMS = frozenset(
    [
        "rank",
        "margins",
        "effective_markets",
        "growing_markets",
        "lorenz",
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
"""Measures on the figures of China Customs; figures of the others are compared among those of their own measure."""
_LEFT_OUT = frozenset(("claims", "coverage", "residuals", "forecasts", "forecast_errors", "rest_of_year", "scenario"))
"""Measures whose rows are not figures of trade, or assumptions."""
_SAME: dict[tuple[str, str], str] = {
    ("rank", "published_growth_pct"): "growth_pct",
    ("partner", "total_growth_pct"): "growth_pct of all",
    ("market_fall", "total"): "value of all markets",
    ("fx_effect", "growth_pct"): "growth_pct",
    ("product_diversification", "value"): "value of all",
    ("growing_markets", "growing"): "growing",
}
_OTHER: dict[tuple[str, str], str] = {
    # growth between tables as first published; growth_pct elsewhere is as printed, on customs' revised base
    ("rank", "growth_pct"): "growth_pct between tables",
    ("market_fall", "total_growth_pct"): "growth_pct between tables of all",
    ("margins", "contribution_pp"): "contribution_pp between tables",
    ("partner_balance", "growth_computed_pct"): "growth_pct between tables",
    # of twelve months, whenever they end, between the sums
    ("moving_sum", "growth_pct"): "growth_pct between sums",
    ("carry_over", "growth_pct"): "growth_pct between levels",
    # the first figure of an index, the base that a printed rate implies, the table of a year earlier
    ("index", "base_value"): "value of the index's base",
    ("margins", "base_value"): "base_value of tables",
    # markets with trade in either of two periods; elsewhere in the period itself
    ("margins", "markets"): "markets of two periods",
    # of the markets together, without re-imports and what no country is named for
    ("margins", "value"): "value of markets",
    # the growth of the fall's own assumption
    ("market_fall", "rank"): "rank of losses",
    ("rank", "rank"): "rank",
}
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
    ]
)
_PARTS = {
    "rank": "market", "margins": "market", "market_fall": "market", "lorenz": "market", "partner": "partner",
    "growing_markets": "continent", "hs_rivals": "partner", "mirror_gap": "partner",
    "first_destination_list": "reporter", "first_destination_changes": "reporter",
    "first_destination_history": "reporter", "first_destinations": "partner", "service_items": "item", "services": "item",
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
"""Columns and parameters that make another thing of the same quantity."""


def contents(
    store: Store, states: Iterable[Mapping[str, str]] = STATES, lang: str = "en"
) -> Iterator[tuple[Panel, Content]]:
    """What each panel shows for each state in which it differs; states that have no figures are left out."""
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


def figures(panel: Panel, content: Content) -> Iterator[Figure]:
    """The cells of a panel's table that hold a figure of trade."""
    result = content.result
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
            continue  # what is left over is of each split; January and February joined are no month
        for column in numeric:
            value = row[column]
            if value is not None and not pd.isna(value) and not math.isnan(value):
                yield Figure(_thing(measure, result.params, row, column), float(value), panel.id, column)


def _thing(measure: str, params: Mapping[str, Any], row: Mapping[Any, Any], column: str) -> Thing:
    def said(name: str) -> str:
        value = row.get(name)
        return str(params.get(name) or "") if value is None or value != value else str(value)

    flow, currency, quantity = said("flow"), said("currency"), column
    for code in CURRENCIES:
        mark = f"_{code.lower()}"
        if quantity.endswith(mark) or f"{mark}_" in quantity:
            quantity, currency = quantity.replace(mark, ""), code
    for side in ("export", "import"):
        if quantity == f"{side}s":
            quantity, flow = "value", side
        elif quantity.startswith(f"{side}_growth"):
            quantity, flow = quantity.removeprefix(f"{side}_"), side
    quantity = _OTHER.get((measure, quantity), _SAME.get((measure, quantity), quantity))
    freq, period = _when(measure, params, said("period"))
    part = (
        "" if row.get("kind") == "total" else str(row.get(_PARTS.get(measure, "code")) or params.get("partner") or "")
    )
    if measure == "contribution" and row.get("kind") == "total" and quantity == "contribution_pp":
        quantity = "growth_pct"
    if quantity.endswith(" of all"):
        quantity, part = quantity.removesuffix(" of all"), ""
    part = "" if part in ("world", "nan", "None") else part
    more = " ".join(said(name) for name in _MORE_KEYS if name in row or name in params)
    origin = "customs" if measure in _CUSTOMS and quantity not in ("base_value",) else measure
    shared = origin == "customs" and measure not in ("margins", "lorenz")
    own = " ".join(f"{name}={value}" for name, value in params.items() if value is not None and name not in _SPAN)
    if measure == "rank" and params.get("continent"):
        quantity = f"{quantity} within {params['continent']}" if "rank" in quantity else quantity
    return Thing(quantity, flow, currency, freq, period, part, origin if shared else f"{measure} {more} {own}")


def _when(measure: str, params: Mapping[str, Any], period: str) -> tuple[str, str]:
    """Frequency and period; January to December is the year."""
    freq = str(params.get("freq") or ("M" if measure in ("moving_sum", "seasonally_adjusted") else ""))
    if not freq or measure == "contribution":
        freq = "A" if len(period) == len("2025") else "YTD"
    if freq == "YTD" and (len(period) == len("2025") or period.endswith("-12")):
        return "A", period[:4]
    return freq, period


# -- texts ----------------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[−+]?\$?\d[\d,]*(?:\.\d+)?(?:\s?(?:trillion|billion|million|万亿|亿|万))?")
_YEAR = re.compile(r"(?:19|20)\d\d$")


def loose(text: str, content: Content) -> list[str]:
    """Numbers of a text that are no cell of the table, no count of its rows, no parameter and no part of a name."""
    frame, params = content.result.frame, content.result.params
    words = " ".join(str(value) for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])
                     for value in frame[name].dropna().unique())  # fmt: skip
    words += " ".join(str(value) for value in params.values())
    missing = []
    for match in _NUMBER.finditer(text):
        number = spoken(match[0])
        if number is None or _YEAR.match(match[0]) or match[0].strip("−+$") in words:
            continue
        value, half = number
        counted = value == int(value) and 0 <= value <= len(frame)
        linked = any(link.start <= match.start() < link.end for link in getattr(text, "links", ()))
        if not counted and not linked and not _is_a_cell(frame, abs(value), half):
            missing.append(match[0])
    return missing


def _is_a_cell(frame: pd.DataFrame, size: float, half: float) -> bool:
    for name in frame.columns:
        if pd.api.types.is_numeric_dtype(frame[name]):
            known = frame[name].dropna().astype(float).abs()
            if ((known - size).abs() <= half * 1.001).any() or abs(known.sum() - size) <= half * 1.001:
                return True
    return False
