"""A sentence of the user, its verdicts, and the reading behind each, part by part and open to correction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from trade.measures.claims import CANNOT, UNCLEAR, Checked, Claim, Match, Subject, Verdict, check, wording
from trade.measures.claims.claim_types import FRAMES
from trade.measures.claims.judging.candidate_values import figures_of
from trade.measures.claims.parsing.parser import LONGEST
from trade.measures.claims.similar import similar
from trade.measures.sentences import names_of
from trade.panels import measure_url
from trade.panels.cache import cached_per_store
from trade.panels.chart_captions import linked
from trade.panels.language import joined, lang, say
from trade.panels.run_context import store as current_store
from trade.text import formats
from trade.text.markdown import plain, prose, quiet
from trade.ui.core import filters, inputs
from trade.ui.core.text_blocks import small

EXAMPLES = ("check.example_1", "check.example_2", "check.example_3", "check.example_4")
SHOWN = 4
"""Figures and other readings shown per statement."""
_STORED = "claim_corrections"
Fields = tuple[tuple[str, Any], ...]
Corrections = tuple[tuple[int, Fields], ...]


@cached_per_store
def answer_to(text: str, corrections: Corrections = ()) -> Checked:
    """The verdicts on a sentence, with what the user corrected."""
    return check(current_store(), text, {at: dict(fields) for at, fields in corrections})


def search() -> None:
    """The box for a sentence, and the verdicts on it."""
    text = inputs.text("q", longest=LONGEST)
    if not text:
        with st.container(key="hints"):
            small(plain(say("check.try")))
            with st.container(horizontal=True, key="examples"):
                for key in EXAMPLES:
                    st.button(plain(say(key)), key=f"try_{key}", on_click=filters.choose, args=("q", say(key)))
            small(plain(say("check.box_note")))
        return
    corrections = _corrections(text)
    checked = answer_to(text, corrections)
    with st.container(key="answer", border=True):
        if len(checked.verdicts) > 1:
            st.subheader(prose(say("check.several", count=len(checked.verdicts))), anchor=False)
        for at, verdict in enumerate(checked.verdicts):
            _verdict(text, at, verdict)
        if corrections:
            small(prose(say("check.corrected")))
            st.button(say("check.undo"), key="undo_corrections", on_click=_undo, args=(text,))


def _verdict(text: str, at: int, verdict: Verdict) -> None:
    store = current_store()
    sentence = wording.sentence(store, verdict, lang())
    st.markdown(f"#### {prose(sentence)}")
    if verdict.deciding is not None and verdict.code not in (CANNOT, UNCLEAR):
        _source(sentence, verdict.deciding)
    if verdict.code == UNCLEAR:
        small(prose(say("check.help")))
    _chips(text, at, verdict.claim)
    left = wording.left_open(verdict.claim, lang())
    if left:
        small(prose(say("check.open_words", parts=joined(left))))
    _figures(verdict, verdict.figures, "check.figures", f"figures_{at}")
    _figures(verdict, verdict.alternatives, "check.alternatives", f"others_{at}")


def _source(sentence: str, match: Match) -> None:
    """Where the figure stands, and the verdict with it as text to copy."""
    title, url = wording.source(current_store(), match.figure, lang())
    if title:
        name = linked(title, url, match.figure.source_id)
        st.markdown(quiet(f"{say('check.source_link')}: {name}"))
    opened = st.expander(say("check.print"), type="compact", key=f"print_{sentence}", on_change="rerun")
    if opened.open:
        with opened:
            st.code(" ".join(part for part in (sentence, title, url) if part), language=None, wrap_lines=True)


def _figures(verdict: Verdict, matches: tuple[Match, ...], heading: str, key: str) -> None:
    """A line per figure: what it is, how far it is from the claim, and the way to its chart and query."""
    if not matches:
        return
    st.markdown(f"**{say(heading)}**")
    for number, match in enumerate(matches[:SHOWN]):
        text = wording.figure(current_store(), match.figure, lang())
        gap = wording.difference(match, verdict.claim, lang())
        line = f"{text} · {say('check.difference', gap=gap)}" if gap else text
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}_{number}"):
            st.markdown(prose(line), width="content")
            if match.figure.measure:
                link = measure_url.link(match.figure.measure, match.figure.params)
                st.page_link("pages/explore.py", label=say("check.open_link"), query_params=link)


# --- the reading, part by part


def _chips(text: str, at: int, claim: Claim) -> None:
    """The parts of the interpretation; each opens a list of other possible meanings."""
    small(plain(say("check.read_as")))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"chips_{at}"):
        for field, words in wording.chips(current_store(), claim, lang()):
            offer = _CHOICES.get(field)
            if offer is None:
                st.markdown(f":gray-badge[{plain(words)}]", width="content")
                continue
            opened = st.popover(plain(words), key=f"chip_{at}_{field}", on_change="rerun", help=say("check.correct"))
            if opened.open:
                with opened:
                    _choice(text, at, field, claim, offer(claim))


def _choice(text: str, at: int, field: str, claim: Claim, offered: dict[Any, str]) -> None:
    current = _value(claim, field)
    codes = list(offered)
    key = f"correct_{at}_{field}"
    st.selectbox(
        say("check.correct"),
        codes,
        index=codes.index(current) if current in codes else None,
        format_func=offered.__getitem__,
        key=key,
        on_change=_take,
        args=(text, at, field, key),
    )


def _value(claim: Claim, field: str) -> Any:
    if field == "period":
        return (claim.freq, claim.period)
    return getattr(claim, field)


def _take(text: str, at: int, field: str, key: str) -> None:
    chosen = st.session_state[key]
    if chosen is None:
        return
    fields = {"freq": chosen[0], "period": chosen[1]} if field == "period" else {field: chosen}
    stored = st.session_state.setdefault(_STORED, {})
    stored.setdefault(text, {}).setdefault(at, {}).update(fields)


def _undo(text: str) -> None:
    st.session_state.get(_STORED, {}).pop(text, None)


def _corrections(text: str) -> Corrections:
    stored = st.session_state.get(_STORED, {}).get(text, {})
    return tuple((at, tuple(fields.items())) for at, fields in sorted(stored.items()))


def _flows(claim: Claim) -> dict[Any, str]:
    flows = ("export", "import") if claim.subject.kind == "product" else ("export", "import", "total", "balance")
    return {code: say(f"flow.{code}") for code in flows}


def _subjects(claim: Claim) -> dict[Any, str]:  # noqa: ARG001 - every choice is called alike
    return dict(_all_subjects())


@cached_per_store
def _all_subjects() -> tuple[tuple[Subject, str], ...]:
    store = current_store()
    kinds = ("group", "economy", "product")
    made = [(Subject(), say("check.world"))]
    made += [
        (Subject(kind, code), name)
        for kind in kinds
        for code, name in names_of(store, kind, lang()).items()
        if code not in ("world", "CHN")
    ]
    return tuple(made)


def _periods(claim: Claim) -> dict[Any, str]:
    codes = list(_all_periods())
    if claim.period and (claim.freq, claim.period) not in codes:
        codes.insert(0, (claim.freq, claim.period))
    return {(freq, code): wording.period_of(freq, code, lang()) for freq, code in codes}


@cached_per_store
def _all_periods() -> tuple[tuple[str, str], ...]:
    """Years from 2000, and the months and running totals of the last three years, the newest first."""
    clock = figures_of(current_store()).clock
    years = [("A", str(year)) for year in range(clock.year - 1, 1999, -1)]
    months = [
        (freq, f"{year}-{month:02d}")
        for year in range(clock.year, clock.year - 3, -1)
        for month in range(clock.month if year == clock.year else 12, 0, -1)
        for freq in ("M", "YTD")
        if (freq, month) != ("YTD", 1)
    ]
    return (*years, *months)


def _frames(claim: Claim) -> dict[Any, str]:
    codes = dict.fromkeys((claim.frame, "change", "value", "share", "contribution", "amount", "rank", "direction"))
    return {code: say(f"check.frame_{code}") for code in codes if code in FRAMES}


def _signs(claim: Claim) -> dict[Any, str]:
    pair = ("surplus", "deficit") if claim.flow == "balance" else ("up", "down")
    return {1: say(f"check.sign_{pair[0]}"), -1: say(f"check.sign_{pair[1]}")}


def _currencies(claim: Claim) -> dict[Any, str]:  # noqa: ARG001
    return {"": say("check.open_currency")} | {code: formats.currency_name(code, lang()) for code in ("CNY", "USD")}


def _bases(claim: Claim) -> dict[Any, str]:  # noqa: ARG001
    return {code: say(f"check.basis_{code}") for code in ("value", "volume")}


def _against(claim: Claim) -> dict[Any, str]:  # noqa: ARG001
    return {code: say(f"check.against_{code}") for code in ("yoy", "mom")}


_CHOICES: dict[str, Callable[[Claim], dict[Any, str]]] = {
    "flow": _flows,
    "subject": _subjects,
    "period": _periods,
    "frame": _frames,
    "sign": _signs,
    "currency": _currencies,
    "basis": _bases,
    "against": _against,
}


def statements_like(text: str) -> list[str]:
    """Ids of the official statements on the same subject."""
    return list(_like(text, _corrections(text)))


@cached_per_store
def _like(text: str, corrections: Corrections) -> tuple[str, ...]:
    return tuple(similar(current_store(), [verdict.claim for verdict in answer_to(text, corrections).verdicts]))
