"""Ordinary files with a trap in each: read correctly, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.support import customs_files
from tests.support.published_files import MAPPING, notes, own, read, refusal, rows, values
from trade.errors import TradeError
from trade.ingest import file_deliveries

pytestmark = pytest.mark.usefixtures("readers_here")

NO_CURRENCY = MAPPING.replace('currency = "USD"\n', "")
WIDE = '[columns]\npartner = "Country"\n[constants]\nflow = "export"\ncurrency = "USD"\n'
TITLE = "（4）2026年8月进出口商品主要国别（地区）总值表（人民币值）"
UNIT = "单位：亿元人民币"
HEAD = """进口原产国（地）,进出口,,出口,,进口,,1至8月累计比去年同期±％,,
出口最终目的国（地）,8月,1至8月,8月,1至8月,8月,1至8月,进出口,出口,进口
"""
BODY = """总值,46000.5,347000.2,27000.3,201500.2,19000.2,145500.0,17.3,14.0,22.0
美国,2900.0,25000.0,2000.0,18000.0,900.0,7000.0,-5.5,-6.6,-1.2
东南亚国家联盟,7000.0,52000.0,4000.0,32000.0,3000.0,20000.0,9.0,8.0,7.0
"""


def exports(*cells: str) -> str:
    """A CSV table of a user's own with a row of exports for each value (at most six)."""
    names = ("Japan", "France", "Italy", "Spain", "Peru", "Chile")
    return "Country,Year,Exports\n" + "".join(
        f'{name},2024,"{cell}"\n' for name, cell in zip(names, cells, strict=False)
    )


def customs(folder: Path, title: str = TITLE, unit: str = UNIT, head: str = HEAD, body: str = BODY) -> Path:
    path = folder / "table.csv"
    path.write_text(f"{title}\n{unit}\n{head}{body}", encoding="utf-8")
    return path


def printed(path: Path, mapping: Path | None = None) -> dict[tuple[str, str, str], float]:
    """The printed figures by (item, freq, flow)."""
    return {(row["item"], row["freq"], row["flow"]): float(row["printed"]) for row in rows(read(path, mapping))}


# --- currencies and scales


@pytest.mark.parametrize(
    ("line", "currency", "scale"),
    [
        ("Unit: HK$ million", "HKD", 1e6), ("單位：港幣百萬元", "HKD", 1e6), ("NT$ thousand", "TWD", 1e3), ("单位：10亿美元", "USD", 1e9),
        ("单位:万美元", "USD", 1e4), ("(千美元)", "USD", 1e3), ("单位：亿日元", "JPY", 1e8), ("百万円", "JPY", 1e6), ("triệu USD", "USD", 1e6),
        ("млн долл. США", "USD", 1e6), ("백만원", "KRW", 1e6), ("In thousands of US dollars", "USD", 1e3), ("US$ bn", "USD", 1e9),
    ],
)  # fmt: skip
def test_a_unit_above_the_table_counts(tmp_path: Path, line: str, currency: str, scale: float) -> None:
    delivery = own(tmp_path, f'"{line}",,\n{exports("1.5", "2", "3")}', NO_CURRENCY)
    assert values(delivery) == {"JPN": 1.5 * scale, "FRA": 2 * scale, "ITA": 3 * scale}
    assert {row["currency"] for row in rows(delivery)} == {currency}


@pytest.mark.parametrize(
    "line",
    ["$ million", "万元", "mil. USD", "兆円", "100 million pesos", "US$ per kg", "Rs crore", "USD or EUR million"],
)
def test_a_unit_of_several_meanings_is_asked_for(tmp_path: Path, line: str) -> None:
    message = refusal(lambda: own(tmp_path, f'"{line}",,\n{exports("1.5", "2", "3")}', NO_CURRENCY))
    assert "unit = " in message
    assert "mapping file" in message


def test_a_column_of_two_scales_is_refused(tmp_path: Path) -> None:
    table = "Country,Year,Exports,Unit\nJapan,2024,1,USD million\nFrance,2024,2,USD thousand\n"
    assert "several scales" in refusal(lambda: own(tmp_path, table, NO_CURRENCY))


def test_of_two_columns_of_values_the_one_that_is_named_counts_with_its_unit(tmp_path: Path) -> None:
    table = "Country,Year,Value (USD mn),Value (CNY 100 mn)\nJapan,2024,10,0.7\nFrance,2024,20,1.4\n"
    for column, expected in (("Value (USD mn)", 10e6), ("Value (CNY 100 mn)", 0.7e8)):
        assert values(own(tmp_path, table, NO_CURRENCY.replace("Exports", column)))["JPN"] == expected


def test_a_currency_that_contradicts_the_mapping_is_refused(tmp_path: Path) -> None:
    table = exports("1", "2").replace("Exports", "Exports (HK$ million)")
    mapping = MAPPING.replace('"Exports"', '"Exports (HK$ million)"')
    assert "HKD" in refusal(lambda: own(tmp_path, table, mapping))


# --- numbers


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1'234'567.5", "1'000"), (1234567.5, 1000.0)), (("1\u202f234\u202f567", "1\u2009000"), (1234567.0, 1000.0)), (("１，２００", "900"), (1200.0, 900.0)),
        (("1.2E+09", "6e8"), (1.2e9, 6e8)), (("1,200.50", "900"), (1200.5, 900.0)), (("0", "5"), (0.0, 5.0)),
    ],
)  # fmt: skip
def test_marks_of_thousands_of_every_kind(tmp_path: Path, cells: tuple[str, ...], expected: tuple[float, ...]) -> None:
    assert tuple(values(own(tmp_path, exports(*cells))).values()) == expected


@pytest.mark.parametrize(
    "cells",
    [
        ("12,34,567", "1,00,000"),
        ("~100", "<5"),
        ("1.2 bn", "60 mn"),
        ("12.5亿", "3000万"),
        ("10%", "60%"),
        ("#DIV/0!", "#REF!"),
    ],
)
def test_what_is_no_plain_number_is_refused_by_row(tmp_path: Path, cells: tuple[str, ...]) -> None:
    message = refusal(lambda: own(tmp_path, exports(*cells)))
    assert "not a number" in message
    assert "row 2" in message


def test_a_decimal_comma_is_read_where_the_column_proves_it(tmp_path: Path) -> None:
    delivery = own(tmp_path, "Country;Year;Exports\nJapan;2024;1.234.567,50\nFrance;2024;999,5\n")
    assert values(delivery) == {"JPN": 1234567.5, "FRA": 999.5}
    assert "1.234.567,50" in notes(delivery)


