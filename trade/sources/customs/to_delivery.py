"""Turn customs tables into deliveries: the yuan table by country extends the bundled source, others are separate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from trade.errors import Message, shorten
from trade.sources.customs.column_headers import GROWTH, VALUE, Column
from trade.sources.customs.partner_table import CONTINENTS, Table
from trade.sources.customs.table_heading import Head
from trade.sources.customs.table_rows import Line
from trade.sources.customs.totals_table import Figure
from trade.sources.delivery import CellReading, Delivery, Rows
from trade.sources.manifest import Source
from trade.sources.money_units import Unit
from trade.sources.spreadsheets import FileRefused

_PRODUCER = "General Administration of Customs of the People's Republic of China (GACC)"
_URL = "http://www.customs.gov.cn/"
_UNITS = {12: "tn", 9: "bn", 8: "100m", 6: "mn", 4: "10k", 3: "1000", 0: "1"}
_SELECTED = 60
"""A table in millions with fewer partners and not all continents is the preliminary release, without sums to check."""
_SHOWN = 12
"""Figures of the preview."""
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
    named = {0: "1", 3: "1,000", 4: "10,000", 6: "1 million", 8: "100 million", 9: "1 billion", 12: "1 trillion"}
    amount = named.get(unit.power, f"{10**unit.power:,}")
    return f"{amount} {'yuan' if unit.currency == 'CNY' else 'dollars'}"


def _vintage(head: Head, today: str) -> str:
    return head.published or today


def notes_of(head: Head, span: str, today: str) -> list[Message]:
    """Notes on how the head was read, and on a missing day of publication or columns in another currency."""
    read = Message("note.read_as", title=head.title, period=span, unit=unit_name(head.unit))
    undated = [] if head.published else [Message("note.undated", day=today)]
    return [read, *undated, *([Message("note.other_currency", currency=head.left_out)] if head.left_out else [])]


def rounding(lines: Iterable[Line], figure: str, scale: float) -> float:
    """Half a unit of the last printed digit of the columns of a kind, in the unit of the store.

    The finest cell counts: a workbook shows 2000 without decimals next to figures with six.
    """
    halves = [half for line in lines for column, half in line.halves.items() if column.figure == figure]
    return min(halves, default=0.0) * scale


def readings(table: Table, head: Head) -> list[CellReading]:
    """How the first figures of the table were read, for the preview."""
    listed = []
    for code, line in table.lines.items():
        for column, value in line.figures.items():
            if column.figure == VALUE and column.span in ("M", "YTD"):
                listed.append(reading(line, column, code, value, head))
    return listed[:_SHOWN]


def reading(line: Line, column: Column, code: str, value: float | None, head: Head) -> CellReading:
    return CellReading(
        row=line.row,
        period_printed=head.title[:60],
        period=f"{column.span} {head.period}",
        flow=column.flow or head.flow,
        partner_printed=line.label,
        partner=code,
        number_printed=line.texts.get(column, ""),
        value=None if value is None else value * head.unit.scale,
        unit=f"{head.unit.currency} x {head.unit.scale:,.12g}",
    )


def _impossible(table: Table) -> list[Message]:
    """A message if there are exports to China itself, which is impossible. Imports from China are re-imports."""
    problems = []
    for span in ("M", "YTD"):
        if "CHN" in table.lines and (table.value("CHN", "export", span) or 0) > 0:
            line = table.lines["CHN"]
            exports = table.value("CHN", "export", span)
            place = {"file": table.where, "row": line.row, "label": line.label[:40]}
            problems.append(Message("customs.china_itself", **place, amount=f"{exports:,.10g}"))
    return problems[:1]


def to_table(rows: list[Row]) -> pa.Table:
    """Rows with the same columns as an Arrow table."""
    return pa.table({name: pa.array([row[name] for row in rows]) for name in rows[0]})


def of_partners(table: Table, head: Head, today: str) -> Delivery:
    """The table by country: complete, or the selection in the preliminary release.

    Raises:
        FileRefused: the partners do not add up to the printed total or continents.
    """
    groups = [code for code in table.lines if code.islower()]
    partners = [code for code in table.lines if code.isupper()]
    continents = [code for code in groups if code in CONTINENTS]
    if len(continents) < len(CONTINENTS) and len(partners) < _SELECTED and head.unit.power >= 6:
        return _selection(table, head, today)
    table.check_sum("world", partners, "customs.partners")
    outside = [code for code in ("ATA", "XXU") if code in table.lines]
    if len(continents) == len(CONTINENTS):
        table.check_sum("world", [*continents, *outside], "customs.continents")
    if head.unit.currency == "CNY":
        return _yuan_table(table, head, today, partners, groups)
    return _dollar_table(table, head, today, partners)


def _yuan_table(table: Table, head: Head, today: str, partners: list[str], groups: list[str]) -> Delivery:
    scale = head.unit.scale / 1e4
    constants = {"quality": "reported", "period": head.period, "published": _vintage(head, today)}
    tables = []
    half = rounding(table.lines.values(), VALUE, scale)
    for name, column, codes in (("partner_trade", "partner", partners), ("group_trade", "group_code", groups)):
        rows = [row for code in codes for row in _spans(table, code, column, scale)]
        if rows:
            tables.append(
                Rows(
                    name,
                    to_table(rows),
                    f"one row per {column}, span and flow, {head.period}",
                    constants,
                    {"value_cny_10k": half},
                )
            )
    source = about(
        head, "Monthly bulletin: imports and exports by country (region), in yuan, as imported", today, table.where
    )
    return _delivery("gacc_partners", source, tables, table, head, today)


def _delivery(source_id: str, source: Source, tables: list[Rows], table: Table, head: Head, today: str) -> Delivery:
    return Delivery(
        source_id,
        source,
        _vintage(head, today),
        tables,
        notes=notes_of(head, head.period, today),
        readings=readings(table, head),
        dated=bool(head.published),
        warnings=_impossible(table),
    )


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
        raise FileRefused("customs.empty", file=table.where)
    constants = {
        "reporter": "CHN",
        "period": head.period,
        "currency": "USD",
        "quality": "reported",
        "published": _vintage(head, today),
    }
    source = about(head, "Imports and exports by country (region), in dollars, as imported", today, table.where)
    half = rounding(table.lines.values(), VALUE, head.unit.scale)
    facts = Rows(
        "trade_flow", to_table(rows), f"one row per partner, span and flow, {head.period}", constants, {"value": half}
    )
    return _delivery("gacc_partners_usd", source, [facts], table, head, today)


def _selection(table: Table, head: Head, today: str) -> Delivery:
    """Total, blocs and main partners, released some days before the complete table: figures as printed."""
    total = list(_printed(table, head, ["world"], "total", {"world": "Goods trade"}))
    blocs = list(_printed(table, head, [code for code in table.lines if code != "world"], "bloc", {}))
    tables = [
        Rows(
            "released_figure",
            to_table(total + blocs),
            f"one row per figure as printed, {head.period}",
            _page(head, today),
            {"printed": rounding(table.lines.values(), VALUE, 1.0)},
        )
    ]
    source = about(head, "Preliminary release: total, blocs and main partners, as imported", today, table.where)
    return _delivery("gacc_flash", source, tables, table, head, today)


def of_regimes(table: Table, head: Head, today: str) -> Delivery:
    """The table by customs regime.

    Raises:
        FileRefused: the regimes do not add up to the printed total.
    """
    parts = [code for code in table.lines if code != "Total"]
    table.check_sum("Total", parts, "customs.regimes")
    rows = list(_printed(table, head, list(table.lines), "regime", {code: code for code in table.lines}))
    source = about(head, "Imports and exports by customs regime, as imported", today, table.where)
    facts = Rows(
        "released_figure",
        to_table(rows),
        f"one row per regime, span and flow, {head.period}",
        _page(head, today),
        {"printed": rounding(table.lines.values(), VALUE, 1.0)},
    )
    return _delivery("gacc_regimes", source, [facts], table, head, today)


def of_totals(where: str, figures: Sequence[Figure], head: Head, today: str) -> Delivery:
    """Table (1): China's total exports and imports as printed."""
    rows: list[Row] = [
        {"topic": "total", "freq": figure.freq, "period": figure.period, "flow": figure.flow, "item": "Goods trade"}
        | {"printed": f"{figure.value:.12g}", "growth_pct": figure.growth}
        for figure in figures
    ]
    half = min(figure.half for figure in figures)
    periods = sorted({figure.period for figure in figures})
    span = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
    facts = Rows(
        "released_figure", to_table(rows), f"one row per flow and span, {span}", _page(head, today), {"printed": half}
    )
    source = about(head, "Total exports and imports, as imported", today, where).model_copy(update={"coverage": span})
    unit = f"{head.unit.currency} x {head.unit.scale:,.12g}"
    read = [
        CellReading(
            figure.row, figure.period, f"{figure.freq} {figure.period}", figure.flow, "", "world", figure.text,
            figure.value * head.unit.scale, unit,
        )
        for figure in figures
    ]  # fmt: skip
    return Delivery(
        "gacc_totals",
        source,
        _vintage(head, today),
        [facts],
        notes=notes_of(head, span, today),
        readings=read[-_SHOWN:],
        dated=bool(head.published),
    )


def _page(head: Head, today: str) -> dict[str, str | int | float | bool]:
    """The values common to all figures of one page. `seq` distinguishes the two currencies of one item."""
    if head.unit.power not in _UNITS:
        raise FileRefused("customs.unit_not_kept", title=shorten(head.title, 60), unit=10**head.unit.power)
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
