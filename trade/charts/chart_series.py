"""The series of a chart, declared once: both its figure and the native chart on a slide are made from them.

    def _levels(frame: pd.DataFrame, context: Context) -> Plots: ...

    @shows(_levels)
    def levels(frame: pd.DataFrame, context: Context) -> Figure:
        (level,) = _levels(frame, context)
        figure.add_bar(y=level.series[0].numbers, ...)

    levels.plots(frame, context)  # for programs that draw charts of their own

A chart whose form slides do not support declares substitute bars (`instead_of`), or nothing at all: then the slide
draws the measure's main column.
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
"""Most categories on a slide's axis, by kind of plot. Lines may have many, since only some are labelled."""
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Series:
    """One series: a value per category, None where missing. `roles` are colour roles: one for all, or one per value.

    `across` are the x values of a curve, whose axis has no categories.
    """

    values: tuple[float | None, ...]
    roles: tuple[str, ...]
    name: str = ""
    across: tuple[float, ...] = ()

    @classmethod
    def of(cls, values: Iterable[Any], roles: str | Iterable[str], name: str = "") -> Series:
        """From numbers of any type, with one role or one per value. Without a name, the series is named like its
        plot."""
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
    """Series on one axis: `bars` are horizontal, the first on top, `columns` vertical; `lines` run over categories and
    `curves` over a numeric axis titled `across`.

    `title` names the values and their unit; `stacked` bars and columns add up; with `ranks`, 1 is at the top of the
    axis.
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
        """Like the constructor, but with tags and line breaks removed from all texts."""
        words = plain(title)
        named = tuple(replace(line, name=plain(line.name) or words) for line in series)
        labels = tuple(plain(str(category)) for category in categories)
        return cls(kind, words, labels, named, stacked, ranks, tuple(marks), plain(across))

    def first(self, most: int) -> Plot:
        """The same with its first categories only."""
        series = tuple(
            replace(line, values=line.values[:most], roles=line.roles if len(line.roles) == 1 else line.roles[:most])
            for line in self.series
        )
        return replace(self, categories=self.categories[:most], series=series)

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
        """Whether names of series and categories are unique and there is room for all of them."""
        names = [line.name for line in self.series]
        return (
            (self.kind == "curves" or 0 < len(self.categories) <= MOST_CATEGORIES[self.kind])
            and 0 < len(names) == len(set(names))
            and len(set(self.categories)) == len(self.categories)
        )


Plots = tuple[Plot, ...]
"""The plots of a chart, from top to bottom."""


class Chart(Generic[P]):
    """A function that draws rows as a figure, and a function that returns the series of that figure.

    `instead_of` is empty if a slide shows the chart in its own form, else the form that the series replace: a `map`,
    another `form`, `dots` (horizontal pairs of dots, vertical on a slide, open in the role `muted`), or a `swarm`
    (marks but no series: a slide shows its circles as bubbles).
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
    """A label without tags and line breaks."""
    return _TAG.sub(" ", text).replace("\u00a0›", "").replace("\u00a0", " ").replace("  ", " ").strip()
