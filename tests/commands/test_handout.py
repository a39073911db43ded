"""Handouts: one HTML file that needs nothing else, slides with charts that can be edited, and their numbers."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt
from typer.testing import CliRunner

from trade.charts import beeswarm
from trade.cli import commands
from trade.measures import run
from trade.panels.registry import find_panel
from trade.paths import PROJECT, STORIES
from trade.store import Store, open_store
from trade.stories import handout, step_panels
from trade.stories import story as stories
from trade.stories.html_handout import Handout, html
from trade.stories.pptx_handout import pptx
from trade.stories.slide import MOST_LINES, simplified_chart
from trade.stories.story import Step, Story, Words
from trade.text import catalog

SHIPPED = stories.read_file(STORIES / "2025.toml", step_panels.places())
NO_SPLIT = "There is no split by product for total trade: choose exports or imports."
MAPS = (6, 8)
"""Steps of the shipped story that are maps."""


@pytest.fixture(scope="module")
def composed(real_home: Path) -> Handout:
    """The shipped story, composed once."""
    former = os.environ["TRADE_HOME"]
    os.environ["TRADE_HOME"] = str(real_home)
    yield handout.compose(SHIPPED, open_store(), "en")  # type: ignore[misc]
    os.environ["TRADE_HOME"] = former


@pytest.fixture(scope="module")
def deck(composed: Handout) -> list:
    return list(Presentation(io.BytesIO(pptx(composed))).slides)


def charts(slide: object) -> list:
    return [shape.chart for shape in slide.shapes if shape.has_chart]  # type: ignore[attr-defined]


def words(slide: object) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)  # type: ignore[attr-defined]


# --- content ----------------------------------------------------------------------------------------------------------


def test_every_step_has_its_figure_its_words_and_its_sources(composed: Handout) -> None:
    assert len(composed.slides) == 10
    for slide in composed.slides:
        assert not slide.problem
        assert slide.figure is not None
        assert slide.sources
        assert slide.headline
        assert slide.notes
        assert "{" not in slide.headline + slide.notes
        assert len(slide.alt) > 20


def test_a_view_that_draws_nothing_is_a_sentence_and_the_rest_is_told(composed: Handout) -> None:
    bad = Step(page="growth", query="flow=total&by=product", chart="contribution", headline=Words(en="Gone"))
    wrong = Step(page="growth", chart="levels", headline=Words(en="{official:no-such}"))
    result = handout.compose(Story(title=Words(en="T"), step=(bad, wrong, SHIPPED.step[1])), open_store(), "en")
    first, second, third = result.slides
    assert first.problem == NO_SPLIT
    assert second.problem.startswith("There is no statement 'no-such'")
    assert third.figure is not None
    assert NO_SPLIT in html(result)
    assert NO_SPLIT in words(list(Presentation(io.BytesIO(pptx(result))).slides)[1])


def test_a_handout_in_chinese_is_chinese(composed: Handout) -> None:
    result = handout.compose(stories.changed(SHIPPED, step=SHIPPED.step[:1]), open_store(), "zh")
    (slide,) = result.slides
    assert slide.headline.startswith("2025年货物进出口45.47万亿元")
    page = html(result)
    assert '<html lang="zh">' in page
    assert "演讲备注" in page
    assert slide.result is not None
    assert slide.figure is not None
    shown = simplified_chart(slide.plots, slide.instead_of, slide.result, "zh").charts[0]
    assert "万亿元" in shown.title
    assert shown.categories[-1] == "2025年"


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_holds_all_that_it_needs_once(composed: Handout) -> None:
    page = html(composed)
    assert page.count("plotly.js v") == 1
    assert page.count("window.PlotlyGeoAssets = {topojson: {world_50m: ") == 1
    assert not re.findall(r"<(?:script|img|iframe)[^>]*\bsrc=|<link\b|@import|url\((?!data:)", _without_library(page))
    assert "default-src 'none'" in page
    for slide in composed.slides:
        assert slide.headline.replace(" %", "&nbsp;%").replace("'", "&#39;") in page
    for note in composed.sources():
        assert f'href="{note.url}"' in page.replace("&amp;", "&")
    assert page.count('class="figure"') == 10


def _without_library(page: str) -> str:
    first, _, rest = page.partition("plotly.js v")
    return first + rest.partition("</script>")[2]


def test_what_a_reader_writes_cannot_become_markup(composed: Handout) -> None:
    step = SHIPPED.step[1].model_copy(update={"headline": Words(en="<script>alert(1)</script>")})
    page = html(handout.compose(Story(title=Words(en="<b>T</b>"), step=(step,)), open_store(), "en"))
    assert "<script>alert" not in page
    assert "<b>T" not in page


# --- the slides -------------------------------------------------------------------------------------------------------


def test_slides_have_native_charts_or_tables_sources_and_notes(composed: Handout, deck: list) -> None:
    assert len(deck) == 12
    for slide, step in zip(deck[1:11], composed.slides, strict=True):
        assert slide.shapes.title.text_frame.text == step.headline
        assert charts(slide) or any(shape.has_table for shape in slide.shapes)
        pictures = [shape for shape in slide.shapes if shape.shape_type == 13]
        assert len(pictures) == (step.instead_of == "map"), "what can be edited is no picture"
        assert all(shape._element.nvPicPr.cNvPr.get("descr") == step.alt for shape in pictures)
        links = [run.hyperlink.address for shape in slide.shapes if shape.has_text_frame
                 for line in shape.text_frame.paragraphs for run in line.runs if run.hyperlink.address]  # fmt: skip
        assert links == [note.url for note in step.sources]
        assert step.notes in slide.notes_slide.notes_text_frame.text
    assert all(note.url in words(deck[-1]) for note in composed.sources())


def test_a_charts_numbers_are_those_of_the_measure(deck: list) -> None:
    value, growth = charts(deck[1])
    frame = run(open_store(), "growth", flow="total", currency="CNY", freq="A").frame.set_index("period")
    plotted = dict(zip(value.plots[0].categories, value.plots[0].series[0].values, strict=True))
    assert plotted == pytest.approx({year: frame.loc[year, "value"] / 1e12 for year in plotted})
    assert plotted["2025"] == pytest.approx(45.46850845)
    rates = dict(zip(growth.plots[0].categories, growth.plots[0].series[0].values, strict=True))
    assert rates["2025"] == 3.8
    assert rates["2013"] is None, "missing is not zero"


def test_maps_become_ranked_bars_and_say_so(composed: Handout, deck: list) -> None:
    for number in MAPS:
        (chart,) = charts(deck[number])
        values = list(chart.plots[0].series[0].values)
        assert values == sorted(values, reverse=True)
        assert len(values) == 12
        assert chart.font.size >= Pt(9), "names are read across a room"
        assert "as ranked bars, the largest 12" in words(deck[number])
    firsts = dict(zip(*(list(part) for part in (charts(deck[8])[0].plots[0].categories, values)), strict=True))
    slide = composed.slides[7]
    assert slide.result is not None
    assert firsts["China"] == (slide.result.frame["partner"] == "CHN").sum()


def test_a_line_of_a_maps_legend_ends_between_two_of_its_entries(deck: list) -> None:
    (legend,) = [
        shape.text_frame.text for shape in deck[8].shapes if shape.has_text_frame and "■" in shape.text_frame.text
    ]
    lines = legend.split("\v")
    assert len(lines) > 1, "the longest legend of the story"
    assert all(line.startswith("■ ") for line in lines)
    assert max(map(len, lines)) < 80


@pytest.fixture(scope="module")
def forms(composed: Handout) -> dict[str, Any]:
    """Slides of charts whose form programs of slides do not have, by the charts' keys."""
    links = {"swarm": "diversification", "moved": "destinations", "categories": "services", "coverage": "sources",
             "growing": "diversification", "lorenz": "diversification", "adjusted": "growth", "bump": "destinations",
             "forecasts": "outlook", "so_far": "outlook", "robots": "products", "counts": "destinations"}  # fmt: skip
    steps = tuple(Step(page=page, chart=chart) for chart, page in links.items())
    file = pptx(handout.compose(Story(title=Words(en="Forms"), step=steps), open_store(), "en"))
    return dict(zip(links, list(Presentation(io.BytesIO(file)).slides)[1:], strict=False))