# --- periods


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("2024Q1", "2024-Q2", "Q3 2024"), {("Q", "2024-Q1"), ("Q", "2024-Q2"), ("Q", "2024-Q3")}), (("民國113年5月", "民國113年6月"), {("M", "2024-05"), ("M", "2024-06")}),
        (("2024年1-2月", "2024年3月"), {("YTD", "2024-02"), ("M", "2024-03")}), (("45292", "45323"), {("M", "2024-01"), ("M", "2024-02")}),
        (("2024.01", "2024.1"), {("M", "2024-01"), ("M", "2024-10")}), (("Jan-24", "Feb-24"), {("M", "2024-01"), ("M", "2024-02")}),
    ],
)  # fmt: skip
def test_periods_in_a_column(tmp_path: Path, texts: tuple[str, ...], expected: set[tuple[str, str]]) -> None:
    table = "Country,Year,Exports\n" + "".join(f"Japan,{text},{at}\n" for at, text in enumerate(texts, 1))
    assert {(row["freq"], row["period"]) for row in rows(own(tmp_path, table))} == expected


@pytest.mark.parametrize(("freq", "text"), [("A", "2024-05"), ("M", "2024Q2"), ("Q", "2024-05"), ("YTD", "2024")])
def test_a_frequency_that_the_period_contradicts_is_refused(tmp_path: Path, freq: str, text: str) -> None:
    mapping = MAPPING.replace('currency = "USD"', f'currency = "USD"\nfreq = "{freq}"')
    assert f"freq {freq}" in refusal(lambda: own(tmp_path, f"Country,Year,Exports\nJapan,{text},1\n", mapping))


def test_quarters_as_columns(tmp_path: Path) -> None:
    delivery = own(tmp_path, "Country,2024Q1,2024Q2,2024 Q3\nJapan,1,2,3\nFrance,4,5,\n", WIDE)
    figures = {(row["partner"], row["period"]): row["value"] for row in rows(delivery)}
    assert figures == {
        ("JPN", "2024-Q1"): 1, ("JPN", "2024-Q2"): 2, ("JPN", "2024-Q3"): 3, ("FRA", "2024-Q1"): 4, ("FRA", "2024-Q2"): 5,
    }  # fmt: skip


def test_months_and_their_year_as_columns_stay_apart(tmp_path: Path) -> None:
    delivery = own(tmp_path, "Country,Jan-24,Feb-24,2024\nJapan,1,2,3\n", WIDE)
    assert [(row["freq"], row["value"]) for row in rows(delivery)] == [("M", 1), ("M", 2), ("A", 3)]


def test_a_column_of_growth_beside_years_is_no_year(tmp_path: Path) -> None:
    delivery = own(tmp_path, "Country,2022,2023,2023/2022 %\nJapan,1,2,100\n", WIDE)
    assert [(row["period"], row["value"]) for row in rows(delivery)] == [("2022", 1), ("2023", 2)]


# --- partners


def test_china_among_the_partners_of_its_exports_is_impossible(tmp_path: Path) -> None:
    table = "Country,Year,Exports\nChina,2024,100\nJapan,2024,60\n"
    (warning,) = own(tmp_path, table).warnings
    assert "CHN is among the partners" in str(warning)
    assert "CHN" in warning.text("zh")
    imports = table.replace("Exports", "Imports"), MAPPING.replace("export", "import").replace("Exports", "Imports")
    assert own(tmp_path, *imports).warnings == [], "re-imports exist"


def test_growth_that_the_values_contradict_is_impossible(tmp_path: Path) -> None:
    mapping = MAPPING.replace('value = "Exports"', 'value = "Exports"\ngrowth_pct = "Growth"')
    head = "Country,Year,Exports,Growth\n"
    (warning,) = own(tmp_path, f"{head}Japan,2024,100,50\nJapan,2023,90,5\nFrance,2024,60,1\n", mapping).warnings
    assert "+11.1%" in str(warning)
    assert "+50.0%" in str(warning)
    assert own(tmp_path, f"{head}Japan,2024,100,11.1\nJapan,2023,90,5\n", mapping).warnings == []


def test_groups_and_the_world_are_left_out_and_named(tmp_path: Path) -> None:
    table = "Country,Year,Exports\nWorld,2024,100\nEuropean Union,2024,30\nASEAN,2024,30\nSub-Saharan Africa,2024,5\nJapan,2024,60\n"
    delivery = own(tmp_path, table)
    assert values(delivery) == {"JPN": 60}
    assert "World, European Union, ASEAN, Sub-Saharan Africa" in notes(delivery)


def test_a_table_that_loses_most_of_its_amount_is_refused(tmp_path: Path) -> None:
    small = "".join(f"{name},2024,3\n" for name in ("France", "Italy", "Spain", "Peru", "Chile"))
    message = refusal(lambda: own(tmp_path, f"Country,Year,Exports\nOther Asia nes,2024,100\n{small}"))
    assert "1 of 6 rows" in message
    assert "Taiwan" in message


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nga", "RUS"),
        ("NGA", "NGA"),
        ("Áo", "AUT"),
        ("AO", "AGO"),
        ("EL", "GRC"),
        ("UK", "GBR"),
        ("阿根廷共和国", "ARG"),
    ],
)
def test_a_name_is_not_taken_for_a_code_nor_a_code_for_a_name(tmp_path: Path, name: str, code: str) -> None:
    assert set(values(own(tmp_path, f"Country,Year,Exports\n{name},2024,1\n"))) == {code}


# --- layouts and encodings


def test_a_header_that_is_printed_again_is_no_row(tmp_path: Path) -> None:
    delivery = own(tmp_path, "Country,Year,Exports\nJapan,2024,100\nCountry,Year,Exports\nFrance,2024,60\n")
    assert values(delivery) == {"JPN": 100, "FRA": 60}
    assert not delivery.refused


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("t.tsv", "Country\tYear\tExports\nJapan\t2024\t100\n"), ("t.txt", "Country;Year;Exports\nJapan;2024;100\n"),
        ("t.csv", "sep=;\nCountry;Year;Exports\nJapan;2024;100\n"), ("t.csv", "A title\n\nCountry|Year|Exports\nJapan|2024|100\n"),
        ("t.csv", 'Country,Year,Exports\n"Japan\n",2024,100\nSource: customs,,\n'),
    ],
)  # fmt: skip
def test_cells_may_be_parted_by_any_usual_sign(tmp_path: Path, name: str, table: str) -> None:
    assert values(own(tmp_path, table, name=name)) == {"JPN": 100}


@pytest.mark.parametrize("name", ["TÃ¼rkiye", "T\ufffdrkiye", "鍦熻€冲叾鏃ユ湰", "ÈÕ±¾\x80"])
def test_text_that_was_spoilt_before_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(lambda: own(tmp_path, f"Country,Year,Exports\n{name},2024,5\nJapan,2024,1\n"))


