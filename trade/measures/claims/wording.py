"""Write readings, figures and verdicts in words, English and Chinese, for pages, command line and API alike."""

from __future__ import annotations

from typing import Any

from trade.measures.claims.claim_types import WORLD, Claim, Subject
from trade.measures.claims.judging.candidate_values import Figure
from trade.measures.claims.judging.matches import CANNOT, CLOSE_TO, NEAR_CURRENCY, OTHER, UNCLEAR, Match, Verdict
from trade.measures.claims.judging.verdict import Checked
from trade.measures.claims.parsing.parser import members
from trade.measures.run import describe_sources
from trade.measures.sentences import goods_in_sentence, name_in_sentence, names_of
from trade.measures.translations import note_in
from trade.store import Store
from trade.text import formats
from trade.text.formats import say

SIGNS = {
    "right": "✓",
    "close": "≈",
    "other_definition": "≠",
    "wrong": "✗",
    "cannot_be_checked": "○",
    "not_understood": "?",
}
"""A verdict is never shown by colour alone."""


def label(code: str, lang: str = "en") -> str:
    """The verdict's sign and name: `✓ Right`."""
    return f"{SIGNS[code]} {say(f'check.verdict_{code}', lang)}"


def name_of(store: Store, subject: Subject, lang: str = "en") -> str:
    """The name of a partner, group, list or item."""
    if subject.kind == "world":
        return say("check.world", lang)
    if subject.kind == "list":
        if " " not in subject.code:
            return say(f"check.list_{subject.code}", lang)
        whole = next((f"check.list_{name}" for name, codes in members("") if " ".join(codes) == subject.code), "")
        if whole and formats.has(whole):
            return say(whole, lang)
        return formats.listed([name_of(store, Subject("economy", code), lang) for code in subject.code.split()], lang)
    name = names_of(store, subject.kind, lang).get(subject.code, subject.code)
    if subject.kind != "product":
        return name_in_sentence(name, lang)
    return goods_in_sentence(name, lang)


def subject_of(store: Store, subject: Subject, flow: str, lang: str = "en") -> str:
    """The subject with its flow: `Imports from Brazil`, `Exports of toys`."""
    if not flow:
        return name_of(store, subject, lang)
    if subject == WORLD:
        return say(f"check.china_{flow}", lang)
    kind = "goods" if subject.kind == "product" else "place"
    return say(f"check.{kind}_{flow}", lang, name=name_of(store, subject, lang))


def period_of(freq: str, period: str, lang: str = "en") -> str:
    """A period in words; `2025-H2` is the second half."""
    if freq == "H":
        return say("check.second_half", lang, year=period[:4])
    return formats.period(period, freq, lang)


def figure(store: Store, made: Figure, lang: str = "en") -> str:
    """A figure as one clause: `Exports to Africa rose 26.5% in 2025 (in yuan, as published by customs)`."""
    key = made.kind
    if made.kind in _CHANGES:
        key = f"{made.kind}_{'rose' if made.value >= 0 else 'fell'}"
    if made.kind == "value" and made.flow == "balance":
        key = "surplus" if made.value >= 0 else "deficit"
    if made.kind == "count":
        key = f"count_{made.definition}"
    if made.kind == "value" and made.unit in ("percent", "points"):
        key = "share"
    if made.within:
        key = "rank_within"
    if made.unit == "months":
        key = f"{made.kind}_months"
    if made.kind == "share" and made.unit == "points":
        key = f"share_change_{'rose' if made.value >= 0 else 'fell'}"
    words = {
        "subject": subject_of(store, made.subject, made.flow, lang),
        "name": name_of(store, made.subject, lang),
        "Name": _capital(name_of(store, made.subject, lang)),
        "flow": say(f"flow_low.{made.flow}", lang) if made.flow else "",
        "period": period_of(made.freq, made.period, lang),
        "when": _when(made, lang),
        "size": formats.percent(abs(made.value), 1, lang, signed=False),
        "points": formats.number(abs(made.value), 1, lang),
        "amount": _amount(made, lang),
        "place": formats.number(made.value, 0, lang),
        "count": formats.count(made.value, lang),
        "months": int(made.value) if made.unit == "months" else made.value,
        "years": int(made.value) if made.kind in ("run", "falls") else made.value,
        "group": _group_name(store, made.within, lang),
        "still": "yes" if abs(made.value) < 0.05 else "no",
        "code": made.flow,
        "with": say("check.with", lang, name=name_of(store, made.subject, lang)) if made.subject != WORLD else "",
        "markets": say(f"check.markets_{made.flow}", lang) if made.kind == "rank" and made.flow else "",
    }
    basis = basis_of(made, lang)
    text = say(f"check.{key}_figure", lang, **words)
    return text + say("check.brackets", lang, text=basis) if basis else text


