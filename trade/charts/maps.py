"""Where? Maps: amounts as circles, rates as shades, and the first destination of each economy as a colour.

Frames hold one row per economy: its code, `name_en`, `name_zh` and how it is drawn: `drawn` (`polygon`, `point`,
`none`), `longitude`, `latitude`. An economy too small for a shape is a circle in the same colour. The shapes are our
own file under `static/`: no map fetches anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout.row_axis import width
from trade.text import formats
from trade.text.catalog import column_key

HEIGHT = 480
TALL, PLAYED_TALL, SMALL = "min(540px, 40vw + 150px)", "min(680px, 40vw + 270px)", "min(340px, 20vw + 160px)"
"""Heights on screen, in CSS: a map is as wide as the screen and half as high, with a key and controls under it."""
LARGEST, SMALLEST, POINT = 44, 4, 7
"""Diameters in pixels: of the largest circle, of the smallest visible one, of an economy too small for a shape."""
CAP = 30.0
"""Rates beyond this many per cent get the last shade."""
PARTNERS = ("CHN", "USA", "DEU", "FRA", "GBR", "JPN", "ARE", "RUS")
"""Destinations with a colour of their own: those that led the longest lists since 1962. The others share one."""
OTHER = "other"
_STANDS_FOR = {"eu": "DEU"}
"""The EU as one market takes Germany's colour: the two are never on one map."""
_ORDER = (*PARTNERS, OTHER)
PLAYER = 196
"""Space below an animated map for buttons, slider and legend, in pixels."""
FRAME_MS = 900
"""Milliseconds that each year is shown when the animation runs."""
NOTHING = "–"
WINDOWS = {
    "all": (-169, 191, -57, 84), "asia": (24, 150, -12, 56), "africa": (-26, 60, -37, 39), "europe": (-26, 66, 33, 72),
    "latin-america": (-120, -32, -57, 34), "north-america": (-170, -50, 13, 84), "oceania": (108, 190, -50, 14),
}  # fmt: skip
"""Bounds of the maps of the world and of customs' continents: west, east, south, north, in degrees."""
MOST_NAMES = 14
NARROW = 358
"""Pixels of a small map on a phone; on a wide screen it has a hundred more."""
MOST_BARS = 20
"""Most bars of the chart that replaces a map on a slide."""


def _largest_amounts(frame: pd.DataFrame, context: Context, continent: str = "all", small: bool = False) -> Plots:  # noqa: ARG001 - as the map
    rows = frame[frame["value"] > 0].nlargest(MOST_BARS, "value")
    scale = context.scale(rows["value"])
    title, series = context.say("charts.level", unit=scale.unit), Series.of(rows["value"] / scale.size, context.flow)
    return (Plot.of("bars", title, _worded(rows, context)["name"], series),)


@shows(_largest_amounts, instead_of="map")
def amounts(frame: pd.DataFrame, context: Context, continent: str = "all", small: bool = False) -> Figure:
    """A circle per market: its area is the `value`, its colour the growth (`rate_pct`), from fall to rise.

    The map fits to the `continent`; the largest markets are named, and circles beside the map say how much they stand
    for. A `small` map takes half the width of a page.
    """
    rows = frame[frame["longitude"].notna() & (frame["value"] > 0)].sort_values("value", ascending=False)
    figure = _world(continent)
    if small:
        figure.update_layout(meta={"height": SMALL, "zooms": True})
    edge = {"width": 0.8, "color": theme.colour("muted")}
    marker = {"size": _diameters(rows["value"]), **_shades(rows["rate_pct"]), "opacity": 0.9, "line": edge}
    _add_points(figure, rows, rows["market"], marker, hovertext=_hover_text(rows, context))
    _add_names(figure, rows, continent, context, NARROW if small else 920)
    return _size_key(_with_key(figure, context), float(rows["value"].max()) if len(rows) else 0.0, context)


def _highest_rates(frame: pd.DataFrame, context: Context, continent: str = "all") -> Plots:  # noqa: ARG001 - as the map
    rows = frame.nlargest(MOST_BARS, "rate_pct")
    series = Series.of(rows["rate_pct"], ["fall" if rate < 0 else "rise" for rate in rows["rate_pct"]])
    return (Plot.of("bars", context.say(column_key("rate_pct")), _worded(rows, context)["name"], series),)


