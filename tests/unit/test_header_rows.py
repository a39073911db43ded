"""Headers of several rows, and units wherever tables print them: read as they are meant, or refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.support.published_files import MAPPING, own, refusal, rows
from trade.sources import money_units

pytestmark = pytest.mark.usefixtures("readers_here")
NAMES = ("Japan", "France", "Italy", "Spain", "Peru", "Chile")
Row = Sequence[object]
WIDE = """
[columns]
partner = "Country"
[constants]
flow = "export"
currency = "{currency}"
[wide]
field = "period"
"""


def read(folder: Path, header: Sequence[Row], currency: str = "USD", below: Sequence[Row] = ()) -> dict[str, float]:
    """The values of Japan, 10, 11 and so on, by period: from CSV, and the same from a workbook with merged cells."""
    width = max(map(len, header))
    body = [[name, *(10 * number + at for at in range(width - 1))] for number, name in enumerate(NAMES, 1)]
    grid, text, book = [*header, *body, *below], io.StringIO(), openpyxl.Workbook()
    csv.writer(text).writerows(grid)
    for row in grid:
        book.active.append([cell or None for cell in row])
    book.save(folder / "book.xlsx")
    mapping = WIDE.format(currency=currency)
    deliveries = [
        own(folder, text.getvalue(), mapping),
        own(folder, (folder / "book.xlsx").read_bytes(), mapping, "t.xlsx"),
    ]
    found = [
        {f"{row['freq']} {row['period']}": row["value"] for row in rows(each) if row["partner"] == "JPN"}
        for each in deliveries
    ]
    assert found[0] == found[1]
    assert not any(each.refused for each in deliveries)
    return found[0]


@pytest.mark.parametrize(
    ("header", "periods"),
    [
        ([["Country", "2023", "", "2024", ""], ["", "Q1", "Q2", "Q1", "Q2"]], ["Q 2023-Q1", "Q 2023-Q2", "Q 2024-Q1", "Q 2024-Q2"]),
        ([["Country", "2023", "", "2024"], ["", "Jan", "Dec", "Jan"]], ["M 2023-01", "M 2023-12", "M 2024-01"]),
        ([["Country", "2024年", ""], ["", "10月", "1-10月"]], ["M 2024-10", "YTD 2024-10"]),
        ([["", "2023", "", "2024"], ["Country", "Q1", "Q2", "Q1"]], ["Q 2023-Q1", "Q 2023-Q2", "Q 2024-Q1"]),
        ([["Exports of goods"], ["", "2024", ""], ["Country", "Jan", "Feb"]], ["M 2024-01", "M 2024-02"]),
        ([["Country", "2023", "2024"]], ["A 2023", "A 2024"]),
    ],
)  # fmt: skip
def test_a_header_of_two_rows_is_read_as_one(tmp_path: Path, header: Sequence[Row], periods: list[str]) -> None:
    assert read(tmp_path, header) == {period: 10 + at for at, period in enumerate(periods)}


@pytest.mark.parametrize(
    "second", [["", "Value", "Share", "Value", "Share"], ["", "Exports", "Imports", "Exports", "Imports"]]
)
def test_a_year_over_other_columns_than_periods_is_no_year(tmp_path: Path, second: Row) -> None:
    message = refusal(lambda: read(tmp_path, [["Country", "2023", "", "2024", ""], second]))
    assert f"(Country, 2023 {second[1]}, 2023 {second[2]}, 2024 {second[1]}, 2024 {second[2]})" in message


def test_the_columns_of_a_joined_header_may_be_named(tmp_path: Path) -> None:
    table = "Country,2023,,2024,\n,Exports,Imports,Exports,Imports\nJapan,1,2,3,4\n"
    columns = "".join(
        f'"{year} {flow}s" = {{ flow = "{flow}", period = "{year}" }}\n'
        for year in (2023, 2024)
        for flow in ("Export", "Import")
    )
    mapping = f'[columns]\npartner = "Country"\n[constants]\ncurrency = "USD"\n[wide.columns]\n{columns}'
    found = {(row["flow"], row["period"]): row["value"] for row in rows(own(tmp_path, table, mapping))}
    assert found == {("export", "2023"): 1, ("import", "2023"): 2, ("export", "2024"): 3, ("import", "2024"): 4}


@pytest.mark.parametrize("unit", ["US$ mn", "(million USD)", "million", "$ million", "Unit: million", "百万美元"])
def test_a_row_of_units_below_the_header_counts(tmp_path: Path, unit: str) -> None:
    assert read(tmp_path, [["Country", "2023", "2024"], ["", unit, unit]]) == {"A 2023": 10e6, "A 2024": 11e6}


def test_three_rows_of_header(tmp_path: Path) -> None:
    header = [["Country", "2024", ""], ["", "Q1", "Q2"], ["", "US$ mn", "US$ mn"]]
    assert read(tmp_path, header) == {"Q 2024-Q1": 10e6, "Q 2024-Q2": 11e6}


@pytest.mark.parametrize(
    ("currency", "line", "scale"),
    [
        ("USD", "Unit: million", 1e6), ("USD", "(In thousands)", 1e3), ("USD", "In millions of dollars", 1e6), ("USD", "Unit: $000", 1e3),
        ("CNY", "单位：亿元", 1e8), ("CNY", "单位：万元", 1e4), ("TWD", "單位：百萬元", 1e6), ("JPY", "Unit: ¥ million", 1e6), ("INR", "Unit: Rs crore", 1e7),
    ],
)  # fmt: skip
def test_a_line_of_the_unit_counts_above_and_below_the_table(
    tmp_path: Path, currency: str, line: str, scale: float
) -> None:
    header = [["Country", "2023", "2024"]]
    expected = {"A 2023": 10 * scale, "A 2024": 11 * scale}
    assert read(tmp_path, [[line], *header], currency) == expected
    assert read(tmp_path, header, currency, below=[[], [line], ["Source: customs"]]) == expected


@pytest.mark.parametrize("line", ["Unit: HK$ million", "Unit: ¥ million", "单位：万元人民币"])
def test_a_unit_of_another_currency_than_the_constant_is_refused_anywhere(tmp_path: Path, line: str) -> None:
    header = [["Country", "2023", "2024"]]
    assert refusal(lambda: read(tmp_path, [[line], *header]))
    assert refusal(lambda: read(tmp_path, header, below=[[line]]))


@pytest.mark.parametrize(
    ("text", "assumed", "currency"),
    [("$ million", "USD", "USD"), ("$ million", "AUD", "AUD"), ("$ million", "EUR", ""), ("亿元", "CNY", "CNY"), ("亿元", "USD", ""), ("HK$ million", "USD", "HKD")],
)  # fmt: skip
def test_a_sign_of_several_currencies_means_the_one_assumed(text: str, assumed: str, currency: str) -> None:
    try:
        found = money_units.read(text, assumed=assumed).currency
    except money_units.UnitUnclear:
        found = ""
    assert found == currency


@pytest.mark.parametrize("title", ["2024 (million)", "2024 US$ mn", "2024（百万）", "Exports in US$ million"])
def test_the_unit_may_stand_in_the_name_of_a_wide_column(tmp_path: Path, title: str) -> None:
    mapping = WIDE.format(currency="USD").split("[wide]")[0] + f'[wide.columns]\n"{title}" = {{ period = "2024" }}\n'
    assert [row["value"] for row in rows(own(tmp_path, f"Country,{title}\nJapan,5\n", mapping))] == [5e6]


def test_the_letter_of_a_month_is_no_scale(tmp_path: Path) -> None:
    assert read(tmp_path, [["Country", "2024-M01", "2024-M02"]]) == {"M 2024-01": 10, "M 2024-02": 11}


@pytest.mark.parametrize("powers", [("6", "6"), ("6.0", "6.0")])
def test_a_column_of_powers_of_ten_is_the_scale(tmp_path: Path, powers: tuple[str, str]) -> None:
    table = "Country,2024,UNIT_MULT\nJapan,5,{}\nFrance,6,{}\n".format(*powers)
    assert [row["value"] for row in rows(own(tmp_path, table, WIDE.format(currency="USD")))] == [5e6, 6e6]


def test_rows_of_two_powers_of_ten_are_refused(tmp_path: Path) -> None:
    table = "Country,2024,UNIT_MULT\nJapan,5,6\nFrance,6,3\n"
    message = refusal(lambda: own(tmp_path, table, WIDE.format(currency="USD")))
    assert "several scales (UNIT_MULT = " in message


@pytest.mark.parametrize(
    "title",
    [
        "Exports growth %",
        "Share of exports",
        "Exports (2015=100)",
        "Exports (tonnes)",
        "netWgt (kg)",
        "出口数量",
        "出口同比",
        "出口指数",
    ],
)
def test_a_column_that_is_no_money_is_refused(tmp_path: Path, title: str) -> None:
    mapping = MAPPING.replace('"Exports"', f'"{title}"')
    message = refusal(lambda: own(tmp_path, f"US$ million\nCountry,Year,{title}\nJapan,2024,5\n", mapping))
    assert f"'{title}' is a share, growth, an index or a quantity" in message


@pytest.mark.parametrize(
    ("above", "column", "cell"),
    [
        ("Unit: tonnes", "HS", "85"),
        ("Exports (2015=100)", "HS", "85"),
        ("出口价值指数", "HS", "85"),
        ("单位：万吨", "HS", "85"),
        ("", "Unit", "Tonnes"),
        ("", "Indicator", "Exports; volume index"),
    ],
)
def test_a_unit_that_is_no_money_refuses_a_table_without_any(
    tmp_path: Path, above: str, column: str, cell: str
) -> None:
    table = f"{above}\nCountry,Year,Exports,{column}\nJapan,2024,5,{cell}\n"
    assert "not an amount of money" in refusal(lambda: own(tmp_path, table))


@pytest.mark.parametrize("titles", ["Exports,Quantity,Unit", "Exports,Share of exports,Rank"])
def test_other_columns_than_that_of_values_may_be_quantities_and_shares(tmp_path: Path, titles: str) -> None:
    delivery = own(tmp_path, f"Country,Year,{titles}\nJapan,2024,5,6,tonnes\n")
    assert [row["value"] for row in rows(delivery)] == [5]


@pytest.mark.parametrize("title", ["Cumulative exports", "累计出口", "Exports YTD"])
def test_a_cumulative_column_is_no_month(tmp_path: Path, title: str) -> None:
    mapping, table = MAPPING.replace('"Exports"', f'"{title}"'), f"Country,Year,{title}\nJapan,2024-05,5\n"
    assert 'set freq = "YTD" under [period]' in refusal(lambda: own(tmp_path, table, mapping))
    (row,) = rows(own(tmp_path, table, mapping + '[period]\nfreq = "YTD"\n'))
    assert (row["freq"], row["period"]) == ("YTD", "2024-05")
