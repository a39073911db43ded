"""Files that mean harm or make no sense: a clear refusal or a right result, never a traceback, never a changed store.

The zoo is made by hand; hypothesis adds bytes, cells and damaged copies of real tables. `TRADE_HOSTILE=1000` runs a
thousand of them (docs/updating.md tells of such a run).
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import customs_files
from tests.support.forked_workers import PARSERS, forking
from trade.errors import TradeError
from trade.ingest import file_deliveries
from trade.sources.customs.commodity_table import read_goods
from trade.sources.customs.reader import ReadOptions, read_customs
from trade.sources.economy_names import read_names
from trade.sources.spreadsheets import FileRefused, Sheet, isolated_reader, read_sheets

EXAMPLES = int(os.environ.get("TRADE_HOSTILE", "60"))
"""Number of generated files; a tenth of them is read in a process of its own, as every real file is."""
LEAST = settings(
    max_examples=max(10, EXAMPLES * 9 // 20),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=EXAMPLES < 100,
)
WHOLE = settings(
    max_examples=max(4, EXAMPLES // 20),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=EXAMPLES < 100,
)
NAMES, GOODS = read_names(customs_files.DATA), read_goods(customs_files.DATA)
ASKS = file_deliveries.ImportOptions(source="ours", today="2026-11-24")


def judge(read: Callable[[], object]) -> str:
    """The error message if the file is refused, else empty; any error that is not ours fails the test."""
    try:
        read()
    except TradeError as error:
        sentence = str(error)
        assert sentence, "a refusal says why"
        assert "\n" not in sentence
        assert len(sentence) < 2000
        assert "Traceback" not in sentence
        return sentence
    return ""


def zipped(members: dict[str, bytes], claim: int | None = None) -> bytes:
    """A workbook's archive; `claim` is written as the unpacked size of its first member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    raw = out.getvalue()
    if claim is not None:
        at = raw.index(b"PK\x01\x02")
        raw = raw[: at + 24] + struct.pack("<I", claim) + raw[at + 28 :]
    return raw


def workbook(sheet: str, shared: str = "") -> bytes:
    """A minimal .xlsx around the XML of one sheet."""
    kind = "http://schemas.openxmlformats.org"
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{kind}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{kind}/package/2006/relationships"><Relationship Id="r1" Type="{kind}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{kind}/spreadsheetml/2006/main" xmlns:r="{kind}/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kind}/package/2006/relationships"><Relationship Id="r1" Type="{kind}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
        "xl/worksheets/sheet1.xml": (shared + f'<worksheet xmlns="{kind}/spreadsheetml/2006/main">{sheet}</worksheet>').encode(),
    })  # fmt: skip


@cache
def xlsx() -> bytes:
    out = io.BytesIO()
    customs_files.as_xlsx(customs_files.partner_grid("zh"), out)  # type: ignore[arg-type]  # a stream works too
    return out.getvalue()


