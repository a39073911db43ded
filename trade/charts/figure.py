"""A figure as plain values, in the form that Plotly's browser code reads.

Charts build their figures with this class. It has the few methods of `plotly.graph_objects.Figure` that they need,
without validation: validating every value took nine tenths of the time of building a figure. `data`, `layout` and
`frames` return Plotly's own validated objects; a test reads them for every panel.

    figure = Figure(layout={"height": 320})
    figure.add_bar(x=["2024", "2025"], y=frame["value"])
    figure.update_xaxes(nticks=4).update_layout(margin={"t": 36})
    figure.layout.margin.t, figure.data[0].y, figure.to_json()
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import orjson
import pandas as pd
import plotly.graph_objects as go

Values = dict[str, Any]
_WHOLE_NUMBERS = ("int8", "int16", "int32")
_PACKED = {
    "int8": "i1", "int16": "i2", "int32": "i4", "uint8": "u1", "uint16": "u2", "uint32": "u4",
    "float32": "f4", "float64": "f8",
}  # fmt: skip
"""The browser's names for the kinds of numbers that it reads as bytes."""


class Figure:
    """Traces, layout and frames. Values may be numbers, texts, lists, dictionaries, arrays and series of pandas.

    Methods that change the figure return it. Nested dictionaries are merged with the existing ones; None removes a
    value.
    """

    def __init__(self, layout: Mapping[str, Any], data: Iterable[Values] = (), frames: Iterable[Values] = ()) -> None:
        self._layout: Values = _joined({}, layout)
        self._traces: list[Values] = [_joined({}, one) for one in data]
        self._frames: list[Values] = [_joined({}, one) for one in frames]
        self._checked: go.Figure | None = None

    def add_bar(self, **values: Any) -> Figure:
        """Add bars."""
        return self._add("bar", values)

    def add_scatter(self, **values: Any) -> Figure:
        """Add a line or dots."""
        return self._add("scatter", values)

    def add_scattergeo(self, **values: Any) -> Figure:
        """Add dots on a map."""
        return self._add("scattergeo", values)

    def add_choropleth(self, **values: Any) -> Figure:
        """Add the shaded areas of a map."""
        return self._add("choropleth", values)

    def add_heatmap(self, **values: Any) -> Figure:
        """Add a grid of shaded cells."""
        return self._add("heatmap", values)

    def add_treemap(self, **values: Any) -> Figure:
        """Add nested rectangles."""
        return self._add("treemap", values)

    def _add(self, kind: str, values: Mapping[str, Any]) -> Figure:
        self._traces.append(_joined({}, values) | {"type": kind})
        return self._changed()

    def add_frame(self, **values: Any) -> Figure:
        """Add a state that a slider or a button leads to: Plotly's `frame`, its traces with their type."""
        self._frames.append(_joined({}, values))
        return self._changed()

    def add_annotations(self, annotations: Iterable[Mapping[str, Any]]) -> Figure:
        """Add texts on the plot, each a `layout.annotation`."""
        return self._extend("annotations", annotations)

    def add_annotation(self, **values: Any) -> Figure:
        """Add a text on the plot."""
        return self._extend("annotations", [values])

    def add_shapes(self, shapes: Iterable[Mapping[str, Any]]) -> Figure:
        """Add lines and areas on the plot, each a `layout.shape`."""
        return self._extend("shapes", shapes)

    def add_shape(self, **values: Any) -> Figure:
        """Add a line or an area on the plot."""
        return self._extend("shapes", [values])

    def _extend(self, kind: str, values: Iterable[Mapping[str, Any]]) -> Figure:
        self._layout[kind] = [*self._layout.get(kind, ()), *(_joined({}, one) for one in values)]
        return self._changed()

    def add_hline(self, y: Any, yref: str = "y", **look: Any) -> Figure:
        """Add a line across the whole panel, at a value of its axis `yref`."""
        return self.add_shape(type="line", x0=0, x1=1, xref="x domain", y0=y, y1=y, yref=yref, **look)

    def add_hrect(self, y0: Any, y1: Any, yref: str = "y", **look: Any) -> Figure:
        """Add an area across the whole panel, between two values of its axis `yref`."""
        return self.add_shape(type="rect", x0=0, x1=1, xref="x domain", y0=y0, y1=y1, yref=yref, **look)

    def add_vline(self, x: Any, **look: Any) -> Figure:
        """Add a line from the bottom of the panel to its top."""
        return self.add_shape(type="line", x0=x, x1=x, xref="x", y0=0, y1=1, yref="y domain", **look)

    def update_layout(self, **values: Any) -> Figure:
        """Join values with the layout; a list takes the place of the former one."""
        self._layout = _joined(self._layout, values)
        return self._changed()

    def update_xaxes(self, **values: Any) -> Figure:
        """Join values with every horizontal axis that the layout has."""
        return self._update_axes("xaxis", values)

    def update_yaxes(self, **values: Any) -> Figure:
        """Join values with every vertical axis that the layout has."""
        return self._update_axes("yaxis", values)

    def _update_axes(self, kind: str, values: Mapping[str, Any]) -> Figure:
        return self.update_layout(**{name: values for name in self._layout if name.startswith(kind)})

    def update_annotations(self, only: int | None = None, **values: Any) -> Figure:
        """Join values with every annotation, or with the one at a place."""
        each = enumerate(self._layout.get("annotations", ()))
        updated = [_joined(one, values) if only in (None, at) else one for at, one in each]
        return self.update_layout(annotations=updated)

    def update_traces(self, selector: Mapping[str, Any], **values: Any) -> Figure:
        """Join values with every trace that has all values of the selector."""
        fits = [selector.items() <= {name: one.get(name) for name in selector}.items() for one in self._traces]
        self._traces = [_joined(one, values) if fit else one for one, fit in zip(self._traces, fits, strict=True)]
        return self._changed()

    def update_trace(self, at: int, **values: Any) -> Figure:
        """Join values with the trace at a place."""
        self._traces[at] = _joined(self._traces[at], values)
        return self._changed()

    @property
    def traces(self) -> tuple[Values, ...]:
        """The traces as plain values, for reading."""
        return tuple(self._traces)

    @property
    def annotations(self) -> tuple[Values, ...]:
        """The annotations as plain values, for reading."""
        return tuple(self._layout.get("annotations", ()))

    def _changed(self) -> Figure:
        self._checked = None
        return self

    def plotly(self) -> go.Figure:
        """A new figure of Plotly's, all its values checked.

        Raises:
            ValueError: a value or a name is none of Plotly's.
        """
        return go.Figure(self._parts())

    @property
    def data(self) -> tuple[Any, ...]:
        """The traces as Plotly's checked objects, for reading."""
        return tuple(self._read().data)

    @property
    def layout(self) -> go.Layout:
        """The layout as Plotly's checked object, for reading."""
        return self._read().layout

    @property
    def frames(self) -> tuple[go.Frame, ...]:
        """The frames as Plotly's checked objects, for reading."""
        return tuple(self._read().frames)

    def _read(self) -> go.Figure:
        self._checked = self._checked or self.plotly()
        return self._checked

    @property
    def height(self) -> int:
        """Of the whole figure, in pixels."""
        return int(self._layout["height"])

    def to_dict(self) -> Values:
        """All of it as values of JSON: arrays of numbers packed as Plotly packs them, missing numbers None."""
        return orjson.loads(self._written())  # type: ignore[no-any-return]

    def to_json(self) -> str:
        """The same as text."""
        return self._written().decode()

    def _written(self) -> bytes:
        return orjson.dumps(self._parts(), default=_packed, option=orjson.OPT_NON_STR_KEYS)

    def _parts(self) -> Values:
        parts = {"data": self._traces, "layout": self._layout}
        return parts | {"frames": self._frames} if self._frames else parts


