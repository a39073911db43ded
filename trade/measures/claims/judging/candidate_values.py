"""The figures of the store that a claim may mean: published and computed, in both currencies, of every vintage.

A `Figure` has the measure and parameters that show it. Values are in full yuan or dollars, rates in per cent.
"""

from __future__ import annotations

import dataclasses
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trade.measures.claims.claim_types import WORLD, Subject
from trade.measures.claims.judging.store_levels import CURRENCIES, MONEY_SLACK, RATE_SLACK, StoreLevels
from trade.measures.claims.parsing.periods import year_before
from trade.store import Store

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


@dataclass(frozen=True)
class Figure:
    """A number from the store. `slack` is its uncertainty from rounding or computation, in its unit."""

    kind: str
    """value, change, share, rank, contribution, quantity, quantity_change, run (of growth), falls (a run), count."""
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
    """Which of several definitions: `blocs` for a rank with the EU and ASEAN as one each, or a list of members."""
    base: str = ""
    """The base period of a change, if it is neither a year earlier nor the month before."""
    within: str = ""
    """The group in which a rank is counted."""
    first_release: bool = False
    """Whether it is a first release that a later vintage has replaced."""

    @property
    def sure(self) -> bool:
        """Whether the figure is reliable enough to call a claim wrong."""
        return self.origin not in ("mirror", "history")