def test_a_workbook_with_a_title_a_gap_and_two_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active["B2"] = "Exports of China by country"
    sheet = book.create_sheet("Data")
    for at, line in enumerate(
        [["Exports, US$ million"], [], ["Country", "Year", "Exports"], ["Japan", 2024, 1.5], ["France", 2024, 2]]
    ):
        for column, cell in enumerate(line):
            sheet.cell(row=3 + at, column=2 + column, value=cell)
    book.save(tmp_path / "book.xlsx")
    (tmp_path / "map.toml").write_text(NO_CURRENCY, encoding="utf-8")
    delivery = read(tmp_path / "book.xlsx", tmp_path / "map.toml", "ours")
    assert values(delivery) == {"JPN": 1.5e6, "FRA": 2e6}


# --- tables of customs


def test_a_table_of_customs_is_read(tmp_path: Path) -> None:
    figures = printed(customs(tmp_path))
    assert figures["Goods trade", "M", "export"] == 27000.3
    assert figures["USA", "YTD", "import"] == 7000.0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unit": "单位：亿港元"}, "the title says CNY and the unit HKD"), ({"unit": ""}, "names no unit"), ({"title": TITLE.replace("人民币", "美元")}, "the title says USD"),
        ({"title": TITLE.replace("8月", "7月")}, "month 7 and a column says month 8"), ({"title": TITLE.replace("（4）", "越南")}, "越南"),
        ({"body": BODY.replace("美国,2900.0", "美国,3900.0")}, "row 6"), ({"body": BODY + "火星,10,20,6,12,4,8,1,1,1\n"}, "火星"),
        ({"body": BODY.replace("2000.0", "-2000.0").replace("2900.0", "-1100.0")}, "negative"), ({"body": BODY.replace("2000.0", "2,000.0.1")}, "row 6"),
        ({"body": BODY.splitlines()[0]}, "without parts"), ({"title": "某表"}, "not recognised as a customs table"),
    ],
)  # fmt: skip
def test_a_table_of_customs_that_contradicts_itself_is_refused(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    assert message in refusal(lambda: read(customs(tmp_path, **change)))


@pytest.mark.parametrize(
    ("change", "key", "expected"),
    [
        ({"body": BODY.replace("2900.0", "２９００．０")}, ("USA", "M", "total"), 2900.0), ({"body": BODY.replace("美国", "　　美国*")}, ("USA", "M", "export"), 2000.0),
        ({"body": BODY.replace("东南亚国家联盟", "其中：东盟①")}, ("asean", "M", "export"), 4000.0), ({"body": BODY.replace("-5.5", "-").replace("-1.2", "—")}, ("USA", "M", "import"), 900.0),
        ({"body": BODY.replace("27000.3", '"27,000.3"').replace("347000.2", "347\u00a0000.2")}, ("Goods trade", "M", "export"), 27000.3),
        ({"body": BODY + "注：1. 本表数据为初步数。,,,,,,,,,\n"}, ("USA", "YTD", "export"), 18000.0),
        ({"title": TITLE.replace("8月", "1至2月"), "head": HEAD.replace("1至8月", "1至2月").replace("8月", "2月")}, ("USA", "YTD", "export"), 18000.0),
    ],
)  # fmt: skip
def test_what_printing_adds_to_a_table_of_customs(
    tmp_path: Path, change: dict[str, str], key: tuple[str, str, str], expected: float
) -> None:
    assert printed(customs(tmp_path, **change))[key] == expected


SIDE_BY_SIDE = {
    "units above": "（1）2026年8月进出口商品总值表\n,,,,,\n项目,亿元人民币,,亿美元,,\n,8月,1至8月,8月,1至8月\n进出口总值,46000.5,347000.2,6400.1,48000.2\n"
    "出口总值,27000.3,201500.2,3750.0,28000.0\n进口总值,19000.2,145500.0,2650.1,20000.2\n",
    "units within": "（1）2026年8月进出口商品总值表\n单位：亿元人民币、亿美元,,,,\n项目,8月,,1至8月,\n,人民币,美元,人民币,美元\n"
    "进出口总值,46000.5,6400.1,347000.2,48000.2\n出口总值,27000.3,3750.0,201500.2,28000.0\n进口总值,19000.2,2650.1,145500.0,20000.2\n",
    "units of flows": "2026年8月进出口商品主要国别（地区）总值表\n进口原产国（地）,出口（亿元人民币）,,出口（亿美元）,,进口（亿元人民币）,,进口（亿美元）,\n"
    "出口最终目的国（地）,8月,1至8月,8月,1至8月,8月,1至8月,8月,1至8月\n总值,27000.3,201500.2,3750.0,28000,19000.2,145500.0,2650.1,20000.2\n"
    "美国,2000.0,18000.0,280,2500,900.0,7000.0,120,1000\n",
}  # fmt: skip


@pytest.mark.parametrize("form", SIDE_BY_SIDE)
@pytest.mark.parametrize(("unit", "exported", "imported"), [("", 27000.3, 145500.0), ("亿美元", 3750.0, 20000.2)])
def test_yuan_and_dollars_side_by_side(tmp_path: Path, form: str, unit: str, exported: float, imported: float) -> None:
    path, mapping = tmp_path / "table.csv", tmp_path / "map.toml"
    path.write_text(SIDE_BY_SIDE[form], encoding="utf-8")
    mapping.write_text(f'unit = "{unit}"\n', encoding="utf-8")
    figures = printed(path, mapping if unit else None)
    assert figures["Goods trade", "M", "export"] == exported
    assert figures["Goods trade", "YTD", "import"] == imported
    assert unit or "columns in USD are not imported" in notes(read(path))


@pytest.mark.parametrize(
    ("columns", "world", "usa", "growths"),
    [
        ("8月,同比%,1至8月,同比%", "27000.3,3.1,201500.2,14.0", "2000.0,-4.4,18000.0,-6.6", {"M": -4.4, "YTD": -6.6}),
        ("1至8月,同比%,8月,同比%", "201500.2,14.0,27000.3,3.1", "18000.0,-6.6,2000.0,-4.4", {"M": -4.4, "YTD": -6.6}),
        ("8月,1至8月,同比%", "27000.3,201500.2,14.0", "2000.0,18000.0,-6.6", {"M": None, "YTD": -6.6}),
        ("1至8月,8月,同比%", "201500.2,27000.3,14.0", "18000.0,2000.0,-6.6", {"M": None, "YTD": -6.6}),
        ("8月,同比%", "27000.3,3.1", "2000.0,-4.4", {"M": -4.4}),
    ],
)
def test_a_growth_without_a_span_is_of_the_figures_to_its_left_if_each_has_one(
    tmp_path: Path, columns: str, world: str, usa: str, growths: dict[str, float | None]
) -> None:
    head = f"国别,出口{',' * columns.count(',')}\n,{columns}\n"
    delivery = read(customs(tmp_path, head=head, body=f"总值,{world}\n美国,{usa}\n"))
    assert {row["freq"]: row["growth_pct"] for row in rows(delivery) if row["item"] == "USA"} == growths


def test_growth_on_a_year_and_on_a_month_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        f"（1）2026年8月进出口商品总值表（人民币值）\n{UNIT}\n项目,8月,,,1至8月,\n,金额,同比±%,环比±%,金额,同比±%\n"
        "进出口总值,46000.5,17.3,2.1,347000.2,15.0\n出口总值,27000.3,14.0,1.5,201500.2,12.0\n进口总值,19000.2,22.0,3.0,145500.0,19.0\n",
        encoding="utf-8",
    )
    figures = {(row["freq"], row["flow"]): (row["printed"], row["growth_pct"]) for row in rows(read(path))}
    assert figures["M", "export"] == ("27000.3", 14.0)
    assert figures["YTD", "import"] == ("145500", 19.0)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ('<html><body><h1>{title}</h1><img src="data:image/png;base64,AAAA"></body></html>', "picture"),
        (
            '<html><body><table><tr><td>{title}</td></tr><tr><td><img src="a.png"></td></tr></table></body></html>',
            "picture",
        ),
        ("<html><body><h1>{title}</h1></body></html>", ""),
    ],
)
def test_a_page_without_figures_is_refused(tmp_path: Path, page: str, message: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page.format(title=TITLE), encoding="utf-8")
    sentence = refusal(lambda: read(path))
    assert sentence
    assert message in sentence


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "split", ["{0}<span>{1}</span>", "<p>{0}<b>{1}</b></p>", "<span>{0}</span><span>{1}</span>", "{0}<!-- x -->{1}"]
)
def test_a_page_whose_text_is_in_pieces(tmp_path: Path, split: str, encoding: str) -> None:
    lines = [[TITLE], [UNIT], *(line.split(",") for line in (HEAD + BODY).splitlines())]
    cells = "".join(
        "<tr>" + "".join(f"<td>{split.format(cell[:2], cell[2:])}</td>" for cell in line) + "</tr>" for line in lines
    )
    path = tmp_path / "page.html"
    path.write_bytes(f"<html><body><p>发布时间：2026-09-09</p><table>{cells}</table></body></html>".encode(encoding))
    assert printed(path)["USA", "M", "export"] == 2000.0
    assert read(path).vintage == "2026-09-09"


