"""A panel: a chart with headline, captions and notes, as a value.

    @panel("growth", "levels", measure="growth", choices=("flow", "currency", "freq", "period"))
    def levels(choices: Choices) -> Content: ...

    drawn = levels.draw(store, {"flow": "total"}, "en")
    drawn.headline, drawn.figure, drawn.notes, drawn.sources

A panel reads its store, its choices and its language, and nothing else: no session, no page. Pages, embedded charts,
presentations, stories, handouts, the command line and the HTTP API draw the same panels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from trade.charts.chart_series import Chart, Plots
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.serialized import Finished
from trade.errors import BadParameter, NoRows, nearest, shorten
from trade.errors import Message as ErrorMessage
from trade.measures import Result, SourceNote
from trade.panels import chart_captions, hs_short_names, queries
from trade.panels.cache import FIGURES, cached
from trade.panels.choices import Choices
from trade.panels.language import lang, say
from trade.panels.messages.common import Message
from trade.panels.run_context import RunContext, running
from trade.store import Store
from trade.text.message import with_beginning

Draw = Callable[..., Figure]
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Content:
    """The content of a panel for some choices: rows, texts, and the function that draws the rows.

    `about` is the line under the headline; empty for the one derived from the result. `chosen` is the period or code
    that the chart marks, `options` are passed to `chart`.
    """

    result: Result
    chart: Draw
    message: Message
    about: str = ""
    notes: tuple[str, ...] = ()
    chosen: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    limited_to: str = ""
    """Name of the continent that a filter limits the rows to; `named` adds it to the headline."""

    def named(self) -> Content:
        """A copy whose headline and takeaway name the period and `limited_to`, unless they already do."""
        headline, takeaway = self.message.headline, self.message.takeaway
        dated = self._dated(headline)
        texts = [dated, with_beginning(dated, takeaway, headline) if takeaway.startswith(headline) else takeaway]
        if self.limited_to and self.limited_to not in self.message.headline:
            texts = [say("frame.limited", place=self.limited_to, text=text) for text in texts]
        return replace(self, message=Message(*texts))

    def _dated(self, text: str) -> str:
        """The text with the period of the rows added, unless it already names a year."""
        period = chart_captions.when(self.result)
        return say("frame.dated", text=text, period=period) if period and not _YEAR.search(text) else text

    @property
    def subtitle(self) -> str:
        """Measure, flow, currency, place and period in one line."""
        return self.about or chart_captions.subtitle(self.result)

    def figure(self) -> Figure:
        """A new figure, which the caller may change."""
        return self.chart(hs_short_names.beside(self.result.frame), self._context(), **self.options)

    def plots(self) -> Plots:
        """The series of the figure, for native charts in other programs; empty if the chart declares none."""
        if not isinstance(self.chart, Chart):
            return ()
        return self.chart.plots(hs_short_names.beside(self.result.frame), self._context(), **self.options)

    @property
    def instead_of(self) -> str:
        """What the plots stand in for: a `map` or another `form`; empty if they are what the figure draws."""
        return self.chart.instead_of if isinstance(self.chart, Chart) else ""

    def _context(self) -> Context:
        return Context.of(self.result.stated_params, lang(), self.chosen)

    def serialized(self) -> Finished:
        """The figure as it is sent to a browser; shared, so never changed."""
        return _serialized(self.result, self.chart, self.chosen, self.options)


@cached(FIGURES)
def _serialized(result: Result, chart: Draw, chosen: str, options: Mapping[str, Any]) -> Finished:
    drawn = hs_short_names.beside(result.frame)
    return Finished(chart(drawn, Context.of(result.stated_params, lang(), chosen), **options))


@dataclass(frozen=True)
class Drawn:
    """A drawn panel: plain text and values, independent of store and run.

    `notes` give vintage, gaps and the meaning of the chart's marks; `takeaway` is the text alternative of the chart.
    `plots` are the series for native charts in other programs, and `instead_of` is as in `Content`.
    """

    id: str
    title: str
    headline: str
    takeaway: str
    subtitle: str
    notes: tuple[str, ...]
    sources: tuple[SourceNote, ...]
    result: Result
    figure: Figure
    plots: Plots
    instead_of: str
    lang: str
    chosen: str = ""
    """The period or the market that is marked, as `Content.chosen`."""


@dataclass(frozen=True)
class Panel:
    """A chart of a page. `choices` are the fields it reads; `measure` is the one whose rows it draws by default."""

    page: str
    key: str
    measure: str
    choices: tuple[str, ...]
    make: Callable[[Choices], Content]

    @property
    def id(self) -> str:
        """`growth/levels`: how a link, a story and the command line name it."""
        return f"{self.page}/{self.key}"

    @property
    def title(self) -> str:
        """What the panel shows, in a few words of the run's language."""
        return say(f"panels.{self.page}.{self.key}")

    def content(self, choices: Choices) -> Content:
        """What the panel shows, in the current run.

        Raises:
            NoRows: the store has no rows for the choices. TradeError: a choice is invalid.
        """
        return self.make(choices).named()

    def exact_content(self, choices: Choices) -> Content:
        """The same, if every choice has its effect: nothing is shown in place of what was chosen.

        Raises:
            BadParameter: a code does not fit the other choices. NoRows, TradeError: as `content`.
        """
        try:
            content = self.content(choices)
        except NoRows:
            self._check_applied(choices)
            raise
        self._check_applied(choices)
        return content

    def _check_applied(self, choices: Choices) -> None:
        for name, fitting in choices.not_applied().items():
            code = choices.value(name)
            if not fitting:
                raise BadParameter("chart.not_used", chart=self.id, name=name)
            good = fitting if isinstance(fitting, ErrorMessage) else nearest(code, fitting)
            raise BadParameter("chart.not_fitting", chart=self.id, name=name, value=shorten(code), good=good)

    def draw(
        self,
        store: Store,
        choices: Mapping[str, str],
        lang: str = "en",
        today: date | None = None,
        exact: bool = False,
    ) -> Drawn:
        """The panel for these choices (codes by the name of their field; what is missing has its default).

        `today` decides which dates are past and which are to come; by default the date of this machine's clock. A code
        that does not fit the other choices is replaced, as on a page; with `exact` it is an error.

        Raises:
            NoRows: the store has no rows for the choices. TradeError: a choice is invalid.
        """
        with running(RunContext(lang, dict(choices), store, today or date.today())):
            content = (self.exact_content if exact else self.content)(Choices(choices))
            return Drawn(
                id=self.id,
                title=self.title,
                headline=content.message.headline,
                takeaway=content.message.takeaway,
                subtitle=content.subtitle,
                notes=tuple(chart_captions.remarks(content.result, content.notes)),
                sources=tuple(queries.sources(content.result.sources)),
                result=content.result,
                figure=content.figure(),
                plots=content.plots(),
                instead_of=content.instead_of,
                lang=lang,
                chosen=content.chosen,
            )


def panel(
    page: str, key: str, *, measure: str, choices: Iterable[str] = ()
) -> Callable[[Callable[[Choices], Content]], Panel]:
    """Declare the decorated function as the panel `page/key`; its name in the module then is the panel."""

    def declare(make: Callable[[Choices], Content]) -> Panel:
        return Panel(page, key, measure, tuple(choices), make)

    return declare