@shows(_highest_rates, instead_of="map")
def rates(frame: pd.DataFrame, context: Context, continent: str = "all") -> Figure:
    """Each market shaded by its growth (`rate_pct`), from fall to rise; no shade where there is no rate. The map fits
    to the `continent`."""
    known = frame[frame["rate_pct"].notna()]
    shapes, points = _parts(known)
    figure = _world(continent)
    look = {"colorscale": _steps(theme.diverging()), "zmin": -CAP, "zmax": CAP, "colorbar": _KEY}
    _add_shapes(figure, shapes["market"], z=shapes["rate_pct"], hovertext=_hover_text(shapes, context), **look)
    marker = {"size": POINT, **_shades(points["rate_pct"], key=shapes.empty)}
    _add_points(figure, points, points["market"], marker, hovertext=_hover_text(points, context))
    _add_names(figure, known[known["longitude"].notna()].sort_values("value", ascending=False), continent, context)
    return _with_key(figure, context)


def _largest_shares(frame: pd.DataFrame, context: Context) -> Plots:
    rows = frame.nlargest(MOST_BARS, "share_pct")
    series = Series.of(rows["share_pct"], context.flow)
    return (Plot.of("bars", context.say(column_key("share_pct")), rows[f"name_{context.lang}"], series),)


@shows(_largest_shares, instead_of="map")
def shares(frame: pd.DataFrame, context: Context) -> Figure:
    """Each economy (`code`) shaded by `share_pct`, from none to all; no shade where there is no figure."""
    shapes, points = _parts(frame[frame["share_pct"].notna()])
    figure, steps = _world(), theme.sequential()[::2]
    look = {"colorscale": _steps(steps), "zmin": 0, "zmax": 100, "colorbar": _KEY}
    _add_shapes(figure, shapes["code"], z=shapes["share_pct"], hovertext=_hover_shares(shapes, context), **look)
    paint = {
        "color": points["share_pct"],
        "colorscale": _steps(steps),
        "cmin": 0,
        "cmax": 100,
        "showscale": shapes.empty,
    }
    marker = {"size": POINT, **paint, "colorbar": _KEY}
    _add_points(figure, points, points["code"], marker, hovertext=_hover_shares(points, context))
    return _key_of(figure, [context.percent(tick, digits=0, signed=False) for tick in range(0, 101, 20)])


def _hover_shares(rows: pd.DataFrame, context: Context) -> list[str]:
    """Hover text: the economy, its share, and the amount."""
    texts = []
    for row in rows.to_dict("records"):
        share = context.say("commodity.share_hover", share=context.percent(row["share_pct"], signed=False))
        texts.append(
            f"<b>{row[f'name_{context.lang}']}</b><br>{share}<br>{context.of_column('value_usd').amount(row['value_usd'])}"
        )
    return texts


def _economies_by_partner(frame: pd.DataFrame, context: Context) -> Plots:
    """Of how many economies each is the first destination, in the newest period."""
    newest = frame[frame["period"] == frame["period"].max()] if "period" in frame else frame
    counts = _worded(newest.drop_duplicates("reporter"), context)["partner_name"].value_counts().head(MOST_BARS)
    return (Plot.of("bars", context.say("handout.economies"), counts.index, Series.of(counts, "total")),)


@shows(_economies_by_partner, instead_of="map")
def first_destinations(frame: pd.DataFrame, context: Context) -> Figure:
    """Each economy in the colour of its first `partner`; the legend counts them."""
    rows = _worded(frame, context)
    figure = _world()
    for part, add in zip(_parts(rows), (_add_first_shapes, _add_first_points), strict=True):
        add(figure, part, hovertext=_hover_first(part, context))
    counts = pd.Series(_roles(rows["partner"])).value_counts()
    order = sorted(counts.index, key=lambda role: (role == OTHER, -counts[role]))
    labels = {role: f"{_named(role, rows, context)} {formats.count(counts[role], context.lang)}" for role in order}
    return _legend(figure, labels)


