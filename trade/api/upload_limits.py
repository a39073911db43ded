"""Limit the size of uploaded files, per session and in total.

Streamlit limits single files only: it accepts any number of them from each session and keeps them in memory until the
session ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from trade.api.responses import language_of, mistake
from trade.errors import Message

Uploaded = Callable[[], Mapping[str, int]]
"""Bytes of files in memory, by session."""
PLACE = "/_stcore/upload_file/"
EACH, ALL = 100 << 20, 300 << 20
"""Bytes that one session may hold, and all of them."""
LATER = {"Retry-After": "60"}


class Uploads:
    """Middleware that rejects uploads beyond the limits. Uploads in progress count with their full size."""

    def __init__(self, app: ASGIApp, uploaded: Uploaded, prefix: str = "") -> None:
        self._app, self._uploaded, self._place = app, uploaded, prefix + PLACE
        self._in_progress: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "PUT" or not scope["path"].startswith(self._place):
            await self._app(scope, receive, send)
            return
        session = scope["path"].removeprefix(self._place).partition("/")[0]
        declared = Headers(scope=scope).get("content-length", "")
        size = int(declared) if declared.isascii() and declared.isdigit() else -1
        refused = self._refused(session, size, language_of(scope))
        if refused is not None:
            await refused(scope, receive, send)
            return
        self._in_progress[session] += size
        try:
            await self._app(scope, receive, send)
        finally:
            self._in_progress[session] -= size
            self._in_progress += Counter()  # drops sessions without uploads in progress

    def _refused(self, session: str, size: int, lang: str) -> Response | None:
        if size < 0:
            return mistake(411, Message("api.no_length"), lang)
        sizes = Counter(self._uploaded()) + self._in_progress
        if sizes[session] + size > EACH:
            return mistake(413, Message("api.your_files", most=EACH >> 20), lang)
        if sizes.total() + size > ALL:
            return mistake(503, Message("api.all_files"), lang, LATER)
        return None
