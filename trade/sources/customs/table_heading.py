"""What the head of a customs table says: which table, which month, which unit, when it was published."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from trade.sources.spreadsheets import FileRefused, Sheet

_LINES = 12
"""Rows in which a head ends."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ], 1
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_PERIODS = (
    re.compile(r"(?P<year>20\d\d|19\d\d)\s*年\s*(?:1\s*(?:至|-|—|~)\s*)?(?P<month>1[0-2]|0?[1-9])\s*月"),
    re.compile(rf"(?P<name>{_MONTH})\.?\s*,?\s*(?P<year>20\d\d|19\d\d)\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>20\d\d|19\d\d)[-./](?P<month>1[0-2]|0?[1-9])(?![-./\d])"),
)
_DATE = re.compile(
    r"(?:发布(?:时间|日期)|release[d]?(?:\s*date)?|published)?\s*[::]?\s*(20\d\d)[-/.年]\s*(1[0-2]|0?[1-9])[-/.月]\s*(3[01]|[12]\d|0?[1-9])\s*日?",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:单位|计价单位|unit)\s*[::]?\s*(.{1,40})", re.IGNORECASE)
_SCALES = (
    (re.compile(r"100\s*million|100,?000,?000|(?<!十)亿"), 8),
    (re.compile(r"10\s*thousand|10,?000|(?<!百)万"), 4),
    (re.compile(r"billion|十亿"), 9),
    (re.compile(r"million|1,?000,?000|百万"), 6),
    (re.compile(r"thousand|1,?000|千"), 3),
)
_SYMBOL = re.compile(r"usd|us\s*\$|u\.s\. dollar|dollar|美元|\$")
_YUAN = re.compile(r"cny|rmb|yuan|人民币|元")


@dataclass(frozen=True)
class Unit:
    """A currency and the power of ten of the printed unit: 10,000 yuan is CNY and 4."""

    currency: str
    power: int

    @property
    def scale(self) -> float:
        return 10.0**self.power


@dataclass(frozen=True)
class Head:
    """The head of a table. `kind`: partner, commodity or regime; `flow` of a commodity table, else empty."""

    kind: str
    flow: str
    title: str
    year: int
    month: int
    unit: Unit
    published: str
    """ISO date; empty if the file does not say."""

    @property
    def period(self) -> str:
        return f"{self.year}-{self.month:02d}"


def plain(text: str) -> str:
    """Half-width, lower case: how heads are compared."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def find_kind(text: str) -> tuple[str, str]:
    """(kind, flow) of a title; ("", "") if it is none of a table that can be read."""
    told = plain(text)
    if re.search(r"贸易方式|trade mode|customs regime|trade regime|trading form", told) and not re.search(
        r"企业性质|enterprise", told
    ):
        return "regime", ""
    if re.search(r"国别|国家\(地区\)|country|countries", told) and not re.search(r"类章|hs section|commodit", told):
        return "partner", ""
    if re.search(r"主要商品|重点商品|major|main", told) and re.search(r"商品|export|import|commodit", told):
        bare = re.sub(r"进出口|imports? (?:and|&) exports?|exports? (?:and|&) imports?", "", told)
        exports, imports = (bool(re.search(word, bare)) for word in ("出口|export", "进口|import"))
        if exports != imports:
            return "commodity", "export" if exports else "import"
    return "", ""


def read_head(name: str, sheet: Sheet, page: Sheet | None, unit: str = "", published: str = "") -> Head | None:
    """The head of the table on `sheet`; None if the sheet is no customs table that can be read.

    Args:
        name: of the file, whose name may say what the sheet does not. page: the words around the table.
        unit, published: what the reader says of them, which counts before what the file says.

    Raises:
        FileRefused: it is one, but its month or unit is missing or ambiguous.
    """
    lines = [" ".join(dict.fromkeys(cell for cell in row if cell)) for row in sheet.rows[:_LINES]]
    words = [cell for row in (page.rows if page else []) for cell in row]
    titles = [line for line in [*lines, sheet.name, *words[:5], name] if any(find_kind(line))]
    if not titles:
        return None
    title = titles[0]
    kind, flow = find_kind(title)
    where = f"{name}, {sheet.name}" if sheet.name and not sheet.name.startswith("table ") else name
    year, month = _period(where, [title, *lines[:4], sheet.name, *words[:5], name])
    told = published or _published([*lines[:4], *words], f"{year}-{month:02d}")
    return Head(kind, flow, title, year, month, _unit(where, [unit] if unit else lines, title), told)


def _period(where: str, texts: list[str]) -> tuple[int, int]:
    for text in texts:
        for pattern in _PERIODS:
            if found := pattern.search(unicodedata.normalize("NFKC", text)):
                parts = found.groupdict()
                month = int(parts["month"]) if parts.get("month") else _MONTHS[parts["name"].casefold()]
                return int(parts["year"]), month
    raise FileRefused(
        f"{where}: the title names no month (such as 2026年7月 or Jul 2026): add it to the title or the file's name."
    )


def _published(texts: list[str], period: str) -> str:
    """The first whole date after the period, in a cell of its own."""
    for text in texts:
        if found := _DATE.fullmatch(plain(text)):
            date = f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
            if date[:7] > period or (date[:7] == period and period.endswith("-12")):
                return date
    return ""


def _unit(where: str, lines: list[str], title: str) -> Unit:
    found = {parsed for line in lines if (parsed := read_unit(line)) is not None}
    said = {
        "USD"
        if re.search(r"美元|in usd", plain(title))
        else "CNY"
        if re.search(r"人民币|in cny|in rmb", plain(title))
        else ""
    } - {""}
    if len(found) > 1:
        raise FileRefused(f"{where}: the head names several units: leave one.")
    if not found:
        raise FileRefused(
            f"{where}: the head names no unit of money (such as 单位：万元人民币 or Unit: US$1,000): add it,"
            ' or unit = "..." to a mapping file.'
        )
    unit = found.pop()
    if said and unit.currency not in said:
        raise FileRefused(
            f"{where}: the title is in {said.pop()} and the unit in {unit.currency}: correct one of them."
        )
    return unit


def read_unit(line: str) -> Unit | None:
    """The unit that a line names after "Unit:" or 单位, or that the whole line is."""
    told = plain(line)
    match = _UNIT.search(told)
    text = match[1] if match else told if len(told) < 30 else ""
    currency = "USD" if _SYMBOL.search(text) else "CNY" if _YUAN.search(text) else ""
    if not currency or (not match and re.search(r"\d月|value|table|表", text)):
        return None
    return Unit(currency, next((power for pattern, power in _SCALES if pattern.search(text)), 0))
