"""Middleware of the API: nothing can be changed, a question has no body, a fault of ours is one sentence."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trade.api.responses import fault, mistake

ALLOW = "GET, HEAD, OPTIONS"


class ReadOnly:
    """Answers OPTIONS, refuses bodies, sends no body for HEAD, and catches what the endpoints do not."""

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
        except Exception as error:  # logged in full; the client gets a sentence
            await fault(error)(scope, receive, sent)


def _refused(scope: Scope) -> Response | None:
    headers = Headers(scope=scope)
    if scope["method"] == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ALLOW})
    if scope["method"] not in ("GET", "HEAD"):
        sentence = f"This address is read with GET, not {scope['method'][:20]}: nothing can be changed here."
        return mistake(405, sentence, {"Allow": ALLOW})
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        return mistake(413, "A question has no body: write the parameters behind the address, ?key=value.")
    return None


def _without_body(send: Send) -> Send:
    """The headers of an answer, its length among them, without its bytes."""

    async def headers_only(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return headers_only
