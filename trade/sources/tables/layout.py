"""Locate a user's table in its file: sheet, header row and columns. Wide tables are turned into rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from trade.errors import Message, shorten
from trade.sources import money_units
from trade.sources.number_parser import NotANumber, is_absent, parse
from trade.sources.periods import NotAPeriod, PeriodReader
from trade.sources.spreadsheets import FileRefused, Sheet
from trade.sources.tables.mapping import Mapping
from trade.sources.tables.target_tables import USUAL, Shape

_HEADER_WITHIN = 40
"""Rows that are searched for the header."""
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Cells:
    """The printed cells for one row of the fact table. `row` counts from 1; `at`: the sheet column of its value."""

    row: int
    texts: dict[str, str]
    at: int


@dataclass(frozen=True)
class Layout:
    """The position of a table on its sheet.

    Args:
        header: row of the column names, from 0. places: column of the sheet by column of the fact table.
        wide: by column of the sheet: the fact-table values that its name gives.
        number: the fact-table column of figures.
        notes: messages for the report.
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

    @property
    def unread(self) -> Iterator[tuple[int, str, set[str]]]:
        """The columns that are not read, not even in templates of wide columns: place, title and distinct texts."""
        templates = [text for templates in self.wide.values() for text in templates.values()]
        named = {self.titles.index(title) for text in templates for title in _PLACEHOLDER.findall(text)}
        read = {*self.places.values(), *self.wide, *named}
        for at, title in enumerate(self.titles):
            if title and at not in read and (texts := self.texts(at)):
                yield at, title, texts

    @property
    def below(self) -> list[list[str]]:
        """The rows below the last one with a figure: notes."""
        columns = [self.column(at) for at in self.value_columns]
        figures = (row for cells in columns for row, text in enumerate(cells, 1) if re.search(r"\d", text))
        return self.sheet.rows[self.header + 1 + max(figures, default=0) :]

    def column(self, at: int) -> list[str]:
        """The cells below the header."""
        return [self.sheet.cell(row, at) for row in range(self.header + 1, len(self.sheet.rows))]

    def texts(self, at: int) -> set[str]:
        """The distinct texts below the header."""
        return {text for text in self.column(at) if text}

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
            for at, templates in self.wide.items():
                filled = {column: self._filled(text, row) for column, text in templates.items()}
                yield Cells(row + 1, texts | filled | {self.number: self.sheet.cell(row, at)}, at)

    def _filled(self, text: str, row: int) -> str:
        def cell(match: re.Match[str]) -> str:
            return self.sheet.cell(row, self.titles.index(match[1]))

        return _PLACEHOLDER.sub(cell, text)


def find_layout(name: str, sheets: Sequence[Sheet], mapping: Mapping, shape: Shape) -> Layout:
    """The layout of the table that the mapping file describes.

    Raises:
        FileRefused: a sheet or column is missing or ambiguous, or a required fact-table column is not given.
    """
    sheet = _sheet(name, sheets, mapping)
    sheet, header = _joined(sheet, _header(sheet, mapping, shape), mapping, shape)
    titles = sheet.rows[header] if header < len(sheet.rows) else []
    sources = {
        column: column for column in shape.columns if column in titles and column not in mapping.constants
    } | mapping.columns
    _check_columns(name, sources, titles, shape, mapping, header)
    wide, notes = _wide(name, titles, sources, mapping, shape)
    _check_complete(name, sources, wide, titles, header, mapping, shape)
    _check_named(name, mapping, shape, titles, sources)
    places = {column: titles.index(printed) for column, printed in sources.items()}
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
    """The row of the column names (from 0): as declared, else the first with all the expected columns, or the most."""
    if mapping.header is not None:
        return mapping.header - 1
    named = set(mapping.columns.values()) | (set(mapping.wide.columns) if mapping.wide is not None else set())
    expected = named or set(shape.columns)
    rows = list(enumerate(sheet.rows[:_HEADER_WITHIN]))
    complete = next((at for at, row in rows if named and named <= set(row)), None)
    if complete is not None:
        return complete
    counts = {at: len(expected & set(row)) for at, row in rows}
    best = max(counts, key=lambda at: (counts[at], -at), default=0)
    return best if counts.get(best) else next((at for at, row in rows if any(row)), 0)


def _joined(sheet: Sheet, header: int, mapping: Mapping, shape: Shape) -> tuple[Sheet, int]:
    """The sheet with a header of several rows joined in its last one, and that row: 2023 over Q1 and Q2 is `2023 Q1`.

    A row below the column names belongs to the header if it has no label and no figures but years. If it gives units,
    it is put above the names. Years above the names belong to it if the names are to be periods and are none.
    """
    rows, titles = list(sheet.rows), sheet.rows[header] if header < len(sheet.rows) else []
    of_labels = {printed for name, printed in mapping.columns.items() if name != shape.number}
    of_labels |= set(shape.columns) - {shape.number}
    labels = [at for at, title in enumerate(titles) if title in of_labels]
    if not labels:
        return sheet, header
    named = bool(mapping.wide and mapping.wide.columns) or shape.number in {*mapping.columns, *titles}
    if header and not named and _continues(rows[header - 1], labels):
        joined = _over(rows[header - 1], titles, labels)
        rows[header] = max(titles, joined, key=lambda names: len(_period_columns(names, of_labels, mapping)))
    while header + 1 < len(rows) and _continues(rows[header + 1], labels):
        below = rows[header + 1]
        joined = _over(rows[header], below, labels)
        is_unit = all(map(_is_unit, filter(None, below))) and not _period_columns(joined, of_labels, mapping)
        rows[header : header + 2] = [below, rows[header]] if is_unit else [rows[header], joined]
        header += 1
    return replace(sheet, rows=rows), header