# --- the releases of a year, month for month

EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def english(month: int) -> str:
    """Table (4) as the English site prints it; in January the month is the year to date."""
    spans = ["Jan"] if month == 1 else [str(month), f"1- to-{month}"]
    growth = "Year-on-Year ( ± %)" if month == 1 else f"1-to-{month} Total Year-on-Year ( ± %)"
    flows = ("Export & Import", "Export", "Import")
    head = ["Import Source", *(cell for flow in flows for cell in [flow, *[""] * (len(spans) - 1)]), growth, "", ""]
    under = ["Export Destination", *(span for _ in flows for span in spans), *flows]
    rows_of = {"Total": (46.5, 27.3, 19.2), "United States (US)": (2.9, 2.0, 0.9), "R. O. Korea": (2.7, 1.0, 1.7)}
    lines = [
        [f"(4) China's Total Export & Import Values by Country/Region, {EN[month - 1]} 2025 (in CNY)"],
        ["Unit: CNY 100 Million"],
        head,
        under,
    ]
    for label, figures in rows_of.items():
        amounts = [f"{figure * times:.1f}" for figure in figures for times in ((1,) if month == 1 else (1, month))]
        lines.append([label, *amounts, "1.0", "2.0", "3.0"])
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    return f"<html><body><p>2026/01/14</p><table>{cells}</table></body></html>"


def chinese(month: int) -> str:
    """The table of `english`, as the Chinese site prints it."""
    spans = ["1月"] if month == 1 else [f"{month}月", f"1至{month}月"]
    flows = ("进出口", "出口", "进口")
    head = [
        "进口原产国（地）",
        *(cell for flow in flows for cell in [flow, *[""] * (len(spans) - 1)]),
        f"{spans[-1]}比去年同期±％" if month == 1 else f"1至{month}月累计比去年同期±％",
        "",
        "",
    ]
    under = ["出口最终目的国（地）", *(span for _ in flows for span in spans), *flows]
    lines = [[f"（4）2025年{month}月进出口商品主要国别（地区）总值表（人民币值）"], ["单位：亿元人民币"], head, under]
    for label, figures in {"总值": (46.5, 27.3, 19.2), "美国": (2.9, 2.0, 0.9), "韩国": (2.7, 1.0, 1.7)}.items():
        amounts = [f"{figure * times:.1f}" for figure in figures for times in ((1,) if month == 1 else (1, month))]
        lines.append([label, *amounts, "1.0", "2.0", "3.0"])
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("release", [english, chinese])
def test_the_releases_of_every_month_need_no_mapping(tmp_path: Path, release: Callable[[int], str], month: int) -> None:
    path = tmp_path / ("table.html" if release is english else "table.csv")
    path.write_text(release(month), encoding="utf-8")
    delivery = read(path)
    periods = {(row["freq"], row["period"]) for row in rows(delivery)}
    expected = {("M", f"2025-{month:02d}"), ("YTD", f"2025-{month:02d}")} | ({("A", "2025")} if month == 12 else set())
    assert periods == expected - ({("YTD", "2025-01")} if month == 1 and ("YTD", "2025-01") not in periods else set())
    figures = {
        (row["item"], row["freq"], row["flow"]): float(row["printed"]) for row in rows(delivery) if row["printed"]
    }
    assert figures["Goods trade", "M", "export"] == 27.3
    assert figures["KOR", "M", "import"] == 1.7
    if month > 1:
        assert figures["USA", "YTD", "export"] == pytest.approx(2.0 * month)


# --- columns of customs' tables


def totals(folder: Path, month: str, through: str, growth: str = "1至8月累计比去年同期±％") -> dict:
    head = (
        HEAD.replace("1至8月累计比去年同期±％", growth)
        .replace(",8月", f",{month}")
        .replace(",1至8月,", f",{through},")
        .replace(",1至8月\n", f",{through}\n")
    )
    return {(row["item"], row["freq"], row["flow"]): row for row in rows(read(customs(folder, head=head)))}


