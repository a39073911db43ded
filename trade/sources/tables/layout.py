"""Where the cells of a user's table are: its sheet, its header row, its columns, and wide tables turned into rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from trade.errors import Message, shorten
from trade.sources.periods import NotAPeriod, PeriodReader
from trade.sources.spreadsheets import FileRefused, Sheet
from trade.sources.tables.mapping import Mapping
from trade.sources.tables.target_tables import USUAL, Shape

_HEADER_WITHIN = 40
"""Rows in which the header is looked for."""
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Cells:
    """What one row of the fact table is made of, as printed. `row` counts from 1; `at`: the column of its value."""

    row: int
    texts: dict[str, str]
    at: int


@dataclass(frozen=True)
class Layout:
    """The table's place on its sheet.

    Args:
        header: row of the column names, from 0. places: column of the fact table: column of the sheet.
        wide: column of the sheet: what its name says, in columns of the fact table.
        number: the column of figures of the fact table.
        notes: sentences for the report.
    """

    name: str
    sheet: Sheet
    header: int
    places: dict[str, int]
    wide: dict[int, dict[str, str]]
    number: str
    notes: list[Message] = field(default_factory=list)

    @property
    def titles(self) -> list[str]:
        """The cells of the header row."""
        return self.sheet.rows[self.header] if self.header < len(self.sheet.rows) else []

    @property
    def value_columns(self) -> list[int]:
        return list(self.wide) or [self.places[self.number]] * (self.number in self.places)

    def column(self, at: int) -> list[str]:
        """The cells below the header."""
        return [self.sheet.cell(row, at) for row in range(self.header + 1, len(self.sheet.rows))]

    def rows(self) -> Iterator[Cells]:
        """The cells row by row, and in a wide table column by column."""
        for row in range(self.header + 1, len(self.sheet.rows)):
            texts = {column: self.sheet.cell(row, place) for column, place in self.places.items()}
            if not any(texts.values()) and not any(self.sheet.cell(row, at) for at in self.wide):
                continue
            if len(texts) > 1 and all(text == self.titles[self.places[column]] for column, text in texts.items()):
                continue  # the header again, as on the next page of a printed table
            if not self.wide:
                yield Cells(row + 1, texts, self.places.get(self.number, 0))
            for at, said in self.wide.items():
                filled = {column: self._filled(text, row) for column, text in said.items()}
                yield Cells(row + 1, texts | filled | {self.number: self.sheet.cell(row, at)}, at)

    def _filled(self, text: str, row: int) -> str:
        def cell(match: re.Match[str]) -> str:
            return self.sheet.cell(row, self.titles.index(match[1]))

        return _PLACEHOLDER.sub(cell, text)


def find_layout(name: str, sheets: Sequence[Sheet], mapping: Mapping, shape: Shape) -> Layout:
    """The layout of the table that the mapping file describes.

    Raises:
        FileRefused: a sheet or column is missing or there twice, or nothing says what a column of the fact table is.
    """
    sheet = _sheet(name, sheets, mapping)
    header = _header(sheet, mapping, shape)
    titles = sheet.rows[header] if header < len(sheet.rows) else []
    wanted = {
        column: column for column in shape.columns if column in titles and column not in mapping.constants
    } | mapping.columns
    _check(name, wanted, titles, shape, mapping, header)
    wide, notes = _wide(name, titles, wanted, mapping, shape)
    _check_given(name, wanted, wide, titles, header, mapping, shape)
    _check_named(name, mapping, shape, titles, wanted)
    places = {column: titles.index(printed) for column, printed in wanted.items()}
    return Layout(name, sheet, header, places, wide, shape.number, notes)


def _sheet(name: str, sheets: Sequence[Sheet], mapping: Mapping) -> Sheet:
    offered = [sheet for sheet in sheets if not sheet.name.startswith("#") and sheet.rows]
    if mapping.sheet:
        offered = [sheet for sheet in offered if sheet.name == mapping.sheet]
    if not offered:
        known = ", ".join(sheet.name for sheet in sheets if not sheet.name.startswith("#"))[:200]
        raise FileRefused("table.no_sheet", file=name, sheet=shorten(mapping.sheet), sheets=known or Message("none"))
    if len(offered) > 1 and mapping.columns:
        named = set(mapping.columns.values())
        offered = [
            sheet for sheet in offered if any(named <= set(row) for row in sheet.rows[:_HEADER_WITHIN])
        ] or offered
    if len(offered) > 1:
        listed = ", ".join(sheet.name for sheet in offered)[:200]
        raise FileRefused("table.several_sheets", file=name, sheets=listed)
    return offered[0]


def _header(sheet: Sheet, mapping: Mapping, shape: Shape) -> int:
    """The row of the column names: as declared, or the first that has all the columns that are named."""
    if mapping.header is not None:
        return mapping.header - 1
    named = set(mapping.columns.values()) | (set(mapping.wide.columns) if mapping.wide is not None else set())
    wanted = named or set(shape.columns)
    rows = list(enumerate(sheet.rows[:_HEADER_WITHIN]))
    whole = next((at for at, row in rows if named and named <= set(row)), None)
    if whole is not None:
        return whole
    counts = {at: len(wanted & set(row)) for at, row in rows}
    best = max(counts, key=lambda at: (counts[at], -at), default=0)
    return best if counts.get(best) else next((at for at, row in rows if any(row)), 0)


def _check(name: str, wanted: dict[str, str], titles: list[str], shape: Shape, mapping: Mapping, header: int) -> None:
    for column, printed in wanted.items():
        if column not in shape.columns:
            raise FileRefused(
                "table.no_field",
                file=name,
                column=shorten(column, 40),
                table=mapping.table,
                columns=", ".join(shape.columns),
            )
        if titles.count(printed) != 1:
            raise FileRefused(
                "table.column_twice" if printed in titles else "table.no_column",
                file=name,
                column=shorten(printed, 40),
                row=header + 1,
                titles=", ".join(titles)[:200],
            )


def _check_named(name: str, mapping: Mapping, shape: Shape, titles: list[str], wanted: dict[str, str]) -> None:
    """What the mapping file says of columns, it says of columns that there are; no column of figures has two meanings.

    Raises:
        FileRefused: it names one that the fact table or the header has not.
    """
    said = mapping.wide.columns if mapping.wide is not None and isinstance(mapping.wide.columns, dict) else {}
    total = [] if mapping.total is None else [mapping.total.column]
    named = [*mapping.values, *total, *(column for texts in said.values() for column in texts)]
    numbers = (shape.number, "growth_pct")
    for columns, known in ((named, shape.columns), (mapping.scale, [one for one in numbers if one in shape.columns])):
        if strange := next((column for column in columns if column not in known), ""):
            raise FileRefused(
                "table.no_field", file=name, column=shorten(strange, 40), table=mapping.table, columns=", ".join(known)
            )
    for text in (text for texts in said.values() for text in texts.values()):
        for column in _PLACEHOLDER.findall(text):
            _only(name, titles, column)
    shared = [column for column, printed in wanted.items() if printed == wanted.get(shape.number)]
    if len(shared) > 1:
        column = shorten(wanted[shape.number], 40)
        raise FileRefused("table.two_meanings", file=name, column=column, fields=", ".join(shared))


def _wide(
    name: str, titles: list[str], wanted: dict[str, str], mapping: Mapping, shape: Shape
) -> tuple[dict[int, dict[str, str]], list[Message]]:
    """Columns of the sheet that are values of one field, with what their names say; sentences for the report."""
    filled = set(wanted) | set(mapping.constants)
    if mapping.wide is None:
        if shape.number in filled or shape.period in filled:
            return {}, []
        period_columns = _period_columns(titles, set(wanted.values()), mapping)
        if len(period_columns) < 2:
            return {}, []
        listed = ", ".join(titles[at] for at in period_columns)[:120]
        return {at: {shape.period: text} for at, text in period_columns.items()}, [
            Message("note.period_columns", columns=listed)
        ]
    said = mapping.wide
    if isinstance(said.columns, dict):
        return {_only(name, titles, column): dict(texts) for column, texts in said.columns.items()}, []
    if said.field not in shape.columns:
        raise FileRefused("table.wide_no_field", file=name, field=shorten(said.field), table=mapping.table)
    if said.columns:
        places = [_only(name, titles, column) for column in said.columns]
        return {at: {said.field: _bare(titles[at])} for at in places}, []
    if said.field not in ("period", "year"):
        raise FileRefused("table.wide_no_columns", file=name, field=shorten(said.field))
    period_columns = _period_columns(titles, set(wanted.values()), mapping)
    if not period_columns:
        raise FileRefused("table.no_period_columns", file=name)
    return {at: {said.field: text} for at, text in period_columns.items()}, []


def _only(name: str, titles: list[str], column: str) -> int:
    if titles.count(column) != 1:
        raise FileRefused(
            "table.wide_twice" if column in titles else "table.wide_no_column",
            file=name,
            column=shorten(column, 40),
            titles=", ".join(titles)[:200],
        )
    return titles.index(column)


def _bare(title: str) -> str:
    """`2021 [YR2021]` without what stands in brackets."""
    return re.sub(r"\s*\[[^\]]*\]\s*$", "", title)


def _period_columns(titles: list[str], taken: set[str], mapping: Mapping) -> dict[int, str]:
    cells = {at: _bare(title) for at, title in enumerate(titles) if title and title not in taken}
    reader = PeriodReader(cells.values(), mapping.period.form, mapping.period.freq)
    columns = {}
    for at, text in cells.items():
        try:
            reader.read(text)
        except NotAPeriod:
            continue
        columns[at] = text
    return columns


def _check_given(
    name: str,
    wanted: dict[str, str],
    wide: dict[int, dict[str, str]],
    titles: list[str],
    header: int,
    mapping: Mapping,
    shape: Shape,
) -> None:
    filled = set(wanted) | set(mapping.constants) | (set(USUAL) if mapping.table == "trade_flow" else set())
    filled |= {"freq", "currency"}  # follow from the period and from the unit, or are asked for there
    if wide:
        filled |= {shape.number}.union(*wide.values())
    missing = [column for column in shape.columns if column in shape.needed - filled]
    if missing:
        said = (
            "currency" not in set(wanted) | set(mapping.constants) and "currency" in shape.needed and not mapping.unit
        )
        missing += ["currency"] * (said and len(missing) > 2)
        raise FileRefused(
            "table.missing_one" if len(missing) == 1 else "table.missing",
            file=name,
            columns=", ".join(missing),
            row=header + 1,
            titles=", ".join(titles)[:160] or Message("none"),
        )
