"""The readers, one per format: bytes to sheets of text. Runs in the worker process only, which has limits.

A sheet is a list of rows, a row a list of texts; "" is an empty cell. Numbers are written with all their digits, a cell
shown as a percentage with its sign, a formula without a stored value as the formula itself, so that it is not taken for
an empty cell.
"""

from __future__ import annotations

import csv
import datetime
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any, NamedTuple

import decoding  # type: ignore[import-not-found]  # beside this script

Rows = list[list[str]]


class ParsedSheet(NamedTuple):
    """A sheet. `typed`: the columns whose numbers the file holds as numbers, not as text that looks like them.

    `hidden` is of the sheet, `hidden_rows` and `hidden_columns` are those within it that hold something.
    """

    name: str
    rows: Rows
    typed: list[int]
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()


Sheets = list[ParsedSheet]

MOST_ROWS = 1_000_000
MOST_COLUMNS = 300
MOST_CELLS = 12_000_000
MOST_SHEETS = 60
MOST_EMPTY = 5_000
"""Empty rows in a row."""
MOST_TEXT = 2_000
"""Characters of a cell."""
MOST_UNPACKED = 400 << 20
"""Bytes that a workbook may unpack to."""
MOST_MEMBERS = 3_000
PAGE = "#page"
"""Name of the sheet that holds the text around the tables of a page: its title, its date."""

_LOOKS_LIKE_NUMBER = re.compile(r"[-+(]?\d[\d.,' ]*[)%]?")
_HAS_MARK = re.compile(r"\d[.,]\d")
_SPACES = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")


