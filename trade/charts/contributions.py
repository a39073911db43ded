"""Contributions to a total, which add up to it; the residual is a bar of its own.

Frames are those of the measure `contribution`: a row per part with `code`, `name_en`, `name_zh`, `contribution_pp`,
`growth_pct`, `value`, `share_pct` and `kind` (`part`, `group`, `residual`, `total`). Parts and residual add up to the
total. Bars lie sideways, so that names can be read on a phone.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.column_roles import all_names
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import slide_reduction
from trade.text import formats

ROW, EDGE = 35, 44
"""Height of a bar's row, and of what stands above and below the bars, in pixels."""
SEEN = 0.01
"""A part whose contribution is below this share of the largest gets no bar of its own."""
_ADDING = ("value", "base_value", "share_pct", "base_share_pct", "contribution_pp")
_TOTALS = ("group", "total")
_FOLDED = ("together", "rest")
"""Codes of merged rows: a click on them opens nothing."""
_ROLES = {"residual": "residual", "total": "total", "group": "total"}


def _waterfall(frame: pd.DataFrame, context: Context, keep: int = 10) -> Plots:
    return _plot(fold(frame, keep, context), context)


def _plot(rows: pd.DataFrame, context: Context) -> Plots:
    series = Series.of(rows["contribution_pp"], rows["role"])
    return (Plot.of("bars", context.say("gauges.points"), rows["label"], series),)


@shows(_waterfall)
def waterfall(frame: pd.DataFrame, context: Context, keep: int = 10) -> Figure:
    """From zero to the headline: each part starts where the one above it ended, and the total stands below.

    Only the `keep` largest parts have a bar of their own; the others share one, so that the bars still add up.
    """
    rows = _steps(fold(frame, keep, context))
    ends = rows["start"] + rows["contribution_pp"].fillna(0.0)
    edges = pd.concat([rows["start"], ends], axis=1)
    figure = _sideways(rows, edges.min().min(), edges.max().max())
    _bars(figure, rows, context, base=rows["start"].tolist())
    # a thin line from the end of each bar to the start of the next
    look = {"type": "line", "line": {"color": theme.colour("muted"), "width": 1}, "layer": "below"}
    steps = enumerate(ends.iloc[:-1])
    figure.update_layout(shapes=[{"x0": x, "x1": x, "y0": y, "y1": y + 1, **look} for y, x in steps])
    slide_reduction.keep_ends(figure, len(rows))  # the total is the last row
    return _label(figure, rows, context, edges.max(axis=1))


def _group_waterfall(frame: pd.DataFrame, context: Context, name: str, keep: int = 14) -> Plots:
    return _waterfall(within(frame, name), context, keep)


@shows(_group_waterfall)
def group_waterfall(frame: pd.DataFrame, context: Context, name: str, keep: int = 14) -> Figure:
    """The parts of one group, up to what the group called `name` gave."""
    return waterfall(within(frame, name), context, keep)


def _diverging_bars(frame: pd.DataFrame, context: Context, keep: int = 20) -> Plots:
    return _plot(_gains_first(frame, keep, context), context)


def _gains_first(frame: pd.DataFrame, keep: int, context: Context) -> pd.DataFrame:
    parts = _largest(frame[frame["kind"] == "part"], keep)
    return _decorate(parts.sort_values("contribution_pp", ascending=False), context)


@shows(_diverging_bars)
def diverging_bars(frame: pd.DataFrame, context: Context, keep: int = 20) -> Figure:
    """Each part's contribution from zero, largest gain first; no total, for lists that are not a whole."""
    rows = _gains_first(frame, keep, context)
    figure = _sideways(rows, rows["contribution_pp"].min(), rows["contribution_pp"].max())
    _bars(figure, rows, context, base=None)
    slide_reduction.keep_ends(figure, len(rows))
    return _label(figure, rows, context, rows["contribution_pp"].clip(lower=0))