@shows(_economies_by_partner, instead_of="map")
def first_destinations_by_year(frame: pd.DataFrame, context: Context) -> Figure:
    """The same map for each `period` of the frame, with a slider and a play button. It does not start by itself.

    Each economy is one shape or circle for all years, and each year only a list of colours, so sixty years stay small.
    """
    rows = _worded(frame, context)
    parts = _parts(rows.drop_duplicates("reporter"))
    codes = [list(part["reporter"]) for part in parts]
    years = {
        str(year): dict(zip(group["reporter"], zip(group["partner"], group["partner_name"], strict=True), strict=True))
        for year, group in rows.groupby("period")
    }
    newest = list(years)[-1]
    figure = _world()
    words = {"hovertemplate": "<b>%{hovertext}</b><br>%{text}<extra></extra>"}
    for part, add in zip(parts, (_add_first_shapes, _add_first_points), strict=True):
        texts = [years[newest].get(code, (None, NOTHING)) for code in part["reporter"]]
        shown = part.assign(partner=[partner for partner, _ in texts])
        add(figure, shown, hovertext=part["name"], text=[name for _, name in texts], **words)
    present = {_role(partner) for partner in rows["partner"].unique()}
    _legend(figure, {role: _named(role, rows, context) for role in _ORDER if role in present})
    for year, firsts in years.items():
        figure.add_frame(**_frame(firsts, codes, year, context))
    figure.update_layout(annotations=[_year_title(years[newest], newest, context)])
    return _player(figure, list(years), context)


def _economies_by_place(frame: pd.DataFrame, context: Context, partner: str, top: int) -> Plots:
    """For how many economies the partner is first, second or third, and for how many none of these."""
    words = [*(context.say(f"map.place_{place}") for place in range(1, top + 1)), context.say("map.place_not")]
    ranks = _ranked(frame, partner, top)["rank"]
    counts = Series.of(((ranks == place).sum() for place in range(1, top + 2)), _role(partner))
    return (Plot.of("bars", context.say("handout.economies"), words, counts),)


def _ranked(frame: pd.DataFrame, partner: str, top: int) -> pd.DataFrame:
    """A row per economy with the `rank` of the partner, `top` + 1 if it is not among the first."""
    own = frame[frame["partner"] == partner].drop_duplicates("reporter")
    others = frame[~frame["reporter"].isin(own["reporter"])].drop_duplicates("reporter")
    return pd.concat([own, others.assign(rank=top + 1)])


@shows(_economies_by_place, instead_of="form")
def places(frame: pd.DataFrame, context: Context, partner: str, top: int) -> Figure:
    """Whether `partner` is among the first `top` of each economy, and where: first, second or third in shades."""
    shown = _ranked(_worded(frame, context), partner, top)
    strong = theme.colour(_role(partner))
    paints = [strong, theme.colour(_role(partner), 0.62), theme.colour(_role(partner), 0.36)][:top]
    paints.append(theme.colour(OTHER, 0.45))
    figure = _world()
    shapes, points = _parts(shown)
    look = {"colorscale": _steps(paints), "zmin": 0.5, "zmax": top + 1.5, "showscale": False}
    _add_shapes(figure, shapes["reporter"], z=shapes["rank"], hovertext=_hover_first(shapes, context), **look)
    marker = {"size": POINT, "color": [paints[int(rank) - 1] for rank in points["rank"]]}
    _add_points(figure, points, points["reporter"], marker, hovertext=_hover_first(points, context))
    (drawn,) = _economies_by_place(frame, context, partner, top)
    counts = zip(drawn.categories, drawn.values, strict=True)
    labels = [f"{word} {formats.count(number, context.lang)}" for word, number in counts]
    return _legend(figure, dict(zip(paints, labels, strict=True)))


def _world(continent: str = "all") -> Figure:
    """An empty map of the world or a continent. Land without data has its own shade; borders are drawn only around
    economies with data. The map can be dragged, and zoomed with buttons."""
    west, east, south, north = WINDOWS[continent]
    geo = {
        "resolution": 50,
        "scope": "world",
        "projection": {"type": "natural earth", "rotation": {"lon": (west + east) / 2}},
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
        "uirevision": continent,
        "bgcolor": "rgba(0,0,0,0)",
        "showframe": False,
        "showland": True,
        "landcolor": theme.grid(),
        "showcoastlines": True,
        "coastlinewidth": 0.4,
        "coastlinecolor": theme.colour("muted"),
        **dict.fromkeys(("showcountries", "showlakes", "showocean", "showrivers"), False),
    }
    margin = {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0}
    return theme.figure(height=HEIGHT, margin=margin, geo=geo, meta={"height": TALL, "zooms": True}, dragmode="pan")


