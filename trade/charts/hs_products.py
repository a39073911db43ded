"""What does an economy sell and buy by the Harmonized System? Boxes by value, partners, comparative advantage.

Frames are those of `hs_products` (`code`, `parent`, `value`, `growth_pct`, `share_pct`, `kind`), `hs_partners` and
`rca`. Titles of the Harmonized System are long: marks bear the code and the short name of a chapter or section
(`short_name`), else the beginning of the title; the full title stands on hover.
"""

from __future__ import annotations

import re
from bisect import bisect
from math import sqrt
from typing import Any

import pandas as pd

from trade.charts import contributions, theme
from trade.charts.chart_series import Plot, Plots, Series, shows
from trade.charts.column_roles import all_names
from trade.charts.figure import Figure
from trade.charts.label_context import Context
from trade.charts.layout import row_axis, slide_reduction
from trade.charts.layout.row_axis import Row
from trade.text import formats
from trade.text.catalog import column_key

HEIGHT, TALL = 520, "clamp(520px, 860px - 45vw, 680px)"
"""Of the treemap: in pixels, and on screen in CSS, where a phone makes up in height for what it lacks in width."""
PAD = {"t": 26, "l": 2, "r": 2, "b": 2}
"""Padding inside the box of a parent, with room for its title at the top, in pixels."""
GROWTHS = (-20, -10, -3, 0, 3, 10, 20)
"""Boundaries between the colours of growth, in per cent."""
STEPS = (0, 1, 2, 4, 5, 7, 8, 9)
"""Steps of the diverging scale that are used: on each, either the text or the background colour is legible, in both
themes."""
PALE = (4, 5)
MOST_BARS = 20
KEEP = 60
"""Number of boxes shown one by one; the smaller ones are merged into one box per parent."""
HEADING = 4
"""Digits from which on a code's title names the good itself."""
LINE = 15
"""Most letters in a line of a box."""
AREA, NARROW_AREA = 740 * 520, 340 * 520
"""Square pixels of all boxes on a laptop and on a phone, without the titles of their parents."""
LETTER, LINE_HIGH = 6.6, 17
"""Pixels of a letter and of a line."""
LONG = 0.7
"""Assumed shorter side of a box as a share of its mean side. Plotly hides a label that is larger than its box."""
LEAST = 24
"""Fewest letters of a title worth showing in a box; with less room only the code is shown."""
ROW_LINE, ROW_LINES = 20, 3
"""Letters per line of a row's label, and its most lines."""
WHOLE = 40
"""A title of at most so many letters is shown in full in a row's label: it fits on three lines."""


def _largest_values(frame: pd.DataFrame, context: Context, **_: object) -> Plots:
    """Bars of the largest parts, which a slide shows instead of the treemap."""
    parts = frame[(frame["kind"] == "part") & (frame["value"] > 0)].nlargest(MOST_BARS, "value")
    scale, names = context.scale(parts["value"]), [_name(row, context) for row in _records(parts)]
    title = context.say("charts.level", unit=scale.unit)
    return (Plot.of("bars", title, names, Series.of(parts["value"] / scale.size, context.flow)),)


@shows(_largest_values, instead_of="form")
def treemap(frame: pd.DataFrame, context: Context, parents: dict[str, tuple[str, str]] | None = None) -> Figure:
    """A treemap: a box per code inside its section or chapter, sized by value and coloured by growth.

    `parents` maps parent codes to short name and title; without it the boxes are not nested.
    """
    parts = _folded(frame[(frame["kind"] == "part") & (frame["value"] > 0)], context)
    groups = {code: names for code, names in (parents or {}).items() if code in set(parts["parent"])}
    records = parts.to_dict("records")
    marks = {code: _mark_label(code, *names, context) for code, names in groups.items()}
    total, of_parents = parts["value"].sum(), parts.groupby("parent")["value"].sum()
    wide, narrow = (_words(records, marks, of_parents, area / total, context) for area in (AREA, NARROW_AREA))
    boxes: dict[str, list[Any]] = {
        "ids": [f"in {code}" for code in groups] + [str(row["code"]) for row in records],
        **wide,
        "parents": ["" for _ in groups] + [f"in {row['parent']}" if row["parent"] in groups else "" for row in records],
        "values": [0.0 for _ in groups] + [row["value"] for row in records],
        "hovertext": [f"<b>{title}</b>" for _, title in groups.values()]
        + [_hover_text(row, context) for row in records],
    }
    rates = [None for _ in groups] + [row["growth_pct"] for row in records]
    edge = {"width": 1, "color": theme.background()}
    meta = {"height": TALL, "wide": [wide], "narrow": [narrow]}
    figure = theme.figure(height=HEIGHT, margin={"l": 0, "r": 0, "t": 4, "b": 0}, meta=meta)
    figure.add_treemap(
        **boxes,
        hoverinfo="text",
        textinfo="label+text",
        textfont={"color": [_text_colour(rate) for rate in rates]},
        sort=True,
        tiling={"pad": 1},
        marker={"colors": [growth_colour(rate) for rate in rates], "line": edge, "pad": PAD},
        pathbar={"visible": False},
        root={"color": "rgba(0,0,0,0)"},
    )  # fmt: skip
    return figure.update_layout(uniformtext={"minsize": 12, "mode": "hide"})


