"""Parse files into sheets of text, with a parser per format. Runs only in the worker process, which has limits.

A sheet is a list of rows, a row a list of texts; "" is an empty cell. Numbers have all their digits, and a percent sign
if they are shown as percentages. A formula without a stored value is given as the formula, not as an empty cell.
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
    """A sheet. `typed`: columns whose numbers are stored as numbers, not as text.

    `hidden`: whether the sheet is. `hidden_rows`, `hidden_columns`: those that are not empty.
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
"""Consecutive empty rows."""
MOST_TEXT = 2_000
"""Characters of a cell."""
MOST_UNPACKED = 400 << 20
"""Bytes that a workbook may unpack to."""
MOST_MEMBERS = 3_000
PAGE = "#page"
"""Name of the sheet with the text around the tables of a page, such as title and date."""

_LOOKS_LIKE_NUMBER = re.compile(r"[-+(]?\d[\d.,' ]*[)%]?")
_HAS_MARK = re.compile(r"\d[.,]\d")
_SPACES = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")


class Unreadable(Exception):
    """The file cannot be read. `key` and `values`: a message of `errors.toml` that completes "FILE: ..."."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Unseen(NamedTuple):
    """Rows and columns (from 0) that a sheet hides."""

    rows: Set[int] = frozenset()
    columns: Set[int] = frozenset()


ALL_SEEN = Unseen()


class Budget:
    """Limits the number of cells that are read, over all sheets."""

    def __init__(self) -> None:
        self.cells = 0

    def sheet(
        self, name: str, rows: Iterable[Iterable[Any]], hidden: bool = False, unseen: Unseen = ALL_SEEN
    ) -> ParsedSheet:
        """The rows without empty ones at the end, and the columns of typed numbers."""
        typed: set[int] = set()
        written: set[int] = set()
        parsed = self._parsed(rows, typed, written)
        hidden_rows = [at for at in sorted(unseen.rows) if at < len(parsed) and parsed[at]]
        hidden_columns = [at for at in sorted(unseen.columns) if any(row[at : at + 1] > [""] for row in parsed)]
        return ParsedSheet(name, parsed, sorted(typed - written), hidden, hidden_rows, hidden_columns)

    def _parsed(self, rows: Iterable[Iterable[Any]], typed: set[int], written: set[int]) -> Rows:
        parsed: Rows = []
        gap = 0
        for values in rows:
            row = ["" if value is None else _cell_text(at, value, typed, written) for at, value in enumerate(values)]
            while row and not row[-1]:
                row.pop()
            gap = 0 if row else gap + 1
            if gap > MOST_EMPTY:
                raise Unreadable("cell.empty_rows", most=MOST_EMPTY)
            if len(row) > MOST_COLUMNS:
                raise Unreadable("cell.many_columns", most=MOST_COLUMNS)
            self.cells += len(row) + 1
            if len(parsed) >= MOST_ROWS or self.cells > MOST_CELLS:
                raise Unreadable("cell.many_rows", rows=MOST_ROWS, cells=MOST_CELLS)
            parsed.append(row)
        while parsed and not parsed[-1]:
            parsed.pop()
        return parsed


def _cell_text(at: int, value: Any, typed: set[int], written: set[int]) -> str:
    """The text of a cell. Adds its column to `typed` if it is a number, to `written` if it is text like a number."""
    text = clean(value)
    if isinstance(value, str):
        if _HAS_MARK.search(value) and _LOOKS_LIKE_NUMBER.fullmatch(text):
            written.add(at)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        typed.add(at)
    return text


def clean(value: Any) -> str:
    """One line of printable text without surrounding spaces."""
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
    """The sheets of a file, whose format is known by its first bytes, not its name; and how its text was decoded."""
    if not raw.strip(b"\0 \r\n\t"):
        raise Unreadable("cell.empty")
    if raw.startswith(b"PK\x03\x04"):
        return read_xlsx(raw), {}
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return read_xls(raw), {}
    if raw.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        raise Unreadable("cell.archive")
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
    delimiter = max(",;\t|", key=lambda sign: _delimiter_score(lines, sign))
    try:
        return [Budget().sheet("", csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))], delimiter
    except csv.Error as error:
        if "field larger" in str(error):
            raise Unreadable("cell.long_cell", most=10 * MOST_TEXT) from None
        raise Unreadable("cell.bad_csv") from None


def _delimiter_score(lines: list[str], sign: str) -> tuple[int, int, int]:
    """How well a sign delimits cells: lines with it outside quotes, lines with its commonest number, total number."""
    counts = [re.sub(r'"[^"]*"', "", line).count(sign) for line in lines]
    some = [count for count in counts if count]
    return len(some), max((some.count(count) for count in set(some)), default=0), sum(counts)


def read_xlsx(raw: bytes) -> Sheets:
    """Read stored values; formulas are not run. openpyxl reads row by row and opens no linked files."""
    _check_zip(raw)
    raw = _with_raised_marks(raw)
    book = _open_xlsx(raw)
    if book is None:
        raw = _with_plain_styles(raw)
        book = _open_xlsx(raw)
    if book is None:
        raise Unreadable("cell.no_workbook")
    budget, sheets, parts = Budget(), [], _parts(raw, "xl/worksheets/")
    for sheet in _checked_count(book.worksheets):
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
    """The hidden rows and columns of a sheet: hidden by hand, by a filter, or in a collapsed group."""
    if not _HIDDEN.search(part):
        return ALL_SEEN
    rows, columns, number = set(), set(), 0
    for (attributes,) in map(re.Match.groups, _ROW.finditer(part)):
        places = dict(_PLACE.findall(attributes))
        number = int(places[b"r"]) if b"r" in places else number + 1
        if _HIDDEN.search(attributes):
            rows.add(number - 1)
    for (attributes,) in map(re.Match.groups, _COL.finditer(part)):
        places = dict(_PLACE.findall(attributes))
        if _HIDDEN.search(attributes) and b"min" in places and b"max" in places:
            columns |= set(range(int(places[b"min"]) - 1, min(int(places[b"max"]), MOST_COLUMNS)))
    return Unseen(rows, columns)


def _open_xlsx(raw: bytes, data_only: bool = True) -> Any:
    """The workbook; None if openpyxl cannot open it, which happens even with workbooks that Excel opens."""
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=data_only, keep_links=False)
    except MemoryError:
        raise
    except Exception:  # openpyxl may raise anything, even for parts that are not needed to read cells
        return None


def _with_plain_styles(raw: bytes) -> bytes:
    """The workbook with its styles reduced to number formats, which are all that reading cells needs."""
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
        pass  # read the cells without formats
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
    """Superscript text as superscript characters, so that a footnote mark is not taken for a digit of the figure."""
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
    """The workbook with text formatted as superscript replaced by superscript characters."""
    texts = _parts(raw, r"xl/(?:sharedStrings|worksheets/)")
    if not any(b"superscript" in part for part in texts.values()):
        return raw

    def mark(run: re.Match[bytes]) -> bytes:
        return run[1] + html.escape(raised(html.unescape(run[2].decode("utf-8", "replace")))).encode()

    marked = {name: _RAISED_RUN.sub(mark, part) for name, part in texts.items()}
    return _zipped(_parts(raw, "") | marked)


def _parts(raw: bytes, names: str) -> dict[str, bytes]:
    """The parts of a workbook whose names match `names`. Counts unpacked bytes, as stated sizes may be false."""
    parts, bytes_left = {}, MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for member in archive.infolist():
            if re.match(names, member.filename) and not member.is_dir():
                with archive.open(member) as file:
                    part = file.read(bytes_left + 1)
                bytes_left -= len(part)
                if bytes_left < 0:
                    raise Unreadable("cell.unpacks", most=MOST_UNPACKED >> 20)
                parts[member.filename] = part
    return parts


def _refuse_pictures(sheets: Sheets, has_picture: bool) -> None:
    """Refuse a file with pictures but no figures: its table is a picture."""
    if has_picture and not any(
        _LOOKS_LIKE_NUMBER.fullmatch(cell) for sheet in sheets for row in sheet.rows for cell in row
    ):
        raise Unreadable("cell.table_picture")


def _shown(row: Iterable[Any]) -> Iterator[Any]:
    for cell in row:
        value = cell.value
        yield value if value is None or isinstance(value, str) else _as_shown(value, cell.number_format)


def _as_shown(value: Any, form: Any) -> Any:
    """A value as its number format shows it: percentages with a sign, scaled numbers with their scale.

    A unit in the format stays after the figure, so that `2.7万` is not taken for 2.7.
    """
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|[_*].', "", str(form or "")).split(";")[0]
    if isinstance(value, datetime.datetime):
        if re.fullmatch(r"\s*y+\W*", bare, re.IGNORECASE):
            return f"{value:%Y}"
        is_month = value.day == 1 and re.search(r"m", bare, re.IGNORECASE) and not re.search(r"[dhs]", bare, re.I)
        return f"{value:%Y-%m}" if is_month else value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if _is_percent(form):
        return f"{100 * value:.12g}%"
    commas, literal = _SCALED.search(bare), re.search(r"[!\\]\.(0+)", bare)
    if commas is None:
        two_decimals = bare.strip() == "0.00" and _YEAR_AND_MONTH.fullmatch(f"{value:.4f}")
        return _TwoDecimals(value) if two_decimals else value
    shown = value / 1000.0 ** len(commas[1]) / 10.0 ** (len(literal[1]) if literal else 0)
    words = "".join(re.findall(r'"([^"]*)"', str(form)))
    return f"{shown:.12g}{words.strip()}" if re.search(r"\w", words) else float(f"{shown:.12g}")


class _TwoDecimals(float):
    """A number that may be a year and month: 2025.1 is shown as 2025.10, which is October and not January."""

    def __repr__(self) -> str:
        return f"{float(self):.2f}"


_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d\.(?:0[1-9]|1[0-2])00")
_SCALED = re.compile(r"[0#?](,+)(?:\.[0#?]*)?[^0#?]*$")
"""Commas after the digits of a number format: each divides the number shown by 1,000."""


def _is_percent(form: Any) -> bool:
    """Whether a number format multiplies by 100; a percent sign in quotes or after a backslash does not."""
    return "%" in re.sub(r'"[^"]*"|[\\_*].|\[[^\]]*\]', "", str(form or ""))


def _mark_formulas(raw: bytes, sheets: Sheets) -> None:
    """Put the text of formulas without stored value into their cells, which would otherwise look empty."""
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


def _checked_count(sheets: list[Any]) -> list[Any]:
    """The sheets, unless there are too many."""
    if len(sheets) > MOST_SHEETS:
        raise Unreadable("cell.many_sheets", most=MOST_SHEETS)
    return sheets


def read_xls(raw: bytes) -> Sheets:
    import xlrd

    streams = {name: name.encode("utf-16-le") in raw for name in ("EncryptedPackage", "Workbook")}
    if streams["EncryptedPackage"] and not streams["Workbook"]:
        raise Unreadable("cell.password")  # an .xlsx with a password is wrapped in the older format
    try:
        book = xlrd.open_workbook(file_contents=raw, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "ncrypt" in str(error):
            raise Unreadable("cell.password") from None
        raise Unreadable("cell.no_xls") from None
    budget = Budget()
    return [
        budget.sheet(sheet.name, _xls_rows(book, sheet, xlrd), sheet.visibility != 0, _xls_unseen(sheet))
        for sheet in _checked_count(book.sheets())
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
    """A sheet for each table, with merged cells filled, and one with the text around them."""
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
    sheets = [_html_sheet(budget, f"table {at}", table) for at, table in enumerate(_checked_count(tables), 1)]
    _refuse_pictures(sheets, page.find(".//img") is not None)
    words = [part for part in page.itertext() if part.strip() and len(part) < 300][:400]
    return [*sheets, budget.sheet(PAGE, ([word] for word in words))]


def _html_sheet(budget: Budget, name: str, table: Any) -> ParsedSheet:
    hidden = _is_hidden(table) or any(map(_is_hidden, table.iterancestors()))
    unseen = {at for at, line in enumerate(table.iter("tr")) if _is_hidden(line)}
    return budget.sheet(name, _html_rows(table), hidden, Unseen(unseen))


def _html_rows(table: Any) -> Iterator[list[str]]:
    """Rows of text. A cell that spans several rows or columns is repeated in each; removed cells are skipped."""
    spanning: dict[int, tuple[int, str]] = {}
    for line in table.iter("tr"):
        row: list[str] = []
        for cell in line.iterchildren("td", "th"):
            if _is_removed(cell):
                continue
            _add_spanning(row, spanning)
            text = "" if _is_hidden(cell) else _shown_text(cell)
            colspan, rowspan = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(colspan):
                if rowspan > 1:
                    spanning[len(row)] = (rowspan - 1, text)
                row.append(text)
        _add_spanning(row, spanning)
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
"""Elements that a browser does not show, or shows as deleted."""


def _shown_text(element: Any) -> str:
    """The text of an element as a browser shows it, with spaces around block elements."""
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
    """Whether an element is not displayed and takes up no space."""
    return "display:none" in _style(element) or element.get("hidden") is not None


def _style(element: Any) -> str:
    return (element.get("style") or "").replace(" ", "").casefold()


def _add_spanning(row: list[str], spanning: dict[int, tuple[int, str]]) -> None:
    """Add the cells of earlier rows that span into this one."""
    while len(row) in spanning:
        left, text = spanning.pop(len(row))
        if left > 1:
            spanning[len(row)] = (left - 1, text)
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