def _group_name(store: Store, code: str, lang: str) -> str:
    """The name of the group in which a rank is counted."""
    return name_of(store, Subject("list" if members(code) else "group", code), lang) if code else ""


_CHANGES = (
    *("change", "quantity_change", "contribution", "amount"),
    *("surplus_change", "surplus_amount", "deficit_change", "deficit_amount"),
)
"""Kinds of figures whose text depends on their sign."""


def _when(made: Figure, lang: str) -> str:
    """The period, and the base of a change if it is not a year earlier."""
    words = {name: period_of(made.freq, code, lang) for name, code in (("period", made.period), ("base", made.base))}
    return say("check.when_since" if made.base else "check.when", lang, **words)


def _capital(name: str) -> str:
    """A name with a capital first letter."""
    return name[:1].upper() + name[1:]


def _amount(made: Figure, lang: str) -> str:
    if made.unit in ("CNY", "USD"):
        signless = made.flow == "balance" or made.kind in _CHANGES
        return formats.amount(abs(made.value) if signless else made.value, made.unit, lang)
    if made.kind == "quantity":
        unit = formats.quantity_unit(made.unit, lang, made.subject.code)
        return say(f"check.unit_{made.unit}", lang, number=formats.large(made.value, lang), unit=unit)
    return formats.number(made.value, 1, lang)


def basis_of(made: Figure, lang: str = "en") -> str:
    """What distinguishes two figures of the same thing: currency, origin and definition."""
    parts = []
    if made.currency and made.kind in ("change", "value", "run", "falls", "surplus_change", "deficit_change"):
        parts.append(
            say("frame.in_currency", lang, currency=formats.currency_name(made.currency, lang))
            if made.kind != "value"
            else ""
        )
    if made.kind in ("change", "value", "quantity", "quantity_change", "share"):
        parts.append(say(f"check.origin_{made.origin}", lang))
    if made.first_release:
        parts.append(say("check.first_release", lang))
    if made.definition:
        key = f"check.definition_{made.definition}"
        parts.append(say(key, lang) if formats.has(key) else made.definition)
    return say("join.comma", lang).join(part for part in parts if part)


def claim_number(claim: Claim, lang: str = "en") -> str:
    """The number of the claim with its bound, as written: `more than 20%`."""
    if not claim.printed:
        return ""
    bound = say(f"check.bound_{claim.bound}", lang)
    return say("ledger.bounded", lang, bound=bound, figure=claim.printed).strip()


def chips(store: Store, claim: Claim, lang: str = "en") -> list[tuple[str, str]]:
    """The parts of the reading: (field, text). Important fields that the words leave open have a text that says so."""
    parts = [("flow", say(f"flow.{claim.flow}", lang) if claim.flow else say("check.open_flow", lang))]
    place = claim.subject.kind in ("economy", "group", "list")
    if claim.subject == WORLD:
        parts.append(("subject", say("check.world", lang)))
    else:
        name = name_of(store, claim.subject, lang)
        key = f"check.chip_{claim.flow}" if place and claim.flow else "check.chip_goods" if not place else ""
        parts.append(("subject", say(key, lang, name=name) if key else name))
    if claim.other is not None:
        parts.append(("other", say("check.chip_other", lang, name=name_of(store, claim.other, lang))))
    if claim.within:
        parts.append(("within", say("check.chip_within", lang, name=_group_name(store, claim.within, lang))))
    if claim.side:
        parts.append(("side", say("check.sign_surplus" if claim.side > 0 else "check.sign_deficit", lang)))
    if claim.other_flow:
        parts.append(("other_flow", say("check.chip_other", lang, name=say(f"flow_low.{claim.other_flow}", lang))))
    parts.append(
        ("period", period_of(claim.freq, claim.period, lang) if claim.period else say("check.open_period", lang))
    )
    if claim.other_period:
        parts.append(
            ("other_period", say("check.chip_other", lang, name=period_of(claim.freq, claim.other_period, lang)))
        )
    if claim.base:
        parts.append(("base", say("check.chip_base", lang, year=claim.base)))
    parts.append(("frame", say(f"check.frame_{claim.frame}", lang)))
    parts.append(("record", say("check.frame_record", lang) if claim.record else ""))
    parts.append(("of", say(f"check.of_{claim.of}", lang) if claim.of else ""))
    parts += _number_chips(claim, lang)
    return [(field, text) for field, text in parts if text]


