"""The sentences of the fact check: figures that a claim may mean, what became of it, what a statement says."""

from __future__ import annotations

import re

import pandas as pd

from trade.charts.context import Context
from trade.measures import translations
from trade.measures.claims import Answer, Asked, Finding, Subject
from trade.measures.claims.official import VERDICTS, Claim
from trade.measures.sentences import names_of
from trade.panels import run_context
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say
from trade.panels.messages.common import Message
from trade.text import formats

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MONEY = {"tn CNY": ("CNY", 1e12), "tn USD": ("USD", 1e12), "bn USD": ("USD", 1e9), "tn CNY/year": ("CNY", 1e12)}


def verdict(answer: Answer) -> str:
    """What became of the claim, in one sentence with the figure that decides it."""
    shown = answer.fitting or answer.others
    words = {"printed": answer.asked.printed, "figure": finding(shown[0]) if shown else ""}
    return say(f"check.{answer.verdict}" if shown or answer.verdict == "unknown" else "check.nothing", **words)


def understood(asked: Asked) -> str:
    """How the claim was read, so that a reader sees what was not understood."""
    parts = [
        say("check.about", subject=_name(asked.subject)),
        say(f"flow.{asked.flow}") if asked.flow else "",
        say(f"check.aspect_{asked.aspect}") if asked.aspect and not asked.count else "",
        say(f"check.count_{asked.count}") if asked.count else "",
        formats.period(asked.period, asked.freq, lang()) if asked.period else say("check.newest"),
        f"{say(f'check.bound_{asked.bound}')} {asked.printed}".strip() if asked.printed else "",
    ]
    return say("check.understood", parts=" · ".join(part for part in parts if part))


def finding(one: Finding) -> str:
    """`Exports to Africa grew 26.5 % in 2025 (in yuan, as published by customs)`."""
    candidate = one.candidate
    context = Context(candidate.flow or "export", candidate.currency or "CNY", candidate.freq, lang=lang())
    aspect = candidate.of if candidate.aspect == "count" else candidate.aspect
    key = aspect if aspect not in ("growth", "contribution") else f"{aspect}_{'rose' if one.value >= 0 else 'fell'}"
    key = f"{key}_balance" if candidate.flow == "balance" else key
    words = {
        "subject": _subject(candidate.subject, candidate.flow),
        "name": _name(candidate.subject),
        "flow": say(f"flow_low.{candidate.flow}") if candidate.flow else "",
        "period": formats.period(one.period, candidate.freq, lang()),
        "size": context.percent(abs(one.value), signed=False),
        "points": formats.number(abs(one.value), 1, lang()),
        "amount": context.amount(one.value),
        "count": formats.count(one.value, lang()),
    }
    basis = _basis(one)
    return say(f"check.{key}_said", **words) + (f" ({basis})" if basis else "")


def _basis(one: Finding) -> str:
    """The currency, and how a rate was made: what tells two figures of the same thing apart."""
    candidate = one.candidate
    rate = candidate.aspect in ("growth", "value", "contribution") and candidate.currency
    parts = [say("frame.in_currency", currency=formats.currency_name(candidate.currency, lang()))] if rate else []
    if candidate.aspect == "growth":
        parts.append(say("check.published" if one.column == "growth_pct" else "check.between_levels"))
    if candidate.of in ("statement", "catalogue"):
        parts.append(say(f"check.{candidate.of}"))
    return joined(parts)


def _subject(subject: Subject, flow: str) -> str:
    """Whose trade, in the direction meant: `Imports from Brazil`, `Exports of toys`."""
    if subject.kind == "world":
        return say(f"flow.{flow}") if flow else ""
    kind = "goods" if subject.kind == "product" else "place"
    return say(f"check.{kind}_{flow}", name=_name(subject)) if flow else _name(subject)


def _name(subject: Subject) -> str:
    if subject.kind == "world":
        return say("check.world")
    name = names_of(run_context.store(), subject.kind, lang())[subject.code]
    return name[:1].lower() + name[1:] if subject.kind == "product" and lang() == "en" and name[1:2].islower() else name


@cached_text
def tally(frame: pd.DataFrame) -> Message:
    """How many statements hold, differ and cannot be computed."""
    counts = frame["verdict"].value_counts()
    told = {name: formats.count(int(counts.get(name, 0)), lang()) for name in VERDICTS}
    headline = say("ledger.tally", all=formats.count(len(frame), lang()), **told)
    return Message(headline, say("ledger.tally_alt", headline=headline, **told))


def verdict_label(code: str) -> str:
    """The verdict with its sign: never told by colour alone."""
    return f"{say(f'verdict_sign.{code}')} {say(f'verdict.{code}')}"


def stated(value: float | None, unit: str, bound: str = "equal", printed: str = "") -> str:
    """A number of the ledger with its unit, as precise as it was printed: `over 200 trillion yuan`, `18.4 %`."""
    if value is None or formats.is_missing(value):
        return formats.missing(lang())
    digits = len(printed.partition(".")[2]) if printed else 2
    figure = _amount(value, unit, digits)
    if bound in ("equal", "yes"):
        return figure
    return say("ledger.bounded", bound=say(f"check.bound_{bound}"), figure=figure)


def _amount(value: float, unit: str, digits: int) -> str:
    if unit in _MONEY:
        currency, scale = _MONEY[unit]
        return formats.amount(value * scale, currency, lang(), None) + (
            say("ledger.a_year") if unit.endswith("/year") else ""
        )
    if unit in ("%", "%/year"):
        return formats.percent(value, digits, lang(), signed=False) + (say("ledger.a_year") if unit == "%/year" else "")
    if unit == "pp":
        return formats.points(value, digits, lang())
    if unit == "flag":
        return say("ledger.yes" if value else "ledger.no")
    number = formats.number(value, digits if value % 1 else 0, lang())
    return say("ledger.with_unit", number=number, unit=say(f"ledger_unit.{unit}"))


def period(code: str) -> str:
    """The period of a statement in words; those that no month or year names stay as they are."""
    if re.fullmatch(r"\d{4}(-\d{2}|-Q[1-4]|/\d{4})?", code):
        return formats.period(code, lang=lang())
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", code):
        return formats.day(code, lang())
    if half := re.fullmatch(r"(\d{4})-H([12])", code):
        return say(f"ledger.half_{half[2]}", year=half[1])
    parts = [period(part) for part in code.split("/")]
    return formats.EN_DASH.join(parts) if len(parts) > 1 else code


def about(claim: Claim) -> str:
    """Who said it, where and when."""
    speaker = translations.of_facts(claim.speaker, lang()) if claim.speaker else say("ledger.unnamed")
    return say("ledger.about", speaker=speaker, day=formats.day(claim.published, lang()))


def quoted(claim: Claim) -> str:
    """The statement's own words in the language they were read in, which is told; or that none are quoted."""
    if not claim.quote:
        return say("ledger.unquoted")
    return say("ledger.quoted_zh" if _CHINESE.search(claim.quote) else "ledger.quoted_en", quote=claim.quote)