class Unreadable(Exception):
    """The file cannot be read: a key of `errors.toml` that ends the sentence "FILE: ...", and its values."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Unseen(NamedTuple):
    """Rows and columns (from 0) that a sheet hides."""

    rows: Set[int] = frozenset()
    columns: Set[int] = frozenset()


ALL_SEEN = Unseen()


class Budget:
    """Counts cells as they are read, over all sheets."""

    def __init__(self) -> None:
        self.cells = 0

    def sheet(
        self, name: str, rows: Iterable[Iterable[Any]], hidden: bool = False, unseen: Unseen = ALL_SEEN
    ) -> ParsedSheet:
        """The rows without empty ones at the end, and the columns of typed numbers."""
        typed: set[int] = set()
        written: set[int] = set()
        taken = self._take(rows, typed, written)
        rows_unseen = [at for at in sorted(unseen.rows) if at < len(taken) and taken[at]]
        columns_unseen = [at for at in sorted(unseen.columns) if any(row[at : at + 1] > [""] for row in taken)]
        return ParsedSheet(name, taken, sorted(typed - written), hidden, rows_unseen, columns_unseen)

    def _take(self, rows: Iterable[Iterable[Any]], typed: set[int], written: set[int]) -> Rows:
        taken: Rows = []
        gap = 0
        for values in rows:
            row = ["" if value is None else _taken(at, value, typed, written) for at, value in enumerate(values)]
            while row and not row[-1]:
                row.pop()
            gap = 0 if row else gap + 1
            if gap > MOST_EMPTY:
                raise Unreadable("cell.empty_rows", most=MOST_EMPTY)
            if len(row) > MOST_COLUMNS:
                raise Unreadable("cell.many_columns", most=MOST_COLUMNS)
            self.cells += len(row) + 1
            if len(taken) >= MOST_ROWS or self.cells > MOST_CELLS:
                raise Unreadable("cell.many_rows", rows=MOST_ROWS, cells=MOST_CELLS)
            taken.append(row)
        while taken and not taken[-1]:
            taken.pop()
        return taken


def _taken(at: int, value: Any, typed: set[int], written: set[int]) -> str:
    """The text of a cell; its column is noted if it holds a number, or a text that looks like one."""
    text = clean(value)
    if isinstance(value, str):
        if _HAS_MARK.search(value) and _LOOKS_LIKE_NUMBER.fullmatch(text):
            written.add(at)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        typed.add(at)
    return text


def clean(value: Any) -> str:
    """One line of printable text without outer blanks."""
    text = value if isinstance(value, str) else number(value)
    text = _SPACES.sub(" ", text[: MOST_TEXT + 1]).strip()
    if len(text) > MOST_TEXT:
        raise Unreadable("cell.long_cell", most=MOST_TEXT)
    return text if text.isprintable() else "".join(letter for letter in text if letter.isprintable())


def number(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else repr(value) if isinstance(value, float) else str(value)


def read(raw: bytes, encoding: str) -> tuple[Sheets, dict[str, Any]]:
    """The sheets of a file, by what its first bytes say, whatever its name ends in; and how its text was read."""
    if not raw.strip(b"\0 \r\n\t"):
        raise Unreadable("cell.empty")
    if raw.startswith(b"PK\x03\x04"):
        return read_xlsx(raw), {}
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return read_xls(raw), {}
    if raw.startswith(b"PAR1"):
        return read_parquet(raw), {}
    if raw.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise Unreadable("cell.picture")
    try:
        text, how = decoding.decode(raw, encoding)
    except decoding.Undecodable as reason:
        raise Unreadable(reason.key, **reason.values) from None
    if re.match(
        r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|head|meta|body|table|div|style)\b",
        text[:4000],
        re.I | re.S,
    ):
        return read_html(text), how
    if "<Workbook" in text[:2000] or text.startswith("MIME-Version"):
        raise Unreadable("cell.web_archive")
    sheets, delimiter = read_csv(text)
    return sheets, how | {"delimiter": delimiter}


def read_csv(text: str) -> tuple[Sheets, str]:
    if "\0" in text:
        raise Unreadable("cell.no_table")
    csv.field_size_limit(10 * MOST_TEXT)
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:40]
    mark = max(",;\t|", key=lambda sign: _parted(lines, sign))
    try:
        return [Budget().sheet("", csv.reader(io.StringIO(text, newline=""), delimiter=mark))], mark
    except csv.Error as error:
        if "field larger" in str(error):
            raise Unreadable("cell.long_cell", most=10 * MOST_TEXT) from None
        raise Unreadable("cell.bad_csv") from None


def _parted(lines: list[str], sign: str) -> tuple[int, int, int]:
    """How well a sign parts cells: lines that have it outside quotes, lines of the usual number of it, how often."""
    counts = [re.sub(r'"[^"]*"', "", line).count(sign) for line in lines]
    some = [count for count in counts if count]
    return len(some), max((some.count(count) for count in set(some)), default=0), sum(counts)


def read_xlsx(raw: bytes) -> Sheets:
    """Stored values, never formulas run; openpyxl reads row by row and opens nothing that the workbook links to."""
    _check_zip(raw)
    raw = _with_raised_marks(raw)
    book = _open_xlsx(raw)
    if book is None:
        raw = _with_plain_styles(raw)
        book = _open_xlsx(raw)
    if book is None:
        raise Unreadable("cell.no_workbook")
    budget, sheets, parts = Budget(), [], _parts(raw, "xl/worksheets/")
    for sheet in _few(book.worksheets):
        sheet.reset_dimensions()
        rows = (_shown(row) for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1))
        unseen = _xlsx_unseen(parts.get(sheet._worksheet_path, b""))
        sheets.append(budget.sheet(sheet.title, rows, sheet.sheet_state != "visible", unseen))
    if any(re.search(rb"<f[ >]", part) for part in parts.values()):
        _mark_formulas(raw, sheets)
    _refuse_pictures(sheets, b"xl/media/" in raw)
    return sheets


_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']|\b(?:ht|width)\s*=\s*["']0(?:\.0*)?["']""")
_PLACE = re.compile(rb"""\b(r|min|max)\s*=\s*["'](\d{1,7})["']""")


def _xlsx_unseen(part: bytes) -> Unseen:
    """The rows and columns that a sheet of a workbook hides: by hand, by a filter, or in a group that is closed."""
    if not _HIDDEN.search(part):
        return ALL_SEEN
    rows, columns, number = set(), set(), 0
    for (said,) in map(re.Match.groups, _ROW.finditer(part)):
        places = dict(_PLACE.findall(said))
        number = int(places[b"r"]) if b"r" in places else number + 1
        if _HIDDEN.search(said):
            rows.add(number - 1)
    for (said,) in map(re.Match.groups, _COL.finditer(part)):
        places = dict(_PLACE.findall(said))
        if _HIDDEN.search(said) and b"min" in places and b"max" in places:
            columns |= set(range(int(places[b"min"]) - 1, min(int(places[b"max"]), MOST_COLUMNS)))
    return Unseen(rows, columns)


