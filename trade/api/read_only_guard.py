"""Middleware of the API: read-only methods, no request bodies, internal errors as one sentence of JSON."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as AsgiMessage

from trade.api.responses import language_of, mistake, server_error
from trade.errors import Message

ALLOW = "GET, HEAD, OPTIONS"


class ReadOnly:
    """Answers OPTIONS, rejects request bodies, omits the body for HEAD, and catches exceptions of the endpoints."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = send if scope["method"] != "HEAD" else _without_body(send)
        refused = _refused(scope)
        try:
            await (refused or self._app)(scope, receive, sent)
        except Exception as error:  # the traceback is logged, the client gets a sentence
            await server_error(error, language_of(scope))(scope, receive, sent)


def _refused(scope: Scope) -> Response | None:
    headers = Headers(scope=scope)
    if scope["method"] == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ALLOW})
    if scope["method"] not in ("GET", "HEAD"):
        return mistake(405, Message("api.only_get", method=scope["method"][:20]), language_of(scope), {"Allow": ALLOW})
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        return mistake(413, Message("api.no_body"), language_of(scope))
    return None


def _without_body(send: Send) -> Send:
    """The headers of an answer, its length among them, without its bytes."""

    async def headers_only(message: AsgiMessage) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return headers_only
