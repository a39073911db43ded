"""Draw a map without a browser: as SVG, and as PNG for programs that do not support SVG.

The picture has the figure's shapes and circles over the dashboard's outlines, in the figure's projection (natural
earth) and window. It contains no text: the legend is returned separately.
"""

from __future__ import annotations

import base64
import io
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from trade.charts import theme
from trade.charts.figure import Figure
from trade.paths import PROJECT

_WORLD = PROJECT / "static" / "topojson" / "world_50m.json"
WIDTH = 1000
"""Width of the picture in its own units; the PNG has `SHARP` pixels per unit."""
SHARP, SMOOTH = 2, 2
STEP = 0.8
"""Points of an outline closer than this, in the picture's units, are merged."""
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class MapPicture:
    """The picture in both forms with its size, and what its colours mean: pairs of colour and words."""

    svg: bytes
    png: bytes
    width: int
    height: int
    legend: tuple[tuple[str, str], ...]


def picture(figure: Figure) -> MapPicture:
    """The map of a figure whose traces are shapes of countries and circles."""
    drawn = json.loads(theme.paint(figure, "light").to_json())
    window = _window(drawn["layout"]["geo"])
    shapes = {code: _solid(colour) for code, colour in _shapes(drawn["data"])}
    circles = [(lon, lat, size, _solid(colour)) for lon, lat, size, colour in _circles(drawn["data"])]
    height = math.ceil(window.placed(window.middle, window.south)[1])
    legend = tuple((_solid(colour), words) for colour, words in _legend(drawn))
    return MapPicture(
        _svg(window, shapes, circles, height), _png(window, shapes, circles, height), WIDTH, height, legend
    )


# --- reading the figure


def _shapes(traces: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Code and colour of each country with a value."""
    for trace in traces:
        if trace["type"] != "choropleth":
            continue
        low, high = trace.get("zmin", 0.0), trace.get("zmax", 1.0)
        for code, value in zip(_numbers(trace["locations"]), _numbers(trace["z"]), strict=True):
            if value is not None and value == value:
                yield str(code), _of_scale(trace["colorscale"], (float(value) - low) / (high - low or 1.0))


def _circles(traces: Iterable[dict[str, Any]]) -> Iterator[tuple[float, float, float, str]]:
    """Longitude, latitude, diameter in pixels of the screen, and colour of each circle."""
    for trace in traces:
        if trace["type"] != "scattergeo" or "markers" not in trace.get("mode", "markers"):
            continue
        marker, places = trace["marker"], list(zip(_numbers(trace["lon"]), _numbers(trace["lat"]), strict=True))
        sizes, colours = _each(marker.get("size", 8), places), _each(marker.get("color"), places)
        for (lon, lat), size, colour in zip(places, sizes, colours, strict=True):
            if lon is None or lat is None:
                continue
            if isinstance(colour, int | float):
                low, high = marker.get("cmin", 0.0), marker.get("cmax", 1.0)
                colour = _of_scale(marker["colorscale"], (float(colour) - low) / (high - low or 1.0))
            if colour and not str(colour).startswith("rgba(0,0,0,0"):
                yield float(lon), float(lat), float(size), str(colour)


def _numbers(values: Any) -> list[Any]:
    """Decode a list as Plotly writes it: plain, or packed as base64."""
    if isinstance(values, dict):
        packed = np.frombuffer(base64.b64decode(values["bdata"]), dtype=np.dtype(values["dtype"]))
        return [None if value != value else value.item() for value in packed]
    return list(values)


def _each(value: Any, places: list[Any]) -> list[Any]:
    """One value for each place."""
    return _numbers(value) if isinstance(value, list | dict) else [value] * len(places)


def _of_scale(scale: list[list[Any]], share: float) -> str:
    """The colour at `share` (0 to 1) of a stepped colour scale."""
    share = min(max(share, 0.0), 1.0)
    return str(next((colour for edge, colour in reversed(scale[:-1]) if share >= edge), scale[0][1]))


def _legend(drawn: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Colours with their words: from legend entries, or from the colour bar's ends and middle."""
    for trace in drawn["data"]:
        if trace["type"] == "scattergeo" and trace.get("showlegend"):
            yield str(trace["marker"]["color"]), str(trace["name"])
    words = [
        str(note["text"])
        for note in drawn["layout"].get("annotations", ())
        if "xshift" in note and note.get("x") == 0.5
    ]
    marked = [trace.get("marker", {}) for trace in drawn["data"] if trace.get("marker", {}).get("showscale")]
    shaded = [trace for trace in drawn["data"] if "colorscale" in trace and trace.get("showscale", True)]
    if words and (marked or shaded):
        scale = [*marked, *shaded][0]["colorscale"]
        for at, text in enumerate(words):
            yield _of_scale(scale, at / (len(words) - 1)), text


# --- the world


@dataclass(frozen=True)
class Window:
    """The part of the world that is shown, in degrees."""

    west: float
    east: float
    south: float
    north: float

    @property
    def middle(self) -> float:
        """The meridian in the middle."""
        return (self.west + self.east) / 2

    def projected(self, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
        """Natural earth (Šavrič et al. 2011), on the picture."""
        x, y = _natural_earth((lons - self.middle + 540) % 360 - 180, lats)
        half, top = self._half, self._top
        unit = WIDTH / (2 * half)
        return (x + half) * unit, (top - y) * unit

    def placed(self, lon: float, lat: float) -> tuple[float, float]:
        """A point on the picture."""
        x, y = self.projected(np.array([lon]), np.array([lat]))
        return float(x[0]), float(y[0])

    @property
    def _half(self) -> float:
        """Half the width of the window where it is widest."""
        widest = min(max(0.0, self.south), self.north)
        x, _ = _natural_earth(np.array([(self.east - self.west) / 2]), np.array([widest]))
        return float(x[0])

    @property
    def _top(self) -> float:
        _, y = _natural_earth(np.array([0.0]), np.array([self.north]))
        return float(y[0])


def _window(geo: dict[str, Any]) -> Window:
    west, east = map(float, geo["lonaxis"]["range"])
    south, north = map(float, geo["lataxis"]["range"])
    return Window(west, east, south, north)


def _natural_earth(turned: Floats, latitudes: Floats) -> tuple[Floats, Floats]:
    """The projection of degrees from the middle and degrees of latitude, in radii of the earth."""
    lam, phi = np.radians(turned), np.radians(latitudes)
    two = phi * phi
    four = two * two
    x = lam * (0.8707 - 0.131979 * two + four * (-0.013791 + four * (0.003971 * two - 0.001529 * four)))
    y = phi * (1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four)))
    return x, y