def _add_names(figure: Figure, rows: pd.DataFrame, continent: str, context: Context, wide: int = 920) -> None:
    """Label the largest markets, as far as labels do not overlap on a map `wide` pixels wide. `rows` are sorted by
    value."""
    west, east, _, _ = WINDOWS[continent]
    letter, line = (pixels * (east - west) / wide for pixels in (8, 18))  # a Chinese character is two letters wide
    placed: list[tuple[float, float, str]] = []
    for lon, lat, name in zip(rows["longitude"], rows["latitude"], _worded(rows, context)["name"], strict=True):
        free = all(abs(lon - x) > letter * (width(name) + width(n)) / 2 or abs(lat - y) > line for x, y, n in placed)
        if free and len(placed) < MOST_NAMES:
            placed.append((float(lon), float(lat), str(name)))
    lons, lats, names = zip(*placed, strict=True) if placed else ((), (), ())
    halo = ", ".join([f"0 0 3px {theme.background()}"] * 3)  # so that a name is read on a circle of any shade
    font = {"size": 12, "color": theme.colour("text"), "shadow": halo}
    look = {"textfont": font, "hoverinfo": "skip", "showlegend": False}
    figure.add_scattergeo(lon=lons, lat=lats, text=names, mode="text", textposition="top center", **look)


