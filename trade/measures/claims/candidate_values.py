"""The figures that a claim may mean, read from the store: as published, as computed, in both currencies, every vintage.

A `Figure` names the measure and the parameters that show it. Values are in full yuan or dollars, rates in per cent. The
rows of a subject are read once per store and kept; ranks read all partners of one period.
"""

from __future__ import annotations

import dataclasses
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from trade.measures.claims.claim_types import WORLD, Subject
from trade.measures.claims.periods import Clock, year_before
from trade.store import Store

Made = TypeVar("Made")
CURRENCIES = ("CNY", "USD")
MOST_CACHED = 1200
"""Subjects and rankings kept per store."""
MONEY_SLACK, RATE_SLACK = 0.004, 0.35
"""What conversion at a yearly or monthly mean rate leaves open: part of a value, points of a rate."""
_UNNAMED = 0.01
"""Part of a group's newest trade that members may have which China's own report of a year does not name: islands."""
_REPORTING = 0.9
"""Part of a group's members that must have reported where a year rests on partners' own reports."""
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
"""Items of the releases that are groups; the others are economies by their English name."""
_MARKED = ("mirror", "implied", "converted")
"""Qualities that a figure of the past is named after."""
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
_QUANTITY = {
    "million tonnes": ("tonnes", 1e6),
    "10,000 tonnes": ("tonnes", 1e4),
    "tonnes": ("tonnes", 1.0),
    "units": ("units", 1.0),
    "10,000 units": ("units", 1e4),
    "million units": ("units", 1e6),
    "billion units": ("units", 1e9),
    "100 million units": ("units", 1e8),
    "10,000 sets": ("sets", 1e4),
}


ORIGINS = ("published", "cumulative", "computed", "converted", "implied", "history", "mirror")
"""How a figure came about, the most direct first; `cumulative` is what published rates of two running totals leave."""


@dataclass(frozen=True)
class Figure:
    """A number of the store. `slack` is what its own rounding or making leaves open, in its unit."""

    kind: str
    """value, change, share, rank, contribution, quantity, quantity_change, run (of growth), falls (likewise), count."""
    subject: Subject
    flow: str
    freq: str
    period: str
    value: float
    unit: str
    """CNY, USD, percent, points, rank, years, count, tonnes, units ..."""
    origin: str
    """One of `ORIGINS`."""
    measure: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    currency: str = ""
    slack: float = 0.0
    source_id: str = ""
    source_title: str = ""
    source_url: str = ""
    vintage: str = ""
    definition: str = ""
    """Which of several definitions: `blocs` for a rank with the EU and ASEAN as one, the name of a list of members."""
    base: str = ""
    """The period that a change is on, where it is neither a year earlier nor the month before."""
    within: str = ""
    """The group among whose members a rank counts."""
    first_release: bool = False
    """A figure as first released that a later vintage replaced."""

    @property
    def sure(self) -> bool:
        """Whether a claim may be called wrong because of it."""
        return self.origin not in ("mirror", "history")


@dataclass(frozen=True, slots=True)
class _Level:
    """A value of the store before it is made a figure."""

    value: float
    growth: float | None
    quality: str
    source_id: str
    vintage: str = ""