def _open_xlsx(raw: bytes, data_only: bool = True) -> Any:
    """The workbook; None if openpyxl does not accept it, which also happens to workbooks that Excel opens."""
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=data_only, keep_links=False)
    except MemoryError:
        raise
    except Exception:  # whatever it raises on a part that is not needed to read cells
        return None


def _with_plain_styles(raw: bytes) -> bytes:
    """The workbook with its styles cut down to what cells need to be read: the number format of each."""
    from lxml import etree

    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    parts = _parts(raw, "")
    formats, cells = "", '<xf numFmtId="0"/>'
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
        root = etree.fromstring(parts.get("xl/styles.xml", b"<x/>"), parser)
        known = [(item.get("numFmtId"), item.get("formatCode")) for item in root.iter(f"{space}numFmt")]
        formats = "".join(
            f'<numFmt numFmtId="{int(number)}" formatCode="{html.escape(code, quote=True)}"/>'
            for number, code in known
            if number and code
        )
        styles = root.find(f"{space}cellXfs")
        if styles is not None:
            cells = "".join(f'<xf numFmtId="{int(style.get("numFmtId") or 0)}"/>' for style in styles)
    except (etree.XMLSyntaxError, ValueError, AttributeError):
        pass  # cells are read without formats then
    count = formats.count("<numFmt ")
    parts["xl/styles.xml"] = (
        '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + (f'<numFmts count="{count}">{formats}</numFmts>' if count else "")
        + "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        + f'<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>'
    ).encode()
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def raised(text: str) -> str:
    """What is printed raised, in signs that are: a footnote is no digit of the figure before it."""
    if text.strip() in ("注", "※"):
        return "*"
    if re.fullmatch(r"\s*[a-z]\s*", text):
        return chr(ord(text.strip()) - ord("a") + ord("ⓐ"))
    return text.translate(_RAISED)


_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_RAISED_RUN = re.compile(
    rb"(<(?:\w+:)?rPr>(?:(?!</(?:\w+:)?rPr>).)*?vertAlign[^>]*superscript(?:(?!</(?:\w+:)?rPr>).)*</(?:\w+:)?rPr>"
    rb"\s*<(?:\w+:)?t(?:\s[^>]*)?>)([^<]*)",
    re.DOTALL,
)


def _with_raised_marks(raw: bytes) -> bytes:
    """The workbook with the raised pieces of its texts in signs that are raised themselves."""
    texts = _parts(raw, r"xl/(?:sharedStrings|worksheets/)")
    if not any(b"superscript" in part for part in texts.values()):
        return raw

    def mark(run: re.Match[bytes]) -> bytes:
        return run[1] + html.escape(raised(html.unescape(run[2].decode("utf-8", "replace")))).encode()

    marked = {name: _RAISED_RUN.sub(mark, part) for name, part in texts.items()}
    return _zipped(_parts(raw, "") | marked)


def _parts(raw: bytes, names: str) -> dict[str, bytes]:
    """The parts whose names begin so, up to what a workbook may unpack to; the archive's own sizes are claims."""
    parts, room = {}, MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for member in archive.infolist():
            if re.match(names, member.filename) and not member.is_dir():
                with archive.open(member) as file:
                    part = file.read(room + 1)
                room -= len(part)
                if room < 0:
                    raise Unreadable("cell.unpacks", most=MOST_UNPACKED >> 20)
                parts[member.filename] = part
    return parts


def _refuse_pictures(sheets: Sheets, has_picture: bool) -> None:
    """A table that is a picture leaves a file with words and no figures."""
    if has_picture and not any(
        _LOOKS_LIKE_NUMBER.fullmatch(cell) for sheet in sheets for row in sheet.rows for cell in row
    ):
        raise Unreadable("cell.table_picture")


def _shown(row: Iterable[Any]) -> Iterator[Any]:
    for cell in row:
        value = cell.value
        yield value if value is None or isinstance(value, str) else _as_shown(value, cell.number_format)


