"""The one place for colour and type. The tokens below make the figures' template and `.streamlit/config.toml`.

Figures use *live* colours: placeholders that Streamlit's browser code replaces with the colours of the user's theme.
`paint` replaces them with the real colours of one theme, for files outside the browser. Colours are looked up by role,
never given by value:

    figure = theme.figure(height=320)
    figure.add_bar(x=..., y=..., marker_color=theme.colour("export"))

`python -m trade.charts.theme` prints `.streamlit/config.toml`; a test holds the file against it.

The ten series colours of each theme are distinguishable with normal vision, deuteranopia, protanopia and tritanopia
(CIELAB distance of 15 or more, Machado et al. 2009) and have a contrast of 4.5:1 or more against their background, so
they may also be used for text. The test computes both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeAlias

import plotly.graph_objects as go
import tomli_w

from trade.charts.figure import Figure

PlotlyFigure: TypeAlias = go.Figure
"""Plotly's own figure, in real colours, for notebooks. Other packages import the type from here."""

SANS = "'Trade Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
SERIF = "'Trade Serif', 'Songti SC', 'SimSun', 'Noto Serif CJK SC', serif"
FONT_SIZE = 14
"""Font size of figures in pixels: legible on a screen 390 pixels wide."""


@dataclass(frozen=True)
class Palette:
    """One theme's colours. `series` are ten hues by role, `sequential` and `diverging` ten steps each."""

    background: str
    panel: str
    border: str
    grid: str
    text: str
    quiet: str
    """Colour of small print, legible on the background and on a grey pill."""
    accent: str
    series: tuple[str, ...]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]


