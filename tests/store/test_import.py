"""Tables of customs and a reader's own, in every format: read right, or refused with row, column, reason and remedy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import trade.measures as measures
from tests.support import customs_files
from tests.support.small_facts import facts_alone, marts_alone, write_small_facts
from trade.cli import commands
from trade.errors import TradeError
from trade.ingest import file_deliveries, pipeline
from trade.paths import PROJECT
from trade.sources.customs import read_customs
from trade.sources.customs.commodity_table import Goods, read_goods
from trade.sources.customs.reader import ReadOptions
from trade.sources.customs.table_heading import find_kind, read_unit
from trade.sources.delivery import Delivery
from trade.sources.economy_names import Names, read_names
from trade.sources.money_units import Unit
from trade.sources.number_parser import NotANumber, parse
from trade.sources.spreadsheets import FileRefused, Sheet, read_sheets
from trade.store import build_store, expected_version, open_store
from trade.store.loss_guard import LossRefused

TODAY = "2026-11-24"
USD = "单位：千美元"


@pytest.fixture(scope="module")
def names() -> Names:
    return read_names(customs_files.DATA)


@pytest.fixture(scope="module")
def goods() -> Goods:
    return read_goods(customs_files.DATA)


@pytest.fixture
def take(names: Names, goods: Goods) -> Callable[..., list[Delivery]]:
    """Read a grid as if it came from a file, without a process of its own."""

    def read(grid: customs_files.Grid, **options: object) -> list[Delivery]:
        rows = [["" if cell is None else customs_files._text(cell, False).strip() for cell in row] for row in grid]
        return read_customs("table.xlsx", [Sheet("", rows)], names, goods, ReadOptions(TODAY, **options))

    return read


def rows_of(delivery: Delivery, table: str) -> list[dict]:
    return next(one.rows.to_pylist() for one in delivery.tables if one.table == table)


def facts(period: str) -> dict[tuple[str, str, str], float | None]:
    figures = customs_files.partner_figures(period, forward=False)
    expected = {}
    for code, values in figures.items():
        for (freq, flow), value in zip(
            (("M", "export"), ("YTD", "export"), ("M", "import"), ("YTD", "import")), values, strict=False
        ):
            expected[code, freq, flow] = value
    return expected


@pytest.mark.parametrize("form", customs_files.WRITERS)
def test_a_table_by_country_says_the_same_in_every_format(
    form: str, names: Names, goods: Goods, tmp_path: Path
) -> None:
    path = customs_files.WRITERS[form](customs_files.partner_grid("zh"), tmp_path / f"table.{form}")
    (delivery,) = read_customs(path.name, read_sheets(path), names, goods, ReadOptions(TODAY))
    figures = customs_files.partner_figures()
    assert delivery.source_id == "gacc_partners"
    assert delivery.vintage == ("2026-09-18" if form.endswith("html") else TODAY)
    for row in rows_of(delivery, "partner_trade") + rows_of(delivery, "group_trade"):
        exports, exports_through, imports, imports_through, *growth = figures[row.get("partner") or row["group_code"]]
        expected = {
            ("M", "export"): exports,
            ("YTD", "export"): exports_through,
            ("M", "import"): imports,
            ("YTD", "import"): imports_through,
        }
        value = expected.get((row["freq"], row["flow"]))
        assert row["value_cny_10k"] == (
            None if value is None else pytest.approx(value, abs=0.5 if value >= 1 else 0.005)
        )
        if row["freq"] == "YTD":
            assert row["growth_pct"] == dict(zip(("total", "export", "import"), growth, strict=True))[row["flow"]]
    assert {row["partner"] for row in rows_of(delivery, "partner_trade")} == {
        code for code in figures if code.isupper()
    }


def test_the_printed_table_of_july_is_read_as_the_facts_say(take: Callable) -> None:
    grid = customs_files.partner_grid("zh", figures=customs_files.partner_figures(forward=False), month=7)
    grid[2][7], grid[3][1:7] = "1至7月累计比去年同期±％", ["7月", "1至7月"] * 3
    (delivery,) = take(grid)
    known = facts("2026-07")
    for row in rows_of(delivery, "partner_trade"):
        if row["flow"] != "total":
            assert row["value_cny_10k"] == known[row["partner"], row["freq"], row["flow"]], row


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_languages_give_the_same_facts(take: Callable, language: str) -> None:
    (delivery,), (other,) = take(customs_files.partner_grid(language)), take(customs_files.partner_grid("zh"))
    assert [one.rows.to_pylist() for one in delivery.tables] == [one.rows.to_pylist() for one in other.tables]


def test_dollars_become_a_source_of_their_own_in_full_dollars(take: Callable) -> None:
    (delivery,) = take(customs_files.partner_grid("zh", scale=0.7, unit=USD))
    usa = {
        (row["freq"], row["flow"]): row["value"] for row in rows_of(delivery, "trade_flow") if row["partner"] == "USA"
    }
    assert delivery.source_id == "gacc_partners_usd"
    assert usa["M", "export"] == round(customs_files.partner_figures()["USA"][0] / 0.7) * 1000
    assert delivery.tables[0].constants["currency"] == "USD"


def test_the_preliminary_release_keeps_figures_as_printed(take: Callable) -> None:
    for language in ("zh", "en"):
        (delivery,) = take(customs_files.flash_grid(language))
        rows = rows_of(delivery, "released_figure")
        total = next(row for row in rows if (row["topic"], row["freq"], row["flow"]) == ("total", "M", "export"))
        assert total["printed"] == "27125.1"
        assert {row["item"] for row in rows} == {"Goods trade", *customs_files.SELECTED} - {"world"}
        assert delivery.tables[0].constants["unit"] == "100m"


def test_regimes_reconcile_and_have_the_labels_of_the_store(take: Callable) -> None:
    (yuan,), (dollars,) = take(customs_files.regime_grid()), take(customs_files.regime_grid("USD"))
    labels = {row["item"] for row in rows_of(yuan, "released_figure")}
    known = {row["item"] for row in customs_files.rows("gacc_releases/regimes.csv")}
    assert {"Ordinary trade", "Processing with imported materials", "Border trade", "Other", "Total"} <= labels <= known
    assert (yuan.tables[0].constants["unit"], dollars.tables[0].constants["unit"]) == ("10k", "1000")
    grid = customs_files.regime_grid()
    grid[5][3] += 5000
    grid[5][1] += 5000
    with pytest.raises(FileRefused, match="residual 5,000"):
        take(grid)


@pytest.mark.parametrize(("unit", "scale"), [("单位：亿元人民币", 1), ("单位：万元人民币", 1e4)])
@pytest.mark.parametrize("flow", ["export", "import"])
def test_commodities_are_read_in_either_unit(take: Callable, flow: str, unit: str, scale: float) -> None:
    (delivery,) = take(customs_files.goods_grid(flow, unit, scale))
    rows = {(row["product"], row["freq"]): row for row in rows_of(delivery, "commodity_trade")}
    known = [
        row
        for row in customs_files.rows("gacc_commodities/commodity_trade.csv")
        if (row["list"], row["flow"], row["period"]) == ("main", flow, "2026-07")
    ]
    assert len(known) == len(rows) > 50
    for row in known:
        read = rows[row["product"], row["freq"]]
        for column in ("value_cny_100m", "value_prev_cny_100m", "quantity"):
            assert read[column] == (pytest.approx(float(row[column]), abs=1e-4) if row[column] else None), (
                row["product"],
                column,
            )
        if row["quantity"]:
            assert read["quantity_unit"] == row["quantity_unit"]


def test_an_unknown_commodity_is_refused_by_row_with_the_nearest(take: Callable) -> None:
    grid = customs_files.goods_grid()
    grid[6][0] = "集成电路板"
    (delivery,) = take(grid)
    (refusal,) = delivery.refused
    assert (refusal.row, refusal.value) == (7, "集成电路板")
    assert "集成电路" in str(refusal.reason)
    (delivery,) = take(grid, names={"集成电路板": "toys"} | {"玩具": "tea"})
    assert not delivery.refused


def test_commodities_in_dollars_are_refused(take: Callable) -> None:
    grid = customs_files.goods_grid(unit="单位：百万美元")
    grid[0][0] = str(grid[0][0]).replace("人民币", "美元")
    with pytest.raises(FileRefused, match="yuan edition"):
        take(grid)


def find(grid: customs_files.Grid, label: str) -> int:
    return next(at for at, row in enumerate(grid) if str(row[0]).strip() == label)


def change(label: str, column: int, value: object) -> Callable[[customs_files.Grid], None]:
    def edit(grid: customs_files.Grid) -> None:
        grid[find(grid, label)][column] = value

    return edit


def doubled(grid: customs_files.Grid) -> None:
    grid.insert(20, list(grid[find(grid, "德国")]))


def dropped(grid: customs_files.Grid) -> None:
    del grid[find(grid, "德国")]


def cut(grid: customs_files.Grid) -> None:
    del grid[30:]


FAULTS: dict[str, tuple[Callable[[customs_files.Grid], object], str]] = {
    "a value changed": (change("德国", 3, 1), r"row \d+ \(德国\): exports plus imports .* residual"),
    "a partner missing": (dropped, "the partners .* residual -"),
    "a partner twice": (doubled, "are both DEU"),
    "cut in the middle": (cut, "residual"),
    "an unknown name": (change("德国", 0, "德意志国"), "not a known partner"),
    "a near name": (change("法国", 0, "法兰西国"), "not a known partner; nearest"),
    "negative": (change("德国", 3, -5), "negative"),
    "letters": (change("德国", 3, "12O4"), "row .*, column 4: '12O4' is not a number"),
    "bad thousands": (change("德国", 3, "1,23,456"), "not a number"),
    "a formula without value": (change("德国", 3, "=SUM(A1:A2)"), "formula without a stored value"),
    "an error cell": (change("德国", 3, "#DIV/0!"), "not a number"),
    "no name": (change("德国", 0, ""), "there are figures without a name"),
    "no unit": (lambda grid: grid.__setitem__(1, [""]), "no unit of money"),
    "a strange unit": (lambda grid: grid.__setitem__(1, ["单位：吨"]), "no unit of money"),
    "units that differ": (lambda grid: grid.__setitem__(1, ["单位：千美元"]), "title says CNY and the unit USD"),
    "no month": (lambda grid: grid.__setitem__(0, ["进出口商品国别（地区）总值表（人民币值）"]), "names no month"),
    "another month in the header": (lambda grid: grid[3].__setitem__(1, "9月"), "month 8 and a column says month 9"),
    "columns twice": (lambda grid: grid[3].__setitem__(2, "8月"), "both read as"),
    "no total": (lambda grid: grid.__delitem__(4), "no row of the total"),
    "no figures": (lambda grid: grid.__delitem__(slice(4, None)), "no row of figures"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_table_is_refused_with_place_reason_and_residual(take: Callable, name: str) -> None:
    edit, message = FAULTS[name]
    grid = customs_files.partner_grid("zh")
    edit(grid)
    with pytest.raises(FileRefused, match=message) as caught:
        take(grid)
    assert "\n" not in str(caught.value)


def test_notes_blank_lines_marks_and_repeated_headers_do_not_disturb(take: Callable) -> None:
    grid = customs_files.partner_grid("zh")
    plain = take(customs_files.partner_grid("zh"))[0]
    at = find(grid, "德国")
    grid[at][0] = "　　其中：德国*"
    grid[at + 1][0] = str(grid[at + 1][0]) + "①"
    grid.insert(at, [None] * 10)
    grid.insert(at, list(grid[2]))
    grid.insert(at, ["注：部分国家的数据经过修订，与以前公布的不一致，请以最新公布的数据为准，特此说明。"])
    grid.append(["2. 数据来源：海关总署。"])
    assert take(grid)[0].tables[0].rows.to_pylist() == plain.tables[0].rows.to_pylist()


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元人民币", Unit("CNY", 4)), ("单位:亿元", Unit("CNY", 8)), ("单位：千美元", Unit("USD", 3)), ("单位：百万美元", Unit("USD", 6)),
        ("单位：万美元", Unit("USD", 4)), ("单位：亿美元", Unit("USD", 8)), ("Unit: CNY 10 Thousand", Unit("CNY", 4)), ("Unit：RMB 10,000", Unit("CNY", 4)),
        ("Unit: CNY 100 Million", Unit("CNY", 8)), ("Unit: US$1,000", Unit("USD", 3)), ("Unit: USD1 Million", Unit("USD", 6)), ("Unit: USD 1,000", Unit("USD", 3)),
        ("Unit: 1,000 US dollars", Unit("USD", 3)), ("unit: 10,000 yuan", Unit("CNY", 4)), ("100 million yuan", Unit("CNY", 8)), ("Commodity", None), ("单位：吨", None),
    ],
)  # fmt: skip
def test_units_are_recognised(line: str, unit: Unit | None) -> None:
    assert read_unit(line) == unit


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("（2）2026年7月进出口商品国别（地区）总值表（人民币值）", ("partner", "")),
        ("(4) China's Total Export & Import Values by Country/Region, Mar 2026 (in CNY)", ("partner", "")),
        ("（13）2026年7月出口主要商品量值表（美元值）", ("commodity", "export")),
        ("(6) China's Major Imports by Quantity and Value, May 2026 (in USD)", ("commodity", "import")),
        ("(5) Total Value of Imports and Exports by Trade Mode, July 2026", ("regime", "")),
        ("（5）2026年7月进出口商品贸易方式总值表", ("regime", "")),
        ("(6)出口商品贸易方式企业性质总值表", ("", "")),
        ("(15)对部分国家(地区)出口商品类章金额表", ("", "")),
        ("My holiday", ("", "")),
    ],
)
def test_tables_are_told_by_their_titles(title: str, kind: tuple[str, str]) -> None:
    assert find_kind(title) == kind


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", 1234.5),
        ("-", None),
        ("—", None),
        ("", None),
        ("０", 0.0),
        ("１２", 12.0),
        ("(5)", -5.0),
        ("−3.5", -3.5),
        ("1e3", 1000.0),
        ("1 234 567", 1234567.0),
    ],
)
def test_numbers_as_printed(text: str, value: float | None) -> None:
    assert parse(text) == value


@pytest.mark.parametrize("text", ["1,23", "1.2.3", "12a", "=A1", "1e999", "--5", "5%", "１,２３"])
def test_what_is_no_number_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotANumber):
        parse(text)


def test_a_decimal_comma_is_read_where_it_is_said_to_be_one() -> None:
    assert parse("1.234,5", decimal=",") == 1234.5


@pytest.fixture
def served(small_real_home: Path, tmp_path: Path) -> tuple[Path, Path]:
    """(data folder, store folder) of the facts without the world matrix, in service."""
    shutil.copytree(small_real_home / "home", tmp_path / "home")
    return small_real_home / "data", tmp_path / "home"


def test_a_quantity_in_another_unit_enters_service_only_by_order(served: tuple[Path, Path], tmp_path: Path) -> None:
    data, home = served
    grid = customs_files.goods_grid(forward=True)
    grid[find(grid, "水产品")][1] = "吨"
    path = customs_files.as_csv(grid, tmp_path / "13.csv")
    with facts_alone(), pytest.raises(LossRefused, match=r"Aquatic products, exports.*the unit .* is wrong") as caught:
        pipeline.import_paths(path, file_deliveries.ImportOptions(today=TODAY), home=home, data=data, dry_run=True)
    assert len(caught.value.concerns) == 1


def test_a_month_of_customs_files_in_a_folder(served: tuple[Path, Path], tmp_path: Path) -> None:
    data, home = served
    before = open_store(home).version
    month = tmp_path / "month"
    month.mkdir()
    customs_files.as_xlsx(customs_files.partner_grid("zh"), month / "2.xlsx")
    customs_files.as_xls(customs_files.partner_grid("en", scale=0.7, unit="Unit: US$1,000"), month / "2usd.xls")
    customs_files.as_html(customs_files.flash_grid("en"), month / "4.html")
    customs_files.as_xls(customs_files.regime_grid(), month / "5.xls")
    customs_files.as_csv(customs_files.goods_grid(forward=True), month / "13.csv", "gb18030")
    customs_files.as_xlsx(customs_files.goods_grid("import", "单位：万元人民币", 1e4, forward=True), month / "14.xlsx")
    (month / "readme.txt").write_text("not a table")
    reports, failed = pipeline.import_paths(month, file_deliveries.ImportOptions(today=TODAY), home=home, data=data)
    store = open_store(home)
    assert list(failed) == ["readme.txt"], failed
    assert {report.source for report in reports} == {
        "gacc_partners",
        "gacc_partners_usd",
        "gacc_flash",
        "gacc_regimes",
        "gacc_commodities",
    }
    assert all(report.published and report.version == store.version for report in reports)
    assert before != store.version == expected_version(data, home)
    grown = measures.run(store, "growth", flow="export", freq="M", currency="CNY", first="2026-08").frame
    assert grown["value"].tolist() == [customs_files.partner_figures()["world"][0] * 1e4]
    spread = measures.run(store, "hhi", dataset="gacc_partners_usd", freq="YTD").frame
    assert spread["period"].tolist() == ["2026-08"]
    assert spread["largest"].tolist() == ["HKG"]
    goods = measures.run(store, "commodities", flow="export", period="2026-08").frame
    assert len(goods) > 15
    assert measures.run(
        store, "released", topic="regime", first="2026-08", item="Ordinary trade", flow="export", freq="M"
    ).frame["value"].tolist() == [60 * 2712510e4]


def test_a_table_that_breaks_an_identity_is_refused_with_the_residual(
    served: tuple[Path, Path], tmp_path: Path
) -> None:
    """Its own sums hold, but the members of ASEAN no longer make ASEAN."""
    data, home = served
    before = open_store(home).version
    grid = customs_files.partner_grid("zh")
    at = find(grid, "东南亚国家联盟")
    for column in (2, 4):
        grid[at][column] += 700
    path = customs_files.as_csv(grid, tmp_path / "table.csv")
    with pytest.raises(TradeError, match=r"table\.csv: .*asean export.*does not hold") as caught:
        pipeline.import_paths(
            path, file_deliveries.ImportOptions(published="2026-12-01", today=TODAY), home=home, data=data
        )
    assert "\n" not in str(caught.value)
    assert open_store(home).version == before
    assert (home / "refused" / "gacc_partners").is_dir()


OWN = 'Country,Year,Sales (mn)\nFrance,2024,"1,200.5"\nUnited States,2024,900\nAtlantis,2024,3\nSouth Korea,2025,50\nJapan,2025,-\nGermany,2025,70\nItaly,2025,11\nTotal,2024,2100.5\n'
MAPPING = """table = "trade_flow"
[source]
title = "Sales of ours"
licence = "ours"
[columns]
partner = "Country"
period = "Year"
value = "Sales (mn)"
[constants]
reporter = "CHN"
flow = "export"
currency = "USD"
[scale]
value = 1e6
[names]
"Atlantis" = "GRC"
[total]
column = "partner"
label = "Total"
tolerance = 1
"""


def own(tmp_path: Path, table: str = OWN, mapping: str = MAPPING, source: str = "ours") -> list[Delivery]:
    (tmp_path / "own.csv").write_text(table, encoding="utf-8")
    (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
    return file_deliveries.read(
        tmp_path / "own.csv",
        file_deliveries.ImportOptions(tmp_path / "map.toml", source, today=TODAY),
        customs_files.DATA,
    )


def test_an_own_table_with_a_mapping(tmp_path: Path) -> None:
    (delivery,) = own(tmp_path)
    rows = {(row["partner"], row["period"]): row for row in rows_of(delivery, "trade_flow")}
    assert rows["FRA", "2024"]["value"] == 1200.5e6
    assert rows["GRC", "2024"]["value"] == 3e6
    assert rows["KOR", "2025"] == {
        "reporter": "CHN",
        "freq": "A",
        "period": "2025",
        "flow": "export",
        "partner": "KOR",
        "currency": "USD",
        "value": 5e7,
        "quality": "reported",
    }
    assert not delivery.refused, "a cell without a figure is missing, and no refusal"
    assert any("1 row has no value" in str(note) for note in delivery.notes)


OWN_FAULTS: dict[str, tuple[Callable[[str], str], Callable[[str], str], str]] = {
    "total not met": (lambda t: t.replace("2100.5", "2500"), lambda m: m, "residual -396500000"),
    "row twice": (lambda t: t + "France,2024,1\n", lambda m: m, "rows 2 and 10 are both CHN, A?.*2024, export, FRA"),
    "column not there": (lambda t: t.replace("Year", "Jahr"), lambda m: m, "column 'Year' is not in row"),
    "column missing": (lambda t: t, lambda m: m.replace('period = "Year"\n', ""), "the column for period is not known"),
    "unknown field": (lambda t: t, lambda m: 'colour = "blue"\n' + m, "field colour"),
    "no TOML": (lambda t: t, lambda m: m + "[", "not valid TOML"),
    "unknown column": (lambda t: t, lambda m: m.replace("partner =", "pardner ="), "pardner"),
    "most rows wrong": (lambda t: t.replace("2024", "soon").replace("2025", "soon"), lambda m: m, "rows cannot be used; first: row 2, period"),
    "wrong constant": (lambda t: t, lambda m: m.replace('"CHN"', '"Cathay"'), "constant reporter is 'Cathay'"),
    "group as partner": (lambda t: "Country,Year,Sales (mn)\nASEAN,2024,5\n", lambda m: m, "1 are of groups, regions"),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN_FAULTS)
def test_a_wrong_own_table_is_refused(tmp_path: Path, name: str) -> None:
    table, mapping, message = OWN_FAULTS[name]
    with pytest.raises(TradeError, match=message.replace("396500000", "396,?500,?000")) as caught:
        own(tmp_path, table(OWN), mapping(MAPPING))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "--as NAME"),
        ("Ours!", "lower-case"),
        ("../x", "lower-case"),
        ("gacc_partners", "is a source of this project"),
    ],
)
def test_an_own_table_needs_a_name_of_its_own(tmp_path: Path, source: str, message: str) -> None:
    with pytest.raises(TradeError, match=message):
        own(tmp_path, source=source)


def test_an_own_parquet_file_with_our_columns_needs_no_mapping(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = {"year": [2024, 2024], "exporter": ["CHN", "DEU"], "importer": ["USA", "FRA"], "value_usd": [1.5, 2.0]}
    pq.write_table(pa.table(table), tmp_path / "own.parquet")
    (tmp_path / "map.toml").write_text('table = "bilateral_export"')
    (delivery,) = file_deliveries.read(
        tmp_path / "own.parquet",
        file_deliveries.ImportOptions(tmp_path / "map.toml", "ours", today=TODAY),
        customs_files.DATA,
    )
    assert rows_of(delivery, "bilateral_export")[0] == {
        "year": 2024,
        "exporter": "CHN",
        "importer": "USA",
        "value_usd": 1.5,
    }


def test_the_command_line_tells_all_as_json(
    home: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRADE_HOME", str(home))
    monkeypatch.setenv("TRADE_DATA", str(data))
    own(tmp_path)
    arguments = [
        "import",
        str(tmp_path / "own.csv"),
        "--mapping",
        str(tmp_path / "map.toml"),
        "--as",
        "ours",
        "--json",
        "--dry-run",
    ]
    done = CliRunner().invoke(commands.app, arguments)
    assert done.exit_code == 0, done.output
    (report,) = json.loads(done.stdout)["reports"]
    assert (report["source"], report["rows_new"], report["published"]) == ("ours", 6, False)
    assert report["refused"] == []
    assert report["readings"][0]["partner"] == "FRA"
    wrong = CliRunner().invoke(commands.app, ["import", str(tmp_path / "nothing.csv")])
    assert wrong.exit_code == 1
    assert "does not exist" in wrong.output
    assert "Traceback" not in wrong.output


def example(document: str, name: str) -> str:
    """The block of a document that follows the comment of this name."""
    text = (PROJECT / "docs" / document).read_text(encoding="utf-8")
    return text.split(f"<!-- {name} -->", 1)[1].split("```", 2)[1].partition("\n")[2]


def test_the_own_table_of_the_document_is_read(tmp_path: Path) -> None:
    (delivery,) = own(tmp_path, example("updating.md", "own table"), example("updating.md", "own mapping"))
    assert {row["partner"]: row["value"] for row in rows_of(delivery, "trade_flow")} == {
        "FRA": 1200.5e6,
        "USA": 9e8,
        "GRC": 3e6,
    }


def test_quarters_of_an_own_table_are_measured_as_quarters(tmp_path: Path) -> None:
    home, data, path = tmp_path / "home", write_small_facts(tmp_path / "data"), tmp_path / "quarters.csv"
    path.write_text(
        "Country,Quarter,Exports\nJapan,2024Q1,30\nFrance,2024Q1,10\nJapan,2024Q2,20\nFrance,2024Q2,20\n",
        encoding="utf-8",
    )
    (tmp_path / "map.toml").write_text(
        '[columns]\npartner = "Country"\nperiod = "Quarter"\nvalue = "Exports"\n[constants]\nflow = "export"\ncurrency = "USD"\n',
        encoding="utf-8",
    )
    with marts_alone("markets", "quarters"):
        build_store(data, home)
        pipeline.import_paths(
            path, file_deliveries.ImportOptions(tmp_path / "map.toml", "ours", "", "2026-11-28"), home=home, data=data
        )
    frame = measures.run(open_store(home), "hhi", dataset="ours", freq="Q").frame
    assert frame[["period", "hhi"]].to_numpy().tolist() == [["2024-Q1", 0.625], ["2024-Q2", 0.5]]
    assert frame["period_start"].astype(str).str[:10].tolist() == ["2024-01-01", "2024-04-01"]


def test_the_plain_file_source_of_the_document_is_built(tmp_path: Path) -> None:
    """A provider is a folder with source.toml and files."""
    data = write_small_facts(tmp_path / "data")
    for name in ("totals.csv", "source.toml"):
        path = data / "monthly_usd" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(example("adding.md", f"example: data/monthly_usd/{name}"), encoding="utf-8")
    with marts_alone("markets", "quarters"):
        build_store(data, tmp_path / "home")
    store = open_store(tmp_path / "home")
    frame = measures.run(store, "balance", currency="USD", freq="M", first="2026-08").frame
    assert frame["balance"].tolist() == [pytest.approx(109.7e9)]
    assert set(frame["source_id"]) == {"monthly_usd"}
