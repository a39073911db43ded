"""A small HTTP API in the same process as the pages, and the checks in front of both. docs/api.md describes it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from trade import settings
from trade.api.browser_scripts import FOLDER, BrowserScripts
from trade.api.chart_script import streamlit_files
from trade.api.compressed_files import Compression
from trade.api.metrics import Counted, Gauges, Metrics
from trade.api.request_guard import HostGuard
from trade.api.routes import routes as _routes
from trade.api.security_headers import Headers
from trade.api.upload_limits import Uploaded, Uploads
from trade.errors import TradeError
from trade.paths import PROJECT

__all__ = ["Service", "service"]

STATIC = {
    "/static": streamlit_files() / "static",
    "/app/static": PROJECT / "static",
}
"""Folders of files that never change while the server runs, by the path they are served under."""


class Service:
    """What a server needs besides Streamlit: `routes` and `middleware`, for `st.App`.

    Args:
        first: the page that stands at the root. gauges: further numbers for /api/metrics.
        base: Streamlit's `server.baseUrlPath`. uploaded: bytes of uploaded files by session.
        scripts: those of the pages' components, by name.

    Raises:
        BadParameter: a setting in the environment is wrong.
    """

    def __init__(
        self,
        first: str,
        gauges: Gauges = dict,
        base: str | None = "",
        uploaded: Uploaded = dict,
        scripts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        settings.check()
        prefix = f"/{base.strip('/')}" if base and base.strip("/") else ""
        metrics = Metrics(gauges, prefix)
        pages = sorted(path.stem for path in (PROJECT / "pages").glob("*.py"))
        scripts_path = f"{prefix}/{FOLDER}/{{name}}.{{mark}}.js"
        self.routes: list[BaseRoute] = [
            *_routes(metrics, pages, first, prefix),
            Route(scripts_path, BrowserScripts(scripts).respond),
        ]
        self.middleware = [
            Middleware(Headers, prefix=prefix),
            Middleware(Counted, metrics=metrics),
            Middleware(HostGuard),
            Middleware(Uploads, uploaded=uploaded, prefix=prefix),
            Middleware(Compression, folders=STATIC, prefix=prefix),
        ]


def service(
    first: str,
    gauges: Gauges,
    base: str | None,
    uploaded: Uploaded = dict,
    scripts: Mapping[str, str] = MappingProxyType({}),
) -> Service:
    """The same for a server that starts: a wrong setting ends it with the sentence, not with a trace."""
    try:
        return Service(first, gauges, base, uploaded, scripts)
    except TradeError as error:
        raise SystemExit(str(error)) from None