def _hues(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LIGHT = Palette(
    background="#ffffff",
    panel="#f6f4ef",
    border="#dedad2",
    grid="#e6e3dc",
    text="#111921",
    quiet="#5c6269",
    accent="#0b63c5",
    series=_hues("#0b63c5 #b84b0e #1c4d32 #8d5fa6 #553b03 #350e9a #82025f #018945 #666c73 #111921"),
    sequential=_hues("#e5f0fc #c8dff8 #accef4 #8fbdef #73abe9 #5994d7 #4278b9 #2c5d9c #16447f #012a63"),
    diverging=_hues("#762f06 #93471b #b15f2d #d07940 #f2e2d0 #e0edf8 #5896d9 #3c74b7 #205495 #043574"),
)
DARK = Palette(
    background="#12161c",
    panel="#1b2129",
    border="#39424d",
    grid="#2a323c",
    text="#eef0f3",
    quiet="#aab2b9",
    accent="#6aa5f5",
    series=_hues("#6aa5f5 #f39a5f #5ee0b5 #b878b8 #dcc73a #7f78f2 #de6670 #4ea32a #8e979f #eef0f3"),
    sequential=_hues("#1f2a38 #263b56 #2c4d75 #315f96 #3572b9 #4589d1 #62a3de #82bdeb #a5d6f8 #d0edfe"),
    diverging=_hues("#f9b379 #e59960 #d17f48 #bc662f #423127 #2b3645 #3d82d1 #5d9ee1 #7fb9f0 #a2d4ff"),
)
PALETTES = {"light": LIGHT, "dark": DARK}

# The meaning of series colours. There are more things to show than the ten hues, so only a few have one meaning in all
# charts: exports, imports, rise (and values above zero), fall (below), China, the United States, both flows together,
# the residual. The others only distinguish the labelled parts of one chart. A chart that uses one of the fixed colours
# does not use the same colour for a part; a test checks all charts.
MEANINGS = {
    "export": 7, "import": 3, "rise": 0, "fall": 1, "CHN": 6, "USA": 5, "total": 9, "residual": 8,
}  # fmt: skip
_SAME = {
    "surplus": "rise", "deficit": "fall", "balance": "total", "text": "total", "muted": "residual", "other": "residual",
}  # fmt: skip
PARTS = {
    "continents": {"asia": 2, "africa": 4, "europe": 5, "latin-america": 6, "north-america": 3, "oceania": 7},
    "countries": {"DEU": 2, "FRA": 3, "GBR": 4, "RUS": 0, "JPN": 7, "ARE": 1},
    "entities": {f"series-{number}": hue for number, hue in enumerate((0, 1, 2, 3, 4, 6, 7, 8), start=1)},
    "decomposition": {"volume": 4, "unit-value": 2, "between": 8, "inflow": 2, "outflow": 4, "stated": 4},
    "new three": {"lithium-ion-batteries": 4, "electric-vehicles": 2, "solar-cells": 5},
    "verdicts": {"reproduced": 2, "as-published": 4, "near": 3, "differs": 6, "not-comparable": 5},
}
"""Colours of the parts of charts, distinguishable within each group; a chart uses one group only."""
ROLES = {
    **MEANINGS, **{role: MEANINGS[meaning] for role, meaning in _SAME.items()},
    **{role: hue for group in PARTS.values() for role, hue in group.items()},
}  # fmt: skip


def meaning(role: str) -> str:
    """The meaning of a role's colour: a key of `MEANINGS`, or the role itself if its colour only distinguishes
    parts."""
    return _SAME.get(role, role)


# Streamlit's placeholders: ten series colours, ten sequential, ten diverging, then surfaces.
_SERIES = tuple(f"#0000{number:02d}" for number in range(1, 11))
_SEQUENTIAL = tuple(f"#0000{number:02d}" for number in range(11, 21))
_DIVERGING = tuple(f"#0000{number:02d}" for number in range(21, 31))
_GRID, _BACKGROUND = "#000035", "#000038"


def colour(role: str, alpha: float = 1.0) -> str:
    """The live colour of a role; with `alpha` below 1 translucent, for areas."""
    live = _SERIES[ROLES[role]]
    return live if alpha >= 1 else f"{live}{round(alpha * 255):02x}"


def real_colour(role: str, mode: str = "light") -> str:
    """The colour of a role in one theme as `#rrggbb`, for anything not drawn in the browser."""
    return PALETTES[mode].series[ROLES[role]]


def sequential() -> list[str]:
    """Ten live steps from near the background to far from it, for amounts."""
    return list(_SEQUENTIAL)


def diverging() -> list[str]:
    """Ten live steps from fall (first) to rise (last), for rates around zero."""
    return list(_DIVERGING)


def grid() -> str:
    """The live colour of grid and zero lines."""
    return _GRID


def background() -> str:
    """The live colour behind a figure."""
    return _BACKGROUND


def _axis(**more: object) -> dict:
    muted = {"color": colour("muted"), "size": FONT_SIZE}
    lines = {"gridcolor": _GRID, "tickcolor": _GRID, "zerolinecolor": colour("muted"), "zerolinewidth": 1}
    fixed = {"automargin": True, "fixedrange": True, "tickangle": 0}
    whole = {"exponentformat": "none", "separatethousands": True}  # not Plotly's `150k`: the unit names the step
    return {"tickfont": muted, "title": {"font": muted}, **lines, **fixed, **whole, **more}


def layout() -> dict:
    """The layout shared by all figures. It is set in the figure, not its template: Streamlit overwrites parts of
    templates."""
    font = {"family": SANS, "size": FONT_SIZE, "color": colour("text")}
    return {
        "font": font,
        "colorway": list(_SERIES),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 0, "r": 12, "t": 12, "b": 0, "pad": 4},
        "xaxis": _axis(showgrid=False, zeroline=False, ticks="outside", ticklen=5),
        "yaxis": _axis(showgrid=True, zeroline=True, ticks=""),
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": _BACKGROUND, "bordercolor": colour("muted"), "align": "left", "font": font},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": colour("muted"), "activecolor": colour("text")},
        "bargap": 0.25,
        "separators": ".,",
        "dragmode": False,
    }


def template() -> dict:
    """The template of all figures: without it, Streamlit's own template would set the colours that we leave unset."""
    return {"layout": {"colorway": list(_SERIES), "font": {"family": SANS}}}


def figure(height: int, **more: object) -> Figure:
    """An empty figure of ours, `height` pixels high; `more` are parts of its layout."""
    return Figure(layout={**layout(), "template": template(), "height": height}).update_layout(**more)


def uncrossed() -> dict[str, object]:
    """The look of words that lines behind them do not cross; without padding, which would cover the words beside."""
    return {"bgcolor": background(), "borderpad": 0}


def _live_to_real(palette: Palette) -> dict[str, str]:
    live = (*_SERIES, *_SEQUENTIAL, *_DIVERGING, _GRID, _BACKGROUND)
    real = (*palette.series, *palette.sequential, *palette.diverging, palette.grid, palette.background)
    return dict(zip(live, real, strict=True))


def live_colours() -> list[dict[str, str]]:
    """Each live placeholder with its colour in each theme, for scripts that draw figures themselves."""
    modes = {mode: _live_to_real(palette) for mode, palette in PALETTES.items()}
    return [{"live": live, **{mode: modes[mode][live] for mode in modes}} for live in modes["light"]]