def _size_key(figure: Figure, largest: float, context: Context) -> Figure:
    """Two circles at the lower left with the amounts they stand for."""
    if not largest:
        return figure
    whole = 10.0 ** math.floor(math.log10(largest))
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    right = 0.0
    for amount in (whole, whole / 10):
        wide = max(float(SMALLEST), LARGEST * math.sqrt(amount / largest))
        at = {"xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 0, "yanchor": 0}
        box = {"x0": right, "x1": right + wide, "y0": 4, "y1": 4 + wide}
        shapes.append({"type": "circle", **at, **box, "line": {"width": 1, "color": theme.colour("muted")}})
        place = {"x": 0, "xref": "paper", "y": 0, "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        text, shift = formats.amount(amount, context.currency, context.lang, 0), right + wide + 6
        notes.append({**place, "text": text, "xshift": shift, "showarrow": False, "font": {"size": 12}})
        right = shift + 8 * width(text) + 12
    return figure.add_shapes(shapes).add_annotations(notes)


def _parts(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The economies drawn as shapes, and those drawn as circles."""
    return rows[rows["drawn"] == "polygon"], rows[rows["drawn"] == "point"]


def _add_shapes(figure: Figure, codes: pd.Series, **look: Any) -> None:
    edge = {"line": {"width": 0.4, "color": theme.background()}}
    shared = {"hoverinfo": "text", "marker": edge, "unselected": {"marker": {"opacity": 1}}}
    figure.add_choropleth(locations=codes, locationmode="ISO-3", customdata=codes, **shared, **look)


def _add_points(figure: Figure, rows: pd.DataFrame, codes: pd.Series, marker: dict, **words: Any) -> None:
    look = {"line": {"width": 0.8, "color": theme.background()}, **marker}
    shared = {"mode": "markers", "hoverinfo": "text", "showlegend": False}
    still = {"unselected": {"marker": {"opacity": marker.get("opacity", 1)}}}
    at = {"lon": rows["longitude"], "lat": rows["latitude"], "customdata": codes}
    figure.add_scattergeo(marker=look, **at, **shared, **still, **words)


def _diameters(values: pd.Series) -> list[float]:
    """Diameters of circles whose areas are as the values; the very small ones are drawn larger, to be seen."""
    largest = float(values.max()) if len(values) else 1.0
    return [max(float(SMALLEST), LARGEST * math.sqrt(value / largest)) for value in values]


def _shades(rates: pd.Series, *, key: bool = True) -> dict:
    """Colour by growth, from fall to rise; the middle where it is not known."""
    look = {"colorscale": _steps(theme.diverging()), "cmin": -CAP, "cmax": CAP, "showscale": key}
    return {"color": rates.fillna(0.0), **look, "colorbar": _KEY}


_KEY_LENGTH, _KEY_HEIGHT = 280, 36
_KEY = {
    "orientation": "h", "x": 0.5, "xanchor": "center", "y": 0, "yanchor": "top", "ypad": 4, "thickness": 8,
    "len": _KEY_LENGTH, "lenmode": "pixels", "outlinewidth": 0, "showticklabels": False,
}  # fmt: skip
"""What the shades mean, under the map. Its words are annotations: its own do not follow a change of the width."""


def _with_key(figure: Figure, context: Context) -> Figure:
    """The words under the key of shades, at pixels counted from its middle."""
    ticks = [-CAP, -CAP / 2, 0.0, CAP / 2, CAP]
    words = [context.percent(tick, digits=0) for tick in ticks]
    return _key_of(figure, [f"≤ {words[0]}", *words[1:-1], f"≥ {words[-1]}"])


def _key_of(figure: Figure, texts: list[str]) -> Figure:
    """Words at equal distances under the key of shades."""
    place = {"x": 0.5, "xref": "paper", "y": 0, "yref": "paper", "yanchor": "top", "yshift": -14, "showarrow": False}
    shifts = [(at / (len(texts) - 1) - 0.5) * _KEY_LENGTH for at in range(len(texts))]
    notes = [{**place, "text": text, "xshift": x, "font": {"size": 12}} for text, x in zip(texts, shifts, strict=True)]
    return figure.update_layout(annotations=notes, margin={"b": _KEY_HEIGHT})


def _steps(colours: list[str]) -> list[list]:
    """Colours as steps with hard edges, so that a shade can be found in the key."""
    share = 1 / len(colours)
    edges = [[[place * share, one], [(place + 1) * share, one]] for place, one in enumerate(colours)]
    return [edge for pair in edges for edge in pair]


@lru_cache(1000)
def _role(partner: object) -> str:
    """The role of the colour of a first destination."""
    code = _STANDS_FOR.get(str(partner), str(partner))
    return code if code in PARTNERS else OTHER


def _roles(partners: Iterable[Any]) -> list[str | None]:
    """The role of each partner's colour; None where there is no partner."""
    known: dict[Any, str] = {}
    return [
        None if partner is None or partner != partner else known.setdefault(partner, _role(partner))
        for partner in partners
    ]


def _colour_numbers(partners: Iterable[Any]) -> list[int | None]:
    """The number of each partner's colour in `_ORDER`."""
    return [None if role is None else _ORDER.index(role) for role in _roles(partners)]


def _paints(partners: Iterable[Any]) -> list[str]:
    return ["rgba(0,0,0,0)" if role is None else theme.colour(role) for role in _roles(partners)]


def _add_first_shapes(figure: Figure, rows: pd.DataFrame, **words: Any) -> None:
    look = {"colorscale": _steps([theme.colour(role) for role in _ORDER]), "zmin": -0.5, "zmax": len(_ORDER) - 0.5}
    _add_shapes(figure, rows["reporter"], z=_colour_numbers(rows["partner"]), showscale=False, **look, **words)


def _add_first_points(figure: Figure, rows: pd.DataFrame, **words: Any) -> None:
    _add_points(figure, rows, rows["reporter"], {"size": POINT, "color": _paints(rows["partner"])}, **words)


def _named(role: str, rows: pd.DataFrame, context: Context) -> str:
    """The name of the partner that has this colour."""
    if role == OTHER:
        return context.say("map.other_partner")
    first = next(at for at, partner in enumerate(rows["partner"].tolist()) if _role(partner) == role)
    return str(rows["partner_name"].iloc[first])


def _legend(figure: Figure, labels: dict[str, str]) -> Figure:
    """Add a legend entry per colour (a role, or the colour itself) with empty traces, since shapes have no entries."""
    for role, label in labels.items():
        dot = {"size": 10, "color": theme.colour(role) if role in theme.ROLES else role}
        figure.add_scattergeo(lon=[None], lat=[None], mode="markers", marker=dot, name=label, showlegend=True)
    place = {"orientation": "h", "x": 0.5, "xanchor": "center", "y": 0, "yanchor": "top"}
    return figure.update_layout(showlegend=True, legend={**place, "itemclick": False, "itemdoubleclick": False})


Firsts = dict[str, tuple[str, str]]
"""The first partner of each economy in one year: its code and name."""


def _frame(firsts: Firsts, codes: list[list[str]], year: str, context: Context) -> dict[str, Any]:
    """The frame of one year: colours of shapes and circles (in the order of `codes`), hover texts, and the title with
    counts."""
    texts = [[firsts.get(code, (None, NOTHING)) for code in part] for part in codes]
    partners, names = ([[pair[at] for pair in part] for part in texts] for at in (0, 1))
    data = [
        {"type": "choropleth", "z": _colour_numbers(partners[0]), "text": names[0]},
        {"type": "scattergeo", "marker": {"color": _paints(partners[1])}, "text": names[1]},
    ]
    title = {"annotations": [_year_title(firsts, year, context)]}
    return {"name": year, "data": data, "traces": [0, 1], "layout": title}


def _year_title(firsts: Firsts, year: str, context: Context) -> dict:
    """The title of one year: how many economies have China or the United States first, and how many are in the
    table."""
    partners = [partner for partner, _ in firsts.values()]
    counts = {"china": partners.count("CHN"), "us": partners.count("USA"), "reporters": len(partners)}
    words = {name: formats.count(count, context.lang) for name, count in counts.items()}
    text = context.say("map.first_counts", **words)
    place = {"x": 0, "xref": "paper", "y": 1, "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
    return {**place, "text": f"<b>{context.period(year)}</b>  {text}", "showarrow": False}


def _player(figure: Figure, periods: list[str], context: Context) -> Figure:
    """Add the slider and buttons. Years change without transitions."""
    still = {"frame": {"duration": 0, "redraw": True}, "mode": "immediate", "transition": {"duration": 0}}
    played = still | {"frame": {"duration": FRAME_MS, "redraw": True}, "fromcurrent": True}
    quiet = {"color": theme.colour("muted"), "size": 12}
    slider = {
        "active": len(periods) - 1,
        "steps": [{"method": "animate", "label": year, "args": [[year], still]} for year in periods],
        "x": 0,
        "len": 1,
        "y": 0,
        "pad": {"t": 56, "l": 4, "r": 4},
        "currentvalue": {"visible": False},
        "ticklen": 4,
        "tickcolor": theme.grid(),
        "bgcolor": theme.grid(),
        "activebgcolor": theme.colour("text"),
        "bordercolor": theme.colour("muted"),
        "font": quiet,
    }
    buttons = [
        {"label": f"▶ {context.say('map.play')}", "method": "animate", "args": [None, played]},
        {"label": f"❚❚ {context.say('map.pause')}", "method": "animate", "args": [[None], still]},
    ]
    menu = {
        "type": "buttons",
        "direction": "right",
        "buttons": buttons,
        "showactive": False,
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "pad": {"t": 12},
        "bgcolor": theme.background(),
        "bordercolor": theme.colour("muted"),
        "font": {"color": theme.colour("text")},
    }
    below = {"yref": "container", "y": 0, "yanchor": "bottom"}
    figure.update_layout(sliders=[slider], updatemenus=[menu], legend=below, meta={"height": PLAYED_TALL})
    return figure.update_layout(margin={"t": 28, "b": PLAYER}, height=HEIGHT + PLAYER)


def _worded(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """With the names in the user's language as `name`, `partner_name`, `next_name`."""
    sides = [side for side in ("", "partner_", "next_") if f"{side}name_en" in frame]
    names = {f"{side}name": frame[f"{side}name_{context.lang}"].fillna(frame[f"{side}name_en"]) for side in sides}
    return frame.assign(**names)


def _hover_text(rows: pd.DataFrame, context: Context) -> list[str]:
    """Hover text: name, amount, rank and share, growth."""
    texts = []
    for row in _worded(rows, context).to_dict("records"):
        share = context.percent(row["share_pct"], signed=False)
        place = context.say("ranks.place_hover", rank=formats.count(row["rank"], context.lang), share=share)
        growth = context.say("charts.growth_hover", growth=context.percent(row["rate_pct"]))
        texts.append("<br>".join([f"<b>{row['name']}</b>", context.amount(row["value"]), place, growth]))
    return texts


def _hover_first(rows: pd.DataFrame, context: Context) -> list[str]:
    """Hover text: the economy, its partner with rank and share, and the next."""
    texts = []
    for row in rows.to_dict("records"):
        lines = [
            f"<b>{row['name']}</b>",
            f"{row['partner_name']}{context.colon}{context.percent(row['share_pct'], signed=False)}",
        ]
        if not formats.is_missing(row["next_share_pct"]):
            next_share = context.percent(row["next_share_pct"], signed=False)
            lines.append(context.say("map.then", name=row["next_name"], share=next_share))
        texts.append("<br>".join(lines))
    return texts
