"""A table in any layout, encoding, number and date format is read with the same figures, or refused.

More than two thousand tables a run; TRADE_TABLES sets how many each test draws.
"""

from __future__ import annotations

import csv
import html
import io
import os
import re
import sys
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trade.errors import Message
from trade.ingest.file_deliveries import known_cells
from trade.paths import PROJECT
from trade.sources.customs import read_customs, recognise
from trade.sources.customs.commodity_table import Goods, read_goods
from trade.sources.customs.reader import ReadOptions
from trade.sources.economy_names import CUSTOMS, Names, read_names
from trade.sources.spreadsheets import FileRefused, Sheet
from trade.sources.spreadsheets.isolated_reader import TextForm
from trade.sources.tables import Mapping, read_own

sys.path.insert(0, str(PROJECT / "trade" / "sources" / "spreadsheets"))
import format_parsers  # type: ignore[import-not-found]

TABLES = int(os.environ.get("TRADE_TABLES", "900"))
DATA = PROJECT / "data"
COMMON = settings(max_examples=TABLES, deadline=None, suppress_health_check=list(HealthCheck))

ECONOMIES = {
    "JPN": ("Japan", "日本", "日本"), "KOR": ("Korea, Rep. of", "韩国", "韓國"), "USA": ("United States", "美国", "美國"), "DEU": ("Germany", "德国", "德國"),
    "CIV": ("Côte d'Ivoire", "科特迪瓦", "科特迪瓦"), "TUR": ("Türkiye", "土耳其", "土耳其"), "COD": ("Congo, Dem. Rep. of the", "刚果（金）", "剛果（金）"), "GBR": ("United Kingdom (UK)", "英国", "英國"),
    "VNM": ("Viet Nam", "越南", "越南"), "BHS": ("Bahamas, The", "巴哈马", "巴哈馬"), "HKG": ("Hong Kong, China", "中国香港", "中國香港"), "TWN": ("Taiwan, China", "中国台湾", "中國臺灣"),
}  # fmt: skip
"""Code: English, simplified, traditional."""
YEARS = [str(year) for year in range(2015, 2027)]
MONTHS = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH_FORMS = {
    "iso": lambda y, m: f"{y}-{m:02d}", "slash": lambda y, m: f"{y}/{m}", "compact": lambda y, m: f"{y}{m:02d}", "imf": lambda y, m: f"{y}-M{m:02d}",
    "excel": lambda y, m: f"{EN[m - 1]}-{y % 100:02d}", "words": lambda y, m: f"{EN[m - 1]} {y}", "chinese": lambda y, m: f"{y}年{m}月", "us": lambda y, m: f"{m:02d}/{y}",
    "dotted": lambda y, m: f"{y}.{m:02d}", "date": lambda y, m: f"{y}-{m:02d}-15", "moment": lambda y, m: f"{y}-{m:02d}-01T00:00:00", "day first": lambda y, m: f"20/{m:02d}/{y}",
    "short": lambda y, m: f"{y}.{m}", "colon": lambda y, m: f"{y}:{m:02d}", "blank": lambda y, m: f"{y} {m:02d}", "m first": lambda y, m: f"M{m} {y}", "of the republic": lambda y, m: f"民國{y - 1911}年{m}月",
    "of an era": lambda y, m: f"令和{y - 2018}年{m}月", "full": lambda y, m: f"{y}年{m:02d}月份", "year-end": lambda y, m: f"{y}-{m:02d}-{28 if m == 2 else 30 if m in (4, 6, 9, 11) else 31}",
}  # fmt: skip
QUARTERS = [f"{year}-Q{number}" for year in (2022, 2023, 2024) for number in range(1, 5)]
QUARTER_FORMS = {
    "iso": lambda y, q: f"{y}-Q{q}", "compact": lambda y, q: f"{y}Q{q}", "q first": lambda y, q: f"Q{q} {y}", "short": lambda y, q: f"{q}Q{y % 100:02d}", "colon": lambda y, q: f"{y}:Q{q}",
    "chinese": lambda y, q: f"{y}年第{'一二三四'[q - 1]}季度", "of the republic": lambda y, q: f"民國{y - 1911}年第{q}季", "words": lambda y, q: f"{('first', 'second', 'third', 'fourth')[q - 1]} quarter {y}",
}  # fmt: skip
YEAR_FORMS = {
    "plain": lambda y: y,
    "float": lambda y: f"{y}.0",
    "chinese": lambda y: f"{y}年",
    "span": lambda y: f"{y}/01-{y}/12",
    "of the republic": lambda y: f"民國{int(y) - 1911}年",
    "short": lambda y: f"'{y[2:]}",
}
NUMBER_FORMS = {
    "plain": lambda v: f"{v:.12g}", "commas": lambda v: f"{v:,.2f}", "dots": lambda v: f"{v:,.2f}".translate(str.maketrans(",.", ".,")),
    "dots whole": lambda v: f"{round(v):,}".replace(",", "."), "commas whole": lambda v: f"{round(v):,}", "blanks": lambda v: f"{v:,.1f}".replace(",", " "),
    "three digits": lambda v: f"{v / 1000:.3f}",
}  # fmt: skip
"""Number formats; some round the value: `exact` gives the value that is left."""
TABLE_UNITS = {
    "": 1.0,
    "US$ million": 1e6,
    "Unit: US$ '000": 1e3,
    "单位：万美元": 1e4,
    "單位：億美元": 1e8,
    "млн долл. США": 1e6,
    "USD bn": 1e9,
}
"""A line above the table that states the unit, and the factor of that unit."""
CONTAINERS = ("csv", "csv", "html", "xlsx")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "big5", "cp1252", "latin-1")


