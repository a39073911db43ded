"""Files as publishers make them, each with the right result: read right, or refused with the reason and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.published_files import MAPPING, TODAY, case, notes, own, read, refusal, rows, values
from trade.errors import TradeError
from trade.paths import PROJECT
from trade.sources.connectors import Downloads, Job
from trade.sources.connectors.baci import Baci
from trade.sources.delivery import Delivery
from trade.sources.economy_names import read_names
from trade.sources.spreadsheets import FileRefused, read_sheets

pytestmark = pytest.mark.usefixtures("readers_here")

# --- 1: a table of another economy


@pytest.mark.parametrize("source", ["vietnam", ""])
def test_a_table_of_another_economy_is_never_customs(source: str) -> None:
    with pytest.raises(FileRefused, match="Viet Nam") as caught:
        read(case("01") / "vn_by_country.csv", None, source)
    assert (("mapping file" in str(caught.value)) and "--mapping" in str(caught.value)) or source


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Republic of Korea: Exports and Imports by Country, August 2026", "Korea"), ("越南2026年8月进出口商品国别（地区）总值表", "越南"),
        ("(4) Thailand's Total Export & Import Values by Country/Region, Aug 2026", "Thailand"), ("日本2026年8月进出口商品国别（地区）总值表（人民币值）", "日本"),
    ],
)  # fmt: skip
def test_a_title_that_names_another_economy_is_not_chinas(tmp_path: Path, title: str, other: str) -> None:
    path = tmp_path / "table.csv"
    table = (case("01") / "vn_by_country.csv").read_text(encoding="utf-8").partition("\n")[2]
    path.write_text(f'"{title}"\n{table}', encoding="utf-8")
    with pytest.raises(FileRefused, match=other):
        read(path)


def test_exports_of_china_to_itself_are_impossible(tmp_path: Path) -> None:
    page = (case("07") / "by_country.html").read_text(encoding="utf-8").replace("R. O. Korea", "China")
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    assert "China is among the partners of its own exports" in str(read(path).warnings[0])
    assert not read(case("07") / "by_country.html").warnings


# --- 3: spans of months


def test_a_span_is_a_year_or_a_year_to_date() -> None:
    figures = {
        (row["freq"], row["period"], row["partner"]): row["value"]
        for row in rows(read(case("03") / "ranges.csv", case("03") / "map.toml", "ours"))
    }
    assert figures == {
        ("A", "2024", "USA"): 524e9, ("A", "2024", "JPN"): 152e9, ("A", "2023", "USA"): 500e9, ("A", "2023", "JPN"): 157e9,
        ("YTD", "2025-06", "USA"): 215e9, ("YTD", "2025-06", "JPN"): 75e9, ("YTD", "2025-02", "VNM"): 24e9,
    }  # fmt: skip


@pytest.mark.parametrize("span", ["2024/04-2024/06", "202407-202412", "2023/07-2024/06"])
def test_another_span_is_refused_by_row(tmp_path: Path, span: str) -> None:
    good = "".join(
        f"{name},2024,{value}\n"
        for name, value in (("Japan", 5), ("France", 6), ("Italy", 7), ("Spain", 8), ("India", 9))
    )
    delivery = own(tmp_path, f"Country,Year,Exports\n{good}Kenya,{span},4\n")
    (refusal,) = delivery.refused
    assert (refusal.row, refusal.value) == (7, span)
    assert "span" in str(refusal.reason)
    assert set(values(delivery)) == {"JPN", "FRA", "ITA", "ESP", "IND"}


# --- 4: Comtrade's Taiwan


@pytest.mark.parametrize("mapping", ["by_name", "by_code", "by_name_without_total", "by_code_without_total"])
def test_comtrade_means_the_same_economies_as_through_the_connector(mapping: str) -> None:
    figures = values(read(case("04") / "TradeData.csv", case("04") / f"{mapping}.toml", "ours"))
    assert figures["TWN"] == 80e9
    assert figures["XXU"] == 1e8
    assert figures["XLA"] == 3e7
    assert figures["SLB"] == 2e8
    assert figures["DOM"] == 4e9
    assert "XAS" not in figures
    assert sum(figures.values()) == pytest.approx(2460.33e9, rel=1e-9)


def test_other_asia_without_a_publisher_is_asked_about(tmp_path: Path) -> None:
    text = 'Country,Year,Exports\nJapan,2024,5\nFrance,2024,6\nItaly,2024,7\nSpain,2024,8\nIndia,2024,9\n"Other Asia, nes",2024,80\n'
    message = refusal(lambda: own(tmp_path, text))
    assert "Taiwan" in message, "the row holds more than a fifth of the table's amount"
    assert "set publisher" in message
    delivery = own(tmp_path, text.replace(",80", ",8"))
    assert "XAS" not in values(delivery)
    assert "Taiwan" in str(delivery.refused[0].reason)
    assert values(own(tmp_path, text, 'publisher = "comtrade"\n' + MAPPING))["TWN"] == 80
    assert values(own(tmp_path, text, 'publisher = "customs"\n' + MAPPING))["XAS"] == 80
    assert values(own(tmp_path, text, MAPPING + '[names]\n"Other Asia, nes" = "TWN"\n'))["TWN"] == 80


def test_a_total_that_is_missed_names_the_refused_rows_with_their_sum(tmp_path: Path) -> None:
    text = "Country,Year,Exports\nJapan,2024,50\nFrance,2024,60\nItaly,2024,70\nSpain,2024,80\nIndia,2024,90\nAtlantis,2024,30\nAll,2024,380\n"
    with pytest.raises(FileRefused, match=r"residual -30.*1 rows were refused, in total 30: row 7 'Atlantis' 30"):
        own(tmp_path, text, MAPPING + '[total]\ncolumn = "partner"\nlabel = "All"\n')


# --- 5: dots between thousands


@pytest.mark.parametrize("file", ["mixed.csv", "semicolon.csv"])
def test_dots_between_thousands_are_asked_about(file: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match='decimal = ","'):
        read(case("05") / file, case("05") / "map.toml", "ours")
    mapping = tmp_path / "map.toml"
    mapping.write_text('decimal = ","\n' + (case("05") / "map.toml").read_text(encoding="utf-8"), encoding="utf-8")
    figures = values(read(case("05") / file, mapping, "ours"))
    assert figures["USA"] == (500_291_000_000 if file == "mixed.csv" else 36_915_000)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.234.567,5", "12,5", "7"], [1234567.5, 12.5, 7]), (["1,234,567.5", "12.5", "7"], [1234567.5, 12.5, 7]),
        (["1 234 567", "12", "7"], [1234567, 12, 7]), (["5.24E+11", "12", "7"], [5.24e11, 12, 7]),
    ],
)  # fmt: skip
def test_numbers_that_show_their_form_are_read(tmp_path: Path, cells: list[str], expected: list[float]) -> None:
    text = "Country;Year;Exports\n" + "".join(
        f"{name};2024;{cell}\n" for name, cell in zip(("Japan", "France", "Italy"), cells, strict=True)
    )
    assert list(values(own(tmp_path, text)).values()) == expected


def test_numbers_of_a_workbook_need_no_decimal_sign(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [["Country", "Year", "Exports"], ["Japan", 2024, 104.325], ["France", 2024, 36.915]]:
        book.active.append(row)
    book.save(tmp_path / "table.xlsx")
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    assert values(read(tmp_path / "table.xlsx", tmp_path / "map.toml", "ours")) == {"JPN": 104.325, "FRA": 36.915}


# --- 6: tables that do not begin in the corner


def test_a_workbook_may_begin_in_b2() -> None:
    blank, plain = read(case("06") / "express_blank_column.xls"), read(case("06") / "express_plain.xls")
    assert len(rows(blank)) == 66
    assert rows(blank) == rows(plain)
    assert blank.tables[0].constants["unit"] == "100m"


@pytest.mark.parametrize(("above", "left"), [(1, 0), (0, 1), (2, 2), (3, 1)])
def test_a_table_of_customs_or_ones_own_may_begin_anywhere(tmp_path: Path, above: int, left: int) -> None:
    from tests.support import customs_files

    shifted: customs_files.Grid = [[None]] * above + [[None] * left + list(row) for row in customs_files.goods_grid()]
    customs_files.as_xlsx_plain(shifted, tmp_path / "goods.xlsx")
    customs_files.as_xlsx_plain(customs_files.goods_grid(), tmp_path / "corner.xlsx")
    assert rows(read(tmp_path / "goods.xlsx")) == rows(read(tmp_path / "corner.xlsx"))
    grid: customs_files.Grid = [[None]] * above + [
        [None] * left + row for row in [["Country", "Year", "Exports"], ["Japan", 2024, 5], ["Italy", 2024, 6]]
    ]
    customs_files.as_xlsx_plain(grid, tmp_path / "own.xlsx")
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    assert values(read(tmp_path / "own.xlsx", tmp_path / "map.toml", "ours")) == {"JPN": 5, "ITA": 6}


# --- 7, 8: the English pages of customs


def test_the_english_page_by_country_needs_no_mapping() -> None:
    delivery = read(case("07") / "by_country.html")
    items = {row["item"] for row in rows(delivery)}
    assert {"USA", "KOR", "GBR", "belt-and-road"} <= items
    printed = {(row["item"], row["freq"], row["flow"]): row["printed"] for row in rows(delivery)}
    assert printed["USA", "M", "export"] == "2000"
    assert printed["USA", "YTD", "import"] == "7000"
    assert delivery.vintage == "2026-09-09"


def test_all_unknown_names_of_a_page_are_listed_at_once(tmp_path: Path) -> None:
    page = (
        (case("07") / "by_country.html")
        .read_text(encoding="utf-8")
        .replace("R. O. Korea", "Koreaa Land")
        .replace("Hong Kong, China", "Kong Hongg")
    )
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    with pytest.raises(FileRefused, match="Koreaa Land") as caught:
        read(path)
    assert "Kong Hongg" in str(caught.value)
    assert 'names = { "' in str(caught.value)


def test_a_year_in_two_pieces_of_text_is_one_year() -> None:
    figures = {(row["product"], row["freq"]): row for row in rows(read(case("08") / "exports.html"))}
    month, through = figures["agricultural-products", "M"], figures["agricultural-products", "YTD"]
    assert month["value_cny_100m"] == 600.0
    assert (through["value_cny_100m"], through["value_prev_cny_100m"], through["growth_pct"]) == (3000.0, 2950.0, 1.7)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<span>1-5 Total, 20</span><b>2</b><i>5</i>", "1-5 Total, 2025"), ("<p>1-5</p><p>Total</p>", "1-5 Total"), ("1,2<font>34</font>.5", "1,234.5"),
        ("a<br>b", "a b"), ("5<span style='display: none'>9</span>", "5"), ("x<!-- 1 -->y", "xy"),
    ],
)  # fmt: skip
def test_pieces_of_a_cell_are_joined_as_a_browser_shows_them(tmp_path: Path, cell: str, shown: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><table><tr><td>{cell}</td></tr></table></body></html>", encoding="utf-8")
    assert read_sheets(path)[0].rows == [[shown]]


def test_a_picture_in_place_of_a_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><body><table><tr><td><img src='table4.png'></td></tr></table></body></html>", encoding="utf-8"
    )
    with pytest.raises(FileRefused, match="picture"):
        read_sheets(path)
    (tmp_path / "table.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    with pytest.raises(FileRefused, match="picture"):
        read_sheets(tmp_path / "table.png")


# --- 9: names of the IMF


def test_the_names_of_the_imf_are_known() -> None:
    figures = values(read(case("09") / "imf_names.csv", case("09") / "map.toml", "ours"))
    delivery = read(case("09") / "imf_names.csv", case("09") / "map.toml", "ours")
    assert len(rows(delivery)) == 18
    assert not delivery.refused
    assert {code: figures[code] for code in ("KOR", "COD", "LCA", "BHS", "HKG", "VEN", "TZA")} == {
        "KOR": 2e9, "COD": 7e9, "LCA": 9e9, "BHS": 10e9, "HKG": 13e9, "VEN": 15e9, "TZA": 16e9,
    }  # fmt: skip


def test_unknown_names_come_in_a_form_to_paste(tmp_path: Path) -> None:
    text = "Country,Year,Exports\nJapann,2024,5\nAtlantis,2024,6\nItaly,2024,7\n"
    with pytest.raises(FileRefused, match=r'names = \{ "Japann" = "JPN", "Atlantis" = "') as caught:
        own(tmp_path, text)
    assert "\n" not in str(caught.value)


def test_a_dataset_may_carry_its_own_table_of_names(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("name,code\nNippon,JPN\nDe Bondsrepubliek,DEU\n", encoding="utf-8")
    text = "Country,Year,Exports\nNippon,2024,5\nDe Bondsrepubliek,2024,6\n"
    assert values(own(tmp_path, text, 'names_file = "names.csv"\n' + MAPPING)) == {"JPN": 5, "DEU": 6}
    with pytest.raises(TradeError, match="another folder"):
        own(tmp_path, text, 'names_file = "../names.csv"\n' + MAPPING)


# --- 10: encodings


def test_latin1_is_not_read_as_chinese() -> None:
    delivery = read(case("10") / "latin1.csv", case("10") / "map.toml", "ours")
    figures = values(delivery)
    assert len(figures) == 20
    assert (figures["TUR"], figures["CIV"], figures["CUW"], figures["REU"]) == (34e9, 3.6e9, 2e7, 3e8)
    assert "encoding" in notes(delivery)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_chinese_names_are_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    listed = ("日本", "法國", "義大利", "印度") if encoding == "big5" else ("日本", "法国", "意大利", "印度")
    text = "Country,Year,Exports\n" + "".join(f"{name},2024,{at}\n" for at, name in enumerate(listed, 1))
    assert values(own(tmp_path, text.encode(encoding))) == {"JPN": 1, "FRA": 2, "ITA": 3, "IND": 4}


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "iso8859_15"])
def test_names_with_accents_are_read_in_every_western_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Country,Year,Exports\nTürkiye,2024,1\nCôte d'Ivoire,2024,2\nMéxico,2024,3\nPerú,2024,4\n"
    assert values(own(tmp_path, text.encode(encoding))) == {"TUR": 1, "CIV": 2, "MEX": 3, "PER": 4}


@pytest.mark.parametrize(
    "text",
    [
        "Country,Year,Exports\nCÃ´te d'Ivoire,2024,5\n",
        "Country,Year,Exports\nT\ufffdrkiye,2024,5\n",
        "Country,Year,Exports\n涓\ue15e浗鍙版咕,2024,5\n",
    ],
)
def test_text_that_was_damaged_before_is_not_taken(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        own(tmp_path, text)


# --- 11: missing values


def test_cells_without_a_figure_are_missing_and_no_refusals() -> None:
    delivery = read(case("11") / "missing.csv", case("11") / "map.toml", "ours")
    assert len(rows(delivery)) == 5
    assert not delivery.refused
    assert "3 rows have no value" in notes(delivery)


@pytest.mark.parametrize("mark", ["", "..", ":", ": c", "-", "n.a.", "NaN", "…", "—", "#N/A"])
def test_every_mark_of_a_missing_figure_is_one(tmp_path: Path, mark: str) -> None:
    text = f"Country,Year,Exports\nJapan,2024,5\nFrance,2024,{mark}\nItaly,2024,{mark}\nSpain,2024,{mark}\n"
    delivery = own(tmp_path, text)
    assert (values(delivery), delivery.refused) == ({"JPN": 5}, [])


# --- 12: the word country alone


def test_a_table_with_the_word_country_is_ones_own() -> None:
    with pytest.raises(
        FileRefused, match="the columns for partner, period, value, flow, currency are not known"
    ) as caught:
        read(case("12") / "sales.csv", None, "ours")
    assert "write a mapping file" in str(caught.value)
    with pytest.raises(FileRefused, match="--as NAME") as caught:
        read(case("12") / "sales.csv")
    assert "customs" in str(caught.value)
    assert "month" not in str(caught.value)


@pytest.mark.parametrize(
    "name", ["country.csv", "Exports by country 2026.csv", "main exports and imports by country.csv"]
)
def test_the_name_of_a_file_makes_no_table_of_customs(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Country Name,2024\nJapan,5\nFrance,6\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="not recognised as a customs table"):
        read(path)


def test_a_table_of_customs_is_not_kept_under_another_name() -> None:
    with pytest.raises(FileRefused, match="leave out --as ours"):
        read(case("07") / "by_country.html", None, "ours")


# --- 13: workbooks that a library does not open


def test_a_workbook_with_a_nameless_cell_style_is_read() -> None:
    assert values(read(case("13") / "partner.xlsx", case("13") / "map.toml", "ours")) == {
        "USA": 582e9,
        "JPN": 172e9,
        "VNM": 147e9,
    }


@pytest.mark.parametrize("damage", ["styles gone", "styles no XML", "fonts of nobody"])
def test_styles_are_not_needed_to_read_cells(tmp_path: Path, damage: str) -> None:
    import zipfile

    source, target = case("13") / "partner.xlsx", tmp_path / "partner.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            part = old.read(member)
            if member.filename == "xl/styles.xml":
                if damage == "styles gone":
                    continue
                part = (
                    b"<broken"
                    if damage == "styles no XML"
                    else part.replace(b"<font>", b"<font><nobody val='x'/><sz val='many'/>")
                )
            new.writestr(member.filename, part)
    if damage == "styles gone":
        sentence = refusal(lambda: read(target, case("13") / "map.toml", "ours"))
        assert not sentence or "save it again" in sentence
        return
    assert values(read(target, case("13") / "map.toml", "ours")) == {"USA": 582e9, "JPN": 172e9, "VNM": 147e9}


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.xlsx", b"PK\x03\x04" + b"x" * 200), ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), ("a.parquet", b"PAR1" + b"x" * 100), ("a.csv", b'a,"b\n"c"d,e\n')],
)  # fmt: skip
def test_no_error_of_a_library_reaches_the_user(tmp_path: Path, name: str, raw: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    sentence = refusal(lambda: read_sheets(path))
    for word in ("Error", "<class", "openpyxl", "xlrd", "arrow", "lxml", "Exception", "Traceback"):
        assert word not in sentence


# --- 14: wide tables

WIDE = """
[columns]
reporter = "Reporter Name"
partner = "Partner Name"
flow = "Trade Flow"

