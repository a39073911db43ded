"""Building blocks of charts with a labelled row per item and columns of figures right of the plot."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from trade.charts import theme
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.text import formats

Row = dict[Any, Any]
Cell = tuple[str, str]
"""A figure in words, and the role of its colour."""
HEIGHT, EDGE, COLUMN, LEAST = 37, 64, 62, 44
"""Height of a row and of what stands around the rows, width of a column of figures, least width of the plot on a phone,
in pixels."""
_CLOSING = "，、；：。）》…"
"""Punctuation that must not begin a line."""
TOP = 26
"""Room above the rows for the headings of columns on one line, in pixels."""


def row_figure(labels: list[str], columns: int, *, legend: bool = False, tall: float = 1.0) -> Figure:
    """An empty figure with a row per label, the first on top, and room for columns of figures right of the rows."""
    top = 56 if legend else TOP
    margin = {"l": 0, "r": 6 + COLUMN * columns, "t": top, "b": 0, "pad": 8}
    figure = theme.figure(height=round(EDGE + top + HEIGHT * tall * len(labels)), margin=margin, showlegend=legend)
    figure.update_xaxes(showgrid=True, zeroline=True, ticks="")
    figure.update_yaxes(
        tickvals=list(range(len(labels))), ticktext=[two_lines(label, letters(columns)) for label in labels]
    )
    figure.update_yaxes(range=[len(labels) - 0.4, -0.6], showgrid=False, zeroline=False)
    figure.update_yaxes(tickfont={"color": theme.colour("text")})
    place = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom"}
    legend_look = {**place, "itemclick": False, "itemdoubleclick": False, "traceorder": "normal"}
    return figure.update_layout(legend=legend_look, minreducedwidth=LEAST)


def letters(columns: int) -> int:
    """Letters per line of a row's label that fit on a phone beside so many columns of figures."""
    return 22 if columns < 3 else 16


def columns(figure: Figure, headings: list[str], cells: list[list[Cell]]) -> None:
    """Add columns of figures right of the rows (`cells` has a list per row) with headings above. One layout update for
    all, which is faster."""
    shared = {"x": 1, "xref": "paper", "xanchor": "left", "showarrow": False}
    above = {"y": 1, "yref": "paper", "yanchor": "bottom", "font": {"color": theme.colour("muted")}}
    words = [shared | above | {"text": text, "xshift": _shift(place)} for place, text in enumerate(headings)]
    for at, row in enumerate(cells):
        words += [
            shared | {"y": at, "text": text, "xshift": _shift(place), "font": {"color": theme.colour(role)}}
            for place, (text, role) in enumerate(row)
        ]
    figure.update_layout(annotations=words)


def _shift(place: int) -> int:
    return 8 + place * COLUMN


def two_lines(name: str, limit: int = 22) -> str:
    """Break a long name into two lines of `limit` letters, the second cut if necessary; names already broken stay as
    they are.

    A letter of Chinese script is as wide as two, and a line may end after it.
    """
    if "<br>" in name or width(name) <= limit or not (cut := line_end(name, limit)):
        return name
    rest = name[cut:].strip()
    if width(rest) > limit:
        rest = rest[: line_end(rest, limit) or limit - 1].rstrip(" ,，、") + "…"
    return f"{name[:cut].rstrip()}<br>{rest}"


def lines(text: str, limit: int) -> list[str]:
    """Break a text into lines of `limit` letters; a longer word gets a line of its own."""
    if width(text) <= limit:
        return [text]
    cut = line_end(text, limit) or text.find(" ")
    return [text] if cut < 0 else [text[:cut].rstrip(), *lines(text[cut:].strip(), limit)]


def width(text: str) -> int:
    """Width in Latin letters; a Chinese character counts as two."""
    return len(text) if text.isascii() else sum(map(_letter_width, text))


@cache
def _letter_width(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def line_end(text: str, limit: int) -> int:
    """Number of letters of the longest line narrower than `limit` that ends at a space or after a wide letter; 0 if
    there is none."""
    end = filled = 0
    for at in range(1, min(len(text), limit)):
        former, letter = text[at - 1], text[at]
        filled += _letter_width(former)
        if filled >= limit:
            break
        if letter == " " or (_letter_width(former) == _letter_width(letter) == 2 and letter not in _CLOSING):
            end = at
    return end


def name_of(row: Row, context: Context) -> str:
    """The row's name in the user's language."""
    name = row.get(f"name_{context.lang}")
    return str(name if isinstance(name, str) and name else row["name_en"])


def label_of(row: Row, context: Context) -> str:
    """The label of a mark: the short name of a chapter or section of goods, else the name."""
    name = row.get("short_name")
    return str(name) if isinstance(name, str) and name else name_of(row, context)


def short(value: float, context: Context) -> str:
    """Three digits or a whole number, as a column holds it."""
    return formats.number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2, context.lang)


def rate(value: Any, context: Context) -> str:
    """A rate as a column holds it; a dash if there is none."""
    return "–" if formats.is_missing(value) else context.percent(value, digits=0 if abs(value) >= 100 else 1)


def growth(value: Any, context: Context) -> Cell:
    """A rate in bold, in the colour of a rise or a fall."""
    return f"<b>{rate(value, context)}</b>", side(value)


def ratio(row: Row, context: Context) -> list[Cell]:
    """The ratio to an earlier period, where the row has one: ×2.10 in the colour of a rise."""
    if "ratio" not in row:
        return []
    value = row["ratio"]
    if formats.is_missing(value):
        return [("–", "text")]
    return [(f"×{formats.number(value, 2, context.lang)}", side(value - 1))]


def side(value: Any) -> str:
    """The colour's role of a rise or a fall."""
    if formats.is_missing(value) or value == 0:
        return "text"
    return "rise" if value > 0 else "fall"