@pytest.mark.parametrize(
    ("month", "through"),
    [
        ("2026年8月", "2026年1-8月"), ("8月", "1-8月"), ("8月", "1~8月"), ("8月", "1—8月"), ("8月", "1–8月"), ("8月", "1月-8月"),
        ("8月", "1月至8月"), ("8 月", "1 至 8 月"), ("当月", "1至当月"), ("8月", "前8个月"), ("八月", "一至八月"), ("2026.08", "2026.01-08"),
        ("2026-08", "2026-01至2026-08"), ("Aug", "Jan–Aug"), ("Aug", "Accumulated"), ("本月", "本年累计"),
    ],
)  # fmt: skip
def test_the_month_and_january_to_it_are_told_apart_in_any_spelling(tmp_path: Path, month: str, through: str) -> None:
    figures = totals(tmp_path, month, through)
    assert float(figures["Goods trade", "M", "export"]["printed"]) == 27000.3
    assert float(figures["Goods trade", "YTD", "export"]["printed"]) == 201500.2
    assert figures["Goods trade", "M", "export"]["growth_pct"] is None
    assert figures["Goods trade", "YTD", "export"]["growth_pct"] == 14.0


def test_a_column_that_does_not_say_its_span_refuses_the_table(tmp_path: Path) -> None:
    message = refusal(lambda: totals(tmp_path, "8月", "7-8月"))
    assert "column 3" in message
    assert "1至8月" in message


def test_a_header_of_another_year_than_the_title_is_refused(tmp_path: Path) -> None:
    head = HEAD.replace("8月,", "2026年8月,")
    message = refusal(lambda: read(customs(tmp_path, TITLE.replace("2026", "2025"), head=head)))
    assert "2025" in message
    assert "2026" in message


@pytest.mark.parametrize("growth", ["累计比重(%)", "占比％", "累计比去年同期增减额", "Share of total (%)"])
def test_shares_and_changes_of_amount_are_no_growth(tmp_path: Path, growth: str) -> None:
    path = customs(tmp_path, head=HEAD.replace("1至8月累计比去年同期±％", growth))
    assert {row["growth_pct"] for row in rows(read(path))} == {None}
    assert "columns 8, 9, 10" in notes(read(path))


def test_trade_exports_and_imports_may_be_named_as_amounts(tmp_path: Path) -> None:
    head = HEAD.replace("进出口,,出口,,进口,", "贸易额,,出口额,,进口额,")
    assert printed(customs(tmp_path, head=head)) == printed(customs(tmp_path))


@pytest.mark.parametrize(
    ("cell", "value"),
    [("2000.0²", 2000.0), ("2000.0①", 2000.0), ("2000.0 *", 2000.0), ("2000.0⁽¹⁾", 2000.0), ("-①", None), ("—②", None)],
)
def test_a_footnote_mark_is_no_digit(tmp_path: Path, cell: str, value: float | None) -> None:
    body = BODY.replace(",2000.0,", f",{cell},").replace("2900.0", "-" if value is None else "2900.0")
    assert printed(customs(tmp_path, body=body)).get(("USA", "M", "export")) == value


@pytest.mark.parametrize("cell", ["²2000.0", "20²00.0", "①"])
def test_a_mark_elsewhere_refuses_the_table(tmp_path: Path, cell: str) -> None:
    assert "not a number" in refusal(lambda: read(customs(tmp_path, body=BODY.replace(",2000.0,", f",{cell},"))))


@pytest.mark.parametrize("mark", ["–6.6", "▲6.6", "△ 6.6", "6.6-", "(6.6)"])
def test_a_growth_is_negative_in_any_spelling(tmp_path: Path, mark: str) -> None:
    delivery = read(customs(tmp_path, body=BODY.replace("-6.6", mark)))
    assert {row["growth_pct"] for row in rows(delivery) if (row["item"], row["flow"]) == ("USA", "export")} == {
        -6.6,
        None,
    }


def test_triangles_that_may_be_arrows_are_refused(tmp_path: Path) -> None:
    body = BODY.replace("-6.6", "▼6.6").replace(",14.0,", ",▲14.0,")
    assert "column 9: '▲14.0' may be a fall" in refusal(lambda: read(customs(tmp_path, body=body)))


@pytest.mark.parametrize(("form", "factor"), [('0.0"%"', 1), ("0.0\\%", 1), ('[Red]0.0"%"', 1), ("0.0%", 100)])
def test_a_percent_sign_that_is_only_printed_multiplies_nothing(tmp_path: Path, form: str, factor: int) -> None:
    path = customs_files.as_xlsx(customs_files.flash_grid("zh"), tmp_path / "flash.xlsx")
    book = openpyxl.load_workbook(path)
    cell = book.active.cell(5, 9)
    assert cell.value == 14.0
    cell.value, cell.number_format = 14.0 / factor, form
    book.save(path)
    (world,) = (
        row for row in rows(read(path)) if (row["item"], row["freq"], row["flow"]) == ("Goods trade", "YTD", "export")
    )
    assert world["growth_pct"] == 14.0


# --- lists of commodities


def goods(folder: Path, grid: list) -> dict[tuple[str, str], dict]:
    delivery = read(customs_files.as_csv(grid, folder / "goods.csv"))
    return {(row["product"], row["freq"]): row for row in rows(delivery)}


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("", ["单位：亿元人民币、%"]), ("", ["单位：亿元人民币，同比%"]), ("", ["单位：亿元人民币、增长率%"]), ("", ["表13", None, "单位：亿元人民币、%"]),
        ("", [*[None] * 8, "单位：亿元人民币、%"]), ("", ["2026年8月", "单位：亿元人民币、%"]),
        ("2026年8月出口主要商品量值及同比增长情况（人民币值）", ["单位：亿元人民币"]),
    ],
)  # fmt: skip
def test_title_and_unit_are_no_headers(tmp_path: Path, title: str, unit: list) -> None:
    grid = customs_files.goods_grid()
    assert goods(tmp_path, [[title] if title else grid[0], unit, *grid[2:]]) == goods(tmp_path, grid)


@pytest.mark.parametrize("word", ["计量 单位", "单位", "Units", "Unit"])
def test_headers_with_blanks_and_short_names_of_the_unit_column(tmp_path: Path, word: str) -> None:
    grid = customs_files.goods_grid()
    header = [[grid[2][0], word, *grid[2][2:]], [None, None, *(["数 量", "金 额"] * 4)]]
    assert goods(tmp_path, [*grid[:2], *header, *grid[4:]]) == goods(tmp_path, grid)


def test_two_lists_in_one_sheet_without_heads_of_their_own_are_refused(tmp_path: Path) -> None:
    one, other = customs_files.goods_grid(), customs_files.goods_grid("import")
    names = {row[0] for row in one[4:14]}
    more = [row for row in other[4:-1] if row[0] not in names]
    for between in ([other[0]], [["进口主要商品"]], [["进口"]], [["二、进口商品"] + ["-"] * 9]):
        message = refusal(lambda rows=between: goods(tmp_path, [*one[:14], *rows, *more]))
        assert "row 15" in message
        assert "another list" in message


