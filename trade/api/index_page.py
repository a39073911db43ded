"""The one HTML page of the dashboard: Streamlit's own, told where the server is.

Left to itself the page guesses: under `/growth` it first asks `/growth/_stcore/health`, is told 404, and leaves two
errors in the console of every reader who came by a link.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_BASE = "window.__streamlit = {{BACKEND_BASE_URL: new URL({path}, window.location.origin).href}}"


@cache
def original() -> str:
    """The page as Streamlit ships it; empty if it ships none."""
    found = find_spec("streamlit")
    page = Path(found.origin).parent / "static" / "index.html" if found and found.origin else None
    return page.read_text(encoding="utf-8") if page and page.is_file() else ""


def html(prefix: str = "") -> str:
    """The page, with the address of the server where its scripts look for it."""
    script = f"<script>{_BASE.format(path=json.dumps(prefix + '/'))}</script>"
    return original().replace("<head>", f"<head>\n    {script}", 1)


def scripts(prefix: str = "") -> list[str]:
    """The hashes of the scripts that stand in the page, as a content security policy names them."""
    found = dict.fromkeys(_INLINE.findall(html(prefix)) + _INLINE.findall(original()))
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in found]


class IndexPage:
    """The page for every path that is a page of the dashboard."""

    def __init__(self, prefix: str) -> None:
        self._html, self._root = html(prefix), prefix + "/"

    async def respond(self, request: Request) -> Response:  # noqa: ARG002 - the same for all
        return Response(self._html, media_type="text/html", headers={"Cache-Control": "no-cache"})

    async def to_root(self, request: Request) -> Response:
        """The first page stands at the root: Streamlit knows it under no other address."""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(self._root + query, headers={"Cache-Control": "no-cache"})
