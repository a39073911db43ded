"""Levels and rows of the store for checking claims: totals, partners, groups, goods, in yuan and dollars.

They are read once per store and subject and cached; ranks read all partners of one period.
"""

from __future__ import annotations

import dataclasses
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from trade.measures.claims.claim_types import Subject
from trade.measures.claims.parsing.periods import Clock
from trade.store import Store

Made = TypeVar("Made")
CURRENCIES = ("CNY", "USD")
MOST_CACHED = 1200
"""Number of subjects and rankings cached per store."""
MONEY_SLACK, RATE_SLACK = 0.004, 0.35
"""Uncertainty from conversion at a yearly or monthly mean exchange rate: part of a value, points of a rate."""
_MOST_OMITTED = 0.01
"""Most of a group's newest trade, as a part, of members that China's own report of a year omits: islands."""
_LEAST_REPORTING = 0.9
"""Least part of a group's members that must have reported for a year of partners' own reports to count."""
_ITEMS = {
    "European Union": "eu",
    "ASEAN": "asean",
    "Africa": "africa",
    "Latin America": "latin-america",
    "Asia": "asia",
    "Europe": "europe",
    "North America": "north-america",
    "Oceania": "oceania",
    "RCEP members": "rcep",
    "APEC economies": "apec",
    "Belt and Road partners": "belt-and-road",
    "Belt and Road countries": "belt-and-road",
}
"""Items of the releases that are groups; the others are economies, by English name."""
_BETTER = "QUALIFY authority < 5 OR min(authority) OVER (PARTITION BY freq, period, flow, currency{item}) = 5"
"""A weak source or a known misprint counts only where nothing better is printed."""
_HISTORY_ORIGINS = ("mirror", "implied", "converted")
"""Origins that figures from before the customs tables get from their quality."""
_GOODS = {
    "Motor vehicles": "motor-vehicles",
    "Steel products": "steel-products",
    "Crude oil": "crude-oil",
    "Electric vehicles": "electric-vehicles",
    "Passenger cars": "passenger-cars",
    "Rare earths": "rare-earths",
    "Mobile phones": "mobile-phones",
    "Mechanical and electrical products": "mechanical-and-electrical-products",
    "High-tech products": "high-tech-products",
    "Soybeans": "soybeans",
    "Integrated circuits": "integrated-circuits",
    "Electric passenger vehicles": "electric-passenger-vehicles",
}


ORIGINS = ("published", "cumulative", "computed", "converted", "implied", "history", "mirror")
"""Origins of figures, the most direct first; `cumulative` follows from the published rates of two running totals."""


@dataclass(frozen=True, slots=True)
class _Level:
    """A value of the store, from which a figure is made."""

    value: float
    growth: float | None
    quality: str
    source_id: str
    vintage: str = ""