def test_a_workbook_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(4096)
    )
    assert "password" in refusal(lambda: read(path))


# --- titles of customs' tables


def retitled(folder: Path, title: str, grid: list | None = None) -> dict[tuple[str, str], dict]:
    return goods(folder, [[title], *(grid or customs_files.goods_grid())[1:]])


@pytest.mark.parametrize(
    "title",
    [
        "2026年1月至8月出口主要商品量值表", "2026年1-8月我国对外贸易出口主要商品量值表", "2026年前8个月出口主要商品量值表", "2026年八月出口主要商品量值表",
        "202608出口主要商品量值表", "（2026年9月18日发布）2026年8月出口主要商品量值表", "发布日期2026-09-18 出口主要商品量值表（2026.08）",
        "China's Major Exports by Quantity and Value, 2026 August", "China's Major Exports by Quantity and Value, January to August 2026",
        "China's Major Exports by Quantity and Value, Aug 2026 (released Sep 2026)",
    ],
)  # fmt: skip
def test_the_month_of_a_title_is_read_in_any_spelling_and_never_from_a_day(tmp_path: Path, title: str) -> None:
    delivery = read(customs_files.as_csv([[title], *customs_files.goods_grid()[1:]], tmp_path / "goods.csv"))
    assert delivery.tables[0].constants["period"] == "2026-08"
    assert retitled(tmp_path, title) == goods(tmp_path, customs_files.goods_grid())


@pytest.mark.parametrize(
    "line", ["发布日期：2026年9月18日", "（2026年9月18日发布）", "Released: 18 September 2026", "发布时间：2026年9月"]
)
def test_a_day_of_publication_is_not_the_month(tmp_path: Path, line: str) -> None:
    bare, grid = "出口主要商品量值表（人民币值）", customs_files.goods_grid()
    message = refusal(lambda: goods(tmp_path, [[bare], [line], *grid[1:2], *customs_files.goods_grid()[2:]]))
    assert "names no month" in message
    path = customs_files.as_csv([grid[0], [line], *grid[1:]], tmp_path / "goods.csv")
    assert read(path).tables[0].constants["period"] == "2026-08"


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("2026年8月对东盟出口主要商品量值表", "东盟"), ("2026年8月我国对“一带一路”国家出口主要商品量值表", "一带一路"), ("2026年8月对非洲出口主要商品量值表", "非洲"),
        ("2026年8月广东省出口主要商品量值表", "广东"), ("2026年8月一般贸易出口主要商品量值表", "一般贸易"), ("2026年8月加工贸易出口主要商品量值表", "加工贸易"),
        ("2026年8月外商投资企业出口主要商品量值表", "外商投资企业"), ("2026年8月国有企业出口主要商品量值表", "国有企业"),
        ("Major Export Commodities to ASEAN, Aug 2026 (China Customs)", "asean"), ("China's Major Exports to USA by Quantity and Value, Aug 2026", "usa"),
    ],
)  # fmt: skip
def test_a_part_of_chinas_trade_is_refused_with_its_name(tmp_path: Path, title: str, part: str) -> None:
    message = refusal(lambda: retitled(tmp_path, title))
    assert f"a part of China's trade ({part})" in message


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("2026年8月对美国进出口商品国别（地区）总值表", "美国"), ("广东省2026年8月进出口商品国别（地区）总值表", "广东"), ("2026年8月民营企业进出口商品国别（地区）总值表", "民营企业"),
        ("2026年8月高新技术产品进出口商品国别（地区）总值表", "高新技术产品"), ("2026年8月服务进出口商品国别（地区）总值表", "服务进出口"),
    ],
)  # fmt: skip
def test_a_part_by_country_is_refused_too(tmp_path: Path, title: str, part: str) -> None:
    assert f"({part})" in refusal(lambda: read(customs(tmp_path, title)))
    assert f"({part})" in refusal(
        lambda: read(customs(tmp_path, unit=f"{title[:20].split('进出口')[0]}进出口\n{UNIT}"))
    )


def test_totals_of_one_regime_are_not_chinas(tmp_path: Path) -> None:
    path = tmp_path / "totals.csv"
    path.write_text(
        "2026年8月一般贸易进出口商品总值表（人民币值）\n单位：亿元人民币\n项目,8月\n进出口总值,30\n出口总值,20\n进口总值,10\n",
        "utf-8",
    )
    assert "(一般贸易)" in refusal(lambda: read(path))


def test_a_table_may_begin_anywhere_and_its_total_stand_last(tmp_path: Path) -> None:
    grid = customs_files.flash_grid("zh")
    expected = printed(customs_files.as_csv(grid, tmp_path / "flash.csv"))
    for moved in (
        [[], [], [], [], [], [], *grid],
        [["统计月报"], ["快报"], ["海关"], ["数据"], ["网站"], *grid],
        [*grid[:4], *grid[5:], grid[4]],
        [*grid[:4], ["进出口总值", *grid[4][1:]], *grid[5:]],
        [*grid[:4], ["Total value", *grid[4][1:]], *grid[5:]],
    ):
        assert printed(customs_files.as_csv(moved, tmp_path / "flash.csv")) == expected
    whole = customs_files.partner_grid()
    last = customs_files.as_csv([*whole[:4], *whole[5:-1], whole[4]], tmp_path / "whole.csv")
    values = {
        (row.get("partner"), row["freq"], row["flow"]): row["value_cny_10k"]
        for row in read(last).tables[0].rows.to_pylist()
    }
    assert values["USA", "M", "export"] == customs_files.partner_figures()["USA"][0]


@pytest.mark.parametrize("name", ["欧盟28", "欧盟15", "欧盟（28国，含英国）", "EU28", "European Union (28)", "东盟6"])
def test_a_group_of_another_time_is_not_todays(tmp_path: Path, name: str) -> None:
    message = refusal(lambda: read(customs(tmp_path, body=BODY.replace("东南亚国家联盟", name))))
    assert "row 7" in message
    assert "earlier members" in message


@pytest.mark.parametrize("name", ["欧盟（27国）", "欧盟1", "EU27"])
def test_todays_group_may_say_its_members(tmp_path: Path, name: str) -> None:
    assert ("eu", "M", "export") in printed(customs(tmp_path, body=BODY.replace("东南亚国家联盟", name)))


def test_a_regime_has_a_known_name_or_refuses_the_table(tmp_path: Path) -> None:
    def named(name: str) -> dict[tuple[str, str, str], float]:
        grid = [[name, *row[1:]] if row[0] == "一般贸易" else row for row in customs_files.regime_grid()]
        return printed(customs_files.as_csv(grid, tmp_path / "regimes.csv"))

    assert named("一般贸易1") == named("一般贸易①") == named("一般贸易")
    message = refusal(lambda: named("新贸易"))
    assert "row 6" in message
    assert '"新贸易"' in message