def _as_shown(value: Any, form: Any) -> Any:
    """A value as its number format shows it: a percentage with its sign, what is shown in thousands in thousands.

    A scale that the format prints stays beside the figure, so that `2.7万` is not taken for 2.7.
    """
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|[_*].', "", str(form or "")).split(";")[0]
    if isinstance(value, datetime.datetime):
        is_month = value.day == 1 and re.search(r"m", bare, re.IGNORECASE) and not re.search(r"[dhs]", bare, re.I)
        return f"{value:%Y-%m}" if is_month else value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if _is_percent(form):
        return f"{100 * value:.12g}%"
    commas, literal = _SCALED.search(bare), re.search(r"[!\\]\.(0+)", bare)
    if commas is None:
        return value
    shown = value / 1000.0 ** len(commas[1]) / 10.0 ** (len(literal[1]) if literal else 0)
    words = "".join(re.findall(r'"([^"]*)"', str(form)))
    return f"{shown:.12g}{words.strip()}" if re.search(r"\w", words) else float(f"{shown:.12g}")


_SCALED = re.compile(r"[0#?](,+)(?:\.[0#?]*)?[^0#?]*$")
"""Commas behind the digits of a number format: each divides what is shown by 1,000."""


def _is_percent(form: Any) -> bool:
    """Whether a number format multiplies by 100: a percent sign in quotes or after a backslash is only printed."""
    return "%" in re.sub(r'"[^"]*"|[\\_*].|\[[^\]]*\]', "", str(form or ""))


def _mark_formulas(raw: bytes, sheets: Sheets) -> None:
    """A formula whose value was never stored would look like an empty cell: its text takes its place."""
    book = _open_xlsx(raw, data_only=False)
    for sheet, (_, rows, *_) in zip(book.worksheets if book else [], sheets, strict=False):
        sheet.reset_dimensions()
        for at, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, max_row=len(rows) + 1, values_only=True)):
            for column, value in enumerate(values):
                formula = value if isinstance(value, str) else getattr(value, "text", None)
                if isinstance(formula, str) and formula.startswith("=") and at < len(rows):
                    row = rows[at] + [""] * (column + 1 - len(rows[at]))
                    row[column] = row[column] or clean(formula)
                    rows[at] = row


