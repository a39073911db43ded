"""Add title, subtitle, sources and notes to a figure that is shown without its page: in a notebook or as a picture."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from trade.charts import theme
from trade.charts.theme import PlotlyFigure

LETTERS = 104
"""Most letters in a line; a Chinese character counts as two."""
LINE, GAP = 17, 14
"""Heights, in pixels."""
_WIDE = 0x2E80
"""Code points from here on are full-width: Chinese, Japanese, Korean."""


def captioned(figure: PlotlyFigure, title: str, subtitle: str, lines: Iterable[str]) -> PlotlyFigure:
    """Add `title` and `subtitle` above the figure and `lines` below it, in place; returns the enlarged figure."""
    above = [f"<b>{escape(line, quote=False)}</b>" for line in wrapped(title, LETTERS - 16)]
    above += [escape(line, quote=False) for line in wrapped(subtitle)]
    below = [escape(line, quote=False) for text in lines for line in wrapped(text)]
    margin, height = figure.layout.margin, figure.layout.height or 420
    over, under = len(above) * LINE + GAP, len(below) * LINE + GAP
    top, bottom = margin.t or 0, margin.b or 0
    look = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "align": "left", "showarrow": False}
    font = {"size": 12, "color": theme.LIGHT.quiet}
    figure.add_annotation(text="<br>".join(above), y=1, yanchor="bottom", yshift=top + GAP / 2, **look)
    figure.add_annotation(text="<br>".join(below), y=0, yanchor="top", yshift=-bottom - GAP / 2, font=font, **look)
    return figure.update_layout(height=height + over + under, margin={"t": top + over, "b": bottom + under})


def wrapped(text: str, letters: int = LETTERS) -> list[str]:
    """The text in lines; Chinese may break between any two characters."""
    lines, line, width = list[str](), "", 0
    for part in _parts(text):
        size = sum(2 if ord(letter) >= _WIDE else 1 for letter in part)
        if line and width + size > letters:
            lines.append(line.rstrip())
            line, width, part = "", 0, part.lstrip()
        line, width = line + part, width + size
    return [*lines, line.rstrip()] if line.strip() else lines


def _parts(text: str) -> Iterable[str]:
    """The unbreakable parts of a text: words with the space after them, single Chinese characters."""
    word = ""
    for letter in text:
        if ord(letter) >= _WIDE:
            yield from filter(None, (word, letter))
            word = ""
        else:
            word += letter
            if letter == " ":
                yield word
                word = ""
    if word:
        yield word