def _joined(there: Mapping[str, Any], values: Mapping[str, Any]) -> Values:
    """A new dictionary: `there` with `values`, nested dictionaries joined likewise."""
    joined = dict(there)
    for name, value in values.items():
        if value is None:
            joined.pop(name, None)
        elif isinstance(value, Mapping):
            former = joined.get(name)
            joined[name] = _joined(former if isinstance(former, Mapping) else {}, value)
        else:
            joined[name] = value
    return joined


def _packed(value: Any) -> Any:
    """What JSON has no form for: arrays of numbers as bytes, other arrays as lists, a number of numpy's as Python's."""
    if isinstance(value, pd.Series | pd.Index):
        return _array(value.to_numpy())
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _array(values: np.ndarray) -> Any:
    """Numbers as bytes, whole ones in the fewest that hold them; what the browser cannot read so as a list."""
    if values.dtype.kind == "i" and values.size:
        most = max(-1 - int(values.min()), int(values.max()))
        values = values.astype(next((kind for kind in _WHOLE_NUMBERS if most <= np.iinfo(kind).max), values.dtype))
    code = _PACKED.get(values.dtype.name)
    if code is None or not values.size:
        return list(values.tolist())
    packed = {"dtype": code, "bdata": base64.b64encode(values.tobytes()).decode("ascii")}
    return packed | ({"shape": ", ".join(map(str, values.shape))} if values.ndim > 1 else {})