def _check_zip(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise Unreadable("cell.cut_workbook") from None
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Unreadable("cell.unpacks", most=MOST_UNPACKED >> 20)
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise Unreadable("cell.archive")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("cell.password")


def _few(sheets: list[Any]) -> list[Any]:
    if len(sheets) > MOST_SHEETS:
        raise Unreadable("cell.many_sheets", most=MOST_SHEETS)
    return sheets


def read_xls(raw: bytes) -> Sheets:
    import xlrd

    streams = {name: name.encode("utf-16-le") in raw for name in ("EncryptedPackage", "Workbook")}
    if streams["EncryptedPackage"] and not streams["Workbook"]:
        raise Unreadable("cell.password")  # an .xlsx with a password is kept in a container of the older format
    try:
        book = xlrd.open_workbook(file_contents=raw, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "ncrypt" in str(error):
            raise Unreadable("cell.password") from None
        raise Unreadable("cell.no_xls") from None
    budget = Budget()
    return [
        budget.sheet(sheet.name, _xls_rows(book, sheet, xlrd), sheet.visibility != 0, _xls_unseen(sheet))
        for sheet in _few(book.sheets())
    ]


def _xls_unseen(sheet: Any) -> Unseen:
    return Unseen(
        {row for row, info in sheet.rowinfo_map.items() if info.hidden},
        {column for column, info in sheet.colinfo_map.items() if info.hidden},
    )


def _xls_rows(book: Any, sheet: Any, xlrd: Any) -> Iterator[list[Any]]:
    for row in range(sheet.nrows):
        yield [_xls_cell(book, sheet, row, column, xlrd) for column in range(min(sheet.row_len(row), MOST_COLUMNS + 1))]


def _xls_cell(book: Any, sheet: Any, row: int, column: int, xlrd: Any) -> Any:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    style = book.format_map.get(book.xf_list[sheet.cell_xf_index(row, column)].format_key)
    form = "" if style is None else style.format_str
    if kind == xlrd.XL_CELL_DATE:
        return _as_shown(xlrd.xldate_as_datetime(value, book.datemode), form)
    if kind == xlrd.XL_CELL_TEXT and (runs := sheet.rich_text_runlist_map.get((row, column))):
        ends = [*(at for at, _ in runs[1:]), len(value)]
        pieces = [
            raised(value[at:end]) if book.font_list[font].escapement == 1 else value[at:end]
            for (at, font), end in zip(runs, ends, strict=True)
        ]
        return value[: runs[0][0]] + "".join(pieces)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#ERROR")
    return _as_shown(value, form) if kind == xlrd.XL_CELL_NUMBER else value


def read_html(text: str) -> Sheets:
    """Each table with its merged cells spread out, and one sheet of the words around them."""
    from lxml import etree
    from lxml import html as pages

    if not text.strip() or "<" not in text:
        raise Unreadable("cell.empty_page")
    try:
        page = pages.fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=pages.HTMLParser(huge_tree=False, no_network=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Unreadable("cell.no_page") from None
    budget = Budget()
    tables = [table for table in page.iter("table") if not any(True for _ in table.iterancestors("table"))]
    sheets = [_html_sheet(budget, f"table {at}", table) for at, table in enumerate(_few(tables), 1)]
    _refuse_pictures(sheets, page.find(".//img") is not None)
    words = [part for part in page.itertext() if part.strip() and len(part) < 300][:400]
    return [*sheets, budget.sheet(PAGE, ([word] for word in words))]


def _html_sheet(budget: Budget, name: str, table: Any) -> ParsedSheet:
    hidden = _is_hidden(table) or any(map(_is_hidden, table.iterancestors()))
    unseen = {at for at, line in enumerate(table.iter("tr")) if _is_hidden(line)}
    return budget.sheet(name, _html_rows(table), hidden, Unseen(unseen))


def _html_rows(table: Any) -> Iterator[list[str]]:
    """Rows of text; a cell that spans several stands in each, one that takes no place in none."""
    hanging: dict[int, tuple[int, str]] = {}
    for line in table.iter("tr"):
        row: list[str] = []
        for cell in line.iterchildren("td", "th"):
            if _is_removed(cell):
                continue
            _hang(row, hanging)
            text = "" if _is_hidden(cell) else _shown_text(cell)
            wide, deep = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(wide):
                if deep > 1:
                    hanging[len(row)] = (deep - 1, text)
                row.append(text)
        _hang(row, hanging)
        yield row


_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "o:p",
        "q",
        "rp",
        "rt",
        "ruby",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_UNSEEN = frozenset(["script", "style", "template", "noscript", "head", "title", "del", "s", "strike"])
"""What no reader sees, or what the page strikes out."""


def _shown_text(element: Any) -> str:
    """The text of an element as a browser shows it: pieces within a line are joined, blocks stand apart."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN and not _is_hidden(child):
            inner = _shown_text(child)
            if child.tag == "sup":
                parts.append(raised(inner))
            else:
                parts.append(inner if child.tag in _INLINE else f" {inner} ")
        parts.append(child.tail or "")
    return "".join(parts)


def _is_hidden(element: Any) -> bool:
    return _is_removed(element) or "visibility:hidden" in _style(element)


def _is_removed(element: Any) -> bool:
    """Whether an element is not shown and takes no place either."""
    return "display:none" in _style(element) or element.get("hidden") is not None


def _style(element: Any) -> str:
    return (element.get("style") or "").replace(" ", "").casefold()


def _hang(row: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Add the cells of earlier rows that reach into this one."""
    while len(row) in hanging:
        left, text = hanging.pop(len(row))
        if left > 1:
            hanging[len(row)] = (left - 1, text)
        row.append(text)


def _span(cell: Any, name: str) -> int:
    text = str(cell.get(name) or "1").strip()
    return min(max(int(text), 1), MOST_COLUMNS) if text.isdigit() and len(text) < 6 else 1


def read_parquet(raw: bytes) -> Sheets:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(raw))
        footer = file.metadata
        if (
            footer.num_rows > MOST_ROWS
            or footer.num_columns > MOST_COLUMNS
            or footer.num_rows * footer.num_columns > MOST_CELLS
        ):
            raise Unreadable("cell.too_large", rows=MOST_ROWS, columns=MOST_COLUMNS, cells=MOST_CELLS)
        columns = file.read().to_pydict()
    except (pa.ArrowException, OSError):
        raise Unreadable("cell.no_parquet") from None
    return [Budget().sheet("", [list(columns), *zip(*columns.values(), strict=True)])]