@dataclass(frozen=True)
class Table:
    """A table to write: values by (economy, period), and the format."""

    values: dict[tuple[str, str], float]
    freq: str
    script: int
    dates: str
    numbers: str
    delimiter: str
    encoding: str
    layout: str
    above: int
    declared: bool
    unit: str = ""
    container: str = "csv"


@cache
def names() -> Names:
    return read_names(DATA)


@cache
def customs_names() -> Names:
    return names().of_publisher(CUSTOMS, DATA)


@cache
def goods() -> Goods:
    return read_goods(DATA)


@cache
def traditional_script() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


AMOUNT = st.integers(0, 2 * 10**9 + 1)
"""A random integer for `amount`, whose last bit decides between whole numbers and cents."""


def amount(drawn: int) -> float:
    """An amount up to ten million: even draws give whole numbers, odd ones have cents."""
    return drawn // 2 / 100 if drawn % 2 else float(drawn // 2 % (10**7 + 1))


SOME_ECONOMIES = st.lists(st.sampled_from(sorted(ECONOMIES)), min_size=1, max_size=8, unique=True)
TEXTS_AND_FORMS = {
    freq: (st.lists(st.sampled_from(texts), min_size=1, max_size=4, unique=True), st.sampled_from(sorted(forms)))
    for freq, texts, forms in (("A", YEARS, YEAR_FORMS), ("Q", QUARTERS, QUARTER_FORMS), ("M", MONTHS, MONTH_FORMS))
}
FREQ = st.sampled_from("AQM")
REST = st.fixed_dictionaries({
    "script": st.integers(0, 2), "numbers": st.sampled_from(sorted(NUMBER_FORMS)), "delimiter": st.sampled_from(",;\t"), "encoding": st.sampled_from(ENCODINGS),
    "layout": st.sampled_from(("long", "periods", "partners")), "above": st.integers(0, 3), "declared": st.booleans(), "unit": st.sampled_from(sorted(TABLE_UNITS)),
    "container": st.sampled_from(CONTAINERS),
})  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> Table:
    freq = draw(FREQ)
    texts, forms = TEXTS_AND_FORMS[freq]
    economies, periods = draw(SOME_ECONOMIES), draw(texts)
    values = {(economy, period): amount(draw(AMOUNT)) for economy in economies for period in periods}
    return Table(values=values, freq=freq, dates=draw(forms), **draw(REST))


def exact(form: str, value: float) -> float:
    """The value as printed in this number format."""
    if form in ("dots whole", "commas whole"):
        return float(round(value))
    if form == "blanks":
        return float(f"{value:.1f}")
    if form == "three digits":
        return float(f"{value / 1000:.3f}")
    return float(f"{value:.2f}") if form in ("commas", "dots") else float(f"{value:.12g}")


