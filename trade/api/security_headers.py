"""Security headers: pages may load from this server only, and only embedded charts may be framed."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trade import settings
from trade.api import streamlit_html

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""Content security policy of data."""
FILE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""Content security policy of files, which may come from users: opened directly they run no scripts."""
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), midi=(), serial=(), display-capture=(),"
        " accelerometer=(), gyroscope=(), magnetometer=(), browsing-topics=()"
    ),
}


def page_policy(prefix: str, framed_by: str) -> str:
    """The content security policy of a page. Streamlit and Plotly write inline styles; `blob:` scripts are Streamlit's
    components, which arrive over the websocket."""
    return "; ".join((
        "default-src 'self'",
        f"script-src 'self' blob: {' '.join(streamlit_html.scripts(prefix))}",
        "style-src 'self' 'unsafe-inline' blob:",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' blob: data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        f"frame-ancestors {framed_by}",
    ))  # fmt: skip


class Headers:
    """Middleware that adds missing security headers to every response."""

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self._app, self._prefix = app, prefix
        chosen = " ".join(settings.frames())
        self._page = page_policy(prefix, chosen or "'self'")
        self._embedded = page_policy(prefix, chosen or "*")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = FIXED | {"Content-Security-Policy": self._policy(scope)}

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)

    def _policy(self, scope: Scope) -> str:
        path = scope["path"].removeprefix(self._prefix)
        if path == "/api" or path.startswith("/api/"):
            return NOTHING
        if path.startswith(("/media/", "/app/static/")):
            return FILE
        embedded = parse_qs(scope["query_string"][:2000].decode("latin-1")).get("embed", [""])
        return self._embedded if embedded[-1].lower() == "true" else self._page
