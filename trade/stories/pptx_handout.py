"""A story as slides for PowerPoint and similar programs. Charts are native, so that recipients can edit them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pandas as pd
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Length, Pt

from trade.charts import beeswarm, map_picture, theme
from trade.charts.chart_series import Mark, Plot, Series
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.theme import LIGHT
from trade.measures import source_citation
from trade.stories import slide_layout, slide_master
from trade.stories.html_handout import Handout
from trade.stories.slide import MOST_ROWS, Plain, Slide, by_producer, short, simplified_chart
from trade.stories.slide_layout import Box, breadth, size_that_fits
from trade.stories.slide_master import Master
from trade.text import formats

LABELLED = {"bars": 26, "columns": 12, "lines": 12}
"""Most values of a single series that get number labels, by kind of plot."""
TITLE, ABOUT, FOOT = Inches(0.95), Inches(0.4), Inches(0.65)
"""Heights of the headline, the line under it and the sources at the bottom."""
MAP_SHARE, LEGEND = 0.64, Inches(0.55)
"""Share of a slide's width for a map, and height of its legend."""
DOT, RING, STANDING = 8, 12, 22
"""Diameters of full and open dots in points; longest label below vertical pairs of dots, in Latin letters."""
BUBBLES, NAMED = 20, 6
"""Size of bubbles in per cent of the programs' default, and number of labelled markets in a beeswarm."""
ROW, WIDE_ROW, ABOVE_LINE = 0.55, 0.45, Pt(3)
"""Height of a letter as a share of a bar's row, Latin and Chinese; gap between a line and its label."""
LEVEL = "1"
"""Rotation of horizontal axis labels, in 60,000ths of a degree: with 0, LibreOffice breaks them at every letter."""
GROWTH_A_LETTER, LINE_OF_SWARM = 1.25, 30
"""In a beeswarm: width of a letter in units of the growth axis, height of a line in units of the other axis."""
PALE = 0.55
"""How far the colour of bars other than the chosen one is mixed with white."""
SMALLEST, MARK, CELLS = 7, 11, (11, 10, 9, 8)
"""Font sizes in points: the smallest, of labels of lines, of table cells (largest that fits)."""
Ends = tuple[Length, Length, Length, Length]
"""Ends of a line: x and y of its beginning, then of its end."""
_KINDS = {
    ("bars", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("bars", True): XL_CHART_TYPE.BAR_STACKED,
    ("columns", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("columns", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("lines", False): XL_CHART_TYPE.LINE,
    ("curves", False): XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS,
}
"""By kind of plot, and whether its series are stacked."""


def pptx(handout: Handout, looks: slide_master.Master | None = None) -> bytes:
    """The PPTX file: a title slide, a slide per step with its notes, and the full sources. `looks` defaults to our
    master."""
    return _Deck(handout, looks or slide_master.master(None)).written()


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
        """The language tag of every text: programs choose glyph variants of Chinese and the spelling dictionary by
        it."""
        tag = self.handout.say("language.tag")
        return tag if "-" in tag else f"{tag}-GB"

    def _size(self, points: float) -> float | None:
        """A font size for our own master; None for a template, which has its own sizes."""
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
        size = self._size(size_that_fits(step.headline, master.width, TITLE, largest=26, bold=True))
        self._write(slide.shapes.title, [step.headline], size, bold=bold, anchor=MSO_ANCHOR.BOTTOM)
        if step.result is None:
            self._text(slide, master.top, Inches(1), [handout.say("handout.nothing", problem=step.problem)], 16)
            return
        is_swarm = step.instead_of == "swarm"
        shown = Plain(()) if is_swarm else simplified_chart(step.plots, step.instead_of, step.result, handout.lang)
        own = step.own if step.own != step.headline else ""
        stop = handout.say("handout.stop")
        self._text(slide, master.top, ABOUT, [stop.join(text for text in (own, step.about) if text)], 12)
        top, bottom = Emu(master.top + ABOUT), Emu(master.bottom - FOOT)
        left, width = master.left, master.width
        if step.instead_of == "map" and step.figure is not None:
            left, width = self._map(slide, step.figure, step.alt, top, bottom)
        if is_swarm:
            self._swarm(slide, step, top, bottom)
        elif shown.table:
            self._table(slide, shown, top, bottom)
        else:
            boxes = slide_layout.arranged(shown.charts, left, top, width, bottom)
            keys = [[series.name for series in plot.series] for plot in shown.charts]
            for at, (plot, box) in enumerate(zip(shown.charts, boxes, strict=True)):
                self._chart(slide, plot, step, box, has_key=len(keys[at]) > 1 and keys[at] not in keys[:at])
        self._foot(slide, step, shown.remark)
        notes = [step.notes, step.about, *step.remarks, shown.remark, handout.base + step.link]
        slide.notes_slide.notes_text_frame.text = "\n".join(note for note in notes if note)
        self._in_language(slide.notes_slide.notes_text_frame._txBody)

    def _foot(self, slide: Any, step: Slide, remark: str) -> None:
        """Draw the producers with linked sources and the notes, in letters small enough to fit.

        If even the smallest do not fit, only the producers are named: the last slide has the full sources.
        """
        before, _, after = self.handout.say("frame.source", sources="\0").partition("\0")
        comma, semicolon = self.handout.say("join.comma"), self.handout.say("join.semicolon")
        sources, remarks = by_producer(step.sources), [after if step.sources else "", *step.remarks, remark]
        text = self.handout.say("join.sentence").join(sentence for sentence in remarks if sentence)
        whole = text + "".join(
            producer + "".join(short(note) + comma for note in notes) for producer, notes in sources.items()
        )
        size = size_that_fits(whole, self.master.width, FOOT)
        if size < SMALLEST:
            sources = {producer: [] for producer in sources}
            size = max(size_that_fits(text + "".join(sources), self.master.width, FOOT), SMALLEST)
        line = self._text(slide, Emu(self.master.bottom - FOOT), FOOT, [], size).paragraphs[0]
        for at, (producer, notes) in enumerate(sources.items()):
            self._run(line, f"{semicolon if at else before}{producer}{comma if notes else ''}", size)
            for place, note in enumerate(notes):
                self._run(line, comma if place else "", size)
                self._run(line, short(note), size).hyperlink.address = note.url
        self._run(line, text, size)

    def _map(self, slide: Any, figure: Figure, alt: str, top: Length, bottom: Length) -> tuple[Length, Length]:
        """Draw the map as a picture at the left, with its legend. Returns the area left for the native chart."""
        drawn, master = map_picture.picture(figure), self.master
        width = Emu(int(master.width * MAP_SHARE))
        height = Emu(width * drawn.height // drawn.width)
        above = Emu(top + max(bottom - top - height - LEGEND, 0) // 2)
        slide_master.add_picture(slide, drawn.png, drawn.svg, alt, master.left, above, width)
        box = slide.shapes.add_textbox(master.left, Emu(above + height), width, LEGEND)
        box.text_frame.word_wrap = True
        line, at, across = box.text_frame.paragraphs[0], 0.0, Emu(width - Inches(0.2)).pt / slide_layout.letter(12)
        for colour, words in drawn.legend:
            at += (wide := slide_layout.breadth(f"■ {words}   "))
            if at > across:  # keep a colour square and its text on one line
                line.add_line_break()
                at = wide
            self._run(line, "■ ", 12).font.color.rgb = _rgb(colour)
            self._run(line, f"{words}   ", 12)
        return Emu(master.left + width), Emu(master.width - width)

    def _chart(self, slide: Any, drawn: Plot, step: Slide, box: Box, *, has_key: bool) -> None:
        # labels of horizontal dots may not fit below vertical ones
        is_dots = step.instead_of == "dots" and max(map(breadth, drawn.categories)) <= STANDING
        kind = XL_CHART_TYPE.LINE_MARKERS if is_dots else _KINDS[drawn.kind, drawn.stacked]
        if is_dots:
            drawn = _as_vertical_dots(drawn)
        elif drawn.kind == "curves":
            # LibreOffice does not draw an XY series that is shorter than a later one
            drawn = replace(drawn, series=tuple(sorted(drawn.series, key=lambda series: -len(series.values))))
        letters = _letters(drawn, box.height)
        frame = slide.shapes.add_chart(kind, box.left, box.top, box.width, box.height, _data(drawn))
        frame._element.nvGraphicFramePr.cNvPr.set("descr", step.alt)
        chart = frame.chart
        chart.font.size = Pt(letters)
        chart.has_title = bool(drawn.title)
        if drawn.title:
            chart.chart_title.include_in_layout = False
            chart.chart_title.text_frame.text = drawn.title
            chart.chart_title.text_frame.paragraphs[0].font.size = Pt(13)
            chart.chart_title.text_frame.paragraphs[0].font.bold = False
        chart.has_legend = has_key
        if has_key:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        _axes(chart, drawn, box.width, is_dots=is_dots)
        for plotted, series in zip(chart.plots[0].series, drawn.series, strict=True):
            colours = tuple(theme.real_colour(role) for role in series.roles)
            if is_dots:
                _as_dots(plotted, colours[0], is_full=_is_full(series))
            else:
                _colour(plotted, _marked(colours, drawn, step.chosen), drawn.kind)
                _mark_isolated(plotted, series, drawn.kind, colours[0])
        if _labelled(drawn):
            chart.plots[0].has_data_labels = True
            labels = chart.plots[0].data_labels
            labels.number_format, labels.number_format_is_linked, labels.font.size = _form(drawn), False, Pt(11)
            if drawn.kind == "lines":
                labels.position = XL_LABEL_POSITION.ABOVE
        if drawn.marks:
            self._marks(slide, chart, drawn, box, slide_layout.inner(drawn, box, letters, turned=is_dots))
        self._in_language(chart._chartSpace)

    def _marks(self, slide: Any, chart: Any, drawn: Plot, box: Box, inner: Box) -> None:
        """Draw dotted lines at values. Range and position of the value axis are fixed so that the lines match it."""
        low, high, step = slide_layout.scale(drawn)
        axis = chart.value_axis
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
        slide_layout.place(chart, box, inner)
        for mark in drawn.marks:
            self._mark(slide, mark, (mark.value - low) / (high - low), inner, stands=drawn.kind == "bars")

    def _mark(self, slide: Any, mark: Mark, part: float, inner: Box, *, stands: bool) -> None:
        """Draw a line at a share of the value axis, with its label above: centred on a vertical line, at the right
        otherwise."""
        if stands:
            across = Emu(inner.left + int(inner.width * part))
            ends: Ends = (across, inner.top, across, inner.bottom)
        else:
            down = Emu(inner.top + int(inner.height * (1 - part)))
            ends = (inner.left, down, inner.right, down)
        line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
        line.line.color.rgb, line.line.width, line.line.dash_style = _rgb(LIGHT.text), Pt(1.5), MSO_LINE.ROUND_DOT
        line._element.nvCxnSpPr.cNvPr.set("descr", mark.text or formats.number(mark.value, 1, self.handout.lang))
        if not mark.text:
            return
        width, height = Emu(int(Pt(breadth(mark.text) * slide_layout.letter(MARK)))), Pt(MARK * slide_layout.LINE)
        left = Emu(max(ends[2] - (width // 2 if stands else width), inner.left))
        frame = slide.shapes.add_textbox(left, Emu(ends[1] - height - ABOVE_LINE), width, height).text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.BOTTOM
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER if stands else PP_ALIGN.RIGHT
        self._run(frame.paragraphs[0], mark.text, MARK)

    def _swarm(self, slide: Any, step: Slide, top: Length, bottom: Length) -> None:
        """All markets as bubbles that can be edited: growth across, value as size, a series per continent."""
        if step.result is None:
            return
        context = Context.of(step.result.stated_params, self.handout.lang)
        rows = beeswarm.laid_out(step.result.frame)
        named = _rows_with_room(rows.nlargest(NAMED, "value"), f"name_{self.handout.lang}")
        data: Any = BubbleChartData(number_format="0.0")  # type: ignore[no-untyped-call]
        # longest series first: LibreOffice does not draw one that is shorter than a later one
        continents = [str(continent) for continent in rows["customs_continent"].value_counts().index]
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
        heights.minimum_scale, heights.maximum_scale = -float(rows["bottom"].max()) - beeswarm.GAP, LINE_OF_SWARM
        heights.has_major_gridlines, heights.tick_label_position = False, XL_TICK_LABEL_POSITION.NONE
        scale = chart._chartSpace.find(f".//{qn('c:bubbleScale')}")
        if scale is not None:
            scale.set("val", str(BUBBLES))
        for plotted, continent in zip(chart.plots[0].series, continents, strict=True):
            plotted.format.fill.solid()
            plotted.format.fill.fore_color.rgb = _rgb(theme.real_colour(continent))
            plotted.format.line.color.rgb, plotted.format.line.width = _rgb(LIGHT.background), Pt(0.75)
            mine = rows[rows["customs_continent"] == continent]
            for place, name in enumerate(mine[f"name_{self.handout.lang}"]):
                if mine.index[place] in named:
                    plotted.points[place].data_label.text_frame.text = str(name)
                    plotted.points[place].data_label.position = XL_LABEL_POSITION.ABOVE
        box = Box(self.master.left, top, across, high)
        inner = slide_layout.inside(box, left=Pt(8), right=Pt(8), above=Pt(48), below=Pt(28))
        slide_layout.place(chart, box, inner)
        for mark in [mark for plot in step.plots for mark in plot.marks]:
            part = (mark.value - growths.minimum_scale) / (growths.maximum_scale - growths.minimum_scale)
            self._mark(slide, mark, part, inner, stands=True)
        self._in_language(chart._chartSpace)

    def _table(self, slide: Any, shown: Plain, top: Length, bottom: Length) -> None:
        """Draw a table in the theme's style. Column widths follow their longest texts; letters are as small as needed
        to fit all rows."""
        rows, across = len(shown.table), len(shown.table[0])
        lengths = [min(max(breadth(row[place]) for row in shown.table), 40) + 2 for place in range(across)]
        widths = [Emu(int(int(self.master.width) * length / sum(lengths))) for length in lengths]
        size = next(
            (size for size in CELLS if slide_layout.rows_height(shown.table, widths, size) <= bottom - top), CELLS[-1]
        )
        height = Emu(min(int(bottom - top) // (MOST_ROWS + 1), int(bottom - top) // rows) * rows)
        made = slide.shapes.add_table(rows, across, self.master.left, top, self.master.width, height).table
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for at, row in enumerate(shown.table):
            for cell, text in zip(made.rows[at].cells, row, strict=True):
                self._write(cell, [text], size, bold=at == 0)
                cell.margin_top = cell.margin_bottom = Pt(2)

    def _source_slide(self) -> None:
        slide, handout, master = self._slide(self.master.content), self.handout, self.master
        self._write(slide.shapes.title, [handout.say("handout.sources")], self._size(26), bold=master.is_ours)
        citations_text = [source_citation.as_text(note, handout.lang) for note in handout.sources()]
        room = Emu(master.bottom - master.top)
        size = min(12.0, size_that_fits("\n".join(citations_text), master.width, room, largest=12))
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
        for at, text in enumerate(line_text for line_text in lines if line_text):
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
        """Set the language of texts whose properties were created by the library."""
        for name in ("a:rPr", "a:defRPr", "a:endParaRPr"):
            for properties in tree.iter(qn(name)):
                properties.set("lang", self.tag)


def _letters(drawn: Plot, height: Length) -> float:
    """Font size of a chart's text, small enough for the height of bar rows."""
    rows = len(drawn.categories) if drawn.kind == "bars" else 1
    is_wide = any(breadth(name) > len(name) for name in drawn.categories)
    return max(min(12.0, (WIDE_ROW if is_wide else ROW) * Emu(height).pt / (rows + 2)), 7.0)


def _labelled(drawn: Plot) -> bool:
    return drawn.kind in LABELLED and len(drawn.series) == 1 and len(drawn.categories) <= LABELLED[drawn.kind]


def _rows_with_room(rows: pd.DataFrame, name: str) -> list[int]:
    """The rows of a beeswarm whose labels do not overlap, largest markets first."""
    named: dict[Any, Any] = {}
    for index, row in rows.to_dict("index").items():
        width = breadth(str(row[name])) * GROWTH_A_LETTER
        others = [(other, breadth(str(other[name])) * GROWTH_A_LETTER) for other in named.values()]
        if all(abs(other["drawn"] - row["drawn"]) > (width + wide) / 2 or abs(other["y"] - row["y"]) > LINE_OF_SWARM
               for other, wide in others):  # fmt: skip
            named[index] = row
    return list(named)


def _data(drawn: Plot) -> Any:
    """The plot's numbers as chart data of the library."""
    if drawn.kind == "curves":
        curves: Any = XyChartData(number_format=_form(drawn))  # type: ignore[no-untyped-call]
        for series in drawn.series:
            curve = curves.add_series(series.name)
            for x, y in zip(series.across, series.values, strict=True):
                curve.add_data_point(x, y)
        return curves
    data: Any = CategoryChartData(number_format=_form(drawn))  # type: ignore[no-untyped-call]
    data.categories = drawn.categories
    for series in drawn.series:
        data.add_series(series.name, series.values)
    return data


def _axes(chart: Any, drawn: Plot, width: Length, *, is_dots: bool) -> None:
    names, numbers = chart.category_axis, chart.value_axis
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    names.format.line.color.rgb = _rgb(LIGHT.series[8])
    numbers.tick_labels.number_format, numbers.tick_labels.number_format_is_linked = _form(drawn, ticks=True), False
    if numbers.has_major_gridlines:
        numbers.major_gridlines.format.line.color.rgb = _rgb(LIGHT.grid)
    numbers.format.line.fill.background()
    if drawn.kind == "curves":
        _percents(names, drawn.across)
        _percents(numbers, "")
        return
    if drawn.kind == "bars":
        names.reverse_order = True
        numbers.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        numbers.has_major_gridlines = not _labelled(drawn)
        if _labelled(drawn):
            numbers.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    if not is_dots and not drawn.marks:
        _level(names)
    if drawn.ranks:
        numbers.reverse_order, numbers.minimum_scale = True, 1
        names.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    _every(names, 1 if drawn.kind == "bars" else _step(drawn, width))
    if drawn.kind != "lines":
        chart.plots[0].gap_width = 35
    if drawn.stacked:
        chart.plots[0].overlap = 100


def _percents(axis: Any, title: str) -> None:
    """An axis of shares, from none to all."""
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 20
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = '0"%"', False
    axis.has_title = bool(title)
    if title:
        axis.axis_title.text_frame.text = title
        axis.axis_title.text_frame.paragraphs[0].font.bold = False


def _level(axis: Any) -> None:
    """Set horizontal axis labels: by default, programs rotate labels before they omit some.

    Not used with a fixed plot area, where LibreOffice would cut off horizontal labels.
    """
    axis.tick_labels.font  # noqa: B018 - reading it creates the text properties
    body = axis._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    body.set("rot", LEVEL)
    body.set("vert", "horz")


def _step(drawn: Plot, width: Length) -> int:
    """The interval at which labels fit on the axis: every n-th."""
    longest = max(map(breadth, drawn.categories)) + 2
    room = Emu(width).pt * 0.9 / slide_layout.letter(12)
    return max(1, -(-int(longest * len(drawn.categories)) // int(room)))


def _every(axis: Any, step: int) -> None:
    """Label every `step`-th category: by default, programs choose which labels they omit."""
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{step}"/>')
    after = axis._element.find(qn("c:noMultiLvlLbl"))
    if after is not None:
        after.addprevious(skip)
    else:
        axis._element.append(skip)


def _marked(colours: tuple[str, ...], drawn: Plot, chosen: str) -> tuple[str, ...]:
    """The colours of bars: the chosen one keeps its colour, the others are pale, as on screen."""
    if drawn.kind not in ("bars", "columns") or chosen not in drawn.categories or len(drawn.series) > 1:
        return colours
    each = colours if len(colours) == len(drawn.categories) else colours[:1] * len(drawn.categories)
    return tuple(hue if name == chosen else _pale(hue) for hue, name in zip(each, drawn.categories, strict=True))


def _pale(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * PALE):02x}" for part in parts)


def _colour(plotted: Any, colours: tuple[str, ...], kind: str) -> None:
    """One colour for a series, or one per bar."""
    if kind in ("lines", "curves"):
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


def _mark_isolated(plotted: Any, series: Series, kind: str, colour: str) -> None:
    """Add a marker to each isolated value of a line, which would be invisible otherwise."""
    if kind != "lines":
        return
    known = [False, *(value is not None for value in series.values), False]
    for at in range(len(series.values)):
        if known[at + 1] and not known[at] and not known[at + 2]:
            marker = plotted.points[at].marker
            marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 6
            marker.format.fill.solid()
            marker.format.fill.fore_color.rgb = marker.format.line.color.rgb = _rgb(colour)


def _as_vertical_dots(drawn: Plot) -> Plot:
    """Horizontal pairs of dots as a vertical plot, periods from the left. Open dots come first, so that a full dot is
    drawn over a ring."""
    series, categories = tuple(sorted(drawn.series, key=_is_full)), drawn.categories
    if drawn.kind == "bars" and all(category[:4].isdigit() for category in categories):
        categories = categories[::-1]
        series = tuple(replace(line, values=line.values[::-1]) for line in series)
    return replace(drawn, kind="lines", series=series, categories=categories)


def _is_full(series: Series) -> bool:
    """Whether the dots of a series are full; those in the role `muted` are open."""
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
    """Excel's number format: as many decimals as the numbers' size requires, and a percent sign for percentages."""
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