def written(table: Table) -> tuple[bytes, Mapping]:
    def period(text: str) -> str:
        if table.freq == "M":
            return MONTH_FORMS[table.dates](int(text[:4]), int(text[5:]))
        if table.freq == "Q":
            return QUARTER_FORMS[table.dates](int(text[:4]), int(text[6:]))
        return YEAR_FORMS[table.dates](text)

    def number(value: float) -> str:
        return NUMBER_FORMS[table.numbers](value)

    economies = list(dict.fromkeys(economy for economy, _ in table.values))
    periods = list(dict.fromkeys(text for _, text in table.values))
    label = {economy: ECONOMIES[economy][table.script] for economy in economies}
    fields: dict[str, object] = {"constants": {"flow": "export", "currency": "USD"}}
    if table.layout == "long":
        rows = [["Country", "When", "Exports"]] + [
            [label[e], period(p), number(v)] for (e, p), v in table.values.items()
        ]
        fields |= {"columns": {"partner": "Country", "period": "When", "value": "Exports"}}
    elif table.layout == "periods":
        rows = [["Country", *map(period, periods)]] + [
            [label[e], *(number(table.values[e, p]) for p in periods)] for e in economies
        ]
        fields |= {
            "columns": {"partner": "Country"},
            "wide": {"field": "period", "columns": [period(p) for p in periods]},
        }
    else:
        rows = [["When", *label.values()]] + [
            [period(p), *(number(table.values[e, p]) for e in economies)] for p in periods
        ]
        fields |= {"columns": {"period": "When"}, "wide": {"field": "partner", "columns": list(label.values())}}
    if table.declared:
        fields["decimal"] = "," if table.numbers in ("dots", "dots whole") else "."
    whole = [["A table"]] * table.above + [[table.unit]] * bool(table.unit) + rows
    return _contained(table, whole), Mapping.model_validate(fields)


def _contained(table: Table, rows: list[list[str]]) -> bytes:
    """The rows as a file. A workbook holds plain numbers as numbers."""
    out = io.StringIO()
    if table.container == "xlsx":
        file, plain = io.BytesIO(), table.numbers == "plain" and table.layout == "long"
        with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, [*row[:-1], float(row[-1])] if plain and _is_number(row[-1]) else row)
        return file.getvalue()
    if table.container == "html":
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
        return f"<html><table>{''.join(f'<tr>{line}</tr>' for line in cells)}</table></html>".encode(table.encoding)
    csv.writer(out, delimiter=table.delimiter).writerows(rows)
    return out.getvalue().encode(table.encoding)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.e+]+", text))


def sheets_of(raw: bytes, encoding: str = "") -> list[Sheet]:
    """Read the sheets as the worker process does, but in this process."""
    try:
        parsed, form_fields = format_parsers.read(raw, encoding)
    except format_parsers.Unreadable as reason:
        raise FileRefused("file.reason", file="table", reason=Message(reason.key, **reason.values)) from None
    form = TextForm(**form_fields)
    return [Sheet(**sheet._asdict(), text=form) for sheet in parsed]


def read_again(raw: bytes, mapping: Mapping) -> dict[tuple[str, str], float]:
    """Read the table as an import does: of several possible encodings, take the one with most known names."""
    sheets = sheets_of(raw)
    if sheets[0].text.guessed:
        options = [sheets, *(sheets_of(raw, other) for other in sheets[0].text.others)]
        sheets = max(options, key=lambda tried: known_cells("table.csv", tried, names()))
    (rows,) = read_own("table.csv", sheets, mapping, "ours", names(), "2026-11-28", DATA).tables
    assert {row["flow"] for row in rows.rows.to_pylist()} == {"export"}
    return {(row["partner"], row["period"]): row["value"] for row in rows.rows.to_pylist()}


def read_or_refused(raw: bytes, mapping: Mapping) -> dict[tuple[str, str], float]:
    """`read_again`, or an empty result if the table is refused."""
    try:
        return read_again(raw, mapping)
    except FileRefused:
        return {}


