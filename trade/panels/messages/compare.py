"""The words around a comparison: what each entity came to in the newest period that all have."""

from __future__ import annotations

from trade.charts.comparison import source_changes
from trade.measures import Result
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say
from trade.panels.messages.common import Message, context_of
from trade.store.own_groups import is_group
from trade.text import formats
from trade.text.message import Text, capitalised

DIGITS = {"index": 0, "index, 0 to 1": 3, "": 3, "nats": 2, "rank": 0, "percentage points": 2}
"""Digits after the point, by unit; others have one."""
NAMED = 4
"""Most figures in the headline; the table beside the chart has all."""


def in_words(value: float | None, unit: str, currency: str, language: str) -> str:
    """A value drawn, in its unit."""
    if unit == "value":
        return formats.amount(value, currency, language)
    digits = formats.digits_of(value, DIGITS.get(unit, 1))
    if unit == "%":
        return formats.percent(value, digits, language, signed=False)
    return (
        formats.points(value, digits, language)
        if unit == "percentage points"
        else formats.number(value, digits, language)
    )


@cached_text
def compared(result: Result, title: str, scaled: str) -> Message:
    """`In 2023: Germany 22.6, United States 18.1 ...`, the largest few, ranks from the first."""
    frame, context = result.frame.dropna(subset=["shown"]), context_of(result)
    counts = frame.groupby("period")["entity"].nunique()
    full = counts[counts == counts.max()].index.max()
    rows = frame[frame["period"] == full].sort_values("shown", ascending=result.unit == "rank", kind="stable")
    values = [
        f"{row[f'entity_name_{lang()}']} {in_words(row['shown'], result.unit, context.currency, lang())}"
        for row in rows.head(NAMED).to_dict("records")
    ]
    words = {
        "period": Text(context.period(full), full),
        "values": joined(values),
        "what": title
        if scaled == "lines"
        else say("compare.what_scaled", title=title, how=say(f"compare.scaled.{scaled}")),
    }
    more = len(rows) - len(values)
    headline = say("compare.headline_more", more=more, **words) if more else say("compare.headline", **words)
    headline = capitalised(headline)
    return Message(headline, say("compare.alt", headline=headline, count=result.frame["entity"].nunique()))


@cached_text
def about(result: Result, title: str, scaled: str, base: str) -> str:
    """The line under the headline: indicator, how it is drawn, flow, currency, span."""
    context, frame = context_of(result), result.frame
    drawn = "" if scaled == "lines" else say(f"compare.about_{scaled}", base=context.period(base) if base else "")
    currency = say("frame.in_currency", currency=formats.currency_name(context.currency, lang()))
    flow = say(f"flow.{result.params['flow']}") if result.params.get("flow") else ""
    span = formats.span(frame["period"].min(), frame["period"].max(), context.freq, lang())
    parts = [title, drawn, flow, currency if result.unit == "value" else "", span]
    return " · ".join(part for part in parts if part)


@cached_text
def notes(result: Result, kind: str, codes: tuple[str, ...], column_id: str) -> list[str]:
    """Caveats of the comparison: missing entities, partners' reports, partial sums, the set that ranks refer to."""
    frame, sentences = result.frame, list[str]()
    if lacking := str(result.params.get("lacking") or ""):
        sentences.append(say("compare.lacking", codes=lacking))
    if "quality" in frame and (frame["quality"] == "mirror").any():
        mirrored = frame["quality"] == "mirror"
        years = _in_runs(sorted(set(frame.loc[mirrored, "period"])))
        sentences.append(say("compare.mirror_all") if mirrored.all() else say("compare.mirror", years=years))
    if source_changes(frame).any():
        sentences.append(say("compare.breaks"))
    if "missing" in frame and (frame["missing"].fillna(0) > 0).any():
        partial = sorted(set(frame.loc[frame["missing"] > 0, "period"]))
        sentences.append(say("partner.partial_note", years=joined(partial)))
    if kind == "partners" and any(map(is_group, codes)):
        sentences.append(say("partner.summed_note"))
    if column_id == "partner.rank":
        sentences += [say("partner.rank_note", group=group) for group in _ranked(codes)]
    if kind == "reporters":
        sentences.append(say("compare.matrix"))
    return sentences


def _in_runs(periods: list[str]) -> str:
    """Periods as a list, with consecutive years as one span: `2004–2020, 2023`."""
    if not all(len(code) == len("2025") for code in periods):
        return joined(formats.period(code, lang=lang()) for code in periods)
    runs: list[list[str]] = []
    for year in periods:
        if runs and int(year) == int(runs[-1][-1]) + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return joined(run[0] if len(run) == 1 else formats.span(run[0], run[-1], "A", lang()) for run in runs)


def _ranked(codes: tuple[str, ...]) -> list[str]:
    """The ranking rules that apply to these entities, as groups and economies are ranked differently: `yes` for groups,
    `no` for economies."""
    return [answer for answer, of in (("yes", True), ("no", False)) if of in map(is_group, codes)]
