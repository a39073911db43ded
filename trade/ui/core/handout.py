"""Handouts: a story told to nobody, its scenes kept, and written as HTML and PPTX.

The charts of a story are the pages' own. So the pages are run for it, without a browser, by the runner that Streamlit
ships for running an app in a program, and what would stand on the wall is put into the handout. That runner stands in
for the server of its process: the pages and the command line both start `python -m trade.ui.core.handout` as a
process of its own, which takes two or three seconds longer and leaves the server alone.
"""

from __future__ import annotations

import argparse
import logging
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, cast

from trade.errors import StoreMissing, TradeError
from trade.measures import describe_sources, translations
from trade.paths import PROJECT
from trade.store import Store, open_store
from trade.stories import story as stories
from trade.stories.html_handout import Handout, html
from trade.stories.pptx_handout import pptx
from trade.stories.slide import Slide
from trade.stories.story import Step, Story
from trade.text import formats
from trade.ui.core import filters
from trade.ui.core.presentation import KEPT, Scene
from trade.ui.core.views import places

PATIENCE = 180
"""Seconds after which a handout is given up."""
FORMS: dict[str, Callable[[Handout], str | bytes]] = {"html": html, "pptx": pptx}


class HandoutFailed(TradeError):
    """The process that makes a handout did not end well; its own sentence says why."""


def make(story: Story, form: str, lang: str) -> bytes:
    """The handout of a story as `html` or `pptx`, made in a process of its own.

    Raises:
        HandoutFailed: with that process's sentence.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "story.toml", Path(folder) / f"handout.{form}"
        source.write_text(stories.written(story), encoding="utf-8")
        command = [sys.executable, "-m", "trade.ui.core.handout", str(source), "--lang", lang, f"--{form}", str(made)]
        try:
            ended = subprocess.run(  # noqa: S603 - our own interpreter and module
                command, cwd=PROJECT, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise HandoutFailed(f"The handout took longer than {PATIENCE} s; try fewer steps.") from None
        if ended.returncode or not made.exists():
            told = ended.stderr.strip().splitlines() or ["the process ended without a word"]
            raise HandoutFailed(told[-1])
        return made.read_bytes()


def compose(story: Story, lang: str) -> Handout:
    """All scenes of a story, in order.

    Raises:
        TradeError: there is no store and none can be built.
    """
    from streamlit.testing.v1 import AppTest  # here: it is slow to load, and only this process runs pages by itself

    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=PATIENCE).run()
    store = _store_of(app)
    slides = [_slide(app, store, story, number, lang) for number in range(1, len(story.step) + 1)]
    day = date.today().isoformat()
    return Handout(story.title.told(lang), story.about.told(lang), lang, day, store.version, slides)


def _store_of(app: Any) -> Store:
    try:
        return open_store()
    except StoreMissing as error:
        told = [one.value for one in app.error]
        raise TradeError(told[0] if told else str(error)) from None


def _slide(app: Any, store: Store, story: Story, number: int, lang: str) -> Slide:
    """One step as it would be presented."""
    scene = _scene(app, story, number, lang)
    link = address(story.step[number - 1])
    if isinstance(scene, str):
        headline = story.step[number - 1].headline.told(lang)
        return Slide(headline or link, "", "", "", "", link, problem=scene)
    drawn = scene.drawn
    if drawn is None:
        return Slide(scene.headline or link, "", "", "", scene.notes, link, problem=scene.problem)
    return Slide(
        headline=scene.headline,
        own=drawn.message.headline,
        about=drawn.about,
        alt=drawn.message.takeaway,
        notes=scene.notes,
        link=link,
        figure=drawn.figure,
        result=drawn.result,
        sources=[translations.note_in(note, lang) for note in describe_sources(store, drawn.result.sources)],
        remarks=drawn.notes,
    )


def _scene(app: Any, story: Story, number: int, lang: str) -> Scene | str:
    """What stands on the wall at a step, or the sentence that stands there in its place."""
    alone = stories.changed(story, step=(story.step[number - 1],))
    asked = {"present": "1", "story": stories.packed(alone), "step": "1"}
    if "lang" in filters.FIELDS:
        asked["lang"] = lang
    for name in list(app.query_params):
        del app.query_params[name]
    for name, code in asked.items():
        app.query_params[name] = code
    app.run()
    if KEPT in app.session_state:
        return cast(Scene, app.session_state[KEPT])
    told = [one.value for kind in (app.exception, app.error, app.info) for one in kind]
    return (
        re.sub(r"\\(.)", r"\1", told[0])
        if told
        else formats.say("handout.failed", lang, reason=address(story.step[number - 1]))
    )


def address(step: Step) -> str:
    """The view of a step as the path of a link."""
    return f"/{step.page}?{step.query}".rstrip("?")


def main() -> int:
    """`python -m trade.ui.core.handout STORY --html FILE --pptx FILE`: exit status 1 with one sentence if it fails."""
    parser = argparse.ArgumentParser(prog="trade handout")
    parser.add_argument("story")
    parser.add_argument("--lang", choices=stories.LANGUAGES, default="en")
    for form in FORMS:
        parser.add_argument(f"--{form}", type=Path)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)  # Streamlit remarks at every call that nobody looks at the page
    try:
        story = named(asked.story)
        handout = compose(story, asked.lang)
        for form, write in FORMS.items():
            if getattr(asked, form):
                _save(getattr(asked, form), write(handout))
    except TradeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def named(name: str) -> Story:
    """A shipped story by its name, else the one in the file of that path.

    Raises:
        UnknownName, StoryError: there is none, or it is not well written.
    """
    path = Path(name)
    return stories.read_file(path, places()) if path.suffix or path.exists() else stories.find(name, places())


def _save(path: Path, made: str | bytes) -> None:
    try:
        path.write_bytes(made.encode() if isinstance(made, str) else made)
    except OSError as error:
        problem = f"cannot be written ({error.strerror}); name a file in a folder that is there"
        raise HandoutFailed(f"{path} {problem}.") from None


if __name__ == "__main__":
    sys.exit(main())
