"""Tables of customs in the forms that they come in: the same figures arrive, or the table is refused with a remedy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.support import customs_files
from trade.ingest import file_deliveries
from trade.sources import number_format
from trade.sources.customs import read_customs
from trade.sources.customs.commodity_table import read_goods
from trade.sources.customs.partial_coverage import part_in_words
from trade.sources.customs.reader import ReadOptions
from trade.sources.delivery import Delivery
from trade.sources.economy_names import read_names
from trade.sources.number_parser import NotANumber, half_width, parse
from trade.sources.spreadsheets import FileRefused, Sheet, read_sheets

pytestmark = pytest.mark.usefixtures("readers_here")
NAMES, GOODS = read_names(customs_files.DATA), read_goods(customs_files.DATA)
FLASH, EXPORTS, IMPORTS = customs_files.flash_grid("zh"), customs_files.goods_grid(), customs_files.goods_grid("import")
USA = next(at for at, row in enumerate(FLASH) if row[0] == "美国")
Figures = dict[tuple[object, ...], dict[str, Any]]


def deliveries(sheets: list[Sheet]) -> list[Delivery]:
    return read_customs("table.csv", sheets, NAMES, GOODS, ReadOptions("2026-11-28"))


def grid_sheet(grid: customs_files.Grid) -> Sheet:
    return Sheet("", [["" if cell is None else str(cell).strip() for cell in row] for row in grid])


def figures(delivery: Delivery) -> Figures:
    """Rows by the columns that identify them."""
    (facts,) = delivery.tables
    rows = [{**facts.constants, **row} for row in facts.rows.to_pylist()]
    return {(row["freq"], row["period"], row["flow"], row.get("product") or row["item"]): row for row in rows}


def read(grid: customs_files.Grid) -> Figures:
    (delivery,) = deliveries([grid_sheet(grid)])
    assert not delivery.refused
    return figures(delivery)


def read_file(path: Path) -> Figures:
    (delivery,) = deliveries(read_sheets(path))
    return figures(delivery)


def edited(grid: customs_files.Grid, changes: dict[tuple[int, int], customs_files.Cell]) -> customs_files.Grid:
    return [[changes.get((at, column), cell) for column, cell in enumerate(row)] for at, row in enumerate(grid)]


def relabelled(grid: customs_files.Grid, name: str, other: str) -> customs_files.Grid:
    return [[other if cell == name else cell for cell in row] for row in grid]


def wide(grid: customs_files.Grid) -> customs_files.Grid:
    return [[*row, *[None] * (10 - len(row))] for row in grid]


def refusal(grid: customs_files.Grid) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        deliveries([grid_sheet(grid)])
    assert caught.value.text("zh")
    return caught.value


# --- which trade a title is of


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("2026年8月特定地区进出口总值表", "特定"), ("2026年8月海关特殊监管区域进出口商品国别（地区）总值表", "特殊监管区域"), ("2026年8月自贸试验区进出口商品国别（地区）总值表（人民币值）", "自贸试验区"),
        ("2026年8月中欧班列进出口商品国别总值表", "中欧班列"), ("2026年8月粤港澳大湾区内地九市进出口商品总值表", "粤港澳大湾区内地九市"),
        ("（2）2026年8月进出口商品国别(地区)总值表(人民币值)", ""), ("2026年1至8月全国出口重点商品量值表（人民币值）", ""), ("（1）2026年8月进出口商品总值表（人民币值）B:月度表", ""),
        ("海关总署：進出口商品國別（地區）總值表（2026年8月）", ""), ("（5）2026年8月进出口商品贸易方式总值表（续）", ""), ("2026年上半年我国对外贸易进出口总值表", ""),
        ("据统计，前8个月江海联运港口完成货物吞吐量之外，我国货物贸易进出口总值为三十四点七万亿元，其中民营企业占比超过一半，创下同期新高，带动就业增长", ""),
    ],
)  # fmt: skip
def test_a_title_of_a_part_of_trade_has_words_of_its_own(title: str, part: str) -> None:
    assert part_in_words(title) == part


def test_a_table_of_a_part_of_trade_is_refused() -> None:
    message = refusal([["2026年8月特定地区出口主要商品量值表（人民币值）"], *EXPORTS[1:]])
    assert "part of China's trade (特定)" in str(message)


@pytest.mark.parametrize("month", ["二〇二六年八月", "2026年8月份", "２０２６年８月"])
def test_a_month_may_be_written_in_any_numerals(month: str) -> None:
    assert read([[f"{month}出口主要商品量值表（人民币值）"], *EXPORTS[1:]]) == read(EXPORTS)


# --- units


@pytest.mark.parametrize("line", ["单位：人民币", "Unit: RMB", "计价单位：人民币", "单位：人民币、%", "人民币"])
@pytest.mark.parametrize("grid", [FLASH, EXPORTS])
def test_a_currency_without_a_scale_is_no_unit(grid: customs_files.Grid, line: str) -> None:
    assert "but not its scale" in str(refusal([grid[0], [line], *grid[2:]]))


def test_the_scale_may_stand_over_the_columns() -> None:
    header = [[*FLASH[2][:1], "进出口（亿元）", None, "出口（亿元）", None, "进口（亿元）", *FLASH[2][6:]]]
    assert read([FLASH[0], ["单位：人民币"], *header, *FLASH[3:]]) == read(FLASH)


def test_the_unit_may_stand_beside_the_table_of_a_page() -> None:
    for words in ([[str(FLASH[0][0])], ["单位：亿元人民币"]], [[f"{FLASH[0][0]} 单位：亿元人民币"]]):
        (delivery,) = deliveries([grid_sheet(FLASH[2:]), Sheet("#page", words)])
        assert figures(delivery).keys() == read(FLASH).keys()


@pytest.mark.parametrize(("unit", "expected"), [("千吨", "not a known unit of quantity"), ("", "has no unit")])
def test_a_quantity_in_an_unknown_unit_is_refused_with_the_units_that_are_known(unit: str, expected: str) -> None:
    message = str(refusal(edited(EXPORTS, {(5, 1): unit})))
    assert expected in message
    assert "万吨" in message


# --- columns


@pytest.mark.parametrize(
    "header",
    ["8月比7月±％", "对总额增长的贡献率（%）", "拉动增长（百分点）", "价格同比±％", "Aug over Jul (%)", "均价同比%"],
)
@pytest.mark.parametrize("grid", [FLASH, EXPORTS])
def test_a_column_of_something_else_is_no_growth_and_is_named(grid: customs_files.Grid, header: str) -> None:
    grid = [[header if "去年同期±" in str(cell) else cell for cell in row] for row in grid]
    (delivery,) = deliveries([grid_sheet(grid)])
    assert {row["growth_pct"] for row in figures(delivery).values()} == {None}
    assert any(f"columns {8 if grid[2][7] else 9}" in str(note) for note in delivery.notes)


@pytest.mark.parametrize("header", ["8月比去年8月±%", "2026年8月比2025年8月±%"])
def test_a_month_beside_the_same_month_a_year_earlier_is_growth(header: str) -> None:
    grid = [[header if "去年同期±" in str(cell) else cell for cell in row] for row in FLASH]
    assert read(grid)["M", "2026-08", "export", "Goods trade"]["growth_pct"] == 14.0


@pytest.mark.parametrize(
    ("month", "through"),
    [
        ("8月", "1∼8月"),
        ("202608", "202601-202608"),
        ("8月", "1月到8月"),
        ("2026-08", "2026-01~08"),
        ("Monthly", "Cumulative"),
    ],
)
def test_more_spellings_of_the_month_and_january_to_it(month: str, through: str) -> None:
    header = [month if cell == "8月" else through if cell == "1至8月" else cell for cell in FLASH[3]]
    assert read([*FLASH[:3], header, *FLASH[4:]]) == read(FLASH)


def one_header_row(grid: customs_files.Grid) -> customs_files.Grid:
    names = ["8月数量", "8月金额", "1至8月数量", "1至8月金额", "去年1至8月数量", "去年1至8月金额", "累计数量同比±%", "累计金额同比±%"]  # fmt: skip
    return [*grid[:2], ["商品名称", "计量单位", *names], *grid[4:]]


def months_below(grid: customs_files.Grid) -> customs_files.Grid:
    order = (0, 1, 2, 4, 6, 3, 5, 7, 8, 9)
    head: customs_files.Grid = [
        ["商品名称", "计量单位", "数量", None, None, "金额", None, None, "累计比去年同期±％", None],
        [None, None, *["8月", "1至8月", "去年1至8月"] * 2, "数量", "金额"],
    ]
    return [*grid[:2], *head, *([row[at] for at in order] for row in wide(grid)[4:])]


def unit_among_figures(grid: customs_files.Grid) -> customs_files.Grid:
    return [*grid[:2], *([row[at] for at in (0, 2, 3, 1, 4, 5, 6, 7, 8, 9)] for row in wide(grid)[2:])]


def numbered(grid: customs_files.Grid) -> customs_files.Grid:
    return [*grid[:2], ["序号", *grid[2]], [None, *grid[3]], *([at, *row] for at, row in enumerate(grid[4:-1], 1))]


def header_on_every_page(grid: customs_files.Grid) -> customs_files.Grid:
    title = [f"{grid[0][0]}（续）"]
    return [*grid[:12], *grid[2:4], *grid[12:20], title, *grid[1:4], *grid[20:]]


@pytest.mark.parametrize("form", [one_header_row, months_below, unit_among_figures, numbered, header_on_every_page])
def test_a_list_of_commodities_in_other_layouts(form: Callable[[customs_files.Grid], customs_files.Grid]) -> None:
    assert read(form(EXPORTS)) == read(EXPORTS)


@pytest.mark.parametrize("grid", [FLASH, EXPORTS])
def test_empty_rows_part_no_header(grid: customs_files.Grid) -> None:
    assert read([line for row in grid for line in (row, [None])]) == read(grid)


@pytest.mark.parametrize(
    "span", ["2025年9月至2026年8月", "2026年3月-2026年8月", "Sep 2025 - Aug 2026", "2025.09-2026.08"]
)
def test_another_span_than_january_to_a_month_is_refused(span: str) -> None:
    assert "months and January to a month" in str(refusal([[f"{span} 出口主要商品量值表"], *EXPORTS[1:]]))
    assert read([["2026年1月至2026年8月出口主要商品量值表"], *EXPORTS[1:]]) == read(EXPORTS)


# --- rows


@pytest.mark.parametrize("label", ["农产品①", "农产品¹", "农产品1", "农产品（注1）", "农产品[1]", "一、农产品*", "1.农产品", "#农产品", "农产品⁽¹⁾"])  # fmt: skip
def test_numbers_and_footnotes_are_no_part_of_a_commodity(label: str) -> None:
    assert read(relabelled(EXPORTS, "农产品*", label)) == read(EXPORTS)


@pytest.mark.parametrize(
    "label",
    ["美国①", "美国(1)", "#美国", "1.美国", "美国[注1]", "美国 United States", "美国/USA", "美国（USA）", "美国USA"],
)
def test_numbers_footnotes_and_a_second_language_are_no_part_of_a_partner(label: str) -> None:
    assert read(relabelled(FLASH, "美国", label)) == read(FLASH)


def test_every_partner_may_be_named_in_two_languages() -> None:
    english, chinese = customs_files.partner_grid("en"), customs_files.partner_grid("zh")
    both = [
        [f"{str(row[0]).strip()} {str(other[0]).strip()}", *row[1:]] if 3 < at < len(chinese) - 1 else row
        for at, (row, other) in enumerate(zip(chinese, english, strict=True))
    ]
    (delivery,), (alone,) = deliveries([grid_sheet(both)]), deliveries([grid_sheet(chinese)])
    assert [facts.rows.to_pylist() for facts in delivery.tables] == [facts.rows.to_pylist() for facts in alone.tables]


def test_names_in_two_languages_that_disagree_are_refused() -> None:
    assert "美国 Canada" in str(refusal(relabelled(FLASH, "美国", "美国 Canada")))


@pytest.mark.parametrize(
    "note",
    [
        ["编辑：张三 2026/9/18"], ["制表：统计司", None, "审核：李四"], ["注：", "1.本表为初步数"], ["第1页 共3页"], ["2026年9月18日"], ["— 1 —"],
        ["责任编辑：某某", None, "电话：010-65194114"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("grid", [FLASH, EXPORTS])
def test_what_is_printed_below_a_table_is_no_row(grid: customs_files.Grid, note: list[customs_files.Cell]) -> None:
    assert read([*grid, note]) == read(grid)


def test_words_for_figures_beside_a_known_name_are_never_passed_over() -> None:
    assert "not a number" in str(refusal([*FLASH, ["加拿大", "数据缺失", "数据缺失"]]))


def test_a_row_whose_figures_moved_by_a_column_is_refused() -> None:
    moved = [FLASH[USA][0], None, *FLASH[USA][1:9]]
    assert "moved by a column" in str(refusal([*FLASH[:USA], moved, *FLASH[USA + 1 :]]))


@pytest.mark.parametrize(
    "labels", [("一、进出口总值", "（一）出口", "（二）进口"), ("进出口总值①", "其中：出口（FOB）", "进口（CIF）")]
)
def test_the_total_table_may_number_its_rows(labels: tuple[str, ...]) -> None:
    rows = [[label, value] for label, value in zip(labels, (47000.0, 27400.0, 19600.0), strict=True)]
    found = read([["2026年8月全国进出口总值表（人民币值）"], ["单位：亿元人民币"], ["项目", "8月"], *rows])
    assert [found["M", "2026-08", flow, "Goods trade"]["printed"] for flow in ("total", "export", "import")] == [
        "47000", "27400", "19600"
    ]  # fmt: skip


def test_a_year_that_is_not_over_is_no_year_of_the_total_table() -> None:
    rows = [["2025", 45469.0, 26990.0, 18479.0], ["2026", 34827.5, 20180.0, 14647.5]]
    message = refusal(
        [["2026年8月进出口商品总值表A:年度表"], ["单位：亿元人民币"], ["年份", "进出口", "出口", "进口"], *rows]
    )
    assert "row 5" in str(message)
    assert "2026年1-8月" in str(message)


@pytest.mark.parametrize(
    "months", [["2025.1"], ["2025.1", "2025.11"], [*(f"2025.{month}" for month in range(1, 10)), "2025.1"]]
)
def test_a_month_that_may_be_january_or_october_is_named_with_its_row(months: list[str]) -> None:
    head = [["2025年12月进出口商品总值表B:月度表"], ["单位：亿元人民币"], ["年月", "进出口", "出口", "进口"]]
    message = str(refusal([*head, *([month, 3.0, 2.0, 1.0] for month in months)]))
    assert message.startswith("table.csv, row 4, column 1: '2025.1' is January or October")


# --- figures


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("—2.4", -2.4), ("- 2.4", -2.4), ("− 2.4", -2.4), ("△2.4", -2.4), ("▲ 1,234.5", -1234.5), ("▼2.4%", -2.4), ("2.4-", -2.4),
        ("2.4 -", -2.4), ("(2.4)", -2.4), ("（2.4）", -2.4), ("(2.4%)", -2.4), ("(2.4)%", -2.4), ("'46590.5", 46590.5), (".5", 0.5), ("5.", 5.0),
        ("2.4 p", 2.4), ("2.4(r)", 2.4), ("2.4ᵖ", 2.4), ("1,234（修订）", 1234.0), ("-2.4 (Revised)", -2.4), ("2.4 [1]", 2.4), ("(2.4)r", -2.4),
        ("……", None), ("— —", None), ("・・・", None), ("ー", None), ("***", None), ("-%", None), ("x", None), ("(D)", None), ("[low]", None), ("不適用", None),
    ],
)  # fmt: skip
def test_signs_that_tables_print(text: str, value: float | None) -> None:
    assert parse(text, percent=True) == value


@pytest.mark.parametrize(
    "text", ["1200 (1)", "1200 (35)", "1.2 b", "###", "〃", "<0.5", "-(5)", "--5", "△▲5", "5-6", "1200 e+", "↑5.2"]
)
def test_a_sign_of_two_meanings_makes_no_number(text: str) -> None:
    with pytest.raises(NotANumber):
        parse(text, percent=True)


@pytest.mark.parametrize("text", ["2.40", "△2.40", "2.40-", "(2.40%)", "2.40 p", "-1,002.40*"])
def test_rounding_is_that_of_the_last_digit(text: str) -> None:
    assert half_width(text) == pytest.approx(0.005)


@pytest.mark.parametrize(
    ("growths", "unclear"),
    [
        (("▲6.6", "5.5"), False),
        (("△6.6", "△5.5"), False),
        (("▲6.6", "▼5.5", "1.0"), True),
        (("▲6.6", "▲5.5", "0.0"), True),
    ],
)
def test_a_triangle_is_a_minus_unless_it_may_be_an_arrow(growths: tuple[str, ...], unclear: bool) -> None:
    if unclear:
        with pytest.raises(number_format.Undeclared, match="may be a fall"):
            number_format.infer(growths)
    else:
        assert number_format.infer(growths).decimal == "."


def raised(text: str, mark: str) -> CellRichText:
    return CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), mark))


@pytest.mark.parametrize("mark", ["2", "(2)", "a", "注"])
def test_a_raised_mark_of_a_workbook_is_no_digit(tmp_path: Path, mark: str) -> None:
    book = openpyxl.Workbook()
    for row in FLASH:
        book.active.append(row)
    for column, text in ((1, "美国"), (4, "2,857.9"), (9, "-1.3")):
        book.active.cell(USA + 1, column).value = raised(text, mark)
    book.save(tmp_path / "raised.xlsx")
    assert read_file(tmp_path / "raised.xlsx") == read(FLASH)


def test_a_raised_mark_of_the_older_workbook_and_of_a_page_is_no_digit(tmp_path: Path) -> None:
    book, font = xlwt.Workbook(), xlwt.Font()
    font.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    sheet = book.add_sheet("1")
    for at, row in enumerate(FLASH):
        for column, cell in enumerate(row):
            if (at, column) == (USA, 3):
                sheet.write_rich_text(at, column, (str(cell), ("2", font)))
            elif cell is not None:
                sheet.write(at, column, cell)
    book.save(str(tmp_path / "raised.xls"))
    page = customs_files.as_html(FLASH, tmp_path / "raised.html")
    text = page.read_text(encoding="utf-8").replace("2,857.9&nbsp;", '2,857.9<sup>2</sup><s>1</s><b style="visibility:hidden">7</b>')  # fmt: skip
    page.write_text(text, encoding="utf-8")
    expected = {key: row["printed"] for key, row in read(FLASH).items()}
    for path in (tmp_path / "raised.xls", page):
        assert {key: row["printed"] for key, row in read_file(path).items()} == expected


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        ("#,##0.0", 28579.0, "28579"), ("#,##0.0,", 28579.0, "28.579"), ("0.00,,", 28579000.0, "28.579"), ('0!.0,"万"', 28579.0, "2.8579万"),
        ("0!.0,", 28579.0, "2.8579"), ('#,##0.0"%"', 5.0, "5"),
        ("0.00", 2025.1, "2025.10"), ("0.00", 2025.13, "2025.13"), ("0.00", 12.1, "12.1"), ("General", 2025.1, "2025.1"),
        ("yyyy", datetime(2025, 1, 1), "2025"), ("mmm-yy", datetime(2025, 1, 1), "2025-01"),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_its_cell_shows_it(tmp_path: Path, form: str, value: float | datetime, shown: str) -> None:
    book, old = openpyxl.Workbook(), xlwt.Workbook()
    book.active.append([value])
    book.active["A1"].number_format = form
    book.save(tmp_path / "shown.xlsx")
    old.add_sheet("1").write(0, 0, value, xlwt.easyxf(num_format_str=form))
    old.save(str(tmp_path / "shown.xls"))
    for name in ("shown.xlsx", "shown.xls"):
        assert read_sheets(tmp_path / name)[0].rows == [[shown]], name


# --- several tables in one file


def test_lists_below_one_another_with_heads_of_their_own_are_read_apart() -> None:
    both = deliveries([grid_sheet([*FLASH, [None], *EXPORTS, *IMPORTS])])
    assert [figures(delivery) for delivery in both] == [read(FLASH), read(EXPORTS), read(IMPORTS)]


def test_a_fault_in_a_later_list_is_named_by_its_row() -> None:
    message = refusal([*EXPORTS, *edited(IMPORTS, {(5, 3): "1O.5"})])
    assert f"list 2, row {len(EXPORTS) + 6}" in str(message)


def test_a_list_of_both_flows_is_refused() -> None:
    message = refusal([["2026年8月进出口主要商品量值表（人民币值）"], *EXPORTS[1:]])
    assert "出口主要商品量值表" in str(message)


def test_sheets_without_figures_are_no_tables() -> None:
    contents = Sheet("目录", [["目录"], [str(FLASH[0][0])], [str(EXPORTS[0][0])], ["单位：亿元人民币"], ["1", "页"]])
    (delivery,) = deliveries([contents, grid_sheet(FLASH)])
    assert figures(delivery).keys() == read(FLASH).keys()


def test_a_growth_that_its_own_row_contradicts_is_refused() -> None:
    row = next(at for at, cells in enumerate(EXPORTS) if cells[0] == "水产品")
    message = str(refusal(edited(EXPORTS, {(row, 9): 4.2})))
    assert "row 6 (水产品): column 6 over column 8 is a growth of -4.22%, but column 10 has 4.2" in message
    assert read(edited(EXPORTS, {(row, 9): "-"}))


def test_shares_under_the_header_of_growth_are_refused() -> None:
    shares = [[*row[:9], 12.5] if len(row) > 9 and isinstance(row[9], float) else row for row in EXPORTS]
    assert "a header does not fit its column" in str(refusal(shares))


@pytest.mark.parametrize(
    "title",
    [
        "（3）2026年8月进出口商品构成表（人民币值）", "（4）2026年8月进出口商品类章总值表", "（6）2026年8月出口商品贸易方式企业性质总值表", "（17）2026年8月部分出口商品主要贸易方式量值表",
        "（8）2026年8月进出口商品收发货人所在地总值表", "(8) China's Imports and Exports by Location of Importers/Exporters, Aug 2026 (in CNY)",
    ],
)  # fmt: skip
def test_a_table_of_customs_that_is_not_kept_is_named(tmp_path: Path, title: str) -> None:
    path = customs_files.as_csv([[title], *FLASH[1:]], tmp_path / "table.csv")
    with pytest.raises(FileRefused, match="does not cover") as caught:
        file_deliveries.read(path, file_deliveries.ImportOptions())
    assert "映射文件" in caught.value.text("zh")


@pytest.mark.parametrize("cell", ["2.4 bn", "1O.5", "2,857.9(1)x", "28,57.9"])
def test_a_cell_that_is_no_figure_is_named_with_what_to_write(cell: str) -> None:
    message = str(refusal(edited(FLASH, {(USA, 3): cell})))
    assert message.startswith(f"table.csv, row {USA + 1}, column 4: ")
    assert "in digits only" in message