def bomb() -> bytes:
    """A small file that unpacks to more than may be read."""
    if EXAMPLES >= 1000:
        return workbook("<sheetData>" + "<row/>" * 80_000_000 + "</sheetData>")
    return zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"\0" * (410 << 20)})


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]>"
)
GB = customs_files.csv_text(customs_files.partner_grid("zh")).encode("gb18030")
ZOO: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty": (b"", "empty"),
    "blanks": (b" \r\n\t\n", "empty"),
    "zero bytes": (b"\0" * 5000, "empty"),
    "random": (bytes(range(256)) * 40, ""),
    "latin-1": ("Pays;Année;Valeur\nCôte d'Ivoire;2024;\xff\xfe".encode("latin-1"), ""),
    "utf-16 without mark": (customs_files.csv_text(customs_files.partner_grid("zh")).encode("utf-16-le"), "-"),
    "utf-8 cut": ("总值".encode()[:-1], ""),
    "gb cut": (GB[: len(GB) // 2 + 1], ""),
    "xlsx cut": (xlsx()[:-3000], "damaged or incomplete"),
    "xlsx tail": (b"PK\x03\x04", "damaged or incomplete"),
    "a zip of something": (zipped({"readme.txt": b"hello"}), "an archive, not a workbook"),
    "zip bomb": (bomb, "unpacks to more than|memory|cannot be read"),
    "claims four gigabytes": (zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"<x/>"}, 0xFFFFFFF0), "unpacks to more than"),
    "claims all rows": (workbook('<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'), "are not known"),
    "a cell far out": (workbook('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'), "empty rows"),
    "entities": (workbook("<sheetData><row><c t='inlineStr'><is><t>&i;</t></is></c></row></sheetData>", LAUGHS), ""),
    "outside entity": (workbook("<sheetData><row><c t='inlineStr'><is><t>&e;</t></is></c></row></sheetData>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'), ""),
    "not xml inside": (workbook("<sheetData><row"), "can be opened"),
    "ole of nothing": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "xls"),
    "ole cut": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    "parquet of nothing": (b"PAR1" + b"\0" * 100 + b"PAR1", "Parquet"),
    "html without table": (b"<html><body>hello</body></html>", "no sheet"),
    "html deep": (b"<table><tr><td>" * 3000, ""),
    "html wide span": (b'<table><tr><td colspan="999999999">x</td></tr><tr><td rowspan="99999">y</td></tr></table>', ""),
    "html many spans": (("<table>" + "<tr>" + '<td colspan="300" rowspan="300">x</td>' * 3 + "</tr>" + "<tr></tr>" * 300 + "</table>").encode(), ""),
    "html script": (b"<html><script>alert(1)</script><table><tr><td>x</td></tr></table></html>", "are not known"),
    "web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "web archive"),
    "one long line": (b"x" * 3_000_000, "characters"),
    "many columns": (b",".join([b"1"] * 20_000), "columns"),
    "many quotes": (b'"' * 200_001, ""),
    "pdf": (b"%PDF-1.7\n" + b"\xe2\xe3\xcf\xd3" * 500, ""),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0\x01\xff" * 500, ""),
    "program": (b"\x7fELF" + b"\x02\x01\x00" * 500, ""),
}  # fmt: skip
"""Name: bytes or a function that makes them, words of the refusal. "" is any refusal, "-" means that it is read."""


@pytest.fixture(scope="module")
def forked() -> Iterator[SimpleNamespace]:
    """Workers that start quickly, since they are forked."""
    with forking(isolated_reader, *PARSERS) as starter:
        yield starter


@pytest.mark.parametrize("name", ZOO)
def test_the_zoo_is_refused_in_one_sentence(
    name: str, tmp_path: Path, forked: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated_reader, "subprocess", forked)
    raw, message = ZOO[name]
    path = tmp_path / "table.xls"
    path.write_bytes(raw() if callable(raw) else raw)
    asks = (
        file_deliveries.ImportOptions(today=ASKS.today) if message == "-" else ASKS
    )  # customs' own are not kept under another name
    sentence = judge(lambda: file_deliveries.read(path, asks, customs_files.DATA))
    if message == "-":
        assert not sentence, sentence
        return
    assert sentence, "nothing of this can be read"
    if message:
        assert any(word in sentence for word in message.split("|")), sentence
    assert "hostname" not in sentence
    assert "/etc" not in sentence