def _continues(row: Sequence[str], labels: Sequence[int]) -> bool:
    """Whether a row without labels has texts and years only, as a part of the header."""
    cells = [cell for cell in row if cell]
    has_label = any(at < len(row) and row[at] for at in labels)
    return not has_label and not all(map(is_absent, cells)) and not any(map(_is_figure, cells))


def _is_figure(text: str) -> bool:
    try:
        return parse(text, percent=True) is not None and not re.fullmatch(r"(?:19|20)\d\d", text)
    except NotANumber:
        return False


def _is_unit(text: str) -> bool:
    try:
        reading = money_units.read(text, assumed="USD")
    except money_units.UnitUnclear:
        return True
    return bool(reading.currency) or reading.power is not None


def _over(upper: Sequence[str], lower: Sequence[str], labels: Sequence[int]) -> list[str]:
    """The titles of two rows, where an upper one spans the empty cells to its right."""
    titles, spanning = [], ""
    for at in range(max(len(upper), len(lower))):
        own, below = (row[at] if at < len(row) else "" for row in (upper, lower))
        spanning = "" if at in labels else own or spanning
        titles.append(f"{spanning} {below}" if spanning and below else own or below)
    return titles


def _check_columns(
    name: str, sources: dict[str, str], titles: list[str], shape: Shape, mapping: Mapping, header: int
) -> None:
    for column, printed in sources.items():
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


def _check_named(name: str, mapping: Mapping, shape: Shape, titles: list[str], sources: dict[str, str]) -> None:
    """Check that the columns named in the mapping file exist, and that the column of figures has one meaning.

    Raises:
        FileRefused: the fact table or the header lacks one, or the column of figures has two meanings.
    """
    wide_columns = mapping.wide.columns if mapping.wide is not None and isinstance(mapping.wide.columns, dict) else {}
    total = [] if mapping.total is None else [mapping.total.column]
    named = [*mapping.values, *total, *(column for texts in wide_columns.values() for column in texts)]
    numbers = (shape.number, "growth_pct")
    for columns, known in (
        (named, shape.columns),
        (mapping.scale, [number for number in numbers if number in shape.columns]),
    ):
        if strange := next((column for column in columns if column not in known), ""):
            raise FileRefused(
                "table.no_field", file=name, column=shorten(strange, 40), table=mapping.table, columns=", ".join(known)
            )
    for text in (text for texts in wide_columns.values() for text in texts.values()):
        for column in _PLACEHOLDER.findall(text):
            _only_column(name, titles, column)
    shared = [column for column, printed in sources.items() if printed == sources.get(shape.number)]
    if len(shared) > 1:
        column = shorten(sources[shape.number], 40)
        raise FileRefused("table.two_meanings", file=name, column=column, fields=", ".join(shared))


def _wide(
    name: str, titles: list[str], sources: dict[str, str], mapping: Mapping, shape: Shape
) -> tuple[dict[int, dict[str, str]], list[Message]]:
    """The wide columns of the sheet with the values that their names give, and messages for the report."""
    filled = set(sources) | set(mapping.constants)
    if mapping.wide is None:
        if shape.number in filled or shape.period in filled:
            return {}, []
        period_columns = _period_columns(titles, set(sources.values()), mapping)
        if len(period_columns) < 2:
            return {}, []
        listed = ", ".join(titles[at] for at in period_columns)[:120]
        return {at: {shape.period: text} for at, text in period_columns.items()}, [
            Message("note.period_columns", columns=listed)
        ]
    wide = mapping.wide
    if isinstance(wide.columns, dict):
        return {_only_column(name, titles, column): dict(texts) for column, texts in wide.columns.items()}, []
    if wide.field not in shape.columns:
        raise FileRefused("table.wide_no_field", file=name, field=shorten(wide.field), table=mapping.table)
    if wide.columns:
        places = [_only_column(name, titles, column) for column in wide.columns]
        return {at: {wide.field: _bare(titles[at])} for at in places}, []
    if wide.field not in ("period", "year"):
        raise FileRefused("table.wide_no_columns", file=name, field=shorten(wide.field))
    period_columns = _period_columns(titles, set(sources.values()), mapping)
    if not period_columns:
        raise FileRefused("table.no_period_columns", file=name, titles=", ".join(titles)[:200])
    return {at: {wide.field: text} for at, text in period_columns.items()}, []


def _only_column(name: str, titles: list[str], column: str) -> int:
    """The place of the one column with this title."""
    if titles.count(column) != 1:
        raise FileRefused(
            "table.wide_twice" if column in titles else "table.wide_no_column",
            file=name,
            column=shorten(column, 40),
            titles=", ".join(titles)[:200],
        )
    return titles.index(column)


def _bare(title: str) -> str:
    """A title without its suffix in brackets: `2021` of `2021 [YR2021]`."""
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


def _check_complete(
    name: str,
    sources: dict[str, str],
    wide: dict[int, dict[str, str]],
    titles: list[str],
    header: int,
    mapping: Mapping,
    shape: Shape,
) -> None:
    filled = set(sources) | set(mapping.constants) | (set(USUAL) if mapping.table == "trade_flow" else set())
    filled |= {"freq", "currency"}  # read from the period and the unit, or reported as missing there
    if wide:
        filled |= {shape.number}.union(*wide.values())
    missing = [column for column in shape.columns if column in shape.needed - filled]
    if missing:
        no_currency = (
            "currency" not in set(sources) | set(mapping.constants) and "currency" in shape.needed and not mapping.unit
        )
        missing += ["currency"] * (no_currency and len(missing) > 2)
        raise FileRefused(
            "table.missing_one" if len(missing) == 1 else "table.missing",
            file=name,
            columns=", ".join(missing),
            row=header + 1,
            titles=", ".join(titles)[:160] or Message("none"),
        )
