"""How is growth spread over the markets? A beeswarm of all markets: x is growth, size is value, a row per continent.

Frames hold one row per market: `market`, `name_en`, `name_zh`, `customs_continent`, `value`, `share_pct`, `rank` and
the growth `rate_pct`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Mark, Plot, Plots, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout.row_axis import name_of
from trade.text import formats

CAP = 60.0
"""Growth beyond this many per cent is drawn as a triangle at the edge: from a tiny base a market may grow by
thousands."""
LARGEST, SMALLEST = 46.0, 4.0
"""Diameters in pixels of the largest circle and of the smallest that is still visible."""
DRAWN_WIDTH = 640.0
"""Width for which the circles are laid out, in pixels."""
WIDTHS = (330.0, 640.0, 1040.0)
"""Figure widths in pixels at which labels must not overlap; at the wider two they must not cover circles either."""
HEADING, GAP = 24.0, 22.0
LINE_HEIGHT, LETTER = 16.0, 6.4
LABELS = 10
ASIDE = (0.0, -45.0, 45.0, -80.0, 80.0)
"""Horizontal offsets of a label from its circle, in pixels."""
CONTINENTS = ("asia", "africa", "europe", "latin-america", "north-america", "oceania")


@dataclass(frozen=True)
class Circle:
    """A circle in pixels: `x` from zero growth, `y` upwards from the middle of its row."""

    x: float
    y: float
    radius: float


def _whole_only(_frame: pd.DataFrame, context: Context, whole: float | None = None) -> Plots:
    """No series, since a slide shows the circles as bubbles; only the line for the growth of all markets together."""
    marks = [] if _is_off(whole) else [Mark(float(whole or 0), _whole_words(whole, context))]
    return (Plot.of("curves", "", (), marks=marks),)


@shows(_whole_only, instead_of="swarm")
def swarm(frame: pd.DataFrame, context: Context, whole: float | None = None) -> Figure:
    """All markets by growth, a row per continent; `whole` is the growth of all together, drawn as a line."""
    rows = laid_out(frame)
    height, tops = float(rows["bottom"].max()), rows.groupby("customs_continent")["top"].first()
    margin = {"l": 4, "r": 4, "t": 28, "b": 0, "pad": 0}
    figure = theme.figure(height=round(height) + 76, margin=margin)
    _lines(figure, whole, context)
    for symbol, part in rows.groupby("symbol"):
        _circles(figure, part, str(symbol), context)
    figure.add_annotations(
        [*(_heading(str(continent), top, context) for continent, top in tops.items()), *labels(rows, context)]
    )
    ticks = [-CAP, -CAP / 2, 0.0, CAP / 2, CAP]
    words = [context.percent(tick, digits=0) for tick in ticks]
    words = [f"≤ {words[0]}", *words[1:-1], f"≥ {words[-1]}"]
    figure.update_xaxes(range=[-CAP * 1.13, CAP * 1.13], tickvals=ticks, ticktext=words, showgrid=True, zeroline=False)
    return figure.update_yaxes(visible=False, range=[height, 0], zeroline=False)


def _heading(continent: str, top: float, context: Context) -> dict:
    """The name of a continent above its row."""
    place = {"x": 0, "xref": "paper", "y": top, "xanchor": "left", "yanchor": "top", "showarrow": False}
    text = f"<b>{context.say(f'scope.continent.{continent}')}</b>"
    return {**place, "text": text, "font": {"color": theme.colour(continent)}}


def count_off_axis(frame: pd.DataFrame) -> int:
    """How many markets are drawn at the edge because their growth is beyond `CAP`."""
    return int((frame["rate_pct"].abs() > CAP).sum())


def laid_out(frame: pd.DataFrame) -> pd.DataFrame:
    """The markets with a growth rate and a continent, with the position and diameter of their circles in pixels.

    Circles of a row do not overlap at `DRAWN_WIDTH`. `y` counts downwards from the top of the figure.
    """
    rows = frame[frame["rate_pct"].notna() & frame["customs_continent"].isin(CONTINENTS) & (frame["value"] > 0)]
    rows = rows.sort_values("value", ascending=False).reset_index(drop=True)
    largest = float(rows["value"].max()) if len(rows) else 1.0
    scale = DRAWN_WIDTH / (2.26 * CAP)
    drawn = rows["rate_pct"].clip(-CAP, CAP)
    diameters = [max(SMALLEST, LARGEST * math.sqrt(value / largest)) for value in rows["value"]]
    symbols = [
        "triangle-right" if rate > CAP else "triangle-left" if rate < -CAP else "circle" for rate in rows["rate_pct"]
    ]
    rows = rows.assign(drawn=drawn, diameter=diameters, symbol=symbols)
    continents, places = rows["customs_continent"].tolist(), list(zip(drawn * scale, diameters, strict=True))
    y, tops, bottoms = (
        [0.0] * len(rows) for _ in range(3)
    )  # plain lists: pandas takes longer to set parts of a column
    top = 0.0
    for continent in CONTINENTS:
        mine = [at for at, own in enumerate(continents) if own == continent]
        if not mine:
            continue
        circles = packed(places[at] for at in mine)
        up, down = (max(side * circle.y + circle.radius for circle in circles) for side in (-1, 1))
        middle = top + HEADING + up
        for at, circle in zip(mine, circles, strict=True):
            y[at], tops[at], bottoms[at] = middle + circle.y, top, middle + down
        top = middle + down + GAP
    return rows.assign(y=y, top=tops, bottom=bottoms)


def packed(circles: Iterable[tuple[float, float]]) -> list[Circle]:
    """Place circles (`x`, diameter) in order, each as near to the middle of the row as the earlier ones allow.

    The search always ends, since there is room beyond the stacked circles.
    """
    placed: list[Circle] = []
    for x, diameter in circles:
        radius = diameter / 2
        close = [circle for circle in placed if abs(circle.x - x) < circle.radius + radius]
        reach = [math.sqrt((circle.radius + radius) ** 2 - (circle.x - x) ** 2) for circle in close]
        filled = [(circle.y - far, circle.y + far) for circle, far in zip(close, reach, strict=True)]
        steps = (sign * step for step in count() for sign in (1.0, -1.0))
        y = next(step for step in steps if not any(low < step < high for low, high in filled))
        placed.append(Circle(x, y, radius))
    return placed


def labels(rows: pd.DataFrame, context: Context) -> list[dict]:
    """Labels, where there is room, for the chosen market, the largest ones, and the large ones with extreme growth."""
    large = rows["rate_pct"][rows["value"] >= rows["value"].sum() / 250].sort_values().index
    chosen = rows.index[rows["market"] == context.chosen]
    candidates = dict.fromkeys([*chosen, *rows.index[:7], *large[:1], *large[-1:], *rows.index[:20]])
    circles, taken = circles_of(rows), list[Box]()
    annotations: list[dict] = []
    for row in rows.loc[list(candidates)].to_dict("records"):
        name = name_of(row, context)
        in_row = circles[row["customs_continent"]]
        box = _free_spot(row, name, in_row, taken) if len(annotations) < LABELS else None
        if box is None:
            continue
        taken.append(box)
        annotations.append(_label(row, f"<b>{name}</b>" if row["market"] == context.chosen else name, box))
    return annotations


Drawn = tuple[float, float, float]
"""A circle as drawn: its growth, and in pixels its height and radius."""


def circles_of(rows: pd.DataFrame) -> dict[str, dict[str, Drawn]]:
    """The circle of each market, by continent."""
    circles: dict[str, dict[str, Drawn]] = {}
    places = zip(rows["drawn"], rows["y"], rows["diameter"] / 2, strict=True)
    for continent, market, place in zip(rows["customs_continent"], rows["market"], places, strict=True):
        circles.setdefault(continent, {})[market] = place
    return circles


@dataclass(frozen=True)
class Box:
    """The position of a label: `drawn` is the growth of its circle, `aside` the offset from it and `y` the height, both
    in pixels; `y` counts downwards."""

    drawn: float
    aside: float
    y: float
    width: float

    def meets(self, other: Box, scale: float) -> bool:
        """Whether two labels overlap."""
        distance = abs((self.drawn - other.drawn) * scale + self.aside - other.aside)
        return distance < (self.width + other.width) / 2 + 4 and abs(self.y - other.y) < LINE_HEIGHT

    def covers(self, circles: Sequence[Drawn], scale: float) -> bool:
        """Whether a circle lies under the label."""
        half, middle = self.width / 2, self.drawn * scale + self.aside
        for x, y, radius in circles:  # a plain loop: it runs some 10,000 times for a figure
            above = abs(y - self.y) - LINE_HEIGHT / 2 + 2
            if above < radius and math.hypot(max(0.0, abs(x * scale - middle) - half), max(0.0, above)) < radius:
                return True
        return False

    def fits(self, scale: float) -> bool:
        """Whether the label stays within the figure."""
        return abs(self.drawn * scale + self.aside) + self.width / 2 < 1.13 * CAP * scale


def _free_spot(row: dict, name: str, in_row: Mapping[str, Drawn], taken: list[Box]) -> Box | None:
    """The nearest free position for a label above or below its circle, straight or aside; None if there is none.

    Positions whose line to the circle crosses no other circle are preferred. `in_row` are the circles of its continent.
    """
    circles = list(in_row.values())
    others = [circle for market, circle in in_row.items() if market != row["market"]]
    scales = [width / (2.26 * CAP) for width in WIDTHS]
    nearest: Box | None = None
    for box in _spots(row, LETTER * len(name)):
        if (
            row["top"] + LINE_HEIGHT <= box.y <= row["bottom"] + GAP - LINE_HEIGHT / 2
            and all(box.fits(scale) for scale in scales)
            and not any(box.meets(other, scale) for other in taken for scale in scales)
            and not any(box.covers(circles, scale) for scale in scales[1:])
        ):
            if not any(_crosses(row, box, others, scale) for scale in scales[1:]):
                return box
            nearest = nearest or box
    return nearest


def _spots(row: dict, width: float) -> list[Box]:
    """Places for a label of this width, the nearest first."""
    radius = row["diameter"] / 2 + LINE_HEIGHT / 2 + 1
    steps = [(side * (radius + 9 * step), aside) for step in range(9) for side in (-1, 1) for aside in ASIDE]
    steps.sort(key=lambda step: abs(step[0]) + 0.7 * abs(step[1]))
    return [Box(float(row["drawn"]), aside, float(row["y"] + rise), width) for rise, aside in steps]


def _crosses(row: dict, box: Box, others: Sequence[Drawn], scale: float) -> bool:
    """Whether the line from the circle to its label meets another circle."""
    end_x, end_y = box.aside, box.y - row["y"]
    length = end_x**2 + end_y**2
    for drawn, height, radius in others:
        x, y = (drawn - row["drawn"]) * scale, height - row["y"]
        along = min(1.0, max(0.0, (x * end_x + y * end_y) / length))
        if math.hypot(x - along * end_x, y - along * end_y) < radius:
            return True
    return False


def _label(row: dict, text: str, box: Box) -> dict:
    """The name, beside its circle, or with a line to its middle."""
    rise = box.y - row["y"]
    place = {"x": row["drawn"], "y": row["y"], "text": text, "font": {"size": 12, "color": theme.colour("text")}}
    if not box.aside and abs(rise) <= row["diameter"] / 2 + LINE_HEIGHT:
        return {**place, "showarrow": False, "yshift": -rise}
    line = {"arrowhead": 6, "arrowsize": 0.6, "arrowwidth": 1, "arrowcolor": theme.colour("text")}
    return {**place, "showarrow": True, "ax": box.aside, "ay": rise, **line}


def _circles(figure: Figure, rows: pd.DataFrame, symbol: str, context: Context) -> None:
    names = [column for column in map(str, rows) if column.startswith("name_")]
    hover_columns = [*names, "share_pct", "rank", "rate_pct", "value"]
    marker = {
        "size": rows["diameter"].clip(lower=7) if symbol != "circle" else rows["diameter"],
        "symbol": symbol,
        "color": [theme.colour(continent) for continent in rows["customs_continent"]],
        "opacity": [1.0 if market == context.chosen else 0.72 for market in rows["market"]],
        "line": {
            "width": [2.0 if market == context.chosen else 0.8 for market in rows["market"]],
            "color": theme.background(),
        },
    }
    figure.add_scatter(
        x=rows["drawn"],
        y=rows["y"],
        mode="markers",
        marker=marker,
        customdata=rows["market"],
        hovertext=[_hover_text(row, context) for row in rows[hover_columns].to_dict("records")],
        hoverinfo="text",
        cliponaxis=False,
        unselected={"marker": {"opacity": 0.72}},
    )


def _lines(figure: Figure, whole: float | None, context: Context) -> None:
    """Zero growth, and the growth of all markets together."""
    figure.add_vline(x=0, line={"color": theme.colour("muted"), "width": 1.2}, layer="below")
    if whole is None or _is_off(whole):
        return
    figure.add_vline(x=whole, line={"color": theme.colour("text"), "width": 1.2, "dash": "dot"}, layer="below")
    side = "left" if whole >= 0 else "right"
    place = {"x": whole, "y": 1, "yref": "paper", "xanchor": side, "yanchor": "bottom", "yshift": 4}
    figure.add_annotation(text=_whole_words(whole, context), showarrow=False, **place)


def _is_off(whole: float | None) -> bool:
    """Whether the growth of all markets is unknown or beyond the axis."""
    return whole is None or formats.is_missing(whole) or abs(whole) > CAP


def _whole_words(whole: float | None, context: Context) -> str:
    return context.say("spread.all_markets", growth=context.percent(whole))


def _hover_text(row: dict, context: Context) -> str:
    name = name_of(row, context)
    share = context.percent(row["share_pct"], digits=2, signed=False)
    place = context.say("ranks.place_hover", rank=formats.count(row["rank"], context.lang), share=share)
    growth = context.say("charts.growth_hover", growth=context.percent(row["rate_pct"]))
    return "<br>".join([f"<b>{name}</b>", growth, context.amount(row["value"]), place])