def _number_chips(claim: Claim, lang: str) -> list[tuple[str, str]]:
    parts = [("sign", _sign(claim, lang))]
    compares_by = claim.frame in ("comparison", "pace") and claim.value is not None
    if compares_by or claim.frame not in ("direction", "share_direction", "record", "comparison", "pace"):
        parts.append(("value", claim_number(claim, lang)))
    parts.append(("relation", say(f"check.relation_{claim.relation}", lang) if claim.relation else ""))
    parts.append(("negated", say("check.negated", lang) if claim.negated else ""))
    if claim.basis == "volume":
        parts.append(("basis", say("check.basis_volume", lang)))
    elif claim.frame in ("change", "direction", "value", "amount"):
        open_currency = say("check.open_currency", lang)
        parts.append(("currency", formats.currency_name(claim.currency, lang) if claim.currency else open_currency))
    parts.append(("against", say("check.against_mom", lang) if claim.against == "mom" else ""))
    return parts


def _sign(claim: Claim, lang: str) -> str:
    """Up or down, surplus or deficit; empty where a claim has no direction."""
    if claim.frame in ("change", "amount", "direction", "share_direction", "run", "contribution", "share_change"):
        return say(f"check.sign_{'up' if claim.sign > 0 else 'down' if claim.sign < 0 else 'flat'}", lang)
    if claim.flow == "balance" and claim.frame in ("value", "record", "first_time"):
        return say("check.sign_surplus" if claim.sign > 0 else "check.sign_deficit", lang)
    return ""


def left_open(claim: Claim, lang: str = "en") -> list[str]:
    """What the words leave open, each in a few words."""
    codes = [code for code in claim.open if formats.has(f"check.left_{code}")]
    if (
        claim.frame in ("rank", "share", "count", "comparison", "run", "record")
        or claim.basis == "volume"
        or claim.unit in ("CNY", "USD")
    ):
        codes = [code for code in codes if code != "currency"]
    if claim.mirrored:
        codes.append("mirrored")
    if claim.subject.kind == "list" and len(members(claim.subject.code)) > 1:
        codes.append("list")
    return [say(f"check.left_{code}", lang) for code in codes]


def missing(verdict: Verdict, lang: str = "en") -> list[str]:
    """What the store lacks, each in a few words."""
    return [say(f"check.missing_{code}", lang) for code in dict.fromkeys(verdict.missing)]


def doubts(claim: Claim, lang: str = "en") -> str:
    """Which words were not understood, or what the sentence leaves open."""
    if claim.unknown:
        words = say("join.comma", lang).join(f"“{word}”" for word in claim.unknown)
        return say("check.unknown_words", lang, words=words)
    codes = [code for code in claim.unsure if formats.has(f"check.unsure_{code}")]
    return say(f"check.unsure_{codes[0]}", lang) if codes else say("check.no_number", lang)


def sentence(store: Store, verdict: Verdict, lang: str = "en") -> str:
    """The verdict in one sentence that can be printed, with the figure that decides it."""
    name = label(verdict.code, lang)
    if verdict.code == CANNOT and NEAR_CURRENCY in verdict.missing:
        other, own = (figure(store, matches[0].figure, lang) for matches in (verdict.alternatives, verdict.figures))
        return say("check.sentence_near_currency", lang, verdict=name, other=other, own=own)
    if verdict.code == CANNOT:
        lacking = say("join.semicolon", lang).join(missing(verdict, lang)) or say("check.missing_figure", lang)
        if verdict.claim.record and verdict.figures:
            lacking += say("join.semicolon", lang) + figure(store, verdict.figures[0].figure, lang)
        return say("check.sentence_cannot", lang, verdict=name, text=lacking)
    if verdict.code == UNCLEAR:
        return say("check.sentence_cannot", lang, verdict=name, text=doubts(verdict.claim, lang))
    deciding = verdict.deciding
    if deciding is None:
        return name
    text = (
        compared(store, verdict, lang)
        if verdict.claim.frame in ("comparison", "pace")
        else figure(store, deciding.figure, lang)
    )
    text = _capital(text + _before(verdict, lang))
    if verdict.code == OTHER:
        return say("check.sentence_other", lang, verdict=name, text=text, reason=reason(deciding, lang))
    if verdict.code == CLOSE_TO and deciding.reason:
        return say("check.sentence_other", lang, verdict=name, text=text, reason=reason(deciding, lang))
    return say("check.sentence", lang, verdict=name, text=text)


def _before(verdict: Verdict, lang: str) -> str:
    """The comparison of a record: the largest figure before it, or the one that was larger."""
    if not verdict.before or verdict.deciding is None:
        return ""
    own, largest = verdict.deciding.figure, verdict.before[0]
    words = {
        "period": period_of(largest.freq, largest.period, lang),
        "amount": formats.amount(abs(largest.value), largest.unit, lang),
        "first": formats.amount(abs(verdict.before[-1].value), largest.unit, lang),
        "larger": "yes" if abs(largest.value) > abs(own.value) else "no",
    }
    return say("check.before_revised" if len(verdict.before) > 1 else "check.before", lang, **words)