CLEAR_DATES = frozenset(
    [
        "iso",
        "slash",
        "compact",
        "imf",
        "excel",
        "words",
        "chinese",
        "us",
        "plain",
        "float",
        "date",
        "day first",
        "colon",
        "q first",
        "of the republic",
        "of an era",
    ]
)


def in_usual_forms(table: Table) -> Table:
    """The table in forms that are clear in themselves."""
    usual = "plain" if table.freq == "A" else "iso"
    dates = table.dates if table.dates in CLEAR_DATES else usual
    return replace(table, dates=dates, numbers="plain", encoding="utf-8", declared=True)


@COMMON
@given(tables())
def test_a_table_says_the_same_when_it_is_read_again_or_is_refused_and_in_usual_forms_it_is_read(table: Table) -> None:
    plain = in_usual_forms(table)
    scale = TABLE_UNITS[table.unit]
    assert read_again(*written(plain)) == {
        key: pytest.approx(scale * exact("plain", value), rel=1e-9, abs=1e-6) for key, value in plain.values.items()
    }
    try:
        raw, mapping = written(table)
    except UnicodeEncodeError:
        return
    expected = {key: scale * exact(table.numbers, value) for key, value in table.values.items()}
    figures = read_or_refused(raw, mapping)
    for key, value in figures.items():
        assert value == pytest.approx(expected[key], rel=1e-9, abs=1e-6 * scale), (key, table)
    assert set(figures) <= set(expected)


UNITS = {"亿元人民币": 1e8, "百万元人民币": 1e6, "十亿元人民币": 1e9}


@settings(COMMON, max_examples=max(20, TABLES // 4))
@given(
    st.lists(st.integers(1, 10**6), min_size=4, max_size=4), st.sampled_from(sorted(UNITS)), st.integers(0, 3), st.integers(0, 3),
    st.booleans(), st.sampled_from(("utf-8", "gb18030", "utf-16")), st.integers(1, 12), st.booleans(),
)  # fmt: skip
def test_a_table_of_customs_says_the_same_in_every_place_and_script(
    amounts: list[int], unit: str, above: int, left: int, traditional: bool, encoding: str, month: int, thousands: bool
) -> None:
    figures = {"总值": amounts, "日本": [value // 2 for value in amounts], "德国": [value // 3 for value in amounts]}
    rows: list[list[str]] = [[f"（4）2026年{month}月进出口商品主要国别（地区）总值表（人民币值）"], [f"单位：{unit}"]]
    rows += [
        ["进口原产国（地）", "进出口", "", "出口", "", "进口", ""],
        ["出口最终目的国（地）", *([f"{month}月", f"1至{month}月"] * 3)],
    ]
    for label, (exports, through, imports, imports_through) in figures.items():
        values = [exports + imports, through + imports_through, exports, through, imports, imports_through]
        rows.append([label, *(f"{value:,}" if thousands else str(value) for value in values)])
    grid = [[""]] * above + [[""] * left + row for row in rows]
    out = io.StringIO()
    csv.writer(out).writerows(grid)
    text = traditional_script().convert(out.getvalue()) if traditional else out.getvalue()
    try:
        sheets = sheets_of(text.encode(encoding))
        assert recognise("table.csv", sheets, customs_names()).is_customs
        (delivery,) = read_customs("table.csv", sheets, customs_names(), goods(), ReadOptions("2026-11-28"))
    except FileRefused:
        return
    scale = {"100m": 1e8, "10k": 1e4, "mn": 1e6, "bn": 1e9}[str(delivery.tables[0].constants["unit"])]
    assert scale == UNITS[unit]
    codes = {"总值": "Goods trade", "日本": "JPN", "德国": "DEU"}
    found = {
        (row["item"], row["freq"], row["flow"]): float(row["printed"])
        for table in delivery.tables
        for row in table.rows.to_pylist()
        if row["freq"] != "A"
    }
    for label, (exports, through, imports, imports_through) in figures.items():
        item = codes[label]
        assert (found[item, "M", "export"], found[item, "YTD", "export"]) == (exports, through)
        assert (found[item, "M", "import"], found[item, "YTD", "import"]) == (imports, imports_through)
