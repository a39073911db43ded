"""Tables by country or region, and by customs regime: refused unless the parts add up to the printed total."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trade.errors import Message, shorten
from trade.sources.customs.column_headers import GROWTH, VALUE, Column
from trade.sources.customs.table_rows import Line
from trade.sources.economy_names import REGION, Names, fold
from trade.sources.printed_names import find_name
from trade.sources.spreadsheets import FileRefused

CONTINENTS = ("asia", "africa", "europe", "latin-america", "north-america", "oceania")
_WHOLE = frozenset(
    fold(name)
    for name in (
        "进出口总值", "进出口总额", "进出口合计", "总额", "总计", "合计", "全国", "全国总值", "全国合计", "全国总计",
        "Total value", "Grand total", "World",
    )
)  # fmt: skip
_NUMBERED = re.compile(r"(欧盟|欧洲联盟|europeanunion|eu|东盟|东南亚国家联盟|asean)(\d{1,2})(?!\d)")
_FORMER = {"eu": frozenset({6, 9, 10, 12, 15, 25, 28}), "asean": frozenset({5, 6, 7, 8, 9})}
"""Former numbers of members of the groups."""
_SLACK = 20.0
"""Residual allowed in a sum, in half-widths of rounding; increased for sums of more than 64 parts."""


class Table:
    """The lines of a table by code, with checks of their sums."""

    def __init__(self, where: str, columns: Sequence[Column], lines: dict[str, Line]) -> None:
        self.where, self.columns, self.lines = where, columns, lines

    def column(self, flow: str, span: str, figure: str = VALUE) -> Column | None:
        return next(
            (column for column in self.columns if (column.flow, column.span, column.figure) == (flow, span, figure)),
            None,
        )

    def value(self, code: str, flow: str, span: str, figure: str = VALUE) -> float | None:
        column = self.column(flow, span, figure)
        return None if column is None else self.lines[code].figures[column]

    def growth(self, code: str, flow: str) -> float | None:
        return self.value(code, flow, "YTD", GROWTH)

    def check_rows(self) -> None:
        """Check that exports and imports add up to the total of each row.

        Raises:
            FileRefused: they do not; the message names row and residual.
        """
        for span in ("M", "YTD"):
            columns = [self.column(flow, span) for flow in ("export", "import", "total")]
            if None in columns:
                continue
            exports, imports, total = (column for column in columns if column is not None)
            for line in self.lines.values():
                whole = line.figures[total]
                if whole is None:
                    if line.figures[exports] is not None and line.figures[imports] is not None:
                        raise FileRefused(
                            "customs.row_no_total",
                            file=self.where,
                            row=line.row,
                            label=line.label[:40],
                            span=_span(span),
                        )
                    continue
                computed = (line.figures[exports] or 0) + (line.figures[imports] or 0)
                tolerance = 1.01 * sum(line.halves[column] for column in (exports, imports, total))
                if abs(computed - whole) > tolerance:
                    raise FileRefused(
                        "customs.row_sum",
                        file=self.where,
                        row=line.row,
                        label=line.label[:40],
                        span=_span(span),
                        sum=computed,
                        printed=whole,
                        residual=computed - whole,
                    )

    def residual(self, whole: str, parts: Sequence[str], flow: str, span: str) -> tuple[float, float, float] | None:
        """(sum of the parts, printed total, largest residual by rounding); None if no total is printed."""
        column = self.column(flow, span)
        if column is None or (printed := self.lines[whole].figures[column]) is None:
            return None
        halves = [self.lines[part].halves[column] for part in parts if self.lines[part].figures[column] is not None]
        tolerance = max([self.lines[whole].halves[column], *halves]) * _SLACK * max(1.0, len(parts) ** 0.5 / 8)
        return sum(self.lines[part].figures[column] or 0.0 for part in parts), printed, tolerance

    def check_sum(self, whole: str, parts: Sequence[str], what: str) -> None:
        """Check that the parts add up to the whole, for each flow and span.

        Raises:
            FileRefused: they do not; the message names the residual.
        """
        for flow in ("export", "import"):
            for span in ("M", "YTD"):
                sums = self.residual(whole, parts, flow, span)
                if sums and abs(sums[0] - sums[1]) > sums[2]:
                    raise FileRefused(
                        "customs.parts_sum",
                        file=self.where,
                        parts=Message(what),
                        flow=_flow(flow),
                        span=_span(span),
                        sum=sums[0],
                        row=self.lines[whole].row,
                        printed=sums[1],
                        residual=sums[0] - sums[1],
                        room=sums[2],
                    )


def _span(span: str) -> Message:
    return Message("customs.month") if span == "M" else Message("customs.through")


def _flow(flow: str) -> Message:
    return Message("customs.exports") if flow == "export" else Message("customs.imports")


def resolve(where: str, lines: Sequence[Line], names: Names) -> dict[str, Line]:
    """The lines by code, in their order; unknown names without any figure are left out.

    Raises:
        FileRefused: names are unknown (the message lists them all), or two lines have the same code.
    """
    coded: dict[str, Line] = {}
    unknown: list[Line] = []
    for line in lines:
        _check_composition(where, line)
        code = find(line.label, names)
        if code is None or code == REGION:
            if any(value is not None for value in line.figures.values()):
                unknown.append(line)
            continue
        if code in coded:
            raise FileRefused(
                "customs.same_partner",
                file=where,
                label=shorten(line.label, 40),
                row=line.row,
                other=shorten(coded[code].label, 40),
                other_row=coded[code].row,
                code=code,
            )
        coded[code] = line
    if unknown:
        raise _unknown(where, unknown, names)
    return coded


def _unknown(where: str, lines: Sequence[Line], names: Names) -> FileRefused:
    """The error that lists all unknown names, with a line for a mapping file."""
    first = lines[0]
    pairs = ", ".join(f'"{line.label[:60]}" = ""' for line in lines)
    return FileRefused(
        "customs.unknown_partners",
        file=where,
        row=first.row,
        label=shorten(first.label),
        near=names.nearest(first.label) or Message("none"),
        others=lambda lang: "".join(
            Message("customs.other_row", row=line.row, label=shorten(line.label)).text(lang) for line in lines[1:]
        ),
        names=f"names = {{ {pairs} }}",
    )


def find(label: str, names: Names) -> str | None:
    """The code of a printed name, with or without its number in a list and footnote marks."""

    def code(name: str) -> str | None:
        return names.find(name) or ("world" if fold(name) in _WHOLE else None)

    return find_name(label, code) or names.find(re.sub(r"\d+国?$", "", fold(label)))


def _check_composition(where: str, line: Line) -> None:
    """Check that a name is not of a former composition of a group, such as `欧盟28`.

    Raises:
        FileRefused: the number of members in the name is a former one.
    """
    match = _NUMBERED.match(fold(line.label))
    if match and int(match[2]) in _FORMER["eu" if "eu" in match[1] or "欧" in match[1] else "asean"]:
        raise FileRefused("customs.former_group", file=where, row=line.row, label=shorten(line.label, 40))
