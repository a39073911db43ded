"""The MCP server: tools and resources over stdio, or over streamable HTTP on this machine only."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ToolError
from mcp.types import ToolAnnotations

from trade.api.concurrency import Limiter
from trade.api.routes import AT_ONCE, WAITING
from trade.errors import TradeError
from trade.mcp import tools
from trade.mcp.tools import ROWS, Envelope
from trade.text.catalog import SOURCE
from trade.version import __version__

LOOPBACK = "127.0.0.1"
Values = dict[str, str | int | float | bool]
_ABOUT = """China's goods trade from sourced figures: what grew, where to, by how many points, and whether a sentence
about it is right. Every answer is an envelope: `data`, `unit`, `period`, `quality` (reported, derived, implied,
converted, estimated or mirror) and `citation` with sources, terms, vintage and store version. Cite `citation.sources`
with every figure you give, and say the quality where it is not `reported`. Begin with `search` or `list_measures`;
`period` may be a year (2025) or a month (2026-07); economies may be named by ISO code or name."""
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False, idempotent_hint=True)


def server() -> MCPServer:
    """The server with its tools and resources."""
    limiter = Limiter(AT_ONCE, WAITING)
    mcp_server = MCPServer(
        "china-trade", title="China trade dashboard", instructions=_ABOUT, version=__version__, log_level="WARNING"
    )

    async def answer(work: Callable[[], Envelope], lang: str = SOURCE) -> Envelope:
        """Run a tool off the event loop, a few at once as in the HTTP API; a user's mistake becomes a ToolError."""
        try:
            return await limiter.run(work)
        except TradeError as error:
            raise ToolError(error.text(lang)) from None

    @mcp_server.tool(annotations=_READS)
    async def list_measures(lang: str = SOURCE) -> dict[str, Any]:
        """List what can be measured: id, title, unit, definition, names of parameters. `lang` is en or zh."""
        return await answer(partial(tools.list_measures, lang), lang)

    @mcp_server.tool(annotations=_READS)
    async def run_measure(
        measure: str, parameters: Values | None = None, rows: int = ROWS, lang: str = SOURCE
    ) -> dict[str, Any]:
        """Run a measure. `parameters` as the resource trade://measures/{id} declares them, such as {"flow": "export",
        "period": 2025}; what is left out has its default. `sentence` says the result in words."""
        return await answer(partial(tools.run_measure, measure, parameters or {}, rows, lang), lang)

    @mcp_server.tool(annotations=_READS)
    async def check_claim(claim: str, lang: str = SOURCE) -> dict[str, Any]:
        """Check a sentence about China's trade, English or Chinese: right, close, other_definition, wrong,
        cannot_be_checked or not_understood, with the figures that decide."""
        return await answer(partial(tools.check_claim, claim, lang), lang)

    @mcp_server.tool(annotations=_READS)
    async def list_charts(lang: str = SOURCE) -> dict[str, Any]:
        """List the charts of all pages: id, title, measure, names of their choices."""
        return await answer(partial(tools.list_charts, lang), lang)

    @mcp_server.tool(annotations=_READS)
    async def get_chart(
        chart: str, choices: Values | None = None, figure: bool = False, rows: int = ROWS, lang: str = SOURCE
    ) -> dict[str, Any]:
        """Draw a chart, such as growth/levels with {"flow": "total"}: headline, takeaway, notes, the rows drawn; with
        `figure` the Plotly figure too."""
        return await answer(partial(tools.get_chart, chart, choices or {}, figure, rows, lang), lang)

    @mcp_server.tool(annotations=_READS)
    async def search(words: str, lang: str = SOURCE) -> dict[str, Any]:
        """Find measures, charts, economies, groups, goods, sources and official statements by words."""
        return await answer(partial(tools.search, words, lang), lang)

    @mcp_server.tool(annotations=_READS)
    async def run_sql(query: str, rows: int = ROWS) -> dict[str, Any]:
        """Run an SQL query on the store (DuckDB): one statement that only reads, with limits of time, memory and rows.

        The resource trade://schema lists tables and columns; select `source_id` to have the sources cited."""
        return await answer(partial(tools.run_query, query, rows))

    _add_resources(mcp_server, limiter)
    return mcp_server


def _add_resources(mcp_server: MCPServer, limiter: Limiter) -> None:
    async def read(work: Callable[[], Envelope]) -> str:
        try:
            return json.dumps(await limiter.run(work), ensure_ascii=False)
        except TradeError as error:
            raise ResourceError(str(error)) from None

    @mcp_server.resource("trade://sources", mime_type="application/json")
    async def sources() -> str:
        """Every source: producer, title, address, day of publication, terms."""
        return await read(tools.sources)

    @mcp_server.resource("trade://sources/{source_id}", mime_type="application/json")
    async def one_source(source_id: str) -> str:
        """One source."""
        return await read(partial(tools.one_source, source_id))

    @mcp_server.resource("trade://measures/{measure}", mime_type="application/json")
    async def definition(measure: str) -> str:
        """A measure's definition, formula, reference, caveats and parameters."""
        return await read(partial(tools.definition, measure, SOURCE))

    @mcp_server.resource("trade://schema", mime_type="application/json")
    async def schema() -> str:
        """Tables and columns that SQL can ask, with their meaning."""
        return await read(tools.schema)


def serve(http: bool, port: int) -> None:
    """Serve until the client disconnects (stdio) or the process ends (HTTP, on this machine only, under /mcp)."""
    if http:
        server().run("streamable-http", host=LOOPBACK, port=port)
    else:
        server().run("stdio")