@cache
def _outlines() -> dict[str, list[Floats]]:
    """The rings of each country, in degrees."""
    world = json.loads(_WORLD.read_text(encoding="utf-8"))
    scale, shift = np.array(world["transform"]["scale"]), np.array(world["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in world["arcs"]]
    countries: dict[str, list[Floats]] = {}
    for shape in world["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        rings = [_ring(arcs, ring) for polygon in polygons for ring in polygon]
        countries.setdefault(str(shape.get("id", "")), []).extend(rings)
    return countries


def _ring(arcs: list[Floats], numbers: list[int]) -> Floats:
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate(parts)


@cache
def _countries(window: Window) -> dict[str, list[Floats]]:
    """The rings of each country on the picture of a window."""
    placed = {
        code: [ring for ring in (_on_picture(window, ring) for ring in rings) if len(ring) > 2]
        for code, rings in _outlines().items()
    }
    return {code: rings for code, rings in placed.items() if rings}


def _on_picture(window: Window, ring: Floats) -> Floats:
    """A ring in picture coordinates, without points closer than `STEP`; empty if outside the window."""
    lons, lats = ring[:, 0], ring[:, 1]
    turned = (lons - window.middle + 540) % 360 - 180
    if np.ptp(turned) > 180:  # it crosses the meridian opposite the middle: move it to the side where most of it lies
        side = np.sign(np.median(turned))
        turned = np.where(turned * side < 0, side * 179.9, turned)
    half = (window.east - window.west) / 2
    if lats.max() < window.south or lats.min() > window.north or turned.min() > half or turned.max() < -half:
        return np.empty((0, 2))
    south = window.south if window.south <= _WHOLE_SOUTH else -90.0
    x, y = window.projected(turned + window.middle, np.clip(lats, south, 90.0))
    chosen = [0]
    for at in range(1, len(x)):
        if math.hypot(x[at] - x[chosen[-1]], y[at] - y[chosen[-1]]) >= STEP:
            chosen.append(at)
    return np.column_stack([x, y])[chosen]


_WHOLE_SOUTH = -57.0
"""The southern edge of the maps of the whole world: Antarctica is not on them."""


# --- the two forms

_SCREEN = 900
"""Pixels that a map is wide on the screen whose circles the figure gives."""


def _svg(window: Window, shapes: dict[str, str], circles: list[tuple[float, float, float, str]], height: int) -> bytes:
    land, edge = theme.LIGHT.grid, theme.LIGHT.background
    parts = [
        f'<path d="{"".join(map(_outline, rings))}" fill="{shapes.get(code, land)}" stroke="{edge}" '
        f'stroke-width="0.5" fill-rule="evenodd"/>'
        for code, rings in _countries(window).items()
    ]
    for lon, lat, size, colour in circles:
        x, y = window.placed(lon, lat)
        radius = size / 2 * WIDTH / _SCREEN
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" stroke="{edge}"/>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
    return (head + "".join(parts) + "</svg>").encode()


def _outline(ring: Floats) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z"


def _png(window: Window, shapes: dict[str, str], circles: list[tuple[float, float, float, str]], height: int) -> bytes:
    grain = SHARP * SMOOTH
    image = Image.new("RGB", (WIDTH * grain, height * grain), theme.LIGHT.background)
    pen = ImageDraw.Draw(image)
    for code, rings in _countries(window).items():
        for ring in rings:
            colour = shapes.get(code, theme.LIGHT.grid)
            pen.polygon([(x * grain, y * grain) for x, y in ring], fill=colour, outline=theme.LIGHT.background)
    for lon, lat, size, colour in circles:
        x, y = window.placed(lon, lat)
        radius = size / 2 * WIDTH / _SCREEN
        box = [(at + side * radius) * grain for side in (-1, 1) for at in (x, y)]
        pen.ellipse(box, fill=colour, outline=theme.LIGHT.background, width=grain)
    small = image.resize((WIDTH * SHARP, height * SHARP), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "PNG", dpi=(96 * SHARP, 96 * SHARP))
    return buffer.getvalue()


def _solid(colour: str) -> str:
    """A colour as it looks on the background: what is half clear is mixed with it."""
    if colour.startswith("#"):
        parts = [float(int(colour[at : at + 2], 16)) for at in range(1, len(colour), 2)]
        share = parts[3] / 255 if len(parts) > 3 else 1.0
    else:
        parts = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")]
        share = parts[3] if len(parts) > 3 else 1.0
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in parts[:3])