[constants]
currency = "USD"

[wide]
field = "period"
columns = ["2021", "2022", "2023", "2024"]

[total]
column = "partner"
label = "World"
"""


def test_years_as_columns_are_read_in_one_import(tmp_path: Path) -> None:
    wide = (case("14") / "wide.csv").read_text(encoding="utf-8")
    delivery = own(tmp_path, wide, WIDE)
    figures = {(row["partner"], row["period"]): row["value"] for row in rows(delivery)}
    assert len(figures) == 10
    assert (figures["USA", "2021"], figures["JPN", "2024"], figures["NRU", "2022"]) == (576e9, 152e9, 4e6)
    assert ("NRU", "2021") not in figures
    assert "multiplied by 1,000" in notes(delivery), "the column of indicators says thousands"
    undeclared = own(tmp_path, wide, WIDE.replace('columns = ["2021", "2022", "2023", "2024"]', ""))
    assert rows(undeclared) == rows(delivery)
    guessed = own(tmp_path, wide, WIDE.partition("[wide]")[0] + '[total]\ncolumn = "partner"\nlabel = "World"\n')
    assert rows(guessed) == rows(delivery)


def test_one_year_of_a_wide_table_still_works() -> None:
    assert values(read(case("14") / "wide.csv", case("14") / "map_one_year.toml", "ours")) == {
        "USA": 524e9,
        "JPN": 152e9,
        "NRU": 5e6,
    }


def test_partners_as_columns(tmp_path: Path) -> None:
    mapping = """
