"""The series that a chart draws, declared: its figure and the native chart of a slide are both made from them.

    def _levels(frame: pd.DataFrame, context: Context) -> Plots: ...

    @shows(_levels)
    def levels(frame: pd.DataFrame, context: Context) -> Figure:
        (level,) = _levels(frame, context)
        figure.add_bar(y=level.series[0].numbers, ...)

    levels.plots(frame, context)  # for programs that draw charts of their own

A chart whose form no slide knows declares the bars that stand in for it (`instead_of`), or nothing at all: then the
slide draws the measure's main column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import update_wrapper
from typing import Any, Generic, Literal, ParamSpec

import pandas as pd

from trade.charts.figure import Figure
from trade.text import formats

P = ParamSpec("P")
MOST_CATEGORIES = {"bars": 80, "columns": 80, "lines": 400, "curves": 0}
"""On an axis of a slide, by kind of plot: of the months below a line a few are named."""
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Series:
    """Numbers of one kind: a value per category, None where missing. `roles` of colour: one, or one per value.

    `across` are the places of a curve's values on the axis below, which has no categories.
    """

    values: tuple[float | None, ...]
    roles: tuple[str, ...]
    name: str = ""
    across: tuple[float, ...] = ()

    @classmethod
    def of(cls, values: Iterable[Any], roles: str | Iterable[str], name: str = "") -> Series:
        """From numbers of any kind, with one role or one per value. Without a name it is called as its plot."""
        numbers = tuple(None if formats.is_missing(value) else float(value) for value in values)
        return cls(numbers, (roles,) if isinstance(roles, str) else tuple(roles), name)

    @property
    def numbers(self) -> pd.Series:
        """The values for a figure, NaN where missing."""
        return pd.Series(self.values, dtype=float)


@dataclass(frozen=True)
class Mark:
    """A dotted line across a plot at a value on its axis of numbers; `text` names it, unless the plot's title does."""

    value: float
    text: str = ""


Kind = Literal["bars", "columns", "lines", "curves"]


@dataclass(frozen=True)
class Plot:
    """Series on one axis: `bars` lie, the first on top, `columns` stand, `lines` run over categories and `curves` over
    numbers, which `across` names.

    `title` names what is drawn and its unit; `stacked` bars and columns add up; of `ranks` the first is on top.
    """

    kind: Kind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    ranks: bool = False
    marks: tuple[Mark, ...] = ()
    across: str = ""

    @classmethod
    def of(
        cls,
        kind: Kind,
        title: str,
        categories: Iterable[object],
        *series: Series,
        stacked: bool = False,
        ranks: bool = False,
        marks: Iterable[Mark] = (),
        across: str = "",
    ) -> Plot:
        """With all words on one line, as a figure's labels need not be."""
        words = plain(title)
        named = tuple(replace(line, name=plain(line.name) or words) for line in series)
        labels = tuple(plain(str(category)) for category in categories)
        return cls(kind, words, labels, named, stacked, ranks, tuple(marks), plain(across))

    @property
    def values(self) -> pd.Series:
        """The numbers of its first series."""
        return self.series[0].numbers

    @property
    def is_percent(self) -> bool:
        """Whether its title says that the numbers are in percent."""
        return "%" in self.title

    @property
    def fits_a_slide(self) -> bool:
        """Whether every series and every category has a name of its own, and there is room for all."""
        names = [line.name for line in self.series]
        return (
            (self.kind == "curves" or 0 < len(self.categories) <= MOST_CATEGORIES[self.kind])
            and 0 < len(names) == len(set(names))
            and len(set(self.categories)) == len(self.categories)
        )


Plots = tuple[Plot, ...]
"""What a chart draws, from the top."""


class Chart(Generic[P]):
    """A function that draws rows, and the series that it draws of them.

    `instead_of` is empty where a slide shows the chart's own form, else what the series stand in for: a `map` or
    another `form`. `dots` are pairs of dots, which a slide shows standing instead of lying, open in the role `muted`;
    a `swarm` has marks and no series: a slide shows its circles as bubbles.
    """

    def __init__(self, draw: Callable[P, Figure], plots: Callable[..., Plots], instead_of: str) -> None:
        self.draw, self.plots, self.instead_of = draw, plots, instead_of
        update_wrapper(self, draw)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Figure:
        return self.draw(*args, **kwargs)


def shows(
    plots: Callable[..., Plots], instead_of: Literal["", "map", "form", "dots", "swarm"] = ""
) -> Callable[[Callable[P, Figure]], Chart[P]]:
    """Declare which series the decorated function draws; `plots` is called with the same arguments."""
    return lambda draw: Chart(draw, plots, instead_of)


def plain(text: str) -> str:
    """A label without tags, on one line."""
    return _TAG.sub(" ", text).replace("\u00a0›", "").replace("\u00a0", " ").replace("  ", " ").strip()
