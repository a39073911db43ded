"""The dashboard's HTML page: Streamlit's own, with the server's address and the page's title inserted.

Without the address, Streamlit's script guesses: under `/growth` it first requests `/growth/_stcore/health`, gets a 404,
and leaves two errors in the console of every user who came by a link. And the page would be blank until some 600 KB of
scripts have loaded. So it contains the page's title and question from the start, for slow connections, link previews
and browsers without scripts, until Streamlit draws over them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from trade.api.chart_script import chart_script, streamlit_files, streamlits_script
from trade.api.responses import language_of
from trade.api.slideshow_page import SlideshowPage, is_presented
from trade.text import formats
from trade.text.catalog import SOURCE

_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>')
"""Streamlit's preload of its own font, which the theme does not use."""
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_STYLE = """<style>
      .first { max-width: 1120px; margin: 6rem auto; padding: 0 1rem; font: 16px sans-serif }
      .first p:first-child { font: 600 2.25rem serif; margin: 0 }
      .first i { display: block; height: 14rem; margin: 2rem 0; border-radius: 6px; background: rgb(128 128 128 / 10%) }
      @media (prefers-color-scheme: dark) { body { background: #12161c } .first { color: #eef0f3 } }
    </style>"""
ELEMENTS = ("PlotlyChart", "BidiComponent", "Html", "Selectbox", "ButtonGroup", "Checkbox")
"""Elements that nearly every page draws. Streamlit loads the script of each only when the first one is drawn."""
_IMPORT = re.compile(r'\b(?:from|import)"\./([\w.-]+\.js)"')
_IMPORTS = 20_000
"""Characters at the beginning of a script that hold all its imports."""
_NAMED = re.compile(r'"\./static/((?:js|css)/[\w.-]+)"')
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HISTORY = (Path(__file__).parent / "history.js").read_text(encoding="utf-8")
"""Script that runs before Streamlit: a history entry for each choice, and the colours named in the URL."""
_EARLY = (
    'addEventListener("DOMContentLoaded", () => (window.requestIdleCallback ?? setTimeout)('
    '() => import("./static/js/{name}").catch(() => {{}})));'
)
"""Loads the chart library while the page waits for the server, not when the first chart arrives."""
_BASE = "window.__streamlit = {{BACKEND_BASE_URL: new URL({path}, window.location.origin).href}}"


@cache
def original() -> str:
    """The page as Streamlit ships it; empty if it ships none."""
    page = streamlit_files() / "index.html"
    return page.read_text(encoding="utf-8") if page.is_file() else ""


@cache
def _preloads() -> list[str]:
    """Links to the scripts of `ELEMENTS` and to all that they import.

    The browser requests them with the page rather than with the first such element, when the server is busy.
    """
    folder = streamlit_files() / "static" / "js"
    files = [next(folder.glob(f"{element}.*.js"), None) for element in ELEMENTS]
    names = list(dict.fromkeys(file.name for file in files if file))
    for name in names:  # the list grows during the loop
        with (folder / name).open(encoding="utf-8") as script:
            start = script.read(_IMPORTS)
        names += [other for other in _IMPORT.findall(start) if other not in names]
    missing = [name for name in names if f"/{name}" not in original()]
    return [f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in missing]


@cache
def html(prefix: str = "", name: str = "", lang: str = SOURCE, bare: bool = False) -> str:
    """The page `name` in a language, with the address of the server where its scripts look for it.

    `bare` leaves out the title and question: an embedded chart has none.
    """
    early = _EARLY.format(name=streamlits_script().name)
    script = f"<script>{_BASE.format(path=json.dumps(prefix + '/'))};\n{_HISTORY}\n{early}</script>"
    page = original().replace("<head>", f"<head>\n    {script}\n    {_STYLE}", 1)
    largest, *others = _preloads()
    page = _FONT.sub(largest, page, count=1).replace(
        "</head>", "".join(f"  {link}\n  " for link in others) + "</head>", 1
    )
    if not name:
        return page
    site, title, question = (
        escape(formats.say(key, lang)) for key in ("site.title", f"pages.{name}.title", f"pages.{name}.question")
    )
    page = page.replace('<html lang="en">', f'<html lang="{formats.say("language.tag", lang)}">', 1)
    named = title if title == site else f"{title} · {site}"
    page = _TITLE.sub(f'<title>{named}</title>\n    <meta name="description" content="{question}">', page, count=1)
    page = _NOSCRIPT.sub(f"<noscript>{escape(formats.say('site.no_script', lang))}</noscript>", page, count=1)
    if bare:
        return page
    first = f'<div class="first"><p role="heading" aria-level="1">{title}</p><p>{question}</p><i></i><i></i></div>'
    return page.replace('<div id="root"></div>', f'<div id="root">{first}</div>', 1)


def first_files() -> list[Path]:
    """The scripts and styles that the page names, as they are sent."""
    folder = streamlit_files() / "static"
    named = dict.fromkeys(_NAMED.findall(html()))
    return [chart_script() if name == f"js/{streamlits_script().name}" else folder / name for name in named]


def scripts(prefix: str = "") -> list[str]:
    """The hashes of the page's inline scripts, as in a content security policy."""
    scripts = dict.fromkeys(_INLINE.findall(html(prefix)) + _INLINE.findall(original()))
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts]


class IndexPage:
    """Serves the HTML page for every page of the dashboard."""

    def __init__(self, prefix: str, first: str) -> None:
        self._prefix, self._first, self._root = prefix, first, prefix + "/"
        self._slideshow = SlideshowPage(self._root)

    async def respond(self, request: Request) -> Response:
        """Streamlit's page, or the presentation that the link asks for."""
        name = request.url.path.removeprefix(self._prefix).strip("/") or self._first
        if is_presented(request) and (presented := await self._slideshow.respond(request, name)):
            return presented
        # as in trade.ui.core.language: a link that names no language is in English, for everybody
        lang = language_of(request.scope) if "lang" in request.query_params or not request.url.query else SOURCE
        bare = not {"embed", "present"}.isdisjoint(request.query_params)
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return Response(html(self._prefix, name, lang, bare), media_type="text/html", headers=headers)

    async def to_root(self, request: Request) -> Response:
        """Redirect the first page to the root: Streamlit knows it under no other path."""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(self._root + query, headers={"Cache-Control": "no-cache"})
