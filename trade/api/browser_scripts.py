"""Serve the scripts of our components, each under a URL that contains a hash of its text.

Streamlit sends the script of a component again with every message that draws it: 120 KB at each change of a page with
six charts. Here the message only names the script, and the browser fetches it once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from trade.api.compressed_files import ENCODERS, IMMUTABLE, encoding_for

FOLDER = "app/static/scripts"
_DRAW = (
    "async ({ data: [data], ...part }) => {"
    " const { content, default: draw } = await import(address);"
    " part.parentElement.filled ??= (part.parentElement.innerHTML = content, true);"
    " return draw({ ...part, data }); }"
)
"""Put the HTML and CSS of a component in place once, then let its script draw its data, which come in a list."""


def loader(name: str, text: str) -> str:
    """The script of a component that has the browser load `text` from this server."""
    address = f"{FOLDER}/{name}.{_mark(text)}.js"
    lines = (  # two lines: Streamlit takes one line with a slash in it for the path of a file
        f'const address = new URL("{address}", document.baseURI);',
        f"export default {_DRAW};",
    )
    return "\n".join(lines)


class BrowserScripts:
    """Serves the scripts `texts` by name. A URL with another version's hash gets this version's script."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    async def respond(self, request: Request) -> Response:
        """The script that the path names, compressed where the browser takes it."""
        text = self._texts.get(request.path_params["name"])
        if text is None:
            return Response(status_code=404)
        this_version = request.path_params["mark"] == _mark(text)
        encoding = encoding_for(request.scope)
        headers = {"Cache-Control": IMMUTABLE if this_version else "no-cache", "Vary": "Accept-Encoding"}
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(_encoded(text, encoding), headers=headers, media_type="text/javascript")


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@cache
def _encoded(text: str, encoding: str) -> bytes:
    raw = text.encode()
    return ENCODERS[encoding](raw) if encoding else raw
