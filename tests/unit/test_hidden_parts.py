"""What a file hides: rows and columns are read with a note, sheets are not, unless no other holds figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.support import customs_files
from tests.support.published_files import MAPPING, notes, read, rows, values
from trade.sources.delivery import Delivery

pytestmark = pytest.mark.usefixtures("readers_here")
FLASH = customs_files.flash_grid("zh")
USA = next(at for at, row in enumerate(FLASH) if row[0] == "美国")
OWN = [["Country", "Year", "Exports"], ["Japan", 2024, 100], ["France", 2024, 60], ["Peru", 2024, 5]]


def xlsx(folder: Path, hide: Callable[[openpyxl.Workbook], object], grid: customs_files.Grid = FLASH) -> Path:
    path = customs_files.as_xlsx_plain(grid, folder / "table.xlsx")
    book = openpyxl.load_workbook(path)
    hide(book)
    book.save(path)
    return path


def hide_rows(book: openpyxl.Workbook) -> None:
    for row in (USA + 1, USA + 2, 8, 900):
        book.active.row_dimensions[row].hidden = True


def exported(delivery: Delivery) -> dict[str, str]:
    return {row["item"]: row["printed"] for row in rows(delivery) if (row["freq"], row["flow"]) == ("M", "export")}


def test_hidden_rows_belong_to_the_table_and_are_named(tmp_path: Path) -> None:
    delivery = read(xlsx(tmp_path, hide_rows))
    assert exported(delivery) == exported(read(xlsx(tmp_path, lambda _: None)))
    assert f"Hidden rows of table.xlsx are imported too: 8, {USA + 1}–{USA + 2}." in notes(delivery)
    assert "第8" in " ".join(note.text("zh") for note in delivery.notes)


def test_a_table_that_hides_nothing_has_no_such_note(tmp_path: Path) -> None:
    assert "idden" not in notes(read(xlsx(tmp_path, lambda _: None)))


def test_hidden_columns_are_named(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.active.column_dimensions["D"].hidden = True
        book.active.column_dimensions["AD"].hidden = True

    assert "Hidden columns of table.xlsx are imported too: 4." in notes(read(xlsx(tmp_path, hide)))


def test_a_workbook_of_the_older_format_hides_too(tmp_path: Path) -> None:
    found = notes(read(customs_files.as_xls(FLASH, tmp_path / "table.xls", hidden_row=USA, hidden_column=8)))
    assert f"Hidden rows of table.xls are imported too: {USA + 1}." in found
    assert "Hidden columns of table.xls are imported too: 9." in found


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read(tmp_path: Path, state: str) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        copy = book.copy_worksheet(book.active)
        copy.title, copy.sheet_state = "before revision", state
        copy.cell(1, 1).value = str(FLASH[0][0]).replace("8月", "7月")

    delivery = read(xlsx(tmp_path, hide))
    assert "Hidden sheets and tables are not imported: before revision." in notes(delivery)
    assert {row["period"] for row in rows(delivery)} == {"2026-08"}


def test_a_hidden_sheet_is_read_where_no_other_has_figures(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.active.sheet_state = "hidden"
        book.create_sheet("cover").cell(1, 1).value = "Contents"
        book.active = 1

    delivery = read(xlsx(tmp_path, hide))
    assert exported(delivery)
    assert "Hidden sheets imported, as no visible sheet has figures: Sheet." in notes(delivery)


def test_a_filtered_table_of_ones_own_is_read_whole_and_a_hidden_sheet_if_it_is_named(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.active.row_dimensions[3].hidden = True
        copy = book.copy_worksheet(book.active)
        copy.title, copy.sheet_state = "draft", "hidden"
        copy.cell(2, 3).value = 7

    path, mapping = xlsx(tmp_path, hide, OWN), tmp_path / "map.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    delivery = read(path, mapping, "ours")
    assert values(delivery) == {"JPN": 100, "FRA": 60, "PER": 5}
    assert "Hidden rows of table.xlsx are imported too: 3." in notes(delivery)
    assert "not imported: draft" in notes(delivery)
    mapping.write_text(f'sheet = "draft"\n{MAPPING}', encoding="utf-8")
    assert values(read(path, mapping, "ours"))["JPN"] == 7


def page(table: str) -> str:
    return f"<html><body><p>发布时间：2026-09-09</p>{table}</body></html>"


def lines(row: str = "", hidden: str = "", change: tuple[str, str] = ("", "")) -> str:
    """The table as HTML rows, with attributes `row` for the United States and a cell `hidden` before each body row."""
    out = ""
    for at, cells in enumerate(FLASH):
        texts = "".join(f"<td>{'' if cell is None else str(cell).replace(*change)}</td>" for cell in cells)
        out += f"<tr {row if at == USA else ''}>{hidden if at > 3 else ''}{texts}</tr>"
    return out


def test_a_page_shows_its_table_as_a_browser_does(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(f"<table>{lines()}</table>"), encoding="utf-8")
    expected = exported(read(path))
    hiding = lines(row='style="display: none"', hidden="<td hidden>17</td>")
    path.write_text(page(f"<table>{hiding}</table>"), encoding="utf-8")
    delivery = read(path)
    assert exported(delivery) == expected
    assert f"Hidden rows of page.html are imported too: {USA + 1}." in notes(delivery)
    former = f'<div style="display:none"><table>{lines(change=("8月", "7月"))}</table></div>'
    path.write_text(page(f"{former}<table>{lines()}</table>"), encoding="utf-8")
    delivery = read(path)
    assert "Hidden sheets and tables are not imported: table 1." in notes(delivery)
    assert {row["period"] for row in rows(delivery)} == {"2026-08"}
