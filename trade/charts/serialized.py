"""A figure that is drawn again and again and never changed: put into the browser's form once.

To build a figure takes ten times as long as to send it, and nearly all of that is Plotly checking what we give it.
"""

from __future__ import annotations

import json
from typing import Any

from plotly.basedatatypes import BaseFigure

from trade.charts.theme import Figure


class Finished(BaseFigure):  # type: ignore[misc]
    """Stands where a figure is only shown. It has no parts that could be changed."""

    def __init__(self, figure: Figure) -> None:
        # not BaseFigure's own, which would check all of it again; plain values only, which are fast to write
        object.__setattr__(self, "_finished", json.loads(figure.to_json()))

    def to_dict(self) -> dict[str, Any]:
        """The whole figure as plain values; shared, so never changed."""
        return self._finished  # type: ignore[no-any-return]

    @property
    def height(self) -> int:
        """Of the figure, in pixels; 450, Plotly's own, where the layout names none."""
        return int(self._finished["layout"].get("height") or 450)

    def __repr__(self) -> str:
        return f"Finished({len(self._finished['data'])} traces)"


def zooms(figure: Figure | Finished) -> bool:
    """Whether the figure is a map that can be zoomed: its layout says so in `meta`."""
    meta = figure.to_dict()["layout"].get("meta") if isinstance(figure, Finished) else figure.layout.meta
    return bool((meta or {}).get("zooms"))


def css_height(figure: Figure | Finished) -> str:
    """The height in CSS of a figure whose shape hangs on the width of the screen; empty for all others."""
    meta = figure.to_dict()["layout"].get("meta") if isinstance(figure, Finished) else figure.layout.meta
    return str((meta or {}).get("height") or "")
