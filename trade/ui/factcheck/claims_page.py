"""The fact check on screen: a claim in the user's words, the ledger of official statements, one statement in full."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from trade.charts import column_roles
from trade.charts import generic as drawn
from trade.errors import NoRows
from trade.measures import Result
from trade.measures.claims.official_statements import Answer, Claim
from trade.measures.derivation import bound_sql
from trade.panels import column_headings, factcheck
from trade.panels.cache import cached_per_store, cached_text
from trade.panels.language import say, sentences_of
from trade.panels.measure_headline import measure_message
from trade.panels.messages import factcheck as messages
from trade.panels.panel import Content
from trade.text.markdown import plain, prose, quiet
from trade.ui.core import card_list, chart_details, filters, inputs, view_links
from trade.ui.core.card_list import RowCard
from trade.ui.core.chart_panel import show_content
from trade.ui.core.tables import show_table
from trade.ui.core.text_blocks import paragraphs
from trade.ui.explore import result_view
from trade.ui.factcheck import claim_check


def alike() -> None:
    """Official statements on the subject of the sentence that was checked, each once, with their verdicts."""
    text = filters.value("q")
    frame = factcheck.claims().set_index("claim_id")
    ids = [name for name in claim_check.statements_like(text) if name in frame.index] if text else []
    if not ids:
        return
    st.markdown(f"**{say('check.alike')}**")
    for name in ids:
        row = frame.loc[name]
        label = f"{messages.verdict_label(*_verdict_of(row))}: {prose(str(row['statement']))}"
        st.button(label, key=f"alike_{name}", type="tertiary", on_click=filters.choose, args=("claim", name))


def _verdict_of(row: Any) -> tuple[str, list[str]]:
    """The verdict of a row of the ledger, and in what its figure is not comparable."""
    return str(row["verdict"]), str(row["unlike"]).split()


def chosen() -> pd.DataFrame:
    """The statements that the filters leave.

    Raises:
        NoRows: none is left.
    """
    topics, years = _topics_and_years()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        verdict = filters.control("verdict", words=_verdict_word)
        topic = filters.control("topic", options=["all", *topics], words=_topic_word)
        year = filters.control(
            "stated", options=["all", *years], words=lambda code: say("ledger.every") if code == "all" else code
        )
    return _left(verdict, topic, year)


@cached_per_store
def _topics_and_years() -> tuple[list[str], list[str]]:
    frame = factcheck.claims()
    years = {year for period in frame["period"] for year in _years(period)}
    return list(dict.fromkeys(frame["topic"])), sorted(years, reverse=True)


@cached_per_store
def _left(verdict: str, topic: str, year: str) -> pd.DataFrame:
    frame = factcheck.claims()
    shown = frame[(frame["verdict"] == verdict) | (verdict == "all")]
    shown = shown[(shown["topic"] == topic) | (topic == "all")]
    shown = shown[shown["period"].map(lambda period: year == "all" or year in _years(period))]
    if shown.empty:
        raise NoRows(say("ledger.none"))
    return shown


def _verdict_word(code: str) -> str:
    return say("ledger.every") if code == "all" else messages.verdict_label(code)


def _topic_word(code: str) -> str:
    return say("ledger.every") if code == "all" else say(f"topic.{code}")


def _years(period: str) -> list[str]:
    """The years that a statement's period touches at its ends: 2021 and 2025 of 2021/2025."""
    return [part[:4] for part in period.split("/")]


def table(frame: pd.DataFrame) -> None:
    """The ledger: what was stated, what the store computes, and the verdict. A row that is clicked opens below."""
    shown = _shown(frame)
    config = {name: say(f"ledger.column_{name}") for name in shown.column_names} | {
        "source_url": st.column_config.LinkColumn(say("ledger.column_source_url"), display_text=say("sources.page")),
        "statement": st.column_config.TextColumn(say("ledger.column_statement"), width="large"),
    }
    ids = list(frame["claim_id"])
    show_table(
        shown,
        say("ledger.table"),
        column_config=config,
        key="ledger",
        selection_mode="single-row",
        on_select=lambda: _picked(ids),
    )
    card_list.draw(_cards(shown, ids), "ledger")
    result_view.download(frame, "ledger", "ledger")


