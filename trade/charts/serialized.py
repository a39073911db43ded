"""A figure that is shown many times and never changed: serialized for the browser only once."""

from __future__ import annotations

from typing import Any

from plotly.basedatatypes import BaseFigure

from trade.charts.figure import Figure


class Finished(BaseFigure):  # type: ignore[misc]
    """A read-only figure for display. Streamlit accepts it as a Plotly figure; it has no parts to change."""

    def __init__(self, figure: Figure) -> None:
        # BaseFigure's own constructor, which validates everything, is not called
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
        """The CSS height of a figure whose height depends on the screen's width (a map); empty for all others."""
        return str(self._meta.get("height") or "")

    @property
    def zooms(self) -> bool:
        """Whether the figure is a map that can be zoomed: its layout says so in `meta`."""
        return bool(self._meta.get("zooms"))

    @property
    def _meta(self) -> dict[str, Any]:
        return self._finished["layout"].get("meta") or {}
