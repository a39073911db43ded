"""Who is first, who moved up? Ranked bars, dumbbells, the bump chart, and what the loss of a market would take.

Frames hold a row per market with its code in `market`, and `name_en`, `name_zh`. Rows lie sideways, so that names can
be read on a phone. The chosen market is always among the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from trade.charts import theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis, row_marks, slide_reduction, time_panels
from trade.text import formats
from trade.text.catalog import column_key

RANK_ROW, AROUND = 34, 56
"""Bump chart, in pixels: height of a rank, height of the space around all ranks."""
COLUMNS = ("share_column", "growth_column", "rank_column")


def _shares(frame: pd.DataFrame, context: Context, keep: int = 20, by: str = "rank") -> Plots:
    shown = _first(in_order(frame, by), context, keep)
    series = Series.of(shown["share_pct"], context.flow)
    return (Plot.of("bars", context.say(column_key("share_pct")), _ranked_names(shown, context), series),)


def _ranked_names(shown: pd.DataFrame, context: Context) -> list[str]:
    places = [formats.count(rank, context.lang) for rank in shown["rank"]]
    return [f"{place}  {name}" for place, name in zip(places, row_marks.names(shown, context), strict=True)]


def in_order(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """The markets by `rank`, first on top, or by another column, the largest first."""
    return frame.sort_values(by, ascending=by == "rank", kind="stable")


@shows(_shares)
def bars(frame: pd.DataFrame, context: Context, keep: int = 20, by: str = "rank") -> Figure:
    """Shares in order of rank, or of the column `by`; beside them growth (`rate_pct`) and how many places each market
    moved, or the `ratio` to an earlier period where the frame has it."""
    shown = _first(in_order(frame, by), context, keep)
    (drawn,) = _shares(frame, context, keep, by)
    labels = [row_marks.wrap_name(name) for name in _ranked_names(shown, context)]
    figure = row_axis.row_figure(labels, columns=len(COLUMNS))
    row_marks.bars(figure, drawn.series[0], shown["market"], _hover_text(shown, context), context.chosen)
    row_axis.columns(
        figure,
        [context.say(f"ranks.{key}") for key in (COLUMNS if "ratio" not in shown else (*COLUMNS[:2], "ratio_column"))],
        [_cells(row, context) for row in shown.to_dict("records")],
    )
    return figure.update_xaxes(
        range=[0, float(shown["share_pct"].max()) * 1.02], ticksuffix=context.percent_sign, nticks=3
    )


def _before_and_after(frame: pd.DataFrame, context: Context, keep: int = 20) -> Plots:
    shown = _largest_changes(frame, context, keep)
    scale = context.scale(pd.concat([shown["base_value"], shown["value"]]))
    before = Series.of(shown["base_value"] / scale.size, "muted", context.period(shown["base"].iloc[0]))
    after = Series.of(shown["value"] / scale.size, context.flow, context.period(shown["period"].iloc[0]))
    return (Plot.of("bars", scale.unit, row_marks.names(shown, context), before, after),)


def _largest_changes(frame: pd.DataFrame, context: Context, keep: int) -> pd.DataFrame:
    order = frame["change"].abs().sort_values(ascending=False, kind="stable").index
    return _first(frame.loc[order], context, keep).sort_values("change", ascending=False, kind="stable")


@shows(_before_and_after, instead_of="dots")
def dumbbell(frame: pd.DataFrame, context: Context, keep: int = 20) -> Figure:
    """Each market's `base_value` (open) and `value` (full), in order of the change; only the largest changes."""
    shown = _largest_changes(frame, context, keep)
    (drawn,) = _before_and_after(frame, context, keep)
    strong = [context.chosen in ("", code) for code in shown["market"]]
    paints = [theme.colour("text" if is_strong else "muted") for is_strong in strong]
    figure = row_axis.row_figure(row_marks.names(shown, context), columns=2, legend=True)
    before, after = drawn.series
    row_marks.between(figure, before.numbers, after.numbers)
    hover = _hover_change(shown, context)
    for dots in (before, after):
        full = dots is after
        row_marks.dots(figure, dots.numbers, dots.name, hover, shown["market"], full=full, colours=paints)
    steps = context.scale(shown["change"])
    texts = [
        formats.number(value, formats.digits_of(value, 1), context.lang, signed=True)
        for value in shown["change"] / steps.size
    ]
    cells = [[(text, row_axis.side(value))] for text, value in zip(texts, shown["change"], strict=True)]
    row_axis.columns(figure, [context.say("ranks.change_column", unit=steps.unit)], cells)
    slide_reduction.keep_ends(figure, len(shown))
    return figure.update_xaxes(rangemode="tozero", title={"text": drawn.title}, nticks=4)