def compared(store: Store, verdict: Verdict, lang: str = "en") -> str:
    """Both sides of a comparison."""
    sides = [figure(store, match.figure, lang) for match in verdict.figures[:2]]
    return say("join.semicolon", lang).join(sides)


def reason(match: Match, lang: str = "en") -> str:
    """How the figure differs from the plain reading of the claim."""
    code = match.reason or match.figure.definition
    key = f"check.reason_{code}"
    return say(key, lang) if formats.has(key) else say(f"check.definition_{code}", lang)


def difference(match: Match, claim: Claim, lang: str = "en") -> str:
    """The difference of the figure from the claim, in its unit; empty if there is none or it is negligible."""
    gap = match.difference
    if gap is None or not claim.printed or claim.frame in ("comparison", "record", "pace"):
        return ""
    unit = match.figure.unit
    if unit in ("percent", "points"):
        return formats.points(gap, 1, lang) if abs(gap) >= 0.05 else ""
    if unit in ("CNY", "USD"):
        return formats.amount(gap, unit, lang) if abs(gap) > 0.5 * claim.step else ""
    return formats.number(gap, 0, lang, signed=True) if abs(gap) >= 1 else ""


def source(store: Store, made: Figure, lang: str = "en") -> tuple[str, str]:
    """Title and address of a figure's page; the source's title if the page's is not readable in the language."""
    if made.source_title and formats.is_readable(made.source_title, lang):
        return formats.short_title(made.source_title), made.source_url
    for source_note in describe_sources(store, made.source_id.split()):
        note = note_in(source_note, lang)
        title = f"{note.producer}{formats.say('join.colon', lang)}{formats.short_title(note.title)}"
        return title, made.source_url if made.source_title else note.url
    return "", ""


def as_dict(store: Store, checked: Checked, lang: str = "en") -> dict[str, Any]:
    """The form of `trade check --format json` and `/api/check`: the deciding verdict, and that of every claim."""
    parts = [_verdict(store, verdict, lang) for verdict in checked.verdicts]
    decides = next((part for part in parts if part["verdict"] == checked.code), parts[0] if parts else {})
    top = {name: decides[name] for name in ("reading", "sentence", "figures", "alternatives", "missing")}
    return {"text": checked.text, "verdict": checked.code, **top, "claims": parts}


def _verdict(store: Store, verdict: Verdict, lang: str) -> dict[str, Any]:
    return {
        "verdict": verdict.code,
        "reading": reading(store, verdict.claim, lang),
        "sentence": sentence(store, verdict, lang),
        "figures": [_match(store, match, lang) for match in verdict.figures],
        "alternatives": [_match(store, match, lang) for match in verdict.alternatives],
        "missing": [
            {"code": code, "text": say(f"check.missing_{code}", lang)} for code in dict.fromkeys(verdict.missing)
        ],
    }


def reading(store: Store, claim: Claim, lang: str = "en") -> dict[str, Any]:
    """A claim's reading as plain values."""
    subject = claim.subject
    return {
        "subject": name_of(store, subject, lang),
        "flow": claim.flow,
        "partner": subject.code if subject.kind == "economy" else "",
        "group": subject.code if subject.kind in ("group", "list") else "",
        "product": subject.code if subject.kind == "product" else "",
        "measure": claim.frame,
        "comparison": {
            "bound": claim.bound,
            "relation": claim.relation,
            "base": claim.base,
            "other": claim.other.code if claim.other else claim.other_flow or claim.other_period,
            "of": claim.of,
            "within": claim.within,
        },
        "value": claim.value,
        "top": claim.top,
        "sign": claim.sign,
        "unit": claim.unit,
        "printed": claim.printed,
        "period": claim.period,
        "freq": claim.freq,
        "currency": claim.currency,
        "basis": claim.basis,
        "against": claim.against,
        "negation": claim.negated,
        "seller": claim.seller,
        "buyer": claim.buyer,
        "record": claim.record,
        "mirrored": claim.mirrored,
        "open": left_open(claim, lang),
        "unknown": list(claim.unknown),
        "unsure": list(claim.unsure),
        "words": [text for _, text in chips(store, claim, lang)],
    }


def _match(store: Store, match: Match, lang: str) -> dict[str, Any]:
    made = match.figure
    title, url = source(store, made, lang)
    return {
        "value": made.value,
        "unit": made.unit,
        "period": made.period,
        "freq": made.freq,
        "flow": made.flow,
        "currency": made.currency,
        "measure": made.measure,
        "params": made.params,
        "origin": made.origin,
        "definition": made.definition,
        "source": made.source_id,
        "source_title": title,
        "source_url": url,
        "vintage": made.vintage,
        "difference": match.difference,
        "agrees": match.agrees,
        "reason": match.reason,
        "text": figure(store, made, lang),
    }