def test_a_flow_centred_over_its_columns_is_refused(tmp_path: Path) -> None:
    head = HEAD.replace("进出口,,出口,,进口,,1至8月", ",进出口,,出口,,进口,1至8月")
    message = refusal(lambda: read(customs(tmp_path, head=head)))
    assert "column 2" in message
    assert "exports, imports or both" in message


def test_total_exports_of_the_month_are_no_cumulative(tmp_path: Path) -> None:
    title = "(2) China's Total Export & Import Values by Country/Region (Aug 2026)"
    head = "Country,Total Exports & Imports,Total Exports,Total Imports\n,Aug,Aug,Aug\n"
    body = "Total,46000.5,27000.3,19000.2\nASEAN,7000.0,4000.0,3000.0\nUnited States,2900.0,2000.0,900.0\n"
    figures = printed(customs(tmp_path, title, "Unit: CNY 100 Million", head, body))
    assert figures["Goods trade", "M", "export"] == 27000.3
    assert not any(freq == "YTD" for _, freq, _ in figures)


def months(folder: Path, text: str) -> dict[tuple[str, str], float]:
    path = folder / "months.csv"
    path.write_text(f"（1）2026年8月进出口商品总值表（人民币值）B:月度表\n单位：亿元人民币\n{text}", encoding="utf-8")
    return {(row["period"], row["flow"]): float(row["printed"]) for row in rows(read(path))}


def test_months_below_a_year_are_of_that_year(tmp_path: Path) -> None:
    figures = months(
        tmp_path, "年月,进出口,出口,进口\n2025年,,,\n12月,30,20,10\n2026年,,,\n1月,33,22,11\n8月,36,24,12\n"
    )
    assert {period for period, _ in figures} == {"2025-12", "2026-01", "2026-08"}
    assert figures["2025-12", "export"] == 20


@pytest.mark.parametrize(
    "text",
    [
        "年月,进出口,出口,进口\n8月,36,24,12\n7月,33,22,11\n8月,30,20,10\n",
        "年,月,进出口,出口,进口\n2026,7,33,22,11\n,8,36,24,12\n",
    ],
)
def test_a_month_that_stands_twice_or_beside_its_year_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal(lambda: months(tmp_path, text))


# --- figures that are not what a table of customs holds

MORE = BODY + (
    "日本,1000.0,8000.0,600.0,4500.0,400.0,3500.0,3.0,4.0,2.0\n"
    "韩国,1200.0,9000.0,500.0,4000.0,700.0,5000.0,7.0,6.0,8.0\n"
)


def regrown(change: Callable[[float], str]) -> str:
    """The rows with their three growth rates in another format."""
    rows_of = [line.split(",") for line in MORE.splitlines()]
    return "".join(",".join([*cells[:7], *(change(float(cell)) for cell in cells[7:])]) + "\n" for cells in rows_of)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda value: f"{value / 100:.3f}", "look like fractions"),
        (lambda value: f"{value / 100:.2f}", "look like fractions"),
        (lambda value: f"{100 + value:.1f}", "look like an index"),
        (lambda value: f"{100 + value:.1f}%", ""),
        (lambda value: f"{value / 10:.1f}", ""),
        (lambda value: f"{value / 100:.3f}%", ""),
    ],
)
def test_growth_that_is_not_in_percent_is_refused(tmp_path: Path, change: Callable[[float], str], message: str) -> None:
    refused = refusal(lambda: read(customs(tmp_path, body=regrown(change))))
    assert message in refused
    assert ("column 8" in refused) == bool(message)


@pytest.mark.parametrize(("scale", "message"), [("", "look like fractions"), ("\n[scale]\ngrowth_pct = 100\n", "")])
def test_growth_of_ones_own_table_may_be_fractions_if_the_mapping_says_so(
    tmp_path: Path, scale: str, message: str
) -> None:
    table = "Country,Year,Exports,Growth\nJapan,2024,100,0.061\nFrance,2024,60,-0.122\nPeru,2024,5,0.045\n"
    mapping = MAPPING.replace('value = "Exports"', 'value = "Exports"\ngrowth_pct = "Growth"') + scale
    refused = refusal(lambda: own(tmp_path, table, mapping))
    assert message in refused
    assert bool(refused) == bool(message)


def test_a_month_above_january_to_it_is_refused(tmp_path: Path) -> None:
    head = HEAD.replace("8月,1至8月", "1至8月,8月")
    message = refusal(lambda: read(customs(tmp_path, head=head.replace("1至8月累计", "累计"))))
    assert "more than January to that month" in message
    assert "row 5" in message


@pytest.mark.parametrize(
    "header", ["8月预测", "8月（预计数）", "8月指数（上年=100）", "8月为去年同期％", "Aug forecast"]
)
def test_forecasts_and_indices_are_not_read(tmp_path: Path, header: str) -> None:
    head = HEAD.replace(",8月,1至8月,8月,1至8月,8月,1至8月", f",8月,1至8月,{header},1至8月,8月,1至8月")
    delivery = read(customs(tmp_path, head=head))
    keys = {(row["item"], row["freq"], row["flow"]) for row in rows(delivery)}
    assert ("USA", "M", "export") not in keys
    assert ("USA", "YTD", "export") in keys
    assert "columns 4" in notes(delivery)


@pytest.mark.parametrize(
    "title",
    [
        TITLE.replace("人民币值", "预测"), TITLE.replace("人民币值", "季节调整后"), TITLE.replace("人民币值", "按不变价"), TITLE.replace("总值表", "增减额表"),
        TITLE.replace("总值表", "指数表"), TITLE.replace("商品", "货物和服务"), "China's Exports and Imports by Country, Jul-Aug 2026",
        "China's Exports and Imports by Country, 12 months to August 2026", "China's Services Exports and Imports by Country, August 2026",
        "China's Exports and Imports by Country, seasonally adjusted, August 2026", "China's Exports and Imports by Country, August 2026 forecast",
        "China's Exports and Imports by Country, volume index, August 2026", "2025年1-8月和2026年1-8月进出口商品国别（地区）总值表",
        "China's Exports and Imports by Country, Aug 2026 and Jul 2026",
    ],
)  # fmt: skip
def test_a_title_of_other_figures_than_the_values_of_one_month_is_refused(tmp_path: Path, title: str) -> None:
    path = customs(tmp_path, title=f'"{title}"')
    assert refusal(lambda: read(path))
    assert not refusal(lambda: read(customs(tmp_path, title='"China\'s Exports and Imports by Country, Aug 2026"')))


