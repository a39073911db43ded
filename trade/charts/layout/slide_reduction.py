"""Which rows of a chart stay on a slide that has no room for all (`static/slideshow/fit.js` reads it)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from trade.charts.figure import Figure


def keep_ends(figure: Figure, rows: int) -> Figure:
    """Where a slide is too small, leave out rows from the middle: both ends, the largest rise and fall, stay."""
    half = (rows + 1) // 2
    return keep_first_of(figure, [range(half), range(rows - 1, half - 1, -1)])


def keep_first_of(figure: Figure, groups: Iterable[Sequence[int]]) -> Figure:
    """Where a slide is too small, keep the first rows of each group: the headline may name any of them."""
    order = [row for row in chain.from_iterable(zip_longest(*groups)) if row is not None]
    return _say(figure, order=order)


def lanes(figure: Figure, edges: list[float]) -> Figure:
    """Lane i lies between edges i and i + 1 of an axis that counts pixels."""
    return _say(figure, edges=edges)


def low_panels(figure: Figure, pixels: int) -> Figure:
    """Panels one above the other, with their titles, can be read when they are as low as this."""
    return _say(figure, panel=pixels)


def _say(figure: Figure, **said: object) -> Figure:
    return figure.update_layout(meta=said)
