"""One address: GET and HEAD answer, OPTIONS says what is allowed, everything else is refused in a sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from trade.api.responses import fault, mistake, refusal
from trade.errors import TradeError

Respond = Callable[[Request], Awaitable[Response]]
ALLOW = "GET, HEAD, OPTIONS"


class Resource:
    """An ASGI application for a `Route`, so that it sees every method."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        response = await self._answer(request)
        if request.method == "HEAD":
            response.body = b""  # its length stays told in the headers
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ALLOW})
        if request.method not in ("GET", "HEAD"):
            sentence = f"This address is read with GET, not {request.method[:20]}: nothing can be changed here."
            return mistake(405, sentence, {"Allow": ALLOW})
        if request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers:
            return mistake(413, "A question has no body: write the parameters behind the address, ?key=value.")
        try:
            return await self._respond(request)
        except TradeError as error:
            return refusal(error)
        except Exception as error:
            return fault(error)