def test_a_swarm_is_bubbles_with_every_market(composed: Handout, forms: dict[str, Any]) -> None:
    (chart,) = charts(forms["swarm"])
    plotted = [(point.x, point.size) for point in _bubbles(chart)]
    drawn = find_panel("diversification/swarm").draw(open_store(), {}, "en")
    frame = beeswarm.laid_out(drawn.result.frame)
    expected = sorted(zip(frame["drawn"], frame["value"], strict=True))
    assert sorted(plotted) == [pytest.approx(pair) for pair in expected]
    lengths = [len(list(series.values)) for series in chart.plots[0].series]
    assert lengths == sorted(lengths, reverse=True), "LibreOffice leaves out series that are shorter than later ones"


@dataclass(frozen=True)
class _Bubble:
    x: float
    size: float


def _bubbles(chart: Any) -> list[_Bubble]:
    found = []
    for series in chart._chartSpace.iter(qn("c:ser")):
        numbers = [
            [float(value.text) for value in series.find(qn(name)).iter(qn("c:v"))]
            for name in ("c:xVal", "c:bubbleSize")
        ]
        found += [_Bubble(x, size) for x, size in zip(*numbers, strict=True)]
    return found


def test_pairs_of_dots_stay_dots_open_and_full(forms: dict[str, Any]) -> None:
    (chart,) = charts(forms["moved"])
    before, after = chart.plots[0].series
    assert (before.name, after.name) == ("2024", "2025")
    assert before.marker.size > after.marker.size, "where both meet, the full dot stands in a ring"
    assert before.marker.format.fill.fore_color.rgb != before.marker.format.line.color.rgb
    assert after.marker.format.fill.fore_color.rgb == after.marker.format.line.color.rgb
    (long,) = charts(forms["categories"])
    assert long.plots[0].categories, "names that have no room below dots: bars"
    assert long.chart_type == XL_CHART_TYPE.BAR_CLUSTERED