@dataclass(frozen=True)
class _Line:
    """One market's `ranks` and `shares` by period; in colour if it has a `role`."""

    market: str
    name: str
    role: str | None
    ranks: dict[str, float]
    shares: dict[str, float]


def _ranks(frame: pd.DataFrame, context: Context, keep: int = 10) -> Plots:
    """A line per market, those in grey first."""
    lines = _lines_of_first(frame, context, keep)
    return (_drawn_ranks(_lines(lines, context), _span(lines, context), context),)


def _lines(rows: pd.DataFrame, context: Context) -> list[_Line]:
    """Those in grey first, each group in the order of codes."""
    roles, newest = _roles(rows, context), rows.drop_duplicates("market", keep="last").sort_values("market")
    lines = {
        market: _Line(market, name, roles.get(market), {}, {})
        for market, name in zip(newest["market"], row_marks.names(newest, context), strict=True)
    }
    for market, period, rank, share in zip(
        rows["market"], rows["period"], rows["rank"], rows["share_pct"], strict=True
    ):
        lines[market].ranks[str(period)] = rank
        lines[market].shares[str(period)] = share
    return sorted(lines.values(), key=lambda line: line.role is not None)


def _drawn_ranks(lines: list[_Line], span: pd.DataFrame, context: Context) -> Plot:
    series = [
        Series.of([line.ranks.get(str(period)) for period in span["period"]], line.role or "muted", line.name)
        for line in lines
    ]
    return Plot.of("lines", context.say("ranks.rank"), time_panels.period_labels(span, context), *series, ranks=True)


def _lines_of_first(frame: pd.DataFrame, context: Context, keep: int) -> pd.DataFrame:
    """All ranks of the markets that are among the first in the newest period, and of the chosen one."""
    newest = frame[frame["period"] == frame["period"].max()]
    shown = newest[(newest["rank"] <= keep) | (newest["market"] == context.chosen)]
    return frame[frame["market"].isin(shown["market"])]


