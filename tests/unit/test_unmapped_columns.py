"""A column that a mapping leaves out and that contradicts how its rows are read refuses the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.published_files import notes, own, refusal, values
from trade.sources.tables.flows import find_flow

pytestmark = pytest.mark.usefixtures("readers_here")
MAPPING = """
[columns]
partner = "Country"
{period}
value = "{value}"

[constants]
flow = "export"
currency = "USD"
{constant}
"""


def table(
    folder: Path, column: str, cell: str, value: str = "Value", constant: str = "", period: str = 'period = "Year"'
) -> dict[str, float]:
    """A table of two rows, the second with `cell` in a column that the mapping leaves out."""
    text = f"Country,Year,{value},{column}\nJapan,2024,5,\nFrance,2024,6,{cell}\n"
    return values(own(folder, text, MAPPING.format(value=value, constant=constant, period=period)))


@pytest.mark.parametrize(
    ("column", "cell", "read_as"),
    [
        ("Reporter", "Germany", "reporter CHN"), ("REF_AREA", "DEU", "reporter CHN"), ("报告国", "德国", "reporter CHN"),
        ("Trade Flow", "Imports", "flow export"), ("flowCode", "M", "flow export"), ("FLOW", "1", "flow export"), ("进出口", "进口", "flow export"),
        ("flowDesc", "Re-export", "flow export"), ("Type", "Imports", "flow export"),
        ("Frequency", "Monthly", "freq A"), ("Period", "2024-01", "period 2024"), ("refPeriod", "2023", "period 2024"),
    ],
)  # fmt: skip
def test_a_column_that_says_something_else_is_named_with_its_row(
    tmp_path: Path, column: str, cell: str, read_as: str
) -> None:
    message = refusal(lambda: table(tmp_path, column, cell))
    assert message.startswith(
        f"table.csv, row 3: the column '{column}' has '{cell}', but the row is read as {read_as}:"
    )


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Reporter", "China"), ("REF_AREA", "CHN"), ("Reporter Code", "156"), ("Reporting period", "January"), ("Trade Flow", "Exports"), ("flowCode", "X"),
        ("FLOW", "2"), ("Frequency", "Annual"), ("Period", "2024"), ("refMonth", "52"), ("Release year", "2026"), ("Grade", "M"), ("HS", "85"),
    ],
)  # fmt: skip
def test_a_column_that_agrees_or_says_nothing_of_the_row_is_left_out(tmp_path: Path, column: str, cell: str) -> None:
    assert table(tmp_path, column, cell) == {"JPN": 5, "FRA": 6}


def test_a_column_of_months_beside_the_year_is_no_year(tmp_path: Path) -> None:
    message = refusal(lambda: table(tmp_path, "Month", "10"))
    assert "row 3: the column 'Month' has '10', but the row is read as the year 2024" in message
    remedy = '[wide.columns]\nValue = { period = "{Year}-{Month}" }'
    assert remedy.rpartition("= ")[2].strip(" }") in message
    mapping = f'[columns]\npartner = "Country"\n[constants]\nflow = "export"\ncurrency = "USD"\n{remedy}\n'
    delivery = own(tmp_path, "Country,Year,Value,Month\nJapan,2024,5,9\nJapan,2024,6,10\n", mapping)
    assert delivery.tables[0].rows["period"].to_pylist() == ["2024-09", "2024-10"]


def test_a_constant_is_compared_too(tmp_path: Path) -> None:
    message = refusal(lambda: table(tmp_path, "Partner", "Italy", constant='period = "2023"', period=""))
    assert "row 2: the column 'Year' has '2024', but the row is read as period 2023" in message


@pytest.mark.parametrize("value", ["Imports", "Imports (US$)", "进口额", "进出口总额", "Exports and imports"])
def test_a_column_of_values_named_after_another_flow_is_refused(tmp_path: Path, value: str) -> None:
    assert f"the column '{value}' has" in refusal(lambda: table(tmp_path, "HS", "85", value))


@pytest.mark.parametrize("value", ["Exports", "出口额", "Value", "Total value of exports"])
def test_a_column_of_values_may_be_named_after_its_flow(tmp_path: Path, value: str) -> None:
    assert table(tmp_path, "HS", "85", value) == {"JPN": 5, "FRA": 6}


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    text = "Country,Year,Value,Product,Quantity\nJapan,2024,5,Cars,1\nFrance,2024,6,Cars,2\n"
    assert "Columns not read: Product (Cars), Quantity." in notes(
        own(tmp_path, text, MAPPING.format(value="Value", constant="", period='period = "Year"'))
    )


def test_a_column_of_currencies_is_read_however_many_it_names(tmp_path: Path) -> None:
    rows = "".join(f"{name},2024,5,{code}\n" for name, code in [("Japan", "JPY"), ("France", "EUR"), ("Italy", "GBP"), ("Peru", "KRW")])  # fmt: skip
    message = refusal(
        lambda: own(
            tmp_path,
            f"Country,Year,Value,Currency\n{rows}",
            MAPPING.format(value="Value", constant="", period='period = "Year"'),
        )
    )
    assert "several currencies" in message


def test_a_unit_of_quantities_is_no_scale_of_the_value(tmp_path: Path) -> None:
    assert table(tmp_path, "Quantity unit", "thousand") == {"JPN": 5, "FRA": 6}
    assert table(tmp_path, "qtyUnitAbbr", "m²") == {"JPN": 5, "FRA": 6}


@pytest.mark.parametrize(
    "other", ["Re-export", "RX", "Domestic exports", "Trade balance", "Total trade", "进出口总额", "差额", "转口"]
)
def test_rows_of_other_flows_are_left_out_and_counted(tmp_path: Path, other: str) -> None:
    text = f"Country,Year,Value,Flow\nJapan,2024,5,Export\nJapan,2024,4,{other}\nFrance,2024,6,出口\n"
    mapping = MAPPING.replace('flow = "export"\n', "").replace("{period}", 'period = "Year"\nflow = "Flow"')
    delivery = own(tmp_path, text, mapping.format(value="Value", constant=""))
    assert values(delivery) == {"JPN": 5, "FRA": 6}
    assert not delivery.refused
    assert f"left out ({other})" in notes(delivery)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (
            "Imports of goods by country",
            "row 1: the title says 'Imports of goods by country', but the rows are read as flow",
        ),
        ("进口商品国别总值表", "row 1: the title says '进口商品国别总值表'"),
        ("Exports of goods by country", ""),
        ("Imports and exports: exports by country", ""),
        ("进出口商品国别总值表", ""),
        ("Trade by country", ""),
    ],
)
def test_a_title_that_names_the_other_flow_alone_refuses_the_table(tmp_path: Path, title: str, said: str) -> None:
    mapping = MAPPING.format(value="Value", constant="", period='period = "Year"')
    message = refusal(lambda: own(tmp_path, f"{title},,\n,,\nCountry,Year,Value\nJapan,2024,5\n", mapping))
    assert said in message
    assert bool(said) == bool(message)


@pytest.mark.parametrize(
    ("cells", "currency", "taken"),
    [
        ('"$1,200"|"US$ 60.5"', "USD", {"JPN": 1200, "FRA": 60.5}),
        ('"1.200,50 €"|"€ 3,25"', "EUR", {"JPN": 1200.5, "FRA": 3.25}),
        ('"¥1,200"|"￥5"', "JPY", {"JPN": 1200, "FRA": 5}),
    ],
)
def test_figures_may_have_the_sign_of_their_currency(
    tmp_path: Path, cells: str, currency: str, taken: dict[str, float]
) -> None:
    mapping = MAPPING.format(value="Value", constant="", period='period = "Year"').replace("USD", currency)
    japan, france = cells.split("|")
    assert values(own(tmp_path, f"Country,Year,Value\nJapan,2024,{japan}\nFrance,2024,{france}\n", mapping)) == taken


@pytest.mark.parametrize(("cell", "sign"), [("€1,200", "EUR"), ("HK$1,200", "HKD"), ("¥1,200", "'¥'")])
def test_the_sign_of_another_currency_refuses_the_table(tmp_path: Path, cell: str, sign: str) -> None:
    mapping = MAPPING.format(value="Value", constant="", period='period = "Year"')
    text = f'Country,Year,Value\nJapan,2024,"{cell}"\n'
    message = refusal(lambda: own(tmp_path, text, mapping))
    assert f"the values are read as USD, but '{cell}' has the sign of {sign.strip(chr(39))}" in message


def test_other_flows_are_no_constant(tmp_path: Path) -> None:
    mapping = MAPPING.format(value="Value", constant="", period='period = "Year"').replace('"export"', '"total"')
    assert "the constant flow is 'total'" in refusal(
        lambda: own(tmp_path, "Country,Year,Value\nJapan,2024,5\n", mapping)
    )


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("1: IMPORT", "import"),
        ("2: EXPORT", "export"),
        ("X - Exports", "export"),
        ("re-export", ""),
        ("1 - Re-imports", ""),
        ("2", ""),
    ],
)
def test_a_number_or_letter_may_stand_before_the_name_of_a_flow(text: str, flow: str) -> None:
    assert find_flow(text) == flow
