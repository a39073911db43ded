"""A reader's own table with its mapping, row by row: what cannot be taken is refused by row, column and reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass

import pyarrow as pa

from trade.sources.delivery import Delivery, Refusal, Rows
from trade.sources.economy_names import Names
from trade.sources.manifest import Source
from trade.sources.printed_numbers import NotANumber, parse
from trade.sources.spreadsheets import FileRefused, Sheet
from trade.sources.tables.mapping import Mapping, Total

Line = tuple[int, dict[str, object]]
"""A row of the file, from 1, and what it says in the columns of the fact table."""

MOST_REFUSED = 0.2
"""Share of the rows that may be refused; beyond it the mapping is wrong, not the rows."""
_LISTED = 200
"""Refusals named in a report."""

PLACES = {"reporter", "partner", "exporter", "importer"}
NUMBERS = {"value", "value_usd", "growth_pct"}
FLOWS = {
    "export": "export", "exports": "export", "x": "export", "出口": "export",
    "import": "import", "imports": "import", "m": "import", "进口": "import",
}  # fmt: skip
_YEAR, _MONTH = re.compile(r"(?:19|20)\d\d"), re.compile(r"((?:19|20)\d\d)[-/.]?(0[1-9]|1[0-2])(?:[-/.]\d\d.*)?")


@dataclass(frozen=True)
class Shape:
    """The fact table that is filled: its columns, those that a row must have, and its key."""

    columns: Sequence[str]
    needed: frozenset[str]
    key: Sequence[str]


SHAPES = {
    "trade_flow": Shape(
        (
            "reporter",
            "freq",
            "period",
            "flow",
            "partner",
            "currency",
            "value",
            "growth_pct",
            "quality",
            "published",
            "note",
        ),
        frozenset({"reporter", "freq", "period", "flow", "partner", "currency", "value", "quality"}),
        ("reporter", "freq", "period", "flow", "partner", "currency"),
    ),
    "bilateral_export": Shape(
        ("year", "exporter", "importer", "value_usd"),
        frozenset({"year", "exporter", "importer", "value_usd"}),
        ("year", "exporter", "importer"),
    ),
}
_USUAL = {"reporter": "CHN", "quality": "reported"}
"""What a table of flows means if it does not say."""


class Bad(Exception):
    """A cell that cannot be taken: (column of the fact table, text, reason)."""

    def __init__(self, column: str, text: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.text, self.reason = column, text, reason


def read_own(
    name: str, sheets: Sequence[Sheet], mapping: Mapping, source_id: str, names: Names, today: str
) -> Delivery:
    """The table as a delivery of the source `source_id`.

    Raises:
        FileRefused: a column is missing, a total is not met, a row stands twice, or too many rows cannot be taken.
    """
    sheet = _sheet(name, sheets, mapping)
    shape = SHAPES[mapping.table]
    places = _places(name, sheet, mapping, shape)
    names = names.with_extra(mapping.names)
    constants = _constants(name, mapping, shape, places, names)
    taken: list[Line] = []
    totals: list[Line] = []
    refused: list[Refusal] = []
    lines = 0
    for at in range(mapping.header, len(sheet.rows)):
        cells = {column: sheet.cell(at, place) for column, place in places.items()}
        if not any(cells.values()):
            continue
        lines += 1
        try:
            is_total = mapping.total is not None and cells.get(mapping.total.column, "") == mapping.total.label
            row = dict(_row(cells, mapping, names, skip=mapping.total.column if mapping.total and is_total else ""))
            (totals if is_total else taken).append((at + 1, constants | row))
        except Bad as bad:
            refused.append(Refusal(name, at + 1, bad.column, bad.text[:80], bad.reason))
    if not taken or len(refused) > MOST_REFUSED * lines:
        first = (
            f"; first: row {refused[0].row}, {refused[0].column} {refused[0].value!r}: {refused[0].reason}"
            if refused
            else ""
        )
        raise FileRefused(f"{name}: {len(refused)} of {lines} rows cannot be taken{first}.")
    _check_doubles(name, taken, shape)
    if mapping.total:
        _check_totals(name, taken, totals, mapping.total, shape)
    rows = [_with_freq(row) if mapping.table == "trade_flow" else row for _, row in taken]
    columns = [column for column in shape.columns if any(column in row for row in rows)]
    table = pa.table({column: pa.array([row.get(column) for row in rows]) for column in columns})
    told = f"one row per {', '.join(shape.key)}; from {name}"
    notes = [f"{len(rows):,} rows of {name} read into {mapping.table}."]
    if len(refused) > _LISTED:
        notes.append(f"{len(refused):,} rows were refused; the first {_LISTED} are listed.")
    vintage = mapping.source.published or today
    return Delivery(
        source_id,
        _about(name, mapping, rows, today),
        vintage,
        [Rows(mapping.table, table, told)],
        refused[:_LISTED],
        notes,
    )


def _sheet(name: str, sheets: Sequence[Sheet], mapping: Mapping) -> Sheet:
    offered = [sheet for sheet in sheets if not sheet.name.startswith("#") and sheet.rows]
    if mapping.sheet:
        offered = [sheet for sheet in offered if sheet.name == mapping.sheet]
    if not offered:
        known = ", ".join(sheet.name for sheet in sheets if not sheet.name.startswith("#"))[:200]
        raise FileRefused(f"{name}: there is no sheet {mapping.sheet!r} with rows; sheets: {known or 'none'}.")
    if len(offered) > 1:
        told = ", ".join(sheet.name for sheet in offered)[:200]
        raise FileRefused(f'{name}: the file has several sheets ({told}): name one in the mapping file: sheet = "...".')
    return offered[0]


def _places(name: str, sheet: Sheet, mapping: Mapping, shape: Shape) -> dict[str, int]:
    """Column of the fact table: place in the file. Columns that bear the fact table's own names need no mapping."""
    header = sheet.rows[mapping.header - 1] if mapping.header <= len(sheet.rows) else []
    wanted = {
        column: column for column in shape.columns if column in header and column not in mapping.constants
    } | mapping.columns
    for column, printed in wanted.items():
        if column not in shape.columns:
            raise FileRefused(
                f"{name}: the mapping names the column {column[:40]!r}, which {mapping.table} has not; it has"
                f" {', '.join(shape.columns)}."
            )
        if header.count(printed) != 1:
            said = "stands twice" if printed in header else "is not there"
            raise FileRefused(
                f"{name}: the column {printed[:40]!r} {said} in row {mapping.header}, which reads"
                f" {', '.join(header)[:200]}."
            )
    given = set(wanted) | set(mapping.constants) | (set(_USUAL) if mapping.table == "trade_flow" else set())
    given |= {"freq"}  # follows from the period
    missing = sorted(shape.needed - given)
    if missing:
        raise FileRefused(
            f"{name}: nothing says what {', '.join(missing)} {'is' if len(missing) == 1 else 'are'};"
            f" row {mapping.header} reads {', '.join(header)[:160] or 'nothing'}:"
            " write a mapping file with [columns] or [constants] for it."
        )
    return {column: header.index(printed) for column, printed in wanted.items()}


