"""Dated decisions and tariffs beside the months of trade with a partner: which are offered, chosen and shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pandas as pd

from trade.measures import Result, find_measure
from trade.panels import queries
from trade.panels.cache import RESULTS, cached, cached_per_store
from trade.panels.choices import Choices, quarter_of
from trade.panels.fields import FIELDS
from trade.panels.language import joined_widely, lang, say
from trade.store.own_groups import is_group
from trade.text import formats

NOTHING = "none"
"""The code of the field `marks` where no decision is marked, and of `rates` where no tariff is shown."""
AMERICA, CHINA = "USA", "CHN"
_COLUMNS = ["series", "role", "period", "day", "tariff_pct", "announced", "source_id", "source_title", "source_url"]


def offered() -> dict[str, str]:
    """The kinds of decisions by code, in words."""
    return {code: FIELDS["event"].label(code) for code in FIELDS["event"].options if code != "all"}


def kinds(choices: Choices) -> tuple[str, ...]:
    """The kinds of decisions that are marked."""
    chosen = choices.value("marks").split(",")
    return tuple(code for code in offered() if code in chosen)


def offered_rates(code: str) -> list[str]:
    """The tariffs that are known of trade with a partner: averages of the US and China, those that the US added."""
    if code == AMERICA:
        return ["average", "added", NOTHING]
    tracked = list(find_measure("tariffs").parameters["exporter"].domain)
    return ["added", NOTHING] if code in tracked and code != CHINA else [NOTHING]


def rates(choices: Choices, code: str) -> str:
    """The tariffs in force beside the months of a partner."""
    return choices.pick("rates", offered_rates(code))


@cached_per_store
def decisions(code: str, kinds: tuple[str, ...], first: str, last: str) -> pd.DataFrame:
    """Rows of `policy_events` that concern trade with the partner, of these kinds, from the month or quarter `first` to
    `last`. `day` is where the mark is drawn: the middle of the month if only the month is known."""
    rows = queries.measure("policy_events", **({} if is_group(code) else {"partner": code})).frame
    rows = rows.head(0) if is_group(code) else rows  # decisions name economies, not groups
    months = rows["period"].str[:7]
    freq = "Q" if "-Q" in first else "M"
    start, end = (pd.Period(code.replace("-Q", "Q"), freq=freq) for code in (first, last))
    start_month, end_month = start.start_time.strftime("%Y-%m"), end.end_time.strftime("%Y-%m")
    shown = rows[rows["topic"].isin(kinds) & (months >= start_month) & (months <= end_month)]
    day = shown["period"].where(shown["period"].str.len() == 10, shown["period"].str[:7] + "-15")
    return shown.assign(day=day).reset_index(drop=True)


@cached_per_store
def tariffs(code: str, rates: str) -> pd.DataFrame:
    """Tariffs by date, for step lines: the averages of the US and China, or those that the US added on goods of the
    partner and of China. Empty if `rates` is `none`."""
    if rates == NOTHING:
        return pd.DataFrame(columns=_COLUMNS)
    if rates == "average":
        directions = [("us_on", AMERICA, CHINA, "USA"), ("china_on", CHINA, AMERICA, "CHN")]
        compiler = "piie"
    else:
        partners = [CHINA] if code == AMERICA else [code, CHINA]
        directions = [("us_on", AMERICA, partner, "CHN" if partner == CHINA else "USA") for partner in partners]
        compiler = "tracker"
    parts = []
    for words, importer, exporter, role in directions:
        rows = queries.measure("tariffs", compiler=compiler, importer=importer, exporter=exporter).frame
        series = say(f"charts.{words}", name=rows[f"name_{lang()}"].iloc[0])
        parts.append(rows.assign(series=series, role=role, day=rows["period_start"].astype(str).str[:10])[_COLUMNS])
    return pd.concat(parts, ignore_index=True)


@cached(RESULTS)
def beside_months(result: Result, marks: pd.DataFrame, tariffs: pd.DataFrame) -> Result:
    """The months or quarters with the decisions and tariffs dated in each, in words, and the sources of both."""
    freq = str(result.params["freq"])
    listed = [
        (
            _period_of(str(row["period"]), freq),
            "policy_dates",
            say("policy.listed", day=formats.day(row["period"], lang()), **_of(row)),
        )
        for row in marks.assign(words=marks["event"]).to_dict("records")
    ]
    listed += [
        (
            _period_of(row["day"], freq),
            "tariffs_stated",
            say("policy.listed", day=formats.day(row["period"], lang()), **_of(row)),
        )
        for row in tariffs.assign(words=_stated(tariffs)).to_dict("records")
    ]
    frame = result.frame.copy()
    for column in ("policy_dates", "tariffs_stated"):
        frame[column] = [
            joined_widely(text for within, name, text in listed if (within, name) == (period, column)) or None
            for period in frame["period"]
        ]
    sources = defaultdict[str, list[str]](list)
    for days, ids in ((marks["period"], marks["source_id"]), (tariffs["day"], tariffs["source_id"])):
        for day, source in zip(days, ids, strict=True):
            sources[_period_of(str(day), freq)].append(source)
    frame["source_id"] = [
        " ".join(dict.fromkeys([*own.split(" "), *sources[period]]))
        for period, own in zip(frame["period"], frame["source_id"], strict=True)
    ]
    return replace(result, frame=frame)


def _period_of(day: str, freq: str) -> str:
    """The month (`2025-04`) or quarter (`2025-Q2`) that a day or month lies in."""
    return quarter_of(day) if freq == "Q" else day[:7]


def _of(row: dict[object, object]) -> dict[str, object]:
    return {"words": row["words"], "title": row["source_title"], "url": row["source_url"] or ""}


def _stated(tariffs: pd.DataFrame) -> list[str]:
    names = (str(series).replace("<br>", " ") for series in tariffs["series"])
    rates = (formats.percent(rate, lang=lang(), signed=False) for rate in tariffs["tariff_pct"])
    return [f"{name} {rate}" for name, rate in zip(names, rates, strict=True)]