class Figures:
    """The figures of one store."""

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
        made = make()
        with self._guard:
            self._cached[key] = made
            while len(self._cached) > MOST_CACHED:
                self._cached.popitem(last=False)
        return made

    def _rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        frame = self.store.query(sql, params or None)
        return [
            {str(name): None if _missing(value) else value for name, value in row.items()}
            for row in frame.to_dict("records")
        ]

    @cached_property
    def clock(self) -> Clock:
        """The newest month of the totals: what `July` and `last year` are counted from."""
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
            "source_title, source_url, published FROM total_figure ORDER BY authority, published DESC, figure"
        )
        table: dict[tuple[str, str, str, str], list[dict[str, Any]]] = {}
        for row in rows:
            table.setdefault((row["freq"], row["period"], row["flow"], row["currency"]), []).append(row)
        return table

    def total(self, freq: str, period: str, flow: str, currency: str) -> float | None:
        """China's own total: the preferred figure, or what halves and quarters follow from."""
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
        """(freq, period, flow) to the level in yuan, months and running totals; years are January to December."""

        def read() -> dict[tuple[str, str, str], _Level]:
            rows = self._rows(
                "SELECT freq, period, flow, value_cny, growth_pct, quality, source_id, published "
                f"FROM {table} WHERE {column} = $code",
                code=code,
            )
            return dict(_levels(rows))

        return self._once((table, code), read)

    def _history(self, code: str) -> dict[tuple[str, str], dict[str, Any]]:
        """(year, flow) to dollars of an economy, before the customs tables begin."""

        def read() -> dict[tuple[str, str], dict[str, Any]]:
            rows = self._rows(
                "SELECT year, flow, value_usd, quality, source_id FROM partner_annual WHERE partner = $code",
                code=code,
            )
            return {(str(row["year"]), row["flow"]): row for row in rows}

        return self._once(("history", code), read)

    def _released(self, subject: Subject, freq: str, period: str, flow: str) -> list[dict[str, Any]]:
        """The rows of the releases on a partner, group or item: what was printed, on each page."""

        def read() -> dict[tuple[str, str, str], list[dict[str, Any]]]:
            topic = "category" if subject.kind == "product" else "bloc"
            rows = self._rows(
                "SELECT topic, item, freq, period, flow, currency, value, half_width, printed, unit, growth_pct, "
                "share_pct, derived, authority, source_id, source_title, source_url, published "
                "FROM staging.released_figure "
                "WHERE topic = $topic AND list_contains($items, item)",
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
        """Yuan for a dollar, as China's own totals of the period imply."""
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
        """A level in dollars and the part of it that conversion leaves open."""
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

    # --- figures by what a claim measures

    def values(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        """Levels in both currencies: as published in each vintage, then computed or converted."""
        if subject == WORLD:
            yield from self._world_values(flow, freq, period)
        elif subject.kind == "product":
            yield from self._product_values(subject, flow, freq, period)
        else:
            yield from self._partner_values(subject, flow, freq, period)

    def _world_values(self, flow: str, freq: str, period: str) -> Iterator[Figure]:
        measure = "balance" if flow == "balance" else "growth"
        for currency in CURRENCIES:
            params = (
                {"freq": freq, "currency": currency}
                if flow == "balance"
                else {"flow": flow, "freq": freq, "currency": currency}
            )
            preferred = self._totals.get((freq, period, flow, currency))
            current = self.total(freq, period, flow, currency)
            if current is not None:
                row = (
                    preferred
                    or self._totals.get((freq, period, "export" if flow == "balance" else "total", currency))
                    or {}
                )
                origin = "published" if preferred is not None and not row.get("derived") else "computed"
                shown = params if freq in ("A", "M", "YTD") else {}
                yield Figure(
                    "value",
                    WORLD,
                    flow,
                    freq,
                    period,
                    current,
                    currency,
                    origin,
                    measure if shown else "",
                    shown,
                    currency,
                    _known(row.get("half_width")),
                    row.get("source_id") or "",
                    row.get("source_title") or "",
                    row.get("source_url") or "",
                    row.get("published") or "",
                )
            seen = set()
            for row in self._printed.get((freq, period, flow, currency), []):
                if row["value"] is None or (row["value"], row["half_width"]) in seen or row["derived"]:
                    continue
                seen.add((row["value"], row["half_width"]))
                replaced = current is not None and abs(row["value"] - current) > _known(row["half_width"]) + 1.0
                yield Figure(
                    "value",
                    WORLD,
                    flow,
                    freq,
                    period,
                    row["value"],
                    currency,
                    "published",
                    measure,
                    params,
                    currency,
                    _known(row["half_width"]),
                    row["source_id"],
                    row["source_title"] or "",
                    row["source_url"] or "",
                    row["published"] or "",
                    first_release=replaced,
                )
            if flow == "balance":
                yield from self._released_balances(freq, period, currency, params)

    def _released_balances(self, freq: str, period: str, currency: str, params: dict[str, Any]) -> Iterator[Figure]:
        """Exports less imports of one release: 1.189 trillion where the revised series gives 1.180."""
        sides = [self._printed.get((freq, period, flow, currency), []) for flow in ("export", "import")]
        for out in sides[0]:
            for into in sides[1]:
                same = (
                    out["source_title"] == into["source_title"]
                    and out["value"] is not None
                    and into["value"] is not None
                )
                fine = same and _known(out["half_width"]) <= 5e9 * (1 if currency == "USD" else 10)
                if same and fine:
                    yield Figure(
                        "value",
                        WORLD,
                        "balance",
                        freq,
                        period,
                        out["value"] - into["value"],
                        currency,
                        "computed",
                        "balance",
                        params,
                        currency,
                        _known(out["half_width"]) + _known(into["half_width"]),
                        out["source_id"],
                        out["source_title"] or "",
                        out["source_url"] or "",
                        out["published"] or "",
                        first_release=True,
                    )

    def _partner_values(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        yield from self._released_values(subject, flow, freq, period)
        level = self.level(subject, freq, period, flow)
        if level is not None:
            measure, params = _partner_measure(subject, flow, freq, "CNY")
            origin = "published" if level.quality == "reported" and flow != "balance" else "computed"
            yield Figure(
                "value",
                subject,
                flow,
                freq,
                period,
                level.value,
                "CNY",
                origin,
                measure,
                params,
                "CNY",
                5e3,
                level.source_id,
                vintage=level.vintage,
            )
            dollars = self.dollars(subject, freq, period, flow)
            if dollars is not None:
                measure, params = _partner_measure(subject, flow, freq, "USD")
                yield Figure(
                    "value",
                    subject,
                    flow,
                    freq,
                    period,
                    dollars[0],
                    "USD",
                    "converted",
                    measure,
                    params,
                    "USD",
                    abs(dollars[0]) * dollars[1],
                    level.source_id,
                    vintage=level.vintage,
                )
        elif freq == "A":
            yield from self._history_values(subject, flow, period)

    def _released_values(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        for row in self._released(subject, freq, period, flow):
            if row["value"] is not None and row["currency"] in CURRENCIES and not row["derived"]:
                yield _figure_of_release(
                    "value", subject, row, row["value"], row["currency"], _known(row["half_width"])
                )

    def _history_values(self, subject: Subject, flow: str, year: str) -> Iterator[Figure]:
        """Years before the customs tables: IMF figures, partners' own reports, 2023 as implied."""
        amount = self.history(subject, flow, year)
        if amount is None:
            return
        value, part, origin, source = amount
        measure, params = _partner_measure(subject, flow, "A", "USD")
        yield Figure(
            "value", subject, flow, "A", year, value, "USD", origin, measure, params, "USD", abs(value) * part, source
        )

    def history(self, subject: Subject, flow: str, year: str) -> tuple[float, float, str, str] | None:
        """Dollars, the part of them left open, origin and source; None if a part of it is unknown."""
        if flow in ("total", "balance"):
            ends = [self.history(subject, side, year) for side in ("export", "import")]
            if ends[0] is None or ends[1] is None:
                return None
            sign = 1 if flow == "total" else -1
            value = ends[0][0] + sign * ends[1][0]
            slack = (ends[0][0] * ends[0][1] + ends[1][0] * ends[1][1]) / max(abs(value), 1.0)
            return value, slack, _worse(ends[0][2], ends[1][2]), ends[0][3]
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
        origins = {row["quality"] if row["quality"] in _MARKED else "history" for row in known}
        if len(origins) > 1:
            return None
        origin = origins.pop()
        if subject.kind == "group" and not self._names_enough(codes, rows, flow, origin):
            return None
        part = {"implied": 0.002, "history": 0.02, "mirror": 0.2, "converted": MONEY_SLACK}.get(origin, 0.02)
        return sum(row["value_usd"] for row in known), part, origin, known[0]["source_id"]

    def _names_enough(self, codes: list[str], rows: list[dict[str, Any] | None], flow: str, origin: str) -> bool:
        """Whether a year's rows stand for a group: of those it does not name, none is large today."""
        named = [row is not None and row["value_usd"] is not None for row in rows]
        if origin == "mirror":
            return sum(named) >= _REPORTING * len(rows)
        newest = [self._history(code).get((str(self.clock.year - 1), flow)) for code in codes]
        today = [row["value_usd"] or 0.0 if row is not None else 0.0 for row in newest]
        unnamed = sum(value for value, known in zip(today, named, strict=True) if not known)
        return unnamed <= _UNNAMED * sum(today)

    def changes(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        """Rates of change on a year earlier: as published, then between the levels, in both currencies."""
        if subject == WORLD:
            yield from self._world_changes(flow, freq, period)
        elif subject.kind == "product":
            yield from self._product_changes(subject, flow, freq, period)
        else:
            yield from self._partner_changes(subject, flow, freq, period)

    def _world_changes(self, flow: str, freq: str, period: str) -> Iterator[Figure]:
        for currency in CURRENCIES:
            params = {"flow": flow, "freq": freq, "currency": currency}
            seen = set()
            for row in self._printed.get((freq, period, flow, currency), []):
                if row["growth_pct"] is None or row["growth_pct"] in seen:
                    continue
                seen.add(row["growth_pct"])
                yield Figure(
                    "change",
                    WORLD,
                    flow,
                    freq,
                    period,
                    row["growth_pct"],
                    "percent",
                    "published",
                    "growth",
                    params,
                    currency,
                    0.05,
                    row["source_id"],
                    row["source_title"] or "",
                    row["source_url"] or "",
                    row["published"] or "",
                )
            if freq == "Q":
                yield from self._quarterly_change(period, flow, currency)
            now, before = (
                self.total(freq, period, flow, currency),
                self.total(freq, year_before(period), flow, currency),
            )
            if now is not None and before and flow != "balance":
                row = self._totals.get((freq, period, flow, currency), {})
                shown = params if freq in ("A", "M", "YTD") else {}
                slack = 0.05 + 100 * _known(row.get("half_width")) / before
                yield Figure(
                    "change",
                    WORLD,
                    flow,
                    freq,
                    period,
                    100 * (now / before - 1),
                    "percent",
                    "computed",
                    "growth" if shown else "",
                    shown,
                    currency,
                    slack,
                    row.get("source_id") or "",
                    row.get("source_title") or "",
                    row.get("source_url") or "",
                    row.get("published") or "",
                )

    def _quarterly_change(self, period: str, flow: str, currency: str) -> Iterator[Figure]:
        """What the published rates of January to the quarter's end and to its start leave for the quarter: the rate
        that the measure of quarters gives. Each was rounded, and weighs as many quarters as it spans."""
        row = self._quarters.get((period, flow, currency))
        if row is not None and row["growth_pct"] is not None:
            spans = 2 * int(period[-1]) - 1
            yield Figure(
                "change",
                WORLD,
                flow,
                "Q",
                period,
                row["growth_pct"],
                "percent",
                "cumulative",
                "quarterly",
                {"flow": flow, "currency": currency},
                currency,
                0.05 * spans,
                row["source_id"],
                row["source_title"] or "",
                row["source_url"] or "",
                row["published"] or "",
            )

    @cached_property
    def _quarters(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        rows = self._rows("SELECT * FROM quarters(NULL)")
        return {(row["period"], row["flow"], row["currency"]): row for row in rows}

    def _partner_changes(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        for row in self._released(subject, freq, period, flow):
            if row["growth_pct"] is not None and row["currency"] in CURRENCIES:
                yield _figure_of_release("change", subject, row, row["growth_pct"], "percent", _rounding(row))
        level = self.level(subject, freq, period, flow)
        former = self.level(subject, freq, year_before(period), flow)
        if level is not None:
            measure, params = _partner_measure(subject, flow, freq, "CNY")
            common = (subject, flow, freq, period)
            if level.growth is not None:
                yield Figure(
                    "change",
                    *common,
                    level.growth,
                    "percent",
                    "published",
                    measure,
                    params,
                    "CNY",
                    0.05,
                    level.source_id,
                    vintage=level.vintage,
                )
            if former is not None and former.value and flow != "balance":
                change = 100 * (level.value / former.value - 1)
                yield Figure(
                    "change",
                    *common,
                    change,
                    "percent",
                    "computed",
                    measure,
                    params,
                    "CNY",
                    0.05,
                    level.source_id,
                    vintage=level.vintage,
                )
                now, then = (self.dollars(subject, freq, code, flow) for code in (period, year_before(period)))
                if now is not None and then is not None and then[0]:
                    measure, params = _partner_measure(subject, flow, freq, "USD")
                    yield Figure(
                        "change",
                        *common,
                        100 * (now[0] / then[0] - 1),
                        "percent",
                        "converted",
                        measure,
                        params,
                        "USD",
                        RATE_SLACK,
                        level.source_id,
                        vintage=level.vintage,
                    )
        elif freq == "A":
            yield from self._history_changes(subject, flow, period, str(int(period) - 1))

    def _history_changes(self, subject: Subject, flow: str, year: str, base: str) -> Iterator[Figure]:
        """A rate between years of one source; none across a break."""
        now, before = self.history(subject, flow, year), self.history(subject, flow, base)
        if (
            now is None
            or before is None
            or not before[0]
            or now[2] != before[2]
            or now[3] != before[3]
            or now[2] == "mirror"
        ):
            return
        measure, params = _partner_measure(subject, flow, "A", "USD")
        yield Figure(
            "change",
            subject,
            flow,
            "A",
            year,
            100 * (now[0] / before[0] - 1),
            "percent",
            now[2],
            measure,
            params,
            "USD",
            2.0,
            now[3],
        )

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
        wanted = ("YTD", f"{period}-12") if freq == "A" else (freq, period)
        return [row for row in self._product(code) if row["flow"] == flow and (row["freq"], row["period"]) == wanted]

    def _product_values(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        for row in self.goods(subject.code, flow, freq, period):
            if row["value"] is not None:
                yield self._goods_figure("value", subject, row, row["value"], row["currency"], freq, period)
        for row in self._released(subject, freq, period, flow):
            if row["currency"] in CURRENCIES and row["value"] is not None and not row["derived"]:
                yield _figure_of_release(
                    "value", subject, row, row["value"], row["currency"], _known(row["half_width"])
                )

    def quantities(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        """Quantities of an item, in its own unit."""
        for row in self.goods(subject.code, flow, freq, period):
            if row["quantity"] is not None and row["currency"] == "CNY":
                yield self._goods_figure("quantity", subject, row, row["quantity"], row["quantity_unit"], freq, period)
        for row in self._released(subject, freq, period, flow):
            if row["unit"] in _QUANTITY and row["printed"] is not None and not row["derived"]:
                unit, scale = _QUANTITY[row["unit"]]
                half = 0.5 * scale / 10 ** len(str(row["printed"]).partition(".")[2])
                yield _figure_of_release("quantity", subject, row, float(row["printed"]) * scale, unit, half)

    def quantity_changes(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        """Rates of change of an item's quantity."""
        for row in self.goods(subject.code, flow, freq, period):
            if row["quantity_growth_pct"] is not None and row["currency"] == "CNY":
                yield self._goods_figure(
                    "quantity_change", subject, row, row["quantity_growth_pct"], "percent", freq, period
                )
        for row in self._released(subject, freq, period, flow):
            if row["unit"] in _QUANTITY and row["growth_pct"] is not None:
                yield _figure_of_release("quantity_change", subject, row, row["growth_pct"], "percent", _rounding(row))

    def _product_changes(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        for row in self.goods(subject.code, flow, freq, period):
            if row["growth_pct"] is not None and row["currency"] == "CNY":
                yield self._goods_figure(
                    "change", subject, row, row["growth_pct"], "percent", freq, period, "published"
                )
            if row["growth_computed_pct"] is not None:
                yield self._goods_figure(
                    "change", subject, row, row["growth_computed_pct"], "percent", freq, period, "computed"
                )
        for row in self._released(subject, freq, period, flow):
            if row["currency"] in CURRENCIES and row["growth_pct"] is not None:
                yield _figure_of_release("change", subject, row, row["growth_pct"], "percent", _rounding(row))

    @staticmethod
    def _goods_figure(
        kind: str,
        subject: Subject,
        row: dict[str, Any],
        value: float,
        unit: str,
        freq: str,
        period: str,
        origin: str = "",
    ) -> Figure:
        currency = row["currency"] if kind in ("value", "change", "share") else ""
        made = origin or ("published" if row["currency"] == "CNY" or kind.startswith("quantity") else "converted")
        slack = {
            "value": 5e3 if row["currency"] == "CNY" else abs(value) * MONEY_SLACK,
            "change": 0.05,
            "quantity_change": 0.05,
            "share": 0.02,
        }.get(kind, 0.5)
        if kind == "change" and row["currency"] == "USD":
            slack, made = RATE_SLACK, "converted"
        params = {
            "product": subject.code,
            "flow": row["flow"],
            "freq": "YTD" if freq == "A" else freq,
            "currency": row["currency"],
        }
        return Figure(
            kind,
            subject,
            row["flow"],
            freq,
            period,
            float(value),
            unit,
            made,
            "commodity",
            params,
            currency,
            slack,
            row["source_id"],
        )

    # --- shares, contributions, ranks

    def shares(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        """The part of China's exports, imports or trade in per cent."""
        if subject.kind == "product":
            for row in self.goods(subject.code, flow, freq, period):
                if row["value"] is not None and row["total"]:
                    yield self._goods_figure(
                        "share", subject, row, 100 * row["value"] / row["total"], "percent", freq, period, "computed"
                    )
            return
        for row in self._released(subject, freq, period, flow):
            if row["share_pct"] is not None:
                yield _figure_of_release("share", subject, row, row["share_pct"], "percent", 0.05)
        level, whole = self.level(subject, freq, period, flow), self.total(freq, period, flow, "CNY")
        if level is not None and whole:
            measure, params = _partner_measure(subject, flow, freq, "CNY")
            yield Figure(
                "share",
                subject,
                flow,
                freq,
                period,
                100 * level.value / whole,
                "percent",
                "computed",
                measure,
                params,
                "CNY",
                0.02,
                level.source_id,
                vintage=level.vintage,
            )
        elif freq == "A":
            past, total = self.history(subject, flow, period), self.total("A", period, flow, "USD")
            if past is not None and total:
                measure, params = _partner_measure(subject, flow, "A", "USD")
                yield Figure(
                    "share",
                    subject,
                    flow,
                    "A",
                    period,
                    100 * past[0] / total,
                    "percent",
                    past[2],
                    measure,
                    params,
                    "USD",
                    0.3,
                    past[3],
                )

    def contributions(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        """Points of its flow's growth that a partner or an item gave, on the revised base and on the former level."""
        if subject.kind == "product":
            for row in self.goods(subject.code, flow, freq, period):
                if None not in (row["value"], row["base_value"]) and row["total_base"]:
                    points = 100 * (row["value"] - row["base_value"]) / row["total_base"]
                    figure = self._goods_figure(
                        "contribution", subject, row, points, "points", freq, period, "computed"
                    )
                    yield dataclasses.replace(figure, slack=0.05)
            return
        level, former = self.level(subject, freq, period, flow), self.level(subject, freq, year_before(period), flow)
        before = self.total(freq, year_before(period), flow, "CNY")
        if level is None or not before:
            return
        measure, params = _partner_measure(subject, flow, freq, "CNY")
        bases = [level.value / (1 + level.growth / 100)] if level.growth is not None else []
        bases += [former.value] if former is not None else []
        for base in bases:
            yield Figure(
                "contribution",
                subject,
                flow,
                freq,
                period,
                100 * (level.value - base) / before,
                "points",
                "computed",
                measure,
                params,
                "CNY",
                0.05,
                level.source_id,
                vintage=level.vintage,
            )

    def ranking(self, flow: str, freq: str, period: str) -> dict[str, float]:
        """Every economy's level in yuan; in dollars for years before the customs tables without mirror figures."""

        def read() -> dict[str, float]:
            wanted = ("YTD", f"{period}-12") if freq == "A" else (freq, period)
            rows = self._rows(
                "SELECT partner, value_cny AS value FROM partner_month JOIN economy ON economy = partner "
                "WHERE freq = $freq AND period = $period AND flow = $flow AND kind IN ('economy', 'area') "
                "AND partner <> 'CHN' AND value_cny IS NOT NULL",
                freq=wanted[0],
                period=wanted[1],
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

    def ranks(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        """The place among China's markets: single economies, without Hong Kong, the EU and ASEAN as one each."""
        single = self.ranking(flow, freq, period)
        if not single:
            return
        measure, params = _partner_measure(subject, flow, freq, "CNY")
        made = Figure(
            "rank", subject, flow, freq, period, 0.0, "rank", "computed", measure, params, source_id="gacc_partners"
        )
        year = int(period[:4])
        if subject.kind == "economy" and subject.code in single:
            yield from _places(made, subject.code, single)
            if subject.code not in {*self.members("eu", year), *self.members("asean", year)}:
                place = self._place(single[subject.code], single, ("eu", "asean"), year, flow, freq, period)
                yield dataclasses.replace(made, value=place, definition="blocs")
        elif subject.kind == "group":
            level = self.level(subject, freq, period, flow)
            if level is None:
                return
            outside = {code: value for code, value in single.items() if code not in self.members(subject.code, year)}
            blocs = tuple(code for code in ("eu", "asean") if code != subject.code)
            yield dataclasses.replace(
                made, value=self._place(level.value, outside, blocs, year, flow, freq, period), definition="blocs"
            )
            place = 1.0 + sum(value > level.value for value in outside.values())
            yield dataclasses.replace(made, value=place, definition="bloc_among_economies")
            if subject.code in _CONTINENTS:
                levels = [self.level(Subject("group", code), freq, period, flow) for code in _CONTINENTS]
                place = 1.0 + sum(other.value > level.value for other in levels if other is not None)
                yield dataclasses.replace(made, value=place, definition="continents")

    def ranks_within(self, subject: Subject, codes: list[str], flow: str, freq: str, period: str) -> Iterator[Figure]:
        """The place of an economy among the members of a group."""
        single = {code: value for code, value in self.ranking(flow, freq, period).items() if code in codes}
        if subject.code not in single:
            return
        measure, params = _partner_measure(subject, flow, freq, "CNY")
        made = Figure(
            "rank", subject, flow, freq, period, 0.0, "rank", "computed", measure, params, source_id="gacc_partners"
        )
        yield from _places(made, subject.code, single)

    def _place(
        self, own: float, single: dict[str, float], blocs: tuple[str, ...], year: int, flow: str, freq: str, period: str
    ) -> float:
        inside = {code for bloc in blocs for code in self.members(bloc, year)}
        larger = sum(value > own for code, value in single.items() if code not in inside)
        for bloc in blocs:
            level = self.level(Subject("group", bloc), freq, period, flow)
            larger += level is not None and level.value > own
        return 1.0 + larger

    # --- over time

    def series(self, subject: Subject, flow: str, freq: str, currency: str) -> dict[str, Figure]:
        """Period to level in one currency, oldest first: for records, first times and runs."""

        def read() -> dict[str, Figure]:
            codes = self._codes(subject, flow, freq)
            made: dict[str, Figure] = {}
            for code in codes:
                figures = [figure for figure in self.values(subject, flow, freq, code) if figure.currency == currency]
                preferred = [figure for figure in figures if not figure.first_release]
                if preferred:
                    made[code] = preferred[0] if subject == WORLD else preferred[-1]
            return made

        return self._once(("series", subject, flow, freq, currency), read)

    def _codes(self, subject: Subject, flow: str, freq: str) -> list[str]:
        if subject == WORLD:
            base = "export" if flow == "balance" else flow
            return sorted({period for of, period, one, _ in self._totals if of == freq and one == base})
        if subject.kind == "product":
            wanted = "YTD" if freq == "A" else freq
            codes = {
                row["period"] for row in self._product(subject.code) if row["flow"] == flow and row["freq"] == wanted
            }
            return sorted(code[:4] for code in codes if code.endswith("-12")) if freq == "A" else sorted(codes)
        if freq == "A":
            return [str(year) for year in range(2000, self.clock.year)]
        table = self._economy(subject.code) if subject.kind == "economy" else self._group(subject.code)
        return sorted({period for of, period, _ in table if of == freq})


_CONTINENTS = ("asia", "africa", "europe", "latin-america", "north-america", "oceania")


def _levels(rows: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, str, str], _Level]]:
    for row in rows:
        if row["value_cny"] is not None:
            level = _Level(
                row["value_cny"], row["growth_pct"], row["quality"], row["source_id"], row["published"] or ""
            )
            yield (row["freq"], row["period"], row["flow"]), level


def _partner_measure(subject: Subject, flow: str, freq: str, currency: str) -> tuple[str, dict[str, Any]]:
    """The measure that shows a partner's or a group's figure."""
    if freq not in ("A", "M", "YTD") or subject.kind == "list":
        return "", {}
    if flow == "balance":
        return (
            ("partner_balance", {"partner": subject.code, "currency": currency})
            if subject.kind == "economy" and freq == "A"
            else ("", {})
        )
    if subject.kind == "economy":
        return "partner", {"partner": subject.code, "flow": flow, "freq": freq, "currency": currency}
    return "bloc", {"group": subject.code, "flow": flow, "freq": freq, "currency": currency if freq == "A" else "CNY"}


def _figure_of_release(
    kind: str, subject: Subject, row: dict[str, Any], value: float, unit: str, slack: float
) -> Figure:
    params = {
        "topic": row["topic"],
        "item": row["item"],
        "flow": row["flow"],
        "freq": row["freq"],
        "currency": row["currency"],
    }
    return Figure(
        kind,
        subject,
        row["flow"],
        row["freq"],
        row["period"],
        float(value),
        unit,
        "published",
        "released",
        {name: said for name, said in params.items() if said is not None},
        row["currency"] or "",
        slack,
        row["source_id"],
        row["source_title"] or "",
        row["source_url"] or "",
        row["published"] or "",
    )


def _rounding(row: dict[str, Any]) -> float:
    """Half of the last digit of a rate of partners or goods: whole per cents of the press may have been rounded."""
    return 0.5 if row["authority"] >= 4 and float(row["growth_pct"]).is_integer() else 0.05


def _places(made: Figure, own: str, single: Mapping[str, float]) -> Iterator[Figure]:
    """The place of an economy among those of `single`, and without Hong Kong where that is larger."""
    yield dataclasses.replace(
        made, value=1.0 + sum(value > single[own] for value in single.values()), definition="economies"
    )
    if own != "HKG" and single.get("HKG", 0.0) > single[own]:
        place = 1.0 + sum(value > single[own] for code, value in single.items() if code != "HKG")
        yield dataclasses.replace(made, value=place, definition="without_hong_kong")


def _worse(first: str, second: str) -> str:
    return max(first, second, key=ORIGINS.index)


def _value(level: _Level | None) -> float | None:
    return None if level is None else level.value


def _known(value: float | None) -> float:
    return 0.0 if value is None else float(value)


def _missing(value: Any) -> bool:
    return value is None or value is pd.NaT or (isinstance(value, float) and value != value)


_open: OrderedDict[str, Figures] = OrderedDict()
_opening = threading.Lock()


def figures_of(store: Store) -> Figures:
    """The figures of a store, kept for the two newest versions."""
    with _opening:
        if store.version not in _open:
            _open[store.version] = Figures(store)
            while len(_open) > 2:
                _open.popitem(last=False)
        return _open[store.version]
