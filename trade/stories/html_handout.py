"""A story as a self-contained HTML file that works offline: interactive figures, sources, notes, embedded fonts."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup, escape

from trade.charts import offline_assets
from trade.charts.figure import Figure
from trade.charts.theme import FONT_FACES, LIGHT, SANS, SERIF
from trade.measures import SourceNote, source_citation
from trade.paths import PROJECT
from trade.stories.slide import Slide, by_producer, short
from trade.text import formats

TEMPLATES = Path(__file__).parent / "templates"
_STYLE = f"""
body {{ margin: 0 auto; padding: 1rem 1.25rem 4rem; max-width: 1040px; background: {LIGHT.background};
  color: {LIGHT.text}; font: 1.0625rem/1.5 {SANS}; overflow-wrap: anywhere; }}
h1, h2 {{ font-family: {SERIF}; line-height: 1.2; text-wrap: balance; }}
section {{ margin-top: 3.5rem; break-inside: avoid; }}
a {{ color: {LIGHT.accent}; }}
.quiet, .number {{ color: {LIGHT.series[8]}; font-size: 0.9375rem; margin: 0.25rem 0; }}
.figure {{ width: 100%; min-height: 200px; }}
.own {{ font-weight: 600; margin: 0.25rem 0; }}
details {{ margin-top: 0.75rem; border-left: 3px solid {LIGHT.accent}; padding-left: 0.75rem; }}
ol.steps {{ columns: 2 22rem; padding-left: 1.5rem; }}
.mode {{ font: inherit; padding: 0.4rem 0.9rem; border: 1px solid {LIGHT.accent}; border-radius: 6px; background: none;
  color: {LIGHT.accent}; cursor: pointer; }}
.slides body {{ max-width: none; padding: 0; }}
.slides :is(header, footer, section) {{ box-sizing: border-box; min-height: 100vh; margin: 0; padding: 3vh 6vw;
  display: flex; flex-direction: column; justify-content: center; scroll-snap-align: start; }}
.slides {{ scroll-snap-type: y mandatory; }}
.slides h2 {{ font-size: clamp(1.5rem, 4.5vh, 4rem); margin: 0; }}
.slides details {{ display: none; }}
@media print {{ section {{ break-before: page; }} details > p {{ display: block; }} .mode {{ display: none; }} }}
"""
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src data: blob:"
)
"""Content security policy: whatever is in the page, the browser fetches nothing."""
_DRAW = """
const figures = {figures};
for (const [id, figure] of Object.entries(figures)) {{
  const place = document.getElementById(id);
  place.style.height = figure.height;
  delete figure.layout.height;
  Plotly.newPlot(place, {{ ...figure, config: {{ displayModeBar: false, responsive: true }} }});
}}
"""
_SLIDES = """
const root = document.documentElement, mode = document.querySelector(".mode");
const places = () => [...document.querySelectorAll("header, section, footer")];
const turn = () => {
  root.classList.toggle("slides");
  mode.setAttribute("aria-pressed", root.classList.contains("slides"));
  dispatchEvent(new Event("resize"));
};
mode?.addEventListener("click", turn);
document.addEventListener("keydown", event => {
  const by = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (!by || !root.classList.contains("slides") || event.target.closest("button, a, summary")) return;
  event.preventDefault();
  const all = places(), here = all.findIndex(place => place.getBoundingClientRect().bottom > innerHeight / 2);
  all[Math.min(Math.max(here + by, 0), all.length - 1)].scrollIntoView();
});
"""
"""Script that shows the page as slides: a button switches the mode, arrow keys move between slides."""
MAP_HEIGHT = "min(560px, 62vw)"


@dataclass(frozen=True)
class Handout:
    """A story with its slides, ready to be written. `day` and `version` say when and from which store."""

    title: str
    about: str
    lang: str
    day: str
    version: str
    slides: list[Slide] = field(default_factory=list)
    base: str = ""
    """Address of the dashboard that links lead to (`https://trade.example.org`); without it they are paths."""

    def sources(self) -> list[SourceNote]:
        """All sources, each once, in order of appearance."""
        return list({note.source_id: note for slide in self.slides for note in slide.sources}.values())

    def say(self, key: str, **values: object) -> str:
        return formats.say(key, self.lang, **values)


def html(handout: Handout, *, contents: bool = True) -> str:
    """The whole file; with `contents`, it begins with a list of the steps."""
    drawn = {f"figure{at}": slide.figure for at, slide in enumerate(handout.slides, 1) if slide.figure is not None}
    figures = ",\n".join(f'"{name}": {_figure(figure)}' for name, figure in drawn.items())
    scripts = [offline_assets.library()] if drawn else []
    if any(map(offline_assets.is_map, drawn.values())):
        scripts.append(offline_assets.world())
    scripts.append(_DRAW.format(figures=f"{{{figures}}}"))
    if contents:
        scripts.append(_SLIDES)
    return _template().render(
        handout=handout,
        contents=contents,
        say=handout.say,
        made=handout.say("handout.drawn", day=formats.day(handout.day, handout.lang), version=handout.version),
        policy=Markup(_POLICY),  # noqa: S704 - our own text; quotes stay readable
        style=Markup(_STYLE),  # noqa: S704 - our own style sheet
        fonts=[(family, _base64(file), weight) for family, file, weight in FONT_FACES],
        source_lines=[_source_line(handout, slide) for slide in handout.slides],
        citations=[source_citation.as_text(note, handout.lang) for note in handout.sources()],
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own scripts and figures
    )


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=False)
    environment.filters["text"] = _text
    return environment.get_template("handout.html.j2")


def _figure(figure: Figure) -> str:
    """The figure as JSON for the script, with the CSS height of its container."""
    height = MAP_HEIGHT if offline_assets.is_map(figure) else f"{figure.height}px"
    return offline_assets.as_json(figure)[:-1] + f', "height": "{height}"}}'


def _source_line(handout: Handout, slide: Slide) -> Markup:
    """Producers with their sources as links, notes, and the view in the dashboard."""
    links = Markup("; ").join(
        Markup("{}, {}").format(
            _text(producer),
            Markup(", ").join(Markup('<a href="{}">{}</a>').format(note.url, _text(short(note))) for note in notes),
        )
        for producer, notes in by_producer(slide.sources).items()
    )
    before, _, after = handout.say("frame.source", sources="\0").partition("\0")
    credit = _text(before) + links + _text(after) if links else Markup("")
    view = _view(handout, slide)
    parts = [credit, *(_text(remark) for remark in slide.remarks), view]
    return _text(handout.say("join.sentence")).join(parts)


def _view(handout: Handout, slide: Slide) -> Markup:
    """The view in the dashboard: a link where its address is known, else its path."""
    name, address = _text(handout.say("handout.page") + handout.say("join.colon")), handout.base + slide.link
    if handout.base:
        return name + Markup('<a href="{}">{}</a>').format(address, address)
    return name + Markup("<code>{}</code>").format(address)


def _text(text: str) -> Markup:
    """Words as HTML, with their line breaks."""
    escaped = str(escape(text)).replace("\n", "<br>")
    return Markup(escaped)  # noqa: S704 - escaped above


def _base64(font: str) -> str:
    return base64.b64encode((PROJECT / "static" / "fonts" / font).read_bytes()).decode()