[columns]
period = "Month"
[constants]
flow = "import"
currency = "EUR"
[wide]
field = "partner"
columns = ["Japan", "Korea, Rep."]
"""
    delivery = own(tmp_path, 'Month,Japan,"Korea, Rep.",Note\nJan-24,5,6,x\nFeb-24,7,..,y\n', mapping)
    assert {(row["partner"], row["period"]): row["value"] for row in rows(delivery)} == {
        ("JPN", "2024-01"): 5,
        ("KOR", "2024-01"): 6,
        ("JPN", "2024-02"): 7,
    }


def test_flows_and_months_as_columns_of_the_us_census(tmp_path: Path) -> None:
    mapping = """
[columns]
partner = "CTYNAME"
[constants]
reporter = "USA"
currency = "USD"
[scale]
value = 1e6
[wide.columns]
IJAN = { flow = "import", period = "{year}-01" }
IFEB = { flow = "import", period = "{year}-02" }
EJAN = { flow = "export", period = "{year}-01" }
"""
    delivery = own(
        tmp_path,
        "year,CTY_CODE,CTYNAME,IJAN,IFEB,EJAN\n2024,5700,China,35.9,31.5,12.0\n2024,5880,Japan,11.6,12.0,6.1\n",
        mapping,
    )
    figures = {(row["partner"], row["flow"], row["period"]): row["value"] for row in rows(delivery)}
    assert figures["CHN", "import", "2024-01"] == 35.9e6
    assert figures["JPN", "export", "2024-01"] == 6.1e6
    assert len(figures) == 6


# --- 15: table (1)


def test_table_1_of_the_express_release() -> None:
    delivery = read(case("15") / "totals_en.csv")
    figures = {(row["flow"], row["freq"]): (row["printed"], row["growth_pct"]) for row in rows(delivery)}
    assert delivery.source_id == "gacc_totals"
    assert figures == {
        ("total", "M"): ("46000.5", 17.0), ("total", "YTD"): ("347000.2", 17.3), ("export", "M"): ("27000.3", 15.0), ("export", "YTD"): ("201500.2", 14.0),
        ("import", "M"): ("19000.2", 20.0), ("import", "YTD"): ("145500", 22.0), ("balance", "M"): ("8000.1", None), ("balance", "YTD"): ("56000.2", None),
    }  # fmt: skip
    assert {row["period"] for row in rows(delivery)} == {"2026-08"}


def test_table_1_of_the_monthly_bulletin() -> None:
    figures = {
        (row["period"], row["flow"], row["freq"]): row["printed"] for row in rows(read(case("15") / "totals_zh.csv"))
    }
    assert len(figures) == 16
    assert figures["2026-07", "export", "M"] == "27100"
    assert figures["2026-08", "import", "YTD"] == "145600.2"
    assert figures["2026-08", "balance", "M"] == "8000.1"


@pytest.mark.parametrize("file", ["totals_en.csv", "totals_zh.csv"])
def test_table_1_that_does_not_add_up_is_refused(tmp_path: Path, file: str) -> None:
    path = tmp_path / file
    path.write_text((case("15") / file).read_text(encoding="utf-8").replace("27000.3", "27100.3"), encoding="utf-8")
    with pytest.raises(FileRefused, match="residual 100"):
        read(path)


def test_table_1_in_chinese_with_growth_and_a_change_on_the_month(tmp_path: Path) -> None:
    path = tmp_path / "totals.csv"
    text = "（1）2026年8月进出口商品总值表（美元值）\n单位：亿美元\n项目,8月,1至8月,8月比上月±%,8月同比±%,1至8月同比±%\n进出口总值,6570.1,50000.3,-1,19.1,18.2\n出口总值,3857.1,29000.2,-2,17,15\n进口总值,2713.0,21000.1,1,22,23\n进出口差额,1144.1,8000.1,-,-,-\n"
    path.write_text(text, encoding="utf-8")
    delivery = read(path)
    figures = {(row["flow"], row["freq"]): (row["printed"], row["growth_pct"]) for row in rows(delivery)}
    assert figures["export", "M"] == ("3857.1", 17.0)
    assert figures["import", "YTD"] == ("21000.1", 23.0)
    assert delivery.tables[0].constants["currency"] == "USD"


# --- units of one's own table


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Exports (US$ million)", 5e6),
        ("Exports (US$ Thousand)", 5e3),
        ("出口额（亿美元）", 5e8),
        ("Exports, 1000 USD", 5e3),
        ("Exports", 5),
    ],
)
def test_the_scale_is_read_from_the_header(tmp_path: Path, header: str, expected: float) -> None:
    mapping = MAPPING.replace('"Exports"', f'"{header}"')
    delivery = own(tmp_path, f'Country,Year,"{header}"\nJapan,2024,5\n', mapping)
    assert values(delivery) == {"JPN": expected}


def test_the_unit_may_stand_above_the_table_or_in_the_mapping_file(tmp_path: Path) -> None:
    undeclared = MAPPING.replace('currency = "USD"\n', "")
    delivery = own(tmp_path, "Exports of ours\nUnit: HK$ million\nCountry,Year,Exports\nJapan,2024,5\n", undeclared)
    assert (rows(delivery)[0]["currency"], rows(delivery)[0]["value"]) == ("HKD", 5e6)
    delivery = own(tmp_path, "Country,Year,Exports\nJapan,2024,5\n", 'unit = "10亿美元"\n' + undeclared)
    assert (rows(delivery)[0]["currency"], rows(delivery)[0]["value"]) == ("USD", 5e9)


@pytest.mark.parametrize(
    ("header", "extra", "message"),
    [
        ("Exports (HK$ million)", "", "gives USD, but the table is in HKD"), ("Exports (US$ million)", "[scale]\nvalue = 1e3\n", "multiplies by 1,000"),
        ("Exports (¥ million)", "", "which currency"), ("Exports (US$ mil)", "", "how much"),
    ],
)  # fmt: skip
def test_a_unit_that_contradicts_or_is_unclear_is_refused(
    tmp_path: Path, header: str, extra: str, message: str
) -> None:
    with pytest.raises(FileRefused, match=message):
        own(tmp_path, f'Country,Year,"{header}"\nJapan,2024,5\n', MAPPING.replace('"Exports"', f'"{header}"') + extra)


def test_a_currency_that_nobody_names_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="the currency is not given"):
        own(tmp_path, "Country,Year,Exports\nJapan,2024,5\n", MAPPING.replace('currency = "USD"\n', ""))


def test_groups_among_the_partners_are_left_out(tmp_path: Path) -> None:
    text = "Country,Year,Exports\nJapan,2024,5\nWorld,2024,50\nEuro area,2024,7\nSub-Saharan Africa,2024,8\nOECD members,2024,30\n"
    delivery = own(tmp_path, text)
    assert values(delivery) == {"JPN": 5}
    assert "4 rows are groups or regions" in notes(delivery)


# --- two growths, two units


def test_a_table_with_both_growths_and_both_currencies(tmp_path: Path) -> None:
    from tests.support import customs_files

    grid = customs_files.flash_grid("zh")
    plain_rows = rows(read(customs_files.as_csv(grid, tmp_path / "plain.csv")))
    wide: customs_files.Grid = [list(row) for row in grid]
    wide[2] += ["8月同比±％", None, None]
    wide[3] += ["进出口", "出口", "进口"]
    for row in wide[4:]:
        row += [1.5, 2.5, 3.5]
    with_growth = {
        (r["item"], r["freq"], r["flow"]): r for r in rows(read(customs_files.as_csv(wide, tmp_path / "growth.csv")))
    }
    for row in plain_rows:
        both = with_growth[row["item"], row["freq"], row["flow"]]
        assert both["printed"] == row["printed"]
        assert both["growth_pct"] == (
            {"total": 1.5, "export": 2.5, "import": 3.5}[row["flow"]] if row["freq"] == "M" else row["growth_pct"]
        )


def test_every_delivery_says_how_its_first_rows_were_read() -> None:
    for delivery in (
        read(case("07") / "by_country.html"),
        read(case("11") / "missing.csv", case("11") / "map.toml", "ours"),
        read(case("15") / "totals_en.csv"),
    ):
        assert delivery.readings
        first = delivery.readings[0]
        assert first.row > 0
        assert first.value
        assert first.number_printed
    reading = read(case("11") / "missing.csv", case("11") / "map.toml", "ours").readings[0]
    assert (reading.row, reading.partner_printed, reading.partner, reading.period, reading.value) == (
        2,
        "United States",
        "USA",
        "A 2024",
        524e9,
    )


# --- the examples of the document


def example(name: str) -> str:
    """The code block of docs/updating.md that follows the comment of this name."""
    text = (PROJECT / "docs" / "updating.md").read_text(encoding="utf-8")
    return text.split(f"<!-- {name} -->", 1)[1].split("```", 2)[1].partition("\n")[2]


EXAMPLES: dict[str, dict[tuple[str, ...], float]] = {
    "comtrade": {("CHN", "USA", "export", "2022", "USD"): 580e9, ("CHN", "JPN", "export", "2022", "USD"): 170e9, ("CHN", "TWN", "export", "2022", "USD"): 80e9},
    "wits": {("CHN", "USA", "export", "2023", "USD"): 500e9, ("CHN", "USA", "export", "2024", "USD"): 524e9, ("CHN", "TWN", "export", "2023", "USD"): 68e9,
             ("CHN", "TWN", "export", "2024", "USD"): 75e9, ("CHN", "NRU", "export", "2024", "USD"): 5e6},
    "imf": {("CHN", "POL", "export", "2024-01", "USD"): 3012.5e6, ("CHN", "POL", "export", "2024-02", "USD"): 1890.25e6,
            ("CHN", "KOR", "export", "2024-01", "USD"): 12650e6, ("CHN", "KOR", "export", "2024-02", "USD"): 9870.5e6},
    "world bank": {("CHN", "KOR", "export", "2022", "USD"): 162e9, ("CHN", "KOR", "export", "2023", "USD"): 149e9, ("CHN", "EGY", "export", "2022", "USD"): 17e9},
    "eurostat": {("DEU", "CHN", "import", "2024-01", "EUR"): 43_512_300_125, ("DEU", "USA", "export", "2024-01", "EUR"): 41_022_100_500},
    "oecd": {("KOR", "CHN", "export", "2024-05", "USD"): 11382.5e6, ("KOR", "USA", "export", "2024-05", "USD"): 10925.1e6},
    "census": {("USA", "CHN", "import", "2024-01", "USD"): 35.9e6, ("USA", "CHN", "import", "2024-02", "USD"): 31.5e6, ("USA", "CHN", "export", "2024-01", "USD"): 12.0e6,
               ("USA", "KOR", "import", "2024-01", "USD"): 10.4e6, ("USA", "KOR", "import", "2024-02", "USD"): 10.1e6, ("USA", "KOR", "export", "2024-01", "USD"): 5.2e6},
}  # fmt: skip


@pytest.mark.parametrize("publisher", EXAMPLES)
def test_the_worked_example_of_a_publisher_is_read(tmp_path: Path, publisher: str) -> None:
    delivery = own(tmp_path, example(f"{publisher} table"), example(f"{publisher} mapping"))
    keys = ("reporter", "partner", "flow", "period", "currency")
    assert {tuple(row[key] for key in keys): row["value"] for row in rows(delivery)} == EXAMPLES[publisher]
    assert not delivery.refused


def test_the_folder_of_baci_in_the_document_is_read(tmp_path: Path) -> None:
    (tmp_path / "BACI_HS22_Y2023_V202501.csv").write_text(example("baci table"), encoding="utf-8")
    (tmp_path / "country_codes_V202501.csv").write_text(example("baci codes"), encoding="utf-8")
    options = dict(Baci.options) | {"folder": str(tmp_path), "period": "2023"}
    delivery = Baci().fetch(Job(options, Downloads(tmp_path / "pages"), read_names(PROJECT / "data"), TODAY))
    assert delivery.source_id == "cepii_baci"
    pairs = {(row["exporter"], row["importer"]): row["value_usd"] for row in tables(delivery)["bilateral_export"]}
    assert pairs == {("CHN", "USA"): 1_250_500.0, ("CHN", "TWN"): 700_000.0, ("DEU", "CHN"): 20_000.0}
    assert sum(row["value_usd"] for row in tables(delivery)["product_trade"]) == 1_970_500.0
    assert not delivery.refused


def tables(delivery: Delivery) -> dict[str, list[dict]]:
    return {table.table: table.rows.to_pylist() for table in delivery.tables}


def test_the_table_of_customs_in_the_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(example("customs table"), encoding="utf-8")
    figures = {(row["item"], row["freq"], row["flow"]): row["printed"] for row in rows(read(path))}
    assert (figures["Goods trade", "M", "export"], figures["USA", "YTD", "import"], figures["asean", "M", "total"]) == (
        "27000.3",
        "7000",
        "7000",
    )


def test_table_1_with_growth_beside_each_flow(tmp_path: Path) -> None:
    path = tmp_path / "totals.csv"
    text = "（1）2026年进出口商品总值表（美元值）B:月度表\n单位：亿美元\n年月,进出口,,出口,,进口,,贸易差额,1至当月累计,,,\n,金额,同比±%,金额,同比±%,金额,同比±%,金额,进出口,出口,进口,贸易差额\n2026.07,6834.1,25.4,3979,23.9,2855.1,27.6,1123.9,43580.2,25226.1,18354.1,6872\n"
    path.write_text(text, encoding="utf-8")
    figures = {(row["flow"], row["freq"]): (row["printed"], row["growth_pct"]) for row in rows(read(path))}
    assert figures["export", "M"] == ("3979", 23.9)
    assert figures["total", "M"] == ("6834.1", 25.4)
    assert figures["import", "YTD"] == ("18354.1", None)