def test_a_workbook_names_no_other_file(tmp_path: Path) -> None:
    """Files that an external XML entity refers to are never opened."""
    (tmp_path / "secret").write_text("secret words")
    sheet = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
    path = tmp_path / "table.xlsx"
    path.write_bytes(
        workbook("<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>a&e;b</t></is></c></row></sheetData>", sheet)
    )
    try:
        outcome = str(read_sheets(path))
    except FileRefused as refusal:
        outcome = str(refusal)
    assert "secret words" not in outcome


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file within the size limit whose cells take more memory than the reader may use."""
    monkeypatch.setattr(isolated_reader, "MEMORY", 40 << 20)
    path, line = tmp_path / "table.csv", "12.5,7,,x1,22\n"
    path.write_text(line * 1000)
    assert len(read_sheets(path)[0].rows) == 1000, "the limit leaves room for what a reader is"
    path.write_text(line * 100_000)
    assert "memory" in judge(lambda: read_sheets(path))


def test_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated_reader, "SECONDS", 0.2)
    cells = "".join(f'<c r="{chr(65 + at)}1"><v>{at}.123456789</v></c>' for at in range(20))
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook("<sheetData>" + f"<row>{cells}</row>" * 30_000 + "</sheetData>"))
    assert "time" in judge(lambda: read_sheets(path))


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    with path.open("wb") as file:
        file.truncate(10 << 30)
    assert "more than the limit of 256" in judge(lambda: read_sheets(path))


def test_things_that_are_no_files(tmp_path: Path) -> None:
    assert "cannot be read" in judge(lambda: read_sheets(tmp_path))
    assert "does not exist" in judge(lambda: read_sheets(tmp_path / "nothing"))


TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
CELL = st.one_of(
    st.sampled_from(["", "-", "—", "0", "1", "-1", "1,234", "1,23", "1e999", "=A1", "#REF!", "NaN", "inf", "12%", "总值", "亚洲", "美国", "注：", "8月", "1至8月", "单位：万元人民币", "单位：千美元", "Total", "Export", "进出口", "出口"]),
    st.integers(-(10**12), 10**12).map(str),
    st.floats(allow_nan=True).map(repr),
    TEXT,
)  # fmt: skip
TITLE = st.sampled_from(
    [
        str(customs_files.partner_grid("zh")[0][0]),
        str(customs_files.goods_grid()[0][0]),
        str(customs_files.regime_grid()[0][0]),
        "Major Exports by Quantity and Value, Aug 2026",
    ]
)


def read(rows: list[list[str]]) -> str:
    return judge(lambda: read_customs("table", [Sheet("", rows)], NAMES, GOODS, ReadOptions("2026-11-24")))


@LEAST
@given(TITLE, st.lists(st.lists(CELL, max_size=11), max_size=14))
def test_any_cells_under_a_title_of_customs(title: str, rows: list[list[str]]) -> None:
    read([[title], *rows])


GRIDS = [
    [["" if cell is None else customs_files._text(cell, False) for cell in row] for row in grid]
    for grid in (
        customs_files.partner_grid("zh"),
        customs_files.regime_grid(),
        customs_files.goods_grid(),
        customs_files.flash_grid("en"),
    )
]
DAMAGE = st.lists(
    st.tuples(
        st.integers(0, 10**6), st.integers(0, 10**6), CELL, st.sampled_from(["cell", "row", "copy", "swap", "cut"])
    ),
    min_size=1,
    max_size=4,
)


@LEAST
@given(st.sampled_from(range(len(GRIDS))), DAMAGE)
def test_a_damaged_table_is_refused_or_adds_up(which: int, damage: list[tuple[int, int, str, str]]) -> None:
    rows = [list(row) for row in GRIDS[which]]
    for at, column, cell, kind in damage:
        row = rows[at % len(rows)]
        if kind == "cell" and row:
            row[column % len(row)] = cell
        elif kind == "row":
            row.insert(column % (len(row) + 1), cell)
        elif kind == "copy":
            rows.insert(column % len(rows), list(row))
        elif kind == "swap":
            other = column % len(rows)
            rows[at % len(rows)], rows[other] = rows[other], row
        elif len(rows) > 2:
            del rows[at % len(rows)]
    read(rows)


FILES = [xlsx(), GB, customs_files.csv_text(customs_files.partner_grid("zh")).encode("utf-16")]


@WHOLE
@given(
    st.sampled_from(range(len(FILES))),
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 255)), min_size=1, max_size=20),
    st.integers(0, 10**9),
)
def test_damaged_bytes_through_the_whole_way(
    tmp_path_factory: pytest.TempPathFactory, which: int, bits: list[tuple[int, int]], cut: int
) -> None:
    raw = bytearray(FILES[which])
    for at, value in bits:
        raw[at % len(raw)] = value
    path = tmp_path_factory.mktemp("hostile") / "table.xlsx"
    path.write_bytes(bytes(raw[: len(raw) - (cut % len(raw) if cut % 3 == 0 else 0)]))
    judge(lambda: file_deliveries.read(path, ASKS, customs_files.DATA))


@WHOLE
@given(
    st.binary(max_size=3000),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"<html><table>", b"\xff\xfe", b"a,b\n"]
    ),
)
def test_any_bytes_through_the_whole_way(tmp_path_factory: pytest.TempPathFactory, body: bytes, head: bytes) -> None:
    path = tmp_path_factory.mktemp("hostile") / "table.bin"
    path.write_bytes(head + body)
    judge(lambda: file_deliveries.read(path, ASKS, customs_files.DATA))
