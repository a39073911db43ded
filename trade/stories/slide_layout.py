"""The layout of charts on a slide: several panels, the plot area between the axes, labels of lines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Length, Pt

from trade.charts.chart_series import Plot, Plots

FIRST_PANEL = 0.58
"""Height of the first of several panels, as a share of the total."""
WIDE_LETTER, LINE, ROOMY, BOLD = 0.95, 1.25, 1.2, 1.2
"""Width of a Chinese character (a Latin letter is half as wide) and height of a line, as multiples of the font size;
factors for substitute fonts and for bold letters, which are wider."""
SMALLEST_TRIED = 6.5
"""Smallest font size that is tried, in points."""
SLANT = 0.7
"""Height of a slanted label, as a share of its length."""
FROM_ZERO = 5 / 6
"""An axis begins at zero unless its smallest number has at least this share of the largest."""


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide."""

    left: Length
    top: Length
    width: Length
    height: Length

    @property
    def right(self) -> Length:
        return Emu(self.left + self.width)

    @property
    def bottom(self) -> Length:
        return Emu(self.top + self.height)


def arranged(plots: Plots, left: Length, top: Length, width: Length, bottom: Length) -> list[Box]:
    """The first panel above; one below it, or several side by side."""
    whole = bottom - top
    if len(plots) == 1:
        return [Box(left, top, width, Emu(whole))]
    first = Emu(int(whole * FIRST_PANEL))
    each = Emu(width // (len(plots) - 1))
    below = [Box(Emu(left + at * each), Emu(top + first), each, Emu(whole - first)) for at in range(len(plots) - 1)]
    return [Box(left, top, width, first), *below]


def breadth(text: str) -> float:
    """How wide a text is, in Latin letters."""
    return sum(2.0 if ord(letter) > 0x2E80 else 1.0 for letter in text)


def letter(size: float) -> float:
    """How wide a Latin letter is, in points."""
    return size * WIDE_LETTER * ROOMY / 2


def size_that_fits(text: str, width: Length, height: Length, largest: float = 10, *, bold: bool = False) -> float:
    """The largest size at which the text fits the box, or `SMALLEST_TRIED` where none does."""
    size = largest
    while size > SMALLEST_TRIED:
        across = float(Emu(width - Inches(0.2)).pt) / (letter(size) * (BOLD if bold else 1))
        lines = sum(-(-breadth(line) // across) or 1 for line in text.split("\n"))
        if lines * size * LINE <= Emu(height - Inches(0.1)).pt:
            break
        size -= 0.5
    return size


def rows_height(table: list[list[str]], widths: list[Emu], size: float) -> Length:
    """How high the rows of a table are with letters of that size, in columns of these widths."""
    across = [(width.pt - 15) / letter(size) for width in widths]
    lines = [max(-(-breadth(cell) // room) or 1 for cell, room in zip(row, across, strict=True)) for row in table]
    return Pt(sum(count * size * LINE + 5 for count in lines))


def scale(drawn: Plot) -> tuple[float, float, float]:
    """Minimum, maximum and step of the value axis: round numbers that include all values and marks."""
    numbers = [value for series in drawn.series for value in series.values if value is not None]
    numbers += [mark.value for mark in drawn.marks]
    low, high = min(numbers), max(numbers)
    low = low if 0 < high * FROM_ZERO <= low else min(low, 0.0)
    high = max(high, 0.0)
    rough = ((high - low) or 1.0) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def inner(drawn: Plot, box: Box, letters: float, *, turned: bool) -> Box:
    """The plot area of a chart: its box without axis labels, title, legend and labels of marks.

    `turned`: labels below the axis are slanted if they do not fit, as presentation programs do.
    """
    longest = max(map(breadth, drawn.categories)) if drawn.kind == "bars" else 7
    left = min(int(Pt(longest * letter(letters) + 8)), box.width // 2)
    above = Pt(32 if drawn.title else 6) + Pt(26 if len(drawn.series) > 1 else 0)
    if any(mark.text for mark in drawn.marks):
        above += Pt(letters * LINE)
    slant = max(map(breadth, drawn.categories)) * letter(letters) * SLANT if turned else 0
    return inside(box, left=Emu(left), right=Pt(40), above=Emu(above), below=Pt(letters * LINE + 10 + slant))


def inside(box: Box, *, left: Length, right: Length, above: Length, below: Length) -> Box:
    """The box without its margins."""
    return Box(
        Emu(box.left + left), Emu(box.top + above), Emu(box.width - left - right), Emu(box.height - above - below)
    )


def place(chart: Any, box: Box, area: Box) -> None:
    """Fix the plot area of a chart, which programs would otherwise choose themselves."""
    shares = {
        "x": (area.left - box.left) / box.width,
        "y": (area.top - box.top) / box.height,
        "w": area.width / box.width,
        "h": area.height / box.height,
    }
    numbers = "".join(f'<c:{name} val="{share:.6f}"/>' for name, share in shares.items())
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{numbers}</c:manualLayout></c:layout>'
    )
    plotted = chart._chartSpace.chart.plotArea
    for former in plotted.findall(qn("c:layout")):
        plotted.remove(former)
    plotted.insert(0, layout)