def paint(drawn: Figure, mode: str) -> PlotlyFigure:
    """A copy of a figure in the real colours of the `light` or `dark` theme, for files outside the browser."""
    palette = PALETTES[mode]
    text = drawn.to_json()
    for live, real in _live_to_real(palette).items():
        text = text.replace(live, real)
    painted = go.Figure(json.loads(text))
    return painted.update_layout(paper_bgcolor=palette.background, plot_bgcolor=palette.background)


# Our own names for Source Sans 3 and Source Serif 4: Streamlit writes a family unquoted into its style sheet, where a
# name with a numeral is not valid: the font would be dropped in silence.
FONT_FACES = (
    ("Trade Sans", "source-sans-3-latin-400-normal.woff2", 400),
    ("Trade Sans", "source-sans-3-latin-600-normal.woff2", 600),
    ("Trade Serif", "source-serif-4-latin-600-normal.woff2", 600),
)
_CONFIG_HEAD = """\
# Written by `python -m trade.charts.theme`: change the tokens there, not here.

[server]
enableStaticServing = true
showEmailPrompt = false
# Whoever works on the code and wants pages to follow it: --server.fileWatcherType=auto
fileWatcherType = "none"
# This machine only, unless whoever starts the server says otherwise: --server.address=0.0.0.0
address = "127.0.0.1"
# Megabytes. An upload is held in memory; a workbook of customs has less than one.
maxUploadSize = 50
maxMessageSize = 50
# A chart's words come to a quarter of their size.
enableWebsocketCompression = true
# Answers that pages keep: the one longest unused goes first.
maxCacheDataSize = "200mb"

[browser]
gatherUsageStats = false
# Named, so that the server does not ask another machine for its own address.
serverAddress = "localhost"

[runner]
# Streamlit would search all memory for garbage after every run; Python's own search of what is young is enough.
postScriptGC = false

[global]
# Bytes from which a message that the browser has already is not sent again, but named.
minCachedMessageSize = 1000

[client]
toolbarMode = "minimal"
showErrorDetails = "none"

[logger]
# Where Streamlit's greeting is shown, its pages also offer to install aids for its developers, over our own.
hideWelcomeMessage = true
"""


def _shared_theme() -> dict[str, object]:
    return {
        "font": SANS,
        "headingFont": SERIF,
        "headingFontSizes": ("2.25rem", "1.5rem", "1.25rem", "1.125rem", "1rem", "0.875rem"),
        "headingFontWeights": (600,) * 6,
        "metricValueFontSize": "1.375rem",
        "metricValueFontWeight": 600,
        "baseFontSize": 16,
        "baseRadius": "6px",
        "showSidebarBorder": False,
        "linkUnderline": True,
        "paddingTop": "1.5rem",
    }


def _colours(palette: Palette) -> dict[str, object]:
    rise, fall, muted = palette.series[ROLES["rise"]], palette.series[ROLES["fall"]], palette.series[ROLES["muted"]]
    surfaces = {
        "primaryColor": palette.accent,
        "backgroundColor": palette.background,
        "secondaryBackgroundColor": palette.panel,
        "textColor": palette.text,
        "borderColor": palette.border,
        "linkColor": palette.accent,
    }
    # Green and red are Streamlit's names for gain and loss: here two colours that all users tell apart.
    gains = {"greenColor": rise, "greenTextColor": rise, "redColor": fall, "redTextColor": fall}
    greys = {"grayColor": muted, "grayTextColor": palette.quiet}
    pills = {f"{name}BackgroundColor": palette.panel for name in ("green", "red", "gray")}
    charts = {
        "chartCategoricalColors": palette.series,
        "chartSequentialColors": palette.sequential,
        "chartDivergingColors": palette.diverging,
    }
    return {**surfaces, **gains, **greys, **pills, **charts}


def _sidebar(palette: Palette) -> dict[str, object]:
    return {
        "backgroundColor": palette.panel,
        "secondaryBackgroundColor": palette.background,
        "borderColor": palette.border,
    }


def streamlit_config() -> str:
    """The text of `.streamlit/config.toml`: options with their reasons, which no writer keeps, then the theme."""
    theme = _shared_theme() | {
        "fontFaces": [
            {"family": family, "url": f"app/static/fonts/{file}", "weight": weight, "style": "normal"}
            for family, file, weight in FONT_FACES
        ]
    }
    for mode, palette in PALETTES.items():
        theme[mode] = {**_colours(palette), "sidebar": _sidebar(palette)}
    return f"{_CONFIG_HEAD}\n{tomli_w.dumps({'theme': theme})}"


if __name__ == "__main__":
    print(streamlit_config(), end="")