def monthly(head: str, rows_of: str, title: str = "（1）进出口商品总值表（人民币值）B：月度表") -> str:
    return f"{title}\n{UNIT}\n{head}\n{rows_of}"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("月份,去年同期,,当月,\n,出口,进口,出口,进口", 300.0), ("月份,当月,,上年同月,\n,出口,进口,出口,进口", 100.0), ("月份,当月预测,,当月,\n,出口,进口,出口,进口", 300.0),
        ("月份,当月,,当月,\n,出口,进口,出口,进口", 0.0),
    ],
)  # fmt: skip
def test_of_two_columns_of_a_flow_the_one_of_the_year_is_read(tmp_path: Path, head: str, expected: float) -> None:
    path = tmp_path / "table.csv"
    title = "（1）2026年2月进出口商品总值表（人民币值）"
    path.write_text(monthly(head, "2026年1月,100,90,300,290\n2026年2月,110,95,310,299\n", title), encoding="utf-8")
    if not expected:
        assert "columns 2 and 4" in refusal(lambda: read(path))
        return
    figures = {(row["period"], row["flow"]): float(row["printed"]) for row in rows(read(path))}
    assert figures["2026-01", "export"] == expected


def test_the_first_days_of_months_are_months(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(monthly("月份,出口,进口", "2026-01-01,100,90\n2026-02-01,110,95\n"), encoding="utf-8")
    assert {row["period"] for row in rows(read(path))} == {"2026-01", "2026-02"}


def test_a_row_of_january_to_a_month_has_the_figure_of_that_span(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        monthly("月份,当月,,累计,\n,出口,进口,出口,进口", "2026年1-2月,110,95,210,185\n2026年3月,120,99,330,284\n"),
        encoding="utf-8",
    )
    figures = {(row["freq"], row["period"], row["flow"]): float(row["printed"]) for row in rows(read(path))}
    assert figures["YTD", "2026-02", "export"] == 210
    assert ("M", "2026-02", "export") not in figures


@pytest.mark.parametrize(
    "names",
    [("外贸总值", "货物出口", "货物进口", "净出口"), ("总额", "其中：出口", "进口", "贸易逆差"), ("Total trade", "of which: Exports", "Imports", "Trade deficit")],
)  # fmt: skip
def test_rows_of_the_total_have_any_of_their_usual_names(tmp_path: Path, names: tuple[str, ...]) -> None:
    path = tmp_path / "table.csv"
    figures = ("500.0,4000.0", "200.0,1900.0", "300.0,2100.0", "-100.0,-200.0")
    body = "".join(f"{name},{figure}\n" for name, figure in zip(names, figures, strict=True))
    path.write_text(f"（1）2026年8月进出口商品总值表（人民币值）\n{UNIT}\n项目,8月,1至8月\n{body}", encoding="utf-8")
    found = {(row["freq"], row["flow"]): float(row["printed"]) for row in rows(read(path))}
    assert [found["YTD", flow] for flow in ("total", "export", "import", "balance")] == [4000, 1900, 2100, -200]


# --- mapping files that say what cannot be

MISTAKES = [
    ('unit = "zz"\n{0}', "'zz'"), ("{0}[scale]\nvalue = 0\n", "scale.value"), ("{0}[scale]\nvalue = inf\n", "scale.value"), ("{0}[scale]\nvalue = -1\n", "scale.value"),
    ("{0}[scale]\nzz = 2\n", "'zz'"), ('{0}[values.zz]\nx = "y"\n', "'zz'"), ('{0}[wide.columns]\nExports = {{ zz = "1" }}\n', "'zz'"),
    ('{0}[wide.columns]\nExports = {{ flow = "{{Nope}}" }}\n', "'Nope'"), ('{0}[total]\ncolumn = "zz"\nlabel = "Total"\n', "'zz'"),
    ('{0}[total]\ncolumn = "partner"\nlabel = "Total"\n', "no row has"), ('{0}[total]\ncolumn = "partner"\nlabel = "x"\ntolerance = inf\n', "total.tolerance"),
    ('{0}[source]\npublished = "2025-13-01"\n', "source.published"), ('{0}[source]\nurl = "javascript:alert(1)"\n', "source.url"), ("{0}a = " + "[" * 5000, "not valid TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "message"), MISTAKES)
def test_a_mapping_that_cannot_be_meant_is_refused(tmp_path: Path, form: str, message: str) -> None:
    with pytest.raises(TradeError) as caught:
        own(tmp_path, exports("1", "2"), form.format(MAPPING))
    assert message in str(caught.value)
    assert caught.value.text("zh")


def test_a_column_of_figures_has_one_meaning(tmp_path: Path) -> None:
    assert "two fields" in refusal(lambda: own(tmp_path, exports("1", "2"), MAPPING.replace('"Exports"', '"Year"')))


@pytest.mark.parametrize("currency", ["usd", "US$ million", "dollars"])
def test_a_currency_is_a_code(tmp_path: Path, currency: str) -> None:
    message = refusal(lambda: own(tmp_path, exports("1", "2"), MAPPING.replace('"USD"', f'"{currency}"')))
    assert "not a currency code" in message


@pytest.mark.parametrize(
    ("change", "message"), [({}, ""), ({"27000.3": "27000.4", "46000.5": "46000.6"}, "different figures")]
)
def test_two_sheets_of_one_month_print_the_same_figures(tmp_path: Path, change: dict[str, str], message: str) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    body = BODY
    for old, new in change.items():
        body = body.replace(old, new)
    for name, text in (("A", BODY), ("B", body)):
        sheet = book.create_sheet(name)
        for line in [TITLE, UNIT, *HEAD.splitlines(), *text.splitlines()]:
            sheet.append(
                [float(cell) if cell.replace(".", "").lstrip("-").isdigit() else cell for cell in line.split(",")]
            )
    book.save(tmp_path / "book.xlsx")
    refused = refusal(
        lambda: file_deliveries.read(tmp_path / "book.xlsx", file_deliveries.ImportOptions(today="2026-11-28"))
    )
    assert message in refused
    assert bool(refused) == bool(message)


def test_figures_that_a_spreadsheet_shortened_are_named(tmp_path: Path) -> None:
    assert "Figures such as '5.01E+11' have lost" in notes(own(tmp_path, exports("5.01E+11", "6")))
    assert "have lost" not in notes(own(tmp_path, exports("1.25E+2", "6")))


def test_rows_whose_value_cannot_be_read_are_counted_beside_the_amount(tmp_path: Path) -> None:
    delivery = own(tmp_path, exports("12x", "10", "10", "10", "10", "10"))
    assert "amount to 0, 0% of the table, without 1 row whose value cannot be read" in notes(delivery)
    assert any("另有1行" in note.text("zh") for note in delivery.notes)
