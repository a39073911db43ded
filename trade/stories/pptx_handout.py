"""A story as slides for PowerPoint and its kin: charts are native, so that whoever gets them can edit them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Length, Pt

from trade.charts import theme
from trade.charts.chart_data import Plot, Plots
from trade.charts.theme import LIGHT
from trade.measures import citations
from trade.stories.html_handout import Handout
from trade.stories.slide import MOST_ROWS, Plain, Slide, by_producer, plainly, short
from trade.text import formats

WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
INNER = Emu(WIDTH - 2 * EDGE)
TOP, BOTTOM = Inches(1.85), Inches(6.55)
"""Where the charts of a slide begin and end."""
TITLE_ONLY, TITLE = 5, 0
"""Layouts of the library's own template."""
LABELLED = {"bars": 26, "columns": 12, "lines": 12}
"""A single series of at most so many values has its numbers written beside them."""
_KINDS = {
    ("bars", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("bars", True): XL_CHART_TYPE.BAR_STACKED,
    ("columns", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("columns", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("lines", False): XL_CHART_TYPE.LINE,
}
"""By kind of plot, and whether its series are stacked."""


def pptx(handout: Handout) -> bytes:
    """The file: a title, a slide per step with its notes, and the sources in full."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title, deck.core_properties.author = handout.title, handout.say("site.title")
    _title_slide(deck, handout)
    for slide in handout.slides:
        _step(deck, handout, slide)
    _source_slide(deck, handout)
    written = BytesIO()
    deck.save(written)
    return written.getvalue()


def _title_slide(deck: Any, handout: Handout) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE])
    title, about = slide.shapes.title, slide.placeholders[1]
    _place(title, EDGE, Inches(2.2), INNER, Inches(1.4))
    _place(about, EDGE, Inches(3.7), INNER, Inches(1.6))
    made = handout.say("handout.drawn", day=formats.day(handout.day, handout.lang), version=handout.version)
    _write(title, [handout.title], 40, bold=True)
    _write(about, [handout.about, made], 18)


def _step(deck: Any, handout: Handout, step: Slide) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    _place(slide.shapes.title, EDGE, Inches(0.3), INNER, Inches(0.95))
    _write(slide.shapes.title, [step.headline], 26, bold=True, anchor=MSO_ANCHOR.BOTTOM)
    if step.result is None:
        _text(slide, TOP, Inches(1), [handout.say("handout.nothing", problem=step.problem)], 16)
        return
    shown = plainly(step.plots, step.instead_of, step.result, handout.lang)
    own = step.own if step.own != step.headline else ""
    _text(slide, Inches(1.25), Inches(0.5), [". ".join(one for one in (own, step.about) if one)], 12)
    if shown.table:
        _table(slide, shown)
    else:
        _charts(slide, shown.charts, step.alt)
    _foot(slide, handout, step, shown.remark)
    notes = [step.notes, step.about, *step.remarks, shown.remark, step.link]
    slide.notes_slide.notes_text_frame.text = "\n".join(one for one in notes if one)


def _foot(slide: Any, handout: Handout, step: Slide, remark: str) -> None:
    """Producers with their sources as links, then what is to be known."""
    line = _text(slide, BOTTOM, Inches(0.8), [], 10).paragraphs[0]
    before, _, after = handout.say("frame.source", sources="\0").partition("\0")
    for at, (producer, notes) in enumerate(by_producer(step.sources).items()):
        _run(line, f"{'; ' if at else before}{producer}, ", 10)
        for place, note in enumerate(notes):
            _run(line, ", " if place else "", 10)
            _run(line, short(note), 10).hyperlink.address = note.url
    told = [after if step.sources else "", *step.remarks, remark]
    _run(line, handout.say("join.sentence").join(one for one in told if one), 10)


def _charts(slide: Any, charts: Plots, alt: str) -> None:
    """The panels from the top; the lower ones are lower, as on screen."""
    shares = [1.0] if len(charts) == 1 else [0.58] + [0.42 / (len(charts) - 1)] * (len(charts) - 1)
    top: Length = TOP
    for plot, share in zip(charts, shares, strict=True):
        height = Emu(int((BOTTOM - TOP) * share))
        _chart(slide, plot, top, height, alt)
        top = Emu(top + height)


def _chart(slide: Any, drawn: Plot, top: Length, height: Length, alt: str) -> None:
    data: Any = CategoryChartData(number_format=_form(drawn))  # type: ignore[no-untyped-call]
    data.categories = drawn.categories
    for series in drawn.series:
        data.add_series(series.name, series.values)
    frame = slide.shapes.add_chart(_KINDS[drawn.kind, drawn.stacked], EDGE, top, INNER, height, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(12), _rgb(LIGHT.text)
    chart.has_title = bool(drawn.title)
    if drawn.title:
        chart.chart_title.include_in_layout = False
        chart.chart_title.text_frame.text = drawn.title
        chart.chart_title.text_frame.paragraphs[0].font.size = Pt(12)
        chart.chart_title.text_frame.paragraphs[0].font.bold = False
    chart.has_legend = len(drawn.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _axes(chart, drawn)
    for plotted, series in zip(chart.plots[0].series, drawn.series, strict=True):
        _colour(plotted, tuple(theme.real_colour(role) for role in series.roles), drawn.kind)
    if _labelled(drawn):
        chart.plots[0].has_data_labels = True
        labels = chart.plots[0].data_labels
        labels.number_format, labels.number_format_is_linked, labels.font.size = _form(drawn), False, Pt(11)
        if drawn.kind == "lines":
            labels.position = XL_LABEL_POSITION.ABOVE


def _labelled(drawn: Plot) -> bool:
    return len(drawn.series) == 1 and len(drawn.categories) <= LABELLED[drawn.kind]


def _axes(chart: Any, drawn: Plot) -> None:
    names, numbers = chart.category_axis, chart.value_axis
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    names.format.line.color.rgb = _rgb(LIGHT.series[8])
    if numbers.has_major_gridlines:
        numbers.major_gridlines.format.line.color.rgb = _rgb(LIGHT.grid)
    numbers.format.line.fill.background()
    if drawn.kind == "bars":
        names.reverse_order = True
        numbers.has_major_gridlines = not _labelled(drawn)
        if _labelled(drawn):
            numbers.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    if drawn.kind != "lines":
        chart.plots[0].gap_width = 35
    if drawn.stacked:
        chart.plots[0].overlap = 100


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


def _form(drawn: Plot) -> str:
    """Excel's format for the numbers: as many decimals as their size asks for."""
    sizes = [abs(value) for series in drawn.series for value in series.values if value is not None]
    largest = max(sizes, default=0)
    if all(float(size).is_integer() for size in sizes):
        return "#,##0"
    return "#,##0" if largest >= 1000 else "0.0" if largest >= 10 else "0.00"


def _table(slide: Any, shown: Plain) -> None:
    """Rows under their headings; a column is as wide as its longest words ask for."""
    rows, across = len(shown.table), len(shown.table[0])
    height = Emu(int(BOTTOM - TOP) // (MOST_ROWS + 1) * rows)
    made = slide.shapes.add_table(rows, across, EDGE, TOP, INNER, height).table
    lengths = [min(max(len(row[place]) for row in shown.table), 60) for place in range(across)]
    for column, length in zip(made.columns, lengths, strict=True):
        column.width = Emu(int(INNER) * length // sum(lengths))
    for at, row in enumerate(shown.table):
        for cell, text in zip(made.rows[at].cells, row, strict=True):
            _write(cell, [text], 11, bold=at == 0)
            cell.margin_top = cell.margin_bottom = Pt(2)


def _source_slide(deck: Any, handout: Handout) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    _place(slide.shapes.title, EDGE, Inches(0.3), INNER, Inches(0.8))
    _write(slide.shapes.title, [handout.say("handout.sources")], 26, bold=True)
    told = [citations.as_text(note) for note in handout.sources()]
    _text(slide, Inches(1.2), Inches(5.9), told, 11 if len(told) <= 12 else 9)


def _text(slide: Any, top: Length, height: Length, lines: list[str], size: float) -> Any:
    box = slide.shapes.add_textbox(EDGE, top, INNER, height)
    _write(box, lines, size)
    return box.text_frame


def _write(shape: Any, lines: Iterable[str], size: float, *, bold: bool = False, anchor: Any = None) -> None:
    """Paragraphs in a shape or a cell, set left, in the colour of text."""
    frame = shape.text_frame
    frame.word_wrap = True
    if anchor is not None:
        frame.vertical_anchor = anchor
    for at, text in enumerate(one for one in lines if one):
        line = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        line.alignment = 1
        _run(line, text, size).font.bold = bold


def _run(line: Any, text: str, size: float) -> Any:
    run = line.add_run()
    run.text = text
    run.font.size, run.font.color.rgb = Pt(size), _rgb(LIGHT.text)
    return run


def _place(shape: Any, left: Length, top: Length, width: Length, height: Length) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _rgb(colour: str) -> RGBColor:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]