class StoreLevels:
    """The levels, totals, members and rows of a subject in one store, read once per subject and cached."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._cached: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._guard = threading.Lock()

    def _once(self, key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
        with self._guard:
            if key in self._cached:
                self._cached.move_to_end(key)
                known: Made = self._cached[key]
                return known
        result = make()
        with self._guard:
            self._cached[key] = result
            while len(self._cached) > MOST_CACHED:
                self._cached.popitem(last=False)
        return result

    def _rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        frame = self.store.query(sql, params or None)
        return [
            {str(name): None if _missing(value) else value for name, value in row.items()}
            for row in frame.to_dict("records")
        ]

    @cached_property
    def clock(self) -> Clock:
        """The newest month of the totals, to which `July` and `last year` refer."""
        newest = self._rows("SELECT max(period) AS period FROM total_trade WHERE freq IN ('M', 'YTD')")[0]["period"]
        if newest is None:
            year = self._rows("SELECT max(period) AS period FROM total_trade")[0]["period"]
            return Clock(int(str(year or "2025")[:4]) + 1, 1)
        return Clock(int(newest[:4]), int(newest[5:7]))

    # --- totals of China

    @cached_property
    def _totals(self) -> dict[tuple[str, str, str, str], dict[str, Any]]:
        rows = self._rows(
            "SELECT freq, period, flow, currency, value, half_width, growth_pct, source_id, source_title, source_url, "
            "published, derived FROM total_trade"
        )
        return {(row["freq"], row["period"], row["flow"], row["currency"]): row for row in rows}

    @cached_property
    def _printed(self) -> dict[tuple[str, str, str, str], list[dict[str, Any]]]:
        rows = self._rows(
            "SELECT freq, period, flow, currency, value, half_width, growth_pct, derived, source_id, "
            f"source_title, source_url, published FROM total_figure {_BETTER.format(item='')} "
            "ORDER BY authority, published DESC, figure"
        )
        table: dict[tuple[str, str, str, str], list[dict[str, Any]]] = {}
        for row in rows:
            table.setdefault((row["freq"], row["period"], row["flow"], row["currency"]), []).append(row)
        return table

    def total(self, freq: str, period: str, flow: str, currency: str) -> float | None:
        """China's own total: the preferred figure; for halves and quarters computed from running totals."""
        if flow == "balance":
            out, into = (self.total(freq, period, side, currency) for side in ("export", "import"))
            return None if out is None or into is None else out - into
        row = self._totals.get((freq, period, flow, currency))
        if row is not None:
            value: float | None = row["value"]
            return value
        return self._between(freq, period, lambda code_freq, code: self.total(code_freq, code, flow, currency))

    @staticmethod
    def _between(freq: str, period: str, level: Callable[[str, str], float | None]) -> float | None:
        """A quarter or the second half of a year, from the running totals at its ends."""
        if freq not in ("Q", "H"):
            return None
        year = period[:4]
        if freq == "H":
            last, former = ("A", year), ("YTD", f"{year}-06")
        else:
            quarter = int(period[-1])
            last = ("A", year) if quarter == 4 else ("YTD", f"{year}-{quarter * 3:02d}")
            former = ("YTD", f"{year}-{quarter * 3 - 3:02d}")
        whole, part = level(*last), level(*former)
        return None if whole is None or part is None else whole - part

    # --- partners and groups

    def _economy(self, code: str) -> dict[tuple[str, str, str], _Level]:
        return self._months("partner_month", "partner", code)

    def _group(self, code: str) -> dict[tuple[str, str, str], _Level]:
        return self._months("group_month", "group_code", code)

    def _months(self, table: str, column: str, code: str) -> dict[tuple[str, str, str], _Level]:
        """Levels in yuan by (freq, period, flow), for months and running totals; years are January to December."""

        def read() -> dict[tuple[str, str, str], _Level]:
            rows = self._rows(
                "SELECT freq, period, flow, value_cny, growth_pct, quality, source_id, published "
                f"FROM {table} WHERE {column} = $code",
                code=code,
            )
            return dict(_levels(rows))

        return self._once((table, code), read)

    def _history(self, code: str) -> dict[tuple[str, str], dict[str, Any]]:
        """Rows in dollars of an economy by (year, flow), before the customs tables begin."""

        def read() -> dict[tuple[str, str], dict[str, Any]]:
            rows = self._rows(
                "SELECT year, flow, value_usd, quality, source_id FROM partner_annual WHERE partner = $code",
                code=code,
            )
            return {(str(row["year"]), row["flow"]): row for row in rows}

        return self._once(("history", code), read)

    def _released(self, subject: Subject, freq: str, period: str, flow: str) -> list[dict[str, Any]]:
        """The rows of the releases on a partner, group or item, one for each page that prints it."""

        def read() -> dict[tuple[str, str, str], list[dict[str, Any]]]:
            topic = "category" if subject.kind == "product" else "bloc"
            rows = self._rows(
                "SELECT topic, item, freq, period, flow, currency, value, half_width, printed, unit, growth_pct, "
                "share_pct, derived, authority, source_id, source_title, source_url, published "
                "FROM staging.released_figure "
                f"WHERE topic = $topic AND list_contains($items, item) {_BETTER.format(item=', item, sub_item')}",
                topic=topic,
                items=self._items(subject),
            )
            table: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
            for row in rows:
                table.setdefault((row["freq"], row["period"], row["flow"]), []).append(row)
            return table

        if subject.kind == "list":
            return []
        return self._once(("released", subject), read).get((freq, period, flow), [])

    def _items(self, subject: Subject) -> list[str]:
        """The names under which the releases print a subject."""
        if subject.kind == "product":
            names = [name for name, code in {**self._products, **_GOODS}.items() if code == subject.code]
            return [*names, *(f"{name} (volume)" for name in names)]
        if subject.kind == "group":
            return [name for name, code in _ITEMS.items() if code == subject.code]
        return [name for name, code in self._english.items() if code == subject.code]

    @cached_property
    def _english(self) -> dict[str, str]:
        rows = self._rows("SELECT economy, name_en, customs_name_en FROM fact.economy")
        short = {row["name_en"].partition(",")[0].partition(" (")[0]: row["economy"] for row in rows}
        customs = {row["customs_name_en"]: row["economy"] for row in rows if row["customs_name_en"]}
        return short | customs | {row["name_en"]: row["economy"] for row in rows}

    @cached_property
    def _products(self) -> dict[str, str]:
        rows = self._rows("SELECT product, name_en FROM fact.product")
        return {row["name_en"]: row["product"] for row in rows}

    def members(self, group: str, year: int) -> list[str]:
        """The members of a group at the end of a year."""
        rows = self._once(
            ("members",), lambda: self._rows("SELECT group_code, economy, valid_from, valid_to FROM group_member")
        )
        day = pd.Timestamp(year, 12, 31)
        return [
            row["economy"]
            for row in rows
            if row["group_code"] == group
            and row["economy"] != "CHN"
            and (row["valid_from"] is None or pd.Timestamp(row["valid_from"]) <= day)
            and (row["valid_to"] is None or pd.Timestamp(row["valid_to"]) >= day)
        ]

    def level(self, subject: Subject, freq: str, period: str, flow: str) -> _Level | None:
        """The level in yuan of a partner or group in a period of the customs tables; None before they begin."""
        if flow == "balance":
            out, into = (self.level(subject, freq, period, side) for side in ("export", "import"))
            return (
                None
                if out is None or into is None
                else dataclasses.replace(out, value=out.value - into.value, growth=None)
            )
        if subject.kind == "list":
            parts = [self.level(Subject("economy", code), freq, period, flow) for code in subject.code.split()]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts) or not known:
                return None
            return dataclasses.replace(known[0], value=sum(part.value for part in known), growth=None)
        table = self._economy(subject.code) if subject.kind == "economy" else self._group(subject.code)
        level = table.get((freq, period, flow))
        if level is None and freq == "A":
            level = table.get(("YTD", f"{period}-12", flow))
        if level is not None or freq not in ("Q", "H"):
            return level
        value = self._between(freq, period, lambda code_freq, code: _value(self.level(subject, code_freq, code, flow)))
        return None if value is None else _Level(value, None, "derived", "gacc_partners")

    def rate(self, freq: str, period: str, flow: str) -> float | None:
        """Yuan per dollar, implied by China's totals of the period in both currencies."""
        flow = "total" if flow == "balance" else flow
        if freq == "A" or (freq == "YTD" and period.endswith("-12")):
            yearly = self._yearly_rates.get((period[:4], flow))
            if yearly:
                return yearly
        cny, usd = (self.total(freq, period, flow, currency) for currency in CURRENCIES)
        return None if not cny or not usd else cny / usd

    @cached_property
    def _yearly_rates(self) -> dict[tuple[str, str], float]:
        rows = self._rows("SELECT year, flow, cny_per_usd FROM fx_rate")
        return {(str(row["year"]), row["flow"]): row["cny_per_usd"] for row in rows}

    def dollars(self, subject: Subject, freq: str, period: str, flow: str) -> tuple[float, float] | None:
        """A level in dollars and its relative uncertainty from conversion."""
        if flow == "balance":
            ends = [self.dollars(subject, freq, period, side) for side in ("export", "import")]
            if ends[0] is None or ends[1] is None:
                return None
            value = ends[0][0] - ends[1][0]
            return value, MONEY_SLACK * max(ends[0][0], ends[1][0]) / max(abs(value), 1.0)
        if flow == "total":
            parts = [self.dollars(subject, freq, period, side) for side in ("export", "import")]
            if parts[0] is not None and parts[1] is not None:
                return parts[0][0] + parts[1][0], MONEY_SLACK
        level, rate = self.level(subject, freq, period, flow), self.rate(freq, period, flow)
        return None if level is None or rate is None else (level.value / rate, MONEY_SLACK)

    def history(self, subject: Subject, flow: str, year: str) -> tuple[float, float, str, str] | None:
        """Level in dollars, its relative uncertainty, origin and source; None if a part of it is unknown."""
        if flow in ("total", "balance"):
            ends = [self.history(subject, side, year) for side in ("export", "import")]
            if ends[0] is None or ends[1] is None:
                return None
            sign = 1 if flow == "total" else -1
            value = ends[0][0] + sign * ends[1][0]
            slack = (ends[0][0] * ends[0][1] + ends[1][0] * ends[1][1]) / max(abs(value), 1.0)
            return value, slack, max(ends[0][2], ends[1][2], key=ORIGINS.index), ends[0][3]
        codes = (
            [subject.code]
            if subject.kind == "economy"
            else subject.code.split()
            if subject.kind == "list"
            else self.members(subject.code, int(year))
        )
        if subject.kind == "group" and subject.code in ("belt-and-road", "rcep", "apec"):
            return None
        rows = [self._history(code).get((year, flow)) for code in codes]
        known = [row for row in rows if row is not None and row["value_usd"] is not None]
        if not known or (subject.kind != "group" and len(known) < len(rows)):
            return None
        origins = {row["quality"] if row["quality"] in _HISTORY_ORIGINS else "history" for row in known}
        if len(origins) > 1:
            return None
        origin = origins.pop()
        if subject.kind == "group" and not self._covers_group(codes, rows, flow, origin):
            return None
        part = {"implied": 0.002, "history": 0.02, "mirror": 0.2, "converted": MONEY_SLACK}.get(origin, 0.02)
        return sum(row["value_usd"] for row in known), part, origin, known[0]["source_id"]

    def _covers_group(self, codes: list[str], rows: list[dict[str, Any] | None], flow: str, origin: str) -> bool:
        """Whether a year's rows cover enough of a group: of its members for mirror figures, else of its trade today."""
        reported = [row is not None and row["value_usd"] is not None for row in rows]
        if origin == "mirror":
            return sum(reported) >= _LEAST_REPORTING * len(rows)
        newest = [self._history(code).get((str(self.clock.year - 1), flow)) for code in codes]
        today = [row["value_usd"] or 0.0 if row is not None else 0.0 for row in newest]
        unreported = sum(value for value, is_reported in zip(today, reported, strict=True) if not is_reported)
        return unreported <= _MOST_OMITTED * sum(today)

    @cached_property
    def _quarters(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        rows = self._rows("SELECT * FROM quarters(NULL)")
        return {(row["period"], row["flow"], row["currency"]): row for row in rows}

    # --- goods

    def _product(self, code: str) -> list[dict[str, Any]]:
        return self._once(
            ("product", code),
            lambda: self._rows(
                "SELECT freq, period, flow, currency, value, base_value, growth_pct, growth_computed_pct, total, "
                "total_base, quantity, quantity_unit, quantity_growth_pct, source_id "
                "FROM product_change WHERE product = $code",
                code=code,
            ),
        )

    def goods(self, code: str, flow: str, freq: str, period: str) -> list[dict[str, Any]]:
        """The rows of an item of the customs tables, one per currency."""
        key = ("YTD", f"{period}-12") if freq == "A" else (freq, period)
        return [row for row in self._product(code) if row["flow"] == flow and (row["freq"], row["period"]) == key]

    def ranking(self, flow: str, freq: str, period: str) -> dict[str, float]:
        """Every economy's level in yuan; for years before the customs tables in dollars, empty with mirror figures."""

        def read() -> dict[str, float]:
            key = ("YTD", f"{period}-12") if freq == "A" else (freq, period)
            rows = self._rows(
                "SELECT partner, value_cny AS value FROM partner_month JOIN economy ON economy = partner "
                "WHERE freq = $freq AND period = $period AND flow = $flow AND kind IN ('economy', 'area') "
                "AND partner <> 'CHN' AND value_cny IS NOT NULL",
                freq=key[0],
                period=key[1],
                flow=flow,
            )
            if not rows and freq == "A" and flow in ("export", "import"):
                rows = self._rows(
                    "SELECT partner, value_usd AS value, quality FROM partner_annual JOIN economy ON economy = partner "
                    "WHERE year = $year AND flow = $flow AND kind IN ('economy', 'area') "
                    "AND partner <> 'CHN' AND value_usd IS NOT NULL",
                    year=int(period),
                    flow=flow,
                )
                if any(row["quality"] == "mirror" for row in rows):
                    return {}
            return {row["partner"]: row["value"] for row in rows}

        return self._once(("ranking", flow, freq, period), read)


def _levels(rows: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, str, str], _Level]]:
    for row in rows:
        if row["value_cny"] is not None:
            level = _Level(
                row["value_cny"], row["growth_pct"], row["quality"], row["source_id"], row["published"] or ""
            )
            yield (row["freq"], row["period"], row["flow"]), level


def _value(level: _Level | None) -> float | None:
    return None if level is None else level.value


def _missing(value: Any) -> bool:
    return value is None or value is pd.NaT or (isinstance(value, float) and value != value)