def within(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Only the parts of one group, without the rest of the world, and the group, called `name`, as the total.

    If the frame has a row for the group, that row is the total and its difference from the sum of the parts (rounding)
    is the residual. Otherwise the total is the sum of the parts.
    """
    parts, own = frame[(frame["kind"] == "part") & (frame["code"] != "rest")], frame[frame["kind"] == "group"]
    if own.empty:
        return pd.concat([parts, _merged(parts, "group", name)], ignore_index=True)
    summed = _merged(parts, "group", name)
    left = own.iloc[0][_present(frame)].astype(float) - summed.iloc[0][_present(frame)].astype(float)
    named = frame[frame["kind"] == "residual"][["code", "name_en", "name_zh"]]
    words = named.iloc[0].to_dict() if len(named) else {"code": "residual", "name_en": "Residual", "name_zh": "余项"}
    residual = pd.DataFrame([words | left.to_dict() | {"kind": "residual"}])
    return pd.concat([parts, residual, own.assign(name_en=name, name_zh=name)], ignore_index=True)


def _present(frame: pd.DataFrame) -> list[str]:
    return [column for column in _ADDING if column in frame]


def fold(frame: pd.DataFrame, keep: int, context: Context) -> pd.DataFrame:
    """Parts in order of contribution, then residual and total.

    The `keep` largest parts with a visible bar stay; all others are merged into one, unless there is only one other.
    """
    parts = frame[frame["kind"] == "part"]
    visible = parts["contribution_pp"].abs() >= SEEN * parts["contribution_pp"].abs().max()
    largest = _largest(parts[visible], keep)
    others = parts.drop(largest.index)
    if len(others) == 1:
        largest, others = parts, others.iloc[:0]
    rows = [largest.sort_values("contribution_pp", ascending=False)]
    if len(others):
        name = context.say("charts.all_others", count=formats.count(len(others), context.lang))
        rows.append(_merged(others, "part", name))
    rows += [frame[frame["kind"] == kind] for kind in ("residual", *_TOTALS)]
    return _decorate(pd.concat(rows, ignore_index=True), context)


def _largest(parts: pd.DataFrame, keep: int) -> pd.DataFrame:
    order = parts["contribution_pp"].abs().sort_values(ascending=False, kind="stable").index
    return parts.loc[order[:keep]]


def _merged(parts: pd.DataFrame, kind: str, name: str) -> pd.DataFrame:
    """Merge rows into one: amounts and contributions are summed, rates are left missing."""
    row: dict[str, Any] = {column: parts[column].sum(min_count=1) for column in _ADDING if column in parts}
    return pd.DataFrame([row | {"code": "together", "kind": kind} | all_names(parts, name)])


def _decorate(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """With the `label` on the axis and the `role` of the colour."""
    names = rows[f"name_{context.lang}"].fillna(rows["name_en"])
    names = names.where(rows["kind"] != "total", context.say("charts.whole", flow=context.flow_name))
    signs = rows["contribution_pp"].map(lambda value: "fall" if value < 0 else "rise")
    roles = signs.where(rows["kind"] == "part", rows["kind"].map(_ROLES))
    return rows.assign(label=[_broken(name) for name in names], role=roles)


def _broken(name: str, limit: int = 26) -> str:
    """Break a long name into two lines."""
    cut = name.rfind(" ", 0, limit) if len(name) > limit else -1
    return name if cut < 0 else f"{name[:cut]}<br>{name[cut + 1 :]}"


def _steps(rows: pd.DataFrame) -> pd.DataFrame:
    """With `start`: where each bar begins. A total begins at zero and adds nothing."""
    size, adds = rows["contribution_pp"].fillna(0.0), ~rows["kind"].isin(_TOTALS)
    return rows.assign(start=(size.where(adds, 0.0).cumsum() - size).where(adds, 0.0))


def _sideways(rows: pd.DataFrame, low: float, high: float) -> Figure:
    """An empty figure for bars in rows, from `low` to `high` and zero, with room for words right of each bar."""
    figure = theme.figure(height=EDGE + ROW * len(rows), margin={"l": 0, "r": 76, "t": 8, "b": 0, "pad": 8})
    figure.update_xaxes(range=[min(0.0, low), max(0.0, high)], showgrid=True, zeroline=True, ticks="", nticks=5)
    figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=list(rows["label"]), range=[len(rows) - 0.4, -0.6])
    return figure.update_yaxes(showgrid=False, zeroline=False, tickfont={"color": theme.colour("text")})


def _bars(figure: Figure, rows: pd.DataFrame, context: Context, base: list[float] | None) -> None:
    (series,) = _plot(rows, context)[0].series
    figure.add_bar(
        orientation="h",
        y=list(range(len(rows))),
        x=series.numbers,
        base=base,
        customdata=[row.code if row.kind == "part" and row.code not in _FOLDED else None for row in rows.itertuples()],
        marker={
            "color": [theme.colour(role) for role in series.roles],
            "pattern": {"shape": ["/" if kind == "residual" else "" for kind in rows["kind"]], "solidity": 0.25},
        },
        hovertext=[_hover_text(row, context) for row in rows.to_dict("records")],
        hoverinfo="text",
    )


def _label(figure: Figure, rows: pd.DataFrame, context: Context, right: pd.Series) -> Figure:
    """The contribution in words, right of the bar; totals in bold."""
    look = {"showarrow": False, "xanchor": "left", "xshift": 6, "font": {"color": theme.colour("text")}}
    texts = [context.points_label(value, 2) for value in rows["contribution_pp"]]
    bold = [f"<b>{text}</b>" if kind in _TOTALS else text for text, kind in zip(texts, rows["kind"], strict=True)]
    figure.add_annotations(
        [{"x": x, "y": y, "text": text, **look} for y, (x, text) in enumerate(zip(right, bold, strict=True))]
    )
    return figure


def _hover_text(row: dict[Any, Any], context: Context) -> str:
    """Hover text: name, contribution, own growth, amount."""
    points = context.say("charts.contribution_hover", points=context.points(row["contribution_pp"], 2))
    lines = [f"<b>{str(row['label']).replace('<br>', ' ')}</b>", points]
    if not formats.is_missing(row.get("growth_pct")):
        lines.append(context.say("charts.growth_hover", growth=context.percent(row["growth_pct"])))
    if not formats.is_missing(row.get("value")):
        lines.append(context.amount(row["value"]))
    return "<br>".join(lines)
