"""The addresses of the API, and the page that carries the dashboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from trade.api import answers, openapi
from trade.api.answers import Answer
from trade.api.concurrency import Turns
from trade.api.index_page import Shell
from trade.api.metrics import Metrics
from trade.api.query_params import pairs
from trade.api.readonly_endpoint import Resource, Respond
from trade.api.response_cache import Kept
from trade.api.responses import reply, unchanged
from trade.errors import UnknownName

AT_ONCE, WAITING = 3, 200
"""Questions computed at the same time, and more that may stand in line."""
KEPT, KEPT_BYTES = 500, 32 << 20
ADDRESSES = (
    "/api/measures",
    "/api/measures/{name}",
    "/api/claims.json",
    "/api/health",
    "/api/metrics",
    "/api/openapi.json",
)


class Api:
    """State of one server: answers kept, turns taken, what is counted."""

    def __init__(self, metrics: Metrics) -> None:
        self._kept, self._metrics = Kept(KEPT, KEPT_BYTES), metrics
        self._turns, self._checks = Turns(AT_ONCE, WAITING), Turns(1, 20)
        metrics.gauge("trade_api_kept_answers", "Answers kept for the next reader.", lambda: len(self._kept))
        metrics.gauge("trade_api_kept_bytes", "Bytes of answers kept.", lambda: self._kept.bytes)
        metrics.gauge("trade_api_questions", "Questions computed or waiting now.", lambda: self._turns.inside)

    def responses(self) -> Mapping[str, Respond]:
        """What stands behind each of `ADDRESSES`."""
        found: list[Respond] = [
            self._asked(answers.measures),
            self._measure,
            self._asked(answers.claims),
            self.health,
            self.count,
            self._asked(openapi.answer),
        ]
        return dict(zip(ADDRESSES, found, strict=True))

    def _asked(self, answer: Callable[[Mapping[str, str]], Answer]) -> Respond:
        async def respond(request: Request) -> Response:
            return await self._reply(request, partial(answer, pairs(request.scope["query_string"])))

        return respond

    async def _measure(self, request: Request) -> Response:
        name, given = request.path_params["name"], pairs(request.scope["query_string"])
        return await self._reply(request, partial(answers.measure, name, given))

    async def _reply(self, request: Request, ask: Callable[[], Answer]) -> Response:
        """Off the event loop: the question is looked at, then answered if the reader has not got the answer."""
        return await self._turns.run(partial(self._answer, ask, request))

    def _answer(self, ask: Callable[[], Answer], request: Request) -> Response:
        answer = ask()
        if unchanged(answer, request.headers):
            return reply(answer, None)
        body = self._kept.get(answer.tag)
        if body is None:
            body = answer.make()
            self._kept.put(answer.tag, body)
        return reply(answer, body)

    async def health(self, request: Request) -> Response:  # noqa: ARG002 - every response is asked the same way
        """Its own turn: a full line of questions is no illness."""
        return JSONResponse(await self._checks.run(answers.health), headers={"Cache-Control": "no-store"})

    async def count(self, request: Request) -> Response:  # noqa: ARG002
        body = await self._checks.run(self._metrics.text)
        return Response(body, media_type=self._metrics.media, headers={"Cache-Control": "no-store"})


async def _nowhere(request: Request) -> Response:
    raise UnknownName("address", request.url.path, ADDRESSES)


def routes(metrics: Metrics, pages: Iterable[str], first: str, prefix: str = "") -> list[Route]:
    """Every route beside Streamlit's own. `first` is the page at the root; `prefix` is Streamlit's
    `server.baseUrlPath`, with a slash before and none after."""
    shell = Shell(prefix)
    api = [Route(prefix + path, Resource(respond)) for path, respond in Api(metrics).responses().items()]
    rest = [Route(prefix + path, Resource(_nowhere)) for path in ("/api", "/api/{rest:path}")]
    own = [Route(f"{prefix}/{name}", shell.to_root if name == first else shell.respond) for name in ("", *pages)]
    return [*api, *rest, *own]
