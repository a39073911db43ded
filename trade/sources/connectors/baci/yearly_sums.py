"""Read a yearly file in batches and sum it to the requested detail, which limits memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from trade.errors import Message, shorten
from trade.sources.connectors.baci.folder import SOURCE, YearFile
from trade.sources.connectors.base import UpdateFailed
from trade.sources.delivery import Refusal

MOST_ROWS = 1_500_000
"""Most rows of a delivery. The error for more says how to request fewer."""
_COLUMNS = {"t": pa.int32(), "i": pa.int32(), "j": pa.int32(), "k": pa.string(), "v": pa.float64()}
_BLOCK = 16 << 20


def read(
    file: YearFile, digits: int, economies: Mapping[int, str], only: set[str] | None, refused: list[Refusal]
) -> pa.Table:
    """Dollars by exporter, importer and product in the requested detail, summed in batches.

    Raises:
        UpdateFailed: the file is damaged or has other columns.
    """
    exporters = (
        None if only is None else pa.array([number for number, code in economies.items() if code in only], pa.int32())
    )
    parts: list[pa.Table] = []
    try:
        for batch in _batches(file):
            part = _summed(_checked(file, pa.table(batch), exporters), digits)
            parts.append(part)
            if sum(table.num_rows for table in parts) > 4 * MOST_ROWS:
                parts = [_regrouped(parts)]
    except (pa.ArrowInvalid, pa.ArrowKeyError, OSError) as error:
        reason = shorten(str(error).splitlines()[0], 160)
        raise UpdateFailed("baci.damaged", source=SOURCE, file=file.path.name, reason=reason) from None
    if not parts:
        raise UpdateFailed("baci.empty", source=SOURCE, file=file.path.name)
    return _named(file, _regrouped(parts), economies, refused)


def _batches(file: YearFile) -> Iterator[pa.RecordBatch]:
    names = list(_COLUMNS)
    if file.path.suffix == ".parquet":
        with pq.ParquetFile(file.path) as parquet:
            for batch in parquet.iter_batches(columns=names, batch_size=1 << 20):
                yield pa.RecordBatch.from_arrays([pc.cast(batch[name], kind) for name, kind in _COLUMNS.items()], names)
        return
    options = pa_csv.ConvertOptions(column_types=_COLUMNS, include_columns=names)
    with pa_csv.open_csv(
        file.path, read_options=pa_csv.ReadOptions(block_size=_BLOCK), convert_options=options
    ) as reader:
        yield from reader


def _checked(file: YearFile, table: pa.Table, exporters: pa.Array | None) -> pa.Table:
    """The rows of the `exporters` (None: all), checked.

    Raises:
        UpdateFailed: a row is of another year, or has no amount.
    """
    for good, what in (
        (pc.equal(table["t"], file.year), Message("baci.other_year", year=file.year)),
        (
            pc.and_(pc.is_valid(table["v"]), pc.greater_equal(pc.fill_null(table["v"], -1.0), 0.0)),
            Message("baci.no_amount"),
        ),
    ):
        if not pc.all(pc.fill_null(good, False)).as_py():
            raise UpdateFailed("baci.bad_row", source=SOURCE, file=file.path.name, what=what)
    return table if exporters is None else table.filter(pc.is_in(table["i"], value_set=exporters))


def _summed(table: pa.Table, digits: int) -> pa.Table:
    printed = pc.utf8_trim_whitespace(pc.fill_null(table["k"], ""))
    is_code = pc.match_substring_regex(printed, r"^(?:0?[1-9]|[1-9]\d)\d{4}$")  # a spreadsheet drops the zero
    code = pc.utf8_slice_codeunits(pc.utf8_lpad(printed, 6, "0"), 0, digits)
    product = pc.if_else(is_code, code, pc.binary_join_element_wise("'", printed, "'", ""))
    return table.select(["i", "j", "v"]).append_column("k", product).group_by(["i", "j", "k"]).aggregate([("v", "sum")])


def _regrouped(parts: Sequence[pa.Table]) -> pa.Table:
    whole = pa.concat_tables(parts)
    return whole.group_by(["i", "j", "k"]).aggregate([("v_sum", "sum")]).rename_columns(["i", "j", "k", "v_sum"])


def _named(file: YearFile, table: pa.Table, economies: Mapping[int, str], refused: list[Refusal]) -> pa.Table:
    """The table with our codes and in dollars. Rows without code are refused, with one refusal per number."""
    numbers, codes = pa.array(list(economies), pa.int32()), pa.array(list(economies.values()))
    placed = {side: codes.take(pc.index_in(table[side], value_set=numbers)) for side in ("i", "j")}
    product = pc.match_substring_regex(table["k"], r"^\d+$")
    good = pc.and_(pc.and_(pc.is_valid(placed["i"]), pc.is_valid(placed["j"])), product)
    _refuse(file, table.filter(pc.invert(good)), economies, refused)
    whole = pa.table({"exporter": placed["i"], "importer": placed["j"], "product": table["k"], "v": table["v_sum"]})
    summed = whole.filter(good).group_by(["exporter", "importer", "product"]).aggregate([("v", "sum")])
    dollars = pc.multiply(summed["v_sum"], 1000.0)
    return (
        summed.drop_columns(["v_sum"])
        .append_column("value_usd", dollars)
        .sort_by([("exporter", "ascending"), ("importer", "ascending"), ("product", "ascending")])
    )


def _refuse(file: YearFile, table: pa.Table, economies: Mapping[int, str], refused: list[Refusal]) -> None:
    sums: dict[tuple[str, str], float] = {}
    for row in table.to_pylist():
        unknown = next(((side, str(row[side])) for side in ("i", "j") if row[side] not in economies), ("k", row["k"]))
        sums[unknown] = sums.get(unknown, 0.0) + row["v_sum"]
    for (column, value), thousands in sorted(sums.items()):
        reason = Message("row.no_economy_of_number" if column != "k" else "row.no_hs_code")
        refused.append(
            Refusal(file.path.name, None, column, value, Message("row.left_out", reason=reason, amount=thousands))
        )