@cached_text
def _shown(frame: pd.DataFrame) -> pa.Table:
    rows = frame.to_dict("records")
    shown = pd.DataFrame(
        {
            "verdict": [messages.verdict_label(*_verdict_of(row)) for row in rows],
            "statement": [row["statement"] for row in rows],
            "stated": [
                messages.stated(row["official_value"], row["unit"], row["bound"], row["printed"] or "") for row in rows
            ],
            "computed": [messages.stated(row["reproduced_value"], row["unit"]) for row in rows],
            "period": [messages.period(row["period"]) for row in rows],
            "source_url": [row["source_url"] for row in rows],
        }
    )
    return pa.Table.from_pandas(shown)


def _cards(shown: pa.Table, ids: list[str]) -> list[RowCard]:
    """Verdict, statement, what was stated and what the store computes; a card opens its statement."""
    return [
        RowCard(
            row["statement"],
            tuple(text for text in (row["verdict"], row["stated"], row["computed"]) if text),
            view_links.address("factcheck", {**filters.chosen(), "claim": claim}),
        )
        for row, claim in zip(shown.to_pylist(), ids, strict=True)
    ]


def _picked(ids: list[str]) -> None:
    rows = st.session_state["ledger"]["selection"]["rows"]
    if rows and rows[0] < len(ids):
        filters.choose("claim", ids[rows[0]])


def one(frame: pd.DataFrame) -> None:
    """The statement that the user opened: who said it, and every reading with its definition, query and chart."""
    statements = dict(zip(factcheck.claims()["claim_id"], factcheck.claims()["statement"], strict=True))
    offered = list(
        dict.fromkeys([*([filters.value("claim")] if filters.value("claim") in statements else []), *frame["claim_id"]])
    )
    if filters.value("claim") and filters.value("claim") not in statements:
        st.warning(plain(say("link.unknown_codes", name="claim", codes=filters.value("claim"))))
    opened = factcheck.claim_of(inputs.listed("claim", offered, statements.__getitem__))
    with st.container(key="chart_claim", border=True):
        st.subheader(prose(opened.statement), anchor=False)
        official = messages.stated(opened.official_value, opened.unit, opened.bound, opened.printed)
        page = (
            f"[{plain(opened.source_title)}]({opened.source_url})" if opened.source_url else plain(opened.source_title)
        )
        verdict = messages.verdict_label(opened.verdict, opened.unlike)
        paragraphs(
            f"**{verdict}** · {prose(say('ledger.official', value=official))}",
            quiet(
                sentences_of(
                    [prose(messages.about(opened)), say("ledger.page", page=page), prose(messages.quoted(opened))]
                )
            ),
        )
        for answer in opened.answers:
            _reading(opened, answer)


def _reading(claim: Claim, answer: Answer) -> None:
    """One way to compute the statement: what it counts, what it gives, why it may differ; behind it query and chart."""
    number = answer.reading.reading
    gives = ""
    if answer.value is not None:
        value = messages.stated(answer.value, claim.unit)
        if answer.difference is None:
            gives = prose(say("ledger.gives_unlike", value=value, unlike=messages.in_what(answer.reading.unlike)))
        else:
            gives = prose(say("ledger.gives", value=value, gap=messages.stated(answer.difference, claim.unit)))
    paragraphs(
        f"**{say('ledger.reading', number=number)} · {messages.verdict_label(answer.verdict, answer.reading.unlike)}**",
        prose(answer.reading.definition),
        gives,
        quiet(prose(answer.reading.reason or "")),
    )
    if answer.result is None:
        return
    opened = st.expander(
        say("ledger.behind"), type="compact", key=f"reading_{claim.claim_id}_{number}", on_change="rerun"
    )
    if opened.open:
        with opened:
            _draw(answer, answer.result, f"reading_{number}")
            st.code(bound_sql(answer.result), language="sql", wrap_lines=True)


def _draw(answer: Answer, result: Result, key: str) -> None:
    """The rows that the reading took its number from, over time or by name."""
    y = answer.reading.pick
    several = "period" in result.frame and result.frame["period"].nunique() > 1
    if y not in column_roles.numbers(result.frame):
        chart_details.table(result, answer.reading.definition)
        return
    chart = drawn.lines if several else drawn.bars
    content = Content(
        result, chart, measure_message(result), options={"y": y, "title": column_headings.heading(y, "{unit}")}
    )
    with st.container(key=f"chart_{key}", gap="small"):
        show_content(key, content)