def _span(lines: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A row for each period that any market has, and for those between."""
    return time_panels.in_calendar(lines.drop_duplicates("period").sort_values("period"), context)


@shows(_ranks)
def bump(frame: pd.DataFrame, context: Context, keep: int = 10) -> Figure:
    """Ranks over time, 1 on top: of the markets among the first `keep` at the end, and of the chosen one.

    The chosen market, the largest rise and the largest fall are coloured, the rest grey. A line may come from below.
    """
    rows = _lines_of_first(frame, context, keep)
    shown = rows[rows["period"] == frame["period"].max()]
    lines, span = _lines(rows, context), _span(rows, context)
    depth, drawn = max(keep, int(shown["rank"].max())), _drawn_ranks(lines, span, context)
    figure = time_panels.one_panel(drawn.title, height=AROUND + RANK_ROW * keep)
    for line in lines:
        _rank_line(figure, line, context)
    roles = {line.market: line.role for line in lines}
    labels = [
        (float(rank), f"{formats.count(rank, context.lang)} {row_marks.shortened(name)}", roles[market] or "muted")
        for market, rank, name in zip(shown["market"], shown["rank"], row_marks.names(shown, context), strict=True)
    ]
    time_panels.label_ends(figure, time_panels.days(shown)[0], labels)
    ticks = sorted({1, 5, *range(10, depth + 1, 5)})
    figure.update_yaxes(range=[depth + 0.6, 0.4], showgrid=False, zeroline=False, tickvals=ticks)
    return time_panels.period_axis(figure, span, context)


def moves(frame: pd.DataFrame) -> pd.Series:
    """Places gained between the first and the last period by each market that stands in both, largest gain first."""
    first, last = (
        frame.loc[frame["period"] == period, ["market", "rank"]].set_index("market")["rank"]
        for period in (frame["period"].min(), frame["period"].max())
    )
    gains: pd.Series = (first - last).dropna().sort_index()
    return gains.sort_values(ascending=False, kind="stable")


def _effects(frame: pd.DataFrame, context: Context, keep: int = 15) -> Plots:
    shown = _first(frame.sort_values("effect_pct", kind="stable"), context, keep)
    series = Series.of(shown["effect_pct"], "fall")
    return (Plot.of("bars", context.say(column_key("effect_pct")), row_marks.names(shown, context), series),)


@shows(_effects)
def losses(frame: pd.DataFrame, context: Context, keep: int = 15) -> Figure:
    """What a fall in each market would take from the total (`effect_pct`, negative), the largest first."""
    shown = _first(frame.sort_values("effect_pct", kind="stable"), context, keep)
    (drawn,) = _effects(frame, context, keep)
    figure = row_axis.row_figure(row_marks.names(shown, context), columns=1)
    row_marks.bars(figure, drawn.series[0], shown["market"], _hover_loss(shown, context), context.chosen)
    row_axis.columns(figure, [], [[(context.percent(value, digits=2), "text")] for value in shown["effect_pct"]])
    return figure.update_xaxes(ticksuffix=context.percent_sign, rangemode="tozero", nticks=4)


def _first(frame: pd.DataFrame, context: Context, keep: int) -> pd.DataFrame:
    """The first `keep` rows; if the chosen one is not among them, it takes the place of the last."""
    first, chosen = frame.iloc[:keep], frame[frame["market"] == context.chosen]
    return first if chosen.empty or context.chosen in set(first["market"]) else pd.concat([first.iloc[:-1], chosen])


def _roles(lines: pd.DataFrame, context: Context) -> dict[str, str]:
    """The lines in colour: the largest rise and the largest fall, and the chosen one."""
    gains, roles = moves(lines), {}
    if len(gains) and gains.iloc[0] > 0:
        roles[str(gains.index[0])] = "rise"
    if len(gains) and gains.iloc[-1] < 0:
        roles[str(gains.index[-1])] = "fall"
    return roles | ({context.chosen: "text"} if context.chosen else {})


def _rank_line(figure: Figure, line: _Line, context: Context) -> None:
    """One market's ranks by period, strong if it has a role."""
    periods, colour = time_panels.filled(list(line.ranks), context), theme.colour(line.role or "muted")
    figure.add_scatter(
        x=time_panels.days_of(periods),
        y=pd.Series([line.ranks.get(period) for period in periods], dtype=float),
        mode="lines+markers",
        line={"color": colour, "width": 3 if line.role else 1.2},
        marker={"size": 7 if line.role else 4, "color": colour},
        opacity=1.0 if line.role else 0.6,
        connectgaps=False,
        customdata=[line.market] * len(periods),
        hovertext=[_hover_rank(line, period, context) for period in periods],
        hoverinfo="text",
        unselected={"marker": {"opacity": 1}},
    )


def _cells(row: dict, context: Context) -> list[row_axis.Cell]:
    """Share, growth, and change of rank or, where it is known, the ratio to an earlier period."""
    share = f"<b>{context.percent(row['share_pct'], signed=False)}</b>"
    rate, change = row["rate_pct"], row["rank_change"]
    cells = [(share, "text"), (row_axis.rate(rate, context), row_axis.side(rate))]
    return [*cells, *(row_axis.ratio(row, context) or [(_moved(change, context), row_axis.side(change))])]


def _moved(value: Any, context: Context) -> str:
    """Places gained or lost, with an arrow; a dash if there is nothing to compare with."""
    if formats.is_missing(value):
        return "–"
    arrow = "▲" if value > 0 else "▼" if value < 0 else "="
    return f"{arrow} {formats.count(abs(value), context.lang)}" if value else arrow


def _hover_text(shown: pd.DataFrame, context: Context) -> list[str]:
    texts = []
    for row in shown.to_dict("records"):
        growth = context.say("charts.growth_hover", growth=context.percent(row["rate_pct"]))
        lines = [f"<b>{row_axis.name_of(row, context)}</b>", context.amount(row["value"]), _place(row, context), growth]
        texts.append("<br>".join(lines))
    return texts


def _hover_change(shown: pd.DataFrame, context: Context) -> list[str]:
    texts = []
    for row in shown.to_dict("records"):
        ends = f"{context.amount(row['base_value'])} → {context.amount(row['value'])}"
        points = context.say("charts.contribution_hover", points=context.points(row["contribution_pp"], 2))
        texts.append(f"<b>{row_axis.name_of(row, context)}</b><br>{ends}<br>{points}")
    return texts


def _hover_rank(line: _Line, period: str, context: Context) -> str:
    if formats.is_missing(line.ranks.get(period)):
        return ""
    place = _place({"rank": line.ranks[period], "share_pct": line.shares[period]}, context)
    return f"{context.head(line.name, context.period(period))}<br>{place}"


def _place(row: dict, context: Context) -> str:
    share = context.percent(row["share_pct"], digits=2, signed=False)
    return context.say("ranks.place_hover", rank=formats.count(row["rank"], context.lang), share=share)


def _hover_loss(shown: pd.DataFrame, context: Context) -> list[str]:
    texts = []
    for row in shown.to_dict("records"):
        words = {"effect": context.percent(row["effect_pct"], digits=2), "amount": context.amount(row["lost_value"])}
        texts.append(f"<b>{row_axis.name_of(row, context)}</b><br>{context.say('ranks.loss_hover', **words)}")
    return texts
