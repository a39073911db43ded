"""A story as slides for PowerPoint and its kin: charts are native, so that whoever gets them can edit them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx.chart.data import BubbleChartData, CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Length, Pt

from trade.charts import beeswarm, map_picture, theme
from trade.charts.chart_data import Plot, Plots, Series
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.theme import LIGHT
from trade.measures import citations
from trade.stories import slide_master
from trade.stories.html_handout import Handout
from trade.stories.slide import MOST_ROWS, Plain, Slide, by_producer, plainly, short
from trade.stories.slide_master import Master
from trade.text import formats

LABELLED = {"bars": 26, "columns": 12, "lines": 12}
"""A single series of at most so many values has its numbers written beside them."""
TITLE, ABOUT, FOOT = Inches(0.95), Inches(0.4), Inches(0.65)
"""Heights of the headline, of the line above the charts and of the sources below."""
MAP_SHARE, LEGEND = 0.64, Inches(0.55)
"""How much of a slide's width its map takes, and the height of the legend below."""
DOT, RING, STANDING = 8, 12, 22
"""Diameters of full and open dots in points, and the longest name below standing dots, in Latin letters."""
BUBBLES, NAMED = 20, 6
"""Size of the largest bubble, in per cent of what programs give it, and how many markets of a swarm are named."""
PALE = 0.55
"""How far the bars beside the chosen one go towards white."""
WIDE_LETTER, LINE, ROOMY = 0.95, 1.25, 1.2
"""A Chinese letter's width and a line's height, in sizes of the font; a Latin letter is half as wide. Fonts that stand
in for ours are wider."""
_KINDS = {
    ("bars", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("bars", True): XL_CHART_TYPE.BAR_STACKED,
    ("columns", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("columns", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("lines", False): XL_CHART_TYPE.LINE,
}
"""By kind of plot, and whether its series are stacked."""


def pptx(handout: Handout, template: Path | None = None) -> bytes:
    """The file: a title, a slide per step with its notes, and the sources in full; on a template's slide master.

    Raises:
        TemplateUnread: the template cannot be used.
    """
    return _Deck(handout, slide_master.master(template)).written()


@dataclass
class _Deck:
    """The slides of a handout as they are made."""

    handout: Handout
    master: Master

    def written(self) -> bytes:
        deck, handout = self.master.deck, self.handout
        slide_master.describe(
            deck, title=handout.title, author=handout.say("site.title"), lang=self.tag, about=handout.about
        )
        self._title_slide()
        for step in handout.slides:
            self._step(step)
        self._source_slide()
        written = BytesIO()
        deck.save(written)
        return written.getvalue()

    @property
    def tag(self) -> str:
        """The language of every text: programs choose the shapes of Chinese letters and the dictionary by it."""
        tag = self.handout.say("language.tag")
        return tag if "-" in tag else f"{tag}-GB"

    def _size(self, points: float) -> float | None:
        """A size of ours; a template has its own."""
        return points if self.master.is_ours else None

    def _slide(self, layout: Any) -> Any:
        slide = self.master.deck.slides.add_slide(layout)
        slide_master.run_on(slide, formats.day(self.handout.day, self.handout.lang))
        self._in_language(slide._element)
        return slide

    def _title_slide(self) -> None:
        slide, handout = self._slide(self.master.opening), self.handout
        made = handout.say("handout.drawn", day=formats.day(handout.day, handout.lang), version=handout.version)
        self._write(slide.shapes.title, [handout.title], self._size(40), bold=self.master.is_ours)
        others = [shape for shape in slide.placeholders if shape.placeholder_format.idx == 1]
        if others:
            self._write(others[0], [handout.about, made], self._size(18))

    def _step(self, step: Slide) -> None:
        handout, master = self.handout, self.master
        slide = self._slide(master.content)
        bold = master.is_ours
        size = self._size(_fitting(step.headline, master.width, TITLE, largest=26))
        self._write(slide.shapes.title, [step.headline], size, bold=bold, anchor=MSO_ANCHOR.BOTTOM)
        if step.result is None:
            self._text(slide, master.top, Inches(1), [handout.say("handout.nothing", problem=step.problem)], 16)
            return
        is_swarm = step.instead_of == "swarm"
        shown = Plain(()) if is_swarm else plainly(step.plots, step.instead_of, step.result, handout.lang)
        own = step.own if step.own != step.headline else ""
        stop = handout.say("handout.stop")
        self._text(slide, master.top, ABOUT, [stop.join(one for one in (own, step.about) if one)], 12)
        top, bottom = Emu(master.top + ABOUT), Emu(master.bottom - FOOT)
        left, width = master.left, master.width
        if step.instead_of == "map" and step.figure is not None:
            left, width = self._map(slide, step.figure, step.alt, top, bottom)
        if is_swarm:
            self._swarm(slide, step, top, bottom)
        elif shown.table:
            self._table(slide, shown, top, bottom)
        else:
            self._charts(slide, shown.charts, step, (left, width), top, bottom)
        self._foot(slide, step, shown.remark)
        notes = [step.notes, step.about, *step.remarks, shown.remark, handout.base + step.link]
        slide.notes_slide.notes_text_frame.text = "\n".join(one for one in notes if one)
        self._in_language(slide.notes_slide.notes_text_frame._txBody)

    def _foot(self, slide: Any, step: Slide, remark: str) -> None:
        """Producers with their sources as links, then what is to be known; as small as it must be to fit."""
        before, _, after = self.handout.say("frame.source", sources="\0").partition("\0")
        comma, semicolon = self.handout.say("join.comma"), self.handout.say("join.semicolon")
        sources, remarks = by_producer(step.sources), [after if step.sources else "", *step.remarks, remark]
        text = self.handout.say("join.sentence").join(one for one in remarks if one)
        whole = text + "".join(
            producer + "".join(short(note) + comma for note in notes) for producer, notes in sources.items()
        )
        size = _fitting(whole, self.master.width, FOOT)
        line = self._text(slide, Emu(self.master.bottom - FOOT), FOOT, [], size).paragraphs[0]
        for at, (producer, notes) in enumerate(sources.items()):
            self._run(line, f"{semicolon if at else before}{producer}{comma}", size)
            for place, note in enumerate(notes):
                self._run(line, comma if place else "", size)
                self._run(line, short(note), size).hyperlink.address = note.url
        self._run(line, text, size)

    def _map(self, slide: Any, figure: Figure, alt: str, top: Length, bottom: Length) -> tuple[Length, Length]:
        """The map as a picture at the left with its legend; where the native chart may stand beside it."""
        drawn, master = map_picture.picture(figure), self.master
        width = Emu(int(master.width * MAP_SHARE))
        height = Emu(width * drawn.height // drawn.width)
        above = Emu(top + max(bottom - top - height - LEGEND, 0) // 2)
        slide_master.add_picture(slide, drawn.png, drawn.svg, alt, master.left, above, width)
        box = slide.shapes.add_textbox(master.left, Emu(above + height), width, LEGEND)
        box.text_frame.word_wrap = True
        line = box.text_frame.paragraphs[0]
        for colour, words in drawn.legend:
            self._run(line, "■ ", 12).font.color.rgb = _rgb(colour)
            self._run(line, f"{words}   ", 12)
        return Emu(master.left + width), Emu(master.width - width)

    def _charts(
        self, slide: Any, charts: Plots, step: Slide, across: tuple[Length, Length], top: Length, bottom: Length
    ) -> None:
        """The panels from the top; the lower ones are lower, as on screen."""
        shares = [1.0] if len(charts) == 1 else [0.58] + [0.42 / (len(charts) - 1)] * (len(charts) - 1)
        whole = bottom - top
        for plot, share in zip(charts, shares, strict=True):
            height = Emu(int(whole * share))
            self._chart(slide, plot, step, across, top, height)
            top = Emu(top + height)

    def _chart(
        self, slide: Any, drawn: Plot, step: Slide, across: tuple[Length, Length], top: Length, height: Length
    ) -> None:
        is_dots = step.instead_of == "dots" and _stands(drawn)
        kind = XL_CHART_TYPE.LINE_MARKERS if is_dots else _KINDS[drawn.kind, drawn.stacked]
        if is_dots:  # open ones first: where both meet, a full dot stands in a ring
            drawn = replace(drawn, kind="lines", series=tuple(sorted(drawn.series, key=_is_full)))
        data: Any = CategoryChartData(number_format=_form(drawn))  # type: ignore[no-untyped-call]
        data.categories = drawn.categories
        for series in drawn.series:
            data.add_series(series.name, series.values)
        frame = slide.shapes.add_chart(kind, across[0], top, across[1], height, data)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", step.alt)
        chart = frame.chart
        chart.font.size = Pt(_letters(drawn, height))
        chart.has_title = bool(drawn.title)
        if drawn.title:
            chart.chart_title.include_in_layout = False
            chart.chart_title.text_frame.text = drawn.title
            chart.chart_title.text_frame.paragraphs[0].font.size = Pt(13)
            chart.chart_title.text_frame.paragraphs[0].font.bold = False
        chart.has_legend = len(drawn.series) > 1
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        _axes(chart, drawn, across[1])
        for plotted, series in zip(chart.plots[0].series, drawn.series, strict=True):
            colours = tuple(theme.real_colour(role) for role in series.roles)
            if is_dots:
                _as_dots(plotted, colours[0], is_full=_is_full(series))
            else:
                _colour(plotted, _marked(colours, drawn, step.chosen), drawn.kind)
        if _labelled(drawn):
            chart.plots[0].has_data_labels = True
            labels = chart.plots[0].data_labels
            labels.number_format, labels.number_format_is_linked, labels.font.size = _form(drawn), False, Pt(11)
            if drawn.kind == "lines":
                labels.position = XL_LABEL_POSITION.ABOVE
        self._in_language(chart._chartSpace)

    def _swarm(self, slide: Any, step: Slide, top: Length, bottom: Length) -> None:
        """All markets as bubbles that can be edited: growth across, value as size, a series per continent."""
        if step.result is None:
            return
        context = Context.of(step.result.said_params, self.handout.lang)
        rows = beeswarm.laid_out(step.result.frame)
        data: Any = BubbleChartData(number_format="0.0")  # type: ignore[no-untyped-call]
        # the longest series first: LibreOffice draws none that is shorter than a later one
        continents = [str(one) for one in rows["customs_continent"].value_counts().index]
        for continent in continents:
            series = data.add_series(context.say(f"scope.continent.{continent}"))
            mine = rows[rows["customs_continent"] == continent]
            for growth, height, value in zip(mine["drawn"], mine["y"], mine["value"], strict=True):
                series.add_data_point(float(growth), -float(height), float(value))
        across, high = self.master.width, Emu(bottom - top)
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BUBBLE, self.master.left, top, across, high, data)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", step.alt)
        chart = frame.chart
        chart.font.size, chart.has_title, chart.has_legend = Pt(12), False, True
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        growths, heights = chart.category_axis, chart.value_axis
        growths.minimum_scale, growths.maximum_scale, growths.major_unit = -75, 75, beeswarm.CAP / 4
        growths.tick_labels.number_format, growths.tick_labels.number_format_is_linked = '0"%"', False
        growths.tick_label_position, growths.has_major_gridlines = XL_TICK_LABEL_POSITION.LOW, True
        growths.major_gridlines.format.line.color.rgb = _rgb(LIGHT.grid)
        heights.minimum_scale, heights.maximum_scale = -float(rows["bottom"].max()) - beeswarm.GAP, 0
        heights.has_major_gridlines, heights.tick_label_position = False, XL_TICK_LABEL_POSITION.NONE
        scale = chart._chartSpace.find(f".//{qn('c:bubbleScale')}")
        if scale is not None:
            scale.set("val", str(BUBBLES))
        for plotted, continent in zip(chart.plots[0].series, continents, strict=True):
            plotted.format.fill.solid()
            plotted.format.fill.fore_color.rgb = _rgb(theme.real_colour(continent))
            plotted.format.line.color.rgb, plotted.format.line.width = _rgb(LIGHT.background), Pt(0.75)
            mine = rows[rows["customs_continent"] == continent]
            for place, (name, value) in enumerate(zip(mine[f"name_{self.handout.lang}"], mine["value"], strict=True)):
                if value >= rows["value"].nlargest(NAMED).min():
                    plotted.points[place].data_label.text_frame.text = str(name)
                    plotted.points[place].data_label.position = XL_LABEL_POSITION.ABOVE
        self._in_language(chart._chartSpace)

    def _table(self, slide: Any, shown: Plain, top: Length, bottom: Length) -> None:
        """Rows under their headings, in the theme's style; a column is as wide as its longest words ask for."""
        rows, across = len(shown.table), len(shown.table[0])
        height = Emu(int(bottom - top) // (MOST_ROWS + 1) * rows)
        made = slide.shapes.add_table(rows, across, self.master.left, top, self.master.width, height).table
        lengths = [min(max(_breadth(row[place]) for row in shown.table), 40) + 2 for place in range(across)]
        for column, length in zip(made.columns, lengths, strict=True):
            column.width = Emu(int(int(self.master.width) * length / sum(lengths)))
        for at, row in enumerate(shown.table):
            for cell, text in zip(made.rows[at].cells, row, strict=True):
                self._write(cell, [text], 11, bold=at == 0)
                cell.margin_top = cell.margin_bottom = Pt(2)

    def _source_slide(self) -> None:
        slide, handout, master = self._slide(self.master.content), self.handout, self.master
        self._write(slide.shapes.title, [handout.say("handout.sources")], self._size(26), bold=master.is_ours)
        citations_text = [citations.as_text(note, handout.lang) for note in handout.sources()]
        room = Emu(master.bottom - master.top)
        size = min(12.0, _fitting("\n".join(citations_text), master.width, room, largest=12))
        self._text(slide, master.top, room, citations_text, size)

    def _text(self, slide: Any, top: Length, height: Length, lines: list[str], size: float) -> Any:
        box = slide.shapes.add_textbox(self.master.left, top, self.master.width, height)
        self._write(box, lines, size)
        return box.text_frame

    def _write(
        self, shape: Any, lines: Iterable[str], size: float | None, *, bold: bool = False, anchor: Any = None
    ) -> None:
        """Paragraphs in a shape or a cell, set left, in the theme's colour of text."""
        frame = shape.text_frame
        frame.word_wrap = True
        if anchor is not None and self.master.is_ours:
            frame.vertical_anchor = anchor
        for at, text in enumerate(one for one in lines if one):
            line = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            if self.master.is_ours:
                line.alignment = 1
            run = self._run(line, text, size)
            if bold:
                run.font.bold = True

    def _run(self, line: Any, text: str, size: float | None) -> Any:
        run = line.add_run()
        run.text = text
        if size:
            run.font.size = Pt(size)
        run._r.get_or_add_rPr().set("lang", self.tag)
        return run

    def _in_language(self, tree: Any) -> None:
        """Name the language where the library has made the properties of a text by itself."""
        for name in ("a:rPr", "a:defRPr", "a:endParaRPr"):
            for properties in tree.iter(qn(name)):
                properties.set("lang", self.tag)


def _breadth(text: str) -> float:
    """How wide a text is, in Latin letters."""
    return sum(2.0 if ord(letter) > 0x2E80 else 1.0 for letter in text)


def _fitting(text: str, width: Length, height: Length, largest: float = 10) -> float:
    """The largest size at which the text fits the box, down to seven points."""
    size = largest
    while size > 7:
        across = float(Emu(width - Inches(0.2)).pt) / (size * WIDE_LETTER * ROOMY / 2)
        lines = sum(-(-_breadth(line) // across) or 1 for line in text.split("\n"))
        if lines * size * LINE <= Emu(height - Inches(0.1)).pt:
            break
        size -= 0.5
    return size


def _letters(drawn: Plot, height: Length) -> float:
    """The size of a chart's text: rows of bars need room for theirs."""
    rows = len(drawn.categories) if drawn.kind == "bars" else 1
    return max(min(12.0, 0.62 * Emu(height).pt / (rows + 2)), 7.0)


def _labelled(drawn: Plot) -> bool:
    return len(drawn.series) == 1 and len(drawn.categories) <= LABELLED[drawn.kind]


def _axes(chart: Any, drawn: Plot, width: Length) -> None:
    names, numbers = chart.category_axis, chart.value_axis
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    names.format.line.color.rgb = _rgb(LIGHT.series[8])
    numbers.tick_labels.number_format, numbers.tick_labels.number_format_is_linked = _form(drawn, ticks=True), False
    if numbers.has_major_gridlines:
        numbers.major_gridlines.format.line.color.rgb = _rgb(LIGHT.grid)
    numbers.format.line.fill.background()
    if drawn.kind == "bars":
        names.reverse_order = True
        numbers.has_major_gridlines = not _labelled(drawn)
        if _labelled(drawn):
            numbers.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    _every(names, 1 if drawn.kind == "bars" else _step(drawn, width))
    if drawn.kind != "lines":
        chart.plots[0].gap_width = 35
    if drawn.stacked:
        chart.plots[0].overlap = 100


def _step(drawn: Plot, width: Length) -> int:
    """Every how many names there is room for one."""
    longest = max(map(_breadth, drawn.categories)) + 2
    room = Emu(width).pt * 0.9 / (12 * WIDE_LETTER * ROOMY / 2)
    return max(1, -(-int(longest * len(drawn.categories)) // int(room)))


def _every(axis: Any, step: int) -> None:
    """Write the name of every `step`-th category: left to themselves, programs leave out others."""
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{step}"/>')
    after = axis._element.find(qn("c:noMultiLvlLbl"))
    if after is not None:
        after.addprevious(skip)
    else:
        axis._element.append(skip)


def _marked(colours: tuple[str, ...], drawn: Plot, chosen: str) -> tuple[str, ...]:
    """The colours of bars with that of the chosen one kept and the others pale, as on screen."""
    if drawn.kind == "lines" or chosen not in drawn.categories or len(drawn.series) > 1:
        return colours
    each = colours if len(colours) == len(drawn.categories) else colours[:1] * len(drawn.categories)
    return tuple(hue if name == chosen else _pale(hue) for hue, name in zip(each, drawn.categories, strict=True))


def _pale(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * PALE):02x}" for part in parts)


def _colour(plotted: Any, colours: tuple[str, ...], kind: str) -> None:
    """One colour for a series, or one per bar."""
    if kind == "lines":
        plotted.smooth = False
        plotted.format.line.color.rgb, plotted.format.line.width = _rgb(colours[0]), Pt(2.25)
        return
    plotted.invert_if_negative = False
    plotted.format.fill.solid()
    plotted.format.fill.fore_color.rgb = _rgb(colours[0])
    for at, colour in enumerate(colours if len(set(colours)) > 1 else ()):
        point = plotted.points[at].format.fill
        point.solid()
        point.fore_color.rgb = _rgb(colour)


def _stands(drawn: Plot) -> bool:
    """Whether names of lying dots have room below standing ones."""
    return max(map(_breadth, drawn.categories)) <= STANDING


def _is_full(series: Series) -> bool:
    """Whether its dots are full: the muted ones of a pair are open."""
    return series.roles != ("muted",)


def _as_dots(plotted: Any, colour: str, *, is_full: bool) -> None:
    """Dots without a line between them. Open ones are rings filled with a pale hue: LibreOffice draws no rings."""
    plotted.smooth = False
    plotted.format.line.fill.background()
    marker = plotted.marker
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, DOT if is_full else RING
    marker.format.line.color.rgb, marker.format.line.width = _rgb(colour), Pt(1.5)
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = _rgb(colour if is_full else _pale(colour))


def _form(drawn: Plot, *, ticks: bool = False) -> str:
    """Excel's format for the numbers: as many decimals as their size asks for, and the sign of percent if they are."""
    sizes = [abs(value) for series in drawn.series for value in series.values if value is not None]
    largest = max(sizes, default=0)
    if all(float(size).is_integer() for size in sizes) or (ticks and largest >= 10):
        digits = "#,##0"
    else:
        digits = "#,##0" if largest >= 1000 else "0.0" if largest >= 10 or ticks else "0.00"
    if drawn.is_percent:
        digits = f'{"0" if ticks and largest >= 10 else "0.0"}"%"'
    return digits


def _rgb(colour: str) -> RGBColor:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]
