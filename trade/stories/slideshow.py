"""A presentation: a small page that contains the texts of its steps, and fetches the charts from the API and draws
them.

Once the charts are loaded it needs no server. Script and style are in `static/slideshow/`. A slide has a fixed size in
pixels and is scaled as a whole, so its figures are drawn as on a page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from trade.charts import offline_assets, theme
from trade.errors import TradeError
from trade.panels.fields import parse, to_params
from trade.panels.registry import find_panel
from trade.paths import PLOTLY, PROJECT
from trade.stories import step_panels
from trade.stories import story as stories
from trade.stories.story import Step, Story
from trade.text import formats

TEMPLATES = Path(__file__).parent / "templates"
CONTROLS = ("previous", "next", "play", "list", "speaker", "black", "full", "leave")
"""Buttons of the presentation, in order; each has its key."""
KEYS = {
    "previous": ("←", "ArrowLeft"), "next": ("→", "ArrowRight"), "play": ("P", "p"), "list": ("G", "g"),
    "speaker": ("S", "s"), "black": ("B", "b"), "full": ("F", "f"), "leave": ("Esc", "Escape"),
}  # fmt: skip
"""The keyboard key of each button: as shown to users, and its name in browser events."""
_WORDS = {
    **{name: f"present.{name}" for name in CONTROLS},
    **{
        name: f"present.{name}"
        for name in (
            "blocked", "elapsed", "end", "ends", "missing", "more_notes", "no_notes", "offline", "own_end", "pause",
            "place", "panels", "restart", "rows", "upcoming",
        )
    },
    "source": "frame.source",
    "more_sources": "frame.more_sources",
    "comma": "join.comma",
    "semicolon": "join.semicolon",
    "space": "join.sentence",
}  # fmt: skip
"""Keys of the page's texts, by the name used in its script."""
_FILLED = ("title", "number", "count", "all", "loaded", "sources")
"""Placeholders that the script fills."""


@dataclass(frozen=True)
class Slide:
    """A step of the page: the chart `page/key` for `choices`, and the story's texts.

    The script replaces `{chart}` in `headline` and `notes` with the chart's own headline when the chart is loaded.
    `view` is the URL query of the view. `problem` is the reason if the texts cannot be filled in.
    """

    page: str
    chart: str
    choices: Mapping[str, str]
    headline: str = ""
    notes: str = ""
    view: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Slideshow:
    """What is presented. `story` is the code of the story in the link; empty where charts of a page are presented."""

    title: str
    lang: str
    slides: list[Slide] = field(default_factory=list)
    first: int = 1
    story: str = ""


def of_story(story: Story, code: str, lang: str, first: int = 1) -> Slideshow:
    """The slides of a story, from a step on, in the current run."""
    return Slideshow(story.title.text(lang), lang, [_of_step(step, lang) for step in story.step], first, code)


def _of_step(step: Step, lang: str) -> Slide:
    slide = of_chart(step.page, step.chart, step_panels.choices_of(step))
    try:
        headline, notes = (step_panels.fill(words.text(lang), "{chart}") for words in (step.headline, step.notes))
    except TradeError as error:
        return Slide(slide.page, slide.chart, slide.choices, view=slide.view, problem=error.text(lang))
    return Slide(slide.page, slide.chart, slide.choices, headline, notes, slide.view)


def of_charts(page: str, keys: Sequence[str], choices: Mapping[str, str], lang: str, first: int = 1) -> Slideshow:
    """Charts of a page, in order, for the choices of a link.

    Raises:
        UnknownName: the page has no such chart.
    """
    title = formats.say(f"pages.{page}.title", lang)
    return Slideshow(title, lang, [of_chart(page, key, choices) for key in keys], first)


