"""Scale all pixel sizes of a figure for presentation; grey words take the colour of text."""

from __future__ import annotations

from typing import Any

from trade.charts import theme
from trade.charts.figure import Figure

_PIXELS = ("xshift", "yshift", "ax", "ay", "ticklen", "standoff", "borderpad", "thickness", "height")
_SIDES = ("l", "r", "t", "b", "pad")
_REFERENCES = {"ax": "axref", "ay": "ayref"}
"""The tail of an arrow is pixels from its head unless it names an axis: then it is data."""


def large(figure: Figure, factor: float, share: int) -> Figure:
    """The figure, `factor` times as large as drawn, and as high as `share` hundredths of the screen if that can be.

    The height is CSS, as that of maps is (`layout.meta`): not less than drawn, nor more than grown. A map, which is as
    wide as the screen, may be as high as it is given.
    """
    drawn = figure.to_dict()
    grown = Figure(**_grown(drawn, factor, ""))
    if drawn["layout"].get("meta", {}).get("height"):
        height = f"min({share}vh, 56vw)"
    else:
        height = f"clamp({figure.height}px, {share}vh, {grown.height}px)"
    return grown.update_layout(meta={"height": height})


def _grown(part: Any, factor: float, name: str) -> Any:
    """A part of a figure that stands under `name`."""
    if isinstance(part, dict):
        return {key: _entry(key, value, factor, part, name) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_grown(one, factor, name) for one in part]
    return part


def _entry(key: str, value: Any, factor: float, part: dict[str, Any], parent: str) -> Any:
    if part.get(_REFERENCES.get(key, ""), "pixel") != "pixel":
        return value
    if key == "color" and parent.endswith("font") and value == theme.colour("muted"):
        return theme.colour("text")
    measured = (
        key in _PIXELS
        or (key in _SIDES and parent == "margin")
        or (key == "size" and (parent.endswith("font") or parent == "marker"))
        or (key == "width" and parent == "line")
    )
    return _times(value, factor) if measured else _grown(value, factor, key)


def _times(value: Any, factor: float) -> Any:
    """A number, or each of several, grown. What is no number (a height in CSS) stays."""
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, dict):  # plotly's packed form of an array
        return value
    return [_times(one, factor) for one in value] if hasattr(value, "__len__") else value * factor