def _contributions(frame: pd.DataFrame, context: Context, keep: int = 12) -> Plots:
    return contributions.waterfall.plots(_with_codes(frame, context), context, keep)


def _with_codes(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The rows with codes before their short titles."""
    named = frame.copy()
    named[f"name_{context.lang}"] = [_name(row, context) for row in _records(frame)]
    return named


@shows(_contributions)
def split(frame: pd.DataFrame, context: Context, keep: int = 12) -> Figure:
    """Contributions of the parts, up to the growth of the whole or to what the section or chapter gave."""
    return contributions.waterfall(_with_codes(frame, context), context, keep)


def _largest_partners(frame: pd.DataFrame, context: Context, keep: int = 15) -> Plots:
    rows = frame[frame["kind"] == "part"].nlargest(keep, "value")
    scale, names = context.scale(rows["value"]), [row_axis.name_of(row, context) for row in _records(rows)]
    series = Series.of(rows["value"] / scale.size, context.flow)
    return (Plot.of("bars", context.say("charts.level", unit=scale.unit), names, series),)


@shows(_largest_partners)
def partners(frame: pd.DataFrame, context: Context, keep: int = 15) -> Figure:
    """The largest partners in the goods of a code, with share, and growth where it is known, beside their bars."""
    records = _records(frame[frame["kind"] == "part"].nlargest(keep, "value"))
    grew = any(not formats.is_missing(row["growth_pct"]) for row in records)
    (drawn,) = _largest_partners(frame, context, keep)
    figure = row_axis.row_figure(list(drawn.categories), columns=1 + grew)
    figure.add_bar(
        orientation="h",
        x=list(drawn.series[0].values),
        y=list(range(len(records))),
        marker={"color": theme.colour(context.flow)},
        hovertext=[_hover_text(row, context) for row in records],
        hoverinfo="text",
    )
    headings = [context.say("ranks.share_column"), *([context.say("commodity.growth_column")] if grew else [])]
    cells = [
        [(_share(row, context), "text"), *([row_axis.growth(row["growth_pct"], context)] if grew else [])]
        for row in records
    ]
    row_axis.columns(figure, headings, cells)
    return figure.update_xaxes(title={"text": drawn.title}, rangemode="tozero", nticks=4)


def _symmetric_rca(frame: pd.DataFrame, context: Context, keep: int = 20) -> Plots:
    rows = _strongest(frame, keep)
    labels = [row_label(row["product"], row, context) for row in _records(rows)]
    series = Series.of(rows["symmetric_rca"], [row_axis.side(value) for value in rows["symmetric_rca"]])
    return (Plot.of("bars", context.say(column_key("symmetric_rca")), labels, series),)


def _strongest(frame: pd.DataFrame, keep: int) -> pd.DataFrame:
    return frame.nlargest(keep, "value_usd").sort_values("symmetric_rca", ascending=False, kind="stable")


@shows(_symmetric_rca)
def advantage(frame: pd.DataFrame, context: Context, keep: int = 20) -> Figure:
    """Symmetric comparative advantage of the largest exports, the strongest on top; RCA and world share beside it."""
    largest = _strongest(frame, keep)
    (drawn,), records = _symmetric_rca(frame, context, keep), _records(largest)
    labels = [broken(label, context) for label in drawn.categories]
    figure = row_axis.row_figure(labels, columns=2, tall=extra_row_height(labels))
    figure.add_bar(
        orientation="h",
        x=drawn.values,
        y=list(range(len(records))),
        customdata=largest["product"],
        marker={"color": [theme.colour(role) for role in drawn.series[0].roles]},
        hovertext=[_hover_advantage(row, context) for row in records],
        hoverinfo="text",
        unselected={"marker": {"opacity": 1}},
    )
    cells = [
        [
            (f"<b>{formats.number(row['rca'], 2, context.lang)}</b>", row_axis.side(row["symmetric_rca"])),
            (context.percent(row["market_share_pct"], signed=False), "text"),
        ]
        for row in records
    ]
    row_axis.columns(figure, [context.say("goods.rca_column"), context.say("goods.world_column")], cells)
    slide_reduction.keep_ends(figure, len(records))
    title = context.say("goods.symmetric_axis")
    return figure.update_xaxes(range=[-1, 1], tickvals=[-1, 0, 1], title={"text": title})


def growth_colour(rate: Any) -> str:
    """The colour of a rate of growth: eight steps from fall to rise; grey if it is not known."""
    return theme.grid() if formats.is_missing(rate) else theme.diverging()[_step(rate)]


def _text_colour(rate: Any) -> str:
    """The text colour that is legible on `growth_colour(rate)`."""
    return theme.colour("text") if formats.is_missing(rate) or _step(rate) in PALE else theme.background()


def _step(rate: float) -> int:
    return STEPS[bisect(GROWTHS, rate)]


def _words(
    records: list[Row], marks: dict[str, str], of_parents: pd.Series, scale: float, context: Context
) -> dict[str, list[str]]:
    """The labels and figures of the boxes of parents, then of parts. `scale`: square pixels per unit of value."""
    words = [_in_box(row, LONG * sqrt(scale * row["value"]), context) for row in records]
    heads = [_header(code, mark, sqrt(scale * of_parents[code])) for code, mark in marks.items()]
    return {
        "labels": [*heads, *(label for label, _ in words)],
        "text": ["" for _ in heads] + [text for _, text in words],
    }


def _in_box(row: Row, side: float, context: Context) -> tuple[str, str]:
    """What fits into a box of `side` pixels: the part of a name that does, broken into lines, at least the code; and
    below it share and growth, the share alone, or nothing."""
    room, most = int(side / LETTER), int(side / LINE_HIGH)
    share = _share(row, context)
    growth = "" if formats.is_missing(row["growth_pct"]) else f" · {row_axis.rate(row['growth_pct'], context)}"
    figures = next((words for words in (share + growth, share) if len(words) <= room and most > 1), "")
    most -= bool(figures)
    letters = min(room, LINE)
    label = _name(row, context, limit=max(letters * most, LEAST))
    lines = (_bracket_below(label, letters) or "<br>".join(row_axis.lines(label, letters + 1))).split("<br>")
    if len(lines) > most and letters * most >= LEAST:
        lines = [*lines[: most - 1], _whole_words(lines[most - 1].rstrip("…"), context) + "…"]
    fits = len(lines) <= most and max(map(row_axis.width, lines)) <= room + 1
    code = "" if str(row["code"]).startswith("others") else str(row["code"])
    return "<br>".join(lines) if fits else code, figures


def _header(code: str, label: str, side: float) -> str:
    """The name above the boxes of a section or chapter, or its code alone where they are narrow."""
    return label if row_axis.width(label) * LETTER <= 1.3 * side else code


def titled(code: object, title: str, context: Context, limit: int = 0, whole: int = 0) -> str:
    """`85 Electrical machinery…`: the code and the beginning of its title; for chapters and sections up to a semicolon.

    In titles of four- and six-digit codes the good itself follows the semicolon (`Machinery; parts`), so they are cut
    by length only. Never cut: titles that consist of the code, as most do in Chinese (`HS 851779（电机）`), and titles
    that, without the chapters of their group, are no wider than `whole` Latin letters.
    """
    if str(code) and title.startswith(f"HS {code}"):
        return title
    first = title if len(str(code)) >= HEADING else re.split("[;；]", title)[0]
    limit = limit or int(context.say("chart.label_letters"))
    if len(first) > limit:
        first = without_chapters(first)
    if len(first) > limit and row_axis.width(first) > whole:
        cut = first[: limit - 1]
        first = _whole_words(cut.rpartition(" ")[0] or cut, context) + "…"
    return first if not str(code) or str(code) in title else f"{code} {first}"


def without_chapters(title: str) -> str:
    """The title of a group of goods without the list of its chapters in brackets at the end."""
    return re.sub(r"\s*[(（][^()（）]*[)）]$", "", title)


def _whole_words(cut: str, context: Context) -> str:
    """A shortened title without trailing punctuation and words such as `and`, after which a reader would expect
    more."""
    announcing = tuple(context.say("chart.announcing_words").split())
    while True:
        cut = cut.rstrip(" ,、;；:：(（")
        head, _, last = cut.rpartition(" ")
        if head and last.lstrip("(（") in announcing:
            cut = head
        elif word := next((word for word in announcing if row_axis.width(word) > len(word) and cut.endswith(word)), ""):
            cut = cut.removesuffix(word)
        else:
            return cut


def row_title(code: object, title: str, context: Context) -> str:
    """As `titled`, for a row of bars, whose label may take two lines, or three for four- and six-digit codes
    (`broken`)."""
    letters, most = int(context.say("chart.row_letters")), 0
    if len(str(code)) >= HEADING:
        most = ROW_LINE * ROW_LINES - 2 * HEADING  # lines break between words, so they are not full
        letters = max(letters, most // row_axis.width(title[:1] or " "))
    return titled(code, title, context, letters, most or WHOLE)


def row_label(code: object, row: Row, context: Context) -> str:
    """The label of a row of bars: its code with its short name, else with its shortened title."""
    short, title = row_axis.label_of(row, context), row_axis.name_of(row, context)
    return row_title(code, title, context) if short == title else _coded(code, short)


def broken(label: str, context: Context, columns: int = 0) -> str:
    """A row's label broken into two lines, or three if two would cut it, narrow enough to leave room for bars and
    columns on a phone."""
    limit = min(ROW_LINE, row_axis.letters(columns))
    if below := _bracket_below(label, limit):
        return below
    lines = row_axis.lines(label, limit)
    if len(lines) <= ROW_LINES:
        return "<br>".join(lines)
    last = _whole_words(lines[ROW_LINES - 1].rstrip("…"), context) + "…"
    return "<br>".join([*lines[: ROW_LINES - 1], last])


def _bracket_below(label: str, limit: int) -> str:
    """`HS 847130<br>（机械设备）`: a code above its chapter; empty for other labels and those that fit."""
    code, bracket, chapter = label.partition("（")
    is_code = bool(bracket) and code.startswith("HS ") and row_axis.width(label) > limit
    return f"{code}<br>{bracket}{chapter}" if is_code else ""


def extra_row_height(labels: list[str]) -> float:
    """Factor by which rows must be taller than usual to hold these labels (already broken into lines)."""
    return 1.0 if all(label.count("<br>") < 2 for label in labels) else 1.6


def _name(row: Row, context: Context, limit: int = 0) -> str:
    """The row's code and short name or title; for a merged row its name alone."""
    short, title = row_axis.label_of(row, context), row_axis.name_of(row, context)
    return title if str(row["code"]).startswith("others") else _mark_label(row["code"], short, title, context, limit)


def _mark_label(code: object, short: str, title: str, context: Context, limit: int = 0) -> str:
    """The label of a mark. Short names are never cut, titles may be."""
    return titled(code, title, context, limit) if short == title else _coded(code, short)


def _coded(code: object, name: str) -> str:
    return f"{code} {name}" if str(code) else name


def _records(frame: pd.DataFrame) -> list[Row]:
    return frame.to_dict("records")


def _folded(parts: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The largest parts, and one merged row per parent for the smaller ones."""
    if len(parts) <= KEEP:
        return parts
    largest = parts.nlargest(KEEP, "value")
    others = parts.drop(largest.index)
    rest = others.assign(parent=others["parent"].fillna("")).groupby("parent", as_index=False)
    sums = rest[["value", "base_value", "share_pct", "contribution_pp"]].sum(min_count=1).merge(rest.size())
    names = [context.say("charts.all_others", count=formats.count(count, context.lang)) for count in sums["size"]]
    sums = sums.assign(code="others " + sums["parent"], kind="part", **all_names(parts, names))
    sums["growth_pct"] = 100 * (sums["value"] / sums["base_value"].where(sums["base_value"] > 0) - 1)
    return pd.concat([largest, sums], ignore_index=True)


def _share(row: Row, context: Context) -> str:
    return context.percent(row["share_pct"], signed=False)


def _hover_text(row: Row, context: Context) -> str:
    """Hover text: the full title, amount, share, growth and contribution."""
    lines = [f"<b>{row_axis.name_of(row, context)}</b>", context.amount(row["value"])]
    lines.append(context.say("commodity.share_hover", share=_share(row, context)))
    if not formats.is_missing(row["growth_pct"]):
        lines.append(context.say("charts.growth_hover", growth=context.percent(row["growth_pct"])))
    if not formats.is_missing(row["contribution_pp"]):
        lines.append(context.say("charts.contribution_hover", points=context.points(row["contribution_pp"], 2)))
    return "<br>".join(lines)


def _hover_advantage(row: Row, context: Context) -> str:
    """The full title, exports, and the two shares whose ratio is the index."""
    words = {
        name: context.percent(row[f"{name}_pct"], signed=False) for name in ("share", "world_share", "market_share")
    }
    amount = formats.amount(row["value_usd"], "USD", context.lang)
    return f"<b>{row_axis.name_of(row, context)}</b><br>{context.say('goods.rca_hover', amount=amount, **words)}"
