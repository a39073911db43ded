"""Assets of a self-contained page: figures in the colours of one theme, the drawing library, the world's outlines.

Nothing is fetched over the network: library and outlines are inlined into the page.
"""

from __future__ import annotations

import json
from functools import cache

from trade.charts import theme
from trade.charts.figure import Figure
from trade.paths import PLOTLY, PROJECT

WORLD = PROJECT / "static" / "topojson" / "world_50m.json"
MAPS = ("choropleth", "scattergeo")


@cache
def library() -> str:
    """The drawing library, as a script."""
    return PLOTLY.read_text(encoding="utf-8")


@cache
def world() -> str:
    """A script that sets the global variable in which the library looks for map outlines before it fetches them."""
    shapes = json.dumps(json.loads(WORLD.read_text(encoding="utf-8")), separators=(",", ":"), ensure_ascii=False)
    return f"window.PlotlyGeoAssets = {{topojson: {{{WORLD.stem}: {shapes}}}}};"


def is_map(figure: Figure) -> bool:
    """Whether the figure needs the outlines."""
    return any(trace["type"] in MAPS for trace in figure.to_dict()["data"])


def as_json(figure: Figure, mode: str = "light") -> str:
    """Data, layout and frames as JSON that may stand inside a script, in the colours of a theme."""
    painted = str(theme.paint(figure, mode).to_json())
    return painted.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
