"""A figure that is drawn again and again and never changed: put into the browser's form once."""

from __future__ import annotations

from typing import Any

from plotly.basedatatypes import BaseFigure

from trade.charts.figure import Figure


class Finished(BaseFigure):  # type: ignore[misc]
    """Stands where a figure is only shown. Streamlit takes it as Plotly's; it has no parts that could be changed."""

    def __init__(self, figure: Figure) -> None:
        # not BaseFigure's own, which would check all of it
        object.__setattr__(self, "_finished", figure.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """The whole figure as plain values; shared, so never changed."""
        return self._finished  # type: ignore[no-any-return]

    @property
    def height(self) -> int:
        """Of the figure, in pixels; 450, Plotly's own, where the layout names none."""
        return int(self._finished["layout"].get("height") or 450)

    def __repr__(self) -> str:
        return f"Finished({len(self._finished['data'])} traces)"

    @property
    def css_height(self) -> str:
        """The height in CSS of a figure whose shape hangs on the width of the screen; empty for all others."""
        return str(self._meta.get("height") or "")

    @property
    def zooms(self) -> bool:
        """Whether the figure is a map that can be zoomed: its layout says so in `meta`."""
        return bool(self._meta.get("zooms"))

    @property
    def _meta(self) -> dict[str, Any]:
        return self._finished["layout"].get("meta") or {}
