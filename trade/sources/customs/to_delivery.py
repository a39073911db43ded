"""Where the facts of a table belong: the yuan table by country extends the bundled one, others stand alone."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from trade.sources.customs.column_headers import GROWTH
from trade.sources.customs.partner_table import CONTINENTS, Table
from trade.sources.customs.table_heading import Head, Unit
from trade.sources.delivery import Delivery, Rows
from trade.sources.manifest import Source
from trade.sources.spreadsheets import FileRefused

_PRODUCER = "General Administration of Customs of the People's Republic of China (GACC)"
_URL = "http://www.customs.gov.cn/"
_UNITS = {12: "tn", 9: "bn", 8: "100m", 6: "mn", 4: "10k", 3: "1000", 0: "1"}
_SELECTED = 60
"""A table in millions with fewer partners and not all continents is the preliminary release: it has no sum to keep."""
Row = dict[str, object]


def about(head: Head, title: str, today: str, where: str) -> Source:
    """The `source.toml` of an imported table."""
    return Source(
        producer=_PRODUCER,
        title=title,
        citation=f"GACC, {head.title}; imported from {where}",
        url=_URL,
        published=head.published or today,
        accessed=today,
        licence="Official statistics of the GACC; figures only, with attribution",
        unit=unit_name(head.unit),
        currency=head.unit.currency,
        valuation="exports FOB, imports CIF",
        coverage=head.period,
        warnings=["nominal", "rounded", "preliminary"],
    )


def unit_name(unit: Unit) -> str:
    amount = {0: "1", 3: "1,000", 4: "10,000", 6: "1 million", 8: "100 million", 9: "1 billion", 12: "1 trillion"}[
        unit.power
    ]
    return f"{amount} {'yuan' if unit.currency == 'CNY' else 'dollars'}"


def _vintage(head: Head, today: str) -> str:
    return head.published or today


def _notes(head: Head, today: str) -> list[str]:
    told = f"Read as: {head.title}; {head.period}; unit {unit_name(head.unit)}."
    return [told] + ([] if head.published else [f"The file names no day of publication: {today} is taken."])


def to_table(rows: list[Row]) -> pa.Table:
    """Rows of one shape as an Arrow table of texts and numbers."""
    return pa.table({name: pa.array([row[name] for row in rows]) for name in rows[0]})


def of_partners(table: Table, head: Head, today: str) -> Delivery:
    """The table by country: whole, or the selection of the preliminary release.

    Raises:
        FileRefused: the partners do not add up to the printed total or continents.
    """
    groups = [code for code in table.lines if code.islower()]
    partners = [code for code in table.lines if code.isupper()]
    continents = [code for code in groups if code in CONTINENTS]
    if len(continents) < len(CONTINENTS) and len(partners) < _SELECTED and head.unit.power >= 6:
        return _selection(table, head, today)
    table.check_sum("world", partners, "the partners")
    loose = [code for code in ("ATA", "XXU") if code in table.lines]
    if len(continents) == len(CONTINENTS):
        table.check_sum("world", [*continents, *loose], "the continents")
    if head.unit.currency == "CNY":
        return _yuan_table(table, head, today, partners, groups)
    return _dollar_table(table, head, today, partners)


def _yuan_table(table: Table, head: Head, today: str, partners: list[str], groups: list[str]) -> Delivery:
    scale = head.unit.scale / 1e4
    constants = {"quality": "reported", "period": head.period, "published": _vintage(head, today)}
    tables = []
    for name, column, codes in (("partner_trade", "partner", partners), ("group_trade", "group_code", groups)):
        rows = [row for code in codes for row in _spans(table, code, column, scale)]
        if rows:
            tables.append(Rows(name, to_table(rows), f"one row per {column}, span and flow, {head.period}", constants))
    source = about(
        head, "Monthly bulletin: imports and exports by country (region), in yuan, as imported", today, table.where
    )
    return Delivery("gacc_partners", source, _vintage(head, today), tables, notes=_notes(head, today))


def _spans(table: Table, code: str, column: str, scale: float) -> Iterator[Row]:
    for span in ("M", "YTD"):
        for flow in ("export", "import", "total"):
            growth = table.growth(code, flow) if span == "YTD" else None
            value = None if flow == "total" else _scaled(table.value(code, flow, span), scale)
            if (flow == "total" and growth is None) or (flow != "total" and table.column(flow, span) is None):
                continue
            yield {"freq": span, column: code, "flow": flow, "value_cny_10k": value, "growth_pct": growth}


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else round(value * scale, 6)


def _dollar_table(table: Table, head: Head, today: str, partners: list[str]) -> Delivery:
    rows: list[Row] = [
        {"freq": span, "flow": flow, "partner": code, "value": value * head.unit.scale}
        | {"growth_pct": table.value(code, flow, span, GROWTH)}
        for code in partners
        for span in ("M", "YTD")
        for flow in ("export", "import")
        if (value := table.value(code, flow, span)) is not None
    ]
    if not rows:
        raise FileRefused(f"{table.where}: the table prints no value.")
    constants = {
        "reporter": "CHN",
        "period": head.period,
        "currency": "USD",
        "quality": "reported",
        "published": _vintage(head, today),
    }
    source = about(head, "Imports and exports by country (region), in dollars, as imported", today, table.where)
    facts = Rows("trade_flow", to_table(rows), f"one row per partner, span and flow, {head.period}", constants)
    return Delivery("gacc_partners_usd", source, _vintage(head, today), [facts], notes=_notes(head, today))


def _selection(table: Table, head: Head, today: str) -> Delivery:
    """Total, blocs and main partners as released some days before the whole table: figures as printed."""
    total = list(_printed(table, head, ["world"], "total", {"world": "Goods trade"}))
    blocs = list(_printed(table, head, [code for code in table.lines if code != "world"], "bloc", {}))
    tables = [
        Rows(
            "released_figure",
            to_table(total + blocs),
            f"one row per figure as printed, {head.period}",
            _page(head, today),
        )
    ]
    source = about(head, "Preliminary release: total, blocs and main partners, as imported", today, table.where)
    return Delivery("gacc_flash", source, _vintage(head, today), tables, notes=_notes(head, today))


def of_regimes(table: Table, head: Head, today: str) -> Delivery:
    """The table by customs regime.

    Raises:
        FileRefused: the regimes do not add up to the printed total.
    """
    parts = [code for code in table.lines if code != "Total"]
    table.check_sum("Total", parts, "the regimes")
    rows = list(_printed(table, head, list(table.lines), "regime", {code: code for code in table.lines}))
    source = about(head, "Imports and exports by customs regime, as imported", today, table.where)
    facts = Rows(
        "released_figure", to_table(rows), f"one row per regime, span and flow, {head.period}", _page(head, today)
    )
    return Delivery("gacc_regimes", source, _vintage(head, today), [facts], notes=_notes(head, today))


def _page(head: Head, today: str) -> dict[str, str | int | float | bool]:
    """What all figures of one page share. `seq` keeps the two currencies of one item apart."""
    return {
        "sub_item": "all",
        "unit": _UNITS[head.unit.power],
        "currency": head.unit.currency,
        "derived": False,
        "authority": 2,
        "source_title": head.title[:200],
        "published": _vintage(head, today),
        "seq": 1 if head.unit.currency == "CNY" else 2,
    }


def _printed(table: Table, head: Head, codes: list[str], topic: str, labels: dict[str, str]) -> Iterator[Row]:
    year = [("A", str(head.year), "YTD")] if head.month == 12 else []
    for code in codes:
        for freq, period, span in [("M", head.period, "M"), ("YTD", head.period, "YTD"), *year]:
            for flow in ("export", "import", "total"):
                value, growth = table.value(code, flow, span), table.value(code, flow, span, GROWTH)
                if value is None and growth is None:
                    continue
                printed = None if value is None else f"{value:.12g}"
                yield {"topic": topic, "freq": freq, "period": period, "flow": flow, "item": labels.get(code, code)} | {
                    "printed": printed,
                    "growth_pct": growth,
                }
