"""Check the titles and columns that a mapping leaves out: one that contradicts how its rows are read refuses the table.

Imports with `flow = "export"` among the constants, or a table of Germany read as China's, have rows that look right and
may even add up: only these columns show the fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from trade.errors import shorten
from trade.sources.economy_names import Names, fold
from trade.sources.periods import FREQUENCIES, NotAPeriod, PeriodReader, month_names
from trade.sources.spreadsheets import FileRefused
from trade.sources.tables.flows import find_flow
from trade.sources.tables.layout import Layout
from trade.sources.text_folding import plain

Facts = Mapping[str, object]
_KIND = "(?:name|desc|description|code|iso|iso2|iso3|isocode|label|country|economy|area)?"
_TITLES = {
    field: re.compile(titles)
    for field, titles in {
        "reporter": rf"reporter{_KIND}|reporting(?:country|economy|area)|declarant{_KIND}|refarea"
        r"|报告(?:国家?|方|地区|经济体)",
        "partner": rf"partner{_KIND}|counterpart{_KIND}|country(?:name)?|伙伴(?:国家?|方)|贸易伙伴|国[别家](?:地区)?",
        "exporter": rf"exporter{_KIND}|exportingcountry|出口国家?",
        "importer": rf"importer{_KIND}|importingcountry|进口国家?",
        "flow": r"(?:trade)?flow(?:code|desc|name|dir|direction|type)?|(?:trade)?direction|进出口(?:类型|标志|方向|别)?"
        r"|贸易(?:流向|方向)",
        "freq": r"freq(?:uency)?(?:code|desc|name)?|频[率度]",
        "period": r"(?:ref)?(?:year|period)|timeperiod|time|年份?|年度|年月|期间|时间",
        "month": r"(?:ref)?month|月份?",
    }.items()
}
"""Folded titles of columns that say what a row is about, by column of the fact table."""
_FLOW_WORDS = {"export": re.compile(r"\bexports?\b|出口"), "import": re.compile(r"\bimports?\b|进口|进出口")}
_FLOW_NUMBERS = {"1": "import", "2": "export"}
"""As Eurostat and older tables of the United Nations number the flows."""


def check_unmapped(layout: Layout, rows: Sequence[tuple[int, Facts]], names: Names) -> None:
    """Check rows, given by number and facts, against the columns of the sheet that the mapping leaves out.

    Raises:
        FileRefused: a cell says something else than its row is read as.
    """
    wide = {field for templates in layout.wide.values() for field in templates}
    filled = (layout.places.keys() - {"period"}) | wide | ({"month"} if "period" in wide else set())
    if "flow" not in filled and rows:
        _check_values(layout, str(rows[0][1].get("flow", "export")))
        _check_title(layout, str(rows[0][1].get("flow", "")))
    if "freq" not in filled and not wide and rows and rows[0][1].get("freq") == "M":
        _check_cumulated(layout)
    for at, title, texts in layout.unread:
        field = _field(title, texts)
        if not field or field in filled:
            continue
        reader = PeriodReader(texts)
        for row, facts in rows:
            text = layout.sheet.cell(row - 1, at)
            if text and (taken := _taken_otherwise(field, text, facts, reader, names)):
                key = "table.month_aside" if field == "month" else "table.contradicts"
                year = f"{{{layout.titles[layout.places['period']]}}}" if "period" in layout.places else taken
                raise FileRefused(
                    key, file=layout.name, row=row, column=shorten(title, 40), given=shorten(text, 40), field=field,
                    value=taken, template=f'"{year}-{{{title}}}"',
                )  # fmt: skip


def _check_values(layout: Layout, flow: str) -> None:
    """Check that no column of values is named after the other flow or after both.

    Raises:
        FileRefused: one is.
    """
    for at in layout.value_columns:
        words = plain(layout.titles[at])
        named = {name for name, word in _FLOW_WORDS.items() if word.search(words)}
        if named and named != {flow}:
            title = shorten(layout.titles[at], 40)
            raise FileRefused(
                "table.contradicts", file=layout.name, row=layout.header + 1, column=title, given=title, field="flow",
                value=flow,
            )  # fmt: skip


def _check_title(layout: Layout, flow: str) -> None:
    """Check that the lines above the table do not name the other flow alone.

    Raises:
        FileRefused: they do.
    """
    lines = [(row, cell) for row, cells in enumerate(layout.sheet.rows[: layout.header], 1) for cell in cells if cell]
    naming = {name: [line for line in lines if word.search(plain(line[1]))] for name, word in _FLOW_WORDS.items()}
    other = next((lines[0] for name, lines in naming.items() if lines and name != flow), None)
    if flow and other and not naming[flow]:
        row, title = other
        raise FileRefused("table.title_contradicts", file=layout.name, row=row, title=shorten(title, 60), value=flow)


def _check_cumulated(layout: Layout) -> None:
    """Check that the column of values of single months is not named as January to them.

    Raises:
        FileRefused: it is.
    """
    title = layout.titles[layout.places[layout.number]] if layout.number in layout.places else ""
    if re.search(r"累计|\bcumulat|\bytd\b|year[- ]to[- ]date", plain(title)):
        raise FileRefused("table.cumulated", file=layout.name, column=shorten(title, 40))


def _field(title: str, texts: set[str]) -> str:
    """The field that a column states, by its title, or if all its cells are names of flows; empty if none."""
    folded = fold(title)
    named = next((field for field, titles in _TITLES.items() if titles.fullmatch(folded)), "")
    return named or ("flow" if all(len(text) > 1 and find_flow(text) for text in texts) else "")


def _taken_otherwise(field: str, text: str, facts: Facts, reader: PeriodReader, names: Names) -> str:
    """What a row is read as, if the cell says something else; otherwise empty."""
    period, freq = str(facts.get("period") or facts.get("year")), str(facts.get("freq", "A"))
    taken = str(facts.get(field, ""))
    if field == "flow":
        said = find_flow(text) or _FLOW_NUMBERS.get(text, text)
    elif field == "freq":
        said = FREQUENCIES.get(plain(text), taken)
        said = taken if freq == "YTD" else said
    elif field == "month":
        month = text.removesuffix("月")
        named = 1 <= int(month) <= 12 if month.isdecimal() else plain(text).rstrip(".") in month_names()
        return period if named and freq == "A" else ""
    elif field == "period":
        try:
            stated = reader.read(text)
        except NotAPeriod:
            return ""
        same = stated.text == period and stated.freq == freq if stated.freq != "A" else stated.text == period[:4]
        return "" if same else period
    else:
        said = names.find(text) or (taken if text.isdecimal() else text)
    return taken if taken and said != taken else ""