def test_a_line_at_a_value_stands_where_the_axis_has_that_value_with_its_name(forms: dict[str, Any]) -> None:
    (chart,) = charts(forms["growing"])
    (frame,) = [shape for shape in forms["growing"].shapes if shape.has_chart]
    (line,) = [shape for shape in forms["growing"].shapes if shape.shape_type == MSO_SHAPE_TYPE.LINE]
    left, width = (float(chart._chartSpace.xpath(f".//c:manualLayout/c:{name}/@val")[0]) for name in "xw")
    axis = chart.value_axis
    part = ((line.left - frame.left) / frame.width - left) / width
    assert axis.minimum_scale + part * (axis.maximum_scale - axis.minimum_scale) == pytest.approx(60, abs=0.1)
    assert line.width == 0
    assert "stated: 60%" in words(forms["growing"])
    lines = [shape for shape in forms["so_far"].shapes if shape.shape_type == MSO_SHAPE_TYPE.LINE]
    assert len(lines) == 2, "the lowest and the highest forecast"
    assert "Forecasts of world trade" in words(forms["so_far"])


def test_a_lorenz_curve_is_curves_over_numbers(forms: dict[str, Any]) -> None:
    (chart,) = charts(forms["lorenz"])
    assert chart.chart_type == XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    names = [series.name for series in chart.plots[0].series]
    assert set(names) == {"an even spread", "2015", "2025"}
    newest = chart.plots[0].series[names.index("2025")]
    rows = find_panel("diversification/lorenz").draw(open_store(), {}, "en").result.frame
    assert list(newest.values) == pytest.approx(list(rows["value_pct"]))