def _constants(name: str, mapping: Mapping, shape: Shape, places: Dict[str, int], names: Names) -> dict[str, object]:
    usual = {column: value for column, value in _USUAL.items() if column in shape.columns and column not in places}
    texts = {column: str(value) for column, value in mapping.constants.items()}
    strange = sorted(set(texts) - set(shape.columns))
    if strange:
        raise FileRefused(
            f"{name}: the mapping gives a constant for {strange[0][:40]!r}, which {mapping.table} has not."
        )
    try:
        return usual | dict(_row(texts, mapping, names))
    except Bad as bad:
        raise FileRefused(f"{name}: the constant {bad.column} is {bad.text[:40]!r}: {bad.reason}.") from None


def _row(cells: Dict[str, str], mapping: Mapping, names: Names, skip: str = "") -> Iterator[tuple[str, object]]:
    """The cells of a row as the fact table wants them.

    Raises:
        Bad: one cannot be taken.
    """
    for column, text in cells.items():
        if column == skip:
            continue
        text = mapping.values.get(column, {}).get(text, text)
        value = _cell(column, text, mapping, names)
        if value is not None:
            yield column, value
        elif column not in ("growth_pct", "note", "published"):
            raise Bad(column, text, "there is no value")


def _cell(column: str, text: str, mapping: Mapping, names: Names) -> object:
    if column in NUMBERS:
        return _number(column, text, mapping)
    if column in PLACES:
        return _place(column, text, names)
    if column == "flow":
        if text.casefold() not in FLOWS:
            raise Bad(column, text, "neither export nor import: translate it under [values.flow]")
        return FLOWS[text.casefold()]
    if column == "period":
        return _period(column, text)
    if column == "year":
        if not _YEAR.fullmatch(text):
            raise Bad(column, text, "not a year")
        return int(text)
    return text or None


