"""Customs tables as published, made from the facts of data/: the next month, 2026-08, in each layout and format.

The month repeats July 2026 and the year to date is July's plus it, so every sum holds by construction. Nothing here
imitates a published figure of that month: it is a table to read, not a figure to quote.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from trade.paths import PROJECT

Cell = str | float | int | None
Grid = list[list[Cell]]
DATA = PROJECT / "data"
CONTINENTS = ("asia", "africa", "europe", "latin-america", "north-america", "oceania")
GROUP_NAMES = {
    "world": ("总值", "Total"), "asia": ("亚洲", "Asia"), "africa": ("非洲", "Africa"), "europe": ("欧洲", "Europe"),
    "latin-america": ("拉丁美洲", "Latin America"), "north-america": ("北美洲", "North America"), "oceania": ("大洋洲", "Oceania"),
    "asean": ("东南亚国家联盟", "ASEAN"), "eu": ("欧洲联盟", "European Union"), "apec": ("亚太经济合作组织", "APEC"),
    "rcep": ("区域全面经济伙伴关系协定（RCEP）成员国", "RCEP members"),
    "belt-and-road": ("共建“一带一路”国家和地区", "Belt and Road partners"),
}  # fmt: skip
Figures = dict[str, tuple[float | None, ...]]
"""By code: exports M, YTD, imports M, YTD (10,000 yuan), growth of total, exports, imports (YTD)."""


@cache
def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def economies() -> dict[str, dict[str, str]]:
    return {row["economy"]: row for row in rows("reference/economies.csv")}


def partner_figures(month: str = "2026-07", forward: bool = True) -> Figures:
    """The figures of every partner and group in a month; `forward` makes them those of the next month, see above."""
    return dict(_partner_figures(month, forward))


@cache
def _partner_figures(month: str, forward: bool) -> Figures:
    table: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    for path, column in (("partner_2025_2026.csv", "partner"), ("groups_2025_2026.csv", "group_code")):
        for row in rows(f"gacc_partners/{path}"):
            if row["period"] == month:
                table.setdefault(row[column], {})[row["freq"], row["flow"]] = row
    figures: Figures = {}
    for code, cells in table.items():
        values: list[float | None] = []
        for flow in ("export", "import"):
            alone, through = (_number(cells.get((freq, flow), {}).get("value_cny_10k")) for freq in ("M", "YTD"))
            values += [
                alone,
                (None if through is None and alone is None else (through or 0) + (alone or 0)) if forward else through,
            ]
        growth = [_number(cells.get(("YTD", flow), {}).get("growth_pct")) for flow in ("total", "export", "import")]
        figures[code] = (*values, *growth)
    return _with_sums(figures) if forward else figures


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _with_sums(figures: Figures) -> Figures:
    """World and continents as the sums of their partners."""
    known = economies()
    partners = [code for code in figures if code.isupper()]
    for group in ("world", *CONTINENTS):
        parts = [one for one in partners if group == "world" or known[one]["customs_continent"] == group]
        sums = tuple(round(sum(figures[one][at] or 0 for one in parts)) for at in range(4))
        figures[group] = (*sums, *figures[group][4:])
    return figures


def ordered(figures: Figures) -> list[str]:
    """Codes in the order of the printed table: the total, each continent with its partners, other rows, blocs."""
    known = economies()
    partners = sorted(code for code in figures if code.isupper())
    listed = ["world"]
    for continent in CONTINENTS:
        listed += [continent, *(one for one in partners if known[one]["customs_continent"] == continent)]
    return [*listed, "ATA", "XXU", "asean", "eu", "apec", "rcep", "belt-and-road"]


def partner_grid(
    language: str = "zh",
    *,
    figures: Figures | None = None,
    scale: float = 1,
    unit: str = "",
    year: int = 2026,
    month: int = 8,
) -> Grid:
    """Table (2) by country. `scale` divides the values, `unit` is the line under the title."""
    figures, zh = figures or partner_figures(), language == "zh"
    known, name = economies(), 0 if zh else 1
    head: Grid = [
        [f"（2）{year}年{month}月进出口商品国别（地区）总值表（{'美元值' if '美元' in unit else '人民币值'}）" if zh
         else f"(2) China's Total Export & Import Values by Country/Region, Aug {year} (in {'USD' if 'US$' in unit else 'CNY'})"],
        [unit or ("单位：万元人民币" if zh else "Unit: CNY 10 Thousand")],
        ["进口原产国（地）", "进出口", None, "出口", None, "进口", None, "1至8月累计比去年同期±％", None, None] if zh
        else ["Import Source", "Export & Import", None, "Export", None, "Import", None, "1-to-8 Total Year-on-Year (±%)", None, None],
        ["出口最终目的国（地）", *(["8月", "1至8月"] * 3), "进出口", "出口", "进口"] if zh
        else ["Export Destination", *(["8", "1- to-8"] * 3), "Export & Import", "Export", "Import"],
    ]  # fmt: skip
    body: Grid = []
    for code in ordered(figures):
        exports, exports_through, imports, imports_through, *growth = figures[code]
        values = [
            _sum(exports, imports),
            _sum(exports_through, imports_through),
            exports,
            exports_through,
            imports,
            imports_through,
        ]
        label = GROUP_NAMES[code][name] if code in GROUP_NAMES else known[code][f"customs_name_{language}"]
        indent = "" if code in GROUP_NAMES else "　" if zh else "  "
        body.append(
            [
                indent + label,
                *(_scaled(value, scale) for value in values),
                *(value if value is not None else "-" for value in growth),
            ]
        )
    note: Grid = [
        ["注：1.东南亚国家联盟包括文莱等国。2.“-”表示无数据。" if zh else "Note: 1. ASEAN includes Brunei and others."]
    ]
    return head + body + note


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None and other is None else round((one or 0) + (other or 0), 2)


def _scaled(value: float | None, scale: float) -> Cell:
    if value is None:
        return "-"
    shown = value / scale
    return round(shown) if shown >= 1 or shown == 0 else round(shown, 2)


SELECTED = (
    "world",
    "asean",
    "eu",
    "DEU",
    "NLD",
    "USA",
    "JPN",
    "KOR",
    "HKG",
    "TWN",
    "RUS",
    "latin-america",
    "BRA",
    "africa",
    "ZAF",
)


def flash_grid(language: str = "en") -> Grid:
    """The preliminary release of some days earlier: total, blocs and main partners in 100 million yuan."""
    grid = partner_grid(language, unit="单位：亿元人民币" if language == "zh" else "Unit: CNY 100 Million")
    figures, known, name = partner_figures(), economies(), 0 if language == "zh" else 1
    body: Grid = []
    for code in SELECTED:
        exports, exports_through, imports, imports_through, *growth = (value or 0 for value in figures[code])
        shown = [round(value / 1e4, 1) for value in (exports, exports_through, imports, imports_through)]
        label = GROUP_NAMES[code][name] if code in GROUP_NAMES else known[code][f"customs_name_{language}"]
        lead = "其中：" if language == "zh" else "of which: "
        values = [f"{value:,.1f}" for value in (round(shown[0] + shown[2], 1), round(shown[1] + shown[3], 1), *shown)]
        body.append([(lead if code == "DEU" else "") + label, *values, *growth])
    return grid[:4] + body


def regime_grid(currency: str = "CNY") -> Grid:
    """Table (5) by customs regime: shares of a round total."""
    parts = {
        "一般贸易": 60,
        "来料加工贸易": 5,
        "进料加工贸易": 15,
        "边境小额贸易": 2,
        "对外承包工程出口货物": 1,
        "保税监管场所进出境货物": 7,
        "海关特殊监管区域物流货物": 8,
        "其他": 2,
    }
    unit = "单位：万元人民币" if currency == "CNY" else "单位：千美元"
    head: Grid = [
        [f"（5）2026年8月进出口商品贸易方式总值表（{'人民币值' if currency == 'CNY' else '美元值'}）"], [unit],
        ["贸易方式", "进出口", None, "出口", None, "进口", None, "累计比去年同期±％", None, None],
        [None, *(["8月", "1至8月"] * 3), "进出口", "出口", "进口"],
    ]  # fmt: skip

    def line(label: str, share: int) -> list[Cell]:
        return [
            label,
            share * 4659050,
            share * 34786520,
            share * 2712510,
            share * 20152480,
            share * 1946540,
            share * 14634040,
            17.3,
            14.0,
            22.0,
        ]

    return [*head, line("总值", 100), *(line(label, share) for label, share in parts.items())]


QUANTITIES = {"tonnes": "吨", "10,000 tonnes": "万吨", "units": "个", "10,000 units": "万个", "sets": "台", "10,000 sets": "万台", "100 million units": "亿个", "100 million pairs": "亿双", "10,000 cubic metres": "万立方米", "kilograms": "千克"}  # fmt: skip


def goods_grid(flow: str = "export", unit: str = "单位：亿元人民币", scale: float = 1, forward: bool = False) -> Grid:
    """Main commodities by quantity and value, from the list of July 2026; `forward`: as the next month, see above."""
    word = "出口" if flow == "export" else "进口"
    names = {
        row["product"]: row["name_zh"] + ("*" if row["overlapping"] == "true" else "")
        for row in rows("gacc_commodities/products.csv")
    }
    listed: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows("gacc_commodities/commodity_trade.csv"):
        if row["list"] == "main" and row["flow"] == flow and row["period"] == "2026-07":
            listed.setdefault(row["product"], {})[row["freq"]] = row
    head: Grid = [
        [f"（{'13' if flow == 'export' else '14'}）2026年8月{word}主要商品量值表（人民币值）"], [unit],
        ["商品名称", "计量单位", "8月", None, "1至8月累计", None, "去年同期累计", None, "累计比去年同期±％", None],
        [None, None, *(["数量", "金额"] * 4)],
    ]  # fmt: skip
    body: Grid = []
    for product, spans in listed.items():
        month, through = spans.get("M", {}), spans["YTD"]
        quantity_unit = through.get("quantity_unit") or month.get("quantity_unit") or ""
        values = [
            _number(month.get("quantity")), _number(month.get("value_cny_100m")), _number(through.get("quantity")), _number(through.get("value_cny_100m")),
            None, _number(through.get("value_prev_cny_100m")), _number(through.get("quantity_growth_pct")), _number(through.get("growth_pct")),
        ]  # fmt: skip
        if forward:
            values[2:4] = [
                through and through + (alone or 0) for alone, through in zip(values[:2], values[2:4], strict=True)
            ]
            if values[3] and values[7] is not None:
                values[5] = values[3] / (1 + values[7] / 100)
        shown = [
            "-" if value is None else round(value * (scale if at in (1, 3, 5) else 1), 4)
            for at, value in enumerate(values)
        ]
        body.append([names[product], QUANTITIES.get(quantity_unit, "-") if quantity_unit else "-", *shown])
    return [*head, *body, ["注：*包含其他商品。"]]


def as_xlsx(grid: Grid, path: Path) -> Path:
    """With the merged header cells of the original."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in grid:
        sheet.append(row)
    wide = max(len(row) for row in grid)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=wide)
    for at, cell in enumerate(grid[2], 1):
        end = at
        while at > 1 and cell is not None and end < wide and grid[2][end] is None:
            end += 1
        if end > at:
            sheet.merge_cells(start_row=3, start_column=at, end_row=3, end_column=end)
    book.save(path)
    return path


