"""Scripts, styles and geometry sent compressed. Streamlit sends its own files as they are: 7.6 MB for a first visit."""

from __future__ import annotations

import gzip
import os
import re
import threading
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from pathlib import Path

import anyio.to_thread
import brotli
from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from trade.paths import PROJECT, home

KINDS = (".js", ".css", ".json", ".svg")
"""Endings of files that shrink; fonts and pictures are compressed already."""
IMMUTABLE = "public, immutable, max-age=31536000"
SMALLEST = 1000
"""Bytes below which compression gains nothing."""
_ENCODERS: Mapping[str, Callable[[bytes], bytes]] = {
    # 11 takes ten seconds of a processor for Plotly's script, and saves a tenth
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
_cache: LRUCache[Hashable, bytes] = LRUCache(16 << 20, getsizeof=len)
_cached = threading.Condition()
_HASHED = re.compile(r"\.[\w-]{8}\.\w+$")


@cached(_cache, condition=_cached)
def compressed(path: str, modified: int, encoding: str) -> bytes:
    """The bytes of a file in that encoding, made once however many ask at the same time."""
    stored = _stored(Path(path), modified)
    if encoding == "br" and stored.exists():
        return stored.read_bytes()
    return _ENCODERS[encoding](Path(path).read_bytes())


def _stored(path: Path, modified: int) -> Path:
    """Where the smallest form of a file lies once it has been made."""
    return home() / "compressed" / f"{path.name}.{modified}.br"


def store_smallest(path: Path) -> None:
    """Compress a file as far as Brotli can and keep the result on disk: seconds of a processor, once per machine."""
    modified = path.stat().st_mtime_ns
    stored = _stored(path, modified)
    if stored.exists():
        return
    stored.parent.mkdir(parents=True, exist_ok=True)
    draft = stored.with_suffix(f".{os.getpid()}")
    draft.write_bytes(brotli.compress(path.read_bytes(), quality=11))
    draft.replace(stored)
    for old in stored.parent.glob(f"{path.name.partition('.')[0]}.*.br"):
        if old != stored:
            old.unlink(missing_ok=True)
    with _cached:
        _cache.pop(hashkey(str(path), modified, "br"), None)


def chosen_encoding(accepted: str) -> str:
    """The best encoding that an `Accept-Encoding` header allows; empty if none."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";q=")
        try:
            weights[name.strip()] = float(weight or 1)
        except ValueError:  # a weight that is no number: the encoding is not taken
            continue
    return next((name for name in _ENCODERS if weights.get(name, weights.get("*", 0.0)) > 0), "")


class CompressedFiles(StaticFiles):
    """Files of a folder: compressed where the browser takes it, and cached for good if the name holds a hash."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        hashed = _HASHED.search(path)
        response.headers["Cache-Control"] = IMMUTABLE if hashed else "public, max-age=3600"
        response.headers["Vary"] = "Accept-Encoding"
        request_headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        encoding = "" if "range" in request_headers else chosen_encoding(request_headers.get("accept-encoding", ""))
        if not encoding or not isinstance(response, FileResponse):
            return response
        place = os.fspath(response.path)
        if os.stat(place).st_size < SMALLEST:
            return response
        body = await anyio.to_thread.run_sync(compressed, place, os.stat(place).st_mtime_ns, encoding)
        caching = {name: response.headers[name] for name in ("cache-control", "vary", "last-modified")}
        # another form of the same file: the tag of the file itself, weak
        headers = caching | {"Content-Encoding": encoding, "ETag": f"W/{response.headers['etag']}"}
        sent = Response(body, media_type=response.media_type, headers=headers)
        if scope["method"] == "HEAD":
            sent.body = b""
        return sent


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
        inner = dict(scope, root_path=start.rstrip("/"))
        try:
            response = await files.get_response(files.get_path(inner), inner)
        except HTTPException:  # no such file, or a path that leaves the folder: the server behind says so
            await self._app(scope, receive, send)
            return
        await response(scope, receive, send)
