"""Reject over-long URLs, unknown hosts and cross-origin websockets."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from trade import settings
from trade.api.responses import language_of, mistake
from trade.errors import Message, shorten

LONGEST = 8000
"""Longest path and query together, in bytes."""
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:(?P<port>[0-9]{1,5}))?")


class HostGuard:
    """Rejects unknown hosts, over-long URLs and cross-origin websockets, before anything else sees them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._names = app, settings.hosts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await refused(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _refused(self, scope: Scope) -> Response | None:
        length = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if length > LONGEST:
            return mistake(414, Message("api.long_address", length=length, most=LONGEST), language_of(scope))
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or not self.knows(host_of(headers["host"])):
            name = shorten(", ".join(headers.getlist("host")) or "none")
            return mistake(421, Message("api.other_host", host=name, setting=settings.HOSTS), language_of(scope))
        if scope["type"] == "websocket" and not self._is_same_origin(headers):
            return mistake(403, Message("api.own_pages"), language_of(scope))
        return None

    def knows(self, host: str) -> bool:
        """Whether the host is this machine, an IP address, or a configured name.

        Other names are rejected to prevent DNS rebinding: a stranger's name that resolves to this machine, so that a
        page of that name could read it through a user's browser. IP addresses cannot be rebound.
        """
        if host == "localhost" or host.endswith(".localhost") or is_address(host):
            return True
        return any(
            name == "*" or host == name or (name.startswith("*.") and host.endswith(name[1:])) for name in self._names
        )

    def _is_same_origin(self, headers: Headers) -> bool:
        """Whether the connection is opened by our own page, or by a program: browsers always send `Origin`, programs
        need not."""
        origin = headers.get("origin")
        if origin is None:
            return True
        return _netloc(origin) == headers["host"].lower() or (
            "*" not in self._names and host_of(_netloc(origin)) in self._names
        )


def host_of(netloc: str) -> str:
    """`Trade.example.org:8501` as `trade.example.org`; empty if it is no host."""
    parts = _HOST.fullmatch(netloc)
    if not parts or int(parts["port"] or 0) > 65535:
        return ""
    return parts["host"].strip("[]").rstrip(".").lower()


def is_address(host: str) -> bool:
    """Whether the host is an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