class Figures(StoreLevels):
    """The figures of one store."""

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
                measure_params = params if freq in ("A", "M", "YTD") else {}
                yield Figure(
                    "value",
                    WORLD,
                    flow,
                    freq,
                    period,
                    current,
                    currency,
                    origin,
                    measure if measure_params else "",
                    measure_params,
                    currency,
                    _known(row.get("half_width")),
                    **_cited(row),
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
                    **_cited(row),
                    first_release=replaced,
                )
            if flow == "balance":
                yield from self._released_balances(freq, period, currency, params)

    def _released_balances(self, freq: str, period: str, currency: str, params: dict[str, Any]) -> Iterator[Figure]:
        """Exports less imports of one release, which differ from the revised series: 1.189, not 1.180 trillion."""
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
                        **_cited(out),
                        first_release=True,
                    )

    def _partner_values(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        yield from self._released_values(subject, flow, freq, period)
        level = self.level(subject, freq, period, flow)
        if level is not None:
            origin = "published" if level.quality == "reported" and flow != "balance" else "computed"
            yield _figure_of_partner(
                "value",
                subject,
                flow,
                freq,
                period,
                "CNY",
                level.value,
                "CNY",
                origin,
                5e3,
                level.source_id,
                level.vintage,
            )
            dollars = self.dollars(subject, freq, period, flow)
            if dollars is not None:
                yield _figure_of_partner(
                    "value",
                    subject,
                    flow,
                    freq,
                    period,
                    "USD",
                    dollars[0],
                    "USD",
                    "converted",
                    abs(dollars[0]) * dollars[1],
                    level.source_id,
                    level.vintage,
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
        yield _figure_of_partner(
            "value", subject, flow, "A", year, "USD", value, "USD", origin, abs(value) * part, source
        )

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
                    **_cited(row),
                )
            if freq == "Q":
                yield from self._quarterly_change(period, flow, currency)
            now, before = (
                self.total(freq, period, flow, currency),
                self.total(freq, year_before(period), flow, currency),
            )
            if now is not None and before and flow != "balance":
                row = self._totals.get((freq, period, flow, currency), {})
                measure_params = params if freq in ("A", "M", "YTD") else {}
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
                    "growth" if measure_params else "",
                    measure_params,
                    currency,
                    slack,
                    **_cited(row),
                )

    def _quarterly_change(self, period: str, flow: str, currency: str) -> Iterator[Figure]:
        """The rate of the quarter that follows from the published rates of January to its end and to its start, as in
        the measure of quarters. The rounding of each weighs as many quarters as the rate spans."""
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
                **_cited(row),
            )

    def _partner_changes(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        for row in self._released(subject, freq, period, flow):
            if row["growth_pct"] is not None and row["currency"] in CURRENCIES:
                yield _figure_of_release("change", subject, row, row["growth_pct"], "percent", _rounding(row))
        level = self.level(subject, freq, period, flow)
        former = self.level(subject, freq, year_before(period), flow)
        if level is not None:
            if level.growth is not None:
                yield _figure_of_partner(
                    "change",
                    subject,
                    flow,
                    freq,
                    period,
                    "CNY",
                    level.growth,
                    "percent",
                    "published",
                    0.05,
                    level.source_id,
                    level.vintage,
                )
            if former is not None and former.value and flow != "balance":
                change = 100 * (level.value / former.value - 1)
                yield _figure_of_partner(
                    "change",
                    subject,
                    flow,
                    freq,
                    period,
                    "CNY",
                    change,
                    "percent",
                    "computed",
                    0.05,
                    level.source_id,
                    level.vintage,
                )
                now, then = (self.dollars(subject, freq, code, flow) for code in (period, year_before(period)))
                if now is not None and then is not None and then[0]:
                    yield _figure_of_partner(
                        "change",
                        subject,
                        flow,
                        freq,
                        period,
                        "USD",
                        100 * (now[0] / then[0] - 1),
                        "percent",
                        "converted",
                        RATE_SLACK,
                        level.source_id,
                        level.vintage,
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
        yield _figure_of_partner(
            "change", subject, flow, "A", year, "USD", 100 * (now[0] / before[0] - 1), "percent", now[2], 2.0, now[3]
        )

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
        figure_origin = origin or (
            "published" if row["currency"] == "CNY" or kind.startswith("quantity") else "converted"
        )
        slack = {
            "value": 5e3 if row["currency"] == "CNY" else abs(value) * MONEY_SLACK,
            "change": 0.05,
            "quantity_change": 0.05,
            "share": 0.02,
        }.get(kind, 0.5)
        if kind == "change" and row["currency"] == "USD":
            slack, figure_origin = RATE_SLACK, "converted"
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
            figure_origin,
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
            yield _figure_of_partner(
                "share",
                subject,
                flow,
                freq,
                period,
                "CNY",
                100 * level.value / whole,
                "percent",
                "computed",
                0.02,
                level.source_id,
                level.vintage,
            )
        elif freq == "A":
            past, total = self.history(subject, flow, period), self.total("A", period, flow, "USD")
            if past is not None and total:
                yield _figure_of_partner(
                    "share", subject, flow, "A", period, "USD", 100 * past[0] / total, "percent", past[2], 0.3, past[3]
                )

    def contributions(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        """Contribution of a partner or an item to its flow's growth, in points, on the revised and the former base."""
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
        bases = [level.value / (1 + level.growth / 100)] if level.growth is not None else []
        bases += [former.value] if former is not None else []
        for base in bases:
            yield _figure_of_partner(
                "contribution",
                subject,
                flow,
                freq,
                period,
                "CNY",
                100 * (level.value - base) / before,
                "points",
                "computed",
                0.05,
                level.source_id,
                level.vintage,
            )

    def ranks(self, subject: Subject, flow: str, freq: str, period: str) -> Iterator[Figure]:
        """The rank among China's markets: of single economies, without Hong Kong, with the EU and ASEAN as one each."""
        single = self.ranking(flow, freq, period)
        if not single:
            return
        measure, params = _partner_measure(subject, flow, freq, "CNY")
        figure = Figure(
            "rank", subject, flow, freq, period, 0.0, "rank", "computed", measure, params, source_id="gacc_partners"
        )
        year = int(period[:4])
        if subject.kind == "economy" and subject.code in single:
            yield from _ranks_among(figure, subject.code, single)
            if subject.code not in {*self.members("eu", year), *self.members("asean", year)}:
                rank = self._rank_with_blocs(single[subject.code], single, ("eu", "asean"), year, flow, freq, period)
                yield dataclasses.replace(figure, value=rank, definition="blocs")
        elif subject.kind == "group":
            level = self.level(subject, freq, period, flow)
            if level is None:
                return
            outside = {code: value for code, value in single.items() if code not in self.members(subject.code, year)}
            blocs = tuple(code for code in ("eu", "asean") if code != subject.code)
            yield dataclasses.replace(
                figure,
                value=self._rank_with_blocs(level.value, outside, blocs, year, flow, freq, period),
                definition="blocs",
            )
            rank = 1.0 + sum(value > level.value for value in outside.values())
            yield dataclasses.replace(figure, value=rank, definition="bloc_among_economies")
            if subject.code in _CONTINENTS:
                levels = [self.level(Subject("group", code), freq, period, flow) for code in _CONTINENTS]
                rank = 1.0 + sum(other.value > level.value for other in levels if other is not None)
                yield dataclasses.replace(figure, value=rank, definition="continents")

    def ranks_within(self, subject: Subject, codes: list[str], flow: str, freq: str, period: str) -> Iterator[Figure]:
        """The rank of an economy among the members of a group."""
        single = {code: value for code, value in self.ranking(flow, freq, period).items() if code in codes}
        if subject.code not in single:
            return
        measure, params = _partner_measure(subject, flow, freq, "CNY")
        figure = Figure(
            "rank", subject, flow, freq, period, 0.0, "rank", "computed", measure, params, source_id="gacc_partners"
        )
        yield from _ranks_among(figure, subject.code, single)

    def _rank_with_blocs(
        self, own: float, single: dict[str, float], blocs: tuple[str, ...], year: int, flow: str, freq: str, period: str
    ) -> float:
        """The rank of a value among `single` and `blocs`, without the members of the blocs."""
        inside = {code for bloc in blocs for code in self.members(bloc, year)}
        larger = sum(value > own for code, value in single.items() if code not in inside)
        for bloc in blocs:
            level = self.level(Subject("group", bloc), freq, period, flow)
            larger += level is not None and level.value > own
        return 1.0 + larger

    def series(self, subject: Subject, flow: str, freq: str, currency: str) -> dict[str, Figure]:
        """Levels in one currency by period, oldest first: for records, first times and runs."""

        def read() -> dict[str, Figure]:
            codes = self._codes(subject, flow, freq)
            by_period: dict[str, Figure] = {}
            for code in codes:
                figures = [figure for figure in self.values(subject, flow, freq, code) if figure.currency == currency]
                preferred = [figure for figure in figures if not figure.first_release]
                if preferred:
                    by_period[code] = preferred[0] if subject == WORLD else preferred[-1]
            return by_period

        return self._once(("series", subject, flow, freq, currency), read)

    def _codes(self, subject: Subject, flow: str, freq: str) -> list[str]:
        if subject == WORLD:
            base = "export" if flow == "balance" else flow
            return sorted({period for of, period, one, _ in self._totals if of == freq and one == base})
        if subject.kind == "product":
            stored_freq = "YTD" if freq == "A" else freq
            codes = {
                row["period"]
                for row in self._product(subject.code)
                if row["flow"] == flow and row["freq"] == stored_freq
            }
            return sorted(code[:4] for code in codes if code.endswith("-12")) if freq == "A" else sorted(codes)
        if freq == "A":
            return [str(year) for year in range(2000, self.clock.year)]
        table = self._economy(subject.code) if subject.kind == "economy" else self._group(subject.code)
        return sorted({period for of, period, _ in table if of == freq})


_CONTINENTS = ("asia", "africa", "europe", "latin-america", "north-america", "oceania")


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


def _figure_of_partner(
    kind: str,
    subject: Subject,
    flow: str,
    freq: str,
    period: str,
    currency: str,
    value: float,
    unit: str,
    origin: str,
    slack: float,
    source_id: str,
    vintage: str = "",
) -> Figure:
    measure, params = _partner_measure(subject, flow, freq, currency)
    return Figure(
        kind, subject, flow, freq, period, value, unit, origin, measure, params, currency, slack, source_id,
        vintage=vintage,
    )  # fmt: skip


def _cited(row: dict[str, Any]) -> dict[str, Any]:
    """The source and vintage of a row, as fields of a figure."""
    cited = {name: row.get(name) or "" for name in ("source_id", "source_title", "source_url")}
    return cited | {"vintage": row.get("published") or ""}


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
        {name: param for name, param in params.items() if param is not None},
        row["currency"] or "",
        slack,
        **_cited(row),
    )


def _rounding(row: dict[str, Any]) -> float:
    """Half a unit of the last digit of a published rate; a whole per cent from the press counts as rounded to 1."""
    return 0.5 if row["authority"] >= 4 and float(row["growth_pct"]).is_integer() else 0.05


def _ranks_among(figure: Figure, own: str, single: Mapping[str, float]) -> Iterator[Figure]:
    """The rank of an economy by its value in `single`; also without Hong Kong, if Hong Kong's value is larger."""
    yield dataclasses.replace(
        figure, value=1.0 + sum(value > single[own] for value in single.values()), definition="economies"
    )
    if own != "HKG" and single.get("HKG", 0.0) > single[own]:
        rank = 1.0 + sum(value > single[own] for code, value in single.items() if code != "HKG")
        yield dataclasses.replace(figure, value=rank, definition="without_hong_kong")


def _known(value: float | None) -> float:
    return 0.0 if value is None else float(value)


_cached_figures: OrderedDict[str, Figures] = OrderedDict()
_cache_lock = threading.Lock()


def figures_of(store: Store) -> Figures:
    """The figures of a store, cached for two store versions."""
    with _cache_lock:
        if store.version not in _cached_figures:
            _cached_figures[store.version] = Figures(store)
            while len(_cached_figures) > 2:
                _cached_figures.popitem(last=False)
        return _cached_figures[store.version]
