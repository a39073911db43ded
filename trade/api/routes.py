"""The routes of the API as a Starlette application, and those of the dashboard's HTML page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from trade.api.concurrency import Limiter
from trade.api.metrics import Metrics
from trade.api.query_params import pairs
from trade.api.read_only_guard import ReadOnly
from trade.api.response_cache import BodyCache
from trade.api.responses import language_of, refusal, reply, unchanged
from trade.api.streamlit_html import IndexPage
from trade.errors import TradeError, UnknownName

if TYPE_CHECKING:
    from trade.api.answers import Answer

AT_ONCE, WAITING = 3, 200
"""Most requests computed at the same time, and most that wait."""
CACHED, CACHED_BYTES = 500, 32 << 20
ADDRESSES = (
    "/api/measures",
    "/api/measures/{name}",
    "/api/charts",
    "/api/charts/{page}/{name}",
    "/api/claims.json",
    "/api/check",
    "/api/search",
    "/api/health",
    "/api/metrics",
    "/api/openapi.json",
)
Respond = Callable[[Request], Awaitable[Response]]


def _lazy(module: str, name: str) -> Callable[..., Any]:
    """A function of this package, imported at its first call: importing measures and the store is most of a server's
    start."""

    def call(*arguments: Any) -> Any:
        return getattr(import_module(f"trade.api.{module}"), name)(*arguments)

    return call


class Api:
    """State of one server: cached answers, limits, counters."""

    def __init__(self, metrics: Metrics) -> None:
        self._cache, self._metrics = BodyCache(CACHED, CACHED_BYTES), metrics
        self._limiter = Limiter(AT_ONCE, WAITING)
        # health checks use their own limiter, so a full queue does not fail them
        self._health_limiter = Limiter(1, 20)
        metrics.gauge("trade_api_kept_answers", "Answers kept for the next user.", lambda: len(self._cache))
        metrics.gauge("trade_api_kept_bytes", "Bytes of answers kept.", lambda: self._cache.bytes)
        metrics.gauge("trade_api_questions", "Questions computed or waiting now.", lambda: self._limiter.inside)

    def responses(self) -> Mapping[str, Respond]:
        """The endpoint of each of `ADDRESSES`."""
        endpoints: list[Respond] = [
            self._of_query(_lazy("answers", "measures")),
            self._named(_lazy("answers", "measure")),
            self._of_query(_lazy("answers", "charts")),
            self._named(_lazy("answers", "chart")),
            self._of_query(_lazy("answers", "claims")),
            self._of_query(_lazy("answers", "check")),
            self._of_query(_lazy("answers", "search")),
            self.health,
            self.count,
            self._of_query(_lazy("openapi", "answer")),
        ]
        return dict(zip(ADDRESSES, endpoints, strict=True))

    def _of_query(self, answer: Callable[[Mapping[str, str]], Answer]) -> Respond:
        async def respond(request: Request) -> Response:
            return await self._reply(request, partial(answer, pairs(request.scope["query_string"])))

        return respond

    def _named(self, answer: Callable[[str, Mapping[str, str]], Answer]) -> Respond:
        async def respond(request: Request) -> Response:
            name, parameters = "/".join(request.path_params.values()), pairs(request.scope["query_string"])
            return await self._reply(request, partial(answer, name, parameters))

        return respond

    async def _reply(self, request: Request, compute: Callable[[], Answer]) -> Response:
        """Answer a request in a thread; the body is computed only if the client does not have it yet."""
        return await self._limiter.run(partial(self._answer, compute, request))

    def _answer(self, compute: Callable[[], Answer], request: Request) -> Response:
        answer = compute()
        if unchanged(answer, request.headers):
            return reply(answer, None)
        body = self._cache.get(answer.tag)
        if body is None:
            body = answer.make()
            self._cache.put(answer.tag, body)
        return reply(answer, body, request.headers.get("range", ""))

    async def health(self, request: Request) -> Response:  # noqa: ARG002 - every endpoint takes the request
        return JSONResponse(
            await self._health_limiter.run(_lazy("answers", "health")), headers={"Cache-Control": "no-store"}
        )

    async def count(self, request: Request) -> Response:  # noqa: ARG002
        body = await self._health_limiter.run(self._metrics.text)
        return Response(body, media_type=self._metrics.media, headers={"Cache-Control": "no-store"})


async def _on_trade_error(request: Request, error: Exception) -> Response:
    return refusal(cast(TradeError, error), language_of(request.scope))


async def _on_unknown_address(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette's form
    return refusal(UnknownName("address", request.url.path, ADDRESSES), language_of(request.scope))


def application(metrics: Metrics) -> Starlette:
    """The API, to be mounted at `/api`."""
    routes = [Route(path.removeprefix("/api"), respond) for path, respond in Api(metrics).responses().items()]
    return Starlette(
        routes=routes,
        middleware=[Middleware(ReadOnly)],
        exception_handlers={TradeError: _on_trade_error, 404: _on_unknown_address},
    )


def routes(metrics: Metrics, pages: Iterable[str], first: str, prefix: str = "") -> list[BaseRoute]:
    """Every route beside Streamlit's own. `first` is the page at the root; `prefix` is Streamlit's
    `server.baseUrlPath`, with a slash before and none after."""
    index, api = IndexPage(prefix, first), application(metrics)
    own = [Route(f"{prefix}/{name}", index.to_root if name == first else index.respond) for name in ("", *pages)]
    return [Mount(f"{prefix}/api", api), Route(f"{prefix}/api", api), *own]
