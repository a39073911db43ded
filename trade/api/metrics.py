"""Metrics in the text format of Prometheus: requests, latency, sessions, caches, memory, the store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trade.errors import TradeError

Gauges = Callable[[], Mapping[str, Mapping[str, float]]]
"""Further gauges, supplied by the caller: name -> part -> value."""
disable_created_metrics()  # type: ignore[no-untyped-call]
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_PARTS = (
    "/api/measures/", "/api/measures", "/api/charts/", "/api/charts",
    "/api/claims.json", "/api/health", "/api/metrics", "/api/openapi.json", "/api",
    "/_stcore/", "/app/static/", "/static/", "/media/", "/component/",
)  # fmt: skip


@dataclass(frozen=True)
class _CurrentState(Collector):
    """The store in service and the caller's gauges, read at each scrape."""

    gauges: Gauges

    def collect(self) -> Iterator[GaugeMetricFamily]:
        store = GaugeMetricFamily("trade_store_info", "Version of the store in service.", labels=["version"])
        from trade.store import open_store  # imported here to keep the server's start fast

        try:
            store.add_metric([open_store().version], 1.0)
        except TradeError:
            store.add_metric(["none"], 0.0)
        yield store
        for name, values in self.gauges().items():
            gauge = GaugeMetricFamily(name, name.replace("_", " ").capitalize() + ".", labels=["part"])
            for part, value in values.items():
                gauge.add_metric([part], value)
            yield gauge


class Metrics:
    """The counters of one server."""

    media = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(self, others: Gauges = dict, prefix: str = "") -> None:
        self._registry, self._prefix = CollectorRegistry(), prefix
        ProcessCollector(registry=self._registry)
        self._registry.register(_CurrentState(others))
        labels = ("part", "method", "status")
        self._requests = Counter("trade_http_requests", "Requests answered.", labels, registry=self._registry)
        self._seconds = Histogram(
            "trade_http_seconds", "Seconds to an answer.", ("part",), buckets=_SECONDS, registry=self._registry
        )
        self._open = Gauge("trade_http_open", "Requests being answered.", registry=self._registry)
        self._sockets = Gauge("trade_websockets_open", "Browsers connected.", registry=self._registry)

    def gauge(self, name: str, about: str, read: Callable[[], float]) -> None:
        """Add a number that is read at each scrape."""
        Gauge(name, about, registry=self._registry).set_function(read)

    def text(self) -> bytes:
        return generate_latest(self._registry)

    def part(self, path: str) -> str:
        """The label under which a path is counted: one of a fixed set, so that unknown paths cannot create new
        labels."""
        path = path.removeprefix(self._prefix)
        return next((part for part in _PARTS if path == part or path.startswith(part.rstrip("/") + "/")), "page")

    def answered(self, scope: Scope, status: int, seconds: float) -> None:
        part, method = self.part(scope["path"]), scope["method"]
        known = method if method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE") else "other"
        self._requests.labels(part, known, str(status)).inc()
        self._seconds.labels(part).observe(seconds)

    @property
    def open(self) -> Gauge:
        return self._open

    @property
    def sockets(self) -> Gauge:
        return self._sockets


class Counted:
    """Middleware that counts every request and websocket."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            with self._metrics.sockets.track_inprogress():
                await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._count(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, started = 500, time.perf_counter()

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self._metrics.open.track_inprogress():
            try:
                await self._app(scope, receive, seen)
            finally:
                self._metrics.answered(scope, status, time.perf_counter() - started)
