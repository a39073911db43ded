"""`trade mcp`: serve the tools of an assistant (Model Context Protocol)."""

from __future__ import annotations

from typing import Annotated

import typer

from trade.extras import require_extra


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Streamable HTTP on this machine instead of stdio.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="With --http: the port; the path is /mcp.")] = 8502,
) -> None:
    """Serve measures, charts, claims and SQL to an assistant (Model Context Protocol)."""
    with require_extra("mcp", "trade mcp"):
        from trade.mcp.server import serve
    serve(http, port)
