"""Send scripts, styles and geometry compressed. Streamlit sends its files uncompressed: 7.6 MB for a first visit."""

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
"""Extensions of compressible files; fonts and pictures are already compressed."""
IMMUTABLE = "public, immutable, max-age=31536000"
SMALLEST = 1000
"""Bytes below which compression gains nothing."""
ENCODERS: Mapping[str, Callable[[bytes], bytes]] = {
    # level 11 takes seconds of a processor for a large script and saves a tenth
    "br": partial(brotli.compress, quality=9),
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
}
"""Encodings by name, the best first."""
_FONTS = PROJECT / "static" / "fonts"
SMALLER = {
    "/static/media/SourceSansVF-Upright.": _FONTS / "source-sans-3-latin-400-normal.woff2",
    "/static/media/MaterialSymbols-Rounded.": _FONTS / "streamlit-icons.woff2",
}
"""Fonts of Streamlit that are replaced with smaller files. Streamlit loads a full typeface before it knows that the
theme has its own (170 KB never used), and all existing icons (380 KB) although it draws some eighty."""
CHARTS = "js/PlotlyChart."
"""Streamlit's script for charts, which is replaced with ours (`chart_script`)."""
_cache: LRUCache[Hashable, bytes] = LRUCache(16 << 20, getsizeof=len)
_cached = threading.Condition()
"""Lock of both caches: a background thread compresses files while the server answers."""
_answers: LRUCache[tuple[str, str, str], Response] = LRUCache(16 << 20, getsizeof=lambda answer: len(answer.body))
"""Responses for file names with a hash, by folder, path and encoding: a first visit requests more than a hundred."""
_HASHED = re.compile(r"\.[\w-]{8}\.\w+$")


@cached(_cache, condition=_cached)
def compressed(path: str, modified: int, encoding: str) -> bytes:
    """The encoded bytes of a file, computed once even for simultaneous requests."""
    stored = _stored(Path(path), modified)
    if encoding == "br" and stored.exists():
        return stored.read_bytes()
    return ENCODERS[encoding](Path(path).read_bytes())


def _stored(path: Path, modified: int) -> Path:
    """Path of the smallest encoding of a file; it may not exist yet."""
    return home() / "compressed" / f"{path.name}.{modified}.br"


def store_smallest(paths: Sequence[Path]) -> None:
    """Compress files at Brotli's highest level and keep the results on disk: takes seconds, once per machine.

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
        except ValueError:  # an invalid weight: ignore the encoding
            continue
    return next((name for name in ENCODERS if weights.get(name, weights.get("*", 0.0)) > 0), "")


class CompressedFiles(StaticFiles):
    """Files of a folder: compressed if the browser accepts it, and cached for good if the name contains a hash.

    The chart script is a modified version of Streamlit's under the same name, so the hash in the name does not identify
    it: the browser must revalidate it each time.
    """

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """The file that is sent for a path, and its stat result."""
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
            # an encoded file has the tag of the plain file, made weak
            headers |= {"content-encoding": encoding, "etag": f"W/{headers['etag']}"}
        sent = Response(body, media_type=response.media_type, headers=headers)
        if scope["method"] == "HEAD":
            sent.body = b""
        return sent


def encoding_for(scope: Scope) -> str:
    """The encoding for a request; empty for range requests and for browsers that accept none."""
    headers = Headers(scope=scope)
    return "" if "range" in headers else chosen_encoding(headers.get("accept-encoding", ""))


def _caching(path: str) -> str:
    if path.startswith(CHARTS):
        return "no-cache"
    return IMMUTABLE if _HASHED.search(path) else "public, max-age=3600"


class Compression:
    """Middleware that serves the compressible files of `folders` and passes on all other requests.

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
        except HTTPException:  # no such file, or a path outside the folder: the wrapped app answers
            await self._app(scope, receive, send)
            return
        whole = response.status_code == 200 and not isinstance(response, FileResponse)
        if encoding and whole and response.headers["cache-control"] == IMMUTABLE:
            with _cached:
                _answers[key] = response
        await response(scope, receive, send)
