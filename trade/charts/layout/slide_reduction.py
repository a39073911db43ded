"""Hints for slides too small for the whole chart: which rows to keep (read by `static/slideshow/fit.js`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from trade.charts.figure import Figure


def keep_ends(figure: Figure, rows: int) -> Figure:
    """On small slides, drop rows from the middle: both ends, with the largest rise and fall, are kept."""
    half = (rows + 1) // 2
    return keep_first_of(figure, [range(half), range(rows - 1, half - 1, -1)])


def keep_first_of(figure: Figure, groups: Iterable[Sequence[int]]) -> Figure:
    """On small slides, keep the first rows of each group, since the headline may name any of them."""
    order = [row for row in chain.from_iterable(zip_longest(*groups)) if row is not None]
    return _add_hint(figure, order=order)


def lanes(figure: Figure, edges: list[float]) -> Figure:
    """Set the edges of lanes, in pixels of the axis: lane i lies between edges i and i + 1."""
    return _add_hint(figure, edges=edges)


def low_panels(figure: Figure, pixels: int) -> Figure:
    """Set the least height, in pixels, at which stacked panels with their titles are legible."""
    return _add_hint(figure, panel=pixels)


def _add_hint(figure: Figure, **hint: object) -> Figure:
    return figure.update_layout(meta=hint)
