"""The one HTML page of the dashboard: Streamlit's own, told where the server is, with the page's title in it.

Left to itself the page guesses: under `/growth` it first asks `/growth/_stcore/health`, is told 404, and leaves two
errors in the console of every user who came by a link. And it is white until some 600 KB of scripts have come: the
title and the question of the page stand in it from the first byte, for slow lines, previews of links and browsers
without scripts. Streamlit's first drawing takes their place.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from trade.api.responses import language_of
from trade.api.slideshow_page import SlideshowPage, is_presented
from trade.text import formats
from trade.text.catalog import SOURCE

_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>')
"""Streamlit's own font, fetched before all else; the theme has another."""
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_STYLE = """<style>
      .first { max-width: 1120px; margin: 6rem auto; padding: 0 1rem; font: 16px sans-serif }
      .first p:first-child { font: 600 2.25rem serif; margin: 0 }
      .first i { display: block; height: 14rem; margin: 2rem 0; border-radius: 6px; background: rgb(128 128 128 / 10%) }
      @media (prefers-color-scheme: dark) { body { background: #12161c } .first { color: #eef0f3 } }
    </style>"""
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HISTORY = (Path(__file__).parent / "history.js").read_text(encoding="utf-8")
"""One entry of the browser's history for each choice, and the colours that a link asks for: before Streamlit starts."""
_BASE = "window.__streamlit = {{BACKEND_BASE_URL: new URL({path}, window.location.origin).href}}"


def streamlit_files() -> Path:
    """The folder of the page and of all that it loads, inside the installed Streamlit."""
    spec = find_spec("streamlit")
    return Path(spec.origin if spec and spec.origin else "").parent / "static"


def chart_script() -> Path:
    """Plotly as Streamlit ships it: half of all bytes of a first visit."""
    return next((streamlit_files() / "static" / "js").glob("PlotlyChart.*.js"))


def drawing_library() -> Path:
    """Plotly as its own package ships it, for pages that Streamlit does not draw."""
    spec = find_spec("plotly")
    return Path(spec.origin if spec and spec.origin else "").parent / "package_data" / "plotly.min.js"


@cache
def original() -> str:
    """The page as Streamlit ships it; empty if it ships none."""
    page = streamlit_files() / "index.html"
    return page.read_text(encoding="utf-8") if page.is_file() else ""


@cache
def html(prefix: str = "", name: str = "", lang: str = SOURCE, bare: bool = False) -> str:
    """The page `name` in a language, with the address of the server where its scripts look for it.

    `bare` leaves out what stands in the page until Streamlit draws: one chart alone has no title of a page.
    """
    script = f"<script>{_BASE.format(path=json.dumps(prefix + '/'))};\n{_HISTORY}</script>"
    page = original().replace("<head>", f"<head>\n    {script}\n    {_STYLE}", 1)
    # asked for at once, not when the first chart has been described
    page = _FONT.sub(f'<link rel="modulepreload" crossorigin href="./static/js/{chart_script().name}">', page, count=1)
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


def scripts(prefix: str = "") -> list[str]:
    """The hashes of the scripts that stand in the page, as a content security policy names them."""
    scripts = dict.fromkeys(_INLINE.findall(html(prefix)) + _INLINE.findall(original()))
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts]


class IndexPage:
    """The page for every path that is a page of the dashboard."""

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
        """The first page stands at the root: Streamlit knows it under no other address."""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(self._root + query, headers={"Cache-Control": "no-cache"})
