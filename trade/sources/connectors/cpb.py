"""CPB's World Trade Monitor: volumes and unit values from a workbook on this computer. Nothing is fetched.

The workbook has a row per series, identified by a code (`xgz_cn_qnmi_sn`: exports of goods, China, volume, seasonally
adjusted), and a column per month (`2000m01`). Other series (industrial production, commodity prices) and unknown areas
are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trade.errors import BadParameter, Message, shorten
from trade.sources.connectors.arrow_tables import table
from trade.sources.connectors.base import Job, UpdateFailed
from trade.sources.delivery import Delivery, Refusal, Rows
from trade.sources.manifest import Source
from trade.sources.spreadsheets import Sheet, read_sheets

AREAS = {
    "w1": "world", "cn": "CHN", "us": "USA", "jp": "JPN", "gb": "GBR", "e6": "euro-area", "i1": "advanced-economies",
    "d1": "emerging-economies", "a3": "advanced-asia-excl-japan", "a5": "emerging-asia-excl-china",
    "r2": "other-advanced-economies", "t1": "eastern-europe-cis", "l1": "latin-america-cpb", "f3": "africa-middle-east",
}  # fmt: skip
FLOWS = {"x": "export", "m": "import", "t": "total"}
ASPECTS = {"qnmi": "volume", "pdmi": "unit value"}
_CODE = re.compile(r"([xmt])gz_([a-z0-9]{2})_(qnmi|pdmi)_sn")
_MONTH = re.compile(r"((?:19|20)\d\d)[mM](0[1-9]|1[0-2])")
_BASE = re.compile(r"((?:19|20)\d\d)\s*=\s*100")
_LEAST = 3
"""Least number of months in a header."""
Row = tuple[str, str, str, str, str, float]


@dataclass(frozen=True)
class _Monitor:
    """The contents of a sheet: rows, refused cells, number of series left out, base year."""

    rows: list[Row]
    refused: list[Refusal]
    others: int
    base_year: int


class Cpb:
    """See the module. Replaces the bundled series, which CPB revises with every issue."""

    name = "cpb_world_trade_monitor"
    options: Mapping[str, str] = {"file": "", "published": ""}

    def fetch(self, job: Job) -> Delivery:
        path = Path(job.options["file"]).expanduser()
        if not job.options["file"].strip() or not path.is_file():
            raise BadParameter("cpb.no_file", file=shorten(job.options["file"] or "file"))
        job.say(Message("progress.page", source="CPB", page=path.name), 0.1)
        monitors = [monitor for sheet in read_sheets(path) if (monitor := _read(path.name, sheet))]
        rows = [row for monitor in monitors for row in monitor.rows]
        bases = {monitor.base_year for monitor in monitors if monitor.rows}
        if not rows:
            raise UpdateFailed("cpb.no_series", file=path.name)
        if len(bases) != 1 or 0 in bases:
            raise UpdateFailed("cpb.no_base", file=path.name)
        published = job.options["published"] or job.today
        names = ("aspect", "area", "flow", "period", "series", "index_value")
        constants: dict[str, str | int | float | bool] = {"freq": "M", "base_year": bases.pop(), "adjusted": True}
        index = Rows("trade_index", table(names, rows), "one row per aspect, area, flow and month", constants)
        refused = [refusal for monitor in monitors for refusal in monitor.refused]
        newest = max(row[3] for row in rows)
        series, others = len({row[4] for row in rows}), sum(monitor.others for monitor in monitors)
        notes = [Message("note.series", series=series, newest=newest, others=others)]
        about = _about(path.name, newest, published, job.today)
        return Delivery(self.name, about, published, [index], refused, notes, dated=bool(job.options["published"]))


def _read(file: str, sheet: Sheet) -> _Monitor | None:
    """The series of a sheet; None if it has no row of months."""
    header = next((at for at, row in enumerate(sheet.rows) if sum(map(bool, map(_month, row))) >= _LEAST), None)
    if header is None:
        return None
    months = {column: month for column, cell in enumerate(sheet.rows[header]) if (month := _month(cell))}
    rows, refused, others = list[Row](), list[Refusal](), 0
    for at, cells in enumerate(sheet.rows[header + 1 :], header + 1):
        code = next((match for cell in cells[: min(months)] if (match := _CODE.fullmatch(cell.strip()))), None)
        if code is None or code[2] not in AREAS:
            others += bool(code) or any("_" in cell and " " not in cell for cell in cells[: min(months)])
            continue
        for column, month in months.items():
            text = sheet.cell(at, column).strip()
            if not text:
                continue
            value = _number(text)
            if value is None:
                refused.append(Refusal(file, at + 1, month, text[:60], Message("row.no_index")))
            else:
                rows.append((ASPECTS[code[3]], AREAS[code[2]], FLOWS[code[1]], month, code[0], value))
    return _Monitor(rows, refused, others, _base_year(sheet.rows))


def _month(cell: str) -> str:
    match = _MONTH.fullmatch(cell.strip())
    return f"{match[1]}-{match[2]}" if match else ""


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 < value < float("inf") else None


def _base_year(rows: Sequence[Sequence[str]]) -> int:
    """The base year named in the sheet; 0 if there is none or several."""
    named = {match[1] for row in rows for cell in row for match in [_BASE.search(cell)] if match}
    return int(named.pop()) if len(named) == 1 else 0


def _about(file: str, newest: str, published: str, today: str) -> Source:
    return Source(
        producer="CPB Netherlands Bureau for Economic Policy Analysis",
        title=f"World Trade Monitor, {newest}: volumes and unit values of merchandise trade",
        citation=f"CPB World Trade Monitor, workbook {file}, to {newest}",
        url="https://www.cpb.nl/en/worldtrademonitor",
        published=published,
        accessed=today,
        licence="Free use with the source named (CPB)",
        unit="index; unit values in US dollars",
        currency="USD",
        valuation="as CPB compiles it",
        coverage=f"months to {newest}; world, China, Japan, United Kingdom, United States, euro area and groups",
        warnings=["revised_base"],
    )
