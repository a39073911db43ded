"""A story as one HTML file that opens without a network: figures that can be hovered, sources, notes, own fonts."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from html import escape

from trade.charts import offline_html
from trade.charts.theme import FONT_FACES, LIGHT, SANS, SERIF, Figure
from trade.measures import SourceNote, citations
from trade.paths import PROJECT
from trade.stories.slide import Slide, by_producer, short
from trade.text import formats

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
@media print {{ section {{ break-before: page; }} details > p {{ display: block; }} }}
"""
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src data: blob:"
)
"""Whatever is in the page, a browser lets nothing of it be fetched."""
_DRAW = """
const figures = {figures};
for (const [id, figure] of Object.entries(figures)) {{
  const place = document.getElementById(id);
  place.style.height = figure.height;
  delete figure.layout.height;
  Plotly.newPlot(place, {{ ...figure, config: {{ displayModeBar: false, responsive: true }} }});
}}
"""
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

    def sources(self) -> list[SourceNote]:
        """All sources, each once, in order of appearance."""
        return list({note.source_id: note for slide in self.slides for note in slide.sources}.values())

    def say(self, key: str, **values: object) -> str:
        return formats.say(key, self.lang, **values)


def html(handout: Handout) -> str:
    """The whole file."""
    drawn = {f"figure{at}": one.figure for at, one in enumerate(handout.slides, 1) if one.figure is not None}
    figures = ",\n".join(f'"{name}": {_figure(figure)}' for name, figure in drawn.items())
    scripts = [offline_html.library()] if drawn else []
    if any(map(offline_html.is_map, drawn.values())):
        scripts.append(offline_html.world())
    scripts.append(_DRAW.format(figures=f"{{{figures}}}"))
    return "\n".join(
        [
            f'<!doctype html><html lang="{handout.lang}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(handout.title)}</title><style>{_fonts()}{_STYLE}</style></head><body>",
            _head(handout),
            *(_section(handout, slide, at) for at, slide in enumerate(handout.slides, 1)),
            _sources(handout),
            *(f"<script>{text}</script>" for text in scripts),
            "</body></html>\n",
        ]
    )


def _figure(figure: Figure) -> str:
    """The figure as a script has it, with the height of its place."""
    height = MAP_HEIGHT if offline_html.is_map(figure) else f"{figure.layout.height or 420:.0f}px"
    return offline_html.as_json(figure)[:-1] + f', "height": "{height}"}}'


def _head(handout: Handout) -> str:
    steps = "".join(f'<li><a href="#s{at}">{_text(one.headline)}</a></li>' for at, one in enumerate(handout.slides, 1))
    made = handout.say("handout.drawn", day=formats.day(handout.day, handout.lang), version=handout.version)
    return (
        f"<header><h1>{_text(handout.title)}</h1><p>{_text(handout.about)}</p>"
        f'<nav><ol class="steps">{steps}</ol></nav>'
        f'<p class="quiet">{_text(made)} {_text(handout.say("handout.offline"))}</p></header><main>'
    )


def _section(handout: Handout, slide: Slide, at: int) -> str:
    own = f'<p class="own">{_text(slide.own)}</p>' if slide.own and slide.own != slide.headline else ""
    parts = [
        f'<section id="s{at}"><p class="number">{at} / {len(handout.slides)}</p><h2>{_text(slide.headline)}</h2>{own}',
        f'<p class="quiet">{_text(slide.about)}</p>',
    ]
    if slide.figure is not None:
        parts.append(f'<div class="figure" id="figure{at}" role="img" aria-label="{escape(slide.alt)}"></div>')
    else:
        parts.append(f"<p>{_text(handout.say('handout.nothing', problem=slide.problem))}</p>")
    parts.append(f'<p class="quiet">{_source_line(handout, slide)}</p>')
    if slide.notes:
        heading = _text(handout.say("handout.notes"))
        parts.append(f"<details><summary>{heading}</summary><p>{_text(slide.notes)}</p></details>")
    return "".join([*parts, "</section>"])


def _source_line(handout: Handout, slide: Slide) -> str:
    """Producers with their sources as links, what is to be known, and the view in the dashboard."""
    links = "; ".join(
        f"{_text(producer)}, " + ", ".join(f'<a href="{escape(one.url)}">{_text(short(one))}</a>' for one in notes)
        for producer, notes in by_producer(slide.sources).items()
    )
    told = handout.say("frame.source", sources="\0").replace("\0", links) if links else ""
    link = f"{_text(handout.say('handout.page'))}: <code>{escape(slide.link)}</code>"
    return handout.say("join.sentence").join([told, *(_text(one) for one in slide.remarks), link])


def _sources(handout: Handout) -> str:
    listed = "".join(f"<li>{_text(citations.as_text(note))}</li>" for note in handout.sources())
    return f"</main><footer><h2>{_text(handout.say('handout.sources'))}</h2><ul>{listed}</ul></footer>"


def _text(text: str) -> str:
    """Words as HTML; a per-cent sign keeps to its number."""
    return escape(text).replace(" %", "&nbsp;%").replace("\n", "<br>")


def _fonts() -> str:
    return "\n".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; "
        f"src: url(data:font/woff2;base64,{_base64(file)}); }}"
        for family, file, weight in FONT_FACES
    )


def _base64(font: str) -> str:
    return base64.b64encode((PROJECT / "static" / "fonts" / font).read_bytes()).decode()
