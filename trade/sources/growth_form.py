"""Check that a growth column is in percent: 0.061 and 106.1 may also mean growth of 6.1%."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from trade.errors import Message
from trade.sources.number_parser import NotANumber, half_width, parse

_FEW, _MANY = 4, 8
_SMALL = 0.6
"""If the median size of many figures is below this, they are fractions: trade seldom changes by less than 0.6%."""
_FINE = 0.0005
"""Half a unit of the third decimal: growth in percent is printed with one or two decimals."""
_INDEX = (85.0, 130.0)


def not_in_percent(cells: Iterable[str]) -> Message | None:
    """What the figures of a growth column seem to be: fractions or an index. None if in percent, or too few to tell."""
    figures = dict[str, float]()
    for cell in cells:
        try:
            value = parse(cell, percent=True)
        except NotANumber:
            continue
        if "%" in cell or "％" in cell:
            return None
        if value:
            figures[cell] = value
    if len(figures) < 2:
        return None
    middle = median(map(abs, figures.values()))
    below_one = all(abs(value) < 1 for value in figures.values())
    fine = all(half_width(cell) <= _FINE for cell in figures)
    if (middle < _SMALL and len(figures) >= _MANY) or (below_one and (fine or len(figures) >= _FEW)):
        return Message("growth_form.fractions", given=next(iter(figures)))
    if len(figures) >= _FEW and min(figures.values()) > 40 and _INDEX[0] < middle < _INDEX[1]:
        return Message("growth_form.index", given=next(iter(figures)))
    return None