def test_ranks_have_the_first_on_top_and_months_stay_lines(forms: dict[str, Any]) -> None:
    (ranks,) = charts(forms["bump"])
    assert ranks.value_axis.reverse_order
    assert ranks.value_axis.minimum_scale == 1
    (months,) = charts(forms["adjusted"])
    assert months.chart_type == XL_CHART_TYPE.LINE
    assert len(months.plots[0].categories) > 120


def test_forecasts_and_robots_are_bars_with_every_figure(forms: dict[str, Any]) -> None:
    frame = find_panel("outlook/forecasts").draw(open_store(), {}, "en").result.frame
    (chart,) = charts(forms["forecasts"])
    assert list(chart.plots[0].series[0].values) == list(frame["figure"])
    assert any(str(name).endswith("Mar 2026") for name in chart.plots[0].categories), "each with its date"
    frame = find_panel("products/robots").draw(open_store(), {}, "en").result.frame
    (chart,) = charts(forms["robots"])
    drawn = [value for series in chart.plots[0].series for value in series.values if value is not None]
    assert len(drawn) == len(frame)


def test_lower_panels_stand_side_by_side_and_name_their_lines_once(forms: dict[str, Any]) -> None:
    frames = [shape for shape in forms["counts"].shapes if shape.has_chart]
    assert len(frames) == 5
    assert len({frame.top for frame in frames[1:]}) == 1
    assert [frame.chart.has_legend for frame in frames] == [True, False, False, False, True]


def test_no_chart_of_a_slide_has_more_lines_than_can_be_told_apart(forms: dict[str, Any]) -> None:
    assert all(len(list(chart.plots[0].series)) <= MOST_LINES for chart in charts(forms["coverage"]))


