"""Scripts, styles and geometry sent compressed. Streamlit sends its own files as they are: 7.6 MB for a first visit."""

from __future__ import annotations

import gzip
import os
import re
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from pathlib import Path

import anyio.to_thread
import brotli
from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from trade.api.chart_script import chart_script
from trade.paths import PROJECT, home

KINDS = (".js", ".css", ".json", ".svg")
"""Endings of files that shrink; fonts and pictures are compressed already."""
IMMUTABLE = "public, immutable, max-age=31536000"
SMALLEST = 1000
"""Bytes below which compression gains nothing."""
ENCODERS: Mapping[str, Callable[[bytes], bytes]] = {
    # 11 takes seconds of a processor for a large script, and saves a tenth
    "br": partial(brotli.compress, quality=9),
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
}
"""Encodings by name, the best first."""
_FONTS = PROJECT / "static" / "fonts"
SMALLER = {
    "/static/media/SourceSansVF-Upright.": _FONTS / "source-sans-3-latin-400-normal.woff2",
    "/static/media/MaterialSymbols-Rounded.": _FONTS / "streamlit-icons.woff2",
}
"""Files that another takes the place of: Streamlit loads all of a typeface before it knows that the theme has its own
cut of it (170 KB that nothing is ever drawn with), and all icons that there are (380 KB) where it draws some eighty."""
CHARTS = "js/PlotlyChart."
"""Streamlit's script for charts, of which our own form is sent."""
_cache: LRUCache[Hashable, bytes] = LRUCache(16 << 20, getsizeof=len)
_cached = threading.Condition()
"""Held while either cache is looked into or changed: a thread compresses ahead while the server answers."""
_answers: LRUCache[tuple[str, str, str], Response] = LRUCache(16 << 20, getsizeof=lambda answer: len(answer.body))
"""Answers for names that hold a hash, by folder, path and encoding: a first visit asks for more than a hundred."""
_HASHED = re.compile(r"\.[\w-]{8}\.\w+$")


@cached(_cache, condition=_cached)
def compressed(path: str, modified: int, encoding: str) -> bytes:
    """The bytes of a file in that encoding, made once however many ask at the same time."""
    stored = _stored(Path(path), modified)
    if encoding == "br" and stored.exists():
        return stored.read_bytes()
    return ENCODERS[encoding](Path(path).read_bytes())


def _stored(path: Path, modified: int) -> Path:
    """Where the smallest form of a file lies once it has been made."""
    return home() / "compressed" / f"{path.name}.{modified}.br"


def store_smallest(paths: Sequence[Path]) -> None:
    """Compress files as far as Brotli can and keep the results on disk: seconds of a processor, once per machine.

    Results for other files, or for earlier forms of these, are removed.
    """
    stored: dict[Path, Path] = {}
    for path in paths:
        modified = path.stat().st_mtime_ns
        place = stored[path] = _stored(path, modified)
        if place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_suffix(f".{os.getpid()}")
        draft.write_bytes(brotli.compress(path.read_bytes(), quality=11))
        draft.replace(place)
        with _cached:
            _cache.pop(hashkey(str(path), modified, "br"), None)
    for old in set((home() / "compressed").glob("*.br")) - set(stored.values()):
        old.unlink(missing_ok=True)
    with _cached:
        _answers.clear()


def chosen_encoding(accepted: str) -> str:
    """The best encoding that an `Accept-Encoding` header allows; empty if none."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";q=")
        try:
            weights[name.strip()] = float(weight or 1)
        except ValueError:  # a weight that is no number: the encoding is not taken
            continue
    return next((name for name in ENCODERS if weights.get(name, weights.get("*", 0.0)) > 0), "")


class CompressedFiles(StaticFiles):
    """Files of a folder: compressed where the browser takes it, and cached for good if the name holds a hash.

    The script that draws charts is our own form of Streamlit's. Its name is Streamlit's and tells nothing of ours, so
    the browser asks each time whether it is still the same.
    """

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """The file that is sent for a path, and its state."""
        if path.startswith(CHARTS):
            script = chart_script()
            return str(script), script.stat()
        return super().lookup_path(path)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _caching(path)
        response.headers["Vary"] = "Accept-Encoding"
        encoding = encoding_for(scope)
        if not encoding or not isinstance(response, FileResponse):
            return response
        place = os.fspath(response.path)
        headers = {name: response.headers[name] for name in ("cache-control", "vary", "last-modified", "etag")}
        if os.stat(place).st_size < SMALLEST:
            body = await anyio.to_thread.run_sync(Path(place).read_bytes)
        else:
            body = await anyio.to_thread.run_sync(compressed, place, os.stat(place).st_mtime_ns, encoding)
            # another form of the same file: the tag of the file itself, weak
            headers |= {"content-encoding": encoding, "etag": f"W/{headers['etag']}"}
        sent = Response(body, media_type=response.media_type, headers=headers)
        if scope["method"] == "HEAD":
            sent.body = b""
        return sent


def encoding_for(scope: Scope) -> str:
    """The encoding for a request; empty for a part of a file, and for a browser that takes none."""
    headers = Headers(scope=scope)
    return "" if "range" in headers else chosen_encoding(headers.get("accept-encoding", ""))


def _caching(path: str) -> str:
    if path.startswith(CHARTS):
        return "no-cache"
    return IMMUTABLE if _HASHED.search(path) else "public, max-age=3600"


class Compression:
    """Middleware: answers for the files of `folders` that shrink, and leaves all other requests alone.

    Args:
        folders: where the files lie, by the path under which they are served (`/static`).
        prefix: Streamlit's `server.baseUrlPath`, with its slash in front.
    """

    def __init__(self, app: ASGIApp, folders: Mapping[str, Path], prefix: str = "") -> None:
        self._app, self._prefix = app, prefix
        self._folders = [
            (f"{prefix}{path}/", CompressedFiles(directory=folder, follow_symlink=True))
            for path, folder in folders.items()
            if folder.is_dir()
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(self._prefix)
        smaller = next((file for start, file in SMALLER.items() if path.startswith(start)), None)
        if smaller:
            await FileResponse(smaller, headers={"Cache-Control": IMMUTABLE})(scope, receive, send)
            return
        if path.endswith(KINDS):
            for start, files in self._folders:
                if scope["path"].startswith(start):
                    await self._send(files, start, scope, receive, send)
                    return
        await self._app(scope, receive, send)

    async def _send(self, files: CompressedFiles, start: str, scope: Scope, receive: Receive, send: Send) -> None:
        encoding = encoding_for(scope) if scope["method"] == "GET" else ""
        key = str(files.directory), scope["path"], encoding
        with _cached:
            known = _answers.get(key)
        if known is not None:
            await known(scope, receive, send)
            return
        inner = dict(scope, root_path=start.rstrip("/"))
        try:
            response = await files.get_response(files.get_path(inner), inner)
        except HTTPException:  # no such file, or a path that leaves the folder: the server behind says so
            await self._app(scope, receive, send)
            return
        whole = response.status_code == 200 and not isinstance(response, FileResponse)
        if encoding and whole and response.headers["cache-control"] == IMMUTABLE:
            with _cached:
                _answers[key] = response
        await response(scope, receive, send)
