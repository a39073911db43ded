"""Read a user's table with its mapping, row by row; rejected rows are reported with row, column and reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from trade import paths
from trade.errors import Message, shorten
from trade.sources import number_format
from trade.sources.delivery import CellReading, Delivery, Refusal, Rows
from trade.sources.economy_names import REGION, Names, publisher_of
from trade.sources.growth_form import not_in_percent
from trade.sources.manifest import Source
from trade.sources.number_parser import NotANumber, is_absent, parse
from trade.sources.periods import FREQUENCIES, NotAPeriod, Period, PeriodReader
from trade.sources.printed_names import find_name
from trade.sources.spreadsheets import FileRefused, Sheet, hidden_within
from trade.sources.tables.flows import find_flow, is_other_flow
from trade.sources.tables.layout import Cells, Layout, find_layout
from trade.sources.tables.mapping import Mapping, Total
from trade.sources.tables.target_tables import OPTIONAL, PLACES, SHAPES, USUAL, Shape
from trade.sources.tables.unmapped_columns import check_unmapped
from trade.sources.tables.value_unit import Money, read_money, without_signs

MOST_REFUSED = 0.2
"""Share of the rows with a value, or of their amount, that may be refused; above it, the mapping must be wrong."""
MOST_GROWTH_GAP = 5.0
"""Points by which printed growth may differ from computed growth."""
_LISTED = 200
"""Refusals named in a report."""
_ALIKE = 0.8
"""Least similarity of a known name to an unknown one for its code to be suggested."""
_NAMED = 60
"""Unknown names listed in a message."""
_UNREAD = 12
"""Columns named that are not read."""
_SHOWN = 12
"""Rows of the preview."""
_CURRENCY = re.compile("[A-Z]{3}")


class UnreadableCell(Exception):
    """A cell that cannot be read: (column of the fact table, text, reason)."""

    def __init__(self, column: str, text: str, reason: Message) -> None:
        super().__init__(column, text)
        self.column, self.text, self.reason = column, text, reason


class NoValue(Exception):
    """The table marks the figure as missing."""


class NotAnEconomy(Exception):
    """The row is about a group or region."""


class OtherFlow(Exception):
    """The row is of re-exports, of total trade or of the balance."""


@dataclass(frozen=True)
class TakenRow:
    """An accepted row. `row` counts from 1."""

    row: int
    facts: dict[str, object]
    cells: dict[str, str]


@dataclass
class RowsByOutcome:
    """The accepted and rejected rows of a table. `amounts`: the refused rows with their values, 0 if unreadable."""

    taken: list[TakenRow] = field(default_factory=list)
    totals: list[TakenRow] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    amounts: list[tuple[Refusal, Cells, float]] = field(default_factory=list)
    missing: int = 0
    groups: Counter[str] = field(default_factory=Counter)
    flows: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Context:
    """The settings by which the cells of one table are read."""

    mapping: Mapping
    shape: Shape
    names: Names
    money: Money
    decimals: Dict[int, str]
    periods: Dict[str, PeriodReader]
    constants: Dict[str, object]


def read_own(
    name: str,
    sheets: Sequence[Sheet],
    mapping: Mapping,
    source_id: str,
    names: Names,
    today: str,
    data: Path | None = None,
) -> Delivery:
    """Read a table into a delivery of the source `source_id`.

    Raises:
        FileRefused: a column is missing, numbers or the unit are ambiguous, a total is not met, two rows have the same
            key, or too many rows are refused.
    """
    shape = SHAPES[mapping.table]
    layout = find_layout(name, sheets, mapping, shape)
    money = read_money(layout, mapping)
    layout = without_signs(layout, money.currency)
    publisher = mapping.publisher or publisher_of(layout.titles)
    names = names.of_publisher(publisher, data or paths.data()).with_extra(mapping.names)
    decimals, number_notes = _decimals(layout, mapping)
    context = Context(mapping, shape, names, money, decimals, _period_readers(layout, mapping, shape), {})
    context = Context(mapping, shape, names, money, decimals, context.periods, _constants(layout, context))
    _check_percent(layout, mapping)
    rows = _rows_by_outcome(layout, context)
    check_unmapped(layout, [(line.row, line.facts) for line in rows.taken], names)
    _refuse_many(name, rows, names)
    taken, merged = _merge(name, rows.taken, shape)
    if mapping.total:
        _check_totals(name, taken, rows, mapping.total, shape)
    notes = [Message("note.rows", count=len(taken), file=name, table=mapping.table), *encoding_notes(sheets)]
    notes += hidden_within(name, layout.sheet)
    notes += _unread(layout)
    notes += [*layout.notes, *money.notes, *number_notes, *merged, *_notes(rows, names, shape.number)]
    notes += [Message("note.publisher", publisher=publisher)] if publisher else []
    return Delivery(
        source_id,
        _about(name, mapping, taken, money, today),
        mapping.source.published or today,
        [Rows(mapping.table, _table(taken, shape), f"one row per {', '.join(shape.key)}; from {name}")],
        rows.refused[:_LISTED],
        notes,
        readings=[_reading(line, money, shape) for line in taken[:_SHOWN]],
        warnings=_impossible(name, taken, shape),
    )


def _decimals(layout: Layout, mapping: Mapping) -> tuple[dict[int, str], list[Message]]:
    """Decimal signs by column of the sheet, and notes. Columns that the file stores as numbers have a dot."""
    signs, notes = {}, []
    unclear = "unclear" if layout.sheet.text.delimiter == ";" else "thousands"
    columns = [*layout.value_columns, *(at for column, at in layout.places.items() if column == "growth_pct")]
    untyped = [at for at in columns if at not in layout.sheet.typed]
    texts = [text for at in untyped if at in layout.value_columns for text in layout.column(at)]
    if rounded := next(filter(_is_rounded, texts), ""):
        notes.append(Message("note.scientific", given=shorten(rounded)))
    for at in columns:
        if at in layout.sheet.typed:
            signs[at] = "."
            continue
        cells = texts if at in layout.value_columns else layout.column(at)
        try:
            form = number_format.infer(cells, mapping.decimal, unclear)
        except number_format.Undeclared as reason:
            raise FileRefused(
                "table.numbers_unclear", file=layout.name, column=shorten(layout.titles[at], 40), reason=reason
            ) from None
        signs[at] = form.decimal
        notes += [form.note] if form.note else []
    return signs, list({str(note): note for note in notes}.values())


def _is_rounded(text: str) -> bool:
    """Whether a figure has fewer digits than its power of ten, as a spreadsheet writes `5.01E+11` to CSV."""
    match = re.fullmatch(r"-?\d[.,](\d+)[eE]\+?(\d+)", text)
    return match is not None and len(match[1]) < int(match[2])


def _check_percent(layout: Layout, mapping: Mapping) -> None:
    """Check that the growth column is in percent, unless the mapping file has a scale for it.

    Raises:
        FileRefused: it is not.
    """
    at = layout.places.get("growth_pct")
    if at is not None and "growth_pct" not in mapping.scale and (reason := not_in_percent(layout.column(at))):
        raise FileRefused("table.growth_form", file=layout.name, column=shorten(layout.titles[at], 40), reason=reason)


def _period_readers(layout: Layout, mapping: Mapping, shape: Shape) -> dict[str, PeriodReader]:
    """A reader of the period column for each frequency that the table or the mapping file names."""
    if shape.period in layout.places:
        texts = [text for text in layout.column(layout.places[shape.period]) if text]
    else:
        texts = [values[shape.period] for values in layout.wide.values() if "{" not in values.get(shape.period, "{")]
    translated = mapping.values.get(shape.period, {})
    texts = [translated.get(text, text) for text in texts]
    declared = mapping.period.freq
    return {freq: PeriodReader(texts, mapping.period.form, freq or declared) for freq in ("", "A", "Q", "M", "YTD")}


def _constants(layout: Layout, context: Context) -> dict[str, object]:
    mapping, shape = context.mapping, context.shape
    filled = set(layout.places) | {column for values in layout.wide.values() for column in values}
    usual = {column: value for column, value in USUAL.items() if column in shape.columns and column not in filled}
    texts = {column: str(value) for column, value in mapping.constants.items()}
    strange = sorted(set(texts) - set(shape.columns))
    if strange:
        raise FileRefused("table.no_constant", file=layout.name, column=shorten(strange[0], 40), table=mapping.table)
    if "freq" in texts and FREQUENCIES.get(texts["freq"].strip().casefold()) is None:
        raise FileRefused("table.bad_freq", file=layout.name, freq=shorten(texts["freq"], 40))
    freq = FREQUENCIES.get(texts.pop("freq", "").strip().casefold(), "")
    periods = {name: texts.pop(name) for name in ("period", "year") if name in texts}
    try:
        facts = usual | dict(_facts(Cells(0, texts, -1), context))
        for name, text in periods.items():
            facts |= _period(name, text, freq, context)
    except UnreadableCell as bad:
        raise FileRefused(
            "table.bad_constant", file=layout.name, column=bad.column, given=shorten(bad.text, 40), reason=bad.reason
        ) from None
    except OtherFlow as flow:
        reason = Message("row.bad_flow")
        raise FileRefused(
            "table.bad_constant", file=layout.name, column="flow", given=shorten(str(flow)), reason=reason
        ) from None
    except (NoValue, NotAnEconomy):
        raise FileRefused("table.empty_constant", file=layout.name) from None
    if freq:
        facts["freq"] = freq
    if context.money.currency and "currency" in shape.columns:
        facts["currency"] = context.money.currency
    return facts


def _rows_by_outcome(layout: Layout, context: Context) -> RowsByOutcome:
    sorted_rows = RowsByOutcome()
    total = context.mapping.total
    for cells in layout.rows():
        is_total = total is not None and cells.texts.get(total.column, "") == total.label
        texts = {name: text for name, text in cells.texts.items() if not (is_total and total and name == total.column)}
        try:
            facts = {**context.constants, **dict(_facts(Cells(cells.row, texts, cells.at), context))}
            (sorted_rows.totals if is_total else sorted_rows.taken).append(TakenRow(cells.row, facts, cells.texts))
        except NoValue:
            sorted_rows.missing += 1
        except NotAnEconomy as group:
            sorted_rows.groups[str(group)] += 1
        except OtherFlow as flow:
            sorted_rows.flows[str(flow)] += 1
        except UnreadableCell as bad:
            refusal = Refusal(layout.name, cells.row, bad.column, bad.text[:80], bad.reason)
            sorted_rows.refused.append(refusal)
            sorted_rows.amounts.append((refusal, cells, _amount(cells, context)))
    return sorted_rows


def _amount(cells: Cells, context: Context) -> float:
    """The value of a row, 0 if it cannot be read."""
    try:
        value = _number(context.shape.number, cells.texts.get(context.shape.number, ""), cells.at, context)
    except UnreadableCell:
        return 0.0
    return value or 0.0


def _facts(cells: Cells, context: Context) -> Iterator[tuple[str, object]]:
    """The values of a row, by column of the fact table.

    Raises:
        NoValue: the figure is missing. NotAnEconomy: the row is about a group. OtherFlow: it is of another flow.
        UnreadableCell: a cell cannot be read.
    """
    mapping = context.mapping
    texts = {column: mapping.values.get(column, {}).get(text, text) for column, text in cells.texts.items()}
    number = context.shape.number
    if number in texts and is_absent(texts[number]):
        raise NoValue
    freq = str(context.constants.get("freq", ""))
    if texts.get("freq"):
        freq = FREQUENCIES.get(texts["freq"].strip().casefold(), "")
        if not freq:
            raise UnreadableCell("freq", texts["freq"], Message("row.bad_freq"))
    for column, text in texts.items():
        if column == context.shape.period:
            yield from _period(column, text, freq, context).items()
        elif column != "freq":
            value = _cell(column, text, cells.at, context)
            if value is not None:
                yield column, value
            elif column not in OPTIONAL:
                raise UnreadableCell(column, text, Message("row.no_value"))


def _period(column: str, text: str, freq: str, context: Context) -> dict[str, object]:
    try:
        period: Period = context.periods[freq].read(text)
    except NotAPeriod as reason:
        raise UnreadableCell(column, text, reason.message) from None
    if column == "period":
        return {"freq": period.freq, "period": period.text}
    if period.freq != "A":
        raise UnreadableCell(column, text, Message("row.not_a_year"))
    return {column: int(period.text)}


def _cell(column: str, text: str, at: int, context: Context) -> object:
    if column in (context.shape.number, "growth_pct"):
        return _number(column, text, at, context)
    if column in PLACES:
        return _place(column, text, context.names)
    if column == "flow":
        if is_other_flow(text):
            raise OtherFlow(text[:60])
        flow = find_flow(text)
        if not flow:
            raise UnreadableCell(column, text, Message("row.bad_flow"))
        return flow
    if column == "currency" and text and not _CURRENCY.fullmatch(text):
        raise UnreadableCell(column, text, Message("row.bad_currency"))
    return text or None


def _number(column: str, text: str, at: int, context: Context) -> float | None:
    try:
        value = parse(text, decimal=context.decimals.get(at, "."), percent=column == "growth_pct")
    except NotANumber as reason:
        raise UnreadableCell(column, text, reason.message) from None
    if value is None:
        return None
    if column == "growth_pct":
        return round(value * context.mapping.scale.get(column, 1.0), 6)
    if value < 0:
        raise UnreadableCell(column, text, Message("row.negative_trade"))
    return round(value * context.money.scale, 6)


def _place(column: str, text: str, names: Names) -> str:
    code = find_name(text, names.find)
    if code == REGION or (code and code.islower()):
        raise NotAnEconomy(text[:60])
    if code is None:
        unclear = names.unclear(text)
        nearest = names.nearest(text) or Message("none")
        raise UnreadableCell(column, text, Message(unclear) if unclear else Message("row.no_economy", near=nearest))
    return code


def _refuse_many(name: str, rows: RowsByOutcome, names: Names) -> None:
    """Refuse a table with so many refused rows that the mapping must be wrong.

    Raises:
        FileRefused: it has; the message lists the unknown names in a form to paste into the mapping file.
    """
    lines = len(rows.taken) + len(rows.totals) + len(rows.refused)
    if rows.taken and len(rows.refused) <= MOST_REFUSED * lines and _lost_share(rows) <= MOST_REFUSED:
        return
    if not rows.refused:
        left_out = rows.groups.total() + rows.flows.total()
        raise FileRefused("table.none_taken", file=name, missing=rows.missing, groups=left_out)
    first = rows.refused[0]
    raise FileRefused(
        "table.many_refused",
        file=name,
        count=len(rows.refused),
        all=lines,
        row=first.row,
        column=first.column,
        given=shorten(first.value),
        reason=first.reason,
        unknown=_unknown(rows, names),
    )


def _lost_share(rows: RowsByOutcome) -> float:
    """The share of the refused rows in the total value of the table."""
    lost = sum(amount for _, _, amount in rows.amounts)
    taken = sum(float(str(line.facts.get("value", line.facts.get("value_usd", 0)))) for line in rows.taken)
    return lost / (lost + taken) if lost + taken else 0.0


def _impossible(name: str, taken: Sequence[TakenRow], shape: Shape) -> list[Message]:
    """Signs that the table is wrong: exports of an economy to itself, or growth that contradicts the values."""
    problems: list[Message] = []
    reporter, partner = ("reporter", "partner") if "partner" in shape.columns else ("exporter", "importer")
    for line in taken:
        if line.facts.get(reporter) == line.facts.get(partner) and line.facts.get("flow", "export") == "export":
            economy, amount = str(line.facts[partner]), float(str(line.facts[shape.number]))
            if amount > 0:
                problems.append(Message("table.itself", file=name, row=line.row, economy=economy, amount=amount))
    return problems[:1] + _against_growth(name, taken, shape)


def _against_growth(name: str, taken: Sequence[TakenRow], shape: Shape) -> list[Message]:
    """The first row whose value contradicts its printed growth, if most rows with a value a year earlier do so."""
    values = {tuple(line.facts.get(column) for column in shape.key): line for line in taken}
    compared, wrong = 0, list[Message]()
    for line in taken:
        growth, period = line.facts.get("growth_pct"), str(line.facts.get("period", ""))
        earlier = {"period": f"{int(period[:4]) - 1}{period[4:]}"} if growth is not None else {}
        former = values.get(tuple({**line.facts, **earlier}.get(column) for column in shape.key)) if earlier else None
        if former is None or not (before := float(str(former.facts[shape.number]))):
            continue
        compared += 1
        computed = 100 * (float(str(line.facts[shape.number])) / before - 1)
        if abs(computed - float(str(growth))) > MOST_GROWTH_GAP:
            wrong.append(
                Message("table.growth", file=name, row=line.row, former=former.row, computed=computed, printed=growth)
            )
    return wrong[:1] if len(wrong) > compared / 2 else []


def _unknown(rows: RowsByOutcome, names: Names) -> Message | str:
    """The unknown names, each with the code of the most similar known one, as a line for a mapping file."""
    unknown = list(
        dict.fromkeys(refusal.value for refusal in rows.refused if refusal.column in PLACES and refusal.value)
    )
    if not unknown:
        return ""
    pairs = []
    for text in unknown[:_NAMED]:
        codes = [code for label in names.nearest(text, 1, _ALIKE) if (code := names.find(label)) and code.isupper()]
        pairs.append(f'"{text}" = "{codes[0] if codes else ""}"')
    more = Message("row.more", count=len(unknown) - _NAMED) if len(unknown) > _NAMED else ""
    return Message("row.unknown", more=more, names=f"names = {{ {', '.join(pairs)} }}")


def _notes(rows: RowsByOutcome, names: Names, number: str) -> list[Message]:
    notes = []
    if rows.missing:
        notes.append(Message("note.missing", count=rows.missing))
    if rows.groups:
        listed = ", ".join(list(rows.groups)[:6]) + (", ..." if len(rows.groups) > 6 else "")
        notes.append(Message("note.groups", count=rows.groups.total(), groups=listed))
    if rows.flows:
        notes.append(Message("note.flows", count=rows.flows.total(), flows=", ".join(list(rows.flows)[:6])))
    if rows.refused:
        lost, share = sum(amount for _, _, amount in rows.amounts), 100 * _lost_share(rows)
        unreadable = sum(refusal.column == number for refusal in rows.refused)
        unknown = _unknown(rows, names)
        notes.append(Message("note.refused", lost=lost, share=share, unreadable=unreadable, unknown=unknown))
    if len(rows.refused) > _LISTED:
        notes.append(Message("note.listed", count=len(rows.refused), most=_LISTED))
    return notes


def _unread(layout: Layout) -> list[Message]:
    """A note on the columns that are not read, with the text of those that have one alone: `Product (Cars)`."""
    unread = []
    for _, title, texts in layout.unread:
        unread.append(f"{title[:40]} ({texts.pop()[:40]})" if len(texts) == 1 else title[:40])
    more = Message("row.more", count=len(unread) - _UNREAD) if len(unread) > _UNREAD else ""
    return [Message("note.columns_unread", columns=", ".join(unread[:_UNREAD]), more=more)] if unread else []


def encoding_notes(sheets: Sequence[Sheet]) -> list[Message]:
    """A note on the encoding of a text file, if it was guessed."""
    form = sheets[0].text
    return [Message("note.encoding", encoding=form.encoding)] if form.guessed else []


def _merge(name: str, taken: Sequence[TakenRow], shape: Shape) -> tuple[list[TakenRow], list[Message]]:
    """The rows, with remainders ("nes") of the same key added up.

    Raises:
        FileRefused: two rows of one economy have the same key.
    """
    seen: dict[tuple[object, ...], int] = {}
    merged_lines: list[TakenRow] = []
    merged: set[str] = set()
    for line in taken:
        key = tuple(line.facts.get(column) for column in shape.key)
        if key not in seen:
            seen[key] = len(merged_lines)
            merged_lines.append(line)
            continue
        former = merged_lines[seen[key]]
        rest = [str(line.facts[column]) for column in PLACES if str(line.facts.get(column, "")).startswith("X")]
        if not rest or former.cells == line.cells:
            parts = ", ".join(str(part) for part in key if part is not None)
            raise FileRefused("table.same_rows", file=name, first=former.row, second=line.row, key=parts)
        total = float(str(former.facts[shape.number])) + float(str(line.facts[shape.number]))
        facts = {column: value for column, value in former.facts.items() if column != "growth_pct"}
        merged_lines[seen[key]] = TakenRow(former.row, facts | {shape.number: total}, former.cells)
        merged.update(rest)
    return merged_lines, [Message("note.remainders", codes=sorted(merged))] if merged else []


def _check_totals(name: str, taken: Sequence[TakenRow], rows: RowsByOutcome, total: Total, shape: Shape) -> None:
    """Check each total row against the sum of the rows that share the rest of its key.

    Raises:
        FileRefused: a total is not met (the message names the residual and refused rows), or there is no total row.
    """
    if not rows.totals:
        raise FileRefused("table.no_total", file=name, column=shorten(total.column, 40), label=shorten(total.label, 40))
    rest = [column for column in shape.key if column != total.column]
    sums: dict[tuple[object, ...], float] = {}
    for line in taken:
        key = tuple(line.facts.get(column) for column in rest)
        sums[key] = sums.get(key, 0.0) + float(str(line.facts[shape.number]))
    for line in rows.totals:
        computed = sums.get(tuple(line.facts.get(column) for column in rest), 0.0)
        printed = float(str(line.facts[shape.number]))
        if abs(computed - printed) > abs(printed) * total.tolerance / 100:
            raise FileRefused(
                "table.total",
                file=name,
                row=line.row,
                sum=computed,
                label=shorten(total.label, 30),
                printed=printed,
                residual=computed - printed,
                tolerance=total.tolerance,
                rows=_refused_rows(rows),
            )


def _refused_rows(rows: RowsByOutcome) -> Message | str:
    if not rows.amounts:
        return ""
    largest = sorted(rows.amounts, key=lambda row: -row[2])
    return Message(
        "row.refused",
        count=len(largest),
        lost=sum(amount for _, _, amount in rows.amounts),
        rows=[
            Message("row.refused_one", row=refusal.row, given=shorten(refusal.value), amount=amount)
            for refusal, _, amount in largest[:8]
        ],
        more=Message("row.more", count=len(largest) - 8) if len(largest) > 8 else "",
        reason=largest[0][0].reason,
    )


def _table(taken: Sequence[TakenRow], shape: Shape) -> pa.Table:
    columns = [column for column in shape.columns if any(column in line.facts for line in taken)]
    return pa.table({column: pa.array([line.facts.get(column) for line in taken]) for column in columns})


def _reading(line: TakenRow, money: Money, shape: Shape) -> CellReading:
    """How a row was read, for the preview."""
    partner = next((column for column in ("partner", "importer") if column in line.cells), "")
    facts = line.facts
    return CellReading(
        row=line.row,
        period_printed=line.cells.get(shape.period, ""),
        period=f"{facts.get('freq', 'A')} {facts.get(shape.period)}",
        flow=str(facts.get("flow", "export")),
        partner_printed=line.cells.get(partner, ""),
        partner=str(facts.get("partner", facts.get("importer", ""))),
        number_printed=line.cells.get(shape.number, ""),
        value=float(str(facts[shape.number])),
        unit=f"{facts.get('currency', money.currency)} x {money.scale:,.12g}",
    )


def _about(name: str, mapping: Mapping, taken: Sequence[TakenRow], money: Money, today: str) -> Source:
    about = mapping.source
    rows = [line.facts for line in taken]
    periods = sorted({str(row.get("period") or row.get("year")) for row in rows})
    currencies = sorted({str(row.get("currency") or "USD") for row in rows})
    scaled = f"; the file's numbers times {money.scale:,.12g}" if money.scale != 1 else ""
    return Source(
        producer=about.producer,
        title=about.title or f"{name}, imported",
        citation=about.citation or f"{about.title or name}; imported from {name} on {today}",
        url=about.url,
        published=about.published or today,
        accessed=today,
        licence=about.licence,
        unit="full units of the currency" + scaled,
        currency=" ".join(currencies),
        valuation=about.valuation,
        coverage=f"{periods[0]} to {periods[-1]}; {len(rows):,} rows",
        warnings=about.warnings,
    )