@pytest.mark.parametrize("place", [4, 9])
def test_other_forms_say_that_they_were_changed(deck: list, place: int) -> None:
    assert "The dashboard shows this as another chart type" in words(deck[place + 1])


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["2025"], "Name the files to write: --html FILE"), (["2025", "--html", "x", "--lang", "de"], "use en or zh")],
)
def test_the_command_says_what_is_missing(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(commands.app, ["handout", *arguments])
    assert result.exit_code == 1
    assert message in result.stderr


RunHandout = Callable[..., tuple[int, str]]


@pytest.fixture
def run_handout(real: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunHandout:
    """The status of `trade handout` in a folder of its own, and what it says of a mistake."""
    monkeypatch.chdir(tmp_path)

    def ask(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(commands.app, ["handout", *words])
        return result.exit_code, result.stderr.strip()

    return ask


def test_a_story_file_becomes_both_files_and_a_bad_one_a_sentence(
    real_home: Path, tmp_path: Path, run_handout: RunHandout
) -> None:
    one = stories.changed(SHIPPED, step=SHIPPED.step[:1])
    (tmp_path / "one.toml").write_text(stories.written(one), encoding="utf-8")
    by_hand = re.sub(r"^made_with.*\n", "", stories.written(one), flags=re.MULTILINE)
    (tmp_path / "bad.toml").write_text(by_hand.replace("levels", "level"), encoding="utf-8")
    environment = os.environ | {"TRADE_HOME": str(real_home), "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "trade", "handout", "one.toml", "--html", "one.html", "--pptx", "one.pptx"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "45.47 trillion yuan" in (tmp_path / "one.html").read_text(encoding="utf-8")
    assert len(Presentation(str(tmp_path / "one.pptx")).slides) == 3
    status, message = run_handout("bad.toml", "--html", "bad.html")
    assert (status, message) == (1, "bad.toml, step 1: the page growth has no chart 'level'; use levels.")
    assert not (tmp_path / "bad.html").exists()


def test_words_of_handouts_are_in_both_languages() -> None:
    for key in catalog.words("en"):
        if key.startswith(("handout.", "story.", "present.", "pages.stories.")):
            assert key in catalog.words("zh"), key


# --- looks and properties of slides ------------------------------------------------------------------------------------


def _deck_of(step: int, lang: str, **options: object) -> Any:
    story = stories.changed(SHIPPED, step=SHIPPED.step[step : step + 1])
    return Presentation(io.BytesIO(handout.make(story, "pptx", open_store(), lang, **options)))  # type: ignore[arg-type]


def test_slides_say_what_they_are_and_in_which_language(composed: Handout) -> None:
    deck = _deck_of(0, "zh", base="https://trade.example.org/")
    properties = deck.core_properties
    assert (properties.author, properties.last_modified_by, properties.language) == (
        "中国贸易数据看板",
        "中国贸易数据看板",
        "zh-CN",
    )
    assert properties.title == SHIPPED.title.text("zh")
    assert properties.created.isoformat()[:10] >= composed.day
    slide = deck.slides[1]
    lines = [line for shape in slide.shapes if shape.has_text_frame for line in shape.text_frame.paragraphs]
    runs = [run for line in lines for run in line.runs]
    assert {run._r.rPr.get("lang") for run in runs if run.text and run._r.rPr is not None} == {"zh-CN"}
    chart_texts = charts(slide)[0]._chartSpace.xpath(".//a:defRPr")
    assert {text.get("lang") for text in chart_texts} == {"zh-CN"}
    theme = deck.slide_master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    ).blob.decode()
    assert '<a:ea typeface="Microsoft YaHei"' in theme
    assert "https://trade.example.org/growth?" in slide.notes_slide.notes_text_frame.text
    numbers = [shape for shape in slide.placeholders if "sldNum" in shape._element.xml]
    assert len(numbers) == 1
    assert any("年" in shape.text_frame.text for shape in slide.placeholders if 'type="dt"' in shape._element.xml)


def test_rates_carry_their_sign_and_the_chosen_year_is_marked(deck: list) -> None:
    value, growth = charts(deck[1])
    assert growth.value_axis.tick_labels.number_format.endswith('"%"')
    assert not value.value_axis.tick_labels.number_format.endswith('"%"')
    bars = value.plots[0]
    at = list(bars.categories).index("2025")
    colours = [str(bars.series[0].points[place].format.fill.fore_color.rgb) for place in (at, at - 1)]
    assert colours[0] != colours[1]
    assert sum(int(colours[1][place : place + 2], 16) for place in (0, 2, 4)) > sum(
        int(colours[0][place : place + 2], 16) for place in (0, 2, 4)
    ), "the others are paler"


def test_a_template_gives_the_slides_their_master(composed: Handout, tmp_path: Path) -> None:
    template = Presentation()
    template.slide_master.name = "House"
    template.slides.add_slide(template.slide_layouts[5]).shapes.title.text = "to be dropped"
    template.save(str(tmp_path / "house.pptx"))
    deck = _deck_of(0, "en", template=tmp_path / "house.pptx")
    assert (deck.slide_width, deck.slide_height) == (template.slide_width, template.slide_height)
    assert deck.slide_master.name == "House"
    assert len(deck.slides) == 3
    assert "to be dropped" not in "".join(words(slide) for slide in deck.slides)
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                assert shape.left >= slide.shapes.title.left
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top >= slide.shapes.title.top + slide.shapes.title.height


def test_a_template_that_is_none_is_a_sentence(run_handout: RunHandout, tmp_path: Path) -> None:
    (tmp_path / "no.pptx").write_text("no presentation", encoding="utf-8")
    status, message = run_handout("2025", "--pptx", "x.pptx", "--template", "no.pptx")
    assert status == 1
    assert message.startswith("no.pptx cannot be read as a presentation")
    assert message.endswith("name a .pptx file.")


def test_pictures_of_maps_are_drawn_by_programs_with_and_without_svg(deck: list) -> None:
    for number in MAPS:
        slide = deck[number]
        (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
        (svg,) = picture._element.xpath(".//*[local-name()='svgBlip']")
        relation = next(value for name, value in svg.attrib.items() if name.endswith("embed"))
        part = slide.part.related_part(relation)
        assert (part.content_type, part.blob[:4]) == ("image/svg+xml", b"<svg")
        assert picture.image.content_type == "image/png"
