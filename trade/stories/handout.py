"""Render a story to HTML and PPTX: every step is a panel drawn for the step's choices."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from trade.errors import TradeError
from trade.panels.panel import Drawn
from trade.panels.registry import find_panel
from trade.panels.run_context import RunContext, running
from trade.store import Store
from trade.stories import step_panels
from trade.stories import story as stories
from trade.stories.html_handout import Handout, html
from trade.stories.pptx_handout import pptx
from trade.stories.slide import Slide
from trade.stories.slide_master import master
from trade.stories.story import Step, Story
from trade.text import formats


class HandoutFailed(TradeError):
    """The handout cannot be written to the given path."""


def make(story: Story, form: str, store: Store, lang: str, *, base: str = "", template: Path | None = None) -> bytes:
    """The handout of a story as `html` or `pptx`.

    Args:
        base: address of the dashboard that links lead to. template: a presentation whose slide master is used.

    Raises:
        TemplateUnread: the template cannot be used.
    """
    if form != "pptx":
        return html(compose(story, store, lang, base)).encode()
    looks = master(template)  # first, so that an invalid template fails before anything is drawn
    return pptx(compose(story, store, lang, base), looks)


def compose(story: Story, store: Store, lang: str, base: str = "") -> Handout:
    """All steps of a story, in order, drawn from `store`. A step that cannot be drawn has the reason instead."""
    with running(RunContext(lang, {}, store)):
        slides = [_slide(step, store, lang) for step in story.step]
    day = date.today().isoformat()
    return Handout(story.title.text(lang), story.about.text(lang), lang, day, store.version, slides, base.rstrip("/"))


def _slide(step: Step, store: Store, lang: str) -> Slide:
    """One step as it would be presented."""
    link = step_panels.link(step)
    try:
        drawn = find_panel(f"{step.page}/{step.chart}").draw(store, step_panels.choices_of(step), lang)
        headline, notes = (step_panels.fill(text.text(lang), drawn.headline) for text in (step.headline, step.notes))
    except TradeError as error:
        return Slide(step.headline.text(lang) or link, "", "", "", "", link, problem=error.text(lang))
    return _shown(drawn, headline or drawn.headline, notes, link)


def _shown(drawn: Drawn, headline: str, notes: str, link: str) -> Slide:
    return Slide(
        headline=headline,
        own=drawn.headline,
        about=drawn.subtitle,
        alt=drawn.takeaway,
        notes=notes,
        link=link,
        figure=drawn.figure,
        plots=drawn.plots,
        instead_of=drawn.instead_of,
        chosen=formats.period(drawn.chosen, lang=drawn.lang) if drawn.chosen else "",
        result=drawn.result,
        sources=list(drawn.sources),
        remarks=drawn.notes,
    )


def named(name: str) -> Story:
    """A shipped story by name, else the story in the file at that path.

    Raises:
        UnknownName, StoryError: there is none, or it is not well written.
    """
    path, places = Path(name), step_panels.places()
    return stories.read_file(path, places) if path.suffix or path.exists() else stories.find(name, places)


def save(path: Path, made: bytes) -> None:
    """Write a handout to a file.

    Raises:
        HandoutFailed: the file cannot be written.
    """
    try:
        path.write_bytes(made)
    except OSError as error:
        raise HandoutFailed("story.handout_unwritten", path=path, reason=error.strerror) from None