def _number(column: str, text: str, mapping: Mapping) -> float | None:
    try:
        value = parse(text, decimal=mapping.decimal, percent=column == "growth_pct")
    except NotANumber as reason:
        raise Bad(column, text, str(reason)) from None
    if value is None:
        return None
    if value < 0 and column != "growth_pct":
        raise Bad(column, text, "a negative value of trade")
    return round(value * mapping.scale.get(column, 1.0), 6)


def _place(column: str, text: str, names: Names) -> str:
    code = names.find(text)
    if code is None or code.islower():
        near = ", ".join(names.nearest(text)) or "none"
        what = "a group, not an economy" if code else f"no economy that is known (nearest: {near})"
        raise Bad(column, text, f"{what}: name it under [names]")
    return code


def _period(column: str, text: str) -> str:
    if _YEAR.fullmatch(text):
        return text
    if found := _MONTH.fullmatch(text):
        return f"{found[1]}-{found[2]}"
    raise Bad(column, text, "neither a year (2025) nor a month (2025-07)")


def _with_freq(row: dict[str, object]) -> dict[str, object]:
    """A period that is a year is of frequency A, one that is a month M, unless the table says YTD."""
    return {"freq": "M" if "-" in str(row["period"]) else "A"} | row


def _check_doubles(name: str, taken: Sequence[Line], shape: Shape) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for line, row in taken:
        key = tuple(row.get(column) for column in shape.key)
        if key in seen:
            told = ", ".join(str(part) for part in key if part is not None)
            raise FileRefused(f"{name}: rows {seen[key]} and {line} are both {told}: leave one, or add them up.")
        seen[key] = line


def _check_totals(
    name: str,
    taken: Sequence[Line],
    totals: Sequence[Line],
    total: Total,
    shape: Shape,
) -> None:
    """Each total row is met by the rows that share the rest of its key."""
    number = "value_usd" if "value_usd" in shape.columns else "value"
    rest = [column for column in shape.key if column != total.column]
    sums: dict[tuple[object, ...], float] = {}
    for _, row in taken:
        key = tuple(row.get(column) for column in rest)
        sums[key] = sums.get(key, 0.0) + float(str(row[number]))
    for line, row in totals:
        found, printed = sums.get(tuple(row.get(column) for column in rest), 0.0), float(str(row[number]))
        if abs(found - printed) > abs(printed) * total.tolerance / 100:
            raise FileRefused(
                f"{name}, row {line}: the rows add up to {found:,.10g}, {total.label[:30]!r} prints {printed:,.10g}:"
                f" residual {found - printed:,.10g}; {total.tolerance:g} % are allowed."
            )


def _about(name: str, mapping: Mapping, rows: Sequence[Dict[str, object]], today: str) -> Source:
    told = mapping.source
    periods = sorted({str(row.get("period") or row.get("year")) for row in rows})
    currencies = sorted({str(row.get("currency") or "USD") for row in rows})
    return Source(
        producer=told.producer,
        title=told.title or f"{name}, imported",
        citation=told.citation or f"{told.title or name}; imported from {name} on {today}",
        url=told.url,
        published=told.published or today,
        accessed=today,
        licence=told.licence,
        unit="full units of the currency" + (f"; the file's numbers times {mapping.scale}" if mapping.scale else ""),
        currency=" ".join(currencies),
        valuation=told.valuation,
        coverage=f"{periods[0]} to {periods[-1]}; {len(rows):,} rows",
        warnings=told.warnings,
    )