def of_chart(page: str, key: str, choices: Mapping[str, str]) -> Slide:
    """One chart of a page, for those of the choices that it reads.

    Raises:
        UnknownName: the page has no such chart.
    """
    panel = find_panel(f"{page}/{key}")
    view = urlencode({name: code for name, code in to_params(choices).items() if name not in step_panels.SHOWN_AS})
    return Slide(page, key, {name: code for name, code in choices.items() if name in panel.choices}, view=view)


def of_link(page: str, params: Mapping[str, Sequence[str]], lang: str) -> Slideshow:
    """What a link presents: the story that it names, or the charts of its page (`chart=levels,vintages`).

    Raises:
        TradeError: there is no such story or chart, or it is not well written.
    """
    values, _ = parse(params)
    first = int(values.get("step", "1"))
    if code := values.get("story", ""):
        return of_story(stories.find(code, step_panels.places()), code, lang, first)
    return of_charts(page, values.get("chart", "").split(","), values, lang, first)


def html(show: Slideshow, base: str = "/") -> str:
    """The page. `base` is the path of the server, with a slash at its end."""
    return _template().render(
        show=show,
        base=base,
        tag=formats.say("language.tag", show.lang),
        no_script=formats.say("site.no_script", show.lang),
        controls=[(name, *KEYS[name]) for name in CONTROLS],
        mark=_mark(),
        sans=Markup(theme.SANS),  # noqa: S704 - our own names of fonts
        serif=Markup(theme.SERIF),  # noqa: S704
        data=Markup(_as_script(as_dict(show, base))),  # noqa: S704 - no markup can begin inside it
    )


def refused(sentence: str, lang: str, base: str = "/") -> str:
    """A page that shows only an error message."""
    slide = Slide("", "", {}, problem=sentence)
    return html(Slideshow(formats.say("site.title", lang), lang, [slide]), base)


def as_dict(show: Slideshow, base: str = "/") -> dict[str, object]:
    """What the page's script reads."""
    lang = {} if show.lang == formats.LANGUAGES[0] else {"lang": show.lang}
    return {
        "title": show.title,
        "tag": formats.say("language.tag", show.lang),
        "story": show.story,
        "first": show.first,
        "base": base,
        "home": f"{base}stories?{urlencode({'story': show.story, **lang})}",
        "topojson": f"{base}app/static/topojson/",
        "world": offline_assets.WORLD.stem,
        "words": {name: formats.say(key, show.lang, **_open(key)) for name, key in _WORDS.items()},
        "colours": theme.live_colours(),
        "palettes": {mode: _colours_of(mode) for mode in theme.PALETTES},
        "steps": [_step(slide, base, lang) for slide in show.slides],
    }


def _open(key: str) -> dict[str, str]:
    """Values that leave the placeholders of a text unchanged, for the script to fill in."""
    return {name: f"{{{name}}}" for name in _FILLED} if key.startswith(("present.", "frame.")) else {}


def _step(slide: Slide, base: str, lang: Mapping[str, str]) -> dict[str, str]:
    query = urlencode({**slide.choices, **lang, "fit": "page"}, quote_via=quote)
    data = f"{base}api/charts/{slide.page}/{slide.chart}.json?{query}"
    view = "&".join(part for part in (slide.view, urlencode(lang)) if part)
    return {
        "page": slide.page,
        "chart": slide.chart,
        "data": data,
        "view": f"{base}{slide.page}" + (f"?{view}" if view else ""),
        "headline": slide.headline,
        "notes": slide.notes,
        "problem": slide.problem,
    }


def _colours_of(mode: str) -> dict[str, str]:
    palette = theme.PALETTES[mode]
    names = ("background", "panel", "border", "text", "accent")
    return {name: str(getattr(palette, name)) for name in names} | {"muted": theme.real_colour("muted", mode)}


def _as_script(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _mark() -> str:
    """A hash of scripts and style for their URLs, so that browsers do not use those of another version."""
    files = [*sorted((PROJECT / "static" / "slideshow").iterdir()), PLOTLY]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


@cache
def _template() -> Template:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).get_template("slideshow.html.j2")