def as_xlsx_plain(grid: Grid, path: Path) -> Path:
    """Cells alone, without merged ones."""
    import openpyxl

    book = openpyxl.Workbook()
    for row, cells in enumerate(grid, 1):
        for column, cell in enumerate(cells, 1):
            if cell is not None:
                book.active.cell(row, column, cell)
    book.save(path)
    return path


def as_xls(grid: Grid, path: Path, hidden_row: int | None = None, hidden_column: int | None = None) -> Path:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for at, row in enumerate(grid):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(at, column, cell)
    if hidden_row is not None:
        sheet.row(hidden_row).hidden = True
    if hidden_column is not None:
        sheet.col(hidden_column).hidden = True
    book.save(str(path))
    return path


def csv_text(grid: Grid, thousands: bool = False, delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([_text(cell, thousands) for cell in row] for row in grid)
    return out.getvalue()


def _text(cell: Cell, thousands: bool) -> str:
    if isinstance(cell, int | float) and thousands:
        return f"{cell:,}"
    return "" if cell is None else str(cell)


def as_csv(grid: Grid, path: Path, encoding: str = "utf-8", thousands: bool = False, delimiter: str = ",") -> Path:
    path.write_bytes(csv_text(grid, thousands, delimiter).encode(encoding))
    return path


def as_html(grid: Grid, path: Path, encoding: str = "utf-8", published: str = "2026/09/18") -> Path:
    """A page with the date above the table, spans in the header, thousands with commas and blanks at their ends."""
    lines = "".join(f"<tr>{''.join(_cells(row, grid is not None and at == 2))}</tr>" for at, row in enumerate(grid))
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>{html.escape(str(grid[0][0]))}</title></head><body>'
        f'<div class="date">{published}</div><table><tbody>{lines}</tbody></table></body></html>'
    )
    path.write_bytes(page.encode(encoding))
    return path


def _cells(row: Iterable[Cell], header: bool) -> Iterable[str]:
    cells, at = list(row), 0
    while at < len(cells):
        span = 1
        while header and at and at + span < len(cells) and cells[at + span] is None:
            span += 1
        text = html.escape(_text(cells[at], True))
        yield (
            f'<td colspan="{span}"><span>{text}&nbsp;</span></td>'
            if span > 1
            else f"<td><span>{text}&nbsp;</span></td>"
        )
        at += span


WRITERS: dict[str, Callable[[Grid, Path], Path]] = {
    "xlsx": as_xlsx, "xls": as_xls, "csv": as_csv, "html": as_html,
    "gb.csv": lambda grid, path: as_csv(grid, path, "gb18030", thousands=True),
    "utf16.csv": lambda grid, path: as_csv(grid, path, "utf-16", thousands=True),
    "bom.csv": lambda grid, path: as_csv(grid, path, "utf-8-sig"),
    "tab.csv": lambda grid, path: as_csv(grid, path, "utf-8", delimiter="\t"),
    "gb.html": lambda grid, path: as_html(grid, path, "gb18030"),
}  # fmt: skip
